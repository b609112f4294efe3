"""Undo and 'bring back': two consultations never mix, and what an action takes away is one step away."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from unittest.mock import patch

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from components.clinical.knowledge_base import KnowledgeBase
from components.screen import consultation as screen
from components.screen import whole_consultations as whole
from components.screen.consultation import Consultation
from components.screen.whole_consultations import bring_back, load_sample, new_consultation

MEDICINES = ("sertraline", "lorazepam", "lamotrigine", "phenelzine", "xyzolam")
FIRST_DOSE = 10_000
"""No sample has a dose as high: a typed line is told by it."""
ACTIONS = ("add", "remove", "clear", "new", "sample", "undo", "bring_back")


@contextmanager
def session() -> Iterator[None]:
    """A session without a server."""
    fresh = SimpleNamespace(session_state={})
    with patch.object(screen, "st", fresh), patch.object(whole, "st", fresh):
        yield


class Desk:
    """One session at which one patient follows another; every line that is typed says whose it is."""

    def __init__(self, base: KnowledgeBase) -> None:
        self._samples = base.samples
        self._typed = 0

    def act(self, action: str) -> None:
        """Do what a button does."""
        does: dict[str, Callable[[], None]] = {
            "add": self._add,
            "remove": lambda: screen.remove_entry(0),
            "clear": screen.clear_list,
            "new": new_consultation,
            "sample": lambda: load_sample(self._samples[self._typed % len(self._samples)]),
            "undo": screen.undo,
            "bring_back": bring_back,
        }
        does[action]()

    def _add(self) -> None:
        self._typed += 1
        medicine = MEDICINES[self._typed % len(MEDICINES)]
        screen.add_text(f"{medicine} {FIRST_DOSE * (screen.consultation().number + 1) + self._typed} mg")


def lines(now: Consultation) -> set[str]:
    return {each.entered for each in now.listed.entries}


def whose(now: Consultation) -> set[int]:
    """Numbers of the consultations in which the lines were typed; lines of a sample are left out."""
    doses = [int(word) for line in lines(now) for word in line.split() if word.isdigit() and int(word) >= FIRST_DOSE]
    return {dose // FIRST_DOSE - 1 for dose in doses}


def within_reach() -> list[Consultation]:
    """What is on screen, and what one press of 'Undo' or 'Bring back' would put there."""
    here, reached = dict(screen.st.session_state), [screen.consultation()]
    for press in (screen.undo, bring_back):
        press()
        reached.append(screen.consultation())
        screen.st.session_state.clear()
        screen.st.session_state.update(here)
    return reached


def is_held(wanted: Consultation, reached: list[Consultation]) -> bool:
    return wanted.is_empty or any(
        each.number == wanted.number and lines(wanted) <= lines(each) and each.answers == wanted.answers
        for each in reached
    )


@given(st.lists(st.sampled_from(ACTIONS), max_size=12))
@example(["add", "new", "add", "undo"])
@example(["add", "add", "remove", "bring_back"])
@example(["add", "new", "sample", "bring_back"])
@example(["add", "clear", "clear", "undo"])
@settings(max_examples=200, deadline=None, derandomize=True)
def test_no_order_of_actions_mixes_patients_or_loses_one(base: KnowledgeBase, actions: list[str]) -> None:
    with session():
        desk = Desk(base)
        for action in actions:
            before = screen.consultation()
            desk.act(action)
            reached = within_reach()
            assert all(whose(each) <= {each.number} for each in reached), f"{action} mixes two patients"
            assert is_held(before, reached), f"{action} takes what was entered without a way back"
            if before.is_empty and before.ended:
                assert is_held(before.ended, reached), f"{action} takes what was put aside"


@pytest.mark.parametrize(
    ("actions", "whose_list"),
    [
        (["add", "new", "add", "undo"], 1),
        (["add", "new", "add", "bring_back"], 0),
        (["add", "new", "add", "bring_back", "bring_back"], 1),
        (["add", "add", "remove", "bring_back"], 0),
        (["add", "new", "new", "bring_back"], 0),
        (["add", "clear", "new", "bring_back", "undo"], 0),
        (["add", "clear", "clear", "undo"], 0),
    ],
)
def test_undo_keeps_to_its_list_and_bring_back_swaps(base: KnowledgeBase, actions: list[str], whose_list: int) -> None:
    with session():
        desk = Desk(base)
        for action in actions:
            desk.act(action)
        assert whose(screen.consultation()) == {whose_list}


def test_bring_back_after_a_removal_does_not_undo_the_removal(base: KnowledgeBase) -> None:
    with session():
        desk = Desk(base)
        for action in ("add", "new", "add", "add", "remove", "bring_back"):
            desk.act(action)
        assert whose(screen.consultation()) == {0}
        bring_back()
        assert len(lines(screen.consultation())) == 1
        screen.undo()
        assert len(lines(screen.consultation())) == 2


def test_a_sample_does_not_drop_what_a_new_consultation_put_aside(base: KnowledgeBase) -> None:
    with session():
        desk = Desk(base)
        for action in ("add", "new", "sample"):
            desk.act(action)
        sample = screen.consultation()
        bring_back()
        assert whose(screen.consultation()) == {0}
        bring_back()
        assert lines(screen.consultation()) == lines(sample)
