"""What to do first: suitable measures of a catalogue in a traceable order.

A measure is suitable where its starting level is reached and the level it leads to is not. What is
not rated is never taken as level 0: such fields are named as to be cleared up.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from assessment.measures.advice_types import Advice, Recommendation
from assessment.measures.chain import brought_forward, builds_on, chain_of, without_sentence
from assessment.measures.model import Catalogue, CostKind, Measure, Obligation
from assessment.measures.prerequisites import catalogue_graph, fulfilled, missing_of
from assessment.measures.priority import RANK, Relevance, priority_of, relevance_of
from assessment.measures.rules import load_goal_relevance, load_rules
from assessment.measures.sentences import say
from assessment.measures.situation import Situation


def advise(catalogue: Catalogue, situation: Situation, *, done: Collection[str] = ()) -> Advice:
    """Recommend measures. ``done``: ids carried out already; they are not proposed again.

    Deterministic. Order: duties; in Haushaltssicherung voluntary measures after all others, those
    without own costs first; then by class and value of the priority and by the catalogue's order,
    prerequisites before what builds on them within each of these groups.
    """
    finished = fulfilled(catalogue, situation.levels, done)
    graph = catalogue_graph(catalogue)
    dependents = builds_on(catalogue)
    goals = _goals_by_field(situation)
    position = {name: place for place, name in enumerate(catalogue.order)}
    found: list[Recommendation] = []
    outside: list[Measure] = []
    for measure in catalogue.measures:
        level = situation.levels.get(measure.dimension)
        if measure.id in done or level is None or not suits(measure, level):
            continue
        if not measure.concerns(situation.kind):
            outside.append(measure)
            continue
        missing = sorted(missing_of(graph, (measure.id,), (), finished), key=position.__getitem__)
        found.append(
            _recommendation(
                measure,
                situation,
                level,
                goals,
                [catalogue[name] for name in missing],
                dependents[measure.id],
            )
        )
    return Advice(
        recommendations=tuple(_ordered(found, catalogue, situation.constrained)),
        outside_responsibility=tuple(outside),
        not_rated=_not_rated(catalogue, situation),
        order_reason=" ".join(
            (
                say("order.constrained" if situation.constrained else "order.usual"),
                say("order.note"),
            )
        ),
        catalogue_id=catalogue.id,
        catalogue_version=catalogue.version,
    )


def suits(measure: Measure, level: int) -> bool:
    """Whether the starting level is reached and the level the measure leads to is not."""
    return measure.level_from <= level < measure.level_to


def measures_for(
    catalogue: Catalogue, field: str, level: int, kind: str | None = None
) -> tuple[Measure, ...]:
    """Measures that help a field on from a level, in catalogue order.

    Fields without measures of their own (basic components, building blocks of a strategy) are
    helped by those of the field that stands for them. ``kind``: leave out what isn't its task.
    """
    own = load_rules().stands_for.get(field, field)
    if any(measure.dimension == field for measure in catalogue.measures):
        own = field
    return tuple(
        measure
        for measure in catalogue.measures
        if measure.dimension == own and suits(measure, level) and measure.concerns(kind)
    )


def _recommendation(
    measure: Measure,
    situation: Situation,
    level: int,
    goals: Mapping[str, str],
    missing: Sequence[Measure],
    builds: int,
) -> Recommendation:
    field = measure.dimension
    duty = measure.obligation is Obligation.DUTY
    voluntary = measure.obligation is Obligation.VOLUNTARY
    set_back = situation.constrained and voluntary
    row = situation.gaps.get(field)
    gap = row.largest if row is not None else None
    priority = priority_of(gap, _relevance(field, situation, goals, duty), measure.effort)
    # One level at a time: nobody gets from „am Anfang“ to „etabliert“ with a single step.
    expected = min(level + 1, measure.level_to)
    strong = measure.strong_type
    return Recommendation(
        measure=measure,
        dimension=field,
        level=level,
        expected_level=expected,
        priority=priority,
        chain=chain_of(
            measure,
            situation,
            level=level,
            expected=expected,
            gap=gap,
            priority=priority,
            missing=missing,
            set_back=set_back,
        ),
        duty=duty,
        voluntary_mark=set_back,
        missing=tuple(each.id for each in missing),
        without=without_sentence(measure, situation, level, builds),
        partner=strong if strong != situation.type_id else "",
    )


def _relevance(field: str, situation: Situation, goals: Mapping[str, str], duty: bool) -> Relevance:
    current, target = situation.targets.get(field, (None, None))
    return relevance_of(duty=duty, current=current, target=target, goal=goals.get(field))


def _goals_by_field(situation: Situation) -> dict[str, str]:
    """Field → the first preferred goal that touches it, as labelled."""
    known = load_goal_relevance()
    questionnaire = situation.questionnaire
    found: dict[str, str] = {}
    if questionnaire.id != known.questionnaire:
        return found
    for goal in situation.goals:
        touched = known.goals.get(goal)
        if touched is not None and goal in questionnaire.item_by_id:
            text = questionnaire[goal].text.rsplit(": ", 1)[-1].rstrip(".?")
            for field in touched.fields:
                found.setdefault(field, text)
    return found


def _not_rated(catalogue: Catalogue, situation: Situation) -> tuple[str, ...]:
    """Fields with measures for this municipality but no level, in questionnaire order."""
    fields = {m.dimension for m in catalogue.measures if m.concerns(situation.kind)}
    known = [d.id for d in situation.questionnaire.dimensions if d.id in fields]
    return tuple(
        name
        for name in known
        if situation.levels.get(name) is None and name not in situation.outside
    )


def _tier(recommendation: Recommendation, constrained: bool) -> int:
    """Groups that are never mixed: duties, others, voluntary ones in Haushaltssicherung."""
    if recommendation.duty:
        return 0
    if not constrained or recommendation.measure.obligation is not Obligation.VOLUNTARY:
        return 1
    return 2 if recommendation.measure.cost_kind is CostKind.NONE else 3


def _ordered(
    found: Sequence[Recommendation], catalogue: Catalogue, constrained: bool
) -> list[Recommendation]:
    place = {measure.id: number for number, measure in enumerate(catalogue.measures)}
    ranked = sorted(
        found,
        key=lambda each: (
            _tier(each, constrained),
            RANK[each.priority.priority_class],
            -each.priority.value,
            place[each.measure.id],
        ),
    )
    by_id = {each.measure.id: each for each in ranked}
    ordered: dict[str, Recommendation] = {}
    for each in ranked:
        tier = _tier(each, constrained)
        # Missing prerequisites come in buildable order; those of another group stay there.
        for name in each.missing:
            before = by_id.get(name)
            if before is not None and name not in ordered and _tier(before, constrained) == tier:
                ordered[name] = replace(before, chain=brought_forward(before.chain, each.measure))
        ordered.setdefault(each.measure.id, each)
    return list(ordered.values())
