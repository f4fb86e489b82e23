"""Everything about one municipality in one ZIP: papers, Vorlage, slides, tables, a note.

Either all files pass the check of their variant or there is no package.
"""

from collections.abc import Iterator
from datetime import date

from assessment.delivery.archive import archive_bytes
from assessment.delivery.documents import (
    Form,
    document_bytes,
    document_name,
    make_document,
    offers,
)
from assessment.delivery.file_names import file_name
from assessment.german import format_date
from assessment.profiles.dossier import Dossier
from assessment.profiles.public_check import check_variant, texts_in
from assessment.profiles.texts import sentence
from assessment.reports.branding import Branding
from assessment.reports.document import Document, DocumentKind
from assessment.reports.documents.parts import as_of, disclaimer, marks, source_line
from assessment.reports.pdf.characters import one_line
from assessment.typology.progress import Progress, silent

README = "LIESMICH.txt"
WIDTH = 78


def package(
    dossier: Dossier,
    created: date,
    branding: Branding | None = None,
    report: Progress = silent,
) -> tuple[str, bytes]:
    """File name and content of the ZIP; equal input gives equal bytes.

    ``report`` is told how far it is and may raise ``Stopped``. Raises ``InputRefused`` where a
    document may not leave the house in this variant.
    """
    name = _name(dossier, created, sentence("package.subject"), "zip")
    files: list[tuple[str, bytes]] = []
    listed: list[tuple[str, str]] = []
    for title, file, data in _files(dossier, created, branding or Branding(), report):
        files.append((file, data))
        listed.append((file, title))
    note = _printable(readme(dossier, created, listed))
    check_variant((name, *(file for file, _ in files), note), dossier)
    report(1.0, sentence("package.packing"))
    return name, archive_bytes([(README, note.encode("utf-8-sig")), *files])


def _printable(note: str) -> str:
    """Lines of which no character is lost on the way to a file or turns the others round."""
    return "\r\n".join(
        one_line(line) if line == line.lstrip() else f"    {one_line(line)}"
        for line in note.split("\r\n")
    )


def readme(dossier: Dossier, created: date, files: list[tuple[str, str]]) -> str:
    """What lies in the package, of when, and what is missing and why; lines end as on Windows."""
    header = dossier.profile.header
    said = [
        sentence("package.title", name=header.name),
        "",
        *marks(dossier.variant, simulated=header.simulated),
        sentence("package.reference", day=format_date(header.reference_date)),
        sentence("package.as_of", as_of=as_of(dossier.catalogue)),
        sentence("package.created", day=format_date(created)),
        sentence(f"package.variant_{dossier.variant.value}"),
        "",
        sentence("package.files"),
    ]
    for file, title in files:
        said += [file, f"    {title}"]
    missing = [offer for offer in offers(dossier) if not offer.available]
    if missing:
        said += ["", sentence("package.missing")]
        for offer in missing:
            said += [offer.name, f"    {offer.reason}"]
    said += [
        "",
        source_line(header),
        disclaimer(dossier.catalogue),
        *dossier.profile.data.provenance,
    ]
    return "\r\n".join(said) + "\r\n"


def _files(
    dossier: Dossier, created: date, branding: Branding, report: Progress
) -> Iterator[tuple[str, str, bytes]]:
    """What each file is, its name, its content; in the order of the Anlagen."""
    found = [offer for offer in offers(dossier) if offer.available]
    for place, offer in enumerate(found):
        report(place / (len(found) + 1), offer.name)
        document = make_document(offer.kind, dossier, created)
        paper = offer.kind is DocumentKind.PAPER
        forms: tuple[Form, ...] = ("docx", "pdf") if paper else ("pdf",)
        for form in forms:
            name = document_name(document, dossier, form, with_key=False)
            yield _title(document, offer.name), name, document_bytes(document, branding, form)
        if paper:
            yield _slides(dossier, created, branding)
    report(len(found) / (len(found) + 1), sentence("package.results"))
    yield from _tables(dossier, created)


def _slides(dossier: Dossier, created: date, branding: Branding) -> tuple[str, str, bytes]:
    """Five slides for the session, from the same facts as the Vorlage."""
    from assessment.profiles.council.paper import council_paper
    from assessment.reports.office.slide_content import five_slides
    from assessment.reports.office.slides import slides_bytes

    paper = council_paper(dossier, created)
    check_variant(texts_in(five_slides(paper, dossier)), dossier)
    title = sentence("package.slides")
    return (
        title,
        _name(dossier, created, sentence("package.slides_subject"), "pptx"),
        slides_bytes(paper, dossier, branding, created),
    )


def _title(document: Document, name: str) -> str:
    if not document.attachment:
        return name
    return sentence("package.attachment", attachment=document.attachment, name=name)


def _tables(dossier: Dossier, created: date) -> Iterator[tuple[str, str, bytes]]:
    """Results as Excel file, as CSV for German Excel and for programs; checked by their maker."""
    from assessment.reports.results_workbook import results_csv, results_workbook
    from assessment.reports.table_files import CsvForm

    subject = sentence("package.results_subject")
    yield (
        sentence("package.workbook"),
        _name(dossier, created, subject, "xlsx"),
        results_workbook(dossier, created),
    )
    for form in CsvForm:
        folder = sentence(f"package.folder_{form.value}")
        for table, data in results_csv(dossier, created, form):
            title = sentence(f"package.csv_{form.value}", table=table)
            yield title, f"{folder}/{_name(dossier, created, table, 'csv')}", data


def _name(dossier: Dossier, created: date, subject: str, ending: str) -> str:
    return file_name(subject, dossier.name, dossier.key, created, dossier.variant, ending)
