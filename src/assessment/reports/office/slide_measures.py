"""Where things stand on a slide and how large letters are; all in points."""

WIDE, HIGH = 960, 540
"""16:9 as PowerPoint makes it."""
MARGIN = 44
"""Left and right."""
FULL = WIDE - 2 * MARGIN
GAP = 28
"""Between two columns."""
BULLET = 24
"""Room a dot takes."""
TITLE_SIZE, SMALL_SIZE = 30, 18
"""Nothing on a slide is smaller than the last."""
NOTES_SIZE = 14
"""On the notes pages, which are read on paper or a screen nearby."""
TEXT_SIZES = (26, 24, 22, 20)
"""Of the sentences: the largest at which all fit."""
LINE_HEIGHT = 1.2
"""Of the size of the letters."""
TITLE_TOP, TITLE_HEIGHT, TITLE_LINES = 22, 80, 2
BODY_TOP = 122
FOOT_BOTTOM, FOOT_GAP, FOOT_LINES = 528, 10, 2
"""The foot grows upwards where it needs more lines."""
NUMBER_WIDTH = 60
NOTE_GAP = 10
"""Above the sentence below a chart or table."""
CELL_MARGIN = 5
"""Left and right within a cell."""
ROW_GAP = 8
"""Above and below the text of a row together."""


def foot_height(lines: int) -> float:
    """Height of a foot of so many lines."""
    return lines * SMALL_SIZE * LINE_HEIGHT
