"""LimeSurvey structures: both layouts of the file, all kinds of questions, hostile files."""

from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

import pytest

from assessment.questionnaire.codebook_file import read_codebook_text
from assessment.questionnaire.limesurvey import read_limesurvey
from assessment.questionnaire.limesurvey_types import conditions_of, plain_text
from assessment.questionnaire.model import ItemKind, ScoringRule
from assessment.remarks import InputRefused

Rows = Sequence[Mapping[str, str]]


def lss(**tables: Rows) -> bytes:
    """A structure file with these tables."""
    body = "".join(
        f"<{name}><rows>"
        + "".join(
            "<row>"
            + "".join(f"<{key}>{escape(text)}</{key}>" for key, text in row.items())
            + "</row>"
            for row in rows
        )
        + f"</rows></{name}>"
        for name, rows in tables.items()
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><document>'
        "<LimeSurveyDocType>Survey</LimeSurveyDocType>"
        f"<languages><language>de</language></languages>{body}</document>"
    ).encode()


def question(code: str, kind: str, **more: str) -> dict[str, str]:
    fields = {"qid": code, "parent_qid": "0", "gid": "1", "type": kind, "title": code}
    return fields | {"question": f"<p>{code}?</p>", "language": "de", "relevance": "1"} | more


def sub(parent: str, code: str, order: int, **more: str) -> dict[str, str]:
    fields = {"qid": f"{parent}.{code}", "parent_qid": parent, "title": code, "type": "T"}
    return fields | {"question": f"Zeile {code}", "question_order": str(order)} | more


def answer(parent: str, code: str, order: int, points: str = "0", **more: str) -> dict[str, str]:
    fields = {"qid": parent, "code": code, "answer": f"Antwort {code}", "sortorder": str(order)}
    return fields | {"assessment_value": points, "language": "de"} | more


GROUP = [{"gid": "1", "group_name": "Teil <b>eins</b>", "group_order": "0", "language": "de"}]
SURVEY = [{"sid": "4711", "language": "de"}]
TITLE = [{"surveyls_language": "de", "surveyls_title": "<h1>Umfrage</h1>"}]


def test_kinds_of_questions() -> None:
    kinds = {
        "S": "text", "T": "text", "U": "text", "N": "decimal", "D": "date", "Y": "single",
        "G": "single", "5": "rating", "L": "single", "!": "single", "O": "single",
        "M": "multiple", "P": "multiple", "R": "ranking", "Z": "text",
    }  # fmt: skip
    codes = {kind: f"Q{number}" for number, kind in enumerate(kinds)}
    read = read_limesurvey(
        lss(
            groups=GROUP,
            surveys=SURVEY,
            surveys_languagesettings=TITLE,
            questions=[question(codes[kind], kind) for kind in kinds],
            subquestions=[sub(codes[kind], f"SQ{n}", n) for kind in "MP" for n in (2, 1)],
            answers=[answer(codes[kind], f"A{n}", n) for kind in "L!OR" for n in (2, 1)],
        ),
        "x.lss",
    )
    form = read.questionnaire
    assert (form.id, form.title, form.language) == ("limesurvey_4711", "Umfrage", "de")
    assert {kind: form[codes[kind]].kind.value for kind in kinds} == kinds
    assert form["Q0"].text == "Q0?"
    assert form["Q0"].section == "Teil eins"
    assert [option.code for option in form[codes["M"]].options] == ["SQ1", "SQ2"]
    assert [option.label for option in form[codes["L"]].options] == ["Antwort A1", "Antwort A2"]
    assert [option.label for option in form[codes["Y"]].options] == ["Ja", "Nein"]
    said = "\n".join(read.not_expressed)
    assert "Fragetyp „Z“" in said
    assert f"{codes['P']}: Die Kommentare" in said
    assert f"{codes['O']}: Das Kommentarfeld" in said


def test_matrices_become_one_item_per_row() -> None:
    matrix = {"A": 5, "B": 10, "C": 3, "E": 3, "F": 2, "H": 2}
    read = read_limesurvey(
        lss(
            groups=GROUP,
            questions=[question(f"M{kind}", kind) for kind in [*matrix, "1", "K", "Q"]]
            + [question("Mzahl", ":"), question("Mtext", ";")],
            subquestions=[
                *(sub(f"M{kind}", f"S{n}", n) for kind in [*matrix, "1", "K", "Q"] for n in (1, 2)),
                *(sub(code, f"Y{n}", n) for code in ("Mzahl", "Mtext") for n in (1, 2)),
                *(
                    sub(code, f"X{n}", n, scale_id="1")
                    for code in ("Mzahl", "Mtext")
                    for n in (1, 2)
                ),
            ],
            answers=[
                *(answer(f"M{kind}", f"A{n}", n) for kind in "FH1" for n in (1, 2)),
                answer("M1", "B1", 1, scale_id="1"),
            ],
        ),
        "x.lss",
    )
    form = read.questionnaire
    for kind, size in matrix.items():
        first = form[f"M{kind}[S1]"]
        assert len(first.options) == size
        assert (first.text, first.group) == ("Zeile S1", f"M{kind}?")
    assert [len(form[f"M1[S1][{scale}]"].options) for scale in "01"] == [2, 1]
    assert form["Mzahl[Y1_X2]"].kind is ItemKind.DECIMAL
    assert form["Mtext[Y2_X1]"].text == "Zeile Y2: Zeile X1"
    assert form["MK[S2]"].kind is ItemKind.DECIMAL
    assert form["MQ[S2]"].kind is ItemKind.TEXT


