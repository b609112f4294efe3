"""Somebody who is signed in already, without a browser: the signed cookie and Streamlit's own messages."""

import json
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookies import SimpleCookie
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value
from websockets.sync.client import ClientConnection, connect

from tests.login.conftest import COOKIE_SECRET

SECONDS = 60
ENDS = (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)
USER, XSRF = "_streamlit_user", "_streamlit_xsrf"


class Caller:
    """One session with one page open."""

    def __init__(self, socket: ClientConnection, page: str) -> None:
        self._socket = socket
        self._page = page
        self.fragments: list[str] = []
        """Ids of the parts of the page that run alone."""
        self.widgets: dict[str, str] = {}
        """Ids of buttons, by key."""
        self.title = ""
        """The h1 that the last run drew; empty when it drew none."""
        self.deltas = 0
        """How many things the last run drew."""

    def run(self, fragment: str = "", pressed: str = "") -> None:
        """Run the page, or a part of it alone, to the end; perhaps after a button was pressed."""
        message = BackMsg()
        message.rerun_script.page_name, message.rerun_script.fragment_id = self._page, fragment
        if pressed:
            state = WidgetState(id=self.widgets[pressed], trigger_value=True)
            message.rerun_script.widget_states.widgets.append(state)
        self._socket.send(message.SerializeToString())
        self.title, self.deltas = "", 0
        answer = ForwardMsg()
        while answer.WhichOneof("type") != "script_finished" or answer.script_finished not in ENDS:
            received = self._socket.recv(timeout=SECONDS)
            assert isinstance(received, bytes)
            answer = ForwardMsg.FromString(received)
            if answer.WhichOneof("type") == "delta":
                self._look_at(answer)

    def _look_at(self, answer: ForwardMsg) -> None:
        self.deltas += 1
        if (fragment := answer.delta.fragment_id) and fragment not in self.fragments:
            self.fragments.append(fragment)
        element = answer.delta.new_element
        if element.heading.tag == "h1":
            self.title = element.heading.body
        if element.WhichOneof("type") == "button":
            self.widgets[element.button.id.split("-", 2)[2]] = element.button.id


@contextmanager
def called(server_url: str, page: str, who: dict[str, Any]) -> Iterator[Caller]:
    """Open a page in a session of its own, with a sign-in as the server itself would have signed it."""
    with urllib.request.urlopen(f"{server_url}/_stcore/health", timeout=SECONDS) as answer:
        token = SimpleCookie(answer.headers["Set-Cookie"])[XSRF].value
    told = json.dumps({**who, "origin": server_url})
    cookie = create_signed_value(COOKIE_SECRET, USER, told).decode()
    with connect(
        f"{server_url.replace('http', 'ws', 1)}/_stcore/stream",
        origin=server_url,  # type: ignore[arg-type]
        subprotocols=["streamlit", token],  # type: ignore[list-item]
        additional_headers={"Cookie": f"{XSRF}={token}; {USER}={cookie}"},
        max_size=None,
        open_timeout=SECONDS,
    ) as socket:
        caller = Caller(socket, page)
        caller.run()
        yield caller
