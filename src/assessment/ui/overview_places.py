"""The start page on places and groups: map, participation, types by size and Land, a choice."""

import streamlit as st

from assessment.figures.counts import HIDDEN
from assessment.figures.cross_table import cross_table
from assessment.figures.figure import Figure
from assessment.figures.germany_map import AreaCount, germany_map
from assessment.figures.group_medians import MedianRow, group_medians_figure
from assessment.figures.participation_bars import ShareRow, participation_bars
from assessment.figures.style import ThemeName, with_letter
from assessment.german import format_number
from assessment.profiles.group_medians import GroupMedians, group_medians
from assessment.profiles.overview import SIZE
from assessment.profiles.participation import Participation, TakenPart
from assessment.profiles.places import Place
from assessment.profiles.texts import sentence
from assessment.profiles.type_tables import TypeTable
from assessment.register.geo import Layer
from assessment.ui.components import show_figure
from assessment.ui.filter_bar import ShownFilter
from assessment.ui.markdown import esc_md
from assessment.ui.overview_view import chosen_block, joined_spreads
from assessment.ui.taken import TakenSurvey
from assessment.ui.wave_line import case_number

_UNIT = " Einwohner"
_WHERE = "Woher kommen die Teilnehmenden?"
_HOW_MANY = "Wie viele aller Kommunen haben teilgenommen?"
_TYPES = "Welche Typen gibt es in welchen Gruppen?"
_CHOICE = "Wo steht die Auswahl gegenüber allen?"
_LAYERS = {"Länder": Layer.LAENDER, "Kreise": Layer.KREISE}


def show_map(taken: TakenSurvey, theme: ThemeName) -> None:
    """A map of Länder, and of Kreise where the survey allows it, or why there is none."""
    found = taken.places
    if not found.laender_sentence:
        return
    st.header(_WHERE, anchor=False)
    if not found.laender:
        st.markdown(esc_md(found.laender_sentence))
        return
    layer = Layer.LAENDER
    if found.kreise:
        chosen = st.segmented_control(
            "Karte",
            list(_LAYERS),
            default="Länder",
            required=True,
            label_visibility="collapsed",
            key="overview-layer",
        )
        layer = _LAYERS[chosen or "Länder"]
    said = found.laender_sentence if layer is Layer.LAENDER else found.kreise_sentence
    if layer is Layer.LAENDER and not found.kreise:
        said = f"{said} {found.kreise_sentence}"
    areas = found.laender if layer is Layer.LAENDER else found.kreise
    figure = taken.figure(
        ("map", layer, theme), lambda: map_figure(areas, layer, said, len(taken.survey.keys), theme)
    )
    show_figure(figure, key="overview-map", heading=False)


def map_figure(
    areas: tuple[Place, ...], layer: Layer, sentence: str, n: int, theme: ThemeName
) -> Figure:
    """Participants by area."""
    return germany_map(
        [AreaCount(area.key, area.name, area.n) for area in areas],
        layer=layer,
        question=_WHERE,
        sentence=sentence,
        subtitle=f"{case_number(n)}, nach {'Land' if layer is Layer.LAENDER else 'Kreis'}",
        theme=theme,
    )


def show_participation(taken: TakenSurvey, theme: ThemeName) -> None:
    """The participants against the register, by size, by Land or as a whole."""
    found = taken.participation
    st.header(_HOW_MANY, anchor=False)
    if found.refusal:
        st.markdown(esc_md(found.refusal))
        return
    views = {"Größenklasse": found.sizes, "Land": found.laender, "Insgesamt": found.kinds}
    chosen = st.segmented_control(
        "Gliederung",
        list(views),
        default="Größenklasse",
        required=True,
        label_visibility="collapsed",
        key="overview-participation",
    )
    name = chosen or "Größenklasse"
    figure = taken.figure(
        ("participation", name, theme),
        lambda: participation_figure(found, name, views[name], theme),
    )
    show_figure(figure, key=f"overview-participation-{name}", heading=False)


