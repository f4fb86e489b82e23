"""Which answers form an ordered scale, and in which order."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assessment.german import fold
from assessment.questionnaire.inference.known import known, squeeze
from assessment.questionnaire.model import ItemKind

PLAIN_DEGREE = 6
"""Degree of a label without a degree word: „sicher“ lies between „eher“ and „sehr sicher“."""
LONG_LABEL = 25
"""Mean length in characters from which numbered answers describe states rather than degrees."""

_PREFIX = re.compile(r"^(?P<number>-?\d{1,2})(?:\s*[=.:)–—-]\s*|\s+|\s*(?=\())(?P<rest>.*)$", re.S)
_STEP = re.compile(r"\b(stufe|level|reifegrad|reifegradstufe)\s*(?P<number>\d{1,2})\b")
_NUMBER = re.compile(r"\d+(?:[.,]\d{3})*")
_RANGE = re.compile(
    r"\d\s*(-|–|bis|to)\s*\D{0,2}\d|<|>|≤|≥|\+|\b(unter|ueber|bis|ab|mehr als|weniger als|unter"
    r"|less than|more than|under|over|und mehr|or more|at least)\b"
)
_SPAN = re.compile(r"\d\s*(-|–|bis|to)\s*\D{0,2}\d")
_BELOW = re.compile(r"^(<|≤|unter|bis|weniger|less|under|kein)")
_MONTHS = re.compile(r"\d\s*(monat|month)")
_YEARS = re.compile(r"\d\s*\+?\s*(jahr|year)")


@dataclass(frozen=True, slots=True)
class Ordering:
    """Labels from low to high with the kind they suggest and why (German clause)."""

    kind: ItemKind
    labels: tuple[str, ...]
    reason: str
    scale: str = ""


def order_labels(labels: Iterable[str]) -> Ordering | None:
    """The order of answer texts, ``None`` if nothing suggests one.

    ``labels`` are the answers without „weiß nicht“ and the like. Tried in this order: numbers in
    front of the texts, „Stufe 3“, known scales, degree words, classes of numbers.
    """
    given = sorted(set(labels))
    if len(given) < 2:
        return None
    for attempt in (_by_prefix, _by_step, _by_known_scale, _by_degree, _by_range):
        found = attempt(given)
        if found is not None:
            return found
    return None


def prefix_number(label: str) -> int | None:
    """The number in front of an answer text (``3 = teils/teils`` → 3); ranges have none."""
    if label.isascii() and label.isdigit() and len(label) < 3:
        return int(label)
    match = _PREFIX.match(label)
    if not match or _SPAN.match(label) or match["rest"][:1].isdigit():
        return None
    if not match["rest"].strip("() "):
        return None
    return int(match["number"])


def _by_prefix(labels: Sequence[str]) -> Ordering | None:
    numbers = [prefix_number(label) for label in labels]
    found = [number for number in numbers if number is not None]
    if len(found) < len(labels) or len(set(found)) < len(labels):
        return None
    worded = [label for label in labels if not label.isdigit()]
    if len(labels) < 3 or not worded or max(found) - min(found) > 2 * len(labels):
        return None
    rests = [match["rest"] for label in worded if (match := _PREFIX.match(label))]
    if len(rests) > 1 and len(set(rests)) == 1:
        return None  # „1 Jahr“, „2 Jahr“: counted things, not named points of a scale
    ranked = tuple(label for _, label in sorted(zip(found, labels, strict=True)))
    long = sum(map(len, rests)) / len(rests) > LONG_LABEL and len(rests) == len(labels)
    kind = ItemKind.LEVEL if long else ItemKind.RATING
    return Ordering(kind, ranked, "die Antworten beginnen mit fortlaufenden Zahlen")


def _by_step(labels: Sequence[str]) -> Ordering | None:
    steps = [_STEP.search(fold(label)) for label in labels]
    numbers = [int(step["number"]) for step in steps if step]
    if len(labels) < 3 or len(set(numbers)) < len(labels):
        return None
    ranked = tuple(label for _, label in sorted(zip(numbers, labels, strict=True)))
    return Ordering(ItemKind.LEVEL, ranked, "die Antworten nennen Stufen")


def _by_known_scale(labels: Sequence[str]) -> Ordering | None:
    keys = [squeeze(label) for label in labels]
    best: Ordering | None = None
    best_size = 0
    for scale in known().scales:
        ranks = [scale.ranks.get(key) for key in keys]
        found = [rank for rank in ranks if rank is not None]
        if len(found) < len(labels) or len(set(found)) < len(labels):
            continue
        size = len(set(scale.ranks.values()))
        if best is None or size < best_size:
            ranked = tuple(label for _, label in sorted(zip(found, labels, strict=True)))
            reason = f"bekannte Antwortskala „{scale.title}“"
            best, best_size = Ordering(scale.kind, ranked, reason, scale.id), size
    return best


def _readings(label: str) -> list[tuple[int, str]]:
    """All ways to split a label into degree and stem, longest degree word first."""
    degrees = known().degrees
    key = squeeze(label)
    found = [
        (degrees[key[:end]], key[end:])
        for end in range(len(key), 1, -1)
        if key[:end] in degrees and end < len(key)
    ]
    words = fold(label).split()
    for size in (3, 2, 1):
        for start in range(1, len(words) - size + 1):
            degree = degrees.get(squeeze("".join(words[start : start + size])))
            if degree is not None:
                rest = "".join(words[:start] + words[start + size :])
                found.append((degree, squeeze(rest)))
    found.append((PLAIN_DEGREE, key))
    return found


def _by_degree(labels: Sequence[str]) -> Ordering | None:
    if not 3 <= len(labels) <= 9:
        return None
    readings = [_readings(label) for label in labels]
    stems = Counter(stem for options in readings for stem in {stem for _, stem in options})
    for stem, _ in sorted(stems.items(), key=lambda pair: (-pair[1], pair[0])):
        scores = [_degree(options, stem) for options in readings]
        found = [score for score in scores if score is not None]
        covered = sum(any(s in (stem, f"un{stem}") for _, s in options) for options in readings)
        if len(stem) > 2 and covered >= 0.75 * len(labels) and len(set(found)) == len(labels):
            ranked = tuple(label for _, label in sorted(zip(found, labels, strict=True)))
            return Ordering(ItemKind.RATING, ranked, "die Antworten steigern denselben Begriff")
    return None


def _degree(readings: Sequence[tuple[int, str]], stem: str) -> int | None:
    for degree, own in readings:
        if own == stem:
            return degree
    for degree, own in readings:
        if own == f"un{stem}":
            return -degree
    lowest = min(degree for degree, _ in readings)
    return lowest if lowest <= -PLAIN_DEGREE else None


def _by_range(labels: Sequence[str]) -> Ordering | None:
    folded = [fold(label) for label in labels]
    if len(labels) < 3 or not all(_NUMBER.search(text) for text in folded):
        return None
    ranges = [text for text in folded if _RANGE.search(text)]
    numbers = [text for text in folded if text.isdigit()]
    covered = len(ranges) >= 0.6 * len(labels) or len(ranges) + len(numbers) == len(labels)
    if not ranges or not covered or max(map(len, labels)) > 80:
        return None
    in_years = any(_YEARS.search(text) for text in folded)
    ranked = tuple(
        label
        for _, label in sorted(
            (_lower_bound(text, in_years), label)
            for text, label in zip(folded, labels, strict=True)
        )
    )
    return Ordering(ItemKind.SINGLE, ranked, "die Antworten sind Größenklassen")


def _lower_bound(text: str, in_years: bool) -> tuple[float, int]:
    if _BELOW.match(text):
        return -1.0, 0
    match = _NUMBER.search(text)
    if match is None:
        return 0.0, 1
    number = float(re.sub(r"[.,]", "", match[0]))
    unit = text[: match.end() + 8]
    return (number / 12 if in_years and _MONTHS.search(unit) else number), 1
