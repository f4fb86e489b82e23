"""Results as tables: what the Excel workbook and the CSV files of results hold.

Of one municipality (a dossier) only its own rows, and of others the guarded values its profile
shows; of all municipalities (an assessment) everything, for analysts.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from assessment.profiles.dossier import Dossier
from assessment.profiles.field_gaps import answer_words
from assessment.profiles.fields import FieldRow, level_name
from assessment.profiles.plain import as_plain
from assessment.profiles.provenance import ProvenanceRecord, provenance_record
from assessment.profiles.public import sensitive_fields, sensitive_items
from assessment.profiles.results import Assessment
from assessment.profiles.texts import sentence
from assessment.profiles.type_statement import type_name
from assessment.profiles.variants import Variant
from assessment.reports.csv_files import german_cell
from assessment.reports.documents.parts import as_of
from assessment.reports.ledger_workbook import FATES, SIMULATED, STATUSES
from assessment.reports.workbook_codebook import codebook_table, general_rules
from assessment.reports.workbook_sheets import Cell, CellKind, SheetColumn, SheetTable
from assessment.survey import AnswerStatus

WHO = (SheetColumn("Kommune", 26), SheetColumn("Schlüssel", 12))
_STATE_NAMES = {"assigned": "zugeordnet", "mixed": "zwischen Typen"}

STATES = ("bewertet", "zu wenige Antworten", "nicht zuständig oder nicht gefragt")

RESULTS = (
    *WHO,
    SheetColumn("Feld", 8),
    SheetColumn("Name des Feldes", 40),
    SheetColumn("Bereich", 22),
    SheetColumn("Punkte (0–100)", 10, CellKind.POINTS),
    SheetColumn("Reifestufe (Selbstauskunft)", 15, CellKind.WHOLE),
    SheetColumn("Name der Stufe", 18),
    SheetColumn("Stand", 32),
    SheetColumn("Abdeckung", 11, CellKind.SHARE),
    SheetColumn("mindestens (offene Antworten)", 13, CellKind.POINTS),
    SheetColumn("höchstens (offene Antworten)", 13, CellKind.POINTS),
    SheetColumn("Stufe gehalten durch Frage", 14),
)
PEERS = (
    SheetColumn("Median der Vergleichsgruppe", 15, CellKind.WHOLE),
    SheetColumn("Mittlere Hälfte ab", 11, CellKind.WHOLE),
    SheetColumn("Mittlere Hälfte bis", 11, CellKind.WHOLE),
    SheetColumn("andere Kommunen", 11, CellKind.WHOLE),
    SheetColumn("Unterschied in Punkten", 12, CellKind.WHOLE),
    SheetColumn("Hinweis zum Vergleich", 60, CellKind.LONG),
)
FULFILMENT = (
    *WHO,
    SheetColumn("Feld", 8),
    SheetColumn("Frage", 8),
    SheetColumn("Gewicht", 9, CellKind.POINTS),
    SheetColumn("Erfüllung (0–100)", 11, CellKind.POINTS),
    SheetColumn("Stand der Antwort", 18),
    SheetColumn("zählt", 8),
)
_WORDING = (
    SheetColumn("Wortlaut", 60, CellKind.LONG),
    SheetColumn("Antwort", 50, CellKind.LONG),
)


@dataclass(frozen=True, slots=True)
class ResultTables:
    """Tables with what stands over and beside them."""

    title: str
    tables: tuple[SheetTable, ...]
    mark: str
    """Says that the data are simulated; ``""`` if they are not."""


def results_of(subject: Assessment | Dossier, created: date) -> ResultTables:
    """All tables of one municipality or of all. ``created``: the day named in them."""
    dossier = subject if isinstance(subject, Dossier) else None
    assessment = subject.assessment if isinstance(subject, Dossier) else subject
    survey = assessment.survey
    tables = [
        _results(assessment, dossier),
        *_types(assessment, dossier),
        codebook_table(survey.questionnaire),
        _fulfilment(assessment, dossier),
    ]
    if dossier is not None and not dossier.anonymous:
        tables.append(_own_ledger(dossier))
    if dossier is None:
        title = sentence("results_sheet.title_all", n=len(survey.keys))
        record = provenance_record(survey, assessment.typology, assessment.typology_mark)
        variant = None
    else:
        title = sentence("results_sheet.title", name=dossier.name)
        record, variant = dossier.profile.record, dossier.variant
    tables.append(_origin(record, created))
    return ResultTables(
        title,
        (
            _guide(
                title,
                tables,
                created,
                variant,
                dossier is None,
                dossier.profile.header.reference_date if dossier else survey.reference_date,
                as_of(assessment.catalogue),
            ),
            *tables,
        ),
        SIMULATED if survey.simulated else "",
    )


def _guide(
    title: str,
    tables: list[SheetTable],
    created: date,
    variant: Variant | None,
    everybody: bool,
    day: date | None,
    state: str,
) -> SheetTable:
    said: list[tuple[Cell, ...]] = [("Inhalt", title)]
    if day is not None:
        said.append(("Stichtag", day))
    said += [("Stand", state), ("Erstellt am", created)]
    if variant is not None:
        text = {
            Variant.PUBLIC: "public",
            Variant.CLOSED: "closed",
            Variant.ANONYMOUS: "anonymous",
        }[variant]
        said.append(("Fassung", sentence(f"results_sheet.{text}")))
    said += [(f"Blatt „{table.name}“", table.note) for table in tables]
    if everybody:
        said.append(("Blätter „Protokoll …“", sentence("results_sheet.ledger")))
    else:
        said.append(("Vergleich", sentence("results_sheet.guarded")))
    said += [("Rechenregel", rule) for rule in general_rules()]
    said.append(("Leere Zellen", sentence("results_sheet.empty")))
    said.append(("Stand der Antwort", sentence("results_sheet.states")))
    columns = (SheetColumn("Angabe", 28), SheetColumn("Wert", 100, CellKind.LONG))
    return SheetTable("Überblick", columns, tuple(said))


def _results(assessment: Assessment, dossier: Dossier | None) -> SheetTable:
    note = sentence("results_sheet.results")
    if dossier is None:
        return SheetTable("Ergebnisse", RESULTS, tuple(_all_results(assessment)), note)
    rows = tuple(_own_result(dossier, row) for row in dossier.profile.fields)
    return SheetTable("Ergebnisse", (*RESULTS, *PEERS), rows, note)


def _all_results(assessment: Assessment) -> Iterator[tuple[Cell, ...]]:
    survey, scores = assessment.survey, assessment.scores
    for key in survey.keys:
        who = (survey.name_of(str(key)), str(key))
        for place, dimension in enumerate(scores.dimensions):
            yield (*who, *_numbers(assessment, survey.rows[str(key)], place, dimension))


def _own_result(dossier: Dossier, field: FieldRow) -> tuple[Cell, ...]:
    assessment = dossier.assessment
    place = assessment.scores.dimensions.index(field.dimension)
    row = assessment.survey.rows[dossier.key]
    *numbers, _ = _numbers(assessment, row, place, field.dimension)
    if dossier.cleaned and field.dimension in sensitive_fields(assessment.survey.questionnaire):
        # Decimals, coverage and bounds would tell the answers behind the points.
        numbers[3], numbers[7:10] = field.score, (None, None, None)
    return (
        *_who(dossier),
        *numbers,
        field.gate,
        field.median,
        field.low,
        field.high,
        field.n_others,
        field.difference,
        field.refusal,
    )


def _numbers(assessment: Assessment, row: int, place: int, dimension: str) -> tuple[Cell, ...]:
    scores, questionnaire = assessment.scores, assessment.survey.questionnaire
    known = questionnaire.dimension_by_id[dimension]
    score, coverage = scores.score.iat[row, place], scores.coverage.iat[row, place]
    level = int(scores.level_values[row, place])
    state = 2 if math.isnan(coverage) else 1 if math.isnan(score) else 0
    return (
        dimension,
        known.name,
        questionnaire.blocks.get(known.block, known.block),
        _value(score),
        level if level >= 0 else None,
        level_name(questionnaire, level) if level >= 0 else "",
        STATES[state],
        _value(coverage),
        _value(scores.lowest.iat[row, place]),
        _value(scores.highest.iat[row, place]),
        str(scores.gated.iat[row, place]),
    )


def _types(assessment: Assessment, dossier: Dossier | None) -> Iterator[SheetTable]:
    model, membership = assessment.typology, assessment.membership
    if model is None or membership is None:
        return
    columns = (
        *WHO,
        SheetColumn("Typ", 24),
        SheetColumn("zweiter Typ", 24),
        SheetColumn("Zustand", 18),
        *(
            SheetColumn(type_name(model, kind), 16, CellKind.SHARE)
            for kind in membership.probability.columns
        ),
        SheetColumn("Grund", 60, CellKind.LONG),
    )
    survey = assessment.survey
    keys = [str(key) for key in survey.keys] if dossier is None else [dossier.key]
    rows = []
    for key in keys:
        row = survey.rows[key]
        first, second = membership.first.iloc[row], membership.second.iloc[row]
        who = (survey.name_of(key), key) if dossier is None else _who(dossier)
        state = str(membership.state.iloc[row])
        rows.append(
            (
                *who,
                type_name(model, first) if isinstance(first, str) else "",
                type_name(model, second) if isinstance(second, str) else "",
                _STATE_NAMES.get(state, "nicht zuordenbar"),
                *(_value(value) for value in membership.probability.iloc[row]),
                str(membership.reason.iloc[row] or ""),
            )
        )
    yield SheetTable("Kommunentyp", columns, tuple(rows), sentence("results_sheet.types"))


def _fulfilment(assessment: Assessment, dossier: Dossier | None) -> SheetTable:
    survey, scores = assessment.survey, assessment.scores
    questionnaire, points = survey.questionnaire, scores.item_points
    items = [questionnaire[str(name)] for name in points.columns]
    columns = FULFILMENT
    if dossier is not None:
        # A field above one that is hidden is hidden as well.
        shown = {row.dimension for row in dossier.profile.fields}
        secret = sensitive_items(questionnaire) if dossier.cleaned else frozenset()
        items = [item for item in items if item.dimension in shown and item.id not in secret]
        columns = (*FULFILMENT, *_WORDING)
    values = points.to_numpy()
    place = {str(name): number for number, name in enumerate(points.columns)}
    statuses = {str(name): column.to_numpy() for name, column in survey.status.items()}
    rows = []
    for key in survey.keys if dossier is None else [dossier.key]:
        row = survey.rows[str(key)]
        short = bool(scores.short_form.iloc[row])
        who = (survey.name_of(str(key)), str(key)) if dossier is None else _who(dossier)
        for item in items:
            asked = statuses.get(item.id)
            status = AnswerStatus.NOT_ASKED if asked is None else AnswerStatus(int(asked[row]))
            counts = item.short_form or not short
            value = float(values[row, place[item.id]])
            words = () if dossier is None else (item.text, answer_words(survey, dossier.key, item))
            rows.append(
                (
                    *who,
                    item.dimension or "",
                    item.id,
                    item.weight,
                    _value(value),
                    STATUSES[status],
                    "ja" if counts and not math.isnan(value) else "nein",
                    *words,
                )
            )
    return SheetTable("Erfüllung", columns, tuple(rows), sentence("results_sheet.fulfilment"))


def _own_ledger(dossier: Dossier) -> SheetTable:
    """What happened to the municipality's own row when the file was read."""
    survey = dossier.assessment.survey
    ledger, questionnaire = survey.ledger, survey.questionnaire
    secret = sensitive_items(questionnaire) if dossier.cleaned else frozenset()
    rows: list[tuple[Cell, ...]] = []
    if ledger is not None:
        own = [entry for entry in ledger.rows if entry.key == dossier.key]
        rows += [(FATES[entry.fate], entry.row, "", "", "", entry.reason) for entry in own]
        taken = {entry.row for entry in own}
        rows += [
            ("geändert", number, change.item, change.original, change.became, change.rule)
            for change in ledger.changes
            if change.item not in secret
            for number in sorted(taken.intersection(change.rows.tolist()))
        ]
    columns = (
        SheetColumn("Ergebnis", 16),
        SheetColumn("Zeile der Datei", 10, CellKind.WHOLE),
        SheetColumn("Frage", 10),
        SheetColumn("stand da", 40, CellKind.LONG),
        SheetColumn("gelesen als", 40, CellKind.LONG),
        SheetColumn("Begründung oder Regel", 60, CellKind.LONG),
    )
    return SheetTable("Protokoll", columns, tuple(rows), sentence("results_sheet.ledger"))


