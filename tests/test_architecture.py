"""What the layout of the code promises: where pages lie, who may import what, no unsafe sinks."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from assessment.ui.navigation import MENU

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted((ROOT / "pages").rglob("*.py"))
UI = [ROOT / "app.py", *PAGES, *sorted((ROOT / "src" / "assessment" / "ui").rglob("*.py"))]
SOURCES = sorted((ROOT / "src").rglob("*.py"))

HEAVY = {"pandas", "numpy", "sklearn", "scipy", "plotly"}
HTML_SINKS = {"theme.py": 1, "shell.py": 1}
"""Files that may call ``st.html``, with the number of calls; both write fixed text only."""


def imported(path: Path) -> set[str]:
    """Top-level names of all modules a file imports."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.split(".")[0])
    return names


def calls(path: Path) -> Iterator[ast.Call]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            yield node


def test_no_page_lies_directly_under_pages() -> None:
    # Streamlit opens such files past app.py and any gate in it.
    assert [path.name for path in (ROOT / "pages").glob("*.py")] == []
    assert PAGES


def test_app_is_short_and_declares_the_menu_before_anything_is_shown() -> None:
    text = (ROOT / "app.py").read_text(encoding="utf-8")
    assert len(text.splitlines()) < 60
    order = [
        node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        for node in sorted(calls(ROOT / "app.py"), key=lambda call: call.lineno)
    ]
    assert order == ["set_page_config", "build_navigation", "show_shell", "run"]


def test_every_page_is_in_the_menu() -> None:
    listed = {entry.script for entries in MENU.values() for entry in entries}
    assert listed == {str(path.relative_to(ROOT / "pages")) for path in PAGES}
    assert sum(entry.start for entries in MENU.values() for entry in entries) == 1


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_pages_are_thin(path: Path) -> None:
    assert not imported(path) & HEAVY
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 120


def test_only_ui_imports_streamlit_and_only_figures_plotly() -> None:
    package = ROOT / "src" / "assessment"
    for path in SOURCES:
        room = path.relative_to(package).parts[0] if path.is_relative_to(package) else ""
        names = imported(path)
        assert "streamlit" not in names or room == "ui", path
        assert "plotly" not in names or room == "figures", path


def test_no_sink_lets_data_act() -> None:
    for path in UI:
        html_calls = 0
        for call in calls(path):
            name = call.func.attr if isinstance(call.func, ast.Attribute) else ""
            keywords = {keyword.arg for keyword in call.keywords}
            assert "unsafe_allow_html" not in keywords, path
            assert name not in {"iframe", "components"}, path
            html_calls += name == "html"
        assert html_calls == HTML_SINKS.get(path.name, 0), path


MACHINE_PATH = re.compile(r"(?<![\w.])/(home|root|Users|work|mnt)/\w")


def test_nothing_names_the_machine_it_was_written_on() -> None:
    for path in [*UI, *SOURCES]:
        text = path.read_text(encoding="utf-8")
        assert not MACHINE_PATH.search(text), path
        assert "fonts.googleapis" not in text, path
