"""Runs take turns: one at a time, the next one also after a fault, and none waits for ever."""

from threading import Event, Thread

import pytest

from components.screen import turns


def test_one_run_at_a_time() -> None:
    inside, may_end, told = Event(), Event(), []

    def first() -> None:
        with turns.my_turn():
            inside.set()
            may_end.wait()
            told.append("first")

    def second() -> None:
        with turns.my_turn():
            told.append("second")

    runs = [Thread(target=first), Thread(target=second)]
    runs[0].start()
    inside.wait()
    runs[1].start()
    may_end.set()
    for each in runs:
        each.join()
    assert told == ["first", "second"]


def test_a_run_that_ends_in_a_fault_gives_its_turn_away() -> None:
    for _ in range(2):
        with pytest.raises(ZeroDivisionError), turns.my_turn():
            raise ZeroDivisionError
    assert turns._turn.acquire(blocking=False)
    turns._turn.release()


def test_nobody_waits_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "LONGEST_WAIT_SECONDS", 0.01)
    with turns.my_turn(), turns.my_turn():
        pass
    assert turns._turn.acquire(blocking=False), "who did not get the turn does not give it away"
    assert not turns._turn.acquire(blocking=False)
    turns._turn.release()
