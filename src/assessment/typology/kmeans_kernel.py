"""The compiled path of k-means, same results as ``kmeans_arrays``; imported only when it pays.

The functions release the interpreter lock, so that threads work on different resamples. They are
not parallel within themselves: that layer of numba can't be entered from several sessions at once.
Rows lie along the last axis, where the compiler turns a loop into vector instructions.
"""

import numpy as np
from numba import njit

_BLOCK = 512
_UNROLLED = 4
_WORTH_MOVING = 100.0


def by_feature(table: np.ndarray) -> np.ndarray:
    """Features (n, q) as (q rounded up to a multiple of four, n), filled up with zeros."""
    n, q = table.shape
    padded = np.zeros((-(-q // _UNROLLED) * _UNROLLED, n))
    padded[:q] = table.T
    return padded


@njit(nogil=True, cache=True)
def _coefficients(centres, gaps, tie, width):
    k, goals = centres.shape
    by, plus = np.zeros((k, width)), np.zeros(k)
    for c in range(k):
        plus[c] = tie * c
        for j in range(goals):
            value = centres[c, j]
            by[c, j] = -2.0 * value
            if gaps:
                by[c, goals + j] = value * value
            else:
                plus[c] += value * value
    return by, plus


@njit(nogil=True, cache=True, fastmath={"contract"})
def _measure(wide, by, plus, far):
    """Squared distances less the rows' own squares to one cluster into ``far`` (n,)."""
    width, n = wide.shape
    for i in range(n):
        far[i] = plus
    for begin in range(0, n, _BLOCK):
        size = min(_BLOCK, n - begin)
        out = far[begin : begin + size]
        for f in range(0, width, 4):
            a0, a1, a2, a3 = by[f], by[f + 1], by[f + 2], by[f + 3]
            x0 = wide[f, begin : begin + size]
            x1 = wide[f + 1, begin : begin + size]
            x2 = wide[f + 2, begin : begin + size]
            x3 = wide[f + 3, begin : begin + size]
            for i in range(size):
                out[i] += a0 * x0[i] + a1 * x1[i] + a2 * x2[i] + a3 * x3[i]


@njit(nogil=True, cache=True)
def _assign(far, labels, low):
    """Nearest cluster of every row into ``labels`` and its distance into ``low``."""
    k, n = far.shape
    for i in range(n):
        low[i] = far[0, i]
        labels[i] = 0
    for c in range(1, k):
        row = far[c]
        for i in range(n):
            closer = row[i] < low[i]
            low[i] = row[i] if closer else low[i]
            labels[i] = c if closer else labels[i]


@njit(nogil=True, cache=True)
def _transfers(far, own, weights, labels, mass, tie, moved):
    """All rows moved that gain by it into ``moved``; returns the best of them, -1 = none."""
    k, n = far.shape
    gain, cheapest = np.empty(n), np.full(n, np.inf)
    for i in range(n):
        moved[i] = labels[i]
    for c in range(k):
        row, all_of_it = far[c], mass[c]
        for i in range(n):
            apart = weights[i] * (row[i] + own[i]) * all_of_it
            inside = labels[i] == c
            left = all_of_it - weights[i]
            bound = left if inside else all_of_it + weights[i] + 1e-300
            share = apart / bound if bound > 0 else 0.0
            gain[i] = share if inside else gain[i]
            closer = (not inside) and share < cheapest[i]
            cheapest[i] = share if closer else cheapest[i]
            moved[i] = c if closer else moved[i]
    best, found = -1, _WORTH_MOVING * tie
    for i in range(n):
        useful = gain[i] - cheapest[i] - tie * i / n
        if weights[i] <= 0 or useful <= _WORTH_MOVING * tie:
            moved[i] = labels[i]
        elif useful > found:
            best, found = i, useful
    return best


@njit(nogil=True, cache=True, fastmath={"contract", "reassoc"})
def _loss(weights, own, low):
    total = 0.0
    for i in range(len(own)):
        total += weights[i] * (own[i] + low[i])
    return total


@njit(nogil=True, cache=True)
def lloyd(table, wide, weights, own, gaps, tie, centres, most, transfers):
    """Rounds from ``centres`` (k, goals), which are moved in place; returns the loss."""
    n, q = table.shape
    k = len(centres)
    now, before = np.empty(n, np.int64), np.full(n, -1, np.int64)
    standing, moved = np.empty(n, np.int64), np.empty(n, np.int64)
    low, far = np.empty(n), np.empty((k, n))
    total, mass = np.zeros((k, q)), np.zeros(k)
    touched = np.ones(k, np.bool_)
    loss, tried, single, target = np.inf, np.inf, -1, 0
    for _ in range(most):
        by, plus = _coefficients(centres, gaps, tie, wide.shape[0])
        for c in range(k):
            # Distances to a centre that stayed where it was are still known.
            if touched[c]:
                _measure(wide, by[c], plus[c], far[c])
                touched[c] = False
        _assign(far, now, low)
        loss = _loss(weights, own, low)
        if loss >= tried:
            # Moving all at once was too much: back, and the best one alone.
            now[:] = standing
            now[single] = target
            tried = np.inf
        changed = _follow(table, weights, now, before, total, mass, touched)
        if not changed:
            if not transfers:
                break
            single = _transfers(far, own, weights, before, mass, tie, moved)
            if single < 0:
                break
            tried, target = loss, moved[single]
            standing[:] = before
            _follow(table, weights, moved, before, total, mass, touched)
        _settle(centres, total, mass, gaps, touched)
    return loss


@njit(nogil=True, cache=True)
def _follow(table, weights, now, before, total, mass, touched):
    """Takes over labels ``now``; only rows that change sides move the sums."""
    changed = False
    for i in range(len(now)):
        new, old, weight = now[i], before[i], weights[i]
        if new == old or weight == 0:
            continue
        changed = True
        before[i] = new
        touched[new] = True
        mass[new] += weight
        for f in range(table.shape[1]):
            total[new, f] += weight * table[i, f]
        if old >= 0:
            touched[old] = True
            mass[old] -= weight
            for f in range(table.shape[1]):
                total[old, f] -= weight * table[i, f]
    return changed


@njit(nogil=True, cache=True)
def _settle(centres, total, mass, gaps, touched):
    """Centres of the clusters whose members changed."""
    k, goals = centres.shape
    for c in range(k):
        if touched[c]:
            for j in range(goals):
                count = total[c, goals + j] if gaps else mass[c]
                if count > 0:
                    centres[c, j] = total[c, j] / count


@njit(nogil=True, cache=True)
def _draw(likely, uniform):
    total = 0.0
    for i in range(len(likely)):
        total += likely[i]
    bound, running = uniform * total, 0.0
    for i in range(len(likely)):
        running += likely[i]
        if running > bound:
            return i
    return len(likely) - 1


@njit(nogil=True, cache=True)
def _seed(table, wide, weights, own, gaps, tie, uniforms, centres):
    """k-means++ into ``centres``."""
    n = len(table)
    k, goals = centres.shape
    distance, likely = np.full(n, np.inf), np.empty(n)
    low = np.empty(n)
    chosen = _draw(weights, uniforms[0])
    centres[0] = table[chosen, :goals]
    for place in range(1, k):
        by, plus = _coefficients(centres[place - 1 : place], gaps, tie, wide.shape[0])
        _measure(wide, by[0], plus[0], low)
        some = False
        for i in range(n):
            latest = max(low[i] + own[i], 0.0)
            distance[i] = min(distance[i], latest)
            if distance[i] <= tie:
                distance[i] = 0.0
            likely[i] = weights[i] * distance[i]
            some = some or likely[i] > 0
        chosen = _draw(likely if some else weights, uniforms[place])
        centres[place] = table[chosen, :goals]


@njit(nogil=True, cache=True)
def cold_starts(table, wide, weights, own, gaps, tie, uniforms, goals, most):
    """Centres (starts, k, goals) and losses of ``uniforms`` (starts, k) seeded anew."""
    starts, k = uniforms.shape
    centres, losses = np.empty((starts, k, goals)), np.empty(starts)
    for start in range(starts):
        _seed(table, wide, weights, own, gaps, tie, uniforms[start], centres[start])
        losses[start] = lloyd(table, wide, weights, own, gaps, tie, centres[start], most, False)
    return centres, losses


@njit(nogil=True, cache=True)
def nearest(wide, gaps, tie, centres):
    """Nearest centre of every row."""
    n = wide.shape[1]
    labels, low, far = np.empty(n, np.int64), np.empty(n), np.empty((len(centres), n))
    by, plus = _coefficients(centres, gaps, tie, wide.shape[0])
    for c in range(len(centres)):
        _measure(wide, by[c], plus[c], far[c])
    _assign(far, labels, low)
    return labels
