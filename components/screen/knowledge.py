"""The knowledge base and its name index: read once per content of data/, shared by all sessions."""

import streamlit as st

from components.clinical.knowledge_base import KnowledgeBase, content_hash, load_knowledge_base
from components.clinical.name_index import NameIndex


@st.cache_resource(show_spinner="Loading the knowledge base ...")
def _load(content: str) -> tuple[KnowledgeBase, NameIndex]:
    base = load_knowledge_base()
    return base, NameIndex(base)


def knowledge_base() -> KnowledgeBase:
    """The frozen knowledge base."""
    return _load(_content())[0]


def name_index() -> NameIndex:
    """The name look-up that belongs to it."""
    return _load(_content())[1]


@st.cache_data(ttl=30, show_spinner=False)
def _content() -> str:
    """Hash of data/, looked at again every 30 seconds, so that an edited file counts without a restart."""
    return content_hash()
