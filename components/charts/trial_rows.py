"""Trials under one another, each named over its results: time and figures, and beside them the result on one scale."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from components.charts.picture import Look, Picture, base_layout, finish, lines_of, upright_lines, words_at
from components.charts.rows import ChartRow, RowPoint

GUTTER = 0.46
"""Part of the width in which time and figures stand."""
GUTTER_WIDTH = 27
"""Letters that it holds on a phone."""
NAME_WIDTH = 50
"""Letters of a name, which may stand over all."""
LINE, RESULT, APART = 1.35, 1.75, 0.6
"""Heights of a line of words and of a row with a result, and the space over a heading, in sizes of its letters."""


@dataclass(frozen=True, slots=True)
class TrialArm:
    """One arm, with a row for each of its results."""

    study: str
    label: str
    rows: tuple[ChartRow, ...]
    mine: str = ""
    """Words behind its label, for the patient's own medicine."""
    is_named: bool = False
    """True where its label must stand there, though it is the only one of its trial."""


@dataclass(frozen=True, slots=True)
class _Placed:
    row: ChartRow
    top: float
    bottom: float

    @property
    def middle(self) -> float:
        """Where its words and its points stand."""
        return (self.top + self.bottom) / 2


def named_rows(arms: Iterable[TrialArm]) -> list[ChartRow]:
    """Each trial once, in the order of its first arm; its arms are named where there are several."""
    by_study: dict[str, list[TrialArm]] = {}
    for arm in arms:
        by_study.setdefault(arm.study, []).append(arm)
    rows: list[ChartRow] = []
    for study, mine in by_study.items():
        rows.append(ChartRow(tuple(f"<b>{line}</b>" for line in lines_of(study, NAME_WIDTH))))
        for arm in mine:
            if arm.mine:
                rows.append(ChartRow(tuple(f"<b>{line}</b>" for line in lines_of(arm.label + arm.mine, NAME_WIDTH))))
            elif len(mine) > 1 or arm.is_named:
                rows.append(ChartRow(lines_of(arm.label, NAME_WIDTH)))
            rows += arm.rows
    return rows


def build_trial_rows_figure(
    rows: Sequence[ChartRow], span: tuple[float, float], unit: str, look: Look, alt: str
) -> Picture:
    """Rows from top to bottom over ``span``, the scale above them; at least one row must hold a result."""
    placed, height = _place(rows, look)
    layout = base_layout(int(height), look)
    layout["margin"] |= {"t": layout["margin"]["b"], "b": layout["margin"]["t"]}
    layout["xaxis"] = {
        "domain": [GUTTER, 1],
        "range": list(span),
        "side": "top",
        "title": {"text": unit, "font": look.small_type, "standoff": 6},
        "tickfont": look.small_type,
        "nticks": 8,
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
    }
    layout["yaxis"] = {"range": [height, 0], "visible": False, "fixedrange": True}
    layout["annotations"] = [
        words_at("<br>".join(each.row.words), 0, each.middle, look.small_type, align="left") for each in placed
    ]
    beside = [(each.top, each.bottom) for each in placed if _holds_a_result(each.row)]
    layout["shapes"] = upright_lines([0.0], beside, {"color": look.quiet, "width": 2})
    traces = [_bridges(placed, look), _points(placed, look, comparator=True), _points(placed, look, comparator=False)]
    return finish([trace for trace in traces if trace["x"]], layout, alt)


def _place(rows: Sequence[ChartRow], look: Look) -> tuple[list[_Placed], float]:
    placed: list[_Placed] = []
    top = 0.0
    for row in rows:
        top += APART * look.small if row.opens and placed else 0
        high = look.small * ((RESULT if _holds_a_result(row) else LINE) + LINE * (len(row.words) - 1))
        placed.append(_Placed(row, top, top + high))
        top += high
    return placed, top


def _holds_a_result(row: ChartRow) -> bool:
    return bool(row.treatment or row.comparator)


def _bridges(placed: Sequence[_Placed], look: Look) -> dict[str, Any]:
    """Quiet lines from the comparator to the treatment."""
    ends = [
        (each.middle, each.row.comparator.value, each.row.treatment.value)
        for each in placed
        if each.row.comparator and each.row.treatment
    ]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [x for _, start, end in ends for x in (start, end, None)],
        "y": [y for middle, _, _ in ends for y in (middle, middle, None)],
        "line": {"color": look.quiet, "width": 3},
        "hoverinfo": "skip",
    }


def _points(placed: Sequence[_Placed], look: Look, *, comparator: bool) -> dict[str, Any]:
    """Circles for treatments, diamonds for comparators; open without an interval."""
    shape = "diamond" if comparator else "circle"
    held = [(each, each.row.comparator if comparator else each.row.treatment) for each in placed]
    shown = [(each, point) for each, point in held if point]
    colours = [look.quiet if comparator else each.row.colour for each, _ in shown]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [point.value for _, point in shown],
        "y": [each.middle for each, _ in shown],
        "error_x": _intervals([point for _, point in shown], look),
        "marker": {
            "color": colours,
            "symbol": [shape if point.low is not None else f"{shape}-open" for _, point in shown],
            "size": look.mark - 1,
            "line": {"color": colours, "width": 1.8},
        },
        "customdata": [[point.hover, point.id] for _, point in shown],
        "hovertemplate": "%{customdata[0]}<extra></extra>",
        "cliponaxis": False,
    }


def _intervals(points: Sequence[RowPoint], look: Look) -> dict[str, Any]:
    return {
        "type": "data",
        "symmetric": False,
        "array": [None if each.high is None else each.high - each.value for each in points],
        "arrayminus": [None if each.low is None else each.value - each.low for each in points],
        "width": 0,
        "thickness": 1.6,
        "color": look.quiet,
    }
