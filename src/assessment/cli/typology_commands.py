"""Commands about types: find them, place municipalities, compare two results."""

import argparse
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from assessment.cli.input_files import items_named, read_survey
from assessment.cli.output_files import describe, write
from assessment.german import format_number

if TYPE_CHECKING:
    from assessment.typology.model import Membership

_MOST_NAMED = 6
"""So many questions are named in a sentence."""


def typology(options: argparse.Namespace) -> int:
    """Group the municipalities by their goals; write assignments and the frozen model."""
    from assessment.profiles.provenance import provenance_record
    from assessment.profiles.results import mark_of
    from assessment.questionnaire.model import Role
    from assessment.reports.result_tables import ASSIGNMENTS_CONTENT, assignments_csv
    from assessment.typology.centred_kmeans import fit_typology
    from assessment.typology.item_choice import battery_of

    result = read_survey(options)
    items = items_named(options.items, result) if options.items else None
    chosen: list[str] = []
    if items is None and not result.questionnaire.with_role(Role.GOAL):
        items = list(battery_of(result.survey))
        chosen = items
    model = fit_typology(result.survey, items=items, k=options.types, seed=options.seed)
    membership = model.assign(result.survey)
    options.out.mkdir(parents=True, exist_ok=True)
    table = options.out / "assignments.csv"
    write(table, assignments_csv(result.survey, membership))
    record = provenance_record(result.survey, model, mark_of(model))
    describe(table, ASSIGNMENTS_CONTENT, record)
    write(options.out / "typology.json", model.to_json().encode())
    for remark in model.remarks:
        print(remark, file=sys.stderr)
    if chosen:
        print(_chosen_sentence(chosen), file=sys.stderr)
    print(_placed_sentence(membership, options.types, options.out))
    for line in _not_assignable(membership):
        print(line)
    return 0


def assign(options: argparse.Namespace) -> int:
    """Place municipalities by a frozen typology; the table goes to a folder or to stdout."""
    from assessment.profiles.provenance import provenance_record
    from assessment.profiles.results import mark_of
    from assessment.reports.result_tables import ASSIGNMENTS_CONTENT, assignments_csv
    from assessment.typology.model import TypologyModel

    model = TypologyModel.from_json(options.model.read_text(encoding="utf-8", errors="replace"))
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
        describe(table, ASSIGNMENTS_CONTENT, provenance_record(survey, model, mark_of(model)))
        say = sys.stdout
    print(_placed_sentence(membership, len(model.clusters), options.out), file=say)
    for line in _not_assignable(membership):
        print(line, file=say)
    return 0


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
