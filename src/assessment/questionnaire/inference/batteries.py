"""Questions spread over several columns: multiple choice, rankings, matrices."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from assessment.german import fold
from assessment.questionnaire.inference.grouping import Question
from assessment.questionnaire.inference.headers import plain, safe_code, series
from assessment.questionnaire.inference.known import known, squeeze
from assessment.questionnaire.inference.options import by_frequency, make_options
from assessment.questionnaire.inference.values import ColumnValues
from assessment.questionnaire.model import ItemKind, Option, OptionKind

DIFFERENT_ROWS = 0.95
"""Share of rows in which the columns of a ranking must hold different values."""
MAX_RANKS = 40
PLACE = "#"
"""Before a number: the rank a column stands for, instead of an option code."""


@dataclass(frozen=True, slots=True)
class Battery:
    """One item made of several columns. ``targets``: column position → option code.

    ``#1``, ``#2`` … in a ranking mean: the column holds the option on the first, second … rank.
    """

    kind: ItemKind
    options: tuple[Option, ...]
    targets: Mapping[int, str]
    reason: str
    unclear: str = ""
    picks: int | None = None


def find_battery(question: Question) -> Battery | None:
    """The multiple choice or ranking that the columns of a question make up, if they do."""
    columns = question.answers
    if len(columns) < 2:
        return None
    return _ranks_of_options(question) or _options_on_ranks(question) or _ticks(question)


def tick_columns(columns: Sequence[ColumnValues]) -> list[ColumnValues]:
    """The columns whose cells say „ticked“ or „not ticked“ (or nothing)."""
    return [values for values in columns if is_tick(values)]


def is_tick(values: ColumnValues) -> bool:
    """True for Ja/Nein, 1/0, X or the option's own text, repeated or blank."""
    words = known()
    keys = values.squeezed
    if len(keys) > 2:
        return False
    if keys <= (words.ticked | words.unticked):
        return len(keys & words.ticked) <= 1 and len(keys & words.unticked) <= 1
    return len(keys) == 1 and _repeats_option(values, next(iter(keys)))


def _repeats_option(values: ColumnValues, key: str) -> bool:
    source = values.source
    if key in {squeeze(source.option), squeeze(source.sub)} - {""}:
        return True
    # The text stands alone in its column and is left out where the option was not ticked.
    return values.number_share < 1 and values.answered < values.rows and len(values.counts) == 1


def _ticks(question: Question) -> Battery | None:
    answers = question.answers
    if not question.explicit and not _all_dummies(answers):
        return None
    columns = tick_columns(answers)
    words = known()
    seen = frozenset().union(*(values.squeezed for values in columns)) if columns else frozenset()
    if len(columns) < 2 or not seen or len(columns) < 0.6 * len(answers):
        return None
    if len(seen & words.ticked) > 1 or len(seen & words.unticked) > 1:
        return None
    if not _special_alike(columns):
        return None  # „keine Antwort“ per row: a matrix of yes-no questions
    labels = [_tick_label(values) for values in columns]
    codes = _option_codes(columns)
    options = [
        Option(code=code, label=label, kind=_tick_kind(label))
        for code, label in zip(codes, labels, strict=True)
    ]
    written = seen & words.ticked
    how = "eigener Text oder leer" if not written else "Ja/Nein, 1/0 oder Kreuz"
    sure = "" if question.explicit else "Gehören diese Spalten zu einer Frage?"
    targets = {values.position: code for values, code in zip(columns, codes, strict=True)}
    return Battery(
        ItemKind.MULTIPLE,
        tuple(options),
        targets,
        f"{len(columns)} Spalten mit je einer Antwortmöglichkeit ({how}): Mehrfachauswahl.",
        sure,
    )


def _all_dummies(columns: Sequence[ColumnValues]) -> bool:
    return len(columns) >= 3 and all(
        values.whole_numbers is not None and values.whole_numbers <= {0, 1} for values in columns
    )


def _special_alike(columns: Sequence[ColumnValues]) -> bool:
    """True if „keine Angabe“ or ``NA`` stands in all columns of a row or in none."""
    if not any(values.special or values.placeholders for values in columns):
        return True
    first: np.ndarray | None = None
    for values in columns:
        aside = values.placeholders | values.special.keys()
        marked = np.array([text in aside for text in values.texts], dtype=bool)
        rows = marked[values.source.column.codes] if len(marked) else np.zeros(values.rows, bool)
        if first is None:
            first = rows
        elif not np.array_equal(first, rows):
            return False
    return True


def _tick_label(values: ColumnValues) -> str:
    words = known()
    keys = values.squeezed
    if len(keys) == 1 and not keys & (words.ticked | words.unticked):
        return next(iter(values.answers))
    source = values.source
    return plain(source.option) or plain(source.header) or source.sub


def _tick_kind(label: str) -> OptionKind:
    words = known()
    if words.is_none_of_these(label):
        return OptionKind.NONE_OF_THESE
    return words.special_kind(label) or OptionKind.ANSWER


def _option_codes(columns: Sequence[ColumnValues]) -> list[str]:
    codes = [safe_code(values.source.sub).rpartition("_")[2] for values in columns]
    if all(codes) and len({fold(code) for code in codes}) == len(codes):
        return codes
    return [str(number) for number in range(1, len(columns) + 1)]


def _matrix(columns: Sequence[ColumnValues], kept: Mapping[int, list[float]]) -> np.ndarray:
    """Values per row and column as numbers, NaN where nothing was entered."""
    return np.column_stack(
        [
            np.array(kept[values.position], dtype=float)[values.source.column.codes]
            for values in columns
        ]
    )


