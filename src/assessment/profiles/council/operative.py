"""The Beschlussvorschlag: three operative texts, for one body or a paragraph per body."""

from assessment.german import format_date
from assessment.measures.paper_types import ConsultationRole, Operative
from assessment.measures.roadmap_types import NO_RANKING
from assessment.profiles.council.bodies import Body, body_named
from assessment.profiles.council.paper_basis import (
    PaperBasis,
    deciding_rows,
    ids_of,
    paragraph,
    said,
)
from assessment.profiles.council.paper_parts import Form, PaperParagraph, Said, SectionId
from assessment.profiles.texts import sentence

_LETTERS = "abcdefghijklmnopqrstuvwxyzäöüß"
_ROLES = {
    ConsultationRole.PRELIMINARY: "recommends",
    ConsultationRole.RECOMMENDATION: "recommends",
    ConsultationRole.HEARING: "hearing",
    ConsultationRole.CONSENT: "consents",
    ConsultationRole.NOTICE: "notes_it",
    ConsultationRole.RESOLUTION: "decides",
    ConsultationRole.DECISION: "decides",
}


def resolution(basis: PaperBasis) -> tuple[PaperParagraph, ...]:
    """The text that is put to the vote, with article and case of each body."""
    if not basis.settings.paragraph_per_body or not basis.chain:
        return _listed(_points(basis, basis.body))
    heads = []
    deciding = deciding_rows(basis.chain)
    for place, line in enumerate(basis.chain):
        body = body_named(line.body)
        name = _ROLES[line.role]
        if place in deciding and basis.settings.operative is not Operative.NOTE:
            name = "decides"
        elif basis.settings.operative is Operative.NOTE and name in ("recommends", "decides"):
            name = "takes_note"
        heads.append(
            paragraph(
                said(
                    f"paper_resolution.{name}",
                    letter=_LETTERS[place],
                    body=body.nominative,
                    deciding=basis.body.dative,
                    **body.verbs,
                )
            )
        )
    wording = paragraph(said("paper_resolution.wording"))
    return (*heads, wording, *_listed(_points(basis, None)))


def _listed(points: tuple[Said, ...]) -> tuple[PaperParagraph, ...]:
    form = Form.NUMBERED if len(points) > 1 else Form.BODY
    return tuple(paragraph(point, form=form) for point in points)


def _points(basis: PaperBasis, body: Body | None) -> tuple[Said, ...]:
    """The points of the resolution; ``body=None``: in the passive, for several bodies."""
    operative = basis.settings.operative
    if operative is Operative.NOTE:
        return (_note(basis, body),)
    if operative is Operative.CONTINUATION:
        return (_continuation(basis, body), _report(basis), _ranking(basis))
    if basis.begins_only:
        # Nothing is numbered yet.
        return (_note(basis, body), _draw_up(basis), _report(basis))
    ids = ids_of(basis.rows)
    measures = basis.number_of("massnahmen")
    return (
        _by_body(
            "paper_resolution.strategy",
            body,
            ids,
            genitive=basis.place.genitive,
            measures=measures,
        ),
        said("paper_resolution.order", ids, measures=measures),
        _report(basis),
        _ranking(basis),
    )


def _by_body(name: str, body: Body | None, ids: tuple[str, ...], **values: object) -> Said:
    if body is None:
        return said(f"{name}_passive", ids, **values)
    return said(name, ids, body=body.nominative, **body.verbs, **values)


def _note(basis: PaperBasis, body: Body | None) -> Said:
    day = sentence("paper_resolution.day", day=basis.day) if basis.day else ""
    return _by_body("paper_resolution.note", body, (), day=day, results=basis.results)


def _draw_up(basis: PaperBasis) -> Said:
    return said(
        "paper_resolution.draw_up",
        measures=basis.number_of("massnahmen"),
        body_dative=basis.body.dative,
    )


def _continuation(basis: PaperBasis, body: Body | None) -> Said:
    return _by_body(
        "paper_resolution.continuation",
        body,
        ids_of(basis.rows),
        year=basis.created.year,
        results=basis.results,
        measures=basis.number_of("massnahmen"),
        section=basis.headings[SectionId.MEASURES],
    )


def _report(basis: PaperBasis) -> Said:
    day = basis.settings.next_report
    return said(
        f"paper_resolution.{'report_begin' if basis.begins_only else 'report'}",
        committee=basis.committee.dative,
        interval=basis.settings.interval.value,
        next=sentence("paper_resolution.next", day=format_date(day)) if day else "",
    )


def _ranking(basis: PaperBasis) -> Said:
    return Said(NO_RANKING, ids_of(basis.rows))
