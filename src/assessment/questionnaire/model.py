"""The questionnaire as a model: dimensions, items, options, points, gates, roles, conditions.

Everything is frozen and validated on construction; the files it is read from are the business of
the format modules beside this one.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

Identifier = Annotated[str, Field(pattern=r"^[^\s;|]+$", max_length=80)]
"""Codes never contain blanks, ``;`` or ``|``: these separate codes in answers and files."""


class Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class ItemKind(StrEnum):
    """What an answer looks like."""

    SINGLE = "single"
    RATING = "rating"
    """Agreement, importance: ordered options from low to high."""
    LEVEL = "level"
    """Ordered options that each describe an observable state."""
    MULTIPLE = "multiple"
    RANKING = "ranking"
    """An ordered pick of ``picks`` options, or of all of them."""
    INTEGER = "integer"
    DECIMAL = "decimal"
    DATE = "date"
    TEXT = "text"
    KEY = "key"
    NAME = "name"
    CONTACT = "contact"

    @property
    def coded(self) -> bool:
        """True where answers are option codes."""
        return self in CODED_KINDS


CODED_KINDS = frozenset(
    {ItemKind.SINGLE, ItemKind.RATING, ItemKind.LEVEL, ItemKind.MULTIPLE, ItemKind.RANKING}
)


class Role(StrEnum):
    """What an item is used for beside scoring."""

    KEY = "key"
    NAME = "name"
    LAND = "land"
    KIND = "kind"
    """Art der Gebietskörperschaft."""
    POPULATION = "population"
    STRUCTURE = "structure"
    """Any further structural variable for groups and filters."""
    BUDGET = "budget"
    RESPONDENT = "respondent"
    REFERENCE_DATE = "reference_date"
    GOAL = "goal"
    PRIORITY_PICK = "priority_pick"
    CURRENT_LEVEL = "current_level"
    TARGET_LEVEL = "target_level"
    EVIDENCE = "evidence"
    COMMENT = "comment"


class ScoringRule(StrEnum):
    """How an item turns into 0–100 points."""

    POINTS = "points"
    """The points of the chosen option."""
    SHARE = "share"
    """Multiple choice: share of the options ticked, or of their points."""
    SUM = "sum"
    """Multiple choice: sum of the points ticked, at most ``max_points``."""
    NONE = "none"


class OptionKind(StrEnum):
    ANSWER = "answer"
    NONE_OF_THESE = "none_of_these"
    """Exclusive „nichts davon“: an answer that excludes all others."""
    DONT_KNOW = "dont_know"
    NOT_APPLICABLE = "not_applicable"


def _doubled(names: Sequence[str]) -> list[str]:
    """Names that occur more than once; linear, as codebooks may be uploaded."""
    return sorted(name for name, count in Counter(names).items() if count > 1)


class Option(Frozen):
    """One answer option; ``points`` are on the questionnaire's own scale (``Item.max_points``)."""

    code: Identifier
    label: str
    kind: OptionKind = OptionKind.ANSWER
    points: float | None = None
    improvement: str = ""
    """What to do next for somebody who gave this answer."""
    labels: Mapping[str, str] = Field(default_factory=dict)
    """Label in other languages, by language code."""


class Comparison(StrEnum):
    EQUAL = "eq"
    NOT_EQUAL = "ne"
    ONE_OF = "in"
    AT_LEAST = "ge"
    AT_MOST = "le"
    CONTAINS = "contains"
    """Multiple choice: the code is ticked."""
    LACKS = "lacks"
    """Multiple choice: the code is not ticked although the item was answered."""
    ANSWERED = "answered"
    BELOW_ITEM = "lt_item"
    """The answer's position is below that of the answer to item ``value``."""
    NOT_STARTING_WITH_ITEM = "not_starting_with_item"
    """The answer's text does not start with the answer (code) to item ``value``."""
    LENGTH_NOT = "length_not"
    """The answer's text has another length than ``value`` (a number, or several as text codes)."""


ITEM_COMPARISONS = frozenset({Comparison.BELOW_ITEM, Comparison.NOT_STARTING_WITH_ITEM})
"""Comparisons whose ``value`` names another item."""


