"""SPSS files: names, labels and declared missing values come with the columns."""

from datetime import date
from pathlib import Path

import pandas as pd
import pyreadstat
import pytest

from assessment.importing.limits import Limits
from assessment.importing.opening import OpenedFile, open_file
from assessment.remarks import InputRefused


@pytest.fixture
def saved(tmp_path: Path) -> bytes:
    frame = pd.DataFrame(
        {
            "ags": ["01000001", "01000002", "01000003"],
            "q1": [1.0, 9.0, None],
            "tag": [date(2024, 3, 1), date(2024, 3, 2), date(2024, 3, 3)],
        }
    )
    path = tmp_path / "umfrage.sav"
    pyreadstat.write_sav(
        frame,
        str(path),
        column_labels={"q1": "Gibt es eine Strategie?"},
        variable_value_labels={"q1": {1.0: "Ja", 2.0: "Nein", 9.0: "weiß nicht"}},
        missing_ranges={"q1": [9.0]},
    )
    return path.read_bytes()


def columns(opened: OpenedFile) -> dict[str, list[object]]:
    table = opened.sheets[0]
    return {c.name: [c.cell(row) for row in range(table.n_rows)] for c in table.columns}


def test_values_labels_and_missing_values(saved: bytes) -> None:
    opened = open_file(saved, "umfrage.sav")
    table = opened.sheets[0]
    assert opened.format == "sav"
    assert table.labelled
    assert columns(opened)["ags"] == ["01000001", "01000002", "01000003"]
    assert columns(opened)["q1"] == [1.0, 9.0, None]
    assert columns(opened)["tag"][0] == date(2024, 3, 1)
    question = table.columns[1]
    assert question.label == "Gibt es eine Strategie?"
    assert question.value_labels == {1.0: "Ja", 2.0: "Nein", 9.0: "weiß nicht"}
    assert question.missing == frozenset({9.0})


@pytest.mark.parametrize(
    ("limits", "code"),
    [(Limits(columns=2), "TOO_MANY_COLUMNS"), (Limits(rows=2), "TOO_MANY_ROWS")],
)
def test_limits(saved: bytes, limits: Limits, code: str) -> None:
    with pytest.raises(InputRefused) as caught:
        open_file(saved, "umfrage.sav", limits)
    assert caught.value.code == code


@pytest.mark.parametrize("keep", [30, 200])
def test_a_cut_file_is_refused(saved: bytes, keep: int) -> None:
    with pytest.raises(InputRefused) as caught:
        open_file(saved[:keep], "umfrage.sav")
    assert caught.value.code == "CORRUPT"


def test_a_workbook_named_sav_is_refused(saved: bytes) -> None:
    with pytest.raises(InputRefused) as caught:
        open_file(saved, "umfrage.xlsx")
    assert caught.value.code == "TYPE_MISMATCH"
