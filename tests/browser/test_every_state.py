"""Every main state of every page: wide and narrow, light and dark, zoomed; axe, names, sizes, room, words in charts.

One load of a page goes through its states; in each the window and the colours change round it, as when a phone is
turned to a desk or the evening comes.
"""

from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.browser.axe import SCROLLING_TABLE, violations
from tests.browser.conftest import ROOT, Server
from tests.browser.rules import faults, faults_of_controls, faults_of_room, show
from tests.browser.walks import WALKS, Walk, open_page, paste
from tests.login.conftest import GuardedServer, Provider, guarded, provider

__all__ = ["guarded", "provider"]
pytestmark = pytest.mark.browser
DESK, PHONE = ViewportSize(width=1280, height=900), ViewportSize(width=390, height=844)
LOOKS: tuple[tuple[Literal["light", "dark"], ViewportSize], ...] = (
    ("light", DESK),
    ("dark", DESK),
    ("dark", PHONE),
    ("light", PHONE),
)
"""In the order of fewest changes: each has a page draw itself anew."""
ZOOMED = ViewportSize(width=640, height=450)
"""What is left of a desk at 200 %."""
FOR_A_DESK = frozenset({"presented"})
"""States for a screen that two people look at; a phone is not offered them."""


def look_at(page: Page, state: str) -> list[str]:
    """What is wrong in this state, in the four looks and zoomed; the window ends wide and light."""
    told: list[str] = []
    for scheme, window in LOOKS:
        if state in FOR_A_DESK and window is PHONE:
            continue
        show(page, scheme, window)
        where = f"{state}, {scheme}, {window['width']}"
        told += faults(page, where)
        if scheme == "light":
            told += [each for each in faults_of_controls(page, where) if window is PHONE or "too small" not in each]
    if state not in FOR_A_DESK:
        show(page, "light", ZOOMED)
        told += faults_of_room(page, f"{state}, zoomed")
    show(page, "light", DESK)
    return told


@pytest.mark.parametrize("walk", WALKS, ids=lambda walk: walk.__name__)
def test_no_state_breaks_a_rule(walk: Walk, browser: Browser, server: Server) -> None:
    page = browser.new_context(viewport=DESK).new_page()
    told = [fault for state in walk(page, server) for fault in look_at(page, state)]
    page.context.close()
    assert not told, "\n".join(told)


def test_every_page_that_opens_narrow_and_dark_breaks_no_rule(browser: Browser, server: Server) -> None:
    """The first state of each, drawn so from the start."""
    page = browser.new_context(viewport=PHONE, color_scheme="dark", device_scale_factor=2).new_page()
    told: list[str] = []
    for path in sorted((ROOT / "pages").glob("*.py")):
        page.goto(f"{server.url}/{path.stem if path.stem != 'home' else ''}")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        expect(page.locator(".st-key-page_footer")).to_be_visible()
        told += faults(page, path.stem)
    page.context.close()
    assert not told, "\n".join(told)


def test_the_rules_find_what_is_wrong(desktop: Page) -> None:
    """A page with one fault of each kind."""
    desktop.set_content(
        """<html lang="en"><title>x</title><body class="stApp" data-test-script-state="notRunning"
        style="background-color: #ffffff"><main>
        <button style="width: 16px; height: 16px"></button><div style="width: 3000px; text-align: right">far away</div>
        <div class="stPlotlyChart"><svg><text y="20" style="fill: rgb(170, 170, 170)">pale</text></svg></div>
        </main></body></html>"""
    )
    told = "\n".join([*faults(desktop, "x"), *faults_of_controls(desktop, "x")])
    for words in ("button-name", "scrolls sideways", "cut: ", "too pale in a chart", "without a name", "too small"):
        assert words in told, words


def test_the_door_breaks_no_rule(browser: Browser, guarded: type[GuardedServer], provider: Provider) -> None:
    page = browser.new_context(viewport=DESK).new_page()
    open_page(page, guarded(), "medication_check", "Sign-in")  # type: ignore[call-arg,arg-type]
    told = look_at(page, "sign-in")
    page.context.close()
    assert not told, "\n".join(told)


def test_the_notice_of_a_lost_session_breaks_no_rule(desktop: Page) -> None:
    """The process ends with a list in it and another takes its place: the next click says so."""
    first = Server()
    first.wait_until_up()
    open_page(desktop, first, "medication_check", "Medication check")
    paste(desktop, "lorazepam")
    expect(desktop.get_by_text("1 entered: 1 assessed")).to_be_visible()
    first.stop()
    with desktop.expect_websocket(timeout=60_000):
        second = Server(url=first.url)
        second.wait_until_up()
    desktop.get_by_role("link", name="Treatment fit", exact=True).first.click()
    expect(desktop.get_by_text("what was entered here went with it")).to_be_visible()
    told = look_at(desktop, "lost session")
    second.stop()
    assert not told, "\n".join(told)


def test_streamlits_table_still_needs_the_exception(phone: Page, server: Server) -> None:
    open_page(phone, server, "onset_timeline?view=Extra+responders", "How soon, and for how long?")
    phone.get_by_text("The numbers", exact=True).first.click()
    expect(phone.get_by_role("table")).to_be_visible()
    told = violations(phone, "a wide table", excepted="")
    assert told, "take the exception out of axe.py and docs/accessibility.md"
    assert {each.split(": ")[1] for each in told} == {SCROLLING_TABLE}
