"""The timeline's data, tested for the curator: every message names the file, the row and what is wrong."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from html import unescape
from typing import Any

import pytest
from statsmodels.stats.proportion import proportion_confint

from components.charts.mark_lanes import AXES_OF_LANES, lane_item, lanes_with_marks, marks_picture
from components.charts.picture import look
from components.charts.time_axis import TimeScale, time_axis
from components.clinical.knowledge_base import DATA_FOLDER, KnowledgeBase
from components.clinical.onset import OnsetPoint, OnsetSeries, TimelineMark
from components.clinical.onset_base import ArmResult, OnsetBase
from components.clinical.onset_terms import Control, IntervalMethod, Lane, MarkKind, Masking, Metric, OnsetView, Role
from components.clinical.onset_words import METRIC_WORDS
from tests.data.breaks import Breaks, assert_told, replace_once, told_of
from tests.data.test_data import COMPILER_TALK, read_yaml, texts_in

FEWEST_POINTS, FEWEST_SERIES = 200, 100
FILES = ("onset.yaml", "onset_marks_*.yaml", "onset_views.yaml", "onset_limits.yaml", "out_of_100.yaml")


@pytest.fixture(scope="module")
def onset(base: KnowledgeBase) -> OnsetBase:
    return base.onset


@pytest.fixture(scope="module")
def places() -> dict[str, str]:
    """File of every mark, limit, view and pair, by id."""
    paths = [path for pattern in FILES[1:] for path in sorted(DATA_FOLDER.glob(pattern))]
    return {row["id"]: path.name for path in paths for row in read_yaml(path)}


def drawn(onset: OnsetBase) -> list[ArmResult]:
    """Results that stand on a chart."""
    return [result for result in onset.results.values() if result.point.shown == "chart"]


# --- points and series


def test_no_result_got_lost(onset: OnsetBase) -> None:
    assert len(drawn(onset)) >= FEWEST_POINTS
    assert len({result.series.id for result in drawn(onset)}) >= FEWEST_SERIES


def test_ids_stand_once() -> None:
    counts = Counter(point["id"] for row in read_yaml(DATA_FOLDER / "onset.yaml") for point in row["points"])
    assert [f"onset.yaml: {name} stands {count} times" for name, count in counts.items() if count > 1] == []
    rows = Counter(row["id"] for pattern in FILES for path in DATA_FOLDER.glob(pattern) for row in read_yaml(path))
    views = {view.value for view in OnsetView}
    assert [f"{name}: names {count} rows" for name, count in rows.items() if count > 1 and name not in views] == []


def test_every_drawn_point_can_be_read(onset: OnsetBase) -> None:
    """A metric with a unit, a number of people or the reason why there is none."""
    found = []
    for result in drawn(onset):
        point = result.point
        if point.metric not in METRIC_WORDS or not METRIC_WORDS[point.metric].unit:
            found.append(f"onset.yaml: {point.id}: nobody says the unit of {point.metric.value}")
        if point.people is None and len((point.people_note or "").split()) < 3:
            found.append(f"onset.yaml: {point.id}: people_note '{point.people_note}' gives no reason")
    assert not found, "\n".join(found)


def test_no_drawn_point_rests_on_memory(base: KnowledgeBase, onset: OnsetBase) -> None:
    found = []
    for result in drawn(onset):
        sources = result.point.sources or result.series.sources
        if not sources:
            found.append(f"onset.yaml: {result.point.id}: no source")
        found += [
            f"onset.yaml: {result.point.id}: source '{name}' is 'recalled'"
            for name in sources
            if base.sources[name].read == "recalled"
        ]
    assert not found, "\n".join(found)


def lines_of(series: OnsetSeries) -> list[list[OnsetPoint]]:
    """The points that a chart joins with one line: of one metric, scale and definition."""
    lines: dict[tuple[Metric, str, str | None], list[OnsetPoint]] = defaultdict(list)
    for point in series.points:
        if point.shown == "chart":
            lines[point.metric, point.scale, point.definition].append(point)
    return list(lines.values())


BELONGS_TOGETHER: dict[str, Callable[[list[OnsetPoint]], bool]] = {
    "stand at different times": lambda line: len({point.hours for point in line}) == len(line),
    "stand in the order of their times": lambda line: line == sorted(line, key=lambda point: point.hours or 0),
    "share one clock": lambda line: len({point.clock for point in line}) == 1,
}


@pytest.mark.parametrize("rule", BELONGS_TOGETHER)
def test_points_that_a_line_joins(onset: OnsetBase, rule: str) -> None:
    """Whatever breaks this is drawn as a course that nobody measured: give it a series or a place of its own."""
    found = [
        f"onset.yaml: {series.id}: {line[0].metric.value}: {', '.join(point.id for point in line)} do not {rule}"
        for series in onset.series.values()
        for line in lines_of(series)
        if not BELONGS_TOGETHER[rule](line)
    ]
    assert not found, "\n".join(found)


def test_comparator_values_are_those_of_the_comparator_arm(onset: OnsetBase) -> None:
    found, compared = [], 0
    for result in onset.results.values():
        arm = onset.series.get(result.series.compared_with or "")
        point = result.point
        for other in arm.points if arm else ():
            alike = (other.metric, other.scale, other.hours, other.shown, other.definition) == (
                *(point.metric, point.scale, point.hours, point.shown, point.definition),
            )
            if alike and point.comparator_value is not None:
                compared += 1
                if point.comparator_value != other.value:
                    found.append(
                        f"onset.yaml: {point.id}: comparator_value {point.comparator_value}, "
                        f"but {other.id} has {other.value}"
                    )
    assert not found, "\n".join(found)
    assert compared > 60


def test_percentages_agree_with_counts(onset: OnsetBase) -> None:
    """To a tenth, or to a whole where a whole is printed. Summed counts may be fractions (imputed): half a person."""
    found, checked = [], 0
    for result in onset.results.values():
        point = result.point
        if not point.metric.is_share or point.events is None or point.people is None:
            continue
        checked += 1
        half_a_person = 0.5 if point.interval is IntervalMethod.WILSON_FROM_SUMMED_COUNTS else 0.0
        tolerance = (0.5 if point.value.is_integer() else 0.05) + 100 * half_a_person / point.people + 1e-9
        exact = 100 * point.events / point.people
        if abs(exact - point.value) > tolerance:
            found.append(f"onset.yaml: {point.id}: {point.value}%, but {point.events}/{point.people} = {exact:.2f}%")
    assert not found, "\n".join(found)
    assert checked > 100


def wilson(events: float, people: int) -> tuple[float, float]:
    low, high = proportion_confint(events, people, method="wilson")
    return 100 * float(low), 100 * float(high)


def test_wilson_intervals_are_wilson_intervals(onset: OnsetBase) -> None:
    """From the counts; else from the percentage, or from the whole number of people nearest to it."""
    found, checked = [], 0
    for result in onset.results.values():
        point = result.point
        if not point.interval.value.startswith("computed_wilson"):
            continue
        checked += 1
        if point.people is None or point.low is None or point.high is None:
            found.append(f"onset.yaml: {point.id}: a Wilson interval needs people, low and high")
            continue
        behind = point.value * point.people / 100
        counts = [float(point.events)] if point.events is not None else [behind, float(round(behind))]
        given = (point.low, point.high)
        wanted = [wilson(count, point.people) for count in counts]
        if not any(abs(given[0] - low) <= 0.15 and abs(given[1] - high) <= 0.15 for low, high in wanted):
            words = " or ".join(f"{low:.1f} to {high:.1f}" for low, high in wanted)
            found.append(f"onset.yaml: {point.id}: {given[0]} to {given[1]}, but Wilson gives {words}")
    assert not found, "\n".join(found)
    assert checked > 150


# --- arms


def test_comparator_arms_have_no_comparator(onset: OnsetBase) -> None:
    found = [
        f"onset.yaml: {series.id}: a comparator arm with control '{series.control}', compared_with "
        f"'{series.compared_with}'"
        for series in onset.series.values()
        if series.role is Role.COMPARATOR and (series.control is not Control.NONE or series.compared_with)
    ]
    assert not found, "\n".join(found)


def test_treatment_arms_say_what_they_are_compared_with(onset: OnsetBase) -> None:
    found = [
        f"onset.yaml: {series.id}: compared with {series.compared_with}, but control is 'none'"
        for series in onset.series.values()
        if series.compared_with and series.control is Control.NONE
    ]
    assert not found, "\n".join(found)


def test_arms_of_one_comparison_stand_together(onset: OnsetBase) -> None:
    """Else a choice of lane, people or masking would show one arm and hide the other."""
    found = []
    for series in onset.series.values():
        arm = onset.series.get(series.compared_with or "")
        for field in ("lane", "resistance", "masking") if arm else ():
            one, other = getattr(series, field), getattr(arm, field)
            if one != other:
                found.append(f"onset.yaml: {series.id}: {field} '{one}', but {series.compared_with} has '{other}'")
    assert not found, "\n".join(found)


def test_every_comparator_arm_controls_an_arm(onset: OnsetBase) -> None:
    controls = {series.compared_with for series in onset.series.values()}
    arms = {series.id for series in onset.series.values() if series.role is Role.COMPARATOR}
    assert [f"onset.yaml: {name}: nothing is compared with it" for name in sorted(arms - controls)] == []


def test_saline_asleep_is_masked(onset: OnsetBase) -> None:
    asleep = [series for series in onset.series.values() if series.control is Control.SALINE_ASLEEP]
    assert asleep
    assert [f"onset.yaml: {each.id}: {each.masking}" for each in asleep if each.masking is not Masking.MASKED] == []


def test_an_ssri_with_ketamine_has_two_trials(onset: OnsetBase) -> None:
    """'Two small trials only' stands beside the lane."""
    studies = {each.study for each in onset.series.values() if each.lane is Lane.SSRI_WITH_KETAMINE}
    assert studies == {"hu-2016", "arabzadeh-2018"}


# --- figures in sentences

NAMES = re.compile(
    r"PHQ-9|HAM-D\d*|\bKARMA-Dep 2|\bTRANSFORM-\d(?: and -\d)?|\bNG222\b|\bin 100\b|\b100 people\b|\b95%"
    r"|\b5-HT1A\b|\beEF2\b"
)
"""Figures that belong to names and set phrases; they are no results."""
FIGURE = re.compile(r"(?:(?<![^\s(])-)?\d+(?:,\d{3})*(?:\.\d+)?")
"""A hyphen between figures is a range, at the start of one a minus."""
HOURS_OF = {"hour": 1.0, "day": 24.0, "week": 168.0, "month": 730.5}


def figures_in(text: str | None) -> set[float]:
    return {float(figure.replace(",", "")) for figure in FIGURE.findall(NAMES.sub(" ", text or ""))}


def times_of(hours: float | None) -> set[float]:
    """A time in hours, days, weeks and (rounded) months."""
    if hours is None:
        return set()
    return {round(hours / HOURS_OF[unit], 6) for unit in ("hour", "day", "week")} | {float(round(hours / 730.5))}


def figures_of(result: ArmResult) -> set[float]:
    """Every figure that a sentence resting on this result may give."""
    point, series = result.point, result.series
    values = (point.value, point.low, point.high, point.events, point.people, point.comparator_value)
    difference = (point.difference.value, point.difference.low, point.difference.high) if point.difference else ()
    texts = (
        *(point.time, point.definition, point.people_note, point.caveat),
        *(series.study_name, series.label, series.dose, series.schedule, series.population),
    )
    found = {float(value) for value in (*values, *difference) if value is not None} | times_of(point.hours)
    return found.union(*(figures_in(text) for text in texts))


def unfounded(text: str, points: Iterable[str], sources: Iterable[str], base: KnowledgeBase) -> list[float]:
    """Figures of a sentence that stand in none of its points."""
    known = {float(year) for source in sources if (year := base.sources[source].year)}
    for point in points:
        known |= figures_of(base.onset.results[point])
    return sorted(figures_in(text) - known)


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("-18.9 points (-21.54 to -16.26) in 24 people", {-18.9, -21.54, -16.26, 24}),
        ("weeks 5-8: 17.3% v 9.4%", {5, 8, 17.3, 9.4}),
        ("537 of 9,016", {537, 9016}),
        ("PHQ-9, HAM-D17, TRANSFORM-1 and -2, NG222, 5 in 100, KARMA-Dep 2, 95%", {5}),
        ("0.5 mg/kg over 40 min.", {0.5, 40}),
    ],
)
def test_figures_are_read(text: str, figures: set[float]) -> None:
    assert figures_in(text) == figures


def test_a_wrong_figure_is_found(base: KnowledgeBase) -> None:
    rests_on = ["murrough-2013-ajp-ket-response-pct-24h"], ["murrough-2013-ajp"]
    assert unfounded("At 24 h 64% of 47 had responded, 28% on midazolam (2013)", *rests_on, base) == []
    assert unfounded("At 24 h 65% of 47 had responded, 29% on midazolam (2014)", *rests_on, base) == [29, 65, 2014]


def test_figures_of_marks_stand_in_their_points(base: KnowledgeBase, places: dict[str, str]) -> None:
    found, checked = [], 0
    for mark in (mark for mark in base.onset.marks if mark.points):
        place = times_of(mark.from_hours) | times_of(mark.to_hours)
        for field in ("label", "text"):
            checked += len(figures_in(getattr(mark, field)))
            wrong = [
                each for each in unfounded(getattr(mark, field), mark.points, mark.sources, base) if each not in place
            ]
            found += [f"{places[mark.id]}: {mark.id}: {field} says {each:g}, its points do not" for each in wrong]
    assert not found, "\n".join(found)
    assert checked > 300


def test_figures_of_views_and_limits_stand_in_their_points(base: KnowledgeBase, places: dict[str, str]) -> None:
    """One without points may give no figure at all."""
    rows = [(view.id, "takeaway", view.takeaway, view) for view in base.onset.views.values()]
    rows += [(limit.id, "text", limit.text, limit) for limit in base.onset.limits]
    found = [
        f"{places[name]}: {name}: {field} says {each:g}, its points do not"
        for name, field, text, row in rows
        for each in unfounded(text, row.points, row.sources, base)
    ]
    assert not found, "\n".join(found)


def test_figures_of_pairs_stand_in_their_points(base: KnowledgeBase) -> None:
    """Patient wording gives whole people: about 59 for 58.7 %."""
    found = []
    for pair in base.onset.out_of_100:
        points = (pair.treatment, pair.comparator)
        for field in ("title", "caveat"):
            wrong = unfounded(getattr(pair, field), points, pair.sources, base)
            found += [f"out_of_100.yaml: {pair.id}: {field} says {each:g}, its points do not" for each in wrong]
        whole = {float(int(base.onset.results[point].point.value + 0.5)) for point in points}
        told = figures_in(pair.patient["en"]) - {100.0} - figures_in(pair.title)
        if told != whole:
            found.append(f"out_of_100.yaml: {pair.id}: patient.en says {sorted(told)}, its points {sorted(whole)}")
    assert not found, "\n".join(found)


# --- words on the lanes

PHONE_CHART = 390 - 2 * 16 - 8 - 12
"""Width in pixels of the drawn part on a phone of 390: less the page's padding and the margins of base_layout."""
CHARACTER = 5.5
"""Pixels a character of Source Sans at 12 px, wide letters; bold is 6% wider."""


