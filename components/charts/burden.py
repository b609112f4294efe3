"""Burden over the list as a heat map: medicine by effect."""

import plotly.graph_objects as go

from components.charts.palette import EMPTY_CELL, SEVERITY_COLOURS
from components.clinical.interface_words import say
from components.clinical.terms import Burden, Severity
from components.clinical.wording import BURDEN_NAMES


def build_burden_figure(burden: dict[Burden, tuple[str, ...]]) -> tuple[go.Figure, str]:
    """Heat map of which medicine adds to which effect, and its alt sentence; ``burden`` must not be empty."""
    medicines = list(dict.fromkeys(name for names in burden.values() for name in names))
    effects = [BURDEN_NAMES[effect] for effect in burden]
    adds = [[int(name in names) for names in burden.values()] for name in medicines]
    words = [["adds" if value else "" for value in row] for row in adds]
    figure = go.Figure(
        go.Heatmap(
            x=effects,
            y=medicines,
            z=adds,
            text=words,
            texttemplate="%{text}",
            textfont={"color": "#ffffff"},
            colorscale=[[0, EMPTY_CELL], [1, SEVERITY_COLOURS[Severity.CAUTION]]],
            zmin=0,
            zmax=1,
            showscale=False,
            xgap=2,
            ygap=2,
            hovertemplate="%{y}: %{x} %{text}<extra></extra>",
        )
    )
    most = max(burden, key=lambda effect: len(burden[effect]))
    takeaway = say("burden.adds_up_most_with_names", burden=BURDEN_NAMES[most], names=", ".join(burden[most]))
    figure.update_layout(
        title=say("burden.adds_up_most", burden=BURDEN_NAMES[most]),
        height=120 + 28 * len(medicines),
        margin={"l": 8, "r": 8, "t": 40, "b": 8},
    )
    figure.update_yaxes(autorange="reversed")
    return figure, say("burden.same_stands_table_above", takeaway=takeaway)
