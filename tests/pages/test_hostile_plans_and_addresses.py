"""Plans, catalogues and addresses by people who mean harm: text stays text, no page fails."""

import csv
import io
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from xml.etree import ElementTree

import pytest
from plan_pages import MEASURES, ROADMAP, STRATEGY, opened, tab, went
from streamlit.testing.v1 import AppTest

from assessment.measures.catalogue import catalogue_csv, load_catalogue, read_catalogue
from assessment.measures.model import CostKind, Horizon
from assessment.measures.plan_file import plan_to_json, plan_to_yaml, read_plan
from assessment.measures.plan_types import (
    BlockState,
    BlockStrategy,
    CostBasis,
    CostRow,
    CostRowKind,
    Decision,
    DecisionState,
    FieldStrategy,
    MunicipalityPlan,
    PlannedMeasure,
    Status,
    StrategyFrame,
)
from assessment.measures.roadmap import schedule
from assessment.measures.strategy_content import strategy_content
from assessment.profiles.roadmap_profile import roadmap_profile
from assessment.remarks import InputRefused
from assessment.ui import components
from assessment.ui.loaders import sample
from assessment.ui.plan_state import KeptPlan
from assessment.ui.roadmap_view import roadmap_figure

PROFILE, GAPS = "pages/kommune/profil.py", "pages/kommune/luecken.py"
OVERVIEW = "pages/auswertung/uebersicht.py"
PAGES = (PROFILE, GAPS, MEASURES, ROADMAP, STRATEGY, OVERVIEW)
TABS = ("Leitbild", "Handlungsfelder", "Bausteine", "Beteiligung", "Zielstufen")

HOSTILE = (
    "<script>window.__xss=1</script>",
    "![x](http://127.0.0.1:9/p.png)",
    '=HYPERLINK("http://127.0.0.1:9/";"Klick")',
    "=cmd|' /C calc'!A0",
    "+1+1 -2 @SUM(A1)",
    "**fett** $x^2$ :material/home: :red[rot] `code`",
    "\u202egnp.exe \u2066\u200bx\ufeff",
    "a\x00b\x1bc\x07",
    "🏛️👩‍👩‍👧 Z̵̡͗a̷l̶g̵o̴ ﷽",
    "# Titel | Spalte\n\n---\n\n- Punkt",
    "<img src=x onerror=alert(1)> {{7*7}} ${7*7} %{x}",
    "[Link](javascript:alert(1)) www.example.org a@b.de",
    "x" * 200,
    "' OR 1=1 -- ; DROP TABLE plan",
)
MARKERS = (
    "<script", "<img", "![x](", "[Link](", "**fett**", "$x^2$", ":material/", ":red[", "`code`",
    "# Titel", "www.example", "http://127", "\u202e", "\x00", "\x1b",
)  # fmt: skip
CELL_TRIGGER = re.compile(r"^[=+\-@\t\r]")


def hostile_plan(key: str, start: int = 0) -> MunicipalityPlan:
    """A plan in which every free text is one of the hostile ones, in turn."""
    place = start

    def text() -> str:
        nonlocal place
        place += 1
        return HOSTILE[place % len(HOSTILE)]

    def costs() -> tuple[CostRow, ...]:
        amounts = {2027: Decimal("1.5"), 2028: None}
        return (
            CostRow(kind=CostRowKind.ONCE, amounts=amounts, basis=CostBasis.OFFER, note=text()),
        )

    shipped = [measure.id for measure in load_catalogue().measures[:4]]
    measures = [
        PlannedMeasure(
            id=name,
            own_title="" if name in shipped else text(),
            own_field="" if name in shipped else "MF01",
            own_horizon=None if name in shipped else Horizon.SHORT,
            cost_kind=None if name in shipped else CostKind.BOTH,
            owner=text(),
            start=date(2027, 1, 1),
            end=date(2026, 6, 1) if name == "E2" else date(2027, 12, 31),
            override_note=text(),
            priority=text(),
            status=Status.DELAYED,
            decision=Decision(state=DecisionState.DECIDED, body=text(), note=text()),
            costs=costs(),
            note=text(),
            cause=text(),
            option=text(),
            requires=("E1",) if name == "E3" else (),
        )
        for name in (*shipped, "E1", "E2", "E3", "UNKNOWN.1")
    ]
    content = strategy_content()
    return MunicipalityPlan(
        municipality=key,
        name=text(),
        wave=text(),
        questionnaire_version=text(),
        catalogue_id=text(),
        catalogue_version=text(),
        begins=date(2027, 1, 1),
        targets={"MF01": 4, text(): 3},
        measures=tuple(measures),
        strategy=StrategyFrame(
            vision=(text(), text(), "y" * 4000),
            target_year=2030,
            fields={
                **{
                    each.id: FieldStrategy(
                        goal=text(),
                        starting_point=text(),
                        challenges=text(),
                        chances=text(),
                        projects=(text(), "M001", text()),
                    )
                    for each in content.fields
                },
                text(): FieldStrategy(goal=text()),
            },
            blocks={
                **{
                    each.id: BlockStrategy(state=BlockState.DRAFT, note=text())
                    for each in content.blocks
                },
                text(): BlockStrategy(note=text()),
            },
            participation=(text(), text()),
        ),
    )


