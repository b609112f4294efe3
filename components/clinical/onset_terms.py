"""The words of the timeline: lanes, arms, masking, controls, metrics, marks."""

from enum import StrEnum


class Lane(StrEnum):
    """Whose result it is, control arms included: one colour each, the same on every chart."""

    KETAMINE_IV = "ketamine_iv"
    ESKETAMINE = "esketamine"
    SSRI = "ssri"
    SSRI_WITH_KETAMINE = "ssri_with_ketamine"
    KETAMINE_OTHER = "ketamine_other"
    SNRI = "snri"


class Role(StrEnum):
    """Which arm of its study a series is."""

    TREATMENT = "treatment"
    COMPARATOR = "comparator"


class Resistance(StrEnum):
    """Who was in the trial."""

    RESISTANT = "resistant"
    MIXED = "mixed"
    NOT_SELECTED = "not_selected"


class Masking(StrEnum):
    """Could people tell what they were given?"""

    MASKED = "masked"
    ACTIVE_PLACEBO = "active_placebo"
    DOUBLE_BLIND = "double_blind"
    CAN_BREAK = "can_break"
    BROKEN = "broken"
    RATER_ONLY = "rater_only"
    OPEN = "open"
    NOT_STATED = "not_stated"

    @property
    def masks_what_is_felt(self) -> bool:
        """True for masked trials, those with an active placebo (broken or not), and double-blind tablet trials."""
        return self in (Masking.MASKED, Masking.ACTIVE_PLACEBO, Masking.BROKEN, Masking.DOUBLE_BLIND)


class Control(StrEnum):
    """What a result is measured against."""

    SALINE = "saline"
    SALINE_ASLEEP = "saline_asleep"
    MIDAZOLAM = "midazolam"
    SALINE_OR_MIDAZOLAM = "saline_or_midazolam"
    PLACEBO_SPRAY = "placebo_spray"
    PLACEBO_SPRAY_ONGOING = "placebo_spray_ongoing"
    PLACEBO_SPRAY_NEW = "placebo_spray_new"
    PLACEBO_SPRAY_CARE = "placebo_spray_care"
    PLACEBO_TABLET = "placebo_tablet"
    SAME_SSRI = "same_ssri"
    OTHER_TREATMENT = "other_treatment"
    NONE = "none"


class Metric(StrEnum):
    """What was measured. Different metrics never share an axis."""

    RESPONSE = "response_pct"
    REMISSION = "remission_pct"
    CHANGE = "mean_change"
    SCORE = "mean_score"
    DIFFERENCE = "mean_difference"
    STANDARDISED_DIFFERENCE = "smd"
    RESPONSE_DIFFERENCE = "response_difference_pp"
    RELAPSE = "relapse_pct"
    MEDIAN_DAYS = "median_time"
    ODDS_RATIO = "odds_ratio"
    RISK_RATIO = "risk_ratio"
    HAZARD_RATIO = "hazard_ratio"
    EARLY_IMPROVEMENT = "early_improvement_pct"
    ONSET_AMONG_RESPONDERS = "onset_among_responders_pct"
    LATER_RESPONSE = "conditional_response_pct"
    SHARE_OF_CHANGE = "share_of_change_pct"
    IDEATION_RESPONSE = "si_response_pct"
    IDEATION_ABSENT = "si_absent_pct"
    SCORE_RATIO = "score_ratio"

    @property
    def is_share(self) -> bool:
        """True for shares of people in percent, 0 to 100."""
        return self.value.endswith("_pct")

    @property
    def depends_on_scale(self) -> bool:
        """True for points on a rating scale: two scales never share an axis."""
        return self in (Metric.CHANGE, Metric.SCORE, Metric.DIFFERENCE)

    @property
    def is_difference(self) -> bool:
        """True where the treatment's figure already holds the comparator's."""
        return self in (Metric.DIFFERENCE, Metric.STANDARDISED_DIFFERENCE, Metric.RESPONSE_DIFFERENCE)

    @property
    def higher_is_better(self) -> bool:
        """True for shares that got better; points on a scale, and relapse, are better when lower."""
        return self in (Metric.RESPONSE, Metric.REMISSION, Metric.RESPONSE_DIFFERENCE)


class IntervalMethod(StrEnum):
    """Where a 95 % interval comes from."""

    REPORTED = "reported"
    WILSON_FROM_COUNTS = "computed_wilson_from_counts"
    WILSON_FROM_SUMMED_COUNTS = "computed_wilson_from_summed_counts"
    WILSON_FROM_PERCENT = "computed_wilson_from_pct_and_n"
    FROM_SE = "computed_from_reported_se"
    FROM_SD = "computed_from_reported_sd_and_n"
    MANTEL_HAENSZEL = "computed_mantel_haenszel"
    INVERSE_VARIANCE = "computed_inverse_variance"
    DERIVED = "derived"
    NONE = "not_given"


class OnsetView(StrEnum):
    """The views of the timeline page."""

    HOW_SOON = "how_soon"
    EXTRA_RESPONDERS = "extra_responders"
    TRIALS = "trials"
    TWELVE_WEEKS = "twelve_weeks"
    OUT_OF_100 = "out_of_100"
    HOW_LONG = "how_long"
    IN_THE_BRAIN = "in_the_brain"


class MarkKind(StrEnum):
    """What happens at a mark; one shape each."""

    CHANGE_WITHOUT_CONTROL = "change_without_control"
    FIRST_DIFFERENCE = "first_difference"
    NO_DIFFERENCE = "no_difference"
    MOST_OF_EFFECT = "most_of_effect"
    DECISION_POINT = "decision_point"
    FADING = "fading"
    RELAPSE = "relapse"
    NOT_STUDIED = "not_studied"
    SESSION = "session"
    DAILY_TABLET = "daily_tablet"
    REVIEW = "review"
    MECHANISM = "mechanism"
