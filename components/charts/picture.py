"""What every picture is: a figure, its alternative text, and one plain base layout."""

from dataclasses import dataclass
from functools import lru_cache
from html import escape
from textwrap import wrap
from typing import Any

import plotly.graph_objects as go

from components.charts.palette import INK_ON_DARK, INK_ON_LIGHT

HOVER_WIDTH = 64
"""Characters a line in a hover box: fits a phone."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart ready for the screen."""

    figure: go.Figure
    alt: str
    """The takeaway in words, for readers who do not see the chart."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a picture is lettered: sizes in pixels, and the ink that reads on the ground it stands on."""

    body: int = 13
    small: int = 12
    row: int = 32
    """Height of one row of text with its mark."""
    ink: str = INK_ON_LIGHT


def look(*, large: bool, dark: bool) -> Look:
    """Lettering for a desk or for a screen that two people look at, on a light or a dark ground."""
    ink = INK_ON_DARK if dark else INK_ON_LIGHT
    return Look(body=18, small=17, row=46, ink=ink) if large else Look(ink=ink)


def base_layout(inner_height: int, look: Look) -> dict[str, Any]:
    """Layout that all pictures share: no legend, no zoom by accident, room for the ticks only."""
    top, bottom = 8, 2 * look.body + 4
    return {
        "template": None,
        "height": inner_height + top + bottom,
        "margin": {"l": 8, "r": 12, "t": top, "b": bottom, "pad": 0},
        "showlegend": False,
        "dragmode": False,
        "hovermode": "closest",
        "hoverlabel": {"align": "left", "font": {"size": look.small, "color": look.ink}},
        "font": {"size": look.body, "color": look.ink},
    }


@lru_cache(maxsize=4096)
def hover_text(*lines: str | None) -> str:
    """Lines of a hover box, wrapped, the first one bold; nothing in them is read as markup. Data only: it is cached."""
    wrapped = ["<br>".join(escape(part, quote=False) for part in wrap(line, HOVER_WIDTH)) for line in lines if line]
    return "<br>".join([f"<b>{wrapped[0]}</b>", *wrapped[1:]]) if wrapped else ""


def finish(traces: list[dict[str, Any]], layout: dict[str, Any], alt: str) -> Picture:
    """Build and validate the figure."""
    return Picture(go.Figure({"data": traces, "layout": layout}), alt)
