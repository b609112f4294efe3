"""Somebody sets the clock of the machine while people are signed in: a wrong age ends a sign-in, never lengthens it."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.faults.conftest import Clock
from tests.login.caller import called
from tests.login.conftest import GuardedServer, Provider
from tests.login.test_sign_in import ALICE, go_through, see_the_door, signed_in_as
from tests.login.test_views_alone import HOSPITAL, SIGN_IN, nurse

pytestmark = pytest.mark.xdist_group("moved clock of sign-in")
PAGE, TITLE = "medication_check", "Medication check"
HOUR, MINUTE = 1 / 24, 1 / 1440
"""In days."""


@pytest.fixture(scope="module")
def clock(tmp_path_factory: pytest.TempPathFactory) -> Clock:
    return Clock(tmp_path_factory.mktemp("clock") / "clock")


@pytest.fixture(scope="module")
def server(provider: Provider, clock: Clock, tmp_path_factory: pytest.TempPathFactory) -> Iterator[GuardedServer]:
    """Whoever signed in is let in for twelve hours."""
    folder = tmp_path_factory.mktemp("guarded")
    running = GuardedServer(folder, provider, {**HOSPITAL, "hours": 12}, clock.environment)
    running.wait_until_up()
    yield running
    running.stop()


@pytest.mark.parametrize(
    ("days", "open_page_shows", "reload_shows"),
    [
        (400, SIGN_IN, SIGN_IN),
        (-400, SIGN_IN, SIGN_IN),
        (12 * HOUR, SIGN_IN, SIGN_IN),
        (12 * HOUR - MINUTE, TITLE, TITLE),
        (-4 * MINUTE, TITLE, SIGN_IN),
        (-6 * MINUTE, SIGN_IN, SIGN_IN),
    ],
    ids=["far ahead", "far back", "by hours", "by a little less", "back, as clocks differ", "back by more than that"],
)
def test_who_signed_in_just_now(
    days: float, open_page_shows: str, reload_shows: str, server: GuardedServer, clock: Clock
) -> None:
    """Streamlit takes no cookie that was signed in the future; the page that is open has shown its cookie already."""
    who = nurse("alice", hours_ago=0)
    with called(server.url, PAGE, who) as page:
        assert page.title == TITLE
        clock.jumps(days)
        page.run()
        shown = page.title
        with called(server.url, PAGE, who) as reloaded:
            assert (shown, reloaded.title) == (open_page_shows, reload_shows)
        clock.jumps(-days)
        page.run()
        assert page.title == TITLE, "the clock is right again and the sign-in not too old"


@pytest.mark.browser
@pytest.mark.parametrize("days", [400, -400])
def test_nobody_can_sign_in_until_the_clock_is_right(
    days: float, server: GuardedServer, clock: Clock, provider: Provider, somebody: Callable[[], BrowserContext]
) -> None:
    """The provider's token is too old, or not yet valid."""
    provider.knows(ALICE, email=ALICE, email_verified=True)
    page = somebody().new_page()
    clock.jumps(days)
    page.goto(server.url)
    see_the_door(page)
    with page.expect_response(lambda answer: "/oauth2callback" in answer.url):
        go_through(page, ALICE)
    page.wait_for_url(f"{server.url}/")
    see_the_door(page)
    clock.jumps(-days)
    go_through(page, ALICE)
    expect(page.get_by_text(signed_in_as(ALICE))).to_be_visible()
