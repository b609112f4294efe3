"""The line is slow or breaks, or the process dies: what a person had entered, typed and saved."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from deploy.health import is_up
from tests.faults.conftest import ANSWER, SECONDS_TO_START, App, Line, download, go, open_check, wait_until

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("lost line")]
LOST = "The server was started anew, and what was entered here went with it."
HOME = "Check a medication list before ketamine"


@pytest.fixture(scope="module")
def app() -> Iterator[App]:
    with App() as running:
        yield running


@pytest.fixture
def line(app: App) -> Iterator[Line]:
    with Line(app.port) as whole:
        yield whole


def test_the_line_breaks_while_somebody_types(new_page: Callable[..., Page], line: Line) -> None:
    page = new_page()
    open_check(page, f"http://127.0.0.1:{line.port}")
    go(page, "Home", HOME)
    box = page.get_by_role("textbox", name="Medication list")
    box.press_sequentially("loraz")
    line.cut()
    expect(page.get_by_text("Connecting", exact=True)).to_be_visible()
    expect(box).to_be_disabled()
    line.mend()
    expect(page.get_by_text("Connecting", exact=True)).to_have_count(0)
    expect(box).to_be_enabled()
    expect(box).to_have_value("loraz")
    box.press("End")
    box.press_sequentially("epam 1 mg")
    page.get_by_role("button", name="Check this list").click()
    expect(page.get_by_text("4 entered: 3 assessed, 1 not recognised").first).to_be_visible()
    expect(page.get_by_text(LOST)).to_have_count(0)


def test_a_slow_line_doubles_and_loses_nothing(new_page: Callable[..., Page], line: Line) -> None:
    page = new_page()
    page.goto(f"http://127.0.0.1:{line.port}/medication_check")
    page.get_by_role("textbox", name="Medication list").fill("sertraline 50 mg\nphenelzine\nxyzolam")
    line.slow_by = 0.4
    page.get_by_role("button", name="Add to the list").dblclick()
    page.get_by_role("link", name="Treatment fit", exact=True).first.click()  # before the answer has come
    expect(page.get_by_role("heading", name="Treatment fit", level=1)).to_be_visible()
    expect(page.get_by_text("3 medicines").first).to_be_visible()
    go(page, "Medication check", "Medication check")
    expect(page.get_by_text(ANSWER).first).to_be_visible()


def test_the_process_dies_under_a_list(new_page: Callable[..., Page], app: App, tmp_path: Path) -> None:
    page = new_page()
    open_check(page, app.url)
    page.get_by_test_id("stExpandSidebarButton").click()
    saved = tmp_path / "saved.json"
    saved.write_bytes(download(page, "save_consultation", tmp_path))
    app.die()
    expect(page.get_by_text("Connecting", exact=True)).to_be_visible()
    expect(page.get_by_text(ANSWER).first).to_be_visible()
    app.start()
    wait_until(lambda: is_up(app.port), SECONDS_TO_START, "the app is up again")
    expect(page.get_by_text("Connecting", exact=True)).to_have_count(0)
    go(page, "Treatment fit", "Treatment fit")
    expect(page.get_by_text(LOST)).to_be_visible()
    page.get_by_text("Open a saved consultation").click()
    page.get_by_test_id("stSidebar").locator("input[type=file]").set_input_files(saved)
    expect(page.get_by_text("3 on the list")).to_be_visible()
    expect(page.get_by_text(LOST)).to_have_count(0)
