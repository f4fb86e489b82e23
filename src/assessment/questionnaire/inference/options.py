"""Answer options from the values of a file: codes, labels, special answers."""

import re
from collections.abc import Iterable, Mapping, Sequence

from assessment.german import fold
from assessment.questionnaire.inference.known import known, squeeze
from assessment.questionnaire.inference.scales import prefix_number
from assessment.questionnaire.model import Option, OptionKind

_CODE = re.compile(r"[^\s;|,]{1,6}")
_WHOLE = re.compile(r"(-?\d{1,5})[.,]0+")
_SPECIAL_CODES = {
    OptionKind.DONT_KNOW: "wn",
    OptionKind.NOT_APPLICABLE: "nz",
    OptionKind.NONE_OF_THESE: "keine",
}


def make_options(
    labels: Sequence[str],
    special: Mapping[str, OptionKind],
    one_offs: Iterable[str] = (),
    value_labels: Mapping[str, str] | None = None,
) -> tuple[Option, ...]:
    """Options in the given order, then what was written in by hand, then the special answers.

    ``labels`` are values as written in the file. Values that are short codes stay the codes;
    texts with a number in front take that number; all others are numbered from 1. With
    ``value_labels`` (SPSS) the value becomes the code and its label the label. No code equals
    the label of another option, so that a cell can be read by code or by label.
    """
    texts = value_labels or {}
    written = list(one_offs)
    taken: set[str] = set()
    options: list[Option] = []

    def add(value: str, code: str, kind: OptionKind = OptionKind.ANSWER) -> None:
        unique, count = code, 2
        while unique in taken:
            unique, count = f"{code}_{count}", count + 1
        taken.add(unique)
        # A label only replaces a value that survives as the code; otherwise it would be lost.
        label = texts.get(value, value) if unique == value else value
        options.append(Option(code=unique, label=label or value, kind=kind))

    for value, code in zip(labels, _codes(labels, texts), strict=True):
        add(value, code)
    reserved = {fold(value) for value in [*labels, *written, *special]}
    start = len(labels) + 1
    for number, value in enumerate(written, start):
        code = f"s{number}"
        add(value, code if code not in reserved else f"sonst_{number}")
    for value, kind in special.items():
        add(value, value if _CODE.fullmatch(value) else _SPECIAL_CODES[kind], kind)
    return tuple(options)


def _codes(values: Sequence[str], texts: Mapping[str, str]) -> list[str]:
    if not values:
        return []
    if all(_CODE.fullmatch(value) for value in values) and (
        texts or len({fold(value) for value in values}) == len(values)
    ):
        return [_WHOLE.sub(r"\1", value) if _WHOLE.fullmatch(value) else value for value in values]
    numbers = [prefix_number(value) for value in values]
    found = [number for number in numbers if number is not None]
    if len(set(found)) == len(values):
        return [str(number) for number in found]
    folded = {fold(value) for value in values}
    stem = "" if not any(str(n + 1) in folded for n in range(len(values))) else "a"
    return [f"{stem}{number}" for number in range(1, len(values) + 1)]


def by_frequency(counts: Mapping[str, int]) -> list[str]:
    """Labels from frequent to rare (then by text), „Sonstiges“ last."""
    other = known().other
    return sorted(counts, key=lambda text: (squeeze(text) in other, -counts[text], text))
