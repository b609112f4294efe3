"""One way to take a time."""

import statistics
import time
from collections.abc import Callable, Sequence


def milliseconds(task: Callable[[], object], runs: int) -> tuple[float, float]:
    """Median and 95th percentile over ``runs`` runs, in ms."""
    times = [_once(task) for _ in range(runs)]
    return statistics.median(times), statistics.quantiles(times, n=20)[-1]


def in_turns(tasks: Sequence[Callable[[], object]], rounds: int) -> list[float]:
    """Medians in ms; the tasks take turns, so that whatever else the machine does falls on all of them alike."""
    times = [[_once(task) for task in tasks] for _ in range(rounds)]
    return [statistics.median(column) for column in zip(*times, strict=True)]


def _once(task: Callable[[], object]) -> float:
    start = time.perf_counter()
    task()
    return (time.perf_counter() - start) * 1000
