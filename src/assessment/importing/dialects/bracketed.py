"""Headers of the shape ``Frage [Option]`` and ``CODE[SUB]``, shared by several programs."""

import re
from collections import Counter
from collections.abc import Iterable

_BRACKET = re.compile(r"^(?P<question>.+?)\s*\[(?P<option>[^\[\]]*(?:\[[^\[\]]*\][^\[\]]*)*)\]\s*$")
_CODE_BRACKETS = re.compile(r"^(?P<code>[A-Za-z][\w.-]*)(?P<subs>(\s?\[[\w.#-]+\])+)$")
_SUB = re.compile(r"\[([\w.#-]+)\]")


def split_bracket(header: str) -> tuple[str, str] | None:
    """``Frage [Option]`` → (``Frage``, ``Option``); brackets at the end only."""
    match = _BRACKET.match(header)
    if not match:
        return None
    return match["question"].strip(), match["option"].strip()


def split_code(header: str) -> tuple[str, str] | None:
    """``E01[SQ001]`` → (``E01``, ``SQ001``); ``M[SQ1][SQ2]`` → (``M``, ``SQ1_SQ2``)."""
    match = _CODE_BRACKETS.match(header)
    if not match:
        return None
    return match["code"], "_".join(_SUB.findall(match["subs"]))


def shared(questions: Iterable[str]) -> set[str]:
    """Texts that occur at least twice."""
    return {text for text, count in Counter(questions).items() if count > 1}
