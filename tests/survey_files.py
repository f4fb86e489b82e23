"""Survey files for the page tests: hostile names, a foreign survey, a corrected export."""

import io
import zipfile

import openpyxl

from assessment.content import data_path
from assessment.pipeline import SAMPLE_FILE

HOSTILE_NAMES = (
    "<script>window.__xss=1</script>",
    "![x](http://127.0.0.1:9/p.png)",
    '=HYPERLINK("http://127.0.0.1:9/","Klick")',
    "<iframe srcdoc='<script>parent.__xss=1</script>'></iframe>",
    "[Link](javascript:window.__xss=1) **fett** $x^2$ :material/home:",
    "http://127.0.0.1:9/offen www.example.org x@example.org",
    "<b>%{customdata}</b><a href='http://127.0.0.1:9'>a</a>",
    "# Überschrift | Tabelle",
)
"""Names a participant could write into the survey."""

MARKERS = ("<script", "<iframe", "![x](", "[Link](", "<a href")
"""Beginnings that must never stand unescaped in a Markdown sink."""


def sample_bytes() -> bytes:
    """The sample as shipped."""
    return data_path("sample", SAMPLE_FILE).read_bytes()


def hostile_bytes() -> bytes:
    """The sample with the hostile names in the first rows of the column of names."""
    book = openpyxl.load_workbook(io.BytesIO(sample_bytes()))
    sheet = book.worksheets[0]
    header = next(
        row for row in sheet.iter_rows(max_row=10) if any(_is_name(cell.value) for cell in row)
    )
    column = next(cell.column for cell in header if _is_name(cell.value))
    for place, name in enumerate(HOSTILE_NAMES, start=1):
        cell = sheet.cell(header[0].row + place, column)
        cell.value = name
        cell.data_type = "s"
    return _saved(book)


def corrected_bytes() -> bytes:
    """The sample with the name of its last municipality changed."""
    book = openpyxl.load_workbook(io.BytesIO(sample_bytes()))
    sheet = book.worksheets[0]
    header = next(
        row for row in sheet.iter_rows(max_row=10) if any(_is_name(cell.value) for cell in row)
    )
    column = next(cell.column for cell in header if _is_name(cell.value))
    sheet.cell(sheet.max_row, column).value = "Neuname an der Prüfung"
    return _saved(book)


def foreign_bytes() -> bytes:
    """A small survey that isn't ours and has neither goals nor municipal keys."""
    rows = ["Wie zufrieden sind Sie?;Welche Farbe?;Alter"]
    answers = ("sehr zufrieden", "zufrieden", "unzufrieden")
    rows += [
        f"{answers[n % 3]};{('rot', 'grün', 'blau', 'gelb')[n % 4]};{20 + n}" for n in range(60)
    ]
    return "\r\n".join(rows).encode("utf-8-sig")


def battery_bytes() -> bytes:
    """A survey that isn't ours with four questions on one scale and three groups of answers."""
    questions = ("Klimaschutz", "Verkehr", "Bildung", "Kultur")
    rows = [";".join(f"Wie wichtig ist {topic}?" for topic in questions)]
    rows += [
        ";".join(str(1 + (n * (place + 1) + n // 7) % 5) for place in range(len(questions)))
        for n in range(120)
    ]
    return "\r\n".join(rows).encode("utf-8-sig")


def macro_bytes() -> bytes:
    """A workbook that carries macros."""
    data = io.BytesIO(_saved(openpyxl.Workbook()))
    with zipfile.ZipFile(data, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"x")
    return data.getvalue()


def _is_name(value: object) -> bool:
    return isinstance(value, str) and (value == "A01" or value.startswith(("A01.", "A01 ")))


def _saved(book: openpyxl.Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()
