"""A Vorlage from a dossier: head, Beratungsfolge, sections in the order of the preset, open points.

Nothing is computed here that the profiles don't say; every generated sentence knows the ids it
rests on. A text of a person stands instead of the generated one and is marked as own.
"""

from collections.abc import Callable, Mapping
from datetime import date

from assessment.profiles.council.headings import fact_parts, order
from assessment.profiles.council.open_points import open_points
from assessment.profiles.council.operative import resolution
from assessment.profiles.council.paper_basis import PaperBasis, own_paragraphs, paper_basis
from assessment.profiles.council.paper_effects import (
    alternatives,
    attachment_list,
    climate,
    effects_table,
    finance_answer,
    finance_closing,
    finance_tables,
    outcome,
    refusal,
    staff,
)
from assessment.profiles.council.paper_facts import FACTS
from assessment.profiles.council.paper_head import (
    consultation_rows,
    facts,
    marks,
    subject,
)
from assessment.profiles.council.paper_measures import (
    measures,
    measures_table,
    participation,
    reporting,
)
from assessment.profiles.council.paper_parts import (
    CouncilPaper,
    PaperParagraph,
    PaperSection,
    PaperTable,
    SectionId,
)
from assessment.profiles.council.paper_summary import answers, plain_words
from assessment.profiles.dossier import Dossier

Texts = Callable[[PaperBasis], tuple[PaperParagraph, ...]]
Tables = Callable[[PaperBasis], tuple[PaperTable, ...]]

_TEXTS: Mapping[SectionId, Texts] = {
    **FACTS,
    SectionId.SUMMARY: answers,
    SectionId.PLAIN: plain_words,
    SectionId.RESOLUTION: resolution,
    SectionId.MEASURES: measures,
    SectionId.PARTICIPATION: participation,
    SectionId.REPORTING: reporting,
    SectionId.ALTERNATIVES: alternatives,
    SectionId.REFUSAL: refusal,
    SectionId.FINANCE: finance_answer,
    SectionId.STAFF: staff,
    SectionId.CLIMATE: climate,
    SectionId.ATTACHMENTS: attachment_list,
    SectionId.OUTCOME: outcome,
}
_TABLES: Mapping[SectionId, Tables] = {
    SectionId.MEASURES: measures_table,
    SectionId.FINANCE: finance_tables,
    SectionId.EFFECTS: effects_table,
}
_CLOSING: Mapping[SectionId, Texts] = {SectionId.FINANCE: finance_closing}


def council_paper(dossier: Dossier, created: date) -> CouncilPaper:
    """Build the paper; without a plan with the usual settings.

    ``created``: the day it is made. Raises ``KeyError`` for an unknown key.
    """
    basis = paper_basis(dossier, created)
    head, chain = facts(basis), consultation_rows(basis)
    sections = tuple(
        section
        for section_id in order(basis.settings.preset)
        if (section := _section(section_id, basis)) is not None
    )
    settings = basis.settings
    return CouncilPaper(
        municipality=basis.place.name,
        kind=settings.kind.value,
        status=settings.status.value,
        number=settings.number,
        subject=subject(basis),
        lead=settings.lead,
        reference=settings.reference,
        reference_date=basis.day,
        facts=head,
        body=basis.body.name,
        consultations=chain,
        answers=answers(basis),
        sections=sections,
        attachments=basis.attachments,
        marks=marks(basis),
        points=open_points(basis, head, chain, sections),
    )


def _section(section_id: SectionId, basis: PaperBasis) -> PaperSection | None:
    """A section with its parts; ``None`` where it is switched off or has nothing to say."""
    if _switched_off(section_id, basis):
        return None
    heading = basis.headings[section_id]
    own = own_paragraphs(basis.settings.texts.get(section_id, ""))
    if section_id is SectionId.FACTS:
        # An own Sachverhalt stands for all its parts.
        parts = () if own else tuple(_part(each, basis) for each in fact_parts())
        return PaperSection(section_id, heading, own, parts=parts, own=bool(own))
    tables = _TABLES[section_id](basis) if section_id in _TABLES else ()
    texts = own or (_TEXTS[section_id](basis) if section_id in _TEXTS else ())
    closing = _CLOSING[section_id](basis) if section_id in _CLOSING else ()
    if not texts and not tables:
        return None
    return PaperSection(section_id, heading, texts, tables, closing, own=bool(own))


def _part(section_id: SectionId, basis: PaperBasis) -> PaperSection:
    section = _section(section_id, basis)
    assert section is not None, section_id
    return section


def _switched_off(section_id: SectionId, basis: PaperBasis) -> bool:
    settings = basis.settings
    return (section_id is SectionId.CLIMATE and not settings.climate_shown) or (
        section_id is SectionId.PLAIN and not settings.plain_language
    )
