"""The compiled path of k-means, same results as ``kmeans_arrays``; imported only when it pays.

The functions release the interpreter lock, so that threads work on different resamples. They are
not parallel within themselves: that layer of numba can't be entered from several sessions at once.
Rows lie along the last axis, where the compiler turns a loop into vector instructions.
"""

import numpy as np
from numba import njit

_BLOCK = 512
_UNROLLED = 4


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
def _assign(wide, by, plus, labels, low):
    """Nearest cluster of every row into ``labels`` and its distance into ``low``."""
    width, n = wide.shape
    far = np.empty(_BLOCK)
    for begin in range(0, n, _BLOCK):
        size = min(_BLOCK, n - begin)
        near, who = low[begin : begin + size], labels[begin : begin + size]
        for c in range(by.shape[0]):
            for i in range(size):
                far[i] = plus[c]
            for f in range(0, width, 4):
                a0, a1, a2, a3 = by[c, f], by[c, f + 1], by[c, f + 2], by[c, f + 3]
                x0 = wide[f, begin : begin + size]
                x1 = wide[f + 1, begin : begin + size]
                x2 = wide[f + 2, begin : begin + size]
                x3 = wide[f + 3, begin : begin + size]
                for i in range(size):
                    far[i] += a0 * x0[i] + a1 * x1[i] + a2 * x2[i] + a3 * x3[i]
            if c == 0:
                for i in range(size):
                    near[i] = far[i]
                    who[i] = 0
            else:
                for i in range(size):
                    closer = far[i] < near[i]
                    near[i] = far[i] if closer else near[i]
                    who[i] = c if closer else who[i]


@njit(nogil=True, cache=True)
def lloyd(table, wide, weights, own, gaps, tie, centres, most):
    """Rounds from ``centres`` (k, goals), which are moved in place; returns the loss."""
    n, q = table.shape
    k, goals = centres.shape
    now, before = np.empty(n, np.int64), np.full(n, -1, np.int64)
    low = np.empty(n)
    total, mass = np.zeros((k, q)), np.zeros(k)
    loss = np.inf
    for _ in range(most):
        by, plus = _coefficients(centres, gaps, tie, wide.shape[0])
        _assign(wide, by, plus, now, low)
        loss, changed = 0.0, False
        for i in range(n):
            weight = weights[i]
            loss += weight * (own[i] + low[i])
            new, old = now[i], before[i]
            if new == old or weight == 0:
                continue
            # Only rows that change sides move the sums.
            changed = True
            before[i] = new
            mass[new] += weight
            for f in range(q):
                total[new, f] += weight * table[i, f]
            if old >= 0:
                mass[old] -= weight
                for f in range(q):
                    total[old, f] -= weight * table[i, f]
        if not changed:
            break
        for c in range(k):
            for j in range(goals):
                count = total[c, goals + j] if gaps else mass[c]
                if count > 0:
                    centres[c, j] = total[c, j] / count
    return loss


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
    labels, low = np.empty(n, np.int64), np.empty(n)
    chosen = _draw(weights, uniforms[0])
    centres[0] = table[chosen, :goals]
    for place in range(1, k):
        by, plus = _coefficients(centres[place - 1 : place], gaps, tie, wide.shape[0])
        _assign(wide, by, plus, labels, low)
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
        losses[start] = lloyd(table, wide, weights, own, gaps, tie, centres[start], most)
    return centres, losses


@njit(nogil=True, cache=True)
def nearest(wide, gaps, tie, centres):
    """Nearest centre of every row."""
    n = wide.shape[1]
    labels, low = np.empty(n, np.int64), np.empty(n)
    by, plus = _coefficients(centres, gaps, tie, wide.shape[0])
    _assign(wide, by, plus, labels, low)
    return labels
