"""What the page of the strategy says: its parts, what they hold, and what is still open."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from assessment.measures.model import Catalogue
from assessment.measures.plan_types import BlockState, FieldStrategy, MunicipalityPlan
from assessment.measures.strategy import PLAN_BLOCK, completeness, strategy_content
from assessment.profiles.plain import as_plain
from assessment.profiles.texts import sentence

_BLOCK_TEXTS = {
    None: "strategy.block_open",
    BlockState.NONE: "strategy.block_none",
    BlockState.NOTES: "strategy.block_notes",
    BlockState.DRAFT: "strategy.block_draft",
    BlockState.DECIDED: "strategy.block_decided",
    BlockState.APPLIED: "strategy.block_applied",
}
_PARTS = ("goal", "starting_point", "challenges", "chances", "projects")


@dataclass(frozen=True, slots=True)
class Project:
    """A project of a field: a measure (then with its id) or own words."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class FieldView:
    """One action field. ``state`` is symbol and word; ``questions`` what each part asks."""

    id: str
    name: str
    description: str
    questions: Mapping[str, str]
    goal: str
    starting_point: str
    challenges: str
    chances: str
    projects: tuple[Project, ...]
    state: str


@dataclass(frozen=True, slots=True)
class BlockView:
    """One of the eight building blocks with its state as symbol and word."""

    id: str
    name: str
    question: str
    belongs: tuple[str, ...]
    state: str
    """Value of the state, ``""`` = open."""
    state_shown: str
    note: str
    planned: str
    """What the roadmap already holds of it; ``""`` else."""


@dataclass(frozen=True, slots=True)
class FormatView:
    """A format of participation."""

    id: str
    name: str
    description: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class VisionView:
    """Published statements of another municipality, as an example with its source."""

    municipality: str
    year: str
    statements: tuple[str, ...]
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class StrategyProfile:
    """Everything the page says; ``sentence`` is how complete the document is, in words."""

    name: str
    sentence: str
    parts: tuple[str, ...]
    """One sentence a part: vision, fields, blocks, participation."""
    vision: tuple[str, ...]
    target_year: int | None
    fields: tuple[FieldView, ...]
    blocks: tuple[BlockView, ...]
    formats: tuple[FormatView, ...]
    own_formats: tuple[str, ...]
    examples: tuple[VisionView, ...]

    def as_dict(self) -> dict[str, Any]:
        """The whole profile with plain types, ready for JSON."""
        return as_plain(self)


def strategy_profile(
    plan: MunicipalityPlan, catalogue: Catalogue, name: str, *, outside: Collection[str] = ()
) -> StrategyProfile:
    """Put the strategy of a plan into words. ``outside``: fields that aren't its business."""
    content, frame = strategy_content(), plan.strategy
    fields = tuple(
        _field(each, frame.fields.get(each.id, FieldStrategy()), plan, catalogue)
        for each in content.fields
        if each.id not in outside
    )
    blocks = tuple(_block(each, plan) for each in content.blocks)
    names = [each.name for each in content.formats]
    known = {each.id for each in content.formats} | set(names)
    formats = tuple(
        FormatView(
            each.id,
            each.name,
            each.description,
            each.id in frame.participation or each.name in frame.participation,
        )
        for each in content.formats
    )
    return StrategyProfile(
        name=name,
        sentence=completeness(plan, outside=outside).sentence,
        parts=_parts(plan, fields, blocks),
        vision=frame.vision,
        target_year=frame.target_year,
        fields=fields,
        blocks=blocks,
        formats=formats,
        own_formats=tuple(each for each in frame.participation if each not in known),
        examples=tuple(
            VisionView(
                each.municipality,
                str(each.year),
                each.statements,
                content.source_text(each.source),
                each.note,
            )
            for each in content.visions
        ),
    )


def block_shown(state: BlockState | None) -> str:
    """State of a building block as symbol and word."""
    return sentence(_BLOCK_TEXTS[state])


def _field(
    content: Any, given: FieldStrategy, plan: MunicipalityPlan, catalogue: Catalogue
) -> FieldView:
    missing = [sentence(f"strategy.part_{part}") for part in _PARTS if not getattr(given, part)]
    if not missing:
        state = sentence("strategy.field_complete")
    elif len(missing) == len(_PARTS):
        state = sentence("strategy.field_empty")
    else:
        state = sentence("strategy.field_started", missing=", ".join(missing))
    return FieldView(
        id=content.id,
        name=content.name,
        description=content.description,
        questions={part: getattr(content.questions, part) for part in _PARTS},
        goal=given.goal,
        starting_point=given.starting_point,
        challenges=given.challenges,
        chances=given.chances,
        projects=tuple(_project(each, plan, catalogue) for each in given.projects),
        state=state,
    )


def _project(text: str, plan: MunicipalityPlan, catalogue: Catalogue) -> Project:
    planned = plan.by_id.get(text)
    if planned is not None and planned.is_own:
        return Project(text, planned.own_title)
    known = catalogue.by_id.get(text)
    return Project(text, known.title) if known else Project("", text)


def _block(content: Any, plan: MunicipalityPlan) -> BlockView:
    given = plan.strategy.blocks.get(content.id)
    state = given.state if given else None
    return BlockView(
        id=content.id,
        name=content.name,
        question=content.question,
        belongs=content.belongs,
        state=state.value if state else "",
        state_shown=block_shown(state),
        note=given.note if given else "",
        planned=_planned(plan) if content.id == PLAN_BLOCK else "",
    )


def _planned(plan: MunicipalityPlan) -> str:
    n = len(plan.measures)
    if not n:
        return ""
    return sentence("strategy.planned_one" if n == 1 else "strategy.planned", n=n)


def _parts(
    plan: MunicipalityPlan, fields: tuple[FieldView, ...], blocks: tuple[BlockView, ...]
) -> tuple[str, ...]:
    frame = plan.strategy
    if not frame.vision:
        vision = sentence("strategy.vision_open")
    elif frame.target_year is None:
        vision = sentence("strategy.vision_no_year", n=_counted(len(frame.vision)))
    else:
        vision = sentence(
            "strategy.vision_done", n=_counted(len(frame.vision)), year=frame.target_year
        )
    decided = (BlockState.DECIDED.value, BlockState.APPLIED.value)
    n = len(frame.participation)
    formats = "participation_open" if not n else "participation_one" if n == 1 else (
        "participation_done"
    )  # fmt: skip
    return (
        vision,
        _of("strategy.fields", sum(bool(each.goal) for each in fields), len(fields)),
        _of("strategy.blocks", sum(each.state in decided for each in blocks), len(blocks)),
        sentence(f"strategy.{formats}", n=n),
    )


def _of(text: str, done: int, total: int) -> str:
    """„1 von 8 … ist“, „2 von 8 … sind“."""
    return sentence(f"{text}_one" if done == 1 else f"{text}_done", done=done, total=total)


def _counted(n: int) -> str:
    return "1 Leitsatz" if n == 1 else f"{n} Leitsätze"
