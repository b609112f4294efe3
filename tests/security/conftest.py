"""A server that says everything it can say, and the browser of the other tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.conftest import Server, browser

__all__ = ["browser"]


class LoudServer(Server):
    """A server at log level debug; ``log`` holds both of its streams."""

    def __init__(self, log: Path) -> None:
        self.log = log
        with pytest.MonkeyPatch.context() as environment, log.open("wb") as said:
            environment.setenv("STREAMLIT_LOGGER_LEVEL", "debug")
            environment.setenv("PYTHONUNBUFFERED", "1")
            super().__init__(said)


@pytest.fixture(scope="module")
def loud_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LoudServer]:
    running = LoudServer(tmp_path_factory.mktemp("log") / "server.log")
    running.wait_until_up()
    yield running
    running.stop()
