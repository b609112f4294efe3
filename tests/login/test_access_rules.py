"""Who may go on, without a browser: rules as tables, the door in front of every page, faults that must not open it."""

import logging
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from time import time
from typing import Any

import pytest
import streamlit as st
from streamlit import config
from streamlit.runtime.secrets import Secrets
from streamlit.testing.v1 import AppTest

from components.clinical.interface_words import all_words
from components.screen.access_rules import MisconfiguredError, Standing, read_rules, rules_of
from tests.browser.conftest import ROOT
from tests.login.conftest import COOKIE_SECRET, as_toml, auth

CHECK = "pages/medication_check.py"
PAGES = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "pages").glob("*.py"))
AUTH: dict[str, Any] = dict(auth("http://127.0.0.1:8501", "http://localhost:9400"))
HOSPITAL = {"allowed_domains": ["hospital.example"]}
WARD = {"allowed_groups": ["ketamine-clinic"]}
OPEN, DOOR, TOO_OLD, CLOSED, NOT_VERIFIED, NOT_ALLOWED = (
    all_words()[f"sign_in.{key}"].partition("{")[0]
    for key in (
        "open_to_everyone_not_set_up",
        "only_after_sign_in",
        "too_old",
        "set_up_wrongly_nobody_may_open",
        "not_verified",
        "not_allowed",
    )
)
NOW = int(time())


def alice(**claims: object) -> dict[str, Any]:
    """A person as the provider tells of them; None takes a claim away."""
    told = {
        "is_logged_in": True,
        "iss": "http://localhost:9400",
        "sub": "a1",
        "email": "alice@hospital.example",
        "email_verified": True,
        "iat": NOW,
        **claims,
    }
    return {name: value for name, value in told.items() if value is not None}


