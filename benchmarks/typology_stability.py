"""The k-means job of the stability study against R: fpc ``clusterboot`` and ``cluster.stats``.

412 municipalities x 12 goals, 2 to 8 clusters, 10 starts each, five indices, 100 resamples with
clusterwise Jaccard in the default convention of fpc (rows drawn twice count once). Both get the
same table, in turn; seconds are those of the job, without starting R or Python. A second part runs
ours without the compiler and on 10,800 rows.
"""

import shutil
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from assessment.simulation.goal_survey import SCENARIOS, draw_goal_survey
from assessment.typology import kmeans as kmeans_module
from assessment.typology.baselines import prepare
from assessment.typology.indices import partition_indices
from assessment.typology.jaccard import (
    clusterwise_jaccard,
    resample_weights,
    without_duplicates,
)
from assessment.typology.kmeans import kmeans, kmeans_refit, warm_up
from assessment.typology.method import Method
from assessment.typology.response_style import Centred
from benchmarks.typology_bars import show
from benchmarks.typology_draws import FIRST_SEED, N, data_for

_KS = range(2, 9)
_RESAMPLES = 100
_MANY_RESAMPLES = 1000
_STARTS = 10
_MANY = 10_800
_TURNS = 3
_FASTER = 8.0
_NEAR = 0.015
_JOB = """
suppressMessages(library(fpc))
arguments <- commandArgs(TRUE)
x <- as.matrix(read.csv(arguments[1], header = FALSE))
resamples <- as.integer(arguments[2])
options(digits = 15)
set.seed(1)
begin <- proc.time()
for (k in as.integer(arguments[-(1:2)])) {
  found <- clusterboot(x, B = resamples, bootmethod = "boot", clustermethod = kmeansCBI,
                       k = k, runs = 10, count = FALSE)
  s <- cluster.stats(dist(x), found$partition)
  order <- order(table(found$partition))
  cat("k", k, found$result$result$tot.withinss, s$avg.silwidth, s$ch, s$dunn, s$pearsongamma,
      s$wb.ratio, found$bootmean[order], "\\n")
}
used <- proc.time() - begin
cat("time", used[["elapsed"]], used[["user.self"]] + used[["sys.self"]], "\\n")
"""


@dataclass(frozen=True, slots=True)
class _Found:
    """Of one number of clusters: ``figures`` are squares within and the five indices."""

    figures: tuple[float, ...]
    jaccard: tuple[float, ...]
    """From the smallest to the largest cluster."""


@dataclass(frozen=True, slots=True)
class _Run:
    by_k: dict[int, _Found]
    wall: float
    cpu: float


def main() -> None:
    warm_up()
    table = _table(N)
    ours = [_ours(table, _RESAMPLES)]
    theirs: list[_Run] = []
    rscript = shutil.which("Rscript")
    if rscript is None:
        print("Rscript is not installed: only our side is measured.")
    for _ in range(_TURNS):
        ours.append(_ours(table, _RESAMPLES))
        if rscript is not None:
            theirs.append(_theirs(rscript, table, _RESAMPLES, _KS))
    fast = min(ours, key=lambda run: run.wall)
    print(f"{N} x {table.shape[1]}, k = 2 to 8, {_STARTS} starts, {_RESAMPLES} resamples")
    print(f"  ours   {fast.wall:7.2f} s wall, {fast.cpu:7.2f} s CPU")
    if rscript is not None and theirs:
        slow = min(theirs, key=lambda run: run.wall)
        print(f"  R fpc  {slow.wall:7.2f} s wall, {slow.cpu:7.2f} s CPU")
        show("times faster than R (wall)", slow.wall / fast.wall, _FASTER, digits=1)
        _compare(fast, slow)
        _compare_jaccard(table, rscript)
    _without_compiler(table)
    many = _ours(_table(_MANY), _RESAMPLES)
    print(f"{_MANY:,} x {table.shape[1]}: {many.wall:.1f} s wall, {many.cpu:.1f} s CPU")


