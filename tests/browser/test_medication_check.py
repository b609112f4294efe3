"""Paste -> answer -> open a source, in a real browser; first deep link; no outside request; print."""

import io
import unicodedata
from urllib.parse import urlparse

import pytest
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from tests.browser.conftest import Server
from tests.browser.rules import settled
from tests.browser.walks import HOME, LIST, open_page, paste

pytestmark = pytest.mark.browser
BANNER = "Draft knowledge base: not yet signed off"
WORD_JOINER = "\u2060"
"""Stands unseen behind a colon that would begin a word of Streamlit's own Markdown."""


def open_check(page: Page, server: Server) -> None:
    open_page(page, server, "medication_check", "Medication check")


def printed_words(page: Page) -> str:
    """What stands on paper, in one line; printers draw some pairs of letters as one sign."""
    settled(page)
    pages = (each.extract_text() for each in PdfReader(io.BytesIO(page.pdf(format="A4"))).pages)
    return unicodedata.normalize("NFKC", " ".join(" ".join(pages).split()))


def test_paste_answer_open_a_source(page: Page, server: Server) -> None:
    open_check(page, server)
    paste(page, LIST)
    expect(
        page.get_by_text("5 entered: 3 assessed, 1 not assessed, 1 not recognised; highest: caution")
    ).to_be_visible()
    expect(page.get_by_text("xyzolam was not recognised and not checked.")).to_be_visible()
    expect(page.get_by_text("abatacept is a real medicine that we have not assessed.")).to_be_visible()
    page.get_by_text("Why, evidence and sources").first.click()
    expect(page.get_by_text("What studies show").first).to_be_visible()
    link = page.locator("main a[href^='https://']").first
    expect(link).to_be_visible()
    settled(page)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), "no sideways scrolling"


def test_on_a_phone_no_table_is_cut(phone: Page, server: Server) -> None:
    open_check(phone, server)
    paste(phone, "Lexapro 20 mg PO daily\nclonazepam 0.5 mg BID\noxycodone 5 mg\nVyvanse 40 mg\nbupropion 150 mg")
    expect(phone.get_by_text("5 entered")).to_be_visible()
    settled(phone)
    phone.get_by_text("Compare with a changed list", exact=True).click()
    phone.get_by_role("textbox", name="The list as it would be").fill("escitalopram 10 mg daily\nphenelzine 15 mg tid")
    phone.get_by_role("button", name="Compare", exact=True).click()
    tables = phone.get_by_role("table")
    expect(tables).to_have_count(2)
    settled(phone)
    for table in tables.all():
        told = table.evaluate("each => each.getBoundingClientRect().right")
        assert told <= 390, "every column is on the screen"


@pytest.mark.parametrize("page", [(1280, 900), (390, 844)], ids=["desktop", "phone"], indirect=True)
def test_a_refused_file_is_told_inside_its_open_box(page: Page, server: Server) -> None:
    """At 200 % zoom half a window is too low for both."""
    open_check(page, server)
    page.get_by_text("Open a file", exact=True).click()
    given = {"name": "list.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 words"}
    page.locator("main input[type=file]").last.set_input_files(given)  # type: ignore[arg-type]
    expect(page.get_by_text("This is a PDF, which cannot be read")).to_be_in_viewport()
    expect(page.get_by_text("Text, CSV or FHIR JSON", exact=True)).to_be_in_viewport()


def test_home_starts_a_check_and_opens_a_sample(page: Page, server: Server) -> None:
    open_page(page, server, "", HOME)
    expect(page.get_by_role("button", name="MAOI and stimulant")).to_be_visible()
    assert BANNER in printed_words(page)
    page.get_by_role("textbox", name="Medication list").fill("lorazepam 1 mg")
    page.get_by_role("button", name="Check this list").click()
    expect(page.get_by_role("heading", name="Medication check", level=1)).to_be_visible()
    expect(page.get_by_text("1 entered: 1 assessed; highest: caution")).to_be_visible()
    open_page(page, server, "", HOME)
    page.get_by_role("button", name="MAOI and stimulant").click()
    expect(page.get_by_text("2 entered: 2 assessed; highest: contraindicated")).to_be_visible()
    open_page(page, server, "", HOME)
    expect(page).to_have_title("Ketamine Consult")
    page.get_by_role("button", name="Open this case").click()
    expect(page.get_by_text("3 entered: 3 assessed; highest: caution")).to_be_visible()


def test_first_request_to_a_fresh_server_is_a_deep_link(desktop: Page, fresh_server: Server) -> None:
    open_check(desktop, fresh_server)
    expect(desktop.get_by_text(BANNER)).to_be_visible()
    expect(desktop).to_have_title("Medication check")


def test_search_finds_a_brand_and_adds_one_medicine(desktop: Page, server: Server) -> None:
    open_check(desktop, server)
    search = desktop.get_by_role("combobox", name="Add a medicine")
    search.click()
    search.press_sequentially("zolo")
    desktop.get_by_role("option", name="sertraline").first.click()
    expect(desktop.get_by_text("1 entered: 1 assessed; highest: monitor")).to_be_visible()


def test_back_reload_and_two_tabs(browser: Browser, server: Server) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    first, second = context.new_page(), context.new_page()
    open_check(first, server)
    open_check(second, server)
    paste(first, "lorazepam")
    expect(first.get_by_text("1 entered: 1 assessed")).to_be_visible()
    expect(second.get_by_text("Nothing to check yet")).to_be_visible()
    first.get_by_role("link", name="Home", exact=True).click()
    expect(first.get_by_role("heading", name=HOME)).to_be_visible()
    first.go_back()
    expect(first.get_by_text("1 entered: 1 assessed")).to_be_visible()
    first.reload()
    expect(first.get_by_text("Nothing to check yet")).to_be_visible()
    context.close()


def test_no_request_leaves_the_machine_and_hostile_text_stays_text(desktop: Page, server: Server) -> None:
    hosts: set[str | None] = set()
    desktop.on("request", lambda request: hosts.add(urlparse(request.url).hostname))
    open_check(desktop, server)
    hostile = "![x](http://127.0.0.2:9/p.png) <img src=http://127.0.0.3:9/q.png> :red[abc] https://example.org :material/home:"  # noqa: E501
    paste(desktop, hostile)
    expect(desktop.get_by_text("was not recognised and not checked").first).to_be_visible()
    settled(desktop)
    assert {host for host in hosts if host} == {"127.0.0.1"}
    assert desktop.locator("main a[href*='example.org'], main img").count() == 0
    assert desktop.get_by_text(f":{WORD_JOINER}red[abc]").count() > 0


def test_printing_keeps_the_answer_and_what_was_not_checked(desktop: Page, server: Server) -> None:
    open_check(desktop, server)
    paste(desktop, LIST)
    expect(desktop.get_by_text("5 entered")).to_be_visible()
    desktop.emulate_media(media="print")
    for said in ("5 entered", "xyzolam was not recognised", "Session plan", BANNER):
        expect(desktop.get_by_text(said).first).to_be_visible()
    expect(desktop.get_by_role("textbox", name="Medication list")).to_be_hidden()
    printed = printed_words(desktop)
    for said in ("5 entered", "xyzolam was not recognised", "abatacept is a real medicine", "Session plan", BANNER):
        assert said in printed, said
    assert "Add to the list" not in printed
