"""Options beside which people write free text, in the words of the survey programs."""

import re

from assessment.german import fold

_OTHER = re.compile(
    r"(sonstiges?|sonstige|anderes?|andere|other|other \(please specify\)|please specify"
    r"|sonstiges? \(bitte (angeben|eingeben)\)|other - write in.*|other word\(s\):?"
    r"|andere \(bitte (angeben|eingeben)\)|weitere angaben|eigene option|otros?)"
)
_COMMENT = re.compile(r"(kommentare?|comments?|comment|anmerkungen?)\s*:?")


def is_other_text(option: str) -> bool:
    """True for „Sonstiges“, “Other (please specify)” and their like."""
    return bool(_OTHER.fullmatch(fold(option)))


def is_comment(option: str) -> bool:
    """True for „Kommentar“, “Comments:” and their like."""
    return bool(_COMMENT.fullmatch(fold(option)))
