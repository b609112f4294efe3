"""Sign-in through make serve: nginx before two processes, a real provider, a real Chromium."""

import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from deploy.serve import LONGEST_HEADER
from tests.browser.conftest import ROOT
from tests.login.conftest import Provider
from tests.login.front import GuardedFront
from tests.login.test_sign_in import enter, see_the_door, signed_in_as

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("guarded front")]
ALICE = "alice@hospital.example"
MOST_GROUPS = 200
"""As many as Entra ID puts into a token: the cookies of such a sign-in are some 28 kilobytes."""
BEHIND_TLS = {"X-Forwarded-Proto": "https"}
WATCH = """
    window.violations = [];
    document.addEventListener('securitypolicyviolation', (event) => window.violations.push(event.violatedDirective));
"""


@pytest.fixture(scope="module")
def front(provider: Provider) -> Iterator[GuardedFront]:
    with tempfile.TemporaryDirectory() as folder:
        running = GuardedFront(Path(folder), provider)
        try:
            running.wait_until_up()
            yield running
        finally:
            running.stop()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """As behind something that ends TLS; Chromium takes this machine's own address for safe without it."""
    visiting = browser.new_context(viewport={"width": 1280, "height": 900}, extra_http_headers=BEHIND_TLS)
    visiting.add_init_script(WATCH)
    yield visiting
    visiting.close()


def move_to_the_other_replica(context: BrowserContext) -> str:
    """As when its own died while its person was at the provider's; returns where the browser goes from now on."""
    (cookie,) = [each for each in context.cookies() if each["name"] == "replica"]
    name, _, browser_id = cookie["value"].partition(".")
    other = {"r1": "r2", "r2": "r1"}[name]
    context.add_cookies([{**cookie, "value": f"{other}.{browser_id}"}])  # type: ignore[typeddict-item]
    return other


def sign_in_at_the_provider(page: Page, name: str) -> None:
    page.get_by_placeholder("sub").fill(name)
    page.get_by_role("button", name="Authorize").click()


def test_who_began_at_one_process_is_signed_in_by_the_other(
    front: GuardedFront, context: BrowserContext, provider: Provider
) -> None:
    groups = [str(UUID(int=number * 2**64 + number**9)) for number in range(MOST_GROUPS)]
    provider.knows(ALICE, email=ALICE, email_verified=True, groups=groups)
    page = context.new_page()
    page.goto(f"{front.url}/medication_check")
    see_the_door(page)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_placeholder("sub")).to_be_visible()
    other = move_to_the_other_replica(context)
    sign_in_at_the_provider(page, ALICE)
    expect(page.get_by_text(signed_in_as(ALICE))).to_be_visible()
    enter(page, "lorazepam")
    assert page.evaluate("window.violations") == []
    assert [line.split()[-1] for line in front.requests if "/oauth2callback" in line] == [other]

    cookies = {each["name"]: each for each in context.cookies() if "localhost" not in each["domain"]}
    identity = {name for name in cookies if name.startswith("_streamlit_user")}
    assert len(identity) > 4, "in pieces, each below what a browser keeps"
    assert {(each["path"], each["sameSite"], each["secure"]) for each in cookies.values()} == {("/", "Lax", True)}
    assert [name for name in sorted(identity | {"replica"}) if not cookies[name]["httpOnly"]] == []

    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="End session").click()
    see_the_door(page)
    assert [each["name"] for each in context.cookies() if each["name"].startswith("_streamlit_user")] == []
    assert re.findall(r"code=|state=|provider=|@|alice|lorazepam", front.log) == []


def test_without_tls_before_it_no_cookie_asks_for_it(front: GuardedFront, browser: Browser) -> None:
    visiting = browser.new_context()
    try:
        for headers, is_secure in (({}, False), (BEHIND_TLS, True)):
            answer = visiting.request.get(f"{front.url}/_stcore/health", headers=headers)
            cookies = [each["value"] for each in answer.headers_array if each["name"].lower() == "set-cookie"]
            assert len(cookies) >= 1
            assert {"; secure" in each.lower() for each in cookies} == {is_secure}, cookies
            visiting.clear_cookies()
    finally:
        visiting.close()


def test_nginx_and_containers_take_as_long_a_cookie_as_make_serve() -> None:
    name, most = LONGEST_HEADER
    assert f"ENV {name}={most}\n" in (ROOT / "deploy/Dockerfile").read_text(encoding="utf-8")
    nginx = (ROOT / "deploy/nginx.conf.template").read_text(encoding="utf-8")
    assert f"large_client_header_buffers 4 {int(most) // 1024}k;" in nginx