class Condition(Frozen):
    """A statement about one answer; unanswered items never satisfy it."""

    item: Identifier
    is_: Comparison = Field(alias="is")
    value: str | float | tuple[str, ...] | None = None

    model_config = ConfigDict(populate_by_name=True)

    @property
    def items_named(self) -> tuple[str, ...]:
        """The ids of all items the statement is about."""
        if self.is_ in ITEM_COMPARISONS:
            return (self.item, str(self.value))
        return (self.item,)


class ItemTexts(Frozen):
    """The wording of an item in another language."""

    text: str = ""
    help: str = ""


class Item(Frozen):
    """One question."""

    id: Identifier
    text: str
    kind: ItemKind
    section: str = ""
    dimension: Identifier | None = None
    options: tuple[Option, ...] = ()
    option_set: str | None = None
    """Name of the shared answer set the options came from (keeps files short)."""
    scoring: ScoringRule = ScoringRule.NONE
    weight: float = Field(default=0.0, ge=0)
    max_points: float | None = Field(default=None, ge=0)
    """Points that mean 100; by default the largest option points."""
    polarity: Literal[1, -1] = 1
    """-1: agreement lowers the score. The points are already reversed; kept for documentation."""
    roles: tuple[Role, ...] = ()
    required: bool = False
    short_form: bool = False
    sensitive: bool = False
    condition: tuple[Condition, ...] = ()
    """Asked only if all hold."""
    requires: tuple[Identifier, ...] = ()
    """Items (activities) that come before this one."""
    target_of: Identifier | None = None
    """For target levels: the item whose answer should reach this level."""
    evidence_of: Identifier | None = None
    goal_type: str | None = None
    """For goals: the municipality type the goal is associated with."""
    picks: int | None = Field(default=None, ge=1)
    """Ranking: how many different options are to be named."""
    minimum: float | None = None
    maximum: float | None = None
    pattern: str | None = None
    max_length: int | None = None
    help: str = ""
    since: str = ""
    """Wave or version in which the item was new."""
    group: str = ""
    """Matrix or page the item is shown in."""
    level: int | None = Field(default=None, ge=0)
    """Stage an activity belongs to in staged models (DSOMM: 1–5)."""
    attributes: Mapping[str, str] = Field(default_factory=dict)
    """Further properties a source carries that no rule here uses, such as difficulty."""
    translations: Mapping[str, ItemTexts] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _coherent(self) -> Self:
        codes = [option.code for option in self.options]
        doubled = _doubled(codes)
        if doubled:
            raise ValueError(f"{self.id}: Antwortcode mehrfach: {', '.join(doubled)}")
        if self.kind.coded and not self.options:
            raise ValueError(f"{self.id}: Für „{self.kind}“ fehlen die Antwortoptionen.")
        if self.scoring in (ScoringRule.POINTS, ScoringRule.SUM) and not any(
            option.points is not None for option in self.options
        ):
            raise ValueError(f"{self.id}: Die Wertung „{self.scoring}“ braucht Punkte.")
        return self

    @cached_property
    def option_by_code(self) -> Mapping[str, Option]:
        return {option.code: option for option in self.options}

    @cached_property
    def answer_options(self) -> tuple[Option, ...]:
        """The options that are answers (not „weiß nicht“, „nicht zuständig“, „nichts davon“)."""
        return tuple(option for option in self.options if option.kind is OptionKind.ANSWER)

    def has(self, role: Role) -> bool:
        return role in self.roles


class Gate(Frozen):
    """``level`` is reached only if ``item`` has at least ``points`` (0–100)."""

    level: int = Field(ge=1, le=4)
    item: Identifier
    points: float = Field(ge=0, le=100)
    reason: str = ""


class Dimension(Frozen):
    """A scored field. ``parent`` makes areas: dimensions > areas > items."""

    id: Identifier
    name: str
    block: str = ""
    """Group of dimensions, such as ``HF`` (Handlungsfelder) or ``MF`` (Managementfelder)."""
    parent: Identifier | None = None
    description: str = ""
    weight: float = Field(default=1.0, ge=0)
    gates: tuple[Gate, ...] = ()
    levels: tuple[str, ...] = ()
    """What level 0, 1, 2 … means in this dimension, if described."""
    names: Mapping[str, str] = Field(default_factory=dict)