def test_newer_layout_with_texts_apart_and_two_languages() -> None:
    asked = question("Q1", "L", relevance="")
    del asked["question"], asked["language"]
    read = read_limesurvey(
        lss(
            groups=[{"gid": "1", "group_order": "0"}],
            group_l10ns=[{"gid": "1", "group_name": "Teil", "language": "de"}],
            questions=[asked],
            question_l10ns=[
                {"qid": "Q1", "question": "Which?", "help": "", "language": "en"},
                {"qid": "Q1", "question": "Welche?", "help": "Hilfe", "language": "de"},
            ],
            answers=[{"aid": "9", "qid": "Q1", "code": "a", "sortorder": "0"}],
            answer_l10ns=[
                {"aid": "9", "answer": "eins", "language": "de"},
                {"aid": "9", "answer": "one", "language": "en"},
            ],
            surveys=SURVEY,
        ),
        "x.lss",
    )
    item = read.questionnaire["Q1"]
    assert (item.text, item.help, item.section) == ("Welche?", "Hilfe", "Teil")
    assert item.translations["en"].text == "Which?"
    assert (item.options[0].label, item.options[0].labels) == ("eins", {"en": "one"})


def test_older_layout_with_one_row_per_language() -> None:
    read = read_limesurvey(
        lss(
            groups=GROUP,
            surveys=SURVEY,
            questions=[question("Q1", "S", language="en", question="Why?"), question("Q1", "S")],
        ),
        "x.lss",
    )
    assert len(read.questionnaire.items) == 1
    assert read.questionnaire["Q1"].text == "Q1?"
    assert read.questionnaire["Q1"].translations["en"].text == "Why?"


def test_order_mandatory_other_and_limits() -> None:
    form = read_limesurvey(
        lss(
            groups=[*GROUP, {"gid": "0", "group_name": "Vorher", "group_order": "-1"}],
            questions=[
                question("Q1", "L", other="Y", mandatory="Y", question_order="10"),
                question("Q2", "N", question_order="9"),
                question("Q3", "R", question_order="11"),
                question("Q4", "X", question_order="12"),
            ],
            answers=[answer(code, "a", 1) for code in ("Q1", "Q3")],
            question_attributes=[
                {"qid": "Q2", "attribute": "min_num_value_n", "value": "1"},
                {"qid": "Q2", "attribute": "max_num_value_n", "value": "5.5"},
                {"qid": "Q3", "attribute": "max_answers", "value": "3"},
            ],
        ),
        "x.lss",
    )
    items = form.questionnaire.items
    assert [item.id for item in items] == ["Q2", "Q1", "Q3"]
    assert (items[0].minimum, items[0].maximum) == (1, 5.5)
    assert items[1].required
    assert items[1].options[-1].code == "-oth-"
    assert items[2].picks == 3
    assert any(sentence.startswith("Q4: Textanzeige") for sentence in form.not_expressed)


def test_assessment_points_count_only_where_the_survey_uses_them() -> None:
    tables = {
        "groups": GROUP,
        "questions": [question("Q1", "L"), question("Q2", "L"), question("Q3", "M")],
        "subquestions": [sub("Q3", "S1", 1), sub("Q3", "S2", 2)],
        "answers": [
            *(answer("Q1", f"a{n}", n, points=str(n)) for n in (0, 1, 2)),
            answer("Q2", "b", 1),
        ],
        "question_attributes": [{"qid": "Q3", "attribute": "assessment_value", "value": "2"}],
    }
    unused = read_limesurvey(lss(surveys=SURVEY, **tables), "x").questionnaire
    assert {item.scoring for item in unused.items} == {ScoringRule.NONE}
    used = read_limesurvey(lss(surveys=[SURVEY[0] | {"assessments": "Y"}], **tables), "x")
    form = used.questionnaire
    assert form["Q1"].scoring is ScoringRule.POINTS
    assert [option.points for option in form["Q1"].options] == [0, 1, 2]
    assert form["Q2"].scoring is ScoringRule.NONE
    assert (form["Q3"].scoring, form["Q3"].max_points) == (ScoringRule.SUM, 4)


