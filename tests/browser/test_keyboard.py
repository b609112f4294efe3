"""By keyboard alone: list in, answer, sheet out; the order of stops; where the focus is; and no motion for who asks."""

from collections.abc import Callable
from contextlib import suppress
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, TimeoutError, expect
from pypdf import PdfReader

from tests.browser.conftest import Server
from tests.browser.rules import settled
from tests.browser.walks import (
    HEARD,
    HOME,
    LIST,
    READ,
    RECORD,
    TAKE_HOME,
    WORRIES,
    enter,
    open_choices,
    open_page,
    press_tile,
)

pytestmark = pytest.mark.browser
MOST_STOPS = 150
_WATCH = """() => {
    const drawn = each => each.matches('input[type=checkbox], input[type=radio]') ? each.closest('label') ?? each
        : each.matches('input, textarea') ? each.parentElement.parentElement : each;
    window.lookOf = each => [drawn(each), ...drawn(each).querySelectorAll('*')].map(part => {
        const style = getComputedStyle(part);
        return [style.outlineStyle, style.outlineWidth, style.boxShadow, style.borderColor, style.backgroundColor,
            style.transform, style.opacity, style.top, style.clipPath];
    }).join(';');
    window.atRest = new Map([...document.querySelectorAll('a, button, input, textarea, summary, [tabindex="0"]')]
        .map(each => [each, lookOf(each)]));
}"""
_STOP = """() => {
    const each = document.activeElement;
    if (each === document.body) return null;
    const box = (each.closest('canvas') ?? each).getBoundingClientRect();  // a table that is drawn has its cells in it
    const column = each.closest('header, .stAppHeader') ? 'menu'
        : each.closest('.st-key-check_planned, .st-key-entering') ? 'entering'
        : each.closest('.st-key-not-checked') ? 'beside' : each.closest('main') ? 'reading' : 'before';
    return {column, top: box.top + scrollY + (document.querySelector('.stMain')?.scrollTop ?? 0), left: box.left,
        kind: each.localName + (each.getAttribute('role') ?? each.getAttribute('type') ?? ''),
        name: (each.getAttribute('aria-label') ?? each.innerText ?? '').slice(0, 60)};
}"""
_SHOWS = "() => atRest.get(document.activeElement) !== lookOf(document.activeElement)"


def tab_to(page: Page, target: Locator) -> None:
    """Press Tab until the target has the focus."""
    settled(page)
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if target.evaluate("each => each === document.activeElement"):
            return
    pytest.fail(f"{target} is out of reach of the keyboard")


def test_list_in_answer_and_sheet_out(desktop: Page, server: Server) -> None:
    open_page(desktop, server, "", HOME)
    tab_to(desktop, desktop.get_by_role("textbox", name="Medication list"))
    desktop.keyboard.type("sertraline 50 mg")
    tab_to(desktop, desktop.get_by_role("button", name="Check this list"))
    desktop.keyboard.press("Enter")
    expect(desktop.get_by_text("1 entered: 1 assessed; highest: monitor")).to_be_visible()
    report_button = desktop.locator(".st-key-download_pdf button")
    expect(report_button).to_be_visible()
    tab_to(desktop, report_button)
    with desktop.expect_download() as report:
        desktop.keyboard.press("Enter")
    assert "sertraline" in PdfReader(report.value.path()).pages[0].extract_text()
    tab_to(desktop, desktop.get_by_role("link", name="Patient guide").first)
    desktop.keyboard.press("Enter")
    expect(desktop.get_by_role("heading", name="A guide for you", level=1)).to_be_visible()
    tab_to(desktop, desktop.get_by_role("radio", name=READ, exact=True))
    for view in (WORRIES, HEARD, TAKE_HOME):
        desktop.keyboard.press("ArrowRight")
        expect(desktop.get_by_role("radio", name=view, exact=True)).to_be_focused()
    desktop.keyboard.press("Space")
    expect(desktop.get_by_role("radio", name=TAKE_HOME, exact=True)).to_be_checked()
    tab_to(desktop, desktop.get_by_role("button", name="Download the sheet (PDF)"))
    with desktop.expect_download() as sheet:
        desktop.keyboard.press("Enter")
    words = " ".join(" ".join(each.extract_text() for each in PdfReader(sheet.value.path()).pages).split())
    assert "sertraline 50 mg" in words


def test_a_factor_in_and_its_answer_read(desktop: Page, server: Server) -> None:
    open_page(desktop, server, "treatment_fit", "Treatment fit")
    pill = desktop.get_by_role("button", name="Aneurysm", exact=True)
    tab_to(desktop, pill)
    desktop.keyboard.press("Space")
    expect(pill).to_have_attribute("aria-pressed", "true")
    expect(desktop.locator(".st-key-reading")).to_be_visible()
    settled(desktop)
    expect(pill).to_be_focused()
    sources = desktop.locator(".st-key-reading summary").first
    tab_to(desktop, sources)
    desktop.keyboard.press("Enter")
    expect(desktop.locator(".st-key-reading a[href^='https://']").first).to_be_visible()


