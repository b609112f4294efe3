"""The timeline's figures: what is computed and chosen, and that each picture draws just that and joins no studies."""

import csv
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from html import unescape
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
from components.charts.onset_pictures import by_lane_and_scale, explorer_picture, results_axis
from components.charts.people import squares
from components.charts.picture import HOVER_WIDTH, Look, hover_text
from components.charts.time_axis import INSET, TimeAxis, TimeScale, time_axis
from components.clinical.extra_responders import ExtraResponders, extra_responders
from components.clinical.intervals import count_behind, newcombe_difference
from components.clinical.knowledge_base import KnowledgeBase
from components.clinical.onset_base import ArmResult, OnsetBase
from components.clinical.onset_choice import EXPLORER_METRICS, OnsetChoice, chosen_results, in_panels, not_drawn
from components.clinical.onset_tables import extra_rows, mark_rows, result_rows
from components.clinical.onset_terms import IntervalMethod, Lane, Masking, Metric, Resistance, Role
from components.clinical.onset_words import LANE_NAMES, control_in_words, number
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


@pytest.mark.parametrize("metric", EXPLORER_METRICS)
def test_the_axis_of_all_time_reaches_every_result(onset: OnsetBase, metric: Metric) -> None:
    results = chosen_results(onset, OnsetChoice(lanes=tuple(Lane), metric=metric))
    axis = results_axis(results, TimeScale.ALL)
    assert [each.point.id for each in results if not axis.shows(each.point.hours or 0)] == []
    clocks = {each.point.clock for each in results}
    assert ("end of the course" in axis.title) == ("end_of_course" in clocks)


# --- signs and words


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
    """One sign of a figure."""

    x: float
    y: float
    low: float | None
    high: float | None
    id: str
    symbol: str
    colour: str


def signs_of(figure: go.Figure) -> list[Drawn]:
    """Every sign from top to bottom."""
    found = []
    for trace in figure.data:
        if trace.mode == "markers":
            columns = (trace.x, trace.y, trace.error_x.array, trace.error_x.arrayminus, trace.customdata)
            looks = (trace.marker.symbol, trace.marker.color)
            for x, y, above, below, (hover, point), symbol, colour in zip(*columns, *looks, strict=True):
                assert hover.startswith("<b>")
                high, low = None if above is None else x + above, None if below is None else x - below
                found.append(Drawn(x, y, low, high, point, symbol, colour))
    return sorted(found, key=lambda each: each.y)


def bridges_of(figure: go.Figure) -> set[tuple[float, float, float]]:
    """(height, from, to) of the lines that join a treatment to its comparator."""
    lines = [trace for trace in figure.data if trace.mode == "lines"]
    return {
        (trace.y[place], trace.x[place], trace.x[place + 1]) for trace in lines for place in range(0, len(trace.x), 3)
    }


def words_over(figure: go.Figure, height: float) -> list[str]:
    """Words from the one at a height upwards."""
    return [each.text for each in sorted(figure.layout.annotations, key=lambda each: -each.y) if each.y <= height]


def within_scale(results: Iterable[ArmResult], scale: TimeScale) -> list[str]:
    """Ids of results that a scale must show: all but those after its end."""
    return [each.point.id for each in results if (each.point.hours or 0) <= ENDS.get(scale, float("inf"))]


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


def explored(onset: OnsetBase, choice: OnsetChoice, scale: TimeScale) -> list[go.Figure]:
    """The explorer's figures, one for each treatment and scale, as the page draws them."""
    results = chosen_results(onset, choice)
    within = set(within_scale(results, scale))
    every = in_panels(each for each in results if each.point.id in within)
    pictures = (explorer_picture(onset, each, choice, Look(), "", every) for each in by_lane_and_scale(every))
    return [picture.figure for picture in pictures]


@settings(house, max_examples=150)
@given(st.one_of(choices, wide_choices), scales)
def test_the_explorer_draws_what_was_read_beside_its_own_comparator_only(
    onset: OnsetBase, choice: OnsetChoice, scale: TimeScale
) -> None:
    results = chosen_results(onset, choice)
    within = within_scale(results, scale)
    assume(within)
    figures = explored(onset, choice, scale)
    assert len({(each.layout.xaxis.title.text, each.layout.annotations[0].text) for each in figures}) == len(figures)
    seen: Counter[str] = Counter()
    for figure in figures:
        signs = signs_of(figure)
        seen.update(each.id for each in signs)
        held = [onset.results[each.id] for each in signs]
        assert len({each.series.lane for each in held}) == 1
        assert not choice.metric.depends_on_scale or len({each.point.scale for each in held}) == 1
        joined = set()
        for sign, result in zip(signs, held, strict=True):
            assert result in results
            assert (result.point.metric, result.point.shown) == (choice.metric, "chart")
            assert sign.x == result.point.value
            assert close(sign.low, result.point.low), sign.id
            assert close(sign.high, result.point.high), sign.id
            assert sign.symbol.startswith("diamond" if result.series.role is Role.COMPARATOR else "circle")
            comparator = onset.comparator_of(result) if result.series.role is Role.TREATMENT else None
            if comparator and comparator.point.id in within:
                joined.add((sign.y, comparator.point.value, result.point.value))
                assert any((each.id, each.y) == (comparator.point.id, sign.y) for each in signs)
        assert bridges_of(figure) == joined
    assert set(seen) == set(within)
    again = [each for each, times in seen.items() if times > 1]
    assert all(onset.results[each].series.role is Role.COMPARATOR for each in again), "a comparator of several arms"


