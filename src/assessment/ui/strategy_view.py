"""The page of the strategy: vision, action fields, building blocks, participation, targets."""

from collections.abc import Mapping

import streamlit as st

from assessment.measures.plan_editing import set_target, target_warning
from assessment.measures.plan_types import (
    BlockState,
    MunicipalityPlan,
)
from assessment.profiles.strategy_profile import (
    FieldView,
    StrategyProfile,
    block_shown,
)
from assessment.remarks import InputRefused
from assessment.ui.components import bullet_list, plain_table, refusal
from assessment.ui.markdown import esc_md
from assessment.ui.plan_page import PlanPage
from assessment.ui.strategy_frames import lines_of, mark_of, with_strategy, year_of

_TALL, _LOW = 110, 80
_AS_SURVEYED = -1


def show_answer(profile: StrategyProfile) -> None:
    """How complete the document is, in words."""
    st.markdown(esc_md(" ".join((profile.sentence, *profile.parts))))


def show_vision(profile: StrategyProfile, page: PlanPage) -> None:
    """Statements on the state to reach, their year, and published examples behind a click."""
    st.header("Wohin wollen wir?", anchor=False)
    mark = mark_of(page)
    with st.form(f"vision-{mark}"):
        text = st.text_area(
            "Leitsätze, einer je Zeile",
            "\n".join(profile.vision),
            placeholder="Was können Menschen, Betriebe und Verwaltung dann, das heute nicht geht?",
            height=150,
            key=f"vision-text-{mark}",
        )
        year = st.text_input(
            "Zieljahr",
            str(profile.target_year or ""),
            placeholder="z. B. 2035",
            width=200,
            key=f"vision-year-{mark}",
        )
        pressed = st.form_submit_button("Leitbild übernehmen", type="primary")
    if pressed:
        try:
            vision = lines_of(text)
            page.change(with_strategy(page, vision=vision, target_year=year_of(year)))
        except InputRefused as error:
            refusal(error)
    if not profile.examples:
        return
    panel = st.expander(
        "Beispiele aus veröffentlichten Strategien", key="vision-examples", on_change="rerun"
    )
    if panel.open:
        with panel:
            for example in profile.examples:
                st.markdown(f"**{esc_md(example.municipality)}** · {esc_md(example.year)}")
                bullet_list(example.statements)
                st.caption(esc_md(f"Quelle: {example.source}. {example.note}"))


def show_fields(profile: StrategyProfile, page: PlanPage) -> None:
    """All action fields with their state, and one at a time to edit."""
    st.header("Was gilt in den Handlungsfeldern?", anchor=False)
    plain_table(
        ("Handlungsfeld", "Ziel", "Projekte", "Stand"),
        [
            [
                each.name,
                each.goal or "–",
                ", ".join(project.title for project in each.projects) or "–",
                each.state,
            ]
            for each in profile.fields
        ],
        alt="Handlungsfelder der Strategie",
    )
    by_id = {each.id: each for each in profile.fields}
    if not by_id:
        return
    chosen = st.selectbox(
        "Handlungsfeld bearbeiten",
        list(by_id),
        format_func=lambda code: by_id[code].name if code in by_id else code,
        key="strategy-field",
    )
    if chosen in by_id:
        _field_form(by_id[chosen], page)


def _field_form(field: FieldView, page: PlanPage) -> None:
    mark = f"{mark_of(page)}-{field.id}"
    known = _measures(page)
    kept = [project.id for project in field.projects if project.id in known]
    with st.form(f"field-{mark}"):
        st.markdown(f"**{esc_md(field.name)}**")
        st.caption(esc_md(field.description))
        texts: dict[str, str] = {}
        with st.container(key=f"stack-field-{mark}"):
            left, right = st.columns(2, gap="large")
        for place, part, label in (
            (left, "goal", "Ziel"),
            (left, "starting_point", "Ausgangslage"),
            (right, "challenges", "Herausforderungen"),
            (right, "chances", "Chancen"),
        ):
            texts[part] = str(
                place.text_area(
                    label,
                    getattr(field, part),
                    placeholder=field.questions.get(part, ""),
                    height=_TALL,
                    key=f"{part}-{mark}",
                )
            )
        measures = st.multiselect(
            "Projekte: Maßnahmen",
            list(known),
            default=kept,
            format_func=lambda code: str(known.get(code, code)),
            placeholder="Maßnahme wählen",
            key=f"projects-{mark}",
        )
        own = st.text_area(
            "Weitere Projekte, eines je Zeile",
            "\n".join(project.title for project in field.projects if project.id not in known),
            height=_LOW,
            key=f"own-projects-{mark}",
        )
        pressed = st.form_submit_button(f"{field.name} übernehmen", type="primary")
    if not pressed:
        return
    try:
        given = {**texts, "projects": (*measures, *lines_of(own))}
        fields = {**page.plan.strategy.fields, field.id: given}
        page.change(with_strategy(page, fields=fields))
    except InputRefused as error:
        refusal(error)


def _measures(page: PlanPage) -> dict[str, str]:
    """Measures to link: those of the roadmap first, then the rest of the catalogue."""
    planned = {
        each.id: f"{each.own_title or _title(page, each.id)} (Roadmap)"
        for each in page.plan.measures
    }
    rest = {
        each.id: f"{each.title} ({each.id})"
        for each in page.catalogue.measures
        if each.id not in planned
    }
    return planned | rest


