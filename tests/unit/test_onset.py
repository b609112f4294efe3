"""The timeline's figures: what is computed and chosen, and that each picture draws just that and joins no studies."""

import csv
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from io import StringIO
from itertools import pairwise
from math import log10
from typing import Any

import plotly.graph_objects as go
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from components.charts.extra_pictures import extra_picture
from components.charts.mark_lanes import AXES_OF_LANES
from components.charts.onset_pictures import explorer_picture, results_axis
from components.charts.panels import LARGEST, SMALLEST, marker_size
from components.charts.people import squares
from components.charts.picture import HOVER_WIDTH, Look, hover_text
from components.charts.time_axis import ASIDE, ASIDE_LINEAR, INSET, TimeAxis, TimeScale, time_axis
from components.clinical.extra_responders import ExtraResponders, extra_responders
from components.clinical.intervals import count_behind, newcombe_difference
from components.clinical.knowledge_base import KnowledgeBase
from components.clinical.onset_base import ArmResult, OnsetBase
from components.clinical.onset_choice import EXPLORER_METRICS, OnsetChoice, chosen_results, in_panels, not_drawn
from components.clinical.onset_tables import extra_rows, mark_rows, result_rows
from components.clinical.onset_terms import IntervalMethod, Lane, Masking, Metric, Resistance, Role
from components.clinical.shares import Origin
from components.exchange.table_csv import FORMULA_STARTS, rows_as_csv

house = settings(deadline=None, derandomize=True, max_examples=60)

AXES = [*(time_axis(scale) for scale in TimeScale), *AXES_OF_LANES.values()]
ENDS = {TimeScale.FIRST_WEEK: 7 * 24.0, TimeScale.TWELVE_WEEKS: 12 * 168.0}


@pytest.fixture(scope="session")
def onset(base: KnowledgeBase) -> OnsetBase:
    return base.onset


@pytest.fixture(scope="session")
def extra(onset: OnsetBase) -> dict[str, ExtraResponders]:
    return {each.result.point.id: each for each in extra_responders(onset)}


# --- intervals


@pytest.mark.parametrize(
    ("counts", "difference", "low", "high"),
    [
        ((56, 70, 48, 80), 0.20, 0.0524, 0.3339),
        ((9, 10, 3, 10), 0.60, 0.1705, 0.8090),
        ((6, 7, 2, 7), 0.5714, 0.0582, 0.8062),
        ((5, 56, 0, 29), 0.0893, -0.0381, 0.1926),
        ((0, 10, 0, 20), 0.0, -0.1611, 0.2775),
        ((0, 10, 0, 10), 0.0, -0.2775, 0.2775),
        ((10, 10, 0, 20), 1.0, 0.6791, 1.0),
        ((10, 10, 0, 10), 1.0, 0.6075, 1.0),
    ],
)
def test_newcombe_gives_the_published_intervals(
    counts: tuple[int, int, int, int], difference: float, low: float, high: float
) -> None:
    """Newcombe 1998 (Stat Med 17: 873-890), table II, method 10: his eight contrasts, zero events among them."""
    found = newcombe_difference(*counts)
    wanted = (100 * difference, 100 * low, 100 * high)
    assert (found.value, found.low, found.high) == pytest.approx(wanted, abs=0.006)


@house
@given(st.integers(1, 400), st.integers(1, 400), st.data())
def test_newcombe_holds_its_value_and_turns_with_its_arms(people: int, others: int, data: st.DataObject) -> None:
    events, other_events = data.draw(st.integers(0, people)), data.draw(st.integers(0, others))
    one = newcombe_difference(events, people, other_events, others)
    other = newcombe_difference(other_events, others, events, people)
    assert -100 <= one.low <= one.value + 1e-9
    assert one.value - 1e-9 <= one.high <= 100
    assert (one.value, one.low, one.high) == pytest.approx((-other.value, -other.high, -other.low), abs=1e-9)


@pytest.mark.parametrize(
    ("percent", "people", "count"),
    [
        (64, 47, 30),
        (28, 25, 7),
        (54.5, 11, 6),
        (46.9, 32, 15),
        (0, 10, 0),
        (100, 10, 10),
        (12.5, 8, 1),
        (50, 1000, None),  # 495 to 505 people give 50 %
        (17.3, 3180, None),  # 549 to 551 people give 17.3 %
        (33, 10, None),  # nobody: 3 of 10 are 30 %
        (54.4, 11, None),  # 6 of 11 are 54.5 %
        (7, 3, None),
    ],
)
def test_count_behind_a_percentage(percent: float, people: int, count: int | None) -> None:
    assert count_behind(percent, people) == count


