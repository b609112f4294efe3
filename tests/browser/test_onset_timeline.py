"""The onset timeline in a real browser: views, address, downloads, presenter mode, paper, privacy."""

import csv
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlparse

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from pypdf import PdfReader

from components.clinical.knowledge_base import KnowledgeBase
from components.clinical.onset_terms import OnsetView
from tests.browser.conftest import Server
from tests.browser.rules import settled
from tests.browser.walks import enter, open_choices, open_page
from tests.pages.visits import title_of

pytestmark = pytest.mark.browser
TITLE = "How soon, and for how long?"
BANNER = "Draft knowledge base: not yet signed off"
VIEWS = (
    "How soon",
    "Extra responders",
    "Trial results",
    "First twelve weeks",
    "Out of 100",
    "How long",
    "In the brain",
)
NO_OVERFLOW = "document.documentElement.scrollWidth <= window.innerWidth"
FONT_SIZE = "element => parseFloat(getComputedStyle(element).fontSize)"
MEASURE_WHEN_PRINTED = """() => matchMedia('print').addEventListener('change', event => {
    if (!event.matches) return;
    const right = element => element.getBoundingClientRect().right;
    window.printed = {
        page: document.documentElement.clientWidth,
        words: [...document.querySelectorAll('.stPlotlyChart svg text')].map(right),
    };
})"""
"""What stands where in the layout for paper, before any script could draw again, as on a printer."""


def open_timeline(page: Page, server: Server, address: str = "") -> None:
    page.goto(f"{server.url}/onset_timeline{address}")
    expect(page.get_by_role("heading", name=TITLE, level=1)).to_be_visible()
    expect(chart(page)).to_be_visible()
    settled(page)


def chart(page: Page) -> Locator:
    """The first chart of the open view, once it is drawn."""
    return page.get_by_role("figure").filter(has=page.locator("svg.main-svg")).first


def turn_to(page: Page, view: str, base: KnowledgeBase) -> None:
    page.get_by_role("radio", name=view, exact=True).click()
    expect_view(page, view, base)


def expect_view(page: Page, view: str, base: KnowledgeBase) -> None:
    expect(page.get_by_role("radio", name=view, exact=True)).to_be_checked()
    expect_drawn(page, view, base)
    settled(page)


def expect_drawn(page: Page, view: str, base: KnowledgeBase) -> None:
    """What stands on paper too, without the switch of the views."""
    words = next(each for each in base.onset.views.values() if each.title == view)
    expect(page.locator(".st-key-takeaway")).to_contain_text(title_of(words.takeaway))
    expect(chart(page)).to_be_visible()


def address_holds(page: Page, words: str) -> None:
    expect(page).to_have_url(re.compile(re.escape(words)))
    settled(page)


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    shared = browser.new_context(viewport={"width": 1280, "height": 900})
    yield shared
    shared.close()


def test_the_views_of_this_file_are_those_of_the_page(base: KnowledgeBase) -> None:
    assert tuple(base.onset.views[view].title for view in OnsetView) == VIEWS


# --- opening


def test_first_request_to_a_fresh_server_is_a_deep_link(
    desktop: Page, fresh_server: Server, base: KnowledgeBase
) -> None:
    open_timeline(desktop, fresh_server, "?view=Out+of+100")
    expect(desktop.get_by_text(BANNER)).to_be_visible()
    expect(desktop).to_have_title("Onset timeline")
    expect_view(desktop, "Out of 100", base)


def test_the_first_picture_says_its_takeaway(page: Page, server: Server, base: KnowledgeBase) -> None:
    takeaway = base.onset.views[OnsetView.HOW_SOON].takeaway
    open_timeline(page, server)
    expect(page.get_by_role("heading", name=title_of(takeaway), level=2)).to_be_visible()
    expect(page.get_by_role("figure", name=takeaway)).to_be_visible()
    expect(page.get_by_text("Read this picture with care")).to_be_visible()
    settled(page)
    assert page.evaluate(NO_OVERFLOW), "no sideways scrolling"


