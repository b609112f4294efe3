"""The benchmark's own arithmetic and guards; nothing here takes a time."""

import json
from concurrent.futures import ThreadPoolExecutor
from math import inf
from pathlib import Path
from xml.etree import ElementTree

import pytest

from benchmarks.drawing import draw
from benchmarks.figures import Compared, Figure, Target, table, write_json
from benchmarks.load import MOST_SECONDS, MOST_SESSIONS, Answers, Load, put_load
from benchmarks.servers import loopback, ours
from benchmarks.visits import MEDICATION_CHECK

MET = Figure("reruns", "20 sessions, p95", 12, "ms", 160, Target(0.1))
MISSED = Figure("memory", "a session", 1.5, "MB", None, Target(1, Compared.VALUE))
NO_TARGET = Figure("engine", "check 8 medicines", 1.5, "ms")


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:8501", "http://127.0.0.7/app/", "http://localhost:1", "http://[::1]:9"]
)
def test_this_machine_is_loaded(url: str) -> None:
    assert loopback(url) == url.rstrip("/")


@pytest.mark.parametrize(
    "url",
    ["http://192.168.0.2:8501", "https://example.org", "http://127.0.0.1.example.org", "http://localhost.example", ""],
)
def test_no_other_host_is_loaded(url: str) -> None:
    with pytest.raises(ValueError, match="only talks to this machine"):
        loopback(url)


@pytest.mark.parametrize(("sessions", "seconds"), [(MOST_SESSIONS + 1, 1), (1, MOST_SECONDS + 1), (0, 1), (1, 0)])
def test_load_is_bounded(sessions: int, seconds: float) -> None:
    with pytest.raises(ValueError, match="at most"):
        Load(sessions, 1, seconds)


@pytest.mark.parametrize(
    ("milliseconds", "percent", "expected"),
    [
        ([float(n) for n in range(100, 0, -1)], 50, 50),
        ([float(n) for n in range(1, 101)], 95, 95),
        ([1.0, 2.0, 3.0], 95, 3),
        ([7.0], 50, 7),
        ([], 95, inf),
    ],
)
def test_percentile_is_a_time_that_was_measured(milliseconds: list[float], percent: int, expected: float) -> None:
    assert Answers(milliseconds=milliseconds).percentile(percent) == expected


@pytest.mark.parametrize(
    ("figure", "met"),
    [
        (MET, True),
        (MISSED, False),
        (NO_TARGET, None),
        (Figure("x", "exactly the most", 16, "ms", 160, Target(0.1)), True),
        (Figure("x", "a ratio to nothing", 1, "ms", None, Target(2)), False),
        (Figure("x", "never answered", inf, "ms", 5, Target(2)), False),
        (Figure("x", "no errors", 0, "", None, Target(0, Compared.VALUE)), True),
        (Figure("x", "one error", 1, "", None, Target(0, Compared.VALUE)), False),
    ],
    ids=lambda each: each.name if isinstance(each, Figure) else str(each),
)
def test_a_target_is_met_or_missed(figure: Figure, met: bool | None) -> None:
    assert figure.met is met


def test_table_says_met_and_missed_in_its_own_rows() -> None:
    rows = table([MET, MISSED, NO_TARGET]).splitlines()
    assert len({len(row) for row in rows}) == 1, "columns stand under each other"
    cells = [[cell.strip() for cell in row.strip("|").split("|")] for row in rows[2:]]
    assert cells == [
        ["reruns: 20 sessions, p95", "12 ms", "160", "0.07 x", "at most 0.1 x", "met"],
        ["memory: a session", "1.5 MB", "", "", "at most 1", "missed"],
        ["engine: check 8 medicines", "1.5 ms", "", "", "", ""],
    ]


def test_file_holds_every_figure_and_the_machine(tmp_path: Path) -> None:
    never = Figure("reruns", "never answered", inf, "ms", 5, Target(2))
    write_json([MET, MISSED, never], tmp_path / "new" / "latest.json")
    told = json.loads((tmp_path / "new" / "latest.json").read_text(encoding="utf-8"), parse_constant=pytest.fail)
    assert [(each["name"], each["value"], each["met"]) for each in told["figures"]] == [
        ("20 sessions, p95", 12, True),
        ("a session", 1.5, False),
        ("never answered", None, False),
    ]
    assert {"day", "cores", "load_by_core", "python", "streamlit"} <= told["machine"].keys()


def test_picture_draws_what_has_a_target_and_never_by_colour_alone() -> None:
    none_allowed = Figure("reruns", "errors", 0, "", None, Target(0, Compared.VALUE))
    root = ElementTree.fromstring(draw([MET, MISSED, NO_TARGET, none_allowed]))
    space = "{http://www.w3.org/2000/svg}"
    words = [each.text or "" for each in root.iter(f"{space}text")]
    assert root.get("role") == "img"
    assert root.get("aria-label") == "Measured against the target: 1 of 2 met"
    assert [each.rpartition(": ")[2] for each in words if each.endswith((": met", ": missed"))] == ["met", "missed"]
    ground, met, missed = (float(each.get("width", "0")) for each in root.iter(f"{space}rect"))
    assert met < missed < ground


def test_visitors_find_what_they_use_on_the_page() -> None:
    with (
        ours() as server,
        ThreadPoolExecutor(1) as thread,
    ):  # the browser of other tests keeps an event loop in this one
        answers = thread.submit(put_load, server, MEDICATION_CHECK, Load(2, 0.01, 1)).result()
    assert answers.errors == 0
    assert answers.milliseconds
