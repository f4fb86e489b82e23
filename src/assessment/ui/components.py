"""Building blocks every page uses: chart with sentence and table, plain tables, messages."""

import re
from collections.abc import Iterable, Sequence
from secrets import token_hex

import streamlit as st

from assessment.figures.figure import Cell, Figure, FigureTable
from assessment.figures.style import CONFIG
from assessment.german import fold, format_number
from assessment.profiles.header import provenance
from assessment.remarks import InputRefused, Remark, Severity
from assessment.reports.table_files import CsvForm, table_csv
from assessment.survey import Survey
from assessment.ui.markdown import esc_md
from assessment.ui.state import current
from assessment.ui.subject import file_subject

SIMULATED = "Beispieldaten – simuliert, keine Studienergebnisse"
_SMALL_TABLE = 30
_LONGEST_STEM = 48
_LONGEST_PART = 24
WRAPPED = 66
"""Height of a grid row in pixels that lets a long text break instead of being cut (above 4 rem)."""
_ROWS_SAID = re.compile(r" \((Zeilen? [0-9, ]+(?:und [0-9.]+ weitere)?)\)")
"""Rows in brackets as the import writes them into its sentences."""


def show_figure(
    figure: Figure, *, key: str, heading: bool = True, origin: str | None = None
) -> None:
    """A chart: question as heading, drawing, one sentence, table and files one click away."""
    if heading:
        st.header(esc_md(figure.question), anchor=False)
    if figure.subtitle:
        st.caption(esc_md(figure.subtitle))
    if figure.drawing is not None:
        drawing(figure)
    else:
        st.plotly_chart(figure.figure, key=key, config=CONFIG, alt=figure.alt, theme=None)
    if figure.sentence:
        st.markdown(esc_md(figure.sentence))
    show_as_table(figure.table, key=key, stem=figure.question, origin=origin, shown=figure.shown)


def show_as_table(
    table: FigureTable,
    *,
    key: str,
    stem: str,
    origin: str | None = None,
    shown: FigureTable | None = None,
) -> None:
    """The table of a chart one click away, with its two files; drawn only when it is opened.

    ``key`` is unique on the page. ``stem`` becomes the file's name. ``origin``: see
    :func:`downloads`. ``shown``: what is read on the page instead of the files' table.
    """
    panel = st.expander(
        "Als Tabelle", type="compact", key=f"table-of-{_plain(key)}", on_change="rerun"
    )
    if panel.open:
        with panel:
            show_table(shown or table)
            downloads(table, key=key, stem=stem, origin=origin)


def downloads(table: FigureTable, *, key: str, stem: str, origin: str | None = None) -> None:
    """Two buttons: the table for German Excel and for other programs, built at the click.

    ``origin`` says what the numbers rest on; without it that of the session's survey is used.
    """
    rests_on = origin_line() if origin is None else origin
    taken = current()
    subject = file_subject(taken)
    parts = [
        file_stem(stem),
        *([_plain(subject.key)[:_LONGEST_PART]] if subject else []),
        _wave(taken.survey),
    ]
    name = "-".join(filter(None, parts))

    def built(form: CsvForm) -> bytes:
        return table_csv(
            table.columns,
            table.rows,
            form,
            decimals=table.decimals,
            origin=rests_on,
            subject=subject,
        )

    with st.container(horizontal=True, key=f"files-of-{_plain(key)}"):
        st.download_button(
            "CSV für Excel (deutsch)",
            lambda: built(CsvForm.GERMAN),
            export_name(f"{name}-excel", "csv"),
            "text/csv",
            key=f"csv-german-{key}",
            on_click="ignore",
            type="tertiary",
            help="Mit Semikolon und Dezimalkomma, wie deutsche Tabellenprogramme es öffnen.",
        )
        st.download_button(
            "CSV maschinenlesbar",
            lambda: built(CsvForm.MACHINE),
            export_name(name, "csv"),
            "text/csv",
            key=f"csv-machine-{key}",
            on_click="ignore",
            type="tertiary",
            help="Mit Komma und Dezimalpunkt (UTF-8), für andere Programme.",
        )


def origin_beside(group: str) -> str:
    """The origin of numbers that stand beside those of a peer group: it is named as well."""
    line = origin_line()
    return f"{line} · Vergleichsgruppe: {group}" if group else line


def origin_line(scenario: str = "") -> str:
    """What the session's survey and typology are, in one line.

    ``scenario`` is said instead of the typology where the numbers rest on another one.
    """
    taken = current()
    mark = None if scenario else taken.assessment.typology_mark
    wave = taken.survey.wave_label
    parts = [
        SIMULATED if taken.survey.simulated else "",
        scenario,
        f"Erhebungswelle {wave}" if wave else "",
    ]
    return " · ".join([*filter(None, parts), *provenance(taken.survey, mark)])


