"""The evidence page in a real browser: addresses, way back, keyboard, what is typed, paper, review sheet."""

import re
import unicodedata
from pathlib import Path

import pypdf
import pytest
from playwright.sync_api import Page, expect

from components.clinical.catalogue import catalogue
from components.clinical.catalogue_choice import RowChoice, choose_rows, search_words
from components.clinical.knowledge_base import KnowledgeBase
from components.screen.evidence_views import EVIDENCE_VIEW_TITLES
from tests.browser.conftest import Server
from tests.browser.rules import settled
from tests.browser.walks import EVIDENCE_SIGNS, enter

pytestmark = pytest.mark.browser
BANNER = "Draft knowledge base: not yet signed off"
RECORD, TITLE = "KC-0142", "Kratom"


def open_page(page: Page, server: Server, address: str = "") -> None:
    page.goto(f"{server.url}/evidence{address}")
    expect(page.get_by_role("heading", name="Evidence", level=1)).to_be_visible()
    settled(page)


def expect_record(page: Page, title: str = TITLE) -> None:
    expect(page.get_by_role("heading", name=title, level=2)).to_be_visible()
    expect(page.get_by_role("link", name="All records")).to_be_visible()
    settled(page)


def expect_list(page: Page) -> None:
    expect(page.get_by_test_id("stDataFrame")).to_be_visible()
    expect(page.get_by_role("heading", name="None of these")).to_be_visible()
    expect(page.get_by_role("link", name="All records")).to_be_hidden()
    settled(page)


def search_for(page: Page, text: str, result: str) -> None:
    box = page.get_by_label("Search", exact=True).first
    box.fill(text)
    box.press("Enter")
    expect(page.get_by_text(re.compile(rf"^{result} of [\d,]+ records\."))).to_be_visible()
    settled(page)


def open_line_by_keyboard(page: Page, line: int) -> None:
    """Into the table, down to a line, and choose it: the table that is drawn again forgets where the keys were."""
    settled(page)
    table = page.get_by_test_id("stDataFrame").locator("canvas").first
    table.focus()
    for _ in range(line):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Shift+Space")


def text_of(file: Path) -> str:
    """The text of a PDF file in one line; printers draw some pairs of letters as one sign."""
    pages = (page.extract_text() for page in pypdf.PdfReader(file).pages)
    return " ".join(unicodedata.normalize("NFKC", " ".join(pages)).split())


def test_the_views_of_this_file_are_those_of_the_page() -> None:
    assert tuple(EVIDENCE_SIGNS) == tuple(EVIDENCE_VIEW_TITLES.values())


def test_first_request_to_a_fresh_server_is_a_record(desktop: Page, fresh_server: Server) -> None:
    open_page(desktop, fresh_server, f"?record={RECORD}")
    expect_record(desktop)
    expect(desktop.get_by_text(BANNER)).to_be_visible()
    expect(desktop.get_by_text("To the patient")).to_be_visible()
    expect(desktop).to_have_url(f"{fresh_server.url}/evidence?record={RECORD}")
    expect(desktop).to_have_title("Evidence")


def test_a_line_opens_by_keyboard_and_the_way_back_keeps_search_and_list(
    desktop: Page, server: Server, base: KnowledgeBase
) -> None:
    rows = catalogue(base)
    number = len(choose_rows(rows, RowChoice("kratom"), search_words(rows, base)))
    asked: list[str] = []
    desktop.on("request", lambda request: asked.append(request.url))
    desktop.on("framenavigated", lambda frame: asked.append(frame.url))
    enter(desktop, server, "Seroxat 20 mg", "1 entered")
    desktop.get_by_role("link", name="Evidence", exact=True).click()
    expect_list(desktop)
    search_for(desktop, "kratom", f"{number}")
    open_line_by_keyboard(desktop, 0)
    expect_record(desktop)
    expect(desktop).to_have_url(f"{server.url}/evidence?record={RECORD}")
    desktop.go_back()
    expect_list(desktop)
    expect(desktop).to_have_url(f"{server.url}/evidence")
    expect(desktop.get_by_label("Search", exact=True).first).to_have_value("kratom")
    desktop.go_forward()
    expect_record(desktop)
    desktop.get_by_role("link", name="All records").click()
    expect_list(desktop)
    expect(desktop).to_have_url(f"{server.url}/evidence")
    expect(desktop.get_by_text(re.compile(f"^{number} of .* records"))).to_be_visible()
    desktop.get_by_role("link", name="Medication check").click()
    expect(desktop.get_by_text("1 entered")).to_be_visible()
    assert any(f"record={RECORD}" in url for url in asked), "the address was watched"
    assert not [url for url in asked for word in ("kratom", "seroxat", "paroxetine") if word in url.casefold()]
    assert {url.split("/")[2] for url in asked if url.startswith("http")} == {server.url.split("/")[2]}


