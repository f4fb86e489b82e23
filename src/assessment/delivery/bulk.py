"""One document for each municipality and a collective report, into an archive or a folder.

Documents are made one after the other here while up to two others are set as PDF: the writer lets
other threads work. At no time are more than a few of them in memory. What can't be made for one
municipality is told in the result and in a file of its own; the others are made nevertheless.
"""

import hashlib
import logging
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assessment.delivery.documents import document_name, kind_name, make_document
from assessment.delivery.file_names import file_name
from assessment.delivery.sinks import ArchiveSink, FolderSink, Sink
from assessment.german import format_date, format_number
from assessment.profiles.dossier import Dossier
from assessment.profiles.header import provenance
from assessment.profiles.public import check_variant
from assessment.profiles.results import Assessment
from assessment.profiles.texts import sentence
from assessment.profiles.variants import Variant
from assessment.remarks import InputRefused
from assessment.reports.branding import Branding
from assessment.reports.csv_files import german_csv
from assessment.reports.document import Document, DocumentKind
from assessment.typology.progress import Progress, silent

THREADS = 2
"""PDFs set at the same time; more of them gain nothing on two cores and cost memory."""
WAITING = 4
"""Documents that are being set or wait to be written, at most."""
MANIFEST = "inhalt.csv"
FAILURES = "fehler.txt"

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class WrittenReport:
    """One document; ``key`` and ``name`` are ``""`` for the collective report."""

    key: str
    name: str
    file: str
    pages: int
    sha256: str


@dataclass(frozen=True, slots=True)
class FailedReport:
    """A document that couldn't be made, and why in one sentence."""

    key: str
    name: str
    reason: str

    @property
    def text(self) -> str:
        """„Musterstadt (01051044): …“."""
        who = f"{self.name} ({self.key})" if self.key else self.name
        return f"{who}: {self.reason}"


@dataclass(frozen=True, slots=True)
class BulkResult:
    """What was made."""

    written: tuple[WrittenReport, ...]
    failed: tuple[FailedReport, ...]
    sentence: str

    @property
    def count(self) -> int:
        """Documents, the collective report included."""
        return len(self.written)


@dataclass(frozen=True, slots=True)
class _Planned:
    """A document with its place: what it is about and what it will be called."""

    key: str
    name: str
    file: str
    document: Document


def write_reports(
    assessment: Assessment,
    kind: DocumentKind,
    created: date,
    path: Path,
    *,
    branding: Branding | None = None,
    variant: Variant = Variant.PUBLIC,
    keys: Sequence[str] | None = None,
    dossier_of: Callable[[str], Dossier] | None = None,
    progress: Progress = silent,
) -> BulkResult:
    """Write ``kind`` as PDF for each municipality (or ``keys``), a list and the collective report.

    A ``path`` that ends in ``.zip`` becomes an archive, any other a folder. ``dossier_of``: the
    dossier of a key where more than the survey is known (plan, earlier wave). ``progress`` is
    called before each document and may raise ``Stopped``: then there is no archive, and a folder
    keeps what is finished.

    Raises ``InputRefused``: ``BULK_ANONYMOUS`` (files of an anonymised variant can't be told
    apart), ``BULK_UNKNOWN`` for keys that aren't in the survey, ``BULK_NOTHING`` if no document
    could be made.
    """
    if variant is Variant.ANONYMOUS:
        raise InputRefused("BULK_ANONYMOUS", sentence("bulk.anonymous"))
    chosen = _ordered(assessment, kind, created, variant, keys)
    make = dossier_of or (lambda key: Dossier(assessment, key, variant=variant))
    work = _Work(assessment, kind, created, branding or Branding(), make, progress)
    with _sink(path) as sink:
        written, failed = work.run(chosen, sink)
        if not written:
            raise InputRefused("BULK_NOTHING", failed[0].text if failed else sentence("bulk.none"))
        sink.add(MANIFEST, _manifest(assessment, written, created))
        if failed:
            sink.add(FAILURES, _failure_file(failed))
    progress(1.0, sentence("bulk.done"))
    return BulkResult(tuple(written), tuple(failed), _said(kind, written, failed))