def words_of(label: Any) -> str:
    """A label as a reader sees it."""
    return unescape(re.sub(r"<[^>]*>", "", label.text.replace("<br>", " ")))


def lanes_shown(onset: OnsetBase, view: OnsetView) -> list[tuple[TimelineMark, Any]]:
    """(mark, its label as drawn) on every axis on which the page draws the view, its row of the answer included."""
    marks = [mark for mark in onset.marks if mark.view is view]
    axes = [AXES_OF_LANES[view]] if view in AXES_OF_LANES else [time_axis(scale) for scale in TimeScale]
    found = []
    for axis in axes:
        for lane in lanes_with_marks(marks):
            mine = [mark for mark in marks if mark.lane is lane and lane_item(mark).is_on(axis)]
            if mine:
                figure = marks_picture(mine, [lane], axis, look(large=False, dark=False), "").figure
                labels = [each for each in figure.layout.annotations if not each.text.startswith("<span")]
                firsts = [mark for mark in mine if mark.kind is MarkKind.FIRST_DIFFERENCE]
                answers = firsts[:1] if view is OnsetView.HOW_SOON else []
                found += list(zip([*answers, *mine], labels, strict=True))
                assert [words_of(label) for label in labels[len(answers) :]] == [mark.label for mark in mine]
    return found


