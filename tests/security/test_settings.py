"""The settings that protect: in the file that is delivered, known to the Streamlit that is pinned, and in force."""

import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit import config
from streamlit.web.server.starlette.starlette_websocket import is_host_allowed

from components.exchange.list_limits import MOST_FILE_MEGABYTES

ROOT = Path(__file__).resolve().parents[2]
FILE = tomllib.loads((ROOT / ".streamlit/config.toml").read_text(encoding="utf-8"))
SETTINGS = {
    "browser.gatherUsageStats": False,
    "client.allowedOrigins": [],
    "client.showErrorDetails": "none",
    "client.showErrorLinks": False,
    "client.toolbarMode": "viewer",
    "server.allowedHosts": ["*"],
    "server.enableAgentApi": False,
    "server.enableCORS": True,
    "server.enableStaticServing": False,
    "server.enableXsrfProtection": True,
    "server.fileWatcherType": "none",
    "server.headless": True,
    "server.maxMessageSize": 20,
    "server.maxUploadSize": MOST_FILE_MEGABYTES,
}
LEFT_ALONE = {
    "global.developmentMode": False,
    "server.corsAllowedOrigins": [],
    "server.scriptHealthCheckEnabled": False,
    "server.trustedUserHeaders": {},
    "server.unsafeMetricsUserAttributes": [],
    "server.xsrfCookieSameSite": "lax",
    "logger.level": "info",
}
"""Safe as Streamlit ships them; a new version that changes one must be noticed."""


@pytest.fixture(autouse=True)
def _only_the_file(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in [each for each in os.environ if each.startswith("STREAMLIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(ROOT)
    config.get_config_options(force_reparse=True)
    yield
    config.get_config_options(force_reparse=True)


@pytest.mark.parametrize(("name", "value"), SETTINGS.items(), ids=SETTINGS)
def test_in_the_file_and_in_force(name: str, value: object) -> None:
    section, key = name.split(".")
    assert FILE[section][key] == value
    assert config.get_option(name) == value


@pytest.mark.parametrize(("name", "value"), LEFT_ALONE.items(), ids=LEFT_ALONE)
def test_safe_by_default(name: str, value: object) -> None:
    section, key = name.split(".")
    assert key not in FILE.get(section, {})
    assert config.get_option(name) == value


def test_nothing_else_is_set_without_a_test() -> None:
    told = {f"{section}.{key}" for section in ("browser", "client", "server") for key in FILE[section]}
    assert told == set(SETTINGS)


def test_no_secret_stands_in_a_file() -> None:
    assert "cookieSecret" not in FILE["server"]
    assert not (ROOT / ".streamlit/secrets.toml").exists()
    assert ".streamlit/secrets.toml" in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()


def test_the_secret_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STREAMLIT_SERVER_COOKIE_SECRET", "of this test only")
    config.get_config_options(force_reparse=True)
    assert config.get_option("server.cookieSecret") == "of this test only"
    monkeypatch.delenv("STREAMLIT_SERVER_COOKIE_SECRET")
    config.get_config_options(force_reparse=True)
    assert len(config.get_option("server.cookieSecret")) >= 32, "else each start makes one"


@pytest.mark.parametrize("host", ["localhost:8501", "127.0.0.1:8501", "[::1]:8501", "consult.hospital.example"])
def test_any_well_formed_host_is_served(host: str) -> None:
    assert is_host_allowed(host)


def test_hosts_that_the_environment_names_take_the_place_of_any() -> None:
    """As docs/security.md says: names with a blank between, read by the command that starts the app."""
    hosts = "consult.hospital.example *.clinic.example"
    shown = subprocess.run(
        [sys.executable, "-m", "streamlit", "config", "show"],
        env={**os.environ, "STREAMLIT_SERVER_ALLOWED_HOSTS": hosts},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    (told,) = re.findall(r"^allowedHosts = (\[[^\]]*\])", re.sub(r"\x1b\[[\d;]*m", "", shown), re.MULTILINE)
    assert tomllib.loads(f"hosts = {told}")["hosts"] == hosts.split()
    config.set_option("server.allowedHosts", hosts.split())
    served = ["consult.hospital.example", "ward.clinic.example:443"]
    refused = ["localhost", "clinic.example.attacker.example", "clinic.example"]
    assert [each for each in (*served, *refused) if is_host_allowed(each)] == served


@pytest.mark.parametrize("host", [None, "", "a@b", "host:port", "host/path", "host?x"])
def test_a_malformed_host_is_not(host: str | None) -> None:
    assert not is_host_allowed(host)
