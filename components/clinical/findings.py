"""Records that decide for an entry -> one finding, the most cautious of each answer."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from components.clinical.entry import Entry
from components.clinical.interface_words import say
from components.clinical.knowledge_base import KnowledgeBase
from components.clinical.matching import Matches, deciding_records, may_still_act, named_in, still_counts
from components.clinical.records import Benefit, Exposure, InteractionRecord, Safety
from components.clinical.report import Finding
from components.clinical.session_plan import keeps_on, merge_plans
from components.clinical.terms import (
    DANGEROUS,
    BenefitDirection,
    EntryStatus,
    ExposureDirection,
    SafetyDirection,
    Severity,
    Treatment,
    Use,
    most_severe,
)

Answer = TypeVar("Answer", Safety, Benefit, Exposure)

CLASH_ACTION = {
    False: say("findings.settle_first_what_must_not_combine"),
    True: say("findings.settle_first_and_never_stop_suddenly"),
}
"""By whether stopping it at once can harm."""
TWICE_ACTION = say("findings.ask_first_whether_it_is_taken_twice")
GOES_ON = (Severity.COMPATIBLE, Severity.MONITOR)
"""Severities whose action tells to go on with the medicine."""
STOPPED_ACTION = say("findings.ask_when_last_taken")
CHANGE_ACTION = {
    Use.TAPERING: say("findings.ask_who_leads_the_taper"),
    Use.PLANNED: say("findings.not_begun_ask_when_it_starts"),
}
"""Uses in which nothing may say that a medicine goes on as usual, and what is asked instead."""


def build_findings(
    entries: Sequence[Entry], matches: Sequence[Matches], treatment: Treatment | None, knowledge_base: KnowledgeBase
) -> list[Finding]:
    """One finding for all entries of the same medicines to which the same records apply."""
    groups: dict[tuple[object, ...], list[Finding]] = defaultdict(list)
    for position, (entry, match) in enumerate(zip(entries, matches, strict=True)):
        if deciding_records(match.records):
            found = _finding(entry, (position,), match, treatment, knowledge_base)
            ids = tuple(record.id for record in match.records)
            use = found.stopped, found.counted, found.may_still_act, found.in_change
            groups[entry.medicines, ids, use].append(found)
    return [
        replace(group[0], entries=tuple(place for each in group for place in each.entries)) for group in groups.values()
    ]


def _washout(records: Sequence[InteractionRecord]) -> int | None:
    return max((record.washout_days for record in records if record.washout_days), default=None)


def _finding(
    entry: Entry, positions: tuple[int, ...], match: Matches, treatment: Treatment | None, knowledge_base: KnowledgeBase
) -> Finding:
    records = match.records
    deciding = deciding_records(records)
    exposure = _first_studied([record.exposure for record in deciding], ExposureDirection.NOT_STUDIED)
    washout = _washout(deciding)
    severity = strictest_severity(records, treatment)
    stopped, is_in_change = entry.details.use is Use.STOPPED, entry.details.use in CHANGE_ACTION
    medicines = tuple(name for name in entry.medicines if name not in match.unassessed)
    parts = plan_parts(records, medicines, stopped, knowledge_base)
    return Finding(
        medicines=medicines,
        entries=positions,
        severity=severity,
        counted=still_counts(entry, washout),
        records=records,
        overridden=match.overridden,
        safety=_first_studied([record.safety for record in deciding], SafetyDirection.NOT_STUDIED),
        benefit=_first_studied([record.benefit for record in deciding], BenefitDirection.NOT_STUDIED),
        exposure=exposure,
        exposure_line=exposure.line_by_treatment.get(treatment, exposure.line) if treatment else exposure.line,
        action=_action(entry.details.use, records, severity, treatment, knowledge_base),
        plan=merge_plans(parts, treatment, knowledge_base, medicines if is_in_change else ()),
        never_stop_suddenly=any(
            knowledge_base.medicines[name].never_stop_suddenly
            for name in entry.medicines
            if name in knowledge_base.medicines
        ),
        stopped=stopped,
        may_still_act=may_still_act(entry, severity, washout, knowledge_base),
        in_change=entry.details.use if is_in_change else None,
        stopped_days_ago=entry.details.stopped_days_ago,
        ask_when_stopped_days=washout if stopped else None,
    )


def _action(
    use: Use,
    records: Sequence[InteractionRecord],
    severity: Severity | None,
    treatment: Treatment | None,
    knowledge_base: KnowledgeBase,
) -> str:
    """The action of the deciding record, unless it would tell to go on with what is stopped, in change or not begun."""
    if use is Use.STOPPED:
        return STOPPED_ACTION
    is_mild = severity in GOES_ON
    goes_on = severity not in DANGEROUS and keeps_on(records[0], knowledge_base)
    yields = {
        Use.TAPERING: is_mild or goes_on,
        Use.PLANNED: goes_on or (is_mild and any(keeps_on(each, knowledge_base) for each in records)),
    }
    return CHANGE_ACTION[use] if yields.get(use) else records[0].action_for(treatment)


def taken_twice(
    finding: Finding, twice: frozenset[str], treatment: Treatment | None, knowledge_base: KnowledgeBase
) -> Finding:
    """Of what stands on the list twice nobody knows the usual dose: 'continue' yields to asking."""
    if finding.stopped or finding.in_change or twice.isdisjoint(finding.medicines):
        return finding
    parts = plan_parts(finding.records, finding.medicines, finding.stopped, knowledge_base)
    return replace(
        finding,
        action=TWICE_ACTION if finding.severity in GOES_ON else finding.action,
        plan=merge_plans(parts, treatment, knowledge_base, finding.medicines),
    )


def plan_parts(
    records: Sequence[InteractionRecord], medicines: Sequence[str], stopped: bool, knowledge_base: KnowledgeBase
) -> list[tuple[InteractionRecord, tuple[str, ...]]]:
    """Records with the medicines they stand for; none for a stopped medicine, so that no step tells to take it."""
    return [
        (record, () if stopped else _spoken_of(record, medicines, knowledge_base))
        for record in deciding_records(records)
    ]


def bound_in_a_product(finding: Finding, treatment: Treatment | None, knowledge_base: KnowledgeBase) -> set[str]:
    """Parts of a combination that cannot go on by themselves: only another part of it asks for action first."""
    asking = {
        name
        for record in deciding_records(finding.records)
        if (severity := strictest_severity((record,), treatment)) and severity not in GOES_ON
        for name in _spoken_of(record, finding.medicines, knowledge_base)
    }
    return set(finding.medicines) - asking if asking else set()


def _first_studied(answers: Sequence[Answer], not_studied: str) -> Answer:
    """The answer of the first record that has one: a question is 'not studied' only if no record speaks of it."""
    return next((answer for answer in answers if answer.direction != not_studied), answers[0])


def _spoken_of(record: InteractionRecord, medicines: Sequence[str], knowledge_base: KnowledgeBase) -> tuple[str, ...]:
    """Those of the medicines that the record is about; all of them when it is about the product."""
    return named_in(record, medicines, knowledge_base) or tuple(medicines)


def allergy_findings(
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
            allergy = Entry(say("findings.allergy_to", name=name), EntryStatus.ASSESSED, medicines=(name,))
            found.append(_finding(allergy, (), Matches(records, (), ()), treatment, knowledge_base))
    return found


def strictest_severity(records: Sequence[InteractionRecord], treatment: Treatment | None) -> Severity | None:
    return most_severe(
        [severity for record in deciding_records(records) if (severity := record.severity_for(treatment))]
    )
