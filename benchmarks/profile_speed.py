"""The municipality's Steckbrief: page script, all profiles with robustness, and a plain yardstick.

(a) CPU of the Kommune page's script body, warm, with 412 and with 10,800 municipalities; limits
40 ms and 1.5 times. (b) All profiles of the sample, each with the robustness of its levels over
10,000 draws; target 20 ms. (c) The same quantities in a straightforward pandas loop: scores, peers'
median and quartiles without oneself, levels, gaps, and the draws one after the other. The loop's
robustness takes long, so it is measured on a few municipalities and said to be so. Times are CPU
times: other work on the machine isn't counted.
"""

import tempfile
import time
from pathlib import Path

import numpy as np

from benchmarks.page_body import body_cpu
from benchmarks.page_rerun import SIZES, content_with_sample
from benchmarks.plain_profile import plain_fields, plain_robustness, plain_scores

BODY_LIMIT = 0.040
GROWTH_LIMIT = 1.5
PROFILE_TARGET = 0.020
COMPARED = 40
"""Municipalities whose fields the plain loop computes."""
DRAWN = 3
"""Municipalities whose draws it makes."""


def main() -> None:
    _bodies()
    _profiles()


def _bodies() -> None:
    with tempfile.TemporaryDirectory() as folder:
        small = body_cpu()
        large = body_cpu(content_with_sample(SIZES[1], Path(folder)))
    for size, spent in zip(SIZES, (small, large), strict=True):
        _line(f"Kommune page, script body, n = {size}", spent, BODY_LIMIT)
    growth = large / small
    print(f"  growth {growth:.2f}× (limit {GROWTH_LIMIT}×){_verdict(growth <= GROWTH_LIMIT)}")


def _profiles() -> None:
    from assessment import pipeline

    assessment = pipeline.assess_sample()
    keys = [str(key) for key in assessment.survey.keys]
    start, wall = time.process_time(), time.perf_counter()
    prepared = assessment.robustness
    print(f"  draws prepared once                    {(time.process_time() - start) * 1000:.0f} ms")
    pipeline.municipality_profile(assessment, keys[0])
    spent = []
    for key in keys:
        begin = time.process_time()
        profile = pipeline.municipality_profile(assessment, key)
        spent.append(time.process_time() - begin)
        assert profile.robustness.fields, key
    whole = time.process_time() - start
    print(
        f"  {len(keys)} profiles with robustness, draws included: {whole:.2f} s CPU, "
        f"{time.perf_counter() - wall:.2f} s wall"
    )
    _line("one profile with robustness, mean", whole / len(keys), PROFILE_TARGET)
    tail = sorted(spent)[int(len(spent) * 0.95)]
    print(f"     p95 {tail * 1000:.1f} ms, slowest {max(spent) * 1000:.1f} ms")
    start = time.process_time()
    for row in range(len(keys)):
        prepared.of(row)
    robust = (time.process_time() - start) / len(keys)
    print(f"     of which robustness {robust * 1000:.1f} ms")
    _plain(assessment, keys, robust)


def _plain(assessment, keys: list[str], robust: float) -> None:
    """The yardstick, checked against ours while it is measured."""
    from assessment.comparison.comparison import compare
    from assessment.scoring.scores import score_survey

    survey, index = assessment.survey, assessment.peers
    start = time.process_time()
    scores = plain_scores(survey)
    scoring = (time.process_time() - start) / len(keys)
    start = time.process_time()
    score_survey(survey)
    own_scoring = (time.process_time() - start) / len(keys)
    ours = assessment.scores.score[list(scores.columns)].to_numpy()
    assert np.allclose(scores.to_numpy(), ours, equal_nan=True)

    start = time.process_time()
    fields = {
        key: plain_fields(survey, scores, index.group_for(key)[0].members, key)
        for key in keys[:COMPARED]
    }
    comparing = (time.process_time() - start) / COMPARED
    start = time.process_time()
    comparisons = {
        key: compare(assessment.scores, assessment.membership, survey, key, index=index)
        for key in keys[:COMPARED]
    }
    own_comparing = (time.process_time() - start) / COMPARED
    for key, comparison in comparisons.items():
        for position in comparison.positions:
            plain = fields[key][position.dimension]
            assert plain.level == (-1 if position.level is None else position.level)
            if position.peers.median is not None:
                assert abs(plain.median - position.peers.median) <= 0.5 + 1e-6

    start = time.process_time()
    for row, key in enumerate(keys[:DRAWN]):
        for found in assessment.robustness.of(row):
            if found.fixed:
                continue
            drawn = assessment.robustness.drawn(found.dimension)
            level = fields[key][found.dimension].level
            same, low, high = plain_robustness(survey, drawn, key, level)
            assert abs(same - found.same_level) < 1e-9
            assert (int(low + 0.5), int(high + 0.5)) == (found.low, found.high)
    drawing = (time.process_time() - start) / DRAWN - robust

    print("  the same in a plain pandas loop, per municipality (values checked to be equal):")
    total, own_total = 0.0, 0.0
    for name, plain, own, n in (
        ("scores", scoring, own_scoring, len(keys)),
        ("peers, levels, gaps", comparing, own_comparing, COMPARED),
        ("robustness", drawing, robust, DRAWN),
    ):
        total, own_total = total + plain, own_total + own
        print(f"     {name:22}{plain * 1000:8.1f} ms (mean of {n:3}); ours {own * 1000:6.2f} ms")
    print(
        f"     together              {total * 1000:8.1f} ms; ours {own_total * 1000:.2f} ms: "
        f"{total / own_total:.0f} times"
    )
    print(f"     all {len(keys)} extrapolated: {total * len(keys):.0f} s")


def _line(name: str, spent: float, limit: float) -> None:
    verdict = _verdict(spent <= limit)
    print(f"  {name:38} {spent * 1000:6.1f} ms (limit {limit * 1000:.0f} ms){verdict}")


def _verdict(held: bool) -> str:
    return "" if held else "  ← exceeded"
