"""The timeline's fixed words: lanes, metrics, controls, masking, times. Figures never stand here."""

from dataclasses import dataclass
from decimal import Decimal

from components.clinical.interface_words import say
from components.clinical.onset import OnsetSeries
from components.clinical.onset_base import ArmResult
from components.clinical.onset_terms import Control, IntervalMethod, Lane, MarkKind, Masking, Metric, Resistance

LANE_NAMES = {
    Lane.KETAMINE_IV: say("shared.iv_ketamine"),
    Lane.ESKETAMINE: say("shared.esketamine_spray"),
    Lane.SSRI: say("onset_words.ssri"),
    Lane.SSRI_WITH_KETAMINE: say("onset_words.ssri_with_ketamine"),
    Lane.KETAMINE_OTHER: say("onset_words.ketamine_other_routes"),
    Lane.SNRI: say("onset_words.snri_stand"),
}
LANE_NOTES = {
    Lane.ESKETAMINE: say("onset_words.without_new_antidepressant"),
    Lane.SSRI_WITH_KETAMINE: say("onset_words.two_small_trials_only"),
    Lane.KETAMINE_OTHER: say("onset_words.swallowed_under_skin_nasal"),
    Lane.SNRI: say("onset_words.duloxetine_only_week_week"),
}
RESISTANCE_NAMES = {
    Resistance.RESISTANT: say("onset_words.is_treatment_resistant"),
    Resistance.MIXED: say("onset_words.mixed_or_not_stated"),
    Resistance.NOT_SELECTED: say("onset_words.not_treatment_resistant"),
}
CONTROL_NAMES = {
    Control.SALINE: say("onset_words.saline_another_inactive_placebo"),
    Control.SALINE_ASLEEP: say("onset_words.saline_both_asleep_under"),
    Control.MIDAZOLAM: "midazolam",
    Control.SALINE_OR_MIDAZOLAM: say("onset_words.saline_midazolam"),
    Control.PLACEBO_SPRAY: say("shared.placebo_spray"),
    Control.PLACEBO_SPRAY_ONGOING: say("onset_words.placebo_spray_ongoing_antidepressant"),
    Control.PLACEBO_SPRAY_NEW: say("shared.placebo_spray_new_antidepressant"),
    Control.PLACEBO_SPRAY_CARE: say("shared.placebo_spray_usual_hospital"),
    Control.PLACEBO_TABLET: say("onset_words.placebo_tablets"),
    Control.SAME_SSRI: say("onset_words.same_ssri_placebo"),
    Control.OTHER_TREATMENT: say("onset_words.another_treatment"),
    Control.NONE: say("shared.no_comparator"),
}
MASKING_NAMES = {
    Masking.MASKED: say("onset_words.masked_participants_could_not_tell"),
    Masking.ACTIVE_PLACEBO: say("onset_words.double_blind_active_placebo"),
    Masking.DOUBLE_BLIND: say("onset_words.double_blind"),
    Masking.CAN_BREAK: say("onset_words.double_blind_but_what"),
    Masking.BROKEN: say("onset_words.double_blind_name_most"),
    Masking.RATER_ONLY: say("onset_words.open_raters_blinded"),
    Masking.OPEN: say("onset_words.open"),
    Masking.NOT_STATED: say("onset_words.masking_not_stated"),
}
MARK_NAMES = {
    MarkKind.CHANGE_WITHOUT_CONTROL: say("onset_words.change_no_control_group"),
    MarkKind.FIRST_DIFFERENCE: say("onset_words.difference_from_control"),
    MarkKind.NO_DIFFERENCE: say("onset_words.no_clear_difference_from"),
    MarkKind.MOST_OF_EFFECT: say("onset_words.most_difference_measured"),
    MarkKind.DECISION_POINT: say("onset_words.time_judge"),
    MarkKind.FADING: say("onset_words.effect_fades"),
    MarkKind.RELAPSE: "relapse",
    MarkKind.NOT_STUDIED: say("onset_words.not_studied"),
    MarkKind.SESSION: say("onset_words.sessions"),
    MarkKind.DAILY_TABLET: say("onset_words.daily_tablets"),
    MarkKind.REVIEW: "review",
    MarkKind.MECHANISM: say("onset_words.in_the_brain"),
}


