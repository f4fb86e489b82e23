"""Write a questionnaire as an XLSForm workbook or as the pair of CSV files that tools exchange."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

import xlsxwriter

from assessment.questionnaire.codebook import WrittenCodebook
from assessment.questionnaire.model import (
    Item,
    ItemKind,
    Option,
    OptionKind,
    Questionnaire,
    ScoringRule,
)
from assessment.questionnaire.workbook_writing import MAX_CELL, WORKBOOK_OPTIONS
from assessment.questionnaire.xlsform_expression import constraint_of, relevant_of
from assessment.questionnaire.xlsform_layout import (
    CHOICES,
    KEPT,
    KEPT_COLUMNS,
    LIKERT,
    MULTILINE,
    SETTINGS,
    SURVEY,
    TYPE_OF_KIND,
    xml_name,
)

Table = list[dict[str, str]]


@dataclass(frozen=True, slots=True)
class XlsformCsv:
    """The survey and choices sheets as CSV (UTF-8, comma); settings have no place in the pair."""

    survey: bytes
    choices: bytes
    not_expressed: tuple[str, ...]


def write_xlsform(questionnaire: Questionnaire) -> WrittenCodebook:
    """The questionnaire as an XLSForm workbook with the sheets survey, choices and settings."""
    writing = _Writing(questionnaire)
    buffer = io.BytesIO()
    workbook = xlsxwriter.Workbook(buffer, WORKBOOK_OPTIONS)
    for name, table in (
        (SURVEY, writing.survey),
        (CHOICES, writing.choices),
        (SETTINGS, [writing.settings()]),
    ):
        sheet = workbook.add_worksheet(name)
        headers = _headers(table)
        for position, header in enumerate(headers):
            sheet.write_string(0, position, header)
            for number, row in enumerate(table, start=1):
                text = row.get(header, "")
                if text:
                    sheet.write_string(number, position, text[:MAX_CELL])
    workbook.close()
    return WrittenCodebook(buffer.getvalue(), writing.not_expressed())


def write_xlsform_csv(questionnaire: Questionnaire) -> XlsformCsv:
    """The questionnaire as survey.csv and choices.csv; title and version are not expressed."""
    writing = _Writing(questionnaire)
    return XlsformCsv(
        _csv(writing.survey),
        _csv(writing.choices),
        (
            *writing.not_expressed(),
            "Titel, Kennung und Ausgabe des Fragebogens (Blatt „settings“ fehlt im CSV-Paar).",
        ),
    )


def _headers(table: Table) -> list[str]:
    return list(dict.fromkeys(key for row in table for key in row))


def _csv(table: Table) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, _headers(table), lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(table)
    return text.getvalue().encode("utf-8")


class _Writing:
    def __init__(self, questionnaire: Questionnaire) -> None:
        self.questionnaire = questionnaire
        languages = {language for item in questionnaire.items for language in item.translations} | {
            language
            for item in questionnaire.items
            for option in item.options
            for language in option.labels
        }
        # A form with several languages names each of them, the first one included.
        self.languages = sorted(languages - {questionnaire.language})
        self.own = f"::{questionnaire.language}" if self.languages else ""
        self.names = self._unique_names()
        self.lists: dict[str, tuple[Option, ...]] = {}
        self.lost: dict[str, list[str]] = {}
        self.choices: Table = []
        self.survey: Table = []
        self._write_items()
        if not self.choices:
            self.choices = [{"list_name": "", "name": "", f"label{self.own}": ""}]

    def settings(self) -> dict[str, str]:
        settings = {
            "form_title": self.questionnaire.title,
            "form_id": self.questionnaire.id,
            "version": self.questionnaire.version,
        }
        return settings | {"default_language": self.questionnaire.language}

    def not_expressed(self) -> tuple[str, ...]:
        """What XLSForm cannot say, in sentences with the items concerned."""
        questionnaire = self.questionnaire
        whole = {
            "Quelle": questionnaire.source,
            "Lizenz": questionnaire.licence,
            "Blöcke": questionnaire.blocks,
            "Stufennamen": questionnaire.level_names,
            "Dimensionen mit Gewichten und Stufenbeschreibungen": questionnaire.dimensions,
            "Stufenbedingungen": [d for d in questionnaire.dimensions if d.gates],
            "Plausibilitätsregeln": questionnaire.rules,
            "Hinweise": questionnaire.notes,
            "die Kennzeichnung als Vorschlag": questionnaire.proposed,
        }
        sentences = [f"XLSForm kennt nicht: {part}." for part, value in whole.items() if value]
        return (
            *sentences,
            *(f"{what}: {', '.join(items)}." for what, items in self.lost.items()),
        )

    def _unique_names(self) -> dict[str, str]:
        names: dict[str, str] = {}
        used: set[str] = set()
        for item in self.questionnaire.items:
            name = base = xml_name(item.id)
            number = 2
            while name in used:
                name, number = f"{base}_{number}", number + 1
            used.add(name)
            names[item.id] = name
        return names

    def _write_items(self) -> None:
        open_groups: list[str] = []
        number = 0
        for item in self.questionnaire.items:
            wanted = [item.section, *([item.group] if item.group else [])] if item.section else []
            if item.group and not item.section:
                self._lose("Gruppe ohne Abschnitt", item)
            shared = 0
            while shared < min(len(open_groups), len(wanted)) and (
                open_groups[shared] == wanted[shared]
            ):
                shared += 1
            while len(open_groups) > shared:
                self.survey.append({"type": "end_group"})
                open_groups.pop()
            for title in wanted[shared:]:
                number += 1
                self.survey.append(
                    {
                        "type": "begin_group",
                        "name": f"gruppe_{number}",
                        f"label{self.own}": title,
                    }
                )
                open_groups.append(title)
            self.survey.append(self._question(item))
        self.survey += [{"type": "end_group"} for _ in open_groups]

    def _question(self, item: Item) -> dict[str, str]:
        kept = {
            column: item.attributes[KEPT + column]
            for column in KEPT_COLUMNS
            if KEPT + column in item.attributes
        }
        question = {
            "type": TYPE_OF_KIND[item.kind],
            "name": self.names[item.id],
            f"label{self.own}": item.text,
        }
        if item.options:
            question["type"] += f" {self._list_of(item)}"
        for language in self.languages:
            texts = item.translations.get(language)
            question[f"label::{language}"] = texts.text if texts else ""
            question[f"hint::{language}"] = texts.help if texts else ""
        question[f"hint{self.own}"] = item.help
        question["required"] = "yes" if item.required else ""
        question["relevant"] = self._relevant(item)
        question["constraint"] = constraint_of(item)
        if item.kind is ItemKind.RATING:
            question["appearance"] = LIKERT
        elif item.kind is ItemKind.TEXT and (item.max_length or 0) > 250:
            question["appearance"] = MULTILINE
        self._note_losses(item, question)
        return question | kept

    def _list_of(self, item: Item) -> str:
        """The name of the item's choice list, written once for equal lists of one set."""
        name = xml_name(item.option_set or self.names[item.id])
        number = 2
        base = name
        while name in self.lists and self.lists[name] != item.options:
            name, number = f"{base}_{number}", number + 1
        if item.option_set != name:
            self._lose("Name des gemeinsamen Antwortsatzes", item, bool(item.option_set))
        if name not in self.lists:
            self.lists[name] = item.options
            self.choices += [self._choice(name, option) for option in item.options]
        return name

    def _choice(self, list_name: str, option: Option) -> dict[str, str]:
        """A choice; XLSForm allows further columns here and tools keep them."""
        choice = {
            "list_name": list_name,
            "name": option.code,
            f"label{self.own}": option.label,
            "points": "" if option.points is None else repr(option.points),
            "answer_kind": "" if option.kind is OptionKind.ANSWER else option.kind.value,
            "improvement": option.improvement,
        }
        for language in self.languages:
            choice[f"label::{language}"] = option.labels.get(language, "")
        return choice

    def _relevant(self, item: Item) -> str:
        parts = []
        for condition in item.condition:
            expression = relevant_of(condition, lambda name: self.names[name])
            if expression is None:
                self._lose("Bedingung, die XLSForm nicht ausdrücken kann", item)
                return ""
            parts.append(expression)
        return " and ".join(parts)

    def _note_losses(self, item: Item, question: dict[str, str]) -> None:
        kept_kinds = {kind for kind in ItemKind if kind not in LOST_KINDS}
        self._lose("Unterscheidung der Frageart", item, item.kind not in kept_kinds)
        self._lose("Code ist kein gültiger XLSForm-Name", item, self.names[item.id] != item.id)
        self._lose("Dimension", item, item.dimension is not None)
        self._lose("Wertung", item, item.scoring is not ScoringRule.NONE)
        self._lose("Gewicht", item, item.weight != 0)
        self._lose("Höchstpunkte", item, item.max_points is not None)
        self._lose("umgekehrte Formulierung", item, item.polarity == -1)
        self._lose("Rolle", item, bool(item.roles))
        self._lose("Kurzfassung", item, item.short_form)
        self._lose("Kennzeichen sensibel", item, item.sensitive)
        self._lose("Voraussetzung", item, bool(item.requires))
        self._lose("Bezug auf ein anderes Item", item, bool(item.target_of or item.evidence_of))
        self._lose("Zieltyp", item, item.goal_type is not None)
        self._lose("Anzahl Nennungen", item, item.picks is not None)
        self._lose("Neu seit", item, bool(item.since))
        self._lose("Stufe", item, item.level is not None)
        others = [name for name in item.attributes if not name.startswith(KEPT)]
        self._lose("weitere Merkmale", item, bool(others))
        limits_lost = item.pattern is not None and "regex(" not in question["constraint"]
        self._lose("Muster mit beiden Arten von Anführungszeichen", item, limits_lost)
        too_long = any(len(text) > MAX_CELL for text in question.values())
        self._lose("Text über 32.767 Zeichen", item, too_long)

    def _lose(self, what: str, item: Item, lost: bool = True) -> None:
        if lost and item.id not in self.lost.setdefault(what, []):
            self.lost[what].append(item.id)
        if not self.lost.get(what):
            self.lost.pop(what, None)


LOST_KINDS: Sequence[ItemKind] = (ItemKind.LEVEL, ItemKind.KEY, ItemKind.NAME, ItemKind.CONTACT)
"""Kinds that come back as single choice or text."""
