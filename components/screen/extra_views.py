"""The onset page: responders beyond the control, and each SSRI beside the others."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import streamlit as st

from components.charts.extra_pictures import each_ssri_picture, extra_picture
from components.charts.onset_pictures import results_axis
from components.charts.picture import Look
from components.charts.time_axis import TimeAxis
from components.clinical.extra_responders import ExtraResponders, extra_responders
from components.clinical.interface_words import say
from components.clinical.onset_choice import OnsetChoice
from components.clinical.onset_tables import EXTRA_COLUMNS, extra_rows
from components.clinical.onset_terms import Lane, OnsetView
from components.clinical.onset_words import LANE_NAMES
from components.screen.chart_card import ChartCard, chart_card, chart_cards
from components.screen.chart_sources import of_results
from components.screen.knowledge import knowledge_base
from components.screen.onset_controls import (
    choice_row,
    drawn_now,
    reset_button,
    time_scale,
    treatments_and_people,
)
from components.screen.onset_frame import EXTRA_KEY, HOW_TO_GO_ON, framed, nothing_for
from components.screen.picture_frame import choices, empty_picture, key_line
from components.screen.presenter import chart_look


def extra() -> None:
    """Extra responders in 100 against each treatment's own comparator, over time; then SSRI by SSRI."""
    base, look = knowledge_base(), chart_look()
    with choices(*drawn_now()):
        choice = treatments_and_people()
        with choice_row():
            scale = time_scale()
            reset_button()
    with framed(OnsetView.EXTRA_RESPONDERS):
        found = [each for each in _all_extra(base.knowledge.content_hash) if choice.allows(each.result)]
        by_drug = [each for each in found if each.result.series.one_by_one]
        together = [each for each in found if not (each.result.series.one_by_one and each.result.series.medicine)]
        axis = results_axis([each.result for each in together], scale)
        if not any(axis.shows(each.result.point.hours or 0) for each in together):
            empty_picture(say("extra_views.no_comparison_response_fits"), HOW_TO_GO_ON)
            reset_button("reset_from_nothing")
            return
        key_line(*EXTRA_KEY)
        nothing_for(choice, (e.result.series.lane for e in together if axis.shows(e.result.point.hours or 0)))
        chart_cards(_by_lane(together, axis, choice, look), "extra_responders")
        if by_drug:
            _each_ssri(by_drug, choice, look)


def _by_lane(together: Sequence[ExtraResponders], axis: TimeAxis, choice: OnsetChoice, look: Look) -> list[ChartCard]:
    """A picture for each treatment, all on one scale."""
    base = knowledge_base()
    by_lane: dict[Lane, list[ExtraResponders]] = {}
    for each in together:
        if axis.shows(each.result.point.hours or 0):
            by_lane.setdefault(each.result.series.lane, []).append(each)
    return [
        ChartCard(
            f"extra_responders_{lane.value}",
            (replace(choice, highlighted=()), axis, look),
            partial(extra_picture, by_lane[lane], axis, look, _said(lane), together),
            partial(extra_rows, [each for each in together if each.result.series.lane is lane], base.sources),
            EXTRA_COLUMNS,
            partial(of_results, [each.result for each in by_lane[lane]]),
        )
        for lane in Lane
        if lane in by_lane
    ]


def _said(lane: Lane) -> str:
    return f"{LANE_NAMES[lane]}. {knowledge_base().onset.views[OnsetView.EXTRA_RESPONDERS].takeaway}"


@st.cache_resource(max_entries=2, show_spinner=False)
def _all_extra(content: str) -> tuple[ExtraResponders, ...]:
    """Every comparison, worked out once for each content of data/."""
    return extra_responders(knowledge_base().onset)


def _each_ssri(by_drug: Sequence[ExtraResponders], choice: OnsetChoice, look: Look) -> None:
    sources = knowledge_base().sources
    st.subheader(say("extra_views.each_ssri_against_placebo"))
    st.markdown(say("extra_views.not_a_ranking"))
    chart_card(
        ChartCard(
            "each_ssri",
            (choice, look),
            lambda: each_ssri_picture(by_drug, choice.highlighted, look),
            lambda: extra_rows(by_drug, sources),
            EXTRA_COLUMNS,
            lambda: of_results(each.result for each in by_drug),
            of_this_patient=bool(choice.highlighted),
        )
    )
