"""What a corrected export would change, before it replaces the survey of the same wave."""

import streamlit as st

from assessment.german import format_number
from assessment.importing.differences import ImportDifferences, compare_imports
from assessment.survey import Survey
from assessment.ui.components import bullet_list, empty_state
from assessment.ui.markdown import esc_md
from assessment.ui.state import own_surveys, replaced_by

_NAMED = 10


def replacing_sentence(new: Survey) -> str:
    """What taking over would replace and how far it differs; empty where it replaces nothing."""
    old = replaced_by(new)
    if old is None or old.provenance.data_hash == new.provenance.data_hash:
        return ""
    said = " ".join(difference_sentences(compare_imports(old, new), old, new))
    return (
        f"„Übernehmen“ ersetzt die Fassung aus „{old.provenance.file_name}“. {said} "
        "Einzelheiten unter „Unterschiede“."
    )


def show_difference(new: Survey) -> None:
    """Differences to the survey that taking over would replace."""
    old = replaced_by(new)
    if old is None:
        wave = f"der Welle „{new.wave}“" if new.wave else "ohne Angabe der Welle"
        others = other_waves(new)
        known = f" Übernommen sind: {'; '.join(others)}." if others else ""
        hint = " Für einen Vergleich oben dieselbe Welle eintragen." if others else ""
        empty_state(
            f"In dieser Sitzung gibt es noch keine Erhebung {wave} mit diesem Fragebogen; es wird "
            f"nichts ersetzt.{known}{hint}"
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
                "Frage": [
                    f"{cell.item} · {new_text(new, cell.item)}" for cell in differences.cells
                ],
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
    changed, cells = len({cell.key for cell in differences.cells}), len(differences.cells)
    if not cells:
        said.append("Die gemeinsamen Antworten sind gleich.")
    elif cells == 1:
        said.append("1 Antwort ist anders als bisher.")
    else:
        whom = "1 Kommune" if changed == 1 else f"{format_number(changed)} Kommunen"
        said.append(f"{format_number(cells)} Antworten von {whom} sind anders als bisher.")
    return said


def other_waves(new: Survey) -> list[str]:
    """The session's own surveys with the same questionnaire, by wave and file."""
    return [
        f"{'Welle ' + one.survey.wave if one.survey.wave else 'ohne Welle'} "
        f"({one.survey.provenance.file_name})"
        for one in own_surveys()
        if one.survey.questionnaire.id == new.questionnaire.id
    ]


def new_text(survey: Survey, item: str) -> str:
    """Wording of an item; empty where only the survey before had it."""
    known = {entry.id: entry.text for entry in survey.questionnaire.items}
    return known.get(item, "")


def _names(keys: tuple[str, ...], survey: Survey) -> str:
    shown = ", ".join(survey.name_of(key) for key in keys[:_NAMED])
    rest = len(keys) - _NAMED
    return f"{shown} und {format_number(rest)} weitere" if rest > 0 else shown
