"""Bodies by Land and kind with article and case, names of municipalities, content files."""

import json
from datetime import date

import pytest

from assessment.content import data_path
from assessment.measures.paper_types import ConsultationRole, Operative, PaperSettings
from assessment.profiles.council.bodies import (
    body_choices,
    body_named,
    deciding_body,
    default_chain,
    place_named,
)
from assessment.profiles.council.paper_content import (
    BodyContent,
    GenderContent,
    PaperContent,
    body_content,
    paper_content,
    read_content,
)
from assessment.profiles.council.paper_head import editorial_day
from assessment.questionnaire.yaml_tree import Tree
from assessment.remarks import InputRefused

KINDS = ("gem", "stadt", "gkstadt", "krfr", "kreis", "verband", "sonst")
RAT = ("Der Rat", "dem Rat", "den Rat")
GEMEINDERAT = ("Der Gemeinderat", "dem Gemeinderat", "den Gemeinderat")
STADTRAT = ("Der Stadtrat", "dem Stadtrat", "den Stadtrat")
KREISTAG = ("Der Kreistag", "dem Kreistag", "den Kreistag")
GEMEINDEVERTRETUNG = (
    "Die Gemeindevertretung",
    "der Gemeindevertretung",
    "die Gemeindevertretung",
)
STADTVERTRETUNG = ("Die Stadtvertretung", "der Stadtvertretung", "die Stadtvertretung")
STADTVERORDNETE = (
    "Die Stadtverordnetenversammlung",
    "der Stadtverordnetenversammlung",
    "die Stadtverordnetenversammlung",
)
RATSVERSAMMLUNG = ("Die Ratsversammlung", "der Ratsversammlung", "die Ratsversammlung")
# Gemeinde, Stadt, kreisfreie Stadt, Kreis: table 1.3 of the council note, written out.
TABLE = {
    "01": (GEMEINDEVERTRETUNG, STADTVERTRETUNG, RATSVERSAMMLUNG, KREISTAG),
    "03": (RAT, RAT, RAT, KREISTAG),
    "05": (RAT, RAT, RAT, KREISTAG),
    "06": (GEMEINDEVERTRETUNG, STADTVERORDNETE, STADTVERORDNETE, KREISTAG),
    "07": (GEMEINDERAT, STADTRAT, STADTRAT, KREISTAG),
    "08": (GEMEINDERAT, GEMEINDERAT, GEMEINDERAT, KREISTAG),
    "09": (GEMEINDERAT, STADTRAT, STADTRAT, KREISTAG),
    "10": (GEMEINDERAT, STADTRAT, STADTRAT, KREISTAG),
    "12": (GEMEINDEVERTRETUNG, STADTVERORDNETE, STADTVERORDNETE, KREISTAG),
    "13": (GEMEINDEVERTRETUNG, STADTVERTRETUNG, STADTVERTRETUNG, KREISTAG),
    "14": (GEMEINDERAT, STADTRAT, STADTRAT, KREISTAG),
    "15": (GEMEINDERAT, STADTRAT, STADTRAT, KREISTAG),
    "16": (GEMEINDERAT, STADTRAT, STADTRAT, KREISTAG),
}


@pytest.mark.parametrize("land", TABLE)
def test_the_body_that_decides_by_land_and_kind(land: str) -> None:
    for kind, forms in zip(("gem", "stadt", "krfr", "kreis"), TABLE[land], strict=True):
        body = body_named(deciding_body(land, kind))
        assert (body.nominative, body.dative, body.accusative) == forms
        assert not body.plural


@pytest.mark.parametrize(
    ("land", "kind", "name"),
    [
        ("01", "verband", "Amtsausschuss"),
        ("02", "krfr", "Bezirksversammlung"),
        ("03", "verband", "Samtgemeinderat"),
        ("04", "krfr", "Stadtbürgerschaft"),
        ("07", "verband", "Verbandsgemeinderat"),
        ("09", "verband", "Gemeinschaftsversammlung"),
        ("11", "krfr", "Bezirksverordnetenversammlung"),
        ("13", "verband", "Amtsausschuss"),
        # What the table does not know still gets a sentence that is right.
        ("02", "kreis", "Bezirksversammlung"),
        (None, None, "Vertretung"),
        ("99", "gem", "Vertretung"),
        ("05", None, "Rat"),
    ],
)
def test_bodies_beside_the_table(land: str | None, kind: str | None, name: str) -> None:
    assert deciding_body(land, kind) == name


