"""Read a LimeSurvey structure file (.lss) as a questionnaire.

The file is a dump of LimeSurvey's tables as XML; both layouts are read: texts beside the rows
(up to version 3) and in ``…_l10ns`` tables (from version 4). Item ids are those of LimeSurvey's
exports: ``Q1``, and ``Q1[SQ001]`` for a row of a matrix.
Question types: https://manual.limesurvey.org/Question_object_types
"""

import re
from typing import Any
from xml.etree.ElementTree import ParseError

import defusedxml.ElementTree as SafeTree
from defusedxml import DefusedXmlException
from pydantic import ValidationError

from assessment.questionnaire.codebook import ReadCodebook
from assessment.questionnaire.limesurvey_tables import (
    MAX_QUESTIONS,
    WHOLE,
    LimeSurveyTables,
    Record,
    order_of,
)
from assessment.questionnaire.limesurvey_types import (
    MATRIX_TYPES,
    OTHER_CODE,
    OTHER_LABEL,
    PLAIN_TYPES,
    SKIPPED_TYPES,
    conditions_of,
    fixed_options,
    plain_text,
)
from assessment.questionnaire.model import ItemKind, OptionKind, Questionnaire, ScoringRule
from assessment.questionnaire.problems import describe, first_problem, refuse

MAX_BYTES = 20_000_000
KEPT = "limesurvey:"
"""Prefix of ``Item.attributes`` that keep what no field of ours can hold."""


def is_lss(data: bytes) -> bool:
    """True if the bytes are a LimeSurvey structure file (looks at the first kilobyte)."""
    return b"<LimeSurveyDocType>Survey" in data[:1024]


def read_limesurvey(data: bytes, name: str) -> ReadCodebook:
    """Read the bytes of an .lss file; what it says beyond our model is in ``not_expressed``.

    Raises InputRefused (CODEBOOK_INVALID): too large, no well-formed XML, with a document type
    definition or entities, not a survey structure, or contradictory.
    """
    if len(data) > MAX_BYTES:
        refuse(name, "Die Datei ist größer als 20 MB; so groß ist keine Fragebogenstruktur.")
    try:
        root = SafeTree.fromstring(data, forbid_dtd=True)
    except ParseError as error:
        line, _column = error.position
        refuse(f"{name}, Zeile {line}", "Die Datei ist kein gültiges XML; bitte neu exportieren.")
    except DefusedXmlException:
        refuse(name, "Die Datei enthält Dokumenttypen oder Entitäten, die nicht erlaubt sind.")
    except (ValueError, LookupError):
        refuse(name, "Die Zeichenkodierung der Datei ist unbekannt; bitte als UTF-8 exportieren.")
    if root.findtext("LimeSurveyDocType", "").strip() != "Survey":
        refuse(name, "Das ist keine LimeSurvey-Fragebogenstruktur (.lss).")
    reading = _Reading(LimeSurveyTables(root, name), name)
    data_for_model = reading.questionnaire()
    try:
        questionnaire = Questionnaire.model_validate(data_for_model)
    except ValidationError as error:
        refuse(name, describe(first_problem(error)))
    return ReadCodebook(questionnaire, tuple(reading.not_expressed))


