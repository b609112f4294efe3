"""What probes and drains make of a replica that is busy, gone or strange. A stub stands in for it."""

import asyncio
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from deploy import health, replica
from tests.deploy.conftest import ROOT, free_port, run_alone

LATE = "late"
ONE, NONE = b"active_sessions 1\n", b"active_sessions 0\n"


class Stub(ThreadingHTTPServer):
    """Answers in turn what it was given; ``LATE`` is a question that it leaves open. The last stays."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answering)
        self.answers: list[bytes | str] = []
        self.asked = 0
        self.over = threading.Event()

    @property
    def port(self) -> int:
        return self.server_address[1]


class Answering(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        stub = self.server
        assert isinstance(stub, Stub)
        answer = stub.answers[min(stub.asked, len(stub.answers) - 1)]
        stub.asked += 1
        if isinstance(answer, str):
            stub.over.wait()
        else:
            self.wfile.write(answer if answer == b"nonsense" else b"HTTP/1.0 200 OK\r\n\r\n" + answer)

    def log_message(self, *_: object) -> None:
        """Quiet."""


@pytest.fixture
def stub() -> Iterator[Stub]:
    with Stub() as running:
        thread = threading.Thread(target=running.serve_forever, args=(0.01,))
        thread.start()
        yield running
        running.over.set()
        running.shutdown()
        thread.join()


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Asks as always, and waits a tenth of a second for an answer."""
    monkeypatch.setattr(health, "_SECONDS_UNTIL_NOBODY_COMES", 0.0)
    monkeypatch.setattr(health.sessions, "__defaults__", (0.1,))
    monkeypatch.setattr(replica, "_SECONDS_BETWEEN_LOOKS", 0.01)


@pytest.mark.parametrize(
    ("answer", "expected"),
    [(b"active_sessions 7\n", 7), (NONE, 0), (b'active_sessions{a="b"} 3\n', 3), (b"", None), (b"nonsense", None)],
)
def test_sessions(answer: bytes, expected: int | None, stub: Stub) -> None:
    stub.answers = [answer]
    assert health.sessions(stub.port) == expected


def test_only_a_refused_connection_means_that_nobody_is_left(stub: Stub, impatient: None) -> None:
    stub.answers = [LATE]
    assert health.sessions(stub.port) is None
    assert health.sessions(free_port()) == 0


BUSY_THEN_EMPTY = [LATE, b"nonsense", ONE, LATE, b"", NONE]


def test_a_drain_outlasts_a_busy_replica(stub: Stub, impatient: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "_SECONDS_BETWEEN_LOOKS", 0.01)
    stub.answers = list(BUSY_THEN_EMPTY)
    assert health.main(["drain", str(stub.port), "60"]) == 0
    assert stub.asked == len(BUSY_THEN_EMPTY)


def drained(port: int, seconds: float) -> int | None:
    """What the launcher makes of a replica that listens there, its process alive."""

    async def ask() -> int | None:
        busy = replica.Replica("r1", port)
        busy._process = await asyncio.create_subprocess_exec(sys.executable, "-c", "input()", stdin=subprocess.PIPE)
        try:
            return await busy.drained(seconds)
        finally:
            busy._process.kill()
            await busy._process.wait()

    return run_alone(ask())


def test_the_launcher_outlasts_a_busy_replica(stub: Stub, impatient: None) -> None:
    stub.answers = list(BUSY_THEN_EMPTY)
    assert drained(stub.port, 60) == 0
    assert stub.asked == len(BUSY_THEN_EMPTY)


@pytest.mark.parametrize(("answer", "left"), [(ONE, 1), (LATE, None)])
def test_the_launcher_stops_asking_when_the_time_is_over(
    answer: bytes | str, left: int | None, stub: Stub, impatient: None
) -> None:
    stub.answers = [answer]
    assert drained(stub.port, 0.3) == left


def test_a_probe_waits_as_long_as_it_is_told(stub: Stub) -> None:
    stub.answers = [LATE, b"ok", b"<!doctype html>"]
    asked = [sys.executable, "-m", "deploy.health", "up", str(stub.port)]
    answers = [subprocess.run([*asked, seconds], cwd=ROOT, check=False).returncode for seconds in ("0.2", "20", "20")]
    assert answers == [1, 0, 1]
