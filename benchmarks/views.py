"""A rerun of each view, whole page and views alone, with nothing new to draw, beside one empty Plotly chart."""

import asyncio
import statistics
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from urllib.parse import urlencode

from benchmarks.figures import Figure
from benchmarks.servers import ours
from benchmarks.session import opened
from components.clinical.guide_words import GUIDE_VIEW_TITLES
from components.clinical.knowledge_base import KnowledgeBase, load_knowledge_base

_SECTION = "views"
_WARM_UP, _ROUNDS = 3, 10


def time_views() -> list[Figure]:
    """Median rerun at one session; the floor, an empty chart in the same frame, is rerun in turns with each view."""
    return asyncio.run(_time_views())


async def _time_views() -> list[Figure]:
    figures: list[Figure] = []
    with ours("benchmarks/floor_app.py") as floor_server, ours() as server:
        async with opened(floor_server, "") as floor:
            for page, parameter, title in _views(load_knowledge_base()):
                async with opened(server, page, urlencode({parameter: title})) as session:
                    tasks = (floor.rerun, session.rerun, session.rerun_fragment)
                    beside, whole, views = await _in_turns(tasks)
                figures.append(Figure(_SECTION, f"{page}, {title}: whole page", whole, "ms", beside))
                figures.append(Figure(_SECTION, f"{page}, {title}: views alone", views, "ms", beside))
    return figures


def _views(base: KnowledgeBase) -> Iterator[tuple[str, str, str]]:
    """Page, name in the address and title."""
    yield from (("onset_timeline", "view", each.title) for each in base.onset.views.values())
    yield from (
        ("side_effects", "effects", each.title) for each in base.side_effects.views.values() if each.id != "serious"
    )
    yield from (("patient_guide", "guide_view", title) for title in GUIDE_VIEW_TITLES.values())


async def _in_turns(tasks: Sequence[Callable[[], Awaitable[None]]]) -> list[float]:
    """Medians in ms; the tasks take turns, so that whatever else the machine does falls on all of them alike."""
    times = [[await _once(task) for task in tasks] for _ in range(_WARM_UP + _ROUNDS)]
    return [statistics.median(column) for column in zip(*times[_WARM_UP:], strict=True)]


async def _once(task: Callable[[], Awaitable[None]]) -> float:
    start = time.perf_counter()
    await task()
    return (time.perf_counter() - start) * 1000
