"""Plans of own measures with any amounts, as a hypothesis strategy."""

from datetime import date

from hypothesis import strategies as st

from assessment.measures.model import CostKind
from assessment.measures.plan_types import (
    CostBasis,
    CostRow,
    CostRowKind,
    MunicipalityPlan,
    PlannedMeasure,
    Status,
)

YEARS = st.integers(2026, 2031)
EUROS = st.decimals(0, 9_999_999, places=2)
POSTS = st.decimals(0, 50, places=2)


@st.composite
def _rows(draw: st.DrawFn) -> tuple[CostRow, ...]:
    rows = []
    for kind in draw(st.lists(st.sampled_from(CostRowKind), unique=True)):
        staff = kind is CostRowKind.STAFF
        rows.append(
            CostRow(
                kind=kind,
                amounts=draw(st.dictionaries(YEARS, st.none() | EUROS, max_size=6)),
                later=draw(st.none() | EUROS),
                posts=draw(st.dictionaries(YEARS, POSTS, max_size=3)) if staff else {},
                later_posts=draw(st.none() | POSTS) if staff else None,
                basis=draw(st.sampled_from(CostBasis)),
            )
        )
    return tuple(rows)


@st.composite
def plans_with_money(draw: st.DrawFn) -> MunicipalityPlan:
    """Up to four own measures, each with its own title."""
    measures = tuple(
        PlannedMeasure(
            id=f"E{number}",
            own_title=f"Vorhaben {number}",
            status=draw(st.sampled_from(Status)),
            cost_kind=draw(st.none() | st.sampled_from(CostKind)),
            costs=draw(_rows()),
        )
        for number in range(1, draw(st.integers(0, 4)) + 1)
    )
    begins = draw(st.none() | st.just(date(2027, 1, 1)))
    return MunicipalityPlan(municipality="1", name="x", begins=begins, measures=measures)
