"""A real server and a real Chromium. No browser is a failure, not a skip."""

import os
import shutil
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.browser.rules import COUNTS_RUNS, MOST_MILLISECONDS

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = SECONDS_TO_STOP = 60
expect.set_options(timeout=MOST_MILLISECONDS)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Server:
    """A fresh Streamlit server on a free port of the loopback interface, or at the address of one that ended.

    What it says goes to ``said`` or nowhere.
    """

    def __init__(self, said: IO[bytes] | None = None, url: str | None = None) -> None:
        self.url = url or f"http://127.0.0.1:{_free_port()}"
        self.process = subprocess.Popen(
            [
                sys.executable,
                *("-m", "streamlit", "run", "app.py", "--server.address", "127.0.0.1"),
                *("--server.port", self.url.rsplit(":", 1)[1]),
            ],
            cwd=ROOT,
            stdout=said or subprocess.DEVNULL,
            stderr=subprocess.STDOUT if said else subprocess.DEVNULL,
        )

    def wait_until_up(self) -> None:
        """Poll the health address; urllib's own retry-free call blocks at most a second each."""
        for _ in range(START_SECONDS * 10):
            try:
                with urllib.request.urlopen(f"{self.url}/_stcore/health", timeout=1) as answer:
                    if answer.read() == b"ok":
                        return
            except OSError:
                if self.process.poll() is not None:
                    break
                self._pause()
        pytest.fail("The Streamlit server did not start.")

    def _pause(self) -> None:
        try:
            self.process.wait(timeout=0.1)
        except subprocess.TimeoutExpired:
            return

    def stop(self) -> None:
        """End the server."""
        self.process.terminate()
        self.process.wait(timeout=SECONDS_TO_STOP)


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    running = Server()
    running.wait_until_up()
    yield running
    running.stop()


@pytest.fixture
def fresh_server() -> Iterator[Server]:
    """A server that nobody has visited."""
    running = Server()
    running.wait_until_up()
    yield running
    running.stop()


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Ended with its folder of tests: it keeps an event loop in this thread, and only one such browser may."""
    names = (os.environ.get("CHROMIUM_PATH"), "chromium", "chromium-browser", "google-chrome")
    path = next((found for name in names if name and (found := shutil.which(name))), None)
    if path is None:
        pytest.fail("No Chromium found: run 'make test', or set CHROMIUM_PATH to one.")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"], timeout=MOST_MILLISECONDS)
        bare = chromium.new_context

        def patient(**options: Any) -> BrowserContext:
            context = bare(**options)
            context.set_default_timeout(MOST_MILLISECONDS)
            context.add_init_script(COUNTS_RUNS)
            return context

        chromium.new_context = patient  # type: ignore[method-assign]
        yield chromium
        chromium.close()


@pytest.fixture(params=[(1280, 900), (390, 844), (640, 450)], ids=["desktop", "phone", "zoomed"])
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """Zoomed: a desk of 1280 by 900 at 200 %."""
    width, height = request.param
    scale = 2 if width == 640 else 1
    context = browser.new_context(viewport={"width": width, "height": height}, device_scale_factor=scale)
    yield context.new_page()
    context.close()


@pytest.fixture
def desktop(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    yield context.new_page()
    context.close()
