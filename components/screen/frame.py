"""The frame round every page: navigation, the standing banner, the footer.

A deep link as the first request to a fresh server makes Streamlit 1.67 run a file in pages/ without app.py. Every
page therefore starts with require_frame(), which registers the navigation and starts over through app.py.
"""

from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from components.clinical.interface_words import say
from components.clinical.wording import DRAFT_BANNER
from components.screen.glance import glance, glance_line
from components.screen.knowledge import knowledge_base, look_for_changes
from components.screen.presenter import remember_page

_INSIDE_FRAME = "frame_is_drawn"


def _pages() -> list[StreamlitPage]:
    """No icons here: the browser would fetch a Material icon of a page from an outside host as its favicon."""
    return [
        st.Page("pages/home.py", title=say("shared.ketamine_consult"), url_path="home", default=True),
        st.Page("pages/medication_check.py", title=say("shared.medication_check"), url_path="medication_check"),
        st.Page("pages/treatment_fit.py", title=say("shared.treatment_fit"), url_path="treatment_fit"),
        st.Page("pages/onset_timeline.py", title=say("frame.onset_timeline"), url_path="onset_timeline"),
        st.Page("pages/side_effects.py", title=say("shared.side_effects"), url_path="side_effects"),
        st.Page("pages/patient_guide.py", title=say("frame.patient_guide"), url_path="patient_guide"),
        st.Page("pages/evidence.py", title=say("shared.evidence"), url_path="evidence"),
    ]


def run_app() -> None:
    """Draw the frame and the page that the address asks for."""
    st.set_page_config(page_icon="static/favicon.svg", layout="wide", initial_sidebar_state="collapsed")
    page = st.navigation(_pages(), position="top")
    remember_page(page.url_path)
    look_for_changes()
    st.html(Path(__file__).with_name("style.css"))
    with st.container(key="draft-banner"):
        st.info(f"**{DRAFT_BANNER}.**", icon=":material/edit_note:")
    glance_line()
    glance()
    st.session_state[_INSIDE_FRAME] = True
    try:
        page.run()
    finally:
        st.session_state[_INSIDE_FRAME] = False
    _footer()


def require_frame() -> None:
    """First statement of every page: start over through app.py when the page runs without its frame."""
    if not st.session_state.get(_INSIDE_FRAME):
        st.navigation(_pages(), position="top")
        st.rerun()


def _footer() -> None:
    knowledge = knowledge_base().knowledge
    with st.container(key="page_footer"):
        st.divider()
        st.markdown(
            say(
                "frame.knowledge_base_compiled_signed",
                content_hash=knowledge.content_hash,
                compiled_on=knowledge.compiled_on,
                value=knowledge.status.value,
            ),
            text_alignment="left",
        )