def shown(app: AppTest) -> list[str]:
    """Everything a Markdown sink of the page was given, escapes taken out."""
    raw = [str(e.value) for e in (*app.title, *app.header, *app.subheader, *app.markdown)]
    raw += [str(e.value) for e in (*app.caption, *app.error, *app.warning, *app.info, *app.success)]
    raw += [str(one.label) for one in (*app.button, *app.checkbox, *app.expander, *app.toggle)]
    raw += [str(one.label) for one in (*app.selectbox, *app.multiselect, *app.text_input)]
    raw += [str(one.label) for one in (*app.text_area, *app.number_input, *app.date_input)]
    raw += [str(one.help) for one in (*app.button, *app.selectbox) if getattr(one, "help", "")]
    for table in app.table:
        raw += [str(cell) for cell in table.value.to_numpy().ravel()]
        raw += [str(name) for name in table.value.columns]
    return [re.sub(r"\\.", "", text) for text in raw]


def acting(app: AppTest) -> list[tuple[str, str]]:
    """What would be read as more than text."""
    return [(marker, text) for text in shown(app) for marker in MARKERS if marker in text]


def with_plan(app: AppTest, start: int) -> tuple[AppTest, str]:
    taken = sample()
    key = taken.keys[start]
    plan = hostile_plan(key, start)
    app.session_state["session_plans"] = {(taken.data_identifier, key): KeptPlan(plan)}
    app.query_params["kommune"] = key
    return app, key


def opened_everything(app: AppTest) -> AppTest:
    """Every part that is only drawn when asked."""
    for _ in range(2):
        keys = [str(one.key) for one in app.expander if getattr(one, "key", None)]
        for key in keys:
            app.session_state[key] = True
        app.run()
        assert not app.exception, app.exception
    return app


@pytest.mark.parametrize("start", [0, 5, 9])
def test_a_hostile_plan_stays_text_on_every_page(app: AppTest, start: int) -> None:
    page, _ = with_plan(app, start)
    opened(page, ROADMAP)
    for script in PAGES:
        opened_everything(went(page, script))
        assert acting(page) == [], script
    went(page, STRATEGY)
    for name in TABS:
        opened_everything(tab(page, "strategy-tabs", name))
        assert acting(page) == [], name


