"""What a corrected export would change, before it replaces the survey of the same wave."""

import streamlit as st

from assessment.german import format_number
from assessment.importing.differences import ImportDifferences, compare_imports
from assessment.survey import Survey
from assessment.ui.components import bullet_list, empty_state
from assessment.ui.markdown import esc_md
from assessment.ui.state import replaced_by

_NAMED = 10


def show_difference(new: Survey) -> None:
    """Differences to the survey that taking over would replace."""
    old = replaced_by(new)
    if old is None:
        wave = f"der Welle „{new.wave}“" if new.wave else "ohne Angabe der Welle"
        empty_state(
            f"In dieser Sitzung gibt es noch keine Erhebung {wave} mit diesem Fragebogen; es wird "
            "nichts ersetzt."
        )
        return
    if old.provenance.data_hash == new.provenance.data_hash:
        empty_state("Diese Datei enthält genau die Antworten, die schon übernommen sind.")
        return
    differences = compare_imports(old, new)
    bullet_list(difference_sentences(differences, old, new))
    if differences.cells:
        st.dataframe(
            {
                "Kommune": [new.name_of(cell.key) for cell in differences.cells],
                "Schlüssel": [cell.key for cell in differences.cells],
                "Frage": [cell.item for cell in differences.cells],
                "bisher": [cell.old for cell in differences.cells],
                "neu": [cell.new for cell in differences.cells],
            },
            hide_index=True,
        )
    st.markdown(esc_md("„Übernehmen“ ersetzt die bisherige Fassung dieser Welle."))


def difference_sentences(differences: ImportDifferences, old: Survey, new: Survey) -> list[str]:
    """The differences in a few sentences."""
    said = []
    if differences.new_municipalities:
        said.append(f"Neu: {_names(differences.new_municipalities, new)}.")
    if differences.missing_municipalities:
        said.append(f"Nicht mehr dabei: {_names(differences.missing_municipalities, old)}.")
    if differences.new_items:
        said.append(f"Neue Fragen: {', '.join(differences.new_items[:_NAMED])}.")
    if differences.missing_items:
        said.append(f"Fragen nicht mehr dabei: {', '.join(differences.missing_items[:_NAMED])}.")
    changed = len({cell.key for cell in differences.cells})
    said.append(
        f"{format_number(len(differences.cells))} Antworten von {format_number(changed)} Kommunen "
        "sind anders als bisher."
        if differences.cells
        else "Die gemeinsamen Antworten sind gleich."
    )
    return said


def _names(keys: tuple[str, ...], survey: Survey) -> str:
    shown = ", ".join(survey.name_of(key) for key in keys[:_NAMED])
    rest = len(keys) - _NAMED
    return f"{shown} und {format_number(rest)} weitere" if rest > 0 else shown
