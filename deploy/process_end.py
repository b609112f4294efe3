"""How the launcher ends a process that it started: kindly first."""

import asyncio
import os
import signal
from asyncio.subprocess import Process
from contextlib import suppress


async def end_process(process: Process | None, most_seconds: float) -> None:
    """SIGTERM, and after ``most_seconds`` SIGKILL to its whole group; the process must lead a session of its own."""
    if process is None or process.returncode is not None:
        return
    process.send_signal(signal.SIGTERM)
    try:
        await asyncio.wait_for(process.wait(), most_seconds)
    except TimeoutError:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        with suppress(TimeoutError):  # asyncio also waits for its output to be read to the end
            await asyncio.wait_for(process.wait(), most_seconds)
