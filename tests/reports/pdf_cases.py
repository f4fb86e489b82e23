"""A document with every block, for the tests of the writers."""

from datetime import date

from assessment.reports.document import (
    Bar,
    Block,
    Box,
    Bullets,
    Chart,
    Column,
    Columns,
    Contents,
    Document,
    DocumentKind,
    Facts,
    Heading,
    Landscape,
    PageBreak,
    Paragraph,
    ParagraphKind,
    Picture,
    Pips,
    Scale,
    ScaleDrawing,
    ScaleRow,
    Table,
    TimelineDrawing,
    TimelineRow,
    TypeBadge,
)

CREATED = date(2026, 11, 22)
SOURCE = (
    "Quelle: Selbsteinschätzung „Musterstadt“, Stichtag 01.03.2026; Auswertung: Programmversion 1.0"
)
LONG_TEXT = (
    "Die Stadt hat ihre Ziele beschrieben und legt sie jedes Jahr dem Hauptausschuss vor. "
    "Die Fachbereiche melden ihre Vorhaben halbjährlich; die Steuerungsgruppe prüft Aufwand, "
    "Wirkung und Abhängigkeiten und schlägt eine Reihenfolge vor. "
)
PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="480" height="120" viewBox="0 0 480 120">'
    '<rect x="1" y="1" width="478" height="118" fill="none" stroke="#5E7688"/>'
    '<text x="20" y="70" font-family="Atkinson Hyperlegible Next" font-size="20">'
    "Bürgernähe → Standort</text></svg>"
)
FIELDS = ("Strategie", "Organisation", "Personal", "Daten", "IT-Betrieb", "Beteiligung")


def scale(n: int) -> Scale:
    """A scale with all marks, each ``n`` another."""
    own = 20.0 + 11 * n
    return Scale(
        own=own,
        low=35.0,
        high=60.0,
        median=48.0,
        target=min(own + 20, 100),
        before=max(own - 12, 0),
    )


def field_table(rows: int = 6, note: str = "") -> Table:
    """A table with every kind of cell."""
    return Table(
        caption="Handlungsfelder mit Stufe, Wert und Lage in der Vergleichsgruppe",
        columns=(
            Column("Handlungsfeld", 2.2),
            Column("Stufe", 1.0),
            Column("", 1.1),
            Column("Wert", 0.8, right=True),
            Column("Lage (0–100)", 2.4),
            Column("Anteil", 1.8),
        ),
        rows=tuple(
            (
                f"{FIELDS[n % len(FIELDS)]} {n + 1}",
                f"Stufe {n % 5}",
                Pips(n % 5),
                f"{20 + 11 * (n % 6)}",
                scale(n % 6),
                Bar(n % 5, 4, f"{n % 5} von 4"),
            )
            for n in range(rows)
        ),
        note=note,
        source=SOURCE,
    )


def scale_chart() -> Chart:
    return Chart(
        title="Musterstadt liegt bei Beteiligung vorn und bei Daten zurück",
        sentence="In vier von sechs Feldern liegt Musterstadt in oder über der mittleren Hälfte.",
        alt="Punktdiagramm mit sechs Handlungsfeldern auf einer Skala von 0 bis 100.",
        drawing=ScaleDrawing(
            rows=tuple(
                ScaleRow(name, scale(n), f"{8 + 11 * n} → {20 + 11 * n}")
                for n, name in enumerate(FIELDS)
            ),
            axis="Punkte (0–100)",
            legend=(
                ("own", "Musterstadt 2026"),
                ("before", "Musterstadt 2024"),
                ("band", "mittlere Hälfte der Vergleichsgruppe (n = 46)"),
                ("median", "Median"),
                ("target", "Ziel"),
            ),
        ),
        source=SOURCE,
        table=Table(
            caption="Dieselben Werte als Tabelle",
            columns=(
                Column("Handlungsfeld", 2),
                Column("2024", right=True),
                Column("2026", right=True),
            ),
            rows=tuple((name, str(8 + 11 * n), str(20 + 11 * n)) for n, name in enumerate(FIELDS)),
            source=SOURCE,
        ),
    )


def timeline_chart() -> Chart:
    return Chart(
        title="Vier Maßnahmen laufen bis Ende 2027",
        sentence="Zwei Maßnahmen beginnen sofort, zwei warten auf Voraussetzungen.",
        alt="Zeitplan mit vier Maßnahmen vom dritten Quartal 2026 bis Ende 2027.",
        drawing=TimelineDrawing(
            rows=(
                TimelineRow(
                    "Dateninventar anlegen", date(2026, 7, 1), date(2026, 12, 31), "● läuft"
                ),
                TimelineRow(
                    "Servicekonto anbinden", date(2026, 10, 1), date(2027, 6, 30), "○ geplant"
                ),
                TimelineRow(
                    "Beteiligungsplattform gemeinsam mit dem Kreis ausschreiben",
                    date(2027, 1, 1),
                    date(2027, 9, 30),
                    "○ geplant",
                ),
                TimelineRow(
                    "Schulungen", date(2027, 4, 1), date(2027, 12, 31), "◇ abhängig", hatched=True
                ),
            ),
            first=date(2026, 7, 1),
            last=date(2027, 12, 31),
        ),
        source=SOURCE,
    )


