"""What all sections of a Vorlage rest on, worked out once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from assessment.german import format_date
from assessment.measures.model import Measure, Obligation
from assessment.measures.paper_types import (
    Consultation,
    ConsultationRole,
    Operative,
    PaperSettings,
)
from assessment.measures.plan_types import PlannedMeasure
from assessment.measures.roadmap_types import RoadmapRow
from assessment.profiles.council.bodies import (
    Body,
    Place,
    body_named,
    deciding_body,
    default_chain,
    place_named,
    usual_committee,
)
from assessment.profiles.council.finance import FinanceTable, finance_table
from assessment.profiles.council.headings import headings
from assessment.profiles.council.paper_content import paper_content, words_of
from assessment.profiles.council.paper_parts import (
    Attachment,
    Form,
    PaperParagraph,
    Said,
    SectionId,
)
from assessment.profiles.council.sensitive import sensitive_dimensions
from assessment.profiles.dossier import Dossier
from assessment.profiles.texts import sentence
from assessment.profiles.variants import Variant
from assessment.questionnaire.model import Role

_KEY_LENGTHS = (5, 8, 9, 12)
_DECIDING = (
    ConsultationRole.DECISION,
    ConsultationRole.RESOLUTION,
    ConsultationRole.CONSENT,
)


@dataclass(frozen=True, eq=False)
class PaperBasis:
    """One municipality's paper before it is put into words."""

    dossier: Dossier
    created: date
    settings: PaperSettings
    place: Place
    body: Body
    committee: Body
    chain: tuple[Consultation, ...]
    chain_given: bool
    """False: the usual chain of Land and kind."""
    headings: Mapping[SectionId, str]
    attachments: tuple[Attachment, ...]
    finance: FinanceTable
    rows: tuple[RoadmapRow, ...]
    """Measures to be carried out, done ones included."""
    words: Mapping[str, str]
    """Words for people in the chosen spelling."""

    @property
    def begins_only(self) -> bool:
        """A resolution on a roadmap that has no measures yet can only order one."""
        return self.settings.operative is Operative.STRATEGY and not self.rows

    @property
    def span(self) -> tuple[int, int] | None:
        """First and last year of the roadmap; ``None`` without dates."""
        days = [day for row in self.rows for day in (row.start, row.end) if day]
        return (min(days).year, max(days).year) if days else None

    @property
    def day(self) -> str:
        """Stichtag; ``""`` without one."""
        day = self.dossier.profile.header.reference_date
        return format_date(day) if day else ""

    def number_of(self, document: str) -> int:
        """Number of an Anlage by the kind of its document (results: „ergebnis“ or „sachstand“)."""
        return next(each.number for each in self.attachments if each.document == document)

    @property
    def results(self) -> int:
        """Number of the Anlage with the results."""
        continued = self.settings.operative is Operative.CONTINUATION
        return self.number_of("sachstand" if continued else "ergebnis")

    def planned(self, measure_id: str) -> PlannedMeasure | None:
        """The plan's entry of a measure."""
        return self.dossier.plan.by_id.get(measure_id) if self.dossier.plan else None

    def measure(self, row: RoadmapRow) -> Measure | None:
        """The catalogue's entry of a measure of the roadmap."""
        return None if row.own else self.dossier.catalogue.by_id.get(row.id)

    @property
    def duties(self) -> tuple[RoadmapRow, ...]:
        """Measures that are a duty."""
        return tuple(row for row in self.rows if row.obligation is Obligation.DUTY)

    @property
    def hidden_fields(self) -> frozenset[str]:
        """Confidential fields that the settings keep out of a public paper."""
        if self.settings.security_field_public or self.dossier.variant is Variant.CLOSED:
            return frozenset()
        return sensitive_dimensions(self.dossier.assessment.survey.questionnaire)


