"""The papers about one municipality: what each is for, for whom, how long, and its buttons."""

from datetime import date

import streamlit as st

from assessment.delivery.documents import Form, Offer, offers
from assessment.german import format_date
from assessment.profiles.header import header_of
from assessment.profiles.texts import sentence
from assessment.profiles.variants import Variant
from assessment.reports.document import DocumentKind
from assessment.ui.markdown import esc_md
from assessment.ui.report_buttons import document_button, package_button, refused_in
from assessment.ui.report_dossier import DossierSource

_FORMS: tuple[tuple[Form, str], ...] = (("pdf", "PDF"), ("docx", "Word"))
_PACKAGE = "report-package"


def show_head(source: DossierSource) -> None:
    """Name, and what the files rest on."""
    dossier = source.make()
    header = header_of(source.assessment.survey, source.key)
    questionnaire = source.assessment.survey.questionnaire
    facts = [
        f"Stichtag {format_date(header.reference_date)}" if header.reference_date else "",
        # Of a proposed questionnaire nobody has numbered a version.
        "" if questionnaire.proposed else f"Fragebogen {questionnaire.version}",
        f"Maßnahmenkatalog {source.assessment.catalogue.version}",
    ]
    with st.container(horizontal=True, vertical_alignment="bottom", key="profile-head"):
        st.title(esc_md(f"Berichte: {dossier.name}"), anchor=False)
        st.caption(esc_md(" · ".join(fact for fact in facts if fact)), text_alignment="right")
    if dossier.plan is None:
        st.markdown(sentence("page_reports.no_plan"))


def choose_variant() -> Variant:
    """For whom the papers are; what that means stands below."""
    chosen = st.segmented_control(
        sentence("page_reports.variant"),
        list(Variant),
        default=Variant.PUBLIC,
        required=True,
        format_func=lambda one: sentence(f"page_reports.variant_{one.value}"),
        key="report-variant",
        persist_state="session",
    )
    variant = chosen or Variant.PUBLIC
    st.caption(esc_md(sentence(f"page_reports.variant_{variant.value}_says")))
    return variant


def show_package(source: DossierSource, variant: Variant, created: date) -> None:
    """Everything in one file."""
    with st.container(horizontal=True, vertical_alignment="center"):
        package_button(
            "Alles als ZIP",
            source,
            created,
            variant=variant,
            weight="primary",
            place=_PACKAGE,
        )
        st.markdown(sentence("page_reports.package"))
    refused_in(_PACKAGE, source, variant)


def show_papers(source: DossierSource, variant: Variant, created: date) -> None:
    """One card a paper; where there is none now, why."""
    st.header("Unterlagen", anchor=False)
    with st.container(key="stack-papers"):
        places = st.columns(2, gap="large")
    found = [offer for offer in offers(source.make(variant)) if _shown(offer, variant)]
    half = (len(found) + 1) // 2
    for number, offer in enumerate(found):
        with places[number >= half], st.container(border=True, key=f"full-paper-{offer.kind}"):
            _card(offer, source, variant, created)


def _shown(offer: Offer, variant: Variant) -> bool:
    """Answers on security are not even named where they have no place."""
    return offer.kind is not DocumentKind.SECURITY or variant is Variant.CLOSED


def _card(offer: Offer, source: DossierSource, variant: Variant, created: date) -> None:
    st.markdown(f"**{esc_md(offer.name)}**  \n{esc_md(sentence(f'page_reports.{offer.kind}'))}")
    if not offer.available:
        st.caption(esc_md(offer.reason))
        return
    place = f"report-{offer.kind}"
    with st.container(horizontal=True, gap="small"):
        for form, label in _FORMS:
            document_button(
                f"{offer.name} als {label}",
                offer.kind,
                source,
                created,
                form=form,
                variant=variant,
                place=place,
            )
    refused_in(place, source, variant)
