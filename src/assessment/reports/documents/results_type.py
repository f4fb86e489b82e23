"""The type in the Ergebnisbericht: all values, never a rank, with what speaks for it."""

from assessment.profiles.dossier import Dossier
from assessment.profiles.field_names import joined
from assessment.profiles.goal_words import short_goals
from assessment.profiles.goals_of import GoalRow
from assessment.profiles.municipality import MunicipalityProfile
from assessment.profiles.texts import sentence
from assessment.profiles.type_statement import TypeStatement, shown_share
from assessment.reports.document import (
    Bar,
    Block,
    Column,
    Heading,
    Paragraph,
    ParagraphKind,
    Table,
    TypeBadge,
)
from assessment.reports.documents.parts import source_line
from assessment.typology.model import MembershipState
from assessment.typology.reference import load_reference

MOST_GOALS = 4
CLEAR_STEP = 0.5
"""Half a step of the answer scale above the own average: then a goal counts as put first."""


def type_blocks(dossier: Dossier) -> list[Block]:
    """Statement, all values, the own goals, where it stands among the types."""
    profile = dossier.profile
    statement = profile.type
    heading = Heading(sentence("results_paper.type_heading"))
    if statement is None:
        return [heading, Paragraph(sentence("type.no_typology"))]
    reference = load_reference()
    return [
        heading,
        Paragraph(statement.sentence, ParagraphKind.LEAD),
        *_badge(statement),
        *_goals(profile),
        *_values(statement, source_line(profile.header)),
        Paragraph(f"{reference.equality} {reference.disclaimer}", ParagraphKind.NOTE),
    ]


def _badge(statement: TypeStatement) -> list[Block]:
    """The type with its certainty; between two types, what that means."""
    if not statement.probabilities:
        return []
    mixed = statement.state is MembershipState.MIXED
    kind = "" if mixed or not statement.first else statement.first
    text = f"{_sentence_case(statement.certainty)}. {statement.focus}".strip()
    badge = TypeBadge(kind, kind.lstrip("G") or "?", statement.headline, text)
    return [badge, Paragraph(sentence("results_paper.mixed"))] if mixed else [badge]


def _values(statement: TypeStatement, source: str) -> list[Block]:
    """All types with their probability, in their fixed order."""
    if not statement.probabilities:
        return []
    return [
        Table(
            caption=sentence("results_paper.type_table"),
            columns=(
                Column(sentence("results_table.type"), 2),
                Column(sentence("results_table.fits"), 1.7, right=True),
                Column("", 3),
            ),
            rows=tuple(
                (each.name, shown_share(each.probability), Bar(each.probability, 1.0, ""))
                for each in statement.probabilities
            ),
            note=sentence("results_paper.type_note"),
            source=source,
        )
    ]


def _sentence_case(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


def _goals(profile: MunicipalityProfile) -> list[Block]:
    """What the municipality puts first, by its own answers."""
    said = []
    if profile.priorities:
        named = short_goals(profile.priorities)
        said.append(sentence("results_paper.priorities", names=_quoted(named)))
    ahead = _ahead(profile.goals)
    if ahead:
        said.append(sentence("results_paper.goals_ahead", names=_quoted(ahead)))
    return [Paragraph(" ".join(said))] if said else []


def _ahead(goals: tuple[GoalRow, ...]) -> list[str]:
    """Goals rated clearly above the own average, the clearest first; equals in order."""
    clear = [goal for goal in goals if goal.deviation is not None and goal.deviation >= CLEAR_STEP]
    clear.sort(key=lambda goal: -(goal.deviation or 0.0))
    names = dict(zip(goals, short_goals([goal.label for goal in goals]), strict=True))
    return [names[goal] for goal in clear[:MOST_GOALS]]


def _quoted(names: list[str]) -> str:
    return joined([f"„{name}“" for name in names])
