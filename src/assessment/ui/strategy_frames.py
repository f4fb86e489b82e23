"""Small steps between the forms of the strategy and its document."""

from zlib import crc32

from assessment.german import parse_number
from assessment.measures.plan_editing import change_plan
from assessment.measures.plan_fields import FIRST_YEAR, LAST_YEAR
from assessment.measures.plan_types import MunicipalityPlan
from assessment.remarks import InputRefused
from assessment.ui.plan_page import PlanPage


def mark_of(page: PlanPage) -> str:
    """Part of widget keys: another content, other widgets, so that none shows what was before."""
    content = page.plan.strategy.model_dump_json() + str(sorted(page.plan.targets.items()))
    return f"{page.key}-{crc32(content.encode()):08x}"


def with_strategy(page: PlanPage, **values: object) -> MunicipalityPlan:
    """The plan with other parts of its strategy, given as plain values.

    Raises:
        InputRefused: if a value is too long or out of range.
    """
    frame = page.plan.strategy
    given = {name: getattr(frame, name) for name in type(frame).model_fields}
    return change_plan(page.plan, strategy=given | values)


def lines_of(text: str) -> tuple[str, ...]:
    """The lines of a text that hold something."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def year_of(text: str) -> int | None:
    """A year; ``None`` for nothing.

    Raises:
        InputRefused: if it is no year from 2000 to 2100.
    """
    if not text.strip():
        return None
    number = parse_number(text)
    if number is None or number != int(number) or not FIRST_YEAR <= number <= LAST_YEAR:
        raise InputRefused(
            "NO_YEAR",
            f"Zieljahr: „{text.strip()}“ ist kein Jahr von {FIRST_YEAR} bis {LAST_YEAR}. Bitte "
            "vierstellig angeben, etwa 2035.",
        )
    return int(number)
