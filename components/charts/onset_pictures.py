"""The pictures of the timeline page: which results stand in which panel or row, and what each says on hover."""

from collections.abc import Iterable, Mapping, Sequence
from textwrap import wrap

from components.charts.lanes import build_lanes_figure
from components.charts.palette import LANE_COLOURS
from components.charts.panels import Panel, PanelArm, PanelPoint, build_panels_figure
from components.charts.people import Hundred, HundredPair, build_people_figure, squares
from components.charts.picture import Look, Picture, hover_text
from components.charts.rows import ChartRow, RowPoint, build_rows_figure
from components.charts.time_axis import HOUR, MONTH, TimeAxis, TimeScale, time_axis
from components.clinical.extra_responders import ExtraResponders
from components.clinical.onset import OutOf100, TimelineMark
from components.clinical.onset_base import ArmResult, OnsetBase
from components.clinical.onset_choice import MAIN_LANES, OnsetChoice, PanelKey, Panels
from components.clinical.onset_terms import Control, Lane, Metric, OnsetView, Role
from components.clinical.onset_words import (
    CONTROL_NAMES,
    LANE_NAMES,
    MASKING_NAMES,
    METRIC_WORDS,
    RESISTANCE_NAMES,
    interval_in_words,
    number,
    people_in_words,
    value_in_words,
)

AXES_OF_LANES: Mapping[OnsetView, TimeAxis] = {
    OnsetView.TWELVE_WEEKS: time_axis(TimeScale.TWELVE_WEEKS),
    OnsetView.HOW_LONG: time_axis(TimeScale.ALL, start=24 * HOUR, end=12 * MONTH),
    OnsetView.IN_THE_BRAIN: time_axis(TimeScale.ALL, start=0.25 * HOUR, end=24 * MONTH),
}
CONTROL_SIGNS: Mapping[Control, tuple[str, str]] = {
    Control.MIDAZOLAM: ("circle", "●"),
    Control.SALINE: ("diamond", "◆"),
    Control.SALINE_ASLEEP: ("square", "■"),
    Control.SALINE_OR_MIDAZOLAM: ("hexagram", "✶"),
    Control.PLACEBO_SPRAY: ("square", "■"),
    Control.PLACEBO_SPRAY_ONGOING: ("diamond", "◆"),
    Control.PLACEBO_SPRAY_NEW: ("circle", "●"),
    Control.PLACEBO_SPRAY_CARE: ("hexagram", "✶"),
    Control.PLACEBO_TABLET: ("circle", "●"),
    Control.SAME_SSRI: ("circle", "●"),
    Control.OTHER_TREATMENT: ("triangle-up", "▲"),
    Control.NONE: ("circle", "●"),
}
"""Plotly's name and the sign itself; signs differ within a lane."""
KEY_WIDTH = 52
"""Characters that fit beside each other on a phone."""
SHARE_SPAN = (-4.0, 104.0)
HEADROOM = 0.08


def marks_picture(
    marks: Sequence[TimelineMark], lanes: Sequence[Lane], axis: TimeAxis, look: Look, takeaway: str
) -> Picture:
    """Lanes of what happens when."""
    return build_lanes_figure(marks, lanes, axis, look, f"{takeaway} The table below says the same in words.")


def explorer_picture(panels: Panels, choice: OnsetChoice, scale: TimeScale, look: Look) -> Picture:
    """Trial results of one metric, a panel for each lane, population and scale; ``panels`` must not be empty."""
    results = [result for arms in panels.values() for arm in arms.values() for result in arm]
    axis = time_axis(scale, end=max(6 * MONTH, *(result.point.hours or 0 for result in results)))
    words = METRIC_WORDS[choice.metric]
    spans = _spans(panels, choice.metric)
    drawn = [
        Panel(
            title=_panel_title(key),
            colour=LANE_COLOURS[key.lane],
            arms=tuple(_arm(arm, choice) for arm in arms.values()),
            lowest=spans[key.scale][0],
            highest=spans[key.scale][1],
            signed=not choice.metric.is_share,
        )
        for key, arms in panels.items()
    ]
    alt = (
        f"{words.name} over time: {len(results)} results of {len({result.series.study for result in results})} "
        f"studies in {len(drawn)} panels. Different studies are not joined and may not be compared as like with like. "
        "The table below holds every number."
    )
    return build_panels_figure(drawn, axis, look, alt)


