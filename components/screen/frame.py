"""The frame round every page: navigation, the standing banner, the footer.

A deep link as the first request to a fresh server makes Streamlit 1.67 run a file in pages/ without app.py. Every
page therefore starts with require_frame(), which registers the navigation and starts over through app.py.
"""

from datetime import date
from functools import cache
from pathlib import Path

import streamlit as st
from starlette.formparsers import MultiPartParser
from streamlit.navigation.page import StreamlitPage

from components.clinical.interface_words import say
from components.clinical.knowledge_base import Knowledge
from components.clinical.wording import DRAFT_BANNER
from components.exchange.list_limits import MOST_FILE_BYTES
from components.screen.evidence_shelf import forget_address
from components.screen.glance import glance, glance_line
from components.screen.knowledge import is_older_knowledge, knowledge_base, look_for_changes
from components.screen.lost_session import say_what_was_lost
from components.screen.presenter import remember_page
from components.screen.readers_day import today
from components.screen.sign_in import require_sign_in, who_is_signed_in
from components.screen.turns import my_turn

_INSIDE_FRAME, _PAGES = "frame_is_drawn", "pages_of_this_session"
_WITHOUT_GLANCE = "medication_check"
"""Address of the page where the answer itself stands."""
# A file that somebody gives stays in memory: the server's parser puts what is over a megabyte into a temporary file.
MultiPartParser.spool_max_size = MOST_FILE_BYTES


def _pages() -> list[StreamlitPage]:
    """Made once a session: Streamlit marks them while it runs one, so that sessions cannot share them."""
    pages: list[StreamlitPage] = st.session_state.get(_PAGES) or _make_pages()
    st.session_state[_PAGES] = pages
    return pages


def _make_pages() -> list[StreamlitPage]:
    """No icons here: the browser would fetch a Material icon of a page from an outside host as its favicon."""
    return [
        st.Page("pages/home.py", title=say("frame.home"), url_path="home", default=True),
        st.Page("pages/medication_check.py", title=say("shared.medication_check"), url_path="medication_check"),
        st.Page("pages/treatment_fit.py", title=say("shared.treatment_fit"), url_path="treatment_fit"),
        st.Page("pages/onset_timeline.py", title=say("frame.onset_timeline"), url_path="onset_timeline"),
        st.Page("pages/side_effects.py", title=say("shared.side_effects"), url_path="side_effects"),
        st.Page("pages/patient_guide.py", title=say("frame.patient_guide"), url_path="patient_guide"),
        st.Page("pages/evidence.py", title=say("shared.evidence"), url_path="evidence"),
    ]


def run_app() -> None:
    """Draw the frame and the page that the address asks for, once it is this run's turn."""
    with my_turn():
        _draw_app()


def _draw_app() -> None:
    st.set_page_config(page_icon="static/favicon.svg", layout="wide", initial_sidebar_state="collapsed")
    st.logo("static/wordmark.svg", size="small")
    page = st.navigation(_pages(), position="top")
    if not page.url_path:
        st.set_page_config(page_title=say("shared.ketamine_consult"))
    remember_page(page.url_path)
    look_for_changes()
    st.html(_style())
    standing = require_sign_in(page.url_path or "home")
    with st.container(key="draft-banner", gap="xsmall"):
        if is_older_knowledge():
            st.warning(say("knowledge.older_version_is_used"), icon=":material/history:")
        st.markdown(f"{DRAFT_BANNER}.")
    say_what_was_lost()
    glance_line(whole=page.url_path != _WITHOUT_GLANCE)
    glance()
    who_is_signed_in(standing)
    st.session_state[_INSIDE_FRAME] = True
    if page.url_path != "evidence":
        forget_address()
    above = st.container()
    try:
        with st.container(key=f"page_{page.url_path or 'home'}"):
            page.run()
    except Exception:
        above.error(say("frame.page_failed_not_complete"), icon=":material/error:")
        raise
    finally:
        st.session_state[_INSIDE_FRAME] = False
    _footer()


@cache
def _style() -> str:
    """The style sheet, read once a process."""
    return f"<style>{Path(__file__).with_name('style.css').read_text(encoding='utf-8')}</style>"


def require_frame() -> None:
    """First statement of every page: start over through app.py when the page runs without its frame or sign-in."""
    if not st.session_state.get(_INSIDE_FRAME):
        st.navigation(_pages(), position="top")
        st.rerun()
    require_sign_in()


def _footer() -> None:
    with st.container(key="page_footer"):
        st.markdown(f":small[{which_knowledge(knowledge_base().knowledge, today())}]", text_alignment="left")


def which_knowledge(knowledge: Knowledge, seen_on: date) -> str:
    """Hash, dates and status of the knowledge base, that nothing is stored, and the day, for paper."""
    signed = (
        say("shared.signed_on_day", signed_on=knowledge.signed_on) if knowledge.signed_on else say("shared.not_signed")
    )
    return say(
        "frame.which_knowledge_base",
        content_hash=knowledge.content_hash,
        compiled_on=knowledge.compiled_on,
        status=knowledge.status.value,
        signed=signed,
        seen_on=seen_on,
    )
