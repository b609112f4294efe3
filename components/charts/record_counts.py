"""How many rows of the catalogue stand at each status and at each evidence grade: two short lists of bars."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from components.charts.picture import Look, Picture, base_layout, finish, words_at


@dataclass(frozen=True, slots=True)
class CountGroup:
    """Bars that are compared with each other."""

    title: str
    counts: tuple[tuple[str, int], ...]
    """(name, rows), from top to bottom."""


GAP_ROWS = 1.4
"""Room for the title of a group, in rows."""


def build_counts_picture(groups: Sequence[CountGroup], look: Look, alt: str) -> Picture:
    """Bars with their numbers written at the end; each group has a scale of its own, so that none dwarfs another."""
    place, names, places, traces, titles = 0.0, [], [], [], []
    for group in groups:
        titles.append(words_at(f"<b>{group.title}</b>", 0, place + 0.2, look.small_type, yanchor="auto"))
        place += GAP_ROWS
        rows = [place + number for number in range(len(group.counts))]
        names += [name for name, _ in group.counts]
        places += rows
        traces.append(_bars(group, rows, look))
        place += len(rows)
    height = place * (look.row - 8)
    layout = base_layout(int(height), look)
    layout["margin"]["b"] = 4
    layout["height"] = int(height) + 12
    layout["xaxis"] = {"range": [0, 1.25], "visible": False, "fixedrange": True}
    layout["yaxis"] = {
        "range": [place - 0.4, -0.6],
        "tickvals": places,
        "ticktext": names,
        "tickfont": look.small_type,
        "showgrid": False,
        "zeroline": False,
        "automargin": True,
        "fixedrange": True,
    }
    layout["annotations"] = titles
    return finish(traces, layout, alt)


def _bars(group: CountGroup, rows: Sequence[float], look: Look) -> dict[str, Any]:
    most = max((number for _, number in group.counts), default=0) or 1
    return {
        "type": "bar",
        "orientation": "h",
        "x": [number / most for _, number in group.counts],
        "y": list(rows),
        "width": 0.6,
        "marker": {"color": look.quiet},
        "text": [f"{number:,}" for _, number in group.counts],
        "textposition": "outside",
        "textfont": look.small_type,
        "cliponaxis": False,
        "hovertemplate": [f"{name}: {number:,}<extra></extra>" for name, number in group.counts],
    }
