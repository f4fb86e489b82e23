"""The strategy frame: content with sources, prefilled from own answers only."""

from collections.abc import Mapping
from datetime import date

import pytest
import yaml
from small_catalogue import catalogue, measure
from survey_builder import Cell, build_survey

from assessment.content import data_path
from assessment.measures.advice_types import Advice, Priority, PriorityClass, Recommendation
from assessment.measures.model import Catalogue, Measure
from assessment.measures.plan_file import plan_to_yaml, read_plan
from assessment.measures.plan_types import (
    BlockState,
    BlockStrategy,
    FieldStrategy,
    MunicipalityPlan,
    PlannedMeasure,
    StrategyFrame,
)
from assessment.measures.strategy import (
    completeness,
    new_plan,
    prefilled_strategy,
    strategy_frame,
    suggested_plan,
)
from assessment.measures.strategy_content import FILE, read_strategy_content
from assessment.questionnaire.default import default_questionnaire
from assessment.questionnaire.model import Item, ItemKind, Option, Questionnaire
from assessment.remarks import InputRefused
from assessment.survey import AnswerStatus, Survey

KEY = "01051044"
OWN = {"source": "eigen"}
GENDER_SIGNS = ("*innen", ":innen", "_innen", "/innen", "Innen")


def survey_of(answers: Mapping[str, Cell]) -> Survey:
    return build_survey(default_questionnaire(), {KEY: answers}, names={KEY: "Heide"})


def content_text() -> str:
    return data_path("measures", FILE).read_text(encoding="utf-8")


def test_content_covers_the_questionnaire_and_names_its_sources() -> None:
    content, questionnaire = strategy_frame(), default_questionnaire()
    assert [part.id for part in content.fields] == [f"HF{n:02}" for n in range(1, 11)]
    assert [part.id for part in content.blocks] == [f"SB{n}" for n in range(1, 9)]
    for part in (*content.fields, *content.blocks):
        assert questionnaire.dimension_by_id[part.id].name == part.name
    for source in (content.field_source, content.question_source, content.block_source):
        assert content.source_text(source)
    ticks = {(part.item, part.code): part.name for part in content.formats if part.item}
    options = questionnaire["G01"].answer_options
    assert ticks == {("G01", option.code): option.label for option in options}
    assert {example.municipality for example in content.visions} >= {"Kreis Dithmarschen"}
    assert all(example.note.startswith("Beispiel") for example in content.visions)


def test_content_is_german_without_gender_signs() -> None:
    text = content_text()
    assert not [sign for sign in GENDER_SIGNS if sign in text]
    for part in strategy_frame().fields:
        assert all(question.endswith("?") for _, question in part.questions)


@pytest.mark.parametrize(
    ("change", "hint"),
    [
        ({"block_source": "nirgends"}, "Die Quelle „nirgends“"),
        ({"fields": []}, "fields"),
        ({"colour": "x"}, "colour"),
        (
            {
                "formats": [
                    {"id": "a", "name": "A", "description": "x", "source": "eigen", "item": "G"}
                ]
            },
            "gehören zusammen",
        ),
    ],
)
def test_wrong_content_is_refused(change: dict[str, object], hint: str) -> None:
    data = yaml.safe_load(content_text()) | change
    with pytest.raises(InputRefused, match=hint) as caught:
        read_strategy_content(yaml.safe_dump(data, allow_unicode=True), "rahmen.yaml")
    assert caught.value.code == "STRATEGY_INVALID"


def test_doubled_parts_are_refused() -> None:
    data = yaml.safe_load(content_text())
    data["blocks"].append(dict(data["blocks"][0], belongs=["x"]))
    with pytest.raises(InputRefused, match="„SB1“ steht zweimal da"):
        read_strategy_content(yaml.safe_dump(data, allow_unicode=True), "rahmen.yaml")


def test_prefilled_from_own_answers_only() -> None:
    survey = survey_of(
        {
            "C01": "2",
            "C02": AnswerStatus.DONT_KNOW,
            "C03": AnswerStatus.NOT_APPLICABLE,
            "C04": None,
            "F01": "4",
            "F02": "0",
            "F03": AnswerStatus.DONT_KNOW,
            "F04": None,
            "G01": "a;d",
        }
    )
    levels = {"HF01": 2, "HF02": None, "HF03": None, "HF04": None, "HF05": None, "MF01": 3}
    frame = prefilled_strategy(survey, KEY, levels)
    assert {name: own.starting_point for name, own in frame.fields.items()} == {
        "HF01": "Selbstauskunft: Stufe 2 – einzelne Einrichtungen sind ausgestattet oder erproben "
        "Angebote",
        "HF02": "Selbstauskunft: Stand nicht bekannt, bitte klären",
        "HF03": "Selbstauskunft: nicht in eigener Zuständigkeit",
    }
    assert {name: block.state for name, block in frame.blocks.items()} == {
        "SB1": BlockState.APPLIED,
        "SB2": BlockState.NONE,
    }
    assert frame.participation == ("Online-Befragung", "Beirat oder Begleitgremium")
    assert frame.vision == ()
    assert all(
        not (own.goal or own.challenges or own.chances or own.projects)
        for own in frame.fields.values()
    )


@pytest.mark.parametrize("ticks", ["x", "", None, AnswerStatus.DONT_KNOW])
def test_no_format_without_a_tick(ticks: Cell) -> None:
    assert prefilled_strategy(survey_of({"C01": "1", "G01": ticks}), KEY, {}).participation == ()


