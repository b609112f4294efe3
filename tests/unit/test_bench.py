"""The benchmark's own arithmetic and guards; nothing here takes a time."""

import asyncio
import io
import json
import os
import random
import signal
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from math import inf
from pathlib import Path
from types import SimpleNamespace
from typing import cast
from xml.etree import ElementTree

import pytest

from benchmarks import load
from benchmarks.drawing import draw
from benchmarks.figures import Compared, Figure, Target, table, write_json
from benchmarks.load import MOST_SECONDS, MOST_SESSIONS, Answers, Load, put_load
from benchmarks.memory import rerun_in_turns
from benchmarks.servers import loopback, ours
from benchmarks.session import PageFault, Session
from benchmarks.soak import LEAST_MINUTES_TO_JUDGE, MOST_MINUTES, Plan, Sample, Soaked, figures_of, slope, soak
from benchmarks.soak import MOST_SESSIONS as MOST_PEOPLE
from benchmarks.soak_lists import LINES, REFUSED
from benchmarks.visits import MEDICATION_CHECK, Visit
from components.clinical.entry import MedicationList
from components.exchange.list_limits import UnusableList

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
    assert answers.reruns
    assert answers.server_cpu_seconds


def test_reruns_are_the_answers_between_the_two_moments_whenever_they_were_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Asked at 1, 8 and 15 s, answered 6 s later each; it counts from 5 to 15 s."""
    now = 0.0

    async def pass_time(seconds: float) -> None:
        nonlocal now
        now += seconds

    async def act(session: Session, number: int) -> None:
        await pass_time(6)

    monkeypatch.setattr(load, "time", SimpleNamespace(perf_counter=lambda: now))
    monkeypatch.setattr(load, "asyncio", SimpleNamespace(sleep=pass_time))
    monkeypatch.setattr(load, "random", SimpleNamespace(uniform=lambda least, most: most if least == 0 else 1.0))
    answers = Answers()
    asyncio.run(load._act(cast(Session, None), Visit("", act, act), Load(1, 1, 10, 5), 5.0, answers))  # type: ignore[arg-type]
    assert answers.reruns == 2
    assert answers.milliseconds == [6000]


def test_a_fault_of_one_session_is_counted_and_the_others_go_on() -> None:
    asked: list[tuple[int, int]] = []

    async def act(session: Session, number: int) -> None:
        asked.append((cast(int, session), number))
        if (session, number) == (2, 4):
            raise PageFault("the page shows an exception")

    sessions, answers = cast(list[Session], [1, 2, 3]), Answers()
    asyncio.run(rerun_in_turns(sessions, Visit("", act, act), range(10), answers))  # type: ignore[arg-type]
    assert answers.errors == 1
    assert sessions == [1, 3]
    assert asked == [(1, 0), (2, 1), (3, 2), (1, 3), (2, 4), (3, 5), (1, 6), (3, 7), (1, 8), (3, 9)]


@pytest.mark.parametrize(
    ("minutes", "sessions"), [(MOST_MINUTES + 1, 1), (1, MOST_PEOPLE + 1), (0, 1), (1, 0), (-1, 1)]
)
def test_a_soak_is_bounded(minutes: float, sessions: int) -> None:
    with pytest.raises(ValueError, match="at most"):
        Plan(minutes, sessions, 1)


@pytest.mark.parametrize("seed", range(40))
def test_what_a_soak_pastes_is_one_entry_a_line(seed: int, read: Callable[[str], MedicationList]) -> None:
    lines = random.Random(seed).sample(LINES, 20)
    assert len(read("\n".join(lines)).entries) == len(lines)


@pytest.mark.parametrize("text", REFUSED, ids=["null bytes", "too many"])
def test_what_a_soak_gives_to_be_refused_is_refused(text: str, read: Callable[[str], MedicationList]) -> None:
    with pytest.raises(UnusableList):
        read(text)


def soaked(minutes: float, *megabytes: float) -> Soaked:
    step = minutes / len(megabytes)
    samples = [Sample(number * step, each) for number, each in enumerate(megabytes, 1)]
    return Soaked(Plan(minutes, 20, 1), samples=samples)


@pytest.mark.parametrize(
    ("seen", "met"),
    [
        (soaked(30, *[100] * 5, *[200] * 25), True),  # while it settles it may grow
        (soaked(30, *[200] * 20, *[219] * 10), True),
        (soaked(30, *[200] * 20, *[221] * 10), False),
        (soaked(30, *[200] * 29, 400), True),  # one high sample is no growth
        (soaked(LEAST_MINUTES_TO_JUDGE - 1, *[200] * 20, *[400] * 10), None),
    ],
)
def test_growth_after_settling_is_judged_in_a_long_run(seen: Soaked, met: bool | None) -> None:
    (growth,) = [each for each in figures_of(seen) if each.name.startswith("memory, last")]
    assert growth.met is met


def test_slope_is_that_of_the_nearest_line() -> None:
    assert slope([Sample(0, 100), Sample(1, 103), Sample(2, 103), Sample(3, 106)]) == pytest.approx(1.8)
    assert slope([Sample(1, 100)]) == 0


def test_every_kind_of_error_misses_its_target() -> None:
    for kind in ("faulty_pages", "lost_sockets", "unanswered", "entries_lost", "files_lost"):
        seen = soaked(30, *[100] * 30)
        assert not [each.name for each in figures_of(seen) if each.met is False]
        setattr(seen.seen, kind, 1)
        assert seen.seen.errors == 1
        assert len([each for each in figures_of(seen) if each.met is False]) == 1, kind


class KillsTheServer(io.StringIO):
    """Told of the first sample of memory, it ends the server under the people's feet."""

    def __init__(self, process: int) -> None:
        super().__init__()
        self._process = process

    def write(self, line: str) -> int:
        if not self.getvalue():
            os.kill(self._process, signal.SIGKILL)
        return super().write(line)


@pytest.mark.parametrize("is_killed", [False, True], ids=["runs on", "killed"])
def test_a_soak_finds_no_error_unless_the_server_dies(is_killed: bool) -> None:
    plan = Plan(minutes=0.1, sessions=2, seed=1, think_seconds=0.2)
    with ours() as server, ThreadPoolExecutor(1) as thread:
        told = KillsTheServer(server.process) if is_killed else io.StringIO()
        seen = thread.submit(soak, server, plan, told).result().seen
    assert (seen.lost_sockets > 0) is is_killed
    assert (seen.errors > 0) is is_killed, seen.reasons
    assert (seen.entries > 0) is not is_killed
