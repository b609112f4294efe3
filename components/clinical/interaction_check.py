"""Entries + treatment -> CheckReport. The only place where a verdict is reached."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import product
from typing import TypeVar

from components.clinical.entry import Entry, MedicationList
from components.clinical.knowledge_base import KnowledgeBase
from components.clinical.matching import KETAMINES, Matches, condition_holds, is_other_form, match_entry
from components.clinical.records import (
    Benefit,
    Exposure,
    InteractionRecord,
    PairMember,
    PairRecord,
    Safety,
)
from components.clinical.report import CheckReport, Counts, Duplicate, EntryResult, Finding, PairFinding, SharedAction
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

Answer = TypeVar("Answer", Safety, Benefit, Exposure)

FEWEST_IN_GROUP = 3
NO_TREATMENT_NOTE = "No treatment chosen: the strictest route counts for every medicine."


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
    pairs = _pairs(entries, knowledge_base)
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
        duplicates=_duplicates(entries, knowledge_base),
        burden=_burden(counted),
        session_plan=merge_plans(
            (
                (record, _spoken_of(record, each.medicines, knowledge_base))
                for each in counted
                for record in _deciding(each.records)
            ),
            treatment,
            knowledge_base,
        ),
        notes=(*((NO_TREATMENT_NOTE,) if treatment is None else ()), *listed.notes),
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
    return EntryResult(entry, status, severity, tuple(record.id for record in match.records), match.unassessed)


def _findings(
    entries: Sequence[Entry], matches: Sequence[Matches], treatment: Treatment | None, knowledge_base: KnowledgeBase
) -> list[Finding]:
    """One finding for all entries of the same medicines to which the same records apply."""
    groups: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for position, (entry, match) in enumerate(zip(entries, matches, strict=True)):
        if _deciding(match.records):
            ids = tuple(record.id for record in match.records)
            groups[entry.medicines, ids, _counts(entry, _washout(match.records))].append(position)
    return [
        _finding(entries[positions[0]], tuple(positions), matches[positions[0]], treatment, knowledge_base)
        for positions in groups.values()
    ]


def _washout(records: Sequence[InteractionRecord]) -> int | None:
    return max((record.washout_days for record in records if record.washout_days), default=None)


def _counts(entry: Entry, washout_days: int | None) -> bool:
    """A stopped medicine counts while its washout lasts; without a stated washout it is only shown."""
    if entry.details.use is not Use.STOPPED:
        return True
    if washout_days is None:
        return False
    days = entry.details.stopped_days_ago
    return days is None or days < washout_days


def _finding(
    entry: Entry, positions: tuple[int, ...], match: Matches, treatment: Treatment | None, knowledge_base: KnowledgeBase
) -> Finding:
    records = match.records
    deciding = _deciding(records)
    exposure = _first_studied([record.exposure for record in deciding], ExposureDirection.NOT_STUDIED)
    washout = _washout(deciding)
    return Finding(
        medicines=entry.medicines,
        entries=positions,
        severity=_severity(records, treatment),
        counted=_counts(entry, washout),
        records=records,
        overridden=match.overridden,
        safety=_first_studied([record.safety for record in deciding], SafetyDirection.NOT_STUDIED),
        benefit=_first_studied([record.benefit for record in deciding], BenefitDirection.NOT_STUDIED),
        exposure=exposure,
        exposure_line=exposure.line_by_treatment.get(treatment, exposure.line) if treatment else exposure.line,
        action=records[0].action_for(treatment),
        plan=merge_plans(
            ((record, _spoken_of(record, entry.medicines, knowledge_base)) for record in deciding),
            treatment,
            knowledge_base,
        ),
        never_stop_suddenly=any(
            knowledge_base.medicines[name].never_stop_suddenly
            for name in entry.medicines
            if name in knowledge_base.medicines
        ),
        ask_when_stopped_days=washout if entry.details.use is Use.STOPPED else None,
    )


def _first_studied(answers: Sequence[Answer], not_studied: str) -> Answer:
    """The answer of the first record that has one: a question is 'not studied' only if no record speaks of it."""
    return next((answer for answer in answers if answer.direction != not_studied), answers[0])


def _spoken_of(record: InteractionRecord, medicines: Sequence[str], knowledge_base: KnowledgeBase) -> tuple[str, ...]:
    """Those of the medicines that the record is about; all of them when it is about the product."""
    named = tuple(
        name
        for name in medicines
        if name in record.medicines
        or (name in knowledge_base.medicines and knowledge_base.medicines[name].medicine_class in record.classes)
    )
    return named or tuple(medicines)


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


def _burden(findings: Sequence[Finding]) -> dict[Burden, tuple[str, ...]]:
    """Medicines by effect; effects in their fixed order, medicines in order of the findings."""
    found: dict[Burden, dict[str, None]] = {burden: {} for burden in Burden}
    for finding in findings:
        for record in _deciding(finding.records):
            for burden in record.burden:
                found[burden].update(dict.fromkeys(finding.medicines))
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


def _duplicates(entries: Sequence[Entry], knowledge_base: KnowledgeBase) -> tuple[Duplicate, ...]:
    taken: dict[str, list[int]] = defaultdict(list)
    for position, entry in enumerate(entries):
        if entry.details.use is not Use.STOPPED:
            for name in entry.medicines:
                taken[name].append(position)
    found = [Duplicate((name,), tuple(where), None) for name, where in taken.items() if len(where) > 1]
    by_class: dict[str, list[str]] = defaultdict(list)
    for name in taken:
        if name in knowledge_base.medicines:
            by_class[knowledge_base.medicines[name].medicine_class].append(name)
    for slug, names in by_class.items():
        places = tuple(sorted({position for name in names for position in taken[name]}))
        if knowledge_base.classes[slug].duplicate_therapy and len(names) > 1 and len(places) > 1:
            found.append(Duplicate(tuple(names), places, knowledge_base.classes[slug].name))
    return tuple(found)


def _pairs(entries: Sequence[Entry], knowledge_base: KnowledgeBase) -> tuple[PairFinding, ...]:
    """Pairs among different entries, the most severe first."""
    where: dict[str, list[int]] = defaultdict(list)
    for position, entry in enumerate(entries):
        for name in entry.medicines:
            where[name].append(position)
    candidates = {pair.id: pair for name in where for pair in knowledge_base.pairs_of.get(name, ())}
    found: dict[tuple[str, frozenset[str]], PairFinding] = {}
    for pair in candidates.values():
        for one, other in _members_on_list(pair, where):
            key = (pair.id, frozenset((one.medicine, other.medicine)))
            if one.medicine == other.medicine or key in found:
                continue
            if finding := _pair_finding(pair, one, other, where, entries, knowledge_base):
                found[key] = finding
    return tuple(sorted(found.values(), key=lambda each: (-each.record.severity.rank, each.entries)))


def _members_on_list(pair: PairRecord, where: dict[str, list[int]]) -> list[tuple[PairMember, PairMember]]:
    first = [member for member in pair.first if member.medicine in where]
    second = [member for member in pair.second if member.medicine in where]
    return list(product(first, second))


def _pair_finding(
    pair: PairRecord,
    one: PairMember,
    other: PairMember,
    where: dict[str, list[int]],
    entries: Sequence[Entry],
    knowledge_base: KnowledgeBase,
) -> PairFinding | None:
    """The pair on the first two different entries for which both sides hold."""
    ones = [position for position in where[one.medicine] if _takes_part(one, entries[position], knowledge_base)]
    others = [position for position in where[other.medicine] if _takes_part(other, entries[position], knowledge_base)]
    places = next((pair_of for pair_of in product(ones, others) if pair_of[0] != pair_of[1]), None)
    if places is None:
        return None
    both_stopped = all(entries[position].details.use is Use.STOPPED for position in places)
    if both_stopped:
        return None
    ask = tuple(
        (member.medicine, member.washout_days)
        for member, position in zip((one, other), places, strict=True)
        if member.washout_days and entries[position].details.use is Use.STOPPED
    )
    in_order = sorted(zip(places, (one.medicine, other.medicine), strict=True))
    return PairFinding(pair, (in_order[0][1], in_order[1][1]), (in_order[0][0], in_order[1][0]), ask)


def _takes_part(member: PairMember, entry: Entry, knowledge_base: KnowledgeBase) -> bool:
    if is_other_form(entry, member.medicine, knowledge_base) or not _counts(entry, member.washout_days):
        return False
    if member.applies_when is None:
        return True
    holds = condition_holds(member.applies_when, entry, member.medicine, False, knowledge_base)
    return holds is True or (holds is None and member.applies_when.when_unknown == "applies")
