"""A browser session without a browser: Streamlit's own messages over its websocket."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ContextInfo
from streamlit.proto.Delta_pb2 import Delta
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

from benchmarks.servers import Server

PATIENCE = 60
"""Seconds after which an answer that has not come counts as lost."""
_ENDS = (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)
_WIDGET_ID = "$$ID"


class PageFault(Exception):
    """The page showed an exception, did not compile, was not found or lacks what it should show."""


@dataclass(slots=True)
class Session:
    """One page open in one session; remembers which widgets it was sent and what was typed into them."""

    socket: ClientConnection
    page: str
    query: str
    fragment: str = ""
    """The id of the page's fragment, once it has been drawn."""
    widgets: dict[str, str] = field(default_factory=dict)
    """Ids of the widgets that have a key, by key."""
    options: dict[str, list[str]] = field(default_factory=dict)
    """What the select boxes offer, by key."""
    typed: dict[str, str] = field(default_factory=dict)
    kept: set[str] = field(default_factory=set)
    """Hashes of large messages that a browser would keep, so that they are not sent again."""

    def type_in(self, key: str, text: str) -> None:
        """Fill a text box or choose an option by its label; counts from the next rerun on."""
        self.typed[key] = text

    async def press(self, key: str) -> None:
        """Press a button, after which what was typed is gone from its boxes, and wait for the last answer."""
        await self._run([WidgetState(id=self.widgets[key], trigger_value=True)], "")
        self.typed.clear()

    async def rerun(self) -> None:
        """Rerun the whole page and wait for its last answer."""
        await self._run([], "")

    async def rerun_fragment(self) -> None:
        """Rerun the fragment of the page alone, as a choice inside it does."""
        await self._run([], self.fragment)

    async def _run(self, pressed: list[WidgetState], fragment: str) -> None:
        message = BackMsg()
        run = message.rerun_script
        run.page_name, run.query_string, run.fragment_id = self.page, self.query, fragment
        run.context_info.CopyFrom(ContextInfo(timezone="UTC", locale="en-US", color_scheme="light"))
        typed = [WidgetState(id=self.widgets[key], string_value=text) for key, text in self.typed.items()]
        run.widget_states.widgets.extend(typed + pressed)
        run.cached_message_hashes.extend(self.kept)
        await self.socket.send(message.SerializeToString())
        await asyncio.wait_for(self._read_to_the_end(), PATIENCE)

    async def _read_to_the_end(self) -> None:
        """A run that ends early for another one is not the end."""
        answer = ForwardMsg()
        while answer.WhichOneof("type") != "script_finished" or answer.script_finished not in _ENDS:
            answer.ParseFromString(await self.socket.recv(decode=False))
            if answer.metadata.cacheable:
                self.kept.add(answer.hash)
            match answer.WhichOneof("type"):
                case "delta":
                    self._look_at(answer.delta)
                case "page_not_found":
                    raise PageFault("page not found")
                case "script_finished" if answer.script_finished == ForwardMsg.FINISHED_WITH_COMPILE_ERROR:
                    raise PageFault("the page does not compile")

    def _look_at(self, delta: Delta) -> None:
        self.fragment = delta.fragment_id or self.fragment
        if delta.WhichOneof("type") != "new_element":
            return
        kind = delta.new_element.WhichOneof("type") or "empty"
        if kind == "exception":
            raise PageFault("the page shows an exception")
        element = getattr(delta.new_element, kind)
        identity = getattr(element, "id", "")
        if isinstance(identity, str) and identity.startswith(_WIDGET_ID):
            key = identity.split("-", 2)[2]
            self.widgets[key] = identity
            if kind == "selectbox":
                self.options[key] = list(element.options)


@asynccontextmanager
async def opened(server: Server, page: str, query: str = "") -> AsyncIterator[Session]:
    """Open a page by its address as far as the end of its first run, and leave it at the end."""
    async with connect(
        server.socket_url, subprotocols=[Subprotocol("streamlit")], max_size=None, compression=None, proxy=None
    ) as socket:
        session = Session(socket, page, query)
        await session.rerun()
        yield session
