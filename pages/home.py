"""Home: what this is and is not, one box to start a check, sample cases, the state of the knowledge base."""

import streamlit as st

from components.clinical.interface_words import say
from components.screen.entry_widgets import paste_box
from components.screen.frame import require_frame
from components.screen.home_view import knowledge_in_brief, sample_cases, what_it_is

require_frame()

st.title(say("page_home.check_medication_list_before"))
start, about = st.columns([3, 2], gap="large")
with start:
    if paste_box(say("shared.medication_list"), say("page_home.check_list")):
        st.switch_page("pages/medication_check.py")
    if sample_cases():
        st.switch_page("pages/medication_check.py")
with about:
    what_it_is()
knowledge_in_brief()
