"""One hundred people as small squares: how many responded on the treatment, how many on its comparator."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from components.charts.picture import Look, Picture, base_layout, finish, lines_of, words_at
from components.clinical.interface_words import say

SIDE = 10
"""Squares in a line, and lines: ten tens are counted by eye."""
BETWEEN = 2
"""Squares that would fit between the treatment and its comparator."""
EMPTY = "rgba(138,151,163,0.28)"
HEADING, WORDS, NOTE = 1.73, 1.43, 1.5
"""Heights in letters: a line of the title, of the words over an arm, of a note."""
GAP = 1.0
"""Squares under a pair."""
LETTER = 0.53
"""Width of a letter as a part of its size."""
MOST_WORD_LINES = 4
SQUARE = 0.44
"""Height of a square, in rows: both arms fit side by side into the narrowest picture, on a phone."""


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

    def title_lines(self, look: Look) -> tuple[str, ...]:
        """As many as a phone needs, where both arms have its width."""
        return lines_of(self.title, _letters(2 * SIDE + BETWEEN, look.body, look))


def squares(percent: float) -> int:
    """Whole squares for a percentage, halves up; the exact figure stands beside them in words."""
    return int(percent + 0.5)


def _square(look: Look) -> float:
    """Pixels."""
    return look.row * SQUARE


def _letters(side: float, size: int, look: Look) -> int:
    """How many letters of a size fit over so many squares."""
    return int(side * _square(look) / (LETTER * size))


def pair_height(pair: HundredPair, look: Look) -> float:
    """Pixels that a pair takes at most."""
    return (_head(pair, look) + _words(MOST_WORD_LINES, look) + SIDE + GAP) * _square(look)


def _heading(pair: HundredPair, look: Look) -> float:
    """Squares that its title is high."""
    return HEADING * look.body * len(pair.title_lines(look)) / _square(look)


def _note(look: Look) -> float:
    return NOTE * look.small / _square(look)


def _head(pair: HundredPair, look: Look) -> float:
    return _heading(pair, look) + len(pair.notes) * _note(look)


def _words(lines: int, look: Look) -> float:
    return WORDS * look.small * lines / _square(look)


def build_people_figure(pairs: Sequence[HundredPair], look: Look, alt: str) -> Picture:
    """Ten by ten squares for the treatment, and beside them for its comparator; ``pairs`` must not be empty."""
    annotations: list[dict[str, Any]] = []
    traces: list[dict[str, Any]] = []
    top = 0.0
    for pair in pairs:
        square = f'<span style="color:{pair.colour}">&#9632;</span> '
        heading = square + "<br>".join(f"<b>{line}</b>" for line in pair.title_lines(look))
        high = _heading(pair, look)
        annotations.append(words_at(heading, 0, top + high / 2, look.body_type, align="left"))
        for number, line in enumerate(pair.notes):
            annotations.append(words_at(line, 0, top + high + _note(look) * (number + 0.5), look.small_type))
        arms = (pair.treatment, 0, pair.colour), (pair.comparator, SIDE + BETWEEN, look.quiet)
        lines = max(len(_words_over(each, look)) for each, _, _ in arms)
        grid = top + _head(pair, look) + _words(lines, look)
        for each, left, colour in arms:
            annotations.append(_arm_words(each, left, grid, look))
            traces.append(_grid(each, colour, left, grid))
        top = grid + SIDE + GAP
    top -= GAP
    layout = base_layout(int(top * _square(look)), look)
    layout["margin"] |= {"b": 8, "r": 8}
    layout["height"] = int(top * _square(look)) + 16
    layout["xaxis"] = {
        "range": [-0.5, 2 * SIDE + BETWEEN - 0.5],
        "visible": False,
        "fixedrange": True,
        "scaleanchor": "y",
        "constrain": "domain",
        "constraintoward": "left",
    }
    layout["yaxis"] = {"range": [top, 0], "visible": False, "fixedrange": True}
    layout["annotations"] = annotations
    return finish(traces, layout, alt)


def _words_over(each: Hundred, look: Look) -> tuple[str, ...]:
    """Whose hundred it is, in lines of half a phone; how many of them stand on a line of their own."""
    width = _letters(SIDE + BETWEEN, look.small, look)
    return (*lines_of(f"{each.label}:", width), f"<b>{escape(each.in_words, quote=False)}</b>")


def _arm_words(each: Hundred, left: int, bottom: float, look: Look) -> dict[str, Any]:
    words = "<br>".join(_words_over(each, look))
    return words_at(
        words, left - 0.5, bottom - 0.1, look.small_type, xref="x", yanchor="bottom", align="left", borderpad=0
    )


def _grid(each: Hundred, colour: str, left: int, top: float) -> dict[str, Any]:
    """Filled line by line, so that full tens are seen at once."""
    filled = squares(each.percent)
    return {
        "type": "heatmap",
        "x": list(range(left, left + SIDE)),
        "y": [top + 0.5 + line for line in range(SIDE)],
        "z": [[int(line * SIDE + column < filled) for column in range(SIDE)] for line in range(SIDE)],
        "zmin": 0,
        "zmax": 1,
        "colorscale": [[0, EMPTY], [1, colour]],
        "showscale": False,
        "xgap": 2,
        "ygap": 2,
        "hovertemplate": f"{each.hover}<extra></extra>",
    }
