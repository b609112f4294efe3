"""A browser session without a browser: Streamlit's own messages over its websocket."""

import asyncio
import urllib.error
import urllib.request
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Block_pb2 import Block
from streamlit.proto.ClientState_pb2 import ContextInfo
from streamlit.proto.Delta_pb2 import Delta
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

from benchmarks.servers import Server, loopback

PATIENCE = 60
"""Seconds after which an answer that has not come counts as lost."""
_ENDS = (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)
_WIDGET_ID = "$$ID"
_NO_TOKEN = "none"
"""Stands where a browser offers the token of its cookie, which an app without sign-in does not ask for."""
Value = str | bool | list[str]
"""What a widget holds: text or an option; a tick, or that a box is open; several options."""


class PageFault(Exception):
    """The page showed an exception, did not compile, was not found or lacks what it should show."""


class FileFault(PageFault):
    """A file was not made, or not kept until it was fetched."""


@dataclass(slots=True)
class Session:
    """One page open in one session; remembers which widgets it was sent and what was typed into them."""

    server: Server
    socket: ClientConnection
    page: str
    query: str
    id: str = ""
    """What the server calls this session."""
    page_hash: str = ""
    """What the server calls the page that is open, once it has said so."""
    pages: dict[str, str] = field(default_factory=dict)
    """What it calls each page of the menu, by address."""
    fragment: str = ""
    """The id of the page's fragment, once it has been drawn."""
    widgets: dict[str, str] = field(default_factory=dict)
    """Ids of the widgets that have a key, by key."""
    options: dict[str, list[str]] = field(default_factory=dict)
    """What select boxes and rows of choices offer, by key."""
    files: dict[str, str] = field(default_factory=dict)
    """Ids of the files that download buttons make when they are pressed, by key."""
    drawn: set[str] = field(default_factory=set)
    """Keys of the widgets that the last run drew, but for large ones that were kept and only named anew."""
    said: list[str] = field(default_factory=list)
    """The words (Markdown) that the last run drew."""
    typed: dict[str, Value] = field(default_factory=dict)
    kept: set[str] = field(default_factory=set)
    """Hashes of large messages that a browser would keep, so that they are not sent again."""

    def type_in(self, key: str, value: Value) -> None:
        """Fill a text box, choose options by their labels, tick or open a box; counts from the next rerun on."""
        self.typed[key] = value

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

    async def go(self, page: str) -> None:
        """Open another page by the menu: the session stays, and what was typed into boxes of the old page is gone."""
        self.page, self.page_hash, self.query, self.fragment = page, self.pages[page], "", ""
        self.typed.clear()
        await self.rerun()

    async def download(self, key: str) -> bytes:
        """Press a download button: the server makes the file and says where it is, and then it is fetched over HTTP."""
        return await self.fetch(await self.ask_for_file(key))

    async def ask_for_file(self, key: str) -> str:
        """Where the server put the file that the button makes."""
        message = BackMsg()
        request = message.backend_operation_request
        request.session_id, request.request_id, request.deferred_file.file_id = self.id, key, self.files[key]
        await self.socket.send(message.SerializeToString())
        return await asyncio.wait_for(self._address_of_file(), PATIENCE)

    async def fetch(self, address: str) -> bytes:
        """The file at an address of the server."""
        return await asyncio.to_thread(_fetch, f"{loopback(self.server.url)}{address}")

    async def _address_of_file(self) -> str:
        answer = ForwardMsg()
        while answer.WhichOneof("type") != "backend_operation_response":
            answer.ParseFromString(await self.socket.recv(decode=False))
        if answer.backend_operation_response.error_msg:
            raise FileFault("a file was not made")
        url: str = answer.backend_operation_response.deferred_file.url
        return url

    async def _run(self, pressed: list[WidgetState], fragment: str) -> None:
        message = BackMsg()
        run = message.rerun_script
        run.page_name, run.query_string, run.fragment_id = self.page, self.query, fragment
        run.page_script_hash = self.page_hash
        run.context_info.CopyFrom(ContextInfo(timezone="UTC", locale="en-US", color_scheme="light"))
        typed = [_state(self.widgets[key], value) for key, value in self.typed.items()]
        run.widget_states.widgets.extend(typed + pressed)
        run.cached_message_hashes.extend(self.kept)
        await self.socket.send(message.SerializeToString())
        await asyncio.wait_for(self._read_to_the_end(), PATIENCE)

    async def _read_to_the_end(self) -> None:
        """A run that ends early for another one is not the end; nor is that of a run which a cut line left behind."""
        answer, has_begun = ForwardMsg(), False
        self.drawn.clear()
        self.said.clear()
        while not (has_begun and answer.WhichOneof("type") == "script_finished" and answer.script_finished in _ENDS):
            answer.ParseFromString(await self.socket.recv(decode=False))
            if answer.metadata.cacheable:
                self.kept.add(answer.hash)
            match answer.WhichOneof("type"):
                case "delta":
                    self._look_at(answer.delta)
                case "new_session":
                    has_begun = True
                    self.id = answer.new_session.initialize.session_id
                case "navigation":
                    self.page_hash = answer.navigation.page_script_hash
                    self.pages = {each.url_pathname: each.page_script_hash for each in answer.navigation.app_pages}
                case "page_not_found":
                    raise PageFault("page not found")
                case "script_finished" if answer.script_finished == ForwardMsg.FINISHED_WITH_COMPILE_ERROR:
                    raise PageFault("the page does not compile")

    def _look_at(self, delta: Delta) -> None:
        self.fragment = delta.fragment_id or self.fragment
        match delta.WhichOneof("type"):
            case "new_element":
                self._look_at_element(delta.new_element)
            case "add_block":
                self._look_at_block(delta.add_block)

    def _look_at_element(self, drawn: Element) -> None:
        kind = drawn.WhichOneof("type") or "empty"
        if kind == "exception":
            raise PageFault("the page shows an exception")
        element = getattr(drawn, kind)
        if kind == "markdown":
            self.said.append(element.body)
        key = self._remember(getattr(element, "id", ""))
        match kind:
            case "selectbox":
                self.options[key] = list(element.options)
            case "button_group":
                self.options[key] = [each.content for each in element.options]
            case "download_button" if element.deferred_file_id:
                self.files[key] = element.deferred_file_id

    def _look_at_block(self, block: Block) -> None:
        """Boxes that tell the server when they are opened are widgets too."""
        kind = block.WhichOneof("type")
        if kind in ("expandable", "popover"):
            self._remember(getattr(block, kind).id)

    def _remember(self, identity: object) -> str:
        """The key of a widget; empty for what is none."""
        if not isinstance(identity, str) or not identity.startswith(_WIDGET_ID):
            return ""
        key = identity.split("-", 2)[2]
        self.widgets[key] = identity
        self.drawn.add(key)
        return key


def _state(widget: str, value: Value) -> WidgetState:
    state = WidgetState(id=widget)
    match value:
        case bool():
            state.bool_value = value
        case str():
            state.string_value = value
        case _:
            state.string_array_value.data.extend(value)
    return state


def _fetch(url: str) -> bytes:
    try:
        with urllib.request.urlopen(url, timeout=PATIENCE) as answer:
            content: bytes = answer.read()
            return content
    except urllib.error.HTTPError:
        raise FileFault("a file that was made cannot be fetched") from None


@asynccontextmanager
async def opened(server: Server, page: str, query: str = "", earlier: str = "") -> AsyncIterator[Session]:
    """Open a page by its address as far as the end of its first run, and leave it at the end.

    ``earlier`` is the id of a session whose line was cut: it is asked for as a browser does.
    """
    offered = ["streamlit", *([_NO_TOKEN, earlier] if earlier else [])]
    async with connect(
        server.socket_url,
        subprotocols=[Subprotocol(each) for each in offered],
        max_size=None,
        compression=None,
        proxy=None,
        open_timeout=PATIENCE,
    ) as socket:
        session = Session(server, socket, page, query)
        await session.rerun()
        yield session
