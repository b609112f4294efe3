"""A real Chromium at the front: nothing that our policy forbids, far fewer bytes, and back to work after a death.

Each look has a thread of its own: other tests may hold a Playwright of theirs in this one.
"""

import os
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.rules import COUNTS_RUNS, settled
from tests.deploy.conftest import ROOT, Service

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("served")]
Result = TypeVar("Result")
PAGES = sorted(path.stem for path in (ROOT / "pages").glob("*.py"))
SECONDS = 60_000
MOST_OF_THE_BYTES = 0.45
DRAWN = {"home": "h1", "medication_check": "h1", "onset_timeline": ".js-plotly-plot .main-svg"}
"""Pages whose bytes are counted, and what stands on them when they are drawn."""
WATCH = """
    window.violations = [];
    document.addEventListener('securitypolicyviolation', (event) =>
        window.violations.push(`${event.violatedDirective} ${event.blockedURI}`));
"""


def in_own_thread(chromium: str, look: Callable[[Browser], Result]) -> Result:
    """Run a look with a browser of its own."""

    def run() -> Result:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            try:
                return look(browser)
            finally:
                browser.close()

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(run).result()


@contextmanager
def fresh_page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    context.add_init_script(WATCH)
    context.add_init_script(COUNTS_RUNS)
    yield context.new_page()
    context.close()


def open_sample(page: Page, port: int) -> None:
    """Start the first sample case on the home page and wait for its check."""
    page.goto(f"http://127.0.0.1:{port}/")
    page.locator("[class*='st-key-home_sample_'] button").first.click(timeout=SECONDS)
    expect(page.get_by_role("heading", level=1, name="Medication check")).to_be_visible(timeout=SECONDS)
    loaded(page)


def loaded(page: Page) -> None:
    """All that was asked for is here, scripts and fonts too."""
    expect(page.locator("h1").first).to_be_visible(timeout=SECONDS)
    settled(page)
    page.wait_for_load_state("networkidle")


def test_no_page_does_what_the_policy_forbids(service: Service, chromium: str, tmp_path: Path) -> None:
    own = f"127.0.0.1:{service.port}"
    medicines = tmp_path / "list.txt"
    medicines.write_text("sertraline 50 mg", encoding="utf-8")

    def look(browser: Browser) -> list[str]:
        found: list[str] = []
        with fresh_page(browser) as page:
            page.on("request", lambda request: found.append(request.url) if is_outside(request.url, own) else None)
            page.on("console", lambda said: found.append(said.text) if "Content Security" in said.text else None)
            open_sample(page, service.port)
            page.locator("input[type='file']").first.set_input_files(medicines)
            expect(page.locator("[data-testid='stFileUploaderFile']")).to_have_count(0, timeout=SECONDS)
            loaded(page)
            found += page.evaluate("window.violations")
            for name in PAGES:
                page.goto(f"http://{own}/{name}")
                loaded(page)
                found += page.evaluate("window.violations")
        return found

    assert in_own_thread(chromium, look) == []


def is_outside(url: str, own: str) -> bool:
    return not url.startswith((f"http://{own}/", f"ws://{own}/", "data:", "blob:"))


def test_pages_come_with_fewer_bytes(service: Service, chromium: str) -> None:
    replica = next(
        int(word)
        for word in Path(f"/proc/{service.process_of('r1')}/cmdline").read_text().split("\0")[::-1]
        if word.isdigit()
    )

    def look(browser: Browser) -> dict[str, float]:
        shares = {}
        for name, drawn in DRAWN.items():
            through = bytes_of(browser, service.port, name, drawn)
            direct = bytes_of(browser, replica, name, drawn)
            both = through.keys() & direct.keys()  # what is asked for only after the page stands may differ
            shares[name] = sum(through[path] for path in both) / sum(direct[path] for path in both)
        return shares

    shares = in_own_thread(chromium, look)
    assert {name: share for name, share in shares.items() if share > MOST_OF_THE_BYTES} == {}


def bytes_of(browser: Browser, port: int, name: str, drawn: str) -> dict[str, float]:
    """What a first visit receives, by path; the websocket under its own."""
    received: dict[str, float] = {"websocket": 0.0}
    paths: dict[str, str] = {}
    with fresh_page(browser) as page:
        devtools = page.context.new_cdp_session(page)
        devtools.send("Network.enable")

        def head(event: dict[str, Any]) -> None:
            paths[event["requestId"]] = urlsplit(event["response"]["url"]).path

        def end(event: dict[str, Any]) -> None:
            if event["requestId"] in paths:
                received[paths[event["requestId"]]] = event["encodedDataLength"]

        def frame(event: dict[str, Any]) -> None:
            received["websocket"] += len(event["response"]["payloadData"]) * 3 / 4  # it is reported in base 64

        devtools.on("Network.responseReceived", head)
        devtools.on("Network.loadingFinished", end)
        devtools.on("Network.webSocketFrameReceived", frame)
        page.goto(f"http://127.0.0.1:{port}/{name}")
        expect(page.locator(drawn).first).to_be_visible(timeout=SECONDS)
        loaded(page)
    return received


def test_who_loses_a_replica_gets_back_to_a_working_page(service: Service, chromium: str) -> None:
    def look(browser: Browser) -> tuple[str, str]:
        with fresh_page(browser) as page:
            open_sample(page, service.port)
            before = replica_of(page)
            with page.expect_websocket(timeout=SECONDS):
                os.kill(service.process_of(before), signal.SIGKILL)
            page.get_by_role("link", name="Side effects").first.click()
            expect(page.get_by_role("heading", level=1, name="Side effects")).to_be_visible(timeout=SECONDS)
            loaded(page)
            after = replica_of(page)
            lost = page.get_by_text("what was entered here went with it")
            expect(lost).to_be_visible(timeout=SECONDS)
            open_sample(page, service.port)
            expect(lost).to_have_count(0, timeout=SECONDS)
            return before, after

    since = len(service.log)
    before, after = in_own_thread(chromium, look)
    assert before != after
    service.wait_for(rf"{before} is up", 120, since)


def replica_of(page: Page) -> str:
    (cookie,) = [each for each in page.context.cookies() if each["name"] == "replica"]
    return cookie["value"].partition(".")[0]
