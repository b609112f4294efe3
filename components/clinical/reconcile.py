"""Two checks side by side: what changed between a list and its changed version, and what that does to the answer.

Longer than most modules: a third of it declares what may have changed, and only this comparison makes those parts.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeVar

from components.clinical.knowledge_base import KnowledgeBase
from components.clinical.line_words import name_key
from components.clinical.records import PairRecord
from components.clinical.report import CheckReport, EntryResult, FactorFinding, PlanLine, StagedPlan
from components.clinical.session_plan import STAGES
from components.clinical.terms import EvidenceGrade, Severity, Use

Thing = TypeVar("Thing")


class Aspect(StrEnum):
    """In what an entry changed."""

    DOSE = "dose"
    ROUTE = "route"
    USE = "use"
    SUPPLY = "supply"
    READING = "reading"
    """The same words stand for another medicine: an ambiguous name was settled, or left open again."""


ASPECT_OF = {
    "use": Aspect.USE,
    "stopped_days_ago": Aspect.USE,
    "route": Aspect.ROUTE,
    "strength_mg": Aspect.DOSE,
    "per_dose": Aspect.DOSE,
    "doses_per_day": Aspect.DOSE,
    "taken_otherwise": Aspect.SUPPLY,
    "compounded": Aspect.SUPPLY,
}
"""By field of LineDetails."""


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
    """Everything that differs between two reports; every entry stands in exactly one of the first four."""

    added: tuple[EntryResult, ...]
    removed: tuple[EntryResult, ...]
    changed: tuple[EntryChange, ...]
    unchanged: tuple[EntryResult, ...]
    """As the first list has them."""
    named_beside: tuple[str, ...]
    """Medicines that another column of the second list names, and none of the first: not read as taken."""
    stopped_at_once: tuple[str, ...]
    """Medicines that the second list leaves out or stops, and that may never be stopped suddenly."""
    highest_before: Severity | None
    highest_after: Severity | None
    complete_before: bool
    complete_after: bool
    findings: tuple[FindingChange, ...]
    pairs_new: tuple[ComparedPair, ...]
    pairs_gone: tuple[ComparedPair, ...]
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
        listed = self.added or self.removed or self.changed or self.named_beside
        judged = self.findings or self.pairs_new or self.pairs_gone or self.factors_new or self.factors_gone
        overall = (self.highest_before, self.complete_before) != (self.highest_after, self.complete_after)
        return not (listed or judged or overall or self.plan_new != StagedPlan() or self.plan_gone != StagedPlan())


def compare_reports(before: CheckReport, after: CheckReport, knowledge_base: KnowledgeBase) -> Changes:
    """What changed from one check to another of the same patient and treatment; the order of entries does not matter.

    Entries are the same when they hold the same medicines; those left over when they hold the same words.
    """
    same_medicines, olds, news = _match(before.entries, after.entries, _medicines_of)
    same_words, olds, news = _match(olds, news, _words_of)
    versions = [EntryChange(old, new, _aspects(old, new)) for old, new in (*same_medicines, *same_words)]
    changed = [each for each in versions if each.aspects]
    stopped_at_once = _stopped_at_once(before, after, knowledge_base)
    pairs_before, pairs_after = _pairs(before), _pairs(after)
    factors_before, factors_after = _factors(before), _factors(after)
    return Changes(
        added=_in_order(news),
        removed=_in_order(olds),
        changed=tuple(sorted(changed, key=lambda each: (_order(each.before), _order(each.after)))),
        unchanged=_in_order(each.before for each in versions if not each.aspects),
        named_beside=tuple(sorted(_named_beside(after) - _named_beside(before))),
        stopped_at_once=stopped_at_once,
        highest_before=before.highest_severity,
        highest_after=after.highest_severity,
        complete_before=before.complete,
        complete_after=after.complete,
        findings=_finding_changes(before, after),
        pairs_new=_only_in(pairs_after, pairs_before),
        pairs_gone=_only_in(pairs_before, pairs_after),
        factors_new=_only_in(factors_after, factors_before),
        factors_gone=_only_in(factors_before, factors_after),
        plan_new=_plan_only_in(after.session_plan, before.session_plan),
        plan_gone=_without(_plan_only_in(before.session_plan, after.session_plan), stopped_at_once),
    )


def _stopped_at_once(before: CheckReport, after: CheckReport, knowledge_base: KnowledgeBase) -> tuple[str, ...]:
    known = knowledge_base.medicines
    return tuple(
        name for name in sorted(_taken(before) - _taken(after)) if name in known and known[name].never_stop_suddenly
    )


def _named_beside(report: CheckReport) -> set[str]:
    return {name for each in report.beside for name in each.medicines}


def _taken(report: CheckReport) -> set[str]:
    return {
        name for each in report.entries if each.entry.details.use is not Use.STOPPED for name in each.entry.medicines
    }


def _medicines_of(result: EntryResult) -> Hashable:
    return frozenset(result.entry.medicines) or _words_of(result)


def _words_of(result: EntryResult) -> Hashable:
    return name_key(result.entry.entered)


def _order(result: EntryResult) -> tuple[tuple[str, ...], str, str]:
    return result.entry.medicines, result.entry.entered, repr(result)


def _in_order(results: Iterable[EntryResult]) -> tuple[EntryResult, ...]:
    return tuple(sorted(results, key=_order))


def _match(
    olds: Iterable[EntryResult], news: Iterable[EntryResult], key: Callable[[EntryResult], Hashable]
) -> tuple[list[tuple[EntryResult, EntryResult]], list[EntryResult], list[EntryResult]]:
    """Pairs of one key, and what is left on either side; of several with one key those that are alike come first."""
    by_key: dict[Hashable, tuple[list[EntryResult], list[EntryResult]]] = defaultdict(lambda: ([], []))
    for side, results in enumerate((olds, news)):
        for each in _in_order(results):
            by_key[key(each)][side].append(each)
    matched, olds_left, news_left = [], [], []
    for old, new in by_key.values():
        for each in tuple(old):
            if alike := next((other for other in new if not _aspects(each, other)), None):
                matched.append((each, alike))
                old.remove(each)
                new.remove(alike)
        both = min(len(old), len(new))
        matched += zip(old[:both], new[:both], strict=True)
        olds_left += old[both:]
        news_left += new[both:]
    return matched, olds_left, news_left


def _aspects(old: EntryResult, new: EntryResult) -> tuple[Aspect, ...]:
    one, other = old.entry, new.entry
    found = {aspect for name, aspect in ASPECT_OF.items() if getattr(one.details, name) != getattr(other.details, name)}
    if (one.recognition, set(one.medicines)) != (other.recognition, set(other.medicines)):
        found.add(Aspect.READING)
    return tuple(aspect for aspect in Aspect if aspect in found)


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
        verdict = Verdict(each.severity, each.counted, each.evidence_grade, each.action)
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


def _pairs(report: CheckReport) -> dict[Hashable, ComparedPair]:
    compared = sorted(
        (ComparedPair(each.record, tuple(sorted(each.medicines))) for each in report.pairs),
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
            found.append(PlanLine(line.text, more, is_shared=line.is_shared))
    return tuple(sorted(found, key=lambda line: (not line.is_shared, line.text)))


def _without(plan: StagedPlan, medicines: Iterable[str]) -> StagedPlan:
    """A plan without its lines about these medicines."""
    return StagedPlan(**{stage: _not_about(getattr(plan, stage), set(medicines)) for stage in STAGES})


def _not_about(lines: Iterable[PlanLine], medicines: set[str]) -> tuple[PlanLine, ...]:
    named = [(line, tuple(name for name in line.medicines if name not in medicines)) for line in lines]
    return tuple(replace(line, medicines=left) for line, left in named if left or not line.medicines)
