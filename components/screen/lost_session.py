"""A browser that comes back after its server process ended: say that what was entered went with it."""

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from components.clinical.interface_words import say
from components.screen.consultation import consultation

_LOST = "earlier_session_was_lost"
_OFFERED = "Sec-WebSocket-Protocol"


def say_what_was_lost() -> None:
    """One sentence while nothing is entered anew. A line that was only cut leads back to its own session."""
    if st.session_state.setdefault(_LOST, _asked_for_another_session()) and consultation().is_empty:
        st.warning(say("lost_session.what_was_lost"), icon=":material/cloud_off:")


def _asked_for_another_session() -> bool:
    """Streamlit's browser names the session that it had as the third protocol that it offers."""
    offered = [each.strip() for each in (st.context.headers.get(_OFFERED) or "").split(",")]
    context = get_script_run_ctx()
    return context is not None and len(offered) > 2 and offered[2] not in ("", context.session_id)
