"""A long picture in several, each with its own axis, none higher than a window or half a sheet unless one part is."""

from collections.abc import Callable, Sequence
from typing import TypeVar

Thing = TypeVar("Thing")

TALLEST = 600
"""Pixels of rows in one picture."""


def in_sheets(things: Sequence[Thing], height: Callable[[Thing], float]) -> tuple[tuple[Thing, ...], ...]:
    """Things in their order, as many a picture as have room; one that is higher than the room stands alone."""
    sheets: list[list[Thing]] = []
    left = 0.0
    for each in things:
        if height(each) > left:
            sheets.append([])
            left = TALLEST
        sheets[-1].append(each)
        left -= height(each)
    return tuple(map(tuple, sheets))
