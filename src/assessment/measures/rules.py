"""The rules of recommendations as data: classes of priority, goals and fields, stand-ins."""

from collections.abc import Mapping
from functools import cache
from typing import Self, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from assessment.content import data_path
from assessment.measures.file_problems import problem_of
from assessment.questionnaire.yaml_tree import Tree
from assessment.remarks import InputRefused

RULES_INVALID = "RULES_INVALID"
Content = TypeVar("Content", bound=BaseModel)


class _Rules(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Classes(_Rules):
    """Lower limits of the priority's value."""

    high: float = Field(gt=0)
    medium: float = Field(gt=0)

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.medium >= self.high:
            raise ValueError("Die Grenze von „medium“ muss unter der von „high“ liegen.")
        return self


class PriorityRules(_Rules):
    formula: str
    classes: Classes


class RelevanceRules(_Rules):
    target_steps: int = Field(ge=1, le=4)
    """Levels from today to the own target from which on a field counts 3."""
    most_top_rated: int = Field(ge=1)
    """So many goals with the highest answer still name a preference."""


class BudgetRules(_Rules):
    questionnaire: str
    item: str
    constrained: tuple[str, ...]
    """Options that say Haushaltssicherung or vorläufige Haushaltsführung."""


class AdviceRules(_Rules):
    priority: PriorityRules
    relevance: RelevanceRules
    budget: BudgetRules
    stands_for: Mapping[str, str]
    """Field without measures of its own → the field whose measures help there."""


class GoalFields(_Rules):
    fields: tuple[str, ...] = Field(min_length=1)


class GoalRelevance(_Rules):
    """Which fields a goal touches: our assumption."""

    questionnaire: str
    goals: Mapping[str, GoalFields]


@cache
def load_rules() -> AdviceRules:
    """``data/measures/rules.yaml``; read once. Raises ``InputRefused`` (``RULES_INVALID``)."""
    return _load("rules.yaml", AdviceRules)


@cache
def load_goal_relevance() -> GoalRelevance:
    """``data/measures/relevance.yaml``; read once. Raises ``InputRefused`` (``RULES_INVALID``)."""
    return _load("relevance.yaml", GoalRelevance)


def _load(name: str, model: type[Content]) -> Content:
    text = data_path("measures", name).read_text(encoding="utf-8")
    tree = Tree(text, name, RULES_INVALID)
    try:
        return model.model_validate(tree.data)
    except ValidationError as error:
        problem, sentence = problem_of(error, model)
        place = " → ".join(str(part) for part in problem["loc"])
        raise InputRefused(RULES_INVALID, f"{name}, bei „{place}“: {sentence}") from error
