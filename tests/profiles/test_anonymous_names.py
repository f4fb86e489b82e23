"""Forms of names that give a municipality or a person away in the anonymised variant."""

from dataclasses import replace
from datetime import date

import pytest
from survey_builder import build_survey

from assessment.measures.plan_editing import change_plan
from assessment.measures.plan_types import PlannedMeasure
from assessment.measures.strategy import new_plan
from assessment.profiles.dossier import Dossier
from assessment.profiles.public_check import check_variant, texts_in
from assessment.profiles.public_names import STAND_IN, name_forms, name_pattern, nameless
from assessment.profiles.variants import Variant
from assessment.questionnaire.model import Questionnaire
from assessment.remarks import InputRefused

KEY = "03000002"


def survey_of(name):
    book = Questionnaire(id="q", version="1", title="Q", items=())
    return build_survey(book, {KEY: {}}, names={KEY: name})


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Nebelskirchen, Stadt", "Nebelskirchener Nebelskircher Nebelskirchens nebelskirchensche"),
        ("Dresden, Stadt", "Dresdner Dresdener Dresdenern"),
        ("Emden, Stadt", "Emder Emdener Emdens"),
        ("Hannover, Landeshauptstadt", "hannoversche Hannoveraner Hannovers"),
        ("Münster, Stadt", "münstersche Münsteraner Muenster Münsteranerinnen"),
        ("Köln, Stadt", "kölnische Kölner KölnPortal KoelnPortal"),
        ("Halle (Saale), Stadt", "Hallesche Hallenser Halles Haller"),
        ("Jena, Stadt", "Jenenser Jenaer"),
        ("Ulm, Universitätsstadt", "Ulm Ulms Ulmer Ulmerinnen"),
        ("Bad Münder am Deister, Stadt", "Münder Münderaner Deister"),
        ("Garmisch-Partenkirchen", "Garmisch Partenkirchen Garmisch–Partenkirchen Partenkirchener"),
    ],
)
def test_forms_of_names_are_taken_out(name, words):
    change = nameless(survey_of(name), KEY)
    for word in words.split():
        assert word not in change(f"Das {word} Modell zählt."), word
        assert any(name_pattern(form).search(word) for form in name_forms(survey_of(name), KEY)), (
            word
        )


def test_words_like_a_name_stay():
    assert nameless(survey_of("Au"), KEY)("Das kommt aus der Au.") == "Das kommt aus der Kommune."
    assert nameless(survey_of("Ulm"), KEY)("Ulmen und Kulm") == "Ulmen und Kulm"


@pytest.mark.parametrize("name", ["Essen", "Lage", "Regen", "Leer (Ostfriesland), Stadt"])
def test_an_ordinary_word_as_a_name(sample, name):
    """Generated sentences never hold the name; own ones lose it; what stays is refused."""
    survey = replace(sample.survey, names={**sample.survey.names, KEY: name})
    assessment = replace(sample, survey=survey)
    word = name.split()[0]
    plan = new_plan(survey, KEY, assessment.catalogue, date(2027, 1, 1), {})
    note = f"Der Rat der Stadt {word} will es. Auch in {word} geht das."
    measure = PlannedMeasure(id="E1", own_title=f"App {word}", note=note)
    dossier = Dossier(
        assessment, KEY, change_plan(plan, measures=(measure,)), variant=Variant.ANONYMOUS
    )
    assert dossier.plan is not None
    assert dossier.plan.measures[0].note == (
        "Der Rat der Kommune will es. Auch in der Kommune geht das."
    )
    parts = [dossier.profile, dossier.gaps, dossier.measures, dossier.roadmap, dossier.strategy]
    texts = list(texts_in(parts))
    assert not [text for text in texts if STAND_IN.casefold() in text.casefold()]
    assert not [text for text in texts if f"von {word}" in text or f"Stadt {word}" in text]
    check_variant(texts, dossier)
    for text in (f"die Stadt {word} hat", f"die Ziele von {word} sind"):
        with pytest.raises(InputRefused):
            check_variant([text], dossier)
    closed = replace(dossier, variant=Variant.PUBLIC)
    assert closed.name == name


@pytest.mark.parametrize(
    ("name", "people"), [("Essen", "Essener"), ("Leer (Ostfriesland), Stadt", "Leeraner")]
)
def test_people_of_a_place_that_is_an_ordinary_word(sample, name, people):
    survey = replace(sample.survey, names={**sample.survey.names, KEY: name})
    text = f"Das {people} Modell zählt."
    assert people not in nameless(survey, KEY, own_text=True)(text)
    dossier = Dossier(replace(sample, survey=survey), KEY, variant=Variant.ANONYMOUS)
    with pytest.raises(InputRefused):
        check_variant([text], dossier)
    check_variant(["Das Essen ist gut, die Leere auch."], dossier)


def test_persons_of_the_plan_are_named_nowhere(sample):
    plan = new_plan(sample.survey, KEY, sample.catalogue, date(2027, 1, 1), {})
    measure = PlannedMeasure(
        id="E1", own_title="Portal", owner="Amt 10, Frau Ottilie Zwackelmann", note="Amt 10 plant."
    )
    told = (
        "Der Rat hat beschlossen; Frau Ottilie Zwackelmann führt es, Frau Zwackelmanns Team auch."
    )
    paper = {
        "reporter": "Erwin Grubinger",
        "reference": "WW-12/2027",
        "occasion": f"{told} Herr Grubinger trägt vor (WW-12/2027).",
    }
    plan = change_plan(plan, measures=(measure,), paper=paper)
    dossier = Dossier(sample, KEY, plan, variant=Variant.ANONYMOUS)
    assert dossier.plan is not None
    said = " ".join(texts_in(dossier.plan.model_dump(mode="json")))
    for word in ("Zwackelmann", "Ottilie", "Grubinger", "WW-12", "Amt 10"):
        assert word not in said
    assert "N. N. führt es" in said
    check_variant([said], dossier)
    for text in ("Frau Zwackelmann", "E. Grubinger", "Az. WW-12/2027", "Amt 10 plant"):
        with pytest.raises(InputRefused):
            check_variant([text], dossier)
        check_variant([text], replace(dossier, variant=Variant.PUBLIC))


@pytest.mark.parametrize(("key", "name"), [("2", "Adorf"), ("17", "(")])
def test_running_numbers_are_no_names(key, name):
    book = Questionnaire(id="q", version="1", title="Q", items=())
    survey = build_survey(book, {key: {}}, names={key: name})
    assert nameless(survey, key)("In 2 von 17 Feldern (17) gilt es.") == (
        "In 2 von 17 Feldern (17) gilt es."
    )
    assert "(" not in name_forms(survey, key)
