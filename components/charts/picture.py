"""What every picture is: a figure, its alternative text, and one plain base layout."""

import importlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from textwrap import wrap
from typing import Any

import plotly.graph_objects as go

from components.charts.palette import FAINT_INK, INK_ON_DARK, INK_ON_LIGHT, LANE_COLOURS, LANE_OF_AGENT, QUIET
from components.clinical.onset_terms import Lane
from components.clinical.side_effect_terms import AgentKind

HOVER_WIDTH = 64
"""Characters a line in a hover box: fits a phone."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart ready for the screen."""

    figure: "go.Figure"
    alt: str
    """The takeaway in words, for readers who do not see the chart."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a picture is lettered and coloured: sizes in pixels, shades for the ground it stands on."""

    body: int = 13
    small: int = 12
    row: int = 34
    """Height of one row of text with its mark."""
    mark: int = 11
    """Diameter of a sign."""
    dark: bool = False

    @property
    def ink(self) -> str:
        """Colour of text."""
        return INK_ON_DARK if self.dark else INK_ON_LIGHT

    @property
    def quiet(self) -> str:
        """Colour of comparators and of lines that only guide the eye."""
        return QUIET[self.dark]

    @property
    def faint(self) -> str:
        """Colour of words that stand back."""
        return FAINT_INK[self.dark]

    @property
    def body_type(self) -> dict[str, Any]:
        """Plotly's font of headings."""
        return {"size": self.body, "color": self.ink}

    @property
    def small_type(self) -> dict[str, Any]:
        """Plotly's font of everything else."""
        return {"size": self.small, "color": self.ink}

    def lane(self, lane: Lane) -> str:
        """Colour of a treatment."""
        return LANE_COLOURS[lane][self.dark]

    def agent(self, kind: AgentKind) -> str:
        """Colour of what people took."""
        return self.lane(LANE_OF_AGENT[kind])


def look(*, large: bool, dark: bool) -> Look:
    """Lettering for a desk or for a screen that two people look at, on a light or a dark ground."""
    return Look(body=19, small=18, row=50, mark=17, dark=dark) if large else Look(dark=dark)


def base_layout(inner_height: int, look: Look) -> dict[str, Any]:
    """Layout that all pictures share: no legend, no zoom by accident, room for the ticks only."""
    top, bottom = 8, 2 * look.body + look.small + 4
    return {
        "template": None,
        "height": inner_height + top + bottom,
        "margin": {"l": 8, "r": 2 * look.small, "t": top, "b": bottom, "pad": 0},
        "showlegend": False,
        "dragmode": False,
        "hovermode": "closest",
        "hoverlabel": {"align": "left", "font": look.small_type},
        "font": look.body_type,
    }


def words_at(text: str, x: float, y: float | str, font: dict[str, Any], **place: Any) -> dict[str, Any]:
    """An annotation; ``x`` is a part of the width, ``y`` as on the axis. ``place`` holds more of Plotly's words."""
    return {
        "text": text,
        "xref": "paper",
        "x": x,
        "y": y,
        "xanchor": "left",
        "yanchor": "middle",
        "showarrow": False,
        "font": font,
        **place,
    }


def upright_lines(
    values: Iterable[float], stretches: Iterable[tuple[float, float]], line: dict[str, Any]
) -> list[dict[str, Any]]:
    """Lines at values of the scale, drawn over stretches (top, bottom) only: they strike through no words between."""
    joined: list[tuple[float, float]] = []
    for top, bottom in stretches:
        if joined and abs(joined[-1][1] - top) < 1:
            joined[-1] = (joined[-1][0], bottom)
        else:
            joined.append((top, bottom))
    return [
        {"type": "line", "layer": "below", "x0": value, "x1": value, "y0": top, "y1": bottom, "line": line}
        for value in values
        for top, bottom in joined
    ]


@lru_cache(maxsize=4096)
def hover_text(*lines: str | None) -> str:
    """Lines of a hover box, wrapped, the first one bold; nothing in them is read as markup. Data only: it is cached."""
    wrapped = ["<br>".join(lines_of(line, HOVER_WIDTH)) for line in lines if line]
    return "<br>".join([f"<b>{wrapped[0]}</b>", *wrapped[1:]]) if wrapped else ""


def lines_of(text: str, width: int) -> tuple[str, ...]:
    """Text of data/ in lines of at most ``width`` characters, safe inside a figure."""
    return tuple(escape(line, quote=False) for line in wrap(text, width, break_on_hyphens=False))


def finish(traces: list[dict[str, Any]], layout: dict[str, Any], alt: str) -> Picture:
    """Build and validate the figure.

    Plotly asks pandas for its types as soon as another session has begun to load it: all of it must be there first.
    """
    importlib.import_module("pandas")
    return Picture(go.Figure({"data": traces, "layout": layout}), alt)
