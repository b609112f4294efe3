"""Questions to one replica that a probe or the launcher asks; standard library only, since probes run often.

``python -m deploy.health up 8501 8`` answers by exit status, after 8 seconds at most; ``... drain 8501 600`` waits
until nobody is left, at most 600 seconds.
"""

import re
import sys
import time
from http.client import HTTPConnection, HTTPException

_ACTIVE = re.compile(rb"^active_sessions(?:\{[^}]*\})? (\d+)", re.MULTILINE)
_SECONDS = 2.0
_SECONDS_BETWEEN_LOOKS = 1.0
_SECONDS_UNTIL_NOBODY_COMES = 10.0
"""What a cluster takes to tell its balancers that this pod receives nobody new."""


def is_up(port: int, seconds: float = _SECONDS) -> bool:
    """True when the server answers in time. The body is compared: an unknown address answers 200 with a page."""
    try:
        return _fetch(port, "/_stcore/health", seconds) == b"ok"
    except (OSError, HTTPException):
        return False


def sessions(port: int, seconds: float = _SECONDS) -> int | None:
    """Websockets that are open now; 0 when nobody listens there any more, None when it did not say.

    A busy server answers late or not at all, and is not an empty one.
    """
    try:
        found = _ACTIVE.search(_fetch(port, "/_stcore/metrics?families=active_sessions", seconds))
    except ConnectionRefusedError:
        return 0
    except (OSError, HTTPException):
        return None
    return int(found.group(1)) if found else None


def _fetch(port: int, path: str, seconds: float) -> bytes:
    connection = HTTPConnection("127.0.0.1", port, timeout=seconds)
    try:
        connection.request("GET", path)
        return connection.getresponse().read()
    finally:
        connection.close()


def drain(port: int, most_seconds: float) -> None:
    """Return when no websocket is open, or when the time is over."""
    until = time.monotonic() + most_seconds
    time.sleep(min(_SECONDS_UNTIL_NOBODY_COMES, most_seconds))
    while time.monotonic() < until and sessions(port) != 0:
        time.sleep(_SECONDS_BETWEEN_LOOKS)


def main(arguments: list[str]) -> int:
    """Exit status 0 for yes or done, 1 for no, 2 for a question that is none."""
    match arguments:
        case ["up", port, seconds]:
            return 0 if is_up(int(port), float(seconds)) else 1
        case ["drain", port, seconds]:
            drain(int(port), float(seconds))
            return 0
    sys.stderr.write("Ask 'up' or 'drain', then the port and the longest time in seconds.\n")
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
