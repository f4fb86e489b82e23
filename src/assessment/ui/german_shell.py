"""German words for Streamlit's own English interface, and ``<html lang="de">``.

Streamlit has no translations (streamlit #1353). A short script replaces its fixed strings as they
appear; the words are data (``data/texts/ui_de.yaml``). The script is a file of this server under
:mod:`assessment.ui.server`; under plain ``streamlit run`` the application embeds it.
"""

import json
from dataclasses import dataclass
from functools import cache

import yaml

from assessment.content import data_path

_SCRIPT = """(() => {
  const exact = new Map(Object.entries(%(exact)s));
  const patterns = %(patterns)s.map(([from, to]) => [new RegExp(from), to]);
  const attributes = ["aria-label", "title", "placeholder", "alt", "aria-description",
    "aria-roledescription", "data-placeholder"];
  // Content of files never lies in these parts; tables and inputs keep what they show.
  const skip = "script, style, textarea, code, pre, [data-testid='stText'], canvas table";
  const german = (text) => {
    const plain = text.trim();
    if (!plain) return null;
    if (exact.has(plain)) return text.replace(plain, exact.get(plain));
    for (const [from, to] of patterns) {
      if (from.test(plain)) return text.replace(plain, plain.replace(from, to));
    }
    return null;
  };
  const inText = (node) => {
    if (node.parentElement && node.parentElement.closest(skip)) return;
    const better = german(node.data);
    if (better !== null && better !== node.data) node.data = better;
  };
  const inElement = (element) => {
    for (const name of attributes) {
      const value = element.getAttribute(name);
      const better = value && german(value);
      if (better && better !== value) element.setAttribute(name, better);
    }
  };
  const walk = (root) => {
    if (root.nodeType === Node.TEXT_NODE) return inText(root);
    if (root.nodeType !== Node.ELEMENT_NODE) return;
    inElement(root);
    const nodes = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    for (let node = nodes.nextNode(); node; node = nodes.nextNode()) {
      node.nodeType === Node.TEXT_NODE ? inText(node) : inElement(node);
    }
  };
  const start = () => {
    document.documentElement.lang = "de";
    walk(document.body);
    new MutationObserver((changes) => {
      for (const change of changes) {
        if (change.type === "childList") change.addedNodes.forEach(walk);
        else if (change.type === "characterData") inText(change.target);
        else inElement(change.target);
      }
    }).observe(document.body, {
      subtree: true, childList: true, characterData: true, attributes: true,
      attributeFilter: attributes,
    });
  };
  if (window.germanShell) return;
  window.germanShell = true;
  document.body ? start() : document.addEventListener("DOMContentLoaded", start);
})();
"""


@dataclass(frozen=True, slots=True)
class Words:
    """English strings of the interface and their German form; patterns are regular expressions."""

    exact: dict[str, str]
    patterns: tuple[tuple[str, str], ...]


@cache
def words() -> Words:
    """The word list of ``data/texts/ui_de.yaml``."""
    with data_path("texts", "ui_de.yaml").open(encoding="utf-8") as file:
        content = yaml.safe_load(file)
    return Words(
        {str(source): str(target) for source, target in content["exact"].items()},
        tuple((str(entry["from"]), str(entry["to"])) for entry in content["patterns"]),
    )


@cache
def shell_script() -> str:
    """The script; it contains fixed words only, nothing from any survey."""
    listed = words()
    return _SCRIPT % {
        "exact": json.dumps(listed.exact, ensure_ascii=False),
        "patterns": json.dumps(listed.patterns, ensure_ascii=False),
    }


@dataclass(slots=True)
class Delivery:
    """How the script reaches the browser in this process; set once, before the first page."""

    as_file: bool = False
    """True under our own server, whose start page loads the script as a file."""


DELIVERY = Delivery()
