"""The five slides as a file: real placeholders, native charts, German, without surprises."""

import io
import re
import zipfile
from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import openpyxl
import pytest
from lxml import etree
from pptx.util import Pt
from slide_cases import CREATED, all_texts, opened, paper, texts

from assessment.measures.paper_types import PaperSettings
from assessment.measures.plan_editing import add_own_measure, change_plan
from assessment.measures.strategy import new_plan, suggested_plan
from assessment.pipeline import assess_sample
from assessment.profiles.council.paper import council_paper
from assessment.profiles.dossier import Dossier
from assessment.profiles.variants import Variant
from assessment.reports.branding import Branding
from assessment.reports.office.slide_content import cost_slide, position_slide
from assessment.reports.office.slide_shapes import add_chart
from assessment.reports.office.slide_template import new_presentation
from assessment.reports.office.slides import fitted_title, slides_bytes

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
HOSTILE = (
    "=1+1",
    "<a:t>x</a:t>",
    "{{x}}",
    "_x0000_ und _x0041_",
    'HYPERLINK "http://127.0.0.1:9/"',
    "&quot;",
    "NUL\x00 \x07 \ud800 \uffff",
)


def planned(measures: int, **settings) -> Dossier:
    """A municipality of the sample whose plan holds so many measures of the catalogue."""
    assessment = assess_sample()
    key = str(assessment.survey.answers.index[100])
    dossier = Dossier(assessment, key)
    plan = new_plan(assessment.survey, key, assessment.catalogue, date(2027, 1, 1), {})
    if measures:
        plan = suggested_plan(dossier.basis.advice, plan, measures)
    return replace(dossier, plan=change_plan(plan, paper=PaperSettings(**settings)))


@pytest.fixture(scope="module")
def dossier() -> Dossier:
    return planned(12)


@pytest.fixture(scope="module")
def written(dossier) -> bytes:
    return slides_bytes(council_paper(dossier, CREATED), dossier, Branding(), CREATED)


@pytest.fixture(scope="module")
def slides(written):
    return opened(written)


def test_five_slides_each_with_title_number_source_and_mark(slides, dossier):
    assert len(slides.slides) == 5
    for slide in slides.slides:
        kinds = [shape.element.ph.get("type") for shape in slide.placeholders]
        assert kinds.count("title") == kinds.count("ftr") == kinds.count("sldNum") == 1
        assert slide.shapes.title.text.strip()
        foot = next(s for s in slide.placeholders if s.element.ph.get("type") == "ftr").text
        assert foot.startswith("Beispieldaten – simuliert, keine Studienergebnisse\nQuelle: ")
        assert dossier.name in foot
        assert foot.endswith("Erstellt am 22.11.2026")
        number = next(s for s in slide.placeholders if s.element.ph.get("type") == "sldNum")
        assert [f.get("type") for f in number.element.iter(f"{A}fld")] == ["slidenum"]
    titles = [slide.shapes.title.text for slide in slides.slides]
    assert len(set(titles)) == 5
    assert titles[3] == "12 Maßnahmen sind bis 2030 geplant"


def test_the_slide_is_wide_and_no_letter_is_smaller_than_18_points(written, slides):
    assert (slides.slide_width, slides.slide_height) == (Pt(960), Pt(540))
    with zipfile.ZipFile(io.BytesIO(written)) as package:
        for name in package.namelist():
            if re.match(r"ppt/(slides|charts|slideLayouts|slideMasters)/[^/]*\.xml", name):
                sizes = re.findall(r'\bsz="(\d+)"', package.read(name).decode())
                assert not [size for size in sizes if int(size) < 1800], name