def test_every_land_has_bodies_whose_article_is_known() -> None:
    assert sorted(body_content().lands) == [f"{number:02}" for number in range(1, 17)]
    for land in body_content().lands:
        for kind in KINDS:
            for name in body_choices(land, kind):
                assert not body_named(name).nominative.startswith("Das Gremium"), name


@pytest.mark.parametrize(
    ("text", "nominative", "dative", "plural"),
    [
        ("Rat der Stadt X", "Der Rat der Stadt X", "dem Rat der Stadt X", False),
        ("Haupt- und Finanzausschuss", "Der Haupt- und Finanzausschuss",
         "dem Haupt- und Finanzausschuss", False),
        ("Haupt-, Finanz- und Digitalausschuss", "Der Haupt-, Finanz- und Digitalausschuss",
         "dem Haupt-, Finanz- und Digitalausschuss", False),
        ("Ausschuss für Digitales", "Der Ausschuss für Digitales", "dem Ausschuss für Digitales",
         False),
        ("der Kreistag", "Der Kreistag", "dem Kreistag", False),
        ("Bürgerschaft", "Die Bürgerschaft", "der Bürgerschaft", False),
        ("Bezirksamt", "Das Bezirksamt", "dem Bezirksamt", False),
        ("Ortsbeiräte", "Die Ortsbeiräte", "den Ortsbeiräten", True),
        ("Fraktionen", "Die Fraktionen", "den Fraktionen", True),
        # Declined or unknown words are not guessed.
        ("Gemeinsamer Ausschuss", "Das Gremium „Gemeinsamer Ausschuss“",
         "dem Gremium „Gemeinsamer Ausschuss“", False),
        ("Werkleitung", "Das Gremium „Werkleitung“", "dem Gremium „Werkleitung“", False),
        ("", "Das Gremium", "dem Gremium", False),
    ],
)  # fmt: skip
def test_article_and_case_of_a_name(text: str, nominative: str, dative: str, plural: bool) -> None:
    body = body_named(text)
    assert (body.nominative, body.dative, body.plural) == (nominative, dative, plural)
    assert body.verbs["nimmt"] == ("nehmen" if plural else "nimmt")
    assert body.verbs["beschliesst"] == ("beschließen" if plural else "beschließt")
    assert body.inside == nominative[0].lower() + nominative[1:]


@pytest.mark.parametrize(
    ("land", "kind", "chain"),
    [
        ("05", "stadt", ["Fachausschuss", "Rat"]),
        ("05", "kreis", ["Fachausschuss", "Kreisausschuss", "Kreistag"]),
        ("03", "gem", ["Fachausschuss", "Verwaltungsausschuss", "Rat"]),
        ("03", "kreis", ["Fachausschuss", "Kreisausschuss", "Kreistag"]),
        ("06", "stadt", ["Fachausschuss", "Stadtverordnetenversammlung"]),
        ("12", "gem", ["Fachausschuss", "Gemeindevertretung"]),
    ],
)
def test_the_usual_beratungsfolge(land: str, kind: str, chain: list[str]) -> None:
    lines = default_chain(land, kind, PaperSettings())
    assert [line.body for line in lines] == chain
    *before, last = [line.role for line in lines]
    assert set(before) == {ConsultationRole.PRELIMINARY}
    assert last is ConsultationRole.DECISION
    assert all(line.day is None for line in lines)


def test_nobody_decides_where_notice_is_taken_only() -> None:
    settings = PaperSettings(operative=Operative.NOTE, committee="Digitalausschuss", body="Plenum")
    lines = default_chain("05", "stadt", settings)
    assert [line.body for line in lines] == ["Digitalausschuss", "Plenum"]
    assert {line.role for line in lines} == {ConsultationRole.NOTICE}


