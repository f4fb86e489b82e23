"""Collective report for an association: who took part, which types, how far, where groups differ.

No municipality is named and nothing is put in an order of merit; all numbers come from the
profiles of the overview, which hide what would give a few away.
"""

from collections.abc import Sequence
from datetime import date

from assessment.comparison.disclosure import MINIMUM_OTHERS
from assessment.german import format_number, format_percent
from assessment.profiles.overview import Overview, Quality, overview
from assessment.profiles.results import Assessment
from assessment.profiles.texts import sentence
from assessment.profiles.type_profile import TypeProfile, type_profiles
from assessment.reports.document import (
    Block,
    Box,
    Bullets,
    Column,
    Document,
    DocumentKind,
    Heading,
    Paragraph,
    ParagraphKind,
    Table,
)
from assessment.reports.documents.collection_groups import groups_section
from assessment.reports.documents.collection_head import source_of_all, survey_document
from assessment.reports.documents.collection_levels import levels_section
from assessment.reports.documents.collection_participants import participants_section
from assessment.reports.documents.collection_types import types_section


def collection_document(assessment: Assessment, created: date) -> Document:
    """The collective report, 4–8 pages for the standard questionnaire."""
    seen, kinds = overview(assessment), type_profiles(assessment)
    source = source_of_all(assessment)
    blocks: list[Block] = [
        Heading(sentence("collection_paper.glance_heading")),
        Paragraph(" ".join(seen.sentences), ParagraphKind.LEAD),
        Box(
            sentence("collection_paper.reading_heading"),
            (
                Bullets(
                    (
                        sentence("collection_paper.reading_names"),
                        sentence("collection_paper.reading_small", least=MINIMUM_OTHERS),
                        sentence("collection_paper.reading_self"),
                        sentence("collection_paper.reading_axes"),
                    )
                ),
            ),
        ),
        *participants_section(assessment, seen, source),
        *types_section(assessment, seen, kinds, source),
        *levels_section(assessment, seen, source),
        *groups_section(assessment, kinds, source),
        *_quality(seen, source),
        *_method(seen, kinds),
    ]
    return survey_document(
        assessment,
        DocumentKind.COLLECTION,
        sentence("collection_paper.title"),
        " · ".join(part for part in (seen.title, _wave(seen)) if part),
        blocks,
        created,
        short_title=sentence("collection_paper.short_title"),
    )


def _wave(seen: Overview) -> str:
    return sentence("collection_paper.wave", wave=seen.wave) if seen.wave else ""


def _quality(seen: Overview, source: str) -> tuple[Block, ...]:
    rows = _quality_rows(seen.quality)
    return (
        Heading(sentence("collection_paper.quality_heading")),
        Table(
            sentence("collection_paper.quality_caption"),
            (
                Column(sentence("collection_paper.quality_what"), 4),
                Column(sentence("collection_paper.number"), right=True),
            ),
            rows,
            note=sentence("collection_paper.quality_note"),
            source=source,
            caption_shown=False,
        ),
    )


def _quality_rows(quality: Quality) -> tuple[tuple[str, str], ...]:
    counts = (
        ("below_60", quality.below_60_percent),
        ("not_rated", quality.not_rated_fields),
        ("dont_know", quality.dont_know),
        ("missing", quality.missing),
        ("not_applicable", quality.not_applicable),
    )
    return (
        (sentence("collection_paper.answered"), format_percent(quality.answered_median)),
        *(
            (
                sentence(f"collection_paper.{name}"),
                sentence("collection_paper.hidden") if n is None else format_number(n),
            )
            for name, n in counts
        ),
    )


def _method(seen: Overview, kinds: Sequence[TypeProfile]) -> tuple[Block, ...]:
    record = seen.record
    lines = [
        sentence("profile_paper.rated", least=format_percent(record.scoring.least_coverage)),
        sentence(
            "profile_paper.guarded",
            least=record.comparison.least_others,
            quartiles=record.comparison.quartiles_from,
        ),
        sentence("collection_paper.method_median"),
        sentence("collection_paper.method_clear"),
    ]
    if kinds:
        lines.append(f"{sentence('collection_paper.method_types')} {kinds[0].origin}")
    return (
        Heading(sentence("collection_paper.method_heading")),
        Bullets(tuple(lines)),
    )