# --- views and address


def test_views_by_keyboard(desktop: Page, server: Server, base: KnowledgeBase) -> None:
    """The focus stays on the row of views through every change."""
    open_timeline(desktop, server)
    desktop.get_by_role("radio", name="How soon", exact=True).focus()
    for arrow, view in (
        ("ArrowRight", "Extra responders"),
        ("ArrowRight", "Trial results"),
        ("ArrowLeft", "Extra responders"),
    ):
        desktop.keyboard.press(arrow)
        expect(desktop.get_by_role("radio", name=view, exact=True)).to_be_focused()
        desktop.keyboard.press("Enter")
        expect_view(desktop, view, base)
        expect(desktop.get_by_role("radio", name=view, exact=True)).to_be_focused()
        address_holds(desktop, f"view={view.replace(' ', '+')}")


def test_choices_land_in_the_address_and_survive_reload(desktop: Page, server: Server) -> None:
    open_timeline(desktop, server, "?view=Trial+results")
    expect(desktop.get_by_role("figure", name="Response over time").first).to_be_visible()
    open_choices(desktop)
    desktop.get_by_role("combobox", name="Measured").click()
    desktop.get_by_role("option", name="Remission").click()
    address_holds(desktop, "metric=Remission")
    desktop.get_by_text("First week", exact=True).click()
    address_holds(desktop, "time=First+week")
    desktop.get_by_text("Show comparator arms").click()
    address_holds(desktop, "comparators=false")
    desktop.get_by_role("button", name="SSRI", exact=True).click()
    address_holds(desktop, "treatments=IV+ketamine&treatments=Esketamine+spray&treatments=SSRI+%2B+ketamine&")
    desktop.reload()
    expect(desktop.get_by_role("figure", name="Remission over time").first).to_be_visible()
    expect(desktop.get_by_text("Remission · IV ketamine, Esketamine spray, SSRI + ketamine")).to_be_visible()
    open_choices(desktop)
    expect(desktop.get_by_role("radio", name="First week")).to_be_checked()
    expect(desktop.get_by_role("switch", name="Show comparator arms")).not_to_be_checked()
    expect(desktop.get_by_role("button", name="IV ketamine")).to_have_attribute("aria-pressed", "true")
    expect(desktop.get_by_role("button", name="SSRI", exact=True)).to_have_attribute("aria-pressed", "false")


def test_back_brings_the_earlier_choice_and_leaves_the_page(desktop: Page, server: Server, base: KnowledgeBase) -> None:
    open_page(desktop, server, "medication_check", "Medication check")
    desktop.get_by_role("link", name="Onset timeline").click()
    turn_to(desktop, "Trial results", base)
    comparators = desktop.get_by_role("switch", name="Show comparator arms")
    open_choices(desktop)
    desktop.get_by_text("Show comparator arms").click()
    address_holds(desktop, "comparators=false")
    desktop.get_by_role("button", name="Reset choices").click()
    expect(comparators).to_be_checked()
    expect(desktop).not_to_have_url(re.compile("comparators"))
    settled(desktop)
    desktop.go_back()
    address_holds(desktop, "comparators=false")
    expect(comparators).not_to_be_checked()
    expect_view(desktop, "Trial results", base)
    desktop.go_back()
    expect(desktop.get_by_role("heading", name="Medication check", level=1)).to_be_visible()
    settled(desktop)
    desktop.go_forward()
    expect_view(desktop, "Trial results", base)
    open_choices(desktop)
    expect(comparators).not_to_be_checked()


