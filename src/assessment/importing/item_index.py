"""Finds the item a column header speaks of: certain finds first, similar texts as suggestions."""

import re
from collections.abc import Collection, Sequence
from typing import NamedTuple

import numpy as np
from rapidfuzz import fuzz, process

from assessment.german import fold
from assessment.importing.coded_values import OptionReader, loose_key
from assessment.importing.many_columns import PLACE
from assessment.importing.plausible import readable_share
from assessment.questionnaire.model import Item, ItemKind, Questionnaire, Role
from assessment.source_column import SourceColumn

MIN_SIMILARITY = 0.72
"""Below this, two texts have no more in common than any two questions of a questionnaire."""
SURE_SIMILARITY = 0.95
MARGIN = 0.03
"""Lead over the second best item a similar text needs before it is taken without asking."""

_CUSTOMARY: dict[Role, frozenset[str]] = {
    Role.KEY: frozenset(
        {
            *("ags", "ars", "gemeindeschluessel", "amtlicher gemeindeschluessel"),
            *("regionalschluessel", "amtlicher gemeindeschluessel ags", "rs", "schluessel"),
            *("gemeindekennziffer", "gkz", "kommunalschluessel"),
        }
    ),
    Role.NAME: frozenset(
        {
            *("gemeinde", "kommune", "gemeindename", "name der gemeinde", "name der kommune"),
            *("stadt", "kommunenname", "stadt gemeinde", "gebietskoerperschaft"),
        }
    ),
    Role.LAND: frozenset({"bundesland", "land"}),
    Role.POPULATION: frozenset({"einwohner", "einwohnerzahl", "einwohnerinnen und einwohner"}),
}
_CODE_START = re.compile(r"^(?P<code>[A-Za-z]{1,4}\d{1,3}[a-z]?)\s*[.:)–-]?\s+(?P<text>\S.*)$")
_SUB_END = re.compile(r"^(?P<code>.+?)[_.\-/ ](?P<sub>[A-Za-z0-9]+)$")
_PLACE_TEXT = re.compile(
    r"(rang|ranking|rank|platz|place|prioritaet|nr)?\s*\.?\s*(?P<n>\d{1,2})\.?"
)


class Match(NamedTuple):
    """A find: ``confidence`` 0–1, ``how`` in German."""

    item: str
    option: str | None
    confidence: float
    how: str


