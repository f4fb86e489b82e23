"""The start page, drawn from the overview: who took part, which types, how far."""

from collections.abc import Callable, Iterable, Sequence

import streamlit as st

from assessment.figures.counts import HIDDEN, Count, count_bars
from assessment.figures.figure import Figure, FigureTable
from assessment.figures.level_shares import LevelCounts, hidden_sentence, level_shares
from assessment.figures.style import ThemeName
from assessment.german import format_number, format_percent
from assessment.ledger import ImportLedger
from assessment.profiles.overview import Breakdown, LevelSpread, Overview, Quality
from assessment.profiles.places import listed
from assessment.ui.components import show_as_table, show_figure
from assessment.ui.markdown import esc_md
from assessment.ui.page_links import page_link
from assessment.ui.quality_tables import ledger_counts, remarks_sentence
from assessment.ui.taken import TakenSurvey
from assessment.ui.wave_line import case_number

_UNIT = " Einwohner"
"""Said once above the chart instead of at every bar."""

_COUNTED = "Gezählt ist der wahrscheinlichste Typ, auch bei Kommunen zwischen zwei Typen."
_HIDDEN_NOTE = (
    "Zahlen unter 5 sind verdeckt, manchmal auch eine zweite, damit sie nicht aus der Summe folgen."
)


def show_sentences(overview: Overview) -> None:
    """What the survey says, in a few sentences."""
    st.markdown(esc_md(" ".join(overview.sentences)))


def types_figure(overview: Overview, types: Breakdown, theme: ThemeName) -> Figure:
    """Municipalities per type."""
    known = [(cell.label, cell.n) for cell in types.cells if cell.id]
    sentence = " ".join(part for part in (_most_and_least(known), _COUNTED, types.note) if part)
    return count_bars(
        [
            Count(cell.label, cell.n, cell.id or None, hollow=not cell.id or cell.n is None)
            for cell in types.cells
        ],
        question="Welche Typen gibt es unter den Teilnehmenden?",
        sentence=sentence,
        column="Typ",
        subtitle=case_number(overview.n),
        theme=theme,
    )


def show_types(taken: TakenSurvey, theme: ThemeName) -> None:
    """Bars per type, or why there are none."""
    overview, types = taken.overview, taken.overview.types
    if types is None:
        st.header("Welche Typen gibt es unter den Teilnehmenden?", anchor=False)
        st.markdown(esc_md(overview.type_note))
        page_link("auswertung/typologie.py", "Zum Typologie-Labor")
        return
    figure = taken.figure(("types", theme), lambda: types_figure(overview, types, theme))
    show_figure(figure, key="overview-types")


def show_participants(taken: TakenSurvey, theme: ThemeName) -> None:
    """Who took part, by one property at a time."""
    overview = taken.overview
    breakdowns = {breakdown.title: breakdown for breakdown in overview.breakdowns}
    st.header("Wer hat teilgenommen?", anchor=False)
    if not breakdowns:
        st.markdown("Die Erhebung enthält keine Angaben zu Land, Art oder Größe.")
        return
    chosen = st.segmented_control(
        "Merkmal",
        list(breakdowns),
        default=list(breakdowns)[-1],
        required=True,
        label_visibility="collapsed",
        key="overview-breakdown",
    )
    breakdown = breakdowns[chosen or list(breakdowns)[-1]]
    figure = taken.figure(
        ("participants", breakdown.title, theme),
        lambda: participants_figure(overview, breakdown, theme),
    )
    show_figure(figure, key=f"overview-{breakdown.title}", heading=False)


def participants_figure(overview: Overview, breakdown: Breakdown, theme: ThemeName) -> Figure:
    """Participants by one property."""
    return count_bars(
        [
            Count(cell.label.removesuffix(_UNIT), cell.n, hollow=not cell.id or cell.n is None)
            for cell in breakdown.cells
        ],
        question="Wer hat teilgenommen?",
        sentence=f"{_largest_group(breakdown, overview.n)} {breakdown.note}".strip(),
        column=breakdown.title,
        subtitle=case_number(overview.n)
        + (
            ", nach Zahl der Einwohnerinnen und Einwohner"
            if any(cell.label.endswith(_UNIT) for cell in breakdown.cells)
            else ""
        ),
        theme=theme,
    )


def _largest_group(breakdown: Breakdown, n: int) -> str:
    """Which group most participants belong to."""
    known = [(cell.label, cell.n) for cell in breakdown.cells if cell.id and cell.n]
    if len(known) < 2:
        return ""
    most, labels = _all_with(known, max)
    of = f"{format_number(most)} von {format_number(n)}"
    if len(labels) == 1:
        return f"Die größte Gruppe: {labels[0]} ({of})."
    return f"Die größten Gruppen: {listed(labels)} (je {of})."


def _most_and_least(counts: Sequence[tuple[str, int | None]]) -> str:
    """Which types most and fewest belong to, ties included; the least only if none is hidden."""
    known = [(label, n) for label, n in counts if n is not None]
    if len({n for _, n in known}) < 2:
        return ""
    said = []
    for words, pick in (("am häufigsten sind", max), ("am seltensten", min)):
        n, labels = _all_with(known, pick)
        each = "je " if len(labels) > 1 else ""
        said.append(f"{words} {listed(labels)} ({each}{format_number(n)})")
    if len(known) < len(counts):
        said.pop()
    text = ", ".join(said)
    return f"{text[0].upper()}{text[1:]}."


def _all_with(
    counts: Sequence[tuple[str, int]], pick: Callable[[Iterable[int]], int]
) -> tuple[int, list[str]]:
    """The largest or smallest number and all names that have it."""
    chosen = pick(n for _, n in counts)
    return chosen, [label for label, n in counts if n == chosen]


