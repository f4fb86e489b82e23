"""Anlage 1 „Kurzfassung“: one A4 page, whatever the municipality and its plan.

What doesn't fit is left out by rule, entry by entry, and counted; no text is cut.
"""

from dataclasses import dataclass
from datetime import date

from assessment.profiles.council.summary import (
    MOST_NAMED,
    CouncilSummary,
    SummaryLine,
    council_summary,
)
from assessment.profiles.dossier import Dossier
from assessment.profiles.texts import sentence
from assessment.reports.document import (
    Block,
    Box,
    Bullets,
    Columns,
    Document,
    DocumentKind,
    Heading,
    Paragraph,
    ParagraphKind,
)
from assessment.reports.documents.parts import municipality_document
from assessment.reports.documents.summary_fit import fits_one_page

_COUNTS = ("none", "one", "two", "three")


@dataclass(frozen=True, slots=True)
class _Form:
    """How much is said. Each form is shorter than the one before."""

    standing: bool = True
    details: bool = True
    """Unit and period beside each measure."""
    gaps: int = MOST_NAMED
    measures: int = MOST_NAMED
    sentences: int | None = None
    """Of each answer, at most; three gaps and measures matter more (AK-3.1)."""


_FORMS = (
    _Form(),
    _Form(standing=False),
    _Form(standing=False, details=False),
    _Form(standing=False, sentences=2),
    _Form(standing=False, details=False, sentences=2),
    _Form(standing=False, details=False, sentences=1),
    _Form(standing=False, details=False, sentences=1, measures=2),
    _Form(standing=False, details=False, sentences=1, measures=1),
    _Form(standing=False, details=False, sentences=1, measures=1, gaps=1),
    _Form(standing=False, details=False, sentences=1, measures=0, gaps=0),
)
"""Tried in this order; only the longest names a person may type leave out gaps and measures."""


def summary_document(dossier: Dossier, created: date) -> Document:
    """The Kurzfassung; exactly one page."""
    made = None
    for form in _FORMS:
        found = council_summary(
            dossier,
            created,
            gaps=form.gaps,
            measures=form.measures,
            sentences=form.sentences,
        )
        # Long entries need fewer lines over the whole width than side by side.
        for beside in (True, False):
            made = municipality_document(
                dossier,
                DocumentKind.SUMMARY,
                sentence("summary.title"),
                _blocks(found, form, beside=beside),
                created,
                attachment=sentence("results_paper.attachment", n=1),
            )
            if fits_one_page(made):
                return made
    assert made is not None
    return made


def _blocks(found: CouncilSummary, form: _Form, *, beside: bool) -> list[Block]:
    lists = (_gaps(found), _measures(found, details=form.details))
    return [
        Box(
            sentence("summary.decision_heading"),
            (Paragraph(found.decision, ParagraphKind.LEAD),),
        ),
        Columns(
            (
                (*_answer("why", found.why_now), *_answer("cost", found.cost)),
                (*_answer("timeline", found.timeline), *_answer("without", found.without)),
            )
        ),
        *(_answer("standing", found.standing) if form.standing else ()),
        *((Columns(lists),) if beside else (*lists[0], *lists[1])),
        Paragraph(
            " ".join(
                part
                for part in (found.compared, found.no_ranking, sentence("summary.elsewhere"))
                if part
            ),
            ParagraphKind.NOTE,
            tuple(line.id for line in (*found.gaps, *found.measures)),
        ),
    ]


def _answer(name: str, text: str) -> tuple[Block, ...]:
    """A question as heading and its answer; nothing without an answer."""
    return (Heading(sentence(f"summary.{name}_heading")), Paragraph(text)) if text else ()


def _gaps(found: CouncilSummary) -> tuple[Block, ...]:
    heading = Heading(sentence(f"summary.gaps_heading_{_COUNTS[len(found.gaps)]}"))
    return (heading, *_list(_shown(found.gaps), found.gaps, found.gaps_note, numbered=False))


def _measures(found: CouncilSummary, *, details: bool) -> tuple[Block, ...]:
    kind = "planned" if found.measures_planned else "proposed"
    heading = Heading(sentence(f"summary.{kind}_heading_{_COUNTS[len(found.measures)]}"))
    shown = _shown(found.measures) if details else tuple(line.name for line in found.measures)
    return (heading, *_list(shown, found.measures, found.measures_note, numbered=True))


def _shown(lines: tuple[SummaryLine, ...]) -> tuple[str, ...]:
    return tuple(sentence("summary.line", name=line.name, text=line.text) for line in lines)


def _list(
    shown: tuple[str, ...], lines: tuple[SummaryLine, ...], note: str, *, numbered: bool
) -> list[Block]:
    blocks: list[Block] = []
    if shown:
        blocks.append(Bullets(shown, numbered=numbered, ids=tuple(line.id for line in lines)))
    if note:
        blocks.append(Paragraph(note, ParagraphKind.NOTE))
    return blocks
