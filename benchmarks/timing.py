"""One way to take a time."""

import statistics
import time
from collections.abc import Callable


def median_ms(task: Callable[[], object], runs: int) -> float:
    """Median over ``runs`` runs, in ms."""
    return statistics.median(_once(task) for _ in range(runs))


def _once(task: Callable[[], object]) -> float:
    start = time.perf_counter()
    task()
    return (time.perf_counter() - start) * 1000