def paper_basis(dossier: Dossier, created: date) -> PaperBasis:
    """Work it out; without a plan the settings are the usual ones."""
    settings = dossier.plan.paper if dossier.plan else PaperSettings()
    # The usual name of the Vertretung would tell the Land.
    land = None if dossier.anonymous else land_of(dossier)
    kind = dossier.basis.kind
    chain = settings.consultations or default_chain(land, kind, settings)
    own = "" if dossier.anonymous else settings.body or _deciding_of(chain)
    deciding = own or deciding_body(land, kind)
    roadmap = dossier.schedule
    return PaperBasis(
        dossier=dossier,
        created=created,
        settings=settings,
        place=place_of(dossier),
        body=body_named(deciding),
        committee=body_named(settings.committee or usual_committee()),
        chain=chain,
        chain_given=bool(settings.consultations),
        headings=headings(settings),
        attachments=attachments(
            settings, dossier.variant, planned=roadmap is not None and bool(roadmap.rows)
        ),
        finance=finance_table(dossier, created),
        rows=tuple(row for row in roadmap.rows if row.active) if roadmap else (),
        words=words_of(settings.gender),
    )


def land_of(dossier: Dossier) -> str | None:
    """Two-digit code of the Land: as answered, else from an official key."""
    survey, key = dossier.assessment.survey, dossier.key
    item = survey.questionnaire.first(Role.LAND)
    answer = survey.text_at(survey.rows[key], item.id) if item is not None else None
    if answer and answer.isdigit() and len(answer) <= 2:
        return answer.zfill(2)
    return key[:2] if key.isdigit() and len(key) in _KEY_LENGTHS else None


def place_of(dossier: Dossier) -> Place:
    """How the municipality of a dossier is written; „der Kommune“ in an anonymised paper."""
    if not dossier.anonymous:
        return place_named(dossier.name, dossier.basis.kind)
    return Place(dossier.name, sentence("public.name_dative"), sentence("public.key"))


def attachments(
    settings: PaperSettings, variant: Variant, *, planned: bool = True
) -> tuple[Attachment, ...]:
    """The package that goes with a paper; the confidential Anlage only with the closed variant.

    ``planned``: there is a roadmap; else the Anlage on measures has the title of its proposals.
    """
    content = paper_content()
    chosen = {each.number: each for each in content.attachments}
    if settings.operative is Operative.CONTINUATION:
        chosen[content.continuation.number] = content.continuation
    return tuple(
        Attachment(
            each.number,
            each.document,
            each.title
            if planned or each.document != "massnahmen"
            else sentence("measures_paper.title_proposed"),
            each.closed,
        )
        for each in chosen.values()
        if not each.closed or variant is Variant.CLOSED
    )


def deciding_rows(chain: Sequence[Consultation]) -> tuple[int, ...]:
    """Places of the lines in which a body decides, by the strongest role there is."""
    for role in _DECIDING:
        found = tuple(place for place, line in enumerate(chain) if line.role is role)
        if found:
            return found
    return ()


def _deciding_of(chain: Sequence[Consultation]) -> str:
    found = deciding_rows(chain)
    return chain[found[-1] if found else -1].body if chain else ""


def one_line(text: str) -> str:
    """A text of a person within a sentence: one line, no tabs, no soft hyphens."""
    return " ".join(text.replace("\u00ad", "").split())


def own_paragraphs(text: str) -> tuple[PaperParagraph, ...]:
    """A text of a person as it stands: a paragraph per line, nothing rewritten."""
    lines = (one_line(line) for line in text.splitlines())
    return tuple(PaperParagraph((Said(line),), Form.OWN) for line in lines if line)


def said(name: str, /, ids: Iterable[str] = (), **values: object) -> Said:
    """A sentence of the texts with what it rests on."""
    return Said(sentence(name, **values), tuple(dict.fromkeys(ids)))


def paragraph(*sentences: Said, form: Form = Form.BODY, term: str = "") -> PaperParagraph:
    """Sentences that stand together."""
    return PaperParagraph(sentences, form, term)


def span_text(name: str, span: tuple[int, int] | None) -> str:
    """„ 2027–2030“ by the sentence ``name`` or, for one year, ``name_one``; ``""`` without."""
    if span is None:
        return ""
    first, last = span
    return sentence(f"{name}_one" if first == last else name, first=first, last=last)


def ids_of(rows: Iterable[RoadmapRow]) -> tuple[str, ...]:
    """Ids of measures."""
    return tuple(row.id for row in rows)
