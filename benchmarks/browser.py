"""Pages in a real Chromium: when they are ready, cold and warm, and what comes over the wire, beside an empty page."""

import os
import shutil
import statistics
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from benchmarks.figures import Figure, Target
from benchmarks.servers import Server, behind_nginx, loopback, ours, vanilla

_ROUNDS, _VISITS = 7, ("cold", "warm")
_EMPTY = "an empty page of plain Streamlit"
_HOME = "home"
_PAGES = (_HOME, "medication_check", "treatment_fit", "patient_guide")
_CHART_PAGES = ("onset_timeline", "side_effects", "evidence")
"""Pages that draw Plotly at once."""
_COLD, _WARM, _CHART = Target(1.25), Target(1.3), Target(1.5)
_BY_NGINX = Target(0.45)
_PATIENCE_MS, _QUIET_MS = 60_000, 2_000
_WATCH = """
const app = () => document.querySelector('[data-testid="stApp"]');
const shown = (what) => [...document.querySelectorAll(what)].some((each) => each.checkVisibility());
const when = (is_so) => new Promise((resolve) => {
  const look = () => is_so() ? resolve(performance.now()) : requestAnimationFrame(look);
  look();
});
const done = () => app()?.dataset.testScriptState === 'notRunning' && shown('h1');
window.benchPage = when(done);
window.benchChart = when(() => done() && shown('.js-plotly-plot .main-svg'));
"""
"""Run before the page's own scripts; times are counted by the browser from the start of the navigation."""


@dataclass(frozen=True, slots=True)
class Ready:
    """Milliseconds from the start of the navigation to the heading with the script finished, and to the first chart."""

    page: float
    chart: float | None


def time_browser() -> list[Figure]:
    """Every page in turns with the empty one: a new browser profile's first visit (cold) and its second (warm)."""
    seen: defaultdict[tuple[str, str], list[Ready]] = defaultdict(list)
    with ours() as app, vanilla() as plain, _chromium() as browser:
        addresses = {_EMPTY: plain.url} | {page: _address(app, page) for page in (*_PAGES, *_CHART_PAGES)}
        for page, address in addresses.items():
            _cold_and_warm(browser, address, page)  # the server's first time is the section on start
        for _ in range(_ROUNDS):
            for page, address in addresses.items():
                for visit, ready in zip(_VISITS, _cold_and_warm(browser, address, page), strict=True):
                    seen[page, visit].append(ready)
    return [figure for page in (*_PAGES, *_CHART_PAGES) for figure in _ready(page, seen)]


def _ready(page: str, seen: Mapping[tuple[str, str], list[Ready]]) -> Iterator[Figure]:
    for visit, target in zip(_VISITS, (_CHART, _CHART) if page in _CHART_PAGES else (_COLD, _WARM), strict=True):
        empty = statistics.median(each.page for each in seen[_EMPTY, visit])
        ready = statistics.median(each.page for each in seen[page, visit])
        yield Figure("browser", f"{page}, {visit}", ready, "ms", empty, target)
        if drawn := [each.chart for each in seen[page, visit] if each.chart is not None]:
            yield Figure("browser", f"{page}, {visit}, chart drawn", statistics.median(drawn), "ms", empty)


def count_bytes() -> list[Figure]:
    """What a first visit of each page loads over HTTP: beside an empty page, and through nginx beside direct."""
    with _chromium() as browser:
        with vanilla() as plain:
            empty = _megabytes(browser, plain.url, _EMPTY)
        with ours() as app:
            direct = {page: _megabytes(browser, _address(app, page), page) for page in (*_PAGES, *_CHART_PAGES)}
        with behind_nginx(1) as front:
            packed = {page: _megabytes(browser, _address(front, page), page) for page in direct}
    return [
        *(Figure("bytes", f"{page}, direct", direct[page], "MB", empty) for page in direct),
        *(Figure("bytes", f"{page}, by nginx", packed[page], "MB", direct[page], _BY_NGINX) for page in direct),
    ]


def _address(server: Server, page: str) -> str:
    """The home page has no path of its own."""
    return server.url if page == _HOME else f"{server.url}/{page}"


@contextmanager
def _chromium() -> Iterator[Browser]:
    """It resolves no name, so that nothing but this machine is called; plain Streamlit would report to its maker."""
    names = (os.environ.get("CHROMIUM_PATH"), "chromium", "chromium-browser", "google-chrome")
    path = next((found for name in names if name and (found := shutil.which(name))), None)
    if path is None:
        raise FileNotFoundError("No Chromium found: install one, or set CHROMIUM_PATH to one.")
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1"]
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        yield browser
        browser.close()


def _cold_and_warm(browser: Browser, address: str, page: str) -> tuple[Ready, Ready]:
    with _profile(browser) as profile:
        return _visit(profile, address, page), _visit(profile, address, page)


def _megabytes(browser: Browser, address: str, page: str) -> float:
    """Sum of all HTTP answers as they came over the wire; the websocket's messages are not in it."""
    counted = 0

    def count(event: dict[str, Any]) -> None:
        nonlocal counted
        counted += int(event["encodedDataLength"])

    with _profile(browser) as profile:
        tab = profile.new_page()
        wire = profile.new_cdp_session(tab)
        wire.send("Network.enable")
        wire.on("Network.loadingFinished", count)
        _open(tab, address, page)
        before = -1
        while before < counted:
            before = counted
            tab.wait_for_timeout(_QUIET_MS)
    return counted / 1e6


@contextmanager
def _profile(browser: Browser) -> Iterator[BrowserContext]:
    profile = browser.new_context(viewport={"width": 1280, "height": 900})
    profile.add_init_script(_WATCH)
    profile.set_default_timeout(_PATIENCE_MS)
    yield profile
    profile.close()


def _visit(profile: BrowserContext, address: str, page: str) -> Ready:
    """Returns when all that the page asked for has come, for the next visit to find it."""
    tab = profile.new_page()
    ready = _open(tab, address, page)
    tab.wait_for_load_state("networkidle")
    tab.close()
    return ready


def _open(tab: Page, address: str, page: str) -> Ready:
    tab.goto(loopback(address), wait_until="commit")
    return Ready(tab.evaluate("window.benchPage"), tab.evaluate("window.benchChart") if page in _CHART_PAGES else None)
