"""Order and headings of the sections: three presets, the names of this house, aliases."""

from collections.abc import Mapping

from assessment.measures.paper_types import PaperSettings, Preset
from assessment.profiles.council.paper_content import paper_content
from assessment.profiles.council.paper_parts import SectionId


def order(preset: Preset) -> tuple[SectionId, ...]:
    """The sections of a preset; parts of the Sachverhalt only where they stand alone."""
    return paper_content().presets[preset]


def fact_parts() -> tuple[SectionId, ...]:
    """The parts of the Sachverhalt in their order."""
    return paper_content().facts


def heading_choices(section: SectionId) -> tuple[str, ...]:
    """The usual heading first, then aliases seen elsewhere; free text is allowed as well."""
    return paper_content().headings[section]


def heading(section: SectionId, settings: PaperSettings) -> str:
    """The heading as this house uses it."""
    return settings.headings.get(section, "").strip() or heading_choices(section)[0]


def headings(settings: PaperSettings) -> Mapping[SectionId, str]:
    """All headings by section."""
    return {section: heading(section, settings) for section in SectionId}


def effect_choices() -> tuple[str, ...]:
    """Further effects that are often asked for."""
    return paper_content().effects
