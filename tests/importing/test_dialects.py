"""Each program's export is recognised by its own signs, and says why."""

import pytest
from sheets import opened_rows

from assessment.importing.recognition import recognise
from assessment.source_column import Part


def parts(recognition):
    return [(c.code, c.sub, c.question, c.option, c.part) for c in recognition.columns]


def test_limesurvey_texts():
    found = recognise(
        opened_rows(
            [
                [
                    "Antwort ID",
                    "Datum Abgeschickt",
                    "Letzte Seite",
                    "Start-Sprache",
                    "Frage?",
                    "Was? [Bus]",
                    "Was? [Rad]",
                    "Was? [Sonstiges]",
                ],
                [1, "1980-01-01 00:00:00", 3, "de", "ja", "Ja", "Nein", "Roller"],
            ]
        )
    )
    assert found.dialect == "limesurvey"
    assert "Datum Abgeschickt" in found.reasons[0]
    assert [c.part for c in found.columns[:4]] == [Part.METADATA] * 4
    assert parts(found)[4:] == [
        ("", "", "Frage?", "", Part.ANSWER),
        ("", "", "Was?", "Bus", Part.ANSWER),
        ("", "", "Was?", "Rad", Part.ANSWER),
        ("", "", "Was?", "Sonstiges", Part.OTHER_TEXT),
    ]


def test_limesurvey_sonstiges_with_yes_and_no_is_an_answer():
    found = recognise(
        opened_rows(
            [
                ["id", "submitdate", "lastpage", "Was? [Bus]", "Was? [Sonstiges]"],
                [1, "2026-01-01 10:00:00", 3, "Ja", "Nein"],
                [2, "2026-01-01 10:00:00", 3, "Nein", "Ja"],
            ]
        )
    )
    assert found.columns[4].part is Part.ANSWER


def test_limesurvey_codes_and_comments():
    found = recognise(
        opened_rows(
            [
                [
                    "id",
                    "submitdate",
                    "A01",
                    "E01[SQ001]",
                    "E01[other]",
                    "E01[SQ001comment]",
                    "M[SQ1][SQ2]",
                    "A01Time",
                ],
                [1, "x", "1", "Y", "", "", "2", 12.5],
            ]
        )
    )
    assert parts(found)[2:] == [
        ("A01", "", "", "", Part.ANSWER),
        ("E01", "SQ001", "", "", Part.ANSWER),
        ("E01", "other", "", "", Part.OTHER_TEXT),
        ("E01", "SQ001comment", "", "", Part.COMMENT),
        ("M", "SQ1_SQ2", "", "", Part.ANSWER),
        ("A01Time", "", "", "", Part.METADATA),
    ]


def test_limesurvey_code_and_text():
    found = recognise(
        opened_rows(
            [
                [
                    "",
                    "socio1. In which country?",
                    "rse3[SQ001]. Who uses it? []",
                    "time[t1]. [How much on research]",
                    "emp[1]. Which field? [Law]",
                ],
                [0, "Germany", "4", "2", "No"],
                [1, "Germany", "4", "2", "No"],
            ]
        )
    )
    assert found.dialect == "limesurvey"
    assert parts(found) == [
        ("", "", "Spalte A", "", Part.METADATA),
        ("socio1", "", "In which country?", "", Part.ANSWER),
        ("rse3", "SQ001", "Who uses it?", "", Part.ANSWER),
        ("time", "t1", "", "How much on research", Part.ANSWER),
        ("emp", "1", "Which field?", "Law", Part.ANSWER),
    ]


@pytest.mark.parametrize(
    ("start", "end"),
    [("Startzeit", "Fertigstellungszeit"), ("Start time", "Completion time")],
)
def test_microsoft_forms(start, end):
    found = recognise(
        opened_rows(
            [
                [
                    "ID",
                    start,
                    end,
                    "E-Mail",
                    "Name",
                    "Womit?",
                    "Gut",
                    "Schlecht",
                    "Gut2",
                    "Wie?.A",
                    "Wie?.B",
                ],
                [1, "1.1.26", "1.1.26", "anonymous", "", "a;b;", "x", "y", "z", "1", "2"],
            ]
        )
    )
    assert found.dialect == "msforms"
    assert [c.part for c in found.columns[:5]] == [Part.METADATA] * 5
    assert parts(found)[8] == ("", "2", "Gut", "", Part.ANSWER)
    assert parts(found)[9] == ("", "", "Wie?", "A", Part.ANSWER)


def test_google_forms():
    found = recognise(
        opened_rows([["Zeitstempel", "Wie oft? [Bus]", "Warum"], ["1.1.2026", "nie", "so"]])
    )
    assert found.dialect == "googleforms"
    assert parts(found)[1] == ("", "", "Wie oft?", "Bus", Part.ANSWER)


