"""The glossary: what counts as an abbreviation, and files that are refused."""

import pytest

from assessment.german import fold
from assessment.profiles.council.glossary import (
    abbreviations_in,
    load_glossary,
    read_glossary,
    unexplained_abbreviations,
)
from assessment.remarks import InputRefused

MUST = ("OZG", "KGSt", "ÖFIT", "BSI", "EfA", "FIM", "NIS-2", "VZÄ")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Onlinedienste nach dem OZG", ("OZG",)),
        ("Die IT-Sicherheit, der IT-Ausfall", ("IT", "IT")),
        ("das BauGB und die Projekte der IKZs", ("BauGB", "IKZ")),
        ("NIS-2 gilt, EVB-IT auch", ("NIS-2", "EVB-IT")),
        ("Sozialgesetzbuch VIII, Feld HF01, Maßnahme M027, E1", ()),
        ("Stadt, E-Akte, Haushalt", ()),
        ("TR-03138", ("TR",)),
    ],
)
def test_abbreviations_are_words_with_two_capitals(text, found):
    assert sorted(abbreviations_in(text)) == sorted(found)


def test_what_the_glossary_lacks_is_found_once_and_in_order():
    texts = ["Das XYZQ und das OZG", "noch einmal XYZQ", "ABQD-Verfahren"]
    assert unexplained_abbreviations(texts) == ("ABQD", "XYZQ")


def test_the_usual_ones_are_explained_in_alphabetical_order():
    glossary = load_glossary()
    words = [entry.word for entry in glossary.abbreviations]
    assert set(MUST) <= set(words)
    assert words == sorted(words, key=lambda word: (fold(word), word))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("abbreviations: [", "Zeile"),
        ("names: []\nterms: {A: b}", "„abbreviations“"),
        ("names: []\nabbreviations: {OZG: ''}\nterms: {A: b}", "„OZG“"),
        ("names: []\nabbreviations: {OZG: OZG}\nterms: {A: b}", "unerklärt"),
        ("names: x\nabbreviations: {OZG: Ein Gesetz}\nterms: {A: b}", "„names“"),
        ("names: []\nabbreviations:\n  OZG: Ein Gesetz\n  OZG: Zwei\nterms: {A: b}", "zweimal"),
        ("names: []\nabbreviations: {OZG: Ein Gesetz}\nterms: {}", "„terms“"),
    ],
)
def test_a_broken_file_is_refused_with_its_place(tmp_path, content, said):
    path = tmp_path / "glossary.yaml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputRefused, match=said) as refused:
        read_glossary(path)
    assert refused.value.code == "GLOSSARY_INVALID"
    assert "glossary.yaml" in str(refused.value)
