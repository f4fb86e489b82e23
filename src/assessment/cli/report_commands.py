"""Commands that write documents: of one municipality, of all of them, and the Vorlage."""

import argparse
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from assessment.cli.input_files import key_of, read_survey
from assessment.cli.output_files import write, writing
from assessment.cli.progress_line import progress_line
from assessment.german import parse_date
from assessment.remarks import InputRefused

if TYPE_CHECKING:
    from assessment.delivery.documents import Form
    from assessment.measures.plan_types import MunicipalityPlan
    from assessment.profiles.dossier import Dossier
    from assessment.profiles.results import Assessment

REMARKS_STATUS = 1


def report(options: argparse.Namespace) -> int:
    """Write one document about one municipality."""
    from assessment.delivery.documents import document_bytes, kind_name, make_document
    from assessment.reports.branding import Branding
    from assessment.reports.document import DocumentKind

    form, day = _form(options.out), _day(options)
    _spare_inputs(options, options.out)
    kind = DocumentKind(options.kind)
    dossier = _dossier(options)
    document = make_document(kind, dossier, day)
    write(options.out, document_bytes(document, Branding(), form))
    print(f"{kind_name(kind)} für „{dossier.name}“ geschrieben: {options.out}")
    return 0


def reports(options: argparse.Namespace) -> int:
    """Write one document for each municipality and the collective report, to a folder or ZIP."""
    from assessment.delivery.bulk import write_reports
    from assessment.profiles.variants import Variant
    from assessment.reports.document import DocumentKind

    packed = options.out.suffix.lower() == ".zip"
    if options.out.is_file() and not packed:
        raise InputRefused(
            "OUT_IS_FILE",
            f"„{options.out}“ ist eine Datei; erwartet wird ein Ordner oder ein Name mit „.zip“.",
        )
    if options.out.is_dir() and packed:
        raise InputRefused(
            "OUT_IS_FOLDER",
            f"„{options.out}“ ist ein Ordner; erwartet wird eine ZIP-Datei oder ein Ordner, dessen "
            "Name nicht auf „.zip“ endet.",
        )
    _spare_inputs(options, options.out)
    # Before the work, not after it.
    with writing(options.out):
        options.out.parent.mkdir(parents=True, exist_ok=True)
    day, assessment = _day(options), _assessment(options)
    with writing(options.out), progress_line() as progress:
        result = write_reports(
            assessment,
            DocumentKind(options.kind),
            day,
            options.out,
            variant=Variant(options.variant),
            progress=progress,
        )
    print(f"{result.sentence} {options.out}")
    for failed in result.failed:
        print(failed.text, file=sys.stderr)
    return REMARKS_STATUS if result.failed else 0


def council_paper(options: argparse.Namespace) -> int:
    """Write the Vorlage of one municipality; status 1 where somebody still has to fill in."""
    from dataclasses import replace

    from assessment.delivery.documents import document_bytes, make_document
    from assessment.measures.paper_types import Preset
    from assessment.measures.plan_editing import change_plan
    from assessment.profiles.council.paper import council_paper as facts_of
    from assessment.reports.branding import Branding
    from assessment.reports.document import DocumentKind

    form, day = _form(options.out), _day(options)
    _spare_inputs(options, options.out)
    dossier = _dossier(options)
    if options.preset:
        plan = dossier.plan or _empty_plan(dossier)
        paper = plan.paper.model_copy(update={"preset": Preset(options.preset)})
        dossier = replace(dossier, plan=change_plan(plan, paper=paper))
    document = make_document(DocumentKind.PAPER, dossier, day)
    write(options.out, document_bytes(document, Branding(), form))
    print(f"Vorlage für „{dossier.name}“ geschrieben: {options.out}")
    points = facts_of(dossier, day).points
    if points:
        print(f"Noch zu ergänzen oder zu prüfen ({len(points)}):", file=sys.stderr)
    for point in points:
        print(f"  {point.heading}: {point.text}", file=sys.stderr)
    return REMARKS_STATUS if points else 0


def _dossier(options: argparse.Namespace) -> "Dossier":
    """The municipality a command names, with its plan and its earlier wave."""
    from assessment.profiles.dossier import Dossier
    from assessment.profiles.variants import Variant

    assessment = _assessment(options)
    key = key_of(options.municipality, assessment.survey)
    return Dossier(
        assessment,
        key,
        plan=_plan(options, key),
        waves=_waves(options, assessment),
        variant=Variant(options.variant),
    )


def _assessment(options: argparse.Namespace) -> "Assessment":
    from assessment import pipeline
    from assessment.typology.model import TypologyModel

    survey = read_survey(options).survey
    if options.model is None:
        return pipeline.assess(survey)
    text = options.model.read_text(encoding="utf-8", errors="replace")
    return pipeline.assess(survey, TypologyModel.from_json(text))


def _plan(options: argparse.Namespace, key: str) -> "MunicipalityPlan | None":
    from assessment.measures.plan_file import read_plan

    if options.plan is None:
        return None
    return read_plan(options.plan.read_bytes(), options.plan.name, expected_key=key)


def _waves(options: argparse.Namespace, after: "Assessment"):
    """Both waves prepared; the earlier one with the later one's types where they fit."""
    from assessment import pipeline

    if options.before is None:
        return None
    earlier = argparse.Namespace(file=options.before, sheet=None, codebook=options.codebook)
    survey = read_survey(earlier).survey
    try:
        before = pipeline.assess(survey, after.typology)
    except InputRefused:
        before = pipeline.assess(survey)
    return pipeline.waves(before, after)


def _empty_plan(dossier: "Dossier") -> "MunicipalityPlan":
    """Holds the order of the sections where nobody has given a plan."""
    from assessment.measures.plan_types import MunicipalityPlan

    return MunicipalityPlan(municipality=dossier.key, name=dossier.name[:200])


def _form(out: Path) -> "Form":
    """The form of a document by the ending of its file."""
    from assessment.delivery.documents import FORMS

    ending = out.suffix.lower().removeprefix(".")
    for form in FORMS:
        if form == ending:
            return form
    known = ", ".join(f".{form}" for form in FORMS)
    raise InputRefused(
        "UNKNOWN_FORM", f"„{out.name}“ hat keine bekannte Endung; möglich sind {known}."
    )


def _day(options: argparse.Namespace) -> date:
    """The day printed on the document: given, or today."""
    if not options.date:
        return date.today()
    day = parse_date(options.date)
    if day is None:
        raise InputRefused(
            "BAD_DATE",
            f"„{options.date}“ ist kein Datum; bitte wie 2026-11-22 oder 22.11.2026 angeben.",
        )
    return day


def _spare_inputs(options: argparse.Namespace, out: Path) -> None:
    """Refuse to write over a file the command reads."""
    named: Iterable[Path | None] = (
        options.file,
        options.codebook,
        options.model,
        getattr(options, "plan", None),
        getattr(options, "before", None),
    )
    with writing(out):
        is_there = out.exists()
    for path in named:
        if path is not None and is_there and path.exists() and path.samefile(out):
            raise InputRefused(
                "OVERWRITES_INPUT",
                f"„{out}“ wird gelesen und nicht überschrieben; bitte eine andere Zieldatei "
                "angeben.",
            )
