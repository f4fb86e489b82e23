"""Settings of a Vorlage with any words, as a hypothesis strategy."""

from datetime import date

from hypothesis import strategies as st

from assessment.measures.paper_types import (
    ClimateJudgement,
    Consultation,
    ConsultationRole,
    GenderStyle,
    Operative,
    Outcome,
    PaperKind,
    PaperSettings,
    PaperStatus,
    Preset,
    ReportInterval,
    SectionId,
    Vote,
)

WORDS = st.sampled_from(
    (
        "",
        "Hauptausschuss",
        "Ausschuss  für\tDigitales",
        "weiche\u00adTrennung",
        "Zeile eins\n\n  Zeile zwei\u2028drei",
        "=1+1",
        "<b>fett</b>",
        "offen: [bitte ergänzen]",
        "*Stern* & Co.",
        "🙂",
        "Wort " * 30,
    )
)
DAYS = st.none() | st.dates(date(2026, 1, 1), date(2028, 12, 31))
VOTES = st.none() | st.integers(0, 60)


@st.composite
def consultations(draw: st.DrawFn) -> Consultation:
    return Consultation(
        body=draw(WORDS),
        day=draw(DAYS),
        role=draw(st.sampled_from(ConsultationRole)),
        outcome=draw(st.none() | st.sampled_from(Outcome)),
        vote=Vote(yes=draw(VOTES), no=draw(VOTES), abstention=draw(VOTES), note=draw(WORDS)),
        wording=draw(WORDS),
    )


@st.composite
def paper_settings(draw: st.DrawFn) -> PaperSettings:
    sections = st.sampled_from(SectionId)
    words = {
        name: draw(WORDS)
        for name in (
            "number", "reference", "subject", "lead", "involved", "reporter", "body", "committee",
            "occasion", "choice", "participation", "alternatives", "without_decision",
            "climate_reason",
        )
    }  # fmt: skip
    return PaperSettings(
        **words,
        kind=draw(st.sampled_from(PaperKind)),
        status=draw(st.sampled_from(PaperStatus)),
        operative=draw(st.sampled_from(Operative)),
        preset=draw(st.sampled_from(Preset)),
        interval=draw(st.sampled_from(ReportInterval)),
        next_report=draw(DAYS),
        consultations=tuple(draw(st.lists(consultations(), max_size=3))),
        paragraph_per_body=draw(st.booleans()),
        headings=draw(st.dictionaries(sections, WORDS, max_size=3)),
        climate_shown=draw(st.booleans()),
        climate=draw(st.none() | st.sampled_from(ClimateJudgement)),
        effects=draw(st.dictionaries(WORDS, WORDS, max_size=2)),
        texts=draw(st.dictionaries(sections, WORDS, max_size=3)),
        gender=draw(st.sampled_from(GenderStyle)),
        plain_language=draw(st.booleans()),
        security_field_public=draw(st.booleans()),
    )