@pytest.mark.parametrize("ending", ["yaml", "json"])
def test_a_hostile_plan_is_loaded_and_saved(app: AppTest, ending: str) -> None:
    taken = sample()
    key = taken.keys[3]
    plan = hostile_plan(key)
    text = plan_to_yaml(plan) if ending == "yaml" else plan_to_json(plan)
    assert read_plan(text.encode(), f"p.{ending}", expected_key=key) == plan
    app.query_params["kommune"] = key
    page = opened(app, ROADMAP)
    page.session_state["plan-load-roadmap"] = True
    page.run()
    name = f"<script>\u202e.{ending}"
    page.file_uploader[0].set_value((name, text.encode(), "text/plain")).run()
    assert not page.exception, page.exception
    assert not page.error
    assert acting(page) == []
    [button] = [one for one in page.button if one.label == "Diesen Plan übernehmen"]
    button.click().run()
    assert not page.exception, page.exception
    assert acting(page) == []


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\x01\x02",
        b"\xff\xfe\x00",
        b"{" * 50_000,
        b"[" * 50_000,
        b"a: &a [*a]",
        b"!!python/object/apply:os.system ['id']",
        b"municipality: '1'\nname: " + b"x" * 10_000,
        b"schema_version: 99\nmunicipality: x\nname: y",
        b"schema_version: .inf\nmunicipality: x\nname: y",
        b'{"municipality": "1", "name": "x", "measures": [{"id": "../../etc/passwd"}]}',
        b'{"municipality": "1", "name": "x", "begins": "9999-12-31"}',
        b'{"municipality": "1", "name": "x", "targets": {"MF01": 99}}',
        b"municipality: [<script>]\nname: {a: 1}",
        b"municipality: '1'\nname: x\n<script>alert(1)</script>: **fett**",
        b"- 1\n- 2",
        b"x: " + b"9" * 6000,
        b'{"x": ' + b"9" * 6000 + b"}",
        b"municipality: '1'\nname: n\nstrategy: {target_year: 1e400}",
    ],
)
def test_a_broken_plan_is_refused_in_a_sentence(app: AppTest, content: bytes) -> None:
    page = opened(app, ROADMAP)
    page.session_state["plan-load-roadmap"] = True
    page.run()
    page.file_uploader[0].set_value(("p<b>.yaml", content, "text/plain")).run()
    assert not page.exception, page.exception
    assert len(page.error) == 1
    said = str(page.error[0].value)
    assert said.rstrip().endswith((".", "\\."))
    assert not re.search(r"Traceback|pydantic|Input should|<class|yaml\.|Error", said), said
    assert acting(page) == []


def test_names_and_texts_of_a_plan_survive_into_drawings_and_files() -> None:
    plan = hostile_plan("01000001")
    profile = roadmap_profile(schedule(plan, load_catalogue()), plan.name)
    for width in (360, 900):
        figure = roadmap_figure(profile, width=width, today=date(2027, 5, 1), theme="light")
        assert figure.drawing is not None
        tree = ElementTree.fromstring(figure.drawing)
        assert {node.tag.rpartition("}")[2] for node in tree.iter()}.isdisjoint({"script", "a"})
        assert not re.search(r"[\u202a-\u202e\u2066-\u2069\x00-\x08]", figure.drawing)


def test_no_cell_of_a_file_starts_a_formula(app: AppTest, monkeypatch) -> None:
    files: list[bytes] = []

    def kept(_label, data, file_name, *_, **__):
        if file_name.endswith(".csv"):
            files.append(data())
        assert re.fullmatch(r"[\w.-]+", file_name), file_name

    page, _ = with_plan(app, 2)
    opened(page, ROADMAP)
    monkeypatch.setattr(components.st, "download_button", kept)
    for script in (ROADMAP, MEASURES, PROFILE, GAPS):
        opened_everything(went(page, script))
    assert len(files) > 6
    for data in files:
        text = data.decode("utf-8-sig")
        delimiter = ";" if data.startswith(b"\xef\xbb\xbf") else ","
        for row in csv.reader(io.StringIO(text), delimiter=delimiter):
            for cell in row:
                number = re.fullmatch(r"[+-]?[\d.,]+", cell)
                assert number or not CELL_TRIGGER.match(cell), cell


def test_an_own_catalogue_cannot_start_a_formula_and_survives_its_own_file() -> None:
    shipped = load_catalogue()
    hostile = [text for text in HOSTILE if text.startswith(("=", "+", "@", "<", "**"))]
    bad = [
        replaced(measure, title=hostile[n % len(hostile)], description=hostile[-n % len(hostile)])
        for n, measure in enumerate(shipped.measures)
    ]
    catalogue = type(shipped).model_validate(shipped.model_dump() | {"measures": bad})
    data = catalogue_csv(catalogue)
    for row in csv.reader(io.StringIO(data.decode("utf-8-sig")), delimiter=";"):
        assert not [cell for cell in row if CELL_TRIGGER.match(cell)]
    again = read_catalogue(data, "eigener.csv")
    assert len(again.measures) == len(shipped.measures)


