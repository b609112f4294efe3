"""The side-effect page in a real browser: tiles, views, address, CSV, presenter mode, paper."""

import csv
import re
import unicodedata
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect
from pypdf import PdfReader

from components.clinical.knowledge_base import KnowledgeBase
from components.clinical.side_effect_terms import EffectView
from tests.browser.conftest import Server
from tests.browser.rules import settled
from tests.browser.walks import enter, open_choices
from tests.pages.visits import title_of

pytestmark = pytest.mark.browser
TITLE = "Side effects side by side"
BANNER = "Draft knowledge base: not yet signed off"
SERIOUS = "Serious risks, always shown"
COMPARE, CARDS, CHECK_MARKS = "Compare", "Your worries", "Check marks"
VIEWS = (COMPARE, CARDS, "When, how long", "Out of 100", "Each SSRI", CHECK_MARKS)
NO_OVERFLOW = "document.documentElement.scrollWidth <= window.innerWidth"
FONT_SIZE = "element => parseFloat(getComputedStyle(element).fontSize)"
WIDEST_ON_PAPER = 720
MEASURE_WHEN_PRINTED = """() => matchMedia('print').addEventListener('change', event => {
    if (!event.matches) return;
    const box = element => element.getBoundingClientRect();
    window.printed = {
        page: document.documentElement.clientWidth,
        charts: [...document.querySelectorAll('.stPlotlyChart svg.main-svg')].map(each => box(each).width),
        words: [...document.querySelectorAll('.stPlotlyChart svg text')].map(each => box(each).right),
    };
})"""
"""What stands where in the layout for paper, before any script could draw again, as on a printer."""


def open_page(page: Page, server: Server, address: str = "") -> None:
    page.goto(f"{server.url}/side_effects{address}")
    expect(page.get_by_role("heading", name=TITLE, level=1)).to_be_visible()
    expect(page.get_by_role("heading", name=SERIOUS, level=2)).to_be_visible()
    settled(page)


def link_to(view: str) -> str:
    return f"?effects={view.replace(' ', '+').replace(',', '%2C')}"


def chart(page: Page) -> Locator:
    """The first chart of the open view, once it is drawn."""
    return page.get_by_role("figure").filter(has=page.locator("svg.main-svg")).first


def tile(page: Page, name: str) -> Locator:
    return page.get_by_role("toolbar").get_by_role("button", name=name, exact=True)


def choose(page: Page, name: str) -> None:
    tile(page, name).click()
    expect(tile(page, name)).to_have_attribute("aria-pressed", "true")
    settled(page)


def expect_view(page: Page, view: str, base: KnowledgeBase) -> None:
    expect(page.get_by_role("radio", name=view, exact=True)).to_be_checked()
    expect_drawn(page, view, base)
    settled(page)


def expect_drawn(page: Page, view: str, base: KnowledgeBase) -> None:
    """Its takeaway, its first chart or card, and the serious risks below: on paper too, where no switch stands."""
    words = next(each for each in base.side_effects.views.values() if each.title == view)
    expect(page.locator(".st-key-takeaway")).to_contain_text(title_of(words.takeaway))
    if view == CHECK_MARKS:
        expect(page.get_by_text("“No Brain Fog”")).to_be_visible()
    elif view != CARDS:
        expect(chart(page)).to_be_visible()
    expect(page.get_by_role("heading", name=SERIOUS, level=2)).to_be_visible()


def turn_to(page: Page, view: str, base: KnowledgeBase) -> None:
    page.get_by_role("radio", name=view, exact=True).click()
    expect_view(page, view, base)


def test_the_views_of_this_file_are_those_of_the_page(base: KnowledgeBase) -> None:
    views = base.side_effects.views
    assert tuple(views[view].title for view in EffectView if view is not EffectView.SERIOUS) == VIEWS


# --- opening


def test_first_request_to_a_fresh_server_is_a_deep_link(
    desktop: Page, fresh_server: Server, base: KnowledgeBase
) -> None:
    open_page(desktop, fresh_server, link_to("Out of 100"))
    expect(desktop.get_by_text(BANNER)).to_be_visible()
    expect(desktop).to_have_title("Side effects")
    expect_view(desktop, "Out of 100", base)
    assert desktop.evaluate(NO_OVERFLOW), "no sideways scrolling"


