"""Texts, codes and readable ids from column headers."""

import re
import unicodedata
from collections.abc import Iterable
from html import unescape

from assessment.german import fold
from assessment.questionnaire.inference.known import squeeze
from assessment.source_column import SourceColumn

MAX_ID = 40
_MARKUP = re.compile(r"<[^<>]*>")
_BLANKS = re.compile(r"[\s\u00a0\u200b\ufeff]+")
_WORDS = re.compile(r"[a-z0-9]+")
_UNSAFE = re.compile(r"[\s;|]+")
_SERIES = re.compile(r"^(?P<stem>.*?[^\d])(?P<number>\d{1,3})$", re.S)
_FILLERS = frozenset(
    {
        *("der", "die", "das", "den", "dem", "des", "ein", "eine", "einen", "einer", "ist"),
        *("sind", "sie", "ihr", "ihre", "ihrer", "ihrem", "ihren", "in", "im", "und", "oder"),
        *("von", "zu", "zum", "zur", "wie", "was", "welche", "welcher", "welches", "bitte", "the"),
        *("a", "an", "of", "to", "is", "are", "do", "you", "your", "what", "which", "how"),
    }
)


def plain(text: str) -> str:
    """A header without markup, entities and doubled blanks."""
    return _BLANKS.sub(" ", unescape(_MARKUP.sub(" ", text))).strip()


def _without_accents(text: str) -> str:
    parts = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in parts if not unicodedata.combining(sign))


def slug(text: str, longest: int = MAX_ID) -> str:
    """A short readable id: ``Wie viele Beschäftigte?`` → ``viele_beschaeftigte``."""
    words = _WORDS.findall(_without_accents(fold(plain(text))))
    telling = [word for word in words if word not in _FILLERS] or words
    out = ""
    for word in telling:
        longer = f"{out}_{word}" if out else word
        if len(longer) > longest:
            break
        out = longer
    return out or (telling[0][:longest] if telling else "")


def safe_code(code: str) -> str:
    """A code without blanks, ``;`` and ``|``, at most 60 characters."""
    return _UNSAFE.sub("_", plain(code)).strip("_")[:60]


def series(header: str) -> tuple[str, int] | None:
    """``Rank_3`` → (``Rank_``, 3): a header that counts, else ``None``."""
    match = _SERIES.match(header.strip())
    return (match["stem"], int(match["number"])) if match else None


def item_text(source: SourceColumn) -> str:
    """The wording of a column's question: ``Frage [Option]`` where it has both."""
    question, option = plain(source.question), plain(source.option)
    if question and option and squeeze(question) != squeeze(option):
        return f"{question} [{option}]"
    return question or option or plain(source.header) or source.code


def question_text(source: SourceColumn) -> str:
    """The wording shared by all columns of a question."""
    return plain(source.question) or source.code or plain(source.header)


class Ids:
    """Hands out unique ids, the same ones for the same columns in the same order."""

    def __init__(self, reserved: Iterable[str] = ()) -> None:
        self._taken = set(reserved)

    def new(self, wanted: str, fallback: str) -> str:
        """``wanted`` or, if taken, with a running number behind it."""
        base = wanted or fallback
        unique, count = base, 2
        while unique in self._taken:
            unique, count = f"{base}_{count}", count + 1
        self._taken.add(unique)
        return unique

    def for_column(self, source: SourceColumn) -> str:
        """From question and sub-question code, else from the header."""
        code = "_".join(filter(None, (safe_code(source.code), safe_code(source.sub))))
        words = slug(source.question or source.header)
        if source.question and source.option:
            half = MAX_ID // 2
            words = "_".join(filter(None, (slug(source.question, half), slug(source.option, half))))
        return self.new(code or words, f"spalte_{source.column.position}")

    def for_question(self, source: SourceColumn) -> str:
        """For an item made of several columns."""
        code = safe_code(source.code)
        return self.new(code or slug(source.question), f"frage_{source.column.position}")
