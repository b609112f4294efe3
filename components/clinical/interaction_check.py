"""Entries + treatment -> CheckReport. The only place where a verdict is reached."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import TypeVar

from components.clinical.among_others import find_duplicates, find_pairs
from components.clinical.entry import Entry, MedicationList
from components.clinical.knowledge_base import KnowledgeBase
from components.clinical.matching import KETAMINES, Matches, match_entry, still_counts
from components.clinical.records import (
    Benefit,
    Exposure,
    InteractionRecord,
    Safety,
)
from components.clinical.report import CheckReport, Counts, EntryResult, Finding, SharedAction
from components.clinical.session_plan import merge_plans
from components.clinical.terms import (
    BenefitDirection,
    Burden,
    EntryStatus,
    ExposureDirection,
    Region,
    SafetyDirection,
    Severity,
    Treatment,
    Use,
    most_severe,
)
from components.clinical.wording import NO_TREATMENT

Answer = TypeVar("Answer", Safety, Benefit, Exposure)

FEWEST_IN_GROUP = 3
STOPPED_ACTION = "Ask when it was last taken and why it was stopped"


def check(
    listed: MedicationList,
    treatment: Treatment | None,
    knowledge_base: KnowledgeBase,
    region: Region = Region.US,
) -> CheckReport:
    """Check a medication list against the planned treatment (None: not yet chosen, the strictest route counts)."""
    entries = listed.entries
    on_list = {name for entry in entries if entry.details.use is not Use.STOPPED for name in entry.medicines}
    matches = [
        match_entry(entry, treatment, on_list >= KETAMINES, knowledge_base)
        if entry.recognition in (EntryStatus.ASSESSED, EntryStatus.NOT_ASSESSED)
        else Matches((), (), ())
        for entry in entries
    ]
    findings = _findings(entries, matches, treatment, knowledge_base)
    findings += _allergy_findings(listed.allergies, treatment, knowledge_base)
    findings.sort(key=lambda finding: (not finding.counted, -_rank(finding.severity)))
    counted = [finding for finding in findings if finding.counted]
    pairs = find_pairs(entries, knowledge_base)
    results = tuple(_entry_result(entry, match, treatment) for entry, match in zip(entries, matches, strict=True))
    tally = Counter(result.status for result in results)
    severities = [each.severity for each in counted if each.severity] + [each.record.severity for each in pairs]
    return CheckReport(
        treatment=treatment,
        region=region,
        knowledge=knowledge_base.knowledge,
        entries=results,
        findings=tuple(findings),
        shared_actions=_shared_actions(findings, knowledge_base),
        pairs=pairs,
        duplicates=find_duplicates(entries, knowledge_base),
        burden=_burden(counted, knowledge_base),
        session_plan=merge_plans(
            (
                part
                for each in counted
                for part in _plan_parts(each.records, each.medicines, each.stopped, knowledge_base)
            ),
            treatment,
            knowledge_base,
        ),
        notes=(*((f"Treatment {NO_TREATMENT}",) if treatment is None else ()), *listed.notes),
        counts=Counts(len(entries), *(tally[status] for status in reversed(EntryStatus))),
        highest_severity=most_severe(severities),
        complete=bool(results) and all(result.status is EntryStatus.ASSESSED for result in results),
    )


def _rank(severity: Severity | None) -> int:
    return -1 if severity is None else severity.rank


def _deciding(records: Sequence[InteractionRecord]) -> list[InteractionRecord]:
    return [record for record in records if not record.reference_only]


def _severity(records: Sequence[InteractionRecord], treatment: Treatment | None) -> Severity | None:
    return most_severe([severity for record in _deciding(records) if (severity := record.severity_for(treatment))])


def _entry_result(entry: Entry, match: Matches, treatment: Treatment | None) -> EntryResult:
    status, severity = entry.recognition, _severity(match.records, treatment)
    if status is EntryStatus.ASSESSED:
        if match.unassessed or not _deciding(match.records):
            status = EntryStatus.NOT_ASSESSED
        elif severity is None:
            status = EntryStatus.NO_DATA
    deciding = _deciding(match.records)
    grade = deciding[0].evidence_grade if deciding else None
    return EntryResult(entry, status, severity, grade, tuple(record.id for record in match.records), match.unassessed)


def _findings(
    entries: Sequence[Entry], matches: Sequence[Matches], treatment: Treatment | None, knowledge_base: KnowledgeBase
) -> list[Finding]:
    """One finding for all entries of the same medicines to which the same records apply."""
    groups: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for position, (entry, match) in enumerate(zip(entries, matches, strict=True)):
        if _deciding(match.records):
            ids = tuple(record.id for record in match.records)
            stopped = entry.details.use is Use.STOPPED
            groups[entry.medicines, ids, stopped, still_counts(entry, _washout(match.records))].append(position)
    return [
        _finding(entries[positions[0]], tuple(positions), matches[positions[0]], treatment, knowledge_base)
        for positions in groups.values()
    ]


def _washout(records: Sequence[InteractionRecord]) -> int | None:
    return max((record.washout_days for record in records if record.washout_days), default=None)


def _finding(
    entry: Entry, positions: tuple[int, ...], match: Matches, treatment: Treatment | None, knowledge_base: KnowledgeBase
) -> Finding:
    records = match.records
    deciding = _deciding(records)
    exposure = _first_studied([record.exposure for record in deciding], ExposureDirection.NOT_STUDIED)
    washout = _washout(deciding)
    stopped = entry.details.use is Use.STOPPED
    return Finding(
        medicines=entry.medicines,
        entries=positions,
        severity=_severity(records, treatment),
        counted=still_counts(entry, washout),
        records=records,
        overridden=match.overridden,
        safety=_first_studied([record.safety for record in deciding], SafetyDirection.NOT_STUDIED),
        benefit=_first_studied([record.benefit for record in deciding], BenefitDirection.NOT_STUDIED),
        exposure=exposure,
        exposure_line=exposure.line_by_treatment.get(treatment, exposure.line) if treatment else exposure.line,
        action=STOPPED_ACTION if stopped else records[0].action_for(treatment),
        plan=merge_plans(_plan_parts(records, entry.medicines, stopped, knowledge_base), treatment, knowledge_base),
        never_stop_suddenly=any(
            knowledge_base.medicines[name].never_stop_suddenly
            for name in entry.medicines
            if name in knowledge_base.medicines
        ),
        stopped=stopped,
        stopped_days_ago=entry.details.stopped_days_ago,
        ask_when_stopped_days=washout if stopped else None,
    )


def _plan_parts(
    records: Sequence[InteractionRecord], medicines: Sequence[str], stopped: bool, knowledge_base: KnowledgeBase
) -> list[tuple[InteractionRecord, tuple[str, ...]]]:
    """Records with the medicines they stand for; none for a stopped medicine, so that no step tells to take it."""
    return [(record, () if stopped else _spoken_of(record, medicines, knowledge_base)) for record in _deciding(records)]


def _first_studied(answers: Sequence[Answer], not_studied: str) -> Answer:
    """The answer of the first record that has one: a question is 'not studied' only if no record speaks of it."""
    return next((answer for answer in answers if answer.direction != not_studied), answers[0])


def _spoken_of(record: InteractionRecord, medicines: Sequence[str], knowledge_base: KnowledgeBase) -> tuple[str, ...]:
    """Those of the medicines that the record is about; all of them when it is about the product."""
    return _named_in(record, medicines, knowledge_base) or tuple(medicines)


def _named_in(record: InteractionRecord, medicines: Sequence[str], knowledge_base: KnowledgeBase) -> tuple[str, ...]:
    return tuple(
        name
        for name in medicines
        if name in record.medicines
        or (name in knowledge_base.medicines and knowledge_base.medicines[name].medicine_class in record.classes)
    )


def _allergy_findings(
    allergies: Sequence[str], treatment: Treatment | None, knowledge_base: KnowledgeBase
) -> list[Finding]:
    found = []
    for name in allergies:
        records = tuple(
            record
            for record in knowledge_base.records_of.get(name, ())
            if record.listed_as == "allergy" and (treatment is None or treatment in record.treatments)
        )
        if records:
            allergy = Entry(f"allergy to {name}", EntryStatus.ASSESSED, medicines=(name,))
            found.append(_finding(allergy, (), Matches(records, (), ()), treatment, knowledge_base))
    return found


def _burden(findings: Sequence[Finding], knowledge_base: KnowledgeBase) -> dict[Burden, tuple[str, ...]]:
    """Medicines by effect; of a product only the parts that carry it, where a record says which."""
    found: dict[Burden, dict[str, None]] = {burden: {} for burden in Burden}
    for finding in findings:
        by_part: dict[Burden, dict[str, None]] = {}
        named = [
            (record, _named_in(record, finding.medicines, knowledge_base)) for record in _deciding(finding.records)
        ]
        for record, names in sorted(named, key=lambda pair: not pair[1]):
            for burden in record.burden:
                if names or burden not in by_part:
                    by_part.setdefault(burden, {}).update(dict.fromkeys(names or finding.medicines))
        for burden, parts in by_part.items():
            found[burden].update(parts)
    return {burden: tuple(names) for burden, names in found.items() if names}


def _shared_actions(findings: Sequence[Finding], knowledge_base: KnowledgeBase) -> tuple[SharedAction, ...]:
    """Cautions for one reason become one group; a finding stands in the first group that takes it."""
    free = [position for position, each in enumerate(findings) if each.counted and each.severity is Severity.CAUTION]
    groups = []
    for action in knowledge_base.burden_actions:
        alike = [position for position in free if _adds_to(action.burden, findings[position])]
        if len(alike) >= FEWEST_IN_GROUP:
            groups.append(SharedAction(action, tuple(alike)))
            free = [position for position in free if position not in alike]
    return tuple(groups)


def _adds_to(burden: Burden, finding: Finding) -> bool:
    return any(burden in record.burden for record in _deciding(finding.records))