@pytest.fixture(autouse=True)
def _in_project(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


def visit(secrets: dict[str, Any], who: dict[str, Any] | None = None, page: str | None = None) -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
    for name, section in secrets.items():
        app.secrets[name] = section
    app.user = who if who is not None else {"is_logged_in": False}
    app.run()
    return app.switch_page(page).run() if page else app


def words(app: AppTest) -> str:
    shown = [str(each.value) for kind in ("markdown", "error", "title", "text_area") for each in app.get(kind)]
    return "\n".join(shown).replace("\\", "").replace("\u2060", "")


def is_in(app: AppTest) -> bool:
    """The page itself stands there; else nothing but the door does."""
    assert not app.exception
    titles = [each.value for each in app.title]
    if titles == ["Sign-in"]:
        assert not app.text_area
        assert not app.sidebar.children
        assert len(app.button) <= 1
        return False
    assert len(titles) == 1
    return True


def test_without_auth_the_app_is_open_and_says_so() -> None:
    app = visit({})
    assert is_in(app)
    assert OPEN in words(app)
    assert "sign_out" not in {each.key for each in app.button}
    assert is_in(visit({"other": {"key": "value"}}))


@pytest.mark.parametrize("page", PAGES)
def test_every_page_meets_the_door(page: str) -> None:
    """The first run of all is a page without app.py, as after a deep link to a fresh server."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
    app.secrets["auth"] = AUTH
    app.user = {"is_logged_in": False}
    for _ in range(2):
        assert not is_in(app.switch_page(page).run())
    assert DOOR in words(app)


def test_a_page_that_believes_itself_in_the_frame_meets_the_door_all_the_same() -> None:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
    app.secrets["auth"] = AUTH
    app.session_state["frame_is_drawn"] = True
    assert not is_in(app.switch_page(CHECK).run())


@pytest.mark.parametrize(
    ("who", "said"),
    [
        (alice(iat=NOW - 13 * 3600), TOO_OLD),
        (alice(email_verified=False), NOT_VERIFIED),
        (alice(email="alice@other.example"), NOT_ALLOWED),
        ({"is_logged_in": False}, DOOR),
        ({}, DOOR),
    ],
)
def test_the_door_says_what_is_wrong(who: dict[str, Any], said: str) -> None:
    app = visit({"auth": AUTH, "access": HOSPITAL}, who, CHECK)
    assert not is_in(app)
    assert said in words(app)


@pytest.mark.parametrize(
    ("access", "who", "standing"),
    [
        ({}, alice(), Standing.SIGNED_IN),
        ({}, alice(email=None, email_verified=None), Standing.SIGNED_IN),
        ({}, alice(email_verified=False), Standing.UNVERIFIED),
        ({}, alice(is_logged_in="yes"), Standing.SIGNED_OUT),
        ({}, alice(is_logged_in=None), Standing.SIGNED_OUT),
        (HOSPITAL, alice(), Standing.SIGNED_IN),
        (HOSPITAL, alice(email="Alice@HOSPITAL.example"), Standing.SIGNED_IN),
        ({"allowed_domains": ["Hospital.EXAMPLE", "other.example"]}, alice(), Standing.SIGNED_IN),
        (HOSPITAL, alice(email_verified=None), Standing.UNVERIFIED),
        (HOSPITAL, alice(email_verified="true"), Standing.UNVERIFIED),
        (HOSPITAL, alice(email=None), Standing.NOT_ALLOWED),
        (HOSPITAL, alice(email="hospital.example"), Standing.NOT_ALLOWED),
        (HOSPITAL, alice(email="@hospital.example"), Standing.NOT_ALLOWED),
        (HOSPITAL, alice(email="alice@hospital.example.evil.example"), Standing.NOT_ALLOWED),
        (HOSPITAL, alice(email="alice@sub.hospital.example"), Standing.NOT_ALLOWED),
        (HOSPITAL, alice(email="alice@nothospital.example"), Standing.NOT_ALLOWED),
        (HOSPITAL, alice(email="alice@hospital.example@evil.example"), Standing.NOT_ALLOWED),
        (HOSPITAL, alice(email="alice@hоspital.example"), Standing.NOT_ALLOWED),  # a Cyrillic о
        (HOSPITAL, alice(email=["alice@hospital.example"]), Standing.NOT_ALLOWED),
        (WARD, alice(groups=["staff", "ketamine-clinic"], email=None, email_verified=None), Standing.SIGNED_IN),
        (WARD, alice(groups="ketamine-clinic"), Standing.SIGNED_IN),
        (WARD, alice(groups=["Ketamine-Clinic"]), Standing.NOT_ALLOWED),
        (WARD, alice(groups="staff, ketamine-clinic"), Standing.NOT_ALLOWED),
        (WARD, alice(groups={"ketamine-clinic": True}), Standing.NOT_ALLOWED),
        (WARD, alice(groups=[["ketamine-clinic"], 7]), Standing.NOT_ALLOWED),
        (WARD, alice(), Standing.NOT_ALLOWED),
        (HOSPITAL | WARD, alice(groups=["ketamine-clinic"]), Standing.SIGNED_IN),
        (HOSPITAL | WARD, alice(), Standing.NOT_ALLOWED),
        (HOSPITAL | WARD, alice(groups=["ketamine-clinic"], email="a@other.example"), Standing.NOT_ALLOWED),
        ({}, alice(iat=NOW - 11 * 3600), Standing.SIGNED_IN),
        ({}, alice(iat=NOW - 12 * 3600), Standing.EXPIRED),
        ({"hours": 0.5}, alice(iat=NOW - 1801), Standing.EXPIRED),
        ({"hours": 13}, alice(iat=NOW - 12 * 3600), Standing.SIGNED_IN),
        ({}, alice(iat=None), Standing.EXPIRED),
        ({}, alice(iat=str(NOW)), Standing.EXPIRED),
        ({}, alice(iat=True), Standing.EXPIRED),
        ({}, alice(iat=float("nan")), Standing.EXPIRED),
        ({}, alice(iat=NOW + 3600), Standing.EXPIRED),
        ({}, alice(iat=NOW + 60), Standing.SIGNED_IN),
    ],
)
def test_rules(access: dict[str, Any], who: dict[str, Any], standing: Standing) -> None:
    rules = rules_of({"auth": AUTH, "access": access})
    assert rules is not None
    assert rules.standing(who, NOW) is standing


def without(name: str) -> dict[str, Any]:
    return {key: value for key, value in AUTH.items() if key != name}


@pytest.mark.parametrize(
    "secrets",
    [
        {"auth": {}},
        {"auth": "on"},
        *({"auth": without(name)} for name in AUTH),
        {"auth": AUTH | {"cookie_secret": ""}},
        {"auth": AUTH | {"cookie_secret": "short"}},
        {"auth": AUTH | {"redirect_uri": "http://127.0.0.1:8501/"}},
        {"auth": AUTH | {"client_id": 7}},
        {"access": HOSPITAL},
        *(
            {"auth": AUTH, "access": access}
            for access in (
                {"allowed_domain": ["hospital.example"]},
                {"allowed_domains": []},
                {"allowed_domains": "hospital.example"},
                {"allowed_domains": ["@hospital.example"]},
                {"allowed_domains": ["*.hospital.example"]},
                {"allowed_domains": ["hospital.example", ""]},
                {"allowed_domains": ["hospital.example\n"]},
                {"allowed_domains": ["example"]},
                {"allowed_groups": []},
                {"allowed_groups": [""]},
                {"allowed_groups": [7]},
                {"hours": 0},
                {"hours": -1},
                {"hours": "12"},
                {"hours": True},
                {"hours": 1000},
                {"hours": float("nan")},
            )
        ),
        {"auth": AUTH, "access": "everybody"},
    ],
    ids=str,
)
def test_a_wrong_setting_is_a_fault(secrets: dict[str, Any]) -> None:
    with pytest.raises(MisconfiguredError) as fault:
        rules_of(secrets)
    assert COOKIE_SECRET not in str(fault.value)
    assert "hospital" not in str(fault.value)


def test_a_fault_lets_nobody_in(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        app = visit({"auth": AUTH, "access": {"allowed_domain": ["hospital.example"]}}, alice(), CHECK)
    assert not is_in(app)
    assert CLOSED in words(app)
    said = [each for each in caplog.messages if "event=closed" in each]
    assert said == ["event=closed fault=[access] of the secrets, wrong or missing: allowed_domain"]


@pytest.mark.parametrize("content", [b"[auth\n", b"\xff\xfe", b"auth = 1\n[auth]\n"])
def test_a_secrets_file_that_cannot_be_read_is_a_fault(
    content: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Streamlit itself takes such a file for none at all."""
    broken = tmp_path / "secrets.toml"
    monkeypatch.setattr(st, "secrets", Secrets())
    before = config.get_option("secrets.files")
    config.set_option("secrets.files", [str(broken)])
    try:
        assert read_rules() is None
        broken.write_bytes(content)
        with pytest.raises(MisconfiguredError):
            read_rules()
    finally:
        config.set_option("secrets.files", before)


def test_the_example_lets_nobody_in_until_it_is_filled_in() -> None:
    example = tomllib.loads((ROOT / ".streamlit" / "secrets.toml.example").read_text(encoding="utf-8"))
    with pytest.raises(MisconfiguredError, match="client_id, client_secret, cookie_secret"):
        rules_of(example)
    empty = {name: AUTH[name] for name, value in example["auth"].items() if value == ""}
    assert rules_of(example | {"auth": example["auth"] | empty}) is not None


@pytest.mark.parametrize(
    ("content", "title"),
    [("", "Check a medication list before"), (as_toml({"auth": AUTH}), "Sign-in"), ("[", "Sign-in")],
)
def test_the_app_starts_without_the_packages_for_sign_in(content: str, title: str, tmp_path: Path) -> None:
    secrets = tmp_path / "secrets.toml"
    if content:
        secrets.write_text(content, encoding="utf-8")
    code = f"""
import sys
sys.modules |= dict.fromkeys(("authlib", "httpx", "joserfc"))
from streamlit import config
from streamlit.testing.v1 import AppTest
config.set_option("secrets.files", [{str(secrets)!r}])
app = AppTest.from_file("app.py", default_timeout=60).run()
assert not app.exception, app.exception
print([each.value for each in app.title])
"""
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert ran.returncode == 0, ran.stderr[-2000:]
    assert title in ran.stdout


def checking(who: dict[str, Any]) -> AppTest:
    app = visit({"auth": AUTH, "access": HOSPITAL}, who, CHECK)
    app.text_area(key="paste_box").set_value("lorazepam")
    app = app.button(key="take_paste").click().run()
    assert "lorazepam" in everything(app)
    return app


def everything(app: AppTest) -> str:
    return words(app) + str(app.session_state)


def expired(app: AppTest) -> None:
    app.user = alice(iat=NOW - 13 * 3600)


def somebody_else(app: AppTest) -> None:
    app.user = alice(sub="b1", email="bob@hospital.example")


def no_longer_allowed(app: AppTest) -> None:
    app.secrets["access"] = {"allowed_domains": ["other.example"]}


def broken_rules(app: AppTest) -> None:
    app.secrets["access"] = {"allowed_domains": []}


@pytest.mark.parametrize("happens", [expired, somebody_else, no_longer_allowed, broken_rules])
def test_what_was_typed_is_not_there_for_the_next_person(happens: Callable[[AppTest], None]) -> None:
    app = checking(alice())
    happens(app)
    assert "lorazepam" not in everything(app.run())
    app.user = alice(sub="c1", email="carol@hospital.example", iat=int(time()))
    app.secrets["access"] = HOSPITAL
    app = app.run()
    assert is_in(app)
    assert "lorazepam" not in everything(app)


def test_sign_out_forgets_and_ends_this_sign_in_in_other_tabs() -> None:
    who = alice(email="dora@hospital.example", sub="d1", iat=NOW - 5)
    tab, other = checking(who), checking(who)
    tab = tab.button(key="sign_out").click().run()
    assert not is_in(tab)
    assert "lorazepam" not in everything(tab)
    other = other.run()
    assert not is_in(other)
    assert "lorazepam" not in everything(other)
    other.user = {**who, "iat": NOW}
    assert is_in(other.run())


def test_an_address_is_shown_as_plain_text() -> None:
    app = visit({"auth": AUTH}, alice(email="![x](http://host.example/p.png)@hospital.example"))
    shown = next(each.value for each in app.markdown if "Signed in as" in each.value)
    assert "![" not in shown


def test_the_log_names_events_and_pages_but_nobody_and_nothing_entered(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        app = checking(alice(sub="e1", email="erin@hospital.example", name="Erin Archer"))
        app.run()
        app.button(key="sign_out").click().run()
        visit({"auth": AUTH, "access": HOSPITAL}, alice(email="mallory@elsewhere.example"))
    lines = [each.getMessage() for each in caplog.records if each.name == "ketamine_consult.access"]
    by = lines[0].partition("by=")[2]
    assert lines[:4] == [
        f"event=signed_in by={by}",
        f"event=opened by={by} page=home",
        f"event=opened by={by} page=medication_check",
        f"event=signed_out by={by}",
    ]
    assert [each.partition(" ")[0] for each in lines[4:]] == ["event=not_allowed"]
    assert lines[4].partition("by=")[2] != by
    assert not [word for word in ("@", "rin", "rcher", "mallory", "lorazepam") if word in "\n".join(lines)]


def test_a_name_in_the_log_is_the_same_everywhere_and_cannot_be_made_without_the_secret(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.INFO):
        for secret in (COOKIE_SECRET, COOKIE_SECRET, COOKIE_SECRET[::-1]):
            visit({"auth": AUTH | {"cookie_secret": secret}}, alice())
    by = [each.partition("by=")[2] for each in caplog.messages if "event=signed_in" in each]
    assert by[0] == by[1] != by[2]


def test_the_manual_finds_a_name_in_the_log() -> None:
    manual = (ROOT / "docs" / "login.md").read_text(encoding="utf-8")
    code = manual.partition("-c '")[2].partition("'")[0]
    rules = rules_of({"auth": AUTH})
    assert rules is not None
    asked = [sys.executable, "-c", code, COOKIE_SECRET, "Alice@hospital.example"]
    assert subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip() == rules.pseudonym(alice())
