"""Several answers in one cell: ``a;b;c``, ``a, b`` or a ranking ``3,7,1``."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from assessment.german import fold
from assessment.questionnaire.inference.known import known
from assessment.questionnaire.inference.values import SAMPLE, ColumnValues

SEPARATORS = (";", "|", "\n", ",")
MAX_ONE_OFFS = 150
MIN_COVERAGE = 0.8
"""Share of the mentions that recurring parts must make up; the rest is written in by hand."""


@dataclass(frozen=True, slots=True)
class CellList:
    """A column whose cells hold several answers. ``parts``: label → number of mentions."""

    separator: str
    parts: Mapping[str, int]
    one_offs: frozenset[str]
    ranking: bool
    longest: int
    """Largest number of parts in one cell."""


def split_parts(text: str, separator: str) -> list[str]:
    """Split at a separator outside of brackets; blanks and a trailing separator fall away."""
    if separator not in text:
        return [text.strip()] if text.strip() else []
    parts, depth, start = [], 0, 0
    for index, sign in enumerate(text):
        if sign in "([":
            depth += 1
        elif sign in ")]":
            depth = max(0, depth - 1)
        elif sign == separator and (depth == 0 or separator != ","):
            parts.append(text[start:index])
            start = index + 1
    parts.append(text[start:])
    return [part.strip() for part in parts if part.strip()]


def match_parts(text: str, labels: Mapping[str, str]) -> list[str] | None:
    """The codes named in a cell, in the order written; ``None`` if a part is unknown.

    ``labels`` maps :func:`assessment.german.fold` of labels and codes to codes. The whole cell is
    tried first; a label that itself contains the separator is found as a run of parts.
    """
    whole = labels.get(fold(text))
    if whole is not None:
        return [whole]
    for separator in SEPARATORS:
        if separator in text:
            found = _match_run(split_parts(text, separator), separator, labels)
            if found is not None:
                return found
    return None


def _match_run(parts: Sequence[str], separator: str, labels: Mapping[str, str]) -> list[str] | None:
    codes, start = [], 0
    while start < len(parts):
        for end in range(min(len(parts), start + 6), start, -1):
            code = labels.get(fold(f"{separator} ".join(parts[start:end])))
            if code is not None:
                codes.append(code)
                start = end
                break
        else:
            return None
    return codes


def find_list(values: ColumnValues) -> CellList | None:
    """Whether the cells of a column hold several answers, and which."""
    if not values.answers or values.date_share > 0.5:
        return None
    for separator in SEPARATORS:
        found = _try(values, separator)
        if found is not None:
            return found
    return None


def _try(values: ColumnValues, separator: str) -> CellList | None:
    sample = values.sampled
    holding = [text for text in sample if separator in text]
    if not holding:
        return None
    answered = sum(sample.values())
    trailing = sum(n for text, n in sample.items() if text.rstrip().endswith(separator))
    definite = separator == ";" and trailing >= 0.5 * answered
    if not definite:
        share = sum(sample[text] for text in holding) / answered
        if share < 0.05 or (separator == "," and _is_decimal(values)):
            return None
        if len(holding) < 2 and not _known_alone(holding[0], separator, sample):
            return None
        if len(sample) == SAMPLE and len(values.answers) > 0.75 * sum(values.answers.values()):
            return None  # nearly every answer different: free text
    cells = {text: split_parts(text, separator) for text in values.answers}
    if separator == ",":
        cells = _joined(cells)
    parts = _mentions(values.answers, cells)
    if not parts:
        return None  # nothing but separators
    ranking = _is_ranking(values, cells)
    enough = max(2, sum(values.answers.values()) // 200)
    one_offs = frozenset(part for part, count in parts.items() if count < enough)
    coverage = 1 - sum(parts[part] for part in one_offs) / max(1, sum(parts.values()))
    if not definite and not ranking:
        spread = sum(values.answers.values()) / len(values.answers)
        if len(parts) >= len(values.answers) or len(parts) - len(one_offs) < 2:
            return None
        if coverage < MIN_COVERAGE or (spread < 1.3 and coverage < 0.95):
            return None
    unwieldy = len(one_offs) > MAX_ONE_OFFS or max(map(len, parts)) > 300
    few_definite = definite and len(parts) <= 40
    if (unwieldy or coverage < 0.3) and not few_definite:
        return None
    if few_definite and coverage < 0.3:
        one_offs = frozenset()  # a handful of rows: nothing can recur yet
    longest = max(map(len, cells.values()))
    return CellList(separator, dict(parts), one_offs, ranking, longest)


def _known_alone(text: str, separator: str, answers: Mapping[str, int]) -> bool:
    """True if all parts of the only list are also given as single answers (``2;3``)."""
    return all(part in answers for part in split_parts(text, separator))


def _is_decimal(values: ColumnValues) -> bool:
    return values.number_share >= 0.9


def _mentions(answers: Mapping[str, int], cells: Mapping[str, Sequence[str]]) -> Counter[str]:
    spelling: dict[str, str] = {}
    parts: Counter[str] = Counter()
    for text in sorted(cells, key=lambda text: (-answers[text], text)):
        for part in cells[text]:
            parts[spelling.setdefault(fold(part), part)] += answers[text]
    return parts


def _joined(cells: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """Undo splits inside of labels: parts that never occur without each other are one."""
    follows: Counter[tuple[str, str]] = Counter()
    single: Counter[str] = Counter()
    for parts in cells.values():
        single.update(parts)
        follows.update(pairwise(parts))
    bound = {
        pair
        for pair, count in follows.items()
        if count > 1 and single[pair[0]] == single[pair[1]] == count and pair[1][:1].islower()
    }
    joined: dict[str, list[str]] = {}
    for text, parts in cells.items():
        out: list[str] = []
        last = ""
        for part in parts:
            if out and (last, part) in bound:
                out[-1] = f"{out[-1]}, {part}"
            else:
                out.append(part)
            last = part
        joined[text] = out
    return joined


def _is_ranking(values: ColumnValues, cells: Mapping[str, Sequence[str]]) -> bool:
    """Same number of different parts in nearly every cell, in changing order."""
    lists = [(parts, values.answers[text]) for text, parts in sorted(cells.items())][:SAMPLE]
    total = sum(count for _, count in lists)
    sizes: Counter[int] = Counter()
    before: Counter[tuple[str, str]] = Counter()
    for parts, count in lists:
        if len(set(parts)) == len(parts):
            sizes[len(parts)] += count
        for pair in combinations(parts, 2):
            before[pair] += count
    size, same = sizes.most_common(1)[0] if sizes else (0, 0)
    named = known().headers["rank"].is_named_in(values.source.header)
    if size < 2 or (same < 0.9 * total and not named):
        return False
    swapped = sum(min(n, before[second, first]) for (first, second), n in list(before.items()))
    share = swapped / max(1, sum(before.values()))
    return share >= (0.1 if named else 0.3)
