"""EU Open Data Maturity questionnaire 2023 (data.europa.eu, CC-BY 4.0), from its Excel template.

The sheets „Questionnaire“ (questions, guides), „AnswerOptions“ (drop-down lists) and „Scoring“
(maximum per question; a formula says which answer earns which share of it) are joined.
"""

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import openpyxl

from assessment.questionnaire.model import (
    Comparison,
    Condition,
    Dimension,
    Item,
    ItemKind,
    ItemTexts,
    Option,
    OptionKind,
    Questionnaire,
    Role,
    ScoringRule,
)

DIMENSION = re.compile(r"Dimension (\d): (.+)")
AREA = re.compile(r"(\d\.\d[a-d]?)\.? (.+)")
ANSWER_LIST = re.compile(r"Select answer for (?:Q(\w+)|R(\d+))")
SCORED_ANSWER = re.compile(r'B\d+="([^"]*)",\s*C\d+(?:\*([\d./]+))?')
"""``IF(B3="Yes", C3*0.5, …)``: the answer and the share of the maximum it earns."""
ONLY_IF_YES = re.compile(r"If yes(?:,| \[(?:in|to) Q(?P<of>\w+)\])", re.IGNORECASE)
JUSTIFICATION = "_justification"


@dataclass(frozen=True, slots=True)
class _Question:
    id: str
    text: str
    guide: str
    section: str
    area: str | None


def load_eu_odm(workbook: bytes, german: Mapping[str, str] | None = None) -> Questionnaire:
    """Load the template.

    ``german``: question id → German wording, kept as translation. Every scored question is
    followed by its justification (evidence). Raises ValueError if a sheet is missing.
    """
    book = openpyxl.load_workbook(io.BytesIO(workbook), read_only=False)
    missing = {"Questionnaire", "AnswerOptions", "Scoring"} - set(book.sheetnames)
    if missing:
        raise ValueError(f"Blätter fehlen: {', '.join(sorted(missing))}")
    dimensions, questions = _structure(book["Questionnaire"])
    answers = _answer_lists(book["AnswerOptions"])
    rules = _scoring(book["Scoring"], book["Questionnaire"])
    items: list[Item] = []
    known: list[str] = []
    for question in questions:
        item = _item(question, answers.get(question.id, ()), rules.get(question.id), known)
        translation = (german or {}).get(question.id)
        if translation:
            item = item.model_copy(update={"translations": {"de": ItemTexts(text=translation)}})
        items.append(item)
        known.append(question.id)
        if question.area:
            items.append(
                Item(
                    id=question.id + JUSTIFICATION,
                    text="Justification",
                    kind=ItemKind.TEXT,
                    section=question.section,
                    roles=(Role.EVIDENCE,),
                    evidence_of=question.id,
                )
            )
    return Questionnaire(
        id="eu_open_data_maturity",
        version="2023",
        title="Open Data Maturity 2023",
        language="en",
        source="European Commission, data.europa.eu, Open Data Maturity questionnaire 2023",
        licence="CC-BY 4.0",
        dimensions=tuple(dimensions),
        items=tuple(items),
        notes=("Die unbewerteten Zusatztabellen zu den Fragen 10a und 11a sind nicht enthalten.",),
    )


def _structure(sheet: Any) -> tuple[list[Dimension], list[_Question]]:
    """Dimensions with their areas, and the questions in order."""
    dimensions: list[Dimension] = []
    questions: list[_Question] = []
    section, area, dimension = "", None, None
    for row in sheet.iter_rows(values_only=True):
        code, text = row[0], str(row[1] or "").strip()
        if code is None and (found := DIMENSION.match(text)):
            dimension = f"D{found.group(1)}"
            dimensions.append(Dimension(id=dimension, name=found.group(2).strip()))
        elif code is None and (found := AREA.match(text)):
            section = text
            area = found.group(1) if dimension else None
            if area:
                dimensions.append(Dimension(id=area, name=found.group(2), parent=dimension))
        elif code is not None and text and code != "ID":
            # Respondent questions are numbered 1–10 as well; the template shows them as R1–R10.
            name = str(code) if dimension else f"R{code}"
            questions.append(_Question(name, text, str(row[4] or ""), section, area))
    return dimensions, questions


def _answer_lists(sheet: Any) -> dict[str, tuple[str, ...]]:
    lists: dict[str, tuple[str, ...]] = {}
    for row in sheet.iter_rows(values_only=True):
        texts = [str(cell).strip() for cell in row if cell is not None]
        found = ANSWER_LIST.fullmatch(texts[0]) if texts else None
        if found:
            name = found.group(1) or f"R{found.group(2)}"
            lists.setdefault(name, tuple(dict.fromkeys(texts[1:])))
    return lists


def _scoring(sheet: Any, questions: Any) -> dict[str, tuple[float, dict[str, float]]]:
    """Per scored question the maximum and the points per answer."""
    rules = {}
    for reference, _answer, weight, formula, *_rest in sheet.iter_rows(min_row=2, values_only=True):
        if not isinstance(weight, int | float):
            continue
        code = _referenced(str(reference), questions)
        points = {
            answer: float(weight * (Fraction(1) if share is None else _fraction(share)))
            for answer, share in _scored(str(formula))
        }
        rules[code] = (float(weight), points)
    return rules


def _scored(formula: str) -> Iterator[tuple[str, str | None]]:
    for found in SCORED_ANSWER.finditer(formula):
        yield found.group(1), found.group(2)


def _fraction(text: str) -> Fraction:
    """``0.75`` or ``20/25`` exactly."""
    numerator, _, denominator = text.partition("/")
    return Fraction(numerator) / Fraction(denominator or 1)


def _referenced(reference: str, questions: Any) -> str:
    """The question id that a cell such as ``=Questionnaire!A25`` shows."""
    found = re.fullmatch(r"=Questionnaire!(A\d+)", reference)
    return str(questions[found.group(1)].value) if found else reference


def _item(
    question: _Question,
    answers: tuple[str, ...],
    rule: tuple[float, dict[str, float]] | None,
    known: list[str],
) -> Item:
    before = _question_before(question, known)
    condition = (
        (Condition.model_validate({"item": before, "is": Comparison.EQUAL, "value": "Yes"}),)
        if before
        else ()
    )
    shared = {
        "id": question.id,
        "text": question.text,
        "help": question.guide,
        "section": question.section,
        "condition": condition,
    }
    if not answers:
        return Item(**shared, kind=ItemKind.TEXT, dimension=question.area)
    maximum, points = rule if rule else (None, {})
    options = tuple(
        _option(answer, points.get(answer, 0.0) if rule else None) for answer in answers
    )
    return Item(
        **shared,
        kind=ItemKind.SINGLE,
        dimension=question.area,
        options=options,
        scoring=ScoringRule.POINTS if rule else ScoringRule.NONE,
        weight=maximum or 0.0,
        max_points=maximum,
    )


def _question_before(question: _Question, known: list[str]) -> str | None:
    """The question that has to be answered with yes first.

    Where the text names none, or by mistake itself (90b), it is the question just before.
    """
    found = ONLY_IF_YES.match(question.text)
    if found is None:
        return None
    return found["of"] if found["of"] in known else known[-1]


def _option(answer: str, points: float | None) -> Option:
    """„Not applicable“ stays an answer: this questionnaire gives it points."""
    unsure = answer.lower().replace("’", "'") == "i don't know"
    return Option(
        code=re.sub(r"[\s;|]+", "_", answer),
        label=answer,
        kind=OptionKind.DONT_KNOW if unsure else OptionKind.ANSWER,
        points=None if unsure else points,
    )