@house
@given(st.integers(1, 300), st.data())
def test_a_count_that_is_found_gives_the_percentage(people: int, data: st.DataObject) -> None:
    events = data.draw(st.integers(0, people))
    assert count_behind(round(100 * events / people, 1), people) in (events, None)


# --- extra responders

EXTRA = """
    synapse-esk84-response-pct-2h                                         40.2    9.2   64.5  FROM_COUNTS
    transform-pooled-esk-response-pct-24h                                  7.9    1.8   13.5  FROM_COUNTS
    transform-pooled-esk-response-pct-672h                                13.5    4.7   22.0  FROM_COUNTS
    transform3-esk-response-pct-672h                                      13.7   -0.7   27.3  FROM_COUNTS
    lii-2023-ket-response-pct-24h                                         10.0  -19.3   37.0  FROM_COUNTS
    lii-2023-ket-response-pct-336h                                       -15.8  -42.6   14.8  FROM_COUNTS
    hu-2016-ket-response-pct-672h                                         35.2    1.7   60.5  FROM_COUNTS
    murrough-2013-ajp-ket-response-pct-24h                                35.8   11.6   54.2  FROM_IMPLIED_COUNTS
    karma2-ket-response-pct-672h                                          13.5  -10.5   35.4  FROM_IMPLIED_COUNTS
    arabzadeh-2018-ket-response-pct-1008h                                 27.9    8.2   45.0  FROM_IMPLIED_COUNTS
    elektd-ket-response-pct-504h                                          14.2    3.9   24.2  REPORTED
    taylor-2006-ssri-difference-wk1                                        4.0      -      -  REPORTED
    taylor-2006-ssri-difference-wk6                                       12.0      -      -  REPORTED
    cochrane-ket-vs-midazolam-response-pct-24h-absolute-rate-anticipate   20.6      -      -  FROM_PERCENTAGES
    wilkinson-2019-ket-sal-response-pct-24h-model-estimated-day-1         45.0      -      -  FROM_PERCENTAGES
"""
"""Point of the treatment arm, extra in 100, low, high, origin. Worked out beside the code with Wilson's formula."""


@pytest.mark.parametrize("row", [row.split() for row in EXTRA.strip().splitlines()], ids=lambda row: row[0])
def test_extra_responders(extra: dict[str, ExtraResponders], row: list[str]) -> None:
    point, *figures, origin = row
    found = extra[point]
    wanted = tuple(None if figure == "-" else float(figure) for figure in figures)
    assert tuple(None if each is None else round(each, 1) for each in (found.value, found.low, found.high)) == wanted
    assert found.origin is Origin[origin]


def test_a_difference_that_we_pooled_is_not_called_the_sources_own(extra: dict[str, ExtraResponders]) -> None:
    """Mantel-Haenszel differences are worked out here from the counts of the trials; no source prints them."""
    ours = (IntervalMethod.MANTEL_HAENSZEL, IntervalMethod.INVERSE_VARIANCE)
    pooled = [name for name, each in extra.items() if each.result.point.interval in ours]
    assert pooled
    assert [name for name in pooled if extra[name].origin is Origin.REPORTED] == []


def test_extra_responders_are_sorted_and_come_from_treatment_arms(onset: OnsetBase) -> None:
    found = extra_responders(onset)
    assert len(found) >= 40
    hours = [each.result.point.hours or 0 for each in found]
    assert hours == sorted(hours)
    assert {each.result.series.role for each in found} == {Role.TREATMENT}
    assert {each.result.point.shown for each in found} == {"chart"}
    assert max(Counter(each.result.point.id for each in found).values()) == 1


def test_a_study_that_prints_its_difference_is_not_derived_again(extra: dict[str, ExtraResponders]) -> None:
    metrics: dict[str, set[Metric]] = {}
    for each in extra.values():
        metrics.setdefault(each.result.series.study, set()).add(each.result.point.metric)
    assert {study for study, used in metrics.items() if len(used) > 1} == set()


