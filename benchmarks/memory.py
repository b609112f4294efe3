"""Memory of the server: at the start, for each session, and whether it grows with reruns."""

import asyncio
from contextlib import AsyncExitStack

from benchmarks.figures import Compared, Figure, Target
from benchmarks.load import Answers, is_answered, open_sessions
from benchmarks.process_tree import memory_megabytes
from benchmarks.servers import Server, ours, vanilla
from benchmarks.session import Session, opened
from benchmarks.visits import EMPTY_PAGE, MEDICATION_CHECK, Visit, check_eight_medicines

_SECTION = "memory"
_SESSIONS = 100
_ACTING, _EARLY, _LATE = 10, 500, 5_000
"""Sessions that act, and the numbers of reruns after which memory is read."""


def measure_memory() -> list[Figure]:
    """Resident memory, side by side; the reruns of ours only, for that is where growth would matter."""
    with ours() as app, vanilla() as plain:
        started, plain_started = memory_megabytes(app.process), memory_megabytes(plain.process)
        grown = asyncio.run(_session_megabytes(app, MEDICATION_CHECK))
        plain_grown = asyncio.run(_session_megabytes(plain, EMPTY_PAGE))
    with ours() as app:
        early, late, errors = asyncio.run(_after_reruns(app))
    with ours() as app:
        asyncio.run(_visit_every_page(app))
        visited = memory_megabytes(app.process)
    return [
        Figure(_SECTION, "server that nobody visited", started, "MB", plain_started),
        Figure(_SECTION, "process of which every page was visited", visited, "MB"),
        Figure(_SECTION, "a session with 8 medicines", grown, "MB", plain_grown),
        Figure(
            _SECTION,
            "a session beyond plain Streamlit's",
            grown - plain_grown,
            "MB",
            None,
            Target(1, Compared.VALUE),
        ),
        Figure(_SECTION, f"after {_LATE:,} reruns, beside after {_EARLY}", late, "MB", early, Target(1.1)),
        Figure(_SECTION, f"errors in {_LATE:,} reruns", errors, "", None, Target(0, Compared.VALUE)),
    ]


async def _visit_every_page(server: Server) -> None:
    """Every page of the menu, in one session, each with its first view."""
    async with opened(server, MEDICATION_CHECK.page) as session:
        await check_eight_medicines(session)
        for page in list(session.pages):
            await session.go(page)


async def _session_megabytes(server: Server, visit: Visit) -> float:
    """What each of many open sessions adds, after the first few have paid for what all share."""
    answers = Answers()
    async with AsyncExitStack() as stack:
        await open_sessions(stack, server, visit, _ACTING, answers)
        before = memory_megabytes(server.process)
        await open_sessions(stack, server, visit, _SESSIONS, answers)
        return (memory_megabytes(server.process) - before) / (_SESSIONS - answers.errors)


async def _after_reruns(server: Server) -> tuple[float, float, int]:
    answers = Answers()
    async with AsyncExitStack() as stack:
        sessions = await open_sessions(stack, server, MEDICATION_CHECK, _ACTING, answers)
        await rerun_in_turns(sessions, MEDICATION_CHECK, range(_EARLY), answers)
        early = memory_megabytes(server.process)
        await rerun_in_turns(sessions, MEDICATION_CHECK, range(_EARLY, _LATE), answers)
        return early, memory_megabytes(server.process), answers.errors


async def rerun_in_turns(sessions: list[Session], visit: Visit, numbers: range, answers: Answers) -> None:
    """All sessions act at once until every number was used; those that met a fault leave the list, the others go on."""
    left = iter(numbers)
    while turn := list(zip(sessions, left, strict=False)):
        are_well = await asyncio.gather(*(is_answered(each, visit, number, answers) for each, number in turn))
        sessions[: len(turn)] = [each for (each, _), is_well in zip(turn, are_well, strict=True) if is_well]
