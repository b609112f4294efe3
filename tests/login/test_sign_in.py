"""Sign-in through a real provider in a real Chromium."""

import re
from collections.abc import Callable
from time import time

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.axe import violations
from tests.browser.rules import settled
from tests.login.conftest import GuardedServer, Provider

pytestmark = pytest.mark.browser
Start = Callable[..., GuardedServer]
Somebody = Callable[[], BrowserContext]

ALICE, BOB, MALLORY = "alice@hospital.example", "bob@hospital.example", "mallory@elsewhere.example"
HOSPITAL = {"allowed_domains": ["hospital.example"]}
DOOR = "This app is shown only after sign-in."
HOME = "Check a medication list before"


@pytest.fixture(autouse=True)
def people(provider: Provider) -> None:
    for name in (ALICE, BOB, MALLORY):
        provider.knows(name, email=name, email_verified=True)


def signed_in_as(name: str) -> str:
    """The line as it stands there: plain() puts an invisible word joiner after the '@', so that it is no link."""
    return f"Signed in as {name}".replace("@", "@\u2060")


def see_the_door(page: Page) -> None:
    expect(page.get_by_text(DOOR)).to_be_visible()
    expect(page.get_by_role("heading", name="Sign-in", level=1)).to_be_visible()
    expect(page.get_by_role("textbox")).to_have_count(0)


def go_through(page: Page, name: str) -> None:
    """From the door to the provider, and back."""
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_placeholder("sub").fill(name)
    page.get_by_role("button", name="Authorize").click()


def sign_in(page: Page, server: GuardedServer, name: str) -> None:
    page.goto(server.url)
    see_the_door(page)
    go_through(page, name)
    expect(page.get_by_text(signed_in_as(name))).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_contain_text(HOME)


def enter(page: Page, medicine: str) -> None:
    page.get_by_role("textbox", name="Medication list").fill(medicine)
    page.get_by_role("button", name="Check this list").click()
    expect(page.get_by_text("1 entered: 1 assessed")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text(medicine)


def test_a_deep_link_as_the_very_first_request_meets_the_door(
    guarded: Start, somebody: Somebody, provider: Provider
) -> None:
    server, page = guarded(), somebody().new_page()
    page.goto(f"{server.url}/medication_check")
    see_the_door(page)
    settled(page)
    found = violations(page, "door")
    go_through(page, MALLORY)  # without a rule, whoever the provider knows
    expect(page.get_by_text(signed_in_as(MALLORY))).to_be_visible()
    expect(page.get_by_role("button", name="Check this list")).to_be_visible()
    settled(page)
    assert not found + violations(page, "home, signed in")
    page.goto(f"{server.url}/medication_check")
    expect(page.get_by_role("heading", name="Medication check", level=1)).to_be_visible()
    somebody_else = somebody().new_page()
    somebody_else.goto(f"{server.url}/medication_check")
    see_the_door(somebody_else)


def test_two_people_see_their_own_and_strangers_nothing(guarded: Start, somebody: Somebody) -> None:
    server = guarded(**HOSPITAL)
    alice, bob = somebody().new_page(), somebody().new_page()
    sign_in(alice, server, ALICE)
    sign_in(bob, server, BOB)
    enter(alice, "lorazepam")
    expect(bob.get_by_text("lorazepam", exact=False)).to_have_count(0)
    enter(bob, "citalopram")
    expect(bob.get_by_role("main")).not_to_contain_text("lorazepam")
    expect(alice.get_by_role("main")).not_to_contain_text("citalopram")

    stranger = somebody().new_page()
    stranger.goto(server.url)
    go_through(stranger, MALLORY)
    expect(stranger.get_by_role("alert")).to_contain_text("mallory")
    stranger.goto(f"{server.url}/evidence")
    expect(stranger.get_by_role("alert")).to_contain_text("not among those that may open this app")
    expect(stranger.get_by_role("heading", level=1)).to_have_text("Sign-in")
    stranger.get_by_role("button", name="Sign out").click()
    stranger.get_by_role("button", name="End session").click()
    see_the_door(stranger)

    log = [line for line in server.log.splitlines() if "ketamine_consult.access" in line]
    assert [sum(f"event={event} " in line for line in log) for event in ("signed_in", "not_allowed")] == [2, 2]
    assert len({found for line in log if (found := re.search(r"event=signed_in by=(\w{12})$", line))}) == 2
    assert any(re.search(r"event=opened by=\w{12} page=medication_check$", line) for line in log)
    assert not re.search(r"@|alice|bob|mallory|lorazepam|citalopram", server.log, re.IGNORECASE)


def test_after_sign_out_nothing_is_left_in_any_tab(guarded: Start, somebody: Somebody) -> None:
    server, context = guarded(**HOSPITAL), somebody()
    page = context.new_page()
    sign_in(page, server, ALICE)
    other_tab = context.new_page()
    other_tab.goto(server.url)
    expect(other_tab.get_by_text(signed_in_as(ALICE))).to_be_visible()
    enter(other_tab, "citalopram")
    enter(page, "lorazepam")

    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="End session").click()
    see_the_door(page)
    page.go_back()
    page.go_back()
    expect(page.get_by_text("lorazepam")).to_have_count(0)
    page.goto(server.url)
    see_the_door(page)
    expect(other_tab.get_by_text(DOOR)).to_be_visible(timeout=120_000)
    expect(other_tab.get_by_text("citalopram")).to_have_count(0)

    go_through(page, BOB)
    expect(page.get_by_text(signed_in_as(BOB))).to_be_visible()
    page.goto(f"{server.url}/medication_check")
    expect(page.get_by_text("Nothing to check yet")).to_be_visible()
    expect(page.get_by_text("lorazepam")).to_have_count(0)
    assert "event=signed_out " in server.log


def test_an_old_sign_in_is_asked_for_again_and_what_was_typed_is_gone(
    guarded: Start, somebody: Somebody, provider: Provider
) -> None:
    server, page = guarded(**HOSPITAL, hours=12), somebody().new_page()
    provider.knows(ALICE, email=ALICE, email_verified=True, iat=int(time()) - 6 * 3600)
    sign_in(page, server, ALICE)
    enter(page, "lorazepam")
    expect(page.get_by_text("This consultation", exact=True)).to_have_count(1)
    server.rule({**HOSPITAL, "hours": 5})  # the same as waiting for seven hours
    expect(page.get_by_text("Your sign-in is older than 5 hours.")).to_be_visible(timeout=120_000)
    expect(page.get_by_text("This consultation", exact=True)).to_have_count(0)
    expect(page.get_by_text(re.compile("alice|lorazepam"))).to_have_count(0)
    page.goto(f"{server.url}/medication_check")
    expect(page.get_by_text("Your sign-in is older than 5 hours.")).to_be_visible()
    provider.knows(ALICE, email=ALICE, email_verified=True)
    go_through(page, ALICE)
    expect(page.get_by_text(signed_in_as(ALICE))).to_be_visible()
    assert "event=expired " in server.log
