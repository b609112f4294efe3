"""Every page with choices: back, forward, reload, a second tab; and from a record back to the finding it came from."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import Server
from tests.browser.rules import settled
from tests.browser.walks import FIT_VIEWS, HOME, RED, TAKE_HOME, WORRIES, go, open_page, paste, press_tile, turn_to

pytestmark = pytest.mark.browser


@dataclass(frozen=True)
class Choices:
    """A page with a view, which stands in its address, and something of the patient, which must not."""

    address: str
    heading: str
    first_view: str
    other_view: str
    choose: Callable[[Page], None]
    expect_chosen: Callable[[Page, bool], None]


def tile(name: str) -> tuple[Callable[[Page], None], Callable[[Page, bool], None]]:
    """How a tile, or the pill of a factor, is chosen, and how that is seen."""

    def expect_pressed(page: Page, is_chosen: bool) -> None:
        pressed = page.get_by_role("button", name=name, exact=True)
        expect(pressed).to_have_attribute("aria-pressed", "true" if is_chosen else "false")

    return lambda page: press_tile(page, name), expect_pressed


def search_box(page: Page) -> Locator:
    return page.get_by_label("Search", exact=True).first


def search(page: Page) -> None:
    search_box(page).fill("kratom")
    search_box(page).press("Enter")


def expect_searched(page: Page, is_chosen: bool) -> None:
    expect(search_box(page)).to_have_value("kratom" if is_chosen else "")


PAGES = {
    each.address: each
    for each in (
        Choices("treatment_fit", "Treatment fit", FIT_VIEWS[0], FIT_VIEWS[2], *tile("Falls")),
        Choices("side_effects", "Side effects side by side", "Your worries", "Check marks", *tile("Weight")),
        Choices("patient_guide", "A guide for you", WORRIES, TAKE_HOME, *tile("Sex life")),
        Choices("evidence", "Evidence", "Records", "Hazards and limits", search, expect_searched),
    )
}
"""The timeline has tests of its own; what it draws of a patient comes from the list."""


@pytest.mark.parametrize("name", PAGES)
def test_back_forward_reload_and_a_second_tab(name: str, browser: Browser, server: Server) -> None:
    case = PAGES[name]
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page, second = context.new_page(), context.new_page()

    def expect_as_left() -> None:
        expect(page.get_by_role("heading", name=case.heading, level=1)).to_be_visible()
        expect(page.get_by_role("radio", name=case.other_view, exact=True)).to_be_checked()

    def expect_without_view() -> None:
        """A step of its own that Streamlit 1.67 puts into the history when a page is left."""
        expect(page).to_have_url(f"{server.url}/{case.address}")
        expect(page.get_by_role("heading", name=case.heading, level=1)).to_be_visible()
        expect(page.get_by_role("radio", name=case.other_view, exact=True)).not_to_be_checked()
        settled(page)

    open_page(page, server, case.address, case.heading)
    turn_to(page, case.first_view)
    case.choose(page)
    case.expect_chosen(page, True)
    settled(page)
    turn_to(page, case.other_view)
    address = page.url
    assert case.other_view.replace(" ", "+") in address
    go(page, "Home", HOME)
    page.go_back()
    expect_without_view()
    page.go_back()
    expect_as_left()
    expect(page).to_have_url(address)
    settled(page)
    page.go_forward()
    expect_without_view()
    page.go_forward()
    expect(page.get_by_role("heading", name=HOME, level=1)).to_be_visible()
    settled(page)
    page.go_back()
    expect_without_view()
    page.go_back()
    expect_as_left()
    settled(page)
    turn_to(page, case.first_view)
    case.expect_chosen(page, True)

    open_page(second, server, case.address, case.heading)
    turn_to(second, case.first_view)
    case.expect_chosen(second, False)

    turn_to(page, case.other_view)
    page.reload()
    expect_as_left()
    settled(page)
    turn_to(page, case.first_view)
    case.expect_chosen(page, False)
    context.close()


@pytest.mark.parametrize("way", ["link", "browser"])
def test_from_a_record_back_to_the_finding_still_open(way: str, page: Page, server: Server) -> None:
    open_page(page, server, "medication_check", "Medication check")
    paste(page, RED)
    expect(page.get_by_text("highest: contraindicated")).to_be_visible()
    settled(page)
    opener = page.locator(".st-key-findings summary").filter(has_text="Why, evidence and sources").last
    opener.click()
    whole = page.get_by_role("link", name=re.compile("the whole record"))
    expect(whole.first).to_be_visible()
    settled(page)
    whole.first.click()
    expect(page.get_by_role("heading", name="Evidence", level=1)).to_be_visible()
    expect(page).to_have_url(re.compile(r"record=KC-\d+$"))
    back = page.get_by_role("link", name="Back to the check")
    expect(back).to_be_visible()
    settled(page)
    back.click() if way == "link" else page.go_back()
    expect(page.get_by_role("heading", name="Medication check", level=1)).to_be_visible()
    expect(whole.first).to_be_visible()
    expect(page).to_have_url(f"{server.url}/medication_check")
    settled(page)
    opener.click()
    expect(whole).to_have_count(0)