@pytest.mark.parametrize(
    ("point", "rates", "comparator"),
    [
        ("murrough-2013-ajp-ket-response-pct-24h", (64, 28), "murrough-2013-ajp-mid-response-pct-24h"),
        ("elektd-ket-response-pct-504h", (55.4, 41.2), "elektd-ect-response-pct-504h"),
        (
            "wilkinson-2019-ket-sal-response-pct-24h-model-estimated-day-1",
            (46, 1),
            "wilkinson-2019-sal-response-pct-24h-model-estimated-day-1",
        ),
        ("cochrane-ket-vs-midazolam-response-pct-24h-absolute-rate-anticipate", (46.5, 25.9), None),
        ("taylor-2006-ssri-difference-wk1", None, None),
        ("linde-2015-ssri-difference-6-8wk", None, None),
    ],
)
def test_the_two_rates_behind_a_difference_are_those_that_were_read(
    extra: dict[str, ExtraResponders], point: str, rates: tuple[float, float] | None, comparator: str | None
) -> None:
    found = extra[point]
    assert found.rates == rates
    assert (found.comparator.point.id if found.comparator else None) == comparator


@pytest.mark.parametrize(
    ("events", "origin"),
    [(None, Origin.FROM_PERCENTAGES), (45, Origin.FROM_COUNTS)],
    ids=["estimated by a model", "counted"],
)
def test_only_people_who_were_counted_give_an_interval(onset: OnsetBase, events: int | None, origin: Origin) -> None:
    """Rates that a model pooled over trials are of no one group, even where a number of people stands beside them."""
    pooled = onset.results["wilkinson-2019-ket-sal-response-pct-24h-model-estimated-day-1"]
    control = onset.comparator_of(pooled)
    assert control is not None
    told = [
        replace(each, point=each.point.model_copy(update={"people": 100, "events": events}))
        for each in (pooled, control)
    ]
    series = {each.series.id: each.series.model_copy(update={"points": (each.point,)}) for each in told}
    results = {each.point.id: replace(each, series=series[each.series.id]) for each in told}
    (found,) = extra_responders(replace(onset, series=series, results=results))
    assert found.origin is origin
    assert (found.low is None, found.high is None) == (events is None, events is None)


# --- time axis


@house
@given(st.sampled_from(AXES), st.floats(0, 20_000), st.floats(0, 20_000))
def test_later_never_lies_further_left(axis: TimeAxis, one: float, other: float) -> None:
    earlier, later = sorted((one, other))
    assert 0 <= axis.fraction(earlier) <= axis.fraction(later) <= 1


@pytest.mark.parametrize("axis", AXES)
def test_hour_0_stands_at_the_left_edge(axis: TimeAxis) -> None:
    assert axis.shows(0)
    assert axis.position(0) == axis.start
    assert axis.fraction(0) == pytest.approx(INSET / (1 + 2 * INSET))
    assert axis.fraction(axis.end) == pytest.approx(1 - INSET / (1 + 2 * INSET))


@pytest.mark.parametrize("axis", AXES)
def test_ticks_lie_on_the_axis_and_fractions_fit_its_range(axis: TimeAxis) -> None:
    layout = axis.layout()
    left, right = layout["range"]
    assert len(layout["tickvals"]) == len(layout["ticktext"]) >= 4
    for hours in layout["tickvals"]:
        assert axis.start <= hours <= axis.end
        drawn = log10(hours) if axis.logarithmic else hours
        assert left < drawn < right
        assert axis.fraction(hours) == pytest.approx((drawn - left) / (right - left))


@pytest.mark.parametrize("axis", AXES)
def test_ticks_tell_their_hour(axis: TimeAxis) -> None:
    units = {"min": 1 / 60, "h": 1, "d": 24, "wk": 168, "mo": 730.5}
    layout = axis.layout()
    named = [each for each in zip(layout["tickvals"], layout["ticktext"], strict=True) if each[1]]
    for hours, words in named:
        if words == "start":
            assert hours == 0
        else:
            figure, unit = words.split()
            assert hours == pytest.approx(float(figure) * units[unit])
    assert len(named) >= 4
    assert layout["ticktext"][-1]


@pytest.mark.parametrize("axis", AXES)
def test_only_ticks_without_room_are_left_without_words(axis: TimeAxis) -> None:
    layout = axis.layout()
    named = [tick for tick in zip(layout["tickvals"], layout["ticktext"], strict=True) if tick[1]]
    assert all(axis.has_room(earlier, later) for earlier, later in pairwise(named))
    shortest = "3 d"
    for hours in set(layout["tickvals"]) - {each for each, _ in named}:
        later = next(tick for tick in named if tick[0] > hours)
        assert not axis.has_room((hours, shortest), later)