def _panel_title(key: PanelKey) -> str:
    scale = f" · {key.scale}" if key.scale else ""
    return f"<b>{LANE_NAMES[key.lane]}</b> · {RESISTANCE_NAMES[key.resistance]}{scale}"


def _spans(panels: Panels, metric: Metric) -> dict[str, tuple[float, float]]:
    """Lowest and highest value of each scale over all its panels, so that equal scales look equal."""
    if metric.is_share:
        return {key.scale: SHARE_SPAN for key in panels}
    reached: dict[str, list[float]] = {key.scale: [0.0] for key in panels}
    for key, arms in panels.items():
        for result in (result for arm in arms.values() for result in arm):
            point = result.point
            reached[key.scale] += [point.value, *(end for end in (point.low, point.high) if end is not None)]
    return {scale: _with_headroom(min(values), max(values)) for scale, values in reached.items()}


def _with_headroom(lowest: float, highest: float) -> tuple[float, float]:
    room = (highest - lowest) * HEADROOM
    return lowest - room, highest + room


def _arm(arm: Sequence[ArmResult], choice: OnsetChoice) -> PanelArm:
    series = arm[0].series
    mine = series.medicine if series.role is Role.TREATMENT and series.medicine in choice.highlighted else None
    return PanelArm(
        points=tuple(
            PanelPoint(
                id=result.point.id,
                hours=result.point.hours or 0.0,
                value=result.point.value,
                low=result.point.low,
                high=result.point.high,
                people=result.point.people,
                hover=_hover(result),
            )
            for result in arm
        ),
        symbol="diamond" if series.role is Role.COMPARATOR else "circle",
        dashed=series.role is Role.COMPARATOR,
        highlighted=mine,
    )


def _hover(result: ArmResult) -> str:
    series, point = result.series, result.point
    return hover_text(
        series.study_name,
        f"{series.label}: {value_in_words(result)}",
        f"{point.time} · {point.scale} · {people_in_words(result)}",
        f"{RESISTANCE_NAMES[series.resistance]} · {MASKING_NAMES[series.masking]}",
        point.caveat or series.caveat,
    )


def extra_picture(found: Sequence[ExtraResponders], scale: TimeScale, look: Look, takeaway: str) -> Picture:
    """Extra responders in 100 over time: a panel for each treatment, a sign for each comparator."""
    by_lane: dict[Lane, dict[str, list[ExtraResponders]]] = {}
    for each in found:
        by_lane.setdefault(each.result.series.lane, {}).setdefault(each.result.series.id, []).append(each)
    ends = [end for each in found for end in (each.value, each.low, each.high) if end is not None]
    lowest, highest = _with_headroom(min(0.0, *ends), max(0.0, *ends))
    panels = [
        Panel(
            title=f"<b>{LANE_NAMES[lane]}</b>, extra responders in 100 against:",
            key=_controls_key(each.result.series.control for arm in by_lane[lane].values() for each in arm),
            colour=LANE_COLOURS[lane],
            arms=tuple(
                PanelArm(
                    tuple(_extra_point(each) for each in arm),
                    symbol=CONTROL_SIGNS[arm[0].result.series.control][0],
                )
                for arm in by_lane[lane].values()
            ),
            lowest=lowest,
            highest=highest,
            signed=True,
            tall=True,
        )
        for lane in Lane
        if lane in by_lane
    ]
    return build_panels_figure(panels, time_axis(scale, end=8 * MONTH), look, f"{takeaway} Numbers are in the table.")


def _controls_key(controls: Iterable[Control]) -> tuple[str, ...]:
    """'● midazolam · ◆ saline', broken into lines that fit a phone."""
    present = set(controls)
    words = " · ".join(
        f"{CONTROL_SIGNS[each][1]}\N{NO-BREAK SPACE}{CONTROL_NAMES[each]}" for each in Control if each in present
    )
    return tuple(wrap(words, KEY_WIDTH))


def _extra_point(each: ExtraResponders) -> PanelPoint:
    result = each.result
    return PanelPoint(
        id=result.point.id,
        hours=result.point.hours or 0.0,
        value=each.value,
        low=each.low,
        high=each.high,
        people=result.point.people,
        hover=_extra_hover(each),
    )


