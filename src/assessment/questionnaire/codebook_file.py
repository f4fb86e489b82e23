"""Read or write a codebook whatever its format: ours in YAML or Excel, XLSForm, or LimeSurvey."""

from collections.abc import Sequence

from assessment.questionnaire.codebook import ReadCodebook, WrittenCodebook
from assessment.questionnaire.limesurvey import is_lss, read_limesurvey
from assessment.questionnaire.model import Questionnaire
from assessment.questionnaire.problems import refuse
from assessment.questionnaire.workbook import is_codebook_workbook, read_workbook
from assessment.questionnaire.workbook_writing import write_workbook
from assessment.questionnaire.xlsform import is_xlsform, read_xlsform
from assessment.questionnaire.xlsform_writing import write_xlsform
from assessment.questionnaire.yaml_file import read_questionnaire, write_questionnaire
from assessment.remarks import InputRefused
from assessment.table import Sheet

MAX_BYTES = 20_000_000


def read_codebook_text(data: bytes, name: str) -> ReadCodebook:
    """Read a codebook from the bytes of a text file: YAML (UTF-8) or .lss, told by the content.

    Raises InputRefused (CODEBOOK_INVALID) with file and line.
    """
    if len(data) > MAX_BYTES:
        refuse(name, "Die Datei ist größer als 20 MB; so groß ist kein Fragebogen.")
    if is_lss(data):
        return read_limesurvey(data, name)
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        refuse(name, "Das ist eine Arbeitsmappe; bitte mit der Endung .xlsx oder .xls einlesen.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        refuse(name, "Die Datei ist nicht in UTF-8 gespeichert; bitte so speichern.")
    if text.lstrip().startswith("<"):
        refuse(name, "Das ist keine LimeSurvey-Fragebogenstruktur (.lss).")
    return ReadCodebook(read_questionnaire(text, name))


def read_codebook_sheets(sheets: Sequence[Sheet], name: str) -> ReadCodebook:
    """Read a codebook from opened sheets: our workbook or an XLSForm (workbook or CSV pair).

    Raises InputRefused (CODEBOOK_INVALID) naming file, sheet and row.
    """
    if is_codebook_workbook(sheets):
        return read_workbook(sheets, name)
    if not holds_codebook(sheets):
        refuse(
            name,
            "Das ist weder eine Fragebogen-Mappe (Blätter „Fragebogen“ und „Items“) noch ein "
            "XLSForm (Blatt „survey“).",
        )
    return read_xlsform(sheets, name)


def holds_codebook(sheets: Sequence[Sheet]) -> bool:
    """Whether opened sheets are a codebook (our workbook or an XLSForm) and not answers."""
    return is_codebook_workbook(sheets) or is_xlsform(sheets)


def write_codebook(
    questionnaire: Questionnaire, suffix: str, *, xlsform: bool = False
) -> WrittenCodebook:
    """Write a questionnaire in the format of a file name's ending: ``.yaml`` or ``.xlsx``.

    ``.xlsx`` is our own workbook, or with ``xlsform`` one for Kobo, ODK and other form programs.
    Raises InputRefused (CODEBOOK_FORMAT) for any other ending.
    """
    if suffix in (".yaml", ".yml") and not xlsform:
        return WrittenCodebook(write_questionnaire(questionnaire).encode())
    if suffix == ".xlsx":
        return write_xlsform(questionnaire) if xlsform else write_workbook(questionnaire)
    possible = ".xlsx" if xlsform else ".yaml und .xlsx"
    raise InputRefused(
        "CODEBOOK_FORMAT",
        f"Die Endung „{suffix}“ steht für kein passendes Fragebogenformat; möglich: {possible}.",
    )
