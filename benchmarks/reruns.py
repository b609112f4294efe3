"""Reruns of a page through a real server and a real socket, beside a page with one empty Plotly chart."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

from benchmarks.timing import in_turns
from components.clinical.guide_words import GUIDE_VIEW_TITLES
from components.clinical.knowledge_base import load_knowledge_base

ROOT = Path(__file__).resolve().parents[1]
WARM_UP_RUNS, RUNS, START_SECONDS = 5, 60, 60


def time_reruns() -> None:
    """Median rerun of each view, whole page and views alone, with nothing new to draw, beside the floor.

    The floor, a page with one empty Plotly chart in the same frame, is rerun in turns with each view.
    """
    columns = " ".join(f"{each:>9}" for each in ("floor ms", "whole ms", "x floor", "views ms", "x floor"))
    print(f"\n{'rerun through a real server':38} {columns}")
    with (
        _server("benchmarks/floor_app.py") as floor_port,
        _server("app.py") as port,
        _session(floor_port, "floor", "") as (floor_rerun, _),
    ):
        base = load_knowledge_base()
        views = [("onset_timeline", "view", each.title) for each in base.onset.views.values()]
        views += [
            ("side_effects", "effects", each.title) for each in base.side_effects.views.values() if each.id != "serious"
        ]
        views += [("patient_guide", "guide_view", title) for title in GUIDE_VIEW_TITLES.values()]
        for page, parameter, title in views:
            with _session(port, page, urlencode({parameter: title})) as (whole, fragment):
                floor, *times = in_turns((floor_rerun, whole, fragment), RUNS)
            figures = " ".join(f"{time:9.2f} {time / floor:9.2f}" for time in times)
            print(f"{page + ': ' + title:38} {floor:9.2f} {figures}")


@contextmanager
def _server(script: str) -> Iterator[int]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", script, "--server.address", "127.0.0.1"]
    process = subprocess.Popen(
        [*command, "--server.port", str(port)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_until_up(port)
        yield port
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait_until_up(port: int) -> None:
    for _ in range(START_SECONDS * 5):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=1):
                return
        except OSError:
            time.sleep(0.2)
    raise TimeoutError("the server did not start")


@contextmanager
def _session(port: int, page: str, query: str) -> Iterator[tuple[Callable[[], object], Callable[[], object]]]:
    """A browser session without a browser: a function that reruns the page, and one that reruns its fragment."""
    whole, choice = BackMsg(), BackMsg()
    for message in (whole, choice):
        message.rerun_script.page_name = page
        message.rerun_script.query_string = query
    address = f"ws://127.0.0.1:{port}/_stcore/stream"
    with connect(address, subprotocols=["streamlit"], max_size=None) as client:  # type: ignore[list-item]
        for _ in range(WARM_UP_RUNS):
            choice.rerun_script.fragment_id = _rerun(client, whole)
        yield lambda: _rerun(client, whole), lambda: _rerun(client, choice)


def _rerun(client: ClientConnection, message: BackMsg) -> str:
    """One rerun to its end; returns the id of the page's fragment, if it has one.

    The socket acknowledges at once: a delayed acknowledgement would add 40 ms to every page, floor included.
    """
    client.send(message.SerializeToString())
    answer, fragment = ForwardMsg(), ""
    while answer.WhichOneof("type") != "script_finished":
        client.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
        received = client.recv()
        assert isinstance(received, bytes)
        answer.ParseFromString(received)
        fragment = answer.delta.fragment_id or fragment
    return fragment
