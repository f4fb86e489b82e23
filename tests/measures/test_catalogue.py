"""The catalogue: what it promises, and how it answers to damaged or hostile files."""

import csv
import re
from datetime import date
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from assessment.measures.catalogue import (
    MAX_BYTES,
    catalogue_csv,
    catalogue_remarks,
    load_catalogue,
    read_catalogue,
)
from assessment.measures.model import ACROSS, Catalogue, Measure, Obligation
from assessment.questionnaire.default import default_questionnaire
from assessment.remarks import InputRefused

KINDS = ("gem", "stadt", "gkstadt", "krfr", "kreis", "verband", "sonst")
ENTRY = """  - id: X1
    title: Ein Schritt
    description: Das ist ein kleiner Schritt.
    axis: MF
    action_field: QUER
    management_field: MF01
    effort: 1
    benefit: 2
    level_from: 0
    level_to: 1
    responsible: Hauptamt
    obligation: freiwillig
    horizon: kurz
    cost_kind: keine
    indicator: Schritt getan (ja/nein)
    climate: neutral
"""
HEAD = 'id: eigen\nversion: "1"\ntitle: Eigener Katalog\nmeasures:\n'


@cache
def depth_of(measure_id: str) -> int:
    below = load_catalogue()[measure_id].requires
    return 1 + max(map(depth_of, below), default=0)


def refusal(data: bytes | str, name: str) -> str:
    with pytest.raises(InputRefused) as caught:
        read_catalogue(data.encode() if isinstance(data, str) else data, name)
    assert "\n" not in caught.value.message
    return caught.value.message


def test_the_catalogue_has_100_measures_all_known_to_the_questionnaire() -> None:
    catalogue = load_catalogue()
    assert [measure.id for measure in catalogue.measures] == [f"M{n:03}" for n in range(1, 101)]
    assert catalogue_remarks(catalogue, default_questionnaire()) == ()
    assert load_catalogue() is catalogue


def test_prerequisites_are_acyclic_and_at_most_five_deep() -> None:
    catalogue = load_catalogue()
    assert len(catalogue.order) == 100
    assert max(depth_of(measure.id) for measure in catalogue.measures) == 5


def test_a_prerequisite_never_asks_for_more_than_the_measure_reaches_in_the_same_field() -> None:
    catalogue = load_catalogue()
    for measure in catalogue.measures:
        for name in measure.requires:
            before = catalogue[name]
            if before.dimension == measure.dimension:
                assert before.level_to <= measure.level_to, (measure.id, name)
                assert before.level_from <= measure.level_from, (measure.id, name)


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_and_level_has_a_suitable_measure(kind: str) -> None:
    fields = [d.id for d in default_questionnaire().dimensions if d.block in ("HF", "MF")]
    for field in fields:
        for level in range(4):
            assert any(
                m.dimension == field and m.level_from <= level < m.level_to and m.concerns(kind)
                for m in load_catalogue().measures
            ), (field, level)


def test_county_tasks_are_not_for_municipalities_without_them() -> None:
    catalogue = load_catalogue()
    for name in ("M069", "M074", "M077"):
        assert not catalogue[name].concerns("gem")
        assert catalogue[name].concerns("kreis")
    # Heat planning is a duty of municipalities, not of counties.
    assert catalogue["M094"].obligation is Obligation.DUTY
    assert not catalogue["M094"].concerns("kreis")


def test_legal_references_say_when_they_were_looked_up_and_that_this_is_no_advice() -> None:
    catalogue = load_catalogue()
    days = {entry.checked for measure in catalogue.measures for entry in measure.legal}
    assert days == {date(2026, 11, 22)}
    assert "keine Rechtsberatung" in catalogue.legal_note
    assert "2025" in catalogue.legal_note
    assert "eigene Schätzungen" in catalogue.source
    for measure in catalogue.measures:
        if measure.obligation is Obligation.DUTY:
            assert any(not entry.text.startswith("Orientierung") for entry in measure.legal)


def texts_of(measure: Measure) -> list[str]:
    return [
        measure.title,
        measure.description,
        measure.responsible,
        measure.indicator,
        *measure.involved,
        *(entry.text for entry in measure.legal),
    ]


