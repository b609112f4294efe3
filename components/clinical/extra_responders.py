"""Extra responders in 100 against each treatment's own comparator: read where printed, else derived from both arms."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from components.clinical.intervals import Interval, count_behind, newcombe_difference
from components.clinical.onset_base import ArmResult, OnsetBase
from components.clinical.onset_terms import IntervalMethod, Metric, Role


class Origin(StrEnum):
    """Where an extra-responders figure comes from."""

    REPORTED = "as the source gives it"
    POOLED = "pooled over the trials' counts (Mantel-Haenszel)"
    FROM_COUNTS = "Newcombe interval from the counts of both arms"
    FROM_IMPLIED_COUNTS = "Newcombe interval from the counts that both percentages imply"
    FROM_PERCENTAGES = "difference of two percentages; no interval"


@dataclass(frozen=True, slots=True)
class ExtraResponders:
    """Responders in 100, treatment minus comparator, at one time."""

    result: ArmResult
    """The point of the treatment arm, or the difference itself where the source prints it."""
    value: float
    low: float | None
    high: float | None
    origin: Origin
    comparator: ArmResult | None = None


def extra_responders(base: OnsetBase) -> tuple[ExtraResponders, ...]:
    """Every comparison of response whose two rates, or whose difference, were read; earliest first."""
    printed = {
        result.series.study for result in base.results.values() if result.point.metric is Metric.RESPONSE_DIFFERENCE
    }
    found = [*_as_printed(base), *_from_two_arms(base, printed)]
    return tuple(sorted(found, key=lambda each: (each.result.point.hours or 0, each.result.point.id)))


def is_end_of_trial(each: ExtraResponders) -> bool:
    """True for the pooled results of SSRIs at the end of their placebo-controlled trials, class included."""
    return each.result.series.study == "griselda"


def is_one_of_six(each: ExtraResponders) -> bool:
    """True for one SSRI among them, which has a picture of its own."""
    return is_end_of_trial(each) and each.result.series.medicine is not None


def _on_chart(base: OnsetBase, metric: Metric) -> Iterator[ArmResult]:
    for result in base.results.values():
        if result.point.metric is metric and result.point.shown == "chart" and result.series.role is Role.TREATMENT:
            yield result


def _as_printed(base: OnsetBase) -> Iterator[ExtraResponders]:
    for result in _on_chart(base, Metric.RESPONSE_DIFFERENCE):
        point = result.point
        origin = Origin.POOLED if point.interval is IntervalMethod.MANTEL_HAENSZEL else Origin.REPORTED
        yield ExtraResponders(result, point.value, point.low, point.high, origin)


def _from_two_arms(base: OnsetBase, printed: set[str]) -> Iterator[ExtraResponders]:
    """Arms of studies that print the difference are left to the printed one."""
    for result in _on_chart(base, Metric.RESPONSE):
        if result.series.study not in printed and (found := _compare(result, base.comparator_of(result))):
            yield found


def _compare(result: ArmResult, comparator: ArmResult | None) -> ExtraResponders | None:
    point = result.point
    if reported := point.difference:
        return ExtraResponders(result, reported.value, reported.low, reported.high, Origin.REPORTED, comparator)
    if comparator and (derived := _newcombe(result, comparator)):
        interval, origin = derived
        return ExtraResponders(result, interval.value, interval.low, interval.high, origin, comparator)
    control = comparator.point.value if comparator else point.comparator_value
    if control is None:
        return None
    return ExtraResponders(result, point.value - control, None, None, Origin.FROM_PERCENTAGES, comparator)


def _newcombe(result: ArmResult, comparator: ArmResult) -> tuple[Interval, Origin] | None:
    arms = (result.point, comparator.point)
    if any(arm.people is None for arm in arms) or _is_pooled_estimate(result):
        return None
    counts = [arm.events if arm.events is not None else count_behind(arm.value, arm.people or 1) for arm in arms]
    if counts[0] is None or counts[1] is None:
        return None
    read = all(arm.events is not None for arm in arms)
    interval = newcombe_difference(counts[0], arms[0].people or 1, counts[1], arms[1].people or 1)
    return interval, Origin.FROM_COUNTS if read else Origin.FROM_IMPLIED_COUNTS


def _is_pooled_estimate(result: ArmResult) -> bool:
    """A share that a model pooled over trials does not come from one count of people."""
    return result.point.events is None and result.point.interval in (IntervalMethod.REPORTED, IntervalMethod.NONE)