class ItemIndex:
    """The items of a questionnaire by code, text and customary name."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        self.questionnaire = questionnaire
        self._readers: dict[str, OptionReader] = {}
        self._by_code = {_code_key(item.id): item for item in questionnaire.items}
        self._by_text: dict[str, Item | None] = {}
        for item in questionnaire.items:
            texts = {item.text, *(t.text for t in item.translations.values() if t.text)}
            for key in {loose_key(text) for text in texts}:
                # Two items with the same wording can't be told apart by it.
                self._by_text[key] = None if key in self._by_text else item
        self._by_name: dict[str, Item] = {}
        for role, names in _CUSTOMARY.items():
            item = questionnaire.first(role)
            if item is not None:
                self._by_name |= dict.fromkeys(names, item)
        self._texts = [loose_key(item.text) for item in questionnaire.items]

    def by_code(self, code: str) -> Match | None:
        """The item with this code, whatever its text and answer look like."""
        item = self._by_code.get(_code_key(code))
        return None if item is None else Match(item.id, None, 1.0, f"Code „{code}“")

    def certain(self, column: SourceColumn) -> Match | None:
        """A find by code, exact text or customary name; confidence below 0.9 wants a decision."""
        return self._code(column) or self._text(column) or self._name(column)

    def _code(self, column: SourceColumn) -> Match | None:
        for code, sub, text in _code_candidates(column):
            item = self._by_code.get(_code_key(code))
            if item is None:
                continue
            option, known = self._option(item, sub, column.option)
            if not known:
                how = f"Code „{code}“ gefunden, der Teil „{sub or column.option}“ nicht"
                return Match(item.id, None, 0.6, how)
            return self._weighed(item, option, column, text, f"Code „{code}“")
        return None

    def _weighed(
        self, item: Item, option: str | None, column: SourceColumn, text: str, how: str
    ) -> Match:
        """A code counts less where text or answers contradict it."""
        confidence = 1.0
        if text and text != column.code:
            alike = fuzz.token_set_ratio(loose_key(text), loose_key(item.text)) / 100
            if alike < 0.6:
                confidence, how = 0.6, f"{how}, aber der Fragetext lautet anders"
        readable = readable_share(item, option, column, self._reader(item))
        if readable < 0.5:
            confidence = min(confidence, 0.5)
            how = f"{how}, aber die Antworten passen nicht zu den Optionen"
        return Match(item.id, option, confidence, how)

    def _text(self, column: SourceColumn) -> Match | None:
        question, option = column.question or column.header, column.option
        whole = self._by_text.get(loose_key(f"{question} {option}")) if option else None
        if whole is not None:
            return Match(whole.id, None, 1.0, "gleicher Fragetext")
        item = self._by_text.get(loose_key(question))
        if item is None:
            return None
        code, known = self._option(item, column.sub, option)
        if not known:
            return Match(item.id, None, 0.6, f"Fragetext gleich, Option „{option}“ unbekannt")
        return Match(item.id, code, 1.0, "gleicher Fragetext")

    def _name(self, column: SourceColumn) -> Match | None:
        key = loose_key(column.question or column.header)
        item = self._by_name.get(key)
        if item is None:
            return None
        readable = readable_share(item, None, column, self._reader(item))
        confidence = 0.95 if readable >= 0.5 else 0.5
        return Match(item.id, None, confidence, f"üblicher Name „{column.header}“")

    def _option(self, item: Item, sub: str, text: str) -> tuple[str | None, bool]:
        """(option code or place, found); (None, True) where the column holds the whole answer."""
        if not sub and not text:
            return None, True
        if item.kind is ItemKind.RANKING:
            for candidate in (sub, text):
                match = _PLACE_TEXT.fullmatch(fold(candidate)) if candidate else None
                if match and match["n"] not in item.option_by_code:
                    return f"{PLACE}{int(match['n'])}", True
        if item.kind not in (ItemKind.MULTIPLE, ItemKind.RANKING):
            return None, not sub
        reader = self._reader(item)
        for candidate in (text, sub):
            code = reader.code_of(candidate)[0] if candidate else None
            if code is not None:
                return code, True
        return None, False

    def _reader(self, item: Item) -> OptionReader:
        if item.id not in self._readers:
            self._readers[item.id] = OptionReader(item)
        return self._readers[item.id]

    def similar(self, columns: Sequence[SourceColumn], used: Collection[str]) -> list[Match | None]:
        """The most similar item per column, or ``None``; items already ``used`` are left out."""
        free = [
            index
            for index, item in enumerate(self.questionnaire.items)
            if item.id not in used or item.kind in (ItemKind.MULTIPLE, ItemKind.RANKING)
        ]
        if not columns or not free:
            return [None] * len(columns)
        queries = [loose_key(column.question or column.header) for column in columns]
        choices = [self._texts[index] for index in free]
        scores = process.cdist(queries, choices, scorer=fuzz.token_sort_ratio) / 100
        return [self._best(column, row, free) for column, row in zip(columns, scores, strict=True)]

    def _best(self, column: SourceColumn, scores: np.ndarray, free: list[int]) -> Match | None:
        order = np.argsort(-scores, kind="stable")
        best = float(scores[order[0]])
        if best < MIN_SIMILARITY or len(loose_key(column.question or column.header)) < 6:
            return None
        item = self.questionnaire.items[free[int(order[0])]]
        lead = best - float(scores[order[1]]) if len(order) > 1 else 1.0
        option, known = self._option(item, column.sub, column.option)
        how = f"ähnlicher Fragetext ({best * 100:.0f} %)"
        readable = readable_share(item, option, column, self._reader(item))
        sure = best >= SURE_SIMILARITY and lead >= MARGIN and known and readable >= 0.8
        return Match(item.id, option, best if sure else min(best, 0.89), how)


def _code_key(code: str) -> str:
    return re.sub(r"[^0-9a-zäöüß]", "", code.casefold())


def _code_candidates(column: SourceColumn) -> list[tuple[str, str, str]]:
    """(code, sub, text) readings of a header, the most explicit first."""
    found = []
    if column.code:
        found.append((column.code, column.sub, column.question))
        split = None if column.sub else _SUB_END.match(column.code)
        if split:
            found.append((split["code"], split["sub"], column.question))
    start = _CODE_START.match(column.header)
    if start and not column.code:
        found.append((start["code"], "", start["text"] if not column.option else column.question))
    elif not column.code:
        found.append((column.header, "", ""))
        split = _SUB_END.match(column.header)
        if split:
            found.append((split["code"], split["sub"], ""))
    return found