def test_a_deep_link_on_a_phone_fits(phone: Page, server: Server, base: KnowledgeBase) -> None:
    told = []
    open_page(phone, server, link_to("Each SSRI"))
    expect_view(phone, "Each SSRI", base)
    choose(phone, "Sleep and sleepiness")
    for view in ("Each SSRI", COMPARE, CARDS, "Out of 100"):
        turn_to(phone, view, base)
        if view == CARDS:
            expect(phone.get_by_role("heading", name="Sleep and sleepiness", level=3)).to_be_visible()
            settled(phone)
        if not phone.evaluate(NO_OVERFLOW):
            told.append(f"{view}: scrolls sideways")
    assert not told, "\n".join(told)


# --- tiles


def test_tiles_work_by_keyboard_and_survive_the_way_to_another_page(
    desktop: Page, server: Server, base: KnowledgeBase
) -> None:
    open_page(desktop, server, link_to(CARDS))
    expect_view(desktop, CARDS, base)
    focused = desktop.locator("*:focus")
    desktop.get_by_role("switch", name="Presenter mode").focus()
    for _ in range(3):
        desktop.keyboard.press("Tab")
        if focused.inner_text() == "Sexual problems":
            break
    expect(focused).to_have_text("Sexual problems")
    desktop.keyboard.press("Space")
    expect(tile(desktop, "Sexual problems")).to_have_attribute("aria-pressed", "true")
    expect(desktop.get_by_role("heading", name="Sexual problems", level=3)).to_be_visible()
    settled(desktop)
    desktop.keyboard.press("ArrowRight")
    expect(focused).to_have_text("Weight")
    desktop.keyboard.press("Enter")
    expect(tile(desktop, "Weight")).to_have_attribute("aria-pressed", "true")
    expect(desktop.get_by_role("heading", name="Weight", level=3)).to_be_visible()
    settled(desktop)
    desktop.keyboard.press("Enter")
    expect(tile(desktop, "Weight")).to_have_attribute("aria-pressed", "false")
    expect(desktop.get_by_role("heading", name="Weight", level=3)).to_be_hidden()
    settled(desktop)
    desktop.get_by_role("link", name="Onset timeline").click()
    expect(desktop.get_by_role("heading", name="How soon, and for how long?", level=1)).to_be_visible()
    settled(desktop)
    desktop.get_by_role("link", name="Side effects").click()
    expect(tile(desktop, "Sexual problems")).to_have_attribute("aria-pressed", "true")
    expect(tile(desktop, "Weight")).to_have_attribute("aria-pressed", "false")


def test_neither_worry_nor_medicine_reaches_an_address(desktop: Page, server: Server, base: KnowledgeBase) -> None:
    asked: list[str] = []
    desktop.on("request", lambda request: asked.append(request.url))
    desktop.on("framenavigated", lambda frame: asked.append(frame.url))
    enter(desktop, server, "Seroxat 20 mg", "1 entered: 1 assessed")
    desktop.get_by_role("link", name="Side effects").click()
    expect_view(desktop, COMPARE, base)
    open_choices(desktop)
    expect(desktop.get_by_role("button", name="Remove Paroxetine")).to_be_visible()
    choose(desktop, "Misuse and dependence")
    choose(desktop, "Nausea and vomiting")
    for view in (CARDS, "Each SSRI", CHECK_MARKS):
        turn_to(desktop, view, base)
    expect(desktop).to_have_url(f"{server.url}/side_effects{link_to(CHECK_MARKS)}")
    assert any(link_to("Each SSRI") in url for url in asked), "the address was watched"
    named = ("seroxat", "paroxetine", "nausea", "misuse", "depend", "worr%", "worry")
    assert not [url for url in asked for word in named if word in url.casefold().replace(link_to(CARDS).casefold(), "")]
    assert {url.split("/")[2] for url in asked if url.startswith("http")} == {server.url.split("/")[2]}


# --- download


def test_csv_holds_a_header_and_every_row_of_the_table(desktop: Page, server: Server, base: KnowledgeBase) -> None:
    open_page(desktop, server)
    choose(desktop, "Nausea and vomiting")
    expect(desktop.get_by_role("figure", name="Vomiting: ")).to_be_visible()
    desktop.get_by_text("The numbers", exact=True).click()
    rows = desktop.get_by_role("table").first.locator("tbody tr")
    expect(rows.filter(has_text="Vomiting")).not_to_have_count(0)
    settled(desktop)
    shown = rows.count()
    assert shown == desktop.get_by_role("table").first.get_by_text(re.compile("^(Nausea|Vomiting)")).count() > 4
    with desktop.expect_download() as waiting:
        desktop.get_by_role("button", name="All columns as CSV").click()
    assert waiting.value.suggested_filename == "ketamine-consult-side-effects.csv"
    held = list(csv.DictReader(waiting.value.path().read_text("utf-8-sig").splitlines(keepends=True)))
    assert len(held) == shown
    assert {"Effect", "Treatment", "Value", "People", "Measure", "Mind", "Source", "Link", "Id"} <= held[0].keys()
    assert {row["Effect"].split(" (")[0] for row in held} == {"Nausea", "Vomiting"}
    for row in held:
        fact = base.side_effects.facts[row["Id"]]
        assert float(row["Value"]) == fact.value
        assert row["People"] == str(fact.people or "")


