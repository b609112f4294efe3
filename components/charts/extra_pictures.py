"""Responders beyond the control: trial by trial and time by time, and of each SSRI beside the others."""

from collections.abc import Sequence
from html import escape

from components.charts.onset_pictures import HEADROOM, KEY_WIDTH, with_headroom
from components.charts.picture import Look, Picture, hover_text, lines_of
from components.charts.rows import ChartRow, RowPoint, build_rows_figure
from components.charts.time_axis import TimeAxis
from components.charts.trial_rows import GUTTER_WIDTH, TrialArm, build_trial_rows_figure, named_rows
from components.clinical.extra_responders import ExtraResponders
from components.clinical.interface_words import say
from components.clinical.onset import OnsetSeries
from components.clinical.onset_terms import Control, Lane
from components.clinical.onset_words import LANE_NAMES, control_in_words, interval_in_words, number, people_in_words


def extra_picture(
    found: Sequence[ExtraResponders],
    axis: TimeAxis,
    look: Look,
    takeaway: str,
    among: Sequence[ExtraResponders] = (),
) -> Picture:
    """Extra responders in 100: a row for each result, under its treatment, its comparator and its trial.

    ``among`` are those of other pictures that share its scale.
    """
    shown = [each for each in found if axis.shows(each.result.point.hours or 0)]
    rows: list[ChartRow] = []
    for lane in (lane for lane in Lane if any(each.result.series.lane is lane for each in shown)):
        rows.append(ChartRow((_lane_heading(lane, look),), opens=True))
        by_control: dict[str, list[ExtraResponders]] = {}
        for each in sorted((each for each in shown if each.result.series.lane is lane), key=_control_and_hour):
            by_control.setdefault(control_in_words(each.result.series), []).append(each)
        for control, compared in by_control.items():
            rows.append(ChartRow(lines_of(say("extra_pictures.against", control=control), KEY_WIDTH), opens=True))
            rows += _rows_of(compared, look)
    span = with_headroom(*_span([*shown, *among]))
    alt = say("extra_pictures.numbers_table", takeaway=takeaway)
    return build_trial_rows_figure(rows, span, say("extra_pictures.extra_responders"), look, alt)


def _lane_heading(lane: Lane, look: Look) -> str:
    return f'<span style="color:{look.lane(lane)}">&#9632;</span> <b>{escape(LANE_NAMES[lane], quote=False)}</b>'


def _control_and_hour(each: ExtraResponders) -> tuple[int, float]:
    return list(Control).index(each.result.series.control), each.result.point.hours or 0


def _rows_of(compared: Sequence[ExtraResponders], look: Look) -> list[ChartRow]:
    """Trials in the order of their first result; one that was read more than once is named once."""
    by_arm: dict[str, list[ExtraResponders]] = {}
    for each in compared:
        by_arm.setdefault(each.result.series.id, []).append(each)
    return named_rows(
        TrialArm(
            study=arm[0].result.series.study_name,
            label=arm[0].result.series.label,
            rows=tuple(
                ChartRow(
                    words=lines_of(f"{each.result.point.time}: {_figures(each)}", GUTTER_WIDTH),
                    colour=look.lane(each.result.series.lane),
                    treatment=_extra_point(each),
                )
                for each in arm
            ),
        )
        for arm in by_arm.values()
    )


def _figures(each: ExtraResponders) -> str:
    low, high = _rounded(each)
    value = number(round(each.value, 1))
    if low is None or high is None:
        return value
    return say("extra_pictures.value_and_interval", value=value, low=number(low), high=number(high))


def _span(found: Sequence[ExtraResponders]) -> tuple[float, float]:
    """The lowest and highest end of all, with no difference between them."""
    ends = [end for each in found for end in (each.value, each.low, each.high) if end is not None]
    return min(0.0, *ends), max(0.0, *ends)


def _extra_point(each: ExtraResponders) -> RowPoint:
    return RowPoint(each.result.point.id, each.value, each.low, each.high, _extra_hover(each))


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
        f"{result.point.time} · {result.series.label} · {people_in_words(result)}",
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
            treatment=_extra_point(each),
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
