"""Onset timeline: hours against weeks. Seven views of one set of trial results, each with its limits beside it."""

import streamlit as st

from components.clinical.onset_terms import OnsetView
from components.screen.frame import require_frame
from components.screen.knowledge import knowledge_base, look_for_changes
from components.screen.onset_views import (
    extra,
    how_long,
    how_soon,
    in_the_brain,
    out_of_100,
    trials,
    twelve_weeks,
)
from components.screen.presenter import presenter_switch

require_frame()

DRAWN_BY = {
    OnsetView.HOW_SOON: how_soon,
    OnsetView.EXTRA_RESPONDERS: extra,
    OnsetView.TRIALS: trials,
    OnsetView.TWELVE_WEEKS: twelve_weeks,
    OnsetView.OUT_OF_100: out_of_100,
    OnsetView.HOW_LONG: how_long,
    OnsetView.IN_THE_BRAIN: in_the_brain,
}

heading, switch = st.columns([4, 1], vertical_alignment="bottom")
heading.title("How soon, and for how long?")
with switch:
    presenter_switch()


@st.fragment
def views() -> None:
    """A choice reruns the views only, not the frame round them."""
    look_for_changes()
    titles = [knowledge_base().onset.views[view].title for view in DRAWN_BY]
    tabs = st.tabs(titles, key="view", on_change="rerun", bind="query-params")
    for tab, draw in zip(tabs, DRAWN_BY.values(), strict=True):
        if tab.open:
            with tab:
                draw()


views()
