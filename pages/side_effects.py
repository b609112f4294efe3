"""Side effects side by side: which, how often, when, how long; what the patient worries about comes first."""

import streamlit as st

from components.clinical.side_effect_terms import EffectView
from components.screen.frame import require_frame
from components.screen.knowledge import knowledge_base, look_for_changes
from components.screen.presenter import presenter_switch
from components.screen.side_effect_views import compare, each_ssri, out_of_100, when
from components.screen.worry_cards import at_a_glance, check_marks, serious_risks, worry_cards
from components.screen.worry_tiles import worry_tiles

require_frame()

heading, switch = st.columns([4, 1], vertical_alignment="bottom")
heading.title("Side effects side by side")
with switch:
    presenter_switch()


@st.fragment
def views() -> None:
    """A choice reruns the views only, not the frame round them."""
    look_for_changes()
    worries = worry_tiles()
    at_a_glance(worries)
    drawn_by = {
        EffectView.COMPARE: lambda: compare(worries),
        EffectView.CARDS: lambda: worry_cards(worries),
        EffectView.WHEN: lambda: when(worries),
        EffectView.OUT_OF_100: lambda: out_of_100(worries),
        EffectView.EACH_SSRI: lambda: each_ssri(worries),
        EffectView.CHECK_MARKS: check_marks,
    }
    titles = [knowledge_base().side_effects.views[view].title for view in drawn_by]
    tabs = st.tabs(titles, key="effects", on_change="rerun", bind="query-params")
    for tab, draw in zip(tabs, drawn_by.values(), strict=True):
        if tab.open:
            with tab:
                draw()


views()
serious_risks()
