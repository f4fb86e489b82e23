"""The tables of a LimeSurvey structure file, joined: questions with texts, answers, attributes."""

import re
from collections.abc import Iterable, Mapping, Sequence
from xml.etree.ElementTree import Element

from assessment.questionnaire.limesurvey_types import plain_text
from assessment.questionnaire.problems import refuse

MAX_QUESTIONS = 20_000
WHOLE = re.compile(r"[0-9]{1,9}")

Record = Mapping[str, str]
Texts = Mapping[tuple[str, ...], list[Record]]
"""Text records by the id of what they name."""


def _records(root: Element, table: str) -> list[dict[str, str]]:
    return [
        {field.tag: field.text or "" for field in row} for row in root.iterfind(f"{table}/rows/row")
    ]


def _by(records: Iterable[Record], *keys: str) -> dict[tuple[str, ...], list[Record]]:
    grouped: dict[tuple[str, ...], list[Record]] = {}
    for record in records:
        grouped.setdefault(tuple(record.get(key, "") for key in keys), []).append(record)
    return grouped


def order_of(record: Record, field: str) -> tuple[int, str]:
    """Sort key; columns that hold no number sort first, ties by id."""
    text = record.get(field, "")
    return (int(text) if WHOLE.fullmatch(text) else -1, record.get("qid", ""))


class LimeSurveyTables:
    """One survey's tables. Raises InputRefused for more than ``MAX_QUESTIONS`` questions."""

    def __init__(self, root: Element, name: str) -> None:
        surveys = _records(root, "surveys")
        self.survey: Record = surveys[0] if surveys else {}
        first = root.findtext("languages/language", "").strip()
        self.language = self.survey.get("language", "") or first or "de"
        self.settings = _records(root, "surveys_languagesettings")
        questions = _records(root, "questions")
        if len(questions) > MAX_QUESTIONS:
            refuse(name, f"Die Datei enthält mehr als {MAX_QUESTIONS} Fragen.")
        self.texts = _by(_records(root, "question_l10ns") or questions, "qid")
        subquestions = _records(root, "subquestions")
        if not _records(root, "question_l10ns"):
            for record in subquestions:
                self.texts.setdefault((record.get("qid", ""),), []).append(record)
        self.questions = self._own_language(questions)
        self.subquestions = _by(self._own_language(subquestions), "parent_qid")
        answers = _records(root, "answers")
        self.answer_texts = _by(_records(root, "answer_l10ns"), "aid")
        self.answers = _by(answers, "qid")
        groups = _records(root, "groups")
        self.group_texts = _by(_records(root, "group_l10ns") or groups, "gid")
        self.group_order = {
            record.get("gid", ""): order_of(record, "group_order") for record in groups
        }
        self.attributes = _by(_records(root, "question_attributes"), "qid")
        self.scores = self.survey.get("assessments", "").upper() == "Y"

    def _own_language(self, records: Sequence[Record]) -> list[Record]:
        """One record per question: old files repeat questions per language."""
        chosen: dict[str, Record] = {}
        for record in records:
            if record.get("qid", "") not in chosen or record.get("language") == self.language:
                chosen[record.get("qid", "")] = record
        return list(chosen.values())

    def setting(self, field: str) -> str:
        """A language setting such as ``surveyls_title``, in the survey's language."""
        own = [row for row in self.settings if row.get("surveyls_language") == self.language]
        return (own or self.settings or [{}])[0].get(field, "")

    def text(self, texts: Texts, key: str, field: str) -> tuple[str, dict[str, str]]:
        """The text in the survey's language and in the others, without markup."""
        own, others = "", dict[str, str]()
        for record in texts.get((key,), []):
            text = plain_text(record.get(field, ""))
            if record.get("language", self.language) == self.language:
                own = own or text
            elif text:
                others[record["language"]] = text
        return own, others

    def subquestions_of(self, record: Record, scale: str) -> list[Record]:
        """The rows (scale 0) or columns (scale 1) of a matrix, in order."""
        found = self.subquestions.get((record.get("qid", ""),), [])
        return sorted(
            (sub for sub in found if (sub.get("scale_id") or "0") == scale),
            key=lambda sub: order_of(sub, "question_order"),
        )

    def attribute(self, record: Record, name: str) -> str:
        """An advanced setting of a question, ``""`` if it has none."""
        found = self.attributes.get((record.get("qid", ""),), [])
        return next((row.get("value", "") for row in found if row.get("attribute") == name), "")
