"""Every picture draws the figures of data/, at their place, and nothing of data/ becomes markup."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from html import unescape
from itertools import pairwise
from typing import Any

import plotly.graph_objects as go
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportion_confint

from components.charts.effect_courses import courses_picture
from components.charts.effect_people import hundred_pairs, pairs_picture
from components.charts.extra_pictures import each_ssri_picture, extra_picture
from components.charts.lanes import LaneBand, LaneItem, Stretch, Stroke, build_lanes_figure
from components.charts.mark_lanes import AXES_OF_LANES, SIGNS, lanes_with_marks, marks_picture
from components.charts.onset_pictures import (
    by_lane_and_scale,
    explorer_picture,
    hundred_picture,
    relapse_picture,
    results_axis,
)
from components.charts.people import BETWEEN, SIDE, Hundred, HundredPair, build_people_figure
from components.charts.picture import Look, Picture, look
from components.charts.rows import ChartRow, RowPoint, build_beside_figure, build_rows_figure
from components.charts.side_effect_pictures import comparison_picture
from components.charts.ssri_map import ssri_map_picture
from components.charts.time_axis import MONTH, TimeAxis, TimeScale, time_axis
from components.charts.trial_rows import build_trial_rows_figure
from components.clinical.extra_responders import ExtraResponders, extra_responders
from components.clinical.knowledge_base import KnowledgeBase
from components.clinical.onset import TimelineMark
from components.clinical.onset_base import ArmResult, OnsetBase
from components.clinical.onset_choice import OnsetChoice, chosen_results, in_panels, relapse_pairs
from components.clinical.onset_terms import Control, Lane, MarkKind, Metric, OnsetView
from components.clinical.onset_words import LANE_NAMES
from components.clinical.side_effect_answers import TimeCourse
from components.clinical.side_effect_base import SideEffectBase
from components.clinical.side_effect_choice import (
    OPTIONS,
    EffectBlock,
    blocks,
    effects_of,
    excess_of,
    paired_blocks,
    rows_side_by_side,
    ssri_cells,
)
from components.clinical.side_effect_terms import SINGLE_SSRIS, Agent, Bound
from components.clinical.side_effect_words import agent_name
from components.clinical.side_effects import EffectFact

house = settings(deadline=None, derandomize=True, max_examples=60)

LIGHT, DARK = look(large=False, dark=False), look(large=True, dark=True)
MAPS = ("label_rct_spontaneous", "dropout_rct")
"""Ways of finding effects of which the page draws a map."""


@pytest.fixture(scope="session")
def onset(base: KnowledgeBase) -> OnsetBase:
    return base.onset


@pytest.fixture(scope="session")
def effects(base: KnowledgeBase) -> SideEffectBase:
    return base.side_effects


@pytest.fixture(scope="session")
def extra(onset: OnsetBase) -> tuple[ExtraResponders, ...]:
    return extra_responders(onset)


@pytest.fixture(scope="session")
def one_by_one(extra: tuple[ExtraResponders, ...]) -> tuple[ExtraResponders, ...]:
    return tuple(each for each in extra if each.result.series.one_by_one)


def words_of(label: Any) -> str:
    """A label as a reader sees it."""
    return unescape(re.sub(r"<[^>]*>", "", label.text.replace("<br>", " ")))


def signs_of(figure: go.Figure) -> list[tuple[str, float, float, str, str]]:
    """(id, x, y, symbol, colour) of every sign of a lanes figure."""
    return [
        (data[1], x, y, symbol, colour)
        for trace in figure.data
        if trace.mode == "markers"
        for data, x, y, symbol, colour in zip(
            trace.customdata, trace.x, trace.y, trace.marker.symbol, trace.marker.color, strict=True
        )
    ]


def lines_of_figure(figure: go.Figure) -> list[tuple[float, float, float, float, str]]:
    """(y, start, end, width, dash) of every stretch of a lanes figure."""
    found = []
    for trace in figure.data:
        if trace.mode == "lines":
            for place in range(0, len(trace.x), 3):
                assert trace.x[place + 2] is None
                assert trace.y[place] == trace.y[place + 1]
                start, end = trace.x[place : place + 2]
                found.append((trace.y[place], start, end, trace.line.width, trace.line.dash))
    return found


# --- marks

LANE_PICTURES = [
    *((OnsetView.HOW_SOON, time_axis(scale)) for scale in TimeScale),
    *((view, axis) for view, axis in AXES_OF_LANES.items()),
]


def marks_of(onset: OnsetBase, view: OnsetView) -> list[TimelineMark]:
    return [mark for mark in onset.marks if mark.view is view]


def drawn_marks(onset: OnsetBase, view: OnsetView, axis: TimeAxis, own: Sequence[str] = ()) -> go.Figure:
    marks = marks_of(onset, view)
    return marks_picture(marks, lanes_with_marks(marks), axis, LIGHT, "", own).figure


def last_hour(mark: TimelineMark) -> float:
    return mark.from_hours if mark.to_hours is None else mark.to_hours


@pytest.mark.parametrize(("view", "axis"), LANE_PICTURES)
def test_every_sign_stands_at_the_hours_of_its_mark(onset: OnsetBase, view: OnsetView, axis: TimeAxis) -> None:
    wanted: Counter[tuple[str, float, str]] = Counter()
    for mark in marks_of(onset, view):
        last = last_hour(mark)
        if mark.from_hours > axis.end or (last < axis.start and mark.from_hours):
            continue
        symbol = SIGNS[mark.kind][0]
        if symbol:
            wanted[mark.id, max(mark.from_hours, axis.start), symbol] += 1
        if last > axis.end:
            wanted[mark.id, axis.end, "triangle-right"] += 1
        elif mark.goes_on:
            wanted[mark.id, last, "triangle-right"] += 1
    drawn = Counter(
        (name, x, symbol)
        for name, x, _, symbol, _ in signs_of(drawn_marks(onset, view, axis))
        if not name.endswith("-answer")
    )
    assert drawn == wanted
    assert len(wanted) > 10


@pytest.mark.parametrize(("view", "axis"), LANE_PICTURES)
def test_every_stretch_lies_between_the_hours_of_its_mark(onset: OnsetBase, view: OnsetView, axis: TimeAxis) -> None:
    figure = drawn_marks(onset, view, axis)
    rows = {name: y for name, _, y, _, _ in signs_of(figure)}
    long = [mark for mark in marks_of(onset, view) if mark.to_hours is not None and mark.from_hours <= axis.end]
    on_axis = [mark for mark in long if last_hour(mark) >= axis.start or not mark.from_hours]
    wanted = Counter((max(mark.from_hours, axis.start), min(last_hour(mark), axis.end)) for mark in on_axis)
    assert Counter((start, end) for _, start, end, _, _ in lines_of_figure(figure)) == wanted
    stretches = {(y, start, end) for y, start, end, _, _ in lines_of_figure(figure)}
    for mark in on_axis:
        if mark.id in rows:
            place = (rows[mark.id], max(mark.from_hours, axis.start), min(last_hour(mark), axis.end))
            assert place in stretches, mark.id


@pytest.mark.parametrize("scale", [TimeScale.FIRST_WEEK, TimeScale.TWELVE_WEEKS])
def test_a_bar_that_an_even_axis_cuts_ends_in_an_arrow_head(onset: OnsetBase, scale: TimeScale) -> None:
    axis = time_axis(scale)
    marks = marks_of(onset, OnsetView.HOW_SOON)
    cut = {mark.id for mark in marks if mark.from_hours <= axis.end < last_hour(mark)}
    signs = signs_of(drawn_marks(onset, OnsetView.HOW_SOON, axis))
    assert cut
    assert {name for name, x, _, symbol, _ in signs if symbol == "triangle-right" and x == axis.end} == cut


@pytest.mark.parametrize("shown", [LIGHT, DARK])
@pytest.mark.parametrize("scale", TimeScale)
def test_how_soon_is_answered_first(onset: OnsetBase, scale: TimeScale, shown: Look) -> None:
    """One row a lane, at its earliest difference from a comparator, in its own colour, above all other rows."""
    axis, marks = time_axis(scale), marks_of(onset, OnsetView.HOW_SOON)
    lanes = lanes_with_marks(marks)
    figure = marks_picture(marks, lanes, axis, shown, "").figure
    firsts = {
        lane: min(mark.from_hours for mark in marks if mark.lane is lane and mark.kind is MarkKind.FIRST_DIFFERENCE)
        for lane in lanes
    }
    wanted = [(hours, shown.lane(lane)) for lane, hours in firsts.items() if hours <= axis.end]
    signs = signs_of(figure)
    answers = sorted((y, x, colour) for name, x, y, _, colour in signs if name.endswith("-answer"))
    assert [(x, colour) for _, x, colour in answers] == wanted
    assert len({y for y, _, _ in answers}) == len(wanted) >= 4
    assert answers[-1][0] < min(y for name, _, y, _, _ in signs if not name.endswith("-answer"))
    labels = [words_of(each) for each in figure.layout.annotations]
    assert "First difference from its own comparator" in labels[0]
    for place, lane in enumerate(lane for lane in firsts if firsts[lane] <= axis.end):
        assert labels[place + 1].startswith(f"{LANE_NAMES[lane]}: ")
    assert all(line[0] > answers[-1][0] for line in lines_of_figure(figure)), "an answer is a moment, not a stretch"


@pytest.mark.parametrize("view", AXES_OF_LANES)
def test_other_views_have_no_answer_band(onset: OnsetBase, view: OnsetView) -> None:
    signs = signs_of(drawn_marks(onset, view, AXES_OF_LANES[view]))
    assert [name for name, *_ in signs if name.endswith("-answer")] == []


@pytest.mark.parametrize(("view", "axis"), LANE_PICTURES)
def test_own_ssris_are_named_in_the_ssri_heading_only(onset: OnsetBase, view: OnsetView, axis: TimeAxis) -> None:
    own = ("paroxetine", "fluvoxamine")
    without, named = (
        [words_of(each) for each in drawn_marks(onset, view, axis, each_own).layout.annotations]
        for each_own in ((), own)
    )
    changed = [words for before, words in zip(without, named, strict=True) if before != words]
    assert len(changed) == 1
    assert LANE_NAMES[Lane.SSRI] in changed[0]
    assert LANE_NAMES[Lane.SSRI_WITH_KETAMINE] not in changed[0]
    assert "on the list: paroxetine, fluvoxamine" in changed[0]
    assert not any(medicine in words for words in without for medicine in own)


@pytest.mark.parametrize(("view", "axis"), LANE_PICTURES)
def test_marks_stand_under_the_heading_of_their_lane(onset: OnsetBase, view: OnsetView, axis: TimeAxis) -> None:
    figure = drawn_marks(onset, view, axis)
    names = {f"■ {LANE_NAMES[lane]}": lane for lane in Lane}
    lanes = {mark.id: mark.lane for mark in marks_of(onset, view)}
    headings = []
    for each in figure.layout.annotations:
        if each.text.startswith("<span"):
            lane = next((lane for name, lane in names.items() if words_of(each).split(" (")[0] == name), None)
            headings.append((each.y, lane))
    for name, _, y, _, colour in signs_of(figure):
        if not name.endswith("-answer"):
            lane = max((heading for heading in headings if heading[0] < y), key=lambda heading: heading[0])[1]
            assert lane is lanes[name]
            assert colour == LIGHT.lane(lanes[name])


# --- one hundred people


def strips_of(figure: go.Figure) -> list[tuple[int, str]]:
    """(filled squares, colour) of each arm, treatment before its comparator; filled line by line, side by side."""
    found = []
    for position, trace in enumerate(sorted(figure.data, key=lambda trace: (min(trace.y), min(trace.x)))):
        people = [one for line in trace.z for one in line]
        assert people == sorted(people, reverse=True)
        assert (len(trace.z), len(people)) == (SIDE, 100)
        assert min(trace.x) == (SIDE + BETWEEN) * (position % 2)
        assert (trace.zmin, trace.zmax) == (0, 1)
        found.append((int(sum(people)), trace.colorscale[1][1]))
    return found


@pytest.mark.parametrize("shown", [LIGHT, DARK])
def test_hundred_people_are_those_of_the_right_arm(onset: OnsetBase, shown: Look) -> None:
    pairs = onset.out_of_100
    picture = hundred_picture(onset, pairs, shown)
    wanted = []
    for pair in pairs:
        for name, colour in ((pair.treatment, shown.lane(pair.lane)), (pair.comparator, shown.quiet)):
            wanted.append((int(onset.results[name].point.value + 0.5), colour))
    assert strips_of(picture.figure) == wanted
    words = [words_of(each) for each in picture.figure.layout.annotations]
    for place, pair in enumerate(pairs):
        heading, first, second = words[3 * place : 3 * place + 3]
        assert pair.title in heading
        assert first.startswith("With the treatment (")
        assert first.endswith(f"%): {wanted[2 * place][0]} of 100")
        assert second.startswith(f"With {pair.comparator_name} (")
        assert second.endswith(f"%): {wanted[2 * place + 1][0]} of 100")
        assert f"{pair.title}: {wanted[2 * place][0]} of 100 with the treatment" in picture.alt


@house
@given(st.floats(0, 100), st.floats(0, 100))
def test_squares_follow_the_percentage(one: float, other: float) -> None:
    pair = HundredPair("title", LIGHT.quiet, Hundred("with", one, ""), Hundred("without", other, ""))
    filled = [count for count, _ in strips_of(build_people_figure([pair], LIGHT, "").figure)]
    assert all(abs(count - percent) <= 0.5 for count, percent in zip(filled, (one, other), strict=True))


# --- rows: points, bridges, words

Point = tuple[str, float, float, float | None, float | None, str]


def points_of(figure: go.Figure) -> Iterator[Point]:
    """(id, x, y, low, high, symbol) of every point of a rows figure."""
    for trace in figure.data:
        if trace.mode == "markers":
            columns = (trace.customdata, trace.x, trace.y, trace.error_x.arrayminus, trace.error_x.array)
            for data, x, y, down, up, symbol in zip(*columns, trace.marker.symbol, strict=True):
                yield data[1], x, y, None if down is None else x - down, None if up is None else x + up, symbol


def bridges_of(figure: go.Figure) -> set[tuple[float, float, float]]:
    """(y, comparator, treatment) of every bridge."""
    ranges = {(trace.y[0], *trace.x[:2]) for trace in bands(figure)}
    return {(y, start, end) for y, start, end, *_ in lines_of_figure(figure)} - ranges


def test_relapse_is_drawn_as_read(onset: OnsetBase) -> None:
    pairs = relapse_pairs(onset)
    figure = relapse_picture(pairs, LIGHT).figure
    points = {name: rest for name, *rest in points_of(figure)}
    assert len(list(points_of(figure))) == len(points) == 2 * len(pairs)
    for pair in pairs:
        for result, shape in zip(pair, ("circle", "diamond"), strict=True):
            value, _, low, high, symbol = points[result.point.id]
            assert value == result.point.value
            assert (low, high) == pytest.approx((result.point.low, result.point.high))
            assert symbol == (shape if result.point.low is not None else f"{shape}-open")
            assert result.series.role == ("treatment" if shape == "circle" else "comparator")
    sides = {(points[one.point.id][1], other.point.value, one.point.value) for one, other in pairs}
    assert bridges_of(figure) == sides
    assert len({y for y, _, _ in sides}) == len(pairs)
    assert figure.layout.xaxis.range == (0, 100)


def beside_the_chart(base: OnsetBase, ids: set[str]) -> OnsetBase:
    """The same knowledge with some results said in words only."""
    words = {"shown": "context", "shown_reason": "said beside the chart"}
    series = {
        name: each.model_copy(
            update={"points": tuple(p.model_copy(update=words) if p.id in ids else p for p in each.points)}
        )
        for name, each in base.series.items()
    }
    results = {point.id: ArmResult(arm, point) for arm in series.values() for point in arm.points}
    return replace(base, series=series, results=results)


def test_context_is_never_drawn_as_relapse(onset: OnsetBase) -> None:
    held = {name for name, *_ in points_of(relapse_picture(relapse_pairs(onset), LIGHT).figure)}
    assert {onset.results[name].point.shown for name in held} <= {"chart", "table"}
    for one, other in relapse_pairs(onset)[1:]:
        said = {one.point.id, other.point.id}
        left = relapse_pairs(beside_the_chart(onset, said))
        assert {name for name, *_ in points_of(relapse_picture(left, LIGHT).figure)} == held - said


def test_relapse_against_another_treatment_stands_apart(onset: OnsetBase) -> None:
    pairs = relapse_pairs(onset)
    figure = relapse_picture(pairs, LIGHT).figure
    headings = {words_of(each): each.y for each in figure.layout.annotations if "<b>" in each.text}
    assert list(headings) == ["Staying on the treatment, or not", "After the course, without further sessions"]
    went_on, ended = headings.values()
    heights = {name: y for name, _, y, *_ in points_of(figure)}
    assert went_on < min(heights.values())
    below = {one.point.id for one, _ in pairs if heights[one.point.id] > ended}
    assert below == {one.point.id for one, _ in pairs if one.series.control is Control.OTHER_TREATMENT} != set()
    assert [shape.y0 for shape in figure.layout.shapes] == [pytest.approx(ended, abs=3)]
    without = [pair for pair in pairs if pair[0].point.id not in below]
    labels = [words_of(each) for each in relapse_picture(without, LIGHT).figure.layout.annotations]
    assert "After the course, without further sessions" not in labels


# --- SSRI by SSRI


def labels_of(figure: go.Figure) -> list[Any]:
    return sorted(figure.layout.annotations, key=lambda each: each.y)


@pytest.mark.parametrize("mine", [(), ("sertraline",), ("paroxetine", "citalopram"), ("duloxetine",)])
def test_each_ssri_stands_with_its_value(one_by_one: tuple[ExtraResponders, ...], mine: tuple[str, ...]) -> None:
    figure = each_ssri_picture(one_by_one, mine, LIGHT).figure
    points = {name: rest for name, *rest in points_of(figure)}
    assert points.keys() == {each.result.point.id for each in one_by_one}
    assert len(points) == 7
    for each in one_by_one:
        value, _, low, high, symbol = points[each.result.point.id]
        assert value == each.value
        assert (low, high) == pytest.approx((each.low, each.high))
        assert symbol == ("circle" if each.low is not None else "circle-open")
    medicines = {each.result.point.id: each.result.series.medicine for each in one_by_one}
    order = [medicines[name] for name in sorted(points, key=lambda name: points[name][1])]
    own = sorted(set(mine) & set(order) - {None})
    assert order[: 1 + len(own)] == [None, *own]
    assert order[1 + len(own) :] == sorted(set(order) - {None, *own})
    labels = labels_of(figure)
    for medicine, label in zip(order, labels, strict=True):
        assert label.text.startswith("<b>") is (medicine in own)
        assert ("on this patient's list" in words_of(label)) is (medicine in own)
        assert words_of(label).startswith(medicine.capitalize() if medicine else "6 SSRIs together")


def ends_of(found: Iterable[ExtraResponders]) -> list[float]:
    return [end for each in found for end in (each.value, each.low, each.high) if end is not None]


@pytest.mark.parametrize("shift", [0, -8, -15, -25, -60, 40])
def test_every_ssri_interval_lies_in_the_picture(one_by_one: tuple[ExtraResponders, ...], shift: float) -> None:
    """Whatever the values: also where every one of them is below zero."""
    found = [
        replace(each, value=each.value + shift, low=(each.low or 0) + shift, high=(each.high or 0) + shift)
        for each in one_by_one
    ]
    left, right = each_ssri_picture(found, (), LIGHT).figure.layout.xaxis.range
    assert left <= min(0.0, *ends_of(found))
    assert right >= max(0.0, *ends_of(found))


# --- side effects: Wilson, beside the code


@lru_cache
def implied(percent: float, people: int) -> int | None:
    """The only number of people that gives a printed percentage, tried one by one."""
    half = 0.5 if percent == int(percent) else 0.05
    around = range(max(0, int(percent * people / 100) - 5), min(people, int(percent * people / 100) + 6) + 1)
    fitting = [count for count in around if abs(100 * count / people - percent) <= half + 1e-9]
    return fitting[0] if len(fitting) == 1 else None


def wilson(value: float, events: int | None, people: int | None) -> tuple[float | None, float | None]:
    """From the counts, else from the one count behind the percentage; it holds the printed, rounded value."""
    count = events if events is not None or people is None else implied(value, people)
    if count is None or not people:
        return None, None
    low, high = proportion_confint(count, people, method="wilson")
    return min(100 * float(low), value), max(100 * float(high), value)


def interval_of(fact: EffectFact) -> tuple[float | None, float | None]:
    if fact.low is not None or fact.bound is not Bound.EXACT:
        return fact.low, fact.high
    return wilson(fact.value or 0.0, fact.events, fact.people)


def bands(figure: go.Figure) -> list[Any]:
    return [trace for trace in figure.data if trace.mode == "lines" and trace.customdata is not None]


def bands_of(figure: go.Figure) -> dict[str, tuple[float, float]]:
    return {trace.customdata[0][1]: tuple(trace.x[:2]) for trace in bands(figure)}


def band_heights_of(figure: go.Figure) -> dict[str, float]:
    return {trace.customdata[0][1]: trace.y[0] for trace in bands(figure)}


def counted(blocks: Iterable[EffectBlock]) -> list[EffectFact]:
    return [fact for block in blocks for part in block.parts for fact in part.facts]


worries = st.lists(st.integers(0, 50), max_size=4)
agents = st.lists(st.sampled_from(Agent), unique=True, min_size=1).map(tuple)
options = st.sets(st.sampled_from(SINGLE_SSRIS)).map(lambda own: (*OPTIONS, *sorted(own)))


def chosen(base: SideEffectBase, places: Sequence[int]) -> list[str]:
    names = list(base.worries)
    return [names[place % len(names)] for place in dict.fromkeys(places)]


@settings(house, max_examples=80)
@given(worries, st.one_of(options, agents), st.booleans(), st.sampled_from([LIGHT, DARK]))
@example(list(range(50)), tuple(Agent), True, LIGHT)
def test_comparison_draws_every_figure_as_read(
    effects: SideEffectBase, places: list[int], shown: tuple[Agent, ...], every: bool, drawn: Look
) -> None:
    held = blocks(effects, effects_of(effects, chosen(effects, places)), shown, all_figures=every)
    picture = comparison_picture(held, drawn)
    ranges = {fact.id: (fact.low, fact.high) for fact in counted(held) if fact.value is None}
    assert bands_of(picture.figure) == ranges
    facts = [fact for fact in counted(held) if fact.id not in ranges]
    points = {name: rest for name, *rest in points_of(picture.figure)}
    wanted: dict[str, tuple[float, float | None, float | None]] = {}
    for fact in facts:
        other = fact.comparator
        assert fact.value is not None
        wanted[fact.id] = (fact.value, *interval_of(fact))
        if other.value is not None:
            wanted[f"{fact.id}-comparator"] = (other.value, *wilson(other.value, other.events, other.people))
    assert points.keys() == wanted.keys()
    assert len(list(points_of(picture.figure))) == len(wanted)
    for name, (value, low, high) in wanted.items():
        assert points[name][0] == value
        assert (points[name][2], points[name][3]) == pytest.approx((low, high), abs=1e-9), name
        shape = "diamond" if name.endswith("-comparator") else "circle"
        assert points[name][4] == (shape if low is not None else f"{shape}-open")
    paired = [fact for fact in facts if fact.has_excess]
    assert bridges_of(picture.figure) == {(points[fact.id][1], fact.comparator.value, fact.value) for fact in paired}
    left, right = picture.figure.layout.xaxis.range
    assert left == 0
    assert right > 0
    assert max((end for _, x, _, _, high, _ in points_of(picture.figure) for end in (x, high or 0)), default=0) <= right


@settings(house, max_examples=80)
@given(worries, st.one_of(options, agents), st.booleans())
@example(list(range(50)), tuple(Agent), True)
def test_figures_found_in_unlike_ways_are_ruled_apart(
    effects: SideEffectBase, places: list[int], shown: tuple[Agent, ...], every: bool
) -> None:
    held = blocks(effects, effects_of(effects, chosen(effects, places)), shown, all_figures=every)
    picture = comparison_picture(held, LIGHT)
    figure = picture.figure
    heights = {name: y for name, _, y, *_ in points_of(figure)} | band_heights_of(figure)
    rules = [shape.y0 for shape in figure.layout.shapes if shape.xref == "paper"]
    labels = [(each.y, words_of(each)) for each in labels_of(figure)]
    for block in held:
        for part in block.parts:
            for one, other in pairwise(heights[fact.id] for fact in part.facts):
                assert one < other
                assert not [rule for rule in rules if one < rule < other], "one part, cut"
        for before, after in pairwise(block.parts):
            above, below = heights[before.facts[-1].id], heights[after.facts[0].id]
            assert [rule for rule in rules if above < rule < below], f"{block.effect.id}: no rule"
            signed = [words for y, words in labels if y == below]
            assert signed[0].startswith("≠ "), f"{block.effect.id}: no sign"
            why = "Another source or comparator" if after.axis_group == before.axis_group else "Found another way"
            assert f"Not comparable with the above. {why}: {after.axis_group.name}" in picture.alt
    for before, after in pairwise(block for block in held if block.parts):
        above, below = heights[before.parts[-1].facts[-1].id], heights[after.parts[0].facts[0].id]
        between = [words for y, words in labels if above < y < below]
        assert after.effect.name in between
        assert f"{after.effect.name}: Found: {after.parts[0].axis_group.name}" in picture.alt
        assert not [words for y, words in labels if y == below and words.startswith("≠")]
        if before.effect.group is not after.effect.group:
            assert [rule for rule in rules if above < rule < below]


@settings(house, max_examples=80)
@given(worries, st.one_of(options, agents), st.booleans())
def test_an_agent_without_a_figure_says_so(
    effects: SideEffectBase, places: list[int], shown: tuple[Agent, ...], every: bool
) -> None:
    """Absence is a row of its own, never a point at zero."""
    held = blocks(effects, effects_of(effects, chosen(effects, places)), shown, all_figures=every)
    picture = comparison_picture(held, LIGHT)
    drawn = {name.removesuffix("-comparator") for name, *_ in points_of(picture.figure)}
    labels = [words_of(each) for each in labels_of(picture.figure)]
    starts = [labels.index(block.effect.name) for block in held] + [len(labels)]
    for block, (start, end) in zip(held, pairwise(starts), strict=True):
        said = [words for words in labels[start:end] if "no figure found" in words]
        without = [
            agent
            for agent in shown
            if not any(
                each.agent is agent and each.shown == "chart" for each in effects.facts_of.get(block.effect.id, ())
            )
        ]
        assert len(said) == bool(without)
        for agent in without:
            assert agent_name(agent) in said[0].split(": no figure found")[0].split(", ")
            assert f"{agent_name(agent)} no figure found" in picture.alt
        assert not [
            name
            for name in drawn
            if effects.facts[name].effect == block.effect.id and effects.facts[name].agent in without
        ]


@pytest.mark.parametrize("every", [False, True])
def test_each_effect_alone_has_a_scale(effects: SideEffectBase, every: bool) -> None:
    for effect in effects.effects.values():
        figure = comparison_picture(blocks(effects, [effect], tuple(Agent), all_figures=every), LIGHT).figure
        left, right = figure.layout.xaxis.range
        assert right > left, effect.id


# --- side effects: when

COURSES_AXIS = time_axis(TimeScale.ALL, start=1 / 12, end=24 * MONTH)


def first_known(*hours: float | None) -> float | None:
    return next((each for each in hours if each is not None), None)


def test_courses_stand_at_their_hours(effects: SideEffectBase) -> None:
    axis = COURSES_AXIS
    wanted: Counter[tuple[str, float, str]] = Counter()
    for course in effects.courses:
        signs = [
            (first_known(course.onset_from_hours, course.onset_to_hours), "circle-open"),
            (course.peak_from_hours or None, "square"),
            (first_known(course.fades_to_hours, course.fades_from_hours), "triangle-down-open"),
            (course.goes_on_to_hours, "triangle-right"),
        ]
        for hours, symbol in signs:
            if hours is not None:
                assert hours == 0 or hours >= axis.start
                wanted[course.id, min(max(hours, axis.start), axis.end), symbol] += 1
    figure = courses_picture(effects.courses, effects.effects, LIGHT).figure
    assert Counter((name, x, symbol) for name, x, _, symbol, _ in signs_of(figure)) == wanted
    assert {name for name, _, _ in wanted} == {course.id for course in effects.courses}


def hours_of(course: TimeCourse) -> set[float]:
    fields = (
        *(course.onset_from_hours, course.onset_to_hours, course.peak_from_hours, course.peak_to_hours),
        *(course.fades_from_hours, course.fades_to_hours, course.goes_on_to_hours),
    )
    return {COURSES_AXIS.position(each) for each in fields if each is not None}


def test_stretches_of_a_course_are_read_hours(effects: SideEffectBase) -> None:
    """Thick at the peak; nothing starts or ends at an hour that no source gave."""
    figure = courses_picture(effects.courses, effects.effects, LIGHT).figure
    rows = {name: y for name, _, y, _, _ in signs_of(figure)}
    assert len(set(rows.values())) == len(rows) == len(effects.courses)
    for course in effects.courses:
        mine = [line for line in lines_of_figure(figure) if line[0] == rows[course.id]]
        assert {hours for _, start, end, *_ in mine for hours in (start, end)} <= hours_of(course), course.id
        assert all(start <= end for _, start, end, *_ in mine), course.id
        peak = [(start, end) for _, start, end, width, _ in mine if width == Stroke.THICK.value[0]]
        if course.peak_from_hours is not None and course.peak_to_hours is not None:
            assert peak == [tuple(COURSES_AXIS.position(e) for e in (course.peak_from_hours, course.peak_to_hours))]
        else:
            assert peak == []


def test_a_course_stands_under_its_agent_and_clock(effects: SideEffectBase) -> None:
    figure = courses_picture(effects.courses, effects.effects, LIGHT).figure
    headings = [(each.y, words_of(each)) for each in figure.layout.annotations if each.text.startswith("<span")]
    labels = [words_of(each) for each in figure.layout.annotations if not each.text.startswith("<span")]
    wanted = {
        "dose": "since the dose",
        "first_tablet": "since the first tablet",
        "last_tablet": "since the last tablet",
    }
    by_id = {course.id: course for course in effects.courses}
    for name, _, y, _, colour in signs_of(figure):
        course = by_id[name]
        heading = max((each for each in headings if each[0] < y), key=lambda each: each[0])[1]
        assert heading == f"■ {agent_name(course.agent)} ({wanted[course.clock.value]})"
        assert colour == LIGHT.agent(course.agent.kind)
        assert f"{effects.effects[course.effect].name}: {course.label}" in labels
    order = [heading for _, heading in sorted(headings)]
    assert len(set(order)) == len(order) == len({(each.agent, each.clock) for each in effects.courses})


# --- side effects: out of 100, and the map


@house
@given(worries, options)
@example([], OPTIONS)
@example(list(range(50)), (*OPTIONS, *SINGLE_SSRIS))
def test_hundreds_are_both_shares_of_each_fact(
    effects: SideEffectBase, places: list[int], shown: tuple[Agent, ...]
) -> None:
    found = paired_blocks(effects, effects_of(effects, chosen(effects, places)), shown)
    facts = [fact for block in found for part in block.parts for fact in part.facts]
    assume(facts)
    picture = pairs_picture(hundred_pairs(found, DARK), DARK)
    wanted = []
    for fact in facts:
        assert fact.value is not None
        assert fact.comparator.value is not None
        wanted.append((int(fact.value + 0.5), DARK.agent(fact.agent.kind)))
        wanted.append((int(fact.comparator.value + 0.5), DARK.quiet))
    assert strips_of(picture.figure) == wanted
    words = [words_of(each) for each in picture.figure.layout.annotations]
    titles = [each for each in words if each.startswith("■")]
    arms = [each for each in words if each.startswith(("With ", "After stopping it"))]
    assert len(arms) == 2 * len(titles) == 2 * len(facts)
    for place, fact in enumerate(facts):
        assert f"{agent_name(fact.agent)}: {effects.effects[fact.effect].name}" in titles[place]
        for arm, squares_filled, share in (
            (arms[2 * place], wanted[2 * place][0], fact.value or 0),
            (arms[2 * place + 1], wanted[2 * place + 1][0], fact.comparator.value or 0),
        ):
            none_but_some = squares_filled == 0 and share > 0
            assert arm.endswith("fewer than 1 in 100" if none_but_some else f"{squares_filled} of 100")
    apart = sum(each.startswith("Not comparable with the above") for each in words)
    assert apart == sum(len(part.facts) for block in found for part in block.parts[1:])


def drawn_map(effects: SideEffectBase, group: str, own: Sequence[str] = (), shown: Look = LIGHT) -> Picture:
    cells = ssri_cells(effects, group)
    return ssri_map_picture(cells, row_names(effects, cells), own, shown)


def row_names(effects: SideEffectBase, cells: dict[Any, EffectFact]) -> dict[Any, str]:
    return {row: f"{effects.effects[row[0]].name}: {row[1]}" for row, _ in cells}


COLUMNS = (Agent.SSRI_CLASS, *SINGLE_SSRIS)


@pytest.mark.parametrize("group", MAPS)
def test_the_map_holds_the_excess_of_each_fact_and_gaps(effects: SideEffectBase, group: str) -> None:
    cells = ssri_cells(effects, group)
    picture = drawn_map(effects, group)
    (trace,) = picture.figure.data
    names = row_names(effects, cells)
    rows = list(names)
    assert [unescape(each) for each in trace.y] == list(names.values())
    assert list(trace.x) == [agent_name(agent) for agent in COLUMNS]
    in_cells = [each for each in picture.figure.layout.annotations if each.xref != "paper"]
    texts = {(each.y, each.x): each.text for each in in_cells}
    assert len(texts) == len(in_cells) == len(rows) * len(COLUMNS)
    over_rows = [each for each in picture.figure.layout.annotations if each.xref == "paper"]
    assert [(each.y, each.text) for each in over_rows] == [(name, name) for name in trace.y]
    held = 0
    for line, effect in enumerate(rows):
        for column, agent in enumerate(COLUMNS):
            drawn, text = trace.z[line][column], texts[trace.y[line], trace.x[column]]
            fact = cells.get((effect, agent))
            if fact is None:
                assert drawn is None
                assert text == "–"
                assert trace.customdata[line][column] == "No figure found"
                continue
            held += 1
            excess = excess_of(fact)
            assert fact.agent is agent
            assert fact.axis_group == group
            if excess is None:
                assert drawn == (None if any(excess_of(each) for each in cells.values()) else fact.value)
                below = "" if fact.comparator.below is None else f" v <{fact.comparator.below:g}%"
                assert unescape(text) == f"{fact.value:.0f}%{below}"
                continue
            assert drawn == pytest.approx(excess.value, abs=0.0501)
            assert abs(int(text.strip("()")) - excess.value) <= 0.55
            unclear = excess.low is not None and excess.high is not None and excess.low <= 0 <= excess.high
            assert text.startswith("(") == unclear
    assert held == len(cells) >= 5
    assert held < len(rows) * len(COLUMNS)
    assert f"{held} figures" in picture.alt


@pytest.mark.parametrize("group", MAPS)
def test_rows_side_by_side_have_two_figures_at_least(effects: SideEffectBase, group: str) -> None:
    cells = ssri_cells(effects, group)
    compared = rows_side_by_side(cells)
    assert compared
    figures = {row: sum(each == row for each, _ in cells) for row, _ in cells}
    assert compared == {row for row, count in figures.items() if count >= 2}


@pytest.mark.parametrize("group", MAPS)
def test_the_map_never_says_minus_zero(effects: SideEffectBase, group: str) -> None:
    labels = drawn_map(effects, group).figure.layout.annotations
    assert [(each.y, each.x) for each in labels if each.text == "-0"] == []


def test_the_map_marks_the_patients_own_medicines(effects: SideEffectBase) -> None:
    (trace,) = drawn_map(effects, MAPS[0], ("sertraline", "paroxetine")).figure.data
    bold = [name for name in trace.x if name.startswith("<b>")]
    assert bold == ["<b>Paroxetine *</b>", "<b>Sertraline *</b>"]


def channels(colour: str, ground: str) -> list[float]:
    """A transparent colour as it appears on its ground."""
    *parts, opacity = (float(each) for each in re.findall(r"[\d.]+", colour))
    under = [int(ground[start : start + 2], 16) for start in (1, 3, 5)]
    return [opacity * part + (1 - opacity) * each for part, each in zip(parts, under, strict=True)]


def luminance(parts: Iterable[float]) -> float:
    """Relative luminance as WCAG 2 defines it."""
    red, green, blue = (
        part / 255 / 12.92 if part / 255 <= 0.04045 else ((part / 255 + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize(("shown", "ground"), [(LIGHT, "#ffffff"), (DARK, "#10171e")], ids=["light", "dark"])
@pytest.mark.parametrize("end", [0, 1], ids=["palest", "fullest"])
def test_figures_of_the_map_are_readable(effects: SideEffectBase, shown: Look, ground: str, end: int) -> None:
    (trace,) = drawn_map(effects, MAPS[0], shown=shown).figure.data
    cell = luminance(channels(trace.colorscale[end][1], ground))
    ink = luminance(int(shown.ink[start : start + 2], 16) for start in (1, 3, 5))
    dark, light = sorted((cell, ink))
    assert (light + 0.05) / (dark + 0.05) >= 4.5


# --- nothing of data/ is markup

LINK = '<a href="http://x">'


def texts_in(value: Any) -> Iterator[str]:
    """Every text of a figure that Plotly may read as markup."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from texts_in(each)
    elif isinstance(value, (list, tuple)):
        for each in value:
            yield from texts_in(each)


