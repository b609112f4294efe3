"""Single SSRIs by effect: one map for each way in which effects were found."""

from collections.abc import Sequence

import streamlit as st

from components.charts.sheets import in_sheets
from components.charts.ssri_map import MAP_COLUMNS, row_height, ssri_map_picture
from components.clinical.interface_words import say
from components.clinical.side_effect_base import SideEffectBase
from components.clinical.side_effect_choice import SsriRow, effects_of, ssri_cells
from components.clinical.side_effect_findings import found_on_map
from components.clinical.side_effect_tables import FACT_COLUMNS, fact_rows
from components.clinical.side_effect_terms import Agent, EffectView
from components.clinical.side_effects import EffectFact
from components.screen.chart_card import ChartCard, chart, numbers_of
from components.screen.chart_sources import of_all
from components.screen.consultation import ssris_on_the_list
from components.screen.knowledge import knowledge_base
from components.screen.picture_frame import key_line
from components.screen.presenter import chart_look
from components.screen.side_effect_frame import framed

ONE_MAP_EACH = ("label_rct_spontaneous", "sexual_questionnaire", "dropout_rct")
"""Ways of finding effects in which single SSRIs stand against placebo."""


def each_ssri(worries: Sequence[str]) -> None:
    """Single SSRIs by effect, in one map for each way of finding effects; worries come first."""
    own = ssris_on_the_list()
    with framed(EffectView.EACH_SSRI, set(ONE_MAP_EACH), _finding()):
        if own:
            st.markdown(say("side_effect_views.patients_medication_list"))
        key_line(
            say("side_effect_views.extra_people_over_placebo", more="+8"),
            say("side_effect_views.no_clear_difference", more="(+8)"),
            say("side_effect_views.nothing_subtract", share="63%"),
            say("side_effect_views.gap"),
        )
        cards = {group: _ssri_maps(group, worries, own) for group in ONE_MAP_EACH}
        for group, maps in cards.items():
            st.subheader(knowledge_base().side_effects.axis_groups[group].name)
            for each in maps:
                chart(each)
        numbers_of([each for maps in cards.values() for each in maps], "side_effects_each_ssri")


def _finding() -> str:
    content = knowledge_base().knowledge.content_hash
    maps = [_cells(content, group) for group in ONE_MAP_EACH]
    rows = sum(len({row for row, _ in cells}) for cells in maps)
    held = [fact for cells in maps for fact in cells.values()]
    return found_on_map(held, rows * len(MAP_COLUMNS) - len(held))


def _ssri_maps(group: str, worries: Sequence[str], own: tuple[str, ...]) -> list[ChartCard]:
    base, look = knowledge_base(), chart_look()
    first = [effect.id for effect in effects_of(base.side_effects, worries)]
    cells = _cells(base.knowledge.content_hash, group)
    held = dict.fromkeys(row for row, _ in cells)
    ordered = sorted(
        held, key=lambda row: (first.index(row[0]) if row[0] in first else len(first), row[0], row[1] or "")
    )
    sheets = in_sheets(ordered, lambda _: row_height(look))

    def card(number: int, rows: Sequence[SsriRow]) -> ChartCard:
        held = [fact for (row, _), fact in cells.items() if row in rows]
        names = {row: _row_name(row, base.side_effects) for row in rows}
        return ChartCard(
            f"each_ssri_{group}_{number}",
            (own, tuple(names), look),
            lambda: ssri_map_picture(cells, names, own, look),
            lambda: fact_rows(held, base.side_effects, base.sources),
            FACT_COLUMNS,
            lambda: of_all(held),
            of_this_patient=bool(own or worries),
        )

    return [card(number, rows) for number, rows in enumerate(sheets, start=1)]


@st.cache_resource(max_entries=2 * len(ONE_MAP_EACH), show_spinner=False)
def _cells(content: str, group: str) -> dict[tuple[SsriRow, Agent], EffectFact]:
    """The cells of one map, worked out once for each content of data/."""
    return ssri_cells(knowledge_base().side_effects, group)


def _row_name(row: SsriRow, base: SideEffectBase) -> str:
    effect, term = row
    return f"{base.effects[effect].name}: {term}" if term else base.effects[effect].name
