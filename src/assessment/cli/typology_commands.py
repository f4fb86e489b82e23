"""Commands about types: find them and how many there are, place municipalities by them."""

import argparse
import sys
from collections import Counter
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from assessment.cli.input_files import items_named, read_survey
from assessment.cli.output_files import describe, write
from assessment.cli.progress_line import progress_line
from assessment.german import format_number
from assessment.importing.importer import ImportResult
from assessment.remarks import InputRefused

if TYPE_CHECKING:
    from assessment.survey import Survey
    from assessment.typology.goal_input import GoalInput
    from assessment.typology.model import Membership, TypologyModel
    from assessment.typology.study_types import TypologyStudy

_MOST_NAMED = 6
"""So many questions are named in a sentence."""
_USUAL_NUMBERS = 8
_MOST_TYPES = 12
_LEAST_RESAMPLES = 2
NO_TYPES_STATUS = 1
REMARKS_STATUS = 1


def typology(options: argparse.Namespace) -> int:
    """Study how many types there are, freeze the chosen ones, write all that follows from it."""
    from assessment.profiles.provenance import provenance_record
    from assessment.reports.result_tables import ASSIGNMENTS_CONTENT, assignments_csv
    from assessment.reports.typology_study_file import study_json

    result = read_survey(options)
    survey = result.survey
    former = _former(options.replaces) if options.replaces else None
    goals, chosen = _goals(options.items, result)
    study, model = _study(options, result, goals)
    if former is not None:
        model = model.succeeding(former)
    write(options.out / "study.json", study_json(survey, study, model, former))
    if options.report is not None:
        write(options.report, _report(options.report, survey, study, model))
    for remark in model.remarks:
        print(remark, file=sys.stderr)
    if chosen:
        print(_chosen_sentence(chosen), file=sys.stderr)
    print(study.sentence)
    if len(model.clusters) == 1:
        print(
            f"Ohne Einteilung, siehe study.json: {options.out}. Trotzdem einteilen: "
            "--types mit einer Zahl ab 2 angeben."
        )
        return NO_TYPES_STATUS
    membership = model.assign(survey)
    table = options.out / "assignments.csv"
    write(table, assignments_csv(survey, membership))
    describe(table, ASSIGNMENTS_CONTENT, provenance_record(survey, model, model.mark))
    write(options.out / "typology.json", model.to_json().encode())
    print(_placed_sentence(membership, len(model.clusters), options.out))
    for line in _not_assignable(membership):
        print(line)
    if former is not None:
        from assessment.cli.compare_command import replaced_text

        print(f"Fassung {model.version}, ersetzt {former.mark}")
        print(replaced_text(survey, former.assign(survey), membership))
    return 0


def assign(options: argparse.Namespace) -> int:
    """Place municipalities by a frozen typology; the table goes to a folder or to stdout."""
    from assessment.profiles.provenance import provenance_record
    from assessment.reports.result_tables import ASSIGNMENTS_CONTENT, assignments_csv

    model = _former(options.model)
    survey = read_survey(options).survey
    membership = model.assign(survey)
    content = assignments_csv(survey, membership)
    if options.out is None:
        # The table alone, so that it can be piped; what is said about it goes to stderr.
        sys.stdout.buffer.write(content)
        sys.stdout.flush()
        say = sys.stderr
    else:
        table = options.out / "assignments.csv"
        write(table, content)
        describe(table, ASSIGNMENTS_CONTENT, provenance_record(survey, model, model.mark))
        say = sys.stdout
    print(_placed_sentence(membership, len(model.clusters), options.out), file=say)
    for line in _not_assignable(membership):
        print(line, file=say)
    drifts = model.drift(survey)
    for remark in drifts:
        print(remark.sentence, file=sys.stderr)
    return REMARKS_STATUS if drifts else 0


