"""requirements.lock is what the pins say, each package with the hashes of its files; ``make lock`` writes it anew."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
_PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)", re.MULTILINE)
CURE = "run 'make lock'"


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def pins(file: str) -> dict[str, str]:
    return {canonical(name): version for name, version in _PIN.findall((ROOT / file).read_text(encoding="utf-8"))}


LOCK = pins("requirements.lock")


@pytest.mark.parametrize(("name", "version"), pins("requirements.txt").items())
def test_every_requirement_is_locked_at_its_version(name: str, version: str) -> None:
    assert LOCK.get(name) == version, CURE


@pytest.mark.parametrize(("name", "version"), LOCK.items())
def test_what_is_locked_is_what_is_installed_and_tested(name: str, version: str) -> None:
    """The constraints hold for every install; a package without one would be whatever is newest on the day."""
    assert {**pins("constraints.txt"), **pins("requirements.txt")}.get(name) == version, CURE


def test_every_package_has_a_hash() -> None:
    packages = re.split(
        r"^(?=[A-Za-z0-9])", (ROOT / "requirements.lock").read_text(encoding="utf-8"), flags=re.MULTILINE
    )
    named = [each for each in packages if _PIN.match(each)]
    assert len(named) == len(LOCK) > 30
    assert all(re.search(r"--hash=sha256:[0-9a-f]{64}", each) for each in named), CURE


@pytest.mark.parametrize(
    "file", ["requirements.txt", "requirements-dev.txt", "requirements-tools.txt", "constraints.txt"]
)
def test_every_requirement_is_pinned(file: str) -> None:
    lines = [line.split("#")[0].strip() for line in (ROOT / file).read_text(encoding="utf-8").splitlines()]
    assert [line for line in lines if line and not line.startswith("-r ") and not _PIN.match(line)] == []
