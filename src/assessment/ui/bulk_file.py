"""The ZIP with the papers of all municipalities: a temporary file, never kept in memory.

It is removed when the next one is made, when its session is over, or with the end of the process.
What is left of a session may lie in memory for long before it is collected, so the session itself
is looked at instead.
"""

import threading
import weakref
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from streamlit.runtime import Runtime
from streamlit.runtime.scriptrunner_utils.script_run_context import get_script_run_ctx

from assessment.comparison.waves import PreparedWaves
from assessment.delivery.bulk import BulkResult
from assessment.measures.plan_types import MunicipalityPlan
from assessment.profiles.results import Assessment
from assessment.reports.branding import Branding
from assessment.reports.document import DocumentKind

Active = Callable[[], bool]
_EVERY = 30.0
"""Seconds between two looks at the session."""
_PATIENCE = 6
"""Looks at a session that isn't there before it is over: a browser may come back after a nap."""


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
    plans: Mapping[str, MunicipalityPlan] = field(default_factory=dict)
    """Plans of the session: what a municipality keeps back stays back in bulk as well."""


class BulkFile:
    """A finished ZIP; the file goes with this object or with its session.

    ``active``: whether the session is there; ``every``: seconds between two looks.
    """

    def __init__(
        self,
        path: Path,
        result: BulkResult,
        order: BulkOrder,
        active: Active,
        every: float = _EVERY,
    ) -> None:
        self.path = path
        self.result = result
        self.order = order
        self.size = path.stat().st_size
        removed = threading.Event()
        _files.add(self)
        self._end = weakref.finalize(self, _remove, path, removed)
        # The thread knows the path alone: it must not keep this object alive.
        threading.Thread(
            target=_keep, args=(path, removed, active, every), name="bulk-file", daemon=True
        ).start()

    def remove(self) -> None:
        """Nobody wants it any more."""
        self._end()


_files: weakref.WeakSet[BulkFile] = weakref.WeakSet()


def remove_all() -> None:
    """Remove every archive; a process that is ended by a signal has no other way to do so."""
    for file in tuple(_files):
        file.remove()


def session_watch() -> Active:
    """Tells, from any thread, whether the running session is still there."""
    context = get_script_run_ctx()
    if context is None or not Runtime.exists():
        return lambda: True
    runtime, session = Runtime.instance(), context.session_id
    return lambda: runtime.is_active_session(session)


def _remove(path: Path, removed: threading.Event) -> None:
    removed.set()
    path.unlink(missing_ok=True)


def _keep(path: Path, removed: threading.Event, active: Active, every: float) -> None:
    missed = 0
    while not removed.wait(every):
        missed = 0 if active() else missed + 1
        if missed >= _PATIENCE:
            _remove(path, removed)