def stops_of(page: Page) -> list[dict[str, Any]]:
    """Where Tab leads, from the first stop round to it again; each must look different from its rest."""
    settled(page)
    page.evaluate("document.activeElement.blur()")
    page.evaluate(_WATCH)
    stops: list[dict[str, Any]] = []
    page.get_by_role("link", name="Skip to main content").focus()
    for key in ("Tab", "Shift+Tab"):  # reached by a key, as its sign is for keys only
        page.keyboard.press(key)
    for _ in range(MOST_STOPS):
        stop = page.evaluate(_STOP)
        if stop is None or (stops and stop == stops[0]):
            break
        try:
            page.wait_for_function(_SHOWS)
        except TimeoutError:
            pytest.fail(f"{stop} does not show that it has the focus")
        stops.append(stop)
        page.keyboard.press("Tab")
    return stops


def test_stops_of_the_check_follow_the_reading_order(desktop: Page, server: Server) -> None:
    enter(desktop, server, LIST, "5 entered")
    stops = stops_of(desktop)
    assert len(stops) > 25
    columns = [stop["column"] for stop in stops]
    order = [each for place, each in enumerate(columns) if place == 0 or columns[place - 1] != each]
    expected = ["before", "menu", "reading", "beside", "entering", "reading"]
    assert order == expected, "the answer, what was not checked beside it, the list, the findings"
    for column in ("beside", "entering", "reading"):
        tops = [(stop["top"], stop["name"]) for stop in stops if stop["column"] == column and stop["kind"] != "main"]
        back = [(one, other) for one, other in pairwise(tops) if other[0] < one[0] - 24]
        assert back == []
    assert {"a", "button", "summary"} <= {stop["kind"] for stop in stops}


def with_a_factor(page: Page) -> None:
    press_tile(page, "Aneurysm")
    expect(page.locator(".st-key-reading")).to_be_visible()


def with_numbers(page: Page) -> None:
    open_choices(page)
    page.get_by_text("The numbers", exact=True).first.click()
    expect(page.get_by_role("table").first).to_be_visible()


def as_it_opens(page: Page) -> None:
    expect(page.locator(".st-key-page_footer")).to_be_visible()


def with_its_table(page: Page) -> None:
    """What draws a table of records comes after the page: until then it is no stop."""
    expect(page.locator("main canvas").first).to_be_visible()


@pytest.mark.parametrize(
    ("address", "heading", "prepare", "least", "jumps"),
    [
        ("", HOME, as_it_opens, 10, 1),
        ("treatment_fit", "Treatment fit", with_a_factor, 15, 0),
        ("onset_timeline?view=Trial+results", "How soon, and for how long?", with_numbers, 10, 0),
        ("side_effects", "Side effects side by side", with_numbers, 10, 0),
        (f"patient_guide?guide_view={TAKE_HOME.replace(' ', '+')}", "A guide for you", as_it_opens, 10, 0),
        ("evidence", "Evidence", with_its_table, 8, 0),
        (f"evidence?record={RECORD}", "Evidence", as_it_opens, 5, 0),
    ],
    ids=["home", "treatment_fit", "onset_timeline", "side_effects", "patient_guide", "evidence", "record"],
)
def test_stops_lead_downwards_or_into_the_column_beside(
    address: str, heading: str, prepare: Callable[[Page], None], least: int, jumps: int, desktop: Page, server: Server
) -> None:
    """Home jumps once: from the answer beside the box to the samples below the box."""
    open_page(desktop, server, address, heading)
    prepare(desktop)
    inside = [each for each in stops_of(desktop) if each["column"] == "reading" and each["kind"] != "main"]
    assert len(inside) >= least
    back = [
        (one, other)
        for one, other in pairwise(inside)
        if other["top"] < one["top"] - 24 and other["left"] <= one["left"]
    ]
    assert len(back) == jumps, back


def test_who_asks_for_less_motion_gets_none(browser: Browser, server: Server) -> None:
    moving = """() => [...document.querySelectorAll('*')].filter(each => {
        const style = getComputedStyle(each);
        return `${style.transitionDuration},${style.animationDuration}`.split(',')
            .some(time => parseFloat(time) * (time.trim().endsWith('ms') ? 1 : 1000) > 10);
    }).map(each => each.outerHTML.slice(0, 100))"""
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    open_page(page, server, "medication_check", "Medication check")
    assert page.evaluate(moving), "something does move"
    page.emulate_media(reduced_motion="reduce")
    with suppress(TimeoutError):  # parts that load late bring their movement before our style reaches them
        page.wait_for_function(f"({moving})().length === 0")
    assert page.evaluate(moving) == []
    page.context.close()
