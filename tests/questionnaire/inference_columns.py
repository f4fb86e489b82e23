"""Source columns built by hand, as the import would hand them to the inference."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from assessment.questionnaire.inference import ProposedQuestionnaire, propose_questionnaire
from assessment.questionnaire.model import Item
from assessment.source_column import Part, SourceColumn
from assessment.table import CellValue, Column


def column(
    values: Sequence[CellValue],
    header: str = "Frage",
    *,
    position: int = 1,
    code: str = "",
    sub: str = "",
    question: str = "",
    option: str = "",
    part: Part = Part.ANSWER,
    value_labels: Mapping[CellValue, str] | None = None,
    missing: frozenset[CellValue] = frozenset(),
) -> SourceColumn:
    """One column with its cells written out row by row."""
    distinct: list[CellValue] = []
    index: dict[tuple[type, Any], int] = {}
    codes = []
    for value in values:
        key = (type(value), value)
        if key not in index:
            index[key] = len(distinct)
            distinct.append(value)
        codes.append(index[key])
    table = Column(
        position,
        tuple(distinct),
        np.array(codes, dtype=np.int32),
        value_labels=value_labels or {},
        missing=missing,
    )
    return SourceColumn(table, header, code, sub, question, option, part)


def columns(table: Mapping[str, Sequence[CellValue]], **common: Any) -> list[SourceColumn]:
    """One column per header, numbered from 1."""
    return [
        column(values, header, position=position, **common)
        for position, (header, values) in enumerate(table.items(), 1)
    ]


def battery(
    options: Mapping[str, Sequence[CellValue]], question: str, start: int = 1
) -> list[SourceColumn]:
    """The columns of one question, one per option or row."""
    return [
        column(values, f"{question} [{name}]", position=position, question=question, option=name)
        for position, (name, values) in enumerate(options.items(), start)
    ]


def propose_one(source: SourceColumn) -> Item:
    """The only item proposed for a single column."""
    proposed = propose_questionnaire([source], "Test")
    (item,) = proposed.questionnaire.items
    return item


def labels(item: Item) -> list[str]:
    """Option labels in order."""
    return [option.label for option in item.options]


def kinds(proposed: ProposedQuestionnaire) -> dict[str, str]:
    """Item id → kind."""
    return {item.id: item.kind.value for item in proposed.questionnaire.items}
