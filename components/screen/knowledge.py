"""The knowledge base and its name index: read once per content of data/, shared by all sessions."""

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from components.clinical.interface_words import say
from components.clinical.knowledge_base import KnowledgeBase, content_hash, load_knowledge_base
from components.clinical.name_index import NameIndex

_KEY = "knowledge_of_this_run"


@st.cache_resource(show_spinner=say("knowledge.loading"))
def _load(content: str) -> tuple[KnowledgeBase, NameIndex]:
    base = load_knowledge_base()
    return base, NameIndex(base)


def look_for_changes() -> None:
    """Once a run, before anything is drawn: what this run uses is what data/ held then."""
    st.session_state[_KEY] = _load(_content())


def knowledge_base() -> KnowledgeBase:
    """The frozen knowledge base."""
    return _of_this_run()[0]


def name_index() -> NameIndex:
    """The name look-up that belongs to it."""
    return _of_this_run()[1]


def _of_this_run() -> tuple[KnowledgeBase, NameIndex]:
    """Outside a run (a download's thread) there is no session to remember it in: looked up anew."""
    if get_script_run_ctx() is None:
        return _load(_content())
    if _KEY not in st.session_state:
        look_for_changes()
    found: tuple[KnowledgeBase, NameIndex] = st.session_state[_KEY]
    return found


@st.cache_data(ttl=30, show_spinner=False)
def _content() -> str:
    """Hash of data/, looked at again every 30 seconds, so that an edited file counts without a restart."""
    return content_hash()