def _table(n: int) -> np.ndarray:
    """Centred answers of a drawn survey, gaps at the row's mean: R takes no gaps."""
    drawn = draw_goal_survey(n, SCENARIOS["medium"], FIRST_SEED)
    data = data_for(Method.CENTRED_KMEANS, drawn)
    data = data.take(data.canonical_order())
    return prepare(data, Method.CENTRED_KMEANS).rows(data).values


def _ours(table: np.ndarray, resamples: int, ks: Sequence[int] = _KS) -> _Run:
    wall, cpu = time.perf_counter(), time.process_time()
    rows = Centred(table, np.ones_like(table))
    by_k: dict[int, _Found] = {}
    weights = without_duplicates(resample_weights(len(table), resamples, 0))
    for k in ks:
        partition = kmeans(rows, k, starts=_STARTS, seed=0)
        found = partition_indices(table, partition.labels)
        again = kmeans_refit(rows, k, weights, starts=_STARTS, seed=0)
        means, _ = clusterwise_jaccard(partition.labels, k, again, weights, duplicates=False)
        figures = (
            partition.loss,
            found.silhouette,
            found.calinski_harabasz,
            found.dunn,
            found.pearson_gamma,
            found.wb_ratio,
        )
        by_size = np.argsort(np.bincount(partition.labels), kind="stable")
        by_k[k] = _Found(figures, tuple(means[by_size]))
    return _Run(by_k, time.perf_counter() - wall, time.process_time() - cpu)


def _theirs(rscript: str, table: np.ndarray, resamples: int, ks: Sequence[int]) -> _Run:
    with tempfile.TemporaryDirectory() as folder:
        path, job = Path(folder) / "table.csv", Path(folder) / "job.R"
        np.savetxt(path, table, delimiter=",", fmt="%.17g")
        job.write_text(_JOB)
        command = [rscript, str(job), str(path), str(resamples), *map(str, ks)]
        text = subprocess.run(command, capture_output=True, check=True, text=True).stdout
    by_k, wall, cpu = {}, 0.0, 0.0
    for line in text.splitlines():
        kind, *rest = line.split()
        numbers = [float(part) for part in rest]
        if kind == "k":
            by_k[int(numbers[0])] = _Found(tuple(numbers[1:7]), tuple(numbers[7:]))
        else:
            wall, cpu = numbers
    return _Run(by_k, wall, cpu)


def _compare(ours: _Run, theirs: _Run) -> None:
    for k in _KS:
        own, other = ours.by_k[k].figures, theirs.by_k[k].figures
        if abs(own[0] / other[0] - 1) < 1e-6:
            apart = max(abs(one - two) for one, two in zip(own[1:], other[1:], strict=True))
            print(f"  k = {k}: the same partition; indices differ by at most {apart:.1e}")
        else:
            better = "ours" if own[0] < other[0] else "R's"
            print(f"  k = {k}: squares within {own[0]:.2f}, R {other[0]:.2f}: {better} is better")


def _compare_jaccard(table: np.ndarray, rscript: str) -> None:
    """Where both find the same partition, with resamples enough to compare."""
    ks = (2, 3, 4)
    ours = _ours(table, _MANY_RESAMPLES, ks)
    theirs = _theirs(rscript, table, _MANY_RESAMPLES, ks)
    for k in ks:
        own, other = ours.by_k[k].jaccard, theirs.by_k[k].jaccard
        apart = max(abs(one - two) for one, two in zip(own, other, strict=True))
        show(f"Jaccard, {_MANY_RESAMPLES} resamples, k = {k}: off by", apart, _NEAR, most=True)


def _without_compiler(table: np.ndarray) -> None:
    found = kmeans_module._kernel
    try:
        kmeans_module._kernel = lambda work, compiled: None
        slow = _ours(table, _RESAMPLES)
    finally:
        kmeans_module._kernel = found
    print(f"  ours without the compiler: {slow.wall:.2f} s wall, {slow.cpu:.2f} s CPU")


if __name__ == "__main__":
    main()
