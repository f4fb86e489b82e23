"""Second page of a Steckbrief: goals, own targets, place among the types, how sure, from whom."""

from assessment.german import format_number, format_percent, format_signed
from assessment.profiles.goal_words import basis_of, short_goals
from assessment.profiles.goals_of import GoalRow
from assessment.profiles.municipality import MunicipalityProfile
from assessment.profiles.placement import Placement, TypePlace
from assessment.profiles.texts import sentence
from assessment.reports.document import (
    LONGEST_ALT,
    Block,
    Chart,
    Column,
    Heading,
    Paragraph,
    ParagraphKind,
    Scale,
    ScaleDrawing,
    ScaleRow,
    Table,
)
from assessment.reports.documents.profile_levels import middle_half

HIGHEST_LEVEL = 4
_UNANSWERED = float("inf")
"""Sorts goals without an answer behind all others."""


def goals(profile: MunicipalityProfile, source: str) -> tuple[Block, ...]:
    """What the municipality aims at: every goal against its own average, beside the group."""
    heading = Heading(sentence("profile_paper.goals_heading"))
    answered = [row for row in profile.goals if row.deviation is not None]
    if not answered:
        why = "goals_none" if profile.type is not None else "goals_no_types"
        return heading, Paragraph(sentence(f"profile_paper.{why}"))
    first = []
    if profile.priorities:
        listed = "; ".join(profile.priorities)
        first = [Paragraph(sentence("profile_paper.priorities", goals=listed))]
    rows = sorted(
        profile.goals, key=lambda row: _UNANSWERED if row.deviation is None else -row.deviation
    )
    names = short_goals([row.label for row in rows])
    reach = _reach(rows)
    return (
        heading,
        *first,
        Table(
            sentence("profile_paper.goals_caption"),
            (
                Column(sentence("profile_paper.goal"), 87),
                Column(sentence("profile_paper.answer"), 28),
                Column(sentence("profile_paper.own"), 13, right=True),
                Column(sentence("profile_paper.goal_scale"), 29),
                Column(sentence("profile_paper.group_mean"), 16, right=True),
            ),
            tuple(_goal(row, name, reach) for row, name in zip(rows, names, strict=True)),
            note=_goals_note(profile),
            source=source,
            caption_shown=False,
        ),
    )


def _reach(rows: list[GoalRow]) -> float:
    """Ends of the common scale: zero lies in its middle."""
    values = [abs(v) for row in rows for v in (row.deviation, row.group.value) if v is not None]
    return max(1.0, *values)


def _goal(row: GoalRow, name: str, reach: float) -> tuple[str | Scale, ...]:
    return (
        name,
        row.answer or sentence("profile_paper.no_answer"),
        format_signed(row.deviation, 1),
        Scale(own=row.deviation, median=row.group.value, start=-reach, stop=reach),
        format_signed(row.group.value, 1),
    )


def _goals_note(profile: MunicipalityProfile) -> str:
    basis = basis_of(row.group for row in profile.goals)
    group = f"{profile.goals_group}, {basis}" if basis else profile.goals_group
    return sentence("profile_paper.goals_note", group=group)


def targets(profile: MunicipalityProfile) -> tuple[Block, ...]:
    """The levels the municipality wants to reach."""
    heading = Heading(sentence("profile_paper.targets_heading"))
    note = Paragraph(profile.targets_note)
    if not profile.targets:
        return heading, note
    return (
        heading,
        note,
        Table(
            sentence("profile_paper.targets_caption"),
            (
                Column(sentence("profile_paper.field"), 44),
                Column(sentence("profile_paper.today"), 14, right=True),
                Column(sentence("profile_paper.target_scale"), 18),
                Column(sentence("profile_paper.target"), 10, right=True),
            ),
            tuple(
                (
                    one.name,
                    str(one.current),
                    Scale(own=one.current, target=one.target, stop=HIGHEST_LEVEL),
                    str(one.target),
                )
                for one in profile.targets
            ),
            note=sentence("profile_paper.targets_note"),
            caption_shown=False,
        ),
    )