def assert_harmless(picture: Picture) -> None:
    texts = list(texts_in(picture.figure.to_dict()))
    assert [text for text in texts if "<a" in text.lower()] == []
    told = " ".join(texts).replace("<br>", " ")
    assert "&lt;a" in told, "the planted text did not reach the picture"


def planted_mark(onset: OnsetBase, field: str) -> Picture:
    marks = [mark.model_copy(update={field: f"{LINK}{field}"}) for mark in marks_of(onset, OnsetView.HOW_SOON)]
    return marks_picture(marks, lanes_with_marks(marks), time_axis(TimeScale.ALL), LIGHT, "")


def planted_results(results: Iterable[ArmResult]) -> list[ArmResult]:
    """Results with a link in every text of the series and the point that a picture may show."""
    found = []
    for result in results:
        series = {name: f"{LINK}{name}" for name in ("study_name", "label", "control_words", "caveat")}
        point = {name: f"{LINK}{name}" for name in ("time", "scale", "caveat", "people_note")}
        found.append(ArmResult(result.series.model_copy(update=series), result.point.model_copy(update=point)))
    return found


def planted_explorer(onset: OnsetBase, metric: Metric) -> Picture:
    choice = OnsetChoice(lanes=tuple(Lane), metric=metric)
    results = planted_results(chosen_results(onset, choice))
    first, *others = (explorer_picture(onset, each, choice, LIGHT) for each in by_lane_and_scale(in_panels(results)))
    for picture in others:
        assert_harmless(picture)
    return first