@pytest.mark.parametrize("view", [OnsetView.HOW_SOON, *AXES_OF_LANES])
def test_labels_fit_the_lanes_of_a_phone(onset: OnsetBase, places: dict[str, str], view: OnsetView) -> None:
    found = []
    shown = lanes_shown(onset, view)
    for mark, label in shown:
        words = words_of(label)
        longest = max(len(re.sub(r"<[^>]*>", "", line)) for line in label.text.split("<br>"))
        width = longest * CHARACTER * (1.06 if label.text.startswith("<b>") else 1) / PHONE_CHART
        left = label.x - {"left": 0, "center": width / 2, "right": width}[label.xanchor]
        if left < -0.01 or left + width > 1.03:
            found.append(f"{places[mark.id]}: {mark.id}: '{words}' ({longest} characters a line) leaves the lane")
    assert not found, "\n".join(found)
    assert shown


def test_every_view_has_words_and_limits(onset: OnsetBase) -> None:
    limited = {view for limit in onset.limits for view in limit.views}
    found = [f"onset_views.yaml: no row '{view.value}'" for view in OnsetView if view not in onset.views]
    found += [f"onset_limits.yaml: no limit stands beside '{view.value}'" for view in OnsetView if view not in limited]
    assert not found, "\n".join(found)


