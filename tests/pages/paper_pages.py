"""Helpers of the tests of Vorlage and Berichte: what the download buttons of a page would give."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
import streamlit as st
from plan_pages import MEASURES, opened, press, went
from streamlit.testing.v1 import AppTest

from assessment.measures.plan_types import MunicipalityPlan

PAPER = "pages/kommune/vorlage.py"
REPORTS = "pages/berichte/berichte.py"
EVERYBODY = "pages/berichte/alle.py"


@dataclass
class Downloads:
    """The download buttons of the last run, by label: file name and what builds the file."""

    names: dict[str, str] = field(default_factory=dict)
    builders: dict[str, Callable[[], bytes]] = field(default_factory=dict)

    def build(self, label: str) -> bytes:
        """What a click would give; outside a run of the page, as on the server."""
        return self.builders[label]()


def watch_downloads(monkeypatch: pytest.MonkeyPatch) -> Downloads:
    """AppTest can't click download buttons: note what they are given instead."""
    found = Downloads()
    real = st.download_button

    def noted(label: str, data: Callable[[], bytes], file_name: str, *rest, **options):
        found.names[label], found.builders[label] = file_name, data
        return real(label, data, file_name, *rest, **options)

    monkeypatch.setattr(st, "download_button", noted)
    return found


def with_plan(app: AppTest, measures: int = 2) -> AppTest:
    """The Vorlage of a municipality whose roadmap has some measures."""
    page = opened(app, MEASURES)
    for _ in range(measures):
        press(page, "In die Roadmap")
    return went(page, PAPER)


def plan_of(app: AppTest) -> MunicipalityPlan:
    [kept] = app.session_state["session_plans"].values()
    return kept.plan


def start(app: AppTest, label: str) -> AppTest:
    """Press the button whose label begins like this."""
    next(one for one in app.button if one.label.startswith(label)).click()
    app.run()
    assert not app.exception, app.exception
    return app


def cells(app: AppTest) -> list[str]:
    """All cells of all tables."""
    return [
        str(cell).replace("\\", "").replace("\u2060", "")
        for table in app.table
        for cell in table.value.to_numpy().ravel()
    ]
