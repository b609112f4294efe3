"""Two checks side by side: what changed between a list and its changed version, and what that does to the answer."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from components.clinical.entry import Entry
from components.clinical.knowledge_base import KnowledgeBase
from components.clinical.left_out import StillCounting, washout_days
from components.clinical.records import PairRecord
from components.clinical.report import CheckReport, EntryResult, FactorFinding, PlanLine, StagedPlan
from components.clinical.same_entries import Aspect, aspects_of, in_order, match_entries, order_of, parted
from components.clinical.session_plan import STAGES
from components.clinical.terms import EvidenceGrade, Severity, Use

Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class EntryChange:
    """One entry that both lists hold, in two versions."""

    before: EntryResult
    after: EntryResult
    aspects: tuple[Aspect, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a finding says, without its place in the list."""

    severity: Severity | None
    """None: looked at, but the evidence allows no severity."""
    counted: bool
    """False for a stopped medicine whose washout is over."""
    grade: EvidenceGrade
    """Grade of the deciding record: 'compatible' with 'none' means not studied."""
    action: str
    """Empty: nothing to ask, the list says when it was stopped."""


@dataclass(frozen=True, slots=True)
class FindingChange:
    """A finding that is new (no ``before``), gone (no ``after``) or of another severity."""

    medicines: tuple[str, ...]
    is_allergy: bool
    before: Verdict | None
    after: Verdict | None


@dataclass(frozen=True, slots=True)
class ComparedPair:
    """A clash among the other medicines, without its place in the list."""

    record: PairRecord
    medicines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """Everything that differs between two reports; every entry stands in exactly one of the first five."""

    added: tuple[EntryResult, ...]
    removed: tuple[EntryResult, ...]
    left_out: tuple[StillCounting, ...]
    changed: tuple[EntryChange, ...]
    unchanged: tuple[EntryResult, ...]
    """As the first list has them."""
    named_beside: tuple[str, ...]
    """Medicines that another column of the second list names, and none of the first: not read as taken."""
    stopped_at_once: tuple[str, ...]
    """Medicines that the second list leaves out or stops, and that may never be stopped suddenly."""
    highest_before: Severity | None
    highest_after: Severity | None
    highest_once_stopped: Severity | None
    """Of the second list alone: once what it leaves out is stopped and no longer acts."""
    complete_before: bool
    complete_after: bool
    findings: tuple[FindingChange, ...]
    pairs_new: tuple[ComparedPair, ...]
    pairs_gone: tuple[ComparedPair, ...]
    pairs_open: tuple[ComparedPair, ...]
    """Clashes of the first list that stand because a medicine of theirs is merely left out."""
    factors_new: tuple[FactorFinding, ...]
    """Rules about the patient that hold with some medicines only."""
    factors_gone: tuple[FactorFinding, ...]
    plan_new: StagedPlan
    """Lines that are new, or new for these medicines."""
    plan_gone: StagedPlan
    """Lines that went; none about a medicine of ``stopped_at_once``, for which the first list's plan still holds."""

    @property
    def is_empty(self) -> bool:
        """True when both lists say the same of the same medicines and lead to the same answer."""
        listed = self.added or self.removed or self.left_out or self.changed or self.named_beside
        judged = self.findings or self.pairs_new or self.pairs_gone or self.factors_new or self.factors_gone
        overall = (self.highest_before, self.complete_before) != (self.highest_after, self.complete_after)
        return not (listed or judged or overall or self.plan_new != StagedPlan() or self.plan_gone != StagedPlan())


def compare_reports(
    before: CheckReport,
    after: CheckReport,
    knowledge_base: KnowledgeBase,
    left_out: Sequence[Entry] = (),
    alone: CheckReport | None = None,
) -> Changes:
    """What changed from one check to another of the same patient and treatment; the order of entries does not matter.

    ``left_out``: entries that the second list does not have; they stand last in ``after``, as the first list has them;
    ``alone``: the check of the second list without them.
    """
    own = after.entries[: len(after.entries) - len(left_out)]
    versions, olds, news = match_entries(before.entries, own)
    changed = [EntryChange(old, new, aspects) for old, new in versions if (aspects := aspects_of(old, new))]
    removed, kept = parted(in_order(olds), left_out)
    stopped_at_once = _stopped_at_once(before.entries, own, knowledge_base)
    pairs_before, pairs_after = _pairs(before), _pairs(after)
    pairs_alone = _pairs(after, len(own))
    factors_before, factors_after = _factors(before), _factors(after)
    return Changes(
        added=in_order(news),
        removed=removed,
        left_out=tuple(StillCounting(each, washout_days(each.entry, after)) for each in kept),
        changed=tuple(sorted(changed, key=lambda each: (order_of(each.before), order_of(each.after)))),
        unchanged=in_order(old for old, new in versions if not aspects_of(old, new)),
        named_beside=tuple(sorted(_named_beside(after) - _named_beside(before))),
        stopped_at_once=stopped_at_once,
        highest_before=before.highest_severity,
        highest_after=after.highest_severity,
        highest_once_stopped=(alone or after).highest_severity,
        complete_before=before.complete,
        complete_after=after.complete,
        findings=_finding_changes(before, after),
        pairs_new=_only_in(pairs_after, pairs_before),
        pairs_gone=_only_in(pairs_before, pairs_after),
        pairs_open=tuple(each for key, each in pairs_before.items() if key in pairs_after and key not in pairs_alone),
        factors_new=_only_in(factors_after, factors_before),
        factors_gone=_only_in(factors_before, factors_after),
        plan_new=_plan_only_in(after.session_plan, before.session_plan),
        plan_gone=_without(_plan_only_in(before.session_plan, after.session_plan), stopped_at_once),
    )


