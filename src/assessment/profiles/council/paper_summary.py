"""The Kurzfassung: what is decided, why now, what it costs, what happens without a decision."""

from collections.abc import Iterator

from assessment.german import format_date
from assessment.measures.paper_types import Operative
from assessment.profiles.council.paper_basis import (
    PaperBasis,
    ids_of,
    one_line,
    own_paragraphs,
    paragraph,
    said,
    span_text,
)
from assessment.profiles.council.paper_parts import (
    Form,
    PaperParagraph,
    Said,
    SectionId,
)
from assessment.profiles.targets import target_gaps
from assessment.profiles.texts import sentence

Answers = tuple[PaperParagraph, PaperParagraph, PaperParagraph, PaperParagraph]
LONGEST_OCCASION = 300
"""A longer occasion stands in its section only."""
_OPERATIVES = {
    Operative.NOTE: "note",
    Operative.STRATEGY: "strategy",
    Operative.CONTINUATION: "continuation",
}


def answers(basis: PaperBasis) -> Answers:
    """The four answers; each is never empty."""
    return (
        _termed("what", _what(basis)),
        _termed("why", *_why(basis)),
        _termed("cost", *_cost(basis)),
        _termed("without", *_without(basis)),
    )


def operative_name(basis: PaperBasis) -> str:
    """Which wording fits: „strategy“, „begin“ (no measures yet), „note“, „continuation“."""
    return "begin" if basis.begins_only else _OPERATIVES[basis.settings.operative]


def measures_text(basis: PaperBasis) -> str:
    """„7 Maßnahmen“, „einer Maßnahme“, for sentences in the dative."""
    n = len(basis.rows)
    return sentence("paper_summary.measures_one" if n == 1 else "paper_summary.measures", n=n)


def plain_words(basis: PaperBasis) -> tuple[PaperParagraph, ...]:
    """„Worum geht es?“ in plain language: short sentences, labelled as what it is."""
    body, name = basis.body, operative_name(basis)
    verbs = body.verbs
    if name == "begin":
        plan = said("paper_plain.plan_none")
        decide = said("paper_plain.decide_begin", body=body.nominative, **verbs)
    else:
        plan = (
            said("paper_plain.plan", ids_of(basis.rows), measures=measures_text(basis))
            if basis.rows
            else said("paper_plain.plan_none")
        )
        text = "paper_plain.decide_note" if name == "note" else "paper_plain.decide"
        decide = said(text, body=body.nominative, **verbs)
    money = "money" if basis.finance.unknown or not basis.finance.ids else "money_known"
    section = basis.headings[SectionId.FINANCE]
    return (
        paragraph(said("paper_plain.survey", genitive=basis.place.genitive), plan, decide),
        paragraph(said(f"paper_plain.{money}", basis.finance.ids, section=section)),
        paragraph(said("paper_plain.note"), form=Form.NOTE),
    )


def _termed(name: str, *sentences: Said) -> PaperParagraph:
    return paragraph(*sentences, term=sentence(f"paper_summary.{name}"))


def _what(basis: PaperBasis) -> Said:
    return said(
        f"paper_summary.what_{operative_name(basis)}",
        ids_of(basis.rows),
        body=basis.body.nominative,
        genitive=basis.place.genitive,
        measures=measures_text(basis),
        span=span_text("paper_summary.span", basis.span),
        year=basis.created.year,
        **basis.body.verbs,
    )


def _why(basis: PaperBasis) -> tuple[Said, ...]:
    """The occasion where somebody wrote one, then what the data say; never an invented reason."""
    found = list(_reasons(basis))
    occasion = one_line(basis.settings.occasion)
    if occasion and len(occasion) <= LONGEST_OCCASION:
        found.insert(0, Said(occasion))
    return tuple(found) or (said("paper_summary.why_unknown"),)


def _reasons(basis: PaperBasis) -> Iterator[Said]:
    duties = basis.duties
    if len(basis.rows) == 1 and duties:
        yield said("paper_summary.why_duty_only", ids_of(duties))
    elif duties:
        text = "why_duty_one" if len(duties) == 1 else "why_duties"
        yield said(f"paper_summary.{text}", ids_of(duties), n=len(duties))
    dossier = basis.dossier
    targets = [
        each
        for each in target_gaps(dossier.assessment.survey, dossier.key, dossier.basis.targets)
        if each.dimension not in basis.hidden_fields
    ]
    wanted = [each for each in targets if each.gap > 0]
    ids = [each.dimension for each in wanted]
    if len(wanted) == 1:
        yield said("paper_summary.why_targets_one_field", ids, name=wanted[0].name)
    elif wanted:
        text = "why_targets_all" if len(wanted) == len(targets) else "why_targets"
        yield said(f"paper_summary.{text}", ids, n=len(wanted), total=len(targets))
    starts = [row.start for row in basis.rows if row.start]
    if starts and min(starts) >= basis.created:
        first = [row for row in basis.rows if row.start == min(starts)]
        yield said("paper_summary.why_begin", ids_of(first), day=format_date(min(starts)))


def _cost(basis: PaperBasis) -> tuple[Said, ...]:
    answer = tuple(Said(text, basis.finance.ids) for text in basis.finance.sentences)
    if basis.settings.operative is Operative.NOTE:
        only = said("paper_finance.note_only")
        return (only, *answer) if basis.finance.ids else (only,)
    return answer


def _without(basis: PaperBasis) -> tuple[Said, ...]:
    own = own_paragraphs(basis.settings.without_decision)
    if own:
        return own[0].sentences
    return refusal_effects(basis)


def refusal_effects(basis: PaperBasis) -> tuple[Said, ...]:
    """What follows from no decision: only what is true of every paper of this kind."""
    name = operative_name(basis)
    found = [said(f"paper_summary.without_{name}", ids_of(basis.rows))]
    if basis.duties and name != "note":
        found.append(said("paper_summary.without_duties", ids_of(basis.duties)))
    return tuple(found)