class ConsistencyRule(Frozen):
    """If all conditions hold, the analyst is told ``message``; nothing is changed or blocked."""

    id: Identifier
    message: str
    when: tuple[Condition, ...]


class Questionnaire(Frozen):
    """A versioned questionnaire."""

    id: Identifier
    version: str
    title: str
    language: str = "de"
    source: str = ""
    licence: str = ""
    proposed: bool = False
    """True for a codebook inferred from an export and not yet confirmed by anybody."""
    blocks: Mapping[str, str] = Field(default_factory=dict)
    level_names: tuple[str, ...] = ()
    """Names of level 0, 1, 2 … in all dimensions."""
    dimensions: tuple[Dimension, ...] = ()
    items: tuple[Item, ...]
    rules: tuple[ConsistencyRule, ...] = ()
    notes: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _references(self) -> Self:
        ids = [item.id for item in self.items]
        doubled = _doubled(ids)
        if doubled:
            raise ValueError(f"Item mehrfach: {', '.join(doubled)}")
        known, fields = set(ids), {dimension.id for dimension in self.dimensions}
        for item in self.items:
            if item.dimension and item.dimension not in fields:
                raise ValueError(f"{item.id}: Dimension „{item.dimension}“ ist nicht erklärt.")
            named = [
                *item.requires,
                *(name for c in item.condition for name in c.items_named),
                item.target_of,
                item.evidence_of,
            ]
            for name in named:
                if name and name not in known:
                    raise ValueError(f"{item.id}: verweist auf unbekanntes Item „{name}“.")
        for dimension in self.dimensions:
            if dimension.parent and dimension.parent not in fields:
                raise ValueError(
                    f"{dimension.id}: übergeordnete Dimension „{dimension.parent}“ fehlt."
                )
            for gate in dimension.gates:
                if gate.item not in known:
                    raise ValueError(f"{dimension.id}: Stufenbedingung nennt „{gate.item}“.")
        for rule in self.rules:
            for condition in rule.when:
                for name in condition.items_named:
                    if name not in known:
                        raise ValueError(f"Regel {rule.id}: unbekanntes Item „{name}“.")
        return self

    @cached_property
    def item_by_id(self) -> Mapping[str, Item]:
        return {item.id: item for item in self.items}

    @cached_property
    def dimension_by_id(self) -> Mapping[str, Dimension]:
        return {dimension.id: dimension for dimension in self.dimensions}

    def __getitem__(self, item_id: str) -> Item:
        return self.item_by_id[item_id]

    def with_role(self, role: Role) -> tuple[Item, ...]:
        """All items with a role, in questionnaire order."""
        return tuple(item for item in self.items if item.has(role))

    def first(self, role: Role) -> Item | None:
        """The first item with a role, if any."""
        return next(iter(self.with_role(role)), None)

    def scored_items(self, dimension: str) -> tuple[Item, ...]:
        """Items that count in a dimension (weight above 0 and a scoring rule)."""
        return self._scored.get(dimension, ())

    @cached_property
    def _scored(self) -> Mapping[str, tuple[Item, ...]]:
        found: dict[str, tuple[Item, ...]] = {}
        for item in self.items:
            if item.dimension and item.weight > 0 and item.scoring is not ScoringRule.NONE:
                found[item.dimension] = (*found.get(item.dimension, ()), item)
        return found

    @cached_property
    def scored_dimensions(self) -> tuple[Dimension, ...]:
        """Dimensions with at least one scored item, in questionnaire order."""
        return tuple(d for d in self.dimensions if self.scored_items(d.id))

    def level_texts(self, dimension: str) -> tuple[str, ...]:
        """What level 0, 1, 2 … means in a dimension; empty if nobody described it.

        A dimension that rests on a single level item is described by that item's options.
        """
        described = self.dimension_by_id[dimension].levels
        scored = self.scored_items(dimension)
        if described or len(scored) != 1 or scored[0].kind is not ItemKind.LEVEL:
            return described
        return tuple(option.label for option in scored[0].answer_options)

    def sections(self) -> Iterator[str]:
        """Section titles in order, each once."""
        return iter(dict.fromkeys(item.section for item in self.items))
