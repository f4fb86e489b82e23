"""The questionnaire as a table from which every figure can be worked out again."""

from collections.abc import Iterable, Iterator

from assessment.german import format_number, format_percent
from assessment.profiles.texts import sentence
from assessment.questionnaire.model import (
    Dimension,
    Item,
    ItemKind,
    OptionKind,
    Questionnaire,
    ScoringRule,
)
from assessment.reports.workbook_sheets import Cell, CellKind, SheetColumn, SheetTable
from assessment.scoring.item_points import points_of_answer
from assessment.scoring.levels import LEVELS
from assessment.scoring.scores import MINIMUM_COVERAGE

CODEBOOK_COLUMNS = (
    SheetColumn("Ebene", 10),
    SheetColumn("Feld", 9),
    SheetColumn("Frage", 9),
    SheetColumn("Antwort", 10),
    SheetColumn("Wortlaut", 70, CellKind.LONG),
    SheetColumn("Art", 24),
    SheetColumn("Gewicht", 10, CellKind.POINTS),
    SheetColumn("Punkte (0–100)", 10, CellKind.POINTS),
    SheetColumn("Rechenregel", 80, CellKind.LONG),
    SheetColumn("vertraulich", 11),
)

KINDS = {
    ItemKind.SINGLE: "eine Antwort",
    ItemKind.RATING: "Skala",
    ItemKind.LEVEL: "Stufen",
    ItemKind.MULTIPLE: "mehrere Antworten",
    ItemKind.RANKING: "Reihenfolge",
    ItemKind.INTEGER: "ganze Zahl",
    ItemKind.DECIMAL: "Zahl",
    ItemKind.DATE: "Datum",
    ItemKind.TEXT: "Text",
    ItemKind.KEY: "Schlüssel",
    ItemKind.NAME: "Name",
    ItemKind.CONTACT: "Kontakt",
}
OPTION_KINDS = {
    OptionKind.ANSWER: "Antwort",
    OptionKind.NONE_OF_THESE: "nichts davon",
    OptionKind.DONT_KNOW: "weiß nicht",
    OptionKind.NOT_APPLICABLE: "nicht zuständig",
}


def codebook_table(questionnaire: Questionnaire) -> SheetTable:
    """Fields with their formula, then all questions, each followed by its options."""
    rows: list[tuple[Cell, ...]] = []
    for dimension in questionnaire.dimensions:
        rows.append(
            (
                "Feld",
                dimension.id,
                "",
                "",
                dimension.name,
                questionnaire.blocks.get(dimension.block, dimension.block),
                dimension.weight if dimension.parent else None,
                None,
                field_formula(questionnaire, dimension),
                "",
            )
        )
    for item in questionnaire.items:
        rows.append(
            (
                "Frage",
                item.dimension or "",
                item.id,
                "",
                item.text,
                KINDS[item.kind],
                item.weight if item.scoring is not ScoringRule.NONE else None,
                None,
                item_formula(item),
                "ja" if item.sensitive else "",
            )
        )
        rows += _options(item)
    note = sentence("results_sheet.codebook")
    return SheetTable("Codebuch", CODEBOOK_COLUMNS, tuple(rows), note)


def field_formula(questionnaire: Questionnaire, dimension: Dimension) -> str:
    """How a field's points and level come about; ``""`` for a field without scored questions."""
    parts = list(_weighted(questionnaire, dimension, 1.0))
    if not parts:
        return ""
    named = " + ".join(
        sentence("formula.part", weight=_number(weight), item=item.id) for item, weight in parts
    )
    total = _number(sum(weight for _, weight in parts))
    said = [sentence("formula.field", sum=f"({named}) ÷ {total}")]
    own = [item for item, _ in parts]
    single = len(own) == 1 and own[0].kind is ItemKind.LEVEL
    is_level = single and len(own[0].answer_options) == LEVELS
    if is_level:
        said.append(sentence("formula.level_item"))
    said += [
        sentence("formula.gate", level=gate.level, item=gate.item, points=_number(gate.points))
        for gate in dimension.gates
    ]
    return " ".join(said)


def general_rules() -> tuple[str, ...]:
    """What holds for every field: points, levels, open answers."""
    least = format_percent(MINIMUM_COVERAGE)
    names = ("rule", "status", "levels", "open")
    return tuple(sentence(f"formula.{name}", least=least) for name in names)


def item_formula(item: Item) -> str:
    """How an answer becomes points 0–100."""
    if item.scoring is ScoringRule.NONE or not item.dimension or not item.weight:
        return sentence("formula.none")
    points = [max(option.points or 0.0, 0.0) for option in item.options]
    if item.scoring is ScoringRule.POINTS:
        best = item.max_points if item.max_points is not None else max(points, default=0.0)
        return sentence("formula.points", best=_number(best))
    weighed = any(option.points is not None for option in item.answer_options)
    if weighed:
        best = item.max_points if item.max_points is not None else sum(points)
        return sentence("formula.share_points", best=_number(best))
    count = item.max_points if item.max_points is not None else len(item.answer_options)
    return sentence("formula.share_count", best=_number(count))


def _options(item: Item) -> Iterator[tuple[Cell, ...]]:
    scored = item.scoring is not ScoringRule.NONE
    for option in item.options:
        value = points_of_answer(item, option.code) if scored else float("nan")
        yield (
            "Antwort",
            item.dimension or "",
            item.id,
            option.code,
            option.label,
            OPTION_KINDS[option.kind],
            None,
            round(value, 6) if value == value else None,
            "",
            "ja" if item.sensitive else "",
        )


def _weighted(
    questionnaire: Questionnaire, dimension: Dimension, factor: float
) -> Iterable[tuple[Item, float]]:
    """Questions of a field and of the fields below it, with the weight they have here."""
    for item in questionnaire.scored_items(dimension.id):
        yield item, item.weight * factor
    for below in questionnaire.dimensions:
        if below.parent == dimension.id and below.id != dimension.id:
            yield from _weighted(questionnaire, below, factor * below.weight)


def _number(value: float) -> str:
    text = format_number(value, 2)
    return text.rstrip("0").rstrip(",") if "," in text else text
