"""Lanes on one time axis: what happens when, without a vertical scale, so that nothing is compared by height."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from html import escape
from typing import Any

from components.charts.lane_labels import Side, place_label
from components.charts.picture import Look, Picture, base_layout, finish, words_at
from components.charts.time_axis import TimeAxis

HEADING_WIDTH = 46
"""Letters of a heading that fit side by side into the narrowest picture, on a phone."""
LINE = 0.76
"""Height of each further line of a label, in rows."""
HEADING, NOTE, GAP = 1.45, 0.85, 0.2
"""Heights of a lane's heading, of a note on a line of its own and of the space under a lane, in rows."""
ROW = 0.62
"""Height of a row here, in rows of other pictures: a timeline with its title fits a sheet of paper."""


class Stroke(Enum):
    """How a stretch of time is drawn."""

    THICK = (9, "solid")
    THIN = (2.5, "solid")
    DOTTED = (2.5, "dot")


@dataclass(frozen=True, slots=True)
class Stretch:
    """From one hour to another, in one stroke."""

    start: float
    end: float
    stroke: Stroke


@dataclass(frozen=True, slots=True)
class LaneItem:
    """One row of a lane: a label over signs and stretches."""

    id: str
    label: str
    hover: str
    signs: tuple[tuple[float, str], ...]
    """Hours and Plotly symbol."""
    stretches: tuple[Stretch, ...] = ()
    lead: str = ""
    """Words before the label, in bold."""
    strong: bool = False
    colour: str | None = None
    """Its own colour, in a band that holds several treatments."""

    @property
    def start(self) -> float:
        """Its first hour."""
        return min((*(hours for hours, _ in self.signs), *(each.start for each in self.stretches)))

    @property
    def end(self) -> float:
        """Its last hour."""
        return max((*(hours for hours, _ in self.signs), *(each.end for each in self.stretches)))

    def is_on(self, axis: TimeAxis) -> bool:
        """True when any part of it can be seen."""
        return self.start <= axis.end and (self.end >= axis.start or self.start == 0)


@dataclass(frozen=True, slots=True)
class LaneBand:
    """A lane with its heading and colour."""

    title: str
    note: str
    colour: str
    items: tuple[LaneItem, ...]


@dataclass(frozen=True, slots=True)
class _Placed:
    item: LaneItem
    row: float
    """The line of its signs."""
    side: Side
    lines: tuple[str, ...]


def build_lanes_figure(lanes: Sequence[LaneBand], axis: TimeAxis, look: Look, alt: str) -> Picture:
    """One row an item under the heading of its lane; an item that the axis does not reach is left out."""
    rows = 0.0
    drawn: dict[str, Any] = {"annotations": [], "shapes": []}
    traces: list[dict[str, Any]] = []
    for lane in lanes:
        mine = [item for item in lane.items if item.is_on(axis)]
        if not mine:
            continue
        drawn["annotations"].append(_heading(lane, rows, look))
        placed, below = _placed(mine, rows + HEADING + (NOTE if _note_is_below(lane) else 0), axis)
        drawn["shapes"].append(_ground(lane, rows, below))
        drawn["annotations"].extend(_label(each, axis, look) for each in placed)
        traces.extend(_stretches(placed, lane, axis))
        traces.append(_signs(placed, lane, axis, look))
        rows = below + GAP
    layout = base_layout(int(rows * ROW * look.row), look) | drawn
    ticks = {**axis.layout(), "tickfont": look.small_type}
    layout["xaxis"] = {**ticks, "title": {"text": axis.title, "font": look.small_type, "standoff": 6}}
    layout["xaxis2"] = {**ticks, "overlaying": "x", "side": "top", "showgrid": False}
    layout["margin"]["t"] = 2 * look.small + 4
    traces.append({"type": "scatter", "x": [axis.end], "y": [None], "xaxis": "x2", "hoverinfo": "skip"})
    layout["yaxis"] = {"range": [rows, 0], "visible": False, "fixedrange": True}
    return finish(traces, layout, alt)


def _ground(lane: LaneBand, top: float, bottom: float) -> dict[str, Any]:
    """A faint band that holds a lane together."""
    return {
        "type": "rect",
        "layer": "below",
        "xref": "paper",
        "x0": 0,
        "x1": 1,
        "y0": top,
        "y1": bottom,
        "line": {"width": 0},
        "fillcolor": lane.colour,
        "opacity": 0.07,
    }


