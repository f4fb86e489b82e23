"""Plans as documents: lossless, the same bytes for the same plan, every mistake named."""

import json
from datetime import date
from decimal import Decimal

import pytest
from any_plan import plans
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessment.measures.plan_file import (
    MAX_BYTES,
    plan_file_name,
    plan_to_json,
    plan_to_yaml,
    read_plan,
)
from assessment.measures.plan_types import (
    CostBasis,
    CostRow,
    CostRowKind,
    MunicipalityPlan,
    PlannedMeasure,
)
from assessment.remarks import InputRefused

HEAD = 'municipality: "01051044"\nname: Heide\n'
COSTS = HEAD + "measures:\n  - id: M018\n    costs:\n      - kind: Personal\n"


def refusal(text: str | bytes, name: str = "plan.yaml", **options: str) -> InputRefused:
    data = text.encode() if isinstance(text, str) else text
    with pytest.raises(InputRefused) as caught:
        read_plan(data, name, **options)
    return caught.value


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(plans())
def test_yaml_and_json_give_the_plan_back(plan: MunicipalityPlan) -> None:
    assert read_plan(plan_to_yaml(plan).encode(), "plan.yaml") == plan
    assert read_plan(plan_to_json(plan).encode(), "plan.json") == plan


@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
@given(plans())
def test_equal_plans_give_equal_bytes(plan: MunicipalityPlan) -> None:
    # Mappings are equal in any order.
    turned = plan.model_copy(
        update={
            "targets": dict(reversed(plan.targets.items())),
            "strategy": plan.strategy.model_copy(
                update={"fields": dict(reversed(plan.strategy.fields.items()))}
            ),
        }
    )
    assert turned == plan
    assert plan_to_yaml(turned) == plan_to_yaml(plan)
    assert plan_to_json(turned) == plan_to_json(plan)


def test_a_document_reads_as_a_person_would_write_it() -> None:
    plan = MunicipalityPlan(
        municipality="01051044",
        name="Heide",
        begins=date(2027, 1, 1),
        measures=(
            PlannedMeasure(
                id="M018",
                costs=(
                    CostRow(
                        kind=CostRowKind.ONCE,
                        amounts={2028: None, 2027: Decimal("12500.5")},
                        basis=CostBasis.OFFER,
                    ),
                ),
                note="Erste Zeile\nzweite Zeile",
            ),
        ),
    )
    text = plan_to_yaml(plan)
    assert text.split("\n", 2)[2] == (
        "schema_version: 2\n"
        'municipality: "01051044"\n'
        "name: Heide\n"
        "begins: '2027-01-01'\n"
        "measures:\n"
        "  - id: M018\n"
        "    costs:\n"
        "      - kind: Einmalige Aufwendungen / Investition\n"
        "        amounts:\n"
        '          "2027": "12500.50"\n'
        '          "2028": null\n'
        "        basis: Angebot\n"
        "    note: |-\n"
        "      Erste Zeile\n"
        "      zweite Zeile\n"
    )


def test_amounts_of_equal_value_are_written_alike() -> None:
    texts = set()
    for amount in ("5", "5.0", "5.00", "0.5E1", 5):
        row = CostRow(kind=CostRowKind.ONCE, amounts={2027: amount}, basis=CostBasis.OFFER)
        plan = MunicipalityPlan(
            municipality="1", name="x", measures=(PlannedMeasure(id="M1", costs=(row,)),)
        )
        texts.add(plan_to_yaml(plan))
    assert len(texts) == 1


def test_unquoted_numbers_and_german_dates_of_hand_edited_files_are_read() -> None:
    text = (
        COSTS + "        amounts: {2027: 1200.10, 2028: 0, 2029: null}\n        basis: Schätzung\n"
    )
    plan = read_plan((text + "    start: 1.4.2027\n").encode(), "plan.yaml")
    row = plan.measures[0].costs[0]
    assert row.amounts == {2027: Decimal("1200.10"), 2028: Decimal(0), 2029: None}
    assert plan.measures[0].start == date(2027, 4, 1)


def test_byte_order_mark_and_windows_line_ends_are_read() -> None:
    text = (HEAD + "wave: '2026'\n").replace("\n", "\r\n")
    assert read_plan(b"\xef\xbb\xbf" + text.encode(), "plan.yml").wave == "2026"


def test_control_characters_are_cleaned() -> None:
    plan = read_plan(
        json.dumps({"municipality": "1", "name": "He\u202eide\x07 \n x"}).encode(), "p"
    )
    assert plan.name == "Heide x"
    raw = b'municipality: "1"\nname: "He\x07i\xe2\x80\xaede"\n'
    assert read_plan(raw, "plan.yaml").name == "Heide"
    assert read_plan(b'{"municipality": "1", "name": "He\x07i\tde"}', "plan.json").name == "Hei de"


