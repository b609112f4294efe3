"""Small panels under one another on one time axis: results of trials with their intervals.

A line joins results of one arm of one study only. Panels never mix metrics or scales.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any

from components.charts.picture import Look, Picture, base_layout, finish, words_at
from components.charts.time_axis import TimeAxis

SMALLEST, LARGEST, GROWTH = 6.5, 13.0, 0.22
"""Diameters in pixels, and pixels per root of the number of people."""


@dataclass(frozen=True, slots=True)
class PanelPoint:
    """One result as drawn: ``hours`` is its true time."""

    id: str
    hours: float
    value: float
    low: float | None
    high: float | None
    people: int | None
    hover: str


@dataclass(frozen=True, slots=True)
class PanelArm:
    """One arm of one study: the most that a line may join."""

    points: tuple[PanelPoint, ...]
    symbol: str = "circle"
    """Plotly name of its marker; drawn open where there is no interval."""
    dashed: bool = False
    """True for a comparator arm: dotted line, paler."""
    highlighted: str | None = None
    """Words beside its last point, for the patient's own medicine."""


@dataclass(frozen=True, slots=True)
class Panel:
    """Arms that may be read against each other's time, with the axis that they share."""

    title: str
    colour: str
    arms: tuple[PanelArm, ...]
    lowest: float
    highest: float
    signed: bool
    """True where zero means no difference and deserves a line."""
    key: tuple[str, ...] = ()
    """Lines under the title that say what its signs stand for."""
    tall: bool = False


def marker_size(people: int | None) -> float:
    """Diameter in pixels: area grows with the number of people, between a smallest and a largest size."""
    return SMALLEST if people is None else min(LARGEST, SMALLEST + GROWTH * sqrt(people))


def build_panels_figure(panels: Sequence[Panel], axis: TimeAxis, look: Look, alt: str) -> Picture:
    """Panels from top to bottom; a panel without a result on the axis is left out, and one must be left."""
    panels = [panel for panel in panels if reaches(panel, axis)]
    inner = sum(_title_height(panel, look) + _body_height(panel, look) for panel in panels)
    layout = base_layout(int(inner), look)
    layout["annotations"] = []
    traces: list[dict[str, Any]] = []
    bottom = 1.0
    for position, panel in enumerate(panels):
        number = "" if position == 0 else str(position + 1)
        top = bottom - _title_height(panel, look) / inner
        bottom = top - _body_height(panel, look) / inner
        last = position == len(panels) - 1
        layout[f"xaxis{number}"] = {
            **axis.layout(),
            "anchor": f"y{number}",
            "showticklabels": last,
            "tickfont": look.small_type,
            "title": {"text": axis.title if last else "", "font": look.small_type, "standoff": 6},
        }
        layout[f"yaxis{number}"] = _value_axis(panel, number, max(bottom + 6 / inner, 0.0), top, look)
        layout["annotations"].append(_title(panel, top, look))
        asides = _asides(panel)
        for dashed in (False, True):
            arms = [arm for arm in panel.arms if arm.dashed is dashed]
            traces.extend(_traces(arms, asides, panel, number, axis, look))
    return finish(traces, layout, alt)


def _title_height(panel: Panel, look: Look) -> float:
    return (1 + len(panel.key)) * (look.body + 5) + 8


def _body_height(panel: Panel, look: Look) -> float:
    return look.row * (5.2 if panel.tall else 3.4)


def _value_axis(panel: Panel, number: str, bottom: float, top: float, look: Look) -> dict[str, Any]:
    return {
        "domain": [bottom, top],
        "anchor": f"x{number}",
        "range": [panel.lowest, panel.highest],
        "nticks": 5,
        "zeroline": panel.signed,
        "zerolinecolor": look.quiet,
        "zerolinewidth": 2,
        "fixedrange": True,
        "automargin": True,
        "tickfont": look.small_type,
    }