def test_chart_is_native_editable_and_says_itself_in_words(slides, dossier):
    frame = next(shape for shape in slides.slides[1].shapes if shape.has_chart)
    alt = frame._element.nvGraphicFramePr.cNvPr.get("descr")
    assert alt.startswith("Balken, ")
    assert len(alt) <= 250
    named = (*dossier.profile.strengths, *dossier.profile.gaps)
    assert list(frame.chart.plots[0].categories) == [each.listed for each in named]
    series = [list(each.values) for each in frame.chart.plots[0].series]
    assert series == [[each.own for each in named], [each.median for each in named]]
    book = openpyxl.load_workbook(io.BytesIO(frame.chart.part.chart_workbook.xlsx_part.blob))
    cells = [row[:3] for row in book["Sheet1"].iter_rows(min_row=2, values_only=True)]
    assert cells == [(each.listed, each.own, each.median) for each in named]
    axis = frame.chart.value_axis
    assert (axis.minimum_scale, axis.maximum_scale) == (0, 100)


def test_tables_mark_their_heads_and_have_an_alternative_text(slides, dossier):
    found = [shape for slide in slides.slides for shape in slide.shapes if shape.has_table]
    assert len(found) == 2
    for frame in found:
        assert frame.table.first_row
        assert frame.table.first_col
        assert frame._element.nvGraphicFramePr.cNvPr.get("descr").strip()
    aims = [[cell.text for cell in row.cells] for row in found[0].table.rows]
    assert aims[0] == ["Feld", "Heute", "Ziel"]
    first = dossier.profile.targets[0]
    assert aims[1] == [first.name, str(first.current), str(first.target)]


def test_what_does_not_fit_is_counted(slides, dossier):
    frame = next(shape for shape in slides.slides[3].shapes if shape.has_table)
    shown = [row.cells[0].text for row in frame.table.rows][1:]
    rest = int(re.fullmatch(r"und (\d+) weitere", shown[-1]).group(1))
    assert len(shown) - 1 + rest == 12
    assert dossier.roadmap.no_ranking in all_texts(slides)


def test_everything_is_german_and_nothing_of_a_machine(written, slides):
    with zipfile.ZipFile(io.BytesIO(written)) as package:
        names = package.namelist()
        for name in names:
            if name.endswith(".xml"):
                content = package.read(name).decode()
                assert "en-US" not in content, name
                assert "Click to edit" not in content, name
    assert not [name for name in names if re.search("app|thumb|printer", name)]
    properties = slides.core_properties
    assert properties.language == "de-DE"
    assert properties.author
    assert properties.last_modified_by == ""
    assert f"{properties.created:%d.%m.%Y}" == "22.11.2026"


def test_notes_hold_the_sentences_to_say(slides, dossier):
    notes = [slide.notes_slide.notes_text_frame.text for slide in slides.slides]
    assert all(notes)
    for each in (*dossier.profile.strengths, *dossier.profile.gaps):
        assert each.sentence in notes[1]
    said = [entry.title in notes[3] for entry in dossier.roadmap.dated]
    assert said == [True] * 6 + [False] * 6
    assert "und 6 weitere" in notes[3]


def test_no_title_is_cut_where_a_short_one_is_known(dossier):
    strength, gap = dossier.profile.strengths[0], dossier.profile.gaps[0]
    long = replace(strength, listed="Wirtschaft, Energie, Ver- und Entsorgung")
    far = replace(gap, listed="Sport, Freizeit, Kultur und Tourismus in allen Ortsteilen")
    profile = replace(dossier.profile, strengths=(long,), gaps=(far,))
    fitting = replace(dossier.profile, strengths=(strength,), gaps=(gap,))

    def title(each):
        return fitted_title(position_slide(SimpleNamespace(profile=each)))

    assert title(profile) == "Wo wir weiter sind als andere und wo noch Abstand ist"
    assert (
        title(fitting) == f"Weiter als andere: „{strength.listed}“ – noch Abstand: „{gap.listed}“"
    )


def test_equal_input_gives_equal_bytes(written, dossier):
    again = slides_bytes(council_paper(dossier, CREATED), dossier, Branding(), CREATED)
    assert again == written


