"""What the import page shows of a file: recognition, mapping, remarks, duplicates."""

import streamlit as st

from assessment.german import format_number
from assessment.importing.dialects.registry import DIALECTS
from assessment.importing.dialects.view import cell_text
from assessment.importing.importer import ImportResult
from assessment.source_column import SourceColumn
from assessment.table import SheetState, column_letter
from assessment.ui.components import WRAPPED, bullet_list, empty_state, plain_table
from assessment.ui.import_desk import Desk, duplicate_rows
from assessment.ui.markdown import esc_md
from assessment.ui.quality_tables import confidence_word, remarks_table

_ASIDE = "– nicht einlesen –"
_EXAMPLES = 3
_HIDDEN = {
    SheetState.VISIBLE: "",
    SheetState.HIDDEN: " (ausgeblendet)",
    SheetState.VERY_HIDDEN: " (stark ausgeblendet)",
}


def show_recognition(desk: Desk, result: ImportResult) -> None:
    """What was recognised and why, and the means to overrule it."""
    recognition = result.recognition
    with st.container(horizontal=True, vertical_alignment="top", key="recognition"):
        left = st.container(width="stretch")
        right = st.container(width="content")
    with left:
        st.markdown(
            f"**{esc_md(result.opened.name)}** · {esc_md(recognition.title)} · "
            f"Blatt „{esc_md(recognition.sheet)}“ · {_size(result)}"
        )
        bullet_list(recognition.reasons)
    with right.popover("Anders lesen"):
        _overrule(desk, result)


def _size(result: ImportResult) -> str:
    """How many rows and columns; in a file about one organisation its lines are the questions."""
    recognition = result.recognition
    columns = format_number(len(recognition.columns))
    if recognition.turned is not None:
        return f"{columns} Fragen an eine Organisation"
    rows = recognition.n_rows
    said = "1 Zeile" if rows == 1 else f"{format_number(rows)} Zeilen"
    return f"{said} mit Antworten, {columns} Spalten"


def _overrule(desk: Desk, result: ImportResult) -> None:
    sheets = {sheet.name: sheet for sheet in result.opened.sheets}
    names = list(sheets)
    sheet = st.selectbox(
        "Blatt",
        names,
        index=names.index(result.recognition.sheet) if result.recognition.sheet in names else 0,
        format_func=lambda name: f"{name}{_HIDDEN[sheets[name].state]}",
        help="Ausgeblendete Blätter werden nie von selbst gewählt.",
    )
    titles = {name: dialect.title for name, dialect in DIALECTS.items()}
    if result.recognition.turned is not None:
        titles = {result.recognition.dialect: result.recognition.title, **titles}
    dialects = list(titles)
    dialect = st.selectbox(
        "Herkunft",
        dialects,
        index=dialects.index(result.recognition.dialect),
        format_func=lambda name: titles[name],
    )
    rows = st.text_input(
        "Kopfzeilen (Zeilennummern der Datei)",
        value=", ".join(map(str, result.recognition.header_rows)),
        help="Mehrere durch Komma trennen; leer heißt: selbst erkennen.",
    )
    contacts = st.checkbox(
        "Kontaktdaten mit einlesen",
        value=desk.decisions.keep_contacts,
        help="Namen, E-Mail-Adressen und Telefonnummern bleiben sonst beiseite.",
    )
    if st.button("So lesen", type="primary"):
        numbers = tuple(int(part) for part in rows.replace(",", " ").split() if part.isdigit())
        recognised = result.recognition
        desk.decide(
            sheet=sheet,
            dialect=dialect if dialect != recognised.dialect else desk.decisions.dialect,
            header_rows=numbers
            if numbers and numbers != recognised.header_rows
            else desk.decisions.header_rows,
            keep_contacts=contacts,
            mapping={} if sheet != recognised.sheet else desk.decisions.mapping,
        )
        st.rerun()