def planted_extra(onset: OnsetBase) -> list[ExtraResponders]:
    return [replace(each, result=planted_results([each.result])[0]) for each in extra_responders(onset)]


def planted_extra_picture(onset: OnsetBase) -> Picture:
    found = planted_extra(onset)
    return extra_picture(found, results_axis([each.result for each in found], TimeScale.ALL), LIGHT, "")


def planted_relapse(onset: OnsetBase) -> Picture:
    pairs = [(planted_results([one])[0], planted_results([other])[0]) for one, other in relapse_pairs(onset)]
    return relapse_picture(pairs, LIGHT)


def planted_pairs(onset: OnsetBase) -> Picture:
    update = {"title": f"{LINK}title", "comparator_name": f"{LINK}name"}
    return hundred_picture(onset, [pair.model_copy(update=update) for pair in onset.out_of_100], LIGHT)


def planted_ssris(onset: OnsetBase) -> Picture:
    found = [each for each in planted_extra(onset) if each.result.series.one_by_one]
    return each_ssri_picture(found, ("sertraline",), LIGHT)


ONSET_PLANTS: dict[str, Callable[[OnsetBase], Picture]] = {
    "label of a mark": lambda onset: planted_mark(onset, "label"),
    "text of a mark": lambda onset: planted_mark(onset, "text"),
    "explorer, shares": lambda onset: planted_explorer(onset, Metric.RESPONSE),
    "explorer, scales": lambda onset: planted_explorer(onset, Metric.CHANGE),
    "extra responders": planted_extra_picture,
    "each SSRI": planted_ssris,
    "relapse": planted_relapse,
    "100 people": planted_pairs,
}