def participation_figure(
    found: Participation, column: str, rows: tuple[TakenPart, ...], theme: ThemeName
) -> Figure:
    """Shares of all German municipalities, Kreise and Verbände."""
    whole = column == "Insgesamt"
    hidden = found.note if any(row.n is None for row in rows) else ""
    return participation_bars(
        [ShareRow(row.label.removesuffix(_UNIT), row.n, row.of, row.text) for row in rows],
        question=_HOW_MANY,
        sentence=" ".join(part for part in (*found.sentences, hidden) if part),
        column="Art" if whole else column,
        subtitle="Teilnehmende von allen im Gemeindeverzeichnis"
        + ("" if whole else "; Kreise und Gemeindeverbände zählen mit"),
        theme=theme,
    )


def show_type_tables(taken: TakenSurvey, theme: ThemeName) -> None:
    """Types by size and by Land; worked out only when the panel is opened."""
    if taken.overview.types is None:
        return
    panel = st.expander(_TYPES, key="overview-type-tables", on_change="rerun")
    if not panel.open:
        return
    with panel:
        tables = {table.title: table for table in taken.type_tables}
        if not tables:
            st.markdown("Die Erhebung enthält keine Angaben zu Land oder Größe.")
            return
        chosen = st.segmented_control(
            "Gliederung der Typen",
            list(tables),
            default=next(iter(tables)),
            required=True,
            label_visibility="collapsed",
            key="overview-type-table",
        )
        table = tables[chosen or next(iter(tables))]
        if not table.table.shown:
            st.markdown(esc_md(" ".join(table.sentences)))
            return
        figure = taken.figure(
            ("type-table", table.title, theme),
            lambda: type_table_figure(table, len(taken.survey.keys), theme),
        )
        show_figure(figure, key=f"overview-types-{table.title}", heading=False)


def type_table_figure(found: TypeTable, n: int, theme: ThemeName) -> Figure:
    """Counts with the share of the row as shade; types in their fixed order."""
    table = found.table
    return cross_table(
        [row.label.removesuffix(_UNIT) for row in table.rows],
        [with_letter(column.id, column.label) for column in table.columns],
        table.cells,
        row_title=found.title,
        column_title="Typ",
        question={SIZE: "Welche Typen gibt es in welcher Größenklasse?"}.get(
            found.title, "Welche Typen gibt es in welchem Land?"
        ),
        sentence=" ".join(found.sentences),
        subtitle=f"{case_number(n)}; je dunkler, desto größer der Anteil in der Zeile",
        theme=theme,
        totals=[row.n for row in table.rows],
        hidden=HIDDEN,
    )


def show_scope(taken: TakenSurvey, shown: ShownFilter) -> None:
    """Right under the choice: which block follows it, and that all others show everybody."""
    if not shown.active:
        return
    follows = shown.group is not None and bool(taken.overview.levels)
    st.markdown(
        esc_md(
            sentence(
                "filter.applies" if follows else "filter.applies_nowhere",
                n=format_number(len(taken.survey.keys)),
                **({"block": _CHOICE} if follows else {}),
            )
        )
    )


def show_choice(taken: TakenSurvey, shown: ShownFilter, theme: ThemeName) -> None:
    """The chosen municipalities beside everybody, per field."""
    if not shown.active:
        return
    st.header(_CHOICE, anchor=False)
    if shown.group is None:
        st.markdown(esc_md(shown.line))
        return
    blocks = joined_spreads(taken.overview)
    if not blocks:
        return
    name = chosen_block(blocks, key="overview-choice-block")
    inside = {spread.dimension for spread in blocks[name]}
    found = group_medians(taken.assessment, shown.group, inside)
    figure = choice_figure(found, shown, len(taken.survey.keys), theme)
    # Over the whole width its letters would be larger than those of the page.
    with st.container(key="stack-choice"), st.columns([4, 1])[0]:
        show_figure(figure, key=f"overview-choice-{name}", heading=False)


def choice_figure(found: GroupMedians, shown: ShownFilter, n: int, theme: ThemeName) -> Figure:
    """Fields by the median of everybody, highest first."""
    fields = sorted(found.fields, key=lambda field: -(field.everybody.median or 0))
    return group_medians_figure(
        [
            MedianRow(
                field.name,
                field.group.median,
                field.group.low,
                field.group.high,
                field.everybody.median,
                field.everybody.low,
                field.everybody.high,
            )
            for field in fields
        ],
        question=_CHOICE,
        sentence=" ".join(found.sentences),
        subtitle=f"Punkte nach Selbstauskunft; {shown.size or 'Auswahl'} von {format_number(n)}",
        theme=theme,
    )