def test_an_empty_choice_and_the_way_back(desktop: Page, server: Server) -> None:
    desktop.goto(f"{server.url}/onset_timeline?view=Trial+results&treatments=")
    expect(desktop.get_by_text("Nothing to draw.")).to_be_visible()
    settled(desktop)
    expect(desktop.get_by_role("figure")).to_have_count(0)
    desktop.get_by_role("button", name="Reset choices").click()
    expect(chart(desktop)).to_be_visible()
    expect(desktop).to_have_url(f"{server.url}/onset_timeline?view=Trial+results")


def test_two_tabs_hold_independent_choices(context: BrowserContext, server: Server) -> None:
    first, second = context.new_page(), context.new_page()
    for page in (first, second):
        open_timeline(page, server, "?view=Trial+results")
        open_choices(page)
    first.get_by_text("Only masked, active-placebo and tablet trials").click()
    address_holds(first, "masked=true")
    second.get_by_text("Twelve weeks", exact=True).click()
    address_holds(second, "time=Twelve+weeks")
    expect(second).not_to_have_url(re.compile("masked"))
    expect(second.get_by_role("switch", name="Only masked, active-placebo")).not_to_be_checked()
    expect(first).not_to_have_url(re.compile("[?&]time="))
    expect(first.get_by_role("radio", name="Minutes to months")).to_be_checked()


# --- downloads


def test_csv_holds_a_header_and_every_result_of_the_chart(desktop: Page, server: Server) -> None:
    open_timeline(desktop, server, "?view=Trial+results&masked=true")
    figures = desktop.get_by_role("figure", name="Response over time").all()
    told = [re.search(r"Response over time: (\d+) results", each.get_attribute("aria-label") or "") for each in figures]
    assert all(told)
    desktop.get_by_text("The numbers", exact=True).click()
    settled(desktop)
    with desktop.expect_download() as waiting:
        desktop.get_by_role("button", name="CSV").click()
    assert waiting.value.suggested_filename == "ketamine-consult-trials-response-pct.csv"
    rows = list(csv.DictReader(waiting.value.path().read_text("utf-8-sig").splitlines(keepends=True)))
    assert len(rows) == sum(int(each[1]) for each in told if each)
    assert {"Treatment", "Study", "Value", "n", "Caveat", "Source", "Link"} <= rows[0].keys()
    assert "Lii 2023" in " ".join(row["Study"] for row in rows)


def test_the_picture_can_be_saved_under_a_readable_name(desktop: Page, server: Server) -> None:
    open_timeline(desktop, server, "?view=Trial+results")
    chart(desktop).hover()
    with desktop.expect_download() as waiting:
        chart(desktop).get_by_role("button", name="Download plot as a PNG").click()
    assert waiting.value.suggested_filename == "ketamine-consult-trials-response-pct-1.png"
    assert waiting.value.path().read_bytes().startswith(b"\x89PNG")


# --- presenter mode and paper


def test_presenter_mode_hides_controls_and_enlarges_type(desktop: Page, server: Server, base: KnowledgeBase) -> None:
    patient = base.onset.views[OnsetView.TRIALS].patient["en"]
    open_timeline(desktop, server, "?view=Trial+results&comparators=false")
    controls = (
        desktop.get_by_role("combobox", name="Measured"),
        desktop.get_by_role("switch", name="Show comparator arms"),
        desktop.get_by_text("The numbers", exact=True),
        desktop.get_by_role("button", name="CSV"),
    )
    said = desktop.get_by_text("Read this picture with care")
    open_choices(desktop)
    desktop.get_by_text("The numbers", exact=True).click()
    for control in controls:
        expect(control).to_be_visible()
    settled(desktop)
    normal = said.evaluate(FONT_SIZE)
    desktop.get_by_text("Presenter mode", exact=True).click()
    expect(desktop.get_by_role("heading", name=title_of(patient), level=2)).to_be_visible()
    address_holds(desktop, "presenter=true")
    for control in controls:
        expect(control).to_be_hidden()
    expect(chart(desktop)).to_be_visible()
    settled(desktop)
    assert said.evaluate(FONT_SIZE) > normal
    desktop.get_by_text("Presenter mode", exact=True).click()
    expect_view(desktop, "Trial results", base)
    for control in controls:
        expect(control).to_be_visible()
    settled(desktop)
    assert said.evaluate(FONT_SIZE) == normal
    address_holds(desktop, "comparators=false")
    expect(desktop).not_to_have_url(re.compile("presenter"))


