"""The knowledge base outside a run of the page (a download's thread), and the settings of the server."""

import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from streamlit import config

from components.screen import knowledge

PROJECT = Path(__file__).resolve().parents[2]
CONTENTS = ("first-of-this-test", "second-of-this-test")


class Content:
    """What data/ holds, as far as this test goes."""

    def __init__(self) -> None:
        self.now = CONTENTS[0]
        self.loaded: list[str] = []

    def becomes(self, content: str) -> None:
        """Another content, and half a minute later: the look at data/ is no longer remembered."""
        self.now = content
        knowledge._content.clear()


@pytest.fixture
def content(monkeypatch: pytest.MonkeyPatch) -> Iterator[Content]:
    held = Content()

    def load() -> str:
        held.loaded.append(held.now)
        return f"base of {held.now}"

    monkeypatch.setattr(knowledge, "content_hash", lambda: held.now)
    monkeypatch.setattr(knowledge, "load_knowledge_base", load)
    monkeypatch.setattr(knowledge, "NameIndex", lambda base: f"index of {base}")
    forget()
    yield held
    forget()


def forget() -> None:
    knowledge._content.clear()
    for each in CONTENTS:
        knowledge._load.clear(each)


def in_a_thread(look: Callable[[], Any]) -> Any:
    """What a plain thread sees, or the error that it meets."""
    found: list[Any] = []

    def run() -> None:
        try:
            found.append(look())
        except Exception as error:
            found.append(error)

    thread = Thread(target=run)
    thread.start()
    thread.join()
    (answer,) = found
    return answer


def test_a_thread_follows_a_change_of_data(content: Content) -> None:
    assert in_a_thread(knowledge.knowledge_base) == "base of first-of-this-test"
    content.becomes(CONTENTS[1])
    assert in_a_thread(knowledge.knowledge_base) == "base of second-of-this-test"
    assert in_a_thread(knowledge.name_index) == "index of base of second-of-this-test"
    content.becomes(CONTENTS[0])
    assert in_a_thread(knowledge.knowledge_base) == "base of first-of-this-test"


def test_each_content_is_loaded_once(content: Content) -> None:
    for each in (*CONTENTS, *CONTENTS):
        content.becomes(each)
        in_a_thread(knowledge.knowledge_base)
        in_a_thread(knowledge.name_index)
    assert content.loaded == list(CONTENTS)


# --- settings


def settings_of(table: dict[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    """('runner.postScriptGC', False), one for each setting of a TOML file."""
    for name, value in table.items():
        if isinstance(value, dict):
            yield from settings_of(value, f"{above}{name}.")
        else:
            yield f"{above}{name}", value


@pytest.fixture(scope="module")
def written() -> dict[str, Any]:
    content = (PROJECT / ".streamlit" / "config.toml").read_text(encoding="utf-8")
    return dict(settings_of(tomllib.loads(content)))


def test_streamlit_knows_every_setting(written: dict[str, Any]) -> None:
    assert [name for name in written if name not in config._config_options_template] == []


def test_no_collection_of_garbage_after_each_run(written: dict[str, Any]) -> None:
    """A hidden option: should Streamlit drop it, or turn it off by itself, this test says so."""
    assert written["runner.postScriptGC"] is False
    option = config._config_options_template["runner.postScriptGC"]
    assert option.default_val is True
    assert not option.deprecated


def test_streamlit_reads_the_settings_of_this_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(PROJECT)
    config.get_config_options(force_reparse=True)
    assert config.get_option("runner.postScriptGC") is False
