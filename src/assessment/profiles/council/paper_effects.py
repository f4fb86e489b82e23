"""What follows the Sachverhalt: alternatives, refusal, money, staff, climate, Anlagen, outcome."""

from collections.abc import Iterator, Sequence

from assessment.german import format_date
from assessment.measures.costs import quoted
from assessment.measures.paper_types import Operative, Vote
from assessment.measures.roadmap_types import PostsCell, at_least, posts_text
from assessment.profiles.council.climate import ClimateProposal, climate_proposal, ticks
from assessment.profiles.council.measure_order import constrained
from assessment.profiles.council.paper_basis import (
    PaperBasis,
    ids_of,
    one_line,
    own_paragraphs,
    paragraph,
    said,
)
from assessment.profiles.council.paper_parts import (
    TO_FILL,
    Form,
    PaperParagraph,
    PaperTable,
    Said,
)
from assessment.profiles.council.paper_summary import operative_name, refusal_effects
from assessment.profiles.texts import sentence

MOST_UNDONE = 3
Paragraphs = tuple[PaperParagraph, ...]


def alternatives(basis: PaperBasis) -> Paragraphs:
    """What else could be decided: written, or what every body may do."""
    text = said(
        f"paper_alternatives.{operative_name(basis)}",
        body=basis.body.nominative,
        **basis.body.verbs,
    )
    return own_paragraphs(basis.settings.alternatives) or (paragraph(text),)


def refusal(basis: PaperBasis) -> Paragraphs:
    """What follows from a refusal."""
    own = own_paragraphs(basis.settings.without_decision)
    return own or (paragraph(*refusal_effects(basis)), *_left_undone(basis))


def _left_undone(basis: PaperBasis) -> Iterator[PaperParagraph]:
    """What follows if planned measures are left out: all duties, and others up to three."""
    if basis.settings.operative is Operative.NOTE:
        return
    planned = {row.id for row in basis.rows}
    duties = {row.id: row for row in basis.duties}
    rows = [
        row
        for row in basis.dossier.measures.rows
        if row.text.id in planned and row.without and row.text.dimension not in basis.hidden_fields
    ]
    shown = [row for row in rows if row.text.id in duties]
    shown += [row for row in rows if row.text.id not in duties][: max(0, MOST_UNDONE - len(shown))]
    for row in shown:
        ids = (row.text.id, row.text.dimension)
        text = said("paper_alternatives.undone", ids, title=row.text.title, text=row.without)
        yield paragraph(text, form=Form.BULLET)
    # The recommendations say nothing of what is in hand already.
    named = {row.text.id for row in shown}
    more = [row for name, row in duties.items() if name not in named]
    if more:
        text = "more_duties_one" if len(more) == 1 else "more_duties"
        titles = quoted([row.title for row in more])
        yield paragraph(said(f"paper_alternatives.{text}", ids_of(more), names=titles))


def finance_answer(basis: PaperBasis) -> Paragraphs:
    """Above the table: what it costs."""
    found = [Said(basis.finance.sentence, basis.finance.ids)]
    if basis.settings.operative is Operative.NOTE:
        found.insert(0, said("paper_finance.note_only"))
    return (paragraph(*found, form=Form.LEAD),)


def finance_tables(basis: PaperBasis) -> tuple[PaperTable, ...]:
    """Sums, amounts by measure, budget; none where there is nothing to cost yet."""
    if not basis.rows and not basis.finance.costs.lines:
        return ()
    finance = basis.finance
    return tuple(
        table for table in (finance.totals, finance.details, finance.budget) if table is not None
    )


def finance_closing(basis: PaperBasis) -> Paragraphs:
    """Below the tables: programmes with their day, where the amounts come from."""
    funding = (
        paragraph(Said(text, (measure,)), form=Form.BULLET)
        for measure, text in basis.finance.funding
    )
    source = paragraph(said("paper_finance.source", basis.finance.ids), form=Form.NOTE)
    poor = (paragraph(said("paper_finance.constrained")),) if constrained(basis.dossier) else ()
    return (*poor, *funding, source)


def staff(basis: PaperBasis) -> Paragraphs:
    """Posts by year; nothing is said to be none that nobody stated."""
    cells = basis.finance.costs.posts
    ids = [line.measure for line in basis.finance.costs.lines if line.posts]
    known = [cell for cell in cells if cell.known]
    plan = said("paper_staff.plan")
    if not known:
        return (paragraph(said("paper_staff.open", ids), plan),)
    missing = tuple(dict.fromkeys(title for cell in cells for title in cell.without))
    silent = basis.finance.staff_silent
    if not any(cell.posts for cell in known) and not missing and not silent:
        return (paragraph(said("paper_staff.zero", ids)),)
    years = "; ".join(_years(known))
    found = [said("paper_staff.posts", ids, years=years)]
    if missing:
        found.append(said("paper_staff.missing", ids, names=quoted(missing)))
    return (paragraph(*found, plan),)


