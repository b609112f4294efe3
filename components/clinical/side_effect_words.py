"""The side-effect page's fixed words: agents, groups, comparators, verdicts. Figures never stand here."""

from components.clinical.interface_words import say
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
)
from components.clinical.side_effects import EffectFact

AGENT_NAMES = {
    Agent.KETAMINE_IV: say("shared.iv_ketamine"),
    Agent.ESKETAMINE: say("shared.esketamine_spray"),
    Agent.SSRI_CLASS: say("side_effect_words.ssri_class"),
    Agent.ANY_ANTIDEPRESSANT: say("side_effect_words.any_antidepressant"),
    Agent.KETAMINE_COMPOUNDED_ORAL: say("side_effect_words.compounded_oral_ketamine"),
    Agent.KETAMINE_INFUSION_PAIN: say("side_effect_words.long_ketamine_infusions_pain"),
    Agent.KETAMINE_RECREATIONAL: say("side_effect_words.non_medical_ketamine_use"),
}
GROUP_NAMES = {
    EffectGroup.IN_THE_SESSION: say("side_effect_words.session_minutes_hours"),
    EffectGroup.WHILE_TAKING: say("side_effect_words.while_taking_weeks_years"),
    EffectGroup.ON_STOPPING: say("side_effect_words.on_stopping"),
    EffectGroup.RARE_BUT_SERIOUS: say("side_effect_words.rare_but_serious"),
}
COMPARATOR_NAMES = {
    ComparatorKind.PLACEBO: say("side_effect_words.placebo"),
    ComparatorKind.PLACEBO_SPRAY_NEW: say("shared.placebo_spray_new_antidepressant"),
    ComparatorKind.PLACEBO_SPRAY_CARE: say("shared.placebo_spray_usual_hospital"),
    ComparatorKind.PLACEBO_SPRAY_WITHDRAWN: say("side_effect_words.placebo_spray_after_stopping"),
    ComparatorKind.PLACEBO_SPRAY: say("shared.placebo_spray"),
    ComparatorKind.SALINE: say("side_effect_words.saline"),
    ComparatorKind.MIDAZOLAM: say("side_effect_words.midazolam"),
    ComparatorKind.ECT: say("side_effect_words.electroconvulsive_therapy"),
    ComparatorKind.OTHER_MEDICINE: say("shared.another_medicine"),
    ComparatorKind.STAYING_ON: say("side_effect_words.staying_medicine"),
    ComparatorKind.STOPPING_PLACEBO: say("side_effect_words.stopping_placebo"),
    ComparatorKind.NO_MEDICINE: say("shared.no_such_medicine"),
    ComparatorKind.BEFORE_TREATMENT: say("shared.before_treatment"),
    ComparatorKind.OTHER_PEOPLE: say("shared.other_people"),
    ComparatorKind.NONE: say("shared.no_comparator"),
}
ELICITATION_NAMES = {
    Elicitation.SPONTANEOUS: say("side_effect_words.reported_patients_unasked"),
    Elicitation.ASKED: say("side_effect_words.patients_were_asked"),
    Elicitation.RATED: say("side_effect_words.rated_scale"),
    Elicitation.MEASURED: say("side_effect_words.measured"),
    Elicitation.STOPPED: say("side_effect_words.people_who_stopped"),
    Elicitation.RECORDED: say("side_effect_words.from_records"),
    Elicitation.SERIOUS_EVENTS: say("side_effect_words.serious_events"),
    Elicitation.COLLECTED: say("side_effect_words.collected_reports"),
    Elicitation.NOT_KNOWN: say("side_effect_words.not_known_how"),
}
INDICATION_NOTES = {
    Indication.DEPRESSION: None,
    Indication.SEVERAL: say("side_effect_words.several_conditions_together"),
    Indication.NOT_KNOWN: say("side_effect_words.population_not_given"),
    Indication.OTHER: say("side_effect_words.not_in_depression"),
}
CLOCK_NAMES = {
    CourseClock.DOSE: say("side_effect_words.since_dose"),
    CourseClock.FIRST_TABLET: say("side_effect_words.since_first_tablet"),
    CourseClock.LAST_TABLET: say("side_effect_words.since_last_tablet"),
}
_BOUNDS = {Bound.EXACT: "", Bound.AT_MOST: say("side_effect_words.at_most"), Bound.OVER: say("side_effect_words.over")}
_RATIO_NAMES = {
    Metric.ODDS_RATIO: say("side_effect_words.odds_ratio"),
    Metric.RISK_RATIO: say("side_effect_words.risk_ratio"),
    Metric.RATE_RATIO: say("side_effect_words.rate_ratio"),
    Metric.HAZARD_RATIO: say("side_effect_words.hazard_ratio"),
}