@pytest.mark.parametrize("name", ONSET_PLANTS)
def test_nothing_of_the_timeline_is_markup(onset: OnsetBase, name: str) -> None:
    assert_harmless(ONSET_PLANTS[name](onset))


def planted_base(base: SideEffectBase) -> SideEffectBase:
    """All names and texts of the side effects that a picture may show, with a link."""
    named = {name: effect.model_copy(update={"name": f"{LINK}{effect.name}"}) for name, effect in base.effects.items()}
    groups = {
        name: group.model_copy(update={"name": f"{LINK}{group.name}"}) for name, group in base.axis_groups.items()
    }
    facts_of = {name: tuple(planted_fact(fact) for fact in facts) for name, facts in base.facts_of.items()}
    return replace(base, effects=named, axis_groups=groups, facts_of=facts_of)


def planted_fact(fact: EffectFact) -> EffectFact:
    texts = {name: f"{LINK}{name}" for name in ("term", "measure", "population", "follow_up", "caveat", "people_note")}
    words = {"words": f"{LINK}words", "note": f"{LINK}note"}
    return fact.model_copy(update={**texts, "comparator": fact.comparator.model_copy(update=words)})


def planted_comparison(base: SideEffectBase) -> Picture:
    planted = planted_base(base)
    return comparison_picture(blocks(planted, planted.effects.values(), tuple(Agent), all_figures=True), LIGHT)


