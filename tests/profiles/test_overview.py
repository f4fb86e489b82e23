import json

import numpy as np
import pytest
from profile_cases import NEVER, part_of, texts_in

from assessment import pipeline
from assessment.questionnaire.default import default_questionnaire


@pytest.fixture(scope="module")
def overview(sample):
    return pipeline.overview(sample)


def test_counts_are_right_or_hidden(sample, overview):
    assert overview.n == len(sample.survey.keys)
    by_title = {breakdown.title: breakdown for breakdown in overview.breakdowns}
    assert set(by_title) == {"Land", "Art der Kommune", "Größenklasse"}
    lands = sample.survey.answers["A03"].value_counts()
    for cell in by_title["Land"].cells:
        if cell.n is not None and cell.id:
            assert cell.n == lands[cell.id]
            assert cell.n >= 5
    for breakdown in overview.breakdowns:
        hidden = [cell for cell in breakdown.cells if cell.n is None]
        assert len(hidden) != 1
        assert bool(hidden) == bool(breakdown.note)
        shown = sum(cell.n for cell in breakdown.cells if cell.n is not None)
        assert shown <= overview.n
        if not hidden:
            assert shown == overview.n


def test_kreise_have_their_own_size_classes(sample, overview):
    sizes = next(b for b in overview.breakdowns if b.title == "Größenklasse")
    kreise = sum(len(str(key)) == 5 for key in sample.survey.keys)
    assert kreise
    assert sum(cell.n for cell in sizes.cells if cell.id.startswith("KGK")) == kreise


def test_levels_of_every_field(sample, overview):
    assert len(overview.levels) == 30
    for spread in overview.levels:
        counts = sample.scores.level[spread.dimension].value_counts()
        assert sum(n is not None for n in spread.counts) >= 3
        assert spread.median == round(float(sample.scores.score[spread.dimension].median()) + 1e-9)
        for level, n in enumerate(spread.counts):
            assert n is None or n == counts.get(level, 0)
        assert (
            None in spread.counts
            or spread.not_rated is None
            or (sum(spread.counts) + spread.not_rated == overview.n)
        )


def test_types_and_quality(sample, overview):
    assert [cell.label for cell in overview.types.cells][:4] == [
        "Bedächtige",
        "Optimierer",
        "Serviceorientierte",
        "Community Manager",
    ]
    status = sample.survey.status.to_numpy()
    concerned = ((status != 0) & (status != 4)).sum(axis=1)
    share = (status == 2).sum(axis=1) / concerned
    assert overview.quality.answered_median == round(float(np.median(share)), 2)
    assert overview.quality.dont_know == (status == 3).sum() > 0
    assert overview.quality.missing == (status == 1).sum() > 0
    assert overview.quality.not_applicable == (status == 4).sum() > 0
    assert overview.quality.rows_set_aside == 0
    assert overview.simulated_note == "Beispieldaten – simuliert, keine Studienergebnisse"
    assert overview.provenance[0] == f"Fragebogen {default_questionnaire().version}"


def test_sentences_and_plain_types(overview):
    assert overview.sentences[0] == f"{overview.n} Kommunen haben teilgenommen."
    assert all(text.endswith(".") for text in overview.sentences)
    content = overview.as_dict()
    json.dumps(content, allow_nan=False)
    assert not [text for text in texts_in(content) if NEVER.search(text)]


def test_a_sample_of_four_says_how_many_and_nothing_else(sample):
    found = pipeline.overview(pipeline.assess(part_of(sample.survey, np.arange(4))))
    assert found.sentences[0] == "4 Kommunen haben teilgenommen."
    assert all(cell.n is None for b in found.breakdowns for cell in b.cells)
    assert all(n is None for spread in found.levels for n in spread.counts)
    assert all(spread.median is None for spread in found.levels)
    assert found.types is None
    assert found.type_note
