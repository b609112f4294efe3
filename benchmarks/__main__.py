"""All timings in one run, or the sections named: python -m benchmarks reruns memory. See docs/performance.md."""

import argparse
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.browser import count_bytes, time_browser
from benchmarks.charts import time_charts
from benchmarks.drawing import draw
from benchmarks.engine import time_engine
from benchmarks.figures import Figure, table, write_json
from benchmarks.memory import measure_memory
from benchmarks.replicas import compare_replicas
from benchmarks.reruns import time_reruns
from benchmarks.sheets import time_sheets
from benchmarks.start import time_start
from benchmarks.views import time_views

SECTIONS: dict[str, Callable[[], list[Figure]]] = {
    "engine": time_engine,
    "charts": time_charts,
    "sheets": time_sheets,
    "start": time_start,
    "reruns": time_reruns,
    "views": time_views,
    "memory": measure_memory,
    "browser": time_browser,
    "bytes": count_bytes,
    "replicas": compare_replicas,
}
_ROOT = Path(__file__).resolve().parents[1]
_RESULTS, _PICTURE = _ROOT / "benchmarks/results/latest.json", _ROOT / "docs/images/performance.svg"


def main() -> None:
    """Only a run of all sections replaces the committed figures and their picture."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("sections", nargs="*", metavar="section", help=", ".join(SECTIONS))
    chosen: list[str] = parser.parse_args().sections or list(SECTIONS)
    if unknown := [each for each in chosen if each not in SECTIONS]:
        parser.error(f"there is no section {unknown[0]}; there are {', '.join(SECTIONS)}")
    figures: list[Figure] = []
    try:
        for name in chosen:
            start = time.monotonic()
            figures += SECTIONS[name]()
            print(f"{name}: {time.monotonic() - start:.0f} s", flush=True)
    finally:
        print(f"\n{table(figures)}")
    if set(chosen) == set(SECTIONS):
        write_json(figures, _RESULTS)
        _PICTURE.write_text(draw(figures), encoding="utf-8")


if __name__ == "__main__":
    main()