# --- presenter mode and paper


def test_presenter_mode_enlarges_type_and_keeps_the_tiles(desktop: Page, server: Server, base: KnowledgeBase) -> None:
    views = base.side_effects.views
    open_page(desktop, server)
    choose(desktop, "Nausea and vomiting")
    controls = (
        desktop.get_by_role("switch", name="All figures, not one for each treatment"),
        desktop.get_by_role("button", name="Remove Sertraline"),
        desktop.get_by_text("The numbers", exact=True),
    )
    open_choices(desktop)
    for control in controls:
        expect(control).to_be_visible()
    said = desktop.get_by_text("Read this picture with care")
    settled(desktop)
    normal = said.evaluate(FONT_SIZE)
    desktop.get_by_text("Presenter mode", exact=True).click()
    patient = title_of(views[EffectView.COMPARE].patient["en"])
    expect(desktop.get_by_role("heading", name=patient, level=2)).to_be_visible()
    expect(desktop).to_have_url(re.compile("presenter=true"))
    for control in controls:
        expect(control).to_be_hidden()
    expect(chart(desktop)).to_be_visible()
    settled(desktop)
    assert said.evaluate(FONT_SIZE) > normal
    expect(tile(desktop, "Feeling sick")).to_have_attribute("aria-pressed", "true")
    choose(desktop, "Sex life")
    expect(desktop.get_by_role("figure", name="Sexual dysfunction: ").first).to_be_visible()
    expect(tile(desktop, "Feeling sick")).to_have_attribute("aria-pressed", "true")
    desktop.get_by_text("Presenter mode", exact=True).click()
    expect_view(desktop, COMPARE, base)
    for name in ("Sexual problems", "Nausea and vomiting"):
        expect(tile(desktop, name)).to_have_attribute("aria-pressed", "true")
    for control in controls:
        expect(control).to_be_visible()
    settled(desktop)
    assert said.evaluate(FONT_SIZE) == normal


def test_printing_hides_the_controls_and_the_chart_fits_on_paper(
    desktop: Page, server: Server, base: KnowledgeBase, tmp_path: Path
) -> None:
    open_page(desktop, server)
    choose(desktop, "Nausea and vomiting")
    expect(desktop.get_by_role("figure", name="Vomiting: ")).to_be_visible()
    desktop.get_by_text("The numbers", exact=True).click()
    controls = (
        desktop.get_by_role("switch", name="Presenter mode"),
        desktop.get_by_role("switch", name="All figures, not one for each treatment"),
        desktop.get_by_role("button", name="Remove Sertraline"),
        desktop.get_by_role("button", name="All columns as CSV"),
    )
    open_choices(desktop)
    for control in controls:
        expect(control).to_be_visible()
    desktop.emulate_media(media="print")
    for control in controls:
        expect(control).to_be_hidden()
    expect_drawn(desktop, COMPARE, base)
    for said in (BANNER, "Read this picture with care", "These risks stay in view"):
        expect(desktop.get_by_text(said)).to_be_visible()
    desktop.emulate_media(media="null")
    settled(desktop)
    desktop.evaluate(MEASURE_WHEN_PRINTED)
    desktop.pdf(path=tmp_path / "side-effects.pdf", format="A4", margin={"left": "10mm", "right": "10mm"})
    printed = desktop.evaluate("window.printed")
    assert 700 < printed["page"] <= WIDEST_ON_PAPER, "A4 less its margins"
    assert printed["charts"]
    assert max(printed["charts"]) < WIDEST_ON_PAPER
    assert len(printed["words"]) > 10
    assert max(printed["words"]) <= printed["page"]
    words = unicodedata.normalize(
        "NFKC",
        " ".join(" ".join(each.extract_text() for each in PdfReader(tmp_path / "side-effects.pdf").pages).split()),
    )
    for said in (BANNER, "Read this picture with care"):
        assert said in words, said