def test_links_between_records_and_sources_change_the_address(
    desktop: Page, server: Server, base: KnowledgeBase
) -> None:
    open_page(desktop, server, f"?record={RECORD}")
    expect_record(desktop)
    desktop.locator("summary").filter(has_text="What else rests on these sources").click()
    desktop.get_by_role("link", name="kratom-ddi-volunteers: ").click()
    source = base.sources["kratom-ddi-volunteers"]
    expect(desktop.get_by_role("heading", name=source.title, level=2)).to_be_visible()
    expect(desktop).to_have_url(f"{server.url}/evidence?source={source.id}")
    settled(desktop)
    desktop.get_by_role("link", name="Interaction: Kratom").click()
    expect_record(desktop)
    expect(desktop).to_have_url(f"{server.url}/evidence?record={RECORD}")
    desktop.go_back()
    expect(desktop.get_by_role("heading", name=source.title, level=2)).to_be_visible()
    settled(desktop)
    desktop.get_by_role("link", name="All sources").click()
    expect(desktop.get_by_text(EVIDENCE_SIGNS["Sources"])).to_be_visible()
    expect(desktop).to_have_url(f"{server.url}/evidence?evidence=Sources")


def test_the_way_back_to_another_page_leaves_nothing_of_this_one_in_its_address(desktop: Page, server: Server) -> None:
    """A record may name a medicine of the patient."""
    enter(desktop, server, "lorazepam", "1 entered")
    desktop.get_by_text("Why, evidence and sources").first.click()
    desktop.get_by_role("link", name=re.compile("the whole record")).first.click()
    desktop.wait_for_url(re.compile(r"/evidence\?record=KC-\d+$"))
    desktop.go_back()  # at once: the evidence page still sends its own address
    expect(desktop.get_by_text("1 entered")).to_be_visible()
    settled(desktop)
    expect(desktop).to_have_url(f"{server.url}/medication_check")
    desktop.goto(f"{server.url}/evidence?evidence=Others+say&claims_about=what_may_happen&claims_open=true")
    expect(desktop.get_by_text("Claims about this")).to_be_visible()
    settled(desktop)
    desktop.get_by_role("link", name="Medication check").click()
    expect(desktop.get_by_text("Nothing to check yet")).to_be_visible()
    expect(desktop).to_have_url(f"{server.url}/medication_check")


# --- paper


def test_a_record_prints_whole_and_a_list_says_that_it_does_not(
    desktop: Page, server: Server, base: KnowledgeBase, tmp_path: Path
) -> None:
    open_page(desktop, server, f"?record={RECORD}")
    expect_record(desktop)
    expect(desktop.get_by_text("What touches it")).to_be_visible()
    desktop.pdf(path=tmp_path / "record.pdf", format="A4")
    printed = text_of(tmp_path / "record.pdf")
    record = base.records[RECORD]
    for text in (BANNER, record.action, record.monitoring, "Management rests on", "What touches it"):
        assert text in printed, text
    assert record.patient["en"][:40] in printed
    open_page(desktop, server)
    expect_list(desktop)
    note = desktop.get_by_text("On paper only the lines and columns in view stand here")
    expect(note).to_be_hidden()
    desktop.emulate_media(media="print")
    expect(note).to_be_visible()
    expect(desktop.get_by_text(re.compile(r"^([\d,]+) of \1 records\."))).to_be_visible()
    expect(desktop.get_by_role("radiogroup")).to_be_hidden()
    expect(desktop.get_by_label("Search", exact=True).first).to_be_hidden()


def test_the_review_sheet_holds_the_record_and_lines_to_sign_on(
    desktop: Page, server: Server, base: KnowledgeBase
) -> None:
    open_page(desktop, server, f"?record={RECORD}")
    expect_record(desktop)
    with desktop.expect_download() as waiting:
        desktop.get_by_role("button", name="Print a review sheet").click()
    assert waiting.value.suggested_filename == f"ketamine-consult-review-{RECORD}.pdf"
    printed = text_of(waiting.value.path())
    for text in (f"Review sheet: {RECORD} {TITLE}", base.records[RECORD].action, "Signature", "Agree as it stands"):
        assert text in printed, text
