"""A questionnaire in Excel: filled in with one municipality's answers, or empty to hand out.

It can be edited and read in again (``importing.dialects.answers_workbook`` knows the layout): a
round trip changes no answer. Texts stay texts, the lists to choose from stand on a visible sheet.
"""

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
import xlsxwriter

from assessment.german import fold
from assessment.importing.dialects.answers_workbook import ANSWER, CODE, MARK, NOT_ASKED, QUESTION
from assessment.importing.option_lists import NOTHING_TICKED
from assessment.profiles.texts import sentence
from assessment.questionnaire.model import (
    Item,
    ItemKind,
    Option,
    OptionKind,
    Questionnaire,
)
from assessment.reports.ledger_workbook import SIMULATED
from assessment.reports.workbook_sheets import (
    LINE_HEIGHT,
    OPTIONS,
    Cell,
    lines_of,
    set_properties,
    write_cell,
)
from assessment.survey import AnswerStatus, Survey
from assessment.table import column_letter

SHEET, LISTS = "Fragebogen", "Werte zur Auswahl"
SEPARATOR = "; "
HINT = "Hinweis"
DONT_KNOW, NOT_APPLICABLE = "weiß nicht", "nicht zuständig"
WIDTHS = (9, 62, 46, 80)
_SEVERAL = (ItemKind.MULTIPLE, ItemKind.RANKING)
_ONE = (ItemKind.SINGLE, ItemKind.RATING, ItemKind.LEVEL)
_STATUS_WORDS = {
    AnswerStatus.DONT_KNOW: (OptionKind.DONT_KNOW, DONT_KNOW),
    AnswerStatus.NOT_APPLICABLE: (OptionKind.NOT_APPLICABLE, NOT_APPLICABLE),
}
_CREATED = date(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class _Line:
    """One row of the sheet; a heading has no code."""

    code: str
    text: str
    answer: Cell
    hint: str
    item: Item | None = None


def answers_workbook(survey: Survey, key: str | None) -> bytes:
    """One municipality's answers as a questionnaire that can be changed and read in again.

    It holds the questions of the file the answers came from, contact data never. ``None``: the
    empty questionnaire, with all questions. Raises ``KeyError`` for an unknown key.
    """
    if key is None:
        return empty_questionnaire(survey.questionnaire)
    row = survey.rows[key]
    book = survey.questionnaire
    items = [item for item in book.items if item.id in survey.answers.columns]
    cells = {item.id: _cell(survey, row, item) for item in items}
    unusable = {
        item.id
        for item in items
        if survey.status.iat[row, survey.status.columns.get_loc(item.id)] >= AnswerStatus.INVALID
    }
    name = survey.name_of(key)
    said = [sentence("answers_sheet.who", name=name, file=survey.provenance.file_name)]
    if survey.simulated:
        said.append(SIMULATED)
    day = survey.reference_date or _CREATED
    title = sentence("answers_sheet.title", name=name)
    return _workbook(book, items, cells, unusable, said, title, day)


def empty_questionnaire(questionnaire: Questionnaire) -> bytes:
    """The same without answers, to hand out."""
    said = [sentence("answers_sheet.who_empty", title=questionnaire.title)]
    title = sentence("answers_sheet.title_empty")
    return _workbook(questionnaire, list(questionnaire.items), {}, set(), said, title, _CREATED)


def _workbook(
    book: Questionnaire,
    items: list[Item],
    cells: Mapping[str, Cell],
    unusable: set[str],
    said: list[str],
    title: str,
    day: date,
) -> bytes:
    """``day`` only dates the properties: the clock is never asked."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, OPTIONS) as made:
        set_properties(made, title, day)
        looks = _looks(made)
        sheet = made.add_worksheet(SHEET)
        lists = _Lists(made, looks)
        for place, width in enumerate(WIDTHS):
            sheet.set_column(place, place, width)
        mark = sentence("answers_sheet.mark", mark=MARK, id=book.id, version=book.version)
        sheet.write_string(0, 0, mark, looks["title"])
        steps = ("how_answer", "how_many", "how_status", "how_code", "how_import")
        above = [*said, *(sentence(f"answers_sheet.{step}") for step in steps)]
        for line, text in enumerate(above, 1):
            write_cell(sheet, line, 0, text, looks["note"])
        header = len(above) + 2
        for place, name in enumerate((CODE, QUESTION, ANSWER, HINT)):
            sheet.write_string(header, place, name, looks["head"])
        for number, line in enumerate(_lines(items, cells, unusable), header + 1):
            _write(sheet, number, line, looks)
            if line.item is not None and line.item.kind in _ONE:
                sheet.data_validation(
                    number,
                    2,
                    number,
                    2,
                    {
                        "validate": "list",
                        "source": lists.source(line.item),
                        # A code or a status in other words is read as well.
                        "error_type": "warning",
                    },
                )
        sheet.freeze_panes(header + 1, 3)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(header)
    return buffer.getvalue()


def _lines(items: list[Item], cells: Mapping[str, Cell], unusable: set[str]) -> Iterator[_Line]:
    section = None
    for item in items:
        if item.kind is ItemKind.CONTACT:
            continue
        if item.section != section:
            section = item.section
            if section:
                yield _Line("", section, None, "")
        hint = _hint(item)
        if item.id in unusable:
            hint = f"{sentence('answers_sheet.unusable')} {hint}"
        yield _Line(item.id, item.text, cells.get(item.id), hint, item)


def _write(sheet: Any, number: int, line: _Line, looks: Mapping[str, Any]) -> None:
    if line.item is None:
        for place in range(len(WIDTHS)):
            sheet.write_blank(number, place, None, looks["section"])
        write_cell(sheet, number, 1, line.text, looks["section"])
        return
    texts = (line.text, str(line.answer or ""), line.hint)
    lines = max(lines_of(text, WIDTHS[place]) for place, text in enumerate(texts, 1))
    sheet.set_row(number, min(lines * LINE_HEIGHT, 400))
    write_cell(sheet, number, 0, line.code, looks["code"])
    write_cell(sheet, number, 1, line.text, looks["text"])
    look = looks["day" if line.item.kind is ItemKind.DATE else "answer"]
    if line.answer is None or line.answer == "":
        sheet.write_blank(number, 2, None, look)
    else:
        write_cell(sheet, number, 2, line.answer, look)
    write_cell(sheet, number, 3, line.hint, looks["hint"])


def _looks(book: Any) -> dict[str, Any]:
    plain = {"valign": "top", "text_wrap": True}
    entry = {**plain, "bg_color": "#FBF7E6", "border": 1, "border_color": "#B8B098"}
    return {
        "title": book.add_format({"bold": True, "font_size": 14}),
        "note": book.add_format({"font_color": "#3C4650"}),
        "head": book.add_format({"bold": True, "bg_color": "#E8EDF2", "bottom": 1}),
        "section": book.add_format({"bold": True, "bg_color": "#F1F4F7"}),
        "code": book.add_format({"valign": "top", "font_color": "#54606C"}),
        "text": book.add_format(plain),
        "hint": book.add_format({**plain, "font_color": "#54606C", "indent": 1}),
        "answer": book.add_format({**entry, "align": "left"}),
        "day": book.add_format({**entry, "num_format": "dd.mm.yyyy", "align": "left"}),
    }


class _Lists:
    """The sheet with the answers to choose from, one column per different list."""

    def __init__(self, book: Any, looks: Mapping[str, Any]) -> None:
        self.sheet = book.add_worksheet(LISTS)
        self.looks = looks
        self.known: dict[tuple[str, ...], str] = {}

    def source(self, item: Item) -> str:
        """Where the list of an item stands, as a reference for the validation."""
        words = tuple(_choices(item))
        if words not in self.known:
            place = len(self.known)
            self.sheet.set_column(place, place, 40)
            self.sheet.write_string(0, place, item.id, self.looks["head"])
            for line, word in enumerate(words, 1):
                write_cell(self.sheet, line, place, word, self.looks["text"])
            letter = column_letter(place + 1)
            self.known[words] = f"='{LISTS}'!${letter}$2:${letter}${len(words) + 1}"
        return self.known[words]


def _choices(item: Item) -> list[str]:
    """Options in their words, and the two statuses where no option says the same."""
    kinds = {option.kind for option in item.options}
    more = [word for kind, word in _STATUS_WORDS.values() if kind not in kinds]
    return [*(_word(item, option) for option in item.options), *more]


def _word(item: Item, option: Option) -> str:
    """An option's label; its code where another option has the same, or it would be cut in two."""
    alike = sum(fold(other.label) == fold(option.label) for other in item.options) > 1
    codes = {fold(other.code) for other in item.options if other is not option}
    parted = item.kind in _SEVERAL and any(sign in option.label for sign in ";|\n")
    clear = option.label.strip() and not alike and fold(option.label) not in codes and not parted
    return option.label if clear else option.code


def _hint(item: Item) -> str:
    said = [item.help] if item.help else []
    words = ", ".join(f"„{word}“" for word in _choices(item)) if item.kind.coded else ""
    if item.kind in _ONE:
        said.append(sentence("answers_sheet.options_one", options=words))
    elif item.kind is ItemKind.MULTIPLE:
        said.append(sentence("answers_sheet.options_many", options=words))
    elif item.kind is ItemKind.RANKING and item.picks:
        said.append(sentence("answers_sheet.options_ranking", picks=item.picks, options=words))
    elif item.kind is ItemKind.RANKING:
        said.append(sentence("answers_sheet.options_ranking_all", options=words))
    plain = {
        ItemKind.INTEGER: "whole",
        ItemKind.DECIMAL: "number",
        ItemKind.DATE: "day",
        ItemKind.KEY: "key",
    }
    if item.kind in plain:
        said.append(sentence(f"answers_sheet.{plain[item.kind]}"))
    if item.sensitive:
        said.append(sentence("answers_sheet.confidential"))
    return " ".join(said)


def _cell(survey: Survey, row: int, item: Item) -> Cell:
    """What stands in the answer cell; ``None`` for an empty one."""
    status = AnswerStatus(int(survey.status.iat[row, survey.status.columns.get_loc(item.id)]))
    if status in _STATUS_WORDS:
        kind, word = _STATUS_WORDS[status]
        own = next((option for option in item.options if option.kind is kind), None)
        return _word(item, own) if own is not None else word
    if status is AnswerStatus.NOT_ASKED:
        # An unmet condition is found again when the file is read.
        return None if item.condition else NOT_ASKED
    if status is not AnswerStatus.ANSWERED:
        return None
    value = survey.answers.iat[row, survey.answers.columns.get_loc(item.id)]
    if not item.kind.coded:
        return _plain(value)
    codes = [code for code in str(value).split(";") if code]
    if not codes:
        return NOTHING_TICKED
    options = item.option_by_code
    return SEPARATOR.join(_word(item, options[code]) if code in options else code for code in codes)


def _plain(value: Any) -> Cell:
    if isinstance(value, pd.Timestamp):
        return value.date()
    if isinstance(value, float):
        return int(value) if value.is_integer() else value
    return str(value)
