"""``study.json``: everything a study found out about every number of types, as plain JSON.

No rows of municipalities: those stand in ``assignments.csv``, the chosen typology in
``typology.json``. The same study gives the same bytes.
"""

import json
from typing import Any

from assessment import __version__
from assessment.profiles.plain import as_plain
from assessment.profiles.provenance import provenance_record
from assessment.reports.ledger_workbook import SIMULATED
from assessment.survey import Survey
from assessment.typology.agreement import compare_solutions
from assessment.typology.method import METHOD_NAMES
from assessment.typology.model import TypologyModel
from assessment.typology.study_types import (
    VERDICT_NAMES,
    BaselineResult,
    Candidate,
    Stability,
    TypologyStudy,
)

SCHEMA = 1
_DIGITS = 10


def study_json(
    survey: Survey,
    study: TypologyStudy,
    model: TypologyModel | None,
    former: TypologyModel | None = None,
) -> bytes:
    """The study; ``model``: the typology chosen from it, if any; ``former``: the one it replaces.

    Raises ``InputRefused`` where ``former`` can't place this survey at all.
    """
    found: dict[str, Any] = {
        "schema": SCHEMA,
        "simulated": survey.simulated,
        "note": SIMULATED if survey.simulated else "",
        "method": study.method.value,
        "method_name": METHOD_NAMES[study.method],
        "seed": study.seed,
        "bootstrap": study.bootstrap,
        "n": study.n,
        "left_out": len(survey.keys) - study.n,
        "hypothesis": study.hypothesis,
        "verdict": study.verdict.value,
        "verdict_name": VERDICT_NAMES[study.verdict],
        "sentence": study.sentence,
        "reasons": list(study.reasons),
        "supported_k": study.supported_k,
        "chosen_k": study.chosen_k,
        "candidates": [_candidate(one) for one in study.candidates],
        "baselines": [_baseline(one) for one in study.baselines],
        "typology": None if model is None else _types(model),
        "replaces": None if model is None or former is None else _replaced(survey, model, former),
        "provenance": as_plain(provenance_record(survey, model, model.mark if model else None)),
        "program_version": __version__,
    }
    return (json.dumps(_rounded(found), ensure_ascii=False, indent=1) + "\n").encode()


def _candidate(one: Candidate) -> dict[str, Any]:
    return {
        "k": one.k,
        "fit": None if one.fit is None else as_plain(one.fit),
        "shares": [float(share) for share in one.solution.shares],
        "starts_tried": one.solution.starts_tried,
        "starts_best": one.solution.starts_best,
        "smallest_n": one.smallest_n,
        "smallest_share": one.smallest_share,
        "large_enough": one.large_enough,
        "indices": None if one.indices is None else as_plain(one.indices),
        "quick_stability": _stability(one.quick_stability),
        "stability": _stability(one.stability),
        "least_reference_r": one.least_reference_r,
    }


def _stability(one: Stability | None) -> dict[str, Any] | None:
    return None if one is None else {**as_plain(one), "weakest": one.weakest}


def _baseline(one: BaselineResult) -> dict[str, Any]:
    return {
        "method": one.method.value,
        "method_name": METHOD_NAMES[one.method],
        "k": one.solution.k,
        "ari": one.ari,
        "fit": None if one.solution.fit is None else as_plain(one.solution.fit),
        "shares": [float(share) for share in one.solution.shares],
    }


def _types(model: TypologyModel) -> dict[str, Any]:
    """Names and sizes; the whole model is ``typology.json``."""
    return {
        "mark": model.mark,
        "version": model.version,
        "official": as_plain(model.official),
        "types": [
            {
                "id": cluster.id,
                "name": cluster.name,
                "named": cluster.named,
                "best": cluster.best,
                "correlation": cluster.correlation,
                "margin": cluster.margin,
                "share": cluster.share,
                "n": cluster.n,
            }
            for cluster in model.clusters
        ],
        "remarks": list(model.remarks),
    }


def _replaced(survey: Survey, model: TypologyModel, former: TypologyModel) -> dict[str, Any]:
    """The former version and how this one places the same municipalities otherwise."""
    found = compare_solutions(former.assign(survey), model.assign(survey))
    return {
        "mark": former.mark,
        "version": former.version,
        "n": found.n,
        "ari": found.ari,
        "types_before": list(found.first_types),
        "types_now": list(found.second_types),
        "table": found.table.tolist(),
        "changed": len(found.moved),
    }


def _rounded(value: Any) -> Any:
    """Ten significant digits: the last ones depend on compilers."""
    if isinstance(value, float):
        return float(f"{value:.{_DIGITS}g}")
    if isinstance(value, dict):
        return {key: _rounded(entry) for key, entry in value.items()}
    if isinstance(value, list):
        return [_rounded(entry) for entry in value]
    return value
