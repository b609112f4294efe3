"""Clocks that jump, locales, time zones: the same answer, and dates that say whose they are."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.faults.conftest import ROOT, App, Clock, download, go, open_check, words_of

pytestmark = pytest.mark.xdist_group("time and place")
HERE: dict[str, dict[str, str]] = {
    "plain": {},
    "German": {"LC_ALL": "de_DE.UTF-8", "LANG": "de_DE.UTF-8", "LANGUAGE": "de"},
    "Turkish": {"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "LANGUAGE": "tr"},
    "C without UTF-8": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    "Auckland": {"TZ": "Pacific/Auckland"},
    "Honolulu": {"TZ": "Pacific/Honolulu"},
}
TYPED = "ISOCARBOXAZID 10 mg\nSERTRALINE 12,5 mg\nlithium 1.000 mg\nzolpidem stopped\nM\u00fcller \u2265 \u0130\u0131\n"


def answer_in(environment: dict[str, str]) -> dict[str, Any]:
    """The answer but for its date, which is that of the place."""
    done = subprocess.run(
        [sys.executable, "-m", "components", "check", "--format", "json"],
        cwd=ROOT,
        env={**os.environ, **environment},
        input=TYPED.encode(),
        capture_output=True,
    )
    assert done.returncode == 0, done.stderr
    answer: dict[str, Any] = json.loads(done.stdout)
    answer.pop("made_on", None)
    return answer


@pytest.fixture(scope="module")
def plain_answer() -> dict[str, Any]:
    return answer_in({})


@pytest.mark.parametrize("name", [name for name in HERE if name != "plain"])
def test_the_same_answer_everywhere(name: str, plain_answer: dict[str, Any]) -> None:
    assert plain_answer["entries"][0]["medicines"] == ["isocarboxazid"]
    assert answer_in(HERE[name]) == plain_answer


@pytest.fixture(scope="module")
def clock(tmp_path_factory: pytest.TempPathFactory) -> Clock:
    return Clock(tmp_path_factory.mktemp("clock") / "clock")


@pytest.fixture(scope="module")
def app(clock: Clock) -> Iterator[App]:
    """A server in the worst of the places, whose clock can be set."""
    with App(environment={**HERE["C without UTF-8"], "TZ": "UTC", **clock.environment}) as running:
        yield running


@pytest.mark.browser
def test_clock_and_place_of_a_person(new_page: Callable[..., Page], app: App, clock: Clock, tmp_path: Path) -> None:
    page = new_page(locale="tr-TR", timezone_id="Pacific/Auckland")
    open_check(page, app.url, TYPED)
    expect(page.get_by_text("5 entered: 4 assessed, 1 not recognised; highest: contraindicated").first).to_be_visible()
    assert "M\u00fcller \u2265" in words_of(download(page, "download_pdf", tmp_path))
    for days in (400, -800):
        clock.jumps(days)
        go(page, "Treatment fit", "Treatment fit")
        go(page, "Medication check", "Medication check")
        expect(page.get_by_text("5 entered: 4 assessed").first).to_be_visible()
    today = date.today() - timedelta(days=400)
    days = {f"{each:%Y-%m-%d}" for each in (today, today + timedelta(days=1))}
    paper = words_of(download(page, "download_pdf", tmp_path))
    assert any(each in paper for each in days), "the date of the clock as it is set now"
    clock.jumps(800)
    due = new_page()
    due.goto(f"{app.url}/evidence?evidence=What+changed")
    expect(due.get_by_text("records due today").first).to_be_visible()
    assert "Traceback" not in app.log