def replaced(measure, **changes):
    return measure.model_dump() | changes


@pytest.mark.parametrize(
    "content",
    [
        b"", b"\x00", b"id;title\n=1+1;x\n", b"{" * 30_000, b"measures: [" * 3000,
        b"PK\x03\x04nonsense", b"id: x\nversion: 1\ntitle: y\nmeasures: []",
        b"id;title\n<script>;**fett**\n",
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", ["k.csv", "k.yaml", "k.xlsx"])
def test_a_broken_catalogue_is_refused_in_a_sentence(content: bytes, name: str) -> None:
    with pytest.raises(InputRefused) as refused:
        read_catalogue(content, name)
    assert refused.value.message.endswith(".")
    assert not re.search(r"Traceback|pydantic|Input should|Error", refused.value.message)


VALUES = (
    "", " ", "\x00", "08", "../../etc/passwd", "<script>alert(1)</script>", "=1+1",
    "%00%0a", "\u202e08", "x" * 20_000, ",".join(["09"] * 500), "|||||", ",,,,", "[]", "{}",
    "None", "nan", "-1", "1e400", "09|<b>", "**fett**", "' OR 1=1", "🏛️", "MF01", "B", "5", "0",
)  # fmt: skip
PARAMETERS = (
    "kommune", "feld", "land", "groesse", "art", "region", "typ", "liste", "massnahme_feld",
    "pflicht", "horizont", "zustaendig", "aufwand", "unbekannt", "embed", "theme",
)  # fmt: skip


@pytest.mark.parametrize("script", PAGES)
def test_no_address_ends_a_page(app: AppTest, script: str) -> None:
    page = opened(app, script)
    for value in VALUES:
        page.query_params.clear()
        for name in PARAMETERS[1:]:
            page.query_params[name] = value
        page.run()
        assert not page.exception, (value[:40], page.exception)
        assert acting(page) == [], value[:40]


@pytest.mark.parametrize("script", PAGES)
def test_no_municipality_of_an_address_ends_a_page(app: AppTest, script: str) -> None:
    page = opened(app, script)
    for value in VALUES[:20]:
        page.query_params["kommune"] = value
        page.run()
        assert not page.exception, (value[:40], page.exception)
        assert acting(page) == [], value[:40]


def test_an_address_may_name_everybody_and_everything(app: AppTest) -> None:
    """Long but valid choices, each value twice."""
    taken = sample()
    structure = taken.assessment.peers.structure
    page = opened(app, OVERVIEW)
    page.query_params["liste"] = ",".join([*taken.keys, *taken.keys])
    page.query_params["land"] = ",".join([*sorted(set(structure.land))] * 2)
    page.run()
    assert not page.exception, page.exception
    lines = [str(one.value) for one in page.caption if "eigene Liste" in str(one.value)]
    assert lines
    assert "mit 412 Kommunen" in lines[0]
    names = re.findall(r"Bayern", lines[0])
    assert len(names) <= 1


def test_a_plan_with_every_measure_opens(app: AppTest) -> None:
    taken = sample()
    key = taken.keys[7]
    measures = tuple(PlannedMeasure(id=each.id) for each in load_catalogue().measures)
    own = tuple(PlannedMeasure(id=f"E{n}", own_title=f"Eigene {n}") for n in range(1, 50))
    plan = MunicipalityPlan(
        municipality=key, name="x", begins=date(2027, 1, 1), measures=measures + own
    )
    app.session_state["session_plans"] = {(taken.data_identifier, key): KeptPlan(plan)}
    app.query_params["kommune"] = key
    for script in (ROADMAP, MEASURES, STRATEGY):
        opened(app, script)
    replaced_plan = replace(KeptPlan(plan), saved=plan)
    assert not replaced_plan.unsaved
