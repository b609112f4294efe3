"""Serve the app from this machine: one nginx before as many Streamlit processes as there are cores. See make serve.

SIGHUP starts the processes anew, one at a time, each after its visitors have left; SIGINT and SIGTERM end everything.
"""

import argparse
import asyncio
import logging
import os
import secrets
import shutil
import signal
import socket
import sys
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from deploy.front_config import Front, Intake
from deploy.nginx import Nginx, NoNginxError, nginx_path, packed_folder
from deploy.replica import Replica, ReplicaFailedError
from deploy.static_files import packed_static_files

_LOG = logging.getLogger("serve")
_SHORT_LIFE_SECONDS, _LONGEST_PAUSE_SECONDS = 10.0, 30.0
_SECONDS_TO_COME_BACK = 120.0
_SECONDS_TO_TRY_AGAIN = 5.0
_SECRET = "STREAMLIT_SERVER_COOKIE_SECRET"
LONGEST_HEADER = ("WEBSOCKETS_MAX_LINE_LENGTH", "32768")
"""As nginx's. A sign-in with many groups is a long cookie; at 8,192 bytes a replica lets its websocket hang."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the command line says."""

    address: str
    port: int
    processes: int
    drain_seconds: float


class Service:
    """nginx and the replicas, from start to stop."""

    def __init__(self, settings: Settings, run: Path) -> None:
        self._settings = settings
        self._run = run
        self._nginx = Nginx()
        self._reloading = asyncio.Lock()
        self._is_behind = asyncio.Event()
        """Set while nginx goes on with an older configuration than it should have."""
        self._replicas = [Replica(f"r{n}", port) for n, port in enumerate(_free_ports(settings.processes), 1)]
        self._packing = asyncio.create_task(asyncio.to_thread(packed_static_files, packed_folder(run)))
        self._rolling: asyncio.Task[None] | None = None
        self._stop = asyncio.Event()

    async def run(self) -> None:
        """Serve until asked to stop, or until nginx ends."""
        try:
            async with asyncio.TaskGroup() as tasks:
                self._listen_to_signals(tasks)
                running = [tasks.create_task(self._keep(each)) for each in self._replicas]
                running.append(tasks.create_task(self._announce()))
                running.append(tasks.create_task(self._catch_up()))
                await self._stop.wait()
                for task in (*running, self._rolling):
                    if task is not None:
                        task.cancel()
        finally:
            await self._nginx.stop()
            await asyncio.gather(*(each.stop() for each in self._replicas))

    def _listen_to_signals(self, tasks: asyncio.TaskGroup) -> None:
        has_terminal = _has_terminal()
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self._stop.set)

        def hang_up() -> None:
            """A terminal that was closed means stop; a SIGHUP that someone sent means start anew."""
            if has_terminal and not _has_terminal():
                self._stop.set()
            elif self._rolling is None or self._rolling.done():
                self._rolling = tasks.create_task(self._roll())
            else:
                _LOG.info("A rolling restart is under way already.")

        loop.add_signal_handler(signal.SIGHUP, hang_up)

    async def _announce(self) -> None:
        for replica in self._replicas:
            await replica.ready.wait()
        where = f"http://{self._settings.address}:{self._settings.port}"
        _LOG.info("Ready: %s, %d processes. Rolling restart: kill -HUP %d", where, len(self._replicas), os.getpid())
        await self._nginx.ended()
        if not self._stop.is_set():
            raise NoNginxError("nginx ended unasked, so nothing can be reached any more.")

    async def _receive(self, replica: Replica, intake: Intake) -> None:
        """Tell nginx whom a replica receives from now on."""
        replica.intake = intake
        await self._reload()

    async def _reload(self) -> None:
        """Have nginx do as we think; when that fails, one that runs keeps what it has, and is told again later."""
        async with self._reloading:
            listen = f"{self._settings.address}:{self._settings.port}"
            upstreams = tuple(each.upstream for each in self._replicas)
            try:
                await self._nginx.serve(Front(upstreams, listen, self._run, await asyncio.shield(self._packing)))
            except (NoNginxError, OSError) as fault:
                if not self._nginx.is_running:
                    raise
                _LOG.error("nginx goes on with its old configuration for now. %s", fault)
                self._is_behind.set()
            else:
                self._is_behind.clear()

    async def _catch_up(self) -> None:
        while True:
            await self._is_behind.wait()
            await asyncio.sleep(_SECONDS_TO_TRY_AGAIN)
            await self._reload()

    async def _keep(self, replica: Replica) -> None:
        """Start a replica, let visitors in when it is warm, and start it again whenever it ends."""
        clock, pause = asyncio.get_running_loop(), 0.0
        while True:
            born = clock.time()
            try:
                await replica.start()
                seconds = await replica.warm_up()
            except (ReplicaFailedError, OSError) as fault:
                _LOG.info("%s failed. %s", replica.name, fault)
                await replica.stop()
                await self._move(replica)
            else:
                await self._receive(replica, Intake.ALL)
                replica.ready.set()
                _LOG.info("%s is up (process %d); first check: %.2f s.", replica.name, replica.process_id, seconds)
                await replica.ended()
                replica.ready.clear()
                await self._receive(replica, Intake.NOBODY)
                if replica.is_wanted:
                    _LOG.info("%s ended unasked and is started again.", replica.name)
            is_short = clock.time() - born < _SHORT_LIFE_SECONDS
            pause = min(_LONGEST_PAUSE_SECONDS, 2 * pause + 1) if is_short else 0.0
            await asyncio.sleep(pause)

    async def _move(self, replica: Replica) -> None:
        """Give it another port: its own may be someone else's by now, to whom nginx must send nobody."""
        (replica.port,) = _free_ports(1)
        if self._nginx.is_running:
            await self._receive(replica, Intake.NOBODY)

    async def _roll(self) -> None:
        """Replace every process, one at a time; ends early when one is not up, so that others stay."""
        for replica in self._replicas:
            try:
                await asyncio.wait_for(replica.ready.wait(), _SECONDS_TO_COME_BACK)
                await self._replace(replica)
                await asyncio.wait_for(replica.ready.wait(), _SECONDS_TO_COME_BACK)
            except TimeoutError:
                _LOG.info("%s is not up: the rolling restart ends here.", replica.name)
                return
            except Exception:
                # Whatever it was, the service goes on: all that is open lives in these processes.
                _LOG.exception("%s was not replaced: the rolling restart ends here.", replica.name)
                if replica.ready.is_set():
                    await self._receive(replica, Intake.ALL)
                return
        _LOG.info("Rolling restart done.")

    async def _replace(self, replica: Replica) -> None:
        await self._receive(replica, Intake.OWN)
        if self._is_behind.is_set():
            raise NoNginxError("nginx still sends it newcomers.")
        _LOG.info("%s receives no new visitors.", replica.name)
        still_open = await replica.drained(self._settings.drain_seconds)
        replica.ready.clear()
        await self._receive(replica, Intake.NOBODY)
        count = "an unknown number of" if still_open is None else still_open
        _LOG.info("%s is replaced; %s open pages lose their session.", replica.name, count)
        await replica.stop()


