"""The rule that all others wait for: a page is at rest once what it asked for has come."""

import re

from playwright.sync_api import Browser
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.browser.conftest import Server
from tests.browser.rules import COUNTS_RUNS, settled

SLOW_TO_ASK = """(() => {
    const native = Object.getPrototypeOf(WebSocket.prototype), send = native.send;
    native.send = function (data) { setTimeout(() => send.call(this, data), 1500); };
})()"""
"""Below the counting: what the page sends arrives late."""
LOSES_WHAT_IS_ASKED = """(() => {
    const native = Object.getPrototypeOf(WebSocket.prototype), send = native.send;
    native.send = function (data) {
        if (!window.losesWhatIsAsked) { send.call(this, data); return; }
        window.losesWhatIsAsked = false;
        this.close();
    };
})()"""
"""The line breaks over the next question, as when the server dies."""


def test_the_fields_counted_are_those_of_streamlit() -> None:
    numbers = dict(re.findall(r"([A-Z_]+) = (\d+)", COUNTS_RUNS))
    assert {name: int(number) for name, number in numbers.items()} == {
        "RERUN_ASKED": BackMsg.DESCRIPTOR.fields_by_name["rerun_script"].number,
        "RUN_BEGINS": ForwardMsg.DESCRIPTOR.fields_by_name["new_session"].number,
        "RUN_ENDS": ForwardMsg.DESCRIPTOR.fields_by_name["script_finished"].number,
        "ENDED_FOR_A_RERUN": ForwardMsg.FINISHED_EARLY_FOR_RERUN,
    }


def test_a_page_whose_question_is_on_its_way_is_not_at_rest(browser: Browser, server: Server) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.add_init_script(SLOW_TO_ASK)
    page = context.new_page()
    page.goto(f"{server.url}/treatment_fit")
    settled(page)
    asked = page.get_by_role("button", name="Suicidal thoughts now")
    assert asked.is_visible()
    page.get_by_role("radio", name="Who might benefit").click()
    settled(page)
    assert not asked.is_visible(), "the view that was left is gone"
    context.close()


def test_nobody_waits_for_what_was_asked_on_a_line_that_broke(browser: Browser, server: Server) -> None:
    """Streamlit connects again, and does not ask again for a run that had not begun."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.add_init_script(LOSES_WHAT_IS_ASKED)
    page = context.new_page()
    page.goto(f"{server.url}/treatment_fit")
    settled(page)
    page.evaluate("window.losesWhatIsAsked = true")
    with page.expect_websocket():
        page.get_by_role("radio", name="Who might benefit").click()
    settled(page)
    assert page.get_by_role("button", name="Suicidal thoughts now").is_visible(), "the view before"
    context.close()
