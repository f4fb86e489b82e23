"""Methodenbericht: which goals tell the types apart, and by how much."""

from assessment.german import format_number, format_percent, format_signed
from assessment.reports.typology_blocks import NOTHING, Blocks, joined, paragraph, table
from assessment.reports.typology_facts import (
    ONE_TYPE,
    ReportFacts,
    category_title,
    hidden_count,
    report_texts,
    singles_out,
    type_title,
)
from assessment.typology.catdes import TypeDescription
from assessment.typology.goal_importance import Importance, goal_importance
from assessment.typology.model import Cluster

_GOALS_SHOWN = 6


def goals_section(known: ReportFacts) -> Blocks:
    """How much each goal tells about the type, and how the types differ in it."""
    texts = report_texts()["reading"]
    if known.k < 2:
        return paragraph(ONE_TYPE)
    found = goal_importance(
        known.usable.data, known.membership.probability.to_numpy()[known.study.rows]
    )
    rows = [
        (
            _question(known, one),
            format_percent(one.share),
            format_number(one.bits, 2),
            format_number(one.n),
        )
        for one in sorted(found, key=lambda one: -one.bits)
    ]
    effects = [
        _effects(cluster, one, hidden=n is None)
        for cluster, one, n in zip(
            known.model.clusters, known.described.types, known.sizes, strict=True
        )
        if known.shown(cluster)
    ]
    effects = [effect for effect in effects if effect]
    return joined(
        table(
            "Was eine einzelne Antwort über den Typ sagt",
            ("Frage", "Anteil", "Bit", "n"),
            rows,
        ),
        paragraph(texts["importance"], "note"),
        paragraph(texts["goals"]) if effects else NOTHING,
        *effects,
    )


def _question(known: ReportFacts, one: Importance) -> str:
    goals = known.model.goals
    if one.part == "ranked" and goals.ranked is not None:
        return f"{goals.ranked.labels[one.column]} (vorn genannt)"
    if one.part == "categories":
        return category_title(known, one.column)
    return goals.columns[one.column].label


def _effects(cluster: Cluster, described: TypeDescription, *, hidden: bool) -> Blocks:
    clearest = [
        trait for trait in described.goals if trait.effect is not None and not singles_out(trait)
    ]
    rows = [
        (
            trait.text if trait.category is None else f"{trait.text}: {trait.category}",
            "Bewertung" if trait.category is None else "Anteil",
            format_signed(trait.effect, 2)
            if trait.category is None
            else f"{format_signed(None if trait.effect is None else 100 * trait.effect)} Punkte",
            hidden_count(None if hidden else trait.n),
        )
        for trait in clearest[:_GOALS_SHOWN]
    ]
    if not rows:
        return NOTHING
    return table(
        f"{type_title(cluster)}: deutlichste Unterschiede zu den übrigen",
        ("Ziel", "Angabe", "Unterschied", "n"),
        rows,
        texts=2,
        note="Bewertung: Unterschied in Standardabweichungen; Anteil: in Prozentpunkten.",
    )
