"""The lab's panel „Festhalten“: declare official with a reason, use, load and save a typology."""

from datetime import date

import streamlit as st

from assessment.german import format_date, format_number, parse_date
from assessment.remarks import InputRefused
from assessment.typology.agreement import compare_solutions
from assessment.typology.model import Official, TypologyModel
from assessment.ui.components import bullet_list, export_name, refusal
from assessment.ui.lab_result import LabResult
from assessment.ui.markdown import esc_md
from assessment.ui.state import use_typology
from assessment.ui.taken import TakenSurvey

_LARGEST_MB = 2


def official_model(result: LabResult, taken: TakenSurvey) -> TypologyModel | None:
    """The applied typology, if it is official and the very one that is shown."""
    applied = taken.assessment.typology
    if applied is None or applied.official is None or not _same_types(applied, result.model):
        return None
    return applied


def _same_types(one: TypologyModel, other: TypologyModel) -> bool:
    return one.clusters == other.clusters and one.goals == other.goals


def official_line(official: Official) -> str:
    """When, by whom and why a typology was made official."""
    day = parse_date(official.on)
    when = format_date(day) if day else official.on
    return f"Amtlich seit {when}, festgehalten von {official.person}. Grund: {official.reason}"


def show_declare(result: LabResult, taken: TakenSurvey) -> None:
    """The form by which a scenario becomes official."""
    st.header("Als amtlich festhalten", anchor=False)
    fixed = official_model(result, taken)
    if fixed is not None and fixed.official is not None:
        st.markdown(esc_md(official_line(fixed.official)))
        return
    st.markdown(
        "Bis dahin ist alles hier ein Szenario. Mit dem Festhalten gelten diese Typen auf allen "
        "Seiten dieser Sitzung, und die Datei nennt Grund, Person und Datum."
    )
    former = _replaced(taken)
    if former is not None:
        st.markdown(esc_md(_replaces_sentence(result, taken, former)))
    with st.form("lab-official"):
        reason = st.text_area("Grund", placeholder="Warum diese Typologie gelten soll", height=80)
        with st.container(key="stack-lab-official"):
            left, right = st.columns(2)
        person = left.text_input("Wer legt das fest?", placeholder="Name oder Stelle")
        on = right.text_input("Datum", placeholder="TT.MM.JJJJ")
        pressed = st.form_submit_button("Als amtlich festhalten", type="primary")
    if pressed:
        _declare(result, former, reason, person, on)


def _replaced(taken: TakenSurvey) -> TypologyModel | None:
    """The official typology in use, whose next version a newly declared one becomes."""
    applied = taken.assessment.typology
    return applied if applied is not None and applied.official is not None else None


def _replaces_sentence(result: LabResult, taken: TakenSurvey, former: TypologyModel) -> str:
    """Which version this one replaces, and how far both place the municipalities alike."""
    before = taken.assessment.membership
    sentence = f"Diese Einteilung würde Fassung {former.version + 1} und ersetzt die amtliche "
    sentence += f"Fassung {former.version}."
    if before is None:
        return sentence
    found = compare_solutions(before, result.membership)
    if found.ari is None:
        return sentence
    return (
        f"{sentence} Übereinstimmung beider (bereinigter Rand-Index, 1 = gleich, 0 = Zufall): "
        f"{format_number(found.ari, 2)} bei {format_number(found.n)} Kommunen. Die Kreuztabelle "
        "steht unter „Vergleich“."
    )


def _declare(
    result: LabResult, former: TypologyModel | None, reason: str, person: str, on: str
) -> None:
    day: date | None = parse_date(on) if on.strip() else None
    if on.strip() and day is None:
        st.error("Das Datum ist nicht lesbar; bitte als TT.MM.JJJJ angeben.")
        return
    try:
        model = result.model if former is None else result.model.succeeding(former)
        use_typology(model.declare_official(reason, person, day.isoformat() if day else ""))
    except InputRefused as error:
        refusal(error)
        return
    st.rerun()


def show_files(result: LabResult, taken: TakenSurvey) -> None:
    """Downloads, and whether these types are used on the other pages."""
    st.header("Mitnehmen und verwenden", anchor=False)
    model = official_model(result, taken) or result.model
    study, survey = result.study, result.survey

    def report() -> bytes:
        # Imported here: only who asks for the report needs its writer.
        from assessment.reports.typology_report import method_report

        return method_report(survey, study, model)

    def paper() -> bytes:
        from assessment.reports.pdf.writer import pdf_bytes
        from assessment.reports.typology_document import typology_document

        return pdf_bytes(typology_document(survey, study, model, date.today()))

    with st.container(horizontal=True):
        st.download_button(
            "Typologie (JSON)",
            lambda: model.to_json().encode(),
            export_name("typologie", "json"),
            mime="application/json",
            on_click="ignore",
            help="Die Datei ordnet neue Kommunen zu, ohne sich zu verändern.",
        )
        st.download_button(
            "Methodenbericht (HTML)",
            report,
            export_name("methodenbericht", "html"),
            mime="text/html",
            on_click="ignore",
            help="Alles, was zum Nachprüfen nötig ist; gleiche Eingaben, gleiche Datei.",
        )
        st.download_button(
            "Methodenbericht (PDF)",
            paper,
            export_name("methodenbericht", "pdf"),
            mime="application/pdf",
            on_click="ignore",
            help="Derselbe Bericht zum Drucken, barrierefrei; mit dem heutigen Tag.",
        )
        if taken.assessment.typology_mark != model.mark and st.button(
            "Für alle Seiten verwenden", help="Als Szenario, nur in dieser Sitzung."
        ):
            use_typology(model)
            st.rerun()
        if taken.frozen and st.button("Zur üblichen Typologie zurück"):
            use_typology(None)
            st.rerun()


def show_load(result: LabResult, taken: TakenSurvey) -> None:
    """Load a frozen typology and place the municipalities by it."""
    st.header("Eingefrorene Typologie laden", anchor=False)
    upload = st.file_uploader("Typologie (JSON)", type="json", max_upload_size=_LARGEST_MB)
    if upload is not None and st.button("Kommunen damit zuordnen"):
        try:
            use_typology(TypologyModel.from_json(upload.getvalue().decode("utf-8", "replace")))
            st.rerun()
        except InputRefused as error:
            refusal(error)
    applied = taken.assessment.typology
    if taken.frozen and applied is not None and official_model(result, taken) is None:
        _show_applied(taken, applied)


def _show_applied(taken: TakenSurvey, applied: TypologyModel) -> None:
    st.header("Welche Typologie gilt gerade auf allen Seiten?", anchor=False)
    standing = official_line(applied.official) if applied.official else "Ein Szenario."
    made = applied.provenance
    st.markdown(
        esc_md(
            f"{len(applied.clusters)} Typen, gebildet aus {format_number(made.n_fitted)} Kommunen"
            f"{f' der Welle {made.wave}' if made.wave else ''}; Kennzeichen {applied.mark}. "
            f"{standing}"
        )
    )
    if made.data_hash == taken.survey.provenance.data_hash:
        return
    lines = [remark.sentence for remark in applied.drift(taken.survey)]
    if lines:
        st.markdown("Diese Erhebung weicht von der ab, aus der die Typologie stammt:")
        bullet_list(lines)
    elif applied.expected is not None:
        st.markdown(
            "Die Antworten weichen nicht erkennbar von der Erhebung ab, aus der sie stammt."
        )
