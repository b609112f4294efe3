"""Mixed use by many people for a long time, on one process as make run starts it: make soak.

Ends with one table, and with exit status 1 when anything failed or memory grew.
"""

import argparse
import asyncio
import json
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TextIO
from urllib.parse import urlsplit

from benchmarks.figures import Compared, Figure, Target, machine, table
from benchmarks.process_tree import memory_megabytes
from benchmarks.servers import ROOT, Server, ours
from benchmarks.soak_visitors import Person, Seen
from deploy.visit import visit

MOST_MINUTES, MOST_SESSIONS = 60.0, 50
LEAST_MINUTES_TO_JUDGE = 15.0
"""Shorter runs say nothing of growth: sessions that were left stay for two minutes, and caches fill."""
ENOUGH_ERRORS = 100
"""After which a soak ends early."""
_SECTION = "soak"
_SAMPLES, _MOST_SECONDS_BETWEEN_SAMPLES = 30, 60.0
_SETTLING_SHARE, _MOST_SETTLING_MINUTES = 1 / 6, 5.0
_COMPARED = 5
"""Samples at either end whose medians are compared."""
_FILE = ROOT / "build/soak.jsonl"


@dataclass(frozen=True, slots=True)
class Plan:
    """How long, how many at once, what they do (the seed), and how long they think on average."""

    minutes: float
    sessions: int
    seed: int
    think_seconds: float = 3.0

    def __post_init__(self) -> None:
        if not (0 < self.minutes <= MOST_MINUTES and 0 < self.sessions <= MOST_SESSIONS):
            raise ValueError(f"A soak has at most {MOST_MINUTES:g} minutes and {MOST_SESSIONS} sessions.")

    @property
    def settling_minutes(self) -> float:
        """Before which memory does not count."""
        return min(_MOST_SETTLING_MINUTES, self.minutes * _SETTLING_SHARE)

    @property
    def seconds_between_samples(self) -> float:
        """Each minute in a long run."""
        return min(_MOST_SECONDS_BETWEEN_SAMPLES, self.minutes * 60 / _SAMPLES)


@dataclass(frozen=True, slots=True)
class Sample:
    """Resident memory after so many minutes."""

    minute: float
    megabytes: float


@dataclass(slots=True)
class Soaked:
    """What a soak saw."""

    plan: Plan
    seen: Seen = field(default_factory=Seen)
    samples: list[Sample] = field(default_factory=list)

    @property
    def settled(self) -> list[Sample]:
        """The samples that count for growth."""
        return [each for each in self.samples if each.minute >= self.plan.settling_minutes]


def soak(server: Server, plan: Plan, told: TextIO) -> Soaked:
    """Let all people come and go until the time is over; each sample of memory is one line of JSON in ``told``."""
    return asyncio.run(_soak(server, plan, told))


async def _soak(server: Server, plan: Plan, told: TextIO) -> Soaked:
    soaked, is_over = Soaked(plan), asyncio.Event()
    people = [
        Person(server, f"{plan.seed} {number}", plan.think_seconds, soaked.seen) for number in range(plan.sessions)
    ]
    visiting = asyncio.gather(*(each.come_and_go(is_over) for each in people))
    begun, due = time.monotonic(), 0.0
    while not is_over.is_set():
        _take_sample(server, soaked, (time.monotonic() - begun) / 60, told)
        due += plan.seconds_between_samples
        while time.monotonic() - begun < due and soaked.seen.errors < ENOUGH_ERRORS:
            await asyncio.sleep(min(1.0, max(0.0, begun + due - time.monotonic())))
        if time.monotonic() - begun >= plan.minutes * 60 or soaked.seen.errors >= ENOUGH_ERRORS:
            is_over.set()
    await visiting
    _take_sample(server, soaked, (time.monotonic() - begun) / 60, told)
    return soaked


