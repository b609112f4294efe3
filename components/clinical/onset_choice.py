"""Which results the reader wants to see: pure choices over the knowledge base, no drawing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from components.clinical.onset import TimelineMark
from components.clinical.onset_base import ArmResult, OnsetBase
from components.clinical.onset_terms import Lane, MarkKind, Metric, OnsetView, Resistance, Role

EXPLORER_METRICS = (
    Metric.RESPONSE,
    Metric.REMISSION,
    Metric.CHANGE,
    Metric.SCORE,
    Metric.DIFFERENCE,
    Metric.STANDARDISED_DIFFERENCE,
    Metric.RELAPSE,
)
MAIN_LANES = (Lane.KETAMINE_IV, Lane.ESKETAMINE, Lane.SSRI, Lane.SSRI_WITH_KETAMINE)


@dataclass(frozen=True, slots=True)
class OnsetChoice:
    """A reader's choices; the same choice always gives the same picture."""

    lanes: tuple[Lane, ...] = MAIN_LANES
    metric: Metric = Metric.RESPONSE
    resistances: tuple[Resistance, ...] = tuple(Resistance)
    comparators: bool = True
    masked_only: bool = False
    highlighted: tuple[str, ...] = ()
    """Medicine ids of the patient's own SSRIs."""

    def allows(self, result: ArmResult) -> bool:
        """True for results of a chosen lane, population, arm and masking, whatever their metric."""
        series = result.series
        return (
            series.lane in self.lanes
            and series.resistance in self.resistances
            and (self.comparators or series.role is Role.TREATMENT)
            and (series.masking.masks_what_is_felt or not self.masked_only)
        )


@dataclass(frozen=True, slots=True)
class PanelKey:
    """What may share a panel: one lane, one population, one scale (empty for shares of people)."""

    lane: Lane
    resistance: Resistance
    scale: str


@dataclass(frozen=True, slots=True)
class LineKey:
    """The most that a line may join: one arm of one study, one scale, one definition of the outcome."""

    series: str
    scale: str
    definition: str | None


Panels = Mapping[PanelKey, Mapping[LineKey, tuple[ArmResult, ...]]]
"""Results by panel, then by line, earliest first."""


def chosen_results(base: OnsetBase, choice: OnsetChoice) -> tuple[ArmResult, ...]:
    """Results that stand on the chart of the chosen metric."""
    return tuple(
        result
        for result in base.results.values()
        if result.point.metric is choice.metric and result.point.shown == "chart" and choice.allows(result)
    )


def not_drawn(base: OnsetBase, choice: OnsetChoice) -> tuple[ArmResult, ...]:
    """Results of the chosen metric that are held but stand beside the chart, each with its reason."""
    return tuple(
        result
        for result in base.results.values()
        if result.point.metric is choice.metric and result.point.shown != "chart" and choice.allows(result)
    )


def in_panels(results: Iterable[ArmResult]) -> Panels:
    """Sort results into panels: lanes in their fixed order, then populations, then scales."""
    panels: dict[PanelKey, dict[LineKey, list[ArmResult]]] = {}
    for result in results:
        series, point = result.series, result.point
        key = PanelKey(series.lane, series.resistance, point.scale if point.metric.depends_on_scale else "")
        line = LineKey(series.id, point.scale, point.definition)
        panels.setdefault(key, {}).setdefault(line, []).append(result)
    lanes, populations = list(Lane), list(Resistance)
    ordered = sorted(panels, key=lambda key: (lanes.index(key.lane), populations.index(key.resistance), key.scale))
    return {key: {line: tuple(sorted(arm, key=_time)) for line, arm in panels[key].items()} for key in ordered}


def relapse_pairs(base: OnsetBase) -> list[tuple[ArmResult, ArmResult]]:
    """Relapse on the treatment and on its comparator, in the order of lanes."""
    lanes = list(Lane)
    pairs = [
        (result, comparator)
        for result in base.results.values()
        if result.point.metric is Metric.RELAPSE
        and result.point.shown != "context"
        and (comparator := base.comparator_of(result))
    ]
    return sorted(pairs, key=lambda pair: lanes.index(pair[0].series.lane))


def first_differences(marks: Iterable[TimelineMark], lanes: Sequence[Lane]) -> tuple[TimelineMark, ...]:
    """How soon, in one glance: the earliest difference from control in each lane; a lane without one is left out."""
    firsts: dict[Lane, TimelineMark] = {}
    for mark in sorted(marks, key=lambda mark: mark.from_hours):
        if mark.view is OnsetView.HOW_SOON and mark.kind is MarkKind.FIRST_DIFFERENCE:
            firsts.setdefault(mark.lane, mark)
    return tuple(firsts[lane] for lane in lanes if lane in firsts)


def _time(result: ArmResult) -> float:
    return result.point.hours or 0.0
