"""The frame round every page: navigation, the standing banner, the footer.

A deep link as the first request to a fresh server makes Streamlit 1.67 run a file in pages/ without app.py. Every
page therefore starts with require_frame(), which registers the navigation and starts over through app.py.
"""

from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from components.clinical.interface_words import say
from components.clinical.knowledge_base import Knowledge
from components.clinical.wording import DRAFT_BANNER
from components.screen.evidence_shelf import forget_address
from components.screen.glance import glance, glance_line
from components.screen.knowledge import knowledge_base, look_for_changes
from components.screen.lost_session import say_what_was_lost
from components.screen.presenter import remember_page
from components.screen.sign_in import require_sign_in, who_is_signed_in

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
    require_sign_in(page.url_path or "home")
    with st.container(key="draft-banner"):
        st.info(f"**{DRAFT_BANNER}.**", icon=":material/edit_note:")
    say_what_was_lost()
    glance_line()
    glance()
    who_is_signed_in()
    st.session_state[_INSIDE_FRAME] = True
    if page.url_path != "evidence":
        forget_address()
    try:
        page.run()
    finally:
        st.session_state[_INSIDE_FRAME] = False
    _footer()


def require_frame() -> None:
    """First statement of every page: start over through app.py when the page runs without its frame or sign-in."""
    if not st.session_state.get(_INSIDE_FRAME):
        st.navigation(_pages(), position="top")
        st.rerun()
    require_sign_in()


def _footer() -> None:
    with st.container(key="page_footer"):
        st.divider()
        st.markdown(which_knowledge(knowledge_base().knowledge), text_alignment="left")


def which_knowledge(knowledge: Knowledge) -> str:
    """Hash, dates and status of the knowledge base, and that nothing is stored."""
    signed = (
        say("shared.signed_on_day", signed_on=knowledge.signed_on) if knowledge.signed_on else say("shared.not_signed")
    )
    return say(
        "frame.which_knowledge_base",
        content_hash=knowledge.content_hash,
        compiled_on=knowledge.compiled_on,
        status=knowledge.status.value,
        signed=signed,
    )
