"""Entry point ``assessment``: reads the arguments, calls one command, turns refusals into words."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from assessment import __version__
from assessment.cli import compare_command, report_arguments, survey_commands, typology_commands
from assessment.cli.german_argparse import GermanParser, number_or_auto, target, whole_number
from assessment.remarks import InputRefused
from assessment.typology.method import METHOD_NAMES

_EPILOG = """\
Rückgabewerte: 0 gelungen, 1 gelungen, aber Hinweise beachten (check: Warnungen; assign: Abweichung
von der Typologie; typology: keine Typen; council-paper: noch zu ergänzen), 2 abgelehnt oder
falscher Aufruf, 130 abgebrochen.
Ohne --codebook wird der eigene Fragebogen verwendet, wenn er passt; sonst ein aus der Datei
erschlossener Vorschlag (die Hinweise nennen das).
"""

INTERRUPTED = 130


def build_parser() -> argparse.ArgumentParser:
    """The argument parser with all commands."""
    parser = GermanParser(
        prog="assessment",
        description="Digitale Reife und Kommunentypen aus Befragungsdateien bestimmen.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--version",
        action="version",
        version=f"assessment {__version__}",
        help="Programmversion zeigen und beenden",
    )
    sub = parser.add_subparsers(metavar="BEFEHL", required=True, dest="BEFEHL", title="Befehle")

    sample = sub.add_parser("sample", help="simulierte Beispieldaten als Excel-Datei schreiben")
    sample.add_argument("--n", type=whole_number, default=412, help="Zahl der Kommunen")
    sample.add_argument("--seed", type=whole_number, default=2020, help="Startwert des Zufalls")
    sample.add_argument("--wave", type=whole_number, default=1, help="Erhebungswelle (1 oder 2)")
    sample.add_argument("--out", type=target, required=True, help="Zieldatei (.xlsx)")
    sample.set_defaults(run=survey_commands.sample)

    check = _with_file(sub, "check", "Datei prüfen: was wurde übernommen, was nicht, warum")
    check.add_argument("--json", action="store_true", help="Ergebnis als JSON ausgeben")
    check.set_defaults(run=survey_commands.check)

    codebook = _with_file(
        sub, "codebook", "Fragebogen zu einer Datei vorschlagen oder umwandeln", codebook=False
    )
    codebook.add_argument("--out", type=target, required=True, help="Zieldatei (.yaml oder .xlsx)")
    codebook.add_argument(
        "--xlsform",
        action="store_true",
        help="Excel-Datei für Kobo, ODK und andere Formularprogramme (XLSForm)",
    )
    codebook.set_defaults(run=survey_commands.codebook)

    score = _with_file(sub, "score", "Reife je Kommune und Feld berechnen")
    score.add_argument("--out", type=target, required=True, help="Zieldatei (.csv)")
    score.set_defaults(run=survey_commands.score)

    typology = _with_file(sub, "typology", "Kommunen nach Zielen gruppieren")
    typology.add_argument(
        "--items", default="", help="Fragen (Codes oder Spaltenköpfe, durch Komma getrennt)"
    )
    typology.add_argument(
        "--method",
        choices=[method.value for method in METHOD_NAMES],
        metavar="VERFAHREN",
        help="; ".join(f"{method.value}: {name}" for method, name in METHOD_NAMES.items())
        + "; ohne Angabe das zu den Fragen passende",
    )
    typology.add_argument(
        "--types",
        type=number_or_auto,
        default=4,
        metavar="K",
        help="Zahl der Gruppen oder „auto“ für die Zahl, die die Daten stützen",
    )
    typology.add_argument(
        "--bootstrap",
        type=whole_number,
        default=100,
        metavar="B",
        help="Wiederholungen der Stabilitätsprüfung",
    )
    typology.add_argument(
        "--report",
        type=Path,
        default=None,
        metavar="DATEI",
        help="Methodenbericht schreiben (.html oder .pdf)",
    )
    typology.add_argument(
        "--replaces",
        type=Path,
        default=None,
        metavar="JSON",
        help="bisherige typology.json: die neue wird deren nächste Fassung und mit ihr verglichen",
    )
    typology.add_argument("--seed", type=whole_number, default=0, help="Startwert des Zufalls")
    typology.add_argument("--out", type=target, required=True, help="Zielordner")
    typology.set_defaults(run=typology_commands.typology)

    assign = _with_file(sub, "assign", "Kommunen mit einer gespeicherten Typologie zuordnen")
    assign.add_argument(
        "--model", type=Path, required=True, help="gespeicherte Typologie (typology.json)"
    )
    assign.add_argument(
        "--out", type=target, default=None, help="Zielordner; ohne ihn folgt die Tabelle hier"
    )
    assign.set_defaults(run=typology_commands.assign)

    text = "Zwei Zuordnungen derselben Kommunen vergleichen"
    compare = sub.add_parser("compare", help=text, description=text)
    compare.add_argument("first", metavar="ERSTE", type=Path, help="assignments.csv")
    compare.add_argument("second", metavar="ZWEITE", type=Path, help="assignments.csv")
    compare.add_argument("--json", action="store_true", help="Ergebnis als JSON ausgeben")
    compare.set_defaults(run=compare_command.compare)

    profile = _with_file(sub, "profile", "Steckbrief einer Kommune ausgeben")
    profile.add_argument("--municipality", required=True, help="Gemeindeschlüssel (AGS) oder Name")
    profile.add_argument("--json", action="store_true", help="Ergebnis als JSON ausgeben")
    profile.set_defaults(run=survey_commands.profile)

    report_arguments.add_commands(sub, _with_file)
    return parser


def _with_file(sub, name: str, text: str, *, codebook: bool = True) -> argparse.ArgumentParser:
    parser = sub.add_parser(name, help=text, description=text)
    parser.add_argument("file", metavar="DATEI", type=Path, help="Befragungsdatei")
    parser.add_argument("--sheet", default=None, help="Tabellenblatt, wenn es mehrere gibt")
    if codebook:
        parser.add_argument(
            "--codebook", type=Path, default=None, help="Fragebogen (.yaml, .xlsx oder .lss)"
        )
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status (0 done, 1 done with remarks, 2 refused)."""
    options = build_parser().parse_args(arguments)
    try:
        return options.run(options)
    except InputRefused as refusal:
        print(refusal.message, file=sys.stderr)
    except FileNotFoundError as error:
        print(f"Die Datei „{error.filename}“ gibt es nicht.", file=sys.stderr)
    except IsADirectoryError as error:
        print(f"„{error.filename}“ ist ein Ordner, erwartet wird eine Datei.", file=sys.stderr)
    except PermissionError as error:
        print(f"Auf „{error.filename}“ darf nicht zugegriffen werden.", file=sys.stderr)
    except KeyboardInterrupt:
        print("Abgebrochen.", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        # The reader of our output (such as `head`) has gone; the rest is not wanted.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        print(f"Die Datei lässt sich nicht lesen oder schreiben: {error.strerror}", file=sys.stderr)
    return 2