def planted_courses(base: SideEffectBase) -> Picture:
    texts = {name: f"{LINK}{name}" for name in ("label", "text", "caveat")}
    courses = [course.model_copy(update=texts) for course in base.courses]
    return courses_picture(courses, planted_base(base).effects, LIGHT)


def planted_hundreds(base: SideEffectBase) -> Picture:
    planted = planted_base(base)
    return pairs_picture(hundred_pairs(paired_blocks(planted, tuple(planted.effects.values()), OPTIONS), LIGHT), LIGHT)


EFFECT_PLANTS: dict[str, Callable[[SideEffectBase], Picture]] = {
    "comparison": planted_comparison,
    "courses": planted_courses,
    "100 people": planted_hundreds,
    "map of SSRIs": lambda base: drawn_map(planted_base(base), MAPS[0]),
}


@pytest.mark.parametrize("name", EFFECT_PLANTS)
def test_nothing_of_the_side_effects_is_markup(effects: SideEffectBase, name: str) -> None:
    assert_harmless(EFFECT_PLANTS[name](effects))


ITEM = LaneItem("one", "label", "", ((24.0, "circle"),), (Stretch(24, 48, Stroke.THIN),))
ROW = ChartRow(("words",))
PAIR = HundredPair("title", LIGHT.quiet, Hundred("with", 40, ""), Hundred("without", 20, ""))
AXIS = time_axis(TimeScale.FIRST_WEEK)