def test_texts_are_neutral_name_no_programme_and_keep_sentences_short() -> None:
    for measure in load_catalogue().measures:
        text = " ".join(texts_of(measure))
        assert not re.search(r"[a-zäöü][*:_/]in(nen)?\b|Innen\b", text), measure.id
        assert not re.search(r"Gigabit-Richtlinie|DigitalPakt|Förderprogramm", text), measure.id
        assert not set("\"'") & set(text), measure.id
        assert measure.description.endswith("."), measure.id
        assert not measure.indicator.endswith("."), measure.id
        for sentence in measure.description.split(". "):
            assert len(sentence.split()) <= 22, (measure.id, sentence)


def test_the_table_can_be_read_back() -> None:
    catalogue = load_catalogue()
    data = catalogue_csv(catalogue)
    assert data.startswith(b"\xef\xbb\xbf")
    assert b'"id";"titel"' in data
    again = read_catalogue(data, "Unser Katalog 2027.csv")
    assert again.measures == catalogue.measures
    assert again.id == "Unser_Katalog_2027"
    assert again.version != catalogue.version


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_tables_with_commas_and_older_encodings_are_read(encoding: str) -> None:
    lines = catalogue_csv(load_catalogue()).decode("utf-8-sig")
    text = lines.replace('";"', '","').replace("\r\n", "\n")
    again = read_catalogue(text.encode(encoding, errors="replace"), "k.csv")
    assert again["M001"].title == load_catalogue()["M001"].title
    assert len(again.measures) == 100


def test_a_workbook_is_read(tmp_path) -> None:
    book = Workbook()
    sheet = book.create_sheet("Maßnahmen", 0)
    sheet.append(["Unsere Maßnahmen"])
    text = catalogue_csv(load_catalogue()).decode("utf-8-sig")
    for cells in list(csv.reader(text.splitlines(), delimiter=";"))[:4]:
        sheet.append([int(cell) if cell.isdigit() else cell for cell in cells])
    book.save(tmp_path / "k.xlsx")
    again = read_catalogue((tmp_path / "k.xlsx").read_bytes(), "k.xlsx")
    assert again.measures == load_catalogue().measures[:3]


def test_a_cell_that_looks_like_a_formula_is_text_for_excel() -> None:
    measure = load_catalogue().measures[0].model_copy(update={"title": "=1+1 Schritte"})
    own = Catalogue(id="e", version="1", title="E", measures=(measure,))
    data = catalogue_csv(own)
    assert b"\"'=1+1" in data
    assert read_catalogue(data, "k.csv").measures == own.measures


def test_own_yaml_takes_a_date_per_reference_or_one_for_all() -> None:
    text = (
        HEAD + ENTRY + "    legal:\n      - Satzung\n      - {text: Gesetz, checked: 2026-01-31}\n"
    )
    own = read_catalogue(f"legal_checked: 2025-05-01\n{text}".encode(), "k.yaml")
    assert [e.checked for e in own["X1"].legal] == [date(2025, 5, 1), date(2026, 1, 31)]
    assert read_catalogue(text.encode(), "k.yaml")["X1"].legal[0].checked is None


@pytest.mark.parametrize(
    ("change", "line", "says"),
    [
        (("effort: 1", "effort: 9"), 11, "höchstens 5"),
        (("effort: 1", "effort: viel"), 11, "ganze Zahl"),
        (("obligation: freiwillig", "obligation: vielleicht"), 16, "pflicht"),
        (("level_to: 1", "level_to: 0"), 5, "über der Ausgangsstufe"),
        (("climate:", "klima:"), 20, "klima"),
        (("climate: neutral", "climate: neutral\n    requires: [X9]"), 5, "unbekannte"),
        (("climate: neutral", "climate: neutral\n    requires: [X1]"), 5, "selbst"),
        (("id: X1", "id: X 1"), 5, "Kennung"),
        (("title: Ein Schritt", "title: !!python/object:os.system x"), 6, "nicht erlaubt"),
        (("axis: MF", "axis: &a MF"), 0, ""),
    ],
)
def test_damaged_yaml_names_file_and_line(change: tuple[str, str], line: int, says: str) -> None:
    text = HEAD + ENTRY.replace(*change)
    if not line:
        text = text.replace("responsible: Hauptamt", "responsible: *a")
        assert "Zeile" in refusal(text, "k.yaml")
        return
    message = refusal(text, "k.yaml")
    assert message.startswith(f"k.yaml, Zeile {line}:"), message
    assert says in message


