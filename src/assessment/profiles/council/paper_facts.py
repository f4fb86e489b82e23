"""The Sachverhalt up to the goals: occasion, approach, result, goals and their choice."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from assessment.comparison.gap_types import GapState, Reference
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
    Said,
    SectionId,
)
from assessment.profiles.fields import NamedField
from assessment.profiles.targets import target_gaps
from assessment.profiles.texts import points, sentence
from assessment.questionnaire.model import Role
from assessment.typology.model import MembershipState

MOST_TARGETS = 6
MOST_NAMED = 4
Paragraphs = tuple[PaperParagraph, ...]


def occasion(basis: PaperBasis) -> Paragraphs:
    """Who asked for the paper, the Leitbild, duties: what is written or known, else a mark."""
    own = own_paragraphs(basis.settings.occasion)
    found = list(own or (paragraph(said("paper_occasion.open", mark=TO_FILL)),))
    more: list[Said] = []
    priorities = basis.dossier.profile.priorities
    if priorities:
        item = basis.dossier.assessment.survey.questionnaire.first(Role.PRIORITY_PICK)
        ids = (item.id,) if item else ()
        more.append(said("paper_occasion.priorities", ids, names="; ".join(priorities)))
    strategy = basis.dossier.plan.strategy if basis.dossier.plan else None
    if strategy and strategy.vision:
        text = one_line(" ".join(strategy.vision))
        if text:
            name = "vision" if strategy.target_year is None else "vision_year"
            more.append(said(f"paper_occasion.{name}", text=text, year=strategy.target_year))
    if basis.duties:
        more.append(
            said(
                "paper_occasion.legal",
                ids_of(basis.duties),
                names="; ".join(row.title for row in basis.duties),
                measures=basis.number_of("massnahmen"),
            )
        )
    if more:
        found.append(paragraph(*more))
    return tuple(found)


def approach(basis: PaperBasis) -> Paragraphs:
    """On how many answers it rests, who took part, what it can't say."""
    data = basis.dossier.profile.data
    n = data.counts.answered
    day = sentence("paper_approach.day", day=basis.day) if basis.day else ""
    name = "basis_one" if n == 1 else "basis"
    first = [said(f"paper_approach.{name}", answered=n, day=day)]
    first += _open_answers(data.counts.dont_know, data.counts.missing)
    respondent = basis.dossier.assessment.survey.questionnaire.first(Role.RESPONDENT)
    ids = (respondent.id,) if respondent else ()
    who = (
        said(
            "paper_approach.respondents_one"
            if len(data.respondents) == 1
            else "paper_approach.respondents",
            ids,
            names=", ".join(data.respondents),
        )
        if data.respondents
        else said("paper_approach.respondents_open", ids)
    )
    notes = basis.dossier.profile.simulated_note
    return (
        paragraph(*first, who),
        paragraph(
            said("paper_approach.limits"),
            said("paper_approach.method", method=basis.number_of("methodik")),
        ),
        *((paragraph(Said(notes), form=Form.NOTE),) if notes else ()),
    )


def _open_answers(unknown: int, missing: int) -> Iterator[Said]:
    """How many answers are „weiß nicht“ or missing; nothing where all are given."""
    parts = [
        sentence(f"paper_approach.{name}_one" if n == 1 else f"paper_approach.{name}", n=n)
        for name, n in (("unknown", unknown), ("missing", missing))
        if n
    ]
    if len(parts) == 2:
        second = parts[1][0].lower() + parts[1][1:]
        both = sentence("paper_approach.both", first=parts[0], second=second)
        yield said("paper_approach.open", parts=both)
    elif parts:
        yield said("paper_approach.open_single", parts=parts[0])


def result(basis: PaperBasis) -> Paragraphs:
    """Strengths, gaps, type, who it is compared with; nothing that ranks."""
    profile, hidden = basis.dossier.profile, basis.hidden_fields
    if not any(row.score is not None for row in profile.fields):
        return (paragraph(said("paper_result.nothing")),)
    found: list[PaperParagraph] = []
    for kind, named, note in (
        ("strength", profile.strengths, profile.strengths_note),
        ("gap", profile.gaps, profile.gaps_note),
    ):
        shown = [each for each in named if each.dimension not in hidden]
        if shown:
            found.append(paragraph(said(f"paper_result.{kind}{'s' if len(shown) > 1 else '_one'}")))
            found += [_named(basis, kind, each) for each in shown]
        elif note:
            found.append(paragraph(Said(note)))
    found.append(paragraph(*_comparison(basis)))
    if profile.type is not None:
        found.append(paragraph(_type(basis)))
    if hidden:
        found.append(paragraph(said("paper_result.security", sorted(hidden))))
    return tuple(found)


