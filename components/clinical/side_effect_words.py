"""The side-effect page's fixed words: agents, groups, comparators, verdicts. Figures never stand here."""

from components.clinical.onset_words import number
from components.clinical.shares import Difference, number_needed_to_harm
from components.clinical.side_effect_terms import (
    Agent,
    Bound,
    ComparatorKind,
    CourseClock,
    EffectGroup,
    Elicitation,
    Indication,
    Metric,
    Verdict,
)
from components.clinical.side_effects import EffectFact

AGENT_NAMES = {
    Agent.KETAMINE_IV: "IV ketamine",
    Agent.ESKETAMINE: "Esketamine spray",
    Agent.SSRI_CLASS: "SSRI (class)",
    Agent.ANY_ANTIDEPRESSANT: "Any antidepressant",
    Agent.KETAMINE_COMPOUNDED_ORAL: "Compounded oral ketamine",
    Agent.KETAMINE_INFUSION_PAIN: "Long ketamine infusions for pain",
    Agent.KETAMINE_RECREATIONAL: "Non-medical ketamine use",
}
GROUP_NAMES = {
    EffectGroup.IN_THE_SESSION: "In the session: minutes to hours",
    EffectGroup.WHILE_TAKING: "While taking it: weeks to years",
    EffectGroup.ON_STOPPING: "On stopping",
    EffectGroup.RARE_BUT_SERIOUS: "Rare but serious",
}
COMPARATOR_NAMES = {
    ComparatorKind.PLACEBO: "placebo",
    ComparatorKind.PLACEBO_SPRAY_NEW: "placebo spray + new antidepressant",
    ComparatorKind.PLACEBO_SPRAY_CARE: "placebo spray + usual hospital care",
    ComparatorKind.PLACEBO_SPRAY_WITHDRAWN: "placebo spray after stopping",
    ComparatorKind.PLACEBO_SPRAY: "placebo spray",
    ComparatorKind.SALINE: "saline",
    ComparatorKind.MIDAZOLAM: "midazolam",
    ComparatorKind.ECT: "electroconvulsive therapy",
    ComparatorKind.OTHER_MEDICINE: "another medicine",
    ComparatorKind.STAYING_ON: "staying on the medicine",
    ComparatorKind.STOPPING_PLACEBO: "stopping placebo",
    ComparatorKind.NO_MEDICINE: "no such medicine",
    ComparatorKind.BEFORE_TREATMENT: "before treatment",
    ComparatorKind.OTHER_PEOPLE: "other people",
    ComparatorKind.NONE: "no comparator",
}
ELICITATION_NAMES = {
    Elicitation.SPONTANEOUS: "reported by patients unasked",
    Elicitation.ASKED: "patients were asked",
    Elicitation.RATED: "rated on a scale",
    Elicitation.MEASURED: "measured",
    Elicitation.STOPPED: "people who stopped",
    Elicitation.RECORDED: "from records",
    Elicitation.SERIOUS_EVENTS: "serious events",
    Elicitation.COLLECTED: "collected reports",
    Elicitation.NOT_KNOWN: "not known how",
}
VERDICT_NAMES = {
    Verdict.SUPPORTED: "Supported",
    Verdict.PARTLY_SUPPORTED: "Partly supported",
    Verdict.OVERSIMPLIFIED: "Too simple",
    Verdict.UNSUPPORTED: "Not supported",
    Verdict.CONTRADICTED: "Contradicted",
}
INDICATION_NOTES = {
    Indication.DEPRESSION: None,
    Indication.SEVERAL: "several conditions together",
    Indication.NOT_KNOWN: "population not given",
    Indication.OTHER: "not in depression",
}
CLOCK_NAMES = {
    CourseClock.DOSE: "since the dose",
    CourseClock.FIRST_TABLET: "since the first tablet",
    CourseClock.LAST_TABLET: "since the last tablet",
}
_BOUNDS = {Bound.EXACT: "", Bound.AT_MOST: "at most ", Bound.OVER: "over "}
_RATIO_NAMES = {
    Metric.ODDS_RATIO: "odds ratio",
    Metric.RISK_RATIO: "risk ratio",
    Metric.RATE_RATIO: "rate ratio",
    Metric.HAZARD_RATIO: "hazard ratio",
}


def agent_name(agent: Agent) -> str:
    """'Sertraline', 'IV ketamine'."""
    return AGENT_NAMES.get(agent, agent.value.capitalize())


def figure_in_words(fact: EffectFact) -> str:
    """'29% v 8%', 'odds ratio 1.66 (1.44 to 1.92)', '3.2 kg', '5 to 30%', or 'no figure'."""
    if fact.metric is Metric.NO_FIGURE:
        return "no figure"
    interval = "" if fact.low is None or fact.high is None else f"{number(fact.low)} to {number(fact.high)}"
    if fact.metric is Metric.SHARE_RANGE:
        return f"{interval}%{_against(fact, '%')}"
    value = _BOUNDS[fact.bound] + number(fact.value or 0.0)
    if fact.metric is Metric.SHARE:
        return f"{value}%{_against(fact, '%')}"
    in_brackets = f" ({interval})" if interval else ""
    if fact.metric.is_ratio:
        return f"{_RATIO_NAMES[fact.metric]} {value}{in_brackets}"
    return f"{value} {fact.unit or fact.metric.value.replace('_', ' ')}{in_brackets}{_against(fact, '')}"


def _against(fact: EffectFact, unit: str) -> str:
    other = fact.comparator
    if other.value is not None:
        return f" v {number(other.value)}{unit}"
    if other.below is not None:
        return f" v under {number(other.below)}{unit}"
    if other.low is not None and other.high is not None:
        return f" v {number(other.low)} to {number(other.high)}{unit}"
    return ""


def excess_in_words(difference: Difference) -> str:
    """'21 more in 100 (14.2 to 27.5 more)', '3 fewer in 100 (4.9 fewer to 1 fewer)', '2 more in 100, no interval'."""
    more = f"{_more(difference.value)} in 100"
    if difference.low is None or difference.high is None:
        return f"{more}, no interval"
    if difference.low >= 0:
        return f"{more} ({number(round(difference.low, 1))} to {number(round(difference.high, 1))})"
    return f"{more} ({_more(difference.low)} to {_more(difference.high)})"


def _more(points: float) -> str:
    rounded = round(points, 1)
    return f"{number(abs(rounded))} {'more' if rounded >= 0 else 'fewer'}"


def harm_in_words(difference: Difference) -> str:
    """'Number needed to harm 4.8 (3.6 to 7.1)', or why there is no such number."""
    needed = number_needed_to_harm(difference)
    if needed is not None:
        return f"Number needed to harm {needed.value:.1f} ({needed.low:.1f} to {needed.high:.1f})"
    if difference.low is None or difference.high is None:
        return "No number needed to harm: no interval"
    if difference.high < 0:
        return "No number needed to harm: fewer people than on the comparator"
    return "No number needed to harm: no clear difference"


def comparator_in_words(fact: EffectFact) -> str:
    """'against placebo: ...'; against another treatment nothing can be subtracted, and it is named."""
    name = fact.comparator.words or COMPARATOR_NAMES[fact.comparator.kind]
    if fact.comparator.kind is ComparatorKind.NONE:
        return "nothing to compare with"
    if fact.has_excess or fact.metric is not Metric.SHARE:
        return f"against {name}"
    return f"beside {name}: nothing can be subtracted"


def people_in_words(fact: EffectFact) -> str:
    """'n = 346', or why there is no number."""
    return f"n = {fact.people:,}" if fact.people else (fact.people_note or "")
