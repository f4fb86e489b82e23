"""The Methodenbericht: whole, German, self-contained, escaped, the same bytes each time."""

import json
import re
from html.parser import HTMLParser

import numpy as np
import pytest
from goal_survey_builder import QUESTIONNAIRE, draw, goal_survey
from study_builder import REASON, build_study

from assessment.reports.typology_report import method_report
from assessment.reports.typology_study_file import study_json
from assessment.survey import Survey
from assessment.typology.method import Method
from assessment.typology.model import TypologyModel
from assessment.typology.study_types import TypologyStudy, Verdict

HOSTILE = '<script>alert("x")</script> & "Ziel"'
VOID = {"meta", "line", "circle", "polyline", "polygon", "br"}


class Page(HTMLParser):
    """What a test wants to know of a page: every element, the text, and that all are closed."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.open: list[str] = []
        self.feed(content.decode("utf-8"))
        self.close()

    def handle_starttag(self, tag, attrs) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data) -> None:
        if self.open and self.open[-1] not in ("style",):
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


@pytest.fixture(scope="module")
def survey() -> Survey:
    ratings, _ = draw(240, seed=5)
    ratings[:7, :9] = np.nan
    goals = QUESTIONNAIRE.model_copy(
        update={
            "title": f"Umfrage {HOSTILE}",
            "items": (
                QUESTIONNAIRE.items[0].model_copy(update={"text": f"Ziel: {HOSTILE}"}),
                *QUESTIONNAIRE.items[1:],
            ),
        }
    )
    return goal_survey(ratings, goals, simulated=True)


@pytest.fixture(scope="module")
def made(survey: Survey) -> tuple[TypologyStudy, TypologyModel]:
    return build_study(survey)


@pytest.fixture(scope="module")
def page(survey: Survey, made: tuple[TypologyStudy, TypologyModel]) -> Page:
    return Page(method_report(survey, *made))


def test_equal_studies_give_equal_bytes(survey: Survey, made: tuple[TypologyStudy, TypologyModel]):
    first = method_report(survey, *made)
    again = method_report(survey, *build_study(survey))
    assert first == again
    assert study_json(survey, *made) == study_json(survey, *build_study(survey))


def test_it_is_one_german_page_that_needs_nothing_else(page: Page):
    assert not page.open
    assert page.all("html") == [{"lang": "de"}]
    assert page.all("title")
    assert len(page.all("h1")) == 1
    forbidden = {"script", "link", "img", "iframe", "object", "form", "base"}
    assert not forbidden & {tag for tag, _ in page.elements}
    for tag, attributes in page.elements:
        assert not any(name.startswith("on") for name in attributes), tag
        for name in ("src", "href", "xlink:href", "action"):
            assert (attributes.get(name) or "#").startswith("#"), (tag, attributes)
    policy = next(one["content"] for one in page.all("meta") if "http-equiv" in one)
    assert policy is not None
    assert policy.startswith("default-src 'none'")


def test_every_text_of_the_file_is_escaped(page: Page, survey: Survey, made):
    content = method_report(survey, *made).decode()
    assert "<script" not in content
    assert "&lt;script&gt;" in content
    assert HOSTILE in page.text
    assert REASON in page.text


def test_tables_have_captions_and_headers_and_drawings_words(page: Page):
    tables = [name for name in page.all("table") if name.get("class") != "facts"]
    assert len(page.all("caption")) == len(tables) > 8
    assert all(header.get("scope") in ("col", "row") for header in page.all("th"))
    drawings = page.all("svg")
    assert len(drawings) == 2
    for drawing in drawings:
        assert drawing["role"] == "img"
        assert len(drawing["aria-label"] or "") > 60
    anchors = {one["id"] for tag, one in page.elements if "id" in one}
    assert {(one["href"] or "")[1:] for one in page.all("a")} <= anchors


def test_it_says_what_a_reviewer_must_know(page: Page, survey: Survey, made):
    study, model = made
    for words in (
        "Beispieldaten – simuliert",
        "Szenario – nicht amtlich festgelegt",
        "bestätigt",
        survey.provenance.data_hash,
        survey.provenance.sha256,
        f"Fassung {survey.questionnaire.version}",
        model.mark,
        "Entropie-R²",
        "Silhouette",
        "Gegenprobe",
        "Benjamini",
        "Kurzform",
        "numpy",
        "ÖFIT",
    ):
        assert words in page.text, words
    for candidate in study.candidates:
        fit = candidate.fit
        assert fit is not None
        written = f"{fit.bic:,.1f}".translate(str.maketrans(",.", ".,"))
        assert written in page.text
    for cluster in model.clusters:
        assert cluster.name in page.text


def test_who_was_left_out_is_counted_with_the_reason(page: Page):
    assert "Nicht eingegangen" in page.text
    assert re.search(r"Nur 3 von 12 Zielen sind bewertet[^.]*nötig\. \d", page.text)


def test_no_municipality_is_named(survey: Survey, made):
    named = goal_survey(
        np.nan_to_num(draw(240, seed=5)[0], nan=3.0),
        names={f"01{number:06d}": f"Ortsname{number}" for number in range(1, 241)},
    )
    text = Page(method_report(named, *build_study(named))).text
    assert "Ortsname" not in text
    assert "01000001" not in text


def test_an_official_typology_carries_its_reason(survey: Survey, made):
    study, model = made
    official = model.declare_official("Beschluss <1>", "A. Beispiel", "2026-03-01")
    text = Page(method_report(survey, study, official)).text
    assert "Amtlich festgelegt am 01.03.2026 von A. Beispiel. Begründung: Beschluss <1>" in text
    assert "Szenario" not in text


def test_tiny_groups_show_neither_counts_nor_profiles():
    ratings, _ = draw(150, seed=2)
    study, model = build_study(goal_survey(ratings), numbers=(1, 12), chosen=12)
    survey = goal_survey(ratings)
    small = [cluster for cluster in model.clusters if cluster.n < 5]
    assert small, "the draw must have a tiny group"
    page = Page(method_report(survey, study, model))
    profile = page.text[page.text.index("Zielprofile in Zahlen") :][:4000]
    for cluster in small:
        assert f" {cluster.name} " not in profile[: profile.index("Z01")]
    assert "verdeckt" in page.text


def test_a_survey_without_types_still_gets_its_report(survey: Survey):
    study, model = build_study(survey, chosen=1, verdict=Verdict.NONE)
    text = Page(method_report(survey, study, model)).text
    assert "keine Typen" in text
    assert "nichts zu vergleichen" in text


@pytest.mark.parametrize("method", [Method.LATENT_CLASS, Method.RESPONSE_STYLE])
def test_each_method_is_described_in_words_and_formulas(survey: Survey, method: Method):
    study, model = build_study(survey, method=method, numbers=(2, 4))
    page = Page(method_report(survey, study, model))
    assert [one for tag, one in page.elements if one.get("class") == "formula"]
    assert page.all("sub")


def test_the_study_file_holds_every_number_of_types(survey: Survey, made):
    study, model = made
    found = json.loads(study_json(survey, *made))
    assert [one["k"] for one in found["candidates"]] == [1, 2, 3, 4]
    chosen = found["candidates"][3]
    fit = study.candidate(4).fit
    assert fit is not None
    assert chosen["fit"]["bic"] == pytest.approx(fit.bic, rel=1e-9)
    assert chosen["stability"]["null_high"] == pytest.approx(0.4875)
    assert chosen["stability"]["weakest"] == pytest.approx(0.81)
    # Infinity has no place in JSON.
    assert chosen["indices"]["dunn"] is None
    assert found["verdict"] == "confirmed"
    assert {one["method"] for one in found["baselines"]} == {"centred_kmeans", "raw_kmeans"}
    assert found["provenance"]["data_hash"] == survey.provenance.data_hash
    assert [one["id"] for one in found["typology"]["types"]] == list(model.type_ids)
    assert not set(survey.keys) & set(re.findall(r"\d{8}", json.dumps(found)))
