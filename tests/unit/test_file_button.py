"""A button that makes a file keeps nothing of a session that has ended."""

import gc
from types import SimpleNamespace
from typing import Any
from weakref import ref

import pytest

from components.screen import file_button


class Run:
    """One run of a session's script, as Streamlit tells of it."""

    def __init__(self, session_id: str) -> None:
        self.session_id = session_id


class Sessions:
    """What stands in the place of Streamlit: which session is drawn, its state, and which files were let go."""

    def __init__(self) -> None:
        self.run: Run | None = None
        self.state: dict[str, Any] = {}
        self.let_go: list[str] = []
        self.media_file_mgr = SimpleNamespace(clear_session_refs=self.let_go.append)


@pytest.fixture
def sessions(monkeypatch: pytest.MonkeyPatch) -> Sessions:
    found = Sessions()
    monkeypatch.setattr(file_button, "get_script_run_ctx", lambda: found.run)
    monkeypatch.setattr(file_button, "get_instance", lambda: found)
    monkeypatch.setattr(file_button, "st", SimpleNamespace(session_state=found.state))
    file_button._ended.clear()
    return found


def draw(sessions: Sessions, session: str) -> Any:
    sessions.run = Run(session)
    return file_button._kept(lambda: b"", "report.pdf", "application/pdf")


def test_what_writes_a_file_holds_no_run(sessions: Sessions) -> None:
    written = draw(sessions, "first")
    run, sessions.run = ref(sessions.run), None
    gc.collect()
    assert written is not None
    assert run() is None


def test_files_of_a_lost_session_are_let_go_when_the_next_one_draws(sessions: Sessions) -> None:
    draw(sessions, "first")
    draw(sessions, "first")
    sessions.state.clear()
    gc.collect()
    assert not sessions.let_go
    draw(sessions, "second")
    assert sessions.let_go == ["first"]
    draw(sessions, "second")
    assert sessions.let_go == ["first"]
