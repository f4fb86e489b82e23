"""Everything known of one municipality, for the papers about it; each part made when first asked.

A document reads a dossier and nothing else: the same profiles the pages show.
"""

from dataclasses import dataclass
from functools import cached_property

from assessment.comparison.waves import PreparedWaves
from assessment.measures.model import Catalogue
from assessment.measures.plan_types import MunicipalityPlan, Status
from assessment.measures.roadmap import schedule
from assessment.measures.roadmap_types import Roadmap
from assessment.profiles.advice import gap_rows
from assessment.profiles.gap_profile import GapProfile, gap_profile
from assessment.profiles.header import provenance
from assessment.profiles.measure_basis import MeasureBasis, measure_basis
from assessment.profiles.measure_profile import MeasureProfile, measure_profile
from assessment.profiles.municipality import MunicipalityProfile, municipality_profile
from assessment.profiles.results import Assessment
from assessment.profiles.roadmap_profile import RoadmapProfile, roadmap_profile
from assessment.profiles.strategy_profile import StrategyProfile, strategy_profile
from assessment.profiles.targets import planned_targets
from assessment.profiles.variants import Variant
from assessment.profiles.wave_profile import WaveProfile, wave_profile


@dataclass(frozen=True, eq=False)
class Dossier:
    """One municipality of one survey with its plan, if it has one.

    ``waves``: an earlier and this survey; ``None`` where there is only one.
    """

    assessment: Assessment
    key: str
    plan: MunicipalityPlan | None = None
    waves: PreparedWaves | None = None
    variant: Variant = Variant.PUBLIC

    @property
    def catalogue(self) -> Catalogue:
        return self.assessment.catalogue

    @property
    def name(self) -> str:
        return self.assessment.survey.name_of(self.key)

    @cached_property
    def basis(self) -> MeasureBasis:
        """Advice, levels and targets, by the plan where there is one."""
        plan = self.plan
        return measure_basis(
            self.assessment,
            self.key,
            self.catalogue,
            done=[each.id for each in plan.measures if each.status is Status.DONE] if plan else (),
            targets=plan.targets if plan else None,
        )

    @cached_property
    def profile(self) -> MunicipalityProfile:
        """The Steckbrief."""
        return municipality_profile(self.assessment, self.key, self.basis.advice)

    @cached_property
    def gaps(self) -> GapProfile:
        """All gaps; to the earlier wave as well where there is one."""
        survey, basis = self.assessment.survey, self.basis
        previous = self.waves.earlier_points(self.key) if self.waves else {}
        rows = gap_rows(self.assessment, self.key, previous or None, targets=basis.targets)
        return gap_profile(
            self.key,
            self.name,
            rows,
            survey.questionnaire,
            basis.advice,
            planned_targets(basis.surveyed, basis.targets),
        )

    @cached_property
    def measures(self) -> MeasureProfile:
        """The recommendations."""
        plan, basis = self.plan, self.basis
        active = [each.id for each in plan.measures if each.active] if plan else []
        return measure_profile(
            basis.advice,
            self.catalogue,
            self.assessment.survey.questionnaire,
            name=self.name,
            planned=active,
            done=basis.done,
            provenance=provenance(self.assessment.survey, self.assessment.typology_mark),
            rated=bool(basis.advice.not_rated)
            or any(level is not None for level in basis.levels.values()),
        )

    @cached_property
    def schedule(self) -> Roadmap | None:
        """The plan's measures with their periods and costs; ``None`` without a plan."""
        if self.plan is None:
            return None
        basis = self.basis
        return schedule(self.plan, self.catalogue, done=basis.fulfilled, names=basis.names)

    @cached_property
    def roadmap(self) -> RoadmapProfile | None:
        """The same in words."""
        found = self.schedule
        return None if found is None else roadmap_profile(found, self.name)

    @cached_property
    def strategy(self) -> StrategyProfile | None:
        """Vision, goals of the fields, building blocks; ``None`` without a plan."""
        if self.plan is None:
            return None
        return strategy_profile(self.plan, self.catalogue, self.name, outside=self.basis.outside)

    @cached_property
    def wave(self) -> WaveProfile | None:
        """What has changed since the earlier wave; ``None`` without one."""
        if self.waves is None:
            return None
        found = self.waves.comparison(self.key)
        return wave_profile(found, self.assessment.survey.questionnaire)
