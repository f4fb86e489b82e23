"""A municipality's profile as plain text: the same profile object the page shows."""

from assessment.german import format_date, format_number, format_percent, format_signed
from assessment.profiles.fields import FieldBlock, NamedField
from assessment.profiles.municipality import MunicipalityProfile


def profile_text(profile: MunicipalityProfile) -> str:
    """The profile in the order of the page: who, which type, how far, what next, how sure."""
    header = profile.header
    facts = [
        header.kind,
        f"{format_number(header.population)} Einw." if header.population else "",
        header.land,
        f"Stichtag {format_date(header.reference_date)}",
    ]
    lines = [f"{header.name} ({header.key})", " · ".join(fact for fact in facts if fact)]
    if profile.simulated_note:
        lines.append(profile.simulated_note)
    lines += ["", *_type_lines(profile)]
    if profile.peers.sentence:
        lines.append(profile.peers.sentence)
    for block in profile.blocks:
        lines += ["", *_block_lines(block)]
    lines += ["", "Stärken", *_named(profile.strengths, profile.strengths_note)]
    lines += ["", "Lücken", *_named(profile.gaps, profile.gaps_note)]
    lines += ["", "Nächste Schritte", *_steps(profile)]
    lines += ["", profile.robustness.sentence]
    lines += ["", profile.data.sentence, " · ".join(profile.data.provenance)]
    return "\n".join(lines)


def _type_lines(profile: MunicipalityProfile) -> list[str]:
    statement = profile.type
    if statement is None:
        return [profile.type_note]
    certainty = f", {statement.certainty}" if statement.certainty else ""
    return [f"{statement.headline}{certainty}", statement.sentence]


def _block_lines(block: FieldBlock) -> list[str]:
    width = max(len(row.name) for row in block.rows)
    lines = [f"{block.name} (Reifestufe 0–4, Punkte 0–100, Median der Vergleichsgruppe)"]
    for row in block.rows:
        level = "–" if row.level is None else str(row.level)
        answered = format_percent(row.coverage)
        lines.append(
            f"  {row.name:{width}}  Stufe {level}  {format_number(row.score):>4}"
            f"  Gruppe {format_number(row.median):>4}  beantwortet {answered:>5}"
        )
    return lines


def _named(fields: tuple[NamedField, ...], note: str) -> list[str]:
    lines = [f"  {field.listed}: {format_signed(field.difference)} Punkte" for field in fields]
    return [*lines, f"  {note}"] if note else lines


def _steps(profile: MunicipalityProfile) -> list[str]:
    """Each step with its field, effort, time and kind of cost; the note last."""
    lines = []
    for step in profile.next_steps:
        facts = (step.mark, step.field, step.step, step.line, step.cost_word)
        lines.append(f"  {step.title}: {' · '.join(fact for fact in facts if fact)}")
    return [*lines, f"  {profile.next_steps_note}"]