def limits_beside(axis: TimeAxis, hours: float) -> tuple[float, float]:
    """How far to the left and to the right a result of this hour may stand."""
    true = max(hours, axis.start)
    room = (axis.end - axis.start) * ASIDE_LINEAR
    left, right = (true / ASIDE, true * ASIDE) if axis.logarithmic else (true - room, true + room)
    return max(left, axis.start) - 1e-9, right + 1e-9


def test_aside_is_a_small_step() -> None:
    assert 1 < ASIDE <= 1.15
    assert 0 < ASIDE_LINEAR <= 0.01


@house
@given(st.sampled_from(AXES), st.floats(-1, 1), st.floats(-1, 1), st.data())
def test_beside_leaves_far_apart_times_in_order(axis: TimeAxis, left: float, right: float, data: st.DataObject) -> None:
    earlier = data.draw(st.floats(axis.start, axis.end))
    later = data.draw(st.floats(axis.start, axis.end))
    room = 2.01 * ASIDE_LINEAR * (axis.end - axis.start)
    assume(later > 1.001 * ASIDE**2 * earlier if axis.logarithmic else later - earlier > room)
    assert axis.beside(earlier, left) < axis.beside(later, right)


@house
@given(st.sampled_from(AXES), st.floats(-1, 1), st.data())
def test_beside_stays_near_and_never_leaves_the_start(axis: TimeAxis, part: float, data: st.DataObject) -> None:
    hours = data.draw(st.one_of(st.just(0.0), st.floats(axis.start, axis.end)))
    left, right = limits_beside(axis, hours)
    assert axis.start <= axis.beside(hours, part)
    assert left <= axis.beside(hours, part) <= right
    assert axis.beside(hours, 0) == max(hours, axis.start)


@pytest.mark.parametrize("axis", AXES)
def test_beside_without_a_step_is_the_time_itself(axis: TimeAxis) -> None:
    assert axis.beside(axis.end, 0) == axis.end
    assert axis.beside(axis.end / 2, -1) < axis.end / 2 < axis.beside(axis.end / 2, 1)


@pytest.mark.parametrize("metric", EXPLORER_METRICS)
def test_the_axis_of_all_time_reaches_every_result(onset: OnsetBase, metric: Metric) -> None:
    results = chosen_results(onset, OnsetChoice(lanes=tuple(Lane), metric=metric))
    axis = results_axis(results, TimeScale.ALL)
    assert [each.point.id for each in results if not axis.shows(each.point.hours or 0)] == []
    clocks = {each.point.clock for each in results}
    assert ("end of the course" in axis.title) == ("end_of_course" in clocks)


# --- signs and words


@house
@given(st.integers(1, 40_000), st.integers(1, 40_000))
def test_more_people_never_make_a_smaller_marker(one: int, other: int) -> None:
    fewer, more = sorted((one, other))
    assert SMALLEST <= marker_size(fewer) <= marker_size(more) <= LARGEST
    assert marker_size(None) == SMALLEST < marker_size(10) < marker_size(300)


@pytest.mark.parametrize(
    ("percent", "filled"), [(0, 0), (0.4, 0), (9.4, 9), (57.4, 57), (57.5, 58), (58.5, 59), (99.5, 100), (100, 100)]
)
def test_squares_round_halves_up(percent: float, filled: int) -> None:
    assert squares(percent) == filled


def test_hover_text_is_never_markup() -> None:
    assert hover_text("A <b>bold</b> & risky", None, "p < 0.05", "") == (
        "<b>A &lt;b&gt;bold&lt;/b&gt; &amp; risky</b><br>p &lt; 0.05"
    )
    assert hover_text() == hover_text(None, "") == ""
    lines = hover_text("word " * 60).split("<br>")
    assert len(lines) > 3
    assert max(len(line) for line in lines) <= HOVER_WIDTH + len("<b></b>")


# --- what the explorer draws


@dataclass(frozen=True)
class Drawn:
    """One marker of a figure."""

    panel: str
    x: float
    y: float
    low: float | None
    high: float | None
    id: str
    hours: float
    words: str


