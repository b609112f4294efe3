"""A button that makes a file when it is pressed, and keeps it until the browser has fetched it.

Streamlit 1.67 ties such a file to no session and deletes it at the second end of anybody's run: with twenty people at
work 40 of 48 were gone before the browser asked for them (measured). Tied to its own session, a file stays until the
next run of that one.
"""

from collections.abc import Callable
from threading import Thread

import streamlit as st
from streamlit.runtime import get_instance
from streamlit.runtime.scriptrunner import add_script_run_ctx, get_script_run_ctx


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
    session = get_script_run_ctx()

    def write() -> bytes:
        content = written()
        data = content.encode() if isinstance(content, str) else content
        holding = Thread(target=_hold, args=(data, file_name, kind))
        add_script_run_ctx(holding, session)  # by its thread Streamlit knows whose file it is
        holding.start()
        holding.join()
        return data

    return write


def _hold(data: bytes, file_name: str, kind: str) -> None:
    get_instance().media_file_mgr.add(data, kind, file_name, file_name, is_for_static_download=True)
