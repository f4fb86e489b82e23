"""Read an XLSForm (survey, choices, settings) from opened sheets, workbook or CSV pair alike.

Also reads the flattened form in which KoboToolbox projects are published (``$kuid``,
``select_from_list_name`` and ``NA`` for empty cells).
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from assessment.german import fold
from assessment.questionnaire.codebook import ReadCodebook
from assessment.questionnaire.model import ItemKind, OptionKind, Questionnaire
from assessment.questionnaire.problems import describe, first_problem, refuse
from assessment.questionnaire.sheet_table import Row, SheetTable, find_sheet, read_table
from assessment.questionnaire.xlsform_expression import conditions_of, limits_of
from assessment.questionnaire.xlsform_layout import (
    CHOICES,
    KEPT,
    KEPT_COLUMNS,
    KIND_OF_TYPE,
    LANGUAGE,
    LIKERT,
    METADATA_TYPES,
    MULTILINE,
    OTHER_LABEL,
    OTHER_OPTION,
    SETTINGS,
    SURVEY,
    language_code,
)
from assessment.questionnaire.xlsform_writing import XlsformCsv, write_xlsform, write_xlsform_csv
from assessment.table import Sheet

__all__ = ["XlsformCsv", "is_xlsform", "read_xlsform", "write_xlsform", "write_xlsform_csv"]

EMPTY_IN_R = "NA"
TRUE_WORDS = frozenset({"yes", "true", "true()", "1", "ja"})


def is_xlsform(sheets: Sequence[Sheet]) -> bool:
    """True if one of the sheets is an XLSForm survey sheet, by name or by its columns."""
    return _sheet_of(sheets, SURVEY, {"type", "name"}) is not None


def read_xlsform(sheets: Sequence[Sheet], name: str) -> ReadCodebook:
    """Read the sheets of an XLSForm; what it says beyond our model is in ``not_expressed``.

    Raises InputRefused (CODEBOOK_INVALID) naming file, sheet and row.
    """
    survey = _sheet_of(sheets, SURVEY, {"type", "name"})
    if survey is None:
        refuse(name, "Das Blatt „survey“ mit den Spalten „type“ und „name“ fehlt.")
    choices = _sheet_of(sheets, CHOICES, {"list_name", "name"})
    settings = find_sheet(sheets, SETTINGS)
    reading = _Reading(
        read_table(survey, name),
        read_table(choices, name) if choices else None,
        read_table(settings, name) if settings else None,
    )
    data = reading.questionnaire(name)
    try:
        questionnaire = Questionnaire.model_validate(data)
    except ValidationError as error:
        problem = first_problem(error)
        match problem["loc"]:
            case ("items", int() as index, *_rest):
                refuse(reading.places[index], describe(problem))
        refuse(name, describe(problem))
    return ReadCodebook(questionnaire, tuple(reading.not_expressed))


def _sheet_of(sheets: Sequence[Sheet], name: str, columns: set[str]) -> Sheet | None:
    """A sheet by its name or, as CSV files bear any name, by its header."""
    named = find_sheet(sheets, name)
    if named is not None:
        return named
    for sheet in sheets:
        headers = {str(column.cell(0)).strip().lower() for column in sheet.columns if sheet.n_rows}
        if columns <= headers and ("list_name" in columns) == ("list_name" in headers):
            return sheet
    return None


class _Reading:
    def __init__(
        self, survey: SheetTable, choices: SheetTable | None, settings: SheetTable | None
    ) -> None:
        self.survey = survey
        self.empties = {EMPTY_IN_R} if "$kuid" in survey.headers else set[str]()
        self.settings = settings.rows[0] if settings and settings.rows else Row("", {})
        self.not_expressed: list[str] = []
        self.places: list[str] = []
        self.asked: set[str] = set()
        self.default, self.language = self._languages()
        self.lists = self._choice_lists(choices)

    def questionnaire(self, file_name: str) -> dict[str, Any]:
        title = self._text(self.settings, "form_title")
        return {
            "id": "_".join(self._text(self.settings, "form_id").split()) or "xlsform",
            "version": self._text(self.settings, "version"),
            "title": title or file_name,
            "language": self.language,
            "items": self._items(),
        }

    def _languages(self) -> tuple[str, str]:
        """The suffix of the columns in the form's own language, and that language's code."""
        written = [
            found["language"]
            for header in self.survey.headers.values()
            if (found := LANGUAGE.fullmatch(header)) and found["column"].lower() == "label"
        ]
        wanted = self._text(self.settings, "default_language")
        plain = "label" in self.survey.headers
        chosen = next(
            (name for name in written if fold(name) == fold(wanted)),
            "" if plain else (written or [""])[0],
        )
        if plain and chosen == "":
            return "", language_code(wanted) or "de"
        return chosen, language_code(chosen)

    def _text(self, row: Row, column: str) -> str:
        text = row.get(fold(column))
        return "" if text in self.empties else text

    def _name(self, row: Row) -> str:
        """Question name; KoboToolbox leaves it to ``$autoname`` where nobody chose one."""
        return self._text(row, "name") or self._text(row, "$autoname")

    def _localised(self, row: Row, headers: Mapping[str, str], column: str) -> tuple[str, dict]:
        """The text of ``label`` or ``hint`` in the form's language, and by other language."""
        own, others = self._text(row, column), dict[str, str]()
        for folded, header in headers.items():
            found = LANGUAGE.fullmatch(header)
            if not found or found["column"].lower() != column:
                continue
            text = "" if row.get(folded) in self.empties else row.get(folded)
            if found["language"] == self.default:
                own = text or own
            elif text:
                others[language_code(found["language"])] = text
        return own, others

    def _choice_lists(self, choices: SheetTable | None) -> dict[str, list[dict[str, Any]]]:
        lists: dict[str, list[dict[str, Any]]] = {}
        for row in choices or ():
            list_name = self._text(row, "list_name") or self._text(row, "list name")
            if not list_name:
                continue
            label, labels = self._localised(row, choices.headers if choices else {}, "label")
            code = self._text(row, "name") or self._text(row, "value")
            option: dict[str, Any] = {"code": code, "label": label or code, "labels": labels}
            points = self._text(row, "points")
            if points:
                try:
                    option["points"] = float(points.replace(",", "."))
                except ValueError:
                    refuse(row.place, f"In der Spalte „points“ steht „{points}“ statt einer Zahl.")
            kind = self._text(row, "answer_kind")
            if kind:
                if kind not in set(OptionKind):
                    refuse(row.place, f"In der Spalte „answer_kind“ ist „{kind}“ unbekannt.")
                option["kind"] = kind
            option["improvement"] = self._text(row, "improvement")
            lists.setdefault(list_name, []).append(option)
        return lists

    def _items(self) -> list[dict[str, Any]]:
        items: list[dict[str, Any]] = []
        names = Counter(
            self._name(row)
            for row in self.survey
            if _asks(written := _type(self._text(row, "type")))
            and not written.startswith(("begin_", "end_"))
        )
        self.asked = {name for name, count in names.items() if count == 1}
        groups: list[str] = []
        path: list[str] = []
        skipped: dict[str, int] = {}
        for row in self.survey:
            kind = " ".join(self._text(row, "type").split())
            lowered = _type(kind)
            if lowered.startswith("begin_"):
                groups.append(self._localised(row, self.survey.headers, "label")[0])
                path.append(self._name(row))
                self._note_group(row, lowered)
            elif lowered.startswith("end_"):
                if not groups:
                    refuse(row.place, "Hier endet eine Gruppe, die nicht begonnen hat.")
                groups.pop()
                path.pop()
            elif not _asks(lowered):
                skipped[lowered] = skipped.get(lowered, 0) + 1
            else:
                item = self._item(row, kind, groups)
                if item["id"] not in self.asked and item["id"]:
                    # Names need to be unique in their group only; exports then show the path.
                    item["id"] = "/".join([*path, item["id"]])
                items.append(item)
                self.places.append(row.place)
        for kind, count in skipped.items():
            if kind:
                self.not_expressed.append(
                    f"{count}-mal „{kind}“: keine Frage, wird nicht übernommen."
                )
        return items

    def _note_group(self, row: Row, kind: str) -> None:
        if kind != "begin_group":
            self.not_expressed.append(
                f"{row.place}: Die Fragen aus „{kind}“ werden als einfache Fragen übernommen."
            )
        if self._text(row, "relevant"):
            self.not_expressed.append(
                f"{row.place}: Die Bedingung der ganzen Gruppe wird nicht ausgewertet."
            )

    def _item(self, row: Row, kind: str, groups: list[str]) -> dict[str, Any]:
        titled = [title for title in groups if title]
        text, texts = self._localised(row, self.survey.headers, "label")
        hint, hints = self._localised(row, self.survey.headers, "hint")
        item: dict[str, Any] = {
            "id": self._name(row),
            "text": text or self._name(row),
            "help": hint,
            "section": titled[0] if titled else "",
            "group": " / ".join(titled[1:]),
            "required": self._text(row, "required").strip().lower() in TRUE_WORDS,
            "translations": {
                language: {"text": texts.get(language, ""), "help": hints.get(language, "")}
                for language in dict.fromkeys([*texts, *hints])
            },
        }
        item |= self._kind(row, kind)
        kept = {
            column: value for column in KEPT_COLUMNS if (value := self._text(row, column).strip())
        }
        if "relevant" in kept:
            conditions = conditions_of(kept["relevant"])
            if conditions is not None and {entry["item"] for entry in conditions} <= self.asked:
                item["condition"] = conditions
                del kept["relevant"]
            else:
                self.not_expressed.append(
                    f"{row.place}: Die Bedingung „{kept['relevant']}“ wird aufbewahrt, aber nicht "
                    "ausgewertet."
                )
        if "constraint" in kept and (limits := limits_of(kept["constraint"])) is not None:
            item |= limits
            del kept["constraint"]
        elif "constraint" in kept:
            self.not_expressed.append(
                f"{row.place}: Die Einschränkung „{kept['constraint']}“ wird aufbewahrt, aber "
                "nicht ausgewertet."
            )
        if kept.get("appearance") == LIKERT and item["kind"] is ItemKind.SINGLE:
            item["kind"] = ItemKind.RATING
            del kept["appearance"]
        elif kept.get("appearance") == MULTILINE and (item.get("max_length") or 0) > 250:
            del kept["appearance"]
        item["attributes"] = {KEPT + column: value for column, value in kept.items()}
        return item

    def _kind(self, row: Row, written: str) -> dict[str, Any]:
        """Kind and options from a type such as ``select_one liste or_other``."""
        parts = written.split(" ")
        lowered = parts[0].lower()
        if lowered == "select" and len(parts) > 1:
            lowered, parts = f"select_{parts[1].lower()}", parts[1:]
        kind = KIND_OF_TYPE.get(lowered)
        if kind is None:
            self.not_expressed.append(
                f"{row.place}: Der Fragetyp „{written}“ wird als Freitext übernommen."
            )
            return {"kind": ItemKind.TEXT}
        if not kind.coded:
            return {"kind": kind}
        list_name = parts[1] if len(parts) > 1 else self._text(row, "select_from_list_name")
        options = self.lists.get(list_name)
        if options is None:
            refuse(row.place, f"Die Antwortliste „{list_name}“ steht nicht im Blatt „choices“.")
        if "or_other" in parts[2:]:
            options = [*options, {"code": OTHER_OPTION, "label": OTHER_LABEL}]
        own = list_name == self._name(row)
        return {"kind": kind, "options": options, "option_set": None if own else list_name}


SKIPPED_TYPES = frozenset({"note", "calculate", "hidden", "xml-external", "acknowledge"})
"""Rows that ask nothing."""


def _type(written: str) -> str:
    return "_".join(written.lower().split())


def _asks(kind: str) -> bool:
    """True for rows that are questions (or the start or end of a group)."""
    return bool(kind) and kind not in METADATA_TYPES and kind not in SKIPPED_TYPES
