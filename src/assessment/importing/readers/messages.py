"""Refusals that several readers share; one German sentence on what, where and what to do."""

from assessment.importing.wire import Refusal

ENCRYPTED = (
    "Die Datei ist mit einem Kennwort verschlüsselt. Bitte in Excel öffnen, unter „Datei › "
    "Informationen › Arbeitsmappe schützen“ das Kennwort entfernen und neu speichern."
)
MACRO_FILE = (
    "Die Arbeitsmappe enthält Makros. Bitte in Excel über „Speichern unter“ als "
    "„Excel-Arbeitsmappe (.xlsx)“ ohne Makros speichern und diese Datei einlesen."
)


def encrypted() -> Refusal:
    """A file that needs a password."""
    return Refusal("ENCRYPTED", ENCRYPTED)


def macro_refused() -> Refusal:
    """A workbook that carries program code."""
    return Refusal("MACRO_FILE", MACRO_FILE)


def column_letter(position: int) -> str:
    """Spreadsheet letter of a column counted from 1."""
    letters = ""
    while position > 0:
        position, rest = divmod(position - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """Number of a column from its letters: ``A`` → 1, ``AB`` → 28."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def grouped(number: int) -> str:
    """A whole number with German thousands separators."""
    return f"{number:,}".replace(",", ".")


def cell_too_long(position: int | None, row: int | None, limit: int) -> Refusal:
    """A text longer than any spreadsheet program allows. ``row`` counts from 0 here."""
    where = "Eine Zelle"
    if position is not None and row is not None:
        where = f"Die Zelle {column_letter(position)}{row + 1}"
    return Refusal(
        "CELL_TOO_LONG",
        f"{where} enthält mehr als {grouped(limit)} Zeichen, so viel fasst auch Excel nicht. Bitte "
        "den Text in der Quelle kürzen und die Datei neu ausgeben.",
    )


def too_many_columns(count: int, limit: int) -> Refusal:
    return Refusal(
        "TOO_MANY_COLUMNS",
        f"Die Tabelle hat {grouped(count)} Spalten, zulässig sind {grouped(limit)}. Bitte nur die "
        "Spalten mit Antworten ausgeben.",
    )


def too_many_rows(count: int, limit: int) -> Refusal:
    return Refusal(
        "TOO_MANY_ROWS",
        f"Die Tabelle hat {grouped(count)} Zeilen, zulässig sind {grouped(limit)}. Bitte nur die "
        "Zeilen mit Antworten ausgeben.",
    )


def grid_too_large(detail: str) -> Refusal:
    return Refusal(
        "GRID_TOO_LARGE",
        f"{detail} Bitte die Zeilen und Spalten mit Antworten in eine neue Arbeitsmappe kopieren "
        "und diese einlesen.",
    )


def corrupt(
    what: str = "Die Datei ist beschädigt und lässt sich nicht vollständig lesen.",
) -> Refusal:
    return Refusal(
        "CORRUPT",
        f"{what} Bitte in der Quelle erneut ausgeben oder in Excel öffnen und neu speichern.",
    )
