"""Steckbrief of a type: one page; what was published and what this survey shows stand apart."""

from datetime import date

from assessment.german import format_signed
from assessment.profiles.goal_words import basis_of, short_goals
from assessment.profiles.results import Assessment
from assessment.profiles.texts import sentence
from assessment.profiles.type_profile import SourcedText, TypeGoal, TypeProfile
from assessment.reports.document import (
    Block,
    Bullets,
    Column,
    Document,
    DocumentKind,
    Heading,
    Paragraph,
    ParagraphKind,
    Scale,
    Table,
    TypeBadge,
)
from assessment.reports.documents.collection_head import source_of_all, survey_document

_HIDDEN_LAST = float("inf")


def type_document(assessment: Assessment, kind: TypeProfile, created: date) -> Document:
    """The Steckbrief of one type of this survey's typology."""
    badge = TypeBadge(
        kind.type_id,
        kind.type_id.lstrip("G") or "?",
        kind.name,
        " ".join(part for part in (kind.focus, kind.equality) if part),
    )
    own = " ".join((kind.size_sentence, kind.goals_sentence, kind.strong_sentence))
    return survey_document(
        assessment,
        DocumentKind.TYPE,
        sentence("type_paper.title", name=kind.name),
        "",
        [
            badge,
            *_published(kind),
            Heading(sentence("type_paper.own_heading")),
            Paragraph(own),
            *_goals(kind, source_of_all(assessment)),
            *_own_conclusion(kind),
        ],
        created,
        short_title=sentence("type_paper.short_title"),
        compact=True,
    )


def _published(kind: TypeProfile) -> tuple[Block, ...]:
    """What stands in public pages about the study, each statement with its sources."""
    texts = (*kind.facts, *kind.published_strengths)
    if not texts:
        return ()
    sources = tuple(dict.fromkeys(source for text in texts for source in text.sources))
    listed = "; ".join(f"[{n}] {text}" for n, text in enumerate(sources, 1))
    return (
        Heading(sentence("type_paper.published_heading")),
        Bullets(tuple(_with_numbers(text, sources) for text in texts)),
        Paragraph(sentence("type_paper.sources", sources=listed), ParagraphKind.NOTE),
    )


def _with_numbers(text: SourcedText, sources: tuple[str, ...]) -> str:
    numbers = ", ".join(str(sources.index(source) + 1) for source in text.sources)
    return f"{text.text} [{numbers}]" if numbers else text.text


def _goals(kind: TypeProfile, source: str) -> tuple[Block, ...]:
    if all(goal.mean.value is None for goal in kind.goals):
        return ()
    goals = sorted(
        kind.goals,
        key=lambda goal: _HIDDEN_LAST if goal.mean.value is None else -goal.mean.value,
    )
    values = [v for goal in goals for v in (goal.mean.value, goal.everybody.value)]
    reach = max(1.0, *(abs(value) for value in values if value is not None))
    names = short_goals([goal.label for goal in goals])
    basis = basis_of(goal.mean for goal in goals)
    return (
        Table(
            sentence("type_paper.goals_caption"),
            (
                Column(sentence("profile_paper.goal"), 112),
                Column(sentence("type_paper.this_type"), 21, right=True),
                Column(sentence("profile_paper.goal_scale"), 28),
                Column(sentence("type_paper.everybody"), 16, right=True),
            ),
            tuple(_goal(goal, name, reach) for goal, name in zip(goals, names, strict=True)),
            note=" ".join(
                part
                for part in (
                    sentence("type_paper.goals_note"),
                    sentence("type_paper.basis", basis=basis) if basis else "",
                )
                if part
            ),
            source=source,
        ),
    )


def _goal(goal: TypeGoal, name: str, reach: float) -> tuple[str | Scale, ...]:
    mean, everybody = goal.mean.value, goal.everybody.value
    return (
        name,
        format_signed(mean, 1),
        Scale(own=mean, median=everybody, start=-reach, stop=reach),
        format_signed(everybody, 1),
    )


def _own_conclusion(kind: TypeProfile) -> tuple[Block, ...]:
    """What others can learn here (our derivation, and said to be so), and what isn't known."""
    teaches = sentence("type_paper.teaches", text=kind.teaches) if kind.teaches else ""
    unknown = " ".join((*kind.unknown, kind.match_sentence, kind.disclaimer, kind.origin))
    return (
        Heading(sentence("type_paper.conclusion_heading")),
        *([Paragraph(teaches)] if teaches else []),
        Paragraph(unknown, ParagraphKind.NOTE),
    )
