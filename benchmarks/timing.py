"""One way to take a time."""

import statistics
import time
from collections.abc import Callable


def milliseconds(task: Callable[[], object], runs: int) -> tuple[float, float]:
    """Median and 95th percentile over ``runs`` runs, in ms."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        task()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times), statistics.quantiles(times, n=20)[-1]
