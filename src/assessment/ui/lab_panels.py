"""The lab's panels behind the first screen; only the open one is drawn."""

from functools import partial

from assessment.figures.style import ThemeName, with_letter
from assessment.survey import Survey
from assessment.typology.method import METHOD_NAMES
from assessment.typology.study_types import TypologyStudy
from assessment.ui.lab_certainty import show_certainty
from assessment.ui.lab_compare import show_methods, show_side_by_side
from assessment.ui.lab_desk import Desk, Settings
from assessment.ui.lab_examples import show_examples
from assessment.ui.lab_explain import show_importance, show_outside, show_short_form
from assessment.ui.lab_map import show_map
from assessment.ui.lab_naming import show_naming
from assessment.ui.lab_numbers import show_numbers
from assessment.ui.lab_official import official_model, show_declare, show_files, show_load
from assessment.ui.lab_profiles import show_profiles
from assessment.ui.lab_result import LabResult
from assessment.ui.lab_solutions import (
    Offer,
    baseline_title,
    of_baseline,
    of_membership,
    of_result,
)
from assessment.ui.taken import TakenSurvey

NUMBER, GOALS, MAP, CERTAINTY = "Typenzahl", "Ziele", "Kommunen", "Sicherheit"
COMPARISON, NAMES, EXPLANATION, KEEP = "Vergleich", "Namen", "Erklärung", "Festhalten"
PANELS = (GOALS, MAP, CERTAINTY, NUMBER, COMPARISON, NAMES, EXPLANATION, KEEP)
"""In the order of the questions an analyst asks."""


def show_numbers_alone(study: TypologyStudy, theme: ThemeName) -> None:
    """What is left to see where the survey shows no types."""
    show_numbers(study, {}, theme, scenario=True)


def show_panel(
    name: str, result: LabResult, taken: TakenSurvey, desk: Desk, theme: ThemeName
) -> None:
    """One panel of the shown typology."""
    scenario = official_model(result, taken) is None
    if name == GOALS:
        show_profiles(result, theme, scenario=scenario)
    elif name == MAP:
        show_map(result, theme, scenario=scenario)
        show_examples(result, desk.explanation(result))
    elif name == CERTAINTY:
        show_certainty(result, theme, scenario=scenario)
    elif name == NUMBER:
        show_numbers(result.study, result.drawn, theme, scenario=scenario)
    elif name == COMPARISON:
        show_methods(result)
        show_side_by_side(result, offers(result, taken, desk), theme, scenario=scenario)
    elif name == NAMES:
        show_naming(result)
    elif name == EXPLANATION:
        explanation = desk.explanation(result)
        show_importance(result, explanation, theme, scenario=scenario)
        show_outside(result, explanation)
        show_short_form(result, explanation)
    else:
        show_declare(result, taken)
        show_files(result, taken)
        show_load(result, taken)


def offers(result: LabResult, taken: TakenSurvey, desk: Desk) -> list[Offer]:
    """What the shown typology can be set against: numbers, methods, the other pages."""
    survey = result.survey
    found = [
        Offer(
            title := f"{result.k} Typen (gezeigt)",
            partial(of_result, result, title),
        )
    ]
    for one in result.baselines:
        found.append(Offer(baseline_title(one), partial(of_baseline, result, one)))
    applied, membership = taken.assessment.typology, taken.assessment.membership
    if applied is not None and membership is not None:
        names = [with_letter(cluster.id, cluster.name) for cluster in applied.clusters]
        title = "Typologie der anderen Seiten"
        found.append(Offer(title, partial(of_membership, membership, names, title)))
    for candidate in result.study.candidates:
        if candidate.k not in (1, result.k):
            found.append(_number(desk, survey, candidate.k))
    found += [_earlier(desk, survey, settings, k) for settings, k in desk.earlier()]
    return found


def _number(desk: Desk, survey: Survey, k: int) -> Offer:
    title = f"{k} Typen"
    return Offer(title, lambda: of_result(desk.result(k, survey), title))


def _earlier(desk: Desk, survey: Survey, settings: Settings, k: int) -> Offer:
    title = (
        f"{METHOD_NAMES[settings.method]}, {k} Typen aus {len(settings.items)} Fragen, Startzahl "
        f"{settings.seed} (zuvor berechnet)"
    )
    return Offer(title, lambda: of_result(desk.earlier_result(settings, k, survey), title))
