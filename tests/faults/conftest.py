"""The app in a folder of its own, in a real process whose disk, clock, fonts or line can be spoilt.

A fault is never waited for: what takes half a minute in life is reached by moving the clock of the process.
"""

import os
import shutil
import socket
import struct
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from io import BytesIO
from pathlib import Path
from typing import IO

import pytest
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from deploy.health import is_up
from tests.browser.conftest import browser
from tests.browser.rules import settled
from tests.deploy.conftest import chromium, free_port, wait_until

__all__ = ["browser", "chromium"]

ROOT = Path(__file__).resolve().parents[2]
DELIVERED = ("app.py", "pages", "components", "data", "static", ".streamlit", "CHANGELOG.md")
SECONDS_TO_START, SECONDS_TO_STOP = 120, 60
LOOKED_AT_AGAIN = 31
"""Seconds after which the app looks at data/ anew."""
LIST = "sertraline 50 mg\nphenelzine\nxyzolam"
ANSWER = "3 entered: 2 assessed, 1 not recognised; highest: contraindicated"


def put_app_into(place: Path) -> Path:
    """A copy of what is delivered, whose files may be spoilt."""
    for name in DELIVERED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, place / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, place / name)
    return place


class App:
    """A Streamlit process in ``place``; a context that ends it. What it says stands in ``log``."""

    def __init__(
        self,
        place: Path = ROOT,
        environment: Mapping[str, str] | None = None,
        before: Sequence[str] = (),
    ) -> None:
        self.port, self._place, self._before = free_port(), place, before
        self._environment = {**os.environ, **(environment or {})}
        self._folder = Path(tempfile.mkdtemp())
        self._log = self._folder / "log"
        self.process = self.start()

    def __enter__(self) -> "App":
        wait_until(lambda: is_up(self.port) or self.process.poll() is not None, SECONDS_TO_START, "the app is up")
        assert self.process.poll() is None, self.log
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(SECONDS_TO_STOP)
        shutil.rmtree(self._folder)

    def start(self) -> "subprocess.Popen[bytes]":
        """A process on the same port as the one before, which must have ended."""
        said: IO[bytes]
        with self._log.open("ab") as said:
            self.process = subprocess.Popen(
                [
                    *(*self._before, sys.executable, "-m", "streamlit", "run", "app.py"),
                    *("--server.address", "127.0.0.1", "--server.port", str(self.port)),
                ],
                cwd=self._place,
                env=self._environment,
                stdout=said,
                stderr=said,
            )
        return self.process

    def die(self) -> None:
        """Like a process that the system ends for want of memory."""
        self.process.kill()
        self.process.wait(SECONDS_TO_STOP)

    @property
    def url(self) -> str:
        """Where a browser finds it."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> str:
        """All that it said so far."""
        return self._log.read_text(encoding="utf-8", errors="replace")


class Clock:
    """Both clocks of a process that runs with ``environment``."""

    def __init__(self, file: Path) -> None:
        self._file, self._day, self._counting = file, 0.0, 0.0
        self.environment = {"MOVED_CLOCK": str(file), "PYTHONPATH": str(Path(__file__).parent / "moved_clock")}
        self._write()

    def goes_on(self, seconds: float) -> None:
        """Time passes: both clocks go on."""
        self._day, self._counting = self._day + seconds, self._counting + seconds
        self._write()

    def jumps(self, days: float) -> None:
        """Somebody sets the clock of the machine: the one that only counts does not follow."""
        self._day += days * 86_400
        self._write()

    def _write(self) -> None:
        with self._file.open("r+b" if self._file.exists() else "wb") as held:
            held.write(struct.pack("dd", self._day, self._counting))


class Line:
    """A line to a port, which can be slow, or cut and mended; a context that closes it."""

    slow_by = 0.0
    """Seconds that each piece takes on its way, either way."""

    def __init__(self, to_port: int) -> None:
        self._to = to_port
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._door.getsockname()[1]
        self._is_whole = True
        self._ends: list[socket.socket] = []
        threading.Thread(target=self._receive, daemon=True).start()

    def __enter__(self) -> "Line":
        return self

    def __exit__(self, *_: object) -> None:
        self.cut()
        self._door.close()

    def cut(self) -> None:
        """End all connections and take no new one."""
        self._is_whole = False
        for end in self._ends:
            _hang_up(end)

    def mend(self) -> None:
        """Take connections again."""
        self._is_whole = True

    def _receive(self) -> None:
        with suppress(OSError):  # the door was closed
            while True:
                near, _ = self._door.accept()
                if not self._is_whole:
                    near.close()
                    continue
                far = socket.create_connection(("127.0.0.1", self._to))
                self._ends += [near, far]
                for one, other in ((near, far), (far, near)):
                    threading.Thread(target=self._carry, args=(one, other), daemon=True).start()

    def _carry(self, one: socket.socket, other: socket.socket) -> None:
        with one, suppress(OSError):
            while some := one.recv(65_536):
                threading.Event().wait(self.slow_by)  # this is the fault, nobody waits for anything
                other.sendall(some)
        _hang_up(other)


def _hang_up(end: socket.socket) -> None:
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)


def open_check(page: Page, url: str, text: str = LIST) -> None:
    """Open the medication check and paste a list."""
    page.goto(f"{url}/medication_check")
    page.get_by_role("textbox", name="Medication list").fill(text)
    page.get_by_role("button", name="Add to the list").click()
    expect(page.get_by_text("entered:").first).to_be_visible()
    settled(page)


def go(page: Page, link: str, heading: str) -> None:
    """By the menu: the session stays."""
    page.get_by_role("link", name=link, exact=True).first.click()
    expect(page.get_by_role("heading", name=heading, level=1)).to_be_visible()
    settled(page)


def download(page: Page, key: str, folder: Path) -> bytes:
    """The file behind a button."""
    with page.expect_download() as started:
        page.locator(f".st-key-{key} button").first.click()
    started.value.save_as(folder / "file")
    return (folder / "file").read_bytes()


def words_of(pdf: bytes) -> str:
    """The text of a PDF, page after page."""
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


@pytest.fixture
def new_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Pages of browsers that know nothing of each other, set up as asked."""
    contexts = []

    def make(**options: object) -> Page:
        contexts.append(browser.new_context(viewport={"width": 1280, "height": 900}, **options))  # type: ignore[arg-type]
        return contexts[-1].new_page()

    yield make
    for context in contexts:
        context.close()


@contextmanager
def nothing_may_be_written(place: Path) -> Iterator[list[str]]:
    """Take the right to write away from a folder; yields what stands before a command so that root obeys as well."""
    for path in (place, *place.rglob("*")):
        path.chmod(path.stat().st_mode & ~0o222)
    taken = "-dac_override,-dac_read_search,-fowner"
    yield ["setpriv", f"--bounding-set={taken}", f"--inh-caps={taken}"] if os.geteuid() == 0 else []
    for path in (place, *place.rglob("*")):
        path.chmod(path.stat().st_mode | 0o200)
