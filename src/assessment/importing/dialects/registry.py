"""All dialects, and the choice between them."""

from assessment.importing.dialects import (
    generic,
    google_forms,
    kobo,
    limesurvey,
    microsoft_forms,
    qualtrics,
    sosci,
    spss,
    surveygizmo,
    surveymonkey,
    template,
)
from assessment.importing.dialects.dialect import Dialect, Sighting
from assessment.importing.dialects.view import SheetView

DIALECTS: dict[str, Dialect] = {
    module.DIALECT.id: module.DIALECT
    for module in (
        spss,
        qualtrics,
        limesurvey,
        microsoft_forms,
        google_forms,
        surveymonkey,
        surveygizmo,
        sosci,
        kobo,
        template,
        generic,
    )
}


def sightings(view: SheetView, header_rows: tuple[int, ...]) -> list[tuple[Dialect, Sighting]]:
    """Every dialect the sheet shows signs of, the strongest first (ties: order above)."""
    seen = [
        (dialect, sighting)
        for dialect in DIALECTS.values()
        if (sighting := dialect.look(view, header_rows)) is not None
    ]
    return sorted(seen, key=lambda pair: -pair[1].strength)
