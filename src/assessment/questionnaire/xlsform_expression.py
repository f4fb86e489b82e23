"""XLSForm expressions that our conditions and limits can say, both ways.

XLSForm's language is XPath; only the forms that people write for branching and limits are read.
Anything else gives ``None`` and is kept as text by the caller.
Reference: https://xlsform.org/en/#relevant and #constraint
"""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from assessment.questionnaire.model import Comparison, Condition, Item

QUOTED = r"'([^']*)'|\"([^\"]*)\""
NUMBER = r"-?\d+(?:\.\d+)?"
MAX_LENGTH, MAX_BRACKETS = 4_000, 200
REFERENCE = r"\$\{([^{}\s]+)\}"


def relevant_of(condition: Condition, name_of: Callable[[str], str]) -> str | None:
    """The expression for one condition, or None if XPath on one answer cannot say it."""
    reference = f"${{{name_of(condition.item)}}}"
    value = condition.value
    quoted = _quoted(value) if isinstance(value, str) else None
    match condition.is_:
        case Comparison.ANSWERED:
            return f"{reference} != ''"
        case Comparison.EQUAL if quoted:
            return f"{reference} = {quoted}"
        case Comparison.EQUAL if isinstance(value, float):
            return f"{reference} = {_number(value)}"
        case Comparison.NOT_EQUAL if quoted:
            # XPath's != also holds for unanswered questions, ours does not.
            return f"({reference} != '' and {reference} != {quoted})"
        case Comparison.ONE_OF if isinstance(value, tuple) and value:
            # A list of one is said twice, or it would come back as a plain comparison.
            options = [_quoted(code) for code in (value if len(value) > 1 else value * 2)]
            if all(options):
                return "(" + " or ".join(f"{reference} = {option}" for option in options) + ")"
        case Comparison.AT_LEAST if isinstance(value, float):
            return f"{reference} >= {_number(value)}"
        case Comparison.AT_MOST if isinstance(value, float):
            return f"{reference} <= {_number(value)}"
        case Comparison.CONTAINS if quoted:
            return f"selected({reference}, {quoted})"
        case Comparison.LACKS if quoted:
            return f"({reference} != '' and not(selected({reference}, {quoted})))"
    return None


def conditions_of(expression: str) -> list[dict[str, Any]] | None:
    """The conditions of a ``relevant`` expression, None if it says more than conditions can."""
    if not is_readable(expression):
        return None
    conditions = []
    for part in split_top_level(expression, "and"):
        condition = _condition(_without_brackets(part))
        if condition is None:
            return None
        conditions.append(condition)
    return conditions


def constraint_of(item: Item) -> str:
    """The limits of an item as a ``constraint`` expression (may be empty)."""
    parts = []
    if item.minimum is not None:
        parts.append(f". >= {_number(item.minimum)}")
    if item.maximum is not None:
        parts.append(f". <= {_number(item.maximum)}")
    if item.max_length is not None:
        parts.append(f"string-length(.) <= {item.max_length}")
    if item.pattern is not None and (quoted := _quoted(item.pattern)):
        parts.append(f"regex(., {quoted})")
    return " and ".join(parts)


LIMITS: Mapping[str, tuple[str, Callable[[str], Any]]] = {
    rf"\.\s*>=\s*({NUMBER})": ("minimum", float),
    rf"\.\s*<=\s*({NUMBER})": ("maximum", float),
    r"string-length\(\s*\.\s*\)\s*<=\s*(\d+)": ("max_length", int),
    r"regex\(\s*\.\s*,\s*'([^']*)'\s*\)": ("pattern", str),
    r"regex\(\s*\.\s*,\s*\"([^\"]*)\"\s*\)": ("pattern", str),
}


def limits_of(expression: str) -> dict[str, Any] | None:
    """The limits of a ``constraint`` expression as item fields, None if it says more."""
    if not is_readable(expression):
        return None
    limits: dict[str, Any] = {}
    for part in split_top_level(expression, "and"):
        text = _without_brackets(part)
        for form, (field, convert) in LIMITS.items():
            found = re.fullmatch(form, text)
            if found and field not in limits:
                limits[field] = convert(found.group(1))
                break
        else:
            return None
    return limits


def is_readable(expression: str) -> bool:
    """False for expressions so long or nested that nobody wrote them; they aren't taken apart."""
    return len(expression) <= MAX_LENGTH and expression.count("(") <= MAX_BRACKETS


