"""Runs of pages take turns in a process.

Python runs one thread at a time. Streamlit gives every session a thread of its own; with twenty of them at once each
waits for all the others again and again, and their hand-overs cost a quarter of the processor (docs/performance.md).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Semaphore

LONGEST_WAIT_SECONDS = 5.0
"""After that a run goes on beside the one that holds it up, which may be reading a long list."""
_turn = Semaphore()


@contextmanager
def my_turn() -> Iterator[None]:
    """Wait until the run before this one has ended, and hold up the next one until this one has."""
    mine = _turn.acquire(timeout=LONGEST_WAIT_SECONDS)
    try:
        yield
    finally:
        if mine:
            _turn.release()
