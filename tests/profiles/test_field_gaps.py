"""One field in detail: answers in words, sentences on the spread, published values as context."""

import json
from types import SimpleNamespace
from typing import Any

import pytest
from profile_cases import NEVER, texts_in
from survey_builder import build_survey

from assessment import pipeline
from assessment.comparison.gap_types import (
    Gap,
    GapRow,
    GapState,
    PublishedComparison,
    PublishedState,
    PublishedValue,
    Reference,
)
from assessment.profiles.field_gaps import answer_words, field_gaps
from assessment.profiles.overview import LevelSpread
from assessment.questionnaire.default import default_questionnaire
from assessment.survey import AnswerStatus

BOOK = default_questionnaire()
KEY = "01000001"


def option(item: str, place: int = 0):
    return BOOK[item].answer_options[place]


@pytest.fixture(scope="module")
def survey():
    row = {
        "D01": option("D01", 1).code,
        "D02": AnswerStatus.DONT_KNOW,
        "D03": AnswerStatus.NOT_APPLICABLE,
        "D04": f"{option('D04', 0).code};{option('D04', 1).code}",
        "D05": None,
        "A05": 24310.0,
    }
    return build_survey(BOOK, {KEY: row}, names={KEY: "Musterstadt, Stadt"})


def test_every_kind_of_answer_has_its_words(survey):
    said = {item: answer_words(survey, KEY, BOOK[item]) for item in ("D01", "D02", "D03", "D05")}
    assert said == {
        "D01": option("D01", 1).label,
        "D02": "weiß nicht",
        "D03": "nicht zuständig",
        "D05": "nicht beantwortet",
    }
    both = answer_words(survey, KEY, BOOK["D04"])
    assert both == f"{option('D04', 0).label}; {option('D04', 1).label}"
    assert answer_words(survey, KEY, BOOK["C01"]) == "nicht gefragt"
    assert answer_words(survey, KEY, BOOK["A05"]) == "24.310"


def row_of(**more) -> Any:
    given = {
        "dimension": "MF01", "name": "Strategie", "level": 1, "score": 40, "median": 50, "low": 30,
        "high": 60, "refusal": "",
    }  # fmt: skip
    return SimpleNamespace(**(given | more))


def items(*states: GapState) -> list[GapRow]:
    ids = [item.id for item in BOOK.scored_items("MF01")]
    return [
        GapRow(
            name, BOOK[name].text, "MF01", name,
            {Reference.PEER_MEDIAN: Gap(Reference.PEER_MEDIAN, state, 25, 50, 25, 10, 40, 20)},
        )
        for name, state in zip(ids, states, strict=False)
    ]  # fmt: skip


def spread(*counts: int | None) -> LevelSpread:
    return LevelSpread("MF01", "Strategie", "MF", "Managementfelder", counts, 0, 50, "")


def found(survey, states=(GapState.SHORTFALL,) * 2, counts=(1, 5, 9, 7, 6), row=None, published=()):
    return field_gaps(
        survey, KEY, row or row_of(), items(*states), published, spread(*counts), "alle"
    )


def test_sentences_on_the_questions(survey):
    short, equal, unknown = GapState.SHORTFALL, GapState.INDISTINGUISHABLE, GapState.UNKNOWN
    for states, said in (
        ((short, short, equal), "In 2 von 3 Fragen"),
        ((short, equal), "In 1 von 2 Fragen"),
        ((equal, equal), "In keiner der 2 Fragen"),
        ((short,), "Das Feld hat eine Frage. Die Antwort hat einen deutlichen Abstand"),
        ((equal,), "Ein deutlicher Abstand zum Median der Gruppe besteht nicht."),
        ((unknown, unknown), "Für einen Vergleich der einzelnen Fragen fehlen"),
        ((), "keine bewerteten Fragen"),
    ):
        assert said in found(survey, states).sentence


def test_the_distribution_comes_in_words(survey):
    assert found(survey).spread_sentence == (
        "Die meisten Kommunen stehen auf Stufe 2; Musterstadt steht auf Stufe 1."
    )
    same = found(survey, row=row_of(level=2)).spread_sentence
    assert same == "Auf Stufe 2 stehen die meisten Kommunen, auch Musterstadt."
    unrated = found(survey, row=row_of(level=None)).spread_sentence
    assert unrated.endswith("Für Musterstadt gibt es hier keine Stufe.")


def test_hidden_counts_name_no_most_frequent_level(survey):
    said = found(survey, counts=(None, None, 9, 7, 6)).spread_sentence
    assert said == "Ein Teil der Zahlen bleibt verdeckt. Musterstadt steht auf Stufe 1."


def test_the_band_is_said_or_why_there_is_none(survey):
    assert "zwischen 30 und 60 Punkten, der Median bei 50" in found(survey).band_sentence
    only = found(survey, row=row_of(low=None, high=None)).band_sentence
    assert only == "Der Median der Gruppe „alle“ liegt bei 50 Punkten."
    none = found(survey, row=row_of(median=None, low=None, high=None, refusal="Zu wenige."))
    assert none.band_sentence == "Zur Vergleichsgruppe wird kein Wert gezeigt. Zu wenige."


def test_published_values_of_this_field_only(survey):
    def published(item: str) -> PublishedComparison:
        value = PublishedValue(
            f"v-{item}", item, "Kommunen mit beschlossener Strategie", 0.32, 600, "2024",
            "Kommunen ab 5.000 Einwohnern", "Quelle, S. 3", "Andere Auswahl.",
        )  # fmt: skip
        return PublishedComparison(value, PublishedState.HAS_NOT, "Nein")

    shown = found(survey, published=[published("D01"), published("C01")]).published
    assert [line.item for line in shown] == ["D01"]
    assert shown[0].share == "32\u00a0% (600 Befragte, 2024)"
    assert (shown[0].own, shown[0].caution) == ("trifft nicht zu", "Andere Auswahl.")


def test_all_texts_of_the_sample_are_decent(sample):
    survey = sample.survey
    key = survey.keys[3]
    overview = pipeline.overview(sample)
    profile = pipeline.municipality_profile(sample, key)
    spreads = {one.dimension: one for one in overview.levels}
    for row in profile.fields:
        content = field_gaps(
            survey, key, row, (), (), spreads[row.dimension], profile.peers.name
        ).as_dict()
        json.dumps(content)
        assert not [text for text in texts_in(content) if NEVER.search(text)]
