"""What the texts claim about the study stays within what is known of it."""

import re

import pytest
import yaml

from assessment.content import data_path
from assessment.typology.reference import load_reference

FILES = {
    "types": data_path("typology", "types.yaml"),
    "method": data_path("texts", "methodik.yaml"),
    "report": data_path("texts", "methodenbericht.yaml"),
    "profiles": data_path("texts", "profiles.yaml"),
    "assumptions": data_path("simulation", "assumptions.yaml"),
    "questionnaire": data_path("questionnaire", "kommunal_2026.yaml"),
}


def words_of(name: str) -> str:
    """The whole file, comments included, as one line."""
    text = FILES[name].read_text(encoding="utf-8")
    return re.sub(r"\s*\n\s*(# )?", " ", text)


@pytest.mark.parametrize("name", FILES)
def test_unknown_is_not_called_unpublished(name):
    # Only public pages about the study were read: what they lack may well be in the study.
    said = words_of(name)
    assert not re.search(r"Studie[^.]{0,120}(nicht|weder|nie)[^.]{0,120}veröffentlicht", said)
    assert "gibt es keine veröffentlichten" not in said


@pytest.mark.parametrize("name", FILES)
def test_not_all_412_are_said_to_have_a_type(name):
    assert not re.search(r"412 Kommunen[^.]{0,60}(gruppiert|Typ)", words_of(name))


def test_no_type_is_called_further_or_better_than_another():
    content = yaml.safe_load(FILES["profiles"].read_text(encoding="utf-8"))["type_profile"]
    for text in content.values():
        assert not re.search(r"weiter(?! Abstand)\b|vergleichsweise weit|besser|Vorsprung", text)


def test_conclusions_of_ours_are_called_ours():
    kind = load_reference().type_of("C")
    assert not kind.strengths
    opening = next(fact.text for fact in kind.facts if "öffnet" in fact.text)
    assert "unsere Folgerung" in opening


def test_the_level_is_told_apart_from_the_ozg_grade():
    said = words_of("method")
    assert "Reifestufe (Selbstauskunft) ist kein OZG-Reifegrad" in said
    for name in FILES:
        without = words_of(name).replace("kein OZG-Reifegrad", "")
        assert "OZG-Reifegrad" not in without