def segments_of(figure: go.Figure) -> list[list[Drawn]]:
    """Markers between empty rows: the most that a line joins."""
    found: list[list[Drawn]] = []
    for trace in figure.data:
        assert trace.connectgaps is False
        segment: list[Drawn] = []
        up, down = trace.error_y.array, trace.error_y.arrayminus
        columns = (trace.x, trace.y, up, down, trace.customdata, trace.text)
        for x, y, above, below, data, words in zip(*columns, strict=True):
            if y is None:
                assert x is None
                found.append(segment)
                segment = []
                continue
            hover, point, hours = data
            assert hover.startswith("<b>")
            high = None if above is None else y + above
            low = None if below is None else y - below
            segment.append(Drawn(trace.yaxis, x, y, low, high, point, hours, words))
        found.append(segment)
    return [segment for segment in found if segment]


def within_scale(results: Iterable[ArmResult], scale: TimeScale) -> list[str]:
    """Ids of results that a scale must show: all but those after its end."""
    return [each.point.id for each in results if (each.point.hours or 0) <= ENDS.get(scale, float("inf"))]


def drawn_panels(figure: go.Figure) -> int:
    """How many panels a figure has: each has a value axis of its own, and something on it."""
    axes = {name.removesuffix("axis").replace("axis", "") for name in figure.layout if name.startswith("yaxis")}
    assert axes == {trace.yaxis for trace in figure.data}
    return len(axes)


def out_of_place(segments: list[list[Drawn]], axis: TimeAxis) -> list[str]:
    """Markers that stand beside their hour without need, too far from it, on each other, or left of the start."""
    by_hour: dict[tuple[str, float], list[Drawn]] = {}
    for marker in (marker for segment in segments for marker in segment):
        by_hour.setdefault((marker.panel, marker.hours), []).append(marker)
    found = []
    for (_, hours), together in by_hour.items():
        left, right = limits_beside(axis, hours)
        found += [f"{each.id} is too far" for each in together if not left <= each.x <= right]
        found += [f"{each.id} is left of the start" for each in together if each.x < axis.start]
        if len(together) == 1 and together[0].x != max(hours, axis.start):
            found.append(f"{together[0].id} is alone and aside")
        if len({each.x for each in together if each.x > axis.start}) < sum(each.x > axis.start for each in together):
            found.append(f"{together[0].id} and others stand on each other")
    return found


def some_of(values: Any) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(st.sampled_from(list(values)), unique=True).map(tuple)


choices = st.builds(
    OnsetChoice,
    lanes=some_of(Lane),
    metric=st.sampled_from(EXPLORER_METRICS),
    resistances=some_of(Resistance),
    comparators=st.booleans(),
    masked_only=st.booleans(),
)
wide_choices = st.builds(
    OnsetChoice,
    lanes=st.just(tuple(Lane)),
    metric=st.sampled_from(EXPLORER_METRICS),
    comparators=st.booleans(),
    masked_only=st.booleans(),
)
scales = st.sampled_from(TimeScale)


def close(one: float | None, other: float | None) -> bool:
    return one is other if one is None or other is None else abs(one - other) < 1e-9


@settings(house, max_examples=150)
@given(st.one_of(choices, wide_choices), scales)
def test_the_explorer_draws_what_was_read_and_joins_one_arm_only(
    onset: OnsetBase, choice: OnsetChoice, scale: TimeScale
) -> None:
    results = chosen_results(onset, choice)
    assume(results)
    within = within_scale(results, scale)
    assume(within)
    panels = in_panels(results)
    axis = results_axis(results, scale)
    figure = explorer_picture(panels, choice, axis, Look()).figure
    segments = segments_of(figure)
    assert out_of_place(segments, axis) == []
    for marker in (marker for segment in segments for marker in segment):
        result = onset.results[marker.id]
        assert result in results
        assert (result.point.metric, result.point.shown) == (choice.metric, "chart")
        assert (marker.y, marker.hours) == (result.point.value, result.point.hours)
        assert close(marker.low, result.point.low), marker.id
        assert close(marker.high, result.point.high), marker.id
    for segment in segments:
        assert len({onset.results[marker.id].series.id for marker in segment}) == 1
        for earlier, later in pairwise(segment):
            assert earlier.hours <= later.hours
            assert earlier.x <= later.x
    for panel in {segment[0].panel for segment in segments}:
        held = [onset.results[marker.id] for segment in segments for marker in segment if marker.panel == panel]
        assert len({(each.series.lane, each.series.resistance) for each in held}) == 1
        assert not choice.metric.depends_on_scale or len({each.point.scale for each in held}) == 1
    assert Counter(marker.id for segment in segments for marker in segment) == Counter(within)
    assert drawn_panels(figure) == len(in_panels(each for each in results if each.point.id in within))
    assert len(figure.data) <= 2 * drawn_panels(figure)


