"""The servers under test: ours and a plain Streamlit one, each a fresh process on a free port of this machine."""

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from typing import IO
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parents[1]
_START_SECONDS, _STOP_SECONDS, _PAUSE = 60, 20, 0.02
_READY_WORD = b"Ready:"
"""What make serve says once every process can be visited."""
_VANILLA = 'import streamlit as st\n\nst.title("Empty")\n'


@dataclass(frozen=True, slots=True)
class Server:
    """A server that runs: its address, and the process whose tree is it."""

    url: str
    process: int

    @property
    def socket_url(self) -> str:
        """Where browsers open their websocket."""
        return f"{loopback(self.url).replace('http', 'ws', 1)}/_stcore/stream"


def loopback(url: str) -> str:
    """The same address, refused with ValueError unless it is this machine: no load goes anywhere else."""
    host = urlsplit(url).hostname or ""
    if host != "localhost" and not _is_loopback(host):
        raise ValueError(
            f"The load generator only talks to this machine, not to {host or 'an address without a host'}."
        )
    return url.rstrip("/")


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


@contextmanager
def ours(script: str = "app.py") -> Iterator[Server]:
    """The app (or another script in its place) with the settings that it is shipped with."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with _running(_streamlit(script), ROOT, environment) as server:
        yield server


@contextmanager
def vanilla() -> Iterator[Server]:
    """One title on an empty page, in a folder of its own, with Streamlit's default settings; no browser is opened."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "empty.py").write_text(_VANILLA, encoding="utf-8")
        environment = {key: value for key, value in os.environ.items() if not key.startswith("STREAMLIT_")}
        command = [*_streamlit("empty.py"), "--server.headless", "true"]
        with _running(command, Path(folder), {**environment, "HOME": folder}) as server:
            yield server


@contextmanager
def behind_nginx(processes: int) -> Iterator[Server]:
    """As many processes of the app behind nginx as asked, all of them ready: what make serve starts."""
    with tempfile.TemporaryFile("w+b") as said:
        port = _free_port()
        command = [sys.executable, "-m", "deploy.serve", "--port", str(port), "--processes", str(processes)]
        with _process(command, ROOT, dict(os.environ), said) as process:
            _wait_until(lambda: _READY_WORD in _all_of(said), process)
            yield Server(f"http://127.0.0.1:{port}", process.pid)


def _all_of(said: IO[bytes]) -> bytes:
    said.seek(0)
    return said.read()


def _streamlit(script: str) -> list[str]:
    return [sys.executable, "-m", "streamlit", "run", script, "--server.address", "127.0.0.1"]


@contextmanager
def _running(command: list[str], folder: Path, environment: dict[str, str]) -> Iterator[Server]:
    port = _free_port()
    url = f"http://127.0.0.1:{port}"
    with _process([*command, "--server.port", str(port)], folder, environment) as process:
        _wait_until(lambda: _is_up(url), process)
        yield Server(url, process.pid)


@contextmanager
def _process(
    command: list[str], folder: Path, environment: dict[str, str], said: IO[bytes] | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=said or subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        process.terminate()
        process.wait(timeout=_STOP_SECONDS)


def _free_port() -> int:
    """A port of the loopback interface that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _is_up(url: str) -> bool:
    """An address that it does not know answers 200 too, so the body counts."""
    try:
        with urllib.request.urlopen(f"{loopback(url)}/_stcore/health", timeout=1) as answer:
            body: bytes = answer.read()
            return body == b"ok"
    except OSError:
        return False


def _wait_until(is_ready: Callable[[], bool], process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + _START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        if is_ready():
            return
        time.sleep(_PAUSE)
    raise TimeoutError("A server did not start: run it by hand to see why (make run, make serve).")