def one_lane(item: LaneItem, title: str = "lane", note: str = "") -> Picture:
    return build_lanes_figure([LaneBand(title, note, LIGHT.quiet, (item,))], AXIS, LIGHT, "")


PARTS: dict[str, Callable[[str], Picture]] = {
    "label of an item": lambda text: one_lane(replace(ITEM, label=text)),
    "strong label of an item": lambda text: one_lane(replace(ITEM, label=text, strong=True)),
    "lead of an item": lambda text: one_lane(replace(ITEM, lead=text)),
    "title of a lane": lambda text: one_lane(ITEM, title=text),
    "note of a lane": lambda text: one_lane(ITEM, note=text),
    "title of a pair": lambda text: build_people_figure([replace(PAIR, title=text)], LIGHT, ""),
    "label of 100 people": lambda text: build_people_figure(
        [replace(PAIR, treatment=replace(PAIR.treatment, label=text))], LIGHT, ""
    ),
}


@pytest.mark.parametrize("part", PARTS)
def test_no_part_reads_its_words_as_markup(part: str) -> None:
    assert_harmless(PARTS[part](LINK))


def test_rows_keep_their_own_bold() -> None:
    picture = build_rows_figure([replace(ROW, words=("<b>bold</b> and plain",))], (0, 1), "", LIGHT, "")
    assert picture.figure.layout.annotations[0].text == "<b>bold</b> and plain"


