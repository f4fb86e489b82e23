"""What all sections of the Methodenbericht look at, worked out once."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import yaml

from assessment.comparison.disclosure import MINIMUM_MEMBERS, MINIMUM_OTHERS, guarded_counts
from assessment.content import data_path
from assessment.german import format_number, format_percent
from assessment.reports.markup import shortened
from assessment.survey import Survey
from assessment.typology.assignment import best_pairs
from assessment.typology.catdes import Description, Trait, describe
from assessment.typology.method import InputKind
from assessment.typology.model import Cluster, Membership, Thresholds, TypologyModel
from assessment.typology.multiple_testing import LEVEL
from assessment.typology.naming import LEAST_CORRELATION
from assessment.typology.ordinal_part import EXTREMITY_NODES, RIDGE, SHIFT_NODES
from assessment.typology.ranking_part import PRIOR
from assessment.typology.study import SMALLEST_CASES, SMALLEST_SHARE
from assessment.typology.study_types import Candidate, TypologyStudy
from assessment.typology.usable import UsableGoals, usable

ONE_TYPE = "Mit einem einzigen Typ gibt es nichts zu vergleichen."


@dataclass(frozen=True, slots=True, eq=False)
class ReportFacts:
    """A study, the typology chosen from it and what it says of the survey."""

    survey: Survey
    study: TypologyStudy
    model: TypologyModel
    candidate: Candidate
    """The candidate with as many types as the model."""
    usable: UsableGoals
    membership: Membership
    labels: np.ndarray
    """int per municipality of the survey: place of its type in the model, -1 = none."""
    posterior: np.ndarray
    """float64 (municipalities of the survey, k), ``NaN`` rows = no type."""
    class_of: tuple[int, ...]
    """For each type of the model the number of its class in the candidate's solution."""
    sizes: tuple[int | None, ...]
    """Municipalities per type; ``None`` = hidden."""
    described: Description
    """What sets each type apart, in the order of the model."""

    @property
    def k(self) -> int:
        return len(self.model.clusters)

    def shown(self, cluster: Cluster) -> bool:
        """Whether a type is large enough for its profile to be no single answers."""
        place = self.model.type_ids.index(cluster.id)
        return int((self.labels == place).sum()) >= MINIMUM_MEMBERS


def report_facts(survey: Survey, study: TypologyStudy, model: TypologyModel) -> ReportFacts:
    """Raises ``KeyError`` if the study has no candidate with as many types as the model."""
    candidate = study.candidate(len(model.clusters))
    membership = model.assign(survey)
    labels = membership.first.cat.codes.to_numpy().astype(int)
    table = np.zeros((len(model.clusters), candidate.k), dtype=int)
    fitted = labels[study.rows]
    known = fitted >= 0
    np.add.at(table, (fitted[known], candidate.solution.labels[known]), 1)
    sizes = np.bincount(labels[labels >= 0], minlength=candidate.k)
    return ReportFacts(
        survey=survey,
        study=study,
        model=model,
        candidate=candidate,
        usable=usable(survey, model.goals),
        membership=membership,
        labels=labels,
        posterior=membership.probability.to_numpy(),
        class_of=tuple(int(number) for number in best_pairs(-table)[1]),
        sizes=guarded_counts(sizes.tolist()).counts,
        described=describe(labels, survey, k=len(model.clusters), goals=model.goals),
    )


@cache
def report_texts() -> dict[str, Any]:
    """``data/texts/methodenbericht.yaml`` with the constants the program calculates with."""
    thresholds = Thresholds()
    values = {
        "klein": str(MINIMUM_OTHERS),
        "knoten_a": str(SHIFT_NODES),
        "knoten_e": str(EXTREMITY_NODES),
        "ridge": format_number(RIDGE, 1),
        "pseudo": format_number(PRIOR, 1),
        "korrelation": format_number(LEAST_CORRELATION, 1),
        "sicher": format_percent(thresholds.assigned),
        "eher": format_percent(thresholds.likely),
        "anteil": format_percent(SMALLEST_SHARE),
        "faelle": str(SMALLEST_CASES),
        "q": format_number(LEVEL, 2),
    }
    with data_path("texts", "methodenbericht.yaml").open(encoding="utf-8") as file:
        content = yaml.safe_load(file)
    formulas = content.pop("formulas")
    filled = _filled(content, values)
    filled["formulas"] = formulas
    return filled


@cache
def source_texts() -> dict[str, str]:
    """Sources by key, as the method page names them."""
    with data_path("texts", "methodik.yaml").open(encoding="utf-8") as file:
        return yaml.safe_load(file)["sources"]


def type_title(cluster: Cluster) -> str:
    """„B Bedächtige“; an unnamed group has its number in its name already."""
    return f"{cluster.id} {cluster.name}" if cluster.named else cluster.name


def small_count(n: int) -> str:
    """A count, „unter 5“ where it would single out municipalities."""
    return f"unter {MINIMUM_OTHERS}" if 0 < n < MINIMUM_OTHERS else format_number(n)


def hidden_count(n: int | None) -> str:
    """A guarded count; ``None`` is hidden."""
    return "verdeckt" if n is None else format_number(n)


def column_titles(known: ReportFacts) -> list[str]:
    """Columns of the profile; an answer to one of several questions comes with its question."""
    columns = known.model.columns
    if known.model.goals.kind is not InputKind.CATEGORIES:
        return [column.label for column in columns]
    return [
        f"{column.item}: {column.label}" if column.option else column.label for column in columns
    ]


def category_title(known: ReportFacts, column: int) -> str:
    """A question taken as categories: its wording, or the option of a multiple choice."""
    question = known.model.goals.categories[column]
    if question.option:
        return question.label
    return shortened(known.survey.questionnaire[question.item].text)


def singles_out(trait: Trait) -> bool:
    """Whether a share stands for the answers of very few, or of all but very few."""
    if trait.category is None or trait.in_type is None:
        return False
    count = round(trait.in_type * trait.n)
    return 0 < count < MINIMUM_OTHERS or 0 < trait.n - count < MINIMUM_OTHERS


def list_of(words: Sequence[str]) -> str:
    """„a, b und c“."""
    return " und ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def _filled(content: Any, values: dict[str, str]) -> Any:
    if isinstance(content, str):
        return content.format(**values)
    if isinstance(content, list):
        return [_filled(entry, values) for entry in content]
    return {key: _filled(entry, values) for key, entry in content.items()}
