"""What the five slides for the session say, before any layout.

Every number and sentence is one of the Vorlage or of the profile; only titles and labels are the
slides' own.
"""

from assessment.german import format_date
from assessment.measures.paper_types import Operative
from assessment.profiles.council.bodies import body_named
from assessment.profiles.council.paper_parts import CouncilPaper, Form, SectionId
from assessment.profiles.dossier import Dossier
from assessment.profiles.fields import FieldRow, NamedField
from assessment.profiles.texts import sentence
from assessment.reports.document import LONGEST_ALT
from assessment.reports.documents.parts import marks
from assessment.reports.office.slide_parts import SlideChart, SlideContent, SlideItem, SlideTable
from assessment.reports.office.slide_text import more_text, sentences, title_fits
from assessment.reports.office.slide_timeline import timeline

MOST_FIELDS = 6
MOST_SAID = 6
"""Measures on the notes page, which has to fit a sheet."""
MEASURES_SHARE = 11.0
"""Width of a timeline in widths of one year."""


def five_slides(paper: CouncilPaper, dossier: Dossier) -> tuple[SlideContent, ...]:
    """Decision, position, aims, measures, cost; always five, in this order."""
    return (
        decision_slide(paper, dossier),
        position_slide(dossier),
        aims_slide(dossier),
        measures_slide(dossier),
        cost_slide(paper, dossier),
    )


def source_of(dossier: Dossier) -> str:
    """„Quelle: Selbsteinschätzung „Musterstadt“, Stichtag 31.12.2025“."""
    day = dossier.profile.header.reference_date
    if day is None:
        return sentence("slides.source", name=dossier.name)
    return sentence("slides.source_day", name=dossier.name, day=format_date(day))


def marks_of(dossier: Dossier) -> tuple[str, ...]:
    """What must be known on each slide."""
    return marks(dossier.variant, simulated=dossier.profile.header.simulated)


def decision_slide(paper: CouncilPaper, dossier: Dossier) -> SlideContent:
    """What is to be decided, by whom, why now."""
    operative = dossier.plan.paper.operative if dossier.plan else Operative.NOTE
    body = body_named(paper.body).nominative
    title = sentence(f"slides.decision_{operative.name.lower()}", body=body)
    section = paper.section(SectionId.RESOLUTION)
    paragraphs = section.paragraphs if section else ()
    # What each body does stands in the note below; the points to be decided are the slide.
    points = [each.text for each in paragraphs if each.form is Form.NUMBERED]
    items = [SlideItem(text, f"{number}.") for number, text in enumerate(points, 1)] or [
        SlideItem(each.text) for each in paragraphs
    ]
    return SlideContent(
        title=paper.decision or title,
        short_title=title[:1].upper() + title[1:],
        items=tuple(items) or (SlideItem(paper.decision),),
        note=_chain(paper),
        say=(paper.decision, paper.why_now, sentence("slides.wording")),
    )


def position_slide(dossier: Dossier) -> SlideContent:
    """Strengths and gaps against the group, or the fields' own points where there is none."""
    profile = dossier.profile
    named = (*profile.strengths, *profile.gaps)
    chart = _named_chart(named) if named else _own_chart(profile.fields)
    if profile.strengths and profile.gaps:
        title = sentence(
            "slides.position_both",
            strength=profile.strengths[0].listed,
            gap=profile.gaps[0].listed,
        )
    elif profile.strengths:
        title = sentence("slides.position_strength", strength=profile.strengths[0].listed)
    elif profile.gaps:
        title = sentence("slides.position_gap", gap=profile.gaps[0].listed)
    else:
        title = sentence("slides.position_own" if chart else "slides.position_open")
    short = "both" if profile.strengths and profile.gaps else "one"
    notes = (profile.strengths_note, profile.gaps_note)
    return SlideContent(
        title=title,
        short_title=sentence(f"slides.position_{short}_short"),
        chart=chart,
        items=() if chart else tuple(SlideItem(note) for note in notes if note),
        note=" ".join(
            text
            for text in (
                sentence("slides.points") if chart else "",
                profile.peers.short if named else sentence("slides.self_report"),
            )
            if text
        ),
        say=(
            *(each.sentence for each in named),
            *(note for note in notes if note),
            profile.peers.short,
            sentence("slides.self_report"),
        ),
    )


def aims_slide(dossier: Dossier) -> SlideContent:
    """Type by its goals, the goals named first, levels to reach; no ranking of types."""
    profile = dossier.profile
    kind = profile.type
    items = []
    if kind is not None:
        focus = f"{kind.certainty}. {kind.focus}" if kind.focus else kind.certainty
        items.append(SlideItem(focus, sentence("slides.type_label", name=kind.headline)))
    if profile.priorities:
        items.append(SlideItem("", sentence("slides.goals_label")))
        items.extend(SlideItem(goal, dot=True) for goal in profile.priorities)
    reached = [gap for gap in profile.targets if gap.gap > 0]
    table = None
    if reached:
        rows = tuple((gap.name, str(gap.current), str(gap.target)) for gap in reached)
        table = SlideTable(
            columns=tuple(sentence(f"slides.{name}") for name in ("field", "today", "target")),
            rows=rows,
            shares=(4.4, 1.0, 1.0),
            alt=_alt(sentence("slides.targets_alt", n=len(rows))),
        )
    elif profile.targets_note:
        items.append(SlideItem(profile.targets_note, sentence("slides.targets_label")))
    title = kind.sentence if kind is not None else sentence("slides.aims_open")
    said = [kind.sentence, f"{kind.headline}: {kind.certainty}."] if kind is not None else []
    return SlideContent(
        title=title,
        items=tuple(items) or (SlideItem(profile.type_note or sentence("slides.aims_none")),),
        table=table,
        note=sentence("slides.no_type_ranking") if kind is not None else "",
        say=(*said, *(gap.sentence for gap in reached), profile.targets_note),
    )