def split_top_level(expression: str, word: str) -> list[str]:
    """Split at ``word`` outside brackets and quotes."""
    parts, depth, quote, start, position = [], 0, "", 0, 0
    separator = f" {word} "
    text = re.sub(r"[\t\r\n]+", " ", expression).strip()
    while position < len(text):
        character = text[position]
        if quote:
            quote = "" if character == quote else quote
        elif character in "'\"":
            quote = character
        elif character in "()":
            depth += 1 if character == "(" else -1
        elif depth == 0 and text[position : position + len(separator)].lower() == separator:
            parts.append(text[start:position])
            position += len(separator)
            start = position
            continue
        position += 1
    return [part.strip() for part in (*parts, text[start:])]


def _without_brackets(text: str) -> str:
    """Remove brackets around the whole: ``(a or b)`` but not ``(a) or (b)``."""
    while text.startswith("(") and text.endswith(")"):
        depth = 0
        for position, character in enumerate(text):
            depth += (character == "(") - (character == ")")
            if depth == 0 and position < len(text) - 1:
                return text
        text = text[1:-1].strip()
    return text


def _condition(text: str) -> dict[str, Any] | None:
    if found := re.fullmatch(rf"{REFERENCE}\s*!=\s*(?:''|\"\")", text):
        return {"item": found.group(1), "is": Comparison.ANSWERED}
    if found := re.fullmatch(rf"{REFERENCE}\s*=\s*(?:{QUOTED})", text):
        return {"item": found.group(1), "is": Comparison.EQUAL, "value": _unquoted(found, 2)}
    if found := re.fullmatch(rf"{REFERENCE}\s*(=|>=|<=)\s*({NUMBER})", text):
        comparison = {"=": Comparison.EQUAL, ">=": Comparison.AT_LEAST, "<=": Comparison.AT_MOST}
        return {
            "item": found.group(1),
            "is": comparison[found.group(2)],
            "value": float(found.group(3)),
        }
    if found := re.fullmatch(rf"selected\(\s*{REFERENCE}\s*,\s*(?:{QUOTED})\s*\)", text):
        return {"item": found.group(1), "is": Comparison.CONTAINS, "value": _unquoted(found, 2)}
    return _one_of(text) or _answered_otherwise(text)


def _one_of(text: str) -> dict[str, Any] | None:
    parts = [_without_brackets(part) for part in split_top_level(text, "or")]
    if len(parts) < 2:
        return None
    alternatives = [re.fullmatch(rf"{REFERENCE}\s*=\s*(?:{QUOTED})", part) for part in parts]
    found = [alternative for alternative in alternatives if alternative]
    if len(found) < len(parts) or len({match.group(1) for match in found}) > 1:
        return None
    return {
        "item": found[0].group(1),
        "is": Comparison.ONE_OF,
        "value": tuple(dict.fromkeys(_unquoted(match, 2) for match in found)),
    }


def _answered_otherwise(text: str) -> dict[str, Any] | None:
    """``${X} != '' and ${X} != 'a'`` and the same with ``not(selected(…))``."""
    parts = split_top_level(text, "and")
    if len(parts) != 2:
        return None
    answered = re.fullmatch(rf"{REFERENCE}\s*!=\s*(?:''|\"\")", parts[0])
    for comparison, form in (
        (Comparison.NOT_EQUAL, rf"{REFERENCE}\s*!=\s*(?:{QUOTED})"),
        (Comparison.LACKS, rf"not\(\s*selected\(\s*{REFERENCE}\s*,\s*(?:{QUOTED})\s*\)\s*\)"),
    ):
        found = re.fullmatch(form, parts[1])
        if answered and found and found.group(1) == answered.group(1):
            return {"item": found.group(1), "is": comparison, "value": _unquoted(found, 2)}
    return None


def _quoted(text: str) -> str | None:
    """A string literal; XPath 1.0 has no escape, so text with both quotes has none."""
    if not text or not text.isprintable():
        return None
    if "'" not in text:
        return f"'{text}'"
    return f'"{text}"' if '"' not in text else None


def _unquoted(found: re.Match[str], group: int) -> str:
    return found.group(group) if found.group(group) is not None else found.group(group + 1)


def _number(value: float) -> str:
    """Without an exponent, which XPath 1.0 does not know."""
    return format(Decimal(repr(value)).normalize(), "f")
