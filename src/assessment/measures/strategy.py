"""A municipality's strategy frame: what the survey already says, and what is still to be written.

Prefilled is only what the municipality itself answered, marked as „Selbstauskunft“. Goals, vision,
challenges and projects are never invented.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from assessment.german import fold
from assessment.measures.advice_types import Advice
from assessment.measures.model import Catalogue
from assessment.measures.plan_editing import change_plan
from assessment.measures.plan_types import (
    BlockState,
    BlockStrategy,
    FieldStrategy,
    MunicipalityPlan,
    PlannedMeasure,
    StrategyFrame,
)
from assessment.measures.strategy_content import StrategyContent, strategy_content
from assessment.questionnaire.model import Item, ItemKind, OptionKind
from assessment.survey import AnswerStatus, Survey

SELF_REPORT = "Selbstauskunft"
FIELD_PARTS: Mapping[str, str] = {
    "goal": "Ziel",
    "starting_point": "Ausgangslage",
    "challenges": "Herausforderungen",
    "chances": "Chancen",
    "projects": "Projekte",
}
PLAN_BLOCK = "SB3"
"""The building block „Maßnahmenplan“."""
_STATES = {fold(state.value): state for state in BlockState}


def strategy_frame() -> StrategyContent:
    """The content of the strategy page (``data/measures/strategy_frame.yaml``)."""
    return strategy_content()


def prefilled_strategy(survey: Survey, key: str, levels: Mapping[str, int | None]) -> StrategyFrame:
    """What the survey says about the strategy of a municipality.

    ``levels``: dimension → level 0–4, ``None`` without one. The starting point of an action field
    is its level in the questionnaire's words; outside one's responsibility and „weiß nicht“ are
    said as such, missing answers leave it empty. Raises ``KeyError`` for an unknown key.
    """
    content = strategy_content()
    return StrategyFrame(
        fields={
            part.id: FieldStrategy(starting_point=text)
            for part in content.fields
            if (text := _starting_point(survey, key, part.id, levels.get(part.id)))
        },
        blocks={
            part.id: BlockStrategy(state=state)
            for part in content.blocks
            if (state := _block_state(survey, key, part.id)) is not None
        },
        participation=tuple(_participation(survey, key, content)),
    )


def new_plan(
    survey: Survey,
    key: str,
    catalogue: Catalogue,
    begins: date,
    levels: Mapping[str, int | None],
    *,
    targets: Mapping[str, int] | None = None,
) -> MunicipalityPlan:
    """An empty plan of a municipality with a prefilled strategy frame.

    ``targets``: dimension → level to reach, as far as the survey asked for it.
    """
    return MunicipalityPlan(
        municipality=key,
        name=survey.name_of(key)[:200],
        wave=survey.wave[:200],
        questionnaire_version=survey.questionnaire.version[:200],
        catalogue_id=catalogue.id,
        catalogue_version=catalogue.version,
        begins=begins,
        targets=dict(targets or {}),
        strategy=prefilled_strategy(survey, key, levels),
    )


def suggested_plan(advice: Advice, plan: MunicipalityPlan, n: int) -> MunicipalityPlan:
    """Take over the first ``n`` recommendations the plan doesn't have yet, in their order."""
    present = plan.by_id
    fresh = [r.measure for r in advice.recommendations if r.measure.id not in present]
    taken = tuple(
        PlannedMeasure(id=measure.id, owner=measure.responsible) for measure in fresh[: max(0, n)]
    )
    return change_plan(
        plan,
        measures=(*plan.measures, *taken),
        catalogue_id=plan.catalogue_id or advice.catalogue_id,
        catalogue_version=plan.catalogue_version or advice.catalogue_version,
    )


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the strategy and what is still empty in it."""

    id: str
    name: str
    group: str
    """The tab or page it is written on: „Leitbild“, „Bausteine“, „Roadmap“ …"""
    filled: int
    of: int
    missing: tuple[str, ...]
    """What is empty, as people call it."""


@dataclass(frozen=True, slots=True)
class Completeness:
    """How far a strategy is written; a state of work, no rating."""

    parts: tuple[Part, ...]
    filled: int
    of: int
    sentence: str


def completeness(plan: MunicipalityPlan, *, outside: Collection[str] = ()) -> Completeness:
    """Which parts of the strategy are written and which are empty.

    ``outside``: action fields outside the municipality's responsibility; they are left out.
    """
    parts = tuple(_parts(plan, frozenset(outside)))
    filled, of = sum(part.filled for part in parts), sum(part.of for part in parts)
    empty = _empty(parts)
    sentence = f"{filled} von {of} Teilen der Strategie sind ausgefüllt."
    if filled == of:
        sentence = "Alle Teile der Strategie sind ausgefüllt."
    elif empty:
        sentence += f" Noch leer: {', '.join(empty)}."
    return Completeness(parts, filled, of, sentence)


def _empty(parts: Sequence[Part]) -> list[str]:
    """What is empty, named as the tabs of the page are: „Leitbild“, „3 Handlungsfelder“."""
    found: dict[str, int] = {}
    for part in parts:
        if not part.filled:
            found[part.group] = found.get(part.group, 0) + 1
    several = {"Handlungsfelder": "Handlungsfeld", "Bausteine": "Baustein"}
    return [
        group if group not in several else f"{n} {several[group] if n == 1 else group}"
        for group, n in found.items()
    ]


def _parts(plan: MunicipalityPlan, outside: frozenset[str]) -> Iterable[Part]:
    content, frame = strategy_content(), plan.strategy
    # Named as the tabs of the page.
    vision = {"Leitsätze": bool(frame.vision), "Zieljahr": frame.target_year is not None}
    yield _part("vision", "Leitbild", "Leitbild", vision)
    for part in content.fields:
        if part.id in outside:
            continue
        own = frame.fields.get(part.id, FieldStrategy())
        state = {label: bool(getattr(own, field)) for field, label in FIELD_PARTS.items()}
        yield _part(part.id, part.name, "Handlungsfelder", state)
    for part in content.blocks:
        block = frame.blocks.get(part.id, BlockStrategy())
        # A roadmap with measures is a plan of measures, whatever is said of its state.
        written = block.state is not None or (part.id == PLAN_BLOCK and bool(plan.measures))
        yield _part(part.id, part.name, "Bausteine", {"Stand": written})
    formats = {"Formate": bool(frame.participation)}
    yield _part("participation", "Beteiligung", "Beteiligung", formats)
    yield _part("targets", "Zielstufen", "Zielstufen", {"Zielstufen": bool(plan.targets)})
    yield _part("roadmap", "Roadmap", "Roadmap", {"Maßnahmen": bool(plan.measures)})


def _part(part_id: str, name: str, group: str, state: Mapping[str, bool]) -> Part:
    missing = tuple(label for label, filled in state.items() if not filled)
    return Part(part_id, name, group, len(state) - len(missing), len(state), missing)


def _starting_point(survey: Survey, key: str, dimension: str, level: int | None) -> str:
    questionnaire = survey.questionnaire
    if dimension not in questionnaire.dimension_by_id:
        return ""
    if level is not None:
        texts = questionnaire.level_texts(dimension)
        described = f" – {texts[level]}" if level < len(texts) and texts[level] else ""
        return f"{SELF_REPORT}: Stufe {level}{described}"
    statuses = {_status(survey, key, item) for item in questionnaire.scored_items(dimension)}
    if statuses == {AnswerStatus.NOT_APPLICABLE}:
        return f"{SELF_REPORT}: nicht in eigener Zuständigkeit"
    if statuses == {AnswerStatus.DONT_KNOW}:
        return f"{SELF_REPORT}: Stand nicht bekannt, bitte klären"
    return ""


def _status(survey: Survey, key: str, item: Item) -> AnswerStatus:
    if item.id not in survey.status.columns:
        return AnswerStatus.NOT_ASKED
    return AnswerStatus(int(survey.status.at[key, item.id]))


def _block_state(survey: Survey, key: str, dimension: str) -> BlockState | None:
    """The state of a building block: the answer's own words, if they are those of the plan."""
    if dimension not in survey.questionnaire.dimension_by_id:
        return None
    for item in survey.questionnaire.scored_items(dimension):
        if item.kind is not ItemKind.LEVEL:
            continue
        answer = _answer(survey, key, item)
        option = item.option_by_code.get(answer)
        state = _STATES.get(fold(option.label)) if option else None
        if option is not None and option.kind is OptionKind.ANSWER and state is not None:
            return state
    return None


def _answer(survey: Survey, key: str, item: Item) -> str:
    if item.id not in survey.answers.columns:
        return ""
    answer = survey.answers.at[key, item.id]
    return answer if isinstance(answer, str) else ""


def _participation(survey: Survey, key: str, content: StrategyContent) -> Iterable[str]:
    """Formats the municipality ticked, as the questionnaire words them."""
    items = survey.questionnaire.item_by_id
    for part in content.formats:
        item = items.get(part.item)
        option = item.option_by_code.get(part.code) if item else None
        # Another questionnaire may use the same ids for something else.
        if item is None or option is None or fold(option.label) != fold(part.name):
            continue
        if part.code in _answer(survey, key, item).split(";"):
            yield part.name
