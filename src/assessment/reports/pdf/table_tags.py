"""What Typst can't yet say about tables through its Python package: row heads and summaries.

Its PDF files have plain objects and one cross-reference table; here the objects of the structure
tree are changed and the table is written again. Every cell finds its heads by ``Scope`` alone, as
in HTML: our tables merge no cells, so lists of ids for each cell aren't needed.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_ELEMENT = re.compile(rb"\A\d+ 0 obj\n<</Type/StructElem/S/(\w+)")
_ROOT = re.compile(rb"\A\d+ 0 obj\n<</Type/StructTreeRoot")
_KIDS = re.compile(rb"/K\[((?:<<.*?>>|[^\[\]<>])*)\]")
_BRACKET = re.compile(rb"\\.|[()]", re.DOTALL)
"""An escaped byte, or where a text begins or ends."""
_SINGLE_KID = re.compile(rb"/K (\d+) 0 R")
_REFERENCE = re.compile(rb"(\d+) 0 R")
_HEADERS = re.compile(rb"/Headers\[[^\]]*\]")
_EMPTY_ATTRIBUTES = re.compile(rb"<</O/Table>>")


@dataclass(frozen=True, slots=True)
class _File:
    head: bytes
    objects: dict[int, bytes]
    """In the order of the file."""
    trailer: bytes
    """From ``trailer`` up to the new offset."""


def with_row_heads(pdf: bytes, summaries: Sequence[str]) -> bytes:
    """The PDF with the first cell of each body row as its head and a summary for each table.

    ``summaries``: one for each table in the order of reading; ``""`` gives none. Raises
    ``ValueError`` if the file holds another number of tables or isn't built as expected.
    """
    file = _read(pdf)
    tables = [n for n in _elements(file.objects) if _kind(file.objects[n]) == b"Table"]
    if len(tables) != len(summaries):
        raise ValueError(f"{len(tables)} tables in the PDF, {len(summaries)} in the document")
    for number, summary in zip(tables, summaries, strict=True):
        _tag_table(file.objects, number, summary)
    return _written(file)


def _read(pdf: bytes) -> _File:
    """Objects by number from the cross-reference table."""
    found = re.search(rb"startxref\s+(\d+)\s+%%EOF\s*\Z", pdf)
    if found is None:
        raise ValueError("no cross-reference table")
    at = int(found.group(1))
    head = re.match(rb"xref\s+0 (\d+)\s+", pdf[at:])
    if head is None:
        raise ValueError("no cross-reference table")
    entries = at + head.end()
    offsets = {
        number: int(pdf[entries + 20 * number : entries + 20 * number + 10])
        for number in range(1, int(head.group(1)))
        if pdf[entries + 20 * number + 17 : entries + 20 * number + 18] == b"n"
    }
    order = sorted(offsets, key=lambda number: offsets[number])
    ends = [offsets[number] for number in order[1:]] + [at]
    trailer = pdf.index(b"trailer", at)
    return _File(
        head=pdf[: offsets[order[0]]],
        objects={n: pdf[offsets[n] : end] for n, end in zip(order, ends, strict=True)},
        trailer=pdf[trailer : pdf.rindex(b"startxref")],
    )


def _written(file: _File) -> bytes:
    parts, offsets, at = [file.head], {}, len(file.head)
    for number, content in file.objects.items():
        offsets[number] = at
        parts.append(content)
        at += len(content)
    size = max(offsets) + 1
    parts.append(b"xref\n0 %d\n0000000000 65535 f\r\n" % size)
    for number in range(1, size):
        parts.append(
            b"%010d 00000 n\r\n" % offsets[number]
            if number in offsets
            else b"0000000000 00000 f\r\n"
        )
    parts.append(file.trailer + b"startxref\n%d\n%%%%EOF" % at)
    return b"".join(parts)


def _elements(objects: dict[int, bytes]) -> Iterator[int]:
    """Numbers of the structure elements in the order of reading."""
    root = next(content for content in objects.values() if _ROOT.match(content))
    waiting = list(reversed(_kids(root)))
    while waiting:
        number = waiting.pop()
        yield number
        waiting.extend(
            kid for kid in reversed(_kids(objects[number])) if _ELEMENT.match(objects[kid])
        )


def _kind(element: bytes) -> bytes:
    found = _ELEMENT.match(element)
    return found.group(1) if found else b""


def _kids(element: bytes) -> list[int]:
    """Elements below; content and annotations of the page are left out."""
    bare = _masked(element)
    found = _KIDS.search(bare)
    if found is None:
        single = _SINGLE_KID.search(bare)
        return [int(single.group(1))] if single else []
    return [int(n) for n in _REFERENCE.findall(re.sub(rb"<<.*?>>", b"", found.group(1)))]


def _tag_table(objects: dict[int, bytes], table: int, summary: str) -> None:
    if summary:
        text = (b"\xfe\xff" + summary.encode("utf-16-be")).hex().upper().encode()
        objects[table] = _with_attribute(objects[table], b"<</O/Table/Summary<" + text + b">>>")
    head: list[list[int]] = []
    body: list[list[int]] = []
    for group in _kids(objects[table]):
        kind = _kind(objects[group])
        rows = [group] if kind == b"TR" else _kids(objects[group]) if kind != b"Caption" else []
        (head if kind == b"THead" else body).extend(_kids(objects[row]) for row in rows)
    # Where heads would outnumber what they head, as in two columns below a head row, checkers
    # suspect an error; there the names of the columns are enough.
    heads = sum(map(len, head)) + len(body)
    with_heads = heads <= sum(len(row) - 1 for row in body)
    for row in [*head, *body]:
        for place, cell in enumerate(row):
            first = place == 0 and with_heads and row in body
            objects[cell] = _tagged_cell(objects[cell], head=first)


def _tagged_cell(cell: bytes, *, head: bool) -> bytes:
    """Without lists of ids; a row's head gets its scope."""
    cell = _EMPTY_ATTRIBUTES.sub(b"", _HEADERS.sub(b"", cell))
    if head and _kind(cell) == b"TD":
        cell = cell.replace(b"/StructElem/S/TD", b"/StructElem/S/TH", 1)
        return _with_attribute(cell, b"<</O/Table/Scope/Row>>")
    return cell


def _masked(element: bytes) -> bytes:
    """The element with ``x`` for every byte of its texts: they may hold anything."""
    if b"(" not in element:
        return element
    parts, depth, begin = [], 0, 0
    # From bracket to bracket: a bulk job asks for thousands of elements.
    for found in _BRACKET.finditer(element):
        if found.group() == b"(":
            if not depth:
                parts.append(element[begin : found.end()])
                begin = found.end()
            depth += 1
        elif found.group() == b")" and depth:
            depth -= 1
            if not depth:
                parts.append(b"x" * (found.start() - begin))
                begin = found.start()
    parts.append(b"x" * (len(element) - begin) if depth else element[begin:])
    return b"".join(parts)


def _with_attribute(element: bytes, attribute: bytes) -> bytes:
    """Put ``attribute`` first in the list ``/A``, which may not be there yet."""
    at = _masked(element).find(b"/A[")
    if at >= 0:
        return element[: at + 3] + attribute + element[at + 3 :]
    return re.sub(rb"(/S/\w+)", rb"\1/A[" + attribute + b"]", element, count=1)
