"""The content a strategy is written along: questions, building blocks, examples, formats.

Read from ``data/measures/strategy_frame.yaml`` and validated; every part names its source.
"""

from collections.abc import Mapping
from functools import cache, cached_property
from typing import Self

from pydantic import Field, ValidationError, model_validator

from assessment.content import data_path
from assessment.measures.model import Frozen
from assessment.questionnaire.yaml_tree import Tree
from assessment.remarks import InputRefused

STRATEGY_INVALID = "STRATEGY_INVALID"
FILE = "strategy_frame.yaml"


class Source(Frozen):
    """Where a part comes from."""

    title: str = Field(min_length=5)
    year: int | None = None
    place: str = ""
    note: str = ""

    @property
    def text(self) -> str:
        """One line for a foot note."""
        year = f" ({self.year})" if self.year else ""
        return f"{self.title}{year}{f', {self.place}' if self.place else ''}"


class FieldQuestions(Frozen):
    """Guiding questions, one per part of an action field."""

    goal: str = Field(min_length=10)
    starting_point: str = Field(min_length=10)
    challenges: str = Field(min_length=10)
    chances: str = Field(min_length=10)
    projects: str = Field(min_length=10)


class FieldContent(Frozen):
    """One action field; ``id`` is the dimension of the questionnaire."""

    id: str
    name: str
    description: str
    questions: FieldQuestions


class BlockContent(Frozen):
    """One building block of a strategy; ``id`` is the dimension of the questionnaire."""

    id: str
    name: str
    question: str = Field(min_length=10)
    belongs: tuple[str, ...] = Field(min_length=1)
    """What belongs to it."""


class VisionExample(Frozen):
    """Vision statements of a municipality: an example, never taken over by itself."""

    id: str
    municipality: str
    year: int
    target_year: int | None = None
    source: str
    note: str = Field(min_length=5)
    statements: tuple[str, ...] = Field(min_length=1)


class ParticipationFormat(Frozen):
    """One format of participation; ``item`` and ``code`` say which tick of the survey means it."""

    id: str
    name: str
    description: str
    source: str
    item: str = ""
    code: str = ""


class StrategyContent(Frozen):
    """Everything the strategy page is built from."""

    title: str
    version: str
    sources: dict[str, Source]
    field_source: str
    question_source: str
    fields: tuple[FieldContent, ...] = Field(min_length=1)
    block_source: str
    blocks: tuple[BlockContent, ...] = Field(min_length=1)
    visions: tuple[VisionExample, ...] = ()
    formats: tuple[ParticipationFormat, ...] = ()

    @model_validator(mode="after")
    def _coherent(self) -> Self:
        named = [self.field_source, self.question_source, self.block_source]
        named += [part.source for part in (*self.visions, *self.formats)]
        unknown = sorted(set(named) - set(self.sources))
        if unknown:
            raise ValueError(f"Die Quelle „{unknown[0]}“ steht nicht unter „sources“.")
        for parts in (self.fields, self.blocks, self.visions, self.formats):
            ids = [part.id for part in parts]
            doubled = sorted({name for name in ids if ids.count(name) > 1})
            if doubled:
                raise ValueError(f"„{doubled[0]}“ steht zweimal da.")
        for part in self.formats:
            if bool(part.item) != bool(part.code):
                raise ValueError(f"{part.id}: „item“ und „code“ gehören zusammen.")
        return self

    @cached_property
    def field_by_id(self) -> Mapping[str, FieldContent]:
        return {part.id: part for part in self.fields}

    @cached_property
    def block_by_id(self) -> Mapping[str, BlockContent]:
        return {part.id: part for part in self.blocks}

    def source_text(self, source_id: str) -> str:
        """The foot note of a source."""
        return self.sources[source_id].text


@cache
def strategy_content() -> StrategyContent:
    """The content that comes with the product; read once, frozen."""
    path = data_path("measures", FILE)
    return read_strategy_content(path.read_text(encoding="utf-8"), FILE)


def read_strategy_content(text: str, name: str) -> StrategyContent:
    """Read and validate; raises ``InputRefused`` (``STRATEGY_INVALID``) naming file and part."""
    tree = Tree(text, name, STRATEGY_INVALID)
    try:
        return StrategyContent.model_validate(tree.data)
    except ValidationError as error:
        problem = error.errors(include_url=False)[0]
        place = ".".join(str(part) for part in problem["loc"])
        own = str(problem.get("ctx", {}).get("error", ""))
        said = own or f"Die Angabe „{place}“ fehlt oder ist nicht zulässig."
        raise InputRefused(STRATEGY_INVALID, f"{name}: {said}") from None
