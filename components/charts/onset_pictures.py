"""The pictures of the timeline page: which results stand in which panel or row, and what each says on hover."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from html import escape

from components.charts.panels import Panel, PanelArm, PanelPoint, build_panels_figure
from components.charts.people import Hundred, HundredPair, build_people_figure, squares
from components.charts.picture import Look, Picture, hover_text, lines_of
from components.charts.rows import ChartRow, RowPoint, build_rows_figure
from components.charts.time_axis import MONTH, TimeAxis, TimeScale, time_axis
from components.clinical.interface_words import say
from components.clinical.onset import OutOf100
from components.clinical.onset_base import ArmResult, OnsetBase
from components.clinical.onset_choice import OnsetChoice, Panels
from components.clinical.onset_terms import Control, Metric, Role
from components.clinical.onset_words import (
    LANE_NAMES,
    MASKING_NAMES,
    METRIC_WORDS,
    RESISTANCE_NAMES,
    number,
    people_in_words,
    value_in_words,
)

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
        return replace(axis, counted_from=say("onset_pictures.end_course_randomisation"))
    return axis


def explorer_picture(panels: Panels, choice: OnsetChoice, axis: TimeAxis, look: Look, takeaway: str = "") -> Picture:
    """Trial results of one metric, a panel for each lane, population and scale; one must lie on the axis."""
    results = [result for arms in panels.values() for arm in arms.values() for result in arm]
    words = METRIC_WORDS[choice.metric]
    spans = _spans(panels, choice.metric)
    drawn = [
        Panel(
            title=f"<b>{LANE_NAMES[key.lane]}</b> · {RESISTANCE_NAMES[key.resistance]}",
            key=(" · ".join(filter(None, (words.axis, escape(key.scale, quote=False)))),),
            colour=look.lane(key.lane),
            arms=tuple(_arm(arm, choice) for arm in arms.values()),
            lowest=spans[key.scale][0],
            highest=spans[key.scale][1],
            signed=not choice.metric.is_share,
        )
        for key, arms in panels.items()
    ]
    studies = len({result.series.study for result in results})
    alt = say(
        "onset_pictures.over_time_not_joined",
        takeaway=takeaway,
        name=words.name,
        count=len(results),
        studies=studies,
        panels=len(drawn),
    )
    return build_panels_figure(drawn, axis, look, alt)


def _spans(panels: Panels, metric: Metric) -> dict[str, tuple[float, float]]:
    """Lowest and highest value of each scale over all its panels, so that equal scales look equal."""
    if metric.is_share:
        return {key.scale: SHARE_SPAN for key in panels}
    reached: dict[str, list[float]] = {key.scale: [0.0] for key in panels}
    for key, arms in panels.items():
        for result in (result for arm in arms.values() for result in arm):
            point = result.point
            reached[key.scale] += [point.value, *(end for end in (point.low, point.high) if end is not None)]
    return {scale: with_headroom(min(values), max(values)) for scale, values in reached.items()}


def with_headroom(lowest: float, highest: float) -> tuple[float, float]:
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


def relapse_picture(found: Sequence[tuple[ArmResult, ArmResult]], look: Look) -> Picture:
    """Relapsed, of 100: treatment arm and comparator arm of one study in each row.

    Where both arms had ended (against another treatment) the rows stand apart from those that went on or stopped.
    """
    ended = [pair for pair in found if pair[0].series.control is Control.OTHER_TREATMENT]
    went_on = [pair for pair in found if pair not in ended]
    rows = [
        ChartRow((say("onset_pictures.staying_on_treatment_or_not"),)),
        *(_relapse_row(*pair, look) for pair in went_on),
    ]
    if ended:
        rows.append(ChartRow((say("onset_pictures.after_course_without_further"),), ruled=True))
        rows += [_relapse_row(*pair, look) for pair in ended]
    alt = say("onset_pictures.relapsed_people_circle_treatment")
    return build_rows_figure(rows, (0.0, 100.0), say("onset_pictures.relapsed_lost_response"), look, alt)


def _relapse_row(treatment: ArmResult, comparator: ArmResult, look: Look) -> ChartRow:
    series = treatment.series
    rates = say("onset_pictures.rates", treated=number(treatment.point.value), compared=number(comparator.point.value))
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
        say(
            "onset_pictures.with_treatment_and_without",
            title=pair.title,
            treated=squares(pair.treatment.percent),
            untreated=squares(pair.comparator.percent),
        )
        for pair in pairs
    )
    return build_people_figure(pairs, look, " ".join(said))


def _hundred_pair(base: OnsetBase, pair: OutOf100, look: Look) -> HundredPair:
    treatment, comparator = base.results[pair.treatment], base.results[pair.comparator]
    return HundredPair(
        title=pair.title,
        colour=look.lane(pair.lane),
        treatment=_hundred(say("shared.with_the_treatment"), treatment),
        comparator=_hundred(say("onset_pictures.with", comparator=pair.comparator_name), comparator),
    )


def _hundred(label: str, result: ArmResult) -> Hundred:
    return Hundred(f"{label} ({number(result.point.value)}%)", result.point.value, _hover(result))
