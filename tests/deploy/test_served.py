"""Two real processes behind a real nginx: sessions stay, deaths and restarts cost nobody else anything."""

import os
import signal
import threading
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from websockets.exceptions import ConnectionClosed

from tests.deploy.conftest import Service, wait_until
from tests.deploy.visitor import Visitor, shows_its_title

pytestmark = pytest.mark.xdist_group("served")
SECONDS_TO_COME_BACK = 120


@contextmanager
def visitors_of_both(service: Service, each: int) -> Iterator[list[Visitor]]:
    """At least ``each`` open sessions on either replica."""
    with ExitStack() as held:
        found: list[Visitor] = []
        while min(sum(one.replica == name for one in found) for name in ("r1", "r2")) < each:
            assert len(found) < 8 * each, "newcomers do not reach both replicas"
            visitor = held.enter_context(Visitor(service.port))
            visitor.open()
            found.append(visitor)
        yield found


def test_a_browser_stays_with_its_replica(service: Service) -> None:
    with visitors_of_both(service, 2) as visitors:
        for visitor in visitors:
            at_first = visitor.cookies["replica"]
            for _ in range(5):
                visitor.get("/_stcore/host-config")
                assert shows_its_title(visitor.rerun())
            assert visitor.upload(b"sertraline") == 204
            assert visitor.cookies["replica"] == at_first


def test_a_cut_line_loses_nothing(service: Service) -> None:
    with visitors_of_both(service, 1) as visitors:
        for visitor in visitors:
            before = visitor.session_id
            visitor.reconnect()
            assert visitor.session_id == before


def test_a_cookie_of_someone_elses_making_does_no_harm(service: Service) -> None:
    for value in ("r9." + "0" * 32, "r1", "x" * 500, "r1." + "0" * 32 + "; r2"):
        with Visitor(service.port) as visitor:
            visitor.cookies["replica"] = value
            assert shows_its_title(visitor.open())
            assert visitor.upload(b"sertraline") == 204


def test_a_page_is_never_kept_and_its_cookie_is_no_scripts(service: Service) -> None:
    with urllib.request.urlopen(f"http://127.0.0.1:{service.port}/medication_check") as answer:
        assert answer.headers["Cache-Control"] == "no-cache"
        (cookie,) = [each for each in answer.headers.get_all("Set-Cookie") if each.startswith("replica=")]
        assert cookie.endswith("; Path=/; HttpOnly; SameSite=Lax")


def test_a_death_under_load_loses_no_session_of_the_other(service: Service) -> None:
    killed, over = threading.Event(), threading.Event()

    def click_on(visitor: Visitor) -> tuple[int, int]:
        """Reruns after the death, and times that the session was lost."""
        after = lost = 0
        while not over.is_set():
            try:
                assert shows_its_title(visitor.rerun())
            except (ConnectionClosed, OSError):
                lost += 1
                assert shows_its_title(visitor.reconnect())
            after += killed.is_set()
        return after, lost

    with visitors_of_both(service, 4) as visitors, ThreadPoolExecutor(len(visitors)) as threads:
        homes = [visitor.replica for visitor in visitors]
        since = len(service.log)
        clicking = [threads.submit(click_on, visitor) for visitor in visitors]
        os.kill(service.process_of("r1"), signal.SIGKILL)
        killed.set()
        try:
            service.wait_for(r"r1 is up", SECONDS_TO_COME_BACK, since)
        finally:
            over.set()
        for home, visitor, done in zip(homes, visitors, clicking, strict=True):
            reruns, lost = done.result()
            assert reruns > 0
            assert lost == (1 if home == "r1" else 0), home
            assert visitor.replica == "r2"
            assert visitor.upload(b"sertraline") == 204, "a file goes where the session lives now"


def test_a_process_that_came_back_receives_newcomers(service: Service) -> None:
    with visitors_of_both(service, 1) as visitors:
        assert all(visitor.upload(b"sertraline") == 204 for visitor in visitors)


def test_a_rolling_restart_fails_no_request(service: Service) -> None:
    over = threading.Event()

    def come_and_go() -> list[str]:
        """Faults met; with a pause between visits, since a flood from one address is refused."""
        faults = []
        while not over.wait(0.1):
            try:
                with Visitor(service.port) as visitor:
                    for _ in range(5):
                        visitor.get("/medication_check")
                        assert visitor.get("/_stcore/health") == b"ok"
            except (OSError, AssertionError) as fault:
                faults.append(repr(fault))
        return faults

    since, old = len(service.log), [service.process_of("r1"), service.process_of("r2")]
    with visitors_of_both(service, 1) as visitors, ThreadPoolExecutor(3) as threads:
        coming = [threads.submit(come_and_go) for _ in range(3)]
        try:
            service.process.send_signal(signal.SIGHUP)
            service.wait_for(r"r1 receives no new visitors", SECONDS_TO_COME_BACK, since)
            wait_until(lambda: newcomers(service, 6) == {"r2"}, 20, "newcomers go to r2 only")
            for visitor in visitors:
                assert shows_its_title(visitor.rerun())
                assert visitor.upload(b"sertraline") == 204, "who is inside is served to the end"
                visitor.close()
            service.wait_for(r"Rolling restart done", 2 * SECONDS_TO_COME_BACK, since)
        finally:
            over.set()
        assert [fault for each in coming for fault in each.result()] == []
    assert service.log[since:].count("; 0 open pages lose their session") == 2
    assert {service.process_of("r1"), service.process_of("r2")}.isdisjoint(old)


def newcomers(service: Service, count: int) -> set[str]:
    """The replicas that received some new visitors."""
    found = set()
    for _ in range(count):
        visitor = Visitor(service.port)
        visitor.get("/")
        found.add(visitor.replica)
    return found


def test_a_flood_from_one_browser_is_refused_and_harms_nobody_else(service: Service) -> None:
    with Visitor(service.port) as flooding, Visitor(service.port) as other:
        other.open()
        flooding.get("/")
        answers = [flooding.request("GET", "/_stcore/host-config")[0] for _ in range(300)]
        assert set(answers) == {200, 429}
        assert shows_its_title(other.rerun())
        other.get("/_stcore/host-config")


def test_the_log_holds_nothing_of_anyone(service: Service) -> None:
    with Visitor(service.port) as visitor:
        visitor.open()
        visitor.get("/onset_timeline?view=secret-choice")
        visitor.upload(b"sertraline")
        wait_until(lambda: "PUT /_stcore/upload_file/..." in service.log, 10, "the upload is logged")
        for word in ("secret-choice", "127.0.0.1 ", visitor.session_id, visitor.cookies["replica"].partition(".")[2]):
            assert word not in service.log


def test_stop_leaves_no_process(nginx: str, tmp_path: Path) -> None:
    alone = Service(tmp_path / "log", processes=1)
    try:
        with Visitor(alone.port) as visitor:
            assert shows_its_title(visitor.open())
            family = alone.family()
            assert len(family) >= 3, "Streamlit, nginx and a worker"
            assert alone.stop(signal.SIGINT) == 0
    finally:
        if alone.process.poll() is None:
            alone.stop()
    assert {process for process in family if Path(f"/proc/{process}").exists()} == set()
