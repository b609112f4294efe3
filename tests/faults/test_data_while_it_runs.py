"""data/ is damaged before or while a server runs: what was read before stays in use, and the page says so."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from components.clinical.knowledge_base import content_hash
from tests.faults.conftest import ANSWER, LOOKED_AT_AGAIN, App, Clock, download, go, open_check, put_app_into, words_of
from tests.faults.test_damaged_files import cut, lock, lose

pytestmark = pytest.mark.browser
OLDER = "This app goes on with the version that it read before"
NOTHING = "The knowledge base cannot be read."
BANNER = "Draft knowledge base: not yet signed off"
SPOILT: dict[str, tuple[str, Callable[[Path], None]]] = {
    "half-written": ("pairs.yaml", cut("pairs.yaml")),
    "missing": ("interactions/maoi.yaml", lose("interactions/maoi.yaml")),
    "unreadable": ("factors.yaml", lock("factors.yaml")),
    "all gone": ("classes.yaml", shutil.rmtree),
}


@pytest.fixture
def clock(tmp_path: Path) -> Clock:
    return Clock(tmp_path / "clock")


@pytest.fixture
def app(clock: Clock, tmp_path: Path) -> Iterator[App]:
    with App(put_app_into(tmp_path / "app"), clock.environment) as running:
        yield running


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path) -> None:
    (tmp_path / "app").mkdir()


def mend(tmp_path: Path) -> None:
    """Put the files back as they were delivered."""
    shutil.rmtree(tmp_path / "app" / "data", ignore_errors=True)
    shutil.copytree(Path(__file__).resolve().parents[2] / "data", tmp_path / "app" / "data")


def half_a_minute_later(page: Page, clock: Clock, link: str) -> None:
    """And then somebody goes to another page."""
    clock.goes_on(LOOKED_AT_AGAIN)
    go(page, link, link)


def test_damage_while_it_runs(new_page: Callable[..., Page], app: App, clock: Clock, tmp_path: Path) -> None:
    page, data = new_page(), tmp_path / "app" / "data"
    open_check(page, app.url)
    for file, spoil in SPOILT.values():
        expect(page.get_by_text(OLDER)).to_have_count(0)
        spoil(data)
        half_a_minute_later(page, clock, "Treatment fit")
        expect(page.get_by_text(OLDER)).to_be_visible()
        expect(page.get_by_text("3 medicines").first).to_be_visible()
        assert file in app.log
        mend(tmp_path)
        half_a_minute_later(page, clock, "Medication check")
        expect(page.get_by_text(ANSWER).first).to_be_visible()
    cut("pairs.yaml")(data)
    clock.goes_on(LOOKED_AT_AGAIN)
    open_check(newcomer := new_page(), app.url)
    expect(newcomer.get_by_text(OLDER)).to_be_visible()
    expect(newcomer.get_by_text(ANSWER).first).to_be_visible()
    report = words_of(download(newcomer, "download_pdf", tmp_path))
    assert content_hash() in report, "the file names what it rests on"
    mend(tmp_path)
    with (data / "samples.yaml").open("a", encoding="utf-8") as edited:
        edited.write("# an edit\n")
    half_a_minute_later(page, clock, "Treatment fit")
    expect(page.get_by_text(content_hash(data)).first).to_be_visible()
    expect(page.get_by_text(OLDER)).to_have_count(0)
    assert "Traceback" not in app.log
    assert "phenelzine" not in app.log


def test_damage_before_the_start(new_page: Callable[..., Page], clock: Clock, tmp_path: Path) -> None:
    cut("pairs.yaml")(put_app_into(tmp_path / "app") / "data")
    page = new_page()
    with App(tmp_path / "app", clock.environment) as app:
        for address in ("medication_check", "evidence?evidence=Records", ""):
            page.goto(f"{app.url}/{address}")
            expect(page.get_by_role("heading", name="Nothing can be checked now", level=1)).to_be_visible()
            expect(page.get_by_text(NOTHING)).to_be_visible()
            expect(page.get_by_role("textbox")).to_have_count(0)
        assert app.log.count("faults in pairs.yaml") == 1, "the files are not read again for each visitor"
        assert "Traceback" not in app.log
        mend(tmp_path)
        clock.goes_on(LOOKED_AT_AGAIN)
        open_check(page, app.url)
        expect(page.get_by_text(ANSWER).first).to_be_visible()
        expect(page.get_by_text(BANNER)).to_be_visible()