@pytest.mark.parametrize(
    ("text", "place", "hint"),
    [
        (
            COSTS + "        amounts: {2027: -5}\n        basis: Angebot\n",
            "plan.yaml, Zeile 7, Maßnahme M018, Kosten „Personal“, Jahr 2027:",
            "zwischen 0 und 10 Milliarden",
        ),
        (
            COSTS + "        amounts: {2027: '12,5'}\n        basis: Angebot\n",
            "Jahr 2027:",
            "Dezimalpunkt",
        ),
        (COSTS + "        amounts: {1999: 5}\n        basis: Angebot\n", "Jahr 1999:", "2000"),
        (COSTS + "        amounts: {2027: 5}\n", "Kosten „Personal“:", "Grundlage"),
        (COSTS + "      - kind: Personal\n", "Maßnahme M018:", "zweimal"),
        (COSTS + "        amount: 5\n", "Zeile 7", "Das Feld „amount“ gibt es hier nicht"),
        (
            HEAD + "measures:\n  - id: M1\n    status: fertig\n",
            "Zeile 5, Maßnahme M1, Stand:",
            "möglich sind vorgeschlagen, geplant",
        ),
        (HEAD + "measures:\n  - id: M1\n    start: morgen\n", "Maßnahme M1, Beginn:", "kein Datum"),
        (HEAD + "measures:\n  - id: M1\n    start: 12\n", "Maßnahme M1, Beginn:", "kein Datum"),
        (HEAD + "measures:\n  - id: a b\n", "Maßnahme a b, Kennung:", "Buchstaben"),
        (HEAD + "measures:\n  - {id: A}\n  - {id: A}\n", "plan.yaml, Zeile 1:", "mehrfach"),
        (HEAD + "targets: {HF01: 5}\n", "Zeile 3, Ziel HF01:", "höchstens 4"),
        (HEAD + "strategy: {vision: [a, 7]}\n", "Strategie, Vision, Eintrag 2:", "Text"),
        (HEAD + "colour: red\n", "plan.yaml, Zeile 3", "„colour“ gibt es hier nicht"),
        ("name: Heide\n", "Gemeindeschlüssel:", "fehlt"),
        ("- a\n", "plan.yaml", "kein Plan"),
        (HEAD + "a: &x [1]\nb: *x\n", "Zeile 3", "nicht erlaubt"),
        (HEAD + "a: !!python/object:os.system x\n", "Zeile 3", "nicht erlaubt"),
        (HEAD + "name: x\n", "Zeile 3", "zweimal"),
        ("[" * 100_000, "plan.yaml", "zu tief"),
        (" \n", "plan.yaml", "leer"),
        (b"municipality: \xff\n", "plan.yaml", "UTF-8"),
        (b"x" * (MAX_BYTES + 1), "plan.yaml", "größer als 1 MB"),
    ],
)
def test_mistakes_are_named_with_place_and_remedy(text: str, place: str, hint: str) -> None:
    error = refusal(text)
    assert error.code == "PLAN_INVALID"
    assert place in error.message
    assert hint in error.message
    assert error.message.count("\n") == 0


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("{", "plan.json, Zeile 1: Das ist kein gültiges JSON"),
        ('{"a": 1, "a": 2}', "zweimal"),
        ('{"a": NaN}', "„NaN“ ist keine Zahl"),
        ('{"a": ' + "9" * 5000 + "}", "zu lang"),
        ("[" * 100_000, "zu tief"),
        ('"' + "[" * 50 + '"', "kein Plan"),
        ('{"municipality": "1",\n"name": "x",\n"begins": 5}', "plan.json, Zeile 3, Beginn der"),
    ],
)
def test_mistakes_in_json_are_named(text: str, hint: str) -> None:
    error = refusal(text, "plan.json")
    assert error.code == "PLAN_INVALID"
    assert hint in error.message


def test_a_plan_of_a_newer_program_is_refused_before_its_fields() -> None:
    error = refusal(HEAD + "schema_version: 3\nnew_field: 1\n")
    assert error.code == "PLAN_NEWER"
    assert "neueren Version" in error.message


def test_the_plan_of_another_municipality_is_refused() -> None:
    assert read_plan(HEAD.encode(), "p.yaml", expected_key="01051044").name == "Heide"
    error = refusal(HEAD, expected_key="01051011")
    assert error.code == "PLAN_OTHER"
    assert "„Heide“" in error.message


def test_hostile_file_names_stay_on_one_line() -> None:
    assert refusal("", "../../a\nb\u202e.yaml").message.startswith("a b.yaml: ")


def test_file_name_is_safe() -> None:
    plan = MunicipalityPlan(municipality="01051044", name="x", wave="2026/1 ../x")
    assert plan_file_name(plan) == "plan_01051044_2026-1-x.yaml"
    assert plan_file_name(plan, "json").endswith(".json")


def only_refuses(data: bytes, name: str) -> None:
    message = ""
    try:
        plan = read_plan(data, name)
        assert read_plan(plan_to_yaml(plan).encode(), name="p.yaml") == plan
    except InputRefused as error:
        message = error.message
    if message:
        assert message.startswith(name)
        assert message.endswith(".")
        assert "\n" not in message
        assert len(message) < 600


def test_names_with_line_breaks_stay_on_one_line() -> None:
    content = {"municipality": "1", "name": "x", "measures": [{"id": "a\nb", "c\nd": 1}]}
    assert refusal(json.dumps(content), "plan.json").message.startswith(
        "plan.json, Zeile 1, Maßnahme a b, Kennung:"
    )


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda t: t.encode("utf-8", "replace")))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    only_refuses(data, "plan.yaml")
    only_refuses(data, "plan.json")


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=6,
)


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(plans(), st.data())
def test_any_value_at_any_place_is_read_or_refused(
    plan: MunicipalityPlan, data: st.DataObject
) -> None:
    content = json.loads(plan_to_json(plan))
    below = content
    while True:
        keys = list(below) if isinstance(below, dict) else list(range(len(below)))
        if not keys:
            break
        key = data.draw(st.sampled_from(keys))
        if not isinstance(below[key], dict | list) or data.draw(st.booleans()):
            below[key] = data.draw(json_values)
            break
        below = below[key]
    try:
        text = json.dumps(content, ensure_ascii=False, allow_nan=True)
        encoded = text.encode()
    except UnicodeEncodeError:
        return
    only_refuses(encoded, "plan.json")
