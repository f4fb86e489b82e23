"""What the public and the anonymised variant keep back, and the check that finds the rest."""

from dataclasses import replace
from datetime import date

import pytest
from confidential_marks import CANARY, with_canaries
from survey_builder import build_survey

from assessment import pipeline
from assessment.measures.plan_editing import change_plan
from assessment.measures.plan_types import BlockStrategy, FieldStrategy, PlannedMeasure
from assessment.measures.strategy import new_plan
from assessment.profiles.dossier import Dossier
from assessment.profiles.plain import as_plain
from assessment.profiles.public import check_variant, hidden_fields, sensitive_items
from assessment.profiles.public_check import folded, texts_in
from assessment.profiles.public_names import name_forms, name_pattern, nameless
from assessment.profiles.targets import target_gaps
from assessment.profiles.variants import Variant
from assessment.questionnaire.model import (
    Dimension,
    Gate,
    Item,
    ItemKind,
    Option,
    Questionnaire,
    ScoringRule,
)
from assessment.remarks import InputRefused

SECRET = ("D26", "D27", "D28", "D29", "D30")
TOWN = "03000002"
"""Weidelswalde, Stadt."""


@pytest.fixture(scope="module")
def marked(sample):
    """The sample with confidential questions and answers that occur nowhere else in the world."""
    return with_canaries(sample)


def everything(dossier):
    """All parts of a dossier as plain data."""
    fields = [dossier.field(name) for name in dossier.assessment.scores.dimensions]
    parts = (dossier.profile, dossier.gaps, dossier.measures, dossier.roadmap, dossier.strategy)
    basis = dossier.basis
    return as_plain(
        [
            *(part for part in parts if part is not None),
            *(field for field in fields if field is not None),
            [each.chain for each in basis.advice.recommendations],
            {name: [gate.item for gate in gates] for name, gates in basis.gates.items()},
        ]
    )


def plan_of(assessment, key, **fields):
    plan = new_plan(assessment.survey, key, assessment.catalogue, date(2027, 1, 1), {})
    return change_plan(plan, **fields) if fields else plan


def test_no_confidential_question_or_answer_in_any_public_profile(marked):
    assert sensitive_items(marked.survey.questionnaire) == set(SECRET)
    for key in marked.survey.keys[::45]:
        for variant in (Variant.PUBLIC, Variant.ANONYMOUS):
            dossier = Dossier(marked, key, plan_of(marked, key), variant=variant)
            texts = list(texts_in(everything(dossier)))
            assert not [text for text in texts if CANARY in text]
            assert not set(texts) & set(SECRET)
            check_variant(texts, dossier)


def test_the_closed_variant_holds_all_of_it(marked):
    for key in marked.survey.keys[::40]:
        dossier = Dossier(marked, key, variant=Variant.CLOSED)
        field = dossier.field("MF06")
        assert field is not None
        assert {one.item for one in field.items} == set(SECRET)
        answered = [one for one in field.items if one.own is not None]
        assert all(CANARY in one.answer for one in answered)
        check_variant(texts_in(everything(dossier)), dossier)


def test_level_and_points_of_the_field_stay(sample):
    public, closed = (
        {row.dimension: row for row in Dossier(sample, TOWN, variant=variant).profile.fields}
        for variant in (Variant.PUBLIC, Variant.CLOSED)
    )
    assert public["MF06"].score == closed["MF06"].score is not None
    assert public["MF06"].level == closed["MF06"].level
    assert closed["MF06"].level_text
    assert public["MF06"].level_text == ""
    assert {name: row for name, row in public.items() if name != "MF06"} == {
        name: row for name, row in closed.items() if name != "MF06"
    }


def test_the_municipality_may_hide_the_field(sample):
    plan = plan_of(sample, TOWN, paper={"security_field_public": False}, targets={"MF06": 4})
    public = Dossier(sample, TOWN, plan)
    assert public.hidden == {"MF06"}
    profile = public.profile
    assert "MF06" not in {row.dimension for row in profile.fields}
    named = (*profile.strengths, *profile.gaps, *profile.robustness.fields, *profile.targets)
    assert "MF06" not in {each.dimension for each in named}
    assert public.field("MF06") is None
    assert "MF06" not in {line.dimension for line in public.gaps.lines}
    assert "MF06" not in {row.text.dimension for row in public.measures.rows}
    basis = public.basis
    assert not {"MF06"} & {*basis.levels, *basis.targets, *basis.surveyed, *basis.gates}
    assert "MF06" not in basis.advice.not_rated
    assert public.plan is not None
    assert public.plan.targets == {}
    closed = replace(public, variant=Variant.CLOSED)
    assert closed.plan == plan
    assert "MF06" in {row.dimension for row in closed.profile.fields}


