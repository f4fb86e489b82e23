"""A proposed codebook for a foreign export: which item each column answers, and of what kind."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from assessment.questionnaire.inference.batteries import Battery, find_battery
from assessment.questionnaire.inference.grouping import (
    Question,
    group_questions,
    join_loose_dummies,
)
from assessment.questionnaire.inference.headers import (
    Ids,
    item_text,
    plain,
    question_text,
    safe_code,
)
from assessment.questionnaire.inference.matrices import decide_rows
from assessment.questionnaire.inference.roles import (
    empty_values,
    find_id,
    find_municipal_keys,
    find_name,
    is_land,
    is_population,
    key_share,
    speaks_of_goals,
)
from assessment.questionnaire.inference.single import Decision
from assessment.questionnaire.inference.values import ColumnValues
from assessment.questionnaire.model import Item, ItemKind, Questionnaire, Role
from assessment.source_column import Part, SourceColumn

GOAL_ROWS = 3
"""From this number of ratings on, a matrix that speaks of goals is taken for the goals."""


@dataclass(frozen=True, slots=True)
class ProposedQuestionnaire:
    """A codebook inferred from a file, to be confirmed by the analyst.

    ``mapping``: column position → (item id, option code or ``None``). How to read the cells:

    - option code and kind ``multiple``: the cell says whether the option was ticked (Ja/Nein,
      1/0, X, or the option's text and blank);
    - option code and kind ``ranking``: the cell holds the rank of the option, 1 = first;
    - ``#1``, ``#2`` … and kind ``ranking``: the cell holds the option on that rank;
    - ``None`` and kind ``multiple`` or ``ranking``: the cell lists all options;
    - otherwise the cell holds the answer; cells are equal to an option's code or label.

    Number and date items may carry options too: only the special answers („N/A“, „-9“).
    ``left_out``: position → German reason; every column is in ``mapping`` or in ``left_out``.
    ``reasons``: item id → German sentence; ``unclear``: item id → German question to the analyst.
    """

    questionnaire: Questionnaire
    mapping: Mapping[int, tuple[str, str | None]]
    reasons: Mapping[str, str]
    left_out: Mapping[int, str] = field(default_factory=dict)
    unclear: Mapping[str, str] = field(default_factory=dict)


def propose_questionnaire(columns: Sequence[SourceColumn], title: str) -> ProposedQuestionnaire:
    """Propose a questionnaire for the columns of an export.

    Works on distinct values and is deterministic: the same columns give the same proposal, and
    their order has no influence on the kinds. ``title`` becomes the questionnaire's title.
    Every column with content ends up in exactly one item or is left out with a reason.
    """
    return _Builder(columns).build(title)


_Form = tuple[ItemKind, tuple[str, ...]]


def _form(decision: Decision) -> _Form:
    """What rows must have in common to be shown as one matrix."""
    return decision.kind, tuple(option.label for option in decision.options)


class _Builder:
    """Collects items in the order of the file."""

    def __init__(self, columns: Sequence[SourceColumn]) -> None:
        ordered = sorted(columns, key=lambda source: source.column.position)
        self._columns = [ColumnValues.of(source) for source in ordered]
        self._items: dict[str, tuple[int, Item]] = {}
        self._mapping: dict[int, tuple[str, str | None]] = {}
        self._reasons: dict[str, str] = {}
        self._unclear: dict[str, str] = {}
        self._left_out: dict[int, str] = {}
        self._ids = Ids()
        self._population_found = False

    def build(self, title: str) -> ProposedQuestionnaire:
        open_columns = self._identification()
        questions = group_questions(self._with_content(open_columns))
        for question in join_loose_dummies(questions):
            self._question(question)
        items = [item for _, item in sorted(self._items.values(), key=lambda pair: pair[0])]
        questionnaire = Questionnaire(
            id="vorschlag",
            version="0",
            title=title,
            proposed=True,
            items=tuple(items),
            notes=("Aus den Werten einer Datei abgeleitet, noch von niemandem bestätigt.",),
        )
        return ProposedQuestionnaire(
            questionnaire, self._mapping, self._reasons, self._left_out, self._unclear
        )

    def _add(
        self,
        source: SourceColumn,
        item: Item,
        reason: str,
        targets: Mapping[int, str | None],
        unclear: str = "",
    ) -> None:
        self._items[item.id] = (source.column.position, item)
        self._reasons[item.id] = reason
        if unclear:
            self._unclear[item.id] = unclear
        for position, option in targets.items():
            self._mapping[position] = (item.id, option)

    def _simple(
        self, values: ColumnValues, kind: ItemKind, reason: str, roles: tuple[Role, ...] = ()
    ) -> None:
        source = values.source
        item = Item(
            id=self._ids.for_column(source),
            text=item_text(source) or f"Spalte {source.column.position}",
            kind=kind,
            roles=roles,
        )
        self._add(source, item, reason, {values.position: None})

    def _identification(self) -> list[ColumnValues]:
        """Place key and name; returns the columns that remain."""
        rest = list(self._columns)
        answers = [v for v in rest if v.source.part in (Part.ANSWER, Part.METADATA)]
        keys = find_municipal_keys([v for v in answers if v.source.part is Part.ANSWER])
        for number, values in enumerate(keys):
            share = round(100 * key_share(values, lost_zero=True))
            roles = (Role.KEY,) if number == 0 else ()
            reason = f"{share} % der Werte haben die Form eines Gemeindeschlüssels."
            self._simple(values, ItemKind.KEY, reason, roles)
            rest.remove(values)
        name = find_name([v for v in answers if v.source.part is Part.ANSWER and v not in keys])
        if name is not None:
            reason = "Die Überschrift nennt die Kommune, die Werte sind verschiedene Namen."
            self._simple(name, ItemKind.NAME, reason, (Role.NAME,))
            rest.remove(name)
        if not keys:
            self._running_id(rest)
        return rest

    def _running_id(self, rest: list[ColumnValues]) -> None:
        candidates = [v for v in rest if v.source.part in (Part.ANSWER, Part.METADATA)]
        values = find_id(candidates)
        if values is not None:
            reason = (
                "Kein Gemeindeschlüssel gefunden; diese Spalte hat in jeder Zeile einen anderen"
                " Wert und dient als Schlüssel."
            )
            self._simple(values, ItemKind.KEY, reason, (Role.KEY,))
            rest.remove(values)

    def _with_content(self, columns: Sequence[ColumnValues]) -> list[ColumnValues]:
        kept = []
        for values in columns:
            if values.source.part is Part.METADATA:
                reason = "Angabe des Umfrageprogramms, keine Antwort."
                self._left_out[values.position] = reason
            else:
                kept.append(values)
        return kept

    def _question(self, question: Question) -> None:
        battery = find_battery(question)
        inside: set[int] = set()
        group = ""
        if battery is not None:
            inside = set(battery.targets)
            group = self._battery(question, battery)
        rows = []
        for values in question.columns:
            if values.position in inside:
                continue
            if empty_values(values):
                self._left_out[values.position] = "Die Spalte enthält keine Werte."
            elif values.source.part is not Part.ANSWER:
                self._beside(values, group)
            else:
                rows.append(values)
        if rows:
            self._rows(question, rows)

    def _battery(self, question: Question, battery: Battery) -> str:
        source = question.first
        goal = speaks_of_goals(question_text(source)) and battery.kind is ItemKind.RANKING
        roles = (Role.PRIORITY_PICK,) if goal else ()
        if question.explicit:
            item_id, text = self._ids.for_question(source), question_text(source)
        else:
            item_id = self._ids.new(safe_code(question.stem.rstrip("_-. #")), "auswahl")
            last = plain(question.columns[-1].source.header)
            text = f"{plain(source.header)} … {last}"
        item = Item(
            id=item_id,
            text=text,
            kind=battery.kind,
            options=battery.options,
            picks=battery.picks,
            roles=roles,
        )
        note = " Die Frage spricht von Zielen: als Auswahl der wichtigsten Ziele." if goal else ""
        self._add(source, item, battery.reason + note, battery.targets, battery.unclear)
        return item.id

    def _beside(self, values: ColumnValues, group: str) -> None:
        """Free text beside an option, or a comment."""
        source = values.source
        comment = source.part is Part.COMMENT
        item = Item(
            id=self._ids.for_column(source),
            text=item_text(source),
            kind=ItemKind.TEXT,
            group=group,
            roles=(Role.COMMENT,) if comment else (),
        )
        reason = "Kommentar zur Frage." if comment else "Freitext zur Option „Sonstiges“."
        self._add(source, item, reason, {values.position: None})

    def _rows(self, question: Question, rows: Sequence[ColumnValues]) -> None:
        decisions = decide_rows(question, rows)
        goals = self._are_goals(question, decisions)
        forms = {position: _form(decision) for position, decision in decisions.items()}
        groups: dict[_Form, str] = {}
        for values in rows:
            decision = decisions[values.position]
            form = forms[values.position]
            alike = sum(other == form for other in forms.values())
            if alike > 1 and (question.explicit or decision.options) and form not in groups:
                groups[form] = self._ids.new(f"{self._group_name(question)}_matrix", "matrix")
            self._row(values, decision, groups.get(form, ""), goals)

    def _group_name(self, question: Question) -> str:
        if not question.explicit:
            return safe_code(question.stem.rstrip("_-. #")) or "reihe"
        return Ids().for_question(question.first)

    def _are_goals(self, question: Question, decisions: Mapping[int, Decision]) -> bool:
        ratings = sum(decision.kind is ItemKind.RATING for decision in decisions.values())
        return (
            question.explicit
            and ratings >= GOAL_ROWS
            and ratings == len(decisions)
            and speaks_of_goals(question_text(question.first))
        )

    def _row(self, values: ColumnValues, decision: Decision, group: str, goals: bool) -> None:
        source = values.source
        roles, kind, reason = decision.roles, decision.kind, decision.reason
        if is_land(values) and kind in (ItemKind.SINGLE, ItemKind.TEXT):
            roles = (Role.LAND,)
            reason = f"Die Werte sind deutsche Länder. {reason}"
        elif kind is ItemKind.INTEGER and not self._population_found and is_population(values):
            self._population_found = True
            roles = (Role.POPULATION,)
            reason = f"Die Überschrift nennt die Einwohnerzahl. {reason}"
        elif goals:
            roles = (Role.GOAL,)
            reason = f"Die Frage spricht von Zielen oder Wichtigkeit: als Ziel bewertet. {reason}"
        item = Item(
            id=self._ids.for_column(source),
            text=item_text(source) or f"Spalte {source.column.position}",
            kind=kind,
            options=decision.options,
            picks=decision.picks,
            minimum=decision.minimum,
            group=group,
            roles=roles,
            sensitive=kind is ItemKind.CONTACT,
        )
        self._add(source, item, reason, {values.position: None}, decision.unclear)