@dataclass(frozen=True, slots=True)
class _Work:
    """Everything the documents of one job have in common."""

    assessment: Assessment
    kind: DocumentKind
    created: date
    branding: Branding
    dossier_of: Callable[[str], Dossier]
    progress: Progress

    def run(
        self, keys: Sequence[str], sink: Sink
    ) -> tuple[list[WrittenReport], list[FailedReport]]:
        """Make and write all documents in the order of ``keys``, the collective report last."""
        written: list[WrittenReport] = []
        failed: list[FailedReport] = []
        waiting: deque[tuple[_Planned, Future[bytes]]] = deque()

        def write_first() -> None:
            planned, future = waiting.popleft()
            try:
                data = future.result()
            except Exception as error:
                failed.append(_failure(planned.key, planned.name, error))
                return
            sink.add(planned.file, data)
            written.append(_written(planned, data))

        with _pool() as pool:
            for number, key in enumerate((*keys, "")):
                name = self.assessment.survey.name_of(key) if key else kind_name(_COLLECTION)
                self.progress(number / (len(keys) + 1), _step(number, len(keys), name))
                try:
                    planned = self._planned(key, name)
                except InputRefused as error:
                    failed.append(_failure(key, name, error))
                    continue
                except Exception as error:
                    failed.append(_failure(key, name, error))
                    continue
                waiting.append((planned, pool.submit(_pdf, planned.document, self.branding)))
                if len(waiting) >= WAITING:
                    write_first()
            while waiting:
                write_first()
        return written, failed

    def _planned(self, key: str, name: str) -> _Planned:
        if not key:
            from assessment.reports.documents.collection import collection_document

            document = collection_document(self.assessment, self.created)
            file = file_name(_COLLECTION, "", "", self.created, Variant.PUBLIC, "pdf")
            return _Planned("", name, file, document)
        dossier = self.dossier_of(key)
        document = make_document(self.kind, dossier, self.created)
        file = document_name(document, dossier, "pdf", with_key=True)
        check_variant((file,), dossier)
        return _Planned(key, name, file, document)


_COLLECTION = DocumentKind.COLLECTION


def _pdf(document: Document, branding: Branding) -> bytes:
    # Imported here: the command line's help loads no PDF writer.
    from assessment.reports.pdf.writer import pdf_bytes

    return pdf_bytes(document, branding)


@contextmanager
def _pool() -> Iterator[ThreadPoolExecutor]:
    """Threads that set PDFs; what has not begun is dropped when the job ends early."""
    pool = ThreadPoolExecutor(THREADS, thread_name_prefix="assessment-pdf")
    try:
        yield pool
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _sink(path: Path) -> ArchiveSink | FolderSink:
    return ArchiveSink(path) if path.suffix.lower() == ".zip" else FolderSink(path)


def _ordered(
    assessment: Assessment,
    kind: DocumentKind,
    created: date,
    variant: Variant,
    keys: Sequence[str] | None,
) -> list[str]:
    """Keys in the order of their file names; each once."""
    survey = assessment.survey
    known = [str(key) for key in survey.keys]
    chosen = known if keys is None else list(dict.fromkeys(keys))
    unknown = [key for key in chosen if key not in survey.rows]
    if unknown:
        raise InputRefused("BULK_UNKNOWN", sentence("bulk.unknown", keys=", ".join(unknown[:5])))

    def file(key: str) -> str:
        name = survey.name_of(key)
        return file_name(kind, name, key, created, variant, "pdf", with_key=True)

    return sorted(chosen, key=file)


def _written(planned: _Planned, data: bytes) -> WrittenReport:
    from assessment.reports.pdf.writer import pdf_pages

    digest = hashlib.sha256(data).hexdigest()
    return WrittenReport(planned.key, planned.name, planned.file, pdf_pages(data), digest)


def _failure(key: str, name: str, error: Exception) -> FailedReport:
    """The reason for people; what nobody foresaw goes to the log as well."""
    if isinstance(error, InputRefused):
        return FailedReport(key, name, error.message)
    _LOG.error("The document of %s failed", key, exc_info=error)
    return FailedReport(key, name, sentence("bulk.failed"))


def _step(number: int, total: int, name: str) -> str:
    if number >= total:
        return name
    return sentence("bulk.step", n=format_number(number + 1), total=format_number(total), name=name)


def _manifest(assessment: Assessment, written: Sequence[WrittenReport], created: date) -> bytes:
    """What is in the delivery; each row says what it rests on."""
    survey = assessment.survey
    marks = " · ".join(provenance(survey, assessment.typology_mark))
    simulated = sentence("data.simulated") if survey.simulated else ""
    header = [sentence(f"bulk.{name}") for name in _COLUMNS]
    rows = [
        (
            one.key,
            one.name,
            one.file,
            one.pages,
            one.sha256,
            format_date(survey.reference_date),
            format_date(created),
            marks,
            simulated,
        )
        for one in written
    ]
    return german_csv(header, rows)


_COLUMNS = ("key", "name", "file", "pages", "sha256", "day", "created", "record", "note")


def _failure_file(failed: Sequence[FailedReport]) -> bytes:
    lines = [sentence("bulk.failures"), "", *(one.text for one in failed)]
    return ("\r\n".join(lines) + "\r\n").encode("utf-8-sig")


def _said(
    kind: DocumentKind, written: Sequence[WrittenReport], failed: Sequence[FailedReport]
) -> str:
    single = sum(bool(one.key) for one in written)
    said = sentence("bulk.result", n=format_number(single), kind=kind_name(kind))
    if failed:
        n = format_number(len(failed))
        said += f" {sentence('bulk.result_failed', n=n, file=FAILURES)}"
    return said
