"""A button that makes a file when it is pressed, and keeps it until the browser has fetched it.

Streamlit 1.67 ties such a file to no session and deletes it at the second end of anybody's run: with twenty people at
work 40 of 48 were gone before the browser asked for them (measured). Tied to its own session, a file stays until the
next run of that one.
"""

from collections import deque
from collections.abc import Callable
from threading import Thread
from types import SimpleNamespace
from typing import cast
from weakref import finalize

import streamlit as st
from streamlit.runtime import get_instance
from streamlit.runtime.scriptrunner import ScriptRunContext, add_script_run_ctx, get_script_run_ctx

_LIFE = "life_of_this_session"
_ended: deque[str] = deque()
"""Ids of sessions whose end nobody has told the keeper of files of."""


class _Life:
    """Ends with the session in whose state it stands."""


def file_button(
    label: str,
    written: Callable[[], bytes | str],
    file_name: str,
    kind: str,
    key: str,
    *,
    icon: str = ":material/download:",
    help: str | None = None,
    is_primary: bool = False,
) -> None:
    """``kind`` is the MIME type of what ``written`` returns."""
    st.download_button(
        label,
        data=_kept(written, file_name, kind),
        file_name=file_name,
        mime=kind,
        type="primary" if is_primary else "secondary",
        icon=icon,
        on_click="ignore",
        key=key,
        help=help,
    )


def _kept(written: Callable[[], bytes | str], file_name: str, kind: str) -> Callable[[], bytes]:
    """The same file, held for the session that draws its button; called while drawing."""
    run = get_script_run_ctx()
    session = run.session_id if run else ""
    _forget_with_its_session(session)

    def write() -> bytes:
        content = written()
        data = content.encode() if isinstance(content, str) else content
        holding = Thread(target=_hold, args=(data, file_name, kind))
        # By its thread Streamlit knows whose file it is; more than the id would keep a session alive that has ended.
        add_script_run_ctx(holding, cast(ScriptRunContext, SimpleNamespace(session_id=session)))
        holding.start()
        holding.join()
        return data

    return write


def _hold(data: bytes, file_name: str, kind: str) -> None:
    get_instance().media_file_mgr.add(data, kind, file_name, file_name, is_for_static_download=True)


def _forget_with_its_session(session: str) -> None:
    """Streamlit 1.67 lets go of a lost session after two minutes, but not of its files and of what would write them.

    What is told here is deleted at the end of this run.
    """
    if _LIFE not in st.session_state:
        st.session_state[_LIFE] = life = _Life()
        finalize(life, _ended.append, session)
    while _ended:
        if (ended := _ended.popleft()) != session:
            get_instance().media_file_mgr.clear_session_refs(ended)
