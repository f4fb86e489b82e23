"""All scores of the sample once more, from the raw workbook and the raw questionnaire alone.

Written without the package's readers and scoring, from the description on the method page.
"""

import openpyxl
import pytest
import yaml

from assessment import pipeline
from assessment.content import data_path
from assessment.scoring.scores import score_survey

OPEN, NOT_CONCERNED = "open", "not concerned"


def raw_value(item, options, cells):
    """Points 0–100 of one answer, or why there are none."""
    kinds = {option["code"]: option.get("kind", "answer") for option in options}
    if item["kind"] == "multiple":
        marks = {code: cells.get(f"{item['id']}[{code}]") for code in kinds}
        ticked = [code for code, mark in marks.items() if mark == "Y"]
        if not any(marks.values()) or "dont_know" in [kinds[code] for code in ticked]:
            return OPEN
        answers = [code for code, kind in kinds.items() if kind == "answer"]
        return 100 * len([code for code in ticked if code in answers]) / len(answers)
    code = cells[item["id"]]
    if code is None or kinds[str(code)] == "dont_know":
        return OPEN
    if kinds[str(code)] == "not_applicable":
        return NOT_CONCERNED
    return next(option["points"] for option in options if option["code"] == str(code))


def raw_scores(items, sets, cells):
    """Score, coverage, lowest and highest of one dimension of one municipality."""
    values = [
        (item["weight"], raw_value(item, item.get("options") or sets[item["option_set"]], cells))
        for item in items
    ]
    values = [(weight, value) for weight, value in values if value != NOT_CONCERNED]
    total = sum(weight for weight, _ in values)
    if not total:
        return None, None, None, None
    known = [(weight, value) for weight, value in values if value != OPEN]
    answered, gained = sum(w for w, _ in known), sum(w * v for w, v in known)
    if answered / total < 0.6:
        return None, answered / total, None, None
    best = gained + 100 * (total - answered)
    return gained / answered, answered / total, gained / total, best / total


def test_every_score_follows_from_the_file_and_the_questionnaire():
    book = yaml.safe_load(
        data_path("questionnaire", "kommunal_2026.yaml").read_text(encoding="utf-8")
    )
    workbook = openpyxl.load_workbook(data_path("sample", pipeline.SAMPLE_FILE), read_only=True)
    head, *rows = workbook.worksheets[0].iter_rows(values_only=True)
    scores = score_survey(pipeline.load_sample())
    frames = (scores.score, scores.coverage, scores.lowest, scores.highest)
    arrays = [dict(zip(frame.index, frame.to_dict("records"), strict=True)) for frame in frames]
    by_dimension = {}
    for section in book["sections"]:
        for item in section["items"]:
            if item.get("scoring", "none") != "none":
                by_dimension.setdefault(item["dimension"], []).append(item)
    assert set(by_dimension) == set(scores.dimensions)
    compared = dict.fromkeys(("rated", "not rated", "not concerned"), 0)
    for row in rows:
        cells = dict(zip(head, row, strict=True))
        # A few keys in the sample have lost their zero, as they do in practice.
        key = str(cells["A02"])
        key = key if key in arrays[0] else key.zfill(8)
        for dimension, items in by_dimension.items():
            expected = raw_scores(items, book["option_sets"], cells)
            found = tuple(frame[key][dimension] for frame in arrays)
            for mine, theirs in zip(expected, found, strict=True):
                assert (mine is None) == (theirs != theirs), (key, dimension)
                assert mine is None or theirs == pytest.approx(mine, abs=1e-6), (key, dimension)
            state = "not concerned" if expected[1] is None else "rated" if expected[0] else None
            compared[state or ("not rated" if expected[0] is None else "rated")] += 1
    assert sum(compared.values()) == 412 * 30
    assert all(compared.values())
