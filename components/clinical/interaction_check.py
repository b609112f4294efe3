"""Entries + treatment -> CheckReport. The only place where a verdict is reached."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace

from components.clinical.adding_up import find_burden, find_shared_actions
from components.clinical.among_others import find_duplicates, find_pairs
from components.clinical.entry import Entry, MedicationList, NamedBeside
from components.clinical.factor_check import (
    HOME_USE,
    HYPERSENSITIVITY,
    changes_by_factors,
    judge_factors,
    present_factors,
    session_checklist,
)
from components.clinical.factors import PatientAnswers
from components.clinical.findings import (
    CLASH_ACTION,
    allergy_findings,
    bound_in_a_product,
    build_findings,
    plan_parts,
    strictest_severity,
    taken_twice,
)
from components.clinical.knowledge_base import KnowledgeBase
from components.clinical.matching import KETAMINES, Matches, deciding_records, match_entry, unassessed_treatments
from components.clinical.report import (
    CheckReport,
    Counts,
    EntryResult,
    FactorFinding,
    Finding,
    PairFinding,
    PresentFactor,
    StagedPlan,
)
from components.clinical.session_plan import merge_plans
from components.clinical.terms import DANGEROUS, EntryStatus, Region, Severity, Treatment, most_severe

NOT_ASKED = PatientAnswers()
KEEPS_ITS_ACTION_FROM = {Severity.CONTRAINDICATED: Severity.AVOID, Severity.AVOID: Severity.CAUTION}
"""Severity of a clash -> severity from which a medicine in it keeps the action that it has with the treatment."""


def check(
    listed: MedicationList,
    treatment: Treatment | None,
    knowledge_base: KnowledgeBase,
    region: Region = Region.US,
    answers: PatientAnswers = NOT_ASKED,
    takes_no_medicines: bool = False,
) -> CheckReport:
    """Check a list and the patient's factors against the planned treatment.

    Without a treatment (None: not yet chosen) the strictest route counts. An allergy to a ketamine on the list is the
    factor hypersensitivity. Long because the report is filled in this one place, a line for each of its parts.
    """
    entries = listed.entries
    patient = knowledge_base.patient
    if KETAMINES & set(listed.allergies):
        answers = replace(answers, factors=(*answers.factors, HYPERSENSITIVITY))
    present = present_factors(answers, patient)
    matches = _matches(listed, treatment, knowledge_base)
    pairs, duplicates = find_pairs(entries, knowledge_base), find_duplicates(entries, knowledge_base)
    twice = frozenset(name for each in duplicates if each.class_name is None for name in each.medicines)
    changed = (
        _changed_by(present, taken_twice(finding, twice, treatment, knowledge_base), knowledge_base)
        for finding in build_findings(entries, matches, treatment, knowledge_base)
    )
    findings = [_in_a_clash(each, entries, pairs, treatment, knowledge_base) for each in changed]
    findings += allergy_findings(listed.allergies, treatment, knowledge_base)
    findings.sort(key=lambda finding: (not finding.counted, -_rank(finding.severity)))
    counted = [finding for finding in findings if finding.counted]
    results = _results(entries, matches, findings, treatment, knowledge_base)
    tally = Counter(result.status for result in results)
    factors = judge_factors(present, treatment, _classes_taken(listed, findings, knowledge_base), patient)
    return CheckReport(
        treatment=treatment,
        region=region,
        knowledge=knowledge_base.knowledge,
        entries=results,
        findings=tuple(findings),
        shared_actions=find_shared_actions(findings, knowledge_base),
        pairs=pairs,
        duplicates=duplicates,
        burden=find_burden(counted, knowledge_base),
        session_plan=_session_plan(counted, twice, present, treatment, knowledge_base),
        notes=listed.notes,
        counts=Counts(len(entries), *(tally[status] for status in reversed(EntryStatus))),
        highest_severity=_highest(counted, pairs, factors),
        complete=_is_complete(results, findings),
        factors_asked=answers.were_asked,
        present=tuple(PresentFactor(patient.factors[name], because) for name, because in present.items()),
        factors=factors,
        checklist=session_checklist(treatment, region, present, patient),
        unsupervised=HOME_USE in present,
        takes_no_medicines=takes_no_medicines,
        beside=_not_entered(listed),
        allergies=tuple(name for name in listed.allergies if name not in listed.taken),
    )


def _not_entered(listed: MedicationList) -> tuple[NamedBeside, ...]:
    """Medicines of another column that no entry says are taken."""
    taken = listed.taken
    return tuple(
        replace(each, medicines=left)
        for each in listed.beside
        if (left := tuple(name for name in each.medicines if name not in taken))
    )


def _matches(listed: MedicationList, treatment: Treatment | None, knowledge_base: KnowledgeBase) -> list[Matches]:
    """The records of each entry, in the order of the list; none for what was not recognised."""
    both_ketamines = listed.taken >= KETAMINES
    return [
        match_entry(entry, treatment, both_ketamines, knowledge_base)
        if entry.recognition in (EntryStatus.ASSESSED, EntryStatus.NOT_ASSESSED)
        else Matches((), (), ())
        for entry in listed.entries
    ]


def _is_complete(results: Sequence[EntryResult], findings: Sequence[Finding]) -> bool:
    all_assessed = bool(results) and all(result.status is EntryStatus.ASSESSED for result in results)
    return all_assessed and not any(each.may_still_act for each in findings)


def _highest(
    counted: Sequence[Finding], pairs: Sequence[PairFinding], factors: Sequence[FactorFinding]
) -> Severity | None:
    return most_severe(
        [
            *(each.severity for each in counted if each.severity),
            *(each.record.severity for each in pairs),
            *(each.rule.level.severity for each in factors),
        ]
    )


def _session_plan(
    counted: Sequence[Finding],
    twice: Collection[str],
    present: Collection[str],
    treatment: Treatment | None,
    knowledge_base: KnowledgeBase,
) -> StagedPlan:
    """The plans of all findings and of the patient's factors, merged."""
    by_medicine = (
        part for each in counted for part in plan_parts(each.records, each.medicines, each.stopped, knowledge_base)
    )
    by_factor = ((knowledge_base.patient.factors[name], ()) for name in present)
    unsettled = {name for each in counted if each.in_change for name in each.medicines}.union(
        twice, *(bound_in_a_product(each, treatment, knowledge_base) for each in counted)
    )
    clashing = {name for each in counted if each.clashes_with for name in each.medicines}
    return merge_plans((*by_medicine, *by_factor), treatment, knowledge_base, unsettled, clashing)