def test_mechanisms_say_how_sure_and_in_whom(onset: OnsetBase, places: dict[str, str]) -> None:
    marks = [mark for mark in onset.marks if mark.view is OnsetView.IN_THE_BRAIN]
    assert marks
    assert [f"{places[mark.id]}: {mark.id}" for mark in marks if not (mark.certainty and mark.species)] == []


def test_text_holds_no_compiler_talk() -> None:
    found, read = [], 0
    for path in (path for pattern in FILES for path in sorted(DATA_FOLDER.glob(pattern))):
        for row in read_yaml(path):
            for field, text in texts_in(row):
                read += 1
                if talk := COMPILER_TALK.search(text):
                    found.append(f"{path.name}: {row['id']}: {field} says '{talk.group()}'")
    assert not found, "\n".join(found)
    assert read > 3000


# --- broken data


BREAKS: Breaks = {
    "no number of people and no reason": (
        replace_once(
            "onset.yaml", "    - id: synapse-esk28-response-pct-2h", r"^      events: .*\n      people: .*\n", ""
        ),
        ("onset.yaml", "synapse-esk28", "needs the number of people, or people_note"),
    ),
    "value outside its interval": (
        replace_once("onset.yaml", "    - id: synapse-esk56-response-pct-2h", r"^      value: .*", "      value: 99.5"),
        ("onset.yaml", "synapse-esk56", "99.5 lies outside"),
    ),
    "drawn without hours": (
        replace_once("onset.yaml", "- id: murrough-2013-repeated", r"^      hours: .*", "      hours: null"),
        ("onset.yaml", "murrough-2013-repeated", "cannot stand on a time axis without hours"),
    ),
    "percentage above 100": (
        replace_once(
            "onset.yaml", "    - id: han-2016-ketamine-response-pct-24h", r"^      value: .*", "      value: 152.2"
        ),
        ("onset.yaml", "han-2016-ketamine", "152.2 is no share in percent"),
    ),
    "compared with another study": (
        replace_once(
            "onset.yaml", "- id: aspire2-esk", r"^  compared_with: .*", "  compared_with: murrough-2013-ajp-mid"
        ),
        ("onset.yaml", "aspire2-esk", "'murrough-2013-ajp-mid' is no comparator arm of the study"),
    ),
    "compared with a treatment arm": (
        replace_once(
            "onset.yaml", "- id: transform1-esk84", r"^  compared_with: .*", "  compared_with: transform1-esk56"
        ),
        ("onset.yaml", "transform1-esk84", "'transform1-esk56' is no comparator arm of the study"),
    ),
    "mark that ends before it starts": (
        replace_once(
            "onset_marks_how_soon.yaml",
            "- id: how-soon-ketamine-iv-one-infusion-fades",
            r"^  to_hours: .*",
            "  to_hours: 12",
        ),
        ("onset_marks_how_soon.yaml", "how-soon-ketamine-iv-one-infusion-fades", "before it starts at 72.0 h"),
    ),
    "pair of two studies": (
        replace_once(
            "out_of_100.yaml",
            "- id: iv-ketamine-24h",
            r"^  comparator: .*",
            "  comparator: lii-2023-pbo-response-pct-24h",
        ),
        ("out_of_100.yaml", "iv-ketamine-24h", "is another study or time"),
    ),
    "id of a point stands twice": (
        replace_once(
            "onset.yaml",
            "- id: synapse-esk84",
            r"^    - id: synapse-esk84-mean-change-24h",
            "    - id: synapse-esk84-mean-change-2h",
        ),
        ("onset.yaml", "synapse-esk84", "'synapse-esk84-mean-change-2h' stands twice"),
    ),
    "mark rests on an unknown point": (
        replace_once(
            "onset_marks_in_the_brain.yaml",
            "- id: in-the-brain-ssri-full-effect",
            r"^    - stard-level1-.*",
            "    - no-such-point",
        ),
        ("onset_marks_in_the_brain.yaml", "in-the-brain-ssri-full-effect", "'no-such-point' is not in onset.yaml"),
    ),
}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    return told_of(BREAKS, tmp_path_factory.mktemp("broken"))


@pytest.mark.parametrize("name", BREAKS)
def test_every_fault_names_its_file_and_record(name: str, told: list[str]) -> None:
    assert_told(BREAKS[name][1], told)
