"""What a changed list changes, medicine by medicine: before, after, and what that does to severity and action."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from html import escape

import streamlit as st

from components.clinical.interface_words import say
from components.clinical.left_out import StillCounting
from components.clinical.reconcile import Changes, EntryChange, FindingChange, Verdict
from components.clinical.report import EntryResult
from components.clinical.same_entries import Aspect
from components.clinical.terms import EntryStatus, EvidenceGrade, Severity, Use
from components.clinical.wording import medicines_in_words, verdict_word
from components.exchange.report_words import verdict

COLUMNS = (say("shared.medicine"), say("shared.before"), say("shared.after"), say("changes_table.what_changes"))
_ASPECT_WORDS = {
    Aspect.DOSE: say("changes_table.other_dose"),
    Aspect.ROUTE: say("changes_table.other_route"),
    Aspect.USE: say("changes_table.taken_otherwise"),
    Aspect.SUPPLY: say("changes_table.other_supply"),
    Aspect.READING: say("changes_table.read_otherwise"),
}
_NOTHING = "–"
_DANGER, _TO_ASK, _OTHER = range(3)


@dataclass(frozen=True, slots=True)
class _Row:
    """One medicine on either list; its findings, where they change."""

    name: str
    before: EntryResult | None
    after: EntryResult | None
    kind: str
    findings: tuple[FindingChange, ...]
    order: tuple[int, int, str]
    """Dangers first, then what is to be asked; the most severe first."""
    told: str = ""
    """A sentence that the severity needs."""


def changes_table(changes: Changes) -> None:
    """A row for each medicine that differs and each finding that changes: new dangers first."""
    rows = sorted(_rows(changes), key=lambda each: each.order)
    if rows:
        head = "".join(f'<th scope="col">{escape(name)}</th>' for name in COLUMNS)
        body = "".join(map(_row, rows))
        alt = escape(say("changes_table.medicines_that_differ"))
        table = f'<table class="rows changed" aria-label="{alt}">'
        st.html(f"{table}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>")


def _rows(changes: Changes) -> Iterator[_Row]:
    """Each change of a finding stands once, beside the first entry that it is about."""
    unplaced = {each.medicines: each for each in changes.findings if not each.is_allergy}

    def row(before: EntryResult | None, after: EntryResult | None, kind: str) -> _Row:
        keys = dict.fromkeys(tuple(sorted(each.entry.medicines)) for each in (before, after) if each)
        found = tuple(unplaced.pop(key) for key in keys if key in unplaced)
        named = [medicines_in_words(each.entry.medicines) for each in (after, before) if each]
        name = next(filter(None, named), say("changes_table.not_known"))
        return _Row(name, before, after, kind, found, _order(name, found, after or before))

    for each in changes.changed:
        yield row(each.before, each.after, ", ".join(_what_changed(each)))
    for result in changes.added:
        yield row(None, result, say("changes_table.added"))
    for result in changes.removed:
        yield row(result, None, say("changes_table.removed"))
    for left in changes.left_out:
        asked = row(left.before, None, say("changes_table.not_on_new_list"))
        yield replace(asked, order=(min(_TO_ASK, asked.order[0]), *asked.order[1:]), told=_until_when(left))
    for finding in (*unplaced.values(), *(each for each in changes.findings if each.is_allergy)):
        name = medicines_in_words(finding.medicines) + (say("shared.allergy") if finding.is_allergy else "")
        yield _Row(name, None, None, _new_or_gone(finding), (finding,), _order(name, (finding,), None))


def _new_or_gone(finding: FindingChange) -> str:
    """Of a finding that no entry of its own tells."""
    if finding.before is None:
        return say("changes_table.added")
    return "" if finding.after else say("changes_table.removed")


def _order(name: str, findings: tuple[FindingChange, ...], result: EntryResult | None) -> tuple[int, int, str]:
    severities = [each.severity for change in findings for each in (change.before, change.after) if each]
    if result and not findings:
        severities = [result.severity]
    return _DANGER if any(map(is_danger, findings)) else _OTHER, -max(map(_rank, severities), default=-1), name


def is_danger(change: FindingChange) -> bool:
    """New, or heavier than it was, and asking for something."""
    now, was = change.after, change.before
    if now is None or not now.counted or _rank(now.severity) <= Severity.COMPATIBLE.rank:
        return False
    return was is None or not was.counted or _rank(was.severity) < _rank(now.severity)


def _rank(severity: Severity | None) -> int:
    return severity.rank if severity else -1


def _row(row: _Row) -> str:
    danger = next((each.after for each in row.findings if is_danger(each)), None)
    marked = f' class="danger {danger.severity}"' if danger else ""
    cells = (_typed(row.before), _typed(row.after), _what(row))
    told = "".join(
        f'<td data-label="{escape(name)}"{quiet}>{cell}</td>'
        for name, (cell, quiet) in zip(COLUMNS[1:], cells, strict=True)
    )
    return f'<tr{marked}><th scope="row">{escape(row.name)}</th>{told}</tr>'


def _typed(result: EntryResult | None) -> tuple[str, str]:
    """As typed, and whether it stands back: what is on one list only leaves a dash on the other."""
    return (escape(result.entry.entered), "") if result else (_NOTHING, ' class="quiet"')


def _what(row: _Row) -> tuple[str, str]:
    """What happened to the entry, how the severity changes, and what is to be done now."""
    parts = [escape(row.kind)] if row.kind else []
    if row.findings:
        parts += [_verdicts(each.before, each.after) for each in row.findings]
        parts += [escape(each.after.action) for each in row.findings if each.after and each.after.action]
    else:
        words = dict.fromkeys(_status(each) for each in (row.before, row.after) if each)
        parts.append(" → ".join(words))
    if row.told:
        parts.append(escape(row.told))
    return "".join(f"<p>{each}</p>" for each in parts), ""


def _until_when(left: StillCounting) -> str:
    if not left.before.entry.medicines:
        return say("changes_table.not_read_until_corrected")
    if left.washout_days is None:
        return say("changes_table.counts_until_list_says")
    return say("changes_table.counts_until_days", days=left.washout_days)


def _verdicts(before: Verdict | None, after: Verdict | None) -> str:
    gone = "" if after else f" → {say('changes_table.gone')}"
    return " → ".join(_verdict(each) for each in (before, after) if each) + gone


def _verdict(each: Verdict) -> str:
    studied = each.severity is not Severity.COMPATIBLE or each.grade is not EvidenceGrade.NONE
    mark = _mark(verdict_word(each.severity, each.grade), each.severity if studied else None)
    return mark + ("" if each.counted else escape(say("changes_table.stopped_not_counted")))


def _status(result: EntryResult) -> str:
    """A severity's colour never stands for an entry that was not fully assessed."""
    is_assessed = result.status is EntryStatus.ASSESSED and result.evidence_grade is not EvidenceGrade.NONE
    return _mark(verdict(result), result.severity if is_assessed else None)


