"""The knowledge base and its name index: read once per content of data/, shared by all sessions.

A content that has a fault counts for nothing: what was read before stays in use, and every page says so.
"""

import logging
from contextlib import suppress
from dataclasses import dataclass

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from components.clinical.data_files import KnowledgeBaseError
from components.clinical.interface_words import say
from components.clinical.knowledge_base import KnowledgeBase, content_hash, load_knowledge_base
from components.clinical.name_index import NameIndex
from components.screen.sign_in import start_over_unless_let_in

_KEY = "knowledge_of_this_run"
_SECONDS_BETWEEN_LOOKS = 30
_LOG = logging.getLogger("ketamine_consult.knowledge")


class NothingReadError(Exception):
    """data/ has a fault, and this process has read no version of it before."""


@dataclass(frozen=True, slots=True)
class _Reading:
    """What one run of a page uses."""

    base: KnowledgeBase
    index: NameIndex
    is_older: bool
    """True when data/ holds something else now, which cannot be used."""


@st.cache_resource(show_spinner=say("knowledge.loading"))
def _load(content: str) -> tuple[KnowledgeBase, NameIndex]:
    """Sessions that waited here while another one met the fault do not read all files once more."""
    if content in _known_faulty():
        raise KnowledgeBaseError([])
    try:
        base = load_knowledge_base()
    except KnowledgeBaseError as found:
        _known_faulty().add(content)
        _LOG.error(found.in_short)
        raise
    return base, NameIndex(base)


@st.cache_resource(ttl=_SECONDS_BETWEEN_LOOKS, show_spinner=False)
def _known_faulty() -> set[str]:
    """Contents that need not be tried again for a while; not for good, as a file may be half written just now."""
    return set()


@st.cache_resource(show_spinner=False)
def _last_read() -> list[tuple[KnowledgeBase, NameIndex]]:
    """A box with what this process read last without a fault; empty before that."""
    return []


def _newest() -> _Reading:
    content, last = _content(), _last_read()
    if content not in _known_faulty():
        with suppress(KnowledgeBaseError):
            read = _load(content)
            last[:] = [read]
            return _Reading(*read, is_older=False)
    if not last:
        raise NothingReadError
    return _Reading(*last[0], is_older=True)


def look_for_changes() -> None:
    """Once a run, before anything is drawn: what this run uses is what data/ held then, or last held without a fault.

    Every view that runs alone begins here, so this is also where it is asked whether its reader may still see it.
    Where nothing was ever read, one sentence is all that the page shows: nothing is checked against half of data/.
    """
    start_over_unless_let_in()
    try:
        st.session_state[_KEY] = _newest()
    except NothingReadError:
        st.title(say("knowledge.nothing_can_be_checked"))
        st.error(say("knowledge.cannot_be_read"), icon=":material/error:")
        st.stop()


def knowledge_base() -> KnowledgeBase:
    """The frozen knowledge base."""
    return _of_this_run().base


def name_index() -> NameIndex:
    """The name look-up that belongs to it."""
    return _of_this_run().index


def is_older_knowledge() -> bool:
    """True when data/ was changed since, into something that cannot be used."""
    return _of_this_run().is_older


def _of_this_run() -> _Reading:
    """Outside a run (a download's thread) there is no session to remember it in: looked up anew."""
    if get_script_run_ctx() is None:
        return _newest()
    if _KEY not in st.session_state:
        look_for_changes()
    found: _Reading = st.session_state[_KEY]
    return found


@st.cache_data(ttl=_SECONDS_BETWEEN_LOOKS, show_spinner=False)
def _content() -> str:
    """Hash of data/, looked at again every 30 seconds, so that an edited file counts without a restart."""
    return content_hash()
