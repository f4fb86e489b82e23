"""Surveys for profile tests: parts of the sample, and what no sentence may contain."""

import re
from dataclasses import replace
from typing import Any

from assessment.survey import Survey

NEVER = re.compile(
    r"schlecht|schwach|mangelhaft|versag|rückständ|ungenügend|Verlier|Schlusslicht|\bRang|Ranking"
    r"|bester Typ|\*innen|:innen|_innen|[a-z]Innen|\"|\{|\}|\bnan\b|\bNone\b|<NA>"
)
"""Words that shame or rank, gender signs, straight quotes, leftovers of templates and of missing
values."""


def part_of(survey: Survey, rows) -> Survey:
    """The same survey with only some rows."""
    return replace(survey, answers=survey.answers.iloc[rows], status=survey.status.iloc[rows])


def texts_in(content: Any) -> list[str]:
    """All texts in plain data."""
    if isinstance(content, str):
        return [content]
    if isinstance(content, dict):
        return [text for value in content.values() for text in texts_in(value)]
    if isinstance(content, list):
        return [text for value in content for text in texts_in(value)]
    return []
