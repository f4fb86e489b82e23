"""The answers as a table: what is not an answer says why."""

from survey_builder import build_survey

from assessment.questionnaire.model import Item, ItemKind, Option, Questionnaire
from assessment.reports.csv_files import answers_csv
from assessment.survey import AnswerStatus

YES_NO = (Option(code="j", label="ja"), Option(code="n", label="nein"))
BOOK = Questionnaire(
    id="t",
    version="1",
    title="",
    items=(
        Item(id="Q", text="Q", kind=ItemKind.SINGLE, options=YES_NO),
        Item(id="N", text="N", kind=ItemKind.DECIMAL),
    ),
)
CELLS = {
    "01000001": {"Q": "j", "N": 0.0},
    "01000002": {"Q": None, "N": None},
    "01000003": {"Q": AnswerStatus.DONT_KNOW, "N": AnswerStatus.DONT_KNOW},
    "01000004": {"Q": AnswerStatus.NOT_APPLICABLE, "N": AnswerStatus.INVALID},
    "01000005": {"Q": AnswerStatus.NOT_ASKED, "N": AnswerStatus.ERROR},
}


def lines_of(simulated: bool) -> list[str]:
    survey = build_survey(BOOK, CELLS, simulated=simulated)
    return answers_csv(survey).decode("utf-8-sig").splitlines()


def test_no_two_reasons_for_no_answer_look_alike():
    cells = [line.split(";")[2:] for line in lines_of(simulated=False)[1:]]
    assert cells == [
        ["ja", "0"],
        ["", ""],
        ["[weiß nicht]", "[weiß nicht]"],
        ["[nicht zuständig]", "[ungültig]"],
        ["[nicht gefragt]", "[Fehlerzelle]"],
    ]


def test_keys_keep_their_zero():
    assert lines_of(simulated=False)[1].startswith("01000001;")


def test_simulated_answers_say_so_in_every_row():
    plain, marked = lines_of(simulated=False), lines_of(simulated=True)
    assert "simuliert" not in "".join(plain)
    assert all("simuliert" in line for line in marked[1:])
