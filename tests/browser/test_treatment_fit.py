"""The treatment fit page as it is seen: place, focus, phone and paper."""

import io

import pytest
from playwright.sync_api import Locator, Page, expect
from pypdf import PdfReader

from tests.browser.conftest import Server
from tests.browser.rules import settled

pytestmark = pytest.mark.browser
VIEWS = ("This patient", "Session-day checklist", "Who might benefit", "The SSRI afterwards")


def opened(page: Page, server: Server) -> Page:
    page.goto(f"{server.url}/treatment_fit")
    expect(page.get_by_text("Nothing you enter is stored")).to_be_visible()
    expect(page.locator(".st-key-draft-banner p").first).to_have_css("font-size", "14px")  # our style has arrived
    settled(page)
    return page


def choose(page: Page, factor: str) -> None:
    pill = page.get_by_role("button", name=factor, exact=True)
    pill.click()
    expect(pill).to_have_attribute("aria-pressed", "true")
    expect(page.locator('[class*="st-key-fit_answer_"]').get_by_text("factor")).to_be_visible()
    settled(page)


def top(place: Locator) -> float:
    box = place.bounding_box()
    assert box, "is drawn"
    return box["y"]


def test_suicidal_thoughts_are_answered_where_they_were_chosen(phone: Page, server: Server) -> None:
    opened(phone, server)
    phone.get_by_role("button", name="Panic or distress").scroll_into_view_if_needed()
    choose(phone, "Suicidal thoughts now")
    link = phone.get_by_role("link", name="What to do now")
    expect(link).to_be_in_viewport()
    link.click()
    expect(phone.get_by_text("Ask directly about thoughts, plan, intent and means")).to_be_in_viewport()
    expect(phone.get_by_text("The measure of suicidality")).to_have_count(0)
    assert "suicid" not in phone.url
    expect(phone.get_by_role("button", name="Suicidal thoughts now")).to_have_attribute("aria-pressed", "true")


def test_on_a_phone_the_answer_stands_above_the_questions(phone: Page, server: Server) -> None:
    opened(phone, server)
    choose(phone, "Sleep apnoea")
    expect(phone.locator(".st-key-reading")).to_be_visible()
    settled(phone)
    assert top(phone.locator(".st-key-reading")) < top(phone.get_by_role("button", name="Sleep apnoea"))
    assert phone.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), "no sideways scrolling"
    borders = "each => ['Left', 'Right'].map(side => getComputedStyle(each)[`border${side}Color`])"
    for button in phone.locator(".st-key-fit button").all():
        assert "rgba(0, 0, 0, 0)" not in button.evaluate(borders), "every view has its border, wrapped or not"


def test_first_request_to_a_fresh_server_is_a_deep_link_and_an_empty_form_uses_the_whole_width(
    desktop: Page, fresh_server: Server
) -> None:
    opened(desktop, fresh_server)
    expect(desktop.get_by_text("Draft knowledge base: not yet signed off")).to_be_visible()
    expect(desktop).to_have_title("Treatment fit")
    mind, heart = (
        desktop.get_by_role("button", name=name, exact=True) for name in ("Suicidal thoughts now", "Aneurysm")
    )
    assert top(mind) == top(heart), "two columns"
    fields = [top(desktop.get_by_label(name)) for name in ("Systolic, mmHg", "Diastolic, mmHg", "Age, years")]
    assert len(set(fields)) == 1
    choose(desktop, "Aneurysm")
    expect(desktop.locator(".st-key-reading")).to_be_visible()
    settled(desktop)
    assert top(mind) < top(heart), "one column beside the cards"


def test_the_first_entry_moves_nothing_and_is_told_in_a_line(desktop: Page, server: Server) -> None:
    opened(desktop, server)
    title = desktop.get_by_role("heading", name="Treatment fit", level=1)
    before = top(title)
    desktop.get_by_role("radio", name="EU", exact=True).click()
    expect(desktop.locator(".st-key-glance_line")).to_contain_text("EU label · no medicine entered")
    expect(desktop.locator(".st-key-glance_line")).to_contain_text("Incomplete: 8 of 8 groups not asked")
    settled(desktop)
    assert abs(top(title) - before) < 2


def test_the_closed_sidebar_takes_no_focus_and_links_show_theirs(desktop: Page, server: Server) -> None:
    opened(desktop, server)
    opener = desktop.get_by_role("button", name="Expand sidebar")
    wordmark = desktop.get_by_role("button", name="Navigate to home page")
    for place in (desktop.get_by_role("link", name="Skip to main content"), wordmark, opener):
        desktop.keyboard.press("Tab")
        expect(place).to_be_focused()
    desktop.keyboard.press("Tab")
    first = desktop.get_by_role("navigation").get_by_role("link", name="Home")
    expect(first).to_be_focused()
    expect(first).to_have_css("outline-style", "solid")
    opener.click()
    expect(desktop.get_by_role("button", name="New consultation")).to_be_visible()


def test_focus_stays_when_the_rest_is_answered(desktop: Page, server: Server) -> None:
    opened(desktop, server)
    for group in range(4):
        pill = desktop.get_by_role("button", name="None of these", exact=True).nth(group)
        pill.click()
        expect(pill).to_have_attribute("aria-pressed", "true")
        settled(desktop)
    desktop.get_by_role("button", name="I asked about the 4 other groups: none applies").press("Enter")
    undo = desktop.locator(".st-key-none_of_the_rest").get_by_role("button", name="Undo")
    expect(undo).to_be_focused()
    expect(desktop.get_by_text("All 8 groups asked")).to_be_visible()
    settled(desktop)
    undo.press("Enter")
    expect(desktop.get_by_role("button", name="I asked about the 4 other groups: none applies")).to_be_focused()


def test_who_might_benefit_reads_in_two_columns(desktop: Page, server: Server) -> None:
    opened(desktop, server)
    desktop.get_by_role("radio", name="Who might benefit").click()
    left, right = (
        desktop.get_by_role("heading", name=name)
        for name in (
            "One or more SSRIs tried without enough improvement",
            "SSRI side effects that the patient cannot accept",
        )
    )
    expect(left).to_be_visible()
    expect(right).to_be_visible()
    desktop.wait_for_function(
        "([left, right]) => left.getBoundingClientRect().top === right.getBoundingClientRect().top",
        arg=[left.element_handle(), right.element_handle()],
    )


@pytest.mark.parametrize("view", ["This patient", "Session-day checklist"])
def test_on_paper_stands_the_answer_alone(view: str, desktop: Page, server: Server) -> None:
    opened(desktop, server)
    choose(desktop, "Aneurysm")
    desktop.get_by_role("button", name="Expand sidebar").click()
    settled(desktop)
    desktop.get_by_role("radio", name=view).click()
    expect(desktop.get_by_role("radio", name=view)).to_be_checked()
    expect(desktop.get_by_text("clinic · ").last if view == VIEWS[0] else desktop.get_by_text("For: ")).to_be_visible()
    settled(desktop)
    pages = [each.extract_text() for each in PdfReader(io.BytesIO(desktop.pdf(format="A4"))).pages]
    assert len(pages) == 1, "no page for the footer alone"
    told = " ".join(pages[0].split())
    assert "US label" in told
    for left_out in ("This consultation", "The SSRI afterwards", "Planned treatment", "None of these"):
        assert left_out not in told
