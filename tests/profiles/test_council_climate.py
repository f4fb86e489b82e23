"""The rule behind the proposal of Klimarelevanz, case by case."""

import pytest
from measure_cases import measure

from assessment.measures.model import Catalogue, ClimateEffect
from assessment.measures.paper_types import ClimateJudgement
from assessment.measures.plan_types import PlannedMeasure, Status
from assessment.profiles.council.climate import climate_proposal, climate_rule, ticks

CATALOGUE = Catalogue(
    id="klima",
    version="1",
    title="Klima",
    measures=(
        measure("P1", climate=ClimateEffect.POSITIVE),
        measure("P2", climate=ClimateEffect.POSITIVE),
        measure("N1", climate=ClimateEffect.NEUTRAL),
        measure("N2", climate=ClimateEffect.NEUTRAL),
        measure("O1", climate=ClimateEffect.OPEN),
    ),
)
POSITIVE, NEGATIVE, NONE, UNKNOWN = ClimateJudgement


@pytest.mark.parametrize(
    ("ids", "judgement", "decisive", "reason"),
    [
        ("", UNKNOWN, "", "Ohne Maßnahmen lässt sich eine Auswirkung nicht einschätzen."),
        ("P1", POSITIVE, "P1",
         "Der Katalog schlägt für die Maßnahme eine positive Auswirkung vor."),
        ("N1", NONE, "N1", "Der Katalog schlägt für die Maßnahme keine Auswirkung vor."),
        ("O1", UNKNOWN, "O1", "Bei der Maßnahme hängt die Auswirkung von der Umsetzung ab."),
        ("P1 P2", POSITIVE, "P1 P2",
         "Der Katalog schlägt für alle Maßnahmen eine positive Auswirkung vor."),
        ("N1 N2", NONE, "N1 N2",
         "Der Katalog schlägt für keine der Maßnahmen eine Auswirkung vor."),
        ("P1 N1", POSITIVE, "P1",
         "Der Katalog schlägt für eine von 2 Maßnahmen eine positive Auswirkung vor, für die "
         "übrigen keine."),
        ("P1 P2 N1", POSITIVE, "P1 P2",
         "Der Katalog schlägt für 2 von 3 Maßnahmen eine positive Auswirkung vor, für die "
         "übrigen keine."),
        # What one leaves open is never talked away by others.
        ("P1 P2 O1", UNKNOWN, "O1",
         "Bei einer von 3 Maßnahmen hängt die Auswirkung von der Umsetzung ab."),
        ("P1 O1 E1", UNKNOWN, "O1 E1",
         "Bei 2 von 3 Maßnahmen hängt die Auswirkung von der Umsetzung ab."),
        ("O1 E1", UNKNOWN, "O1 E1",
         "Bei allen Maßnahmen hängt die Auswirkung von der Umsetzung ab."),
    ],
)  # fmt: skip
def test_the_proposal_follows_the_rule(
    ids: str, judgement: ClimateJudgement, decisive: str, reason: str
) -> None:
    planned = [
        PlannedMeasure(id=name, own_title="Eigenes" if name == "E1" else "") for name in ids.split()
    ]
    proposal = climate_proposal(planned, CATALOGUE)
    assert proposal.judgement is judgement
    assert proposal.ids == tuple(decisive.split())
    assert proposal.reason == reason


def test_what_is_put_back_does_not_count() -> None:
    planned = [PlannedMeasure(id="P1"), PlannedMeasure(id="O1", status=Status.DEFERRED)]
    assert climate_proposal(planned, CATALOGUE).judgement is POSITIVE


def test_all_four_ticks_are_shown_and_one_is_set() -> None:
    assert ticks(NEGATIVE) == "☐ positiv ☒ negativ ☐ keine ☐ nicht einschätzbar"
    for each in ClimateJudgement:
        assert ticks(each).count("☒") == 1
    assert climate_rule().startswith("Regel")