def test_a_level_held_by_a_confidential_answer_hides_the_field(sample):
    gated = sample.scores.gated["MF06"]
    held = [key for key in gated.index if gated.at[key] in SECRET]
    assert held
    for key in held:
        dossier = Dossier(sample, key)
        assert dossier.hidden == {"MF06"}
        assert "Basisprüfung" not in " ".join(texts_in(dossier.profile))
    assert not Dossier(sample, TOWN).hidden


def test_targets_that_are_kept_back_are_not_taken_from_the_survey(sample):
    key = next(key for key in sample.survey.keys if target_gaps(sample.survey, str(key)))
    assert target_gaps(sample.survey, str(key), {}) == ()


LEVELS = tuple(Option(code=str(n), label=f"Stand {n}", points=25 * n) for n in range(5))


def book_of(*secret, gates=()):
    items = [
        Item(
            id=name,
            text=f"Frage {name}?",
            kind=ItemKind.LEVEL,
            dimension="X",
            options=LEVELS,
            scoring=ScoringRule.POINTS,
            weight=1,
            sensitive=name in secret,
        )
        for name in ("a", "b", "c")
    ]
    fields = (
        Dimension(id="TOP", name="Oben"),
        Dimension(id="X", name="Feld", parent="TOP", gates=gates),
    )
    return Questionnaire(id="q", version="1", title="Q", dimensions=fields, items=tuple(items))


def hidden_of(book, answers):
    assessment = pipeline.assess(build_survey(book, {"01000001": answers}))
    return hidden_fields(assessment, "01000001")


def test_one_confidential_answer_among_open_ones_could_be_subtracted():
    answers = {"a": "1", "b": "2", "c": "3"}
    assert hidden_of(book_of("a"), answers) == {"X", "TOP"}
    assert hidden_of(book_of("a", "b"), answers) == {"TOP"}
    assert hidden_of(book_of("a", "b"), answers | {"b": None}) == {"X", "TOP"}
    assert hidden_of(book_of(), answers) == frozenset()
    gate = Gate(level=2, item="a", points=50)
    assert hidden_of(book_of("a", "b", gates=(gate,)), answers | {"a": "1"}) == {"X", "TOP"}
    assert hidden_of(book_of("a", "b", gates=(gate,)), answers | {"a": "2"}) == {"TOP"}


@pytest.fixture(scope="module")
def answered(sample):
    """A municipality whose answer to D26 has a wording of its own: code 2 or 3."""
    column = sample.survey.answers["D26"].astype(str)
    return next(key for key in column.index if column.at[key] == "3")


LABEL = "Managementsystem nach einem anerkannten Profil eingeführt"
QUESTION = "Welches Niveau hat die Informationssicherheit?"


@pytest.mark.parametrize(
    "texts",
    [
        [f"Unser Stand: {LABEL}."],
        ["Unser Stand: Manage\u00admentsystem nach einem\nanerkannten Pro-\nfil eingeführt"],
        [LABEL.upper()],
        ["D26: 3"],
        ["D26 = 3"],
        ["D26 (Code 3)"],
        ["D26", "3"],
        ["Frage D26: 75 Punkte"],
        ["D26", QUESTION, "75"],
        [QUESTION, LABEL],
    ],
)
def test_a_confidential_answer_is_found(sample, answered, texts):
    with pytest.raises(InputRefused, match="D26") as refused:
        check_variant(["Ein Satz davor.", *texts], Dossier(sample, answered))
    assert refused.value.code == "VARIANT_ANSWER"
    check_variant(texts, Dossier(sample, answered, variant=Variant.CLOSED))


def test_short_answers_are_found_beside_their_question_only(sample):
    column = sample.survey.answers["D27"].astype(str)
    options = sample.survey.questionnaire["D27"].options
    yes = next(option.code for option in options if option.label == "ja")
    key = next(key for key in column.index if column.at[key] == yes)
    question = sample.survey.questionnaire["D27"].text
    dossier = Dossier(sample, key)
    for texts in ([f"{question} ja"], [question, "ja"], [f"D27 „{question}“: Antwort „ja“."]):
        with pytest.raises(InputRefused, match="D27"):
            check_variant(texts, dossier)
    check_variant(
        ["ja", "Der Rat sagt ja.", "Jahr 2027", question, "Die Antwort bleibt im Haus."], dossier
    )


def test_a_codebook_tells_nothing(sample, answered):
    items = [sample.survey.questionnaire[name] for name in SECRET]
    listed = [[item.id, item.text, *(option.label for option in item.options)] for item in items]
    dossier = Dossier(sample, answered)
    for texts in listed:
        check_variant(texts, dossier)
    book = [text for texts in listed for text in texts]
    check_variant(book, dossier)
    with pytest.raises(InputRefused):
        check_variant([*book, LABEL], dossier)


