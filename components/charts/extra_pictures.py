"""Responders beyond the control: over time, and of each SSRI beside the others."""

from collections.abc import Mapping, Sequence
from html import escape

from components.charts.onset_pictures import HEADROOM, KEY_WIDTH, with_headroom
from components.charts.panels import Panel, PanelArm, PanelPoint, build_panels_figure
from components.charts.picture import Look, Picture, hover_text, lines_of
from components.charts.rows import ChartRow, RowPoint, build_rows_figure
from components.charts.time_axis import TimeAxis
from components.clinical.extra_responders import ExtraResponders
from components.clinical.interface_words import say
from components.clinical.onset import OnsetSeries
from components.clinical.onset_terms import Control, Lane
from components.clinical.onset_words import LANE_NAMES, control_in_words, interval_in_words, number

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


def extra_picture(found: Sequence[ExtraResponders], axis: TimeAxis, look: Look, takeaway: str) -> Picture:
    """Extra responders in 100 over time: a panel for each treatment, a sign for each comparator."""
    by_lane: dict[Lane, dict[str, list[ExtraResponders]]] = {}
    for each in found:
        by_lane.setdefault(each.result.series.lane, {}).setdefault(each.result.series.id, []).append(each)
    lowest, highest = with_headroom(*_span(found))
    panels = [
        Panel(
            title=say("extra_pictures.extra_responders_against", lane=LANE_NAMES[lane]),
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
    return build_panels_figure(panels, axis, look, say("extra_pictures.numbers_table", takeaway=takeaway))


def _span(found: Sequence[ExtraResponders]) -> tuple[float, float]:
    """The lowest and highest end of all, with no difference between them."""
    ends = [end for each in found for end in (each.value, each.low, each.high) if end is not None]
    return min(0.0, *ends), max(0.0, *ends)


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
        say(
            "extra_pictures.more_responders_than",
            number=number(round(each.value, 1)),
            control=control_in_words(result.series),
        ),
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
    lowest, highest = _span(found)
    alt = say("extra_pictures.extra_responders_not_a_ranking")
    return build_rows_figure(
        rows, (lowest, highest * (1 + HEADROOM)), say("extra_pictures.extra_responders"), look, alt
    )


def _ssri_order(series: OnsetSeries, highlighted: Sequence[str]) -> tuple[bool, bool, str]:
    return series.medicine is not None, series.medicine not in highlighted, series.id


def _ssri_label(each: ExtraResponders, highlighted: Sequence[str], singles: int) -> str:
    medicine = each.result.series.medicine
    name = medicine.capitalize() if medicine else say("extra_pictures.ssris_together", singles=singles)
    mine = say("extra_pictures.patients_list") if medicine in highlighted else ""
    label = f"{name}{mine}: {number(round(each.value, 1))}, {interval_in_words(*_rounded(each))}"
    return f"<b>{escape(label)}</b>" if mine else escape(label)