def agent_name(agent: Agent) -> str:
    """'Sertraline', 'IV ketamine'."""
    return AGENT_NAMES.get(agent, agent.value.capitalize())


def figure_in_words(fact: EffectFact) -> str:
    """'29% v 8%', 'odds ratio 1.66 (1.44 to 1.92)', '3.2 kg', '5 to 30%', or 'no figure'."""
    if fact.metric is Metric.NO_FIGURE:
        return say("side_effect_words.no_figure")
    interval = (
        ""
        if fact.low is None or fact.high is None
        else say("side_effect_words.interval", low=number(fact.low), high=number(fact.high))
    )
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
        return say("side_effect_words.against_number", number=number(other.value), unit=unit)
    if other.below is not None:
        return say("side_effect_words.under", number=number(other.below), unit=unit)
    if other.low is not None and other.high is not None:
        return say("side_effect_words.v_to", low=number(other.low), high=number(other.high), unit=unit)
    return ""


def excess_in_words(difference: Difference) -> str:
    """'21 more in 100 (14.2 to 27.5 more)', '3 fewer in 100 (4.9 fewer to 1 fewer)', '2 more in 100, no interval'."""
    more = say("side_effect_words.in", more=_more(difference.value))
    if difference.low is None or difference.high is None:
        return say("side_effect_words.no_interval", more=more)
    if difference.low >= 0:
        return say(
            "side_effect_words.more_in_100",
            excess=more,
            low=number(round(difference.low, 1)),
            high=number(round(difference.high, 1)),
        )
    return say(
        "side_effect_words.more_in_100_mixed", excess=more, low=_more(difference.low), high=_more(difference.high)
    )


def _more(difference: float) -> str:
    rounded = round(difference, 1)
    points = number(abs(rounded))
    return (
        say("side_effect_words.more", points=points) if rounded >= 0 else say("side_effect_words.fewer", points=points)
    )


def harm_in_words(difference: Difference) -> str:
    """'Number needed to harm 4.8 (3.6 to 7.1)', or why there is no such number."""
    needed = number_needed_to_harm(difference)
    if needed is not None:
        return say("side_effect_words.number_needed_harm", value=needed.value, low=needed.low, high=needed.high)
    if difference.low is None or difference.high is None:
        return say("side_effect_words.no_number_needed_harm_no_interval")
    if difference.high < 0:
        return say("side_effect_words.no_number_needed_harm")
    return say("side_effect_words.no_number_needed_harm_no")


def comparator_in_words(fact: EffectFact) -> str:
    """'against placebo: ...'; against another treatment nothing can be subtracted, and it is named."""
    name = fact.comparator.words or COMPARATOR_NAMES[fact.comparator.kind]
    if fact.comparator.kind is ComparatorKind.NONE:
        return say("side_effect_words.nothing_compare")
    if fact.has_excess or fact.metric is not Metric.SHARE:
        return say("side_effect_words.against", name=name)
    return say("side_effect_words.beside_nothing_can_subtracted", name=name)


def people_in_words(fact: EffectFact) -> str:
    """'n = 346', or why there is no number."""
    return (
        say("shared.number_of_people", people_counted=fact.people)
        if fact.people
        else (fact.people_note or "").removesuffix(".")
    )
