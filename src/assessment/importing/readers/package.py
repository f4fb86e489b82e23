"""The small parts of a workbook that say which sheet is where and which formats are dates."""

import posixpath
import re
from collections.abc import Callable, Mapping
from pyexpat import ExpatError, ParserCreate
from typing import Any

from assessment.importing.readers.messages import corrupt, macro_refused
from assessment.importing.readers.xml_parts import dtd_refused

_DATE_FORMATS = frozenset([14, 15, 16, 17, 22, *range(27, 37), *range(50, 59)])
"""Built-in number formats with a day; pure times (18 to 21, 45 to 47) may be zero."""
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.')
StartHandler = Callable[[str, Mapping[str, str]], None]


def walk(data: bytes, start: StartHandler) -> None:
    """Call ``start(local name, attributes)`` for each element of a small XML part."""
    parser = ParserCreate()

    def refuse(*_: Any) -> None:
        raise dtd_refused()

    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = lambda name, attributes: start(name.rpartition(":")[2], attributes)
    try:
        parser.Parse(data, True)
    except ExpatError as error:
        raise corrupt() from error


class Workbook:
    """Names and parts of the sheets, the formats that are dates, the date system."""

    def __init__(self) -> None:
        self.sheet_of_part: dict[str, str] = {}
        """Part name in lower case → sheet name."""
        self.date_styles: list[int] = []
        self.date_1904 = False


def read_package(small: Mapping[str, bytes]) -> Workbook:
    """Read workbook, relations and styles; ``small`` maps lower-case part names to content."""
    workbook = Workbook()
    sheets: list[tuple[str, str]] = []
    targets: dict[str, str] = {}
    main = _main_part(small)

    def on_workbook(name: str, attributes: Mapping[str, str]) -> None:
        if name == "sheet":
            relation = next((v for k, v in attributes.items() if k.endswith(":id")), "")
            sheets.append((attributes.get("name", ""), relation))
        elif name == "workbookPr":
            workbook.date_1904 = attributes.get("date1904", "0") in ("1", "true", "on")

    def on_relation(name: str, attributes: Mapping[str, str]) -> None:
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            target = attributes.get("Target", "")
            folder = posixpath.dirname(main)
            path = target if target.startswith("/") else posixpath.join(folder, target)
            targets[attributes.get("Id", "")] = posixpath.normpath(path).lstrip("/").casefold()

    if main not in small:
        raise corrupt("In der Datei fehlt die Arbeitsmappe selbst.")
    walk(small[main], on_workbook)
    folder, _, file = main.rpartition("/")
    relations = f"{folder}/_rels/{file}.rels".lstrip("/")
    if relations in small:
        walk(small[relations], on_relation)
    for name, relation in sheets:
        if relation in targets:
            workbook.sheet_of_part[targets[relation]] = name
    styles = next((k for k in small if k.endswith("styles.xml")), None)
    if styles is not None:
        workbook.date_styles = _date_styles(small[styles])
    return workbook


def check_content_types(data: bytes) -> None:
    """Refuse workbooks that say of themselves that they carry macros."""

    def on_type(name: str, attributes: Mapping[str, str]) -> None:
        kind = attributes.get("ContentType", "").casefold()
        if "macroenabled" in kind or "vbaproject" in kind or "macrosheet" in kind:
            raise macro_refused()

    walk(data, on_type)


def _main_part(small: Mapping[str, bytes]) -> str:
    found = ["xl/workbook.xml"]

    def on_relation(name: str, attributes: Mapping[str, str]) -> None:
        if attributes.get("Type", "").endswith("/officeDocument"):
            found.insert(0, attributes.get("Target", "").lstrip("/").casefold())

    if "_rels/.rels" in small:
        walk(small["_rels/.rels"], on_relation)
    return found[0]


def _date_styles(data: bytes) -> list[int]:
    custom: dict[int, bool] = {}
    styles: list[int] = []
    inside = [False]

    def on_style(name: str, attributes: Mapping[str, str]) -> None:
        if name == "numFmt":
            number = attributes.get("numFmtId", "")
            if number.isdigit():
                custom[int(number)] = _is_date(attributes.get("formatCode", ""))
        elif name in ("cellXfs", "cellStyleXfs", "dxfs"):
            inside[0] = name == "cellXfs"
        elif name == "xf" and inside[0]:
            number = attributes.get("numFmtId", "0")
            styles.append(int(number) if number.isdigit() else 0)

    walk(data, on_style)
    return [
        index for index, number in enumerate(styles) if custom.get(number, number in _DATE_FORMATS)
    ]


def _is_date(code: str) -> bool:
    plain = _QUOTED.sub("", code.split(";")[0]).lower()
    return "y" in plain or "d" in plain