def _extra_hover(each: ExtraResponders) -> str:
    result = each.result
    return hover_text(
        result.series.study_name,
        f"{number(round(each.value, 1))} more responders in 100 than on {CONTROL_NAMES[result.series.control]}",
        f"{interval_in_words(*_rounded(each))} ({each.origin.value})",
        f"{result.point.time} · {result.series.label}",
        result.series.caveat,
    )


def _rounded(each: ExtraResponders) -> tuple[float | None, float | None]:
    low, high = (None if end is None else round(end, 1) for end in (each.low, each.high))
    return low, high


def each_ssri_picture(found: Sequence[ExtraResponders], highlighted: Sequence[str], look: Look) -> Picture:
    """Each SSRI against placebo at the end of its trials; the patient's own stands first and bold."""
    ordered = sorted(found, key=lambda each: (each.result.series.medicine is not None, each.result.series.id))
    rows = [
        ChartRow(
            label=_ssri_label(each, highlighted),
            colour=LANE_COLOURS[Lane.SSRI],
            treatment=RowPoint(each.value, each.low, each.high, _extra_hover(each)),
            strong=each.result.series.medicine in highlighted,
        )
        for each in ordered
    ]
    highest = max(each.high or each.value for each in found)
    alt = "Extra responders in 100 against placebo at the end of the trial, SSRI by SSRI; not a ranking."
    return build_rows_figure(rows, (0.0, highest * (1 + HEADROOM)), "Extra responders in 100", look, alt)


def _ssri_label(each: ExtraResponders, highlighted: Sequence[str]) -> str:
    medicine = each.result.series.medicine
    name = medicine.capitalize() if medicine else "Six SSRIs together"
    mine = " (on this patient's list)" if medicine in highlighted else ""
    return f"{name}{mine}: {number(round(each.value, 1))}, {interval_in_words(*_rounded(each))}"


def relapse_picture(found: Sequence[tuple[ArmResult, ArmResult]], look: Look) -> Picture:
    """Relapsed, of 100: treatment arm and comparator arm of one study in each row."""
    rows = [
        ChartRow(
            label=f"{treatment.series.study_name}, {treatment.point.time}",
            colour=LANE_COLOURS[treatment.series.lane],
            treatment=_relapse_point(treatment),
            comparator=_relapse_point(comparator),
        )
        for treatment, comparator in found
    ]
    alt = "Relapsed, of 100 people: circle on the treatment, diamond on the comparator. Numbers are in the table."
    return build_rows_figure(rows, (0.0, 100.0), "Relapsed or lost response, of 100", look, alt)


def _relapse_point(result: ArmResult) -> RowPoint:
    return RowPoint(result.point.value, result.point.low, result.point.high, _hover(result))


def hundred_picture(base: OnsetBase, chosen: Sequence[OutOf100], look: Look) -> Picture:
    """Drug and comparator as 100 people each, for each chosen pair; ``chosen`` must not be empty."""
    pairs = [_hundred_pair(base, pair) for pair in chosen]
    said = (
        f"{pair.title}: {squares(pair.treatment.percent)} of 100 with the treatment, "
        f"{squares(pair.comparator.percent)} of 100 without."
        for pair in pairs
    )
    return build_people_figure(pairs, look, " ".join(said))


def _hundred_pair(base: OnsetBase, pair: OutOf100) -> HundredPair:
    treatment, comparator = base.results[pair.treatment], base.results[pair.comparator]
    return HundredPair(
        title=pair.title,
        colour=LANE_COLOURS[pair.lane],
        treatment=_hundred("With the treatment", treatment),
        comparator=_hundred(f"With {pair.comparator_name}", comparator),
    )


def _hundred(label: str, result: ArmResult) -> Hundred:
    return Hundred(f"{label} ({number(result.point.value)} %)", result.point.value, _hover(result))


def lanes_with_marks(marks: Sequence[TimelineMark]) -> tuple[Lane, ...]:
    """Lanes that have a mark, main treatments first."""
    return tuple(
        lane
        for lane in (*MAIN_LANES, *(lane for lane in Lane if lane not in MAIN_LANES))
        if any(mark.lane is lane for mark in marks)
    )
