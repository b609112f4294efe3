"""The numbers of the side-effect pictures as rows of a table: the same rows go on screen and into the CSV file."""

from collections.abc import Iterable, Mapping, Sequence

from components.clinical.interface_words import say
from components.clinical.onset_tables import Row
from components.clinical.records import Source
from components.clinical.side_effect_answers import TimeCourse
from components.clinical.side_effect_base import SideEffectBase
from components.clinical.side_effect_choice import excess_of
from components.clinical.side_effect_words import (
    CLOCK_NAMES,
    COMPARATOR_NAMES,
    ELICITATION_NAMES,
    agent_name,
    excess_in_words,
    figure_in_words,
    harm_in_words,
    people_in_words,
)
from components.clinical.side_effects import EffectFact

NOT_SUBTRACTED = say("side_effect_tables.cannot_worked_out")
FACT_COLUMNS = (
    say("shared.effect"),
    say("shared.treatment"),
    say("shared.figure"),
    say("shared.against"),
    say("shared.extra_in"),
    say("side_effect_tables.number_needed_harm"),
    "n",
    say("side_effect_tables.found_how"),
)
COURSE_COLUMNS = (
    say("shared.treatment"),
    say("shared.effect"),
    say("shared.when"),
    say("shared.seen"),
    say("shared.caveat_to_mind"),
)


def fact_rows(facts: Iterable[EffectFact], base: SideEffectBase, sources: Mapping[str, Source]) -> list[Row]:
    """One row a figure, in the order given."""
    return [{**_figures(fact, base), **_study(fact, base, sources)} for fact in facts]


def _figures(fact: EffectFact, base: SideEffectBase) -> Row:
    excess = excess_of(fact)
    name = base.effects[fact.effect].name
    return {
        say("shared.effect"): f"{name} ({fact.term})" if fact.term else name,
        say("shared.treatment"): agent_name(fact.agent),
        say("shared.figure"): figure_in_words(fact),
        say("shared.against"): fact.comparator.words or COMPARATOR_NAMES[fact.comparator.kind],
        say("shared.extra_in"): excess_in_words(excess) if excess else NOT_SUBTRACTED,
        say("side_effect_tables.number_needed_harm"): harm_in_words(excess) if excess else NOT_SUBTRACTED,
        "n": people_in_words(fact),
        say("side_effect_tables.found_how"): base.axis_groups[fact.axis_group].name,
        say("shared.value"): fact.value,
        say("side_effect_tables.comparator"): fact.comparator.value,
        say("shared.events"): fact.events,
        say("shared.people"): fact.people,
        say("side_effect_tables.comparator_events"): fact.comparator.events,
        say("side_effect_tables.comparator_people"): fact.comparator.people,
        say("shared.interval"): excess.origin.value if excess else None,
    }


def _study(fact: EffectFact, base: SideEffectBase, sources: Mapping[str, Source]) -> Row:
    return {
        say("side_effect_tables.measure"): fact.measure,
        say("side_effect_tables.asked_or_not"): ELICITATION_NAMES[fact.elicitation],
        say("shared.population"): fact.population,
        say("shared.dose"): fact.dose,
        say("side_effect_tables.follow_up"): fact.follow_up,
        say("side_effect_tables.not_comparable_because"): base.axis_groups[fact.axis_group].why_apart,
        say("shared.not_on_the_chart_because"): fact.shown_reason,
        say("shared.caveat_to_mind"): fact.caveat,
        say("shared.place_source"): fact.where,
        say("shared.source"): "; ".join(sources[each].title for each in fact.sources),
        say("shared.link"): "; ".join(sources[each].url or "" for each in fact.sources),
        say("shared.status"): fact.status.value,
        say("shared.id"): fact.id,
    }


def course_rows(courses: Sequence[TimeCourse], base: SideEffectBase, sources: Mapping[str, Source]) -> list[Row]:
    """One row a time course."""
    return [
        {
            say("shared.treatment"): f"{agent_name(course.agent)} ({CLOCK_NAMES[course.clock]})",
            say("shared.effect"): base.effects[course.effect].name,
            say("shared.when"): course.label,
            say("shared.seen"): course.text,
            say("shared.caveat_to_mind"): course.caveat,
            say("shared.place_source"): course.where,
            say("shared.source"): "; ".join(sources[each].title for each in course.sources),
            say("shared.link"): "; ".join(sources[each].url or "" for each in course.sources),
            say("shared.status"): course.status.value,
            say("shared.id"): course.id,
        }
        for course in courses
    ]
