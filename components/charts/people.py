"""One hundred people as small squares: how many responded on the treatment, how many on its comparator."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from components.charts.picture import Look, Picture, base_layout, finish, lines_of, words_at
from components.clinical.interface_words import say

PER_LINE = 25
LINES = 100 // PER_LINE
EMPTY = "rgba(138,151,163,0.28)"
HEADING, LABEL, NOTE, GAP = 1.6, 1.3, 1.1, 0.5
"""Heights in lines of squares."""
TITLE_WIDTH = 44
"""Bold letters that fit side by side on a phone."""
LINE = 0.5
"""Height of a line of squares, in rows."""


@dataclass(frozen=True, slots=True)
class Hundred:
    """One arm: ``percent`` of 100 people."""

    label: str
    percent: float
    hover: str

    @property
    def in_words(self) -> str:
        """'41 of 100'; a share that rounds to nobody is 'fewer than 1 in 100', never none."""
        return (
            say("people.fewer_than")
            if self.percent > 0 and squares(self.percent) == 0
            else say("people.of", number=squares(self.percent))
        )


@dataclass(frozen=True, slots=True)
class HundredPair:
    """Treatment and comparator of one trial, with the same denominator."""

    title: str
    colour: str
    treatment: Hundred
    comparator: Hundred
    notes: tuple[str, ...] = ()
    """Lines under the title, made safe by whoever writes them."""

    @property
    def title_lines(self) -> tuple[str, ...]:
        """As many as a phone needs."""
        return lines_of(self.title, TITLE_WIDTH)


def squares(percent: float) -> int:
    """Whole squares for a percentage, halves up; the exact figure stands beside them in words."""
    return int(percent + 0.5)


def pair_height(title_lines: int, notes: int, look: Look) -> float:
    """Pixels of a pair with so many lines in its title, and under it."""
    return (HEADING * title_lines + notes * NOTE + 2 * (LABEL + LINES + GAP)) * look.row * LINE


def build_people_figure(pairs: Sequence[HundredPair], look: Look, alt: str) -> Picture:
    """Two strips of 25 by 4 squares a pair, filled from the left; ``pairs`` must not be empty."""
    annotations: list[dict[str, Any]] = []
    traces: list[dict[str, Any]] = []
    top = 0.0
    for pair in pairs:
        square = f'<span style="color:{pair.colour}">&#9632;</span> '
        heading = square + "<br>".join(f"<b>{line}</b>" for line in pair.title_lines)
        high = HEADING * len(pair.title_lines)
        annotations.append(words_at(heading, 0, top + high / 2, look.body_type, align="left"))
        top += high
        for line in pair.notes:
            annotations.append(words_at(line, 0, top + NOTE / 2, look.small_type))
            top += NOTE
        for each, colour in ((pair.treatment, pair.colour), (pair.comparator, look.quiet)):
            words = f"{escape(each.label, quote=False)}: <b>{each.in_words}</b>"
            annotations.append(words_at(words, 0, top + LABEL / 2, look.small_type))
            traces.append(_strip(each, colour, top + LABEL))
            top += LABEL + LINES + GAP
    layout = base_layout(int(top * look.row * LINE), look)
    layout["margin"]["b"] = 8
    layout["xaxis"] = {"range": [-0.5, PER_LINE - 0.5], "visible": False, "fixedrange": True}
    layout["yaxis"] = {"range": [top, 0], "visible": False, "fixedrange": True}
    layout["annotations"] = annotations
    return finish(traces, layout, alt)


def _strip(each: Hundred, colour: str, top: float) -> dict[str, Any]:
    """Column by column, so that the filled part reads as a length."""
    filled = squares(each.percent)
    return {
        "type": "heatmap",
        "x": list(range(PER_LINE)),
        "y": [top + 0.5 + line for line in range(LINES)],
        "z": [[int(column * LINES + line < filled) for column in range(PER_LINE)] for line in range(LINES)],
        "zmin": 0,
        "zmax": 1,
        "colorscale": [[0, EMPTY], [1, colour]],
        "showscale": False,
        "xgap": 2,
        "ygap": 2,
        "hovertemplate": f"{each.hover}<extra></extra>",
    }