def place(profile: MunicipalityProfile, source: str) -> tuple[Block, ...]:
    """Type × maturity: the own middle score beside those of the types, which never rank."""
    found = profile.placement
    if not found.types:
        return ()
    rows = [
        ScaleRow(
            sentence("profile_paper.own_row"),
            Scale(own=found.value),
            format_number(found.value),
        )
    ]
    rows += [_type_row(one) for one in found.types]
    title = (
        sentence("profile_paper.place_title_open")
        if found.value is None
        else sentence("profile_paper.place_title", own=format_number(found.value))
    )
    return (
        Chart(
            title=title,
            sentence=_place_sentence(found),
            alt=_place_alt(found),
            drawing=ScaleDrawing(
                tuple(rows),
                axis=sentence("profile_paper.place_axis"),
                legend=(
                    ("own", sentence("profile_paper.mark_own")),
                    ("median", sentence("profile_paper.mark_median")),
                    ("band", sentence("profile_paper.mark_band")),
                ),
            ),
            source=source,
        ),
    )


def _place_sentence(found: Placement) -> str:
    """Own value and how to read the rows; what the value is, the first page says."""
    if found.value is None:
        said = found.sentence
    else:
        said = sentence("profile_paper.place_own", own=format_number(found.value))
    hidden = any(one.median is None for one in found.types)
    last = f" {sentence('place.hidden')}" if hidden else ""
    return f"{said} {sentence('profile_paper.place_order')}{last}"


def _type_row(one: TypePlace) -> ScaleRow:
    name = sentence(f"profile_paper.type_{one.own}", name=one.name) if one.own else one.name
    return ScaleRow(
        name,
        Scale(low=one.low, high=one.high, median=one.median),
        middle_half(one.median, one.low, one.high),
    )


def _place_alt(found: Placement) -> str:
    medians = "; ".join(f"{one.name} {format_number(one.median)}" for one in found.types)
    said = sentence("profile_paper.place_alt", own=format_number(found.value), medians=medians)
    return said if len(said) <= LONGEST_ALT else f"{said[: LONGEST_ALT - 1]}…"


def certainty(profile: MunicipalityProfile) -> tuple[Block, ...]:
    """How firmly type and levels hold."""
    note, statement = profile.robustness, profile.type
    said = [note.sentence]
    if statement is not None:
        text = sentence("profile_paper.type_certainty", certainty=statement.certainty)
        said.insert(0, text)
    return (
        Heading(sentence("profile_paper.certainty_heading")),
        Paragraph(" ".join(said)),
        *([Paragraph(note.method, ParagraphKind.NOTE)] if note.method else []),
    )


def basis(profile: MunicipalityProfile) -> tuple[Block, ...]:
    """Who answered, what became of the questions, and the rules that hold."""
    data, record = profile.data, profile.record
    counts = data.counts
    numbers = {
        "answered": counts.answered,
        "dont_know": counts.dont_know,
        "missing": counts.missing,
        "not_applicable": counts.not_applicable,
        "not_asked": counts.not_asked,
    }
    total = sum(numbers.values())
    lines = [f"{data.sentence}."]
    if data.respondents:
        names = ", ".join(data.respondents)
        lines.append(sentence("profile_paper.respondents", names=names))
    lines += [
        *([profile.peers.sentence] if profile.peers.sentence else []),
        sentence("profile_paper.rated", least=format_percent(record.scoring.least_coverage)),
        sentence(
            "profile_paper.guarded",
            least=record.comparison.least_others,
            quartiles=record.comparison.quartiles_from,
        ),
    ]
    return (
        Heading(sentence("profile_paper.basis_heading")),
        Table(
            sentence("profile_paper.counts_caption"),
            (
                Column(sentence("profile_paper.total"), 1.2),
                *(Column(sentence(f"profile_paper.{name}"), 1.2, right=True) for name in numbers),
            ),
            ((format_number(total), *(format_number(n) for n in numbers.values())),),
            caption_shown=False,
        ),
        Paragraph(" ".join(lines), ParagraphKind.NOTE),
    )
