"""Commands about one survey file: each reads, calls the package, writes, and says what it did."""

import argparse
import json
import sys

from assessment.cli.account import account_of, account_text
from assessment.cli.input_files import codebook_in, key_of, read_survey
from assessment.cli.output_files import describe, write
from assessment.german import format_number
from assessment.ledger import Verdict
from assessment.questionnaire.codebook_file import write_codebook
from assessment.remarks import InputRefused


def sample(options: argparse.Namespace) -> int:
    """Write the simulated sample as an Excel export."""
    from assessment.questionnaire.default import default_questionnaire
    from assessment.simulation import load_assumptions, second_wave, simulate, write_export

    if options.wave not in (1, 2):
        raise InputRefused("WAVE", "Es gibt nur die Wellen 1 und 2; bitte eine davon angeben.")
    draw = simulate if options.wave == 1 else second_wave
    simulated = draw(options.n, options.seed, default_questionnaire(), load_assumptions())
    write(options.out, write_export(simulated))
    print(f"{format_number(simulated.n)} simulierte Kommunen geschrieben: {options.out}")
    return 0


def check(options: argparse.Namespace) -> int:
    """Import a file and account for every row and column."""
    try:
        result = read_survey(options)
    except InputRefused as refusal:
        if not options.json:
            raise
        refused = {"verdict": "reject", "code": refusal.code, "message": refusal.message}
        print(json.dumps({"file": options.file.name, **refused}, ensure_ascii=False, indent=2))
        return 2
    account = account_of(result)
    if options.json:
        print(json.dumps(account, ensure_ascii=False, indent=2))
    else:
        print(account_text(account))
    return 1 if account["verdict"] == Verdict.WARN else 0


def codebook(options: argparse.Namespace) -> int:
    """Propose a codebook for a survey file, or convert one codebook format into another."""
    questionnaire = codebook_in(options.file) or read_survey(options, own=False).questionnaire
    written = write_codebook(questionnaire, options.out.suffix.lower(), xlsform=options.xlsform)
    write(options.out, written.data)
    for missing in written.not_expressed:
        print(f"Nicht ausdrückbar: {missing}", file=sys.stderr)
    print(f"Fragebogen mit {len(questionnaire.items)} Fragen geschrieben: {options.out}")
    return 0


def score(options: argparse.Namespace) -> int:
    """Score every municipality in every field and write one row each."""
    from assessment.profiles.provenance import provenance_record
    from assessment.reports.result_tables import SCORES_CONTENT, scores_csv
    from assessment.scoring.scores import score_survey

    survey = read_survey(options).survey
    if not survey.questionnaire.scored_dimensions:
        raise InputRefused(
            "NOTHING_TO_SCORE",
            "Der Fragebogen dieser Datei enthält keine Punkte, also lässt sich nichts bewerten; "
            "bitte mit --codebook einen Fragebogen mit Punkten angeben.",
        )
    write(options.out, scores_csv(survey, score_survey(survey)))
    describe(options.out, SCORES_CONTENT, provenance_record(survey))
    count = len(survey.keys)
    print(f"{format_number(count)} {'Kommune' if count == 1 else 'Kommunen'}: {options.out}")
    return 0


def profile(options: argparse.Namespace) -> int:
    """Print the profile of one municipality, as text or JSON."""
    from assessment import pipeline
    from assessment.cli.profile_text import profile_text

    survey = read_survey(options).survey
    key = key_of(options.municipality, survey)
    found = pipeline.municipality_profile(pipeline.assess(survey), key)
    if options.json:
        print(json.dumps(found.as_dict(), ensure_ascii=False, indent=2))
    else:
        print(profile_text(found))
    return 0