def picture_chart() -> Chart:
    return Chart(
        title="Bürgernähe führt zum Standort",
        sentence="Das Bild zeigt zwei Ziele mit einem Pfeil.",
        alt="Schaubild: ein Pfeil führt von Bürgernähe zu Standort.",
        drawing=Picture(PICTURE, 120, 30),
    )


def every_block() -> tuple[Block, ...]:
    badges = tuple(
        TypeBadge(
            letter, letter, name, "sicher zugeordnet (91 %), an zweiter Stelle Optimierer (7 %)"
        )
        for letter, name in (
            ("B", "Bedächtige"),
            ("O", "Optimierer"),
            ("S", "Serviceorientierte"),
            ("C", "Community Manager"),
        )
    )
    return (
        Contents(),
        Heading("Wo steht Musterstadt?"),
        Paragraph(
            "Musterstadt ist in vier von sechs Feldern weiter als die Hälfte der Vergleichsgruppe.",
            ParagraphKind.LEAD,
        ),
        Paragraph(LONG_TEXT * 2),
        *badges,
        Facts(
            "Eckdaten",
            (
                ("Einwohner", "24.310"),
                ("Land", "Schleswig-Holstein"),
                ("Beantwortet", "92 % (2 Personen)"),
            ),
        ),
        Heading("Handlungsfelder", 2),
        field_table(note="Stufe 0 bis 4; „–“ bedeutet nicht bewertet."),
        scale_chart(),
        Heading("Ziele", 2),
        Heading("Was die Stadt dazu sagt", 3),
        Paragraph(
            "Uns ist wichtig, dass niemand zurückbleibt.\nDas gilt auch für Ältere.",
            ParagraphKind.OWN,
        ),
        Paragraph(
            "Wert = (Punkte ÷ mögliche Punkte) × 100 = (13 ÷ 20) × 100 = 65", ParagraphKind.FORMULA
        ),
        Paragraph("Werte sind auf ganze Punkte gerundet.", ParagraphKind.NOTE),
        Bullets(("Dateninventar beginnen", LONG_TEXT.strip(), "Ergebnisse veröffentlichen")),
        Bullets(("Erstens", "Zweitens", "Drittens"), numbered=True),
        Heading("Zeitplan"),
        timeline_chart(),
        picture_chart(),
        Columns(
            (
                (
                    Heading("Drei Stärken", 2),
                    Bullets(("Beteiligung +18", "Strategie +7", "Personal +4")),
                ),
                (
                    Heading("Drei Lücken", 2),
                    Bullets(("Daten −21", "IT-Betrieb −9", "Organisation −3")),
                ),
            ),
            (1, 1),
        ),
        Box(
            "Beschlussvorschlag",
            (
                Paragraph("Der Rat nimmt den Bericht zur Kenntnis."),
                Bullets(("Punkt eins", "Punkt zwei"), numbered=True),
            ),
        ),
        PageBreak(),
        Heading("Lange Tabelle"),
        Paragraph(LONG_TEXT),
        field_table(48),
        Landscape((Heading("Breite Tabelle"), field_table(12))),
        Heading("Schluss"),
        Paragraph(LONG_TEXT),
    )


def demo_document(
    blocks: tuple[Block, ...] | None = None,
    *,
    compact: bool = False,
    title: str = "Ergebnisbericht der digitalen Selbsteinschätzung",
) -> Document:
    return Document(
        kind=DocumentKind.RESULTS,
        title=title,
        subtitle="Kreisangehörige Stadt · 24.310 Einw. · Schleswig-Holstein",
        short_title="Ergebnisbericht",
        municipality="Musterstadt",
        reference_date=date(2026, 3, 1),
        as_of="Maßnahmenkatalog 2026.1, Rechtsstand 22.11.2026",
        created=CREATED,
        marks=("Beispieldaten – simuliert, keine Studienergebnisse",),
        source=SOURCE,
        record=(
            "Fragebogen kommunal 2026.1",
            "Typologie 1.0, Datensatz 3f2a",
            "Programmversion 1.0",
        ),
        disclaimer="Selbstauskunft der Kommune, keine Prüfung und keine Rechtsberatung. "
        "Rechtsstand der Maßnahmen: 22.11.2026.",
        blocks=every_block() if blocks is None else blocks,
        attachment="Anlage 1",
        compact=compact,
    )
