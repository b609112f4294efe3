"""The pictures of the timeline page: which results stand in which panel or row, and what each says on hover."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from html import escape

from components.charts.panels import Panel, PanelArm, PanelPoint, build_panels_figure
from components.charts.people import Hundred, HundredPair, build_people_figure, squares
from components.charts.picture import Look, Picture, hover_text, lines_of
from components.charts.rows import ChartRow, RowPoint, build_rows_figure
from components.charts.time_axis import MONTH, TimeAxis, TimeScale, time_axis
from components.clinical.extra_responders import ExtraResponders
from components.clinical.onset import OnsetSeries, OutOf100
from components.clinical.onset_base import ArmResult, OnsetBase
from components.clinical.onset_choice import OnsetChoice, PanelKey, Panels
from components.clinical.onset_terms import Control, Lane, Metric, Role
from components.clinical.onset_words import (
    LANE_NAMES,
    MASKING_NAMES,
    METRIC_WORDS,
    RESISTANCE_NAMES,
    control_in_words,
    interval_in_words,
    number,
    people_in_words,
    value_in_words,
)

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


def results_axis(results: Iterable[ArmResult], scale: TimeScale) -> TimeAxis:
    """The axis of trial results: to six months, or further where a result lies further."""
    points = [result.point for result in results]
    last = max((point.hours or 0 for point in points), default=0.0)
    axis = time_axis(scale, end=6 * MONTH if last <= 6 * MONTH else max(12 * MONTH, last))
    if any(point.clock == "end_of_course" for point in points):
        return replace(axis, counted_from="the end of the course, or randomisation")
    return axis


def explorer_picture(panels: Panels, choice: OnsetChoice, axis: TimeAxis, look: Look, takeaway: str = "") -> Picture:
    """Trial results of one metric, a panel for each lane, population and scale; one must lie on the axis."""
    results = [result for arms in panels.values() for arm in arms.values() for result in arm]
    words = METRIC_WORDS[choice.metric]
    spans = _spans(panels, choice.metric)
    drawn = [
        Panel(
            title=f"{_panel_title(key)}: {words.axis.lower()}",
            colour=look.lane(key.lane),
            arms=tuple(_arm(arm, choice) for arm in arms.values()),
            lowest=spans[key.scale][0],
            highest=spans[key.scale][1],
            signed=not choice.metric.is_share,
        )
        for key, arms in panels.items()
    ]
    studies = len({result.series.study for result in results})
    alt = (
        f"{takeaway} {words.name} over time: {len(results)} results of {studies} studies in {len(drawn)} panels. "
        "Different studies are not joined and may not be compared as like with like. "
        "The table below holds every number."
    )
    return build_panels_figure(drawn, axis, look, alt)


def _panel_title(key: PanelKey) -> str:
    scale = f" · {escape(key.scale, quote=False)}" if key.scale else ""
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


def extra_picture(found: Sequence[ExtraResponders], axis: TimeAxis, look: Look, takeaway: str) -> Picture:
    """Extra responders in 100 over time: a panel for each treatment, a sign for each comparator."""
    by_lane: dict[Lane, dict[str, list[ExtraResponders]]] = {}
    for each in found:
        by_lane.setdefault(each.result.series.lane, {}).setdefault(each.result.series.id, []).append(each)
    ends = [end for each in found for end in (each.value, each.low, each.high) if end is not None]
    lowest, highest = _with_headroom(min(0.0, *ends), max(0.0, *ends))
    panels = [
        Panel(
            title=f"<b>{LANE_NAMES[lane]}</b>, extra responders in 100 against:",
            key=_controls_key([arm[0].result.series for arm in by_lane[lane].values()]),
            colour=look.lane(lane),
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
    return build_panels_figure(panels, axis, look, f"{takeaway} Numbers are in the table.")


def _controls_key(arms: Sequence[OnsetSeries]) -> tuple[str, ...]:
    """'● midazolam · ◆ saline', broken into lines that fit a phone; other treatments are named."""
    named = dict.fromkeys(
        f"{CONTROL_SIGNS[arm.control][1]}\N{NO-BREAK SPACE}{control_in_words(arm)}"
        for arm in sorted(arms, key=lambda arm: list(Control).index(arm.control))
    )
    return lines_of(" · ".join(named), KEY_WIDTH)


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
        f"{number(round(each.value, 1))} more responders in 100 than on {control_in_words(result.series)}",
        f"{interval_in_words(*_rounded(each))} ({each.origin.value})",
        f"{result.point.time} · {result.series.label}",
        result.series.caveat,
    )


def _rounded(each: ExtraResponders) -> tuple[float | None, float | None]:
    low, high = (None if end is None else round(end, 1) for end in (each.low, each.high))
    return low, high


def each_ssri_picture(found: Sequence[ExtraResponders], highlighted: Sequence[str], look: Look) -> Picture:
    """Each SSRI against placebo at the end of its trials: all together, then the patient's own in bold, then others."""
    ordered = sorted(found, key=lambda each: _ssri_order(each.result.series, highlighted))
    singles = sum(each.result.series.medicine is not None for each in found)
    rows = [
        ChartRow(
            words=(_ssri_label(each, highlighted, singles),),
            colour=look.lane(Lane.SSRI),
            treatment=RowPoint(each.result.point.id, each.value, each.low, each.high, _extra_hover(each)),
        )
        for each in ordered
    ]
    ends = [end for each in found for end in (each.value, each.low, each.high) if end is not None]
    alt = "Extra responders in 100 against placebo at the end of the trial, SSRI by SSRI; not a ranking."
    return build_rows_figure(
        rows, (min(0.0, *ends), max(0.0, *ends) * (1 + HEADROOM)), "Extra responders in 100", look, alt
    )


