"""One Streamlit process: started, visited before anyone else, drained, stopped."""

import asyncio
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from pathlib import Path

from deploy.front_config import Intake, Upstream
from deploy.health import sessions
from deploy.process_end import end_process

ROOT = Path(__file__).resolve().parents[1]
_SECONDS_TO_STOP = 4.0
_SECONDS_BETWEEN_LOOKS = 0.5


class ReplicaFailedError(Exception):
    """It ended or failed its first visit; says which."""


class Replica:
    """A replica of this machine; it keeps its name when its process is replaced."""

    def __init__(self, name: str, port: int) -> None:
        self.name = name
        self.port = port
        self.intake = Intake.NOBODY
        self.ready = asyncio.Event()
        """Set while it receives visitors."""
        self.is_wanted = True
        """False while it is being stopped on purpose."""
        self._process: Process | None = None

    @property
    def upstream(self) -> Upstream:
        """What nginx has to know."""
        return Upstream(self.name, f"127.0.0.1:{self.port}", self.intake)

    async def start(self) -> None:
        """Start its process, in a session of its own: a Ctrl-C in the terminal reaches only the launcher."""
        self.is_wanted = True
        self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-m", "streamlit", "run", str(ROOT / "app.py"), "--server.headless", "true"),
            *("--logger.level", "warning"),
            *("--server.address", "127.0.0.1", "--server.port", str(self.port)),
            cwd=ROOT,
            stdout=DEVNULL,  # where Streamlit greets with its own address, which is not the one to open
            start_new_session=True,
        )

    async def warm_up(self) -> float:
        """Visit it; returns the seconds until the first check was answered."""
        visitor = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "deploy.visit", str(self.port)), cwd=ROOT, stdout=PIPE, stderr=PIPE
        )
        visited = asyncio.create_task(visitor.communicate())
        ended = asyncio.create_task(self.ended())
        try:
            await asyncio.wait({visited, ended}, return_when=asyncio.FIRST_COMPLETED)
            if not visited.done():
                raise ReplicaFailedError("Its process ended before it could be visited.")
            said, complaint = visited.result()
            if visitor.returncode:
                raise ReplicaFailedError(complaint.decode().strip() or "The first visit broke off.")
            return float(said)
        finally:
            visited.cancel()
            ended.cancel()
            if visitor.returncode is None:
                visitor.kill()

    @property
    def process_id(self) -> int:
        """The id of its present process; 0 before the first."""
        return self._process.pid if self._process else 0

    async def ended(self) -> None:
        """Wait until its process has ended."""
        if self._process is not None:
            await self._process.wait()

    async def drained(self, most_seconds: float) -> int | None:
        """Wait until no websocket is open or the time is over; returns how many are still open, None if it never said.

        A process that is too busy to answer is asked again.
        """
        clock, process = asyncio.get_running_loop(), self._process
        until = clock.time() + most_seconds
        while process is not None and process.returncode is None:
            still_open = await asyncio.to_thread(sessions, self.port)
            if still_open == 0 or clock.time() >= until:
                return still_open
            await asyncio.sleep(min(_SECONDS_BETWEEN_LOOKS, max(0.0, until - clock.time())))
        return 0

    async def stop(self) -> None:
        """End its process, kindly first."""
        self.is_wanted = False
        await end_process(self._process, _SECONDS_TO_STOP)