def measures_slide(dossier: Dossier) -> SlideContent:
    """The roadmap by years; without a plan the steps to begin with."""
    roadmap = dossier.roadmap
    dated = roadmap.dated if roadmap else ()
    if roadmap is None or not dated:
        steps = dossier.profile.next_steps
        title = "slides.steps" if steps else "slides.steps_none"
        return SlideContent(
            title=sentence(title, n=len(steps)),
            items=tuple(SlideItem(step.line, f"{step.title}:") for step in steps)
            or (SlideItem(dossier.profile.next_steps_note),),
            note=roadmap.undated if roadmap else "",
            say=tuple(f"{step.title}. {step.reason}" for step in steps),
        )
    numbers = {entry.id: entry.number for entry in roadmap.entries}
    columns, rows, shaded = timeline(dated)
    # The numbers of the Anlage, so that a measure is found there.
    rows = tuple(
        (f"{numbers[entry.id]} {row[0]}", *row[1:]) for entry, row in zip(dated, rows, strict=True)
    )
    return SlideContent(
        title=sentence(
            "slides.measures" if len(dated) > 1 else "slides.measure",
            n=len(dated),
            year=max(entry.end.year for entry in dated if entry.end),
        ),
        table=SlideTable(
            columns=columns,
            rows=rows,
            shares=(MEASURES_SHARE - len(columns), *([1.0] * (len(columns) - 1))),
            alt=_alt(f"{sentence('slides.timeline_alt', n=len(rows))} {roadmap.when}"),
            shaded=shaded,
        ),
        note=roadmap.no_ranking,
        say=(
            roadmap.sentence,
            roadmap.when,
            *(
                sentence("slides.say_measure", title=entry.title, period=entry.period)
                for entry in dated[:MOST_SAID]
            ),
            more_text(len(dated) - MOST_SAID) if len(dated) > MOST_SAID else "",
            roadmap.undated,
            roadmap.no_ranking,
        ),
    )


def cost_slide(paper: CouncilPaper, dossier: Dossier) -> SlideContent:
    """Cost, what happens without, how it goes on."""
    settings = dossier.plan.paper if dossier.plan else None
    report = ""
    if settings is not None and settings.next_report is not None:
        report = sentence("slides.next_report", day=format_date(settings.next_report))
    steps = [text for text in (*_steps(paper), report) if text]
    first, *further = sentences(paper.cost) or [sentence("slides.cost")]
    # A sentence that is too long for a title says its message below it.
    costs = " ".join(further) if title_fits(first) else paper.cost
    items = [
        SlideItem(costs, sentence("slides.cost_label")),
        SlideItem(paper.without, sentence("slides.without_label")),
    ]
    items = [item for item in items if item.text]
    if steps:
        items.append(SlideItem("", sentence("slides.next_label")))
        items.extend(SlideItem(step, dot=True) for step in steps)
    return SlideContent(
        title=first,
        short_title=sentence("slides.cost"),
        items=tuple(items),
        say=tuple(text for text in (paper.cost, paper.without, *steps) if text),
    )


def _chain(paper: CouncilPaper) -> str:
    """„Beratung: Hauptausschuss (Vorberatung, 02.03.2027); Rat (Entscheidung)“."""
    steps = _steps(paper)
    return sentence("slides.chain", steps="; ".join(steps)) if steps else ""


def _steps(paper: CouncilPaper) -> list[str]:
    """„Hauptausschuss (Vorberatung, 02.03.2027)“."""
    return [
        sentence(
            "slides.chain_step",
            body=row.body,
            facts=", ".join(text for text in (row.role, row.day) if text),
        )
        for row in paper.consultations
    ]


def _named_chart(named: tuple[NamedField, ...]) -> SlideChart:
    shown = named[:MOST_FIELDS]
    said = "; ".join(f"{each.listed} {each.own} ({each.median})" for each in shown)
    return SlideChart(
        categories=tuple(each.listed for each in shown),
        series=(
            (sentence("slides.own"), tuple(each.own for each in shown)),
            (sentence("slides.median"), tuple(each.median for each in shown)),
        ),
        alt=_alt(sentence("slides.chart_alt", said=said)),
    )


def _own_chart(rows: tuple[FieldRow, ...]) -> SlideChart | None:
    """Own points of the first block that has rated fields; order is that of the questionnaire."""
    for block in dict.fromkeys(row.block for row in rows):
        rated = [row for row in rows if row.block == block and row.score is not None][:MOST_FIELDS]
        if rated:
            said = "; ".join(f"{row.name} {row.score}" for row in rated)
            return SlideChart(
                categories=tuple(row.name for row in rated),
                series=((sentence("slides.own"), tuple(row.score for row in rated)),),
                alt=_alt(sentence("slides.chart_alt_own", said=said)),
            )
    return None


def _alt(text: str) -> str:
    return text if len(text) <= LONGEST_ALT else f"{text[: LONGEST_ALT - 1].rstrip()}…"
