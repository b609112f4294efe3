"""The patient guide in a real browser: views, keyboard, address, the files of the sheet, presenter mode, paper."""

import re
import unicodedata
from pathlib import Path
from urllib.parse import urlparse

import pytest
from playwright.sync_api import Browser, Locator, Page, Request, expect
from pypdf import PdfReader

from components.clinical.knowledge_base import KnowledgeBase
from tests.browser.conftest import Server
from tests.browser.rules import settled
from tests.browser.walks import HEARD, READ, SAY_IT_BACK, TAKE_HOME, WORRIES, enter

pytestmark = pytest.mark.browser
TITLE = "A guide for you"
BANNER = "Draft knowledge base: not yet signed off"
HEADINGS = {
    READ: "What are these treatments?",
    WORRIES: "What worries you?",
    HEARD: "You may have heard this.",
    TAKE_HOME: "Your sheet to take home",
    SAY_IT_BACK: "Say it back",
}
LIST = "Zoloft 100 mg\nabatacept 125 mg weekly\nxyzolam"
SIZES = {"A4": (595, 842), "US Letter": (612, 792)}
OUTSIDE_ITS_FOLDER = re.compile(r"^/\w+/_stcore/(health|host-config)$")
"""Streamlit's own probes: opened by a deep link, its script asks below the page's address first, gets 404, then asks
at the root. No fault of ours, and on every deep link to every page."""


def link_to(view: str) -> str:
    return f"?guide_view={view.replace(' ', '+')}"


def expect_view(page: Page, view: str) -> None:
    expect(page.get_by_role("radio", name=view, exact=True)).to_be_checked()
    expect(page.get_by_role("heading", name=HEADINGS[view], level=2)).to_be_visible()
    settled(page)


def open_page(page: Page, server: Server, view: str) -> None:
    page.goto(f"{server.url}/patient_guide{link_to(view)}")
    expect(page.get_by_role("heading", name=TITLE, level=1)).to_be_visible()
    expect_view(page, view)


def turn_to(page: Page, view: str) -> None:
    page.get_by_role("radio", name=view, exact=True).click()
    expect_view(page, view)


def with_list(page: Page, server: Server, view: str) -> None:
    """The view, after a list was entered on the medication check."""
    enter(page, server, LIST, "3 entered: 1 assessed")
    page.get_by_role("link", name="Patient guide").click()
    expect(page.get_by_role("heading", name=TITLE, level=1)).to_be_visible()
    settled(page)
    turn_to(page, view)


def tile(page: Page, name: str) -> Locator:
    return page.get_by_role("toolbar").get_by_role("button", name=name, exact=True)


def choose(page: Page, name: str) -> None:
    tile(page, name).click()
    expect(tile(page, name)).to_have_attribute("aria-pressed", "true")
    settled(page)


def choose_treatment(page: Page, name: str) -> None:
    """A page that is drawn again closes the list of options."""
    settled(page)
    page.get_by_role("combobox", name="Planned treatment").click()
    page.get_by_role("option", name=name).click()


def sheet(page: Page) -> Locator:
    return page.locator("section.sheet")


def tab_to(page: Page, target: Locator, most: int = 40, key: str = "Tab") -> None:
    """Press Tab until the target has the focus."""
    settled(page)
    for _ in range(most):
        page.keyboard.press(key)
        if target.evaluate("element => element === document.activeElement"):
            return
    pytest.fail(f"{target} is out of reach of the keyboard")


def downloaded(page: Page, name: str) -> Path:
    settled(page)
    with page.expect_download() as waiting:
        page.get_by_role("button", name=name).click()
    assert waiting.value.suggested_filename.startswith("ketamine-consult-take-home-sheet.")
    return Path(waiting.value.path())


def words_of(pdf: PdfReader) -> str:
    """Text of all pages; a browser prints 'off' with one sign for its two f."""
    return unicodedata.normalize("NFKC", " ".join(" ".join(each.extract_text() for each in pdf.pages).split()))


