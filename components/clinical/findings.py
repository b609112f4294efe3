"""Records that decide for an entry -> one finding, the most cautious of each answer."""

from collections import defaultdict
from collections.abc import Sequence
from typing import TypeVar

from components.clinical.entry import Entry
from components.clinical.interface_words import say
from components.clinical.knowledge_base import KnowledgeBase
from components.clinical.matching import Matches, deciding_records, named_in, still_counts
from components.clinical.records import Benefit, Exposure, InteractionRecord, Safety
from components.clinical.report import Finding
from components.clinical.session_plan import merge_plans
from components.clinical.terms import (
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

CLASH_ACTION = say("findings.settle_first_what_must_not_combine")
STOPPED_ACTION = say("findings.ask_when_last_taken")


def build_findings(
    entries: Sequence[Entry], matches: Sequence[Matches], treatment: Treatment | None, knowledge_base: KnowledgeBase
) -> list[Finding]:
    """One finding for all entries of the same medicines to which the same records apply."""
    groups: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for position, (entry, match) in enumerate(zip(entries, matches, strict=True)):
        if deciding_records(match.records):
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
    deciding = deciding_records(records)
    exposure = _first_studied([record.exposure for record in deciding], ExposureDirection.NOT_STUDIED)
    washout = _washout(deciding)
    stopped = entry.details.use is Use.STOPPED
    return Finding(
        medicines=entry.medicines,
        entries=positions,
        severity=strictest_severity(records, treatment),
        counted=still_counts(entry, washout),
        records=records,
        overridden=match.overridden,
        safety=_first_studied([record.safety for record in deciding], SafetyDirection.NOT_STUDIED),
        benefit=_first_studied([record.benefit for record in deciding], BenefitDirection.NOT_STUDIED),
        exposure=exposure,
        exposure_line=exposure.line_by_treatment.get(treatment, exposure.line) if treatment else exposure.line,
        action=STOPPED_ACTION if stopped else records[0].action_for(treatment),
        plan=merge_plans(plan_parts(records, entry.medicines, stopped, knowledge_base), treatment, knowledge_base),
        never_stop_suddenly=any(
            knowledge_base.medicines[name].never_stop_suddenly
            for name in entry.medicines
            if name in knowledge_base.medicines
        ),
        stopped=stopped,
        stopped_days_ago=entry.details.stopped_days_ago,
        ask_when_stopped_days=washout if stopped else None,
    )


def plan_parts(
    records: Sequence[InteractionRecord], medicines: Sequence[str], stopped: bool, knowledge_base: KnowledgeBase
) -> list[tuple[InteractionRecord, tuple[str, ...]]]:
    """Records with the medicines they stand for; none for a stopped medicine, so that no step tells to take it."""
    return [
        (record, () if stopped else _spoken_of(record, medicines, knowledge_base))
        for record in deciding_records(records)
    ]


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
