"""A first visitor without a browser: opens a sample case until its check is answered, then looks at every page once.

What the first visitor of a process would wait for (imports, the knowledge base, the first drawing of each chart) is
paid here, through the same socket and messages as a browser's; nothing of the app has to know of it.
"""

import sys
import time

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates
from websockets.exceptions import WebSocketException
from websockets.sync.client import ClientConnection, connect

from deploy.health import is_up

_SAMPLE_BUTTON, _SIGN_IN_BUTTON = "-home_sample_", "-sign_in"
_LONGEST_RUN_SECONDS = 60
_ANSWER_PAGE = "medication_check"


class VisitFailedError(Exception):
    """The app did not answer as a visitor needs it to; says what was missing."""


def visit(port: int) -> float:
    """Visit a replica on the loopback interface; returns the seconds until the check was answered."""
    started = time.monotonic()
    try:
        with connect(f"ws://127.0.0.1:{port}/_stcore/stream", subprotocols=["streamlit"], max_size=None) as socket:  # type: ignore[list-item]
            pages = _check_a_sample(socket)
            answered = time.monotonic() - started
            for page in pages:
                run_script(socket, ClientState(page_name=page))
    except (OSError, TimeoutError, WebSocketException) as fault:
        raise VisitFailedError(f"The connection broke off ({type(fault).__name__}).") from fault
    return answered


def _check_a_sample(socket: ClientConnection) -> list[str]:
    """Press the button of the first sample on the home page; returns the names of all pages.

    Where a sign-in is asked for, a visitor without a name gets no further: the knowledge base is loaded, no more.
    """
    pages: dict[str, str] = {}
    buttons = []
    for message in run_script(socket, ClientState()):
        pages |= {each.url_pathname: each.page_script_hash for each in message.navigation.app_pages}
        if message.delta.new_element.WhichOneof("type") == "button":
            buttons.append(message.delta.new_element.button.id)
    if any(each.endswith(_SIGN_IN_BUTTON) for each in buttons):
        return []
    button = next((each for each in buttons if _SAMPLE_BUTTON in each), None)
    if button is None:
        raise VisitFailedError("The home page shows no sample case.")
    pressed = ClientState(widget_states=WidgetStates(widgets=[WidgetState(id=button, trigger_value=True)]))
    reached = [each.navigation.page_script_hash for each in run_script(socket, pressed) if each.HasField("navigation")]
    if not reached or reached[-1] != pages.get(_ANSWER_PAGE):
        raise VisitFailedError("The sample case did not lead to its check.")
    return list(pages)


def run_script(socket: ClientConnection, request: ClientState) -> list[ForwardMsg]:
    """One script run to its end, with the run after it when a page starts over."""
    socket.send(BackMsg(rerun_script=request).SerializeToString())
    until = time.monotonic() + _LONGEST_RUN_SECONDS
    messages: list[ForwardMsg] = []
    while not messages or not _is_last(messages[-1]):
        received = socket.recv(timeout=until - time.monotonic())
        assert isinstance(received, bytes)
        messages.append(ForwardMsg.FromString(received))
        if messages[-1].delta.new_element.WhichOneof("type") == "exception":
            raise VisitFailedError("A page shows an error.")
    return messages


def _is_last(message: ForwardMsg) -> bool:
    is_end = message.WhichOneof("type") == "script_finished"
    return is_end and message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY


def main(port: int) -> int:
    """Wait until the server is up, visit, and say on standard output how many seconds the first check took."""
    until = time.monotonic() + _LONGEST_RUN_SECONDS
    while not is_up(port):
        if time.monotonic() > until:
            sys.stderr.write(f"No server answered on port {port} of this machine within {_LONGEST_RUN_SECONDS} s.\n")
            return 1
        time.sleep(0.05)
    try:
        sys.stdout.write(f"{visit(port):.2f}\n")
    except VisitFailedError as fault:
        sys.stderr.write(f"The first visit failed. {fault}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
