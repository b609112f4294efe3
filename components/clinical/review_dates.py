"""Which rows of data/ are past the date by which somebody must look at them again."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from components.clinical.data_files import DataFault, KnowledgeBaseError
from components.clinical.data_rows import DataRow


@dataclass(frozen=True, slots=True)
class ReviewDates:
    """Rows that are due on a day, and when the next one will be."""

    on: date
    due: tuple[tuple[str, tuple[tuple[date, DataRow], ...]], ...]
    """By file: the file with the oldest date first, within a file the oldest first."""
    next_due: date | None
    """The next date after ``on``; None: no row has one."""


def find_review_dates(rows: Iterable[DataRow], on: date) -> ReviewDates:
    """Sort out the rows that carry a ``next_review``; one that is due on the day itself counts as due."""
    dated = [(_date_of(row), row) for row in rows if "next_review" in row.fields]
    by_file: dict[str, list[tuple[date, DataRow]]] = defaultdict(list)
    for day, row in sorted(dated, key=lambda each: (each[0], each[1].file, each[1].key)):
        if day <= on:
            by_file[row.file].append((day, row))
    later = min((day for day, _ in dated if day > on), default=None)
    return ReviewDates(on, tuple((file, tuple(due)) for file, due in by_file.items()), later)


def _date_of(row: DataRow) -> date:
    value = row.fields["next_review"]
    if not isinstance(value, date):
        raise KnowledgeBaseError(
            [DataFault(row.file, row.key, "next_review", f"got {value!r}", "a date such as 2027-05-21")]
        )
    return value
