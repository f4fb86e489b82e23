"""XLSForm data (KoboToolbox, ODK): headers that are paths ``gruppe/frage/option``."""

from collections.abc import Sequence

from assessment.german import fold
from assessment.importing.dialects.dialect import Dialect, HeaderParts, RawColumn, Sighting
from assessment.importing.dialects.view import SheetView
from assessment.source_column import Part

METADATA = frozenset(
    {
        *("start", "end", "today", "deviceid", "subscriberid", "simserial", "phonenumber"),
        *("username", "audit", "_id", "_uuid", "_submission_time", "_validation_status"),
        *("_notes", "_status", "_submitted_by", "__version__", "_version_", "_tags", "_index"),
        *("_parent_index", "_parent_table_name", "_submission__id", "_submission__uuid"),
        *("instanceid", "formhub/uuid", "submissiondate", "key", "meta/instanceid"),
        *("meta-instanceid", "submitterid", "submittername", "attachmentspresent"),
        *("attachmentsexpected", "reviewstate", "devicemodel", "edits", "formversion"),
    }
)
_TELLING = {
    *("_uuid", "_submission_time", "_validation_status", "__version__", "meta/instanceid"),
    *("_id", "_index", "submissiondate", "meta-instanceid", "instanceid"),
}


def _look(view: SheetView, header_rows: tuple[int, ...]) -> Sighting | None:
    if len(header_rows) != 1:
        return None
    headers = [text for text in view.row_texts(header_rows[0]) if text]
    found = {fold(text) for text in headers} & _TELLING
    if len(found) >= 2:
        names = ", ".join(f"„{name}“" for name in sorted(found)[:3])
        reason = f"Die Spalten {names} schreiben KoboToolbox und ODK."
        return Sighting(0.93, (reason,))
    paths = [text for text in headers if text.count("/") >= 1 and " " not in text]
    if len(paths) >= 3 and len(paths) >= 0.3 * len(headers):
        return Sighting(0.7, (f"{len(paths)} Spaltenköpfe sind Pfade wie „{paths[0]}“.",))
    return None


def _read(columns: Sequence[RawColumn]) -> list[HeaderParts]:
    headers = [column.header for column in columns]
    parents = {header.rpartition("/")[0] for header in headers if "/" in header}
    multiple = parents & set(headers)
    return [_parts(header, multiple) for header in headers]


def _parts(header: str, multiple: set[str]) -> HeaderParts:
    key = fold(header)
    if key in METADATA or key.startswith("_"):
        return HeaderParts(code=header, part=Part.METADATA)
    if header in multiple:
        # The joined answer repeats what the option columns beside it say one by one.
        return HeaderParts(code=header.rpartition("/")[2], part=Part.METADATA)
    parent, _, name = header.rpartition("/")
    if parent in multiple:
        code = parent.rpartition("/")[2]
        return HeaderParts(code=code, sub=name, question=code, option=name)
    return HeaderParts(code=name)


DIALECT = Dialect("kobo", "KoboToolbox oder ODK (XLSForm)", _look, _read)
