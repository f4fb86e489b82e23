"""What the XLSForm reader and writer share: question types, column names, kept foreign columns.

Reference: https://xlsform.org/en/ (survey, choices and settings sheets).
"""

import re

from assessment.questionnaire.model import ItemKind

SURVEY, CHOICES, SETTINGS = "survey", "choices", "settings"

KEPT = "xlsform:"
"""Prefix of ``Item.attributes`` that keep a column no field of ours can hold."""
KEPT_COLUMNS = (
    "appearance",
    "constraint",
    "constraint_message",
    "required_message",
    "relevant",
    "default",
    "choice_filter",
    "parameters",
    "read_only",
)

TYPE_OF_KIND = {
    ItemKind.SINGLE: "select_one",
    ItemKind.RATING: "select_one",
    ItemKind.LEVEL: "select_one",
    ItemKind.MULTIPLE: "select_multiple",
    ItemKind.RANKING: "rank",
    ItemKind.INTEGER: "integer",
    ItemKind.DECIMAL: "decimal",
    ItemKind.DATE: "date",
    ItemKind.TEXT: "text",
    ItemKind.KEY: "text",
    ItemKind.NAME: "text",
    ItemKind.CONTACT: "text",
}
KIND_OF_TYPE = {
    "select_one": ItemKind.SINGLE,
    "select one": ItemKind.SINGLE,
    "select_multiple": ItemKind.MULTIPLE,
    "select multiple": ItemKind.MULTIPLE,
    "rank": ItemKind.RANKING,
    "integer": ItemKind.INTEGER,
    "int": ItemKind.INTEGER,
    "decimal": ItemKind.DECIMAL,
    "range": ItemKind.DECIMAL,
    "date": ItemKind.DATE,
    "text": ItemKind.TEXT,
    "string": ItemKind.TEXT,
}
LIKERT = "likert"
"""The appearance that shows a choice as a rating scale; carries ``ItemKind.RATING``."""
MULTILINE = "multiline"

METADATA_TYPES = frozenset(
    {
        "start",
        "end",
        "today",
        "deviceid",
        "subscriberid",
        "simserial",
        "phonenumber",
        "username",
        "email",
        "audit",
        "start-geopoint",
        "background-audio",
    }
)
OTHER_OPTION = "other"
"""Code and label that ``or_other`` adds to a list."""
OTHER_LABEL = "Sonstiges"

XML_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.\-]*")
"""Question names become XML elements; our ids allow more."""


def xml_name(identifier: str) -> str:
    """The id as a valid question name; unchanged where it already is one."""
    if XML_NAME.fullmatch(identifier):
        return identifier
    replaced = re.sub(r"[^A-Za-z0-9_.\-]", "_", identifier)
    return replaced if XML_NAME.fullmatch(replaced) else f"_{replaced}"


LANGUAGE = re.compile(r"(?P<column>label|hint)\s*::?\s*(?P<language>.+)", re.IGNORECASE)


def language_code(written: str) -> str:
    """``German (de)`` → ``de``; a name without a code stays as it is."""
    found = re.search(r"\(([A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*)\)\s*$", written)
    return found.group(1) if found else written.strip()