def show_mapping(desk: Desk, result: ImportResult) -> None:
    """The mapping as an editable table, columns to decide first."""
    turned = result.recognition.turned is not None
    st.caption(esc_md(_mapping_sentence(result)))
    choices = {_ASIDE: None} | {
        # The grid trims its options, so a label must not end or run on with blanks.
        " ".join(f"{item.id} · {item.text}".split())[:140].strip(): item.id
        for item in result.questionnaire.items
    }
    label_of = {item: label for label, item in choices.items()}
    targets = sorted(result.mapping.targets, key=lambda target: not target.needs_decision)
    columns = {column.column.position: column for column in result.recognition.columns}
    with st.form("zuordnung", border=False):
        edited = st.data_editor(
            {
                "Zeile" if turned else "Spalte": [
                    str(t.position) if turned else column_letter(t.position) for t in targets
                ],
                "Überschrift": [columns[t.position].header for t in targets],
                "Frage": [label_of.get(t.item, _ASIDE) for t in targets],
                "Option": [t.option or "" for t in targets],
                "Sicherheit": [confidence_word(t.confidence) for t in targets],
                "offen": [t.needs_decision for t in targets],
                "Beispiele": [_examples(columns[t.position]) for t in targets],
                "Begründung": [t.how for t in targets],
            },
            hide_index=True,
            height=560,
            row_height=WRAPPED,
            disabled=("Spalte", "Zeile", "Überschrift", "Beispiele", "Sicherheit", "Begründung"),
            column_config={
                "Frage": st.column_config.SelectboxColumn(
                    options=list(choices), width="large", required=True
                ),
                "offen": st.column_config.CheckboxColumn(
                    help="Haken entfernen bestätigt den Vorschlag."
                ),
                "Überschrift": st.column_config.TextColumn(
                    width="medium", help="Ein Doppelklick zeigt den ganzen Text."
                ),
                "Beispiele": st.column_config.TextColumn(width="medium"),
                "Begründung": st.column_config.TextColumn(width="large"),
            },
            # Decided columns move down the table; edits kept by place would hit other columns.
            key=f"mapping-{desk.file_id}-{hash(tuple(sorted(desk.decisions.mapping.items())))}",
        )
        if st.form_submit_button("Zuordnung anwenden"):
            changed = {}
            for place, target in enumerate(targets):
                item = choices[str(edited["Frage"][place])]
                option = str(edited["Option"][place] or "") or None
                confirmed = target.needs_decision and not edited["offen"][place]
                if (item, option) != (target.item, target.option) or confirmed:
                    changed[target.position] = (item, option if item else None)
            if changed:
                desk.map_columns(changed)
                st.rerun()


def _mapping_sentence(result: ImportResult) -> str:
    many = "Fragen" if result.recognition.turned is not None else "Spalten"
    waiting = len(result.mapping.open_questions)
    said = f"{format_number(len(result.mapping.taken))} {many} sind zugeordnet"
    if not waiting:
        rest = len(result.mapping.targets) - len(result.mapping.taken)
        aside = ", alle übrigen bleiben beiseite" if rest else ""
        return f"{said}{aside}. Zu entscheiden ist nichts."
    return (
        f"{said}; offen {'ist' if waiting == 1 else 'sind'} noch {format_number(waiting)}. Offene "
        "bleiben beiseite, bis Sie entscheiden: Frage wählen oder den Haken bei „offen“ entfernen."
    )


def _examples(column: SourceColumn) -> str:
    shown = [cell_text(value) for value in column.column.values]
    return " · ".join([text for text in shown if text.strip()][:_EXAMPLES])


def show_remarks(result: ImportResult) -> None:
    """Remarks with their place in the file."""
    if not result.ledger.remarks:
        empty_state("Keine Hinweise: Die Datei ließ sich ohne Auffälligkeit lesen.")
        return
    table = remarks_table(result.ledger)
    plain_table(list(table), [list(row) for row in zip(*table.values(), strict=True)])


def show_duplicates(desk: Desk, result: ImportResult) -> None:
    """Municipalities that occur more than once, and which row counts."""
    doubled = duplicate_rows(result.ledger)
    if not doubled:
        empty_state("Jede Kommune kommt genau einmal vor.")
        return
    st.caption("Ohne andere Entscheidung gilt die neueste vollständige Antwort.")
    taken = {entry.row for entry in result.ledger.rows if str(entry.fate) == "taken"}
    with st.form("doppelte", border=False):
        choice = {}
        for key, rows in list(doubled.items())[:50]:
            counts = next((row for row in rows if row in taken), rows[0])
            choice[key] = st.radio(
                esc_md(f"{result.survey.name_of(key)} ({key}): Welche Zeile gilt?"),
                rows,
                index=rows.index(counts),
                format_func=lambda row: f"Zeile {row}",
                horizontal=True,
            )
        if st.form_submit_button("Entscheidung anwenden"):
            desk.decide(duplicates={**desk.decisions.duplicates, **choice})
            st.rerun()
