"""The job that makes the papers of all municipalities, and what became of it."""

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from assessment.delivery.bulk import write_reports
from assessment.profiles.dossier import Dossier
from assessment.profiles.texts import sentence
from assessment.typology.progress import Progress
from assessment.ui.bulk_file import Active, BulkFile, BulkOrder, session_watch
from assessment.ui.jobs import Job, JobState

_DESK = "bulk_desk"


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
        if self.file is not None:
            self.file.remove()
        self.file, self.message = None, ""

        active = session_watch()

        def work(progress: Progress) -> BulkFile:
            return _made(order, active, progress)

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


def _made(order: BulkOrder, active: Active, progress: Progress) -> BulkFile:
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
            dossier_of=lambda key: Dossier(
                order.assessment, key, plan=order.plans.get(key), waves=order.waves
            ),
            progress=progress,
        )
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return BulkFile(path, result, order, active)
