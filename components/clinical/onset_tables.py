"""The numbers under each picture as rows of a table: the same rows go on screen and into the CSV file."""

from collections.abc import Iterable, Mapping, Sequence

from components.clinical.extra_responders import ExtraResponders
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

RESULT_COLUMNS = ("Treatment", "Study", "Arm", "Time", "Value", "Low (95%)", "High (95%)", "n", "Scale")
EXTRA_COLUMNS = ("Treatment", "Compared with", "Study", "Time", "Extra in 100", "Low (95%)", "High (95%)", "Interval")
MARK_COLUMNS = ("Treatment", "When", "What", "Seen")


def result_rows(results: Iterable[ArmResult], sources: Mapping[str, Source]) -> list[Row]:
    """One row a result, earliest first; hours count from the first dose, or from the end of the course."""
    ordered = sorted(results, key=lambda result: (result.point.hours or 0.0, result.series.id))
    return [{**_shared(result), **_value(result), **_study(result, sources)} for result in ordered]


def _shared(result: ArmResult) -> Row:
    series, point = result.series, result.point
    return {
        "Treatment": LANE_NAMES[series.lane],
        "Study": series.study_name,
        "Arm": series.label,
        "Time": point.time,
        "Hours": point.hours,
    }


def _value(result: ArmResult) -> Row:
    point = result.point
    return {
        "Metric": point.metric.value,
        "Value": point.value,
        "Low (95%)": point.low,
        "High (95%)": point.high,
        "Interval": INTERVAL_NAMES[point.interval] if point.low is not None else point.no_interval_reason,
        "Events": point.events,
        "n": point.people,
        "n, note": point.people_note,
        "Scale": point.scale,
    }


def _study(result: ArmResult, sources: Mapping[str, Source]) -> Row:
    series, point = result.series, result.point
    read = [sources[each] for each in point.sources or series.sources]
    return {
        "Arm of the study": series.role.value,
        "Compared with": control_in_words(series),
        "Population": series.population,
        "Resistance": RESISTANCE_NAMES[series.resistance],
        "Masking": MASKING_NAMES[series.masking],
        "Dose": series.dose,
        "Caveat": point.caveat or series.caveat,
        "Not on the chart because": point.shown_reason,
        "Place in source": point.where or series.where,
        "Source": "; ".join(source.title for source in read),
        "Link": "; ".join(source.url or "" for source in read),
        "Status": series.status.value,
        "Id": point.id,
    }


def extra_rows(found: Sequence[ExtraResponders], sources: Mapping[str, Source]) -> list[Row]:
    """Extra responders in 100, one row a comparison; figures rounded to a tenth."""
    rows: list[Row] = []
    for each in found:
        arms: Row = {
            "Extra in 100": round(each.value, 1),
            "Low (95%)": None if each.low is None else round(each.low, 1),
            "High (95%)": None if each.high is None else round(each.high, 1),
            "Interval": each.origin.value,
            "Responders in 100, treatment": each.rates[0] if each.rates else None,
            "Responders in 100, comparator": each.rates[1] if each.rates else None,
        }
        rows.append({**_shared(each.result), **arms, **_study(each.result, sources)})
    return rows


def mark_rows(marks: Sequence[TimelineMark], sources: Mapping[str, Source]) -> list[Row]:
    """What each mark of the lanes says and rests on."""
    return [
        {
            "Treatment": LANE_NAMES[mark.lane],
            "When": mark.label,
            "What": MARK_NAMES[mark.kind],
            "Seen": mark.text,
            "Certainty": mark.certainty,
            "In": mark.species,
            "From hour": mark.from_hours,
            "To hour": mark.to_hours,
            "Place in source": mark.where,
            "Source": "; ".join(sources[each].title for each in mark.sources),
            "Link": "; ".join(sources[each].url or "" for each in mark.sources),
            "Status": mark.status.value,
            "Id": mark.id,
        }
        for mark in marks
    ]


def hundred_rows(pairs: Sequence[OutOf100], base: OnsetBase, sources: Mapping[str, Source]) -> list[Row]:
    """Both arms of each pair."""
    arms = [base.results[point] for pair in pairs for point in (pair.treatment, pair.comparator)]
    return [{**_shared(arm), **_value(arm), **_study(arm, sources)} for arm in arms]
