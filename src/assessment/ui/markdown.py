"""One function between texts of files and every Streamlit sink that reads Markdown.

``st.text``, ``st.dataframe`` and the options of select boxes show text as it is and need none of
this; ``st.markdown``, titles, captions, labels, ``st.table``, ``st.metric`` and messages do.
"""

import re

_PUNCTUATION = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:^=\"'/&@])")
_LINK_START = re.compile(r"(?i)(https?|ftp|mailto|www)(?=[:.])")
_JOINER = "\u2060"
_BLANKS = re.compile(r"[ \t\r\n\f\v\x1c-\x1f\x85\u2028\u2029]+")
"""Not the no-break space: it keeps number and unit together."""


def esc_md(text: object) -> str:
    """``text`` so that Markdown shows it literally, on one line.

    All punctuation is escaped: no emphasis, images, links, HTML, formulas, ``:material/…:`` or
    colour directives. Bare addresses and mail addresses are linked by the renderer even when
    escaped, so an invisible word joiner is put behind ``http``, ``www`` and before ``@``.
    """
    flat = _BLANKS.sub(" ", str(text)).strip()
    flat = _LINK_START.sub(lambda match: f"{match[1]}{_JOINER}", flat)
    flat = flat.replace("@", f"{_JOINER}@")
    return _PUNCTUATION.sub(r"\\\1", flat)
