"""Runs of pages take turns in a process, in the order in which they came.

Python runs one thread at a time. Streamlit gives every session a thread of its own; with twenty of them at once each
waits for all the others again and again, and their hand-overs cost a quarter of the processor (docs/performance.md).
"""

import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Lock, local

LONGEST_TURN_SECONDS = 0.5
"""Who takes longer, to read a long list, goes on beside the next."""


class Line:
    """Who waits for a turn, the first in it; each waits on an event of its own, so that one thread wakes a turn."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._waiting: deque[Event] = deque()
        self._began = 0.0

    def wait(self) -> Event:
        """Stand at the end and return, as this run's place, once it is the first."""
        place = Event()
        with self._lock:
            self._waiting.append(place)
            if self._waiting[0] is place:
                self._begin()
        while not place.wait(self._left_of_the_turn()):
            self._pass_on_after_a_long_turn(place)
        return place

    def leave(self, place: Event) -> None:
        """End this run's turn, unless it took so long that the next has begun."""
        with self._lock:
            if self._waiting and self._waiting[0] is place:
                self._next()

    def _left_of_the_turn(self) -> float:
        """Seconds until the one who has it has had it for long enough."""
        return max(0.01, self._began + LONGEST_TURN_SECONDS - time.monotonic())

    def _pass_on_after_a_long_turn(self, place: Event) -> None:
        with self._lock:
            if not place.is_set() and time.monotonic() - self._began >= LONGEST_TURN_SECONDS:
                self._next()

    def _next(self) -> None:
        self._waiting.popleft()
        if self._waiting:
            self._begin()

    def _begin(self) -> None:
        self._began = time.monotonic()
        self._waiting[0].set()


_line, _this_thread = Line(), local()


@contextmanager
def my_turn() -> Iterator[None]:
    """Wait for this run's turn, and hold up the next until it has ended; within a turn, go on at once."""
    if getattr(_this_thread, "has_turn", False):
        yield
        return
    place = _line.wait()
    _this_thread.has_turn = True
    try:
        yield
    finally:
        _this_thread.has_turn = False
        _line.leave(place)
