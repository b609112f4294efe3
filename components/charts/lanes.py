"""Lanes on one time axis: what happens when, without a vertical scale, so that nothing is compared by height."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from components.charts.palette import LANE_COLOURS
from components.charts.picture import Look, Picture, base_layout, finish, hover_text
from components.charts.time_axis import TimeAxis
from components.clinical.onset import TimelineMark
from components.clinical.onset_terms import Lane, MarkKind
from components.clinical.onset_words import LANE_NAMES, LANE_NOTES, MARK_NAMES

NEAR_EDGE = 0.4
"""A label starts at its mark when the mark lies in this first part of the axis, ends there in the last."""

HEADING, GAP = 1.25, 0.2
"""Heights of a lane's heading and of the space under a lane, in rows."""

SYMBOLS = {
    MarkKind.CHANGE_WITHOUT_CONTROL: "circle-open",
    MarkKind.FIRST_DIFFERENCE: "circle",
    MarkKind.NO_DIFFERENCE: "x-thin-open",
    MarkKind.MOST_OF_EFFECT: "square",
    MarkKind.DECISION_POINT: "diamond",
    MarkKind.FADING: "triangle-down-open",
    MarkKind.RELAPSE: "triangle-down",
    MarkKind.NOT_STUDIED: "line-ew-open",
    MarkKind.SESSION: "square",
    MarkKind.DAILY_TABLET: "line-ew-open",
    MarkKind.REVIEW: "diamond-open",
    MarkKind.MECHANISM: "circle",
}
_THICK = {"width": 9, "dash": "solid"}
_THIN = {"width": 2.5, "dash": "solid"}
_DOTTED = {"width": 2.5, "dash": "dot"}
SPANS = {
    MarkKind.MOST_OF_EFFECT: _THICK,
    MarkKind.SESSION: _THICK,
    MarkKind.MECHANISM: _THICK,
    MarkKind.FADING: _DOTTED,
    MarkKind.NOT_STUDIED: _DOTTED,
}


@dataclass(frozen=True, slots=True)
class _Placed:
    mark: TimelineMark
    row: float


def build_lanes_figure(
    marks: Sequence[TimelineMark], lanes: Sequence[Lane], axis: TimeAxis, look: Look, alt: str
) -> Picture:
    """One row a mark under the heading of its lane; a mark that the axis does not reach is left out."""
    rows = 0.0
    layout: dict[str, Any] = {"annotations": [], "shapes": []}
    traces: list[dict[str, Any]] = []
    for lane in lanes:
        mine = [mark for mark in marks if mark.lane is lane and is_on_axis(mark, axis)]
        if not mine:
            continue
        layout["shapes"].append(_ground(lane, rows, rows + len(mine) + HEADING))
        layout["annotations"].append(_heading(lane, rows, look))
        placed = [_Placed(mark, rows + HEADING + position) for position, mark in enumerate(mine)]
        layout["annotations"].extend(_label(each, axis, look) for each in placed)
        traces.extend(_spans(placed, lane, axis))
        traces.append(_symbols(placed, lane, axis))
        rows += len(mine) + HEADING + GAP
    layout = base_layout(int(rows * look.row), look) | layout
    layout["xaxis"] = {**axis.layout(), "tickfont": {"size": look.small, "color": look.ink}, "showgrid": True}
    layout["yaxis"] = {"range": [rows, 0], "visible": False, "fixedrange": True}
    return finish(traces, layout, alt)


def is_on_axis(mark: TimelineMark, axis: TimeAxis) -> bool:
    """True when any part of a mark can be seen."""
    end = mark.from_hours if mark.to_hours is None else mark.to_hours
    return mark.from_hours <= axis.end and (end >= axis.start or mark.from_hours == 0)


def _ground(lane: Lane, top: float, bottom: float) -> dict[str, Any]:
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
        "fillcolor": LANE_COLOURS[lane],
        "opacity": 0.07,
    }


def _heading(lane: Lane, row: float, look: Look) -> dict[str, Any]:
    note = f" ({LANE_NOTES[lane]})" if lane in LANE_NOTES else ""
    return {
        "text": f'<span style="color:{LANE_COLOURS[lane]}">&#9632;</span> <b>{LANE_NAMES[lane]}</b>{note}',
        "xref": "paper",
        "x": 0.006,
        "y": row + 0.45,
        "xanchor": "left",
        "yanchor": "middle",
        "showarrow": False,
        "font": {"size": look.body, "color": look.ink},
    }


def _label(placed: _Placed, axis: TimeAxis, look: Look) -> dict[str, Any]:
    """Above its mark, from the edge that leaves it room on a phone."""
    mark = placed.mark
    start, end = axis.fraction(mark.from_hours), axis.fraction(mark.to_hours or mark.from_hours)
    if start <= NEAR_EDGE:
        where, anchor = start, "left"
    elif end >= 1 - NEAR_EDGE:
        where, anchor = end, "right"
    else:
        where, anchor = (start + end) / 2, "center"
    return {
        "text": f"<b>{mark.label}</b>" if mark.kind is MarkKind.FIRST_DIFFERENCE else mark.label,
        "xref": "paper",
        "x": where,
        "y": placed.row - 0.18,
        "xanchor": anchor,
        "yanchor": "middle",
        "showarrow": False,
        "font": {"size": look.small, "color": look.ink},
    }


def _spans(placed: Sequence[_Placed], lane: Lane, axis: TimeAxis) -> list[dict[str, Any]]:
    """Marks that last: a bar or line from start to end, one trace a style."""
    styles: dict[str, list[_Placed]] = {}
    for each in placed:
        if each.mark.to_hours is not None:
            styles.setdefault(str(SPANS.get(each.mark.kind, _THIN)), []).append(each)
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "x": [
                hours
                for each in group
                for hours in (axis.position(each.mark.from_hours), axis.position(each.mark.to_hours or 0), None)
            ],
            "y": [row for each in group for row in (each.row + 0.3, each.row + 0.3, None)],
            "line": {"color": LANE_COLOURS[lane], **SPANS.get(group[0].mark.kind, _THIN)},
            "hoverinfo": "skip",
        }
        for group in styles.values()
    ]


def _symbols(placed: Sequence[_Placed], lane: Lane, axis: TimeAxis) -> dict[str, Any]:
    """Where each mark begins, and an arrow head where it goes on."""
    points = [(each, each.mark.from_hours, SYMBOLS[each.mark.kind]) for each in placed]
    points += [(each, each.mark.to_hours or 0, "triangle-right") for each in placed if each.mark.goes_on]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [axis.position(hours) for _, hours, _ in points],
        "y": [each.row + 0.3 for each, _, _ in points],
        "marker": {
            "color": LANE_COLOURS[lane],
            "symbol": [symbol for _, _, symbol in points],
            "size": 11,
            "line": {"color": LANE_COLOURS[lane], "width": 2.2},
        },
        "customdata": [
            [hover_text(each.mark.label, MARK_NAMES[each.mark.kind], each.mark.text), each.mark.id]
            for each, _, _ in points
        ],
        "hovertemplate": "%{customdata[0]}<extra></extra>",
        "cliponaxis": False,
    }
