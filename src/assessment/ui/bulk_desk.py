"""The job that makes the papers of all municipalities, and its file.

The ZIP is a temporary file of this server, never kept in memory. It is removed with the session,
with the next one made, or with the end of the process, whichever comes first.
"""

import os
import tempfile
import weakref
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import streamlit as st

from assessment.comparison.waves import PreparedWaves
from assessment.delivery.bulk import BulkResult, write_reports
from assessment.profiles.dossier import Dossier
from assessment.profiles.results import Assessment
from assessment.profiles.texts import sentence
from assessment.reports.branding import Branding
from assessment.reports.document import DocumentKind
from assessment.typology.progress import Progress
from assessment.ui.jobs import Job, JobState

_DESK = "bulk_desk"


@dataclass(frozen=True, eq=False)
class BulkOrder:
    """What is to be made."""

    assessment: Assessment
    waves: PreparedWaves | None
    kind: DocumentKind
    created: date
    branding: Branding
    mark: str
    """Survey and catalogue it rests on."""


class BulkFile:
    """A finished ZIP; the file goes with this object."""

    def __init__(self, path: Path, result: BulkResult, order: "BulkOrder") -> None:
        self.path = path
        self.result = result
        self.order = order
        self.size = path.stat().st_size
        self._removed = weakref.finalize(self, path.unlink, missing_ok=True)

    def read(self) -> bytes:
        """Its content, for one download."""
        return self.path.read_bytes()


@dataclass
class BulkDesk:
    """The job of one session and what it made."""

    job: Job[BulkFile] | None = None
    file: BulkFile | None = None
    seconds: float = 0.0
    message: str = ""
    """Why there is no file."""

    def begin(self, order: BulkOrder) -> None:
        """Start anew; what was made before is removed."""
        self.file, self.message = None, ""

        def work(progress: Progress) -> BulkFile:
            return _made(order, progress)

        self.job = Job(work)

    def look(self) -> None:
        """Take the result of a finished job."""
        job = self.job
        if job is None or job.running:
            return
        self.job = None
        self.seconds = job.seconds
        if job.state is JobState.DONE:
            self.file = job.result
        elif job.refusal is not None:
            self.message = job.refusal.message
        else:
            stopped = job.state is JobState.STOPPED
            self.message = sentence("page_bulk.stopped" if stopped else "page_bulk.failed")


def desk() -> BulkDesk:
    """The session's desk."""
    return st.session_state.setdefault(_DESK, BulkDesk())


def _made(order: BulkOrder, progress: Progress) -> BulkFile:
    handle, name = tempfile.mkstemp(prefix="unterlagen-", suffix=".zip")
    os.close(handle)
    path = Path(name)
    try:
        result = write_reports(
            order.assessment,
            order.kind,
            order.created,
            path,
            branding=order.branding,
            dossier_of=lambda key: Dossier(order.assessment, key, waves=order.waves),
            progress=progress,
        )
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return BulkFile(path, result, order)
