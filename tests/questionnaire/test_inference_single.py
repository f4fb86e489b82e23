"""Which kind a single column gets, and which options."""

from datetime import datetime

import pytest
from inference_columns import column, labels, propose_one

from assessment.questionnaire.model import ItemKind, OptionKind, Role
from assessment.source_column import Part


def test_known_agreement_scale_is_ordered_from_low_to_high() -> None:
    values = ["trifft voll zu", "trifft eher zu", "trifft gar nicht zu", "trifft eher nicht zu"] * 5
    item = propose_one(column(values))
    assert item.kind is ItemKind.RATING
    assert labels(item) == [
        "trifft gar nicht zu",
        "trifft eher nicht zu",
        "trifft eher zu",
        "trifft voll zu",
    ]
    assert [option.code for option in item.options] == ["1", "2", "3", "4"]


def test_labels_that_lost_their_blanks_are_recognised() -> None:
    values = ["GeringesHemmnis", "Kein\u00a0Hemmnis", "Sehr starkesHemmnis", "KeineAntwort"] * 5
    item = propose_one(column([*values, "StarkesHemmnis", "MittleresHemmnis"]))
    assert item.kind is ItemKind.RATING
    assert labels(item)[:5] == [
        "Kein\u00a0Hemmnis",
        "GeringesHemmnis",
        "MittleresHemmnis",
        "StarkesHemmnis",
        "Sehr starkesHemmnis",
    ]
    assert item.options[5].kind is OptionKind.DONT_KNOW


def test_degree_words_with_opposite_poles() -> None:
    item = propose_one(column(["sicher", "eher unsicher", "unsicher", "eher sicher"] * 4))
    assert item.kind is ItemKind.RATING
    assert labels(item) == ["unsicher", "eher unsicher", "eher sicher", "sicher"]


def test_numbers_in_front_give_order_and_codes() -> None:
    values = ["3 Not too well", "1 Extremely well", "2 Quite well", "4 Not well at all"] * 4
    item = propose_one(column(values))
    assert item.kind is ItemKind.RATING
    assert [option.code for option in item.options] == ["1", "2", "3", "4"]
    assert labels(item)[0] == "1 Extremely well"


def test_long_numbered_answers_are_levels() -> None:
    values = [
        "0 – Es gibt weder ein Konzept noch Zuständige",
        "1 – Einzelne Vorhaben ohne gemeinsame Steuerung",
        "2 – Beschlossene Strategie mit festen Zuständigkeiten",
    ] * 4
    item = propose_one(column(values))
    assert item.kind is ItemKind.LEVEL
    assert [option.code for option in item.options] == ["0", "1", "2"]


def test_state_of_implementation_is_a_level() -> None:
    item = propose_one(column(["umgesetzt", "geplant", "nicht geplant", "in Umsetzung"] * 4))
    assert item.kind is ItemKind.LEVEL
    assert labels(item) == ["nicht geplant", "geplant", "in Umsetzung", "umgesetzt"]


def test_whole_number_cells_become_codes_without_decimals() -> None:
    item = propose_one(column([1.0, 5.0, 3.0, 2.0, 4.0] * 4, "Wie zufrieden sind Sie?"))
    assert item.kind is ItemKind.RATING
    assert [option.code for option in item.options] == ["1", "2", "3", "4", "5"]


def test_text_numbers_with_decimals_keep_their_label() -> None:
    item = propose_one(column(["1.0", "5.0", "3.0", "2.0", "4.0"] * 4, "How satisfied are you?"))
    assert [option.code for option in item.options] == ["1", "2", "3", "4", "5"]
    assert labels(item)[0] == "1.0"


@pytest.mark.parametrize(
    ("header", "values", "kind"),
    [
        ("Anzahl der Stellen", [0.0, 1.0, 2.0, 3.0, 4.0] * 4, ItemKind.INTEGER),
        ("Alter", [16.0, 17.0, 18.0] * 6, ItemKind.INTEGER),
        ("Geschlecht", [1.0, 2.0, 3.0] * 6, ItemKind.SINGLE),
        ("Anteil", ["0,5", "17,25", "3"] * 4, ItemKind.DECIMAL),
        ("Einwohner", ["1.234", "81.000", "7.500"] * 3, ItemKind.INTEGER),
        ("Stichtag", ["01.03.2026", "2.3.2026", "15.12.2025"] * 3, ItemKind.DATE),
        ("Stichtag", [datetime(2026, 3, 1), datetime(2026, 3, 2)] * 3, ItemKind.DATE),
        ("PLZ", ["01067", "80331", "10115"] * 3, ItemKind.SINGLE),
        ("Gremium", ["ja", "nein"] * 5, ItemKind.SINGLE),
        ("Gremium", [True, False] * 5, ItemKind.SINGLE),
    ],
)
def test_plain_kinds(header: str, values: list, kind: ItemKind) -> None:
    assert propose_one(column(values, header)).kind is kind


def test_special_codes_beside_measurements_are_not_measured() -> None:
    item = propose_one(column([float(n) for n in (120, 450, 98, 77, 310, -9)] * 3, "Punkte"))
    assert item.kind is ItemKind.INTEGER
    assert item.minimum == 0


