"""Two results of ``typology`` or ``assign`` side by side: cross-table, agreement, who changed."""

import argparse
import csv
import io
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assessment.german import format_number
from assessment.remarks import InputRefused
from assessment.survey import Survey
from assessment.typology.agreement import (
    SolutionComparison,
    assignments_of,
    compare_solutions,
)
from assessment.typology.model import Membership

_NONE = "ohne Zuordnung"
_HIGH, _FAIR, _LOW = 0.9, 0.65, 0.3


@dataclass(frozen=True, slots=True)
class _Assignments:
    """One ``assignments.csv``: types in the order of its columns, municipality key → type or
    ``None``, and the names of the municipalities."""

    types: tuple[str, ...]
    of: dict[str, str | None]
    names: dict[str, str]


def compare(options: argparse.Namespace) -> int:
    """Print how two assignments of the same municipalities differ."""
    first, second = _read(options.first), _read(options.second)
    found = compare_solutions(first.of, second.of)
    if not found.n:
        raise InputRefused(
            "NOTHING_IN_COMMON",
            "Keine Kommune ist in beiden Dateien einem Typ zugeordnet; bitte zwei Zuordnungen "
            "derselben Kommunen angeben.",
        )
    if options.json:
        print(json.dumps(_plain(found, first, second), ensure_ascii=False, indent=2))
    else:
        print(_text(found, first, second))
    return 0


def agreement_sentence(ari: float | None) -> str:
    """The adjusted Rand index in one plain sentence."""
    if ari is None:
        return "Für ein Maß der Übereinstimmung sind zu wenige Kommunen in beiden Dateien."
    if ari >= 1 - 1e-12:
        meaning = "beide Einteilungen sind gleich"
    elif ari >= _HIGH:
        meaning = "beide Einteilungen sind fast gleich"
    elif ari >= _FAIR:
        meaning = "beide Einteilungen ähneln sich deutlich, weichen aber bei etlichen Kommunen ab"
    elif ari >= _LOW:
        meaning = "beide Einteilungen stimmen nur zum Teil überein"
    else:
        meaning = "beide Einteilungen haben wenig gemeinsam"
    return (
        f"Übereinstimmung (angepasster Rand-Index): {format_number(ari, 2)} – {meaning} "
        "(1 = gleich, 0 = nicht mehr als Zufall)."
    )


def replaced_text(survey: Survey, before: Membership, after: Membership) -> str:
    """How a new version of a typology places the municipalities of ``survey`` otherwise."""
    first, second = _of(survey, before), _of(survey, after)
    found = compare_solutions(before, after)
    return "\n".join(
        [
            f"Kommunen mit Typ in beiden Fassungen: {format_number(found.n)}",
            agreement_sentence(found.ari),
            "",
            "Zeilen: ersetzte Fassung, Spalten: neue Fassung",
            *_cross_table(found, first, second),
            "",
            f"Anderen Typ als zuvor: {format_number(len(found.moved))}",
        ]
    )


def _of(survey: Survey, membership: Membership) -> _Assignments:
    of = assignments_of(membership)
    types = tuple(str(kind) for kind in membership.probability.columns)
    return _Assignments(types, of, {key: survey.name_of(key) for key in of})


def _read(path: Path) -> _Assignments:
    try:
        text = path.read_text(encoding="utf-8-sig")
        rows = list(csv.DictReader(io.StringIO(text, newline=""), strict=True))
    except (UnicodeDecodeError, csv.Error) as error:
        raise _refused(path) from error
    header = list(rows[0]) if rows else []
    if not {"key", "type"} <= set(header):
        raise _refused(path)
    of: dict[str, str | None] = {}
    for row in rows:
        if row["key"] in of:
            raise InputRefused(
                "DUPLICATE_KEY",
                f"„{path.name}“ enthält die Kommune „{row['key']}“ mehrfach; "
                "bitte die unveränderte Datei verwenden.",
            )
        of[row["key"]] = row["type"] or None
    given = {kind for kind in of.values() if kind}
    ordered = [name.removeprefix("probability_") for name in header if name and "_" in name]
    types = [kind for kind in ordered if kind in given]
    return _Assignments(
        types=(*types, *sorted(given - set(types))),
        of=of,
        names={row["key"]: row.get("name") or row["key"] for row in rows},
    )


