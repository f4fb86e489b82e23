"""What a file is, by its content; what its name promises; and whether both agree."""

import re

from assessment.importing.container import has_archive_end
from assessment.remarks import InputRefused

_OFFICE_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PROMISED = {
    ".xlsx": "xlsx",
    ".xltx": "xlsx",
    ".xlsm": "xlsx",
    ".xltm": "xlsx",
    ".xls": "xls",
    ".ods": "ods",
    ".csv": "text",
    ".tsv": "text",
    ".tab": "text",
    ".txt": "text",
    ".csv.gz": "csv.gz",
    ".tsv.gz": "csv.gz",
    ".gz": "csv.gz",
    ".sav": "sav",
    ".zsav": "sav",
}
_TITLES = {
    "xlsx": "eine Excel-Arbeitsmappe (.xlsx)",
    "xls": "eine ältere Excel-Arbeitsmappe (.xls)",
    "ods": "eine OpenDocument-Tabelle (.ods)",
    "text": "reiner Text (.csv)",
    "csv.gz": "eine gepackte Datei (.gz)",
    "sav": "eine SPSS-Datei (.sav)",
    "html": "eine HTML-Seite",
    "word": "ein Word-Dokument",
    "slides": "eine Präsentation",
    "xlsb": "eine binäre Excel-Arbeitsmappe (.xlsb)",
    "zip": "ein ZIP-Archiv",
    "lsa": "ein LimeSurvey-Archiv (.lsa)",
    "lss": "ein LimeSurvey-Fragebogen (.lss)",
    "xml": "eine XML-Datei",
    "spreadsheetml": "eine Excel-2003-XML-Tabelle",
    "image": "ein Bild",
    "pdf": "ein PDF-Dokument",
    "json": "eine JSON-Datei",
    "rtf": "ein RTF-Dokument",
    "binary": "keine Tabelle",
    "biff": "eine Excel-Datei von vor 1997",
}
_REMEDY = {
    "html": "Bitte in Excel oder LibreOffice öffnen und als .xlsx speichern.",
    "spreadsheetml": "Bitte in Excel öffnen und als .xlsx speichern.",
    "biff": "Bitte in Excel oder LibreOffice öffnen und als .xlsx speichern.",
    "xlsb": "Bitte in Excel öffnen und als .xlsx speichern.",
    "word": "Bitte die Tabelle in eine Arbeitsmappe kopieren und als .xlsx speichern.",
    "pdf": "Bitte die Antworten in der Quelle als .xlsx oder .csv ausgeben.",
    "zip": "Bitte das Archiv entpacken und die Tabelle darin einlesen.",
    "lsa": "Bitte die Antworten in LimeSurvey als .xlsx oder .csv exportieren.",
    "json": "Bitte die Antworten in der Quelle als .xlsx oder .csv ausgeben.",
}
_ENDINGS = {"text": "csv"}
_MAGIC = (
    (b"\x1f\x8b", "csv.gz"),
    (b"$FL2", "sav"),
    (b"$FL3", "sav"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"%PDF", "pdf"),
    (b"{\\rtf", "rtf"),
    (b"\x09\x00\x04\x00", "biff"),
    (b"\x09\x02\x06\x00", "biff"),
    (b"\x09\x04\x06\x00", "biff"),
    (b"\x09\x08\x08\x00\x00\x05", "biff"),
)
_HTML = re.compile(
    rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|table|meta|style)\b", re.I | re.S
)


_TYPES = "[content_types].xml"


def promised_type(name: str) -> str | None:
    """The type that the extension of ``name`` promises, ``None`` for an unknown extension."""
    lower = name.casefold()
    for suffix in sorted(_PROMISED, key=len, reverse=True):
        if lower.endswith(suffix):
            return _PROMISED[suffix]
    return None


def actual_type(data: bytes) -> str:
    """The type by content: a key of the titles above (``"zip"`` still has to be looked into)."""
    if data.startswith(_OFFICE_OLE):
        return "ole"
    if data.startswith(b"PK\x03\x04") or has_archive_end(data):
        return "zip"
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            return kind
    head = data[:4096]
    plain = head.replace(b"\0", b"").removeprefix(b"\xef\xbb\xbf").lstrip(b"\xff\xfe \t\r\n")
    if _HTML.match(plain):
        return "html"
    if plain.startswith(b"<?xml"):
        return _xml_type(plain)
    if plain.startswith((b"{", b"[")) and _looks_like_json(plain):
        return "json"
    return "text" if _looks_like_text(head) else "binary"


def archive_type(names: list[str]) -> str:
    """What an archive with these parts is."""
    lower = {name.replace("\\", "/").lstrip("/").casefold() for name in names}
    if "xl/workbook.bin" in lower:
        return "xlsb"
    if any(name.startswith("xl/") for name in lower) or {"workbook.xml", _TYPES} <= lower:
        return "xlsx"
    if "content.xml" in lower and ("mimetype" in lower or "meta-inf/manifest.xml" in lower):
        return "ods"
    if any(name.startswith("word/") for name in lower):
        return "word"
    if any(name.startswith("ppt/") for name in lower):
        return "slides"
    if any(name.endswith(".lss") for name in lower):
        return "lsa"
    return "zip"


def check_agreement(kind: str, promised: str | None) -> None:
    """Refuse what can't be read, and what is something else than its name says.

    Raises :class:`InputRefused` (``TYPE_MISMATCH``, ``UNSUPPORTED_TYPE``, ``QUESTIONNAIRE_FILE``).
    """
    if kind == "lss":
        raise InputRefused(
            "QUESTIONNAIRE_FILE",
            "Die Datei enthält einen LimeSurvey-Fragebogen und keine Antworten. Bitte sie unter "
            "„Fragebogen einlesen“ verwenden und hier die Antworten als .xlsx oder .csv einlesen.",
        )
    readable = kind in ("xlsx", "xls", "ods", "text", "csv.gz", "sav")
    if readable and promised in (None, kind):
        return
    title = _TITLES[kind]
    if promised is not None and promised != kind and (promised, kind) != ("xls", "biff"):
        remedy = _REMEDY.get(kind)
        if readable:
            ending = _ENDINGS.get(kind, kind)
            remedy = f"Bitte die Endung in .{ending} ändern oder die richtige Datei wählen."
        raise InputRefused(
            "TYPE_MISMATCH",
            f"Die Datei ist laut Endung {_TITLES[promised]}, ihr Inhalt ist aber {title}. "
            + (remedy or "Bitte die richtige Datei wählen (.xlsx, .ods, .csv oder .sav)."),
        )
    raise InputRefused(
        "UNSUPPORTED_TYPE",
        f"Die Datei ist {title} und lässt sich nicht als Tabelle einlesen. "
        + _REMEDY.get(kind, "Bitte die Antworten als .xlsx, .ods, .csv oder .sav einlesen."),
    )


def _xml_type(head: bytes) -> str:
    if b"<LimeSurveyDocType>" in head:
        return "lss"
    if b"urn:schemas-microsoft-com:office:spreadsheet" in head:
        return "spreadsheetml"
    return "html" if b"<html" in head.lower() else "xml"


def _looks_like_json(head: bytes) -> bool:
    """A brace alone may start a header; JSON goes on with a quoted key or a nested bracket."""
    return re.match(rb'[\[{]\s*(?:"[^"\n]*"\s*[:,]|[\[{])', head) is not None


def _looks_like_text(head: bytes) -> bool:
    """Few control characters; null bytes are left to the text reader, which can name the line."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    controls = sum(1 for byte in head if byte < 32 and byte not in (0, 9, 10, 12, 13, 27))
    return controls * 50 <= len(head)
