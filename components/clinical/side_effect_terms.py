"""The words of the side-effect page: agents, groups, how a figure was found, comparators, verdicts."""

from enum import StrEnum


class AgentKind(StrEnum):
    """Whose figure it is: one colour each, the same as on the timeline. Other agents are background."""

    KETAMINE_IV = "ketamine_iv"
    ESKETAMINE = "esketamine"
    SSRI = "ssri"
    KETAMINE_OTHER = "ketamine_other"
    OTHER_ANTIDEPRESSANT = "other_antidepressant"


class Agent(StrEnum):
    """What people took."""

    KETAMINE_IV = "ketamine_iv"
    ESKETAMINE = "esketamine"
    SSRI_CLASS = "ssri_class"
    CITALOPRAM = "citalopram"
    ESCITALOPRAM = "escitalopram"
    FLUOXETINE = "fluoxetine"
    FLUVOXAMINE = "fluvoxamine"
    PAROXETINE = "paroxetine"
    SERTRALINE = "sertraline"
    ANY_ANTIDEPRESSANT = "antidepressants_any"
    VORTIOXETINE = "vortioxetine"
    VILAZODONE = "vilazodone"
    VENLAFAXINE = "venlafaxine"
    DULOXETINE = "duloxetine"
    MIRTAZAPINE = "mirtazapine"
    BUPROPION = "bupropion"
    KETAMINE_COMPOUNDED_ORAL = "ketamine_compounded_oral"
    KETAMINE_INFUSION_PAIN = "ketamine_infusion_pain"
    KETAMINE_RECREATIONAL = "ketamine_recreational"

    @property
    def kind(self) -> AgentKind:
        """Its colour and column. 'Any antidepressant' is never shown as SSRI."""
        if self is Agent.KETAMINE_IV or self is Agent.ESKETAMINE:
            return AgentKind(self.value)
        if self is Agent.SSRI_CLASS or self in SINGLE_SSRIS:
            return AgentKind.SSRI
        return AgentKind.KETAMINE_OTHER if self.value.startswith("ketamine_") else AgentKind.OTHER_ANTIDEPRESSANT

    @property
    def medicine(self) -> str | None:
        """Id in data/medicines/; None for a group of medicines."""
        if self in (Agent.SSRI_CLASS, Agent.ANY_ANTIDEPRESSANT):
            return None
        return "ketamine" if self.value.startswith("ketamine_") else self.value


SINGLE_SSRIS = (
    Agent.CITALOPRAM,
    Agent.ESCITALOPRAM,
    Agent.FLUOXETINE,
    Agent.FLUVOXAMINE,
    Agent.PAROXETINE,
    Agent.SERTRALINE,
)


class EffectGroup(StrEnum):
    """Where an effect stands on the page, so that all agents stand side by side."""

    IN_THE_SESSION = "in_the_session"
    WHILE_TAKING = "while_taking"
    ON_STOPPING = "on_stopping"
    RARE_BUT_SERIOUS = "rare_but_serious"


class Timing(StrEnum):
    """When a figure's events happen with that agent."""

    SESSION_DAY = "session_day"
    FIRST_WEEKS = "first_weeks"
    LONG_TERM = "long_term"
    ON_STOPPING = "on_stopping"


class Metric(StrEnum):
    """What the value is. Different metrics never share an axis."""

    SHARE = "share_pct"
    SHARE_RANGE = "share_range_pct"
    ODDS_RATIO = "odds_ratio"
    RISK_RATIO = "risk_ratio"
    RATE_RATIO = "rate_ratio"
    HAZARD_RATIO = "hazard_ratio"
    DIFFERENCE_IN_POINTS = "difference_pp"
    MEAN_DIFFERENCE = "mean_difference"
    MEAN_CHANGE = "mean_change"
    LARGEST_RISE = "mean_largest_rise"
    MEAN_SCORE = "mean_score"
    TIMES_AS_MANY = "times_as_many"
    MODEL_COEFFICIENT = "model_coefficient"
    NO_FIGURE = "no_figure"

    @property
    def is_ratio(self) -> bool:
        """True where 1 means no difference."""
        return self in (Metric.ODDS_RATIO, Metric.RISK_RATIO, Metric.RATE_RATIO, Metric.HAZARD_RATIO)

    @property
    def has_unit(self) -> bool:
        """True for kilograms, mmHg, points on a scale: the unit stands in the fact."""
        return self.value.startswith("mean_")


