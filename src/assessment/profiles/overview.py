"""Who took part, how far they are, which types: the start page before any layout."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from assessment.comparison.disclosure import (
    MINIMUM_MEMBERS,
    guarded_answers,
    guarded_counts,
    guarded_median,
    order_statistics,
)
from assessment.comparison.peers import EVERYBODY
from assessment.comparison.structure import Structure
from assessment.german import format_number, format_percent
from assessment.ledger import Fate
from assessment.profiles.header import answered_share, provenance
from assessment.profiles.plain import as_plain
from assessment.profiles.provenance import ProvenanceRecord, provenance_record
from assessment.profiles.results import Assessment, type_sizes
from assessment.profiles.texts import sentence
from assessment.register.size_classes import KGST_KREISE, KGST_MUNICIPALITIES
from assessment.remarks import Severity
from assessment.scoring.levels import LEVELS
from assessment.survey import AnswerStatus
from assessment.typology.model import MembershipState

LAND, KIND, SIZE = "Land", "Art der Kommune", "Größenklasse"
"""Titles of the breakdowns."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One count; ``n`` is ``None`` where it is hidden, ``text`` is what is shown."""

    id: str
    label: str
    n: int | None
    text: str


@dataclass(frozen=True, slots=True)
class Breakdown:
    """Participants by one property."""

    title: str
    cells: tuple[Cell, ...]
    note: str
    """Why cells are hidden; ``""`` if none is."""


@dataclass(frozen=True, slots=True)
class LevelSpread:
    """How many municipalities stand at level 0–4 in a dimension; ``None`` = hidden."""

    dimension: str
    name: str
    block: str
    block_name: str
    counts: tuple[int | None, ...]
    not_rated: int | None
    """Without a score: too few answers or not concerned."""
    median: int | None
    note: str


@dataclass(frozen=True, slots=True)
class Quality:
    """How complete the data are."""

    answered_median: float | None
    """Median share of questions with an answer among those that concern the municipality, 0–1."""
    below_60_percent: int | None
    """Municipalities with under 60 % answered; ``None`` = hidden."""
    not_rated_fields: int | None
    """Fields without a score, over all municipalities, where the field applies."""
    dont_know: int | None
    missing: int | None
    not_applicable: int | None
    """Answers „weiß nicht“, empty and „nicht zuständig“, over all. ``None``: too few others."""
    rows_set_aside: int | None
    columns_set_aside: int | None
    changed_cells: int | None
    warnings: int | None
    """The last four are ``None`` without a ledger."""


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything the start page says."""

    title: str
    n: int
    wave: str
    breakdowns: tuple[Breakdown, ...]
    levels: tuple[LevelSpread, ...]
    types: Breakdown | None
    """Counts per type and „nicht zuordenbar“; ``None`` without a typology."""
    type_note: str
    quality: Quality
    sentences: tuple[str, ...]
    provenance: tuple[str, ...]
    record: ProvenanceRecord
    simulated_note: str

    def breakdown(self, title: str) -> Breakdown | None:
        """Participants by the property of this title, if the survey tells it."""
        return next((found for found in self.breakdowns if found.title == title), None)

    def as_dict(self) -> dict[str, Any]:
        """The whole overview with plain types, ready for JSON."""
        return as_plain(self)


def overview(assessment: Assessment) -> Overview:
    """Put the overview together."""
    survey = assessment.survey
    n = len(survey.keys)
    levels = _levels(assessment)
    types = _types(assessment)
    quality = _quality(assessment)
    said = [
        sentence("overview.one_participant")
        if n == 1
        else sentence("overview.participants", n=format_number(n))
    ]
    said += _type_sentence(assessment)
    said += _level_sentence(levels)
    if quality.answered_median is not None:
        answered = format_percent(quality.answered_median)
        said.append(sentence("overview.quality", answered=answered))
    return Overview(
        title=survey.questionnaire.title,
        n=n,
        wave=survey.wave,
        breakdowns=tuple(_breakdowns(assessment.peers.structure)),
        levels=levels,
        types=types,
        type_note=assessment.typology_refusal,
        quality=quality,
        sentences=tuple(said),
        provenance=provenance(survey, assessment.typology_mark),
        record=provenance_record(survey, assessment.typology, assessment.typology_mark),
        simulated_note=sentence("data.simulated") if survey.simulated else "",
    )


def _breakdowns(structure: Structure) -> list[Breakdown]:
    """By Land, kind and size; what nobody's answers or keys tell is left out."""
    properties = (
        (LAND, structure.land, structure.land_label),
        (KIND, structure.kind, structure.kind_label),
        (SIZE, structure.size, _small_to_large(structure.size_label)),
    )
    found = []
    for title, codes, labels in properties:
        given = Counter(codes.tolist())
        if set(given) == {""}:
            continue
        counts = [(code, label, given[code]) for code, label in labels.items()]
        other = ("", sentence("overview.other"), given[""])
        found.append(_breakdown(title, [*counts, other], public=True))
    return found