def test_another_questionnaire_prefills_nothing() -> None:
    other = Questionnaire(
        id="other",
        version="1",
        title="Anders",
        items=(
            Item(
                id="G01",
                text="?",
                kind=ItemKind.MULTIPLE,
                options=(Option(code="a", label="Fahrrad"),),
            ),
        ),
    )
    survey = build_survey(other, {"Zeile 3": {"G01": "a"}})
    plan = new_plan(survey, "Zeile 3", catalogue(measure("A")), date(2027, 1, 1), {"HF01": 2})
    assert plan.strategy == StrategyFrame()
    assert plan.name == "Zeile 3"


def test_a_new_plan_knows_where_it_comes_from_and_can_be_saved() -> None:
    survey = survey_of({"C01": "2", "F01": "3"})
    plan = new_plan(
        survey, KEY, catalogue(measure("A")), date(2027, 1, 1), {"HF01": 2}, targets={"HF01": 3}
    )
    assert (plan.municipality, plan.name) == (KEY, "Heide")
    assert (plan.catalogue_id, plan.catalogue_version) == ("probe", "1")
    assert plan.questionnaire_version == default_questionnaire().version
    assert plan.targets == {"HF01": 3}
    assert plan.measures == ()
    assert read_plan(plan_to_yaml(plan).encode(), "p.yaml", expected_key=KEY) == plan


def advice_on(known: Catalogue) -> Advice:
    def recommendation(one: Measure) -> Recommendation:
        priority = Priority(1.0, None, 1, "", 2, 0.5, PriorityClass.LOW, "")
        return Recommendation(one, one.dimension, 0, 1, priority, (), False, False, (), "", "")

    return Advice(
        tuple(recommendation(one) for one in known.measures), (), (), "", known.id, known.version
    )


def test_suggestions_are_taken_over_in_their_order() -> None:
    known = catalogue(measure("C"), measure("A"), measure("B"))
    plan = MunicipalityPlan(
        municipality="1", name="x", measures=(PlannedMeasure(id="A", owner="Schulamt"),)
    )
    taken = suggested_plan(advice_on(known), plan, 2)
    assert [(p.id, p.owner) for p in taken.measures] == [
        ("A", "Schulamt"),
        ("C", "Hauptamt"),
        ("B", "Hauptamt"),
    ]
    assert (taken.catalogue_id, taken.catalogue_version) == ("probe", "1")
    assert suggested_plan(advice_on(known), plan, -1).measures == plan.measures
    assert len(suggested_plan(advice_on(known), taken, 5).measures) == 3


def test_completeness_names_what_is_empty() -> None:
    plan = MunicipalityPlan(municipality="1", name="x")
    empty = completeness(plan)
    # 2 of the vision, 10 × 5 of the fields, 8 blocks, formats, targets, measures.
    assert (empty.filled, empty.of) == (0, 63)
    # In the words of the tabs.
    assert empty.sentence == (
        "0 von 63 Teilen der Strategie sind ausgefüllt. Noch leer: Leitbild, 10 Handlungsfelder, "
        "8 Bausteine, Beteiligung, Zielstufen, Roadmap."
    )
    assert completeness(plan, outside=["HF03"]).of == 58
    begun = MunicipalityPlan(
        municipality="1",
        name="x",
        strategy=StrategyFrame(
            vision=("Ziel",),
            fields={"HF01": FieldStrategy(goal="Lernen", chances="Volkshochschule")},
            blocks={"SB2": BlockStrategy(state=BlockState.NONE)},
        ),
    )
    parts = {part.id: part for part in completeness(begun).parts}
    assert parts["vision"].missing == ("Zieljahr",)
    assert parts["HF01"].missing == ("Ausgangslage", "Herausforderungen", "Projekte")
    # „nicht vorhanden“ is an answer.
    assert parts["SB2"].filled == 1
    assert parts["SB3"].filled == 0


def test_what_roadmap_and_targets_hold_counts_in_the_strategy() -> None:
    plan = MunicipalityPlan(
        municipality="1", name="x", measures=(PlannedMeasure(id="A"),), targets={"HF01": 3}
    )
    parts = {part.id: part for part in completeness(plan).parts}
    # A roadmap with measures is the building block „Maßnahmenplan“.
    assert [parts[name].filled for name in ("SB3", "targets", "roadmap")] == [1, 1, 1]
    assert completeness(plan).sentence.endswith(
        "Noch leer: Leitbild, 10 Handlungsfelder, 7 Bausteine, Beteiligung."
    )


def test_a_complete_strategy_is_said_to_be() -> None:
    content = strategy_frame()
    whole = FieldStrategy(
        goal="a", starting_point="b", challenges="c", chances="d", projects=("e",)
    )
    plan = MunicipalityPlan(
        municipality="1",
        name="x",
        measures=(PlannedMeasure(id="A"),),
        targets={"HF01": 3},
        strategy=StrategyFrame(
            vision=("v",),
            target_year=2035,
            fields={part.id: whole for part in content.fields},
            blocks={part.id: BlockStrategy(state=BlockState.DRAFT) for part in content.blocks},
            participation=("Beirat",),
        ),
    )
    assert completeness(plan).sentence == "Alle Teile der Strategie sind ausgefüllt."
