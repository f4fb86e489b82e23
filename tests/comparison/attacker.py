"""An attacker: turns what is shown into linear constraints and bounds what others answered.

It assumes the worst: who belongs to which group, who answered and which answers are possible are
known, and one or two municipalities know their own. Municipalities in the same groups can't be told
apart; of each such cell the attacker knows how many there are. Unknown is how many of a cell gave
each answer. An answer is impossible for a municipality if not one of its cell can have given it.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import block_diag

LEAST_SHARE = 0.2
LEAST_POINTS = 2.0
"""Rule 5: what must stay open is 20 % of the value, or 2 points."""
LEAST_OF_SCALE = 0.2
"""The same for means, of the whole scale: a share of a value near zero would ask for nothing."""
TOLERANCE = 1e-6


@dataclass(frozen=True, eq=False)
class Count:
    """How many of ``members`` answered from ``low`` to under ``high``: ``least`` to ``most``."""

    members: np.ndarray
    low: float
    high: float
    least: float
    most: float
    source: str = ""


@dataclass(frozen=True, eq=False)
class Mean:
    """The mean of ``members`` lies from ``low`` to ``high``."""

    members: np.ndarray
    low: float
    high: float
    source: str = ""


@dataclass(frozen=True, eq=False)
class Question:
    """One question with everything shown about it."""

    name: str
    values: np.ndarray
    """True answers, ``NaN`` = not answered; only used for the attackers' own and to check."""
    possible: np.ndarray
    """Ascending possible answers."""
    facts: list[Count] = field(default_factory=list)
    means: list[Mean] = field(default_factory=list)
    nominal: bool = False
    """Answers have no distance: only an exact answer is a finding."""


@dataclass(frozen=True)
class Finding:
    """What the attacker knows of a cell of municipalities, more than the rules allow."""

    question: str
    members: int
    low: float
    high: float
    exact: bool


def quantile_facts(
    members: np.ndarray,
    q: float,
    shown: float,
    *,
    scale: tuple[float, float] = (0.0, 100.0),
    half: float = 0.5,
    source: str = "",
) -> list[Count]:
    """What an interpolated quantile of ``members`` (bool mask of who answered) says.

    It was rounded: the true one lies from ``shown − half`` to under ``shown + half``.
    """
    n = int(members.sum())
    low, high = shown - half, shown + half
    place = (n - 1) * q
    below = int(np.floor(place))
    part = place - below
    if part == 0:
        return [
            Count(members, -np.inf, low, 0, below, source),
            Count(members, -np.inf, high, below + 1, n, source),
        ]
    # Between two answers: neither may be so far off that the other would leave the scale.
    least_below = (low - part * scale[1]) / (1 - part)
    most_above = (high - (1 - part) * scale[0]) / part
    return [
        Count(members, -np.inf, high, below + 1, n, source),
        Count(members, -np.inf, low, 0, below + 1, source),
        Count(members, -np.inf, least_below, 0, below, source),
        Count(members, -np.inf, most_above, below + 2, n, source),
    ]


def attack(question: Question, known: Collection[int]) -> list[Finding]:
    """All cells of which more follows than the rules allow, for attackers in the rows ``known``."""
    return _CountAttack(question, known).findings()


