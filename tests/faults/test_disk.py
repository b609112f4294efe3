"""A disk that takes nothing: the app needs none, neither to start nor to check nor to write files for its users."""

import json
import resource
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.faults.conftest import (
    ANSWER,
    App,
    download,
    go,
    nothing_may_be_written,
    open_check,
    put_app_into,
    words_of,
)

MORE = json.dumps(
    {
        "resourceType": "MedicationStatement",
        "status": "active",
        "medicationCodeableConcept": {"text": "lorazepam 1 mg"},
    }
).encode()
BIG = MORE + b" " * 3_000_000
"""The server would put a file of more than a megabyte into a temporary one."""


@pytest.mark.browser
def test_a_read_only_disk_that_is_also_full(new_page: Callable[..., Page], tmp_path: Path) -> None:
    place, kept = tmp_path / "app", tmp_path / "kept"
    for folder in (place, kept, place / "home", place / "temporary"):
        folder.mkdir()
    put_app_into(place)
    own = {"HOME": str(place / "home"), "TMPDIR": str(place / "temporary")}
    page = new_page()
    with nothing_may_be_written(place) as before, App(place, own, before) as app:
        delivered = sorted(place.rglob("*"))
        open_check(page, app.url)
        resource.prlimit(app.process.pid, resource.RLIMIT_FSIZE, (0, 0))  # no file takes one more byte, the log neither
        assert "xyzolam" in words_of(download(page, "download_pdf", kept))
        page.get_by_text("Open a file", exact=True).click()
        given = {"name": "list.json", "mimeType": "application/json", "buffer": BIG}
        page.locator("main input[type=file]").last.set_input_files(given)  # type: ignore[arg-type]
        expect(page.get_by_text("4 entered").first).to_be_visible()
        go(page, "Patient guide", "A guide for you")
        page.get_by_role("radio", name="Take home").click()
        assert "lorazepam" in words_of(download(page, "sheet_pdf", kept))
        open_check(newcomer := new_page(), app.url)
        expect(newcomer.get_by_text(ANSWER).first).to_be_visible()
        assert sorted(place.rglob("*")) == delivered
        assert "Traceback" not in app.log
