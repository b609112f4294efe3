"""Changes between two data folders -> text for the Knowledge part of CHANGELOG.md; due reviews -> text."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any

from components.clinical.base_changes import VERDICT_FIELDS, BaseChanges, FieldChange, RecordChange, RowChange
from components.clinical.data_rows import DataRow
from components.clinical.interface_words import say
from components.clinical.review_dates import ReviewDates
from components.exchange.wrapped_lines import wrapped_lines

WIDTH = 120
NO_CHANGE = say("changes_text.no_row_knowledge_base")


def changes_as_text(changes: BaseChanges) -> str:
    """Bullets as the changelog has them: verdicts by medicine, then other rows, then sources. Stable in its order."""
    if changes.is_empty:
        return NO_CHANGE
    lines: list[str] = []
    verdicts = [f"{', '.join(each.medicines)}: {_sentences(each.changes)}" for each in changes.verdicts]
    lines += _part(say("changes_text.changed_verdicts_medicine"), verdicts)
    lines += _part(say("changes_text.other_changes"), [_changed(each) for each in changes.changed])
    lines += _part(say("changes_text.added"), _by_kind(each for each in changes.added if each.kind != "sources"))
    lines += _part(say("changes_text.removed"), _by_kind(each for each in changes.removed if each.kind != "sources"))
    lines += _part(
        say("changes_text.sources_added"), [_source(each) for each in changes.added if each.kind == "sources"]
    )
    lines += _part(
        say("changes_text.sources_removed"), [_source(each) for each in changes.removed if each.kind == "sources"]
    )
    return "\n".join(lines).lstrip("\n") + "\n"


def _part(title: str, bullets: list[str]) -> list[str]:
    told = [line for each in bullets for line in wrapped_lines(each, WIDTH, first="- ", hanging="  ")]
    return ["", title, "", *told] if told else []


def _sentences(changes: Iterable[RecordChange]) -> str:
    return "; ".join(_record(each) for each in changes) + "."


def _record(change: RecordChange) -> str:
    row = change.row
    title = f"{row.key} {row.fields.get('title', '')}".strip()
    if change.old is None or change.new is None:
        said = say("changes_text.now_under") if change.old is None else say("changes_text.no_longer_under")
        return f"{said} {title} ({_value(row.fields.get('severity'))}: {row.fields.get('action', '')})"
    return f"{title}: {', '.join(_field(each) for each in change.fields)}"


def _field(change: FieldChange) -> str:
    return f"{change.name} {_value(change.old)} -> {_value(change.new)}"


def _value(value: Any) -> str:
    """As a curator would write it: a text with spaces in quotes, nothing as 'none'."""
    if value is None or value == [] or value == {}:
        return say("changes_text.none")
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {_value(each)}" for key, each in value.items())
    if isinstance(value, list):
        return ", ".join(_value(each) for each in value)
    return f"'{value}'" if isinstance(value, str) and " " in value else str(value)


def _changed(change: RowChange) -> str:
    """Fields by name; those of a verdict with both values."""
    told = (_field(each) if each.name in VERDICT_FIELDS else each.name for each in change.fields)
    return f"{change.row.kind} {change.row.key}: {', '.join(told)}"


def _by_kind(rows: Iterable[DataRow]) -> list[str]:
    return [f"{kind}: {', '.join(row.key for row in each)}" for kind, each in groupby(rows, key=lambda row: row.kind)]


def _source(row: DataRow) -> str:
    year = f" ({row.fields['year']})" if row.fields.get("year") else ""
    return say(
        "changes_text.read",
        id=row.key,
        title=row.fields.get("title", ""),
        year=year,
        how_read=row.fields.get("read", say("shared.not_stated")),
    )


def review_dates_as_text(dates: ReviewDates) -> str:
    """Due rows by file, oldest first; one sentence when nothing is due."""
    return "\n".join(_due(dates)) + "\n"


def _due(dates: ReviewDates) -> Iterator[str]:
    later = (
        say("changes_text.next_row_due", next_due=dates.next_due)
        if dates.next_due
        else say("changes_text.no_later_date_set")
    )
    if not dates.due:
        yield say("changes_text.nothing_due_review", on=dates.on, later=later)
        return
    count = sum(len(rows) for _, rows in dates.due)
    yield say(
        "changes_text.due_for_review",
        on=dates.on,
        rows=say("changes_text.one_row") if count == 1 else say("changes_text.rows", count=count),
        files=len(dates.due),
        later=later,
    )
    for file, rows in dates.due:
        yield ""
        yield file
        for day, row in rows:
            yield f"  {day}  {row.key}  {row.fields.get('title', '')}".rstrip()
