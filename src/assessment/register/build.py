"""Builds the files of ``data/register/`` from the official Gemeindeverzeichnis.

Run once per edition, at development time::

    python -m assessment.register.build GV100AD_31082025.txt --regiostar regiostar7.csv
        --geometry abgleich_geometrie2021_register2025.csv --out data/register

Source of the record layout: „Datensatzbeschreibung GV100AD“ of Destatis (fixed width 220, UTF-8).
"""

import argparse
import csv
import gzip
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

_LAND, _KREIS, _VERBAND, _MUNICIPALITY = "10", "40", "50", "60"


def records(text: str) -> Iterable[tuple[str, str]]:
    """Record type and line of every record the register uses (types 10, 40, 50, 60)."""
    for line in text.removeprefix("\ufeff").splitlines():
        if line[:2] in (_LAND, _KREIS, _VERBAND, _MUNICIPALITY):
            yield line[:2], line


def build_tables(gv100ad: str, regiostar: dict[str, str]) -> dict[str, list[list[str]]]:
    """Tables by file name, header first; ``regiostar`` maps AGS to RegioStaR7."""
    tables: dict[str, list[list[str]]] = {
        "laender": [["land", "name"]],
        "kreise": [["kreis", "name", "art"]],
        "verbaende": [["ars9", "name", "art"]],
        "gemeinden": [["ars", "name", "art", "einwohner", "flaeche_km2", "regiostar7"]],
    }
    for record, line in records(gv100ad):
        name, kind = line[22:72].strip(), line[122:124]
        if record == _LAND:
            tables["laender"].append([line[10:12], name])
        elif record == _KREIS:
            tables["kreise"].append([line[10:15], name, kind])
        elif record == _VERBAND:
            tables["verbaende"].append([line[10:15] + line[18:22], name, kind])
        else:
            ars, ags = line[10:15] + line[18:22] + line[15:18], line[10:18]
            area = f"{int(line[128:139]) / 100:.2f}"
            people = str(int(line[139:150]))
            tables["gemeinden"].append([ars, name, kind, people, area, regiostar.get(ags, "")])
    return tables


def former_keys(
    current: set[str], regiostar: Iterable[str], geometry: Iterable[tuple[str, str]]
) -> list[list[str]]:
    """Keys of older lists that the current register lacks: ``ags, name, stand``, header first.

    The RegioStaR list sums up the Bavarian gemeindefreie Gebiete of a Kreis under ``…444`` and
    above; these were never keys of the Gemeindeverzeichnis and are left out.
    """
    names = {ags: name for ags, name in geometry if ags not in current}
    listed = {ags for ags in regiostar if ags not in current}
    listed -= {ags for ags in listed if ags.startswith("09") and int(ags[5:]) >= 444}
    rows = [["ags", "name", "stand"]]
    for ags in sorted(listed | set(names)):
        state = "2021-01-01" if ags in names else "2018"
        rows.append([ags, names.get(ags, ""), state])
    return rows


def write_table(path: Path, rows: Sequence[Sequence[str]]) -> None:
    """Write a semicolon CSV, UTF-8; gzipped without name and time if ``path`` ends in ``.gz``."""
    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=";", lineterminator="\n").writerows(rows)
    data = buffer.getvalue().encode()
    path.write_bytes(gzip.compress(data, 9, mtime=0) if path.suffix == ".gz" else data)


def main(arguments: Sequence[str] | None = None) -> None:
    """Command line entry, see the module's first lines."""
    parser = argparse.ArgumentParser(description="Register aus dem Gemeindeverzeichnis aufbauen")
    parser.add_argument("gv100ad", type=Path)
    parser.add_argument("--regiostar", type=Path, required=True, help="CSV mit ags, rt7")
    parser.add_argument("--geometry", type=Path, required=True, help="CSV mit status; ags; name")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args(arguments)
    with options.regiostar.open(encoding="utf-8", newline="") as file:
        regiostar = {row["ags"]: row["rt7"] for row in csv.DictReader(file)}
    with options.geometry.open(encoding="utf-8", newline="") as file:
        geometry = [
            (row["ags"], row["name"])
            for row in csv.DictReader(file, delimiter=";")
            if row["status"] == "nur_geometrie_2021"
        ]
    tables = build_tables(options.gv100ad.read_text(encoding="utf-8"), regiostar)
    current = {row[0][:5] + row[0][9:] for row in tables["gemeinden"][1:]}
    for name in ("gemeinden", "verbaende"):
        write_table(options.out / f"{name}.csv.gz", tables[name])
    for name in ("kreise", "laender"):
        write_table(options.out / f"{name}.csv", tables[name])
    write_table(options.out / "ehemalige.csv", former_keys(current, regiostar, geometry))


if __name__ == "__main__":
    main()
