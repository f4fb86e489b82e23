"""What the page of gaps works with: profiles of one municipality, another wave, analysts' part."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from assessment.figures.style import ThemeName
from assessment.profiles.advice import gap_rows
from assessment.profiles.field_gaps import FieldGaps
from assessment.profiles.gap_profile import GapLine, GapProfile, gap_profile
from assessment.profiles.municipality import MunicipalityProfile
from assessment.profiles.targets import planned_targets
from assessment.profiles.texts import sentence
from assessment.ui.free_group_view import show_free_group
from assessment.ui.gap_view import block_shown
from assessment.ui.markdown import esc_md
from assessment.ui.plan_page import basis_now
from assessment.ui.similar_view import show_similar
from assessment.ui.taken import TakenSurvey
from assessment.ui.wave_choice import other_waves
from assessment.ui.wave_pair import WavePair, choose_wave, current_pair
from assessment.ui.wave_view import show_transitions, show_waves


@dataclass(frozen=True, slots=True)
class GapPage:
    """One municipality on the page of gaps."""

    taken: TakenSurvey
    key: str
    profile: MunicipalityProfile
    gaps: GapProfile
    pair: WavePair | None

    @property
    def name(self) -> str:
        return self.profile.header.name

    @property
    def group(self) -> str:
        return self.profile.peers.name

    def line(self, dimension: str) -> GapLine:
        """One field's gaps; ``KeyError`` for an unknown one."""
        return {line.dimension: line for line in self.gaps.lines}[dimension]

    def field(self, dimension: str) -> FieldGaps:
        """One field in detail."""
        return self.taken.field_gaps(self.key, dimension)


def open_gaps(taken: TakenSurvey, key: str) -> GapPage:
    """Title, with whom is compared, and everything the page works with."""
    profile = taken.profile(key)
    pair = current_pair(taken)
    previous = pair.previous(key) if pair is not None and pair.current_is_later else None
    page = GapPage(taken, key, profile, _gaps(taken, key, previous), pair)
    st.title(esc_md(f"Lücken: {page.name}"), anchor=False)
    if page.gaps.lines and profile.peers.sentence:
        st.caption(esc_md(profile.peers.sentence))
    return page


def _gaps(taken: TakenSurvey, key: str, previous: tuple[tuple[str, int], ...] | None) -> GapProfile:
    """Gaps as the survey has them; with a plan or an own catalogue by its targets and measures."""
    now = basis_now(taken, key)
    if now is None:
        return taken.gap_profile(key, previous)
    basis, survey = now[0], taken.survey
    rows = gap_rows(
        taken.assessment,
        key,
        None if previous is None else dict(previous),
        targets=basis.targets,
    )
    planned = planned_targets(basis.surveyed, basis.targets)
    return gap_profile(key, survey.name_of(key), rows, survey.questionnaire, basis.advice, planned)


def show_wave_section(page: GapPage, lines: Sequence[GapLine], theme: ThemeName) -> None:
    """What has changed between two waves in these fields; invites where there is only one."""
    pair = page.pair
    found = pair.profile(page.key) if pair is not None else None
    if found is not None and not found.refusal:
        st.header(esc_md(sentence("wave.question", before=found.before)), anchor=False)
    else:
        st.header("Was hat sich verändert?", anchor=False)
    with st.container(width=360):
        choose_wave(page.taken)
    if found is None:
        others = bool(other_waves(page.taken))
        st.markdown(esc_md(sentence("wave.none_chosen" if others else "wave.none")))
        return
    with st.container(width=760):
        show_waves(
            found,
            [line.dimension for line in lines],
            theme,
            block_shown(lines, page.gaps),
        )
    if found.refusal or pair is None:
        return
    panel = st.expander("Wechsel der Typen über alle Kommunen", key="wave-types", on_change="rerun")
    if panel.open:
        with panel:
            show_transitions(pair.transitions(), found.before, found.after)


def show_analysts(page: GapPage, dimensions: Sequence[str], theme: ThemeName) -> None:
    """Groups of one's own; folded away and only worked out when opened."""
    panel = st.expander(
        "Für Analystinnen und Analysten: eigene Vergleichsgruppe",
        key="gap-analysts",
        on_change="rerun",
    )
    if panel.open:
        with panel:
            show_free_group(page.taken, page.key, tuple(dimensions), theme)
    panel = st.expander(
        "Für Analystinnen und Analysten: ähnliche Kommunen",
        key="gap-similar",
        on_change="rerun",
    )
    if panel.open:
        with panel:
            show_similar(page.taken, page.key)