def _title(page: PlanPage, measure_id: str) -> str:
    known = page.catalogue.by_id.get(measure_id)
    return known.title if known else measure_id


def show_blocks(profile: StrategyProfile, page: PlanPage) -> None:
    """The eight building blocks, each with state and note, in one form."""
    st.header("Wie weit sind die Bausteine?", anchor=False)
    mark = mark_of(page)
    # Not ``None``: an empty choice would bring a button that clears it.
    states = ["", *(state.value for state in BlockState)]
    given: dict[str, dict[str, object]] = {}
    with st.form(f"blocks-{mark}"):
        for block in profile.blocks:
            with st.container(key=f"stack-block-{block.id}-{mark}"):
                name, state_place, note_place = st.columns([3, 4, 3])
            name.markdown(f"**{esc_md(block.name)}**  \n{esc_md(block.question)}")
            hints = (f"Dazu gehört: {', '.join(block.belongs)}.", block.planned)
            name.caption(esc_md(" ".join(hint for hint in hints if hint)))
            state = state_place.selectbox(
                f"Stand: {block.name}",
                states,
                index=states.index(block.state),
                format_func=lambda one: block_shown(BlockState(one) if one else None),
                label_visibility="collapsed",
                key=f"block-{block.id}-{mark}",
            )
            note = note_place.text_area(
                f"Notiz: {block.name}",
                block.note,
                placeholder="Notiz",
                height=_LOW,
                label_visibility="collapsed",
                key=f"note-{block.id}-{mark}",
            )
            if state or note.strip():
                given[block.id] = {"state": state or None, "note": note}
        pressed = st.form_submit_button("Bausteine übernehmen", type="primary")
    if pressed:
        try:
            page.change(with_strategy(page, blocks=given))
        except InputRefused as error:
            refusal(error)


def show_participation(profile: StrategyProfile, page: PlanPage) -> None:
    """Formats to choose from, and own ones."""
    st.header("Wie wird beteiligt?", anchor=False)
    mark = mark_of(page)
    with st.form(f"participation-{mark}"):
        chosen = [
            each.id
            for each in profile.formats
            if st.checkbox(
                f"**{esc_md(each.name)}** – {esc_md(each.description)}",
                each.chosen,
                key=f"format-{each.id}-{mark}",
            )
        ]
        own = st.text_area(
            "Weitere Formate, eines je Zeile",
            "\n".join(profile.own_formats),
            height=_LOW,
            key=f"own-formats-{mark}",
        )
        pressed = st.form_submit_button("Beteiligung übernehmen", type="primary")
    if pressed:
        try:
            formats = (*chosen, *lines_of(own))
            page.change(with_strategy(page, participation=formats))
        except InputRefused as error:
            refusal(error)


def show_targets(page: PlanPage) -> None:
    """The level to reach per field; it stands instead of the survey's answer."""
    st.header("Welche Stufe wollen wir erreichen?", anchor=False)
    of_measures = {each.dimension for each in page.catalogue.measures}
    rated = {
        code: level
        for code, level in page.given.levels.items()
        if level is not None and (code in of_measures or code in page.given.targets)
    }
    if not rated:
        st.markdown("Ohne bewertete Felder lassen sich keine Zielstufen setzen.")
        return
    warning = target_warning(_wanted(page))
    if warning:
        st.markdown(f"▲ {esc_md(warning)}")
    mark = f"{mark_of(page)}-targets"
    given: dict[str, int | None] = {}
    with st.form(mark):
        st.caption(
            "Nicht jedes Feld braucht die höchste Stufe. Ohne eigene Angabe gilt die Antwort aus "
            "der Erhebung, wo es eine gibt."
        )
        with st.container(key=f"duo-{mark}"):
            for start in range(0, len(rated), 3):
                places = st.columns(3)
                for place, code in zip(places, list(rated)[start : start + 3], strict=False):
                    given[code] = _target(place, code, rated[code], page, mark)
        pressed = st.form_submit_button("Zielstufen übernehmen", type="primary")
    if pressed:
        try:
            page.change(_with_targets(page.plan, given))
        except InputRefused as error:
            refusal(error)


def _wanted(page: PlanPage) -> Mapping[str, int]:
    return {code: target for code, (_, target) in page.given.targets.items()}


def _target(place, code: str, level: int, page: PlanPage, mark: str) -> int | None:
    current = page.plan.targets.get(code)
    options = [_AS_SURVEYED, *sorted({*range(level, 5), *([] if current is None else [current])})]
    surveyed = page.given.surveyed.get(code)
    without = "keine Zielstufe" if surveyed is None else f"Stufe {surveyed[1]} (Erhebung)"
    chosen = place.selectbox(
        esc_md(f"{page.given.names.get(code, code)} (heute {level})"),
        options,
        index=options.index(current) if current in options else 0,
        format_func=lambda one: without if one == _AS_SURVEYED else f"Stufe {one}",
        key=f"{mark}-{code}",
    )
    return None if chosen == _AS_SURVEYED else int(chosen)


def _with_targets(plan: MunicipalityPlan, given: Mapping[str, int | None]) -> MunicipalityPlan:
    for code, target in given.items():
        if plan.targets.get(code) != target:
            plan = set_target(plan, code, target)
    return plan
