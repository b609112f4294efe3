"""From the start of a server process to the first answered check, beside plain Streamlit's first page."""

import asyncio
import statistics
import time
from collections.abc import Callable
from contextlib import AbstractContextManager

from benchmarks.figures import Compared, Figure, Target
from benchmarks.servers import Server, ours, vanilla
from benchmarks.session import opened
from benchmarks.visits import EMPTY_PAGE, MEDICATION_CHECK, Visit

_SECTION, _ROUNDS = "start", 3


def time_start() -> list[Figure]:
    """Median of fresh processes, in turns; the files are in the system's cache, as after a restart, not a reboot."""
    rounds = [(_first_answer(ours, MEDICATION_CHECK), _first_answer(vanilla, EMPTY_PAGE)) for _ in range(_ROUNDS)]
    (up, answered), (plain_up, plain_answered) = (
        [statistics.median(times) for times in zip(*side, strict=True)] for side in zip(*rounds, strict=True)
    )
    return [
        Figure(_SECTION, "process answers its health check", up, "s", plain_up),
        Figure(_SECTION, "process to first answered check", answered, "s", plain_answered, Target(3, Compared.VALUE)),
        Figure(_SECTION, "of it, what the first visitor waits", answered - up, "s", plain_answered - plain_up),
    ]


def _first_answer(server: Callable[[], AbstractContextManager[Server]], visit: Visit) -> tuple[float, float]:
    begun = time.perf_counter()
    with server() as running:
        up = time.perf_counter() - begun
        asyncio.run(_visit(running, visit))
        return up, time.perf_counter() - begun


async def _visit(server: Server, visit: Visit) -> None:
    async with opened(server, visit.page) as session:
        await visit.prepare(session)
