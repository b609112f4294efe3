"""Single SSRIs by effect, one map for each way in which effects were found; what only one has is a list below it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import partial

import streamlit as st

from components.charts.sheets import in_sheets
from components.charts.ssri_map import MAP_COLUMNS, cell_words, row_height, ssri_map_picture
from components.clinical.interface_words import say
from components.clinical.side_effect_base import SideEffectBase
from components.clinical.side_effect_choice import SsriRow, effects_of, rows_side_by_side, ssri_cells
from components.clinical.side_effect_findings import found_on_map
from components.clinical.side_effect_tables import FACT_COLUMNS, fact_rows
from components.clinical.side_effect_terms import Agent, EffectView
from components.clinical.side_effect_words import agent_name
from components.clinical.side_effects import EffectFact
from components.screen.chart_card import ChartCard, chart, numbers
from components.screen.chart_sources import of_all, sources_line
from components.screen.consultation import ssris_on_the_list
from components.screen.knowledge import knowledge_base
from components.screen.picture_frame import key_line
from components.screen.presenter import chart_look
from components.screen.safe_text import plain
from components.screen.side_effect_frame import framed

ONE_MAP_EACH = ("label_rct_spontaneous", "sexual_questionnaire", "dropout_rct")
"""Ways of finding effects in which single SSRIs stand against placebo."""


@dataclass(frozen=True, slots=True)
class _Group:
    """What one way of finding effects says of single SSRIs, the chosen worries first."""

    name: str
    cells: dict[tuple[SsriRow, Agent], EffectFact]
    side_by_side: tuple[SsriRow, ...]
    """Drawn as a map."""
    alone: tuple[SsriRow, ...]
    """Found for one SSRI only: in a map all else in such a row would be a gap."""

    def facts(self, rows: Collection[SsriRow]) -> list[EffectFact]:
        return [self.cells[row, agent] for row in rows for agent in MAP_COLUMNS if (row, agent) in self.cells]


def each_ssri(worries: Sequence[str]) -> None:
    """Single SSRIs by effect, in one map for each way of finding effects; worries come first."""
    own, base = ssris_on_the_list(), knowledge_base()
    groups = [_group(name, worries) for name in ONE_MAP_EACH]
    with framed(EffectView.EACH_SSRI, set(ONE_MAP_EACH), _finding(groups)):
        if own:
            st.markdown(say("side_effect_views.patients_medication_list"))
        key_line(
            say("side_effect_views.extra_people_over_placebo", more="+8"),
            say("side_effect_views.no_clear_difference", more="(+8)"),
            say("side_effect_views.nothing_subtract", share="63%"),
            say("side_effect_views.gap"),
        )
        drawn: list[ChartCard] = []
        for group in groups:
            st.subheader(base.side_effects.axis_groups[group.name].name)
            maps = _maps(group, own, of_this_patient=bool(own or worries))
            for each in maps:
                chart(each)
            _found_for_one_only(group, own)
            drawn += maps
        facts = [fact for group in groups for fact in group.facts((*group.side_by_side, *group.alone))]
        rows = partial(fact_rows, facts, base.side_effects, base.sources)
        for card in drawn[:1]:
            numbers(replace(card, name="side_effects_each_ssri", rows=rows))


def _finding(groups: Sequence[_Group]) -> str:
    drawn = sum(len(group.facts(group.side_by_side)) for group in groups)
    gaps = sum(len(group.side_by_side) for group in groups) * len(MAP_COLUMNS) - drawn
    return found_on_map([fact for group in groups for fact in group.cells.values()], gaps)


def _group(name: str, worries: Sequence[str]) -> _Group:
    base = knowledge_base()
    first = [effect.id for effect in effects_of(base.side_effects, worries)]
    cells = _cells(base.knowledge.content_hash, name)
    ordered = sorted(
        dict.fromkeys(row for row, _ in cells),
        key=lambda row: (first.index(row[0]) if row[0] in first else len(first), row[0], row[1] or ""),
    )
    compared = rows_side_by_side(cells)
    return _Group(
        name,
        cells,
        tuple(row for row in ordered if row in compared),
        tuple(row for row in ordered if row not in compared),
    )


def _maps(group: _Group, own: tuple[str, ...], *, of_this_patient: bool) -> list[ChartCard]:
    base, look = knowledge_base(), chart_look()

    def card(number: int, rows: Sequence[SsriRow]) -> ChartCard:
        held, names = group.facts(rows), {row: _row_name(row, base.side_effects) for row in rows}
        return ChartCard(
            f"each_ssri_{group.name}_{number}",
            (own, tuple(names), look),
            partial(ssri_map_picture, group.cells, names, own, look),
            partial(fact_rows, held, base.side_effects, base.sources),
            FACT_COLUMNS,
            partial(of_all, held),
            of_this_patient=of_this_patient,
        )

    sheets = in_sheets(group.side_by_side, lambda _: row_height(look))
    return [card(number, rows) for number, rows in enumerate(sheets, start=1)]


def _found_for_one_only(group: _Group, own: tuple[str, ...]) -> None:
    """A line for each SSRI with the effects for which no other has a figure."""
    if not group.alone:
        return
    lines = []
    for agent in MAP_COLUMNS:
        told = [
            f"{_row_name(row, knowledge_base().side_effects)} {cell_words(group.cells[row, agent])}"
            for row in group.alone
            if (row, agent) in group.cells
        ]
        if told:
            name = agent_name(agent) + (" *" if agent.value in own else "")
            lines.append(f"- **{plain(name)}:** {plain(' · '.join(told))}")
    st.markdown("\n".join((f"**{say('side_effect_views.found_for_one_ssri_only')}**\n", *lines)))
    sources_line(of_all(group.facts(group.alone)))


@st.cache_resource(max_entries=2 * len(ONE_MAP_EACH), show_spinner=False)
def _cells(content: str, group: str) -> dict[tuple[SsriRow, Agent], EffectFact]:
    """The cells of one map, worked out once for each content of data/."""
    return ssri_cells(knowledge_base().side_effects, group)


def _row_name(row: SsriRow, base: SideEffectBase) -> str:
    effect, term = row
    return f"{base.effects[effect].name}: {term}" if term else base.effects[effect].name
