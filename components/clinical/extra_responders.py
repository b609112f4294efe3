"""Extra responders in 100 against each treatment's own comparator: read where printed, else derived from both arms."""

from collections.abc import Iterator
from dataclasses import dataclass

from components.clinical.onset_base import ArmResult, OnsetBase
from components.clinical.onset_terms import IntervalMethod, Metric, Role
from components.clinical.shares import Origin, Share, difference_of


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
    rates: tuple[float, float] | None = None
    """Responders in 100 on the treatment and on its comparator; None where only their difference is printed."""


def extra_responders(base: OnsetBase) -> tuple[ExtraResponders, ...]:
    """Every comparison of response whose two rates, or whose difference, were read; earliest first."""
    printed = {
        result.series.study for result in base.results.values() if result.point.metric is Metric.RESPONSE_DIFFERENCE
    }
    found = [*_as_printed(base), *_from_two_arms(base, printed)]
    return tuple(sorted(found, key=lambda each: (each.result.point.hours or 0, each.result.point.id)))


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
        if result.series.study in printed:
            continue
        comparator, rate = base.comparator_of(result), result.point.comparator_value
        if comparator:
            yield beyond(result, comparator)
        elif rate is not None:
            yield _beyond(result, Share(rate, None, None), None)


def beyond(result: ArmResult, comparator: ArmResult) -> ExtraResponders:
    """Responders in 100 on this arm beyond those on its comparator."""
    return _beyond(result, _share(comparator), comparator)


def _beyond(result: ArmResult, control: Share, comparator: ArmResult | None) -> ExtraResponders:
    point = result.point
    rates = (point.value, control.percent)
    if reported := point.difference:
        return ExtraResponders(result, reported.value, reported.low, reported.high, Origin.REPORTED, comparator, rates)
    found = difference_of(_share(result), control)
    return ExtraResponders(result, found.value, found.low, found.high, found.origin, comparator, rates)


def _share(result: ArmResult) -> Share:
    """A share that a model pooled over trials does not come from one count of people."""
    point = result.point
    pooled = point.events is None and point.interval in (IntervalMethod.REPORTED, IntervalMethod.NONE)
    return Share(point.value, point.events, None if pooled else point.people)
