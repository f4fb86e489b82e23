"""The proposed codebooks of real exports: right kinds, and no value lost in cleaning."""

import time
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from assessment.importing.cleaning import clean_answers
from assessment.importing.mapping import ColumnMapping, ColumnTarget
from assessment.importing.opening import open_file
from assessment.importing.recognition import Recognition, recognise
from assessment.questionnaire.inference import ProposedQuestionnaire, propose_questionnaire
from assessment.questionnaire.model import ItemKind, OptionKind, Role
from assessment.survey import AnswerStatus

pytestmark = pytest.mark.shared

KINDS = {
    "surveys/kommunal/uster_jugendbefragung2021.csv": {
        "integer": 1, "single": 5, "rating": 29, "multiple": 5,
    },
    "surveys/limesurvey/de_industrie40_zirkulaere_wertschoepfung_stand1.xlsx": {
        "key": 1, "single": 54, "text": 19, "multiple": 12, "rating": 66, "level": 21, "contact": 1,
    },
    "surveys/limesurvey/rse2017_de_public_data.csv": {
        "key": 1, "single": 33, "text": 7, "rating": 41, "decimal": 3, "multiple": 7, "ranking": 1,
        "integer": 1,
    },
    "surveys/limesurvey/civil42_csv/Q0104-1-raw.csv": {"key": 1, "multiple": 1},
    "surveys/googleforms/pandas_user_survey_2019.csv.gz": {
        "multiple": 10, "rating": 11, "text": 2, "single": 8,
    },
    "surveys/surveymonkey/Strimzi Survey 2022.csv": {
        "single": 4, "multiple": 1, "ranking": 2, "text": 3,
    },
    "surveys/surveymonkey/CNCF_Maintainers_Survey_2020_H2.csv": {
        "key": 1, "multiple": 1, "single": 1, "text": 16, "rating": 13,
    },
    "surveys/sosci/Befragungsstudie_cp1252_semikolon.csv": {
        "key": 1, "single": 13, "integer": 2, "rating": 74,
    },
    "surveys/spss/survey.sav": {"single": 6, "decimal": 4, "integer": 1, "rating": 1},
    "surveys/spss/survey.xlsx": {"single": 6, "decimal": 4, "integer": 1, "rating": 1},
    "surveys/spss/survey_utf-8.csv": {"single": 6, "decimal": 4, "integer": 1, "rating": 1},
    "surveys/spss/Employee data.sav": {"key": 1, "single": 3, "date": 1, "integer": 5},
    "typology/polca_election.csv": {"rating": 13, "single": 3, "integer": 1},
    "typology/flexclust_vacmot.csv": {"multiple": 1, "rating": 1},
    "typology/plmix_german_goals.csv": {"ranking": 1},
    "typology/german_goals_orderings_corrected.csv": {"ranking": 1},
    "typology/plmix_carconf.csv": {"ranking": 1},
    "typology/psych_bfi.csv": {"rating": 26, "single": 1, "integer": 1},
    "typology/factominer_tea.csv": {"single": 35, "integer": 1},
    "typology/polca_values.csv": {"single": 4},
}  # fmt: skip


def read(path: Path) -> Recognition:
    return recognise(open_file(path.read_bytes(), path.name))


def propose(path: Path) -> tuple[Recognition, ProposedQuestionnaire]:
    recognition = read(path)
    return recognition, propose_questionnaire(recognition.columns, path.stem)


@pytest.mark.parametrize("name", KINDS)
def test_kinds(shared: Path, name: str) -> None:
    _, proposed = propose(shared / "realdata" / name)
    counts = Counter(item.kind.value for item in proposed.questionnaire.items)
    assert counts == KINDS[name]


@pytest.mark.parametrize(
    "name",
    [*KINDS, "surveys/surveymonkey/StarWars.csv", "surveys/sosci/HUPS1_data.csv",
     "surveys/surveygizmo/jupyter_20160115235816-SurveyExport.csv",
     "surveys/surveymonkey/CNCF_TOC_Survey_2020_H1.csv"],
)  # fmt: skip
def test_every_value_comes_through_cleaning(shared: Path, name: str) -> None:
    """No closed question has invalid answers, except where the file contradicts itself."""
    recognition, proposed = propose(shared / "realdata" / name)
    targets = (
        ColumnTarget(position, item, option, 1.0, "")
        for position, (item, option) in sorted(proposed.mapping.items())
    )
    mapping = ColumnMapping(tuple(targets))
    cleaned = clean_answers(recognition, mapping, proposed.questionnaire)
    invalid = {}
    for item in proposed.questionnaire.items:
        number = int(np.sum(cleaned.items[item.id].status == AnswerStatus.INVALID))
        if number and item.kind.coded and not _contradictable(proposed, item.id):
            invalid[item.id] = number
    assert invalid == {}


def _contradictable(proposed: ProposedQuestionnaire, item_id: str) -> bool:
    """Several ticks beside „keine Antwort“ are a contradiction of the respondent."""
    item = proposed.questionnaire[item_id]
    exclusive = any(option.kind is not OptionKind.ANSWER for option in item.options)
    return item.kind is ItemKind.MULTIPLE and exclusive


def test_ranks_and_ratings_of_star_wars(shared: Path) -> None:
    _, proposed = propose(shared / "realdata/surveys/surveymonkey/StarWars.csv")
    ranking = [i for i in proposed.questionnaire.items if i.kind is ItemKind.RANKING]
    assert [item.picks for item in ranking] == [6]
    ratings = [i for i in proposed.questionnaire.items if i.kind is ItemKind.RATING]
    assert len(ratings) == 14
    assert ratings[0].answer_options[0].label == "Very unfavorably"
    assert ratings[0].answer_options[4].label == "Very favorably"
    assert {item.group for item in ratings} == {ratings[0].group}


def test_ranking_questions_ask_which_way_round(shared: Path) -> None:
    _, proposed = propose(shared / "realdata/typology/plmix_german_goals.csv")
    (item,) = proposed.questionnaire.items
    assert [proposed.mapping[n] for n in (1, 4)] == [(item.id, "#1"), (item.id, "#4")]
    assert "Rang" in proposed.unclear[item.id]


def test_same_survey_in_three_formats(shared: Path) -> None:
    folder = shared / "realdata/surveys/spss"
    kinds = [
        [item.kind for item in propose(folder / name)[1].questionnaire.items]
        for name in ("survey.sav", "survey.xlsx", "survey_utf-8.csv")
    ]
    assert kinds[0] == kinds[1] == kinds[2]


def test_register_lists_give_keys_and_names(shared: Path) -> None:
    path = shared / "realdata/register/listen/gemeinden_2025-08-31.csv"
    recognition, proposed = propose(path)
    assert recognition.n_rows > 10_000
    questionnaire = proposed.questionnaire
    key, name = questionnaire.first(Role.KEY), questionnaire.first(Role.NAME)
    assert key is not None
    assert key.text == "ags"
    assert name is not None
    assert questionnaire.first(Role.POPULATION) is not None


def test_ten_thousand_rows_in_time(shared: Path) -> None:
    """The 10,952 municipalities of the register, most columns with different values."""
    recognition = read(shared / "realdata/register/listen/gemeinden_2025-08-31.csv")
    started = time.process_time()
    propose_questionnaire(recognition.columns, "Register")
    assert time.process_time() - started < 2.5
