"""The sentences of a projection."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date

from assessment.measures.costs import quoted
from assessment.measures.model import Catalogue, Horizon, Measure
from assessment.measures.periods import quarter
from assessment.measures.what_if_types import NoEffect, ProjectedDimension, Reason


def field_sentence(
    name: str, level: int | None, projected: int | None, target: int | None, end: date | None
) -> str:
    """One field: where it is and where the chosen measures lead."""
    if level is None or projected is None:
        return f"{name}: nicht bewertbar, deshalb keine Projektion."
    if projected == level:
        said = f"{name}: bleibt auf Stufe {level}"
    else:
        until = f" (frühestens {quarter(end)})" if end else ""
        said = f"{name}: von Stufe {level} auf Stufe {projected}{until}"
    return f"{said}{_to_target(projected, target)}."


def _to_target(projected: int, target: int | None) -> str:
    if target is None:
        return ""
    if projected >= target:
        return f"; das Ziel Stufe {target} ist erreicht"
    missing = target - projected
    steps = "fehlt 1 Stufe" if missing == 1 else f"fehlen {missing} Stufen"
    return f"; zum Ziel Stufe {target} {steps}"


def reason_of(
    measure: Measure,
    *,
    level: int | None,
    missing: Sequence[str],
    able: bool,
    done: bool,
    concerned: bool,
    wanted: Collection[str],
    catalogue: Catalogue,
) -> NoEffect:
    """Why a chosen measure raises no level.

    ``missing``: prerequisites that are neither fulfilled nor possible with the choice
    (``wanted``); ``able``: it could be carried out, but others already bear its levels.
    """
    if done:
        reason, why = Reason.DONE, "ist schon erledigt"
    elif not concerned:
        reason, why = Reason.OUTSIDE, "gehört nicht zur eigenen Zuständigkeit"
    elif level is None:
        reason, why = Reason.NOT_RATED, "das Feld ist nicht bewertbar"
    elif level >= measure.level_to:
        reason, why = Reason.REACHED, f"Stufe {measure.level_to} ist schon erreicht"
    elif missing:
        reason, why = Reason.PREREQUISITE, _missing(missing, wanted, catalogue)
    elif not able:
        reason, why = Reason.LEVEL_TOO_LOW, f"setzt Stufe {measure.level_from} im Feld voraus"
    else:
        reason = Reason.NO_FURTHER_STEP
        why = "die Stufen bis dahin tragen schon andere gewählte Maßnahmen"
    sentence = f"„{measure.title}“ hebt keine Stufe: {why}."
    return NoEffect(measure.id, measure.title, reason, sentence)


def unknown_effect(measure_id: str) -> NoEffect:
    """A chosen measure the catalogue doesn't have."""
    return NoEffect(
        measure_id,
        measure_id,
        Reason.UNKNOWN,
        f"„{measure_id}“ steht nicht im Katalog; die Wirkung auf Stufen ist nicht beschrieben.",
    )


def _missing(missing: Sequence[str], wanted: Collection[str], catalogue: Catalogue) -> str:
    titles = quoted([catalogue[name].title for name in missing])
    if len(missing) > 1:
        return f"es fehlen die Voraussetzungen {titles}"
    if missing[0] in wanted:
        return f"die Voraussetzung {titles} kann mit dieser Auswahl noch nicht umgesetzt werden"
    return f"die Voraussetzung {titles} ist nicht gewählt"


def summary(
    dimensions: Sequence[ProjectedDimension],
    no_effect: Sequence[NoEffect],
    effort: int,
    horizons: Mapping[Horizon, int],
    end: date | None,
) -> Iterator[str]:
    """The projection in a few sentences."""
    count = sum(horizons.values())
    if not count:
        yield "Es ist noch keine Maßnahme gewählt, die umzusetzen wäre."
        return
    rated = [field for field in dimensions if field.level is not None]
    raised = sum(field.raised for field in rated)
    chosen = "der gewählten Maßnahme" if count == 1 else f"den {count} gewählten Maßnahmen"
    if not raised:
        yield f"Mit {chosen} steigt rechnerisch kein Feld um eine Stufe."
    else:
        verb = "steigt" if raised == 1 else "steigen"
        fields = "Feld" if len(rated) == 1 else "Feldern"
        yield (
            f"Mit {chosen} {verb} rechnerisch {raised} von {len(rated)} bewerteten {fields} um "
            "mindestens eine Stufe."
        )
    points = "1 Punkt" if effort == 1 else f"{effort} Punkte"
    yield f"Aufwand zusammen: {points} (je Maßnahme 1 bis 5 nach Katalog, kein Geldbetrag)."
    parts = [f"{horizons[h]} {h.value}" for h in Horizon if horizons[h]]
    yield f"Zeithorizont der Maßnahmen: {', '.join(parts)}."
    if end is not None:
        yield (
            f"Frühestes Ende: {quarter(end)}, wenn jede Maßnahme beginnt, sobald ihre "
            "Voraussetzungen abgeschlossen sind."
        )
    if no_effect:
        said = "hebt" if len(no_effect) == 1 else "heben"
        measures = "gewählte Maßnahme" if len(no_effect) == 1 else "gewählte Maßnahmen"
        yield f"{len(no_effect)} {measures} {said} keine Stufe; die Gründe stehen dabei."
