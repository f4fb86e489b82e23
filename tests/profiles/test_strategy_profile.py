"""A strategy half written: states in words, projects by name, what is still open."""

import json
from datetime import date

from measure_cases import CATALOGUE
from profile_cases import NEVER, texts_in

from assessment.measures.plan_types import (
    BlockState,
    BlockStrategy,
    FieldStrategy,
    MunicipalityPlan,
    PlannedMeasure,
    StrategyFrame,
)
from assessment.measures.strategy import strategy_content
from assessment.profiles.strategy_profile import block_shown, strategy_profile

FULL = FieldStrategy(
    goal="Alle Schulen sind angebunden.",
    starting_point="Drei von fünf.",
    challenges="Fachkräfte",
    chances="Förderung",
    projects=("M3", "E1", "Elternabende online"),
)


def plan(**strategy) -> MunicipalityPlan:
    return MunicipalityPlan(
        municipality="01000001",
        name="Musterstadt",
        begins=date(2027, 1, 1),
        measures=(PlannedMeasure(id="E1", own_title="Lernplattform"),),
        strategy=StrategyFrame(**strategy),
    )


def profile(**strategy):
    return strategy_profile(plan(**strategy), CATALOGUE, "Musterstadt")


def test_an_empty_strategy_says_what_is_open():
    found = profile()
    assert found.parts == (
        "Leitsätze fehlen noch.",
        f"0 von {len(found.fields)} Handlungsfeldern haben ein Ziel.",
        "0 von 8 Bausteinen sind beschlossen.",
        "Formate der Beteiligung sind noch nicht gewählt.",
    )
    assert len(found.fields) == 10
    assert {field.state for field in found.fields} == {"○ noch leer"}


def test_a_field_names_its_projects_and_what_is_missing():
    found = profile(fields={"HF01": FULL, "HF02": FieldStrategy(goal="Alles online.")})
    first, second = found.fields[:2]
    assert first.state == "✔ vollständig"
    assert [(project.id, project.title) for project in first.projects] == [
        ("M3", "Maßnahme M3"), ("E1", "Lernplattform"), ("", "Elternabende online"),
    ]  # fmt: skip
    assert second.state == "◇ offen: Ausgangslage, Herausforderungen, Chancen, Projekte"
    assert all(field.questions["goal"].endswith("?") for field in found.fields)
    assert found.parts[1].startswith("2 von 10")


def test_fields_outside_the_responsibility_are_left_out():
    found = strategy_profile(plan(), CATALOGUE, "Musterstadt", outside={"HF03"})
    assert [field.id for field in found.fields if field.id == "HF03"] == []
    assert len(found.fields) == 9


def test_vision_counts_its_statements_and_asks_for_the_year():
    assert profile(vision=("Eins.",)).parts[0] == "1 Leitsatz; das Zieljahr fehlt noch."
    done = profile(vision=("Eins.", "Zwei."), target_year=2035)
    assert done.parts[0] == "2 Leitsätze bis 2035."


def test_states_of_blocks_have_their_own_symbols_and_count_only_decisions():
    shown = [block_shown(state) for state in (None, *BlockState)]
    assert len({words.split()[0] for words in shown}) == len(shown)
    found = profile(
        blocks={
            "SB1": BlockStrategy(state=BlockState.APPLIED, note="Beschluss 2026"),
            "SB2": BlockStrategy(state=BlockState.DRAFT),
        }
    )
    assert found.parts[2] == "1 von 8 Bausteinen ist beschlossen."
    assert found.blocks[0].note == "Beschluss 2026"
    assert found.blocks[1].state_shown == "◆ Entwurf liegt vor"


def test_formats_are_those_of_the_content_and_own_ones():
    known = strategy_content().formats[0]
    found = profile(participation=(known.id, "Stammtisch"))
    assert found.formats[0].chosen
    assert sum(each.chosen for each in found.formats) == 1
    assert found.own_formats == ("Stammtisch",)
    assert found.parts[3] == "2 Formate der Beteiligung sind gewählt."


def test_examples_name_their_source():
    for example in profile().examples:
        assert example.statements
        assert len(example.source) > 8
        assert example.year.isdigit()


def test_plain_and_decent():
    plain = profile(fields={"HF01": FULL}).as_dict()
    assert json.dumps(plain)
    own_words = set(texts_in(plain["examples"]))  # quotations stay as they were published
    assert [t for t in texts_in(plain) if NEVER.search(t) and t not in own_words] == []


def test_the_block_of_the_plan_says_what_the_roadmap_holds():
    by_id = {block.id: block.planned for block in profile().blocks}
    assert by_id["SB3"] == "Die Roadmap enthält 1 Maßnahme."
    assert {text for name, text in by_id.items() if name != "SB3"} == {""}
