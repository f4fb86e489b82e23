"""Methodenbericht: what the typology rests on – data, questions, method."""

from collections import Counter

from assessment.comparison.disclosure import MINIMUM_OTHERS, guarded_counts
from assessment.german import format_number, format_percent
from assessment.questionnaire.model import Item, ItemKind
from assessment.reports.markup import shortened
from assessment.reports.typology_blocks import (
    NOTHING,
    Blocks,
    bullets,
    facts,
    formula,
    joined,
    paragraph,
    subheading,
    table,
)
from assessment.reports.typology_facts import ReportFacts, report_texts, small_count
from assessment.survey import AnswerStatus
from assessment.typology.method import METHOD_NAMES, InputKind, Method

_LEFT_OUT_SHOWN = 12
_KINDS = {
    InputKind.RATED: "Ziele, auf einer gemeinsamen Skala bewertet",
    InputKind.RANKED: "Ziele in einer Rangfolge",
    InputKind.RATED_AND_RANKED: "Ziele, bewertet und in einer Rangfolge",
    InputKind.CHOICES: "Mehrfachnennungen",
    InputKind.CATEGORIES: "Auswahlfragen",
    InputKind.NUMBERS: "Zahlen",
}
_WITH_LIKELIHOOD = (
    Method.JOINT,
    Method.RESPONSE_STYLE,
    Method.PLACKETT_LUCE,
    Method.LATENT_CLASS,
)


def data_section(known: ReportFacts) -> Blocks:
    """File, number of municipalities, who was left out and why."""
    survey, source = known.survey, known.survey.provenance
    total, fitted = len(survey.keys), known.study.n
    reasons = Counter(str(reason) for reason in known.usable.reasons if reason)
    listed = reasons.most_common(_LEFT_OUT_SHOWN)
    rest = total - fitted - sum(n for _, n in listed)
    counts = guarded_counts([fitted, *(n for _, n in listed), *([rest] if rest > 0 else [])])
    shown = [
        f"unter {MINIMUM_OTHERS} oder verdeckt" if count is None else format_number(count)
        for count in counts.counts
    ]
    names = [reason for reason, _ in listed] + (["Andere Gründe"] if rest > 0 else [])
    pairs = [
        ("Datei", source.file_name),
        ("SHA-256 der Datei", source.sha256),
        ("Prüfsumme der Antworten", source.data_hash),
        ("Fragebogen", f"{survey.questionnaire.title}, Fassung {survey.questionnaire.version}"),
        ("Kommunen in der Datei", format_number(total)),
        ("In die Rechnung eingegangen", format_number(fitted)),
    ]
    if survey.questionnaire.proposed:
        pairs.append(("Hinweis", "Der Fragebogen wurde aus der Datei erschlossen."))
    left_out = (
        table("Nicht eingegangen", ("Grund", "Kommunen"), zip(names, shown[1:], strict=True))
        if names
        else paragraph("Alle Kommunen sind eingegangen.")
    )
    return joined(facts("Datei und Kommunen", pairs), left_out)


def questions_section(known: ReportFacts) -> Blocks:
    """Every question with its wording and its gaps among those fitted."""
    goals, survey = known.model.goals, known.survey
    rows = []
    for name in goals.items:
        item = survey.questionnaire[name]
        status = survey.status[name].to_numpy()[known.study.rows]
        gaps = int((status != AnswerStatus.ANSWERED).sum())
        part = (
            format_percent(gaps / max(len(status), 1), 1) if not 0 < gaps < MINIMUM_OTHERS else "–"
        )
        rows.append((name, shortened(item.text), _scale(item), small_count(gaps), part))
    return joined(
        paragraph(f"Eingegangen sind: {_KINDS[goals.kind]}."),
        table(
            "Fragen und Lücken",
            ("Frage", "Wortlaut", "Antworten", "ohne Antwort", "Anteil"),
            rows,
            texts=3,
            note=f"Lücken unter den {format_number(known.study.n)} eingegangenen Kommunen: leer, "
            "„weiß nicht“, „nicht zuständig“ und ungültige Angaben. Keine wurde ergänzt.",
        ),
        bullets(known.usable.remarks),
    )


def method_section(known: ReportFacts) -> Blocks:
    """The method in words and formulas, starts and the share that reached the best."""
    texts, method = report_texts(), known.study.method
    own = texts["methods"][method.value]
    kind = "likelihood" if method in _WITH_LIKELIHOOD else "distance"
    solution = known.candidate.solution
    return joined(
        subheading(METHOD_NAMES[method]),
        *(paragraph(words) for words in own["words"]),
        *(formula(texts["formulas"][name]) for name in own["formulas"]),
        bullets(own["symbols"]),
        paragraph(texts["estimation"][kind]),
        paragraph(
            f"Bei {known.k} Typen erreichten {format_number(solution.starts_best)} von "
            f"{format_number(solution.starts_tried)} Anfängen das beste Ergebnis."
            + (
                ""
                if solution.starts_best * 2 >= solution.starts_tried
                else " Das ist weniger als die Hälfte; mehr Anfänge könnten ein besseres finden."
            )
        )
        if solution.starts_tried > 1
        else NOTHING,
    )


def _scale(item: Item) -> str:
    options = len(item.answer_options)
    if not options:
        return "Zahl"
    if item.picks:
        return f"{item.picks} von {options} in Rangfolge"
    if item.kind in (ItemKind.RATING, ItemKind.LEVEL):
        return f"{options} Stufen"
    return f"Auswahl aus {options}"
