"""Plans of any content, as hypothesis strategies."""

from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

from assessment.measures.model import CostKind, Horizon
from assessment.measures.plan_types import (
    BlockState,
    BlockStrategy,
    CostBasis,
    CostRow,
    CostRowKind,
    Decision,
    DecisionState,
    FieldStrategy,
    MunicipalityPlan,
    PlannedMeasure,
    Status,
    StrategyFrame,
)

# Surrogate halves can't be part of a Python text that goes to a file; forms and editors never
# hand them over.
WORDS = ("null", "true", "no", "1e5", "1.5", "08", "2026-01-01", "- a", "a: b", "# x", "&a", "*a")
NASTY = st.sampled_from((*"'\"|>!%@`{[=~\u2028🙂", "a\tb", "a\n b\n\n c", *WORDS))
texts = st.one_of(st.text(st.characters(exclude_categories=["Cs"]), max_size=60), NASTY)
lines = texts
ids = st.from_regex(r"[A-Za-z0-9_.-]{1,8}", fullmatch=True)
days = st.none() | st.dates(date(2000, 1, 1), date(2100, 12, 31))
years = st.integers(2000, 2100)
euros = st.decimals(0, Decimal("9999999999.99"), places=2)


@st.composite
def cost_rows(draw: st.DrawFn) -> CostRow:
    return CostRow(
        kind=draw(st.sampled_from(CostRowKind)),
        amounts=draw(st.dictionaries(years, st.none() | euros, max_size=4)),
        basis=draw(st.sampled_from(CostBasis)),
        note=draw(lines),
    )


@st.composite
def planned_measures(draw: st.DrawFn, measure_id: str) -> PlannedMeasure:
    return PlannedMeasure(
        id=measure_id,
        own_title=draw(lines),
        own_field=draw(lines),
        own_horizon=draw(st.none() | st.sampled_from(Horizon)),
        own_effort=draw(st.none() | st.integers(1, 5)),
        owner=draw(lines),
        start=draw(days),
        end=draw(days),
        override_note=draw(lines),
        priority=draw(lines),
        status=draw(st.sampled_from(Status)),
        decision=Decision(
            state=draw(st.sampled_from(DecisionState)), day=draw(days), body=draw(lines)
        ),
        costs=tuple(draw(st.lists(cost_rows(), max_size=3, unique_by=lambda row: row.kind))),
        cost_kind=draw(st.none() | st.sampled_from(CostKind)),
        requires=tuple(
            name for name in draw(st.lists(ids, max_size=3, unique=True)) if name != measure_id
        ),
        note=draw(texts),
        cause=draw(texts),
        option=draw(texts),
    )


@st.composite
def plans(draw: st.DrawFn, names: st.SearchStrategy[str] = ids) -> MunicipalityPlan:
    chosen = draw(st.lists(names, max_size=5, unique=True))
    return MunicipalityPlan(
        municipality=draw(st.sampled_from(["01051044", "Zeile 12", "010510001001"])),
        name=draw(lines),
        wave=draw(lines),
        catalogue_id=draw(lines),
        begins=draw(days),
        targets=draw(st.dictionaries(ids, st.integers(0, 4), max_size=4)),
        measures=tuple(draw(planned_measures(name)) for name in chosen),
        strategy=StrategyFrame(
            vision=tuple(draw(st.lists(texts, max_size=3))),
            target_year=draw(st.none() | years),
            fields=draw(
                st.dictionaries(
                    ids,
                    st.builds(
                        FieldStrategy,
                        goal=texts,
                        chances=texts,
                        projects=st.lists(lines, max_size=2).map(tuple),
                    ),
                    max_size=3,
                )
            ),
            blocks=draw(
                st.dictionaries(
                    ids,
                    st.builds(
                        BlockStrategy, state=st.none() | st.sampled_from(BlockState), note=texts
                    ),
                    max_size=3,
                )
            ),
            participation=tuple(draw(st.lists(lines, max_size=3))),
        ),
    )