def _report(path: Path, survey: "Survey", study: "TypologyStudy", model: "TypologyModel") -> bytes:
    """The Methodenbericht: as PDF where the file is called so, else as HTML."""
    if path.suffix.casefold() != ".pdf":
        from assessment.reports.typology_report import method_report

        return method_report(survey, study, model)
    from assessment.reports.pdf.writer import pdf_bytes
    from assessment.reports.typology_document import typology_document

    return pdf_bytes(typology_document(survey, study, model, date.today()))


def _former(path: Path) -> "TypologyModel":
    """A frozen typology from its file."""
    from assessment.typology.model import TypologyModel

    return TypologyModel.from_json(path.read_text(encoding="utf-8", errors="replace"))


def _goals(text: str, result: ImportResult) -> tuple["GoalInput", list[str]]:
    """The questions to group by; those chosen for want of marked goals are also listed."""
    from assessment.questionnaire.model import Role
    from assessment.typology.goal_input import goal_input
    from assessment.typology.item_choice import battery_of

    chosen: list[str] = []
    items = items_named(text, result) if text else None
    if items is None and not result.questionnaire.with_role(Role.GOAL):
        items = chosen = list(battery_of(result.survey))
    return goal_input(result.survey, items), chosen


def _study(
    options: argparse.Namespace, result: ImportResult, goals: "GoalInput"
) -> tuple["TypologyStudy", "TypologyModel"]:
    from assessment.typology.method import Method
    from assessment.typology.study import model_of, run_study

    k = options.types
    if k is not None and not 2 <= k <= _MOST_TYPES:
        raise InputRefused(
            "TYPE_COUNT", f"Die Zahl der Typen muss zwischen 2 und {_MOST_TYPES} liegen."
        )
    if options.bootstrap < _LEAST_RESAMPLES:
        raise InputRefused(
            "TOO_FEW_RESAMPLES",
            f"Die Stabilität lässt sich erst ab {_LEAST_RESAMPLES} Wiederholungen prüfen; "
            "üblich sind 100.",
        )
    memo: dict[tuple[object, ...], object] = {}
    with progress_line() as progress:
        study = run_study(
            result.survey,
            goals=goals,
            method=Method(options.method) if options.method else None,
            k_values=range(1, max(_USUAL_NUMBERS, k or 0) + 1),
            chosen=k,
            bootstrap=options.bootstrap,
            seed=options.seed,
            progress=progress,
            memo=memo,
        )
    if all(candidate.k != study.chosen_k for candidate in study.candidates):
        raise InputRefused(
            "TOO_FEW_DIFFERENT",
            f"Die Antworten sind zu gleichförmig für {study.chosen_k} Typen; bitte weniger "
            "Typen wählen.",
        )
    return study, model_of(result.survey, study, goals=goals, memo=memo)


def _placed_sentence(membership: "Membership", k: int, out: Path | None) -> str:
    from assessment.typology.model import MembershipState

    placed = int((membership.state != MembershipState.NOT_ASSIGNABLE).sum())
    return (
        f"{format_number(placed)} von {format_number(len(membership.state))} Kommunen in {k} "
        f"{'Gruppe' if k == 1 else 'Gruppen'}{f': {out}' if out else ''}"
    )


def _not_assignable(membership: "Membership") -> list[str]:
    """Why municipalities have no type, with how many."""
    reasons = Counter(reason for reason in membership.reason if reason)
    return [f"Nicht zuordenbar: {format_number(n)} ({reason})" for reason, n in reasons.items()]


def _chosen_sentence(items: list[str]) -> str:
    """Which questions were taken without ``--items``; a long list is cut."""
    shown = ", ".join(items[:_MOST_NAMED])
    rest = len(items) - _MOST_NAMED
    more = f" und {rest} weitere (alle in typology.json)" if rest > 0 else ""
    return (
        f"Der Fragebogen kennzeichnet keine Ziele; gruppiert wurde nach der größten Gruppe "
        f"gleichartiger Fragen: {shown}{more}. Andere mit --items wählen."
    )
