"""The main states of every page: a walk brings one browser page from state to state and names each as it is reached."""

import re
from collections.abc import Callable, Iterator

from playwright.sync_api import Page, expect

from components.clinical.guide_words import GUIDE_VIEW_TITLES
from tests.browser.conftest import Server
from tests.browser.rules import settled

Walk = Callable[[Page, Server], Iterator[str]]
LIST = "Zoloft 100 mg qAM\nlorazepam 1mg prn\nlamotrigine 200 mg daily\nabatacept 125 mg weekly\nxyzolam"
RED = "sertraline 50 mg\nphenelzine 15 mg tid"
WRONG_FILE = {"name": "list.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 words"}
HOME = "Check a medication list before ketamine"
NARROW = 640
RECORD, SOURCE = "KC-0142", "veraart-2021"
READ, WORRIES, HEARD, TAKE_HOME, SAY_IT_BACK = GUIDE_VIEW_TITLES.values()
EVIDENCE_SIGNS = {
    "Records": "None of these",
    "Sources": re.compile(r"of \d+ sources\."),
    "Others say": re.compile("claims from"),
    "Hazards and limits": re.compile(r"^\d+ hazards$"),
    "Intended use": re.compile("No clinical validation", re.IGNORECASE),
    "What changed": "Due for review",
}
"""Words by which a view is known to be drawn."""
FIT_VIEWS = ("This patient", "Session-day checklist", "Who might benefit", "The SSRI afterwards")
EFFECT_VIEWS = ("Compare", "Your worries", "When, how long", "Out of 100", "Each SSRI", "Check marks")
ONSET_VIEWS = (
    "How soon",
    "Extra responders",
    "Trial results",
    "First twelve weeks",
    "Out of 100",
    "How long",
    "In the brain",
)


def open_page(page: Page, server: Server, address: str, heading: str) -> None:
    page.goto(f"{server.url}/{address}")
    expect(page.get_by_role("heading", name=heading, level=1)).to_be_visible()
    settled(page)


def paste(page: Page, text: str) -> None:
    settled(page)  # a page that is drawn again may empty the box
    page.get_by_role("textbox", name="Medication list").fill(text)
    page.get_by_role("button", name="Add to the list").click()


def enter(page: Page, server: Server, text: str, said: str) -> None:
    """A list on the medication check, and what is said of it."""
    open_page(page, server, "medication_check", "Medication check")
    paste(page, text)
    expect(page.get_by_text(said)).to_be_visible()
    settled(page)


def is_narrow(page: Page) -> bool:
    """The menu is behind the sidebar's button, and presenter mode is not offered."""
    return bool(page.viewport_size and page.viewport_size["width"] <= NARROW)


def go(page: Page, name: str, heading: str) -> None:
    """By the menu: the session stays."""
    if is_narrow(page):
        page.get_by_test_id("stExpandSidebarButton").click()
    page.get_by_role("link", name=name, exact=True).first.click()
    expect(page.get_by_role("heading", name=heading, level=1)).to_be_visible()
    if is_narrow(page):  # the menu stays open over the page
        page.get_by_test_id("stSidebarCollapseButton").click()
    settled(page)


def turn_to(page: Page, view: str) -> None:
    page.get_by_role("radio", name=view, exact=True).click()
    expect(page.get_by_role("radio", name=view, exact=True)).to_be_checked()
    settled(page)


def press_tile(page: Page, name: str) -> None:
    """A tile, or a pill of a factor."""
    tile = page.get_by_role("button", name=name, exact=True)
    tile.click()
    expect(tile).to_have_attribute("aria-pressed", "true")
    settled(page)


def present(page: Page) -> None:
    page.get_by_text("Presenter mode", exact=True).click()
    expect(page).to_have_url(re.compile("presenter=true"))
    settled(page)


def expect_chart(page: Page) -> None:
    expect(page.get_by_role("figure").filter(has=page.locator("svg.main-svg")).first).to_be_visible()


def home(page: Page, server: Server) -> Iterator[str]:
    open_page(page, server, "", HOME)
    yield "home"


def medication_check(page: Page, server: Server) -> Iterator[str]:
    open_page(page, server, "medication_check", "Medication check")
    yield "empty"
    page.get_by_text("Open a file", exact=True).click()
    page.locator("main input[type=file]").last.set_input_files(WRONG_FILE)  # type: ignore[arg-type]
    expect(page.get_by_text("This is a PDF, which cannot be read")).to_be_visible()
    yield "wrong file"
    paste(page, LIST)
    expect(page.get_by_text("5 entered: 3 assessed, 1 not assessed, 1 not recognised")).to_be_visible()
    yield "unknown medicines"
    page.get_by_text("Why, evidence and sources").first.click()
    expect(page.get_by_text("What studies show").first).to_be_visible()
    yield "finding opened"
    page.get_by_text("Text for the chart note").click()
    expect(page.locator("[class*='st-key-note_text'] code")).to_be_visible()
    page.get_by_text("Show as a heat map").click()
    expect_chart(page)
    yield "report and heat map"
    page.get_by_role("button", name="Clear the list").click()
    expect(page.get_by_text("Nothing to check yet")).to_be_visible()
    paste(page, RED)
    expect(page.get_by_text("highest: contraindicated")).to_be_visible()
    yield "red answer"
    page.get_by_test_id("stExpandSidebarButton").click()
    expect(page.get_by_text("This consultation", exact=True)).to_be_visible()
    yield "sidebar"


