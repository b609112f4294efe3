"""A browser without a browser: keeps its cookies, holds one session, speaks Streamlit's own messages."""

import http.client
import uuid
from collections.abc import Iterable
from contextlib import ExitStack
from typing import Self

from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

from deploy.visit import run_script

SECONDS = 30


class Visitor:
    """Someone at the front's door; a context that closes what was opened."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.cookies: dict[str, str] = {}
        self.session_id = ""
        self.socket: ClientConnection | None = None
        self._held = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Leave: the session's socket is closed."""
        self._held.close()

    @property
    def replica(self) -> str:
        """The name of the replica that answered last: r1, r2 ..."""
        return self.cookies["replica"].partition(".")[0]

    def request(
        self, method: str, path: str, body: bytes | None = None, headers: dict[str, str] | None = None
    ) -> tuple[int, bytes]:
        """One request on a connection of its own."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=SECONDS)
        try:
            connection.request(method, path, body, {"Cookie": self._cookie_line(), **(headers or {})})
            answer = connection.getresponse()
            self._keep_cookies(answer.getheaders())
            return answer.status, answer.read()
        finally:
            connection.close()

    def get(self, path: str) -> bytes:
        """The body of a page that must be there."""
        status, body = self.request("GET", path)
        assert status == 200, f"{path} answered {status}"
        return body

    def open(self, page: str = "medication_check") -> list[ForwardMsg]:
        """Open a session and run a page to its end."""
        self.get(f"/{page}")
        self.get("/_stcore/health")  # gives the token without which no file is taken
        return self.reconnect(page)

    def reconnect(self, page: str = "medication_check") -> list[ForwardMsg]:
        """A new socket without a new page, as a browser does when the old one broke: it asks for its session."""
        self.close()
        asked_for = [self.cookies["_streamlit_xsrf"], self.session_id] if self.session_id else []
        stream = connect(
            f"ws://127.0.0.1:{self.port}/_stcore/stream",
            subprotocols=["streamlit", *asked_for],  # type: ignore[list-item]
            additional_headers={"Cookie": self._cookie_line()},
            max_size=None,
            open_timeout=SECONDS,
        )
        self.socket = self._held.enter_context(stream)
        assert self.socket.response is not None
        self._keep_cookies(self.socket.response.headers.raw_items())
        messages = self.rerun(page)
        self.session_id = next(
            each.new_session.initialize.session_id for each in messages if each.HasField("new_session")
        )
        return messages

    def rerun(self, page: str = "medication_check") -> list[ForwardMsg]:
        """Run a page of the open session; raises when the socket is gone."""
        assert self.socket is not None
        return run_script(self.socket, ClientState(page_name=page))

    def upload(self, content: bytes) -> int:
        """Send a file as the uploader does; the status. Only the replica that holds the session takes it."""
        mark = uuid.uuid4().hex
        head = f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="list.txt"\r\n\r\n'
        status, _ = self.request(
            "PUT",
            f"/_stcore/upload_file/{self.session_id}/{uuid.uuid4()}",
            head.encode() + content + f"\r\n--{mark}--\r\n".encode(),
            {
                "Content-Type": f"multipart/form-data; boundary={mark}",
                "X-Xsrftoken": self.cookies.get("_streamlit_xsrf", ""),
            },
        )
        return status

    def _cookie_line(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def _keep_cookies(self, headers: Iterable[tuple[str, str]]) -> None:
        for name, value in headers:
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.partition(";")[0]


def shows_its_title(messages: list[ForwardMsg]) -> bool:
    """True when a page was drawn: its one h1 is there."""
    return any(each.delta.new_element.heading.tag == "h1" for each in messages)
