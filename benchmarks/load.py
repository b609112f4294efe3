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


@dataclass(frozen=True, slots=True)
class Load:
    """How many sessions act, with how long a pause on average (half to one and a half times), for how many seconds."""

    sessions: int
    think_seconds: float
    seconds: float
    settling_seconds: float = 3
    """Of the same load before anything counts: until the queue is as long as it gets."""

    def __post_init__(self) -> None:
        if not (0 < self.sessions <= MOST_SESSIONS and 0 < self.seconds <= MOST_SECONDS):
            raise ValueError(f"A load has at most {MOST_SESSIONS} sessions and {MOST_SECONDS} seconds.")


@dataclass(slots=True)
class Answers:
    """What came back while it counted; reruns and processor time are those between the same two moments."""

    milliseconds: list[float] = field(default_factory=list)
    """From a change to the end of its run, of all changes made while it counted, whenever they were answered."""
    reruns: int = 0
    """Answers that came while it counted, whenever they were asked for."""
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
        return self.reruns / self.seconds

    @property
    def cpu_ms_a_rerun(self) -> float:
        """Processor time of the server's whole process tree for one rerun."""
        return 1000 * self.server_cpu_seconds / max(1, self.reruns)


def put_load(server: Server, visit: Visit, load: Load) -> Answers:
    """Open all sessions, let them act, and tell how the server answered."""
    return asyncio.run(_load(server, visit, load))


async def _load(server: Server, visit: Visit, load: Load) -> Answers:
    answers = Answers()
    async with AsyncExitStack() as stack:
        sessions = await open_sessions(stack, server, visit, load.sessions, answers)
        start = time.perf_counter() + load.settling_seconds
        counting = asyncio.create_task(_count(server, load, answers))
        acting = [asyncio.create_task(_act(each, visit, load, start, answers)) for each in sessions]
        await asyncio.gather(counting, *acting)
    return answers


async def _count(server: Server, load: Load, answers: Answers) -> None:
    """What the processor does between the two moments between which answers count."""
    await asyncio.sleep(load.settling_seconds)
    began, server_before, own_before = time.perf_counter(), cpu_seconds(server.process), time.process_time()
    await asyncio.sleep(load.seconds)
    answers.seconds = time.perf_counter() - began
    answers.server_cpu_seconds = cpu_seconds(server.process) - server_before
    answers.own_cpu_seconds = time.process_time() - own_before


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
    number, end = 0, start + load.seconds
    while (asked := time.perf_counter()) < end:
        if not await is_answered(session, visit, number, answers):
            return
        answered = time.perf_counter()
        if asked >= start:
            answers.milliseconds.append((answered - asked) * 1000)
        if start <= answered < end:
            answers.reruns += 1
        number += 1
        await asyncio.sleep(next(pauses))


def _pauses(mean: float) -> Iterator[float]:
    while True:
        yield random.uniform(mean / 2, mean * 3 / 2)
