"""Fictitious place names: built from syllables, checked against the register of real names."""

from functools import lru_cache
from itertools import product
from pathlib import Path

import numpy as np
import yaml

from assessment.content import data_path
from assessment.register import load_register


@lru_cache(maxsize=1)
def _syllables() -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    path: Path = data_path("simulation", "place_names.yaml")
    parts = yaml.safe_load(path.read_text(encoding="utf-8"))
    return tuple(parts["fronts"]), tuple(parts["stems"]), tuple(parts["endings"])


def _joined(front: str, stem: str, ending: str) -> str:
    first = stem if not front or front.endswith(" ") else stem.lower()
    return f"{front}{first}{ending}"


def _readable(stem: str, ending: str) -> bool:
    """No three equal letters in a row, and no vowel running into a vowel."""
    seam = (stem[-2:] + ending[:2]).lower()
    tripled = seam[0] == seam[1] == seam[2] or seam[1] == seam[2] == seam[3]
    return not tripled and stem[-1].lower() != ending[0].lower()


@lru_cache(maxsize=1)
def _all_names() -> tuple[str, ...]:
    """All names that can be built, unfolded, in a fixed order (plain ones before „Ober…“)."""
    fronts, stems, endings = _syllables()
    names = (
        _joined(front, stem, ending)
        for front, stem, ending in product(dict.fromkeys(fronts), stems, endings)
        if _readable(stem, ending)
    )
    return tuple(dict.fromkeys(names))


def fictitious_names(count: int, generator: np.random.Generator) -> tuple[str, ...]:
    """``count`` different names that no municipality, Kreis or Verband of the register bears.

    About half of them come without „Ober…“, „Neu…“ and the like. ``ValueError`` if the syllables
    don't yield that many.
    """
    register = load_register()
    names = _all_names()
    _, stems, endings = _syllables()
    plain = sum(_readable(stem, ending) for stem, ending in product(stems, endings))
    # Plain names are preferred by a random key that is smaller for them on average.
    keys = generator.random(len(names)) + np.where(np.arange(len(names)) < plain, 0.0, 0.6)
    chosen: list[str] = []
    for index in np.argsort(keys, kind="stable"):
        if len(chosen) == count:
            break
        if not register.has_name(names[index]):
            chosen.append(names[index])
    if len(chosen) < count:
        raise ValueError(f"only {len(chosen)} fictitious names for {count} municipalities")
    return tuple(chosen)
