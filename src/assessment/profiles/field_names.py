"""Names of fields where those of several blocks stand in one list.

„Beteiligung“ is a field of management, „Bürgerbeteiligung“ a part of the strategy: alone their
names look alike, so the latter says what it is.
"""

from collections.abc import Sequence

from assessment.german import format_number
from assessment.profiles.texts import has_sentence, sentence
from assessment.questionnaire.model import Questionnaire

_MOST_TOGETHER = 3
"""So many equals are all named; of more only the first two."""


def listed_name(questionnaire: Questionnaire, dimension: str) -> str:
    """„Baustein: Bürgerbeteiligung“; the plain name where its block needs no word."""
    known = questionnaire.dimension_by_id[dimension]
    key = f"listed_field.{questionnaire.blocks.get(known.block, known.block)}"
    return sentence(key, name=known.name) if has_sentence(key) else known.name


def joined(names: Sequence[str]) -> str:
    """„A, B und C“."""
    return " und ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)


def largest_sentence(section: str, names: Sequence[str], points: str) -> str:
    """Who is largest: all equals by name, of many the first two with how many there are.

    ``names``: at least one; ``section``: „gap“ or „wave“.
    """
    if len(names) == 1:
        return sentence(f"{section}.largest", name=names[0], points=points)
    # Names hold „und“ themselves („Natur und Umwelt“): beside others they stand in quotes.
    quoted = [f"„{name}“" for name in names]
    if len(names) <= _MOST_TOGETHER:
        return sentence(f"{section}.largest_of", names=joined(quoted), points=points)
    n = format_number(len(names))
    return sentence(f"{section}.largest_among", n=n, names=joined(quoted[:2]), points=points)