# --- opening


def test_first_request_to_a_fresh_server_is_a_deep_link(desktop: Page, fresh_server: Server) -> None:
    open_page(desktop, fresh_server, TAKE_HOME)
    expect(desktop.get_by_text(BANNER)).to_be_visible()
    expect(desktop).to_have_title("Patient guide")
    expect(sheet(desktop)).to_be_visible()


def expect_chapter(page: Page, title: str) -> None:
    """It alone is shown, from its top."""
    expect(page.get_by_role("heading", name=title, level=2, exact=True)).to_be_in_viewport()
    expect(page.locator("article.guide h2:visible")).to_have_count(1)
    settled(page)


def test_next_leads_through_all_chapters_and_back_to_the_last(phone: Page, server: Server, base: KnowledgeBase) -> None:
    open_page(phone, server, READ)
    titles = [each.title["en"] for each in base.guide.sections.values()]
    for title, following in zip(titles, [*titles[1:], "What the words mean"], strict=True):
        expect_chapter(phone, title)
        button = phone.get_by_role("button", name=f"Next: {following}")
        button.scroll_into_view_if_needed()
        button.click()
    expect_chapter(phone, "What the words mean")
    phone.go_back()
    expect_chapter(phone, titles[-1])
    phone.reload()
    expect_chapter(phone, titles[-1])
    box = phone.get_by_role("combobox", name="In this guide")
    expect(phone.get_by_role("radio", name=titles[3])).to_be_hidden()
    box.click()
    phone.get_by_role("option", name=titles[3]).click()
    expect_chapter(phone, titles[3])
    phone.get_by_role("button", name=f"Back: {titles[2]}").click()
    expect_chapter(phone, titles[2])


def test_chapters_by_keyboard(desktop: Page, server: Server, base: KnowledgeBase) -> None:
    """The focus stays on the list, and on the button that leads on."""
    open_page(desktop, server, READ)
    expect(desktop.get_by_role("combobox", name="In this guide")).to_be_hidden()
    titles = [each.title["en"] for each in base.guide.sections.values()]
    tab_to(desktop, desktop.get_by_role("radio", name=titles[0]))
    for title in titles[1:3]:
        desktop.keyboard.press("ArrowDown")
        expect_chapter(desktop, title)
        expect(desktop.get_by_role("radio", name=title)).to_be_focused()
    tab_to(desktop, desktop.get_by_role("button", name="Next: "))
    for title in titles[3:6]:
        desktop.keyboard.press("Enter")
        expect_chapter(desktop, title)
        expect(desktop.get_by_role("button", name="Next: ")).to_be_focused()


def test_by_keyboard_alone(desktop: Page, server: Server, base: KnowledgeBase) -> None:
    open_page(desktop, server, READ)
    desktop.get_by_role("switch", name="Presenter mode").focus()
    tab_to(desktop, desktop.get_by_role("radio", name=READ, exact=True))
    for view in (WORRIES, HEARD, TAKE_HOME):
        desktop.keyboard.press("ArrowRight")
        expect(desktop.get_by_role("radio", name=view, exact=True)).to_be_focused()
    desktop.keyboard.press("Space")
    expect_view(desktop, TAKE_HOME)
    tab_to(desktop, tile(desktop, "Sex life"))
    desktop.keyboard.press("Space")
    expect(sheet(desktop)).to_contain_text("You asked about: Sex life")
    tab_to(desktop, desktop.locator("summary").filter(has_text="Questions to ask"))
    desktop.keyboard.press("Enter")
    question = next(iter(base.guide.questions.values())).patient["en"]
    box = desktop.get_by_role("checkbox", name=question)
    expect(box).to_be_visible()
    tab_to(desktop, box)
    desktop.keyboard.press("Space")
    expect(sheet(desktop)).to_contain_text(question)
    expect(box).to_be_checked()
    expect(box).to_be_focused()
    tab_to(desktop, desktop.get_by_role("button", name="Download the sheet (PDF)"), most=60, key="Shift+Tab")
    with desktop.expect_download() as waiting:
        desktop.keyboard.press("Enter")
    assert question[:30] in words_of(PdfReader(waiting.value.path()))