def _changed_by(present: Collection[str], finding: Finding, knowledge_base: KnowledgeBase) -> Finding:
    """The finding with what the patient's factors change in it; a factor raises a severity, never lowers it.

    A stopped medicine keeps its action: nothing may tell how to go on with it.
    """
    if not present or finding.severity is None:
        return finding
    changes = changes_by_factors(finding, present, knowledge_base.patient)
    raised = most_severe([finding.severity, *(each.raised_to for each in changes if each.raised_to)])
    action = next((each.action for each in changes if each.raised_to and each.raised_to is raised), finding.action)
    return replace(finding, severity=raised, changes=changes, action=action)


def _in_a_clash(
    finding: Finding,
    entries: Sequence[Entry],
    pairs: Sequence[PairFinding],
    treatment: Treatment | None,
    knowledge_base: KnowledgeBase,
) -> Finding:
    """The finding with what it must not be combined with; a milder action then yields to settling that first."""
    clashes = [pair for pair in pairs if pair.record.severity in DANGEROUS and pair.everywhere & set(finding.entries)]
    if not clashes or finding.severity is None:
        return finding
    named = dict.fromkeys(name for pair in clashes for name in pair.medicines)
    own = {name for place in finding.entries for name in entries[place].medicines}
    parts = plan_parts(finding.records, finding.medicines, finding.stopped, knowledge_base)
    worst = max((pair.record.severity for pair in clashes), key=lambda severity: severity.rank)
    yields = finding.severity.rank < KEEPS_ITS_ACTION_FROM[worst].rank and not finding.stopped
    return replace(
        finding,
        clashes_with=tuple(name for name in named if name not in own) or tuple(named),
        action=CLASH_ACTION[finding.never_stop_suddenly] if yields else finding.action,
        settle_first=yields,
        plan=merge_plans(parts, treatment, knowledge_base, clashing=finding.medicines),
    )


def _classes_taken(listed: MedicationList, findings: Sequence[Finding], knowledge_base: KnowledgeBase) -> set[str]:
    """Classes of all medicines that act: those on the list, and stopped ones whose washout lasts."""
    names = listed.taken | {name for each in findings if each.entries and each.counted for name in each.medicines}
    return {knowledge_base.medicines[name].medicine_class for name in names if name in knowledge_base.medicines}


def _rank(severity: Severity | None) -> int:
    return -1 if severity is None else severity.rank


def _results(
    entries: Sequence[Entry],
    matches: Sequence[Matches],
    findings: Sequence[Finding],
    treatment: Treatment | None,
    knowledge_base: KnowledgeBase,
) -> tuple[EntryResult, ...]:
    raised = {place: each.severity for each in findings if each.changes for place in each.entries}
    return tuple(
        _entry_result(
            entry,
            match,
            raised.get(place, strictest_severity(match.records, treatment)),
            () if treatment else unassessed_treatments(entry, knowledge_base),
        )
        for place, (entry, match) in enumerate(zip(entries, matches, strict=True))
    )


def _entry_result(
    entry: Entry, match: Matches, severity: Severity | None, unassessed_for: tuple[Treatment, ...]
) -> EntryResult:
    status = entry.recognition
    deciding = deciding_records(match.records)
    if status is EntryStatus.ASSESSED:
        if match.unassessed or not deciding or unassessed_for:
            status = EntryStatus.NOT_ASSESSED
        elif severity is None:
            status = EntryStatus.NO_DATA
    return EntryResult(
        entry,
        status,
        severity,
        deciding[0].evidence_grade if deciding else None,
        tuple(record.id for record in match.records),
        match.unassessed,
        unassessed_for if deciding and not match.unassessed else (),
    )
