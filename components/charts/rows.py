"""Rows on one horizontal scale: a forest of differences, or dumbbells from comparator to treatment."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

from components.charts.picture import Look, Picture, base_layout, finish, upright_lines, words_at


@dataclass(frozen=True, slots=True)
class RowPoint:
    """One value of a row, with its 95 % interval where there is one."""

    id: str
    value: float
    low: float | None
    high: float | None
    hover: str


@dataclass(frozen=True, slots=True)
class RowBand:
    """A range of values instead of one."""

    id: str
    low: float
    high: float
    hover: str


@dataclass(frozen=True, slots=True)
class ChartRow:
    """One row: its words stand above its points, so that they fit a phone; without points it only says something."""

    words: tuple[str, ...]
    """Lines of text, made safe by whoever writes them (lines_of), since some are bold or italic."""
    colour: str = ""
    treatment: RowPoint | None = None
    comparator: RowPoint | None = None
    joined: bool = True
    """False where the two may not be subtracted."""
    band: RowBand | None = None
    ruled: bool = False
    """True to draw a line above: what follows may not be compared with what stands before."""
    opens: bool = False
    """True for the heading of what follows: it stands apart from what stands before."""
    figures: tuple[str, ...] = ()
    """Lines at the end of a row whose words stand beside its points."""


@dataclass(frozen=True, slots=True)
class _Placed:
    row: ChartRow
    top: float
    points: float
    """Where its points stand."""


LINE = 1.3
"""Height of a line of words, in sizes of its letters."""
APART = 8
"""Pixels above a heading."""
NAMES, FIGURES = 0.38, 0.27
"""Parts of the width for names and for figures, where they stand beside the points."""
GRID = "rgba(138,151,163,0.28)"
STEPS = (1, 2, 5, 10, 20, 25)
"""From one line of the grid to the next."""


def build_rows_figure(rows: Sequence[ChartRow], span: tuple[float, float], unit: str, look: Look, alt: str) -> Picture:
    """Rows from top to bottom over ``span`` (lowest, highest); ``rows`` must not be empty."""
    placed, height = _place(rows, look)
    layout = base_layout(int(height), look)
    layout["xaxis"] = {
        "range": list(span),
        "title": {"text": unit, "font": look.small_type, "standoff": 6},
        "tickfont": look.small_type,
        "zeroline": span[0] < 0 < span[1],
        "zerolinecolor": look.quiet,
        "zerolinewidth": 2,
        "fixedrange": True,
    }
    layout["yaxis"] = {"range": [height, 0], "visible": False, "fixedrange": True}
    layout["annotations"] = [_label(each, look) for each in placed]
    layout["shapes"] = [_rule(each, look) for each in placed if each.row.ruled]
    return finish(_traces(placed, look), layout, alt)


def build_beside_figure(
    rows: Sequence[ChartRow], span: tuple[float, float], unit: str, look: Look, alt: str
) -> Picture:
    """As build_rows_figure, but names left and figures right of their points; the scale on top, if there is a point."""
    placed, height = _beside(rows, look)
    beside = [(each.top, 2 * each.points - each.top) for each in placed if each.row.treatment or each.row.band]
    step = min(STEPS, key=lambda each: abs(span[1] / each - 5))
    layout = base_layout(int(height), look)
    layout["margin"] |= {"t": layout["margin"]["b"], "b": layout["margin"]["t"], "r": 8}
    layout["xaxis"] = {
        "domain": [NAMES, 1 - FIGURES],
        "range": list(span),
        "side": "top",
        "title": {"text": unit, "font": look.small_type, "standoff": 6},
        "tickfont": look.small_type,
        "tick0": 0,
        "dtick": step,
        "showgrid": False,
        "zeroline": False,
        "visible": bool(beside),
        "fixedrange": True,
    }
    if not beside:
        layout["height"] -= layout["margin"]["t"] - layout["margin"]["b"]
        layout["margin"]["t"] = layout["margin"]["b"]
    layout["yaxis"] = {"range": [height, 0], "visible": False, "fixedrange": True}
    layout["annotations"] = [
        words_at("<br>".join(each.row.words), 0, each.points, look.small_type, align="left", borderpad=0)
        for each in placed
    ]
    layout["annotations"] += [
        words_at(
            "<br>".join(each.row.figures), 1, each.points, look.small_type, xanchor="right", align="right", borderpad=0
        )
        for each in placed
        if each.row.figures
    ]
    layout["shapes"] = upright_lines(range(0, int(span[1]) + 1, step), beside, {"color": GRID, "width": 1})
    layout["shapes"] += [_rule(each, look) for each in placed if each.row.ruled]
    return finish(_traces(placed, look), layout, alt)


def height_beside(rows: Sequence[ChartRow], look: Look) -> float:
    """Pixels that these rows take with their words beside their points."""
    return _beside(rows, look)[1]


def _beside(rows: Sequence[ChartRow], look: Look) -> tuple[list[_Placed], float]:
    placed: list[_Placed] = []
    top = float(APART)
    for row in rows:
        top += APART if row.opens and placed else 0
        lines = max(len(row.words), len(row.figures)) * ceil(look.small * LINE)
        high = lines + (6 if row.treatment or row.band else 2)
        placed.append(_Placed(row, top, top + high / 2))
        top += high
    return placed, top


def _traces(placed: Sequence[_Placed], look: Look) -> list[dict[str, Any]]:
    traces = [
        _bridges(placed, look),
        *(_band(each, each.row.band) for each in placed if each.row.band),
        _points(placed, look, comparator=True),
        _points(placed, look, comparator=False),
    ]
    return [trace for trace in traces if trace["x"]]


def _place(rows: Sequence[ChartRow], look: Look) -> tuple[list[_Placed], float]:
    placed: list[_Placed] = []
    top = 0.0
    for row in rows:
        points = look.mark + 5 if row.treatment or row.band else 0
        words = len(row.words) * ceil(look.small * LINE) + (4 if points else 0)
        top += APART if row.opens and placed else 0
        placed.append(_Placed(row, top, top + words + points / 2))
        top += words + points + 4
    return placed, top


def _label(placed: _Placed, look: Look) -> dict[str, Any]:
    words = "<br>".join(placed.row.words)
    return words_at(words, 0, placed.top + 2, look.small_type, yanchor="top", align="left", borderpad=0)


def _rule(placed: _Placed, look: Look) -> dict[str, Any]:
    return {
        "type": "line",
        "xref": "paper",
        "x0": 0,
        "x1": 1,
        "y0": placed.top,
        "y1": placed.top,
        "line": {"color": look.quiet, "width": 1, "dash": "dot"},
    }


def _bridges(placed: Sequence[_Placed], look: Look) -> dict[str, Any]:
    """Quiet lines from comparator to treatment."""
    paired = [
        (each.points, each.row.comparator.value, each.row.treatment.value)
        for each in placed
        if each.row.comparator and each.row.treatment and each.row.joined
    ]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [x for _, start, end in paired for x in (start, end, None)],
        "y": [y for height, _, _ in paired for y in (height, height, None)],
        "line": {"color": look.quiet, "width": 3},
        "hoverinfo": "skip",
    }


def _band(placed: _Placed, band: RowBand) -> dict[str, Any]:
    """A thick bar from the lowest to the highest share."""
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [band.low, band.high, None],
        "y": [placed.points, placed.points, None],
        "line": {"color": placed.row.colour, "width": 9},
        "customdata": [[band.hover, band.id]] * 3,
        "hovertemplate": "%{customdata[0]}<extra></extra>",
    }


def _points(placed: Sequence[_Placed], look: Look, *, comparator: bool) -> dict[str, Any]:
    """Circles for the treatment, diamonds for the comparator; open without an interval."""
    shape = "diamond" if comparator else "circle"
    shown = [
        (each, point)
        for each in placed
        if (point := each.row.comparator if comparator else each.row.treatment) is not None
    ]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [point.value for _, point in shown],
        "y": [each.points for each, _ in shown],
        "error_x": {
            "type": "data",
            "symmetric": False,
            "array": [None if point.high is None else point.high - point.value for _, point in shown],
            "arrayminus": [None if point.low is None else point.value - point.low for _, point in shown],
            "width": 0,
            "thickness": 1.6,
            "color": look.quiet,
        },
        "marker": {
            "color": [look.quiet if comparator else each.row.colour for each, _ in shown],
            "symbol": [shape if point.low is not None else f"{shape}-open" for _, point in shown],
            "size": look.mark - 1,
            "line": {"color": [look.quiet if comparator else each.row.colour for each, _ in shown], "width": 1.8},
        },
        "customdata": [[point.hover, point.id] for _, point in shown],
        "hovertemplate": "%{customdata[0]}<extra></extra>",
        "cliponaxis": False,
    }