# --- worries


def test_worries_survive_the_way_to_the_side_effects_and_back(desktop: Page, server: Server) -> None:
    open_page(desktop, server, WORRIES)
    choose(desktop, "Sex life")
    expect(desktop.get_by_role("heading", name="Sex life", level=2)).to_be_visible()
    desktop.get_by_role("link", name="Side effects").click()
    expect(tile(desktop, "Sexual problems")).to_have_attribute("aria-pressed", "true")
    settled(desktop)
    desktop.get_by_role("link", name="Patient guide").click()
    expect(desktop.get_by_role("heading", name="Sex life", level=2)).to_be_visible()
    expect(tile(desktop, "Sex life")).to_have_attribute("aria-pressed", "true")


# --- the files


def test_a_note_that_is_still_being_typed_is_in_the_file(desktop: Page, server: Server) -> None:
    open_page(desktop, server, TAKE_HOME)
    """While the text box still has the focus, preview and file hold what was typed."""
    desktop.get_by_role("textbox", name="Note from the team").first.press_sequentially("Eat nothing after 8.")
    expect(sheet(desktop)).to_contain_text("Eat nothing after 8.")
    text = downloaded(desktop, "As plain text").read_text("utf-8")
    assert "Eat nothing after 8." in text


def test_the_pdf_holds_the_whole_list_on_the_chosen_paper(desktop: Page, server: Server) -> None:
    with_list(desktop, server, TAKE_HOME)
    for paper, size in SIZES.items():
        desktop.get_by_text(paper, exact=True).click()
        expect(desktop.get_by_role("radio", name=paper)).to_be_checked()
        pdf = PdfReader(downloaded(desktop, "Download the sheet (PDF)"))
        for words in ("Zoloft 100 mg (sertraline)", "abatacept 125 mg weekly", "xyzolam", "we have not checked it"):
            assert words in words_of(pdf)
        assert tuple(round(float(each)) for each in pdf.pages[0].mediabox[2:]) == size


# --- presenter mode and paper


def test_the_sheet_takes_the_width_and_presenter_mode_hides_the_choices(desktop: Page, server: Server) -> None:
    open_page(desktop, server, TAKE_HOME)
    choices = desktop.get_by_role("textbox", name="Note from the team").first
    expect(choices).to_be_visible()
    width = "element => element.getBoundingClientRect().width"
    settled(desktop)
    whole = desktop.get_by_role("heading", name=HEADINGS[TAKE_HOME]).locator("xpath=ancestor::*[3]").evaluate(width)
    assert sheet(desktop).evaluate(width) > 0.9 * whole
    desktop.get_by_text("Presenter mode", exact=True).click()
    expect(choices).to_be_hidden()
    expect(sheet(desktop)).to_be_visible()
    expect(desktop).to_have_url(re.compile("presenter=true"))


def test_printed_read_holds_every_section_and_no_control(
    desktop: Page, server: Server, base: KnowledgeBase, tmp_path: Path
) -> None:
    open_page(desktop, server, READ)
    controls = (
        desktop.get_by_role("switch", name="Presenter mode"),
        desktop.get_by_role("combobox", name="Planned treatment"),
        desktop.get_by_role("combobox", name="Country of the crisis line"),
        desktop.get_by_role("radio", name=READ, exact=True),
        desktop.get_by_role("radiogroup", name="In this guide"),
        desktop.get_by_role("button", name="Next: "),
    )
    for control in controls:
        expect(control).to_be_visible()
    desktop.emulate_media(media="print")
    for control in controls:
        expect(control).to_be_hidden()
    settled(desktop)
    desktop.pdf(path=tmp_path / "guide.pdf", format="A4")
    pdf = PdfReader(tmp_path / "guide.pdf")
    said = words_of(pdf)
    assert BANNER in said
    pages = [unicodedata.normalize("NFKC", " ".join(each.extract_text().split())) for each in pdf.pages]
    for pathway in base.guide.pathways:
        steps = [step.text["en"] for step in pathway.steps]
        assert any(all(step in page for step in steps) for page in pages), f"{pathway.id} is cut"
    assert [each.id for each in base.guide.sections.values() if each.title["en"] not in said] == []
    assert [
        words for words in ("Planned treatment", "Presenter", "In this guide", "Next: ", SAY_IT_BACK) if words in said
    ] == []


