"""Lines that a changed list leaves out: a missing line does not say that the medicine was stopped.

What rests on such a line stands as the earlier list had it, until somebody asks and the list says what was answered.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from components.clinical.entry import Entry, MedicationList
from components.clinical.knowledge_base import KnowledgeBase
from components.clinical.matching import deciding_records
from components.clinical.report import CheckReport, EntryResult
from components.clinical.same_entries import aspects_of, match_entries, says_how
from components.clinical.terms import EntryStatus, Severity, Use

Judge = Callable[[MedicationList], CheckReport]


@dataclass(frozen=True, slots=True)
class StillCounting:
    """One entry that only the first list has, and that counts as it stood until somebody asks."""

    before: EntryResult
    washout_days: int | None
    """Days after the last dose in which it still counts, the longest that a record says; None: no record says it."""


def left_out_but_standing(
    before: CheckReport, after: MedicationList, judge: Judge, knowledge_base: KnowledgeBase
) -> tuple[tuple[Entry, ...], CheckReport]:
    """Entries that only the earlier list has, and that count as they stood; and what the later list says without them.

    They stand where something would be told no more without them. With no other line of the medicine they also stand
    where nobody knows whether they matter (not read, no verdict), and where it must never be stopped suddenly. Those
    without which nothing but 'compatible' goes are really left out. ``judge`` checks a list as ``before`` was checked:
    same treatment, same patient.
    """
    alone = judge(after)
    missing = _missing(before, alone)
    if not missing:
        return (), alone
    together = judge(replace(after, entries=(*after.entries, *missing)))
    first = len(after.entries)
    needed = _needed_places(together, first)
    classes = _classes_of_lost_rules(alone, together)
    taken = _named(each for each in alone.entries if not _is_stopped(each))

    def stands(place: int, entry: Entry) -> bool:
        known = [knowledge_base.medicines[name] for name in entry.medicines if name in knowledge_base.medicines]
        unknown = together.entries[place].status is not EntryStatus.ASSESSED
        abrupt = entry.details.use is not Use.STOPPED and any(each.never_stop_suddenly for each in known)
        is_only_line = not entry.medicines or not taken.issuperset(entry.medicines)
        lost = any(each.medicine_class in classes for each in known)
        return place in needed or lost or (is_only_line and (unknown or abrupt))

    return tuple(entry for place, entry in enumerate(missing, start=first) if stands(place, entry)), alone


def _missing(before: CheckReport, alone: CheckReport) -> list[Entry]:
    """Lines of the earlier list that have none in the later one, and that it does not answer either.

    The parts of a product one by one are an answer, and so is a new stop that names neither dose nor route: it holds
    for all lines of its medicine.
    """
    versions, olds, news = match_entries(before.entries, alone.entries)
    told = [*news, *(new for old, new in versions if aspects_of(old, new))]
    stopped = _named(each for each in told if _is_stopped(each) and not says_how(each))
    parts = _named(each for each in news if not _is_stopped(each))

    def is_answered(old: EntryResult) -> bool:
        answers = stopped if _is_stopped(old) else stopped | parts
        return bool(old.entry.medicines) and answers.issuperset(old.entry.medicines)

    return [each.entry for each in olds if not is_answered(each)]


def _is_stopped(result: EntryResult) -> bool:
    return result.entry.details.use is Use.STOPPED


def _named(results: Iterable[EntryResult]) -> set[str]:
    return {name for each in results for name in each.entry.medicines}


def _needed_places(report: CheckReport, first: int) -> set[int]:
    """Entries on which pairs rest, and those from ``first`` on which alone a finding rests that is not 'compatible'."""
    findings = (
        each.entries
        for each in report.findings
        if each.counted and each.severity is not Severity.COMPATIBLE and min(each.entries, default=-1) >= first
    )
    return {place for places in (*findings, *(each.everywhere for each in report.pairs)) for place in places}


def _classes_of_lost_rules(alone: CheckReport, together: CheckReport) -> set[str]:
    """Classes of medicines that a rule about the patient needs, where it holds no more without what is missing."""
    held = {each.rule.id for each in alone.factors}
    return {name for each in together.factors if each.rule.id not in held for name in each.rule.with_classes}


def washout_days(entry: Entry, report: CheckReport) -> int | None:
    """The longest of the records and pairs that speak of the entry on this list."""
    places = {place for place, each in enumerate(report.entries) if each.entry == entry}
    records = [
        record.washout_days
        for each in report.findings
        if places & set(each.entries)
        for record in deciding_records(each.records)
    ]
    members = [
        member.washout_days
        for each in report.pairs
        if places & set(each.entries)
        for member in (*each.record.first, *each.record.second)
        if member.medicine in entry.medicines
    ]
    return max((days for days in (*records, *members) if days), default=None)
