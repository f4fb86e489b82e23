"""The style sheet beside ``.streamlit/config.toml``: fixed text, no data ever enters it."""

from typing import Literal

import streamlit as st

CSS = """
/* Room for the content: the header bar stays, but thin. */
[data-testid="stMainBlockContainer"] { max-width: 82rem; padding: 1rem 2.5rem 2rem 2.5rem; }
[data-testid="stHeader"] { background: transparent; }
[data-testid="stSidebarNav"] { padding-top: 0; }

/* Text: at most about 70 characters a line, tabular numerals in tables. */
[data-testid="stMarkdownContainer"] p, [data-testid="stMarkdownContainer"] li { max-width: 70ch; }
[data-testid="stTable"] table, [data-testid="stMetricValue"] {
  font-variant-numeric: tabular-nums; }
[data-testid="stTable"] td [data-testid="stMarkdownContainer"] { max-width: 70ch; }
[data-testid="stTable"] td p, [data-testid="stTable"] th p { max-width: none; }
[data-testid="stTable"] th { font-weight: 600; white-space: normal; }
h1, h2, h3 { letter-spacing: 0; hyphens: auto; }
[data-testid="stHeading"] h1 { padding: 0 0 .25rem 0; }
[data-testid="stHeading"] h2 { padding: .25rem 0 .25rem 0; }

/* Secondary text: quieter than text, but with contrast to spare. */
[data-testid="stCaptionContainer"], [data-testid="stCaptionContainer"] p,
[data-testid="stExpander"] summary, [data-testid="stExpander"] summary p { color: inherit; }
[data-testid="stCaptionContainer"], [data-testid="stExpander"] summary { opacity: .78; }

/* The permanent strip over simulated data: quiet, but always there. */
.st-key-simulated-strip { border-bottom: 1px dashed rgba(128, 140, 152, .6);
  padding: 0 0 .25rem 0; margin-right: 3.5rem; }
/* On narrow windows the button of the menu and the mark lie above the page's left edge. */
@media (max-width: 40rem) {
  .st-key-simulated-strip { padding-left: 5.5rem; box-sizing: border-box; } }
/* Where the keyboard is in the menu is seen at a glance. */
[data-testid="stSidebarNavLink"]:focus-visible { outline: 2px solid currentColor;
  outline-offset: -2px; }
.st-key-profile-type [data-testid="stMarkdownContainer"] p { max-width: 100ch; }
.st-key-simulated-strip p { font-size: .875rem; max-width: none; opacity: .85; }

/* Chosen entries: quiet, the text matters. */
[data-testid="stMultiSelect"] [data-tag] { background: rgba(128, 140, 152, .22); color: inherit; }
[data-testid="stMultiSelect"] [data-tag] * { color: inherit; }

/* Names in a list of links begin where the text below them begins. */
[class*="st-key-lab-chosen"] [data-testid="stPageLink-NavLink"] { padding-left: 0; }

/* Blocks that belong together stand closer. */
[class*="st-key-tight"] { gap: .5rem; }
[class*="st-key-tight"] [data-testid="stHeading"] { margin-bottom: .125rem; }
[class*="st-key-tight"] [data-testid="stTable"] td { padding-top: .25rem; padding-bottom: .25rem; }
[class*="st-key-tight"] [data-testid="stTable"] td:last-child,
[class*="st-key-tight"] [data-testid="stTable"] td:last-child * {
  text-align: right !important; white-space: nowrap; }

/* Drawings are part of the page, not pictures to enlarge. */
[data-testid="stImage"] button, [data-testid="stFullScreenFrame"] > [data-testid="stElementToolbar"]
  { display: none; }
[data-testid="stElementContainer"]:has(> [data-testid="stFullScreenFrame"] [data-testid="stImage"])
  [data-testid="stElementToolbar"] { display: none; }

/* A drawing made for wide screens, and its twin for narrow ones and for paper. */
[class*="st-key-only-narrow"] { display: none; }
@media (max-width: 72rem) {
  [class*="st-key-only-wide"] { display: none; }
  [class*="st-key-only-narrow"] { display: flex; max-width: 44rem; }
}

/* Lines as long as their place allows: facts in a card, labels of a list. */
[class*="st-key-full"] { gap: .375rem; }
[class*="st-key-full"] [data-testid="stMarkdownContainer"] p,
[class*="st-key-full"] [data-testid="stCaptionContainer"] p { max-width: none; }
[class*="st-key-full-first"] { gap: .125rem; }
[class*="st-key-stack-first"] { padding-top: .625rem; padding-bottom: .625rem; }
[class*="st-key-hyphen"] [data-testid="stTable"] p { hyphens: auto; }

/* One column on narrow screens. */
@media (max-width: 56rem) {
  .st-key-profile-head [data-testid="stCaptionContainer"] { text-align: left; }
  .st-key-profile-head { gap: 0; }
  .st-key-contents { display: none; }
  [class*="st-key-stack"] [data-testid="stHorizontalBlock"] { row-gap: 1rem; }
  [data-testid="stMainBlockContainer"] { padding-left: 1.25rem; padding-right: 1.25rem; }
  [class*="st-key-stack"] [data-testid="stColumn"] { min-width: 100%; flex: 1 1 100%; }
  [class*="st-key-pairs"] [data-testid="stColumn"] { min-width: calc(50% - 1rem); }
  [class*="st-key-duo"] [data-testid="stColumn"] { min-width: calc(50% - 1rem);
    flex: 1 1 calc(50% - 1rem); }
}

/* A mark and its words stay on one line; nothing scrolls inside. */
.st-key-profile-type [data-testid="stHorizontalBlock"],
[data-testid="stHorizontalBlock"][class*="st-key-card"] { overflow: visible !important; }

/* On paper: content only. */
@media print {
  [data-testid="stSidebar"], [data-testid="stHeader"], [data-testid="stExpander"],
  [class*="st-key-screen-only"] { display: none; }
}
"""


DARK_CSS = """
/* Streamlit writes white on its main buttons; on the light blue of the dark scheme that fades. */
[data-testid^="stBaseButton-primary"], [data-testid^="stBaseButton-primary"] * { color: #14181F; }
"""


def apply_style() -> None:
    """Add the style sheet to the page."""
    st.html(f"<style>{CSS}{DARK_CSS if theme_name() == 'dark' else ''}</style>")


def theme_name() -> Literal["light", "dark"]:
    """The colour scheme the viewer has chosen; light where it is unknown."""
    return "dark" if st.context.theme.type == "dark" else "light"
