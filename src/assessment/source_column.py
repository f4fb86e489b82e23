"""A column of an export together with what its header says about the question behind it."""

from dataclasses import dataclass
from enum import StrEnum

from assessment.table import Column


class Part(StrEnum):
    """Which part of an export a column is."""

    ANSWER = "answer"
    METADATA = "metadata"
    """Written by the survey program: response id, start time, last page, seed …"""
    OTHER_TEXT = "other_text"
    """Free text beside an option, such as ``[Sonstiges]``."""
    COMMENT = "comment"


@dataclass(frozen=True, slots=True, eq=False)
class SourceColumn:
    """One column below its header. ``column`` holds the data rows only.

    ``header`` is the header as written (several rows joined by `` | ``); ``code`` and ``sub``
    are question code and sub-question or option code where the export carries them (``E01``,
    ``SQ001``); ``question`` and ``option`` are their texts. Columns of one matrix or of one
    multiple-choice question share ``code`` or, without codes, ``question``.
    """

    column: Column
    header: str
    code: str = ""
    sub: str = ""
    question: str = ""
    option: str = ""
    part: Part = Part.ANSWER