def _stopped_at_once(
    before: Sequence[EntryResult], after: Sequence[EntryResult], knowledge_base: KnowledgeBase
) -> tuple[str, ...]:
    known = knowledge_base.medicines
    return tuple(
        name for name in sorted(_taken(before) - _taken(after)) if name in known and known[name].never_stop_suddenly
    )


def _named_beside(report: CheckReport) -> set[str]:
    return {name for each in report.beside for name in each.medicines}


def _taken(results: Iterable[EntryResult]) -> set[str]:
    return {name for each in results if each.entry.details.use is not Use.STOPPED for name in each.entry.medicines}


def _finding_changes(before: CheckReport, after: CheckReport) -> tuple[FindingChange, ...]:
    olds, news = _verdicts(before), _verdicts(after)
    changes = [
        FindingChange(medicines, is_allergy, old, new)
        for medicines, is_allergy in olds.keys() | news.keys()
        if _weight(old := olds.get((medicines, is_allergy))) != _weight(new := news.get((medicines, is_allergy)))
    ]
    return tuple(
        sorted(changes, key=lambda each: (*_heavier_first(each.before, each.after), each.medicines, each.is_allergy))
    )


def _verdicts(report: CheckReport) -> dict[tuple[tuple[str, ...], bool], Verdict]:
    """By medicines and whether it is an allergy; where several findings speak of the same, the one that counts most."""
    found: dict[tuple[tuple[str, ...], bool], Verdict] = {}
    for each in report.findings:
        key = tuple(sorted(each.medicines)), not each.entries
        action = "" if each.stopped_days_ago is not None else each.action
        verdict = Verdict(each.severity, each.counted, each.evidence_grade, action)
        found[key] = max((found.get(key, verdict), verdict), key=lambda one: (*_weight(one), one.action))
    return found


def _weight(verdict: Verdict | None) -> tuple[int, int]:
    """Absent below not counted below counted; no data below every severity."""
    if verdict is None:
        return -1, -1
    return int(verdict.counted), -1 if verdict.severity is None else verdict.severity.rank


def _heavier_first(old: Verdict | None, new: Verdict | None) -> tuple[int, int]:
    counted, rank = max(_weight(old), _weight(new))
    return -counted, -rank


def _pairs(report: CheckReport, first: int | None = None) -> dict[Hashable, ComparedPair]:
    """All, or those that rest on the ``first`` entries alone; the most severe first."""
    own = len(report.entries) if first is None else first
    compared = sorted(
        (ComparedPair(each.record, tuple(sorted(each.medicines))) for each in report.pairs if max(each.entries) < own),
        key=lambda each: (-each.record.severity.rank, each.medicines, each.record.id),
    )
    return {(each.record.id, each.medicines): each for each in compared}


def _factors(report: CheckReport) -> dict[Hashable, FactorFinding]:
    return {(each.names, each.rule.id): each for each in report.factors}


def _only_in(one: Mapping[Hashable, Thing], other: Mapping[Hashable, Thing]) -> tuple[Thing, ...]:
    return tuple(thing for key, thing in one.items() if key not in other)


def _plan_only_in(one: StagedPlan, other: StagedPlan) -> StagedPlan:
    return StagedPlan(**{stage: _lines_only_in(getattr(one, stage), getattr(other, stage)) for stage in STAGES})


def _lines_only_in(one: Iterable[PlanLine], other: Iterable[PlanLine]) -> tuple[PlanLine, ...]:
    """Lines of ``one`` that ``other`` has not; of a line that names medicines, those for which ``other`` has not."""
    known = {line.text: set(line.medicines) for line in other}
    found = []
    for line in one:
        more = tuple(sorted(set(line.medicines) - known.get(line.text, set())))
        if more or line.text not in known:
            found.append(PlanLine(line.text, more, comes_first=line.comes_first))
    return tuple(sorted(found, key=lambda line: (not line.comes_first, line.text)))


def _without(plan: StagedPlan, medicines: Iterable[str]) -> StagedPlan:
    """A plan without its lines about these medicines."""
    return StagedPlan(**{stage: _not_about(getattr(plan, stage), set(medicines)) for stage in STAGES})


def _not_about(lines: Iterable[PlanLine], medicines: set[str]) -> tuple[PlanLine, ...]:
    named = [(line, tuple(name for name in line.medicines if name not in medicines)) for line in lines]
    return tuple(replace(line, medicines=left) for line, left in named if left or not line.medicines)
