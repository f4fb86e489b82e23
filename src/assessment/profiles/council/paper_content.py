"""How Vorlagen are built, from ``data/council``: bodies, order, headings, Anlagen, words."""

from collections.abc import Mapping
from functools import cache
from typing import Annotated, Literal, Self, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from assessment.content import data_path
from assessment.measures.paper_types import GenderStyle, Preset
from assessment.profiles.council.paper_parts import SectionId
from assessment.questionnaire.yaml_tree import Tree
from assessment.remarks import InputRefused

COUNCIL_INVALID = "COUNCIL_INVALID"
UNKNOWN_KIND = "sonst"

Line = Annotated[str, Field(min_length=1, max_length=120)]
Number = Literal["m", "f", "n", "pl"]
Kind = Literal["gem", "stadt", "gkstadt", "krfr", "kreis", "verband", "sonst"]
Land = Annotated[str, Field(pattern=r"^(0[1-9]|1[0-6])$")]
Content = TypeVar("Content", bound="_Content")


class _Content(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Bodies(_Content):
    """Bodies of one kind of municipality in one Land."""

    deciding: Line
    before: tuple[Line, ...] = ()
    """Consult between Fachausschuss and decision."""
    also: tuple[Line, ...] = ()
    """Further names to choose from."""


class Places(_Content):
    """What stands before the name of a municipality."""

    kinds: dict[Kind, Line]
    words: dict[Line, Line]
    """First word of a name → the same word in the genitive with its article."""


class BodyContent(_Content):
    """``bodies.yaml``."""

    source: str = Field(min_length=5)
    committee: Line
    unknown: Bodies
    lands: dict[Land, dict[Kind, Bodies]]
    nouns: dict[Line, Number]
    """End of a word, in small letters → gender or plural."""
    places: Places

    @model_validator(mode="after")
    def _complete(self) -> Self:
        for land, kinds in self.lands.items():
            if UNKNOWN_KIND not in kinds:
                raise ValueError(f"Land {land}: die Art „{UNKNOWN_KIND}“ fehlt.")
        return self


class AttachmentContent(_Content):
    """One Anlage."""

    number: int = Field(ge=1, le=20)
    document: Line
    title: Line
    closed: bool = False


class PaperContent(_Content):
    """``paper.yaml``."""

    source: str = Field(min_length=5)
    presets: dict[Preset, tuple[SectionId, ...]]
    facts: tuple[SectionId, ...]
    headings: dict[SectionId, tuple[Line, ...]]
    effects: tuple[Line, ...]
    attachments: tuple[AttachmentContent, ...] = Field(min_length=1)
    continuation: AttachmentContent

    @model_validator(mode="after")
    def _complete(self) -> Self:
        for preset in Preset:
            order = self.presets.get(preset, ())
            shown = [
                part
                for each in order
                for part in ((each, *self.facts) if each is SectionId.FACTS else (each,))
            ]
            if SectionId.FACTS not in shown:
                shown.append(SectionId.FACTS)
            if sorted(shown) != sorted(SectionId):
                raise ValueError(
                    f"Reihenfolge „{preset}“: jeder Abschnitt gehört genau einmal hin."
                )
        missing = [each for each in SectionId if not self.headings.get(each)]
        if missing:
            raise ValueError(f"Überschrift für „{missing[0]}“ fehlt.")
        return self


class GenderContent(_Content):
    """``gender.yaml``."""

    source: str = Field(min_length=5)
    words: dict[Line, dict[GenderStyle, Line]]

    @model_validator(mode="after")
    def _complete(self) -> Self:
        for name, forms in self.words.items():
            if set(forms) != set(GenderStyle):
                raise ValueError(f"„{name}“ braucht jede der vier Schreibweisen.")
        return self


@cache
def body_content() -> BodyContent:
    """Bodies, their articles, words before a name."""
    return _read(BodyContent, "bodies.yaml")


@cache
def paper_content() -> PaperContent:
    """Order, headings and Anlagen."""
    return _read(PaperContent, "paper.yaml")


@cache
def gender_content() -> GenderContent:
    """The few words for people in generated texts."""
    return _read(GenderContent, "gender.yaml")


def read_content(model: type[Content], text: str, name: str) -> Content:
    """Read and validate; ``InputRefused`` (``COUNCIL_INVALID``) naming file and part."""
    tree = Tree(text, name, COUNCIL_INVALID)
    try:
        return model.model_validate(tree.data)
    except ValidationError as error:
        problem = error.errors(include_url=False)[0]
        place = ".".join(str(part) for part in problem["loc"])
        own = str(problem.get("ctx", {}).get("error", ""))
        said = own or f"Die Angabe „{place}“ fehlt oder ist nicht zulässig."
        raise InputRefused(COUNCIL_INVALID, f"{name}: {said}") from None


def words_of(style: GenderStyle) -> Mapping[str, str]:
    """Every word of ``gender.yaml`` in one spelling, as values for sentences."""
    return {name: forms[style] for name, forms in gender_content().words.items()}


def _read(model: type[Content], name: str) -> Content:
    return read_content(model, data_path("council", name).read_text(encoding="utf-8"), name)