@settings(house, max_examples=60)
@given(choices, scales)
def test_extra_responders_are_drawn_as_they_are(
    onset: OnsetBase, extra: dict[str, ExtraResponders], choice: OnsetChoice, scale: TimeScale
) -> None:
    found = [each for each in extra.values() if choice.allows(each.result)]
    within = within_scale([each.result for each in found], scale)
    assume(within)
    axis = results_axis([each.result for each in found], scale)
    figure = extra_picture(found, axis, Look(), "").figure
    segments = segments_of(figure)
    assert out_of_place(segments, axis) == []
    for segment in segments:
        assert len({onset.results[marker.id].series.id for marker in segment}) == 1
        for marker in segment:
            each = extra[marker.id]
            assert each in found
            assert (marker.y, marker.hours) == (each.value, each.result.point.hours)
            assert close(marker.low, each.low), marker.id
            assert close(marker.high, each.high), marker.id
    assert Counter(marker.id for segment in segments for marker in segment) == Counter(within)
    assert drawn_panels(figure) == len({extra[name].result.series.lane for name in within})
    assert len(figure.data) <= 2 * drawn_panels(figure)


def explored(onset: OnsetBase, choice: OnsetChoice, scale: TimeScale) -> go.Figure:
    """The explorer's figure; an empty one where no result lies in that time, as the page then draws none."""
    results = chosen_results(onset, choice)
    assert results
    if not within_scale(results, scale):
        assert (choice.metric, scale) == (Metric.RELAPSE, TimeScale.FIRST_WEEK), "only relapse takes weeks"
        return go.Figure()
    return explorer_picture(in_panels(results), choice, results_axis(results, scale), Look()).figure


def beyond_the_edge(figure: go.Figure) -> list[str]:
    """Markers outside the range of their axes: Plotly hides them, interval and all (its cliponaxis is off here)."""
    found = []
    for marker in (marker for segment in segments_of(figure) for marker in segment):
        number = marker.panel.removeprefix("y")
        across, up = figure.layout[f"xaxis{number}"], figure.layout[f"yaxis{number}"]
        x = log10(marker.x) if across.type == "log" else marker.x
        if not (across.range[0] <= x <= across.range[1] and up.range[0] <= marker.y <= up.range[1]):
            found.append(f"{marker.id} at {marker.x:.1f} h")
    return found


@pytest.mark.parametrize("scale", TimeScale)
@pytest.mark.parametrize("metric", EXPLORER_METRICS)
def test_no_result_is_drawn_beyond_the_edge(onset: OnsetBase, metric: Metric, scale: TimeScale) -> None:
    choice = OnsetChoice(lanes=tuple(Lane), metric=metric)
    assert beyond_the_edge(explored(onset, choice, scale)) == []


@pytest.mark.parametrize("scale", TimeScale)
def test_no_extra_responders_are_drawn_beyond_the_edge(extra: dict[str, ExtraResponders], scale: TimeScale) -> None:
    axis = results_axis([each.result for each in extra.values()], scale)
    assert beyond_the_edge(extra_picture(list(extra.values()), axis, Look(), "").figure) == []


@pytest.mark.parametrize("scale", TimeScale)
@pytest.mark.parametrize("metric", EXPLORER_METRICS)
def test_the_patients_own_medicine_is_named_where_its_line_ends(
    onset: OnsetBase, metric: Metric, scale: TimeScale
) -> None:
    mine = ("duloxetine", "fluoxetine", "paroxetine", "sertraline")
    choice = OnsetChoice(lanes=tuple(Lane), metric=metric, highlighted=mine)
    for segment in segments_of(explored(onset, choice, scale)):
        series = onset.results[segment[0].id].series
        own = series.medicine if series.role is Role.TREATMENT and series.medicine in mine else None
        words = [marker.words.strip() for marker in segment]
        assert words == [""] * (len(segment) - 1) + [f"<b>{own}</b>" if own else ""], series.id


