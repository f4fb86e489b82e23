"""A fingerprint of the answers that doesn't depend on the file they came in."""

import hashlib
from typing import cast

import numpy as np
import pandas as pd

from assessment.importing.municipality_keys import ROW_KEY


def data_hash(answers: pd.DataFrame, status: pd.DataFrame) -> str:
    """SHA-256 of answers and status as taken.

    Equal for the same answers in another file format, column order or row order: columns are
    sorted by item, rows by key. Rows without a municipality count in the order of the file and
    without their row number, so that a blank line above them changes nothing.
    """
    keys: list[str] = answers.index.tolist()
    nameless = [key.startswith(ROW_KEY) for key in keys]
    order = sorted(range(len(keys)), key=lambda i: (nameless[i], "" if nameless[i] else keys[i], i))
    rows = np.array(order, dtype=np.int64)
    digest = hashlib.sha256()
    shown = ["" if nameless[i] else keys[i] for i in order]
    digest.update("\x1f".join(shown).encode("utf-8", "surrogatepass"))
    for item in sorted(str(column) for column in answers.columns):
        digest.update(f"\x1e{item}\x1f".encode("utf-8", "surrogatepass"))
        digest.update(_canonical(cast(pd.Series, answers[item]), rows))
        digest.update(np.ascontiguousarray(status[item].to_numpy()[rows]).tobytes())
    return digest.hexdigest()


def _canonical(column: pd.Series, rows: np.ndarray) -> bytes:
    if not isinstance(column.dtype, pd.CategoricalDtype):
        values = column.to_numpy()[rows]
        if values.dtype.kind == "f":
            values = values + 0.0  # -0.0 and 0.0 are the same answer
            values[np.isnan(values)] = np.nan
            return values.tobytes()
        return values.astype("datetime64[s]").astype(np.int64).tobytes()
    codes = column.cat.codes.to_numpy()[rows].astype(np.int64)
    used = np.unique(codes[codes >= 0])
    texts: list[str] = column.cat.categories.take(used).tolist()
    rank = np.full(len(column.cat.categories) + 1, -1, dtype=np.int64)
    for place, index in enumerate(sorted(range(len(texts)), key=texts.__getitem__)):
        rank[used[index]] = place
    names = "\x1f".join(sorted(texts)).encode("utf-8", "surrogatepass")
    return names + rank[codes].astype(np.int32).tobytes()