def test_stopping_is_never_said_as_taking(effects: SideEffectBase) -> None:
    """56 of 100 relapsed after stopping, 39 while staying on: the other way round would frighten people off."""
    stopping = effects_of(effects, ("stopping",))
    picture = pairs_picture(hundred_pairs(paired_blocks(effects, stopping, OPTIONS), LIGHT), LIGHT)
    arms = [words_of(each) for each in picture.figure.layout.annotations]
    assert any(each.startswith("After stopping it (56%)") for each in arms)
    assert not any(each.startswith("With it (56%)") for each in arms)
    assert "After stopping it (56%): 56 of 100" in picture.alt


# --- lines beside results, never through words

RESULT = RowPoint("one", 40.0, 30.0, 50.0, "<b>one</b>")
NAMED = [
    ChartRow(("<b>A trial with a name as wide as the picture</b>",)),
    ChartRow(("24 h: 40",), colour="#123456", treatment=RESULT),
    ChartRow(("day 7: 40",), colour="#123456", treatment=RESULT),
    ChartRow(("<b>Another trial</b>",)),
    ChartRow(("week 2: 40",), colour="#123456", comparator=RESULT),
    ChartRow(("no figure found",)),
]


def upright(picture: Picture) -> set[tuple[float, float, float]]:
    """(value, top, bottom) of the lines over a value of the scale."""
    assert not picture.figure.layout.xaxis.showgrid
    assert not picture.figure.layout.xaxis.zeroline
    return {(each.x0, each.y0, each.y1) for each in picture.figure.layout.shapes if each.xref != "paper"}


