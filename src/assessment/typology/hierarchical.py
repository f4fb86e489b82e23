"""Ward's method with weights, the number of classes by inertia, consolidation by k-means.

The scheme of HCPC in FactoMineR (Husson, Josse, Pagès 2010): a tree on the coordinates, cut where
one more class gains least in relation, then k-means from the classes of the cut.
"""

from dataclasses import dataclass

import numpy as np

from assessment.typology.kmeans import kmeans_from, nearest
from assessment.typology.response_style import Centred

MOST_ROWS = 4_000
"""Beyond, k-means makes small groups first and the tree joins those."""
_GROUPS, _GROUP_ROUNDS = 1_000, 5
_LEAST_CLASSES, _MOST_CLASSES = 3, 10


@dataclass(frozen=True, slots=True, eq=False)
class Tree:
    """``n`` - 1 joinings, cheapest first."""

    pairs: np.ndarray
    """int (n - 1, 2): a row of each of the two groups joined."""
    gains: np.ndarray
    """(n - 1,): between-class inertia lost by each joining, weights summing to 1; ascending."""


@dataclass(frozen=True, slots=True, eq=False)
class Hierarchy:
    """Classes cut from a tree."""

    k: int
    cut: np.ndarray
    """int (n,): classes of the tree, numbered by their mean on the first coordinate."""
    labels: np.ndarray
    """The same after consolidation (or ``cut`` again without)."""
    centres: np.ndarray
    """(k, axes): weighted means of the rows of each class of ``labels``."""
    inertia_gains: np.ndarray
    """Between-class inertia gained by 2, 3, … classes, largest first."""
    between_cut: float
    """Between-class inertia of ``cut``."""
    between: float
    """The same of ``labels``."""


def hcpc(
    coordinates: np.ndarray,
    k: int | None = None,
    weights: np.ndarray | None = None,
    *,
    known: np.ndarray | None = None,
    consolidate: bool = True,
    seed: int = 0,
) -> Hierarchy:
    """Ward on ``coordinates`` (n, axes), cut at ``k`` classes (``None``: by inertia), consolidated.

    ``weights``: (n,), rows of weight 0 take no part and get the nearest class. ``known``: 1.0/0.0
    like ``coordinates`` where consolidation shall pass over gaps (filled with 0 for the tree).
    ``seed``: for the small groups beyond ``MOST_ROWS`` rows. Raises ``ValueError`` with fewer
    different rows than classes.
    """
    counts = np.ones(len(coordinates)) if weights is None else np.asarray(weights, dtype=float)
    known = np.ones_like(coordinates) if known is None else known
    used = np.flatnonzero(counts)
    members, mass = coordinates[used], counts[used] / counts.sum()
    points, point_mass, group = _points(members, mass, seed)
    tree = ward_tree(points, point_mass)
    k = _by_inertia(tree.gains, len(points)) if k is None else k
    if k > len(points):
        raise ValueError("fewer different rows than classes")
    labels = _ordered(cut(tree, k)[group], members, mass)
    classes = np.zeros(len(coordinates), dtype=np.int64)
    classes[used] = labels
    rows = Centred(coordinates * known, known)
    centres = _means(rows, counts, classes, k)
    classes = np.where(counts > 0, classes, nearest(rows, centres))
    final = classes
    if consolidate and k > 1:
        settled = kmeans_from(rows, centres, weights=counts)
        centres, final = settled.centres, settled.labels
    return Hierarchy(
        k,
        classes,
        final,
        centres,
        tree.gains[::-1].copy(),
        _between(members, mass, labels),
        _between(members, mass, final[used]),
    )


