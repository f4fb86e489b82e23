"""Former name of :func:`assessment.typology.fit.fit`; goes once its callers have moved."""

from collections.abc import Sequence

from assessment.survey import Survey
from assessment.typology.fit import fit
from assessment.typology.model import TypologyModel


def fit_typology(
    survey: Survey, *, items: Sequence[str] | None = None, k: int = 4, seed: int = 0
) -> TypologyModel:
    """See :func:`assessment.typology.fit.fit`."""
    return fit(survey, k, seed, items=items)