def _small_to_large(labels: Mapping[str, str]) -> dict[str, str]:
    """KGSt classes of municipalities, then those of Kreise, each from small to large."""
    ordered = [*KGST_MUNICIPALITIES[::-1], *KGST_KREISE[::-1]]
    return {size.code: labels[size.code] for size in ordered}


def _breakdown(
    title: str, counts: Sequence[tuple[str, str, int]], *, public: bool = False
) -> Breakdown:
    """Guard the counts; properties nobody has are left out.

    ``public``: everybody knows which municipalities have the property. Where it is not and counts
    are hidden, leaving out only what nobody has would tell what all have.
    """
    present = [entry for entry in counts if entry[2] or not public]
    guarded = guarded_counts([n for _, _, n in present], public=public)
    cells = tuple(
        Cell(code, label, n, sentence("overview.cell_hidden") if n is None else format_number(n))
        for (code, label, _), n in zip(present, guarded.counts, strict=True)
        if n != 0
    )
    return Breakdown(title, cells, sentence("overview.hidden") if guarded.refusal else "")


def _levels(assessment: Assessment) -> tuple[LevelSpread, ...]:
    questionnaire, scores = assessment.survey.questionnaire, assessment.scores
    everybody = assessment.peers.groups[EVERYBODY, EVERYBODY]
    found = []
    for place, name in enumerate(scores.dimensions):
        level = scores.level[name].to_numpy(dtype=float, na_value=np.nan)
        known = level[~np.isnan(level)].astype(int)
        counts = np.bincount(known, minlength=LEVELS)
        guarded = guarded_answers(counts.tolist(), len(level) - len(known))
        dimension = questionnaire.dimension_by_id[name]
        found.append(
            LevelSpread(
                dimension=name,
                name=dimension.name,
                block=dimension.block,
                block_name=questionnaire.blocks.get(dimension.block, dimension.block),
                counts=guarded.counts[:LEVELS],
                not_rated=guarded.counts[LEVELS],
                median=order_statistics(everybody.ordered[place], least=MINIMUM_MEMBERS).median,
                note=guarded.refusal,
            )
        )
    return tuple(found)


def _types(assessment: Assessment) -> Breakdown | None:
    model, membership = assessment.typology, assessment.membership
    if model is None or membership is None:
        return None
    counts = [
        (cluster.id, cluster.name, int((membership.first == cluster.id).sum()))
        for cluster in model.clusters
    ]
    rest = int(membership.first.isna().sum())
    assigned = [*counts, ("", sentence("type.not_assignable"), rest)]
    return _breakdown("Typ", assigned, public=False)


def _type_sentence(assessment: Assessment) -> list[str]:
    membership = assessment.membership
    if membership is None:
        return [assessment.typology_refusal or sentence("type.no_typology")]
    state = membership.state.to_numpy()
    mixed = int((state == MembershipState.MIXED).sum())
    none = int((state == MembershipState.NOT_ASSIGNABLE).sum())
    between, left, _ = guarded_counts([mixed, none, len(state) - mixed - none]).counts
    # How many are assigned tells how many are not: only where that may be known.
    if left is None or type_sizes(assessment)[""] is None:
        return []
    assigned = format_number(len(state) - none)
    if not between:
        return [sentence("overview.types_plain", n=assigned)]
    return [sentence("overview.types", n=assigned, mixed=format_number(between))]


def _level_sentence(levels: Sequence[LevelSpread]) -> list[str]:
    rated = [(spread.median, spread.name) for spread in levels if spread.median is not None]
    if len(rated) < 2:
        return []
    high, highest = max(rated, key=lambda entry: entry[0])
    low, lowest = min(rated, key=lambda entry: entry[0])
    if high == low:
        return []
    return [sentence("overview.levels", highest=highest, high=high, lowest=lowest, low=low)]


def _quality(assessment: Assessment) -> Quality:
    survey, scores = assessment.survey, assessment.scores
    status = survey.status.to_numpy()
    answered = answered_share(status)
    few = int((answered < 0.6).sum())
    shown_few, _ = guarded_counts([few, len(answered) - few]).counts
    unrated = np.isnan(scores.score.to_numpy(dtype=float))
    open_fields = unrated & ~np.isnan(scores.coverage.to_numpy(dtype=float))
    ledger = survey.ledger
    enough = len(answered) >= MINIMUM_MEMBERS
    median = guarded_median(answered, decimals=2, least=MINIMUM_MEMBERS).value

    def total(which: AnswerStatus) -> int | None:
        return int((status == which).sum()) if enough else None

    return Quality(
        answered_median=median,
        below_60_percent=shown_few,
        not_rated_fields=int(open_fields.sum()) if enough else None,
        dont_know=total(AnswerStatus.DONT_KNOW),
        missing=total(AnswerStatus.MISSING),
        not_applicable=total(AnswerStatus.NOT_APPLICABLE),
        rows_set_aside=len(ledger.rows_with(Fate.SET_ASIDE)) if ledger else None,
        columns_set_aside=len(ledger.columns_with(Fate.SET_ASIDE)) if ledger else None,
        changed_cells=sum(len(change.rows) for change in ledger.changes) if ledger else None,
        warnings=sum(r.severity is Severity.WARNING for r in ledger.remarks) if ledger else None,
    )
