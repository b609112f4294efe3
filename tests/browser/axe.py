"""axe-core on a page of the app, WCAG 2.2 A and AA.

One known violation is left out, and is Streamlit's own: the frame in which its table scrolls has no tabindex. Whether a
keyboard can scroll it is not shown: in a trial with Chromium, Tab went past the frame. An issue number is missing.
"""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

SCROLLING_TABLE = "scrollable-region-focusable"
_SCRIPT = Axe().axe_script
_RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"]}
_RUN = """async ([rules, excepted]) => (await axe.run(rules)).violations.flatMap(each => each.nodes
    .filter(node => each.id !== excepted || !document.querySelector(node.target.join(' ')).closest('.stTable'))
    .map(node => `${each.id}: ${node.html.slice(0, 160)}`))"""


def violations(page: Page, where: str, excepted: str = SCROLLING_TABLE) -> list[str]:
    """One line for each element of a page at rest that breaks a rule: where, which rule, its HTML."""
    if page.evaluate("typeof axe") == "undefined":  # half a megabyte, once a document
        page.evaluate(_SCRIPT)
    return [f"{where}: {told}" for told in page.evaluate(_RUN, [_RULES, excepted])]
