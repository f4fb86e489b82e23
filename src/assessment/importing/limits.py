"""How large a file may be, in every direction in which a file can be large."""

from dataclasses import dataclass

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Upper bounds for one file; the defaults hold twice the largest survey of all municipalities.

    Germany has about 10 700 municipalities; 11 000 rows × 600 columns are 16 MB packed, 171 MB
    unpacked and need about 650 MB to read.
    """

    file_bytes: int = 25 * MIB
    unpacked_bytes: int = 256 * MIB
    """All parts of an archive together."""
    part_bytes: int = 200 * MIB
    """One part of an archive."""
    packing_ratio: int = 200
    """Unpacked : packed, looked at only from ``ratio_from_bytes`` on (office files: 8 to 25)."""
    ratio_from_bytes: int = 16 * MIB
    entries: int = 2_000
    sheets: int = 50
    rows: int = 20_000
    columns: int = 2_000
    filled_cells: int = 7_000_000
    grid_cells: int = 12_000_000
    """Rows × columns, empty cells included."""
    cell_characters: int = 32_767
    """The limit of Excel itself."""
    xml_depth: int = 32
    xml_attributes: int = 64
    child_memory_bytes: int = 1_536 * MIB
    child_cpu_seconds: int = 60
    child_wall_seconds: float = 90.0
    answer_bytes: int = 512 * MIB
    """What the reading process may hand back."""