# --- choices

MASKED = {Masking.MASKED, Masking.ACTIVE_PLACEBO, Masking.BROKEN, Masking.DOUBLE_BLIND}
"""What people feel does not tell their arm, or an active placebo was given, or both arms took tablets."""


@pytest.mark.parametrize("masking", Masking)
def test_masking_of_what_is_felt(masking: Masking) -> None:
    assert masking.masks_what_is_felt is (masking in MASKED)


@pytest.mark.parametrize("empty", [OnsetChoice(lanes=()), OnsetChoice(resistances=())])
def test_an_empty_choice_has_no_results(onset: OnsetBase, empty: OnsetChoice) -> None:
    assert chosen_results(onset, empty) == ()
    assert not_drawn(onset, empty) == ()
    assert in_panels(()) == {}


@house
@given(choices)
def test_what_is_not_drawn_says_why(onset: OnsetBase, choice: OnsetChoice) -> None:
    beside = not_drawn(onset, choice)
    assert {each.point.shown for each in beside} <= {"context", "table"}
    assert [each.point.id for each in beside if not each.point.shown_reason] == []
    allowed = {each.point.id for each in onset.results.values() if choice.allows(each)}
    both = [each.point.id for each in (*chosen_results(onset, choice), *beside)]
    of_metric = {name for name in allowed if onset.results[name].point.metric is choice.metric}
    assert Counter(both) == Counter(of_metric)


@house
@given(choices)
def test_a_choice_lets_through_what_it_names(onset: OnsetBase, choice: OnsetChoice) -> None:
    for result in chosen_results(onset, choice):
        series = result.series
        assert series.lane in choice.lanes
        assert series.resistance in choice.resistances
        assert choice.comparators or series.role is Role.TREATMENT
        assert series.masking in MASKED or not choice.masked_only


@pytest.mark.parametrize("metric", EXPLORER_METRICS)
def test_panels_stand_in_a_fixed_order(onset: OnsetBase, metric: Metric) -> None:
    results = chosen_results(onset, OnsetChoice(lanes=tuple(reversed(Lane)), metric=metric))
    panels = in_panels(results)
    lanes, populations = list(Lane), list(Resistance)
    order = [(lanes.index(key.lane), populations.index(key.resistance), key.scale) for key in panels]
    assert order == sorted(set(order))
    assert all(bool(key.scale) is metric.depends_on_scale for key in panels)
    assert list(in_panels(tuple(reversed(results)))) == list(panels)
    for arm in (arm for arms in panels.values() for arm in arms.values()):
        hours = [each.point.hours or 0 for each in arm]
        assert hours == sorted(hours)


# --- tables as CSV


def read_back(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_text_that_could_be_a_formula_is_harmless(start: str) -> None:
    (row,) = read_back(rows_as_csv([{"Study": f"{start}HYPERLINK(1)", "Value": 1}]))
    assert row["Study"] == f"'{start}HYPERLINK(1)"


def test_numbers_stay_numbers_and_accents_survive() -> None:
    content = rows_as_csv(
        [{"Wert": -18.9, "Zahl": -3, "Name": 'Möller, "É"\nzwei', "leer": None, "Minus": "-2 pooled"}]
    )
    assert content.startswith(b"\xef\xbb\xbf")
    (row,) = read_back(content)
    assert row == {"Wert": "-18.9", "Zahl": "-3", "Name": 'Möller, "É"\nzwei', "leer": "", "Minus": "'-2 pooled"}


def test_no_rows_give_an_empty_file() -> None:
    assert rows_as_csv([]) == b"\xef\xbb\xbf"


def test_every_table_of_the_timeline_survives_its_file(base: KnowledgeBase, extra: dict[str, ExtraResponders]) -> None:
    tables = [
        result_rows(base.onset.results.values(), base.sources),
        extra_rows(list(extra.values()), base.sources),
        mark_rows(base.onset.marks, base.sources),
    ]
    for rows in tables:
        read = read_back(rows_as_csv(rows))
        assert len(read) == len(rows) > 30
        for row, written in zip(read, rows, strict=True):
            for column, cell in written.items():
                if isinstance(cell, str):
                    assert row[column].removeprefix("'") == cell.removeprefix("'")
                    assert not row[column].startswith(FORMULA_STARTS)
                else:
                    assert row[column] == ("" if cell is None else str(cell))