def _refused(path: Path) -> InputRefused:
    return InputRefused(
        "NOT_ASSIGNMENTS",
        f"„{path.name}“ ist keine Zuordnung; erwartet wird eine assignments.csv, wie "
        "„assessment typology“ und „assessment assign“ sie schreiben.",
    )


def _text(found: SolutionComparison, first: _Assignments, second: _Assignments) -> str:
    common = found.n + len(found.gained) + len(found.lost) + len(found.neither)
    lines = [
        f"Kommunen in beiden Dateien: {format_number(common)}, davon mit Typ in beiden: "
        f"{format_number(found.n)}",
        agreement_sentence(found.ari),
        "",
        "Zeilen: erste Datei, Spalten: zweite Datei",
        *_cross_table(found, first, second),
    ]
    renamed = [(one, other) for one, other in found.pairs if one != other]
    if renamed:
        pairs = ", ".join(f"{one} → {other}" for one, other in renamed)
        lines += ["", f"Einander entsprechende Gruppen mit verschiedenem Kürzel: {pairs}"]
    lines += ["", *_changes(found, first, second)]
    return "\n".join(lines)


def _cross_table(found: SolutionComparison, first: _Assignments, second: _Assignments) -> list[str]:
    place = {kind: number for number, kind in enumerate(found.first_types)}
    other_place = {kind: number for number, kind in enumerate(found.second_types)}
    width = max(6, *(len(kind) + 2 for kind in (*first.types, *second.types)))
    lines = [" " * width + "".join(f"{kind:>{width}}" for kind in second.types)]
    for kind in first.types:
        counts = [found.table[place[kind], other_place[other]] for other in second.types]
        cells = "".join(f"{format_number(int(count)):>{width}}" for count in counts)
        lines.append(f"{kind:<{width}}{cells}")
    return lines


def _changes(found: SolutionComparison, first: _Assignments, second: _Assignments) -> list[str]:
    groups = (
        ("Gruppe gewechselt", found.moved),
        ("Nur in der zweiten Datei zugeordnet", found.gained),
        ("Nur in der ersten Datei zugeordnet", found.lost),
        ("Nur in der ersten Datei enthalten", found.only_first),
        ("Nur in der zweiten Datei enthalten", found.only_second),
    )
    lines: list[str] = []
    for what, keys in groups:
        if not keys:
            continue
        lines.append(f"{what}: {format_number(len(keys))}")
        for key in keys:
            name = first.names.get(key) or second.names.get(key, key)
            before, after = (_type(one, key) for one in (first, second))
            lines.append(f"  {key}  {name}: {before} → {after}")
    return lines or ["Keine Kommune wechselte die Gruppe."]


def _type(one: _Assignments, key: str) -> str:
    return (one.of[key] or _NONE) if key in one.of else "nicht enthalten"


def _plain(found: SolutionComparison, first: _Assignments, second: _Assignments) -> dict[str, Any]:
    def change(key: str) -> dict[str, Any]:
        name = first.names.get(key) or second.names.get(key)
        return {"key": key, "name": name, "from": first.of.get(key), "to": second.of.get(key)}

    return {
        "n": found.n,
        "ari": None if found.ari is None else round(found.ari, 10),
        "sentence": agreement_sentence(found.ari),
        "first_types": list(found.first_types),
        "second_types": list(found.second_types),
        "table": found.table.tolist(),
        "pairs": [list(pair) for pair in found.pairs],
        "moved": [change(key) for key in found.moved],
        "gained": [change(key) for key in found.gained],
        "lost": [change(key) for key in found.lost],
        "only_first": list(found.only_first),
        "only_second": list(found.only_second),
    }
