"""ODI Open Data Pathway (Open Data Institute, MIT), from the sheets of its survey.xls.

Activities are staged: each „yes“ leads to the next question, a „no“ ends the activity, and the
maturity score (1–5) of the last answer reached is the level of the activity. The points are kept
with the answers; they are no shares to be averaged, so no scoring rule is set.
"""

from collections.abc import Sequence

from assessment.german import fold
from assessment.questionnaire.model import (
    Comparison,
    Condition,
    Dimension,
    Item,
    ItemKind,
    Option,
    Questionnaire,
)
from assessment.questionnaire.problems import refuse
from assessment.questionnaire.sheet_table import Row, SheetTable, find_sheet, read_table
from assessment.table import Sheet

LEVELS = ("", "Initial", "Repeatable", "Defined", "Managed", "Optimising")
HIGHEST = 5.0


def load_odi_pathway(sheets: Sequence[Sheet], name: str) -> Questionnaire:
    """Load the sheets activities, questions and improvements.

    Raises InputRefused (CODEBOOK_INVALID) if a sheet is missing.
    """
    activities = _table(sheets, "activities", name)
    improvements: dict[str, list[str]] = {}
    for row in _table(sheets, "improvements", name):
        improvements.setdefault(row.get(fold("Answer ID")), []).append(row.get("notes").strip())
    questions = _questions(_table(sheets, "questions", name))
    dimensions, ids = _dimensions(activities)
    positive = {
        question[0].get("id"): tuple(
            row.get(fold("Answer ID")) for row in question if row.get("positive?") == "Y"
        )
        for question in questions
    }
    answers = {row.get(fold("Answer ID")) for question in questions for row in question}
    return Questionnaire(
        id="odi_pathway",
        version="1",
        title="Open Data Pathway",
        language="en",
        source="Open Data Institute, Open Data Pathway (github.com/theodi/pathway)",
        licence="MIT",
        level_names=LEVELS,
        dimensions=dimensions,
        items=tuple(_item(question, ids, positive, improvements) for question in questions),
        notes=tuple(
            f"Verbesserung zur Antwort {code}, die es nicht gibt: {text}"
            for code, texts in improvements.items()
            if code not in answers
            for text in texts
        ),
    )


def _table(sheets: Sequence[Sheet], sheet_name: str, name: str) -> SheetTable:
    sheet = find_sheet(sheets, sheet_name)
    if sheet is None:
        refuse(name, f"Das Blatt „{sheet_name}“ fehlt.")
    return read_table(sheet, name)


def _questions(table: SheetTable) -> list[list[Row]]:
    """Rows grouped by question: the first row of a question carries its id, all carry an answer."""
    questions: list[list[Row]] = []
    for row in table:
        if row.get("id").strip():
            questions.append([row])
        elif row.get(fold("Answer ID")) and questions:
            questions[-1].append(row)
    return questions


def _dimensions(
    activities: SheetTable,
) -> tuple[tuple[Dimension, ...], dict[tuple[str, str], str]]:
    """Themes and their activities as dimensions, and the id of each (theme, activity)."""
    dimensions: list[Dimension] = []
    ids: dict[tuple[str, str], str] = {}
    themes: dict[str, str] = {}
    for row in activities:
        theme, activity = row.get("dimension").strip(), row.get("activity").strip()
        if theme not in themes:
            themes[theme] = f"T{len(themes) + 1}"
            dimensions.append(Dimension(id=themes[theme], name=theme))
        ids[theme, activity] = f"A{len(ids) + 1}"
        dimensions.append(
            Dimension(
                id=ids[theme, activity],
                name=activity,
                parent=themes[theme],
                levels=LEVELS,
            )
        )
    return tuple(dimensions), ids


def _item(
    rows: list[Row],
    ids: dict[tuple[str, str], str],
    positive: dict[str, tuple[str, ...]],
    improvements: dict[str, list[str]],
) -> Item:
    first = rows[0]
    before = first.get("dependency").strip()
    theme, activity = first.get("dimension").strip(), first.get("activity").strip()
    return Item(
        id=first.get("id").strip(),
        text=first.get(fold("Question Text")).strip(),
        help=first.get(fold("Question Notes")).strip(),
        kind=ItemKind.SINGLE,
        section=theme,
        dimension=ids[theme, activity],
        options=tuple(_option(row, improvements) for row in rows),
        max_points=HIGHEST,
        condition=(_after(before, positive[before]),) if before else (),
        requires=(before,) if before else (),
    )


def _after(question: str, answers: tuple[str, ...]) -> Condition:
    """Asked only if the question before was answered with yes."""
    return Condition.model_validate({"item": question, "is": Comparison.ONE_OF, "value": answers})


def _option(row: Row, improvements: dict[str, list[str]]) -> Option:
    code = row.get(fold("Answer ID")).strip()
    score = row.get(fold("Maturity Score")).strip()
    return Option(
        code=code,
        label=row.get(fold("Answer Text")).strip(),
        points=float(score) if score else None,
        improvement="\n".join(improvements.get(code, ())),
    )
