"""A drawing from outside: only shapes and colours get in, written anew from what was understood."""

import re
from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element, ParseError, register_namespace, tostring

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

SVG, XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"

SHAPES = frozenset(
    [
        "svg",
        "g",
        "defs",
        "symbol",
        "use",
        "path",
        "rect",
        "circle",
        "ellipse",
        "line",
        "polyline",
        "polygon",
        "linearGradient",
        "radialGradient",
        "stop",
        "clipPath",
        "mask",
        "pattern",
        "style",
        "switch",
    ]
)
IGNORED = frozenset(("title", "desc", "metadata"))
ACTIVE = frozenset(
    [
        "script",
        "foreignObject",
        "image",
        "a",
        "animate",
        "animateMotion",
        "animateTransform",
        "set",
        "mpath",
        "handler",
        "iframe",
        "audio",
        "video",
        "embed",
        "object",
        "feImage",
    ]
)
WORDS = frozenset(["text", "tspan", "textPath", "tref", "font", "font-face", "glyph"])

DEEPEST = 40
"""Elements inside each other."""
MOST_ATTRIBUTES = 60
"""Of one element."""
MOST_DRAWN = 50_000
"""Elements when every reference is replaced by what it names."""
NARROWEST = 4.0
"""Longer side to shorter side."""

_STYLE_DANGER = re.compile(r"@|expression|javascript:|behavior|-moz-binding|\\", re.IGNORECASE)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_URL = re.compile(r"url\(\s*['\"]?\s*([^'\")]*)", re.IGNORECASE)
_RULE = re.compile(r"([^{}]*)\{([^{}]*)\}")
_CLASS = re.compile(r"\.([\w-]+)")
_NUMBER = re.compile(r"\s*([0-9]*\.?[0-9]+(?:e[+-]?[0-9]+)?)\s*(?:px|pt|mm|cm|in|pc)?\s*", re.I)


class DrawingRefused(Exception):
    """Why a drawing isn't taken; ``reason`` names the sentence, ``part`` what was found."""

    def __init__(self, reason: str, part: str = "") -> None:
        super().__init__(reason, part)
        self.reason = reason
        self.part = part


def cleaned_svg(data: bytes) -> bytes:
    """The drawing with known shapes only, as UTF-8.

    Raises ``DrawingRefused`` for script, references to anything outside, embedded pictures, text,
    unknown parts, no sensible size, and for drawings that grow beyond measure.
    """
    try:
        root = fromstring(data, forbid_dtd=False, forbid_entities=True, forbid_external=True)
    except (DefusedXmlException, ParseError, ValueError, LookupError) as error:
        active = isinstance(error, DefusedXmlException)
        raise DrawingRefused("active" if active else "damaged") from error
    if root.tag != f"{{{SVG}}}svg":
        raise DrawingRefused("damaged")
    clean = _cleaned(root, 0)
    _check_size(clean)
    _check_growth(clean)
    register_namespace("", SVG)
    register_namespace("xlink", XLINK)
    return tostring(clean, encoding="utf-8", xml_declaration=False)


def _cleaned(element: Element, depth: int) -> Element:
    if depth > DEEPEST or len(element.attrib) > MOST_ATTRIBUTES:
        raise DrawingRefused("complex")
    clean = Element(element.tag)
    for name, value in element.attrib.items():
        kept = _attribute(name, value)
        if kept is not None:
            clean.set(kept, value)
    if element.tag == f"{{{SVG}}}style":
        clean.text = _COMMENT.sub("", element.text or "")
        _check_style(clean.text)
        return clean
    for child in element:
        if _drawn(child):
            clean.append(_cleaned(child, depth + 1))
    return clean


def _drawn(child: Element) -> bool:
    """Whether a part belongs to the drawing; what drawing programs note for themselves doesn't."""
    if not isinstance(child.tag, str):
        return False
    space, _, name = child.tag.rpartition("}")
    if name in ACTIVE:
        raise DrawingRefused("active")
    if space != f"{{{SVG}" or name in IGNORED:
        return False
    if name in WORDS:
        raise DrawingRefused("words")
    if name not in SHAPES:
        raise DrawingRefused("part", name[:30])
    return True


def _attribute(name: str, value: str) -> str | None:
    """Name under which an attribute is kept; ``None`` drops those of other programs."""
    space, _, local = name.rpartition("}")
    if local.lower().startswith("on"):
        raise DrawingRefused("active")
    if local == "href":
        if not value.strip().startswith("#"):
            raise DrawingRefused("active")
        return f"{{{XLINK}}}href"
    if space:
        return None
    _check_style(value)
    return name


def _check_style(text: str) -> None:
    # A comment could part a word that is looked for.
    text = _COMMENT.sub("", text)
    if _STYLE_DANGER.search(text) or any(
        not target.strip().startswith("#") for target in _URL.findall(text)
    ):
        raise DrawingRefused("active")


def _check_size(root: Element) -> None:
    """The drawing has a size, by its view box or its width and height."""
    box = re.split(r"[\s,]+", root.get("viewBox", "").strip())
    sides = box[2:] if len(box) == 4 else [root.get("width", ""), root.get("height", "")]
    found = [_NUMBER.fullmatch(side) for side in sides]
    numbers = [float(each.group(1)) for each in found if each]
    if len(numbers) != 2 or not 0 < min(numbers) <= max(numbers) < 1e6:
        raise DrawingRefused("shape")
    if max(numbers) > NARROWEST * min(numbers):
        raise DrawingRefused("shape")


def _check_growth(root: Element) -> None:
    """References multiply what is drawn; none may lead back to itself."""
    named = {e.get("id"): e for e in root.iter() if e.get("id")}
    rules = _rules(root)
    sizes: dict[int, int] = {}
    open_: set[int] = set()

    def size(element: Element, depth: int) -> int:
        key = id(element)
        if key in open_ or depth > 4 * DEEPEST:
            raise DrawingRefused("complex")
        if key not in sizes:
            open_.add(key)
            parts = [
                *element,
                *(named[name] for name in _references(element, rules) if name in named),
            ]
            sizes[key] = 1 + sum(size(part, depth + 1) for part in parts)
            open_.remove(key)
        if sizes[key] > MOST_DRAWN:
            raise DrawingRefused("complex")
        return sizes[key]

    size(root, 0)


def _references(element: Element, rules: Mapping[str, frozenset[str]]) -> Iterator[str]:
    """Ids an element draws with: by attribute, or by a rule for its class."""
    for name, value in element.attrib.items():
        if name.endswith("href"):
            yield value.strip()[1:]
        else:
            yield from (target.strip()[1:] for target in _URL.findall(value))
    for name in element.get("class", "").split():
        yield from rules.get(name, ())


def _rules(root: Element) -> dict[str, frozenset[str]]:
    """Ids that rules of style sheets name, by class; rules for anything else may name none."""
    rules: dict[str, frozenset[str]] = {}
    for sheet in root.iter(f"{{{SVG}}}style"):
        for selector, body in _RULE.findall(sheet.text or ""):
            targets = frozenset(target.strip()[1:] for target in _URL.findall(body))
            classes = _CLASS.findall(selector)
            if targets and len(classes) < selector.count(",") + 1:
                raise DrawingRefused("complex")
            for name in classes:
                rules[name] = rules.get(name, frozenset()) | targets
    return rules
