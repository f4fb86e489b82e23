"""Key, name, Land, population and goals: what single columns are used for."""

import re
from collections.abc import Sequence

from assessment.questionnaire.inference.headers import plain
from assessment.questionnaire.inference.known import known, squeeze
from assessment.questionnaire.inference.values import ColumnValues, cell_text
from assessment.source_column import Part

KEY_SHARE = 0.8
_KEY = re.compile(r"(0[1-9]|1[0-6])(\d{6}|\d{10})")
_LATE_KEY = re.compile(r"1[0-6](\d{6}|\d{10})")
_LOST_ZERO = re.compile(r"[1-9](\d{6}|\d{10})")


def key_share(values: ColumnValues, *, lost_zero: bool = False) -> float:
    """Share of the entered values that look like an AGS (8 digits) or ARS (12), 0–1.

    ``lost_zero`` also accepts 7 and 11 digits: keys of the Länder 01–09 read as numbers.
    """
    total = sum(values.sampled.values())
    if not total:
        return 0.0
    found = 0
    for text, count in values.sampled.items():
        digits = re.sub(r"\s", "", text)
        if _KEY.fullmatch(digits) or (lost_zero and _LOST_ZERO.fullmatch(digits)):
            found += count
    return found / total


def find_municipal_keys(columns: Sequence[ColumnValues]) -> list[ColumnValues]:
    """Columns with AGS or ARS, those named so first, then by position."""
    words = known().headers["key"]
    named, valued = [], []
    for values in columns:
        header = plain(values.source.header)
        code = plain(values.source.code)
        by_name = words.is_exactly(header) or words.is_named_in(header) or words.is_exactly(code)
        if by_name and (not values.answers or key_share(values, lost_zero=True) >= 0.5):
            named.append(values)
        elif _varied(values) and (key_share(values) >= KEY_SHARE or _mixed_keys(values)):
            valued.append(values)
    return [*named, *valued]


def _varied(values: ColumnValues) -> bool:
    return len(values.answers) >= 0.5 * values.answered


def _mixed_keys(values: ColumnValues) -> bool:
    """Numbers of 7 and 8 digits, the latter from Land 10 on: keys that lost their zero."""
    total = len(values.sampled)
    if total < 20 or key_share(values, lost_zero=True) < 0.95:
        return False
    late = sum(bool(_LATE_KEY.fullmatch(text)) for text in values.sampled)
    return 0.1 * total <= late < total


def find_id(columns: Sequence[ColumnValues]) -> ColumnValues | None:
    """A column with a different entry in every row whose header says it identifies the row."""
    words = known().headers["id"]
    for values in columns:
        header = plain(values.source.header)
        complete = values.answered == values.rows == len(values.counts) and values.rows > 1
        if complete and (words.is_exactly(header) or _counts_rows(values)):
            return values
    return None


def _counts_rows(values: ColumnValues) -> bool:
    """A metadata column or one without header that holds another whole number in each row."""
    unnamed = not plain(values.source.header) or values.source.part is Part.METADATA
    return unnamed and all(text.isdigit() for text in values.sampled)


def find_name(columns: Sequence[ColumnValues]) -> ColumnValues | None:
    """The column with the names of municipalities: by header, with mostly different texts."""
    words = known().headers["name"]
    best: tuple[int, int, ColumnValues] | None = None
    for values in columns:
        header = plain(values.source.header)
        if not (words.is_exactly(header) or words.is_named_in(header)):
            continue
        texts = values.answers
        if not texts or values.number_share > 0.2 or len(texts) < 0.5 * values.answered:
            continue
        # „Name“ alone may be the respondent's; any more telling header wins.
        vague = int(squeeze(header) == "name")
        if best is None or (vague, values.position) < best[:2]:
            best = (vague, values.position, values)
    return best[2] if best else None


def is_land(values: ColumnValues) -> bool:
    """True if nearly all values are names or abbreviations of the German Länder."""
    if not values.answers or len(values.answers) > 40:
        return False
    found = sum(n for text, n in values.answers.items() if squeeze(text) in known().laender)
    named = known().headers["land"].is_named_in(plain(values.source.header))
    total = sum(values.answers.values())
    # Abbreviations of two letters alone prove nothing.
    spelled = any(len(squeeze(text)) > 3 for text in values.answers)
    return found >= 0.8 * total and (spelled or named or _is_land_header(values))


def _is_land_header(values: ColumnValues) -> bool:
    return known().headers["land"].is_exactly(plain(values.source.header))


def is_population(values: ColumnValues) -> bool:
    """True if the header speaks of inhabitants and the values are numbers above a handful."""
    named = known().headers["population"].is_named_in(plain(values.source.header))
    numbers = list(values.numbers.values())
    return named and bool(numbers) and max(numbers) > 500


def speaks_of_goals(text: str) -> bool:
    """True if a question's wording asks for goals or how important something is."""
    return known().headers["goal"].is_named_in(text)


def empty_values(values: ColumnValues) -> bool:
    """True if no cell of the column holds anything that could be read."""
    return all(
        value is None or (isinstance(value, str) and not cell_text(value))
        for value in values.source.column.values
    )
