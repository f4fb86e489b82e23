"""Short names of goals for axes and lists."""

from collections.abc import Sequence

_LEAST_COMMON = 15
"""Characters several questions must begin with alike before that beginning is left out."""


def short_goal(text: str) -> str:
    """What a goal question asks for, without its common beginning and question mark."""
    short = text.rsplit(": ", 1)[-1].rstrip("?").strip()
    return short[:1].upper() + short[1:]


def short_goals(texts: Sequence[str]) -> list[str]:
    """Short names side by side: a beginning they all share says nothing and is left out.

    Questions of a matrix differ only at the end (``Wie sehr trifft zu? [Aussage]``), where a label
    would be cut.
    """
    shorts = [short_goal(text) for text in texts]
    if len(set(shorts)) < 2:
        return shorts
    first, last = min(shorts), max(shorts)
    alike = next((n for n, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), 0)
    # Up to the last end of a word, so that no word is torn apart.
    common = max(first.rfind(" ", 0, alike), first.rfind("[", 0, alike)) + 1
    if common < _LEAST_COMMON:
        return shorts
    return [_plain(text[common:]) or text for text in shorts]


def _plain(rest: str) -> str:
    bare = rest.strip(" []")
    return bare[:1].upper() + bare[1:]
