"""Small surveys of every kind of answers a typology can read, with two groups that differ."""

import numpy as np
from survey_builder import build_survey

from assessment.questionnaire.model import Item, ItemKind, Option, Questionnaire, Role
from assessment.survey import Survey

N = 160
_RANDOM_SEED = 3


def _options(count: int) -> tuple[Option, ...]:
    return tuple(Option(code=f"a{n}", label=f"Antwort {n}") for n in range(1, count + 1))


def _survey(items: tuple[Item, ...], rows: list[dict], mark: str = "") -> Survey:
    book = Questionnaire(id="klein", version="1", title="Klein", items=items)
    return build_survey(book, rows, data_hash=f"{items[0].kind}{mark}")


def _groups() -> tuple[np.random.Generator, np.ndarray]:
    random = np.random.default_rng(_RANDOM_SEED)
    return random, np.arange(N) % 2


def ranked(*, as_ranks: bool = False) -> Survey:
    """A full ranking of four goals; ``as_ranks``: the other reading, rank of each goal in turn."""
    random, group = _groups()
    item = Item(id="R", text="Rang", kind=ItemKind.RANKING, options=_options(4), roles=(Role.GOAL,))
    rows = []
    for kind in group:
        # Not the same read backwards, so that only one reading fits.
        worth = np.array([4.0, 4.0, 0.0, -1.0] if kind else [0.0, 4.0, 4.0, -1.0])
        order = np.argsort(-(worth + random.gumbel(size=4)))
        places = np.argsort(order) if as_ranks else order
        rows.append({"R": ";".join(f"a{place + 1}" for place in places)})
    return _survey((item,), rows, mark=str(as_ranks))


def choices(*, crowded: bool = False) -> Survey:
    """One multiple choice; ``crowded``: hardly anybody leaves out the first option."""
    random, group = _groups()
    item = Item(
        id="M", text="Was?", kind=ItemKind.MULTIPLE, options=_options(6), roles=(Role.GOAL,)
    )
    rows = []
    for kind in group:
        share = np.array([0.8, 0.8, 0.8, 0.2, 0.2, 0.2])[:: 1 if kind else -1]
        if crowded:
            share = np.array([0.98, *share[1:]])
        named = np.flatnonzero(random.random(6) < share)
        rows.append({"M": ";".join(f"a{place + 1}" for place in named)})
    return _survey((item,), rows, mark=str(crowded))


def categories() -> Survey:
    """Four single choices without order."""
    random, group = _groups()
    items = tuple(
        Item(id=f"S{n}", text=f"Frage {n}?", kind=ItemKind.SINGLE, options=_options(3),
             roles=(Role.GOAL,))
        for n in range(4)
    )  # fmt: skip
    rows = [
        {item.id: f"a{1 + (random.choice(3, p=(0.8, 0.1, 0.1)) + kind) % 3}" for item in items}
        for kind in group
    ]
    return _survey(items, rows)


def numbers() -> Survey:
    """Four numbers."""
    random, group = _groups()
    items = tuple(
        Item(id=f"Z{n}", text=f"Wie viel {n}?", kind=ItemKind.DECIMAL, roles=(Role.GOAL,))
        for n in range(4)
    )
    rows = [
        {item.id: float(round(random.normal(20 + 30 * kind, 6), 2)) for item in items}
        for kind in group
    ]
    return _survey(items, rows)