def _mark(word: str, severity: Severity | None) -> str:
    return f'<span class="mark {severity or "open"}">{escape(word)}</span>'


def _what_changed(change: EntryChange) -> list[str]:
    """Of a medicine that was stopped, only that: its dose is no matter any more."""
    if change.after.entry.details.use is not Use.STOPPED or Aspect.USE not in change.aspects:
        return [_aspect_words(aspect, change) for aspect in change.aspects]
    was_stopped = change.before.entry.details.use is Use.STOPPED
    said = say("changes_table.other_time_of_stopping") if was_stopped else say("changes_table.stopped")
    return [said, *([_ASPECT_WORDS[Aspect.READING]] if Aspect.READING in change.aspects else [])]


def _aspect_words(aspect: Aspect, change: EntryChange) -> str:
    """A route that was merely not written again is no other route."""
    before, after = change.before.entry.details, change.after.entry.details
    if aspect is Aspect.ROUTE and after.route is None:
        return say("changes_table.route_no_longer_stated")
    if aspect is Aspect.ROUTE and before.route is None:
        return say("changes_table.route_now_stated")
    if aspect is Aspect.DOSE and (after.strength_mg, after.doses_per_day) == (None, None):
        return say("changes_table.dose_no_longer_stated")
    return _ASPECT_WORDS[aspect]