def test_surveymonkey_carries_the_question_over_its_options():
    found = recognise(
        opened_rows(
            [
                ["Respondent ID", "Which films?", None, None, "Fan?"],
                [None, "One", "Two", "Other (please specify)", "Response"],
                [11111111111, "One", None, "Spinoff", "Yes"],
            ]
        )
    )
    assert found.dialect == "surveymonkey"
    assert found.header_rows == (1, 2)
    assert parts(found) == [
        ("", "", "Respondent ID", "", Part.METADATA),
        ("", "", "Which films?", "One", Part.ANSWER),
        ("", "", "Which films?", "Two", Part.ANSWER),
        ("", "", "Which films?", "Other (please specify)", Part.OTHER_TEXT),
        ("", "", "Fan?", "", Part.ANSWER),
    ]
    assert found.columns[2].header == "Which films? | Two"


def test_qualtrics_three_and_two_header_rows():
    three = recognise(
        opened_rows(
            [
                ["StartDate", "ResponseId", "Q1", "Q2_1", "Q2_4_TEXT"],
                ["Anfangsdatum", "Antwort-ID", "Wie?", "Was? - Bus", "Was? - Anderes - Text"],
                [
                    '{"ImportId":"a"}',
                    '{"ImportId":"b"}',
                    '{"ImportId":"c"}',
                    '{"ImportId":"d"}',
                    '{"ImportId":"e"}',
                ],
                ["2026-01-01", "R_1", "2", "1", "x"],
            ]
        )
    )
    assert (three.dialect, three.header_rows) == ("qualtrics", (1, 2, 3))
    assert parts(three)[2:4] == [
        ("Q1", "", "Wie?", "", Part.ANSWER),
        ("Q2", "1", "Was?", "Bus", Part.ANSWER),
    ]
    assert three.columns[4].part is Part.OTHER_TEXT
    two = recognise(
        opened_rows(
            [
                ["V1", "V2", "Q1"],
                ["ResponseID", "ResponseSet", "Wie?"],
                ["R_1", "Standard", "2"],
            ]
        )
    )
    assert (two.dialect, two.header_rows) == ("qualtrics", (1, 2))
    assert [c.part for c in two.columns] == [Part.METADATA, Part.METADATA, Part.ANSWER]


def test_sosci():
    found = recognise(
        opened_rows(
            [
                [
                    "CASE",
                    "SERIAL",
                    "QUESTNNR",
                    "STARTED",
                    "BE02_01",
                    "BE02_02",
                    "BE03_RV1",
                    "TIME001",
                    "MAXPAGE",
                ],
                [1, "", "base", "x", 3, -9, 4, 12, 20],
            ]
        )
    )
    assert found.dialect == "sosci"
    assert found.special["-9"] == "MISSING"
    assert parts(found)[4] == ("BE02", "01", "", "", Part.ANSWER)
    assert [c.part for c in found.columns[6:]] == [Part.METADATA] * 3


def test_kobo_prefers_the_option_columns():
    found = recognise(
        opened_rows(
            [
                ["start", "g/essen", "g/essen/brot", "g/essen/reis", "g/alter", "_id", "_uuid"],
                ["x", "brot", 1, 0, 33, 1, "a"],
            ]
        )
    )
    assert found.dialect == "kobo"
    assert [c.part is Part.ANSWER for c in found.columns] == [False, False, True, True, True] + [
        False
    ] * 2
    assert parts(found)[2][:4] == ("essen", "brot", "essen", "brot")


def test_surveygizmo_turns_option_and_question():
    found = recognise(
        opened_rows(
            [
                [
                    "Time Started",
                    "Date Submitted",
                    "How?",
                    "Other - Write In:How?",
                    "Tool #1:Which tools?",
                    "Tool #2:Which tools?",
                ],
                ["x", "y", "so", "", "a", "b"],
            ]
        )
    )
    assert found.dialect == "surveygizmo"
    assert parts(found)[3] == ("", "", "How?", "Other - Write In", Part.OTHER_TEXT)
    assert parts(found)[5] == ("", "", "Which tools?", "Tool #2", Part.ANSWER)


def test_our_template_has_codes_over_texts():
    found = recognise(
        opened_rows(
            [
                ["A01", "A02", "D01", "E01[a]"],
                ["Name der Kommune", "Amtlicher Schlüssel", "Welchen Stand hat sie?", "Wo? [Da]"],
                ["Köln", "05315000", "3", "Ja"],
            ]
        )
    )
    assert (found.dialect, found.header_rows) == ("template", (1, 2))
    assert parts(found)[3] == ("E01", "a", "Wo?", "Da", Part.ANSWER)


def test_one_organisation_is_turned():
    found = recognise(
        opened_rows(
            [
                ["ID", "Frage", "Antwort", "Begründung"],
                [None, "Teil 1", None, None],
                ["1", "Gibt es eine Strategie?", "ja", "Beschluss"],
                ["ID", "Frage", "Antwort", "Begründung"],
                ["2", "Gibt es ein Budget?", "nein", None],
            ]
        )
    )
    assert found.dialect == "one_organisation"
    assert [(c.column.position, c.question, c.column.values) for c in found.columns] == [
        (3, "Gibt es eine Strategie?", ("ja",)),
        (5, "Gibt es ein Budget?", ("nein",)),
    ]
    assert [(e.row, e.reason) for e in found.set_aside_rows] == [
        (2, "Zwischenüberschrift"),
        (4, "Wiederholung der Kopfzeile"),
    ]
