import numpy as np
import pytest

from assessment.typology import kmeans_arrays
from assessment.typology.kmeans import distances, kmeans, kmeans_from, kmeans_refit
from assessment.typology.progress import Stopped
from assessment.typology.response_style import Centred


def blobs(n=240, goals=7, gaps=0.15, seed=0, k=3):
    random = np.random.default_rng(seed)
    truth = random.integers(0, k, n)
    values = random.normal(size=(k, goals))[truth] * 2 + random.normal(size=(n, goals))
    known = (random.random(values.shape) >= gaps).astype(float)
    return Centred(values * known, known), truth


def drawn(n, resamples=12, seed=3):
    random = np.random.default_rng(seed)
    rows = random.integers(0, n, (resamples, n))
    return np.stack([np.bincount(row, minlength=n) for row in rows]).astype(np.int16)


@pytest.mark.parametrize("gaps", [0.0, 0.2])
@pytest.mark.parametrize("k", [1, 2, 5])
def test_compiled_and_array_path_give_the_same(gaps, k):
    rows, _ = blobs(gaps=gaps)
    weights = drawn(len(rows.values))
    compiled = kmeans_refit(rows, k, weights, starts=4, seed=5, compiled=True)
    arrays = kmeans_refit(rows, k, weights, starts=4, seed=5, compiled=False)
    np.testing.assert_array_equal(compiled, arrays)
    assert compiled.dtype == np.int16
    assert set(np.unique(compiled)) == set(range(k))


def test_both_paths_agree_where_rows_are_equally_near_to_two_centres():
    random = np.random.default_rng(1)
    ticks = (random.random((150, 6)) < 0.4).astype(float)
    rows, weights = Centred(ticks, np.ones_like(ticks)), drawn(150)
    found = [
        kmeans_refit(rows, 4, weights, starts=3, seed=2, compiled=path) for path in (True, False)
    ]
    np.testing.assert_array_equal(*found)


@pytest.mark.parametrize("gaps", [0.0, 0.2])
@pytest.mark.parametrize("transfers", [False, True])
def test_rounds_of_both_paths_end_in_the_same_centres(gaps, transfers):
    from assessment.typology import kmeans_kernel

    rows, _ = blobs(gaps=gaps)
    parts = kmeans_arrays.features(rows)
    weights = drawn(len(rows.values), 1)[0].astype(float)
    begin = parts.table[:5, : parts.goals]
    centres, losses = kmeans_arrays.rounds(
        parts, begin[None], 300, weights[None], transfers=transfers
    )
    moved, wide = begin.copy(), kmeans_kernel.by_feature(parts.table)
    fixed = parts.own, parts.gaps, parts.tie
    loss = kmeans_kernel.lloyd(parts.table, wide, weights, *fixed, moved, 300, transfers)
    np.testing.assert_allclose(moved, centres[0], atol=1e-10)
    assert loss == pytest.approx(losses[0])


@pytest.mark.parametrize("gaps", [0.0, 0.2])
def test_no_single_row_could_change_sides_with_profit(gaps):
    rows, _ = blobs(n=120, gaps=gaps, seed=4)
    partition = kmeans(rows, 6, starts=5, seed=0)

    def loss(labels):
        total = 0.0
        for cluster in range(6):
            member = labels == cluster
            known = rows.known[member]
            centre = rows.values[member].sum(axis=0) / np.maximum(known.sum(axis=0), 1)
            total += ((rows.values[member] - centre * known) ** 2).sum()
        return total

    least = loss(partition.labels)
    assert least == pytest.approx(partition.loss)
    for row in range(120):
        for cluster in range(6):
            other = partition.labels.copy()
            other[row] = cluster
            # With gaps the search is content with nearly: see kmeans_arrays._best_transfers.
            assert loss(other) >= least - (0 if gaps == 0 else 0.005 * least) - 1e-6


def test_whole_weights_are_repeated_rows():
    rows, _ = blobs(n=90)
    weights = drawn(90, 1)[0]
    repeated = np.repeat(np.arange(90), weights)
    by_weight = kmeans(rows, 3, starts=20, seed=0, weights=weights)
    again = Centred(rows.values[repeated], rows.known[repeated])
    by_row = kmeans(again, 3, starts=20, seed=0)
    assert by_weight.loss == pytest.approx(by_row.loss)
    order = distances(Centred(by_row.centres, np.ones((3, 7))), by_weight.centres).argmin(axis=1)
    np.testing.assert_allclose(by_row.centres, by_weight.centres[order], atol=1e-9)


def test_gaps_are_neither_imputed_nor_dropped():
    rows, truth = blobs(gaps=0.3)
    partition = kmeans(rows, 3, starts=20, seed=0)
    counts = np.zeros((3, 3))
    np.add.at(counts, (partition.labels, truth), 1)
    assert counts.max(axis=1).sum() / len(truth) > 0.95
    known = rows.known[:, 0] > 0
    own = known & (partition.labels == 0)
    assert partition.centres[0, 0] == pytest.approx(rows.values[own, 0].mean())


def test_large_numbers_far_from_zero_do_not_blur_distances():
    rows, _ = blobs(gaps=0.0)
    far = Centred(rows.values + 1e7, rows.known)
    near, moved = kmeans(rows, 3, starts=10, seed=0), kmeans(far, 3, starts=10, seed=0)
    assert near.loss == pytest.approx(moved.loss, rel=1e-6)


def test_refits_do_not_depend_on_how_they_are_cut_into_pieces():
    rows, _ = blobs()
    weights = drawn(len(rows.values), 30)
    whole = kmeans_refit(rows, 4, weights, starts=3, seed=1)
    first = kmeans_refit(rows, 4, weights[:5], starts=3, seed=1)
    np.testing.assert_array_equal(whole[:5], first)


def test_refits_start_cold():
    # Warm starts would call seven classes of a sample with three stable.
    from assessment.typology.jaccard import clusterwise_jaccard

    rows, _ = blobs(n=300)
    weights = drawn(300, 40)
    partition = kmeans(rows, 7, starts=30, seed=0)
    again = kmeans_refit(rows, 7, weights, starts=10, seed=0)
    assert clusterwise_jaccard(partition.labels, 7, again, weights)[0].min() < 0.6


def test_a_refit_reports_progress_and_can_be_stopped():
    rows, _ = blobs()
    weights = drawn(len(rows.values), 40)
    told = []
    kmeans_refit(
        rows, 2, weights, starts=2, seed=0, progress=lambda share, what: told.append(share)
    )
    assert told == sorted(told)
    assert told[-1] == 1.0

    def stop(share, what):
        raise Stopped

    with pytest.raises(Stopped):
        kmeans_refit(rows, 2, weights, starts=2, seed=0, progress=stop)


def test_from_given_centres_a_finished_partition_stays():
    rows, _ = blobs()
    partition = kmeans(rows, 3, starts=10, seed=0)
    again = kmeans_from(rows, partition.centres)
    np.testing.assert_array_equal(again.labels, partition.labels)
    assert again.loss == pytest.approx(partition.loss)


def test_fewer_different_rows_than_clusters_are_refused():
    values = np.repeat([[0.0, 1.0], [1.0, 0.0]], 20, axis=0)
    with pytest.raises(ValueError, match="fewer different rows"):
        kmeans(Centred(values, np.ones_like(values)), 3, starts=5, seed=0)
