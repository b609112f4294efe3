"""Rows on one horizontal scale: a forest of differences, or dumbbells from comparator to treatment."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from components.charts.palette import QUIET
from components.charts.picture import Look, Picture, base_layout, finish


@dataclass(frozen=True, slots=True)
class RowPoint:
    """One value of a row, with its 95 % interval where there is one."""

    value: float
    low: float | None
    high: float | None
    hover: str


@dataclass(frozen=True, slots=True)
class ChartRow:
    """One line of the figure: its words stand above its points, so that they fit a phone."""

    label: str
    colour: str
    treatment: RowPoint
    comparator: RowPoint | None = None
    strong: bool = False
    """True for the patient's own medicine: bold."""


def build_rows_figure(rows: Sequence[ChartRow], span: tuple[float, float], unit: str, look: Look, alt: str) -> Picture:
    """Rows from top to bottom over ``span`` (lowest, highest); ``rows`` must not be empty."""
    layout = base_layout(len(rows) * look.row + look.row, look)
    layout["margin"]["b"] += look.body + 6
    layout["xaxis"] = {
        "range": list(span),
        "title": {"text": unit, "font": {"size": look.small, "color": look.ink}},
        "tickfont": {"size": look.small, "color": look.ink},
        "zeroline": span[0] < 0 < span[1],
        "zerolinecolor": QUIET,
        "zerolinewidth": 2,
        "fixedrange": True,
    }
    layout["yaxis"] = {"range": [len(rows) + 0.4, -0.1], "visible": False, "fixedrange": True}
    layout["annotations"] = [_label(row, position, look) for position, row in enumerate(rows)]
    traces = [_bridges(rows)] if any(row.comparator for row in rows) else []
    treatments = [(row, row.treatment, position) for position, row in enumerate(rows)]
    comparators = [(row, row.comparator, position) for position, row in enumerate(rows) if row.comparator]
    traces += (
        [_points(comparators, "diamond"), _points(treatments, "circle")]
        if comparators
        else [_points(treatments, "circle")]
    )
    return finish(traces, layout, alt)


def _label(row: ChartRow, position: int, look: Look) -> dict[str, Any]:
    return {
        "text": f"<b>{row.label}</b>" if row.strong else row.label,
        "xref": "paper",
        "x": 0,
        "y": position + 0.3,
        "xanchor": "left",
        "yanchor": "middle",
        "showarrow": False,
        "font": {"size": look.small, "color": look.ink},
    }


def _bridges(rows: Sequence[ChartRow]) -> dict[str, Any]:
    """Quiet lines from comparator to treatment."""
    paired = [(position, row) for position, row in enumerate(rows) if row.comparator]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [
            x for _, row in paired for x in (row.comparator.value if row.comparator else 0, row.treatment.value, None)
        ],
        "y": [y for position, _ in paired for y in (position + 0.78, position + 0.78, None)],
        "line": {"color": QUIET, "width": 3},
        "hoverinfo": "skip",
    }


def _points(placed: Sequence[tuple[ChartRow, RowPoint | None, int]], shape: str) -> dict[str, Any]:
    shown = [(row, point, position) for row, point, position in placed if point]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [point.value for _, point, _ in shown],
        "y": [position + 0.78 for _, _, position in shown],
        "error_x": {
            "type": "data",
            "symmetric": False,
            "array": [None if point.high is None else point.high - point.value for _, point, _ in shown],
            "arrayminus": [None if point.low is None else point.value - point.low for _, point, _ in shown],
            "width": 0,
            "thickness": 1.6,
            "color": QUIET,
        },
        "marker": {
            "color": [row.colour for row, _, _ in shown],
            "symbol": [shape if point.low is not None else f"{shape}-open" for _, point, _ in shown],
            "size": 11,
            "line": {"color": [row.colour for row, _, _ in shown], "width": 1.8},
        },
        "customdata": [[point.hover] for _, point, _ in shown],
        "hovertemplate": "%{customdata[0]}<extra></extra>",
    }