class _Reading:
    """Turns the joined tables into data for the model."""

    def __init__(self, tables: LimeSurveyTables, name: str) -> None:
        self.name = name
        self.tables = tables
        self.not_expressed: list[str] = []
        self.multiple_items: set[str] = set()
        self.cells = 0

    def questionnaire(self) -> dict[str, Any]:
        ordered = sorted(
            (
                record
                for record in self.tables.questions
                if record.get("parent_qid", "0") in ("0", "")
            ),
            key=lambda record: (
                self.tables.group_order.get(record.get("gid", ""), (0, "")),
                order_of(record, "question_order"),
            ),
        )
        if not ordered:
            refuse(self.name, "Die Datei enthält keine Fragen.")
        self.multiple_items = {
            record.get("title", "") for record in ordered if record.get("type") in ("M", "P")
        }
        items = [item for record in ordered for item in self._items(record)]
        known = {item["id"] for item in items}
        for item in items:
            relevance = item.pop("relevance")
            asked = {condition["item"] for condition in item["condition"] or ()}
            if item["condition"] is None or not asked <= known:
                self.not_expressed.append(
                    f"{item['id']}: Die Bedingung „{relevance}“ wird aufbewahrt, aber nicht "
                    "ausgewertet."
                )
                item |= {"condition": [], "attributes": {KEPT + "relevance": relevance}}
        survey_id = self.tables.survey.get("sid", "") or self.tables.setting("surveyls_survey_id")
        return {
            "id": f"limesurvey_{survey_id}" if survey_id else "limesurvey",
            "version": "",
            "title": plain_text(self.tables.setting("surveyls_title")) or self.name,
            "language": self.tables.language,
            "items": items,
        }

    def _items(self, record: Record) -> list[dict[str, Any]]:
        code, kind = record.get("title", ""), record.get("type", "")
        if kind in SKIPPED_TYPES:
            self.not_expressed.append(f"{code}: {SKIPPED_TYPES[kind]}, wird nicht übernommen.")
            return []
        base = self._base(record)
        if kind in MATRIX_TYPES:
            return self._matrix(record, base)
        if kind not in PLAIN_TYPES:
            self.not_expressed.append(
                f"{code}: Der Fragetyp „{kind}“ ist unbekannt und wird als Freitext übernommen."
            )
        item = base | {"id": code, "kind": PLAIN_TYPES.get(kind, ItemKind.TEXT)}
        if kind in ("M", "P"):
            item["options"] = self._subquestion_options(record)
            if kind == "P":
                self.not_expressed.append(f"{code}: Die Kommentare je Antwort entfallen.")
        elif item["kind"].coded:
            item["options"] = fixed_options(kind) or self._answer_options(record, "0")
            if kind == "O":
                self.not_expressed.append(f"{code}: Das Kommentarfeld der Frage entfällt.")
        if item["kind"].coded and not item["options"]:
            self.not_expressed.append(f"{code}: Ohne Antworten, wird als Freitext übernommen.")
            item |= {"kind": ItemKind.TEXT, "options": []}
        return [item | self._scoring(item) | self._limits(record, item["kind"])]

    def _base(self, record: Record) -> dict[str, Any]:
        key = record.get("qid", "")
        text, texts = self.tables.text(self.tables.texts, key, "question")
        hint, hints = self.tables.text(self.tables.texts, key, "help")
        relevance = record.get("relevance", "").strip()
        return {
            "text": text or record.get("title", ""),
            "help": hint,
            "section": self.tables.text(
                self.tables.group_texts, record.get("gid", ""), "group_name"
            )[0],
            "required": record.get("mandatory", "").upper() == "Y",
            "relevance": relevance,
            "condition": conditions_of(relevance, self.multiple_items),
            "translations": {
                language: {"text": texts.get(language, ""), "help": hints.get(language, "")}
                for language in dict.fromkeys([*texts, *hints])
            },
        }

    def _matrix(self, record: Record, base: dict[str, Any]) -> list[dict[str, Any]]:
        """One item per row of the matrix, and per scale or column where there are several."""
        kind, code = record.get("type", ""), record.get("title", "")
        rows = self.tables.subquestions_of(record, "0")
        columns = self.tables.subquestions_of(record, "1") if kind in (":", ";") else [None]
        scales = ("0", "1") if kind == "1" else ("0",)
        self.cells += len(rows) * len(columns)
        if self.cells > MAX_QUESTIONS:
            refuse(self.name, f"Die Matrixfragen haben mehr als {MAX_QUESTIONS} Felder.")
        items = []
        for row in rows:
            text, texts = self.tables.text(self.tables.texts, row.get("qid", ""), "question")
            for column in columns:
                for scale in scales:
                    sub = row.get("title", "")
                    wording = text
                    if column is not None:
                        sub = f"{sub}_{column.get('title', '')}"
                        added = self.tables.text(
                            self.tables.texts, column.get("qid", ""), "question"
                        )[0]
                        wording = f"{text}: {added}"
                    suffix = f"][{scale}" if kind == "1" else ""
                    item = base | {
                        "id": f"{code}[{sub}{suffix}]",
                        "text": wording or sub,
                        "group": base["text"],
                        "kind": MATRIX_TYPES[kind],
                        "translations": {
                            language: {"text": translated} for language, translated in texts.items()
                        },
                    }
                    if item["kind"].coded:
                        options = fixed_options(kind) or self._answer_options(record, scale)
                        item |= {"options": options, "option_set": f"{code}_{scale}"}
                    items.append(item | self._scoring(item) | self._limits(record, item["kind"]))
        return items

    def _subquestion_options(self, record: Record) -> list[dict[str, Any]]:
        options = []
        points = self.tables.attribute(record, "assessment_value")
        for sub in self.tables.subquestions_of(record, "0"):
            label, labels = self.tables.text(self.tables.texts, sub.get("qid", ""), "question")
            options.append(
                {
                    "code": sub.get("title", ""),
                    "label": label or sub.get("title", ""),
                    "labels": labels,
                    "points": _number(points) if self.tables.scores else None,
                }
            )
        return options + self._other(record)

    def _answer_options(self, record: Record, scale: str) -> list[dict[str, Any]]:
        options: dict[str, dict[str, Any]] = {}
        found = self.tables.answers.get((record.get("qid", ""),), [])
        for answer in sorted(found, key=lambda answer: order_of(answer, "sortorder")):
            if (answer.get("scale_id") or "0") != scale:
                continue
            code = answer.get("code", "")
            option = options.setdefault(code, {"code": code, "label": "", "labels": {}})
            if "answer" in answer:
                texts = {answer.get("language", self.tables.language): plain_text(answer["answer"])}
            else:
                own, others = self.tables.text(
                    self.tables.answer_texts, answer.get("aid", ""), "answer"
                )
                texts = others | {self.tables.language: own}
            option["label"] = texts.pop(self.tables.language, "") or option["label"]
            option["labels"] |= texts
            if self.tables.scores:
                option["points"] = _number(answer.get("assessment_value", ""))
        for option in options.values():
            option["label"] = option["label"] or option["code"]
        return list(options.values()) + self._other(record)

    def _other(self, record: Record) -> list[dict[str, Any]]:
        if record.get("other", "").upper() != "Y":
            return []
        return [{"code": OTHER_CODE, "label": OTHER_LABEL, "kind": OptionKind.ANSWER}]

    def _scoring(self, item: dict[str, Any]) -> dict[str, Any]:
        """LimeSurvey's assessment adds up points; a question counts if any answer has some."""
        options: list[dict[str, Any]] = item.get("options", [])
        if not any(option.get("points") for option in options):
            for option in options:
                option.pop("points", None)
            return {}
        multiple = item["kind"] is ItemKind.MULTIPLE
        rule = ScoringRule.SUM if multiple else ScoringRule.POINTS
        total = sum(option.get("points") or 0 for option in options)
        return {"scoring": rule, "weight": 1.0, "max_points": total if multiple else None}

    def _limits(self, record: Record, kind: ItemKind) -> dict[str, Any]:
        limits: dict[str, Any] = {}
        if kind in (ItemKind.DECIMAL, ItemKind.INTEGER):
            limits["minimum"] = _number(self.tables.attribute(record, "min_num_value_n"))
            limits["maximum"] = _number(self.tables.attribute(record, "max_num_value_n"))
        if kind is ItemKind.TEXT:
            characters = self.tables.attribute(record, "maximum_chars")
            limits["max_length"] = int(characters) if WHOLE.fullmatch(characters) else None
        if kind is ItemKind.RANKING:
            picks = self.tables.attribute(record, "max_answers")
            limits["picks"] = int(picks) if re.fullmatch("[1-9][0-9]{0,8}", picks) else None
        return limits


def _number(text: str) -> float | None:
    return float(text) if re.fullmatch(r"-?\d{1,15}(\.\d{1,10})?", text.strip()) else None
