"""Patient guide: plain words, worries side by side, what one hears, the sheet that goes home, saying it back."""

import streamlit as st

from components.clinical.guide_words import GUIDE_VIEW_TITLES, GuideView
from components.clinical.interface_words import say
from components.screen.frame import require_frame
from components.screen.guide_views import concern_cards, crisis_line, heard, read_guide
from components.screen.knowledge import look_for_changes
from components.screen.presenter import presenter_switch
from components.screen.sheet_maker import take_home
from components.screen.teach_back import say_it_back
from components.screen.turns import my_turn
from components.screen.view_switch import view_switch

require_frame()

with st.container(horizontal=True, vertical_alignment="bottom"):
    st.title(say("page_patient_guide.guide_you"))
    presenter_switch()


@st.fragment
@my_turn()
def views() -> None:
    """A choice reruns the views only, not the frame round them."""
    look_for_changes()
    country = crisis_line()
    drawn_by = {
        GuideView.READ: read_guide,
        GuideView.WORRIES: concern_cards,
        GuideView.HEARD: heard,
        GuideView.TAKE_HOME: lambda: take_home(country),
        GuideView.SAY_IT_BACK: say_it_back,
    }
    with st.container(key="guide"):
        drawn_by[view_switch(GUIDE_VIEW_TITLES, "guide_view")]()


views()
