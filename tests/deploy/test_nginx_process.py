"""nginx below the launcher: its log is always read, it is told only what is new, and bad news leave it as it is."""

import asyncio
import errno
import http.client
import io
import os
import pwd
import re
from collections.abc import Awaitable, Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from deploy import nginx as module
from deploy.front_config import Front, Upstream
from deploy.nginx import Nginx, NoNginxError, write_config
from tests.deploy.conftest import free_port, run_alone, wait_until


def front(run: Path, port: int, replicas: int = 1) -> Front:
    """Before replicas that are all dead: nginx answers by itself."""
    dead = tuple(Upstream(f"r{n}", f"127.0.0.1:{free_port()}") for n in range(1, replicas + 1))
    return Front(dead, f"127.0.0.1:{port}", run, run / "static")


def while_it_runs(run: Path, do: Callable[[Nginx, Front], Awaitable[None]]) -> None:
    async def serve() -> None:
        running, first = Nginx(), front(run, free_port())
        try:
            await running.serve(first)
            await do(running, first)
        finally:
            await running.stop()

    run_alone(serve())


def ask(first: Front, paths: list[str]) -> list[int]:
    """The statuses of all, each on a connection of its own."""
    found = []
    for path in paths:
        connection = http.client.HTTPConnection(first.listen, timeout=10)
        connection.request("GET", path)
        found.append(connection.getresponse().status)
        connection.close()
    return found


def test_no_address_is_too_long_for_the_log(nginx: str, tmp_path: Path, capfdbinary: pytest.CaptureFixture) -> None:
    """A quote is four bytes in nginx's log; a pipe that nobody reads holds 65,536."""
    paths = ["/" + '"' * 30_000] + [f"/{n:03d}{'x' * 300}" for n in range(600)]

    async def do(running: Nginx, first: Front) -> None:
        assert set(await asyncio.to_thread(ask, first, paths)) == {503}

    while_it_runs(tmp_path / "run", do)
    lines = capfdbinary.readouterr().out.splitlines()
    assert len(lines) == len(paths)
    assert max(map(len, lines)) < 1000
    assert re.search(rb" GET /599x{196} ", lines[-1])


class FullDisk(io.RawIOBase):
    def write(self, _: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")


def test_a_log_that_cannot_be_written_stops_nobody(
    nginx: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("sys.stdout", SimpleNamespace(buffer=FullDisk()))

    async def do(running: Nginx, first: Front) -> None:
        paths = [f"/{n:03d}{'x' * 190}" for n in range(600)]
        assert set(await asyncio.to_thread(ask, first, paths)) == {503}
        assert len(caplog.records) == 1

    while_it_runs(tmp_path / "run", do)


def test_its_workers_are_not_root(nginx: str, tmp_path: Path) -> None:
    """Each is born as its parent's user and gives that up before it serves: the youngest may not have yet."""

    async def do(running: Nginx, first: Front) -> None:
        assert running._process is not None
        children = Path(f"/proc/{running._process.pid}/task/{running._process.pid}/children")

        def owners() -> set[int]:
            return {Path(f"/proc/{each}").stat().st_uid for each in children.read_text(encoding="utf-8").split()}

        nobody = os.geteuid() or pwd.getpwnam("nobody").pw_uid
        await asyncio.to_thread(wait_until, lambda: owners() == {nobody}, 10, "every worker is nobody's")

    while_it_runs(tmp_path / "run", do)


def test_only_news_reload_it(nginx: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[str] = []

    def write(text: str, run: Path) -> list[str]:
        written.append(text)
        return write_config(text, run)

    monkeypatch.setattr(module, "write_config", write)

    async def do(running: Nginx, first: Front) -> None:
        await running.serve(first)
        assert len(written) == 1
        await running.serve(front(first.run, int(first.listen.rpartition(":")[2]), replicas=2))
        assert len(written) == 2

    while_it_runs(tmp_path / "run", do)


def test_a_refused_configuration_leaves_it_running(nginx: str, tmp_path: Path) -> None:
    async def do(running: Nginx, first: Front) -> None:
        unusable = Front((Upstream("r1", "no number"),), first.listen, first.run, first.static)
        with pytest.raises(NoNginxError):
            await running.serve(unusable)
        assert running.is_running
        assert await asyncio.to_thread(ask, first, ["/"]) == [503]

    while_it_runs(tmp_path / "run", do)
