"""Commands about types: find them, place municipalities, compare two results."""

import argparse
import sys
from collections import Counter

from assessment.cli.input_files import items_named, read_survey
from assessment.cli.output_files import describe, write
from assessment.german import format_number

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
    from assessment.typology.model import MembershipState

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
    placed = int((membership.state != MembershipState.NOT_ASSIGNABLE).sum())
    print(
        f"{format_number(placed)} von {format_number(len(result.survey.keys))} Kommunen in "
        f"{options.types} Gruppen: {options.out}"
    )
    for reason, count in Counter(reason for reason in membership.reason if reason).items():
        print(f"Nicht zuordenbar: {format_number(count)} ({reason})")
    return 0


def _chosen_sentence(items: list[str]) -> str:
    """Which questions were taken without ``--items``; a long list is cut."""
    shown = ", ".join(items[:_MOST_NAMED])
    rest = len(items) - _MOST_NAMED
    more = f" und {rest} weitere (alle in typology.json)" if rest > 0 else ""
    return (
        f"Der Fragebogen kennzeichnet keine Ziele; gruppiert wurde nach der größten Gruppe "
        f"gleichartiger Fragen: {shown}{more}. Andere mit --items wählen."
    )
