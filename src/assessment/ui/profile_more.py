"""What stands behind the first screen of a municipality; a part is only drawn when opened."""

from collections.abc import Callable, Sequence

import streamlit as st

from assessment.figures.membership_strip import membership_strip
from assessment.figures.style import ThemeName
from assessment.figures.type_maturity import TypeColumn, type_maturity
from assessment.german import format_date, format_number, format_percent
from assessment.profiles.municipality import MunicipalityProfile
from assessment.profiles.targets import TargetGap, target_gaps, target_sentence
from assessment.ui.components import bullet_list, plain_table, show_figure
from assessment.ui.markdown import esc_md
from assessment.ui.plan_page import basis_now
from assessment.ui.profile_view import show_fields, show_goals
from assessment.ui.taken import TakenSurvey


def show_more(profile: MunicipalityProfile, targets: Sequence[TargetGap], theme: ThemeName) -> None:
    """All further parts, closed; each answers one question.

    ``targets``: as they count now, from the survey and the session's plan.
    """
    if profile.fields:
        _part("Alle Felder im Einzelnen", "more-fields", lambda: _fields(profile))
    if profile.robustness.fields:
        _part("Wie fest stehen die Stufen?", "more-robustness", lambda: _robustness(profile))
    if profile.placement.types:
        _part(
            "Wo stehen wir unter den vier Typen?"
            if len(profile.placement.types) == 4
            else "Wo stehen wir unter den Typen?",
            "more-place",
            lambda: _placement(profile, theme),
        )
    if profile.goals:
        _part("Die Ziele im Einzelnen", "more-goals", lambda: show_goals(profile, theme))
    if targets:
        _part("Wohin wollen wir?", "more-targets", lambda: _targets(targets))
    _part("Wer hat geantwortet, und worauf beruht das?", "more-basis", lambda: _basis(profile))


def _part(title: str, key: str, draw: Callable[[], None]) -> None:
    panel = st.expander(title, key=key, on_change="rerun")
    if panel.open:
        with panel:
            draw()


def _fields(profile: MunicipalityProfile) -> None:
    show_fields(profile)
    for title, note in (("Stärken", profile.strengths_note), ("Lücken", profile.gaps_note)):
        if note:
            st.caption(esc_md(f"{title}: {note}"))


def _robustness(profile: MunicipalityProfile) -> None:
    note = profile.robustness
    st.markdown(esc_md(note.sentence))
    varied = [field for field in note.fields if not field.fixed]
    if varied:
        plain_table(
            ("Feld", "Stufe", "Gilt in", "Was das heißt"),
            [
                [field.name, str(field.level), _share(field.same_level), field.sentence]
                for field in varied
            ],
            alt="Wie fest die Stufen stehen",
        )
    st.caption(esc_md(" ".join(part for part in (note.method, note.fixed_note) if part)))


def _share(share: float) -> str:
    """„94 %“; all draws are 100 %, nearly all are „über 99 %“."""
    if share >= 1:
        return format_percent(1)
    return f"über {format_percent(0.99)}" if share > 0.99 else format_percent(share)


def _placement(profile: MunicipalityProfile, theme: ThemeName) -> None:
    place = profile.placement
    figure = type_maturity(
        [
            TypeColumn(
                one.type_id, one.name, one.median, one.low, one.high, one.n, one.own, one.refusal
            )
            for one in place.types
        ],
        place.value,
        own=profile.header.name,
        question="Wo stehen wir unter den Typen?",
        sentence=f"{place.sentence} {place.note}",
        theme=theme,
    )
    with st.container(width=680):
        show_figure(figure, key="profile-place", heading=False)
    statement = profile.type
    if statement is not None and statement.probabilities:
        strip = membership_strip(
            {one.type_id: one.probability for one in statement.probabilities},
            {one.type_id: one.name for one in statement.probabilities},
            question="Wie sicher ist die Zuordnung?",
            sentence=statement.sentence,
            theme=theme,
            width=600,
        )
        with st.container(width=680):
            show_figure(strip, key="profile-strip")


def targets_now(
    taken: TakenSurvey, key: str, profile: MunicipalityProfile
) -> tuple[TargetGap, ...]:
    """The targets of the survey; where the session holds a plan, those that count with it."""
    found = basis_now(taken, key)
    if found is None:
        return profile.targets
    return target_gaps(taken.survey, key, found[0].targets)


def _targets(targets: Sequence[TargetGap]) -> None:
    plain_table(
        ("Feld", "Stufe heute", "Zielstufe", "Ziel aus"),
        [
            [target.name, str(target.current), str(target.target), target.source]
            for target in targets
        ],
        alt="Stufe heute und Zielstufe",
    )
    st.caption(esc_md(target_sentence(tuple(targets))))


def _basis(profile: MunicipalityProfile) -> None:
    counts, record = profile.data.counts, profile.record
    lines = [f"{profile.data.sentence}."]
    if profile.data.respondents:
        lines.append(f"Geantwortet haben: {', '.join(profile.data.respondents)}.")
    lines.append(
        f"Von {_total(profile)} Fragen: {format_number(counts.answered)} beantwortet, "
        f"{format_number(counts.dont_know)} „weiß nicht“, {format_number(counts.missing)} leer, "
        f"{format_number(counts.not_applicable)} „nicht zuständig“, "
        f"{format_number(counts.not_asked)} nicht gestellt."
    )
    if profile.header.reference_date:
        lines.append(f"Stichtag: {format_date(profile.header.reference_date)}.")
    if profile.peers.sentence:
        lines.append(profile.peers.sentence)
        if not profile.peers.reason:
            lines.append("Das ist die engste Gruppe, die groß genug ist.")
    lines.append(
        f"Bewertet ist ein Feld, wenn mindestens {format_percent(record.scoring.least_coverage)} "
        "seiner Fragen beantwortet sind. Offene Fragen zählen nie als null."
    )
    lines.append(
        f"Werte anderer erscheinen erst ab {record.comparison.least_others} anderen Kommunen, "
        f"die mittlere Hälfte ab {record.comparison.quartiles_from}."
    )
    lines.append(" · ".join(profile.data.provenance))
    bullet_list(lines)


def _total(profile: MunicipalityProfile) -> str:
    counts = profile.data.counts
    return format_number(
        counts.answered
        + counts.dont_know
        + counts.missing
        + counts.not_applicable
        + counts.not_asked
    )