def test_relevance() -> None:
    read = read_limesurvey(
        lss(
            groups=GROUP,
            questions=[
                question("Q1", "M"),
                question("Q2", "S", relevance='((Q1_SQ1.NAOK == "Y") and (Q1_SQ2.NAOK == "Y"))'),
                question("Q3", "S", relevance='Q2.NAOK != ""'),
                question("Q4", "S", relevance="count(that.Q1.NAOK) > 2"),
                question("Q5", "S", relevance='Q9.NAOK == "a"'),
            ],
            subquestions=[sub("Q1", "SQ1", 1), sub("Q1", "SQ2", 2)],
        ),
        "x.lss",
    )
    form = read.questionnaire
    assert [(c.item, c.is_.value, c.value) for c in form["Q2"].condition] == [
        ("Q1", "contains", "SQ1"),
        ("Q1", "contains", "SQ2"),
    ]
    assert form["Q3"].condition[0].is_.value == "answered"
    # What can't be evaluated is kept and said, not dropped.
    for code in ("Q4", "Q5"):
        assert form[code].condition == ()
        assert form[code].attributes["limesurvey:relevance"]
        assert any(sentence.startswith(f"{code}: Die Bedingung") for sentence in read.not_expressed)


def test_conditions_of() -> None:
    assert conditions_of("", ()) == []
    assert conditions_of("1", ()) == []
    assert conditions_of('Q1.NAOK == "A" && Q2 == 3', ()) == [
        {"item": "Q1", "is": "eq", "value": "A"},
        {"item": "Q2", "is": "eq", "value": "3"},
    ]
    assert conditions_of('Q1_SQ1.NAOK == "A2"', ()) == [
        {"item": "Q1[SQ1]", "is": "eq", "value": "A2"}
    ]
    assert conditions_of('Q1.NAOK != "A"', ()) is None
    assert conditions_of('Q1.NAOK == "A" or Q2.NAOK == "B"', ()) is None
    assert conditions_of("(" * 100_000, ()) is None


def test_markup_becomes_text() -> None:
    assert plain_text("<p>Eins&nbsp;&amp; <b>zwei</b></p><p>drei</p>") == "Eins & zwei\ndrei"
    assert plain_text("<script>alert(1)</script>Text<style>p{}</style>") == "Text"
    assert plain_text("a < b und <unfertig") == "a < b und <unfertig"


def test_hostile_numbers_and_sizes() -> None:
    """Digits that are no numbers are no reason to fail; a small file must not grow huge."""
    odd = question("Q1", "S", question_order="²", gid="9" * 5000)
    limit = [{"qid": "Q1", "attribute": "maximum_chars", "value": "9" * 5000}]
    form = read_limesurvey(lss(questions=[odd], question_attributes=limit), "x").questionnaire
    assert form["Q1"].max_length is None
    wide = [sub("Q1", f"Y{n}", n) for n in range(150)]
    wide += [sub("Q1", f"X{n}", n, scale_id="1") for n in range(150)]
    with pytest.raises(InputRefused, match="Matrixfragen"):
        read_limesurvey(lss(questions=[question("Q1", ":")], subquestions=wide), "x")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"<document><LimeSurveyDocType>Survey</LimeSurveyDocType>", "kein gültiges XML"),
        (b"<document/>", "keine LimeSurvey"),
        (lss(), "keine Fragen"),
        (lss(questions=[question("", "S")]), "Der Code „“"),
        (lss(questions=[question("A", "S", qid="1"), question("A", "S", qid="2")]), "mehrfach: A"),
        (
            b'<!DOCTYPE d [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><document>&b;</document>',
            "Entitäten",
        ),
        (b'<!DOCTYPE d SYSTEM "file:///etc/passwd"><document/>', "Entitäten"),
        (b'<?xml version="1.0" encoding="nowhere"?><document/>', "Zeichenkodierung"),
        (b"", "kein gültiges XML"),
        (b"<a>" * 200_000, "kein gültiges XML"),
    ],
)
def test_bad_files_are_refused(data: bytes, said: str) -> None:
    with pytest.raises(InputRefused) as caught:
        read_limesurvey(data, "x.lss")
    assert said in caught.value.message
    assert caught.value.code == "CODEBOOK_INVALID"


def test_dispatch_by_content() -> None:
    data = lss(groups=GROUP, questions=[question("Q1", "S")])
    assert read_codebook_text(data, "ohne_endung").questionnaire.id == "limesurvey"
    yaml = b"\xef\xbb\xbfid: y\nversion: '1'\ntitle: T\nitems: [{id: A, text: B, kind: text}]"
    assert read_codebook_text(yaml, "ohne_endung").questionnaire.id == "y"
    for data, said in (
        (b"PK\x03\x04 x", "Arbeitsmappe"),
        (b"\xff\xfe\x00", "UTF-8"),
        (b" <html>", "keine LimeSurvey"),
    ):
        with pytest.raises(InputRefused, match=said):
            read_codebook_text(data, "x")