def joined_spreads(overview: Overview) -> dict[str, list[LevelSpread]]:
    """Spreads per block; a block of one dimension joins the one before it."""
    blocks: dict[str, list[LevelSpread]] = {}
    for spread in overview.levels:
        blocks.setdefault(spread.block_name or "Alle Felder", []).append(spread)
    joined: dict[str, list[LevelSpread]] = {}
    for name, spreads in blocks.items():
        if len(spreads) == 1 and joined:
            joined[list(joined)[-1]].extend(spreads)
        else:
            joined[name] = spreads
    return joined


def show_levels(taken: TakenSurvey, theme: ThemeName) -> None:
    """How many municipalities stand at which level."""
    overview = taken.overview
    st.header("Wie weit sind die Kommunen?", anchor=False)
    blocks = joined_spreads(overview)
    if not blocks:
        st.markdown("Dieser Fragebogen enthält keine Punkte; bewertet wird nichts.")
        return
    chosen = chosen_block(blocks, key="overview-block")
    spreads = sorted(blocks[chosen], key=lambda spread: -(spread.median or 0))
    figure = taken.figure(
        ("levels", chosen, theme), lambda: levels_figure(overview, chosen, spreads, theme)
    )
    show_figure(figure, key="overview-levels", heading=False)


def chosen_block(blocks: dict[str, list[LevelSpread]], *, key: str) -> str:
    """Which block of fields a chart shows: the largest, if nothing else is chosen."""
    largest = max(blocks, key=lambda name: len(blocks[name]))
    if len(blocks) == 1:
        return largest
    chosen = st.segmented_control(
        "Felder",
        list(blocks),
        default=largest,
        required=True,
        label_visibility="collapsed",
        key=key,
    )
    return chosen or largest


def levels_figure(
    overview: Overview, block: str, spreads: list[LevelSpread], theme: ThemeName
) -> Figure:
    """Stacked bars of one block, highest median first."""
    rated = [spread for spread in spreads if spread.median is not None]
    sentence = ""
    if len(rated) > 1:
        first, last = rated[0], rated[-1]
        sentence = (
            f"Am weitesten: {first.name} (Median {first.median} Punkte). Am Anfang stehen mehr "
            f"Kommunen bei {last.name} (Median {last.median} Punkte)."
        )
    rows = [
        LevelCounts(
            spread.name,
            spread.counts,
            spread.not_rated,
            overview.n - (spread.not_rated or 0),
        )
        for spread in spreads
    ]
    hidden = hidden_sentence(rows)
    if hidden:
        sentence += f" {hidden} {_HIDDEN_NOTE}"
    elif any(spread.note for spread in spreads):
        sentence += f" {_HIDDEN_NOTE}"
    return level_shares(
        rows,
        question=f"Wie weit sind die Kommunen? {block}",
        sentence=sentence,
        subtitle=f"{case_number(overview.n)} je Feld, abzüglich der dort nicht "
        "bewertbaren; Reifestufe nach Selbstauskunft, nach Median geordnet",
        theme=theme,
    )


def show_quality(overview: Overview, ledger: ImportLedger | None) -> None:
    """How far the data carry, in four numbers, each with what it counts."""
    quality = overview.quality
    st.header("Wie vollständig sind die Daten?", anchor=False)
    st.caption(case_number(overview.n))
    with st.container(key="pairs-quality"):
        cells = st.columns(4)
        cells[0].metric(
            "Beantwortet (Median)",
            format_percent(quality.answered_median),
            help="Die Hälfte der Kommunen hat mindestens diesen Anteil der gestellten Fragen "
            "beantwortet.",
        )
        cells[1].metric(
            "Weniger als 60 % beantwortet",
            "verdeckt"
            if quality.below_60_percent is None
            else format_number(quality.below_60_percent),
            help="Zahl der Kommunen. Zahlen unter 5 werden nicht gezeigt.",
        )
        cells[2].metric(
            "Antworten „weiß nicht“",
            format_number(quality.dont_know),
            help="Über alle Kommunen und Fragen gezählt.",
        )
        cells[3].metric(
            "Hinweise zu prüfen",
            "–" if quality.warnings is None else format_number(quality.warnings),
        )
    if ledger is not None:
        st.markdown(esc_md(remarks_sentence(ledger_counts(ledger))))
    show_as_table(
        quality_table(quality), key="overview-quality", stem="Wie vollständig sind die Daten?"
    )


def quality_table(quality: Quality) -> FigureTable:
    """All numbers on the data, those of the file included."""
    median = quality.answered_median
    rows: tuple[tuple[str, int | None], ...] = (
        ("Beantwortete Fragen in % (Median)", None if median is None else round(median * 100)),
        ("Kommunen mit weniger als 60 % beantwortet", quality.below_60_percent),
        ("Felder ohne Bewertung, über alle Kommunen", quality.not_rated_fields),
        ("Antworten „weiß nicht“", quality.dont_know),
        ("Leere Antworten", quality.missing),
        ("Antworten „nicht zuständig“", quality.not_applicable),
    )
    of_file: tuple[tuple[str, int | None], ...] = (
        ("Beiseitegelegte Zeilen der Datei", quality.rows_set_aside),
        ("Beiseitegelegte Spalten der Datei", quality.columns_set_aside),
        ("Anders gelesene Zellen", quality.changed_cells),
        ("Hinweise zu prüfen", quality.warnings),
    )
    return FigureTable(
        ("Angabe", "Zahl"),
        (
            *((name, HIDDEN if n is None else n) for name, n in rows),
            *of_file,
        ),
    )