def _ssri_order(series: OnsetSeries, highlighted: Sequence[str]) -> tuple[bool, bool, str]:
    return series.medicine is not None, series.medicine not in highlighted, series.id


def _ssri_label(each: ExtraResponders, highlighted: Sequence[str], singles: int) -> str:
    medicine = each.result.series.medicine
    name = medicine.capitalize() if medicine else f"{singles} SSRIs together"
    mine = " (on this patient's list)" if medicine in highlighted else ""
    label = f"{name}{mine}: {number(round(each.value, 1))}, {interval_in_words(*_rounded(each))}"
    return f"<b>{escape(label)}</b>" if mine else escape(label)


def relapse_picture(found: Sequence[tuple[ArmResult, ArmResult]], look: Look) -> Picture:
    """Relapsed, of 100: treatment arm and comparator arm of one study in each row.

    Where both arms had ended (against another treatment) the rows stand apart from those that went on or stopped.
    """
    ended = [pair for pair in found if pair[0].series.control is Control.OTHER_TREATMENT]
    went_on = [pair for pair in found if pair not in ended]
    rows = [ChartRow(("<b>Staying on the treatment, or not</b>",)), *(_relapse_row(*pair, look) for pair in went_on)]
    if ended:
        rows.append(ChartRow(("<b>After the course, without further sessions</b>",), ruled=True))
        rows += [_relapse_row(*pair, look) for pair in ended]
    alt = "Relapsed, of 100 people: circle on the treatment, diamond on the comparator. Numbers are in the table."
    return build_rows_figure(rows, (0.0, 100.0), "Relapsed or lost response, of 100", look, alt)


def _relapse_row(treatment: ArmResult, comparator: ArmResult, look: Look) -> ChartRow:
    series = treatment.series
    rates = f"{number(treatment.point.value)} v {number(comparator.point.value)}"
    words = f"{series.study_name}, {treatment.point.time}: {rates} ({series.control_words or comparator.series.label})"
    return ChartRow(
        words=lines_of(words, KEY_WIDTH),
        colour=look.lane(series.lane),
        treatment=_relapse_point(treatment),
        comparator=_relapse_point(comparator),
    )


def _relapse_point(result: ArmResult) -> RowPoint:
    return RowPoint(result.point.id, result.point.value, result.point.low, result.point.high, _hover(result))


def hundred_picture(base: OnsetBase, chosen: Sequence[OutOf100], look: Look) -> Picture:
    """Drug and comparator as 100 people each, for each chosen pair; ``chosen`` must not be empty."""
    pairs = [_hundred_pair(base, pair, look) for pair in chosen]
    said = (
        f"{pair.title}: {squares(pair.treatment.percent)} of 100 with the treatment, "
        f"{squares(pair.comparator.percent)} of 100 without."
        for pair in pairs
    )
    return build_people_figure(pairs, look, " ".join(said))


def _hundred_pair(base: OnsetBase, pair: OutOf100, look: Look) -> HundredPair:
    treatment, comparator = base.results[pair.treatment], base.results[pair.comparator]
    return HundredPair(
        title=pair.title,
        colour=look.lane(pair.lane),
        treatment=_hundred("With the treatment", treatment),
        comparator=_hundred(f"With {pair.comparator_name}", comparator),
    )


def _hundred(label: str, result: ArmResult) -> Hundred:
    return Hundred(f"{label} ({number(result.point.value)}%)", result.point.value, _hover(result))
