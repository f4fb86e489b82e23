"""Which columns belong to one question."""

from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from assessment.german import fold
from assessment.questionnaire.inference.headers import series
from assessment.questionnaire.inference.known import squeeze
from assessment.questionnaire.inference.values import ColumnValues
from assessment.source_column import Part, SourceColumn

ALMOST_ALL = 0.8
MIN_DUMMIES = 4


@dataclass(frozen=True, slots=True)
class Question:
    """Columns of one question in the order of the file.

    ``explicit``: the export itself says that they belong together (shared code or question text);
    otherwise only their headers count up (``A1``, ``A2``, ``A3``).
    """

    columns: tuple[ColumnValues, ...]
    explicit: bool

    @property
    def first(self) -> SourceColumn:
        return self.columns[0].source

    @property
    def stem(self) -> str:
        """What the headers of a numbered series have in common, ``""`` if they don't."""
        numbered = [series(values.source.header) for values in self.columns]
        stems = {found[0] if found else "" for found in numbered}
        return stems.pop() if len(stems) == 1 else ""

    @property
    def answers(self) -> tuple[ColumnValues, ...]:
        """The columns without free text beside options and comments."""
        return tuple(c for c in self.columns if c.source.part is Part.ANSWER)


def group_questions(columns: Sequence[ColumnValues]) -> list[Question]:
    """Columns grouped into questions, ordered by their first column."""
    shared: defaultdict[Hashable, list[ColumnValues]] = defaultdict(list)
    for values in columns:
        shared[_key(values.source)].append(values)
    questions: list[Question] = []
    lonely: list[ColumnValues] = []
    for together in shared.values():
        for members in _by_matrix_row(together):
            if len(members) > 1 and _differ(members):
                questions.append(Question(tuple(members), explicit=True))
            else:
                lonely.extend(members)
    questions.extend(_series(lonely))
    return sorted(questions, key=lambda question: question.columns[0].position)


def join_loose_dummies(questions: Sequence[Question]) -> list[Question]:
    """Make one question of the 0/1 columns that are most of a table without any grouping."""
    loose = [question for question in questions if _is_loose_dummy(question)]
    others = [question for question in questions if question not in loose]
    if len(loose) < MIN_DUMMIES or len(loose) <= sum(len(q.columns) for q in others):
        return list(questions)
    together = Question(tuple(question.columns[0] for question in loose), explicit=False)
    return sorted([together, *others], key=lambda question: question.columns[0].position)


def _is_loose_dummy(question: Question) -> bool:
    values = question.columns[0]
    whole = values.whole_numbers
    alone = len(question.columns) == 1 and values.source.part is Part.ANSWER
    return alone and whole is not None and whole <= {0, 1}


def _key(source: SourceColumn) -> Hashable:
    if source.code and source.sub:
        return ("code", source.code)
    if source.question and (source.option or source.part is not Part.ANSWER):
        return ("question", squeeze(source.question))
    return ("column", source.column.position)


def _by_matrix_row(members: list[ColumnValues]) -> list[list[ColumnValues]]:
    """Split a two-dimensional matrix into rows: ``SQ001_SQ002`` is row SQ001, column SQ002."""
    rows: defaultdict[str, list[ColumnValues]] = defaultdict(list)
    for values in members:
        rows[values.source.sub.rpartition("_")[0]].append(values)
    sizes = {len(row) for row in rows.values()}
    columns = {values.source.sub.rpartition("_")[2] for values in members}
    crossed = len(rows) > 1 and len(sizes) == 1 and "" not in rows
    return list(rows.values()) if crossed and sizes == {len(columns)} else [members]


def _differ(members: Sequence[ColumnValues]) -> bool:
    """Two unrelated questions may share a short wording; parts of one question never do."""
    parts = {
        (fold(m.source.sub), fold(m.source.option), m.source.part, fold(m.source.header))
        for m in members
    }
    # An option may have been entered twice by whoever made the questionnaire.
    return len(parts) >= ALMOST_ALL * len(members)


def _series(lonely: Sequence[ColumnValues]) -> list[Question]:
    """Numbered headers (at least three with the same stem) as one question each."""
    stems: defaultdict[str, list[ColumnValues]] = defaultdict(list)
    single: list[ColumnValues] = []
    for values in lonely:
        numbered = series(values.source.header) if values.source.part is Part.ANSWER else None
        if numbered is None:
            single.append(values)
        else:
            stems[numbered[0]].append(values)
    questions = [Question((values,), explicit=False) for values in single]
    for members in stems.values():
        if len(members) >= 3:
            ordered = sorted(members, key=lambda values: values.position)
            questions.append(Question(tuple(ordered), explicit=False))
        else:
            questions.extend(Question((values,), explicit=False) for values in members)
    return questions
