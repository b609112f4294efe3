"""Runs take turns: one at a time in the order in which they came, also after a fault, and none waits for a long one."""

import time
from collections.abc import Callable
from threading import Event, Thread

import pytest

from components.screen import turns

PATIENCE = 10.0
"""Seconds after which a run that does not come on counts as stuck."""


def begun(run: Callable[[], None]) -> Thread:
    thread = Thread(target=run)
    thread.start()
    return thread


def until_they_wait(number: int) -> None:
    until = time.monotonic() + PATIENCE
    while len(turns._line._waiting) < number:
        assert time.monotonic() < until, "a run did not come to wait"


def ended(thread: Thread) -> None:
    thread.join(PATIENCE)
    assert not thread.is_alive()


@pytest.fixture(autouse=True)
def _nobody_is_left() -> object:
    yield
    assert not turns._line._waiting


def test_first_come_first_served(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "LONGEST_TURN_SECONDS", 60.0)
    told: list[int] = []

    def run(number: int) -> None:
        with turns.my_turn():
            told.append(number)

    with turns.my_turn():
        threads = []
        for number in range(50):
            threads.append(begun(lambda number=number: run(number)))
            until_they_wait(number + 2)
        assert not told
    for each in threads:
        ended(each)
    assert told == list(range(50))


def test_a_run_that_ends_in_a_fault_gives_its_turn_away() -> None:
    for _ in range(2):
        with pytest.raises(ZeroDivisionError), turns.my_turn():
            raise ZeroDivisionError


def test_a_turn_within_a_turn_goes_on_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "LONGEST_TURN_SECONDS", 60.0)

    @turns.my_turn()
    def views() -> int:
        return len(turns._line._waiting)

    with turns.my_turn():
        assert views() == 1
        assert views() == 1, "the inner one has not ended the turn"
    assert views() == 1


def test_a_long_turn_holds_up_nobody_for_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "LONGEST_TURN_SECONDS", 0.01)
    inside, may_end = Event(), Event()

    def long() -> None:
        with turns.my_turn():
            inside.set()
            may_end.wait(PATIENCE)

    thread = begun(long)
    assert inside.wait(PATIENCE)
    with turns.my_turn():
        may_end.set()
        ended(thread)
        assert len(turns._line._waiting) == 1, "who took too long does not end the turn of the next"