def test_doubled_and_circular_measures_name_the_line() -> None:
    assert "k.yaml, Zeile 21: Maßnahme mehrfach: X1" in refusal(HEAD + ENTRY + ENTRY, "k.yaml")
    circle = HEAD + ENTRY + "    requires: [X2]\n"
    circle += ENTRY.replace("X1", "X2") + "    requires: [X1]\n"
    assert "im Kreis" in refusal(circle, "k.yaml")


def test_damaged_tables_name_file_and_row() -> None:
    text = catalogue_csv(load_catalogue()).decode("utf-8-sig")
    damaged = text.replace('"HF";"HF06";"Natur und Umwelt"', '"XX";"HF06";"Natur und Umwelt"', 1)
    assert refusal(damaged, "k.csv").startswith("k.csv, Zeile 10: „XX“ ist für „hauptachse“")
    assert "rechtsstand" in refusal(text.replace('"22.11.2026"', '"gestern"', 1), "k.csv")
    assert "kennzahl" not in refusal(text.replace("indikator", "kennzahl", 1), "k.csv")
    assert "Es fehlen die Spalten: indikator" in refusal(
        text.replace("indikator", "kennzahl", 1), "k.csv"
    )
    assert "Kopfzeile" in refusal("a;b\n1;2\n3;4\n", "k.csv")
    header = text.splitlines()[0]
    assert "keine Maßnahme" in refusal(header + "\n;;;\n", "k.csv")


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"", "k.yaml"),
        (b"\x00\x01\x02", "k.yaml"),
        (b"\xff\xfe\x00", "k.yaml"),
        (b"- nur\n- eine Liste\n", "k.yaml"),
        (b"measures: 5\n", "k.yaml"),
        (b"measures: []\n", "k.yaml"),
        (b"{" * 5000, "k.yaml"),
        (b"[" * (MAX_BYTES - 1), "k.yaml"),
        (b"- " * 500_000, "k.yaml"),
        (b"PK\x03\x04 kein Archiv", "k.xlsx"),
        (b"<html></html>", "k.csv"),
        (b"x", "k.exe"),
        (b"x" * (MAX_BYTES + 1), "k.csv"),
        (b"id: a\nmeasures:\n  - 3\n", "k.yaml"),
    ],
)
def test_hostile_input_gets_one_sentence(data: bytes, name: str) -> None:
    assert refusal(data, name)


def test_unknown_fields_of_an_own_catalogue_are_remarked_not_refused() -> None:
    text = HEAD + ENTRY.replace("MF01", "MF99")
    own = read_catalogue(text.encode(), "k.yaml")
    assert own["X1"].action_field == ACROSS
    (remark,) = catalogue_remarks(own, default_questionnaire())
    assert "MF99" in remark


LINES = st.text(st.sampled_from("aÄß1 ;,\"'=+-@|\t„“–…"), min_size=8, max_size=30).map(
    lambda text: " ".join(f"x{text}y".split()) if len(text) % 2 else f"={text.strip()}zzz"
)


@settings(max_examples=30, deadline=None)
@given(st.data())
def test_any_texts_survive_the_table(data: st.DataObject) -> None:
    def line(*, within_list: bool = False) -> str:
        text = " ".join(data.draw(LINES).split())
        return text.replace(";", ",") if within_list else text

    first = load_catalogue().measures[0]
    measures = tuple(
        Measure.model_validate(
            first.model_dump()
            | {
                "id": f"X{number}",
                "title": line(),
                "description": line() + " weiter",
                "responsible": line(),
                "indicator": line(),
                "involved": [line(within_list=True) for _ in range(number)],
                "legal": [
                    {"text": line(within_list=True), "checked": day}
                    for day in data.draw(
                        st.lists(st.sampled_from([None, date(2026, 1, 2), date(2025, 5, 6)]))
                    )
                ],
                "kinds": data.draw(st.sampled_from([(), ("kreis",), ("gem", "stadt")])),
                "requires": [f"X{before}" for before in range(number)],
            }
        )
        for number in range(3)
    )
    own = Catalogue(id="e", version="1", title="E", measures=measures)
    assert read_catalogue(catalogue_csv(own), "k.csv").measures == own.measures