def _heading(lane: LaneBand, row: float, look: Look) -> dict[str, Any]:
    """The lane's name, with its note beside or below it."""
    square = f'<span style="color:{lane.colour}">&#9632;</span>'
    note = f"{'<br>' if _note_is_below(lane) else ' '}({escape(lane.note, quote=False)})" if lane.note else ""
    words = f"{square} <b>{escape(lane.title, quote=False)}</b>{note}"
    return words_at(words, 0.006, row + 0.1, look.body_type, yanchor="top", align="left")


def _note_is_below(lane: LaneBand) -> bool:
    """The note goes on a line of its own where a phone has no room for both."""
    return bool(lane.note) and len(lane.title) + len(lane.note) + 3 > HEADING_WIDTH


def _placed(items: Sequence[LaneItem], top: float, axis: TimeAxis) -> tuple[list[_Placed], float]:
    """Items under each other, each as high as its label has lines, and where the next thing may begin."""
    placed = []
    for item in items:
        side, lines = place_label(_text(item), axis.fraction(item.start), axis.fraction(item.end), bold=item.strong)
        above, below = (len(lines), 0) if side is Side.ABOVE else ((len(lines) - 1) / 2,) * 2
        placed.append(_Placed(item, top + 0.5 + above * LINE, side, lines))
        top += 1 + (above + below) * LINE
    return placed, top


def _text(item: LaneItem) -> str:
    return f"{item.lead}: {item.label}" if item.lead else item.label


def _label(placed: _Placed, axis: TimeAxis, look: Look) -> dict[str, Any]:
    """At its item, on its line; over the start of one that fills the width."""
    item, side = placed.item, placed.side
    if side is Side.ABOVE:
        middle = placed.row - LINE * (len(placed.lines) + 1) / 2
        return words_at(_words(placed), axis.fraction(item.start), middle, look.small_type, xshift=-look.mark / 2)
    where = axis.fraction(item.end if side is Side.RIGHT else item.start)
    apart = (look.mark / 2 + 3) * (1 if side is Side.RIGHT else -1)
    return words_at(
        _words(placed), where, placed.row, look.small_type, xanchor=side.value, align=side.value, xshift=apart
    )


def _words(placed: _Placed) -> str:
    """The lead, or all of a strong label, in bold."""
    lines = [escape(line, quote=False) for line in placed.lines]
    if placed.item.strong:
        return "<br>".join(f"<b>{line}</b>" for line in lines)
    lead = escape(placed.item.lead, quote=False)
    return "<br>".join([f"<b>{lead}</b>{lines[0].removeprefix(lead)}", *lines[1:]]) if lead else "<br>".join(lines)


def _stretches(placed: Sequence[_Placed], lane: LaneBand, axis: TimeAxis) -> list[dict[str, Any]]:
    """One trace a stroke; an empty point ends each stretch."""
    by_stroke: dict[Stroke, list[tuple[float, Stretch]]] = {}
    for each in placed:
        for stretch in each.item.stretches:
            by_stroke.setdefault(stretch.stroke, []).append((each.row, stretch))
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "x": [x for _, each in group for x in (axis.position(each.start), axis.position(each.end), None)],
            "y": [y for row, _ in group for y in (row, row, None)],
            "line": {"color": lane.colour, "width": stroke.value[0], "dash": stroke.value[1]},
            "hoverinfo": "skip",
        }
        for stroke, group in by_stroke.items()
    ]


def _signs(placed: Sequence[_Placed], lane: LaneBand, axis: TimeAxis, look: Look) -> dict[str, Any]:
    points = [(each, hours, symbol) for each in placed for hours, symbol in each.item.signs if hours <= axis.end]
    points += [(each, axis.end, "triangle-right") for each in placed if each.item.end > axis.end]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [axis.position(hours) for _, hours, _ in points],
        "y": [each.row for each, _, _ in points],
        "marker": {
            "color": [each.item.colour or lane.colour for each, _, _ in points],
            "symbol": [symbol for _, _, symbol in points],
            "size": look.mark,
            "line": {"color": [each.item.colour or lane.colour for each, _, _ in points], "width": 2.2},
        },
        "customdata": [[each.item.hover, each.item.id] for each, _, _ in points],
        "hovertemplate": "%{customdata[0]}<extra></extra>",
        "cliponaxis": False,
    }
