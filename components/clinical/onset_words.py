"""The timeline's fixed words: lanes, metrics, controls, masking, times. Figures never stand here."""

from dataclasses import dataclass

from components.clinical.onset import OnsetSeries
from components.clinical.onset_base import ArmResult
from components.clinical.onset_terms import Control, IntervalMethod, Lane, MarkKind, Masking, Metric, Resistance

LANE_NAMES = {
    Lane.KETAMINE_IV: "IV ketamine",
    Lane.ESKETAMINE: "Esketamine spray",
    Lane.SSRI: "SSRI",
    Lane.SSRI_WITH_KETAMINE: "SSRI + ketamine",
    Lane.KETAMINE_OTHER: "Ketamine, other routes",
    Lane.SNRI: "SNRI (stand-in)",
}
LANE_NOTES = {
    Lane.ESKETAMINE: "with or without a new antidepressant",
    Lane.SSRI_WITH_KETAMINE: "two small trials only",
    Lane.KETAMINE_OTHER: "swallowed, under the skin, nasal",
    Lane.SNRI: "duloxetine: the only week-by-week curves read",
}
RESISTANCE_NAMES = {
    Resistance.RESISTANT: "treatment-resistant",
    Resistance.MIXED: "mixed or not stated",
    Resistance.NOT_SELECTED: "not treatment-resistant",
}
CONTROL_NAMES = {
    Control.SALINE: "saline or another inactive placebo",
    Control.SALINE_ASLEEP: "saline, both asleep under anaesthesia",
    Control.MIDAZOLAM: "midazolam",
    Control.SALINE_OR_MIDAZOLAM: "saline or midazolam",
    Control.PLACEBO_SPRAY: "placebo spray",
    Control.PLACEBO_SPRAY_ONGOING: "placebo spray + ongoing antidepressant",
    Control.PLACEBO_SPRAY_NEW: "placebo spray + new antidepressant",
    Control.PLACEBO_SPRAY_CARE: "placebo spray + usual hospital care",
    Control.PLACEBO_TABLET: "placebo tablets",
    Control.SAME_SSRI: "the same SSRI + placebo",
    Control.OTHER_TREATMENT: "another treatment",
    Control.NONE: "no comparator",
}
MASKING_NAMES = {
    Masking.MASKED: "Masked: participants could not tell",
    Masking.ACTIVE_PLACEBO: "Double-blind, active placebo",
    Masking.DOUBLE_BLIND: "Double-blind",
    Masking.CAN_BREAK: "Double-blind, but what people feel can reveal the arm",
    Masking.BROKEN: "Double-blind in name; most people guessed their arm",
    Masking.RATER_ONLY: "Open; raters blinded",
    Masking.OPEN: "Open",
    Masking.NOT_STATED: "Masking not stated in what was read",
}
MARK_NAMES = {
    MarkKind.CHANGE_WITHOUT_CONTROL: "change, no control group",
    MarkKind.FIRST_DIFFERENCE: "difference from control",
    MarkKind.NO_DIFFERENCE: "no clear difference from control",
    MarkKind.MOST_OF_EFFECT: "most of the difference measured",
    MarkKind.DECISION_POINT: "time to judge",
    MarkKind.FADING: "effect fades",
    MarkKind.RELAPSE: "relapse",
    MarkKind.NOT_STUDIED: "not studied",
    MarkKind.SESSION: "sessions",
    MarkKind.DAILY_TABLET: "daily tablets",
    MarkKind.REVIEW: "review",
    MarkKind.MECHANISM: "in the brain",
}


@dataclass(frozen=True, slots=True)
class MetricWords:
    """How a metric is called, and in which unit it is read."""

    name: str
    axis: str
    unit: str
    better: str


METRIC_WORDS = {
    Metric.RESPONSE: MetricWords("Response", "Responders in 100", "%", "higher is better"),
    Metric.REMISSION: MetricWords("Remission", "In remission, of 100", "%", "higher is better"),
    Metric.CHANGE: MetricWords("Change in score", "Points since the start", "points", "lower is better"),
    Metric.SCORE: MetricWords("Score", "Points", "points", "lower is better"),
    Metric.DIFFERENCE: MetricWords("Difference from comparator", "Points v comparator", "points", "lower is better"),
    Metric.STANDARDISED_DIFFERENCE: MetricWords(
        "Standardised difference", "SD v comparator", "standard deviations", "lower is better"
    ),
    Metric.RELAPSE: MetricWords("Relapse", "Relapsed, of 100", "%", "lower is better"),
    Metric.RESPONSE_DIFFERENCE: MetricWords(
        "Extra responders", "Extra in 100", "percentage points", "higher is better"
    ),
}
INTERVAL_NAMES = {
    IntervalMethod.REPORTED: "as the source prints it",
    IntervalMethod.WILSON_FROM_COUNTS: "Wilson, from the counts",
    IntervalMethod.WILSON_FROM_SUMMED_COUNTS: "Wilson, from counts summed over trials",
    IntervalMethod.WILSON_FROM_PERCENT: "Wilson, from percentage and number of people",
    IntervalMethod.FROM_SE: "from the printed standard error",
    IntervalMethod.FROM_SD: "from the printed standard deviation and number of people",
    IntervalMethod.MANTEL_HAENSZEL: "Mantel-Haenszel, pooled over trials",
    IntervalMethod.INVERSE_VARIANCE: "inverse variance, pooled over trials",
    IntervalMethod.DERIVED: "derived from printed figures",
    IntervalMethod.NONE: "none",
}


def lane_in_words(lane: Lane) -> str:
    """'SSRI + ketamine (two small trials only)'."""
    note = LANE_NOTES.get(lane)
    return f"{LANE_NAMES[lane]} ({note})" if note else LANE_NAMES[lane]


def control_in_words(series: OnsetSeries) -> str:
    """The comparator; another treatment is named, since 'extra' then means something else than over placebo."""
    if series.control is Control.OTHER_TREATMENT and series.control_words:
        return f"another treatment: {series.control_words}"
    return CONTROL_NAMES[series.control]


def number(value: float) -> str:
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
        return "no interval"
    return f"95% interval {number(low)} to {number(high)}"


def people_in_words(result: ArmResult) -> str:
    """'n = 47', or why there is no number."""
    point = result.point
    return f"n = {point.people:,}" if point.people else (point.people_note or "")