def open_choices(page: Page) -> None:
    """The box of a chart page that tells what is drawn, at rest: before and while it opens it moves."""
    settled(page)
    page.get_by_text("Choose what is drawn").click()
    settled(page)


def treatment_fit(page: Page, server: Server) -> Iterator[str]:
    open_page(page, server, "treatment_fit", "Treatment fit")
    yield "empty"
    for factor in ("Suicidal thoughts now", "Aneurysm", "Sleep apnoea", "Falls"):
        press_tile(page, factor)
    page.get_by_role("radio", name="At home, unsupervised").click()
    expect(page.locator('[class*="st-key-fit_answer_"]')).to_contain_text("at home, unsupervised")
    for view in FIT_VIEWS:
        turn_to(page, view)
        expect(page.get_by_text("The steps stand under")).to_have_count(0 if view == FIT_VIEWS[0] else 1)
        yield view


def onset_timeline(page: Page, server: Server) -> Iterator[str]:
    open_page(page, server, "onset_timeline", "How soon, and for how long?")
    for view in ONSET_VIEWS:
        turn_to(page, view)
        expect_chart(page)
        page.get_by_text("The numbers", exact=True).first.click()
        expect(page.get_by_role("table")).to_be_visible()
        yield view
    if not is_narrow(page):
        present(page)
        expect_chart(page)
        yield "presented"


def side_effects(page: Page, server: Server) -> Iterator[str]:
    open_page(page, server, "side_effects", "Side effects side by side")
    press_tile(page, "Nausea and vomiting")
    press_tile(page, "Sleep and sleepiness")
    for view in EFFECT_VIEWS:
        turn_to(page, view)
        if view == "Compare":
            page.get_by_text("The numbers", exact=True).click()
            expect(page.get_by_role("table")).to_be_visible()
        if view == "Your worries":
            expect(page.get_by_role("heading", name="Sleep and sleepiness", level=3)).to_be_visible()
        elif view == "Check marks":
            expect(page.get_by_text("“No Brain Fog”")).to_be_visible()
        else:
            expect_chart(page)
        yield view
    if not is_narrow(page):
        turn_to(page, "Compare")
        present(page)
        expect_chart(page)
        yield "presented"


def patient_guide(page: Page, server: Server) -> Iterator[str]:
    enter(page, server, LIST, "5 entered")
    go(page, "Patient guide", "A guide for you")
    turn_to(page, WORRIES)
    press_tile(page, "Feeling sick")
    expect(page.get_by_role("heading", name="Feeling sick", level=2)).to_be_visible()
    expect_chart(page)
    yield WORRIES
    for view in (READ, HEARD, TAKE_HOME, SAY_IT_BACK):
        turn_to(page, view)
        if view == TAKE_HOME:
            page.get_by_text("Questions to ask").click()
            expect(page.get_by_role("checkbox").first).to_be_visible()
        if view == SAY_IT_BACK:
            page.get_by_text("As soon as I feel awake.").click()
            expect(page.get_by_text("It is easy to feel awake and still be slow.")).to_be_visible()
        yield view
    if not is_narrow(page):
        turn_to(page, TAKE_HOME)
        present(page)
        yield "presented"


def evidence(page: Page, server: Server) -> Iterator[str]:
    open_page(page, server, "evidence", "Evidence")
    before = None
    for view, sign in EVIDENCE_SIGNS.items():
        turn_to(page, view)
        expect(page.get_by_text(sign).first).to_be_visible()
        if before is not None:
            expect(page.get_by_text(before)).to_have_count(0)
        before = sign
        yield view
    open_page(page, server, f"evidence?record={RECORD}", "Evidence")
    expect(page.get_by_role("button", name="Print a review sheet")).to_be_visible()
    yield "record and its review sheet"
    open_page(page, server, f"evidence?source={SOURCE}", "Evidence")
    expect(page.get_by_role("link", name="All sources")).to_be_visible()
    yield "source"
    open_page(page, server, "evidence?record=nobody", "Evidence")
    expect(page.get_by_role("heading", name="None of these")).to_be_visible()
    yield "unknown record"
    box = page.get_by_label("Search", exact=True).first
    box.fill("lamotrgine")
    box.press("Enter")
    expect(page.get_by_role("button", name="lamotrigine", exact=True)).to_be_visible()
    yield "nearest names"


WALKS: tuple[Walk, ...] = (
    home,
    medication_check,
    treatment_fit,
    onset_timeline,
    side_effects,
    patient_guide,
    evidence,
)
