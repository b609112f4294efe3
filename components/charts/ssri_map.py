"""Single SSRIs by effect as a map: a gap is a gap, never a zero."""

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from components.charts.picture import Look, Picture, base_layout, finish, words_at
from components.charts.side_effect_pictures import fact_hover
from components.clinical.interface_words import say
from components.clinical.side_effect_choice import SsriRow, excess_of
from components.clinical.side_effect_terms import SINGLE_SSRIS, Agent
from components.clinical.side_effect_words import agent_name
from components.clinical.side_effects import EffectFact

MAP_COLUMNS = (Agent.SSRI_CLASS, *SINGLE_SSRIS)
GAP_WORDS = "–"
HEAD = 6
"""Height of the head in sizes of its letters: names of SSRIs stand upright in it on a phone."""
UPRIGHT_WHERE_NARROW = [0, 90]
"""Degrees: names of SSRIs lie flat, and stand upright only where a phone has no room."""


def ssri_map_picture(
    cells: Mapping[tuple[SsriRow, Agent], EffectFact],
    names: Mapping[SsriRow, str],
    own: Iterable[str],
    look: Look,
) -> Picture:
    """Each SSRI by effect, extra people in 100 over placebo (or the share where nothing is subtracted).

    ``names`` gives the rows in their order, each over its cells: beside them a phone has no room. Rows of ``cells``
    that it leaves out stand in another picture with the same colours. An empty cell is a gap, never a zero; brackets:
    no clear difference.
    """
    mine = set(own)
    titles = [f"<b>{agent_name(each)} *</b>" if each.value in mine else agent_name(each) for each in MAP_COLUMNS]
    rows = [escape(name, quote=False) for name in names.values()]
    shares_only = not any(excess_of(fact) for fact in cells.values())
    values = [[_cell_value(cells.get((row, agent)), shares_only) for agent in MAP_COLUMNS] for row in names]
    coloured = [value for each in cells.values() if (value := _cell_value(each, shares_only)) is not None]
    trace: dict[str, Any] = {
        "type": "heatmap",
        "x": titles,
        "y": rows,
        "z": values,
        "zmin": 0,
        "zmax": max(coloured, default=1.0),
        "colorscale": [[0, "rgba(184,119,0,0.08)"], [1, "rgba(184,119,0,0.75)"]],
        "showscale": False,
        "xgap": 2,
        "ygap": _words_height(look),
        "customdata": [[_cell_hover(cells.get((row, agent))) for agent in MAP_COLUMNS] for row in names],
        "hovertemplate": "%{y}, %{x}<br>%{customdata}<extra></extra>",
    }
    axis = {"fixedrange": True, "tickfont": look.small_type, "showgrid": False}
    head = HEAD * look.small
    layout = base_layout(len(rows) * row_height(look), look)
    layout["height"] = len(rows) * row_height(look) + head + look.small
    layout["xaxis"] = {**axis, "side": "top", "dtick": 1, "autotickangles": UPRIGHT_WHERE_NARROW}
    layout["yaxis"] = {**axis, "autorange": "reversed", "showticklabels": False, "ticks": ""}
    layout["margin"] |= {"t": head, "b": look.small}
    layout["annotations"] = [
        {
            "x": title,
            "y": name,
            "text": escape(cell_words(cells.get((row, agent))), quote=False),
            "showarrow": False,
            "font": look.small_type,
        }
        for name, row in zip(rows, names, strict=True)
        for title, agent in zip(titles, MAP_COLUMNS, strict=True)
    ]
    layout["annotations"] += [
        words_at(name, 0, name, look.small_type, yanchor="bottom", yshift=look.row // 3, borderpad=0) for name in rows
    ]
    alt = say("ssri_map.each_ssri_gaps_not_zero", count=sum(row in names for row, _ in cells))
    return finish([trace], layout, alt)


def row_height(look: Look) -> int:
    """Pixels of a name over its cells."""
    return _words_height(look) + look.row * 2 // 3


def _words_height(look: Look) -> int:
    return 2 * look.small + 4


def _cell_value(fact: EffectFact | None, shares_only: bool) -> float | None:
    """What colours a cell: the excess; a bare share only in a map that holds nothing else."""
    if fact is None:
        return None
    excess = excess_of(fact)
    return round(excess.value, 1) if excess else fact.value if shares_only else None


def cell_words(fact: EffectFact | None) -> str:
    """'+12', '(+3)' where the interval includes no difference, '63%' where nothing is subtracted, a dash for a gap."""
    if fact is None:
        return GAP_WORDS
    excess = excess_of(fact)
    if excess is None:
        below = fact.comparator.below
        return f"{fact.value or 0.0:.0f}%" + (say("ssri_map.against_below", below=below) if below is not None else "")
    words = "0" if round(excess.value) == 0 else f"{excess.value:+.0f}"
    unclear = excess.low is not None and excess.high is not None and excess.low <= 0 <= excess.high
    return f"({words})" if unclear else words


def _cell_hover(fact: EffectFact | None) -> str:
    return fact_hover(fact) if fact else say("ssri_map.no_figure_found")
