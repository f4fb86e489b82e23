"""Small steps between the forms of the strategy and its document."""

from zlib import crc32

from pydantic import ValidationError

from assessment.german import parse_number
from assessment.measures.plan_types import FIRST_YEAR, LAST_YEAR, StrategyFrame
from assessment.remarks import InputRefused
from assessment.ui.plan_page import PlanPage


def mark_of(page: PlanPage) -> str:
    """Part of widget keys: another content, other widgets, so that none shows what was before."""
    content = page.plan.strategy.model_dump_json() + str(sorted(page.plan.targets.items()))
    return f"{page.key}-{crc32(content.encode()):08x}"


def changed_frame(page: PlanPage, **values: object) -> StrategyFrame:
    """The strategy with other values.

    Raises:
        InputRefused: if a value is too long or out of range.
    """
    given = {name: getattr(page.plan.strategy, name) for name in StrategyFrame.model_fields}
    try:
        return StrategyFrame.model_validate(given | values)
    except ValidationError as error:
        raise InputRefused(
            "STRATEGY_INVALID",
            "Ein Text ist zu lang (Absätze bis 4.000, Zeilen bis 200 Zeichen). Bitte kürzen.",
        ) from error


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
