"""What of a report may be advised on the take-home sheet, and which dangers stand on every sheet."""

from collections.abc import Iterable

from components.clinical.findings import CHANGE_ACTION
from components.clinical.interface_words import say
from components.clinical.matching import deciding_records
from components.clinical.records import InteractionRecord
from components.clinical.report import CheckReport, EntryResult, Finding, PairFinding
from components.clinical.terms import DANGEROUS, Treatment, Use
from components.clinical.wording import medicines_in_words


def dangerous_pairs(report: CheckReport) -> tuple[PairFinding, ...]:
    """Pairs of medicines that stand on every sheet, whatever was chosen."""
    return tuple(pair for pair in report.pairs if pair.record.severity in DANGEROUS)


def advisable(report: CheckReport) -> dict[str, str]:
    """Records and pairs whose wording may go on the sheet, with the medicines that each is about.

    Not an allergy, which is the clinician's to explain; not a danger, which is told whatever was chosen.
    """
    about: dict[str, list[str]] = {}
    for finding in report.findings:
        if any(may_advise(each, report) for each in finding.entries):
            about.setdefault(finding.lead.id, []).append(medicines_in_words(finding.medicines))
    for pair in report.pairs:
        if pair.record.severity not in DANGEROUS:
            about.setdefault(pair.record.id, []).append(pair_in_words(pair, report))
    return {record: ", ".join(dict.fromkeys(names)) for record, names in about.items()}


def may_advise(entry: int, report: CheckReport) -> bool:
    """Not for what is stopped, being stopped or not begun; nothing reassuring about one to be talked about first."""
    is_in_change = report.entries[entry].entry.details.use in CHANGE_ACTION
    return is_taken(report.entries[entry]) and not is_in_change and entry not in to_talk_about_first(report)


def clashing(pairs: Iterable[PairFinding]) -> frozenset[int]:
    return frozenset(entry for pair in pairs for entry in pair.everywhere)


def to_talk_about_first(report: CheckReport) -> frozenset[int]:
    """Positions of entries that stand in a clash, or are not to be combined with the treatment."""
    not_combined = {entry for finding in report.findings if finding.severity in DANGEROUS for entry in finding.entries}
    return clashing(dangerous_pairs(report)) | not_combined


def dangers_of(finding: Finding, treatment: Treatment | None) -> list[InteractionRecord]:
    """Records that by themselves say not to combine; one that only a patient factor raised has no words for that."""
    return [record for record in deciding_records(finding.records) if record.severity_for(treatment) in DANGEROUS]


def is_taken(result: EntryResult) -> bool:
    return result.entry.details.use is not Use.STOPPED


def pair_in_words(pair: PairFinding, report: CheckReport) -> str:
    """'Zoloft 100 mg with Nardil', as the person knows them."""
    return say("shared.with_between").join(report.entries[each].entry.entered for each in pair.entries)


def name_of(result: EntryResult) -> str:
    """'Zoloft 100 mg (sertraline)'; a name that is typed as we know it stands once."""
    entry = result.entry
    known = medicines_in_words(entry.medicines)
    return entry.entered if not known or known.lower() in entry.entered.lower() else f"{entry.entered} ({known})"
