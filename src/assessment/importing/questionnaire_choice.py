"""Does a questionnaire fit a file? Decides between ours and one proposed from the file."""

from assessment.importing.mapping import ColumnMapping
from assessment.importing.recognition import Recognition
from assessment.questionnaire.model import Questionnaire, Role
from assessment.source_column import Part

MIN_ITEMS = 3
"""A key, a name and a population prove nothing: every municipal table has them."""
SHARE_OF_ITEMS = 0.5
SHARE_OF_COLUMNS = 0.6
_STRUCTURE = {Role.KEY, Role.NAME, Role.LAND, Role.KIND, Role.POPULATION, Role.STRUCTURE}


def fits(recognition: Recognition, mapping: ColumnMapping, questionnaire: Questionnaire) -> bool:
    """True if half of the items, or 60 % of the answer columns, map surely.

    Items and columns that only say who answers don't count.
    """
    content = {item.id for item in questionnaire.items if not set(item.roles) & _STRUCTURE}
    structure = set(questionnaire.item_by_id) - content
    items = {target.item for target in mapping.taken if target.item in content}
    columns = sum(target.item in content for target in mapping.taken)
    about_structure = {t.position for t in mapping.taken if t.item in structure}
    asked = sum(
        column.part is Part.ANSWER and column.column.position not in about_structure
        for column in recognition.columns
    )
    if len(items) < MIN_ITEMS:
        return False
    return len(items) >= SHARE_OF_ITEMS * len(content) or columns >= SHARE_OF_COLUMNS * asked
