"""Many sessions at once, each with time to think between two reruns; bounded in number and time."""

import asyncio
import random
import time
from collections.abc import Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field

from websockets.exceptions import WebSocketException

from benchmarks.process_tree import cpu_seconds
from benchmarks.servers import Server
from benchmarks.session import PageFault, Session, opened
from benchmarks.visits import Visit

MOST_SESSIONS, MOST_SECONDS = 200, 120
FAULTS = (PageFault, WebSocketException, OSError, TimeoutError)
"""An exception on a page, a lost socket, an answer that did not come."""
_OPENING_AT_ONCE = 4
_SETTLING = 3.0
"""Seconds of load before times count."""


@dataclass(frozen=True, slots=True)
class Load:
    """How many sessions act, with how long a pause on average (half to one and a half times), for how many seconds."""

    sessions: int
    think_seconds: float
    seconds: float

    def __post_init__(self) -> None:
        if not (0 < self.sessions <= MOST_SESSIONS and 0 < self.seconds <= MOST_SECONDS):
            raise ValueError(f"A load has at most {MOST_SESSIONS} sessions and {MOST_SECONDS} seconds.")


@dataclass(slots=True)
class Answers:
    """Times from a change to the end of its run, in ms, of all changes made while times counted."""

    milliseconds: list[float] = field(default_factory=list)
    errors: int = 0
    """Exceptions on a page, lost sockets and answers that never came, whenever they happened."""
    seconds: float = 0.0
    server_cpu_seconds: float = 0.0
    own_cpu_seconds: float = 0.0

    def percentile(self, percent: int) -> float:
        """Nearest rank, in ms; infinite when nothing was answered."""
        ranked = sorted(self.milliseconds)
        return ranked[max(0, -(-percent * len(ranked) // 100) - 1)] if ranked else float("inf")

    @property
    def a_second(self) -> float:
        """Reruns answered each second."""
        return len(self.milliseconds) / self.seconds

    @property
    def cpu_ms_a_rerun(self) -> float:
        """Processor time of the server's whole process tree for one rerun."""
        return 1000 * self.server_cpu_seconds / max(1, len(self.milliseconds))


def put_load(server: Server, visit: Visit, load: Load) -> Answers:
    """Open all sessions, let them act, and tell how the server answered."""
    return asyncio.run(_load(server, visit, load))


async def _load(server: Server, visit: Visit, load: Load) -> Answers:
    answers = Answers()
    async with AsyncExitStack() as stack:
        sessions = await open_sessions(stack, server, visit, load.sessions, answers)
        start = time.perf_counter() + _SETTLING
        acting = [asyncio.create_task(_act(each, visit, load, start, answers)) for each in sessions]
        await asyncio.sleep(_SETTLING)
        server_before, own_before = cpu_seconds(server.process), time.process_time()
        await asyncio.gather(*acting)
        answers.seconds = time.perf_counter() - start
        answers.server_cpu_seconds = cpu_seconds(server.process) - server_before
        answers.own_cpu_seconds = time.process_time() - own_before
    return answers


async def open_sessions(
    stack: AsyncExitStack, server: Server, visit: Visit, number: int, answers: Answers
) -> list[Session]:
    """Sessions with the page open and prepared, a few opening at a time; those that fail count as errors."""
    turn, sessions = asyncio.Semaphore(_OPENING_AT_ONCE), []

    async def open_one() -> None:
        async with turn:
            try:
                session = await stack.enter_async_context(opened(server, visit.page))
                await visit.prepare(session)
                sessions.append(session)
            except FAULTS:
                answers.errors += 1

    await asyncio.gather(*(open_one() for _ in range(number)))
    return sessions


async def is_answered(session: Session, visit: Visit, number: int, answers: Answers) -> bool:
    """Make one change. A fault is an error, after which nothing more can be asked of this session."""
    try:
        await visit.act(session, number)
    except FAULTS:
        answers.errors += 1
        return False
    return True


async def _act(session: Session, visit: Visit, load: Load, start: float, answers: Answers) -> None:
    """Act until the time is over; what was asked in time is waited for, so that slow answers are not left out."""
    pauses = _pauses(load.think_seconds)
    await asyncio.sleep(random.uniform(0, load.think_seconds))
    number = 0
    while (asked := time.perf_counter()) < start + load.seconds:
        if not await is_answered(session, visit, number, answers):
            return
        if asked >= start:
            answers.milliseconds.append((time.perf_counter() - asked) * 1000)
        number += 1
        await asyncio.sleep(next(pauses))


def _pauses(mean: float) -> Iterator[float]:
    while True:
        yield random.uniform(mean / 2, mean * 3 / 2)
