"""The table of contents of a Word file: a field the program can renew, filled in beforehand.

Page numbers are the program's: it adds them when the field is renewed (F9). Asking it to do so on
opening would greet every reader with a question.
"""

from collections.abc import Sequence

from assessment.profiles.texts import sentence
from assessment.reports.document import Heading
from assessment.reports.office.docx_xml import Element, Look, element, paragraph, run, runs, set_val


def bookmarked(content: list[Element], number: int) -> list[Element]:
    """A heading's content with the mark its entry points to."""
    return [
        element("bookmarkStart", id=number, name=_mark(number)),
        *content,
        element("bookmarkEnd", id=number),
    ]


def contents_elements(
    headings: Sequence[Heading], shown: Sequence[Heading], depth: int, look: Look
) -> list[Element]:
    """Heading „Inhalt“ and the field with one entry a heading of ``shown``."""
    title = paragraph("TOCHeading", runs(sentence("office.contents")), look)
    if not shown:
        return []
    numbers = {id(heading): number for number, heading in enumerate(headings, 1)}
    begin = [
        element("r", element("fldChar", fldCharType="begin")),
        element("r", _instruction(f' TOC \\o "1-{depth}" \\h \\z \\u ')),
        element("r", element("fldChar", fldCharType="separate")),
    ]
    end = [element("r", element("fldChar", fldCharType="end"))]
    entries = [
        paragraph(
            f"TOC{min(max(heading.level, 1), 3)}",
            [
                *(begin if place == 0 else ()),
                element(
                    "hyperlink", run(heading.text), anchor=_mark(numbers[id(heading)]), history=1
                ),
                *(end if place == len(shown) - 1 else ()),
            ],
            Look(keep_next=place < len(shown) - 1),
        )
        for place, heading in enumerate(shown)
    ]
    gallery = element(
        "docPartObj", set_val("docPartGallery", "Table of Contents"), element("docPartUnique")
    )
    content = element("sdtContent", title, *entries)
    return [element("sdt", element("sdtPr", gallery), content)]


def _instruction(code: str) -> Element:
    made = element("instrText")
    made.text = code
    made.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return made


def _mark(number: int) -> str:
    return f"_Toc{number:06d}"