def _title(panel: Panel, top: float, look: Look) -> dict[str, Any]:
    words = "<br>".join((f'<span style="color:{panel.colour}">&#9632;</span> {panel.title}', *panel.key))
    return words_at(words, 0, top, look.body_type, yref="paper", yanchor="bottom", align="left")


def _traces(
    arms: Sequence[PanelArm], asides: dict[str, float], panel: Panel, number: str, axis: TimeAxis, look: Look
) -> list[dict[str, Any]]:
    """One trace for all arms of a kind; an empty row ends each arm, so that no line leaves it."""
    rows = [row for arm in arms for row in _rows(arm, asides, axis)]
    if not rows:
        return []
    dashed = arms[0].dashed
    return [
        {
            "type": "scatter",
            "mode": "lines+markers+text",
            "xaxis": f"x{number}",
            "yaxis": f"y{number}",
            "x": [row.drawn for row in rows],
            "y": [row.point.value if row.point else None for row in rows],
            "error_y": {
                "type": "data",
                "symmetric": False,
                "array": [_reach(row.point, upper=True) for row in rows],
                "arrayminus": [_reach(row.point, upper=False) for row in rows],
                "width": 0,
                "thickness": 1.4,
                "color": panel.colour,
            },
            "line": {"color": panel.colour, "width": 1.6, "dash": "dot" if dashed else "solid"},
            "marker": {
                "color": panel.colour,
                "symbol": [row.symbol for row in rows],
                "size": [marker_size(row.point.people if row.point else None) * look.mark / 11 for row in rows],
                "opacity": 1,
                "line": {"color": panel.colour, "width": 1.6},
            },
            "text": [row.words for row in rows],
            "textposition": "middle right",
            "textfont": look.small_type,
            "customdata": [[row.point.hover, row.point.id, row.point.hours] if row.point else [] for row in rows],
            "hovertemplate": "%{customdata[0]}<extra></extra>",
            "connectgaps": False,
            "cliponaxis": False,
        }
    ]


@dataclass(frozen=True, slots=True)
class _Row:
    drawn: float | None
    point: PanelPoint | None
    arm: PanelArm
    at_its_end: bool

    @property
    def symbol(self) -> str:
        return self.arm.symbol if self.point and self.point.low is not None else f"{self.arm.symbol}-open"

    @property
    def words(self) -> str:
        return f"  <b>{self.arm.highlighted}</b>" if self.arm.highlighted and self.at_its_end else ""


def _rows(arm: PanelArm, asides: dict[str, float], axis: TimeAxis) -> list[_Row]:
    shown = [point for point in arm.points if axis.shows(point.hours)]
    rows = [_Row(axis.beside(point.hours, asides[point.id]), point, arm, point is shown[-1]) for point in shown]
    return [*rows, _Row(None, None, arm, False)] if rows else []


def reaches(panel: Panel, axis: TimeAxis) -> bool:
    """True when any result of a panel lies on the axis."""
    return any(axis.shows(point.hours) for arm in panel.arms for point in arm.points)


def _asides(panel: Panel) -> dict[str, float]:
    """Where results of one hour stand beside each other, -1 to 1, by point id; a result alone stands at its hour."""
    by_hour: dict[float, list[str]] = {}
    for arm in panel.arms:
        for point in arm.points:
            by_hour.setdefault(point.hours, []).append(point.id)
    return {
        identifier: _spread(position, len(together))
        for together in by_hour.values()
        for position, identifier in enumerate(together)
    }


def _spread(position: int, together: int) -> float:
    """Even steps around the middle, of at most a quarter of the room each."""
    return 0.0 if together == 1 else (position - (together - 1) / 2) * min(0.25, 2 / (together - 1))


def _reach(point: PanelPoint | None, *, upper: bool) -> float | None:
    if point is None or point.low is None or point.high is None:
        return None
    return point.high - point.value if upper else point.value - point.low