def test_printing_hides_the_controls_and_keeps_the_words(desktop: Page, server: Server, base: KnowledgeBase) -> None:
    open_timeline(desktop, server, "?view=Trial+results")
    controls = (
        desktop.get_by_role("combobox", name="Measured"),
        desktop.get_by_role("switch", name="Presenter mode"),
        desktop.get_by_role("button", name="Reset choices"),
        desktop.get_by_role("button", name="CSV"),
    )
    open_choices(desktop)
    desktop.get_by_text("The numbers", exact=True).click()
    for control in controls:
        expect(control).to_be_visible()
    desktop.emulate_media(media="print")
    for control in controls:
        expect(control).to_be_hidden()
    expect_drawn(desktop, "Trial results", base)
    for said in (BANNER, "Read this picture with care", "Response: responders in 100"):
        expect(desktop.get_by_text(said)).to_be_visible()


@pytest.mark.parametrize("width", [1280, 1920])
def test_a_chart_fits_on_paper(browser: Browser, server: Server, tmp_path: Path, width: int) -> None:
    """Printed from a window of this width: every word of the chart, its last tick too, stands on an A4 page."""
    context = browser.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()
    open_timeline(page, server, "?view=Trial+results")
    expect(chart(page).locator("[class$=tick] text").last).to_be_visible()
    settled(page)
    page.evaluate(MEASURE_WHEN_PRINTED)
    margin = "10mm"
    page.pdf(path=tmp_path / "timeline.pdf", format="A4", margin={"left": margin, "right": margin})
    printed = page.evaluate("window.printed")
    context.close()
    assert 700 < printed["page"] <= 720, "A4 less its margins"
    assert len(printed["words"]) > 10
    assert max(printed["words"]) <= printed["page"]
    words = unicodedata.normalize(
        "NFKC", " ".join(" ".join(each.extract_text() for each in PdfReader(tmp_path / "timeline.pdf").pages).split())
    )
    for said in (BANNER, "Read this picture with care"):
        assert said in words, said


# --- privacy


def test_no_request_leaves_the_machine_and_the_list_stays_out_of_the_address(
    desktop: Page, server: Server, base: KnowledgeBase
) -> None:
    asked: list[str] = []
    desktop.on("request", lambda request: asked.append(request.url))
    desktop.on("websocket", lambda socket: asked.append(socket.url))
    desktop.on("framenavigated", lambda frame: asked.append(frame.url))
    enter(desktop, server, "Zoloft 100 mg qAM", "1 entered: 1 assessed")
    desktop.get_by_role("link", name="Onset timeline").click()
    expect_view(desktop, "How soon", base)
    for view in VIEWS[1:]:
        turn_to(desktop, view, base)
    turn_to(desktop, "Extra responders", base)
    mine = desktop.get_by_role("switch", name="Highlight sertraline")
    open_choices(desktop)
    expect(desktop.get_by_text("Sertraline (on this patient's list)")).to_be_visible()
    desktop.get_by_text("Highlight sertraline").click()
    expect(mine).not_to_be_checked()
    expect(desktop.get_by_text("Sertraline (on this patient's list)")).to_be_hidden()
    assert any("view=Extra+responders" in url for url in asked), "the address was watched"
    assert {urlparse(url).hostname for url in asked if urlparse(url).scheme in ("http", "https", "ws", "wss")} == {
        "127.0.0.1"
    }
    assert not [url for url in asked if "sertraline" in url.casefold() or "zoloft" in url.casefold()]
