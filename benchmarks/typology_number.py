"""How many types a study finds, and what it says about the hypothesis of four.

Counts over drawn surveys with four types (or none): the number of lowest BIC, the number the study
supports, its verdict. Ratings alone, as the bars were set for; ``--ranked`` adds the first three.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Sequence

import numpy as np
from threadpoolctl import threadpool_limits

from assessment.simulation.goal_survey import SCENARIOS, draw_goal_survey
from assessment.typology.study import run_study
from assessment.typology.study_types import Candidate, TypologyStudy, Verdict
from assessment.typology.verdict import MOST_DOUBT, doubt
from benchmarks.typology_bars import show
from benchmarks.typology_draws import FIRST_SEED, K, survey_of

CASES = (
    ("easy", 300),
    ("easy", 412),
    ("medium", 300),
    ("medium", 412),
    ("hard", 412),
    ("structureless", 412),
)
_SEEDS = 12


def main(arguments: Sequence[str] = ()) -> None:
    parser = argparse.ArgumentParser(prog="benchmarks.typology_number")
    parser.add_argument("scenarios", nargs="*", default=[])
    parser.add_argument("--seeds", type=int, default=_SEEDS)
    parser.add_argument("--bootstrap", type=int, default=100)
    parser.add_argument("--ranked", action="store_true")
    given = parser.parse_args(arguments)
    print(f"{given.seeds} surveys each, {given.bootstrap} resamples; counts of answers")
    with threadpool_limits(1):
        for name, n in CASES:
            if given.scenarios and name not in given.scenarios:
                continue
            studies = [
                run_study(
                    survey_of(draw_goal_survey(n, SCENARIOS[name], seed), ranked=given.ranked),
                    bootstrap=given.bootstrap,
                )
                for seed in range(FIRST_SEED, FIRST_SEED + given.seeds)
            ]
            _print(name, n, studies)


def _print(name: str, n: int, studies: list[TypologyStudy]) -> None:
    for what, answers in (
        ("BIC", [_lowest(study.candidates, "bic") for study in studies]),
        ("ICL", [_lowest(study.candidates, "icl") for study in studies]),
        ("study", [study.supported_k for study in studies]),
        ("verdict", [study.verdict.value for study in studies]),
    ):
        counts = sorted(Counter(answers).items(), key=lambda pair: str(pair[0]))
        shown = ", ".join(f"{answer}: {count}" for answer, count in counts)
        print(f"{name} n={n} {what:8} {shown}")
    supported = np.array([study.supported_k for study in studies])
    confirmed = np.array([study.verdict is Verdict.CONFIRMED for study in studies])
    none = np.array([study.verdict is Verdict.NONE for study in studies])
    what = f"{name} n={n}: "
    if name in ("easy", "medium"):
        show(what + "four types supported", float((supported == K).mean()), 0.95)
        show(what + "four types confirmed", float(confirmed.mean()), 0.95)
    elif name == "structureless":
        show(what + "no types", float(none.mean()), 0.95)
    else:
        warned = np.array([doubt(study.candidate(K)) > MOST_DOUBT for study in studies])
        unwarned = float((confirmed & ~warned).mean())
        show(what + "confirmed without warning", unwarned, 0.0, most=True)


def _lowest(candidates: Sequence[Candidate], criterion: str) -> int:
    return min(
        (candidate for candidate in candidates if candidate.fit is not None),
        key=lambda candidate: getattr(candidate.fit, criterion),
    ).k


if __name__ == "__main__":
    main(sys.argv[1:])
