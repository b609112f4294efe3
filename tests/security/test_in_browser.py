"""A real check with hostile words, in a real browser, with a server at log level debug: nothing leaves or acts.

One browser page goes through everything; the tests below it look at what was seen on the way.
"""

import http.client
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlparse

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.rules import settled
from tests.security.conftest import LoudServer

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("hostile walk")]
PAGES = {  # link in the menu, beginning of the heading
    "Treatment fit": "Treatment fit",
    "Onset timeline": "How soon",
    "Side effects": "Side effects",
    "Patient guide": "A guide for you",
    "Evidence": "Evidence",
}
PLANTED = "Quetzalcoatl"
HOSTILE = (
    f"{PLANTED} ![x](http://127.0.0.2:9/a.png) [y](http://127.0.0.2:9/b) "
    "<img src=http://127.0.0.2:9/c.png onerror=alert(1)>",
    f"{PLANTED} https://leak.example www.leak.example :red[abc] :material/home: $e=mc^2$ `x` **y**",
)
FILES = {
    "zip": b"PK\x03\x04" + PLANTED.encode(),
    "null byte": PLANTED.encode() + b"\x00",
    "JSON bomb": b'{"resourceType": ' + b"[" * 100_000,
    "table of 100,000 rows": b"medication,dose\n" + f"{PLANTED},1 mg\n".encode() * 100_000,
    "web page": f"<html><script>alert('{PLANTED}')</script></html>".encode(),
}


@dataclass
class Walk:
    """What the browser did and met."""

    page: Page
    hosts: set[str] = field(default_factory=set)
    sockets: set[str] = field(default_factory=set)
    dialogs: list[str] = field(default_factory=list)
    views: list[str] = field(default_factory=list)
    made: list[str] = field(default_factory=list)
    """HTML of images, links and formulas that typed words made."""


def _look(walk: Walk, where: str) -> None:
    settled(walk.page)
    walk.views.append(where)
    made = walk.page.locator("[src*='127.0.0.2'], [href*='127.0.0.2'], [href*='leak.example'], main .katex").all()
    walk.made += [f"{where}: {each.evaluate('it => it.outerHTML')}" for each in made]


def _type_into_every_box(page: Page) -> None:
    boxes = page.locator("main input:is([type=text], [type=search]):not([role=combobox]):enabled:visible")
    for place in range(boxes.count()):
        if place < boxes.count():
            boxes.nth(place).fill(HOSTILE[1][:180])
            page.keyboard.press("Enter")  # wherever the box is by now: it may have been drawn anew
            settled(page)


def _check_a_list(walk: Walk, server: LoudServer) -> None:
    page = walk.page
    page.goto(f"{server.url}/medication_check")
    page.get_by_role("textbox", name="Medication list").fill("\n".join(("sertraline 50 mg", *HOSTILE)))
    page.get_by_role("button", name="Add to the list").click()
    expect(page.get_by_text("was not recognised and not checked").first).to_be_visible()
    _look(walk, "medication check")
    page.get_by_text("Compare with a changed list", exact=True).click()
    page.get_by_role("textbox", name="The list as it would be").fill("\n".join(HOSTILE))
    page.get_by_role("button", name="Compare", exact=True).click()
    _look(walk, "compared lists")


def _go_through_every_view(walk: Walk) -> None:
    page = walk.page
    for link, heading in PAGES.items():
        page.get_by_role("link", name=link, exact=True).first.click()
        expect(page.get_by_role("heading", name=heading, level=1)).to_be_visible()
        expect(page.get_by_role("radiogroup", name="View").first).to_be_visible()
        settled(page)
        for name in page.get_by_role("radiogroup", name="View").first.get_by_role("radio").all_inner_texts():
            page.get_by_role("radio", name=name, exact=True).first.click()
            expect(page.get_by_role("radio", name=name, exact=True).first).to_be_checked()
            _look(walk, f"{link}: {name}")
            _type_into_every_box(page)
            _look(walk, f"{link}: {name}, typed")


