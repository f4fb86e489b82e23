"""Anlage 4 „Glossar und Methodik“: how every number is made, and what every word means."""

from datetime import date

from assessment.german import format_number
from assessment.profiles.council.glossary import Glossary, load_glossary
from assessment.profiles.council.sensitive import sensitive_items
from assessment.profiles.dossier import Dossier
from assessment.profiles.method_texts import MethodSection, method_sections
from assessment.profiles.texts import sentence
from assessment.questionnaire.model import Questionnaire
from assessment.reports.document import (
    Block,
    Bullets,
    Column,
    Contents,
    Document,
    DocumentKind,
    Facts,
    Heading,
    Paragraph,
    ParagraphKind,
    Table,
)
from assessment.reports.documents.parts import as_of, municipality_document
from assessment.typology.reference import load_reference

WAVES, TYPES = "wellen", ("typen", "zuordnung")
"""Sections of ``methodik.yaml`` that only concern some documents."""


def method_document(dossier: Dossier, created: date) -> Document:
    """The paper on method and words; of the municipality it only names data and peer group."""
    blocks: list[Block] = [
        Paragraph(sentence("method_paper.lead"), ParagraphKind.LEAD),
        Contents(depth=1),
        Heading(sentence("method_paper.method")),
        *_method(dossier),
        Heading(sentence("method_paper.data")),
        Facts(sentence("method_paper.data_facts"), _facts(dossier)),
        *_fields(dossier),
    ]
    blocks += _types(dossier)
    blocks += _glossary(load_glossary())
    blocks += _sources(dossier)
    return municipality_document(
        dossier,
        DocumentKind.METHOD,
        sentence("method_paper.title"),
        blocks,
        created,
        attachment=sentence("results_paper.attachment", n=4),
    )


def _method(dossier: Dossier) -> list[Block]:
    return [
        block
        for section in _sections(dossier)
        for block in (Heading(section.title, 2), *(Paragraph(text) for text in section.text))
    ]


def _sections(dossier: Dossier) -> tuple[MethodSection, ...]:
    """Those that concern this municipality: no types without a typology, no waves without two."""
    typed = dossier.assessment.typology is not None
    return tuple(
        section
        for section in method_sections(paper=True)
        if (dossier.waves is not None or section.id != WAVES) and (typed or section.id not in TYPES)
    )


def _facts(dossier: Dossier) -> tuple[tuple[str, str], ...]:
    profile, survey = dossier.profile, dossier.assessment.survey
    book, n = survey.questionnaire, len(survey.keys)
    people = (
        sentence("method_paper.one_municipality")
        if n == 1
        else sentence("method_paper.municipalities_value", n=format_number(n))
    )
    version = sentence("method_paper.questionnaire_value", title=book.title, version=book.version)
    rows = [
        (
            sentence("method_paper.questionnaire"),
            sentence("method_paper.proposed") if book.proposed else version,
        ),
        (sentence("method_paper.municipalities"), people),
    ]
    if survey.wave:
        rows.append((sentence("method_paper.wave"), survey.wave))
    mark = dossier.assessment.typology_mark
    typology = (
        sentence("data.typology", mark=mark) if mark else sentence("method_paper.no_typology")
    )
    rows.append((sentence("method_paper.typology"), typology))
    if profile.peers.sentence:
        rows.append((sentence("method_paper.peers"), profile.peers.sentence))
    rows.append((sentence("method_paper.catalogue"), as_of(dossier.catalogue)))
    return tuple(rows)


def _fields(dossier: Dossier) -> list[Block]:
    book = dossier.assessment.survey.questionnaire
    dimensions = book.scored_dimensions
    if not dimensions:
        return []
    items = sum(len(book.scored_items(dimension.id)) for dimension in dimensions)
    blocks: list[Block] = [
        Heading(sentence("method_paper.fields")),
        Paragraph(
            sentence("method_paper.fields_lead", fields=len(dimensions), items=items),
            ParagraphKind.LEAD,
        ),
        *(
            _block_table(book, block)
            for block in dict.fromkeys(dimension.block for dimension in dimensions)
        ),
    ]
    gates = _gates(book)
    if gates:
        blocks += [
            Heading(sentence("method_paper.gates"), 2),
            Paragraph(sentence("method_paper.gates_note")),
            Bullets(gates),
        ]
    hidden = _sensitive(book)
    return [*blocks, *(Paragraph(text) for text in hidden)]


def _block_table(book: Questionnaire, block: str) -> Table:
    """The fields of one block with what they are about."""
    return Table(
        caption=book.blocks.get(block, block) or sentence("method_paper.fields_table"),
        columns=(
            Column(sentence("method_paper.field"), 2.3),
            Column(sentence("method_paper.questions"), 0.8, right=True),
            Column(sentence("method_paper.describes"), 5),
        ),
        rows=tuple(
            (
                dimension.name,
                str(len(book.scored_items(dimension.id))),
                dimension.description or "–",
            )
            for dimension in book.scored_dimensions
            if dimension.block == block
        ),
    )


def _gates(book: Questionnaire) -> tuple[str, ...]:
    return tuple(
        sentence(
            "method_paper.gate" if gate.reason else "method_paper.gate_plain",
            name=dimension.name,
            level=gate.level,
            reason=gate.reason,
            item=gate.item,
        )
        for dimension in book.scored_dimensions
        for gate in dimension.gates
    )


def _sensitive(book: Questionnaire) -> tuple[str, ...]:
    items = sensitive_items(book)
    said = []
    for dimension in book.dimensions:
        n = sum(item.dimension == dimension.id for item in items)
        if n:
            text = "method_paper.sensitive_one" if n == 1 else "method_paper.sensitive"
            said.append(sentence(text, n=n, name=dimension.name))
    return tuple(said)


def _types(dossier: Dossier) -> list[Block]:
    reference, model = load_reference(), dossier.assessment.typology
    named = {cluster.id for cluster in model.clusters if cluster.named} if model else set()
    rows = tuple((each.name, each.focus) for each in reference.types if each.id in named)
    if not rows:
        return []
    return [
        Heading(sentence("method_paper.types")),
        Table(
            caption=sentence("method_paper.types_table"),
            columns=(
                Column(sentence("method_paper.type"), 1.2),
                Column(sentence("method_paper.focus"), 4),
            ),
            rows=rows,
            caption_shown=False,
        ),
        Paragraph(reference.origin),
        Paragraph(reference.equality),
    ]


def _glossary(glossary: Glossary) -> list[Block]:
    return [
        Heading(sentence("method_paper.terms")),
        Table(
            caption=sentence("method_paper.terms_table"),
            columns=(
                Column(sentence("method_paper.term"), 1.4),
                Column(sentence("method_paper.meaning"), 4),
            ),
            rows=tuple((entry.word, entry.text) for entry in glossary.terms),
            caption_shown=False,
        ),
        Heading(sentence("method_paper.abbreviations")),
        Table(
            caption=sentence("method_paper.abbreviations_table"),
            columns=(
                Column(sentence("method_paper.short"), 1),
                Column(sentence("method_paper.meaning"), 4),
            ),
            rows=tuple((entry.word, entry.text) for entry in glossary.abbreviations),
            caption_shown=False,
        ),
    ]


def _sources(dossier: Dossier) -> list[Block]:
    """What the shown sections cite, each once."""
    cited = dict.fromkeys(source for section in _sections(dossier) for source in section.sources)
    return [
        Heading(sentence("method_paper.sources")),
        Paragraph(sentence("method_paper.sources_note"), ParagraphKind.NOTE),
        Bullets(tuple(cited)),
    ]
