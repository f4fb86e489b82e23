"""Find English words in what a page shows, hears and hints."""

import re

from playwright.sync_api import Page

# Words that are German too (App, Format, Menü …) are left out.
_WORDS = (
    "the|and|of|to|for|with|your|you|please|choose|select|upload|uploads|file|files|browse"
    "|drag|drop|here|search|download|downloads|fullscreen|full|screen|view|close|open|show"
    "|hide|more|less|settings|rerun|running|stop|loading|connecting|error|warning|warnings"
    "|option|options|results|result|clear|add|rows|column|columns|delete|remove|copy"
    "|copied|press|enter|apply|submit|submitting|help|skip|content|main|sidebar|expand"
    "|collapse|increment|decrement|value|values|empty|each|page|not|found|theme|dark|about"
    "|record|print|made|by|deploy|edit|cell|unpin|autosize|sort|ascending|descending"
    "|keyboard|shortcuts|language|icon|navigate|home"
)
_ENGLISH = re.compile(rf"\b({_WORDS})\b", re.IGNORECASE)

_COLLECT = """() => {
  const found = [];
  const seen = (element) => {
    const style = getComputedStyle(element);
    return style.display !== "none" && style.visibility !== "hidden";
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement;
    if (!parent || !seen(parent)) continue;
    // The text of an icon is the name of its glyph; nobody sees or hears it.
    if (parent.closest("script, style, noscript, canvas, [data-testid=stIconMaterial]")) continue;
    if (node.data.trim()) found.push(node.data.trim());
  }
  const names = ["aria-label", "title", "placeholder", "alt", "aria-description",
    "aria-roledescription"];
  for (const element of document.querySelectorAll("body *")) {
    if (element.closest("canvas")) continue;
    for (const name of names) {
      const value = element.getAttribute(name);
      if (value && value.trim()) found.push(value.trim());
    }
  }
  return found;
}"""

ALLOWED = re.compile(
    "Community Manager|Open Data|British Journal of Mathematical and Statistical Psychology"
    "|Journal of the American Statistical Association|Journal of the Royal Statistical Society"
    "|Annals of Statistics|Journal of Statistical Software|Journal of Classification"
    "|IEEE Transactions on Pattern Analysis and Machine Intelligence"
    "|International Journal of Public Opinion Research|The American Statistician"
)
"""Names and terms that are English by nature."""


def english_texts(page: Page) -> set[str]:
    """Texts and labels of the page that contain an English word."""
    texts = page.evaluate(_COLLECT)
    return {
        text
        for text in texts
        if _ENGLISH.search(re.sub(r"[„“\"].*?[“\"]", "", ALLOWED.sub("", text)))
    }