def _has_terminal() -> bool:
    try:
        os.close(os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY))
    except OSError:
        return False
    return True


def _free_ports(count: int) -> list[int]:
    """All are held until the last is found, so that none comes twice."""
    with ExitStack() as held:
        probes = [held.enter_context(socket.socket()) for _ in range(count)]
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [probe.getsockname()[1] for probe in probes]


def _settings() -> Settings:
    parser = argparse.ArgumentParser(prog="make serve", description=__doc__)
    parser.add_argument("--address", default="127.0.0.1", help="where nginx listens (default: this machine only)")
    parser.add_argument("--port", type=int, default=8501)
    parser.add_argument("--processes", type=int, default=len(os.sched_getaffinity(0)), help="default: one a core")
    parser.add_argument("--drain-seconds", type=float, default=600.0, help="longest wait for visitors to leave")
    given = parser.parse_args()
    if given.processes < 1:
        parser.error("at least one process is needed")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((given.address, given.port))
        except OSError:
            parser.error(f"port {given.port} of {given.address} cannot be had: choose another with PORT=")
    return Settings(given.address, given.port, given.processes, given.drain_seconds)


async def _serve(settings: Settings, run: Path) -> None:
    await Service(settings, run).run()


def main() -> int:
    """Exit status 0 when asked to stop, 1 when something that is needed is missing."""
    logging.basicConfig(format="%(asctime)s %(message)s", level=logging.INFO, stream=sys.stderr)
    logging.getLogger("asyncio").setLevel(logging.WARNING)
    settings = _settings()
    os.environ.setdefault(_SECRET, secrets.token_hex(32))
    os.environ.setdefault(*LONGEST_HEADER)
    run = Path(tempfile.mkdtemp(prefix="ketamine-consult-"))
    status = 0
    try:
        nginx_path()
        asyncio.run(_serve(settings, run))
    except* NoNginxError as faults:
        _LOG.error("%s", faults.exceptions[0])
        status = 1
    except* OSError as faults:
        _LOG.error("Something could not be read, written or started: %s", faults.exceptions[0])
        status = 1
    finally:
        shutil.rmtree(run, ignore_errors=True)
    return status


if __name__ == "__main__":
    sys.exit(main())
