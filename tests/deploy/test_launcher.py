"""What the launcher decides when something fails, with replicas and an nginx that only pretend."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from deploy import serve
from deploy.front_config import Front, Intake
from deploy.nginx import NoNginxError
from deploy.replica import Replica, ReplicaFailedError
from deploy.serve import Service, Settings
from tests.deploy.conftest import run_alone


class Pretended(Replica):
    """A replica without a process: starts and warms up at once, unless told otherwise."""

    def __init__(self, name: str, port: int) -> None:
        super().__init__(name, port)
        self.failing_starts = 0
        self.left_open: int | Exception | None = 0
        self.used_ports: list[int] = []
        self._over = asyncio.Event()

    async def start(self) -> None:
        self.is_wanted = True
        self._over = asyncio.Event()
        self.used_ports.append(self.port)

    async def warm_up(self) -> float:
        if self.failing_starts:
            self.failing_starts -= 1
            raise ReplicaFailedError("Its process ended before it could be visited.")
        return 0.0

    async def ended(self) -> None:
        await self._over.wait()

    async def drained(self, most_seconds: float) -> int | None:
        if isinstance(self.left_open, Exception):
            raise self.left_open
        return self.left_open

    async def stop(self) -> None:
        self.is_wanted = False
        self._over.set()


class PretendedNginx:
    """Takes every configuration, or refuses it while ``fault`` is set."""

    def __init__(self) -> None:
        self.is_running = False
        self.fault: Exception | None = None
        self.told: list[Front] = []

    async def serve(self, front: Front) -> None:
        if self.fault:
            raise self.fault
        self.is_running = True
        self.told.append(front)

    async def ended(self) -> None:
        await asyncio.Event().wait()

    async def stop(self) -> None:
        self.is_running = False

    @property
    def intakes(self) -> list[Intake]:
        return [each.intake for each in self.told[-1].upstreams]


Scene = Callable[[Service, list[Pretended], PretendedNginx], Awaitable[None]]


@pytest.fixture
def play(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[Scene], None]:
    """Runs a scene with a service of two replicas, and stops it."""
    nginx = PretendedNginx()
    monkeypatch.setattr(serve, "Replica", Pretended)
    monkeypatch.setattr(serve, "Nginx", lambda: nginx)
    monkeypatch.setattr(serve, "packed_static_files", lambda _: tmp_path)
    for name in ("_SHORT_LIFE_SECONDS", "_SECONDS_TO_TRY_AGAIN"):
        monkeypatch.setattr(serve, name, 0.0)
    monkeypatch.setattr(serve, "_SECONDS_TO_COME_BACK", 0.5)

    def run(scene: Scene) -> None:
        async def both() -> None:
            service = Service(Settings("127.0.0.1", 1, 2, 0.0), tmp_path)
            running = asyncio.create_task(service.run())
            try:
                await asyncio.wait_for(scene(service, service._replicas, nginx), 30)  # type: ignore[arg-type]
                assert not running.done(), "the service must outlive this"
            finally:
                service._stop.set()
                await running

        run_alone(both())

    return run


async def until(condition: Callable[[], object]) -> None:
    """The scene's deadline is the limit."""
    while not condition():
        await asyncio.sleep(0.01)


async def all_up(replicas: list[Pretended]) -> None:
    for each in replicas:
        await each.ready.wait()


@pytest.mark.parametrize("fault", [ValueError("metrics"), OSError("socket")])
def test_a_fault_ends_the_rolling_restart_and_nothing_else(
    fault: Exception, play: Callable[[Scene], None], caplog: pytest.LogCaptureFixture
) -> None:
    async def scene(service: Service, replicas: list[Pretended], nginx: PretendedNginx) -> None:
        await all_up(replicas)
        replicas[0].left_open = fault
        await service._roll()
        assert nginx.intakes == [Intake.ALL, Intake.ALL], "it receives newcomers again"

    play(scene)
    assert "r1 was not replaced" in caplog.text


def test_a_rolling_restart_that_nginx_does_not_hear_of_replaces_nobody(
    play: Callable[[Scene], None],
) -> None:
    async def scene(service: Service, replicas: list[Pretended], nginx: PretendedNginx) -> None:
        await all_up(replicas)
        nginx.fault = NoNginxError("refused")
        await service._roll()
        assert [len(each.used_ports) for each in replicas] == [1, 1]

    play(scene)


@pytest.mark.parametrize("fault", [NoNginxError("refused"), OSError("disk full")])
def test_what_nginx_refused_is_told_again(fault: Exception, play: Callable[[Scene], None]) -> None:
    async def scene(service: Service, replicas: list[Pretended], nginx: PretendedNginx) -> None:
        await all_up(replicas)
        nginx.fault = fault
        await service._receive(replicas[1], Intake.NOBODY)
        assert nginx.intakes == [Intake.ALL, Intake.ALL]
        nginx.fault = None
        await until(lambda: nginx.intakes == [Intake.ALL, Intake.NOBODY])

    play(scene)


def test_a_process_that_stays_away_ends_the_rolling_restart(play: Callable[[Scene], None]) -> None:
    async def scene(service: Service, replicas: list[Pretended], nginx: PretendedNginx) -> None:
        await all_up(replicas)
        replicas[0].ready.clear()
        await service._roll()
        assert [len(each.used_ports) for each in replicas] == [1, 1]

    play(scene)


def test_a_failed_start_is_tried_at_another_port(play: Callable[[Scene], None]) -> None:
    async def scene(service: Service, replicas: list[Pretended], nginx: PretendedNginx) -> None:
        replicas[0].failing_starts = 2
        await all_up(replicas)
        assert len(set(replicas[0].used_ports)) == 3
        assert nginx.told[-1].upstreams[0].address == f"127.0.0.1:{replicas[0].used_ports[-1]}"

    play(scene)


@pytest.mark.parametrize(("left_open", "said"), [(0, "0"), (3, "3"), (None, "an unknown number of")])
def test_a_rolling_restart_says_what_is_lost(
    left_open: int | None, said: str, play: Callable[[Scene], None], caplog: pytest.LogCaptureFixture
) -> None:
    async def scene(service: Service, replicas: list[Pretended], nginx: PretendedNginx) -> None:
        await all_up(replicas)
        for each in replicas:
            each.left_open = left_open
        await service._roll()
        assert [len(each.used_ports) for each in replicas] == [2, 2]

    with caplog.at_level("INFO", "serve"):
        play(scene)
    assert len(re.findall(f"; {said} open pages lose their session", caplog.text)) == 2
    assert "Rolling restart done." in caplog.text