def own_plan(sample):
    plan = plan_of(sample, TOWN)
    frame = plan.strategy.model_copy(
        update={
            "vision": ("Weidelswalde ist 2030 digital.", "In der Stadt Weidelswalde zählt Nähe."),
            "fields": {"HF01": FieldStrategy(goal="Schulen der Weidelswalder stärken")},
            "blocks": {"SB1": BlockStrategy(note="Rat der Stadt Weidelswalde, Weidelswaldes Weg")},
        }
    )
    measure = PlannedMeasure(
        id="E1", own_title="App Weidelswalde", owner="Amt 10, Frau Musterfrau", note=TOWN
    )
    paper = {"reporter": "Erika Musterfrau", "number": "WW-12/2027", "subject": "Weidelswalde vorn"}
    return change_plan(plan, strategy=frame, measures=(measure,), paper=paper)


def test_the_anonymous_variant_names_nobody(sample):
    dossier = Dossier(sample, TOWN, own_plan(sample), variant=Variant.ANONYMOUS)
    assert dossier.plan is not None
    texts = list(texts_in([everything(dossier), dossier.plan.model_dump(mode="json")]))
    together = folded(" ".join(texts))
    assert "weidelswald" not in together
    assert TOWN not in together
    assert "musterfrau" not in together
    assert "ww-12" not in together
    header = dossier.profile.header
    assert (header.key, header.name, header.land, header.population) == (
        "",
        "die Kommune",
        "",
        None,
    )
    assert header.kind == "kreisangehörige Stadt, unter 10.000 Einwohnerinnen und Einwohner"
    assert dossier.plan.strategy.vision == (
        "Die Kommune ist 2030 digital.",
        "In der Kommune zählt Nähe.",
    )
    assert dossier.profile.record.file_name == ""
    check_variant(texts, dossier)
    named = replace(dossier, variant=Variant.PUBLIC)
    assert named.plan == own_plan(sample)
    assert named.name == "Weidelswalde, Stadt"


@pytest.mark.parametrize(
    "text",
    [
        "Weidelswalde",
        "in WEIDELSWALDE",
        "die Weidelswalder Schulen",
        "Steckbrief_Weidelswalde_2026-11-22.pdf",
        "Schlüssel 03000002",
        "Weidels\u00adwalde",
    ],
)
def test_a_name_or_key_is_found_anywhere(sample, text):
    dossier = Dossier(sample, TOWN, variant=Variant.ANONYMOUS)
    with pytest.raises(InputRefused) as refused:
        check_variant(["Titel", text], dossier)
    assert refused.value.code == "VARIANT_NAME"
    check_variant(["Titel", text], replace(dossier, variant=Variant.PUBLIC))


def test_exact_population_is_found_but_no_amount_of_money(sample):
    dossier = Dossier(sample, TOWN, variant=Variant.ANONYMOUS)
    population = replace(dossier, variant=Variant.PUBLIC).profile.header.population
    shown = f"{population:,}".replace(",", ".")
    for text in (f"{shown} Einwohner", f"{population}"):
        with pytest.raises(InputRefused):
            check_variant([text], dossier)
    check_variant([f"{shown},00 €", f"1{population}"], dossier)


@pytest.mark.parametrize(
    ("name", "forms"),
    [
        ("Weidelswalde, Stadt", ("Weidelswalde, Stadt", "Weidelswalde")),
        # „Lage“ is a word of every paper; with its addition it is a name.
        ("Lage, Stadt", ("Lage, Stadt",)),
        ("Weil der Stadt, Stadt", ("Weil der Stadt, Stadt", "Weil der Stadt")),
        ("Bad Klosterlausnitz", ("Bad Klosterlausnitz", "Klosterlausnitz")),
        ("Au", ("Au",)),
        ("", ()),
    ],
)
def test_words_that_name_a_municipality(name, forms):
    book = Questionnaire(id="q", version="1", title="Q", items=())
    survey = build_survey(book, {"01000001": {}}, names={"01000001": name})
    assert name_forms(survey, "01000001") == forms


@pytest.mark.parametrize("text", ["Emder Hafen", "Emdens Hafen", "EMDEN", "die Emderinnen"])
def test_people_and_things_of_a_place(text):
    assert name_pattern("Emden").search(text)
    assert not name_pattern("Emden").search("Es fremdet sehr; Emdengasse")


@pytest.mark.parametrize(
    ("text", "changed"),
    [
        ("Weidelswalde gehört dazu.", "Die Kommune gehört dazu."),
        ("Die Ziele von Weidelswalde sind klar.", "Die Ziele von der Kommune sind klar."),
        ("Der Rat der Stadt Weidelswalde beschließt.", "Der Rat der Kommune beschließt."),
        ("Das gilt. Weidelswalde folgt.", "Das gilt. Die Kommune folgt."),
        ("Schlüssel 03000002, nicht 103000002", "Schlüssel anonymisiert, nicht 103000002"),
        ("Waldeck und Weidel", "Waldeck und Weidel"),
    ],
)
def test_names_leave_sentences_that_can_be_read(sample, text, changed):
    assert nameless(sample.survey, TOWN)(text) == changed
