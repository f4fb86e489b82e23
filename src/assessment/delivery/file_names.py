"""What a file is called: ASCII, says what it is, whose it is, of which day and for whom.

``Anlage1_Kurzfassung_Musterstadt_2026-11-22.pdf``. A name never contains what a file system, an
archive or a mail program could take for a path, a device or a command.
"""

import hashlib
import re
import unicodedata
from datetime import date
from types import MappingProxyType

from assessment.profiles.variants import Variant
from assessment.reports.document import DocumentKind

LONGEST_PART = 60
"""Characters of a name in a file name; archives with folders stay below 255."""
LONGEST_KEY = 30
NAMELESS = "Kommune"
"""Stands for a name and a key that have no letter or digit."""

_SUBJECTS = MappingProxyType(
    {
        DocumentKind.PROFILE: "Steckbrief",
        DocumentKind.TYPE: "Typ",
        DocumentKind.RESULTS: "Digitale-Selbsteinschaetzung",
        DocumentKind.SUMMARY: "Kurzfassung",
        DocumentKind.MEASURES: "Massnahmen-und-Roadmap",
        DocumentKind.METHOD: "Glossar-und-Methodik",
        DocumentKind.PROGRESS: "Sachstandsbericht",
        DocumentKind.SECURITY: "Informationssicherheit",
        DocumentKind.COLLECTION: "Sammelbericht",
        DocumentKind.TYPOLOGY: "Methodenbericht",
        DocumentKind.PAPER: "Vorlage",
    }
)
_SUFFIXES = MappingProxyType(
    {
        Variant.PUBLIC: "",
        Variant.CLOSED: "nichtoeffentlich",
        Variant.ANONYMOUS: "anonymisiert",
    }
)
_SPELLED = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss", "ẞ": "SS"}
)
_OTHER = re.compile(r"[^A-Za-z0-9]+")
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)
_LOWER = re.compile(r"[a-z]")


def file_name(
    kind: DocumentKind | str,
    name: str,
    key: str,
    created: date,
    variant: Variant,
    ending: str,
    attachment: int | None = None,
    *,
    with_key: bool = False,
) -> str:
    """The name of one file.

    ``kind``: a document, or for other files what they are in a few words („Ergebnisse“).
    ``name`` and ``key``: of the municipality; both ``""`` for files about a type or about all.
    ``attachment``: number of the Anlage. ``with_key``: where municipalities of equal names lie in
    one folder; names of different keys then differ even where case doesn't count. The anonymised
    variant has neither name nor key.
    """
    subject = _SUBJECTS[kind] if isinstance(kind, DocumentKind) else safe_part(kind)
    parts = [f"Anlage{attachment}" if attachment else "", subject or "Datei"]
    if variant is not Variant.ANONYMOUS and (name or key):
        shown = safe_part(name)
        parts.append(shown or ("" if with_key else safe_part(key)) or NAMELESS)
        parts.append(_distinct(key) if with_key else "")
    parts += [created.isoformat(), _SUFFIXES[variant]]
    stem = "_".join(part for part in parts if part)
    return f"{stem}.{_OTHER.sub('', ending).lower() or 'bin'}"


def safe_part(text: str, longest: int = LONGEST_PART) -> str:
    """Letters and digits of ``text`` in ASCII, words joined by „-“; ``""`` if there are none.

    ``Bad Münder (Süd)`` → ``Bad-Muender-Sued``. Cut behind a word where possible.
    """
    spelled = unicodedata.normalize("NFC", text[: 20 * longest]).translate(_SPELLED)
    plain = unicodedata.normalize("NFKD", spelled).encode("ascii", "ignore").decode("ascii")
    part = _OTHER.sub("-", plain).strip("-")
    if len(part) > longest:
        cut = part[: longest + 1].rpartition("-")[0]
        part = (cut if len(cut) > longest // 2 else part[:longest]).strip("-")
    # As a whole folder name it would be a device on some systems.
    return f"{part}-" if _DEVICE.fullmatch(part) else part


def _distinct(key: str) -> str:
    """The key as it may stand in a file name; different keys give different parts.

    Keys of digits stay as they are. Others lose characters or differ by case only: they carry a
    short digest of the key itself.
    """
    part = safe_part(key, LONGEST_KEY)
    if part == key and not _LOWER.search(key):
        return part
    digest = hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:10]
    return f"{part}-{digest}" if part else digest
