"""Helpers of the tests of measures, roadmap and strategy: opening pages, reading what they say."""

from streamlit.testing.v1 import AppTest

MEASURES = "pages/kommune/massnahmen.py"
ROADMAP = "pages/kommune/roadmap.py"
STRATEGY = "pages/kommune/strategie.py"


def opened(app: AppTest, script: str) -> AppTest:
    """The page after its first complete run."""
    app.run()
    app.switch_page(script)
    app.run()
    assert not app.exception, app.exception
    return app


def went(app: AppTest, script: str) -> AppTest:
    """Another page of the same session."""
    app.switch_page(script)
    app.run()
    assert not app.exception, app.exception
    return app


def plain(text: object) -> str:
    """Without the marks that keep Markdown from acting."""
    return str(text).replace("\\", "").replace("\u2060", "")


def texts(app: AppTest) -> list[str]:
    elements = (*app.title, *app.header, *app.markdown, *app.caption, *app.error)
    return [plain(element.value) for element in elements]


def says(app: AppTest, words: str) -> bool:
    """Whether any text or table cell of the page contains these words."""
    cells = [plain(cell) for table in app.table for cell in table.value.to_numpy().ravel()]
    return any(words in text for text in (*texts(app), *cells))


def press(app: AppTest, label: str, place: int = 0) -> AppTest:
    """Press the button (also of a form) with this label."""
    found = [button for button in app.button if button.label == label]
    found[place].click()
    app.run()
    assert not app.exception, app.exception
    return app


def field(app: AppTest, label: str, place: int = 0):
    """The text input or area with this label."""
    found = [one for one in (*app.text_input, *app.text_area) if one.label == label]
    return found[place]


def choice(app: AppTest, label: str, place: int = 0):
    """The select box with this label."""
    return [one for one in app.selectbox if one.label == label][place]


def open_panel(app: AppTest, key: str) -> AppTest:
    """Open an expander or choose a tab that draws only when asked."""
    app.session_state[key] = True
    app.run()
    assert not app.exception, app.exception
    return app


def tab(app: AppTest, key: str, name: str) -> AppTest:
    app.session_state[key] = name
    app.run()
    assert not app.exception, app.exception
    return app


def asked(app: AppTest, name: str) -> str:
    """What the address says; it comes as a list where the script has just set it."""
    value = app.query_params.get(name, "")
    return value if isinstance(value, str) else value[0]
