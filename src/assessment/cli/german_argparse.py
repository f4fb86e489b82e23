"""Argument parsing that speaks German.

``argparse`` takes its own words from ``gettext``; with no catalogue shipped for German, the few
phrases a user can meet are translated here.
"""

import argparse
import sys
from pathlib import Path
from typing import NoReturn

_PHRASES = {
    "usage: ": "Aufruf: ",
    "options": "Optionen",
    "positional arguments": "Angaben",
    "show this help message and exit": "diese Hilfe zeigen und beenden",
    "show program's version number and exit": "Programmversion zeigen und beenden",
    "the following arguments are required: %s": "es fehlt die Angabe: %s",
    "unrecognized arguments: %s": "unbekannte Angabe: %s",
    "expected one argument": "hier fehlt ein Wert",
    "argument %(argument_name)s: %(message)s": "Angabe %(argument_name)s: %(message)s",
    "invalid choice: %(value)r (choose from %(choices)s)": (
        "%(value)r gibt es nicht (möglich: %(choices)s)"
    ),
    "invalid %(type)s value: %(value)r": "%(value)r ist nicht lesbar",
}


def _translate(phrase: str) -> str:
    return _PHRASES.get(phrase, phrase)


class GermanParser(argparse.ArgumentParser):
    """An argument parser whose help and errors are German; an error is one sentence, exit 2."""

    def __init__(self, *args, **kwargs) -> None:
        # argparse looks its phrases up in this module-level name.
        argparse._ = _translate  # pyright: ignore[reportAttributeAccessIssue]
        super().__init__(*args, **kwargs)

    def error(self, message: str) -> NoReturn:
        print(f"{message[0].upper()}{message[1:]}. Hilfe: {self.prog} --help", file=sys.stderr)
        raise SystemExit(2)


def whole_number(text: str) -> int:
    """An argument type for whole numbers from 0, with a German message."""
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"„{text}“ ist keine ganze Zahl ab 0")
    return int(text)


def number_or_auto(text: str) -> int | None:
    """An argument type for a whole number or „auto“ (``None``), with a German message."""
    if text == "auto":
        return None
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"„{text}“ ist weder „auto“ noch eine ganze Zahl")
    return int(text)


def target(text: str) -> Path:
    """An argument type for files and folders to write; "" would silently be this very folder."""
    if not text.strip():
        raise argparse.ArgumentTypeError("hier fehlt der Name der Zieldatei oder des Zielordners")
    return Path(text)
