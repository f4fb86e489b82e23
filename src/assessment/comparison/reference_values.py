"""Published shares beside a municipality's own answer (``data/reference_values/*.yaml``).

They are context, never a benchmark line: other municipalities were asked, at another time, in
other words. Only what fits a question in subject and wording is in the files.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal, Self

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from assessment.comparison.gap_types import PublishedComparison, PublishedState, PublishedValue
from assessment.content import data_path
from assessment.questionnaire.default import default_questionnaire
from assessment.questionnaire.model import Item, ItemKind, Questionnaire, Role
from assessment.questionnaire.problems import SENTENCES, first_problem
from assessment.questionnaire.yaml_tree import Tree, child_of
from assessment.survey import AnswerStatus, Survey

CODE = "REFERENCE_VALUES_INVALID"
Text = Annotated[str, Field(min_length=1)]
OPEN_ANSWERS: Mapping[AnswerStatus, str] = {
    AnswerStatus.DONT_KNOW: "weiß nicht",
    AnswerStatus.NOT_APPLICABLE: "nicht zuständig",
    AnswerStatus.NOT_ASKED: "nicht gefragt",
}
NOT_ANSWERED = "nicht beantwortet"


class _Content(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class _Asked(_Content):
    """The survey the shares come from."""

    title: Text
    year: Text
    n: int = Field(ge=1)
    population: Text


class _Value(_Content):
    id: Text
    item: Text
    codes: tuple[Text, ...] = Field(min_length=1)
    """Answers of our question that the share counts."""
    statement: Text
    share: float = Field(gt=0, lt=1)
    confidence: Literal["H", "M"]
    """H: the publisher or two independent sources, M: one source."""
    sources: tuple[Text, ...] = Field(min_length=1)
    caution: Text
    population_from: int = Field(default=0, ge=0)
    population_below: int | None = Field(default=None, ge=1)


class ReferenceFile(_Content):
    """One file: a survey and its shares."""

    questionnaire: Text
    """Id of the questionnaire the items belong to."""
    survey: _Asked
    values: tuple[_Value, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _unique(self) -> Self:
        ids = [value.id for value in self.values]
        doubled = sorted({name for name in ids if ids.count(name) > 1})
        if doubled:
            raise ValueError(f"Die Kennung „{doubled[0]}“ steht mehrfach da.")
        return self

    def published(self, value: _Value) -> PublishedValue:
        """A share with everything that belongs beside it."""
        return PublishedValue(
            id=value.id,
            item=value.item,
            statement=value.statement,
            share=value.share,
            n=self.survey.n,
            year=self.survey.year,
            population=self.survey.population,
            source=f"{self.survey.title}, nach: {'; '.join(value.sources)}",
            caution=value.caution,
        )


def read_reference_values(text: str, name: str, questionnaire: Questionnaire) -> ReferenceFile:
    """Parse and check one file; ``name`` is used in messages.

    Raises ``InputRefused`` (``REFERENCE_VALUES_INVALID``): one German sentence with file and line,
    also where an item or a code is not in ``questionnaire``.
    """
    tree = Tree(text, name, CODE)
    try:
        found = ReferenceFile.model_validate(tree.data)
    except ValidationError as error:
        problem = first_problem(error)
        tree.refuse(_deepest(tree.root, problem["loc"]), _sentence(problem))
    for number, value in enumerate(found.values):
        place = child_of(child_of(tree.root, "values"), number)
        item = questionnaire.item_by_id.get(value.item)
        if item is None or found.questionnaire != questionnaire.id:
            tree.refuse(place, f"Die Frage „{value.item}“ gibt es in diesem Fragebogen nicht.")
        unknown = [code for code in value.codes if code not in item.option_by_code]
        if unknown:
            tree.refuse(
                place, f"Die Antwort „{unknown[0]}“ gibt es bei Frage „{value.item}“ nicht."
            )
    return found


@cache
def load_reference_values() -> tuple[ReferenceFile, ...]:
    """All files that come with the product, in the order of their names; read once."""
    return _load(data_path("reference_values"))


def _load(folder: Path) -> tuple[ReferenceFile, ...]:
    questionnaire = default_questionnaire()
    return tuple(
        read_reference_values(path.read_text(encoding="utf-8"), path.name, questionnaire)
        for path in sorted(folder.glob("*.yaml"))
    )


def published_comparisons(survey: Survey, key: str) -> tuple[PublishedComparison, ...]:
    """Published shares that fit a question of this survey, beside the municipality's own answer.

    Empty for another questionnaire. A share of one size class stands only beside municipalities of
    that class. In questionnaire order. Raises ``KeyError`` for an unknown key.
    """
    questionnaire = survey.questionnaire
    row = survey.answers.index.get_loc(key)
    found: list[PublishedComparison] = []
    for file in load_reference_values():
        if file.questionnaire != questionnaire.id:
            continue
        for value in file.values:
            item = questionnaire.item_by_id.get(value.item)
            if item is None or any(code not in item.option_by_code for code in value.codes):
                continue
            if _fits(survey, row, value):
                state, answer = _own(survey, row, item, value.codes)
                found.append(PublishedComparison(file.published(value), state, answer))
    order = {item.id: place for place, item in enumerate(questionnaire.items)}
    return tuple(sorted(found, key=lambda one: order[one.published.item]))


def _fits(survey: Survey, row: Any, value: _Value) -> bool:
    if not value.population_from and value.population_below is None:
        return True
    item = survey.questionnaire.first(Role.POPULATION)
    numeric = item is not None and item.kind in (ItemKind.INTEGER, ItemKind.DECIMAL)
    if item is None or not numeric or item.id not in survey.answers.columns:
        return False
    population = float(survey.answers[item.id].iloc[row])
    below = np.inf if value.population_below is None else value.population_below
    return value.population_from <= population < below


def _own(
    survey: Survey, row: Any, item: Item, codes: tuple[str, ...]
) -> tuple[PublishedState, str]:
    if item.id not in survey.answers.columns:
        return PublishedState.OPEN, OPEN_ANSWERS[AnswerStatus.NOT_ASKED]
    status = AnswerStatus(int(survey.status[item.id].iloc[row]))
    answer = survey.answers[item.id].iloc[row]
    if status is not AnswerStatus.ANSWERED or not isinstance(answer, str):
        return PublishedState.OPEN, OPEN_ANSWERS.get(status, NOT_ANSWERED)
    option = item.option_by_code.get(answer)
    label = option.label if option else answer
    return (PublishedState.HAS if answer in codes else PublishedState.HAS_NOT), label


def _deepest(root: Any, location: tuple[int | str, ...]) -> Any:
    """The deepest node of the file on the way to an error."""
    node = root
    for part in location:
        child = child_of(node, part)
        if child is None:
            break
        node = child
    return node


def _sentence(problem: Any) -> str:
    parts = [part for part in problem["loc"] if isinstance(part, str)]
    field = parts[-1] if parts else ""
    kind = problem["type"]
    if kind == "value_error":
        return str(problem["ctx"]["error"])
    if kind == "extra_forbidden":
        return f"Das Feld „{field}“ gibt es hier nicht."
    if kind in SENTENCES:
        return SENTENCES[kind](field, f"„{problem.get('input')}“", problem.get("ctx", {}))
    return f"Die Angabe „{field}“ ist leer oder liegt nicht im zulässigen Bereich."
