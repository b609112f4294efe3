"""Home: one box to start a check, what an answer looks like, sample cases, what this is and is not."""

import streamlit as st

from components.clinical.interface_words import say
from components.screen.entry_widgets import paste_box
from components.screen.frame import require_frame
from components.screen.home_view import (
    an_answer,
    hours_against_weeks,
    knowledge_in_brief,
    sample_cases,
    what_it_is,
)

require_frame()

st.title(say("page_home.check_medication_list_before"))
with st.container(key="home"):
    with st.container(key="home_start"):
        started = paste_box(say("shared.medication_list"), say("page_home.check_list"))
    with st.container(key="home_shown"):
        started |= an_answer()
        hours_against_weeks()
    with st.container(key="home_more"):
        started |= sample_cases()
        what_it_is()
knowledge_in_brief()
if started:
    st.switch_page("pages/medication_check.py")
