"""Single SSRIs by effect: one map for each way in which effects were found."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from components.charts.ssri_map import ssri_map_picture
from components.clinical.interface_words import say
from components.clinical.side_effect_base import SideEffectBase
from components.clinical.side_effect_choice import SsriRow, effects_of, ssri_cells
from components.clinical.side_effect_tables import FACT_COLUMNS, fact_rows
from components.clinical.side_effect_terms import Agent, EffectView
from components.clinical.side_effects import EffectFact
from components.screen.chart_card import ChartCard, chart, numbers
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
    with framed(EffectView.EACH_SSRI, set(ONE_MAP_EACH)):
        if own:
            st.markdown(say("side_effect_views.patients_medication_list"))
        key_line(
            say("side_effect_views.extra_people_over_placebo", more="+8"),
            say("side_effect_views.no_clear_difference", more="(+8)"),
            say("side_effect_views.nothing_subtract", share="63%"),
            say("side_effect_views.gap"),
        )
        cards = [_ssri_map(group, worries, own) for group in ONE_MAP_EACH]
        for group, card in zip(ONE_MAP_EACH, cards, strict=True):
            st.subheader(knowledge_base().side_effects.axis_groups[group].name)
            chart(card)
        numbers(
            replace(
                cards[0], name="side_effects_each_ssri", rows=lambda: [row for card in cards for row in card.rows()]
            )
        )


def _ssri_map(group: str, worries: Sequence[str], own: tuple[str, ...]) -> ChartCard:
    base, look = knowledge_base(), chart_look()
    first = [effect.id for effect in effects_of(base.side_effects, worries)]
    cells = _cells(base.knowledge.content_hash, group)
    held = dict.fromkeys(row for row, _ in cells)
    ordered = sorted(
        held, key=lambda row: (first.index(row[0]) if row[0] in first else len(first), row[0], row[1] or "")
    )
    names = {row: _row_name(row, base.side_effects) for row in ordered}
    return ChartCard(
        f"each_ssri_{group}",
        (own, tuple(names), look),
        lambda: ssri_map_picture(cells, names, own, look),
        lambda: fact_rows(cells.values(), base.side_effects, base.sources),
        FACT_COLUMNS,
        lambda: of_all(cells.values()),
        of_this_patient=bool(own or worries),
    )


@st.cache_resource(max_entries=2 * len(ONE_MAP_EACH), show_spinner=False)
def _cells(content: str, group: str) -> dict[tuple[SsriRow, Agent], EffectFact]:
    """The cells of one map, worked out once for each content of data/."""
    return ssri_cells(knowledge_base().side_effects, group)


def _row_name(row: SsriRow, base: SideEffectBase) -> str:
    effect, term = row
    return f"{base.effects[effect].name}: {term}" if term else base.effects[effect].name
