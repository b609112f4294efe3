"""Where the label of an item on a time axis stands: at its sign, so that the eye finds both together."""

from enum import Enum
from textwrap import wrap

PHONE_WIDTH = 58
"""Letters of a label that fit side by side into the narrowest picture, on a phone; bold ones are wider."""
BOLD = 1.08
BESIDE = 0.035
"""Part of that width which a sign and the space between it and its label take."""
FEWEST, MOST_LINES = 12, 3
"""Letters of a line, and lines, of a label that is broken to stand beside its sign."""


class Side(Enum):
    """A side of an item, as the end of its label that touches it."""

    RIGHT = "left"
    LEFT = "right"
    ABOVE = "above"
    """Over the start of an item that fills the width."""


def place_label(text: str, start: float, end: float, *, bold: bool) -> tuple[Side, tuple[str, ...]]:
    """Right of an item where a phone has room, else left of it, else on the roomier side in several lines.

    ``start`` and ``end`` of the item are parts of the width.
    """
    rooms = {Side.RIGHT: _letters(1 - end - BESIDE, bold=bold), Side.LEFT: _letters(start - BESIDE, bold=bold)}
    for side, room in rooms.items():
        if len(text) <= room:
            return side, (text,)
    side = max(rooms, key=lambda each: rooms[each])
    if rooms[side] >= FEWEST and len(lines := _even_lines(text, rooms[side])) <= MOST_LINES:
        return side, lines
    return Side.ABOVE, _even_lines(text, max(FEWEST, _letters(1 - start, bold=bold)))


def _letters(part: float, *, bold: bool) -> int:
    """How many letters a part of a phone's width holds."""
    return int(part * PHONE_WIDTH / (BOLD if bold else 1))


def _even_lines(text: str, widest: int) -> tuple[str, ...]:
    """As few lines as there is room for, about as long as each other: no word alone on the last."""
    count = len(wrap(text, widest, break_on_hyphens=False))
    tries = (wrap(text, width, break_on_hyphens=False) for width in range(FEWEST, widest + 1))
    return tuple(next(lines for lines in tries if len(lines) == count))
