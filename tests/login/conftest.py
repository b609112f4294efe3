"""A real OpenID Connect provider and a server that asks for sign-in, both on the loopback interface."""

import json
import os
import subprocess
import sys
import tomllib
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.browser.conftest import ROOT, START_SECONDS, Server, _free_port, browser

__all__ = ["browser"]
COOKIE_SECRET = "only-for-tests-0123456789-0123456789-abcdef"


def auth(app_url: str, provider_url: str) -> dict[str, str]:
    """The section that makes sign-in necessary."""
    return {
        "redirect_uri": f"{app_url}/oauth2callback",
        "cookie_secret": COOKIE_SECRET,
        "client_id": "ketamine-consult",
        "client_secret": "any",
        "server_metadata_url": f"{provider_url}/.well-known/openid-configuration",
    }


def as_toml(secrets: dict[str, dict[str, object]]) -> str:
    """JSON's text, numbers and lists are TOML's too."""
    lines = [
        line
        for name, section in secrets.items()
        for line in (f"[{name}]", *(f"{key} = {json.dumps(value)}" for key, value in section.items()))
    ]
    text = "\n".join(lines) + "\n"
    tomllib.loads(text)
    return text


class Provider:
    """oidc-provider-mock in a process of its own."""

    def __init__(self) -> None:
        self.url = f"http://localhost:{_free_port()}"
        port = self.url.rsplit(":", 1)[1]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "oidc_provider_mock", "--port", port, "--host", "localhost"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def wait_until_up(self) -> None:
        for _ in range(START_SECONDS * 10):
            try:
                with urllib.request.urlopen(f"{self.url}/.well-known/openid-configuration", timeout=1):
                    return
            except OSError:
                assert self.process.poll() is None, "The provider ended by itself."
                try:
                    self.process.wait(timeout=0.1)
                except subprocess.TimeoutExpired:
                    continue
        pytest.fail("The provider did not start.")

    def knows(self, name: str, **claims: object) -> None:
        """Put these claims into the identity token of a person."""
        request = urllib.request.Request(
            f"{self.url}/users/{name}",
            data=json.dumps(claims).encode(),
            headers={"Content-Type": "application/json"},
            method="PUT",
        )
        with urllib.request.urlopen(request, timeout=10) as answer:
            assert answer.status == 204

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=20)


class GuardedServer(Server):
    """The app with secrets of its own, nobody has visited it; what it says is kept."""

    def __init__(
        self,
        folder: Path,
        provider: Provider,
        access: dict[str, object],
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self.url = f"http://127.0.0.1:{_free_port()}"
        self.secrets, self._said = folder / "secrets.toml", folder / "log"
        self._auth: dict[str, object] = dict(auth(self.url, provider.url))
        self.rule(access)
        with self._said.open("wb") as said:
            self.process = subprocess.Popen(
                [
                    *(sys.executable, "-m", "streamlit", "run", "app.py", "--server.address", "127.0.0.1"),
                    *("--server.port", self.url.rsplit(":", 1)[1], "--secrets.files", str(self.secrets)),
                ],
                cwd=ROOT,
                env={**os.environ, **(environment or {})},
                stdout=said,
                stderr=subprocess.STDOUT,
            )

    def rule(self, access: dict[str, object]) -> None:
        """Write the secrets; a running server reads them again by itself."""
        self.secrets.write_text(as_toml({"auth": self._auth, "access": access}), encoding="utf-8")

    @property
    def log(self) -> str:
        return self._said.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def provider() -> Iterator[Provider]:
    running = Provider()
    try:
        running.wait_until_up()
        yield running
    finally:
        running.stop()


@pytest.fixture
def guarded(provider: Provider, tmp_path: Path) -> Iterator[Callable[..., GuardedServer]]:
    """Start a fresh server with these rules."""
    started: list[GuardedServer] = []

    def start(**access: object) -> GuardedServer:
        started.append(GuardedServer(tmp_path, provider, access))
        started[-1].wait_until_up()
        return started[-1]

    yield start
    for server in started:
        server.stop()


@pytest.fixture
def somebody(browser: Browser) -> Iterator[Callable[[], BrowserContext]]:
    """A browser of one's own, with no cookie in it."""
    contexts: list[BrowserContext] = []

    def new() -> BrowserContext:
        contexts.append(browser.new_context(viewport={"width": 1280, "height": 900}))
        return contexts[-1]

    yield new
    for context in contexts:
        context.close()
