"""The real thing: nginx before two Streamlit processes, as make serve runs it. No nginx is a failure, not a skip."""

import asyncio
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path
from typing import Any, TypeVar

import pytest

from deploy.nginx import NoNginxError, nginx_path

Result = TypeVar("Result")
ROOT = Path(__file__).resolve().parents[2]
SECONDS_TO_START, SECONDS_TO_STOP = 120, 20


def wait_until(condition: Callable[[], object], seconds: float, what: str) -> None:
    """Look every fifth of a second until it holds; fails with a sentence when it does not in time."""
    until = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > until:
            pytest.fail(f"Not within {seconds:.0f} s: {what}")
        time.sleep(0.2)


def free_port() -> int:
    """A port of this machine that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def run_alone(work: Coroutine[Any, Any, Result]) -> Result:
    """Run to its end in this thread, where signals arrive; the browser of other tests keeps an event loop in it."""
    of_the_browser = asyncio._get_running_loop()
    asyncio._set_running_loop(None)
    try:
        return asyncio.run(work)
    finally:
        asyncio._set_running_loop(of_the_browser)


class Service:
    """A running ``make serve``."""

    def __init__(self, log: Path, processes: int) -> None:
        self.port = free_port()
        self._log = log
        with log.open("ab") as said:
            self.process = subprocess.Popen(
                [
                    *(sys.executable, "-m", "deploy.serve", "--port", str(self.port)),
                    *("--processes", str(processes), "--drain-seconds", "60"),
                ],
                cwd=ROOT,
                stdout=said,
                stderr=said,
                start_new_session=True,
            )
        self.wait_for(r"Ready: ", SECONDS_TO_START)

    @property
    def log(self) -> str:
        """Everything it said so far."""
        return self._log.read_text(encoding="utf-8")

    def wait_for(self, pattern: str, seconds: float, since: int = 0) -> None:
        """Wait until it says something, counted from a length of its log."""
        wait_until(
            lambda: re.search(pattern, self.log[since:]) or self.process.poll() is not None,
            seconds,
            f"'{pattern}' in what it said:\n{self.log[-2000:]}",
        )
        assert self.process.poll() is None, f"It ended by itself:\n{self.log[-2000:]}"

    def process_of(self, replica: str) -> int:
        """The id of the newest process of a replica."""
        return int(re.findall(rf"{replica} is up \(process (\d+)\)", self.log)[-1])

    def family(self) -> set[int]:
        """Ids of all processes that it started, and theirs."""
        parents = {}
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                parents[int(stat.parent.name)] = int(stat.read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue  # ended while we looked
        found = {self.process.pid}
        while more := {child for child, parent in parents.items() if parent in found} - found:
            found |= more
        return found - {self.process.pid}

    def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        """Ask it to end; the exit status."""
        self.process.send_signal(how)
        return self.process.wait(timeout=SECONDS_TO_STOP)


@pytest.fixture(scope="session")
def nginx() -> str:
    try:
        return nginx_path()
    except NoNginxError as fault:
        pytest.fail(str(fault))


@pytest.fixture(scope="package")
def service(nginx: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    running = Service(tmp_path_factory.mktemp("serve") / "log", processes=2)
    yield running
    if running.process.poll() is None:
        running.stop()


@pytest.fixture(scope="session")
def chromium() -> str:
    names = (os.environ.get("CHROMIUM_PATH"), "chromium", "chromium-browser", "google-chrome")
    path = next((found for name in names if name and (found := shutil.which(name))), None)
    if path is None:
        pytest.fail("No Chromium found: run 'make test', or set CHROMIUM_PATH to one.")
    return path