def _take_sample(server: Server, soaked: Soaked, minute: float, told: TextIO) -> None:
    soaked.samples.append(Sample(minute, memory_megabytes(server.process)))
    seen = soaked.seen
    line = {
        "minute": round(minute, 2),
        "rss_mb": round(soaked.samples[-1].megabytes, 1),
        "reruns": seen.reruns,
        "sessions": seen.sessions,
        "files": seen.files,
        "errors": seen.errors,
    }
    told.write(json.dumps(line) + "\n")
    told.flush()


def slope(samples: Sequence[Sample]) -> float:
    """Megabytes a minute, by least squares; 0 for fewer than two samples."""
    if len(samples) < 2:
        return 0.0
    return statistics.linear_regression([each.minute for each in samples], [each.megabytes for each in samples]).slope


def figures_of(soaked: Soaked) -> Iterator[Figure]:
    """The verdict: no error of any kind, and, of a run long enough to tell, memory within 10 % of when it settled."""
    seen, none_at_all = soaked.seen, Target(0, Compared.VALUE)
    yield Figure(_SECTION, "minutes", soaked.samples[-1].minute, "")
    for name, number in (
        ("people at once", soaked.plan.sessions),
        ("sessions opened", seen.sessions),
        ("reruns", seen.reruns),
        ("pages visited, of seven", len(seen.pages)),
        ("entries pasted", seen.entries),
        ("files made and fetched", seen.files),
        ("lines cut without goodbye", seen.cut_lines),
    ):
        yield Figure(_SECTION, name, number, "")
    for name, number in (
        ("exceptions on pages", seen.faulty_pages),
        ("sockets lost", seen.lost_sockets),
        ("changes unanswered", seen.unanswered),
        ("lists with an entry lost", seen.entries_lost),
        ("files lost before they were fetched", seen.files_lost),
    ):
        yield Figure(_SECTION, name, number, "", None, none_at_all)
    yield from _growth(soaked)


def _growth(soaked: Soaked) -> Iterator[Figure]:
    megabytes = [each.megabytes for each in soaked.settled]
    first, last = statistics.median(megabytes[:_COMPARED]), statistics.median(megabytes[-_COMPARED:])
    is_judged = soaked.plan.minutes >= LEAST_MINUTES_TO_JUDGE
    name = f"memory, last {_COMPARED} samples beside first {_COMPARED} from minute {soaked.plan.settling_minutes:.2g}"
    yield Figure(_SECTION, name, last, "MB", first, Target(1.1) if is_judged else None)
    yield Figure(_SECTION, "memory, slope from then on", slope(soaked.settled) * 60, "MB an hour")
    yield Figure(_SECTION, "memory, most", max(each.megabytes for each in soaked.samples), "MB")


def _plan() -> Plan:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=30.0, help=f"at most {MOST_MINUTES:g}")
    parser.add_argument("--sessions", type=int, default=20, help=f"at once, at most {MOST_SESSIONS}")
    parser.add_argument("--seed", type=int, default=1, help="the same seed, the same people")
    given = parser.parse_args()
    try:
        return Plan(given.minutes, given.sessions, given.seed)
    except ValueError as fault:
        parser.error(str(fault))


def main() -> int:
    """Exit status 0 when every target was met."""
    plan = _plan()
    _FILE.parent.mkdir(parents=True, exist_ok=True)
    with _FILE.open("w", encoding="utf-8") as told, ours() as server:
        visit(urlsplit(server.url).port or 0)  # as make run does; imports are paid for before anybody comes
        told.write(json.dumps({"machine": machine(), "sessions": plan.sessions, "seed": plan.seed}) + "\n")
        soaked = soak(server, plan, told)
    figures = list(figures_of(soaked))
    print(table(figures))
    for reason, times in soaked.seen.reasons.most_common():
        print(f"{times} x {reason}")
    if plan.minutes < LEAST_MINUTES_TO_JUDGE:
        print(f"Growth is not judged in less than {LEAST_MINUTES_TO_JUDGE:g} minutes.")
    return 1 if any(each.met is False for each in figures) else 0


if __name__ == "__main__":
    sys.exit(main())
