"""The trial results of data/, cross-checked and indexed: part of the knowledge base."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from components.clinical.data_files import DataFault, Located, Need, read_models
from components.clinical.onset import HonestLimit, OnsetPoint, OnsetSeries, OutOf100, TimelineMark, ViewText
from components.clinical.onset_terms import Metric, OnsetView, Role


@dataclass(frozen=True, slots=True)
class ArmResult:
    """One result together with the arm that it belongs to."""

    series: OnsetSeries
    point: OnsetPoint


@dataclass(frozen=True, slots=True, repr=False)
class OnsetBase:
    """Trial results over time, and what the timeline says about them."""

    series: Mapping[str, OnsetSeries]
    results: Mapping[str, ArmResult]
    """Results by point id."""
    marks: tuple[TimelineMark, ...]
    views: Mapping[OnsetView, ViewText]
    limits: tuple[HonestLimit, ...]
    out_of_100: tuple[OutOf100, ...]

    def comparator_of(self, result: ArmResult) -> ArmResult | None:
        """The same metric on the same scale at the same time in the comparator arm; None where it was not read."""
        arm = self.series.get(result.series.compared_with or "")
        return next(
            (ArmResult(arm, point) for point in (arm.points if arm else ()) if arm and _alike(point, result.point)),
            None,
        )


def _alike(one: OnsetPoint, other: OnsetPoint) -> bool:
    return _measured(one) == _measured(other)


def _measured(point: OnsetPoint) -> tuple[object, ...]:
    return point.metric, point.scale, point.definition, point.hours, point.shown


def read_onset_files(folder: Path, faults: list[DataFault]) -> dict[str, list[Located]]:
    """All rows of the timeline's files, by kind; faulty rows are reported and left out."""
    return {
        "onset": read_models(folder, "onset.yaml", OnsetSeries, faults),
        "onset_marks": read_models(folder, "onset_marks_*.yaml", TimelineMark, faults),
        "onset_views": read_models(folder, "onset_views.yaml", ViewText, faults),
        "onset_limits": read_models(folder, "onset_limits.yaml", HonestLimit, faults),
        "out_of_100": read_models(folder, "out_of_100.yaml", OutOf100, faults),
    }


def check_onset_references(
    files: dict[str, list[Located]], indexed: dict[str, dict[str, Any]], faults: list[DataFault], need: Need
) -> None:
    """Every id that a timeline row names must exist, and arms that are compared must belong together."""
    results = _results(indexed["onset"])
    for each in files["onset"]:
        series: OnsetSeries = each.record
        need(each, "medicine", [series.medicine] if series.medicine else [], indexed["medicines"], "medicines/")
        need(each, "compared_with", [series.compared_with] if series.compared_with else [], indexed["onset"], each.file)
        for point in series.points:
            need(each, f"{point.id}.sources", point.sources, indexed["sources"], "sources.yaml")
        control = indexed["onset"].get(series.compared_with or "")
        if control and (control.study != series.study or control.role is not Role.COMPARATOR):
            problem = f"'{control.id}' is no comparator arm of the study '{series.study}'"
            faults.append(DataFault(each.file, series.id, "compared_with", problem, "a comparator arm of the study"))
    faults.extend(_points_that_stand_twice(files["onset"]))
    for kind in ("onset_marks", "onset_views", "onset_limits"):
        for each in files[kind]:
            need(each, "points", each.record.points, results, "onset.yaml")
    missing = [view.value for view in OnsetView if view.value not in indexed["onset_views"]]
    faults.extend(DataFault("onset_views.yaml", view, "", "is missing", "one row for each view") for view in missing)
    titles = [view.title for view in indexed["onset_views"].values()]
    if len(set(titles)) < len(titles):
        faults.append(DataFault("onset_views.yaml", "", "title", "stands twice", "a title of its own for each view"))
    for each in files["out_of_100"]:
        pair: OutOf100 = each.record
        need(each, "treatment, comparator", [pair.treatment, pair.comparator], results, "onset.yaml")
        if pair.treatment in results and pair.comparator in results:
            faults.extend(_unlike_arms(each, results[pair.treatment], results[pair.comparator]))


def _points_that_stand_twice(series: list[Located]) -> list[DataFault]:
    faults, seen = [], set()
    for each in series:
        for point in each.record.points:
            if point.id in seen:
                problem = f"'{point.id}' stands twice"
                faults.append(DataFault(each.file, each.record.id, "points", problem, "an id of its own"))
            seen.add(point.id)
    return faults


def _unlike_arms(each: Located, treatment: ArmResult, comparator: ArmResult) -> list[DataFault]:
    alike = (
        treatment.series.compared_with == comparator.series.id
        and treatment.point.hours == comparator.point.hours
        and treatment.point.metric is comparator.point.metric is Metric.RESPONSE
    )
    expected = "response of a treatment arm and its comparator arm at the same time"
    return [] if alike else [DataFault(each.file, each.record.id, "comparator", "is another study or time", expected)]


def _results(series: Mapping[str, OnsetSeries]) -> dict[str, ArmResult]:
    return {point.id: ArmResult(arm, point) for arm in series.values() for point in arm.points}


def build_onset_base(indexed: dict[str, dict[str, Any]]) -> OnsetBase:
    """Index the validated rows."""
    return OnsetBase(
        series=MappingProxyType(indexed["onset"]),
        results=MappingProxyType(_results(indexed["onset"])),
        marks=tuple(sorted(indexed["onset_marks"].values(), key=lambda mark: mark.from_hours)),
        views=MappingProxyType({each.id: each for each in indexed["onset_views"].values()}),
        limits=tuple(indexed["onset_limits"].values()),
        out_of_100=tuple(indexed["out_of_100"].values()),
    )
