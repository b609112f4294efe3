"""nginx itself with the rendered configuration, and no replica behind it: what it answers by its own."""

import http.client
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from pathlib import Path

import pytest

from deploy.front_config import Front, Upstream, render
from deploy.nginx import write_config
from deploy.static_files import packed_static_files
from tests.deploy.conftest import free_port, wait_until

SECURITY = {
    "Content-Security-Policy": "default-src 'self'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: Message
    body: bytes


class Alone:
    """A front whose only replica is dead."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.log = folder / "access.log"
        self.static = packed_static_files(folder / "packed")
        replica = Upstream("r1", f"127.0.0.1:{free_port()}")
        front = Front((replica,), f"127.0.0.1:{self.port}", folder / "run", self.static, str(self.log))
        self.process = subprocess.Popen(write_config(render(front), front.run), stderr=subprocess.DEVNULL)
        written = folder / "run/nginx.pid"
        wait_until(lambda: written.read_text(encoding="utf-8"), 10, "nginx is up")

    def get(self, path: str, **headers: str) -> Answer:
        """One request on a connection of its own."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        try:
            return Answer(answer.status, answer.headers, answer.read())
        finally:
            connection.close()


@pytest.fixture(scope="module")
def front(nginx: str) -> Iterator[Alone]:
    """In a folder that all may enter, unlike pytest's own: workers that root started are not root."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        running = Alone(Path(folder))
        yield running
        running.process.terminate()
        running.process.wait(timeout=10)


def test_without_any_replica_it_says_so(front: Alone) -> None:
    answer = front.get("/medication_check")
    assert answer.status == 503
    assert answer.body == b"The app is being started. Load this page again in a few seconds.\n"


@pytest.mark.parametrize("path", ["/", "/static/js/missing.js", "/_stcore/metrics"])
def test_every_answer_has_the_security_headers(path: str, front: Alone) -> None:
    answer = front.get(path)
    assert {name for name, start in SECURITY.items() if not (answer.headers[name] or "").startswith(start)} == set()
    assert answer.headers["Server"] == "nginx"


@pytest.mark.parametrize("path", ["/_stcore/metrics", "/_stcore/agent/mcp", "/_stcore/script-health-check"])
def test_inner_addresses_are_closed(path: str, front: Alone) -> None:
    assert front.get(path).status == 404


def test_static_files_come_packed_and_stay_for_a_year(front: Alone) -> None:
    script = max((front.static / "static/js").glob("*.js"), key=lambda path: path.stat().st_size)
    packed = front.get(f"/static/js/{script.name}", **{"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.headers["Content-Type"].startswith("application/javascript")
    assert packed.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert len(packed.body) < 0.4 * script.stat().st_size
    assert front.get(f"/static/js/{script.name}").body == script.read_bytes()


def test_a_missing_static_file_is_kept_by_nobody(front: Alone) -> None:
    answer = front.get("/static/js/of-another-version.12345678.js")
    assert answer.status == 503
    assert answer.headers["Cache-Control"] is None


def test_behind_tls_browsers_are_told_to_stay_there(front: Alone) -> None:
    assert front.get("/").headers["Strict-Transport-Security"] is None
    assert front.get("/", **{"X-Forwarded-Proto": "https"}).headers["Strict-Transport-Security"]


def test_the_log_says_what_was_asked_for_without_its_query(front: Alone) -> None:
    front.get("/onset_timeline?view=secret-choice")
    front.get("/_stcore/upload_file/0aaaaaaa-session/0bbbbbbb-file?x=1")
    front.get("/media/0cccccccc.pdf?title=x")
    logged = front.log.read_text(encoding="utf-8")
    for expected in (" GET /onset_timeline ", " GET /_stcore/upload_file/... ", " GET /media/... "):
        assert expected in logged
    for word in ("secret-choice", "session", "0bbbbbbb", "0cccccccc", "title", "127.0.0.1"):
        assert word not in logged
