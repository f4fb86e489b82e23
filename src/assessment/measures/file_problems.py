"""What is wrong with an entry of a content file, in one German sentence without the place."""

import re
from difflib import get_close_matches

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from assessment.questionnaire.problems import SENTENCES, first_problem
from assessment.remarks import InputRefused

CATALOGUE_INVALID = "CATALOGUE_INVALID"

_OTHERS = {
    "string_too_short": "Der Text bei „{field}“ ist zu kurz.",
    "too_short": "Bei „{field}“ fehlt mindestens ein Eintrag.",
    "date_from_datetime_parsing": "Bei „{field}“ wird ein Tag wie 2026-11-22 erwartet, "
    "dort steht „{given}“.",
    "date_parsing": "Bei „{field}“ wird ein Tag wie 2026-11-22 erwartet, dort steht „{given}“.",
    "string_pattern_mismatch": "Die Kennung „{given}“ bei „{field}“ besteht nicht aus höchstens "
    "20 Buchstaben, Ziffern, Punkten, Binde- oder Unterstrichen.",
}


def refusal(place: str, sentence: str, code: str = CATALOGUE_INVALID) -> InputRefused:
    """The refusal of a content file, to be raised; ``place`` is its name with line or row."""
    return InputRefused(code, f"{place}: {sentence}")


def problem_of(
    error: ValidationError,
    model: type[BaseModel],
    names: dict[str, str] | None = None,
) -> tuple[ErrorDetails, str]:
    """The error to report and its sentence.

    ``model``: whose fields exist where a field is unknown; ``names``: fields as the file calls
    them, such as the headers of a table.
    """
    problem = first_problem(error)
    parts = [part for part in problem["loc"] if isinstance(part, str)]
    field = parts[-1] if parts else ""
    shown = (names or {}).get(field, field)
    given = str(problem.get("input"))
    given = given if len(given) <= 40 else given[:39] + "…"
    kind = problem["type"]
    context = problem.get("ctx", {})
    if kind == "value_error":
        return problem, str(context.get("error", problem["msg"]))
    if kind == "extra_forbidden":
        close = get_close_matches(field, list(model.model_fields), n=1)
        meant = f"; gemeint ist vielleicht „{close[0]}“" if close else ""
        return problem, f"Das Feld „{field}“ gibt es hier nicht{meant}."
    if kind in _OTHERS:
        return problem, _OTHERS[kind].format(field=shown, given=given)
    if kind in SENTENCES:
        return problem, SENTENCES[kind](shown, f"„{given}“", context)
    return problem, f"Der Wert „{given}“ ist für „{shown}“ nicht zulässig."


def named_first(sentence: str) -> str:
    """The id an error about the whole file is about: „M003: …“, „Maßnahme mehrfach: M003“."""
    found = re.match(
        r"(?:Maßnahme mehrfach: |Voraussetzungen im Kreis: )?([A-Za-z0-9_.-]+)", sentence
    )
    return found.group(1) if found else ""
