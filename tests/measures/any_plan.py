"""Plans of any content, as hypothesis strategies."""

from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

from assessment.measures.model import CostKind, Horizon
from assessment.measures.paper_types import (
    Budgeted,
    BudgetNote,
    ClimateJudgement,
    Consultation,
    ConsultationRole,
    Funding,
    GenderStyle,
    Operative,
    Outcome,
    PaperKind,
    PaperSettings,
    PaperStatus,
    Preset,
    SectionId,
    Vote,
)
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


posts = st.decimals(0, 1000, places=2)
votes = st.none() | st.integers(0, 1000)


@st.composite
def fundings(draw: st.DrawFn) -> Funding:
    programme = draw(lines.filter(lambda text: Funding(programme=text).programme != ""))
    quota = draw(st.none() | st.decimals(0, 100, places=1))
    return Funding(programme=programme, quota=quota, checked=draw(days))


@st.composite
def cost_rows(draw: st.DrawFn) -> CostRow:
    kind = draw(st.sampled_from(CostRowKind))
    staff = kind is CostRowKind.STAFF
    return CostRow(
        kind=kind,
        amounts=draw(st.dictionaries(years, st.none() | euros, max_size=4)),
        later=draw(st.none() | euros),
        posts=draw(st.dictionaries(years, posts, max_size=3)) if staff else {},
        later_posts=draw(st.none() | posts) if staff else None,
        funding=draw(fundings()) if kind is CostRowKind.INCOME else Funding(),
        basis=draw(st.sampled_from(CostBasis)),
        note=draw(lines),
    )


budgets = st.builds(
    BudgetNote,
    product=lines,
    account=lines,
    budgeted=st.sampled_from(Budgeted),
    extraordinary=st.booleans(),
    cover=lines,
)
consultations = st.builds(
    Consultation,
    body=lines,
    day=days,
    role=st.sampled_from(ConsultationRole),
    outcome=st.none() | st.sampled_from(Outcome),
    vote=st.builds(Vote, yes=votes, no=votes, abstention=votes, note=lines),
    wording=texts,
)
papers = st.builds(
    PaperSettings,
    kind=st.sampled_from(PaperKind),
    status=st.sampled_from(PaperStatus),
    operative=st.sampled_from(Operative),
    preset=st.sampled_from(Preset),
    number=lines,
    reference=lines,
    subject=lines,
    lead=lines,
    body=lines,
    committee=lines,
    next_report=days,
    consultations=st.lists(consultations, max_size=3).map(tuple),
    paragraph_per_body=st.booleans(),
    headings=st.dictionaries(st.sampled_from(SectionId), lines, max_size=2),
    occasion=texts,
    choice=texts,
    participation=texts,
    alternatives=texts,
    without_decision=texts,
    climate_shown=st.booleans(),
    climate=st.none() | st.sampled_from(ClimateJudgement),
    climate_reason=lines,
    effects=st.dictionaries(lines, lines, max_size=2),
    texts=st.dictionaries(st.sampled_from(SectionId), texts, max_size=2),
    gender=st.sampled_from(GenderStyle),
    plain_language=st.booleans(),
    security_field_public=st.booleans(),
    editorial_days=st.integers(0, 120),
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
        budget=draw(budgets),
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
        # Half of the plans have no paper yet: drawing one costs more than all the rest.
        paper=draw(st.just(PaperSettings()) | papers),
    )