# --- what leaves the page


def test_no_choice_reaches_an_address_or_another_host_and_no_error_the_console(desktop: Page, server: Server) -> None:
    asked: list[str] = []
    failed: list[str] = []
    errors: list[str] = []
    own = re.compile("Failed to load resource: the server responded with a status of 404")

    def finished(request: Request) -> None:
        answer = request.response()
        if answer and answer.status >= 400 and not OUTSIDE_ITS_FOLDER.search(urlparse(request.url).path):
            failed.append(f"{answer.status} {request.url}")

    desktop.on("request", lambda request: asked.append(request.url))
    desktop.on("framenavigated", lambda frame: asked.append(frame.url))
    desktop.on("requestfinished", finished)
    desktop.on("requestfailed", lambda request: failed.append(request.url))
    desktop.on("pageerror", lambda error: errors.append(str(error)))
    desktop.on("console", lambda each: errors.append(each.text) if each.type == "error" else None)
    open_page(desktop, server, READ)
    with_list(desktop, server, READ)
    choose_treatment(desktop, "Ketamine by drip")
    turn_to(desktop, WORRIES)
    choose(desktop, "Sex life")
    expect(desktop.locator(".stPlotlyChart svg.main-svg").first).to_be_visible()
    turn_to(desktop, TAKE_HOME)
    desktop.get_by_role("textbox", name="Note from the team").first.press_sequentially("<img src=http://127.0.0.3/q>")
    expect(sheet(desktop)).to_contain_text("<img src=http://127.0.0.3/q>")
    expect(sheet(desktop)).to_contain_text("Ketamine by drip")
    downloaded(desktop, "As plain text")
    desktop.get_by_text("US Letter", exact=True).click()
    expect(desktop).to_have_url(re.compile("paper="))
    for view in (HEARD, SAY_IT_BACK, TAKE_HOME):
        turn_to(desktop, view)
    assert any("paper=" in url for url in asked), "the address was watched"
    named = (
        "zoloft",
        "sertraline",
        "xyzolam",
        "sexual",
        "sex+life",
        "sex%20life",
        "img",
        "drip",
        "ketamine_iv",
        "note=",
    )
    assert not [url for url in asked for word in named if word in url.casefold()]
    assert {urlparse(url).hostname for url in asked if url.startswith(("http", "ws"))} == {"127.0.0.1"}
    assert not failed
    assert [each for each in errors if not own.match(each)] == []


def test_two_sessions_do_not_see_each_others_notes(browser: Browser, server: Server) -> None:
    contexts = [browser.new_context(viewport={"width": 1280, "height": 900}) for _ in range(2)]
    first, second = (each.new_page() for each in contexts)
    for each, note in ((first, "Bring Ann along."), (second, "Bring Bob along.")):
        open_page(each, server, TAKE_HOME)
        each.get_by_role("textbox", name="Note from the team").first.press_sequentially(note)
        expect(sheet(each)).to_contain_text(note)
    told = [downloaded(each, "As plain text").read_text("utf-8") for each in (first, second)]
    assert [("Ann" in each, "Bob" in each) for each in told] == [(True, False), (False, True)]
    expect(sheet(first)).not_to_contain_text("Bob")
    expect(sheet(second)).not_to_contain_text("Ann")
    for context in contexts:
        context.close()
