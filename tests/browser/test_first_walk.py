"""How far it is for someone who opens the app for the first time: counted in interactions, not in seconds."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Locator, Page, expect

from benchmarks.eight_medicines import EIGHT
from components.clinical.entry import MedicationList
from components.clinical.wording import medicines_in_words
from tests.browser.conftest import Server
from tests.browser.rules import settled
from tests.browser.walks import HOME, open_page, paste

pytestmark = pytest.mark.browser
MOST_TO_AN_ANSWER, MOST_TO_A_SOURCE = 5, 2


@dataclass
class Visitor:
    """Each click and each text typed or pasted is one interaction."""

    interactions: int = 0

    def click(self, what: Locator) -> None:
        """Streamlit closes a list of options when the page scrolls or is drawn: that must be over."""
        what.scroll_into_view_if_needed()
        settled(what.page)
        what.click()
        self.interactions += 1

    def paste(self, text: str, where: Locator) -> None:
        where.fill(text)
        self.interactions += 1


def test_an_answer_is_five_interactions_away_and_a_source_two_more(page: Page, fresh_server: Server) -> None:
    visitor = Visitor()
    open_page(page, fresh_server, "", HOME)
    visitor.paste(EIGHT, page.get_by_role("textbox", name="Medication list"))
    visitor.click(page.get_by_role("button", name="Check this list"))
    answer = page.locator(".st-key-answer")
    expect(answer).to_contain_text("8 entered")
    visitor.click(page.get_by_role("combobox", name="Planned treatment"))
    visitor.click(page.get_by_role("option", name="Ketamine, intravenous infusion"))
    expect(answer).to_contain_text("Planned: Ketamine, intravenous infusion")
    assert visitor.interactions <= MOST_TO_AN_ANSWER

    from_a_finding = Visitor()
    finding = page.locator(".st-key-findings")
    from_a_finding.click(finding.get_by_text("Why, evidence and sources").first)
    source = finding.locator('a[href^="https://"]').first
    expect(source).to_be_visible()
    page.context.route("https://**", lambda route: route.fulfill(body="The source."))
    with page.context.expect_page() as opened:
        from_a_finding.click(source)
    expect(opened.value.get_by_text("The source.")).to_be_visible()
    assert from_a_finding.interactions <= MOST_TO_A_SOURCE


def test_eight_medicines_are_judged_on_the_first_screen(
    desktop: Page, server: Server, read: Callable[[str], MedicationList]
) -> None:
    open_page(desktop, server, "", HOME)
    desktop.get_by_role("textbox", name="Medication list").fill(EIGHT)
    desktop.get_by_role("button", name="Check this list").click()
    answer = desktop.locator(".st-key-answer")
    expect(answer).to_contain_text("8 entered")
    for entry in read(EIGHT).entries:
        expect(answer).to_contain_text(medicines_in_words(entry.medicines))
    settled(desktop)
    expect(answer.get_by_text("8 entered")).to_be_in_viewport(ratio=1)
    expect(desktop.get_by_role("link", name="Change the list")).to_be_hidden()


def test_on_a_phone_the_list_is_one_touch_below_the_answer(phone: Page, server: Server) -> None:
    open_page(phone, server, "", HOME)
    phone.get_by_role("textbox", name="Medication list").fill(EIGHT)
    phone.get_by_role("button", name="Check this list").click()
    phone.get_by_role("link", name="Change the list").click()
    expect(phone.get_by_role("heading", name="The list (8)")).to_be_in_viewport()
    expect(phone.get_by_role("combobox", name="Add a medicine")).to_be_in_viewport()


def test_an_answer_comes_into_view_wherever_the_reader_was(phone: Page, server: Server) -> None:
    """With a phone's keyboard open half the screen is left."""
    phone.set_viewport_size({"width": 390, "height": 500})
    open_page(phone, server, "medication_check", "Medication check")
    paste(phone, EIGHT)
    expect(phone.locator(".st-key-answer")).to_contain_text("8 entered")
    settled(phone)
    expect(phone.get_by_role("heading", name="Medication check")).to_be_in_viewport()
    expect(phone.locator(".st-key-answer")).to_be_in_viewport()


def test_a_sample_far_down_the_first_page_opens_at_its_answer(phone: Page, server: Server) -> None:
    open_page(phone, server, "", HOME)
    Visitor().click(phone.get_by_role("button", name="Lozenges at home"))
    expect(phone.locator(".st-key-answer")).to_be_visible()
    settled(phone)
    expect(phone.get_by_role("heading", name="Medication check")).to_be_in_viewport()
    expect(phone.locator(".st-key-answer")).to_be_in_viewport()
