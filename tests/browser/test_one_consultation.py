"""One consultation through all pages: file in, factor, severity, timeline, sheet, report, saved, begun anew, opened."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.axe import violations
from tests.browser.conftest import Server

pytestmark = pytest.mark.browser
BUNDLE = {
    "resourceType": "Bundle",
    "type": "collection",
    "entry": [
        {
            "resource": {
                "resourceType": "MedicationRequest",
                "status": "active",
                "intent": "order",
                "medicationCodeableConcept": {"text": text},
                "subject": {"reference": "Patient/1"},
            }
        }
        for text in ("sertraline 100 MG Oral Tablet", "theophylline 300 MG Extended Release Oral Tablet")
    ],
}
PLANTED = "zzplantedword"


def go(page: Page, name: str, heading: str) -> None:
    """By the menu, as a user: the consultation lives in the session."""
    page.get_by_role("link", name=name, exact=True).first.click()
    expect(page.get_by_role("heading", name=heading, level=1)).to_be_visible()


def open_glance(page: Page) -> None:
    """The sidebar starts closed, so that charts keep their width."""
    page.get_by_test_id("stExpandSidebarButton").click()
    expect(page.get_by_text("This consultation", exact=True)).to_be_visible()


def download(page: Page, name: str, folder: Path) -> Path:
    with page.expect_download() as started:
        page.get_by_role("button", name=name, exact=True).click()
    path = folder / started.value.suggested_filename
    started.value.save_as(path)
    return path


def test_one_consultation_through_all_pages(desktop: Page, server: Server, tmp_path: Path) -> None:
    given = tmp_path / "list.json"
    given.write_text(json.dumps(BUNDLE), encoding="utf-8")
    desktop.goto(f"{server.url}/medication_check")
    desktop.get_by_text("Open a file", exact=True).click()
    desktop.locator("input[type=file]").last.set_input_files(given)
    expect(desktop.get_by_text("2 entered: 2 assessed; highest: avoid")).to_be_visible()

    go(desktop, "Treatment fit", "Treatment fit")
    desktop.get_by_role("button", name="Seizure disorder").click()
    expect(desktop.get_by_text("Ask neurology; keep seizure medicines").first).to_be_visible()
    go(desktop, "Medication check", "Medication check")
    expect(desktop.get_by_text("2 entered: 2 assessed; highest: contraindicated")).to_be_visible()
    report = download(desktop, "Report as text", tmp_path).read_text(encoding="utf-8")
    assert download(desktop, "PDF", tmp_path).read_bytes().startswith(b"%PDF")

    go(desktop, "Onset timeline", "How soon, and for how long?")
    desktop.get_by_role("radio", name="Trial results", exact=True).click()
    expect(desktop.get_by_text("Highlight sertraline (from the medication list)")).to_be_visible()
    go(desktop, "Side effects", "Side effects side by side")
    desktop.get_by_role("radio", name="Each SSRI").click()
    expect(desktop.get_by_text("sertraline").first).to_be_visible()
    go(desktop, "Patient guide", "A guide for you")
    desktop.get_by_role("radio", name="Take home").click()
    assert download(desktop, "Download the sheet (PDF)", tmp_path).read_bytes().startswith(b"%PDF")

    open_glance(desktop)
    saved = download(desktop, "Save to a file", tmp_path)
    desktop.get_by_role("button", name="New consultation").click()
    expect(desktop.get_by_text("Nothing entered yet.")).to_be_visible()
    desktop.get_by_text("Open a saved one").click()
    desktop.get_by_test_id("stSidebar").locator("input[type=file]").set_input_files(saved)
    expect(desktop.get_by_text("2 on the list")).to_be_visible()
    go(desktop, "Medication check", "Medication check")
    expect(desktop.get_by_text("2 entered: 2 assessed; highest: contraindicated")).to_be_visible()
    assert download(desktop, "Report as text", tmp_path).read_text(encoding="utf-8") == report


def test_new_consultation_can_be_undone(desktop: Page, server: Server) -> None:
    desktop.goto(f"{server.url}/treatment_fit")
    desktop.get_by_role("button", name="Falls", exact=True).click()
    expect(desktop.get_by_text("Walk with the patient before discharge")).to_be_visible()
    open_glance(desktop)
    desktop.get_by_role("button", name="New consultation").click()
    expect(desktop.get_by_text("Walk with the patient before discharge")).to_have_count(0)
    desktop.get_by_role("button", name="Bring the last one back").click()
    expect(desktop.get_by_text("Walk with the patient before discharge")).to_be_visible()


def test_a_planted_word_stays_in_its_session(browser: Browser, server: Server) -> None:
    mine, other = (browser.new_context(viewport={"width": 1280, "height": 900}).new_page() for _ in range(2))
    for page in (mine, other):
        page.goto(f"{server.url}/medication_check")
        expect(page.get_by_role("heading", name="Medication check", level=1)).to_be_visible()
    mine.get_by_role("textbox", name="Medication list").fill(f"{PLANTED}\nsertraline")
    mine.get_by_role("button", name="Add to the list").click()
    expect(mine.get_by_text(f"{PLANTED} was not recognised and not checked.")).to_be_visible()
    other.get_by_role("textbox", name="Medication list").fill("lorazepam")
    other.get_by_role("button", name="Add to the list").click()
    expect(other.get_by_text("1 entered: 1 assessed")).to_be_visible()
    for name, heading in (("Treatment fit", "Treatment fit"), ("Patient guide", "A guide for you")):
        for page in (mine, other):
            go(page, name, heading)
            assert PLANTED not in page.url
        assert PLANTED not in other.content()
    mine.context.close()
    other.context.close()


@pytest.mark.parametrize("view", ["This patient", "Session-day checklist", "Who might benefit", "The SSRI afterwards"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_treatment_fit_has_no_accessibility_violation(view: str, scheme: str, browser: Browser, server: Server) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{server.url}/treatment_fit")
    page.get_by_role("radio", name=view, exact=True).click()
    expect(page.get_by_role("radio", name=view, exact=True)).to_be_checked()
    if view == "This patient":
        page.get_by_role("button", name="Suicidal thoughts now").click()
        expect(page.get_by_text("Decide on safety and admission first").first).to_be_visible()
    else:
        expect(page.get_by_role("heading", level=2).first).to_be_visible()
    told = violations(page, view)
    context.close()
    assert not told, "\n".join(told)


def test_treatment_fit_fits_a_phone(page: Page, server: Server) -> None:
    page.goto(f"{server.url}/treatment_fit")
    page.get_by_role("button", name="Aneurysm", exact=True).click()
    expect(page.get_by_text("Do not give; ask about known aneurysm").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), "no sideways scrolling"
