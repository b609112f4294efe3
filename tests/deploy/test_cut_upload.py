"""A replica that dies while it receives a file: the sender hears of it at once, and no other replica is bothered."""

import http.client
import socket
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.front_config import Front, Upstream, render
from deploy.nginx import write_config
from tests.deploy.conftest import free_port, wait_until

SECONDS = 10
"""What the sender waits for; a front that hangs would keep it for an hour."""


class Stub:
    """Takes every connection, reads ``bytes_read`` of what comes and hangs up."""

    def __init__(self, bytes_read: int) -> None:
        self._bytes_read = bytes_read
        self.asked = 0
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self._socket.getsockname()[1]}"
        self._thread = threading.Thread(target=self._take)
        self._thread.start()

    def _take(self) -> None:
        while True:
            connection, _ = self._socket.accept()
            with connection:
                read = 0
                while read < self._bytes_read and (piece := connection.recv(65_536)):
                    read += len(piece)
            if not read:
                return
            self.asked += 1

    def close(self) -> None:
        socket.create_connection(self._socket.getsockname()).close()
        self._thread.join()
        self._socket.close()


@pytest.fixture
def replicas() -> Iterator[tuple[Stub, Stub]]:
    both = Stub(200_000), Stub(1)
    yield both
    for each in both:
        each.close()


@pytest.fixture
def port(replicas: tuple[Stub, Stub], nginx: str, tmp_path: Path) -> Iterator[int]:
    upstreams = tuple(Upstream(f"r{number}", each.address) for number, each in enumerate(replicas, 1))
    front = Front(upstreams, f"127.0.0.1:{free_port()}", tmp_path / "run", tmp_path, str(tmp_path / "access.log"))
    process = subprocess.Popen(write_config(render(front), front.run), stderr=subprocess.DEVNULL)
    written = tmp_path / "run/nginx.pid"
    wait_until(lambda: written.read_text(encoding="utf-8"), 10, "nginx is up")
    yield int(front.listen.rpartition(":")[2])
    process.terminate()
    process.wait(timeout=10)


@pytest.mark.parametrize("size", [250_000, 20_000_000])
def test_a_file_that_was_cut_off_is_answered_at_once(size: int, port: int, replicas: tuple[Stub, Stub]) -> None:
    own, other = replicas
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=SECONDS)
    connection.putrequest("PUT", "/_stcore/upload_file/session/file")
    connection.putheader("Cookie", "replica=r1." + "0" * 32)
    connection.putheader("Content-Length", str(size))
    connection.endheaders(b"x" * 250_000)
    answer = connection.getresponse()
    assert answer.status == 502
    assert answer.read().startswith(b"The file did not arrive.")
    connection.close()
    assert (own.asked, other.asked) == (1, 0)
