"""The numbers under each picture as rows of a table: the same rows go on screen and into the CSV file."""

from collections.abc import Iterable, Mapping, Sequence

from components.clinical.extra_responders import ExtraResponders
from components.clinical.interface_words import say
from components.clinical.onset import OutOf100, TimelineMark
from components.clinical.onset_base import ArmResult, OnsetBase
from components.clinical.onset_words import (
    INTERVAL_NAMES,
    LANE_NAMES,
    MARK_NAMES,
    MASKING_NAMES,
    RESISTANCE_NAMES,
    control_in_words,
)
from components.clinical.records import Source

Row = dict[str, str | float | int | None]
"""Column to cell. A number stays a number; None is an empty cell."""

RESULT_COLUMNS = (
    say("shared.treatment"),
    say("shared.study"),
    say("onset_tables.arm"),
    say("shared.time"),
    say("shared.value"),
    say("onset_tables.low"),
    say("onset_tables.high"),
    "n",
    say("onset_tables.scale"),
)
EXTRA_COLUMNS = (
    say("shared.treatment"),
    say("shared.compared_with"),
    say("shared.study"),
    say("shared.time"),
    say("shared.extra_in"),
    say("onset_tables.low"),
    say("onset_tables.high"),
    say("shared.interval"),
)
MARK_COLUMNS = (say("shared.treatment"), say("shared.when"), say("onset_tables.what"), say("shared.seen"))


def result_rows(results: Iterable[ArmResult], sources: Mapping[str, Source]) -> list[Row]:
    """One row a result, earliest first; hours count from the first dose, or from the end of the course."""
    ordered = sorted(results, key=lambda result: (result.point.hours or 0.0, result.series.id))
    return [{**_shared(result), **_value(result), **_study(result, sources)} for result in ordered]


def _shared(result: ArmResult) -> Row:
    series, point = result.series, result.point
    return {
        say("shared.treatment"): LANE_NAMES[series.lane],
        say("shared.study"): series.study_name,
        say("onset_tables.arm"): series.label,
        say("shared.time"): point.time,
        say("onset_tables.hours"): point.hours,
    }


def _value(result: ArmResult) -> Row:
    point = result.point
    return {
        say("onset_tables.metric"): point.metric.value,
        say("shared.value"): point.value,
        say("onset_tables.low"): point.low,
        say("onset_tables.high"): point.high,
        say("shared.interval"): INTERVAL_NAMES[point.interval] if point.low is not None else point.no_interval_reason,
        say("shared.events"): point.events,
        "n": point.people,
        say("onset_tables.n_note"): point.people_note,
        say("onset_tables.scale"): point.scale,
    }


def _study(result: ArmResult, sources: Mapping[str, Source]) -> Row:
    series, point = result.series, result.point
    read = [sources[each] for each in point.sources or series.sources]
    return {
        say("onset_tables.arm_study"): series.role.value,
        say("shared.compared_with"): control_in_words(series),
        say("shared.population"): series.population,
        say("onset_tables.resistance"): RESISTANCE_NAMES[series.resistance],
        say("onset_tables.masking"): MASKING_NAMES[series.masking],
        say("shared.dose"): series.dose,
        say("onset_tables.caveat"): point.caveat or series.caveat,
        say("shared.not_on_the_chart_because"): point.shown_reason,
        say("shared.place_source"): point.where or series.where,
        say("shared.source"): "; ".join(source.title for source in read),
        say("shared.link"): "; ".join(source.url or "" for source in read),
        say("shared.status"): series.status.value,
        say("shared.id"): point.id,
    }


def extra_rows(found: Sequence[ExtraResponders], sources: Mapping[str, Source]) -> list[Row]:
    """Extra responders in 100, one row a comparison; figures rounded to a tenth."""
    rows: list[Row] = []
    for each in found:
        arms: Row = {
            say("shared.extra_in"): round(each.value, 1),
            say("onset_tables.low"): None if each.low is None else round(each.low, 1),
            say("onset_tables.high"): None if each.high is None else round(each.high, 1),
            say("shared.interval"): each.origin.value,
            say("onset_tables.responders_treatment"): each.rates[0] if each.rates else None,
            say("onset_tables.responders_comparator"): each.rates[1] if each.rates else None,
        }
        rows.append({**_shared(each.result), **arms, **_study(each.result, sources)})
    return rows


def mark_rows(marks: Sequence[TimelineMark], sources: Mapping[str, Source]) -> list[Row]:
    """What each mark of the lanes says and rests on."""
    return [
        {
            say("shared.treatment"): LANE_NAMES[mark.lane],
            say("shared.when"): mark.label,
            say("onset_tables.what"): MARK_NAMES[mark.kind],
            say("shared.seen"): mark.text,
            say("onset_tables.certainty"): mark.certainty,
            say("onset_tables.in"): mark.species,
            say("onset_tables.from_hour"): mark.from_hours,
            say("onset_tables.to_hour"): mark.to_hours,
            say("shared.place_source"): mark.where,
            say("shared.source"): "; ".join(sources[each].title for each in mark.sources),
            say("shared.link"): "; ".join(sources[each].url or "" for each in mark.sources),
            say("shared.status"): mark.status.value,
            say("shared.id"): mark.id,
        }
        for mark in marks
    ]


def hundred_rows(pairs: Sequence[OutOf100], base: OnsetBase, sources: Mapping[str, Source]) -> list[Row]:
    """Both arms of each pair."""
    arms = [base.results[point] for pair in pairs for point in (pair.treatment, pair.comparator)]
    return [{**_shared(arm), **_value(arm), **_study(arm, sources)} for arm in arms]
