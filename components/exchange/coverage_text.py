"""Which names of a list we hold -> plain text, totals first: for a curator with a formulary or a list of requests."""

import textwrap
from collections.abc import Iterator

from components.clinical.knowledge_base import KnowledgeBase
from components.clinical.report import CheckReport, EntryResult
from components.clinical.terms import EntryStatus
from components.clinical.wording import choices_in_words, medicines_in_words

WIDTH = 100
TITLES = {
    EntryStatus.NOT_RECOGNISED: "NOT RECOGNISED",
    EntryStatus.AMBIGUOUS: "AMBIGUOUS",
    EntryStatus.NOT_ASSESSED: "REAL, BUT NOT ASSESSED",
    EntryStatus.NO_DATA: "LOOKED AT, WITHOUT A VERDICT",
    EntryStatus.ASSESSED: "HELD",
}
"""In the order of printing: what asks for work comes first."""


def coverage_as_text(report: CheckReport, base: KnowledgeBase) -> str:
    """Every name of the list in exactly one group; what was no name is told at the end."""
    return "\n".join(_lines(report, base)) + "\n"


def _lines(report: CheckReport, base: KnowledgeBase) -> Iterator[str]:
    counts = report.counts
    held = counts.assessed + counts.no_data
    names = f"{counts.entered} name{'s' if counts.entered != 1 else ''}"
    yield (
        f"{names}: {held} held ({counts.no_data} of them without a verdict), {counts.not_assessed} real "
        f"but not assessed, {counts.ambiguous} ambiguous, {counts.not_recognised} not recognised"
    )
    for status, title in TITLES.items():
        found = [each for each in report.entries if each.status is status]
        if found:
            yield ""
            yield f"{title} ({len(found)})"
        for each in found:
            yield from _wrap(f"- {each.entry.entered}{_understood(each)}: {_told(each, base)}")
    if notes := [note for note in report.notes if not note.startswith("Treatment ")]:
        yield ""
        yield "NOTES"
        for note in notes:
            yield from _wrap(f"- {note}")


def _understood(result: EntryResult) -> str:
    known = medicines_in_words(result.entry.medicines)
    return f" = {known}" if known and known != result.entry.entered.casefold() else ""


def _told(result: EntryResult, base: KnowledgeBase) -> str:
    entry = result.entry
    match result.status:
        case EntryStatus.NOT_RECOGNISED:
            return (
                f"did you mean {choices_in_words(entry.suggestions)}?" if entry.suggestions else "nothing like it held"
            )
        case EntryStatus.AMBIGUOUS:
            return f"could be {choices_in_words(entry.suggestions)}"
        case EntryStatus.NOT_ASSESSED:
            return _without_record(result, base)
        case _:
            return ", ".join(result.records)


def _without_record(result: EntryResult, base: KnowledgeBase) -> str:
    """Tells a medicine that only lacks a record from one that stands in no file of ours."""
    missing = result.unassessed_parts or result.entry.medicines
    lacking = [name for name in missing if name in base.medicines]
    foreign = [name for name in missing if name not in base.medicines]
    parts = [f"no record for {', '.join(lacking)}"] if lacking else []
    parts += [f"not in medicines/: {', '.join(foreign)}"] if foreign else []
    parts += [f"in part: {', '.join(result.records)}"] if result.records else []
    return "; ".join(parts)


def _wrap(text: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False)