def test_codes_with_leading_zeros_are_no_numbers() -> None:
    codes = [f"{n:05d}" for n in range(1067, 99000, 1777)]
    assert propose_one(column(codes, "Postleitzahl")).kind is ItemKind.TEXT


def test_real_negative_measurements_stay() -> None:
    item = propose_one(column([-3.5, -120.0, 14.0, -9.0, 250.0] * 3, "Saldo"))
    assert item.kind is ItemKind.DECIMAL
    assert item.minimum is None


def test_missing_code_beside_a_scale_is_dont_know() -> None:
    item = propose_one(column([1.0, 2.0, 3.0, 4.0, 5.0, -9.0] * 4, "Bewerten Sie"))
    assert item.kind is ItemKind.RATING
    assert item.option_by_code["-9"].kind is OptionKind.DONT_KNOW
    assert [option.code for option in item.answer_options] == ["1", "2", "3", "4", "5"]


def test_size_classes_are_ordered_but_not_rated() -> None:
    values = ["> 250", "< 10", "50 - 250", "10 - 49"] * 4
    item = propose_one(column(values, "Wie viele Beschäftigte?"))
    assert item.kind is ItemKind.SINGLE
    assert labels(item) == ["< 10", "10 - 49", "50 - 250", "> 250"]


def test_months_come_before_years() -> None:
    values = ["3 - 5 years", "3 months - 1 year", "1 - 2 years", "5+ years"] * 4
    assert labels(propose_one(column(values))) == [
        "3 months - 1 year",
        "1 - 2 years",
        "3 - 5 years",
        "5+ years",
    ]


def test_spellings_of_one_answer_are_one_option() -> None:
    item = propose_one(column(["Weiß", "weiss", "Weiß", "Rot", "rot", "Rot", "Blau", "Blau"] * 2))
    assert sorted(labels(item)) == ["Blau", "Rot", "Weiß"]


def test_write_ins_stay_as_options_of_their_own() -> None:
    values = ["Verwaltung"] * 30 + ["Politik"] * 20 + ["Sonstiges"] * 9 + ["Eigenbetrieb Bäder"]
    values += ["Verein", "Kirche", "Zweckverband", "Schule", "Feuerwehr", "Bauhof", "Archiv"]
    values += ["Museum", "Theater"]
    item = propose_one(column(values))
    assert item.kind is ItemKind.SINGLE
    assert labels(item)[:3] == ["Verwaltung", "Politik", "Sonstiges"]
    assert set(labels(item)) == set(values)
    assert item.options[3].code == "s4"


def test_different_texts_are_free_text() -> None:
    values = [f"Antwort Nummer {n} mit eigenen Worten" for n in range(40)]
    assert propose_one(column(values)).kind is ItemKind.TEXT


def test_placeholders_stand_for_empty_cells() -> None:
    item = propose_one(column(["Ja", "Nein", "NA", "-"] * 4))
    assert labels(item) == ["Ja", "Nein"]


def test_value_labels_of_spss_become_option_labels() -> None:
    source = column(
        [1.0, 2.0, 3.0, 9.0] * 4,
        "V1",
        value_labels={1.0: "hoch", 2.0: "mittel", 3.0: "niedrig", 9.0: "keine Angabe"},
        missing=frozenset({9.0}),
    )
    item = propose_one(source)
    assert item.kind is ItemKind.RATING
    assert [(o.code, o.label) for o in item.options] == [
        ("3", "niedrig"),
        ("2", "mittel"),
        ("1", "hoch"),
        ("9", "keine Angabe"),
    ]
    assert item.options[3].kind is OptionKind.DONT_KNOW


@pytest.mark.parametrize(
    ("header", "values"),
    [
        ("Wie erreichen wir Sie?", ["a@stadt.de", "b@kreis.de", "", "c@amt.de"] * 3),
        ("E-Mail", ["anonymous"] * 8),
        ("Ihre Telefonnummer", ["0228 123456", "+49 30 998877", "040/556677"] * 3),
        ("Ansprechperson im Haus", [f"Person {n}" for n in range(12)]),
    ],
)
def test_contact_data(header: str, values: list[str]) -> None:
    item = propose_one(column(values, header))
    assert item.kind is ItemKind.CONTACT
    assert item.sensitive


def test_asking_about_mail_is_no_contact_data() -> None:
    item = propose_one(column(["Ja", "Nein"] * 9, "Wollen Sie das Ergebnis per E-Mail?"))
    assert item.kind is ItemKind.SINGLE


def test_laender_get_their_role() -> None:
    values = ["Bayern", "Hessen", "Sachsen", "Thüringen"] * 5
    assert propose_one(column(values, "In welchem Land liegt sie?")).roles == (Role.LAND,)


def test_population_gets_its_role() -> None:
    values = [float(n) for n in (1200, 81000, 430, 5600, 17000)]
    assert propose_one(column(values, "Zahl der Einwohner")).roles == (Role.POPULATION,)


def test_free_text_parts_are_text() -> None:
    for part in (Part.OTHER_TEXT, Part.COMMENT):
        assert propose_one(column(["x", "x", "y"], part=part)).kind is ItemKind.TEXT
