"""Everything known of one municipality, for the papers about it; each part made when first asked.

A document reads a dossier and nothing else: the same profiles the pages show, without what its
variant keeps back (``public.py``).
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeVar

from assessment.comparison.gaps import item_gaps
from assessment.comparison.reference_values import published_comparisons
from assessment.comparison.targets import target_levels
from assessment.comparison.waves import PreparedWaves
from assessment.measures.model import Catalogue
from assessment.measures.plan_types import MunicipalityPlan, Status
from assessment.measures.roadmap import schedule
from assessment.measures.roadmap_types import Roadmap
from assessment.profiles.advice import gap_rows
from assessment.profiles.field_gaps import FieldGaps, field_gaps
from assessment.profiles.gap_profile import GapProfile, gap_profile
from assessment.profiles.header import provenance
from assessment.profiles.measure_basis import MeasureBasis, measure_basis
from assessment.profiles.measure_profile import MeasureProfile, measure_profile
from assessment.profiles.municipality import MunicipalityProfile, municipality_profile
from assessment.profiles.public import (
    hidden_fields,
    public_basis,
    public_field,
    public_gaps,
    public_measures,
    public_profile,
    public_schedule,
    public_waves,
    sensitive_fields,
)
from assessment.profiles.public_names import (
    STAND_IN,
    changed_plan,
    map_texts,
    nameless,
    nameless_header,
    nameless_plan,
    plan_as_given,
)
from assessment.profiles.public_scores import renamed_assessment, rounded_assessment
from assessment.profiles.results import Assessment
from assessment.profiles.roadmap_profile import RoadmapProfile, roadmap_profile
from assessment.profiles.strategy_profile import StrategyProfile, strategy_profile
from assessment.profiles.targets import planned_targets
from assessment.profiles.texts import sentence
from assessment.profiles.variants import Variant
from assessment.profiles.wave_profile import WaveProfile, wave_profile

Part = TypeVar("Part")


@dataclass(frozen=True, eq=False)
class Dossier:
    """One municipality of one survey with its plan, if it has one.

    ``waves``: an earlier and this survey; ``None`` where there is only one. All parts, ``plan``
    included, hold only what ``variant`` allows; whatever reads ``assessment`` itself has to take
    care.
    """

    assessment: Assessment
    key: str
    plan: MunicipalityPlan | None = None
    waves: PreparedWaves | None = None
    variant: Variant = Variant.PUBLIC

    def __post_init__(self) -> None:
        # A dossier made from another one by ``replace`` starts from the plan as people wrote it.
        given = plan_as_given(self.plan)
        object.__setattr__(self, "plan", given)
        if given is not None and self.cleaned:
            object.__setattr__(self, "plan", self._shown_plan(given))

    @property
    def cleaned(self) -> bool:
        """Whether anything is kept back."""
        return self.variant is not Variant.CLOSED

    @property
    def anonymous(self) -> bool:
        return self.variant is Variant.ANONYMOUS

    @cached_property
    def hidden(self) -> frozenset[str]:
        """Fields of which nothing at all may be said in this variant."""
        if not self.cleaned:
            return frozenset()
        return hidden_fields(self.assessment, self.key, self.plan)

    @cached_property
    def _source(self) -> Assessment:
        """What all parts are worked out of: confidential fields rounded where that is asked for."""
        if not self.cleaned:
            return self.assessment
        secret = sensitive_fields(self.assessment.survey.questionnaire)
        rounded = rounded_assessment(self.assessment, secret)
        return renamed_assessment(rounded, self.key, STAND_IN) if self.anonymous else rounded

    @property
    def catalogue(self) -> Catalogue:
        return self.assessment.catalogue

    @property
    def name(self) -> str:
        """„die Kommune“ in the anonymised variant."""
        return sentence("public.name") if self.anonymous else self._true_name

    @property
    def _true_name(self) -> str:
        return self._source.survey.name_of(self.key)

    @cached_property
    def basis(self) -> MeasureBasis:
        """Advice, levels and targets, by the plan where there is one."""
        if not self.cleaned:
            return self._whole_basis
        questionnaire = self.assessment.survey.questionnaire
        basis = public_basis(self._whole_basis, self.hidden, questionnaire, self.catalogue)
        return self._shown(basis)

    @cached_property
    def _whole_basis(self) -> MeasureBasis:
        plan = self.plan
        return measure_basis(
            self._source,
            self.key,
            self.catalogue,
            done=[each.id for each in plan.measures if each.status is Status.DONE] if plan else (),
            targets=plan.targets if plan else None,
        )

    @cached_property
    def profile(self) -> MunicipalityProfile:
        """The Steckbrief."""
        advice = self.basis.advice
        source = self._source
        profile = municipality_profile(source, self.key, advice)
        if not self.cleaned:
            return profile
        profile = public_profile(profile, self.assessment, source, advice, self.hidden)
        if not self.anonymous:
            return profile
        return replace(
            self._shown(profile),
            header=nameless_header(profile.header, self.assessment),
            # A file with one municipality's answers is often called like it.
            record=replace(profile.record, file_name=""),
        )

    @cached_property
    def gaps(self) -> GapProfile:
        """All gaps; to the earlier wave as well where there is one."""
        survey, basis = self._source.survey, self.basis
        previous = self.waves.earlier_points(self.key) if self.waves else {}
        rows = gap_rows(self._source, self.key, previous or None, targets=basis.targets)
        if self.cleaned:
            rows = public_gaps(rows, self.hidden, survey.questionnaire)
        found = gap_profile(
            self.key,
            self._true_name,
            rows,
            survey.questionnaire,
            basis.advice,
            planned_targets(basis.surveyed, basis.targets),
        )
        return self._shown(found)

    def field(self, dimension: str) -> FieldGaps | None:
        """One field with its questions; ``None`` where the variant hides it or there is none."""
        profile = self.profile
        row = next((each for each in profile.fields if each.dimension == dimension), None)
        if row is None:
            return None
        survey, scores = self._source.survey, self.assessment.scores
        targets = target_levels(survey, self.key)
        items = item_gaps(self.assessment.peers, survey, scores, self.key, dimension, targets)
        published = published_comparisons(survey, self.key)
        found = field_gaps(survey, self.key, row, items, published, None, profile.peers.name)
        return self._shown(public_field(found, survey.questionnaire)) if self.cleaned else found

    @cached_property
    def measures(self) -> MeasureProfile:
        """The recommendations."""
        plan, basis = self.plan, self.basis
        active = [each.id for each in plan.measures if each.active] if plan else []
        found = measure_profile(
            basis.advice,
            self.catalogue,
            self.assessment.survey.questionnaire,
            name=self._true_name,
            planned=active,
            done=basis.done,
            provenance=provenance(self.assessment.survey, self.assessment.typology_mark),
            rated=bool(basis.advice.not_rated)
            or any(level is not None for level in basis.levels.values()),
        )
        return self._shown(public_measures(found, self.hidden, self.catalogue))

    @cached_property
    def schedule(self) -> Roadmap | None:
        """The plan's measures with their periods and costs; ``None`` without a plan."""
        if self.plan is None:
            return None
        basis = self._whole_basis
        found = schedule(self.plan, self.catalogue, done=basis.fulfilled, names=basis.names)
        return self._shown(public_schedule(found, self.hidden, self.catalogue, basis.done))

    @cached_property
    def roadmap(self) -> RoadmapProfile | None:
        """The same in words."""
        found = self.schedule
        return None if found is None else self._shown(roadmap_profile(found, self._true_name))

    @cached_property
    def strategy(self) -> StrategyProfile | None:
        """Vision, goals of the fields, building blocks; ``None`` without a plan."""
        if self.plan is None:
            return None
        outside = self._whole_basis.outside
        found = strategy_profile(self.plan, self.catalogue, self._true_name, outside=outside)
        # Examples of others carry their names; only the own one goes.
        return self._shown(found)

    @cached_property
    def wave(self) -> WaveProfile | None:
        """What has changed since the earlier wave; ``None`` without one."""
        if self.waves is None:
            return None
        found = self.waves.comparison(self.key)
        questionnaire = self.assessment.survey.questionnaire
        profile = wave_profile(found, questionnaire)
        if self.cleaned:
            profile = public_waves(profile, self.hidden, questionnaire)
        return self._shown(profile)

    def _shown(self, part: Part) -> Part:
        """A part as the variant shows it: without the name where that asks for it."""
        return map_texts(part, self._nameless) if self.anonymous else part

    @cached_property
    def _nameless(self) -> Callable[[str], str]:
        return nameless(self.assessment.survey, self.key)

    def _shown_plan(self, plan: MunicipalityPlan) -> MunicipalityPlan:
        if any(field in plan.targets for field in self.hidden):
            kept = {name: to for name, to in plan.targets.items() if name not in self.hidden}
            plan = changed_plan(plan, targets=kept)
        if not self.anonymous:
            return plan
        own = nameless(self.assessment.survey, self.key, own_text=True)
        return nameless_plan(plan, own)