def test_nothing_stands_outside_the_slide_or_on_another_thing(slides):
    for slide in slides.slides:
        boxes = sorted(
            (shape.top, shape.top + shape.height, shape.left, shape.left + shape.width)
            for shape in slide.shapes
        )
        assert all(top >= 0 and bottom <= Pt(540) for top, bottom, _, _ in boxes)
        assert all(left >= 0 and right <= Pt(960) for _, _, left, right in boxes)
        for number, (top, bottom, left, right) in enumerate(boxes):
            for other_top, other_bottom, other_left, other_right in boxes[number + 1 :]:
                apart = other_top >= bottom - 1 or other_bottom <= top + 1
                beside = other_left >= right - 1 or other_right <= left + 1
                assert apart or beside


@pytest.mark.parametrize("text", HOSTILE)
def test_texts_of_people_stay_texts(text):
    base = planned(0)
    plan = add_own_measure(base.plan, text, field="MF01")
    measure = replace(base, plan=plan)
    data = slides_bytes(
        paper(text, text, decision=text, cost=text, without=text, bodies=(text,), subject=text),
        measure,
        Branding(),
        CREATED,
    )
    file = opened(data)
    assert len(file.slides) == 5
    shown = text.replace("\x00", "").replace("\x07", "").replace("\uffff", "")
    shown = " ".join(shown.replace("\ud800", "\ufffd").split())
    said = all_texts(file).replace("\u2060", "")
    assert shown in said
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in package.namelist():
            if name.startswith("ppt/slides/slide"):
                root = etree.fromstring(package.read(name))
                assert not list(root.iter(f"{A}hlinkClick"))
                # PowerPoint would read this as a coded character.
                assert not re.search(r"_x[0-9A-Fa-f]{4}_", "".join(root.itertext()))
            if name.startswith("ppt/slides/_rels"):
                assert b"External" not in package.read(name)


def test_a_field_s_name_is_no_formula_in_the_chart_s_workbook(dossier):
    strength = replace(dossier.profile.strengths[0], listed="=1+1")
    chart = position_slide(
        SimpleNamespace(profile=replace(dossier.profile, strengths=(strength,), gaps=()))
    ).chart
    file = new_presentation(Branding())
    slide = file.slides.add_slide(file.slide_layouts[1])
    add_chart(slide, chart, (10, 10, 500, 300))
    blob = slide.shapes[-1].chart.part.chart_workbook.xlsx_part.blob
    cell = openpyxl.load_workbook(io.BytesIO(blob))["Sheet1"]["A2"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_costs_that_are_too_long_for_a_title_stand_below_it(dossier):
    long = f"Die Aufwendungen {'für viele Jahre ' * 10}sind beziffert."
    slide = cost_slide(paper(cost=f"{long} Personal fehlt."), dossier)
    assert slide.items[0].text == f"{long} Personal fehlt."
    assert fitted_title(slide) == "Was es kostet und wie es weitergeht"
    short = cost_slide(paper(cost="Die Kosten sind beziffert. Personal fehlt."), dossier)
    assert fitted_title(short) == "Die Kosten sind beziffert"
    assert short.items[0].text == "Personal fehlt."


def test_without_a_plan_the_slides_name_the_steps_to_begin_with():
    base = replace(planned(0), plan=None)
    file = opened(slides_bytes(council_paper(base, CREATED), base, None, CREATED))
    assert len(file.slides) == 5
    steps = base.profile.next_steps
    assert file.slides[3].shapes.title.text == f"Mit {len(steps)} Schritten lässt sich beginnen"
    for step in steps:
        assert any(text.startswith(step.title) for text in texts(file.slides[3].placeholders[1]))


def test_an_anonymous_presentation_does_not_name_the_municipality():
    base = planned(5)
    hidden = replace(base, variant=Variant.ANONYMOUS)
    data = slides_bytes(council_paper(hidden, CREATED), hidden, None, CREATED)
    file = opened(data)
    notes = "".join(slide.notes_slide.notes_text_frame.text for slide in file.slides)
    name = base.name.split(",")[0]
    assert name not in all_texts(file) + notes + file.core_properties.author
    assert "Anonymisiert" in all_texts(file)
    assert base.key not in all_texts(file) + notes