_ORIGIN_NAMES = {
    "simulated": "Daten simuliert",
    "file_name": "Datei",
    "file_sha256": "Prüfsumme der Datei (SHA-256)",
    "data_hash": "Prüfsumme der Antworten",
    "dialect": "erkanntes Format",
    "wave": "Erhebungswelle",
    "municipalities": "Kommunen in der Erhebung",
    "questionnaire_id": "Kennung des Fragebogens",
    "questionnaire_version": "Fassung des Fragebogens",
    "questionnaire_proposed": "Fragebogen nur vorgeschlagen",
    "scoring": "Wertung",
    "comparison": "Vergleich",
    "typology": "Typologie",
    "typology_mark": "Kennzeichen der Typologie",
    "program_version": "Programmfassung",
    "read_with_program_version": "eingelesen mit Programmfassung",
}


def _origin(record: ProvenanceRecord, created: date) -> SheetTable:
    rows: list[tuple[Cell, ...]] = [("Erstellt am", created)]
    for name, value in as_plain(record).items():
        title = _ORIGIN_NAMES.get(name, name)
        if isinstance(value, dict):
            rows += [(f"{title}: {part}", _plain(entry)) for part, entry in value.items()]
        else:
            rows.append((title, _plain(value)))
    columns = (SheetColumn("Angabe", 40), SheetColumn("Wert", 90, CellKind.LONG))
    shown = tuple(row for row in rows if row[1] != "")
    return SheetTable("Herkunft", columns, shown, sentence("results_sheet.origin"))


def _plain(value: object) -> str:
    """As text: a column of texts and numbers would be torn apart in the files for programs."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, int | float):
        return german_cell(value)
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _who(dossier: Dossier) -> tuple[str, str]:
    header = dossier.profile.header
    return header.name, header.key or sentence("public.key")


def _value(number: float) -> float | None:
    return None if math.isnan(number) else round(float(number), 6)