def _wave(survey: Survey) -> str:
    """The wave as part of a file name: short, plain letters."""
    return _plain(survey.wave_label)[:_LONGEST_PART].rstrip("-")


def _plain(key: str) -> str:
    return re.sub(r"[^0-9A-Za-z]+", "-", fold(key)).strip("-")


def file_stem(title: str) -> str:
    """A title as part of a file name: „Wie weit sind die Kommunen?“ → ``wie-weit-sind-…``."""
    return _plain(title)[:_LONGEST_STEM].rstrip("-") or "tabelle"


def drawing(figure: Figure) -> None:
    """A drawing alone, over the whole width of its place."""
    if figure.drawing is None:
        raise ValueError("this chart is not a drawing")
    st.image(figure.drawing, width="stretch", alt=figure.alt)


def show_table(table: FigureTable) -> None:
    """A small table as an honest ``<table>``, a long one as a grid."""
    texts = [[_cell(cell, table.decimals) for cell in row] for row in table.rows]
    plain_table(table.columns, texts)


def plain_table(
    columns: Sequence[str], rows: Sequence[Sequence[str]], alt: str = "", *, header: bool = True
) -> None:
    """A table of texts; short ones for screen readers and print, long ones scroll."""
    if len(rows) <= _SMALL_TABLE:
        st.table(
            {
                esc_md(name): [esc_md(row[place]) for row in rows]
                for place, name in enumerate(columns)
            },
            border="horizontal",
            hide_index=True,
            hide_header=not header,
            alt=alt or None,
        )
    else:
        st.dataframe(
            {name: [row[place] for row in rows] for place, name in enumerate(columns)},
            hide_index=True,
            alt=alt or None,
        )


def _cell(cell: Cell, decimals: int) -> str:
    if cell is None:
        return "–"
    if isinstance(cell, str):
        return cell
    # Counts are whole in any table.
    return format_number(float(cell), 0 if isinstance(cell, int) else decimals)


def simulated_strip(simulated: bool) -> None:
    """The quiet permanent note over simulated data."""
    if simulated:
        with st.container(key="simulated-strip"):
            st.markdown(SIMULATED)


def page_head(title: str, line: str = "", *, simulated: bool = False) -> None:
    """Note on simulated data, title, and one line on which wave with how many municipalities."""
    simulated_strip(simulated)
    st.title(esc_md(title), anchor=False)
    if line:
        st.caption(esc_md(line))


def refusal(error: InputRefused) -> None:
    """A refused file or request: its one sentence says what, where and what to do."""
    st.error(esc_md(error.message))


def sentence_and_place(remark: Remark, sheet: str) -> tuple[str, str]:
    """A remark in two cells that don't repeat each other; ``sheet`` is the one that was read.

    All rows named in brackets move to the place; what the sentence itself names stays there.
    """
    message, place = remark.message, []
    if remark.sheet and remark.sheet != sheet:
        place.append(f"Blatt „{remark.sheet}“")
    rows = _ROWS_SAID.search(message)
    if rows:
        message = message.replace(rows[0], "", 1)
        place.append(rows[1])
    elif remark.row is not None and not _says(message, str(remark.row)):
        place.append(f"Zeile {remark.row}")
    if remark.column and not _says(message, remark.column):
        place.append(f"Spalte {remark.column}")
    said = remark.row is not None or remark.column is not None
    return message, ", ".join(place) or ("siehe Hinweis" if said else "ganzes Blatt")


def _says(message: str, place: str) -> bool:
    """Whether a sentence names a row or column (``Zeile 7``, ``Spalten B, C``, ``K53``)."""
    return re.search(rf"(Zeilen?|Spalten?)\b[^„.;]*\b{place}\b", message) is not None or (
        re.search(rf"\b({place}[0-9]+|[A-Z]{{1,3}}{place})\b", message) is not None
    )


def remark_rows(remarks: Iterable[Remark], sheet: str) -> list[list[str]]:
    """Remarks as table rows, those to check first: weight, sentence, place."""
    ordered = sorted(remarks, key=lambda remark: remark.severity is not Severity.WARNING)
    return [
        [
            "bitte prüfen" if remark.severity is Severity.WARNING else "zur Kenntnis",
            *sentence_and_place(remark, sheet),
        ]
        for remark in ordered
    ]


def export_name(stem: str, ending: str) -> str:
    """A file name with a random id.

    Streamlit serves two downloads of the same name, length and edges under one address, so that
    one person could get another's file; a random part keeps them apart.
    """
    return f"{stem}-{token_hex(4)}.{ending}"


def bullet_list(lines: Iterable[str]) -> None:
    """Plain sentences as a list."""
    st.markdown("\n".join(f"- {esc_md(line)}" for line in lines))


def empty_state(sentence: str) -> None:
    """An empty place invites instead of showing nothing."""
    with st.container(border=True, key=None):
        st.markdown(esc_md(sentence))
