"""What a typology rests on: the chosen questions, what they are together, and the method."""

import streamlit as st

from assessment.german import format_number
from assessment.profiles.goal_words import short_goal
from assessment.questionnaire.model import Item, ItemKind, Role
from assessment.remarks import InputRefused
from assessment.survey import Survey
from assessment.typology.goal_input import GoalInput, default_items, goal_input
from assessment.typology.item_choice import battery_of
from assessment.typology.method import METHOD_NAMES, METHODS_FOR, PRIMARY, InputKind, Method
from assessment.typology.ranking_reading import ReadingTest
from assessment.ui.components import refusal
from assessment.ui.lab_desk import Desk, Settings
from assessment.ui.markdown import esc_md

KIND_SENTENCES = {
    InputKind.RATED: "Bewertungen auf einer gemeinsamen Skala",
    InputKind.RANKED: "eine Rangfolge von Zielen",
    InputKind.RATED_AND_RANKED: "Bewertungen und eine Rangfolge derselben Ziele",
    InputKind.CHOICES: "Mehrfachnennungen: genannt oder nicht genannt",
    InputKind.CATEGORIES: "Auswahlfragen ohne gemeinsame Rangordnung",
    InputKind.NUMBERS: "Zahlen",
}
METHOD_SENTENCES = {
    Method.JOINT: "Zieht Bewertungen und Rangfolge zusammen heran und rechnet heraus, wie streng "
    "oder mild eine Kommune insgesamt bewertet.",
    Method.RESPONSE_STYLE: "Rechnet heraus, wie streng oder mild eine Kommune insgesamt bewertet "
    "und wie sehr sie die Enden der Skala nutzt.",
    Method.PLACKETT_LUCE: "Liest die Reihenfolge der genannten Ziele.",
    Method.LATENT_CLASS: "Gruppiert nach den Antworten, wie sie sind; der Antwortstil wirkt mit.",
    Method.CENTRED_KMEANS: "Gruppiert nach dem Abstand zum eigenen Durchschnitt.",
    Method.WARD: "Fasst schrittweise die ähnlichsten Kommunen zusammen, je gemessen am eigenen "
    "Durchschnitt.",
    Method.HCPC: "Verdichtet die Antworten auf wenige Achsen und fasst schrittweise zusammen.",
    Method.RAW_KMEANS: "Gegenprobe: Gruppiert die Rohwerte und findet vor allem den Antwortstil.",
}
_RATED = (
    *(ItemKind.RATING, ItemKind.LEVEL, ItemKind.SINGLE, ItemKind.RANKING, ItemKind.MULTIPLE),
    *(ItemKind.INTEGER, ItemKind.DECIMAL),
)
MOST_AT_ONCE = 20_000
"""Municipalities up to which the lab computes without being asked."""
_RESAMPLES = (100, 200, 500)
_READINGS = {
    False: "Auf Platz 1 steht das wichtigste Ziel (Reihenfolge der Ziele)",
    True: "Jedes Ziel trägt seine Platzziffer (Rang je Ziel)",
}


def goal_candidates(survey: Survey) -> list[Item]:
    """Questions a typology could be built on: goals and their ranking first."""
    usual = _usual(survey)
    present = [
        item
        for item in survey.questionnaire.items
        if item.id in survey.answers.columns and item.kind in _RATED
    ]
    return sorted(
        present,
        key=lambda item: (item.id not in usual, not item.has(Role.GOAL)),
    )


def can_be_grouped(survey: Survey) -> bool:
    """Whether there is anything to group by: two questions, or one with several options."""
    found = goal_candidates(survey)
    several = (ItemKind.RANKING, ItemKind.MULTIPLE)
    return len(found) > 1 or any(item.kind in several for item in found)


def marks_goals(survey: Survey) -> bool:
    """Whether the questionnaire says which questions are goals."""
    return bool(survey.questionnaire.with_role(Role.GOAL))


def default_settings(survey: Survey) -> Settings | None:
    """What the lab begins with; ``None`` where the analyst has to choose first."""
    items = _usual(survey)
    if not items:
        return None
    try:
        kind = goal_input(survey, items).kind
    except InputRefused:
        return None
    return Settings(items, PRIMARY[kind])


def begin(desk: Desk, survey: Survey) -> None:
    """Start with the usual settings; a very large survey waits for „Berechnen“."""
    if desk.settings is None and len(survey.keys) <= MOST_AT_ONCE:
        usual = default_settings(survey)
        if usual is not None:
            desk.ask(usual, survey)


def _usual(survey: Survey) -> tuple[str, ...]:
    try:
        return default_items(survey) if marks_goals(survey) else battery_of(survey)
    except InputRefused:
        # Nothing to group by: the analyst chooses, nothing is preselected.
        return ()


