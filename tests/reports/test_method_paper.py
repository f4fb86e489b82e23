"""Method and glossary: what it explains, and that no document holds an unexplained abbreviation."""

import paper_cases as cases
from pdf_checks import assert_accessible

from assessment.comparison.disclosure import MINIMUM_OTHERS, QUARTILES_FROM
from assessment.delivery.documents import KINDS, missing_for
from assessment.delivery.documents import make_document as made
from assessment.german import format_percent
from assessment.profiles.council.glossary import load_glossary, unexplained_abbreviations
from assessment.profiles.dossier import Dossier
from assessment.profiles.variants import Variant
from assessment.reports.document import DocumentKind, Heading
from assessment.reports.documents.method_paper import method_document
from assessment.reports.pdf.writer import pdf_bytes, pdf_pages
from assessment.scoring.scores import MINIMUM_COVERAGE


def headings(found: Dossier) -> list[str]:
    document = method_document(found, cases.CREATED)
    return [heading.text for heading in cases.blocks_of(document.blocks, Heading)]


def test_it_says_the_numbers_the_program_calculates_with():
    text = " ".join(cases.printed(method_document(cases.dossier(), cases.CREATED).blocks))
    assert f"Unter {format_percent(MINIMUM_COVERAGE)} Abdeckung" in text
    assert f"unter {MINIMUM_OTHERS} anderen nichts" in text
    assert f"unter {QUARTILES_FROM} anderen nur den Median" in text
    for page in ("Daten › Qualität", "unten beim Fragebogen", "auf der Seite"):
        assert page not in text


def test_it_has_no_more_than_ten_pages():
    assert pdf_pages(pdf_bytes(method_document(cases.dossier(), cases.CREATED))) <= 10


def test_the_whole_glossary_stands_in_it():
    text = set(cases.printed(method_document(cases.dossier(), cases.CREATED).blocks))
    glossary = load_glossary()
    for entry in (*glossary.abbreviations, *glossary.terms):
        assert {entry.word, entry.text} <= text


def test_types_and_waves_only_where_there_are_any():
    assert "Wie entstehen die Typen?" in headings(cases.dossier())
    assert "Was hat sich seit der letzten Erhebung verändert?" not in headings(cases.dossier())
    later = cases.later()
    found = Dossier(later, later.survey.keys[0], waves=cases.both_waves())
    assert "Was hat sich seit der letzten Erhebung verändert?" in headings(found)
    foreign = cases.foreign()
    shown = headings(Dossier(foreign, foreign.survey.keys[0]))
    assert not {"Wie entstehen die Typen?", "Die Typen", "Felder und Fragen"} & set(shown)


def test_no_document_has_an_unexplained_abbreviation():
    """All kinds there are, of three municipalities, with a plan and with an earlier wave."""
    later = cases.later()
    seen, texts = set(), set()
    for place in (0, 150, 300):
        for variant in (Variant.PUBLIC, Variant.CLOSED):
            found = Dossier(later, later.survey.keys[place], waves=cases.both_waves())
            plan = cases.plan_of(found, 12)
            found = Dossier(later, found.key, plan, cases.both_waves(), variant)
            for kind in KINDS:
                if not missing_for(kind, found):
                    seen.add(kind)
                    texts.update(cases.printed(made(kind, found, cases.CREATED)))
    assert seen == set(KINDS)
    assert unexplained_abbreviations(texts) == ()


def test_no_measure_and_no_question_has_an_unexplained_abbreviation():
    """Whichever measure a plan holds and whichever question a paper names."""
    texts = []
    for measure in cases.sample().catalogue.measures:
        texts += [measure.title, measure.description, measure.indicator, measure.responsible]
        texts += [*measure.involved, *(basis.text for basis in measure.legal)]
    book = cases.sample().survey.questionnaire
    for item in book.items:
        texts += [item.text, item.help, *(option.label for option in item.options)]
    for dimension in book.dimensions:
        texts += [dimension.name, dimension.description, *dimension.levels]
        texts += [gate.reason for gate in dimension.gates]
    glossary = load_glossary()
    texts += [entry.text for entry in (*glossary.abbreviations, *glossary.terms)]
    assert unexplained_abbreviations(texts) == ()


def test_it_is_accessible():
    document = method_document(cases.dossier(), cases.CREATED)
    assert document.kind is DocumentKind.METHOD
    assert document.attachment == "Anlage 4"
    assert_accessible(pdf_bytes(document))