@settings(house, max_examples=150)
@given(st.one_of(choices, wide_choices), scales)
def test_each_result_stands_under_its_trial_at_its_time(
    onset: OnsetBase, choice: OnsetChoice, scale: TimeScale
) -> None:
    for figure in explored(onset, choice, scale):
        for sign in signs_of(figure):
            own, *over = words_over(figure, sign.y)
            result = onset.results[sign.id]
            assert plain_words(own).startswith(f"{result.point.time}: ")
            headings = [plain_words(each) for each in over if each.startswith("<b>")]
            assert any(each == result.series.study_name for each in headings[:2]), sign.id


def plain_words(text: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", text.replace("<br>", " ")))


@settings(house, max_examples=60)
@given(choices, scales)
def test_extra_responders_are_drawn_as_they_are(
    onset: OnsetBase, extra: dict[str, ExtraResponders], choice: OnsetChoice, scale: TimeScale
) -> None:
    found = [each for each in extra.values() if choice.allows(each.result)]
    within = within_scale([each.result for each in found], scale)
    assume(within)
    figure = extra_picture(found, results_axis([each.result for each in found], scale), Look(), "").figure
    signs = signs_of(figure)
    for sign in signs:
        each = extra[sign.id]
        series = each.result.series
        assert each in found
        assert sign.x == each.value
        assert close(sign.low, each.low), sign.id
        assert close(sign.high, each.high), sign.id
        assert sign.colour == Look().lane(series.lane)
        own, *over = (plain_words(words) for words in words_over(figure, sign.y))
        assert own.startswith(f"{each.result.point.time}: {number(round(each.value, 1))}")
        controls = [words for words in over if words.startswith("against ")]
        assert controls[0] == f"against {control_in_words(series)}"
        lanes = [words for words in over if words.startswith("\N{BLACK SQUARE}")]
        assert lanes[0].endswith(LANE_NAMES[series.lane])
    assert Counter(sign.id for sign in signs) == Counter(within)


def beyond_the_edge(figure: go.Figure) -> list[str]:
    """Signs and ends of intervals outside the scale: Plotly hides them."""
    first, last = figure.layout.xaxis.range
    reached = [(each.id, end) for each in signs_of(figure) for end in (each.x, each.low, each.high) if end is not None]
    return [name for name, end in reached if not first <= end <= last]


@pytest.mark.parametrize("scale", TimeScale)
@pytest.mark.parametrize("metric", EXPLORER_METRICS)
def test_no_result_is_drawn_beyond_the_edge(onset: OnsetBase, metric: Metric, scale: TimeScale) -> None:
    figures = explored(onset, OnsetChoice(lanes=tuple(Lane), metric=metric), scale)
    assert figures or (metric, scale) == (Metric.RELAPSE, TimeScale.FIRST_WEEK), "only relapse takes weeks"
    assert [beyond_the_edge(figure) for figure in figures] == [[]] * len(figures)


@pytest.mark.parametrize("metric", EXPLORER_METRICS)
def test_equal_scales_look_equal(onset: OnsetBase, metric: Metric) -> None:
    figures = explored(onset, OnsetChoice(lanes=tuple(Lane), metric=metric), TimeScale.ALL)
    assert len({(each.layout.xaxis.title.text, each.layout.xaxis.range) for each in figures}) == len(
        {each.layout.xaxis.title.text for each in figures}
    )


@pytest.mark.parametrize("scale", TimeScale)
def test_no_extra_responders_are_drawn_beyond_the_edge(extra: dict[str, ExtraResponders], scale: TimeScale) -> None:
    axis = results_axis([each.result for each in extra.values()], scale)
    assert beyond_the_edge(extra_picture(list(extra.values()), axis, Look(), "").figure) == []


@pytest.mark.parametrize("scale", TimeScale)
@pytest.mark.parametrize("metric", EXPLORER_METRICS)
def test_the_patients_own_medicine_is_named_over_its_results(
    onset: OnsetBase, metric: Metric, scale: TimeScale
) -> None:
    mine = ("duloxetine", "fluoxetine", "paroxetine", "sertraline")
    choice = OnsetChoice(lanes=tuple(Lane), metric=metric, highlighted=mine)
    marked = "(on this patient's list)"
    results = [onset.results[name] for name in within_scale(chosen_results(onset, choice), scale)]
    wanted = {
        f"{each.series.label} {marked}"
        for each in results
        if each.series.role is Role.TREATMENT and each.series.medicine in mine
    }
    labels = (plain_words(each.text) for figure in explored(onset, choice, scale) for each in figure.layout.annotations)
    assert {each for each in labels if marked in each} == wanted


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
