"""The numbers of the side-effect pictures as rows of a table: the same rows go on screen and into the CSV file."""

from collections.abc import Iterable, Mapping, Sequence

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

NOT_SUBTRACTED = "cannot be worked out"
FACT_COLUMNS = ("Effect", "Treatment", "Figure", "Against", "Extra in 100", "Number needed to harm", "n", "Found how")
COURSE_COLUMNS = ("Treatment", "Effect", "When", "Seen", "Mind")


def fact_rows(facts: Iterable[EffectFact], base: SideEffectBase, sources: Mapping[str, Source]) -> list[Row]:
    """One row a figure, in the order given."""
    return [{**_figures(fact, base), **_study(fact, base, sources)} for fact in facts]


def _figures(fact: EffectFact, base: SideEffectBase) -> Row:
    excess = excess_of(fact)
    name = base.effects[fact.effect].name
    return {
        "Effect": f"{name} ({fact.term})" if fact.term else name,
        "Treatment": agent_name(fact.agent),
        "Figure": figure_in_words(fact),
        "Against": fact.comparator.words or COMPARATOR_NAMES[fact.comparator.kind],
        "Extra in 100": excess_in_words(excess) if excess else NOT_SUBTRACTED,
        "Number needed to harm": harm_in_words(excess) if excess else NOT_SUBTRACTED,
        "n": people_in_words(fact),
        "Found how": base.axis_groups[fact.axis_group].name,
        "Value": fact.value,
        "Comparator": fact.comparator.value,
        "Events": fact.events,
        "People": fact.people,
        "Comparator events": fact.comparator.events,
        "Comparator people": fact.comparator.people,
        "Interval": excess.origin.value if excess else None,
    }


def _study(fact: EffectFact, base: SideEffectBase, sources: Mapping[str, Source]) -> Row:
    return {
        "Measure": fact.measure,
        "Asked or not": ELICITATION_NAMES[fact.elicitation],
        "Population": fact.population,
        "Dose": fact.dose,
        "Follow-up": fact.follow_up,
        "Not comparable with other panels because": base.axis_groups[fact.axis_group].why_apart,
        "Not on the chart because": fact.shown_reason,
        "Mind": fact.caveat,
        "Place in source": fact.where,
        "Source": "; ".join(sources[each].title for each in fact.sources),
        "Link": "; ".join(sources[each].url or "" for each in fact.sources),
        "Status": fact.status.value,
        "Id": fact.id,
    }


def course_rows(courses: Sequence[TimeCourse], base: SideEffectBase, sources: Mapping[str, Source]) -> list[Row]:
    """One row a time course."""
    return [
        {
            "Treatment": f"{agent_name(course.agent)} ({CLOCK_NAMES[course.clock]})",
            "Effect": base.effects[course.effect].name,
            "When": course.label,
            "Seen": course.text,
            "Mind": course.caveat,
            "Place in source": course.where,
            "Source": "; ".join(sources[each].title for each in course.sources),
            "Link": "; ".join(sources[each].url or "" for each in course.sources),
            "Status": course.status.value,
            "Id": course.id,
        }
        for course in courses
    ]