class _CountAttack:
    def __init__(self, question: Question, known: Collection[int]) -> None:
        self.question = question
        answered = ~np.isnan(question.values)
        own = np.zeros(len(answered), dtype=bool)
        own[list(known)] = True
        self.own = own & answered
        self.unknown = answered & ~own
        facts = [*question.facts, *question.means]
        masks = [fact.members[self.unknown] for fact in facts]
        stacked = np.stack(masks) if masks else np.zeros((0, int(self.unknown.sum())), bool)
        self.cells, self.cell, self.sizes = np.unique(
            stacked, axis=1, return_inverse=True, return_counts=True
        )
        self.cell = self.cell.reshape(-1)
        self.bins, self.bin_low, self.bin_high = self._bins()
        self.rows: list[np.ndarray] = []
        self.bounds: list[float] = []
        self._constraints()

    def _bins(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Bin of each possible answer; answers no fact tells apart are one bin."""
        possible, facts = self.question.possible, self.question.facts
        if self.question.means and len(possible) <= 12:
            bins = np.arange(len(possible))
        else:
            edges = np.unique([edge for fact in facts for edge in (fact.low, fact.high)])
            places = np.searchsorted(edges, possible, side="right")
            bins = np.unique(places, return_inverse=True)[1].reshape(-1)
        first = np.searchsorted(bins, np.arange(bins.max() + 1), side="left")
        last = np.searchsorted(bins, np.arange(bins.max() + 1), side="right") - 1
        return bins, possible[first], possible[last]

    def _bin_of(self, values: np.ndarray) -> np.ndarray:
        places = np.searchsorted(self.question.possible, values - TOLERANCE)
        return self.bins[places]

    def _constraints(self) -> None:
        values = self.question.values
        for number, fact in enumerate(self.question.facts):
            mine = values[self.own & fact.members]
            inside = int(((mine >= fact.low) & (mine < fact.high)).sum())
            chosen = (self.bin_low >= fact.low) & (self.bin_high < fact.high)
            row = np.outer(self.cells[number], chosen).reshape(-1).astype(float)
            self._between(row, fact.least - inside, fact.most - inside)
        for number, mean in enumerate(self.question.means, start=len(self.question.facts)):
            asked = ~np.isnan(values) & mean.members
            n, mine = int(asked.sum()), float(values[self.own & mean.members].sum())
            lowest = np.outer(self.cells[number], self.bin_low).reshape(-1)
            highest = np.outer(self.cells[number], self.bin_high).reshape(-1)
            self.rows.append(lowest)
            self.bounds.append(mean.high * n - mine)
            self.rows.append(-highest)
            self.bounds.append(-(mean.low * n - mine))

    def _between(self, row: np.ndarray, least: float, most: float) -> None:
        self.rows += [row, -row]
        self.bounds += [most, -least]

    def findings(self) -> list[Finding]:
        truth = self._truth()
        if self.rows:
            over = np.stack(self.rows) @ truth.reshape(-1) - np.array(self.bounds)
            if (over > TOLERANCE).any():
                number = int(over.argmax())
                facts = [*self.question.facts, *self.question.means]
                raise AssertionError(
                    f"{self.question.name}: what was read is not true: {facts[number // 2].source}"
                )
        found = []
        for cell in range(len(self.sizes)):
            # What is true is possible: the attacker can't exclude it.
            feasible = set(np.flatnonzero(truth[cell]))
            far = sorted(
                set(range(len(self.bin_low))) - feasible,
                key=lambda b: -abs(self.bin_low[b] - self.bin_low[min(feasible)]),
            )
            for candidate in far:
                if not self._verdict(feasible):
                    break
                if self._most(cell, candidate) >= 1 - TOLERANCE:
                    feasible.add(candidate)
            kind = self._verdict(feasible)
            if kind:
                low, high = self._span(feasible)
                found.append(
                    Finding(self.question.name, int(self.sizes[cell]), low, high, kind == "exact")
                )
        return found

    def _truth(self) -> np.ndarray:
        truth = np.zeros((len(self.sizes), len(self.bin_low)))
        np.add.at(truth, (self.cell, self._bin_of(self.question.values[self.unknown])), 1)
        return truth

    def _span(self, feasible: set[int]) -> tuple[float, float]:
        return (
            float(min(self.bin_low[b] for b in feasible)),
            float(max(self.bin_high[b] for b in feasible)),
        )

    def _verdict(self, feasible: set[int]) -> str:
        low, high = self._span(feasible)
        if low == high:
            return "exact"
        if self.question.nominal:
            return ""
        width = high - low
        narrow = width < LEAST_POINTS and width < LEAST_SHARE * abs(high)
        return "narrow" if narrow else ""

    def _most(self, cell: int, chosen: int) -> float:
        """The most of a cell who can have given the answers of a bin."""
        cells, bins = len(self.sizes), len(self.bin_low)
        if not self.rows:
            return float(self.sizes[cell])
        whole = np.kron(np.eye(cells), np.ones(bins))
        goal = np.zeros(cells * bins)
        goal[cell * bins + chosen] = -1.0
        solved = linprog(
            goal,
            A_ub=np.stack(self.rows),
            b_ub=np.array(self.bounds),
            A_eq=whole,
            b_eq=self.sizes.astype(float),
            method="highs",
        )
        # Constraints that contradict each other would be an error of the attacker's.
        assert solved.status == 0, (self.question.name, solved.message)
        return float(-solved.fun)


def attack_means(
    name: str,
    values: np.ndarray,
    scale: tuple[float, float],
    means: Sequence[Mean],
    known: Collection[int],
) -> list[Finding]:
    """The same for answers on a continuous scale of which only means are shown."""
    low, high = scale
    answered = ~np.isnan(values)
    own = np.zeros(len(values), dtype=bool)
    own[list(known)] = True
    unknown = answered & ~own
    if not means:
        return []
    stacked = np.stack([mean.members[unknown] for mean in means])
    cells, cell, sizes = np.unique(stacked, axis=1, return_inverse=True, return_counts=True)
    sums = np.bincount(cell.reshape(-1), weights=values[unknown], minlength=len(sizes))
    rows, bounds = [], []
    for number, mean in enumerate(means):
        n = int((mean.members & answered).sum())
        mine = float(values[mean.members & answered & own].sum())
        rows += [cells[number].astype(float), -cells[number].astype(float)]
        bounds += [mean.high * n - mine, -(mean.low * n - mine)]
    over = np.stack(rows) @ sums - np.array(bounds)
    assert (over <= TOLERANCE).all(), f"{name}: what was read is not true: {over.max()}"
    least = LEAST_OF_SCALE * (high - low)
    found = []
    for place, n in enumerate(sizes):
        # Where the true sum leaves enough open, everything the attacker can't exclude does.
        ends = [_open(sums[place], sums[place], int(n), scale)]
        if ends[0][1] - ends[0][0] < least:
            smallest, largest = (
                sign
                * linprog(
                    sign * np.eye(len(sizes))[place],
                    A_ub=np.stack(rows),
                    b_ub=np.array(bounds) + 1e-9,
                    bounds=[(low * size, high * size) for size in sizes],
                    method="highs",
                ).fun
                for sign in (1, -1)
            )
            ends = [_open(smallest, largest, int(n), scale)]
        start, end = ends[0]
        if end - start < least:
            found.append(Finding(name, int(n), start, end, end - start < TOLERANCE))
    return found


def _open(
    smallest: float, largest: float, n: int, scale: tuple[float, float]
) -> tuple[float, float]:
    """What one of ``n`` can have answered if all together gave ``smallest`` to ``largest``."""
    low, high = scale
    return max(low, smallest - (n - 1) * high), min(high, largest - (n - 1) * low)


def attack_table(
    name: str,
    cells: Sequence[Sequence[int | None]],
    rows: Sequence[int | None],
    columns: Sequence[int | None],
    total: int | None,
    *,
    below: float = np.inf,
) -> list[Finding]:
    """Hidden counts of a table that follow from its shown cells and sums.

    ``below``: larger ones don't matter, because they were hidden for the sake of others.
    """
    places = [(r, c) for r, row in enumerate(cells) for c, n in enumerate(row) if n is None]
    if not places:
        return []
    sums, known = [], []
    lines = [(rows, 0, cells), (columns, 1, list(zip(*cells, strict=True)))]
    for totals, axis, content in lines:
        for number, (line_total, line) in enumerate(zip(totals, content, strict=True)):
            if line_total is not None:
                sums.append([float(place[axis] == number) for place in places])
                known.append(line_total - sum(n or 0 for n in line))
    if total is not None:
        sums.append([1.0] * len(places))
        known.append(total - sum(n or 0 for row in cells for n in row))
    if not sums:
        return []
    found = []
    for low, high in _intervals(np.array(sums), np.array(known, dtype=float), len(places)):
        narrow = high - low < LEAST_POINTS - TOLERANCE and high - low < LEAST_SHARE * high
        exact = high - low < TOLERANCE
        if (narrow or exact) and high < below:
            found.append(Finding(name, 0, low, high, exact))
    return found


def _intervals(sums: np.ndarray, known: np.ndarray, unknowns: int) -> list[tuple[float, float]]:
    """Smallest and largest each unknown from 0 can be, in one programme of independent blocks."""
    if len(sums) == 1 and sums.all():
        return [(known[0] if unknowns == 1 else 0.0, known[0])] * unknowns
    cap = float(known.max()) + 100.0
    goals = np.concatenate([np.eye(unknowns), -np.eye(unknowns)])
    solved = linprog(
        goals.reshape(-1),
        A_eq=block_diag([sums] * len(goals), format="csr"),
        b_eq=np.tile(known, len(goals)),
        bounds=(0, cap),
        method="highs",
    )
    assert solved.status == 0, solved.message
    ends = (solved.x.reshape(goals.shape) * np.abs(goals)).sum(axis=1)
    return list(zip(ends[:unknowns], ends[unknowns:], strict=True))


WHOLE = {"median", "low", "high", "score", "everybody", "peers", "relative", "reference"}
ONE_DECIMAL = {"value", "mean"}
"""Names of statistics of others in plain data, and how finely they may be shown (rule 9)."""


def raw_numbers(content: object, path: str = "") -> list[str]:
    """Places of statistics with more digits than rule 9 allows, in plain data of a page."""
    if isinstance(content, dict):
        return [f for name, part in content.items() for f in raw_numbers(part, f"{path}/{name}")]
    if isinstance(content, list | tuple):
        return [found for part in content for found in raw_numbers(part, path)]
    if isinstance(content, float):
        name = path.rsplit("/", 1)[-1]
        if name in WHOLE | ONE_DECIMAL:
            raw = abs(content - round(content, int(name in ONE_DECIMAL))) > 1e-9
            return [path] if raw else []
    return []