def basis_line(settings: Settings | None, survey: Survey) -> str:
    """Goals, method and seed of the shown study in one line."""
    if settings is None:
        return "Fragen und Verfahren wählen"
    try:
        goals = settings.goals(survey)
    except InputRefused:
        return "Fragen und Verfahren ändern"
    rated = len({column.item for column in goals.columns})
    parts = [f"{format_number(rated)} Fragen"]
    if goals.ranked is not None and goals.rated:
        parts = [f"{format_number(rated)} bewertete Ziele und die ersten {goals.ranked.places}"]
    elif goals.ranked is not None:
        parts = [f"Rangfolge von {len(goals.ranked.options)} Zielen"]
    return " · ".join([*parts, METHOD_NAMES[settings.method], f"Startzahl {settings.seed}"])


@st.fragment
def show_settings(desk: Desk, survey: Survey) -> None:
    """Choose and compute; a change counts when „Berechnen“ is pressed."""
    shown = desk.settings or default_settings(survey)
    usual = list(shown.items) if shown else []
    if not marks_goals(survey):
        st.markdown(_unmarked(bool(usual)))
    candidates = {item.id: item for item in goal_candidates(survey)}
    chosen = st.multiselect(
        f"Fragen, die eingehen (zuletzt {len(usual)})",
        list(candidates),
        default=[item for item in usual if item in candidates],
        format_func=lambda item: f"{item} · {short_goal(candidates[item].text)}",
        placeholder="Fragen wählen",
        key="lab-items",
    )
    goals = _sorted(survey, tuple(chosen)) if chosen else None
    if goals is None:
        return
    st.caption(esc_md(f"Art der Antworten: {KIND_SENTENCES[goals.kind]}."))
    inverted = _reading(desk, goals, shown, survey)
    settings = _method_and_numbers(goals, shown, tuple(chosen), inverted)
    if st.button("Berechnen", type="primary", key="lab-compute"):
        desk.ask(settings, survey)
        st.session_state.pop("lab-k", None)
        st.rerun()


def _sorted(survey: Survey, chosen: tuple[str, ...]) -> GoalInput | None:
    try:
        return goal_input(survey, chosen)
    except InputRefused as error:
        refusal(error)
        return None


def _reading(desk: Desk, goals: GoalInput, shown: Settings | None, survey: Survey) -> bool | None:
    """Both readings of a full ranking, the one that fits better named."""
    if goals.ranked is None or not goals.ranked.full:
        return None
    with st.spinner("Beide Lesarten werden verglichen …"):
        test = desk.reading(goals, survey, 0)
    proposed = test is not None and test.invert
    before = shown.inverted if shown else None
    chosen = st.radio(
        "Wie ist die Rangfolge zu lesen?",
        list(_READINGS),
        index=int(proposed if before is None else before),
        format_func=lambda one: _READINGS[one] + (" – empfohlen" if one is proposed else ""),
        key="lab-reading",
    )
    st.caption(esc_md(_reading_sentence(test)))
    return chosen


def _reading_sentence(test: ReadingTest | None) -> str:
    if test is None or not test.clear:
        return (
            "Die Antworten passen zu beiden Lesarten etwa gleich gut; bitte im Fragebogen prüfen."
        )
    gap = format_number(abs(test.as_given - test.inverted))
    return f"So passen die Antworten deutlich besser zusammen (BIC um {gap} kleiner)."


def _method_and_numbers(
    goals: GoalInput, shown: Settings | None, chosen: tuple[str, ...], inverted: bool | None
) -> Settings:
    methods = METHODS_FOR[goals.kind]
    before = shown.method if shown and shown.method in methods else methods[0]
    with st.container(key="stack-lab-method"):
        left, middle, right = st.columns([3, 1, 1], vertical_alignment="bottom")
    method = left.selectbox(
        "Verfahren",
        methods,
        index=methods.index(before),
        format_func=lambda one: METHOD_NAMES[one] + (" (empfohlen)" if one is methods[0] else ""),
        key=f"lab-method-{goals.kind}",
    )
    numbers = sorted({*_RESAMPLES, shown.bootstrap} if shown else _RESAMPLES)
    resamples = middle.selectbox(
        "Wiederholungen",
        numbers,
        index=numbers.index(shown.bootstrap) if shown else 0,
        help="Wie oft die Kommunen neu gezogen werden, um die Stabilität zu prüfen.",
        key="lab-resamples",
    )
    seed = right.number_input(
        "Startzahl",
        0,
        9999,
        shown.seed if shown else 0,
        help="Gleiche Startzahl, gleiches Ergebnis.",
        key="lab-seed",
    )
    st.caption(esc_md(METHOD_SENTENCES[method]))
    return Settings(chosen, method, int(seed), int(resamples), inverted)


def _unmarked(preselected: bool) -> str:
    """What to do with a questionnaire that doesn't say which questions are goals."""
    if preselected:
        return (
            "Der Fragebogen kennzeichnet keine Ziele. Vorgewählt ist die größte Gruppe "
            "gleichartiger Fragen; bitte prüfen, ob sie Ziele oder Haltungen erfasst."
        )
    return "Der Fragebogen kennzeichnet keine Ziele. Bitte mindestens drei Fragen wählen."
