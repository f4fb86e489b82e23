"""Methodenbericht: limits, provenance, sources."""

import platform
from importlib.metadata import PackageNotFoundError, version

from assessment import __version__
from assessment.german import format_number
from assessment.reports.typology_blocks import Blocks, bullets, facts, joined, paragraph
from assessment.reports.typology_facts import ReportFacts, report_texts, source_texts
from assessment.typology.method import METHOD_NAMES

LIBRARIES = ("numpy", "scipy", "scikit-learn", "pandas", "numba")
"""Libraries whose numbers enter the result."""


def limits_section(known: ReportFacts) -> Blocks:
    """What the report can't say."""
    return bullets([*report_texts()["limits"], *_own_limits(known)])


def origin_section(known: ReportFacts) -> Blocks:
    """All it takes to work the result out again."""
    model, study, source = known.model, known.study, known.survey.provenance
    made, book = model.provenance, known.survey.questionnaire
    pairs = [
        ("Typologie", f"Fassung {model.version}, Kennung {model.mark}"),
        ("Ersetzt", model.predecessor or "keine"),
        ("Fragebogen", f"{book.id}, Fassung {book.version}"),
        ("Prüfsumme der Antworten", source.data_hash),
        ("SHA-256 der Datei", source.sha256),
        ("Leseweise der Datei", source.dialect),
        ("Erhebung", known.survey.wave or "ohne Angabe"),
        ("Simulierte Daten", "ja" if known.survey.simulated else "nein"),
        ("Verfahren", f"{METHOD_NAMES[study.method]} ({study.method.value})"),
        ("Zahl der Typen", format_number(known.k)),
        ("Geprüfte Zahlen", ", ".join(str(one.k) for one in study.candidates)),
        ("Startzahl", str(study.seed)),
        ("Anfänge", f"{made.starts_best} von {made.starts} mit dem besten Ergebnis"),
        ("Ziehungen zur Stabilität", format_number(study.bootstrap)),
        ("Bezugsprofile der Typen", f"Fassung {made.reference_version}"),
        ("Gelesen mit Programmversion", source.program_version),
        ("Gerechnet mit Programmversion", made.program_version),
        ("Bericht mit Programmversion", __version__),
        ("Python", platform.python_version()),
        ("Bibliotheken", ", ".join(_installed())),
    ]
    return joined(
        facts("Herkunft und Einstellungen", pairs),
        paragraph(
            "Gleiche Datei, gleiche Einstellungen und gleiche Programmversion ergeben Bit für Bit "
            "dieselbe Typologie und denselben Bericht; er enthält keine Uhrzeit.",
            "note",
        ),
    )


def sources_section(known: ReportFacts) -> Blocks:
    """Sources of the method used and of the checks."""
    named = report_texts()["sources"]
    keys = [*named[known.study.method.value], *named["always"]]
    sources = source_texts()
    return bullets(sources[key] for key in keys)


def _own_limits(known: ReportFacts) -> list[str]:
    found = []
    if known.survey.simulated:
        found.append("Die Daten sind simuliert; über wirkliche Kommunen sagen sie nichts.")
    if known.candidate.stability is None:
        found.append("Die Stabilität der gewählten Lösung wurde nicht mit ihrem Verfahren geprüft.")
    if not known.candidate.large_enough and known.k > 1:
        found.append("Mindestens eine Gruppe ist sehr klein; auf sie ist wenig Verlass.")
    return found


def _installed() -> list[str]:
    found = []
    for name in LIBRARIES:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            # Only the compiler is optional; without it the same numbers come from NumPy.
            found.append(f"{name} nicht installiert")
    return found
