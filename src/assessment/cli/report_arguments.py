"""The arguments of the commands that write documents."""

import argparse
from collections.abc import Callable
from pathlib import Path

from assessment.cli import report_commands
from assessment.cli.german_argparse import target
from assessment.measures.paper_types import Preset
from assessment.profiles.variants import Variant
from assessment.reports.document import DocumentKind

KINDS = {
    DocumentKind.PROFILE: "Steckbrief der Kommune, zwei Seiten",
    DocumentKind.SUMMARY: "Kurzfassung, eine Seite",
    DocumentKind.RESULTS: "Ergebnisbericht",
    DocumentKind.MEASURES: "Maßnahmen und Roadmap",
    DocumentKind.METHOD: "Glossar und Methodik",
    DocumentKind.PROGRESS: "Sachstandsbericht",
    DocumentKind.SECURITY: "Informationssicherheit (nur nichtöffentlich)",
}
"""What ``report`` writes."""
BULK_KINDS = (
    DocumentKind.PROFILE,
    DocumentKind.SUMMARY,
    DocumentKind.RESULTS,
    DocumentKind.MEASURES,
    DocumentKind.METHOD,
)
"""What ``reports`` writes of each municipality: the kinds that need no plan."""


def add_commands(sub, with_file: Callable[..., argparse.ArgumentParser]) -> None:
    """Add ``report``, ``reports`` and ``council-paper``; ``with_file`` adds one about a file."""
    report = with_file(sub, "report", "eine Unterlage über eine Kommune schreiben")
    _one_municipality(report)
    report.add_argument(
        "--kind",
        choices=[kind.value for kind in KINDS],
        required=True,
        metavar="ART",
        help="; ".join(f"{kind.value}: {text}" for kind, text in KINDS.items()),
    )
    report.add_argument(
        "--out", type=target, required=True, help="Zieldatei (.pdf, .docx oder .txt)"
    )
    report.set_defaults(run=report_commands.report)

    text = "Unterlagen aller Kommunen einer Datei und einen Sammelbericht schreiben"
    reports = with_file(sub, "reports", text)
    reports.add_argument(
        "--kind",
        choices=[kind.value for kind in BULK_KINDS],
        default=DocumentKind.PROFILE.value,
        metavar="ART",
        help="Art der Unterlage: " + ", ".join(kind.value for kind in BULK_KINDS),
    )
    _common(reports)
    reports.add_argument("--out", type=target, required=True, help="Zielordner oder .zip-Datei")
    reports.set_defaults(run=report_commands.reports)

    paper = with_file(sub, "council-paper", "eine Vorlage für die Vertretung schreiben")
    _one_municipality(paper)
    paper.add_argument(
        "--preset",
        choices=[preset.value for preset in Preset],
        default=None,
        metavar="REIHENFOLGE",
        help="Reihenfolge der Abschnitte: "
        + ", ".join(preset.value for preset in Preset)
        + "; ohne Angabe die des Plans",
    )
    paper.add_argument(
        "--out", type=target, required=True, help="Zieldatei (.docx, .pdf oder .txt)"
    )
    paper.set_defaults(run=report_commands.council_paper)


def _one_municipality(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--municipality", required=True, help="Gemeindeschlüssel (AGS) oder Name")
    parser.add_argument(
        "--plan", type=Path, default=None, metavar="YAML", help="Plan der Kommune (.yaml, .json)"
    )
    parser.add_argument(
        "--before", type=Path, default=None, metavar="DATEI", help="Datei der früheren Erhebung"
    )
    _common(parser)


def _common(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--variant",
        choices=[variant.value for variant in Variant],
        default=Variant.PUBLIC.value,
        metavar="FASSUNG",
        help="oeffentlich (ohne Angabe), nichtoeffentlich oder anonymisiert",
    )
    parser.add_argument(
        "--model",
        type=Path,
        default=None,
        metavar="JSON",
        help="gespeicherte Typologie (typology.json); ohne sie wird eine berechnet",
    )
    parser.add_argument(
        "--date", default="", metavar="TAG", help="Datum der Unterlage; ohne Angabe heute"
    )
