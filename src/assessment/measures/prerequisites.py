"""Which measures come before which: fulfilled, to wait for, missing."""

from collections.abc import Collection, Iterable, Mapping
from graphlib import CycleError, TopologicalSorter

from assessment.measures.model import Catalogue
from assessment.measures.plan_types import MunicipalityPlan

Graph = Mapping[str, tuple[str, ...]]
"""Measure → its direct prerequisites."""


def fulfilled(
    catalogue: Catalogue, levels: Mapping[str, int | None], done: Collection[str] = ()
) -> frozenset[str]:
    """Measures that need not be carried out any more.

    ``done``, and those whose field has already reached the level they help to reach. A field
    without a level fulfils nothing: unknown is not reached.
    """
    reached = set(done)
    for measure in catalogue.measures:
        level = levels.get(measure.dimension)
        if level is not None and level >= measure.level_to:
            reached.add(measure.id)
    return frozenset(reached)


def catalogue_graph(catalogue: Catalogue) -> dict[str, tuple[str, ...]]:
    """The prerequisites as the catalogue states them; acyclic."""
    return {measure.id: measure.requires for measure in catalogue.measures}


def plan_graph(
    catalogue: Catalogue, plan: MunicipalityPlan
) -> tuple[dict[str, tuple[str, ...]], tuple[tuple[str, ...], ...]]:
    """The catalogue's prerequisites with the plan's own ones, and the circles the latter closed.

    Own prerequisites within a circle are left out of the graph, so that it is always acyclic;
    each circle is named by its measures in plan order.
    """
    graph = catalogue_graph(catalogue)
    for planned in plan.measures:
        known = graph.get(planned.id, ())
        graph[planned.id] = tuple(dict.fromkeys((*known, *planned.requires)))
    circles = _circles(graph)
    if not circles:
        return graph, ()
    place = {name: number for number, circle in enumerate(circles) for name in circle}
    stated = catalogue_graph(catalogue)
    for circle in circles:
        for name in circle:
            kept = stated.get(name, ())
            graph[name] = tuple(
                before
                for before in graph[name]
                if before in kept or place.get(before) != place[name]
            )
    order = {planned.id: number for number, planned in enumerate(plan.measures)}
    return graph, tuple(
        tuple(sorted(circle, key=lambda name: (order.get(name, len(order)), name)))
        for circle in circles
    )


def _circles(graph: Graph) -> list[tuple[str, ...]]:
    """Groups of measures that require each other (strongly connected components above one)."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError:
        pass
    else:
        return []
    # Only plans with a circle pay for the import.
    import numpy as np
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    names = list(dict.fromkeys([*graph, *(name for before in graph.values() for name in before)]))
    place = {name: number for number, name in enumerate(names)}
    edges = [(place[name], place[b]) for name, before in graph.items() for b in before]
    rows, columns = np.array(edges, dtype=np.int64).T
    matrix = coo_array((np.ones(len(edges), dtype=np.int8), (rows, columns)), (len(names),) * 2)
    _, label = connected_components(matrix, connection="strong")
    groups: dict[int, list[str]] = {}
    for name, number in zip(names, label.tolist(), strict=True):
        groups.setdefault(number, []).append(name)
    return [tuple(group) for group in groups.values() if len(group) > 1]


def buildable_order(graph: Graph) -> tuple[str, ...]:
    """All measures of an acyclic graph, each after its prerequisites."""
    return tuple(TopologicalSorter(graph).static_order())


def to_wait_for(
    graph: Graph, order: Iterable[str], active: Collection[str], done: Collection[str]
) -> dict[str, tuple[str, ...]]:
    """Per active measure the active ones that have to end before it can begin.

    A prerequisite that is done asks for nothing. One that is not planned is looked through: what
    comes before it still comes before everything that builds on it.
    ``order``: all measures, each after its prerequisites.
    """
    nearest: dict[str, tuple[str, ...]] = {}
    for name in order:
        found: dict[str, None] = {}
        for before in graph.get(name, ()):
            if before in done:
                continue
            if before in active:
                found[before] = None
            else:
                found.update(dict.fromkeys(nearest.get(before, ())))
        nearest[name] = tuple(found)
    return {name: nearest[name] for name in nearest if name in active}


def missing_of(
    graph: Graph, wanted: Iterable[str], active: Collection[str], done: Collection[str]
) -> frozenset[str]:
    """Prerequisites of ``wanted``, also indirect ones, that are neither active nor done."""
    missing: set[str] = set()
    waiting = list(wanted)
    seen = set(waiting)
    while waiting:
        for before in graph.get(waiting.pop(), ()):
            if before in done:
                continue
            if before not in active:
                missing.add(before)
            if before not in seen:
                seen.add(before)
                waiting.append(before)
    return frozenset(missing)
