"""What is wrong with a codebook, in one German sentence without the place."""

from collections.abc import Callable, Sequence
from difflib import get_close_matches
from typing import Any, NoReturn

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from assessment.questionnaire.model import (
    Condition,
    ConsistencyRule,
    Dimension,
    Gate,
    Item,
    ItemTexts,
    Option,
    Questionnaire,
)
from assessment.remarks import InputRefused

CODEBOOK_INVALID = "CODEBOOK_INVALID"

MODELS_BY_FIELD: dict[str, type[BaseModel]] = {
    "items": Item,
    "options": Option,
    "dimensions": Dimension,
    "gates": Gate,
    "rules": ConsistencyRule,
    "when": Condition,
    "condition": Condition,
    "translations": ItemTexts,
}
"""Which model stands below which field, to name the fields that exist."""


def refuse(place: str, sentence: str) -> NoReturn:
    """Raise the refusal of a codebook; ``place`` is a file name with line, or sheet and row."""
    raise InputRefused(CODEBOOK_INVALID, f"{place}: {sentence}" if place else sentence)


def describe(problem: ErrorDetails) -> str:
    """One German sentence on a validation error, naming the field and the remedy."""
    location = [part for part in problem["loc"] if part not in UNION_BRANCHES]
    field = next((str(part) for part in reversed(location) if isinstance(part, str)), "")
    kind = problem["type"]
    given = _shortened(problem.get("input"))
    context = problem.get("ctx", {})
    if kind == "value_error":
        return str(context.get("error", problem["msg"]))
    if kind == "extra_forbidden":
        return f"Das Feld „{field}“ gibt es hier nicht{_did_you_mean(field, location)}."
    sentence = SENTENCES.get(kind)
    if sentence is None:
        return f"Der Wert {given} ist für das Feld „{field}“ nicht zulässig."
    return sentence(field, given, context)


def first_problem(error: ValidationError) -> ErrorDetails:
    """The error to report: the first, or the misspelt field that makes it look missing."""
    problems = error.errors(include_url=False)
    entry = problems[0]["loc"][:-1]
    misspelt = (
        problem
        for problem in problems
        if problem["type"] == "extra_forbidden" and problem["loc"][:-1] == entry
    )
    return next(misspelt, problems[0])


UNION_BRANCHES = frozenset({"str", "float", "tuple[str, ...]", "[key]"})
"""Parts of an error's location that pydantic adds and no file contains."""


def _did_you_mean(field: str, location: Sequence[Any]) -> str:
    model: type[BaseModel] = Questionnaire
    for part in location:
        model = MODELS_BY_FIELD.get(part, model) if isinstance(part, str) else model
    names = [info.alias or name for name, info in model.model_fields.items()]
    close = get_close_matches(field, names, n=1)
    return f"; gemeint ist vielleicht „{close[0]}“" if close else ""


def _shortened(value: Any) -> str:
    text = str(value)
    return f"„{text if len(text) <= 40 else text[:39] + '…'}“"


def _expected(values: str) -> str:
    return values.replace("'", "").replace(" or ", " oder ")


SENTENCES: dict[str, Callable[[str, str, dict[str, Any]], str]] = {
    "missing": lambda field, _given, _context: f"Die Angabe „{field}“ fehlt.",
    "string_type": lambda field, given, _context: (
        f"Bei „{field}“ wird Text erwartet, dort steht {given}; Zahlen und Codes bitte in "
        "Anführungszeichen setzen."
    ),
    "float_type": lambda field, given, _context: (
        f"Bei „{field}“ wird eine Zahl erwartet, dort steht {given}."
    ),
    "float_parsing": lambda field, given, _context: (
        f"Bei „{field}“ wird eine Zahl mit Dezimalpunkt erwartet, dort steht {given}."
    ),
    "finite_number": lambda field, given, _context: (
        f"Bei „{field}“ wird eine endliche Zahl erwartet, dort steht {given}."
    ),
    "int_type": lambda field, given, _context: (
        f"Bei „{field}“ wird eine ganze Zahl erwartet, dort steht {given}."
    ),
    "int_parsing": lambda field, given, _context: (
        f"Bei „{field}“ wird eine ganze Zahl erwartet, dort steht {given}."
    ),
    "int_from_float": lambda field, given, _context: (
        f"Bei „{field}“ wird eine ganze Zahl erwartet, dort steht {given}."
    ),
    "bool_type": lambda field, given, _context: (
        f"Bei „{field}“ wird true oder false erwartet, dort steht {given}."
    ),
    "bool_parsing": lambda field, given, _context: (
        f"Bei „{field}“ wird true oder false erwartet, dort steht {given}."
    ),
    "enum": lambda field, given, context: (
        f"{given} ist für „{field}“ nicht zulässig; möglich sind {_expected(context['expected'])}."
    ),
    "literal_error": lambda field, given, context: (
        f"{given} ist für „{field}“ nicht zulässig; möglich sind {_expected(context['expected'])}."
    ),
    "string_pattern_mismatch": lambda field, given, _context: (
        f"Der Code {given} bei „{field}“ ist leer oder enthält Leerzeichen, Semikolon oder "
        "senkrechten Strich."
    ),
    "string_too_long": lambda field, given, context: (
        f"Der Text {given} bei „{field}“ ist länger als {context['max_length']} Zeichen."
    ),
    "greater_than_equal": lambda field, given, context: (
        f"Der Wert {given} bei „{field}“ muss mindestens {context['ge']:g} sein."
    ),
    "less_than_equal": lambda field, given, context: (
        f"Der Wert {given} bei „{field}“ darf höchstens {context['le']:g} sein."
    ),
    "tuple_type": lambda field, given, _context: (
        f"Bei „{field}“ wird eine Liste erwartet, dort steht {given}."
    ),
    "mapping_type": lambda field, given, _context: (
        f"Bei „{field}“ werden Einträge „Name: Wert“ erwartet, dort steht {given}."
    ),
    "model_type": lambda field, given, _context: (
        f"Bei „{field}“ werden Einträge „Name: Wert“ erwartet, dort steht {given}."
    ),
}