def ward_tree(points: np.ndarray, mass: np.ndarray) -> Tree:
    """Ward's tree of points (n, axes) with masses (n,).

    Joining two groups loses ``m1 m2 / (m1 + m2)`` times their squared distance of between-class
    inertia (Ward 1963). scipy's for equal masses; otherwise by nearest-neighbour chains: Murtagh,
    Legendre (2014): Ward's hierarchical agglomerative clustering method, Journal of Classification
    31, 274–295.
    """
    if len(points) < 2:
        return Tree(np.empty((0, 2), dtype=np.int64), np.empty(0))
    if np.ptp(mass) <= 1e-12 * mass[0]:
        return _ward_of_equals(points, float(mass[0]))
    points, mass = points.astype(float).copy(), mass.astype(float).copy()
    n = len(points)
    alive = np.arange(n)
    pairs, losses = np.empty((n - 1, 2), dtype=np.int64), np.empty(n - 1)
    chain: list[int] = []
    for step in range(n - 1):
        if not chain:
            chain = [int(alive[0])]
        while True:
            last = chain[-1]
            apart = ((points[alive] - points[last]) ** 2).sum(axis=1)
            apart *= mass[alive] * mass[last] / (mass[alive] + mass[last])
            apart[np.searchsorted(alive, last)] = np.inf
            place = int(apart.argmin())
            if len(chain) > 1:
                # The one before is kept among equals, else the chain might never close.
                before = int(np.searchsorted(alive, chain[-2]))
                if apart[before] <= apart[place]:
                    losses[step] = apart[before]
                    break
            chain.append(int(alive[place]))
        first, second = sorted((chain.pop(), chain.pop()))
        pairs[step] = first, second
        both = mass[first] + mass[second]
        points[first] = (mass[first] * points[first] + mass[second] * points[second]) / both
        mass[first] = both
        alive = np.delete(alive, np.searchsorted(alive, second))
    # A joining never costs less than those within its groups, so sorting keeps their order.
    order = np.argsort(losses, kind="stable")
    return Tree(pairs[order], losses[order])


def _ward_of_equals(points: np.ndarray, mass: float) -> Tree:
    from scipy.cluster.hierarchy import linkage

    joined = linkage(points, "ward")
    first_row = np.concatenate([np.arange(len(points)), np.zeros(len(joined), dtype=np.int64)])
    pairs = np.empty((len(joined), 2), dtype=np.int64)
    for step, (first, second) in enumerate(joined[:, :2].astype(np.int64)):
        pairs[step] = first_row[first], first_row[second]
        first_row[len(points) + step] = min(pairs[step])
    return Tree(pairs, mass * joined[:, 2] ** 2 / 2)


def cut(tree: Tree, k: int) -> np.ndarray:
    """Classes int (n,) when ``k`` are left."""
    n = len(tree.pairs) + 1
    parent = np.arange(n)

    def root(row: int) -> int:
        while parent[row] != row:
            parent[row] = parent[parent[row]]
            row = parent[row]
        return row

    for first, second in tree.pairs[: n - k]:
        parent[root(int(second))] = root(int(first))
    return np.unique([root(row) for row in range(n)], return_inverse=True)[1]


def _by_inertia(gains: np.ndarray, n: int) -> int:
    """The number of classes after which within-class inertia falls least, as FactoMineR does."""
    most = min(_MOST_CLASSES, round(n / 2))
    within = np.cumsum(gains)[::-1]
    # within[q - 1]: inertia within q classes.
    ratio = within[_LEAST_CLASSES - 1 : most] / np.maximum(
        within[_LEAST_CLASSES - 2 : most - 1], 1e-300
    )
    return int(ratio.argmin()) + _LEAST_CLASSES if len(ratio) else 1


def _ordered(labels: np.ndarray, members: np.ndarray, mass: np.ndarray) -> np.ndarray:
    total = np.bincount(labels, weights=mass)
    first = np.bincount(labels, weights=mass * members[:, 0]) / total
    place = np.empty(len(first), dtype=np.int64)
    place[np.argsort(first, kind="stable")] = np.arange(len(first))
    return place[labels]


def _means(rows: Centred, counts: np.ndarray, labels: np.ndarray, k: int) -> np.ndarray:
    member = (labels[None, :] == np.arange(k)[:, None]) * counts
    return (member @ rows.values) / np.maximum(member @ rows.known, 1e-300)


def _points(
    members: np.ndarray, mass: np.ndarray, seed: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """What the tree joins: rows, or small groups of them; their masses; the group of each row."""
    if len(members) <= MOST_ROWS:
        return members, mass, np.arange(len(members))
    begin = members[np.sort(np.random.default_rng(seed).permutation(len(members))[:_GROUPS])]
    rows = Centred(members, np.ones_like(members))
    small = kmeans_from(rows, begin, weights=mass, most=_GROUP_ROUNDS, transfers=False)
    filled, group = np.unique(small.labels, return_inverse=True)
    return small.centres[filled], np.bincount(group, weights=mass), group


def _between(members: np.ndarray, mass: np.ndarray, labels: np.ndarray) -> float:
    centre = mass @ members
    total = 0.0
    for label in np.unique(labels):
        own = mass * (labels == label)
        total += float(own.sum() * ((own @ members / own.sum() - centre) ** 2).sum())
    return total
