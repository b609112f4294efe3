"""Onset timeline: hours against weeks. Seven views of one set of trial results, each with its limits beside it."""

import streamlit as st

from components.clinical.interface_words import say
from components.clinical.onset_terms import OnsetView
from components.screen.extra_views import extra
from components.screen.frame import require_frame
from components.screen.knowledge import knowledge_base, look_for_changes
from components.screen.onset_views import how_long, how_soon, in_the_brain, out_of_100, trials, twelve_weeks
from components.screen.presenter import presenter_switch
from components.screen.turns import my_turn
from components.screen.view_switch import view_switch

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

with st.container(horizontal=True, vertical_alignment="bottom"):
    st.title(say("page_onset_timeline.how_soon_how_long"))
    presenter_switch()


@st.fragment
@my_turn()
def views() -> None:
    """A choice reruns the views only, not the frame round them."""
    look_for_changes()
    base = knowledge_base().onset
    DRAWN_BY[view_switch({view: base.views[view].title for view in DRAWN_BY}, "view")]()


views()