class Bound(StrEnum):
    """How the source prints the value."""

    EXACT = "exact"
    AT_MOST = "at_most"
    OVER = "over"


class Elicitation(StrEnum):
    """How effects were found; the largest single cause of different figures for one effect."""

    SPONTANEOUS = "spontaneous"
    ASKED = "asked"
    RATED = "rated"
    MEASURED = "measured"
    STOPPED = "stopped"
    RECORDED = "recorded"
    SERIOUS_EVENTS = "serious_events"
    COLLECTED = "collected"
    NOT_KNOWN = "not_known"


class Indication(StrEnum):
    """What people were treated for, nearest to this page's patients first."""

    DEPRESSION = "depression"
    SEVERAL = "several"
    NOT_KNOWN = "not_known"
    OTHER = "other"


class ComparatorKind(StrEnum):
    """What a figure stands against."""

    PLACEBO = "placebo"
    PLACEBO_SPRAY_NEW = "placebo_spray_new"
    PLACEBO_SPRAY_CARE = "placebo_spray_care"
    PLACEBO_SPRAY_WITHDRAWN = "placebo_spray_withdrawn"
    PLACEBO_SPRAY = "placebo_spray"
    SALINE = "saline"
    MIDAZOLAM = "midazolam"
    ECT = "ect"
    OTHER_MEDICINE = "other_medicine"
    STAYING_ON = "staying_on"
    STOPPING_PLACEBO = "stopping_placebo"
    NO_MEDICINE = "no_medicine"
    BEFORE_TREATMENT = "before_treatment"
    OTHER_PEOPLE = "other_people"
    NONE = "none"

    @property
    def allows_excess(self) -> bool:
        """True where drug minus comparator may be read as the drug's (or stopping's): placebo or midazolam."""
        return self in _ALLOW_EXCESS


_ALLOW_EXCESS = (
    ComparatorKind.PLACEBO,
    ComparatorKind.PLACEBO_SPRAY_NEW,
    ComparatorKind.PLACEBO_SPRAY_CARE,
    ComparatorKind.PLACEBO_SPRAY_WITHDRAWN,
    ComparatorKind.PLACEBO_SPRAY,
    ComparatorKind.SALINE,
    ComparatorKind.MIDAZOLAM,
    ComparatorKind.STAYING_ON,
)


class IntervalBasis(StrEnum):
    """Where a 95 % interval comes from. Worked out from the fields of a fact, never stored."""

    REPORTED = "reported"
    FROM_COUNTS = "wilson_from_counts"
    FROM_PERCENT = "wilson_from_percent_and_people"
    NONE = "none"


class PanelRule(StrEnum):
    """Which facts of one axis group may stand on one axis."""

    RATES = "rates"
    EXCESS_ONLY = "excess_only"
    ONE_SOURCE = "one_source"
    WORDS_ONLY = "words_only"


class CourseClock(StrEnum):
    """What the hours of a time course are counted from."""

    DOSE = "dose"
    FIRST_TABLET = "first_tablet"
    LAST_TABLET = "last_tablet"


class ClaimAbout(StrEnum):
    """Which column of the clinic's table a verdict is about."""

    KETAMINE = "ketamine"
    SSRI = "ssri"
    BOTH = "both"


class EffectView(StrEnum):
    """The views of the side-effect page."""

    COMPARE = "compare"
    CARDS = "cards"
    WHEN = "when"
    OUT_OF_100 = "out_of_100"
    EACH_SSRI = "each_ssri"
    CHECK_MARKS = "check_marks"
    SERIOUS = "serious"
