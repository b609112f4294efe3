"""Which names of a list we hold -> plain text, totals first: for a curator with a formulary or a list of requests."""

from collections.abc import Iterator

from components.clinical.interface_words import say
from components.clinical.knowledge_base import KnowledgeBase
from components.clinical.report import CheckReport, EntryResult
from components.clinical.terms import EntryStatus
from components.clinical.wording import choices_in_words, medicines_in_words
from components.exchange.report_notes import notes_of_list
from components.exchange.wrapped_lines import wrapped_lines

WIDTH = 100
TITLES = {
    EntryStatus.NOT_RECOGNISED: say("coverage_text.not_recognised"),
    EntryStatus.AMBIGUOUS: say("coverage_text.ambiguous"),
    EntryStatus.NOT_ASSESSED: say("coverage_text.real_but_not_assessed"),
    EntryStatus.NO_DATA: say("coverage_text.looked_without_verdict"),
    EntryStatus.ASSESSED: say("coverage_text.held"),
}
"""In the order of printing: what asks for work comes first."""


def coverage_as_text(report: CheckReport, base: KnowledgeBase) -> str:
    """Every name of the list in exactly one group; what was no name is told at the end."""
    return "\n".join(_lines(report, base)) + "\n"


def _lines(report: CheckReport, base: KnowledgeBase) -> Iterator[str]:
    counts = report.counts
    held = counts.assessed + counts.no_data
    one, several = say("coverage_text.one_name"), say("coverage_text.names", entered=counts.entered)
    names = one if counts.entered == 1 else several
    yield (
        say(
            "coverage_text.held_them_without_verdict",
            names=names,
            held=held,
            no_data=counts.no_data,
            not_assessed=counts.not_assessed,
            ambiguous=counts.ambiguous,
            not_recognised=counts.not_recognised,
        )
    )
    for status, title in TITLES.items():
        found = [each for each in report.entries if each.status is status]
        if found:
            yield ""
            yield f"{title} ({len(found)})"
        for each in found:
            told = f"- {each.entry.entered}{_understood(each)}: {_told(each, base)}"
            yield from wrapped_lines(told, WIDTH, hanging="  ")
    if notes := notes_of_list(report):
        yield ""
        yield say("shared.notes_in_capitals")
        for note in notes:
            yield from wrapped_lines(f"- {note}", WIDTH, hanging="  ")


def _understood(result: EntryResult) -> str:
    known = medicines_in_words(result.entry.medicines)
    return f" = {known}" if known and known != result.entry.entered.casefold() else ""


def _told(result: EntryResult, base: KnowledgeBase) -> str:
    entry = result.entry
    match result.status:
        case EntryStatus.NOT_RECOGNISED:
            return (
                say("coverage_text.did_you_mean", choices=choices_in_words(entry.choices))
                if entry.suggestions
                else say("coverage_text.nothing_like_held")
            )
        case EntryStatus.AMBIGUOUS:
            return say("coverage_text.could_be", choices=choices_in_words(entry.choices))
        case EntryStatus.NOT_ASSESSED:
            return _without_record(result, base)
        case _:
            return ", ".join(result.records)


def _without_record(result: EntryResult, base: KnowledgeBase) -> str:
    """Tells a medicine that only lacks a record from one that stands in no file of ours."""
    missing = result.unassessed_parts or result.entry.medicines
    lacking = [name for name in missing if name in base.medicines]
    foreign = [name for name in missing if name not in base.medicines]
    parts = [say("coverage_text.no_record", names=", ".join(lacking))] if lacking else []
    parts += [say("coverage_text.not_in_medicines", names=", ".join(foreign))] if foreign else []
    parts += [say("coverage_text.in_part", names=", ".join(result.records))] if result.records else []
    return "; ".join(parts)