@pytest.fixture(scope="module")
def walk(browser: Browser, loud_server: LoudServer) -> Iterator[Walk]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    done = Walk(context.new_page())
    context.on("request", lambda request: done.hosts.add(urlparse(request.url).hostname or ""))
    done.page.on("websocket", lambda socket: done.sockets.add(urlparse(socket.url).hostname or ""))
    done.page.on("dialog", lambda dialog: (done.dialogs.append(dialog.message), dialog.dismiss()))
    done.page.goto(loud_server.url)
    expect(done.page.get_by_role("heading", level=1)).to_be_visible()
    _look(done, "home")
    _check_a_list(done, loud_server)
    _go_through_every_view(done)
    yield done
    context.close()


def test_no_request_leaves_the_machine(walk: Walk) -> None:
    assert {host for host in walk.hosts if host} == {"127.0.0.1"}
    assert walk.sockets == {"127.0.0.1"}
    assert len(walk.views) > 40, "every view of every page was open"


def test_typed_words_make_no_picture_link_formula_or_script(walk: Walk) -> None:
    assert walk.made == []
    assert walk.dialogs == []


@pytest.mark.parametrize("content", FILES.values(), ids=FILES)
def test_a_hostile_file_is_refused_and_the_list_stays(content: bytes, walk: Walk) -> None:
    page = walk.page
    page.get_by_role("link", name="Medication check", exact=True).first.click()
    expect(page.get_by_role("heading", name="Medication check", level=1)).to_be_visible()
    uploader = page.locator("main input[type=file]").last
    if not page.get_by_text("Text, CSV or FHIR JSON", exact=True).first.is_visible():
        page.get_by_text("Open a file", exact=True).click()
    uploader.set_input_files({"name": "list.txt", "mimeType": "text/plain", "buffer": content})  # type: ignore[arg-type]
    expect(page.locator("main").get_by_role("alert").filter(has_text=".").first).to_be_visible()
    settled(page)
    expect(page.get_by_text("3 entered").first).to_be_visible()
    assert PLANTED not in "".join(page.locator("main").get_by_role("alert").all_inner_texts())


def _status(server: LoudServer, method: str, path: str, **headers: str) -> int:
    address = urlparse(server.url)
    connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=20)
    connection.request(method, path, body=b"x" if method == "PUT" else None, headers=headers)
    status = connection.getresponse().status
    connection.close()
    return status


_SOCKET = {"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13"}


@pytest.mark.parametrize(("origin", "status"), [("http://127.0.0.1", 101), ("http://attacker.example", 403)])
def test_only_our_own_pages_open_the_websocket(origin: str, status: int, loud_server: LoudServer) -> None:
    key = {"Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ=="}
    assert _status(loud_server, "GET", "/_stcore/stream", **_SOCKET, **key, Origin=origin) == status


def test_no_upload_without_the_token_of_its_page(loud_server: LoudServer) -> None:
    assert _status(loud_server, "PUT", "/_stcore/upload_file/a/b") == 403


@pytest.mark.parametrize("path", ["/app/static/../app.py", "/..%2f..%2fetc/passwd", "//etc/passwd", "/media/%00"])
def test_no_file_of_the_machine_is_served(path: str, loud_server: LoudServer) -> None:
    address = urlparse(loud_server.url)
    connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=20)
    connection.request("GET", path)
    told = connection.getresponse().read()
    connection.close()
    assert b"root:" not in told
    assert b"run_app" not in told


def test_the_log_holds_nothing_that_was_typed_and_no_medicine(walk: Walk, loud_server: LoudServer) -> None:
    assert walk.views
    log = loud_server.log.read_text(encoding="utf-8")
    assert "Removing orphaned files" in log, "Streamlit says so at debug level only"
    told = [word for word in (PLANTED, "sertraline", "leak.example", "127.0.0.2") if word.casefold() in log.casefold()]
    assert told == []
    assert "Traceback" not in log