def goals(basis: PaperBasis) -> Paragraphs:
    """Targets by field, why these fields, which are left out."""
    dossier = basis.dossier
    all_targets = target_gaps(dossier.assessment.survey, dossier.key, dossier.basis.targets)
    targets = [each for each in all_targets if each.dimension not in basis.hidden_fields]
    wanted = [each for each in targets if each.gap > 0]
    found: list[PaperParagraph] = []
    if not targets:
        found.append(paragraph(said("paper_goals.none", mark=TO_FILL)))
    elif not wanted:
        ids = [each.dimension for each in targets]
        found.append(paragraph(said("paper_goals.reached", ids)))
    else:
        found.append(paragraph(said("paper_goals.lead_targets")))
        for each in wanted[:MOST_TARGETS]:
            row = said(
                "paper_goals.row",
                (each.dimension,),
                name=each.name,
                current=each.current,
                target=each.target,
            )
            found.append(paragraph(row, form=Form.BULLET))
        rest = wanted[MOST_TARGETS:]
        if rest:
            name = "more_one" if len(rest) == 1 else "more"
            more = said(
                f"paper_goals.{name}",
                [each.dimension for each in rest],
                n=len(rest),
                results=basis.results,
            )
            found.append(paragraph(more))
    found += _choice(basis)
    return tuple(found)


def _choice(basis: PaperBasis) -> Iterator[PaperParagraph]:
    """Why these and not others: the reason is people's, what is left out is known."""
    if not basis.rows:
        return
    yield from own_paragraphs(basis.settings.choice) or (
        paragraph(said("paper_goals.choice", mark=TO_FILL)),
    )
    left = _not_chosen(basis)
    if left:
        more = len(left) - MOST_NAMED
        name = "not_chosen_more" if more > 1 else "not_chosen"
        shown = left if more <= 1 else left[:MOST_NAMED]
        names = _listed([name for _, name in shown], joined=more <= 1)
        yield paragraph(
            said(f"paper_goals.{name}", [field for field, _ in left], names=names, n=more)
        )
    roadmap = basis.dossier.schedule
    away = [row for row in roadmap.rows if not row.active] if roadmap else []
    if away:
        names = "; ".join(f"{row.title} ({row.status.value})" for row in away)
        yield paragraph(said("paper_goals.put_back", ids_of(away), names=names))


def _not_chosen(basis: PaperBasis) -> list[tuple[str, str]]:
    """Fields clearly below the median of the others that no measure of the plan is about.

    Only fields the catalogue has measures for: for the others nothing could be chosen.
    """
    offered = {
        field
        for measure in basis.dossier.catalogue.measures
        for field in (measure.action_field, measure.management_field)
    }
    covered = set[str]()
    for row in basis.rows:
        measure = basis.measure(row)
        covered.update(
            (measure.action_field, measure.management_field) if measure else (row.dimension,)
        )
    return [
        (line.dimension, line.listed)
        for line in basis.dossier.gaps.lines
        if line.dimension in offered - covered - basis.hidden_fields
        and (gap := line.gap(Reference.PEER_MEDIAN)) is not None
        and gap.state is GapState.SHORTFALL
    ]


def _listed(names: Sequence[str], *, joined: bool) -> str:
    marked = [f"„{name}“" for name in names]
    if not joined or len(marked) == 1:
        return ", ".join(marked)
    return " und ".join((", ".join(marked[:-1]), marked[-1]))


def _named(basis: PaperBasis, kind: str, field: NamedField) -> PaperParagraph:
    questionnaire = basis.dossier.assessment.survey.questionnaire
    text = said(
        f"paper_result.{kind}",
        (field.dimension, *(item.id for item in questionnaire.scored_items(field.dimension))),
        name=field.listed,
        difference=points(field.difference),
        own=field.own,
    )
    return paragraph(text, form=Form.BULLET)


def _comparison(basis: PaperBasis) -> Iterator[Said]:
    peers = basis.dossier.profile.peers
    if not peers.short:
        yield said("paper_result.no_comparison")
    elif peers.n_others is None:
        yield said("paper_result.group_hidden", group=peers.name)
    else:
        yield said("paper_result.group", n=peers.n_others, group=peers.name)
    if peers.short:
        yield said("paper_result.median")
    yield said("paper_result.detail", results=basis.results)


def _type(basis: PaperBasis) -> Said:
    statement = basis.dossier.profile.type
    assert statement is not None
    names = {each.type_id: each.name for each in statement.probabilities}
    wording: Mapping[MembershipState, str] = {
        MembershipState.ASSIGNED: "type",
        MembershipState.LIKELY: "type_likely",
        MembershipState.MIXED: "type_mixed",
        MembershipState.NOT_ASSIGNABLE: "type_none",
    }
    return said(
        f"paper_result.{wording[statement.state]}",
        [each.id for each in basis.dossier.profile.goals],
        genitive=basis.place.genitive,
        first=names.get(statement.first or "", ""),
        second=names.get(statement.second or "", ""),
    )


FACTS: Mapping[SectionId, Callable[[PaperBasis], Paragraphs]] = {
    SectionId.OCCASION: occasion,
    SectionId.APPROACH: approach,
    SectionId.RESULT: result,
    SectionId.GOALS: goals,
}
"""Sections without tables, each from the same basis."""
