"""Containers of workbooks that no spreadsheet program writes: refused before anything is read."""

import io
import struct
import zipfile

import pytest
from small_files import pack, parts

from assessment.importing import opening
from assessment.importing.container import check_archive
from assessment.importing.limits import Limits
from assessment.importing.opening import open_file
from assessment.remarks import InputRefused

OLE = bytes.fromhex("D0CF11E0A1B11AE1")


def code_of(data: bytes, limits: Limits | None = None) -> str:
    with pytest.raises(InputRefused) as caught:
        check_archive(data, limits or Limits())
    return caught.value.code


def with_extra(name: str, data: bytes = b"x", attributes: int | None = None) -> bytes:
    buffer = io.BytesIO(pack(parts()))
    with zipfile.ZipFile(buffer, "a") as archive:
        info = zipfile.ZipInfo(name)
        if attributes is not None:
            info.create_system, info.external_attr = 3, attributes
        archive.writestr(info, data)
    return buffer.getvalue()


def test_a_good_workbook_passes_with_all_its_parts() -> None:
    found = check_archive(pack(parts()), Limits())
    assert {part.name for part in found} == set(parts())


@pytest.mark.parametrize("name", ["../../x.txt", "/etc/x", "C:\\x", "xl/../../x", "//host/x"])
def test_names_that_lead_out_of_the_archive(name: str) -> None:
    assert code_of(with_extra(name)) == "ARCHIVE_BAD_NAME"


def test_symbolic_links() -> None:
    assert code_of(with_extra("xl/link", b"/etc/passwd", 0o120777 << 16)) == "ARCHIVE_BAD_NAME"


@pytest.mark.parametrize("name", ["xl/worksheets/sheet1.xml", "XL\\Worksheets\\Sheet1.xml"])
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_part_that_exists_twice(name: str) -> None:
    assert code_of(with_extra(name)) == "ARCHIVE_INCONSISTENT"


@pytest.mark.parametrize("name", ["xl/vbaProject.bin", "xl/macrosheets/sheet1.xml"])
def test_macros_by_name_of_the_part(name: str) -> None:
    assert code_of(with_extra(name)) == "MACRO_FILE"


def test_sizes_entries_and_ratio() -> None:
    data = with_extra("xl/media/a.bin", b"\0" * 200_000)
    assert code_of(data, Limits(unpacked_bytes=100_000)) == "ARCHIVE_TOO_LARGE"
    assert code_of(data, Limits(part_bytes=100_000)) == "ARCHIVE_TOO_LARGE"
    assert code_of(data, Limits(entries=3)) == "ARCHIVE_TOO_MANY_ENTRIES"
    packed = pack({"[Content_Types].xml": "<a/>", "xl/a.bin": b"\0" * 2_000_000})
    assert code_of(packed, Limits(ratio_from_bytes=1_000_000)) == "ARCHIVE_TOO_LARGE"


def test_bytes_before_and_behind() -> None:
    data = pack(parts())
    assert code_of(b"<html></html>" + data) in ("ARCHIVE_INCONSISTENT", "CORRUPT")
    assert code_of(data[: len(data) * 6 // 10]) == "CORRUPT"
    assert code_of(data[:-4]) == "CORRUPT"


def test_overlapping_parts() -> None:
    data = bytearray(pack(parts()))
    first = data.index(b"PK\x01\x02")
    second = data.index(b"PK\x01\x02", first + 4)
    # The second entry of the directory points into the first part.
    struct.pack_into("<I", data, second + 42, struct.unpack_from("<I", data, first + 42)[0])
    assert code_of(bytes(data)) == "ARCHIVE_INCONSISTENT"


def test_the_encrypted_flag() -> None:
    data = bytearray(pack(parts()))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert code_of(bytes(data)) == "ENCRYPTED"


def test_a_part_larger_than_the_directory_says() -> None:
    content = parts()
    content["xl/sharedStrings.xml"] = "<sst>" + " " * 5_000 + "</sst>"
    data = bytearray(pack(content))
    at = data.index(b"xl/sharedStrings.xml", data.index(b"PK\x01\x02")) - 46
    struct.pack_into("<I", data, at + 24, 100)
    with pytest.raises(InputRefused) as caught:
        open_file(bytes(data), "u.xlsx")
    assert caught.value.code == "ARCHIVE_INCONSISTENT"


def test_a_wrong_checksum() -> None:
    data = bytearray(pack(parts()))
    at = data.index(b"xl/worksheets/sheet1.xml", data.index(b"PK\x01\x02")) - 46
    data[at + 16] ^= 0xFF
    with pytest.raises(InputRefused) as caught:
        open_file(bytes(data), "u.xlsx")
    assert caught.value.code == "CORRUPT"


def compound(stream: str, fat_count: int = 1) -> bytes:
    """A compound file with an empty stream of this name, as in a password-protected workbook."""
    head = bytearray(512)
    head[:8] = OLE
    struct.pack_into("<HHHHH", head, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<II", head, 44, fat_count, 1)
    struct.pack_into("<IIIII", head, 56, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    struct.pack_into("<109I", head, 76, 0, *[0xFFFFFFFF] * 108)
    fat = struct.pack("<128I", 0xFFFFFFFD, 0xFFFFFFFE, *[0xFFFFFFFF] * 126)

    def entry(name: str, kind: int) -> bytes:
        raw = bytearray(128)
        text = name.encode("utf-16-le") + b"\0\0"
        raw[: len(text)] = text
        struct.pack_into("<HB", raw, 64, len(text), kind)
        struct.pack_into("<I", raw, 116, 0xFFFFFFFE)
        return bytes(raw)

    return bytes(head) + fat + entry("Root Entry", 5) + entry(stream, 2) + bytes(256)


@pytest.mark.parametrize(
    ("stream", "name", "code"),
    [
        ("EncryptedPackage", "u.xlsx", "ENCRYPTED"),
        ("WordDocument", "u.xls", "TYPE_MISMATCH"),
        ("WordDocument", "u.doc", "UNSUPPORTED_TYPE"),
    ],
)
def test_compound_files_are_told_apart_by_their_directory(
    stream: str, name: str, code: str
) -> None:
    with pytest.raises(InputRefused) as caught:
        open_file(compound(stream), name)
    assert caught.value.code == code


@pytest.mark.parametrize("data", [compound("Workbook", 0xFFFFFFF0), compound("x")[:700], OLE])
def test_damaged_compound_files(data: bytes) -> None:
    with pytest.raises(InputRefused) as caught:
        open_file(data, "u.xls")
    assert caught.value.code == "CORRUPT"


def test_containers_are_judged_without_starting_a_process(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_process(*_: object, **__: object) -> None:
        raise AssertionError("a reading process was started")

    monkeypatch.setattr(opening, "read_isolated", no_process)
    for data in (with_extra("../x"), pack(parts())[:-9], with_extra("xl/vbaProject.bin")):
        with pytest.raises(InputRefused):
            open_file(data, "u.xlsx")
