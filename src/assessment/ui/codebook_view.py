"""The codebook of a file: shown, correctable where it is a proposal, savable, replaceable."""

import streamlit as st
from pydantic import ValidationError

from assessment.importing.importer import ImportResult
from assessment.importing.opening import open_file
from assessment.questionnaire.codebook import ReadCodebook
from assessment.questionnaire.codebook_file import read_codebook_sheets, read_codebook_text
from assessment.questionnaire.model import Item, Questionnaire, Role
from assessment.questionnaire.workbook_layout import KIND_WORDS
from assessment.questionnaire.workbook_writing import write_workbook
from assessment.questionnaire.yaml_file import write_questionnaire
from assessment.remarks import InputRefused
from assessment.ui.components import WRAPPED, bullet_list, export_name, refusal
from assessment.ui.import_desk import Desk
from assessment.ui.markdown import esc_md

ROLE_NAMES = {
    "–": None,
    "Schlüssel": Role.KEY,
    "Name": Role.NAME,
    "Land": Role.LAND,
    "Einwohnerzahl": Role.POPULATION,
    "Ziel (für die Typologie)": Role.GOAL,
    "Rangfolge der Ziele": Role.PRIORITY_PICK,
    "Ist-Stufe": Role.CURRENT_LEVEL,
    "Soll-Stufe": Role.TARGET_LEVEL,
    "Merkmal der Struktur": Role.STRUCTURE,
}
_TEXT_SUFFIXES = (".yaml", ".yml", ".lss")


def show_codebook(desk: Desk, result: ImportResult) -> None:
    """Which codebook reads the file; a proposal can be corrected here."""
    book = result.questionnaire
    if book.proposed:
        st.markdown(
            "Zu dieser Datei gibt es keinen Fragebogen. Das Programm schlägt einen vor; bitte "
            "prüfen, berichtigen und für die nächste Welle speichern."
        )
        _edit(desk, result)
    else:
        st.markdown(esc_md(f"Gelesen mit: {book.title}, Fassung {book.version}."))
    _save(book)
    with st.expander("Mit einem anderen Fragebogen lesen", type="compact"):
        _replace(desk)


def _edit(desk: Desk, result: ImportResult) -> None:
    book = result.questionnaire
    roles = {role: name for name, role in ROLE_NAMES.items()}
    with st.form("fragebogen", border=False):
        edited = st.data_editor(
            {
                "Frage": [item.id for item in book.items],
                "Wortlaut": [item.text for item in book.items],
                "Art": [KIND_WORDS[item.kind] for item in book.items],
                "Aufgabe": [
                    roles.get(item.roles[0] if item.roles else None, "–") for item in book.items
                ],
                "Antworten": [" · ".join(o.label for o in item.options) for item in book.items],
            },
            hide_index=True,
            height=560,
            row_height=WRAPPED,
            disabled=("Frage", "Antworten"),
            column_config={
                "Wortlaut": st.column_config.TextColumn(width="large", required=True),
                "Art": st.column_config.SelectboxColumn(
                    options=list(KIND_WORDS.values()), required=True
                ),
                "Aufgabe": st.column_config.SelectboxColumn(options=list(ROLE_NAMES)),
                "Antworten": st.column_config.TextColumn(width="large"),
            },
            key=f"codebook-{desk.file_id}",
        )
        if st.form_submit_button("Berichtigung anwenden"):
            try:
                corrected = corrected_codebook(
                    book, edited["Wortlaut"], edited["Art"], edited["Aufgabe"]
                )
            except InputRefused as error:
                refusal(error)
                return
            targets = {
                t.position: (t.item, t.option) for t in result.mapping.targets if t.item is not None
            }
            desk.use_questionnaire(corrected)
            desk.map_columns(targets)
            st.rerun()


def corrected_codebook(
    book: Questionnaire, texts: list[str], kinds: list[str], roles: list[str]
) -> Questionnaire:
    """The proposal with the analyst's corrections, item by item in order.

    Raises:
        InputRefused: where a kind needs answers the item doesn't have.
    """
    kind_of = {name: kind for kind, name in KIND_WORDS.items()}
    items = []
    for item, text, kind_name, role_name in zip(book.items, texts, kinds, roles, strict=True):
        kind, role = kind_of[kind_name], ROLE_NAMES.get(role_name or "–")
        others = tuple(r for r in item.roles[1:] if r is not role)
        changed = {
            "text": str(text),
            "kind": kind,
            "roles": (role, *others) if role else others,
            "options": item.options if kind.coded else (),
        }
        try:
            items.append(Item.model_validate({**item.model_dump(by_alias=True), **changed}))
        except ValidationError as error:
            raise InputRefused(
                "CODEBOOK_INVALID",
                f"Frage {item.id}: „{kind_name}“ braucht Antwortoptionen, die diese Spalte nicht "
                "hat; bitte eine andere Art wählen.",
            ) from error
    return book.model_copy(update={"items": tuple(items)})


def _save(book: Questionnaire) -> None:
    with st.container(horizontal=True):
        st.download_button(
            "Fragebogen als YAML",
            lambda: write_questionnaire(book).encode(),
            export_name("fragebogen", "yaml"),
            mime="application/yaml",
            on_click="ignore",
        )
        st.download_button(
            "Fragebogen als Excel",
            lambda: write_workbook(book).data,
            export_name("fragebogen", "xlsx"),
            on_click="ignore",
            help="In Excel bearbeiten und unten wieder laden.",
        )


def _replace(desk: Desk) -> None:
    upload = st.file_uploader(
        "Fragebogen (YAML, Excel, XLSForm oder LimeSurvey .lss)",
        type=["yaml", "yml", "xlsx", "lss"],
        key=f"codebook-file-{desk.file_id}",
    )
    if upload is None:
        return
    if st.button("Mit diesem Fragebogen lesen"):
        try:
            read = _read(upload.getvalue(), upload.name)
        except InputRefused as error:
            refusal(error)
            return
        desk.use_questionnaire(read.questionnaire)
        if read.not_expressed:
            bullet_list(read.not_expressed)
        st.rerun()


def _read(data: bytes, name: str) -> ReadCodebook:
    if name.lower().endswith(_TEXT_SUFFIXES):
        return read_codebook_text(data, name)
    return read_codebook_sheets(open_file(data, name).sheets, name)