def _different_in_rows(cells: np.ndarray) -> float:
    """Share of rows (with at least two entries) whose entries are all different."""
    ordered = np.sort(cells, axis=1)
    entries = (~np.isnan(cells)).sum(axis=1)
    doubled = (ordered[:, 1:] == ordered[:, :-1]).any(axis=1)
    judged = entries >= 2
    return float((~doubled[judged]).mean()) if judged.any() else 0.0


def _ranks_of_options(question: Question) -> Battery | None:
    """Each column belongs to an option and holds its rank 1..m."""
    columns = question.answers
    size = len(columns)
    if size < 3 or size > MAX_RANKS:
        return None
    for values in columns:
        whole = values.whole_numbers
        if whole is None or min(whole) < 0 or max(whole) > size:
            return None
    if max(max(values.whole_numbers or {0}) for values in columns) < 3:
        return None
    kept = {
        values.position: [
            # 0 says „not ranked“ in partial rankings.
            (values.numbers.get(text) or np.nan) if text in values.answers else np.nan
            for text in values.texts
        ]
        for values in columns
    }
    cells = _matrix(columns, kept)
    if _different_in_rows(cells) < DIFFERENT_ROWS:
        return None
    if _counts_ranks(columns):
        return _numbers_on_ranks(columns)
    codes = _option_codes(columns)
    labels = [_tick_label(values) for values in columns]
    options = [Option(code=c, label=name) for c, name in zip(codes, labels, strict=True)]
    return Battery(
        ItemKind.RANKING,
        tuple(options),
        {values.position: code for values, code in zip(columns, codes, strict=True)},
        f"{size} Spalten mit den Rängen 1 bis {size}, in jeder Zeile jeder Rang nur einmal:"
        " Rangfolge, ein Rang je Antwort.",
        "Ist 1 der höchste Rang?",
        picks=size,
    )


def _counts_ranks(columns: Sequence[ColumnValues]) -> bool:
    """True if the headers number the ranks (``Rank_1``, ``Platz 2``, ``[3]``)."""
    words = known().headers["rank"]
    named = True
    for number, values in enumerate(columns, 1):
        source = values.source
        label = plain(source.option) or source.sub or plain(source.header)
        counted = series(f" {label}") or series(plain(source.header))
        named &= counted is not None and counted[1] == number
        stem = series(plain(source.header))
        bare = label.isdigit()
        named &= bare or (stem is not None and words.is_named_in(stem[0].replace("_", " ")))
    return named


def _numbers_on_ranks(columns: Sequence[ColumnValues]) -> Battery:
    size = len(columns)
    special = {text: kind for values in columns for text, kind in values.special.items()}
    if any(0 in (values.whole_numbers or ()) for values in columns):
        special["0"] = OptionKind.DONT_KNOW  # the rank was left free
    return Battery(
        ItemKind.RANKING,
        make_options([str(number) for number in range(1, size + 1)], special),
        _places(columns),
        f"{size} Spalten, die nach Rängen heißen, mit den Nummern 1 bis {size}: Rangfolge,"
        " eine Antwort je Rang.",
        "Steht in der Spalte die Antwort auf diesem Rang oder der Rang dieser Antwort?",
        picks=size,
    )


def _places(columns: Sequence[ColumnValues]) -> dict[int, str]:
    return {values.position: f"{PLACE}{rank}" for rank, values in enumerate(columns, 1)}


def _named_by_rank(columns: Sequence[ColumnValues]) -> bool:
    """True if the headers speak of ranks or count 1, 2, 3 …"""
    words = known().headers["rank"]
    if any(words.is_named_in(values.source.header) for values in columns):
        return True
    labels = [plain(v.source.option) or v.source.sub or plain(v.source.header) for v in columns]
    counted = [series(f" {label}") for label in labels]
    numbers = sorted(found[1] for found in counted if found)
    return numbers == list(range(1, len(columns) + 1))


def _options_on_ranks(question: Question) -> Battery | None:
    """The columns hold first, second … choice out of the same options."""
    columns = question.answers
    if len(columns) < 2 or len(columns) > MAX_RANKS or not _named_by_rank(columns):
        return None
    counts: Counter[str] = Counter()
    for values in columns:
        if not values.answers or len(values.answers) > MAX_RANKS or values.number_share == 1:
            return None
        counts.update(values.answers)
    words = known()
    if any(values.squeezed & (words.ticked | words.unticked) for values in columns):
        return None
    # Every column must offer nearly the same answers, and a few of them at least.
    spelled: dict[str, str] = {}
    for text in by_frequency(counts):
        spelled.setdefault(fold(text), text)
    smallest = min(len(values.answers) for values in columns)
    if len(spelled) < max(3, len(columns)) or smallest < 0.5 * len(spelled):
        return None
    number = {key: float(index) for index, key in enumerate(spelled)}
    kept = {
        values.position: [number.get(fold(text), np.nan) for text in values.texts]
        for values in columns
    }
    cells = _matrix(columns, kept)
    enough = int(((~np.isnan(cells)).sum(axis=1) >= 2).sum()) >= 3
    if not enough or _different_in_rows(cells) < DIFFERENT_ROWS:
        return None
    special = {text: kind for values in columns for text, kind in values.special.items()}
    merged: Counter[str] = Counter()
    for text, count in counts.items():
        merged[spelled[fold(text)]] += count
    return Battery(
        ItemKind.RANKING,
        make_options(by_frequency(merged), special),
        _places(columns),
        f"{len(columns)} Spalten mit denselben Antworten, in jeder Zeile lauter verschiedene:"
        " Rangfolge, eine Antwort je Rang.",
        picks=len(columns),
    )
