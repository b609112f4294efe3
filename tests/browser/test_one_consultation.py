"""One consultation through all pages: file in, factor, severity, timeline, sheet, report, saved, begun anew, opened."""

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import ROOT, Server
from tests.browser.rules import settled
from tests.browser.walks import go, open_choices, open_page, paste

pytestmark = pytest.mark.browser
SSRI = "citalopram"
"""Not one of the two that the side-effect page shows without a list."""
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
        for text in (f"{SSRI} 20 MG Oral Tablet", "theophylline 300 MG Extended Release Oral Tablet")
    ],
}
PLANTED = "zzplantedword"


def open_glance(page: Page) -> None:
    """The sidebar starts closed, so that charts keep their width."""
    settled(page)
    page.get_by_test_id("stExpandSidebarButton").click()
    expect(page.get_by_text("This consultation", exact=True)).to_be_visible()
    settled(page)


def download(page: Page, name: str, folder: Path) -> Path:
    settled(page)
    with page.expect_download() as started:
        page.get_by_role("button", name=name, exact=True).click()
    path = folder / started.value.suggested_filename
    started.value.save_as(path)
    return path


def report_as_text(page: Page, folder: Path) -> str:
    settled(page)
    page.get_by_role("button", name="Other formats").click()
    text = download(page, "Text", folder).read_text(encoding="utf-8")
    page.keyboard.press("Escape")  # a closed menu is told to the server, which draws the buttons anew
    return text


def test_one_consultation_through_all_pages(desktop: Page, server: Server, tmp_path: Path) -> None:
    given = tmp_path / "list.json"
    given.write_text(json.dumps(BUNDLE), encoding="utf-8")
    open_page(desktop, server, "medication_check", "Medication check")
    desktop.get_by_text("Open a file", exact=True).click()
    desktop.locator("input[type=file]").last.set_input_files(given)
    expect(desktop.get_by_text("2 entered: 2 assessed; highest: avoid")).to_be_visible()

    go(desktop, "Treatment fit", "Treatment fit")
    desktop.get_by_role("button", name="Seizure disorder").click()
    expect(desktop.get_by_text("Ask neurology; keep seizure medicines").first).to_be_visible()
    go(desktop, "Medication check", "Medication check")
    expect(desktop.get_by_text("2 entered: 2 assessed; highest: contraindicated")).to_be_visible()
    report = report_as_text(desktop, tmp_path)
    assert download(desktop, "Report (PDF)", tmp_path).read_bytes().startswith(b"%PDF")

    go(desktop, "Onset timeline", "How soon, and for how long?")
    desktop.get_by_role("radio", name="Trial results", exact=True).click()
    open_choices(desktop)
    expect(desktop.get_by_text(f"Highlight {SSRI} (from the medication list)")).to_be_visible()
    go(desktop, "Side effects", "Side effects side by side")
    desktop.get_by_role("radio", name="Out of 100").click()
    open_choices(desktop)
    expect(desktop.locator(f".st-key-single_ssris_{SSRI}")).to_contain_text(SSRI, ignore_case=True)
    desktop.get_by_role("radio", name="Each SSRI").click()
    expect(desktop.get_by_text("* on this patient's medication list")).to_be_visible()
    expect(desktop.locator(".js-plotly-plot text").filter(has_text=f"{SSRI} *").first).to_be_visible()
    go(desktop, "Patient guide", "A guide for you")
    desktop.get_by_role("radio", name="Take home").click()
    assert download(desktop, "Download the sheet (PDF)", tmp_path).read_bytes().startswith(b"%PDF")

    open_glance(desktop)
    saved = download(desktop, "Save to a file", tmp_path)
    desktop.get_by_role("button", name="New consultation").click()
    expect(desktop.get_by_text("Nothing entered yet.")).to_be_visible()
    settled(desktop)
    desktop.get_by_text("Open a saved consultation").click()
    desktop.get_by_test_id("stSidebar").locator("input[type=file]").set_input_files(saved)
    expect(desktop.get_by_text("2 on the list")).to_be_visible()
    settled(desktop)
    go(desktop, "Medication check", "Medication check")
    expect(desktop.get_by_text("2 entered: 2 assessed; highest: contraindicated")).to_be_visible()
    assert report_as_text(desktop, tmp_path) == report


def test_new_consultation_can_be_undone(desktop: Page, server: Server) -> None:
    open_page(desktop, server, "treatment_fit", "Treatment fit")
    desktop.get_by_role("button", name="Falls", exact=True).click()
    expect(desktop.get_by_text("Walk with the patient before discharge").first).to_be_visible()
    open_glance(desktop)
    desktop.get_by_role("button", name="New consultation").click()
    expect(desktop.get_by_text("Walk with the patient before discharge")).to_have_count(0)
    settled(desktop)
    desktop.get_by_role("button", name="Bring back the last consultation").click()
    expect(desktop.get_by_text("Walk with the patient before discharge").first).to_be_visible()


@pytest.fixture
def watched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Server, Path]]:
    """A server of its own, with a temporary folder of its own and the file that takes all it says."""
    log, temporary = tmp_path / "server.log", tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    with log.open("wb") as said:
        running = Server(said)
        running.wait_until_up()
        yield running, log
        running.stop()


def written_since(start: float, *folders: Path) -> list[Path]:
    """Files written after ``start``; not the interpreter's own caches, nor what tools keep in hidden folders."""
    found = []
    for folder in folders:
        for path in folder.rglob("*"):
            own = [part for part in path.relative_to(folder).parts if part == "__pycache__" or part.startswith(".")]
            try:
                if not own and path.is_file() and path.stat().st_mtime >= start:
                    found.append(path)
            except OSError:
                continue  # a file of another process that is gone, or not ours to read
    return found


def test_a_planted_word_stays_in_its_session(browser: Browser, watched: tuple[Server, Path], tmp_path: Path) -> None:
    server, log = watched
    start = time.time()
    mine, other = (browser.new_context(viewport={"width": 1280, "height": 900}).new_page() for _ in range(2))
    for page in (mine, other):
        open_page(page, server, "medication_check", "Medication check")
    paste(mine, f"{PLANTED}\nsertraline")
    expect(mine.get_by_text(f"{PLANTED} was not recognised and not checked.")).to_be_visible()
    given = {"name": f"{PLANTED}.csv", "mimeType": "text/csv", "buffer": f"Medication\n{PLANTED} two\n".encode()}
    mine.get_by_text("Open a file", exact=True).click()
    mine.locator("main input[type=file]").last.set_input_files(given)  # type: ignore[arg-type]
    expect(mine.get_by_text(f"{PLANTED} two was not recognised and not checked.")).to_be_visible()
    paste(other, "lorazepam")
    expect(other.get_by_text("1 entered: 1 assessed")).to_be_visible()
    for name, heading in (("Treatment fit", "Treatment fit"), ("Patient guide", "A guide for you")):
        for page in (mine, other):
            go(page, name, heading)
            assert PLANTED not in page.url
        assert PLANTED not in other.content()
    mine.context.close()
    other.context.close()
    assert log.stat().st_size, "the server says something: the search below is no search of nothing"
    assert PLANTED.encode() not in log.read_bytes()
    holding = [path for path in written_since(start, ROOT, tmp_path) if PLANTED.encode() in path.read_bytes()]
    assert holding == []
