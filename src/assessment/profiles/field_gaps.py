"""One field in detail: its questions with their gaps, how levels spread, published values."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from assessment.comparison.gap_types import (
    GapRow,
    GapState,
    PublishedComparison,
    Reference,
)
from assessment.german import format_number, format_percent
from assessment.profiles.fields import FieldRow
from assessment.profiles.gap_profile import GapText, gap_text
from assessment.profiles.overview import LevelSpread
from assessment.profiles.plain import as_plain
from assessment.profiles.texts import sentence
from assessment.questionnaire.model import Item, Questionnaire
from assessment.survey import AnswerStatus, Survey

_STATUS = {
    AnswerStatus.DONT_KNOW: "gap_item.dont_know",
    AnswerStatus.NOT_APPLICABLE: "gap_item.not_applicable",
    AnswerStatus.NOT_ASKED: "gap_item.not_asked",
}


@dataclass(frozen=True, slots=True)
class ItemGap:
    """One question: own answer as labelled, own points, and its gaps (whole points 0–100)."""

    item: str
    text: str
    answer: str
    own: int | None
    sensitive: bool
    gaps: tuple[GapText, ...]

    def gap(self, reference: Reference) -> GapText | None:
        """The gap to one reference."""
        return next((gap for gap in self.gaps if gap.reference is reference), None)


@dataclass(frozen=True, slots=True)
class PublishedLine:
    """A published share beside the own answer: context, never a measure."""

    id: str
    item: str
    statement: str
    share: str
    population: str
    source: str
    caution: str
    own: str
    own_answer: str


@dataclass(frozen=True, slots=True)
class FieldGaps:
    """Everything the page says about one field."""

    dimension: str
    name: str
    level: int | None
    level_names: tuple[str, ...]
    items: tuple[ItemGap, ...]
    sentence: str
    spread: LevelSpread | None
    spread_sentence: str
    band_sentence: str
    score: int | None
    median: int | None
    low: int | None
    high: int | None
    published: tuple[PublishedLine, ...]
    published_note: str
    sensitive_note: str

    def as_dict(self) -> dict[str, Any]:
        """All of it with plain types, ready for JSON."""
        return as_plain(self)


def field_gaps(
    survey: Survey,
    key: str,
    row: FieldRow,
    items: Sequence[GapRow],
    published: Sequence[PublishedComparison],
    spread: LevelSpread | None,
    group: str,
) -> FieldGaps:
    """Put one field together.

    ``row``: the field as in the level profile; ``items``: gaps of its questions; ``published``:
    published values (those of other fields are left out); ``group``: name of the peer group.
    """
    questionnaire = survey.questionnaire
    lines = tuple(_item(survey, key, one) for one in items)
    known = {line.item for line in lines}
    # Sentences leave out what follows a comma in a name („Musterstadt, Stadt“).
    name = survey.name_of(key).split(",")[0]
    shown = tuple(
        _published(one) for one in published if _belongs(questionnaire, one, row.dimension, known)
    )
    return FieldGaps(
        dimension=row.dimension,
        name=row.name,
        level=row.level,
        level_names=tuple(questionnaire.level_names),
        items=lines,
        sentence=_item_sentence(lines),
        spread=spread,
        spread_sentence=_spread_sentence(spread, row.level, name) if spread else "",
        band_sentence=_band_sentence(row, group),
        score=row.score,
        median=row.median,
        low=row.low,
        high=row.high,
        published=shown,
        published_note=sentence("published.intro") if shown else "",
        sensitive_note=sentence("gap_item.sensitive")
        if any(line.sensitive for line in lines)
        else "",
    )


def answer_words(survey: Survey, key: str, item: Item) -> str:
    """What was answered, as labelled; why there is no answer where there is none."""
    if item.id not in survey.answers.columns:
        return sentence("gap_item.not_asked")
    status = AnswerStatus(int(survey.status.at[key, item.id]))
    if status is not AnswerStatus.ANSWERED:
        return sentence(_STATUS.get(status, "gap_item.missing"))
    answer = survey.answers.at[key, item.id]
    if not isinstance(answer, str):
        number = float(answer) if isinstance(answer, int | float) else None
        return format_number(number)
    options = item.option_by_code
    labels = [options[code].label if code in options else code for code in answer.split(";")]
    return "; ".join(label for label in labels if label) or sentence("gap_item.no_answer")


def _item(survey: Survey, key: str, row: GapRow) -> ItemGap:
    item = survey.questionnaire[row.item or row.id]
    own = next((gap.own for gap in row.gaps.values() if gap.own is not None), None)
    return ItemGap(
        item.id,
        item.text,
        answer_words(survey, key, item),
        own,
        item.sensitive,
        tuple(gap_text(gap) for gap in row.gaps.values()),
    )


def _item_sentence(lines: Sequence[ItemGap]) -> str:
    if not lines:
        return sentence("gap_item.none")
    medians = [gap for line in lines if (gap := line.gap(Reference.PEER_MEDIAN)) is not None]
    if all(gap.state is GapState.UNKNOWN for gap in medians):
        return sentence("gap_item.no_comparison")
    clear = sum(gap.state is GapState.SHORTFALL for gap in medians)
    if len(lines) == 1:
        return sentence("gap_item.only_gap" if clear else "gap_item.only_no_gap")
    if clear == 1:
        return sentence("gap_item.one", total=len(lines))
    if not clear:
        return sentence("gap_item.no_gap", total=len(lines))
    return sentence("gap_item.some", n=clear, total=len(lines))


def _spread_sentence(spread: LevelSpread, level: int | None, name: str) -> str:
    if any(count is None for count in spread.counts):
        if level is None:
            return sentence("spread.hidden_unrated", name=name)
        return sentence("spread.hidden", name=name, level=level)
    counts = [count or 0 for count in spread.counts]
    mode = counts.index(max(counts))
    if level is None:
        return sentence("spread.unrated", mode=mode, name=name)
    if mode == level:
        return sentence("spread.same", level=level, name=name)
    return sentence("spread.own", mode=mode, name=name, level=level)


def _band_sentence(row: FieldRow, group: str) -> str:
    if row.median is None:
        return sentence("spread.no_band", refusal=row.refusal) if row.refusal else ""
    if row.low is None or row.high is None:
        return sentence("spread.median", group=group, median=row.median)
    return sentence("spread.band", group=group, low=row.low, high=row.high, median=row.median)


def _belongs(
    questionnaire: Questionnaire, one: PublishedComparison, dimension: str, known: set[str]
) -> bool:
    """Values of the field's questions, scored or not."""
    item = questionnaire.item_by_id.get(one.published.item)
    return one.published.item in known or (item is not None and item.dimension == dimension)


def _published(one: PublishedComparison) -> PublishedLine:
    value = one.published
    return PublishedLine(
        value.id,
        value.item,
        value.statement,
        sentence(
            "published.share",
            share=format_percent(value.share),
            n=format_number(value.n),
            year=value.year,
        ),
        value.population,
        value.source,
        value.caution,
        sentence(f"published.{one.own.value}"),
        one.own_answer,
    )
