"""Fields of the Vorlage that count as soon as one leaves them; nothing has to be taken over.

The plan is the only truth: a field shows what the plan holds. What can't be read (a date that is
none) stays as it was typed, with the sentence that says why; the plan keeps its old value.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import streamlit as st

from assessment.measures.paper_editing import set_paper
from assessment.measures.paper_types import PaperSettings
from assessment.measures.plan_types import MunicipalityPlan
from assessment.remarks import InputRefused
from assessment.ui.components import refusal
from assessment.ui.plan_page import PlanPage
from assessment.ui.plan_state import keep, kept_plan
from assessment.ui.typed_dates import DAY, day_text, read_day

Change = Callable[[MunicipalityPlan, Any], MunicipalityPlan]
_REFUSED = "paper_refused"


@dataclass(frozen=True, slots=True)
class _Refused:
    """What was typed and could not be taken."""

    typed: Any
    why: InputRefused
    before: Any
    """What the plan held, and still holds."""


@dataclass(frozen=True, slots=True)
class PaperFields:
    """Draws fields of one municipality's plan; ``place`` is a column or ``st`` itself."""

    page: PlanPage

    @property
    def settings(self) -> PaperSettings:
        return self.page.plan.paper

    def line(
        self,
        label: str,
        name: str,
        value: str,
        change: Change,
        *,
        placeholder: str = "",
        place: Any = st,
        **options: Any,
    ) -> None:
        """One line of text."""
        key = self._ready(name, value)
        place.text_input(
            label,
            key=key,
            placeholder=placeholder,
            on_change=self._take,
            args=(key, value, change),
            **options,
        )
        self._say(key, place)

    def text(
        self,
        label: str,
        name: str,
        value: str,
        change: Change,
        *,
        placeholder: str = "",
        height: int = 110,
        place: Any = st,
        **options: Any,
    ) -> None:
        """Paragraphs of text."""
        key = self._ready(name, value)
        place.text_area(
            label,
            key=key,
            placeholder=placeholder,
            height=height,
            on_change=self._take,
            args=(key, value, change),
            **options,
        )
        self._say(key, place)

    def choice(
        self,
        label: str,
        name: str,
        options: Sequence[Any],
        value: Any,
        change: Change,
        *,
        shown: Callable[[Any], str] = str,
        place: Any = st,
        **more: Any,
    ) -> None:
        """One of several."""
        key = self._ready(name, value)
        place.selectbox(
            label,
            list(options),
            key=key,
            format_func=shown,
            on_change=self._take,
            args=(key, value, change),
            **more,
        )
        self._say(key, place)

    def tick(
        self, label: str, name: str, value: bool, change: Change, *, place: Any = st, **more: Any
    ) -> None:
        """Yes or no."""
        key = self._ready(name, value)
        place.checkbox(label, key=key, on_change=self._take, args=(key, value, change), **more)
        self._say(key, place)

    def day(
        self,
        label: str,
        name: str,
        value: date | None,
        change: Callable[[MunicipalityPlan, date | None], MunicipalityPlan],
        *,
        place: Any = st,
        **more: Any,
    ) -> None:
        """A day as people type it."""
        self.line(
            label,
            name,
            day_text(value),
            lambda plan, typed: change(plan, read_day(typed, label)),
            placeholder=DAY,
            place=place,
            **more,
        )

    def setting(self, name: str) -> Change:
        """Changes the setting ``name`` of the Vorlage."""
        return lambda plan, value: set_paper(plan, **{name: value})

    def _ready(self, name: str, value: Any) -> str:
        """The widget's key, with what the plan holds (or what was refused) put into it."""
        key = f"paper-{self.page.key}-{name}"
        kept = _refused().get(key)
        if kept and kept.before != value:
            # Another plan has been loaded meanwhile.
            del _refused()[key]
            kept = None
        shown = kept.typed if kept else value
        # Only where it differs: writing the same again would throw away what is being typed.
        if key not in st.session_state or st.session_state[key] != shown:
            st.session_state[key] = shown
        return key

    def _take(self, key: str, before: Any, change: Change) -> None:
        given = st.session_state[key]
        taken, municipality = self.page.taken, self.page.key
        kept = kept_plan(taken, municipality)
        plan = kept.plan if kept else self.page.plan
        try:
            changed = change(plan, given)
        except InputRefused as error:
            _refused()[key] = _Refused(given, error, before)
            return
        _refused().pop(key, None)
        if changed != plan:
            keep(taken, municipality, changed)

    def _say(self, key: str, place: Any) -> None:
        kept = _refused().get(key)
        if kept:
            with place if place is not st else st.container():
                refusal(kept.why)


def _refused() -> dict[str, _Refused]:
    """By widget."""
    return st.session_state.setdefault(_REFUSED, {})
