"""The timeline's marks as lanes: which sign and stroke stands for what happens."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from components.charts.lanes import LaneBand, LaneItem, Stretch, Stroke, build_lanes_figure
from components.charts.picture import Look, Picture, hover_text
from components.charts.time_axis import HOUR, MONTH, TimeAxis, TimeScale, time_axis
from components.clinical.interface_words import say
from components.clinical.onset import TimelineMark
from components.clinical.onset_choice import MAIN_LANES, first_differences
from components.clinical.onset_terms import Lane, MarkKind, OnsetView
from components.clinical.onset_words import LANE_NAMES, LANE_NOTES, MARK_NAMES

AXES_OF_LANES: Mapping[OnsetView, TimeAxis] = {
    OnsetView.TWELVE_WEEKS: time_axis(TimeScale.TWELVE_WEEKS),
    OnsetView.HOW_LONG: replace(
        time_axis(TimeScale.ALL, start=24 * HOUR, end=12 * MONTH),
        counted_from=say("mark_lanes.last_dose_randomisation"),
    ),
    OnsetView.IN_THE_BRAIN: time_axis(TimeScale.ALL, start=0.25 * HOUR, end=24 * MONTH),
}
SIGNS: Mapping[MarkKind, tuple[str, str]] = {
    MarkKind.CHANGE_WITHOUT_CONTROL: ("circle-open", "○"),
    MarkKind.FIRST_DIFFERENCE: ("circle", "●"),
    MarkKind.NO_DIFFERENCE: ("x-thin-open", "✕"),
    MarkKind.MOST_OF_EFFECT: ("square", "■"),
    MarkKind.DECISION_POINT: ("diamond", "◆"),
    MarkKind.FADING: ("triangle-down-open", "▽"),
    MarkKind.RELAPSE: ("triangle-down", "▼"),
    MarkKind.NOT_STUDIED: ("", "┄"),
    MarkKind.SESSION: ("square-open", "□"),
    MarkKind.DAILY_TABLET: ("line-ew-open", "─"),
    MarkKind.REVIEW: ("diamond-open", "◇"),
    MarkKind.MECHANISM: ("circle", "●"),
}
"""Plotly's name (empty: its stretch says it) and the sign itself."""
_STROKES = {
    MarkKind.MOST_OF_EFFECT: Stroke.THICK,
    MarkKind.SESSION: Stroke.THICK,
    MarkKind.MECHANISM: Stroke.THICK,
    MarkKind.FADING: Stroke.DOTTED,
    MarkKind.NOT_STUDIED: Stroke.DOTTED,
}


def marks_picture(
    marks: Sequence[TimelineMark],
    lanes: Sequence[Lane],
    axis: TimeAxis,
    look: Look,
    takeaway: str,
    own: Sequence[str] = (),
) -> Picture:
    """Lanes of what happens when; ``own`` are the patient's SSRIs, named in the heading of their lane."""
    bands = [
        LaneBand(
            LANE_NAMES[lane],
            say("mark_lanes.on_the_list", names=", ".join(own))
            if own and lane is Lane.SSRI
            else LANE_NOTES.get(lane, ""),
            look.lane(lane),
            tuple(lane_item(mark) for mark in marks if mark.lane is lane),
        )
        for lane in lanes
    ]
    if answer := _answer_band(marks, lanes, look):
        bands.insert(0, answer)
    return build_lanes_figure(bands, axis, look, say("mark_lanes.table_below_says_same", takeaway=takeaway))


def _answer_band(marks: Sequence[TimelineMark], lanes: Sequence[Lane], look: Look) -> LaneBand | None:
    """Each treatment's first difference from control above all lanes; only on the view that asks how soon."""
    found = first_differences(marks, lanes)
    if not found:
        return None
    items = tuple(
        replace(
            lane_item(mark),
            id=f"{mark.id}-answer",
            label=f"{LANE_NAMES[mark.lane]}: {mark.label.split(':')[0].lower()}",
            colour=look.lane(mark.lane),
            stretches=(),
            strong=True,
        )
        for mark in found
    )
    return LaneBand(say("mark_lanes.first_difference_from_own"), "", look.quiet, items)


def lane_item(mark: TimelineMark) -> LaneItem:
    """A mark with its sign at its start, its stretch of time, and an arrow head where it goes on."""
    signs = [(mark.from_hours, SIGNS[mark.kind][0])] if SIGNS[mark.kind][0] else []
    stretches = []
    if mark.to_hours is not None:
        stretches.append(Stretch(mark.from_hours, mark.to_hours, _STROKES.get(mark.kind, Stroke.THIN)))
        if mark.goes_on:
            signs.append((mark.to_hours, "triangle-right"))
    return LaneItem(
        id=mark.id,
        label=mark.label,
        hover=hover_text(mark.label, MARK_NAMES[mark.kind], mark.text),
        signs=tuple(signs),
        stretches=tuple(stretches),
        strong=mark.kind is MarkKind.FIRST_DIFFERENCE,
    )


def key_of(marks: Sequence[TimelineMark], axis: TimeAxis) -> tuple[str, ...]:
    """'● difference from control', one for each kind of mark on the axis; mechanisms need none."""
    shown = [mark.kind for mark in marks if lane_item(mark).is_on(axis)]
    kinds = dict.fromkeys(kind for kind in shown if kind is not MarkKind.MECHANISM)
    return tuple(f"{SIGNS[kind][1]} {MARK_NAMES[kind]}" for kind in kinds)


def lanes_with_marks(marks: Sequence[TimelineMark]) -> tuple[Lane, ...]:
    """Lanes that have a mark, main treatments first."""
    return tuple(
        lane
        for lane in (*MAIN_LANES, *(lane for lane in Lane if lane not in MAIN_LANES))
        if any(mark.lane is lane for mark in marks)
    )
