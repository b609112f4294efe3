"""Charts built from the real data, each with everything chosen that can be."""

from collections.abc import Callable
from functools import partial

from benchmarks.figures import Figure
from benchmarks.timing import median_ms
from components.charts.extra_pictures import extra_picture
from components.charts.mark_lanes import lanes_with_marks, marks_picture
from components.charts.onset_pictures import by_lane_and_scale, explorer_picture, hundred_picture
from components.charts.picture import Look, Picture
from components.charts.time_axis import TimeScale, time_axis
from components.clinical.extra_responders import extra_responders
from components.clinical.knowledge_base import load_knowledge_base
from components.clinical.onset_base import OnsetBase
from components.clinical.onset_choice import EXPLORER_METRICS, OnsetChoice, chosen_results, in_panels
from components.clinical.onset_terms import Lane, OnsetView


def time_charts() -> list[Figure]:
    """Medians of building each chart; the browser is not waited for."""
    base = load_knowledge_base().onset
    look, marks = Look(), [mark for mark in base.marks if mark.view is OnsetView.HOW_SOON]
    found = extra_responders(base)
    tasks: dict[str, Callable[[], object]] = {
        "lanes: how soon": lambda: marks_picture(marks, lanes_with_marks(marks), time_axis(TimeScale.ALL), look, ""),
        "panels: extra responders": lambda: extra_picture(found, time_axis(TimeScale.ALL), look, ""),
        "squares: all pairs of 100": lambda: hundred_picture(base, base.out_of_100, look),
    }
    for metric in EXPLORER_METRICS:
        choice = OnsetChoice(lanes=tuple(Lane), metric=metric)
        tasks[f"panels: {metric.value}"] = partial(_explore, base, choice, look)
    return [Figure("charts", name, median_ms(task, 10), "ms") for name, task in tasks.items()]


def _explore(base: OnsetBase, choice: OnsetChoice, look: Look) -> list[Picture]:
    results = chosen_results(base, choice)
    return [explorer_picture(base, each, choice, look) for each in by_lane_and_scale(in_panels(results))]
