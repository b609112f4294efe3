"""When side effects start and how long they stay."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from components.charts.lanes import LaneBand, LaneItem, Stretch, Stroke, build_lanes_figure
from components.charts.picture import Look, Picture, hover_text
from components.charts.time_axis import DAY, MONTH, TimeAxis, TimeScale, time_axis
from components.clinical.interface_words import say
from components.clinical.side_effect_answers import TimeCourse
from components.clinical.side_effect_terms import Agent, CourseClock
from components.clinical.side_effect_words import CLOCK_NAMES, agent_name
from components.clinical.side_effects import Effect

FIVE_MINUTES = 1 / 12


LANE_CLOCK = say("effect_courses.start_each_lane_names")


def courses_picture(courses: Sequence[TimeCourse], effects: Mapping[str, Effect], look: Look) -> Picture:
    """When each effect starts, peaks and fades: one lane for each agent and clock; ``courses`` must not be empty."""
    bands: dict[tuple[Agent, CourseClock], list[TimeCourse]] = {}
    for course in courses:
        bands.setdefault((course.agent, course.clock), []).append(course)
    agents, clocks = list(Agent), list(CourseClock)
    lanes = [
        LaneBand(
            title=agent_name(agent),
            note=CLOCK_NAMES[clock],
            colour=look.agent(agent.kind),
            items=tuple(_course_item(course, effects) for course in bands[agent, clock]),
        )
        for agent, clock in sorted(bands, key=lambda key: (agents.index(key[0]), clocks.index(key[1])))
    ]
    axis = replace(_axis(courses), counted_from=LANE_CLOCK)
    said = "; ".join(
        say("effect_courses.with", name=effects[each.effect].name, agent=agent_name(each.agent), label=each.label)
        for each in courses
    )
    return build_lanes_figure(lanes, axis, look, say("effect_courses.when_effects_start_peak", said=said))


def _axis(courses: Sequence[TimeCourse]) -> TimeAxis:
    """A day after a dose, months of tablets; both where they stand in one picture."""
    clocks = {course.clock for course in courses}
    if clocks == {CourseClock.DOSE}:
        return time_axis(TimeScale.ALL, start=FIVE_MINUTES, end=DAY)
    return time_axis(TimeScale.ALL, start=FIVE_MINUTES if CourseClock.DOSE in clocks else DAY, end=24 * MONTH)


def _course_item(course: TimeCourse, effects: Mapping[str, Effect]) -> LaneItem:
    """Thin from its start, thick at its peak, dotted while it fades or goes on; no sign at time zero."""
    starts = [each for each in (course.onset_from_hours, course.onset_to_hours) if each is not None]
    peak = course.peak_from_hours
    fades = [each for each in (course.fades_from_hours, course.fades_to_hours) if each is not None]
    signs = [(hours, "circle-open") for hours in starts[:1]]
    signs += [(hours, "square") for hours in (peak,) if hours]
    signs += [(hours, "triangle-down-open") for hours in fades[-1:]]
    known = [
        *starts,
        *((peak,) if peak is not None else ()),
        *((course.peak_to_hours,) if course.peak_to_hours else ()),
    ]
    stretches = [Stretch(known[0], known[-1], Stroke.THIN)] if len(known) > 1 else []
    if peak is not None and course.peak_to_hours is not None:
        stretches.append(Stretch(peak, course.peak_to_hours, Stroke.THICK))
    if fades and known:
        stretches.append(Stretch(known[-1], fades[-1], Stroke.DOTTED))
    if course.goes_on_to_hours is not None:
        if begin := (fades or known):
            stretches.append(Stretch(begin[-1], course.goes_on_to_hours, Stroke.DOTTED))
        signs.append((course.goes_on_to_hours, "triangle-right"))
    name = effects[course.effect].name
    return LaneItem(
        id=course.id,
        label=course.label,
        lead=name,
        hover=hover_text(
            name, course.text, course.caveat, None if course.measured else say("effect_courses.general_statement")
        ),
        signs=tuple(signs),
        stretches=tuple(stretches),
    )