def climate(basis: PaperBasis) -> Paragraphs:
    """The four ticks with one sentence of reason; a proposal says that it is one."""
    settings = basis.settings
    proposal = climate_of(basis)
    if settings.climate is None:
        return (
            paragraph(
                said("paper_climate.proposal", proposal.ids, ticks=ticks(proposal.judgement))
            ),
            paragraph(said("paper_climate.reason", proposal.ids, text=proposal.reason)),
        )
    judged = paragraph(said("paper_climate.judged", ticks=ticks(settings.climate)))
    own = one_line(settings.climate_reason)
    if own:
        reason = Said(sentence("paper_climate.reason", text=own))
    elif settings.climate is proposal.judgement:
        reason = said("paper_climate.reason", proposal.ids, text=proposal.reason)
    else:
        reason = said("paper_climate.reason_open", mark=TO_FILL)
    return (judged, paragraph(reason))


def climate_of(basis: PaperBasis) -> ClimateProposal:
    """What the catalogue proposes for the plan."""
    plan = basis.dossier.plan
    return climate_proposal(plan.measures if plan else (), basis.dossier.catalogue)


def effects_table(basis: PaperBasis) -> tuple[PaperTable, ...]:
    """Demografie, Gleichstellung …: only what somebody wrote."""
    rows = tuple(
        (one_line(name), one_line(text))
        for name, text in basis.settings.effects.items()
        if one_line(name) and one_line(text)
    )
    if not rows:
        return ()
    columns = (sentence("paper_effects.name"), sentence("paper_effects.text"))
    return (PaperTable(sentence("paper_effects.caption"), columns, rows),)


def attachment_list(basis: PaperBasis) -> Paragraphs:
    """The Anlagen with their titles."""
    lines = (
        paragraph(
            said("paper_attachments.line", number=each.number, title=each.title),
            form=Form.BULLET,
        )
        for each in basis.attachments
    )
    return (*lines, paragraph(said("paper_attachments.lead"), form=Form.NOTE))


def outcome(basis: PaperBasis) -> Paragraphs:
    """What each body made of the paper, as recorded after the session."""
    return tuple(_outcomes(basis))


def vote_text(vote: Vote) -> str:
    """„Ja 22, Nein 0, Enthaltung 1; einstimmig“; ``""`` where nothing was recorded."""
    counts = (vote.yes, vote.no, vote.abstention)
    parts = []
    if any(count is not None for count in counts):
        shown = [
            sentence("paper_chain.votes_unknown") if count is None else str(count)
            for count in counts
        ]
        parts.append(sentence("paper_chain.votes", yes=shown[0], no=shown[1], abstention=shown[2]))
    return "; ".join((*parts, *((vote.note,) if vote.note else ())))


def _outcomes(basis: PaperBasis) -> Iterator[PaperParagraph]:
    for line in basis.chain:
        if line.outcome is None:
            continue
        votes = vote_text(line.vote)
        yield paragraph(
            said(
                "paper_outcome.line",
                body=line.body or TO_FILL,
                day=sentence("paper_outcome.day", day=format_date(line.day)) if line.day else "",
                outcome=line.outcome.value,
                vote=sentence("paper_outcome.vote", vote=votes.rstrip(".")) if votes else "",
            )
        )
        wording = own_paragraphs(line.wording)
        if wording:
            yield paragraph(said("paper_outcome.wording"))
            yield from wording


def _years(cells: Sequence[PostsCell]) -> Iterator[str]:
    """„2027 bis 2029: je 0,5 VZÄ“: years of the same statement together."""
    groups: list[list[PostsCell]] = []
    for cell in cells:
        last = groups[-1][-1] if groups else None
        if last is not None and _follows(last, cell):
            groups[-1].append(cell)
        else:
            groups.append([cell])
    for group in groups:
        first, last = group[0], group[-1]
        shown = posts_text(first.posts)
        if first.without:
            shown = at_least(shown)
        if first.year is None:
            yield sentence("paper_staff.later", posts=shown)
        elif first is last:
            yield sentence("paper_staff.year", year=first.year, posts=shown)
        else:
            yield sentence("paper_staff.years", first=first.year, last=last.year, posts=shown)


def _follows(last: PostsCell, cell: PostsCell) -> bool:
    """Whether a cell is the next year and says the same."""
    alike = (last.posts, bool(last.without)) == (cell.posts, bool(cell.without))
    return alike and last.year is not None and cell.year == last.year + 1