@pytest.mark.parametrize(
    ("name", "kind", "genitive", "official"),
    [
        ("Musterstadt, Stadt", "stadt", "der Stadt Musterstadt", "Stadt Musterstadt"),
        ("Musterdorf", "gem", "der Gemeinde Musterdorf", "Gemeinde Musterdorf"),
        ("Kreis Nordwald", "kreis", "des Kreises Nordwald", "Kreis Nordwald"),
        ("Landkreis Südwald", "kreis", "des Landkreises Südwald", "Landkreis Südwald"),
        ("Rhein-Kreis Neuss", "kreis", "des Rhein-Kreises Neuss", "Rhein-Kreis Neuss"),
        ("Ostalbkreis", "kreis", "des Ostalbkreises", "Ostalbkreis"),
        ("Märkischer Kreis", "kreis", "der Kommune Märkischer Kreis", "Märkischer Kreis"),
        ("Amt Seeland", "verband", "des Amtes Seeland", "Amt Seeland"),
        ("Samtgemeinde Heide", "verband", "der Samtgemeinde Heide", "Samtgemeinde Heide"),
        ("Kiel, Landeshauptstadt", "krfr", "der Landeshauptstadt Kiel", "Landeshauptstadt Kiel"),
        ("Neustadt, Große Kreisstadt", "gkstadt", "der Stadt Neustadt", "Stadt Neustadt"),
        ("Irgendwo", None, "von Irgendwo", "Irgendwo"),
    ],
)
def test_how_a_municipality_is_written(
    name: str, kind: str | None, genitive: str, official: str
) -> None:
    place = place_named(name, kind)
    assert (place.genitive, place.official) == (genitive, official)


def test_every_municipality_of_the_sample_has_a_genitive(sample) -> None:
    survey = sample.survey
    for key in survey.answers.index:
        place = place_named(survey.name_of(key), survey.answers.at[key, "A04"])
        assert place.genitive.split()[0] in ("der", "des"), place


@pytest.mark.parametrize(
    ("session", "days", "last"),
    [
        # Thursday 25.02.2027 minus 24 days: Monday 01.02.2027.
        (date(2027, 2, 25), 24, date(2027, 2, 1)),
        # Tuesday minus 24 days: Saturday, so the Friday before; Wednesday: Sunday likewise.
        (date(2027, 2, 23), 24, date(2027, 1, 29)),
        (date(2027, 2, 24), 24, date(2027, 1, 29)),
        (date(2027, 2, 25), 0, date(2027, 2, 25)),
    ],
)
def test_the_day_by_which_a_paper_is_finished(session: date, days: int, last: date) -> None:
    assert editorial_day(session, days) == last
    assert last.weekday() < 5


def test_the_order_of_anlagen_is_the_package_of_the_note() -> None:
    shown = [(each.number, each.document) for each in paper_content().attachments]
    assert shown == [(1, "kurzfassung"), (2, "ergebnis"), (3, "massnahmen"), (4, "methodik"),
                     (5, "sicherheit")]  # fmt: skip
    assert [each.number for each in paper_content().attachments if each.closed] == [5]


@pytest.mark.parametrize(
    ("model", "change", "said"),
    [
        (BodyContent, lambda c: c["lands"].update({"17": {}}), "lands"),
        (BodyContent, lambda c: c["lands"]["05"].pop("sonst"), "Land 05"),
        (BodyContent, lambda c: c["nouns"].update(rat="x"), "nouns.rat"),
        (PaperContent, lambda c: c["presets"]["beschluss-zuerst"].pop(), "beschluss-zuerst"),
        (PaperContent, lambda c: c["headings"].pop("klima"), "klima"),
        (GenderContent, lambda c: c["words"]["staff"].pop("stern"), "staff"),
    ],
)
def test_a_wrong_content_file_is_refused_with_its_place(model, change, said) -> None:
    name = {BodyContent: "bodies.yaml", PaperContent: "paper.yaml", GenderContent: "gender.yaml"}
    file = name[model]
    data = Tree(data_path("council", file).read_text(encoding="utf-8"), file).data
    change(data)
    with pytest.raises(InputRefused, match=said) as caught:
        read_content(model, json.dumps(data), file)
    assert caught.value.code == "COUNCIL_INVALID"
    assert str(caught.value).startswith(f"{file}: ")
