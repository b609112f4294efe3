"""axe-core on a page of the app, WCAG 2.2 A and AA."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

_RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"]}


def violations(page: Page, where: str) -> list[str]:
    """One line for each element that breaks a rule: where, which rule, its HTML. Parts still redrawn are dimmed."""
    expect(page.locator('[data-stale="true"]')).to_have_count(0)
    found = Axe().run(page, options=_RULES).response["violations"]
    return [f"{where}: {each['id']}: {node['html'][:160]}" for each in found for node in each["nodes"]]
