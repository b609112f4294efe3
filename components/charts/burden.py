"""Burden over the list as a heat map: medicine by effect."""

from typing import Any

from components.charts.palette import SEVERITY_COLOURS
from components.charts.picture import Look, Picture, base_layout, finish
from components.clinical.interface_words import say
from components.clinical.terms import Burden, Severity
from components.clinical.wording import BURDEN_NAMES

_CELL = SEVERITY_COLOURS[Severity.CAUTION]
_GRID = "rgba(128, 128, 128, 0.15)"
"""Ground of cells that add nothing, on light and on dark."""


def burden_picture(burden: dict[Burden, tuple[str, ...]], look: Look) -> Picture:
    """Which medicine adds to which effect; ``burden`` must not be empty."""
    medicines = list(dict.fromkeys(name for names in burden.values() for name in names))
    effects = [BURDEN_NAMES[effect] for effect in burden]
    adds = [[1 if name in names else None for names in burden.values()] for name in medicines]
    word = say("burden.adds")
    cells: dict[str, Any] = {
        "type": "heatmap",
        "x": effects,
        "y": medicines,
        "z": adds,
        "text": [[word if each else "" for each in row] for row in adds],
        "texttemplate": "%{text}",
        "textfont": {"color": "#ffffff", "size": look.small},
        "colorscale": [[0, _CELL], [1, _CELL]],
        "showscale": False,
        "xgap": 2,
        "ygap": 2,
        "hoverongaps": False,
        "hovertemplate": "%{y}: %{x} %{text}<extra></extra>",
    }
    most = max(burden, key=lambda effect: len(burden[effect]))
    takeaway = say("burden.adds_up_most_with_names", burden=BURDEN_NAMES[most], names=", ".join(burden[most]))
    layout = base_layout(look.row * len(medicines), look) | {
        "title": {"text": say("burden.adds_up_most", burden=BURDEN_NAMES[most]), "font": look.body_type},
        "plot_bgcolor": _GRID,
        "xaxis": {"fixedrange": True, "automargin": True, "tickfont": look.small_type, "showgrid": False},
        "yaxis": {
            "fixedrange": True,
            "automargin": True,
            "autorange": "reversed",
            "tickfont": look.small_type,
            "showgrid": False,
        },
    }
    layout["margin"]["t"] = 3 * look.body
    return finish([cells], layout, say("burden.same_stands_table_above", takeaway=takeaway))
