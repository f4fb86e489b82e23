"""The YAML form: lossless, and every mistake named with file and line."""

import pytest
from any_questionnaire import questionnaires
from hypothesis import HealthCheck, given, settings

from assessment.questionnaire.default import default_questionnaire
from assessment.questionnaire.model import Questionnaire
from assessment.questionnaire.yaml_file import (
    load_questionnaire,
    read_questionnaire,
    write_questionnaire,
)
from assessment.remarks import InputRefused

SMALL = """\
id: probe
version: "1"
title: Probe
dimensions:
  - id: D1
    name: Eins
option_sets:
  ja_nein:
    - {code: n, label: nein, points: 0}
    - {code: j, label: ja, points: 100}
sections:
  - title: A Teil
    items:
      - id: Q1
        text: Erste Frage
        kind: single
        dimension: D1
        option_set: ja_nein
        scoring: points
        weight: 1
      - id: Q2
        text: Zweite Frage
        kind: text
        condition:
          - {item: Q1, is: eq, value: j}
rules:
  - id: R1
    message: Bitte prüfen.
    when:
      - {item: Q1, is: eq, value: n}
"""


def refusal(text: str) -> str:
    with pytest.raises(InputRefused) as caught:
        read_questionnaire(text, "probe.yaml")
    assert caught.value.code == "CODEBOOK_INVALID"
    return caught.value.message


def changed(old: str, new: str) -> str:
    assert SMALL.count(old) == 1
    return SMALL.replace(old, new)


def test_reads_sections_and_shared_options() -> None:
    questionnaire = read_questionnaire(SMALL, "probe.yaml")
    first, second = questionnaire.items
    assert (first.section, first.option_set) == ("A Teil", "ja_nein")
    assert [(option.code, option.points) for option in first.options] == [("n", 0), ("j", 100)]
    assert second.condition[0].item == "Q1"
    assert second.condition[0].value == "j"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(questionnaires())
def test_writing_and_reading_gives_the_same(questionnaire: Questionnaire) -> None:
    assert read_questionnaire(write_questionnaire(questionnaire), "x.yaml") == questionnaire


def test_default_survives_and_stays_as_reviewed() -> None:
    questionnaire = default_questionnaire()
    written = write_questionnaire(questionnaire)
    assert read_questionnaire(written, "x.yaml") == questionnaire
    assert written == write_questionnaire(read_questionnaire(written, "x.yaml"))


def test_codes_stay_text() -> None:
    text = changed("{code: n, label: nein", "{code: no, label: nein").replace(
        "value: n}", "value: no}"
    )
    assert read_questionnaire(text, "x").items[0].options[0].code == "no"
    text = changed("{code: n, label: nein", "{code: 01, label: nein")
    assert read_questionnaire(text, "x").items[0].options[0].code == "01"


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("kind: text", "kind: texxt", 23, "„texxt“ ist für „kind“ nicht zulässig"),
        ("weight: 1", "weihgt: 1", 20, "gemeint ist vielleicht „weight“"),
        ("weight: 1", "weight: viel", 20, "wird eine Zahl mit Dezimalpunkt erwartet"),
        ("weight: 1", "weight: -1", 20, "muss mindestens 0 sein"),
        ("weight: 1", "weight: .inf", 20, "„.inf“"),
        ("points: 100}", "points: 100, label: x}", 10, "„label“ steht zweimal da"),
        ("points: 100}", "pionts: 100}", 10, "gemeint ist vielleicht „points“"),
        ("{code: n, label", "{code: 1, label", 9, "in Anführungszeichen"),
        ("{code: n, label", "{code: 'a b', label", 9, "Leerzeichen"),
        ("option_set: ja_nein", "option_set: ja_nien", 18, "„ja_nien“ steht nicht"),
        ("dimension: D1", "dimension: D9", 14, "Dimension „D9“ ist nicht erklärt"),
        ("{item: Q1, is: eq, value: j}", "{item: Q9, is: eq, value: j}", 21, "„Q9“"),
        (
            "{item: Q1, is: eq, value: n}",
            "{item: Q9, is: eq, value: n}",
            27,
            "unbekanntes Item „Q9“",
        ),
        ("- id: Q2", "- id: Q1", 21, "Item mehrfach: Q1"),
        ("text: Erste Frage", "text: Erste: Frage", 15, "Doppelpunkt"),
        ("text: Erste Frage", "txt: Erste Frage", 15, "„txt“"),
        ('version: "1"', "version: 1", 2, "in Anführungszeichen"),
        ("title: Probe", "title: !!python/object:os.system x", 3, "Typangabe"),
        ("title: Probe", "title: [", 5, "kein gültiges YAML"),
        ("  - title: A Teil", "  - titel: A Teil", 12, "„titel“"),
        ("name: Eins", "name: Eins\n    name: Zwei", 7, "zweimal"),
    ],
)
def test_mistakes_name_their_line(old: str, new: str, line: int, said: str) -> None:
    message = refusal(changed(old, new))
    assert said in message
    assert message.startswith(f"probe.yaml, Zeile {line}:"), message


def test_missing_field_names_the_entry() -> None:
    message = refusal(changed("        text: Zweite Frage\n", ""))
    assert message == "probe.yaml, Zeile 21: Die Angabe „text“ fehlt."


@pytest.mark.parametrize(
    "text",
    [
        "",
        "nur Text",
        "- eine\n- Liste",
        "id: x",
        "id: x\nversion: '1'\ntitle: t\nitems: 3",
        "a: &a [x]\nb: [*a, *a]",
        "[" * 5000,
        "{a: " * 900,
        "a: " + "[" * 100 + "]" * 100,
        "\x00",
        "id: \x07",
        "? [a]\n: b",
        "id: x\n---\nid: y",
        "option_sets: 3\nitems: []",
        "option_sets: {a: 3}\nitems: []",
        "sections: 3",
        "sections: [3]",
        "sections: [{items: [3]}]",
        "sections: [{items: [{section: x}]}]",
        "sections: []\nitems: []",
        "items: [{option_set: {a: 1}}]",
    ],
)
def test_what_is_no_questionnaire_is_refused(text: str) -> None:
    assert refusal(text).startswith("probe.yaml")


def test_billion_laughs_is_refused_without_growing() -> None:
    levels = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    levels += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    assert "Anker" in refusal("\n".join(levels))


def test_wrong_encoding_is_refused(tmp_path) -> None:
    path = tmp_path / "latin.yaml"
    path.write_bytes("title: Größe".encode("cp1252"))
    with pytest.raises(InputRefused, match="UTF-8"):
        load_questionnaire(path)


@pytest.mark.parametrize("unit", ["[", "- ", "{a: ", "? "])
def test_deep_nesting_is_refused_before_it_can_fill_the_stack(unit: str) -> None:
    # libyaml's composer ends the process on such files; no exception could be caught.
    with pytest.raises(InputRefused, match="zu tief"):
        read_questionnaire(unit * 200_000, "tief.yaml")