def test_the_line_of_no_difference_strikes_through_no_name_of_a_trial() -> None:
    picture = build_trial_rows_figure(NAMED, (-10.0, 60.0), "", LIGHT, "")
    lines = upright(picture)
    assert len(lines) == 2, "one for each trial"
    names = [each.y for each in labels_of(picture.figure) if "<b>" in each.text]
    results = [each.y for each in labels_of(picture.figure) if "4" in each.text]
    assert len(names) == 2
    for _, top, bottom in lines:
        assert not [name for name in names if top < name < bottom]
    for result in results:
        assert any(top < result < bottom for _, top, bottom in lines)


@pytest.mark.parametrize(("end", "step"), [(4.2, 1), (11, 2), (53, 10), (102, 20)])
def test_the_grid_of_a_comparison_stands_beside_figures_only(end: float, step: int) -> None:
    rows = [row for row in NAMED if not row.comparator]
    picture = build_beside_figure(rows, (0.0, end), "People in 100", LIGHT, "")
    lines = upright(picture)
    assert {value for value, *_ in lines} == set(range(0, int(end) + 1, step))
    assert picture.figure.layout.xaxis.dtick == step
    for each in labels_of(picture.figure):
        assert any(top < each.y < bottom for _, top, bottom in lines) == ("4" in each.text)


def test_where_nothing_is_drawn_there_is_no_scale() -> None:
    words = [row for row in NAMED if not row.treatment and not row.comparator]
    bare, full = (build_beside_figure(rows, (0.0, 10.0), "People in 100", LIGHT, "") for rows in (words, NAMED))
    assert full.figure.layout.xaxis.visible
    assert not bare.figure.layout.xaxis.visible
    assert bare.figure.layout.margin.t < full.figure.layout.margin.t
    assert not upright(bare)


def test_a_figure_read_through_another_source_keeps_its_colour_and_says_so(effects: SideEffectBase) -> None:
    """Grey would read as its comparator."""
    second_hand = {fact.id: fact for fact in effects.facts.values() if fact.read == "secondary"}
    figure = comparison_picture(blocks(effects, effects.effects.values(), tuple(Agent), all_figures=True), LIGHT).figure
    labels = {each.y: words_of(each) for each in labels_of(figure) if each.x == 0}
    found = [(second_hand[name], y, colour) for name, _, y, _, colour in signs_of(figure) if name in second_hand]
    assert found
    for fact, y, colour in found:
        assert colour == LIGHT.agent(fact.agent.kind) != LIGHT.quiet
        assert "read through another source" in labels[y]
