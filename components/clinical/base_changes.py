"""What changed between two data folders: verdicts by medicine first, then every other row."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from components.clinical.data_rows import DataRow

VERDICT_FIELDS = (
    *("severity", "severity_by_treatment", "level", "evidence_grade"),
    *("action", "action_by_treatment", "overrides", "applies_when", "reference_only", "status"),
)
"""Fields that change what the user is told to do, in the order of telling; ``level`` is a factor's severity."""
KINDS_WITH_VERDICT = ("interactions", "pairs")

Rows = Mapping[tuple[str, str], DataRow]
"""By kind and key: a row that only moved to another file of its kind is the same row."""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field in two versions; None: the field was not there, or was null."""

    name: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class RecordChange:
    """What a record or pair says otherwise of a medicine. Without ``fields`` it is new to it, or gone from it."""

    old: DataRow | None
    new: DataRow | None
    fields: tuple[FieldChange, ...] = ()

    @property
    def row(self) -> DataRow:
        """The newer version."""
        row = self.new or self.old
        assert row is not None
        return row


@dataclass(frozen=True, slots=True)
class VerdictChange:
    """Medicines and combination products for which the same changed, in the order of the alphabet."""

    medicines: tuple[str, ...]
    changes: tuple[RecordChange, ...]


@dataclass(frozen=True, slots=True)
class RowChange:
    """A row whose fields changed; without the fields that a verdict already tells."""

    row: DataRow
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class BaseChanges:
    """Everything that differs between two data folders."""

    verdicts: tuple[VerdictChange, ...]
    changed: tuple[RowChange, ...]
    added: tuple[DataRow, ...]
    removed: tuple[DataRow, ...]

    @property
    def is_empty(self) -> bool:
        """True when both folders hold the same rows, wherever they stand in their files."""
        return not (self.verdicts or self.changed or self.added or self.removed)


def compare_rows(old: Iterable[DataRow], new: Iterable[DataRow]) -> BaseChanges:
    """Compare two folders row by row; the order of rows and of fields does not matter, that of a list does."""
    olds, news = _by_key(old), _by_key(new)
    verdicts = _verdicts(olds, news)
    told = {(each.row.kind, each.row.key) for verdict in verdicts for each in verdict.changes}
    both = [(key, olds[key], news[key]) for key in sorted(olds.keys() & news.keys())]
    changes = (
        RowChange(new_row, tuple(each for each in _fields(old_row, new_row) if not _is_told(each, key in told)))
        for key, old_row, new_row in both
    )
    return BaseChanges(
        verdicts=verdicts,
        changed=tuple(each for each in changes if each.fields),
        added=tuple(news[key] for key in sorted(news.keys() - olds.keys())),
        removed=tuple(olds[key] for key in sorted(olds.keys() - news.keys())),
    )


def _by_key(rows: Iterable[DataRow]) -> dict[tuple[str, str], DataRow]:
    return {(row.kind, row.key): row for row in rows}


def _is_told(change: FieldChange, has_verdict: bool) -> bool:
    return has_verdict and change.name in VERDICT_FIELDS


def _fields(old: DataRow, new: DataRow) -> Iterator[FieldChange]:
    """Fields that differ: those of a verdict first, the others in the order of the file."""
    names = dict.fromkeys((*VERDICT_FIELDS, *new.fields, *old.fields))
    for name in names:
        before, after = old.fields.get(name), new.fields.get(name)
        if before != after:
            yield FieldChange(name, before, after)


def _verdicts(olds: Rows, news: Rows) -> tuple[VerdictChange, ...]:
    """Medicines with equal changes together: a record about a class is told once."""
    spoken_before, spoken_now = _spoken_of(olds), _spoken_of(news)
    groups: dict[tuple[tuple[str, str], ...], list[str]] = defaultdict(list)
    changes_of: dict[tuple[tuple[str, str], ...], tuple[RecordChange, ...]] = {}
    for medicine in sorted(spoken_before.keys() | spoken_now.keys()):
        changes = tuple(_record_changes(spoken_before.get(medicine, {}), spoken_now.get(medicine, {})))
        if changes:
            same = tuple((each.row.key, "new" if not each.old else "gone" if not each.new else "") for each in changes)
            groups[same].append(medicine)
            changes_of[same] = changes
    return tuple(VerdictChange(tuple(medicines), changes_of[same]) for same, medicines in groups.items())


def _record_changes(before: Mapping[str, DataRow], now: Mapping[str, DataRow]) -> Iterator[RecordChange]:
    for key in sorted(before.keys() | now.keys()):
        old, new = before.get(key), now.get(key)
        if old is None or new is None:
            yield RecordChange(old, new)
        elif fields := tuple(each for each in _fields(old, new) if each.name in VERDICT_FIELDS):
            yield RecordChange(old, new, fields)


def _spoken_of(rows: Rows) -> dict[str, dict[str, DataRow]]:
    """Records and pairs that speak of each medicine or combination, its class included, by their id."""
    members: dict[str, list[str]] = defaultdict(list)
    for (kind, key), row in rows.items():
        if kind == "medicines":
            members[str(row.fields.get("medicine_class"))].append(key)
    found: dict[str, dict[str, DataRow]] = defaultdict(dict)
    for (kind, key), row in rows.items():
        if kind in KINDS_WITH_VERDICT:
            for name in _named(row, members):
                found[name][key] = row
    return found


def _named(row: DataRow, members: Mapping[str, list[str]]) -> Iterator[str]:
    for field in ("medicines", "combinations", "first", "second"):
        for each in row.fields.get(field) or ():
            yield str(each["medicine"]) if isinstance(each, dict) else str(each)
    for each in row.fields.get("classes") or ():
        yield from members.get(str(each), ())