@dataclass(frozen=True, slots=True)
class MetricWords:
    """How a metric is called, and in which unit it is read."""

    name: str
    axis: str
    unit: str
    better: str


METRIC_WORDS = {
    Metric.RESPONSE: MetricWords(
        say("onset_words.response"), say("onset_words.responders_in"), "%", say("onset_words.higher_better")
    ),
    Metric.REMISSION: MetricWords(
        say("onset_words.remission"), say("onset_words.in_remission_of"), "%", say("onset_words.higher_better")
    ),
    Metric.CHANGE: MetricWords(
        say("onset_words.change_score"),
        say("onset_words.points_since_start"),
        "points",
        say("onset_words.lower_better"),
    ),
    Metric.SCORE: MetricWords(
        say("onset_words.score"), say("onset_words.points"), "points", say("onset_words.lower_better")
    ),
    Metric.DIFFERENCE: MetricWords(
        say("onset_words.difference_from_comparator"),
        say("onset_words.points_comparator"),
        "points",
        say("onset_words.lower_better"),
    ),
    Metric.STANDARDISED_DIFFERENCE: MetricWords(
        say("onset_words.standardised_difference"),
        say("onset_words.sd_comparator"),
        say("onset_words.standard_deviations"),
        say("onset_words.lower_better"),
    ),
    Metric.RELAPSE: MetricWords(
        say("onset_words.relapse"), say("shared.relapsed_of"), "%", say("onset_words.lower_better")
    ),
    Metric.RESPONSE_DIFFERENCE: MetricWords(
        say("onset_words.extra_responders"),
        say("shared.extra_in"),
        say("onset_words.percentage_points"),
        say("onset_words.higher_better"),
    ),
}
INTERVAL_NAMES = {
    IntervalMethod.REPORTED: say("onset_words.source_prints"),
    IntervalMethod.WILSON_FROM_COUNTS: say("onset_words.wilson_from_counts"),
    IntervalMethod.WILSON_FROM_SUMMED_COUNTS: say("onset_words.wilson_from_counts_summed"),
    IntervalMethod.WILSON_FROM_PERCENT: say("onset_words.wilson_from_percentage_number"),
    IntervalMethod.FROM_SE: say("onset_words.from_printed_standard_error"),
    IntervalMethod.FROM_SD: say("onset_words.from_printed_standard_deviation"),
    IntervalMethod.MANTEL_HAENSZEL: say("onset_words.mantel_haenszel_pooled_over"),
    IntervalMethod.INVERSE_VARIANCE: say("onset_words.inverse_variance_pooled_over"),
    IntervalMethod.DERIVED: say("onset_words.derived_from_printed_figures"),
    IntervalMethod.NONE: say("onset_words.no_method"),
}


def lane_in_words(lane: Lane) -> str:
    """'SSRI + ketamine (two small trials only)'."""
    note = LANE_NOTES.get(lane)
    return f"{LANE_NAMES[lane]} ({note})" if note else LANE_NAMES[lane]


def control_in_words(series: OnsetSeries) -> str:
    """The comparator; another treatment is named, since 'extra' then means something else than over placebo."""
    if series.control is Control.OTHER_TREATMENT and series.control_words:
        return say("onset_words.another_treatment_named", control=series.control_words)
    return CONTROL_NAMES[series.control]


def number(value: float | Decimal) -> str:
    """A figure as read, without needless zeros: 64, 17.3, -3.25."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def value_in_words(result: ArmResult) -> str:
    """'64%, 95% interval 49.5 to 76', or 'no interval'."""
    point = result.point
    words = METRIC_WORDS.get(point.metric)
    unit = "" if words is None else words.unit if words.unit == "%" else f" {words.unit}"
    return f"{number(point.value)}{unit}, {interval_in_words(point.low, point.high)}"


def interval_in_words(low: float | None, high: float | None) -> str:
    """'95% interval 1.8 to 13.5', or 'no interval'."""
    if low is None or high is None:
        return say("onset_words.no_interval")
    return say("onset_words.interval_to", low=number(low), high=number(high))


def people_in_words(result: ArmResult) -> str:
    """'n = 47', or why there is no number."""
    point = result.point
    return (
        say("shared.number_of_people", people_counted=point.people)
        if point.people
        else (point.people_note or "").removesuffix(".")
    )
