"""The container of .xls files (compound file): its directory and its streams, all bounds checked.

Counts in the header are compared with the size of the file before anything is done with them,
because reader libraries reserve memory by them.
"""

import struct

from assessment.importing.readers.messages import corrupt

_HEADER = 512
_END_OF_CHAIN = 0xFFFFFFFA
"""Sector numbers from here on are marks, not sectors."""
_STREAM, _ROOT = 2, 5
_SMALL_STREAM = 4096


class CompoundFile:
    """Directory entries and streams of a compound file. Raises :class:`Refusal` (``CORRUPT``)."""

    def __init__(self, data: bytes) -> None:
        if len(data) < _HEADER + 512:
            raise corrupt("Die Datei ist unvollständig.")
        self._data = data
        shift, small_shift = struct.unpack_from("<HH", data, 30)
        if shift not in (9, 12) or small_shift != 6:
            raise corrupt()
        self._sector = 1 << shift
        self._sectors = -(-(len(data) - self._sector) // self._sector)
        fat_count, self._directory_start = struct.unpack_from("<II", data, 44)
        small_start, small_count, difat_start, difat_count = struct.unpack_from("<4I", data, 60)
        if max(fat_count, small_count, difat_count) > self._sectors:
            raise corrupt(
                "Die Datei ist beschädigt: sie nennt mehr Abschnitte, als sie enthalten kann."
            )
        self._fat = self._read_fat(fat_count, difat_start, difat_count)
        self.entries = self._read_directory()
        self._small_fat = self._numbers(self._chain(small_start)) if small_count else ()
        self._small: bytes | None = None

    def names(self) -> set[str]:
        """Names of all storages and streams, in lower case."""
        return {name.casefold() for name, _, _, _ in self.entries}

    def stream(self, wanted: str) -> bytes | None:
        """The bytes of a stream by name, ``None`` if there is none of that name."""
        for name, kind, start, size in self.entries:
            if kind == _STREAM and name.casefold() == wanted:
                if size > len(self._data):
                    raise corrupt()
                if size >= _SMALL_STREAM:
                    return self._bytes(self._chain(start))[:size]
                return self._small_stream(start)[:size]
        return None

    def _read_fat(self, count: int, difat: int, difat_count: int) -> tuple[int, ...]:
        sectors = [n for n in struct.unpack_from("<109I", self._data, 76) if n < _END_OF_CHAIN]
        for _ in range(difat_count):
            if difat >= _END_OF_CHAIN:
                break
            numbers = self._numbers([difat])
            sectors.extend(n for n in numbers[:-1] if n < _END_OF_CHAIN)
            difat = numbers[-1]
        return self._numbers(sectors[:count])

    def _read_directory(self) -> list[tuple[str, int, int, int]]:
        raw = self._bytes(self._chain(self._directory_start))
        entries = []
        for at in range(0, len(raw) - 127, 128):
            length, kind = struct.unpack_from("<HB", raw, at + 64)
            if kind not in (1, _STREAM, _ROOT) or length > 64:
                continue
            name = raw[at : at + max(0, length - 2)].decode("utf-16-le", "replace")
            start, size = struct.unpack_from("<II", raw, at + 116)
            entries.append((name, kind, start, size))
        if not entries:
            raise corrupt()
        return entries

    def _small_stream(self, start: int) -> bytes:
        if self._small is None:
            root = next((e for e in self.entries if e[1] == _ROOT), None)
            if root is None:
                raise corrupt()
            self._small = self._bytes(self._chain(root[2]))
        pieces = []
        for _ in range(len(self._small_fat) + 1):
            if start >= _END_OF_CHAIN:
                break
            if start >= len(self._small_fat):
                raise corrupt()
            pieces.append(self._small[start * 64 : start * 64 + 64])
            start = self._small_fat[start]
        return b"".join(pieces)

    def _chain(self, start: int) -> list[int]:
        chain: list[int] = []
        while start < _END_OF_CHAIN:
            if start >= len(self._fat) or len(chain) > self._sectors:
                raise corrupt()
            chain.append(start)
            start = self._fat[start]
        return chain

    def _bytes(self, chain: list[int]) -> bytes:
        pieces = []
        for sector in chain:
            at = (sector + 1) * self._sector
            if at >= len(self._data):
                raise corrupt("Die Datei ist unvollständig.")
            pieces.append(self._data[at : at + self._sector])
        return b"".join(pieces)

    def _numbers(self, chain: list[int]) -> tuple[int, ...]:
        raw = self._bytes(chain)
        return struct.unpack_from(f"<{len(raw) // 4}I", raw)
