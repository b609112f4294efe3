"""Merge the plans of all findings: each step once, contradictions side by side, the more cautious first."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from components.clinical.factors import Factor
from components.clinical.knowledge_base import KnowledgeBase
from components.clinical.records import InteractionRecord, PlanStep
from components.clinical.report import PlanLine, StagedPlan
from components.clinical.terms import Treatment

STAGES = ("before", "on_the_day", "after")


@dataclass(slots=True)
class _Line:
    """A line under construction."""

    text: str
    names_medicines: bool
    covers: tuple[str, ...] = ()
    """Texts of milder lines that this one makes needless."""
    comes_first: bool = False
    keeps_on: bool = False
    goes_ahead: bool = False
    topic: str | None = None
    caution_rank: int = 0
    medicines: dict[str, None] = field(default_factory=dict)

    def is_barred(self, unsettled: bool, clashes: bool) -> bool:
        """Left out for a medicine that clashes, or of which another question is open."""
        return (self.keeps_on and (unsettled or clashes)) or (self.goes_ahead and clashes)


def merge_plans(
    parts: Iterable[tuple[InteractionRecord | Factor, Sequence[str]]],
    treatment: Treatment | None,
    knowledge_base: KnowledgeBase,
    unsettled: Collection[str] = (),
    clashing: Collection[str] = (),
) -> StagedPlan:
    """One plan from records, each with the medicines it stands for here; parts come in order of importance.

    ``unsettled``: medicines of which nothing may say that they go on as usual. ``clashing``: nor how to treat although
    they were taken.

    A part without medicines gives only the steps that hold for the whole session.

    Steps that hold for another treatment only are left out; without a treatment all are kept.
    """
    lines: dict[str, dict[str, _Line]] = {stage: {} for stage in STAGES}
    for record, medicines in parts:
        for stage in STAGES:
            for step in getattr(record.plan, stage):
                line = _line_of(step, treatment, knowledge_base)
                if line is None:
                    continue
                named = [name for name in medicines if not line.is_barred(name in unsettled, name in clashing)]
                if line.names_medicines and not named:
                    continue
                merged = lines[stage].setdefault(line.text, line)
                merged.medicines.update(dict.fromkeys(named))
    return StagedPlan(**{stage: _finish(list(lines[stage].values())) for stage in STAGES})


def _line_of(step: PlanStep, treatment: Treatment | None, knowledge_base: KnowledgeBase) -> _Line | None:
    if step.shared:
        shared = knowledge_base.steps[step.shared]
        if _is_for(shared.treatments or step.treatments, treatment):
            return _Line(
                shared.text,
                shared.per_medicine,
                covers=tuple(knowledge_base.steps[milder].text for milder in shared.covers),
                comes_first=True,
                keeps_on=shared.keeps_on,
                topic=shared.topic,
                caution_rank=shared.caution_rank,
            )
        return None
    if step.text and _is_for(step.treatments, treatment):
        return _Line(
            step.text.rstrip("."),
            names_medicines=True,
            comes_first=step.is_timed,
            keeps_on=step.keeps_on,
            goes_ahead=step.goes_ahead,
        )
    return None


def keeps_on(record: InteractionRecord, knowledge_base: KnowledgeBase) -> bool:
    """True for a record whose plan says that the medicine goes on as usual."""
    steps = (step for stage in STAGES for step in getattr(record.plan, stage))
    return any(knowledge_base.steps[step.shared].keeps_on if step.shared else step.keeps_on for step in steps)


def _is_for(treatments: Sequence[Treatment], treatment: Treatment | None) -> bool:
    return not treatments or treatment is None or treatment in treatments


def _finish(lines: list[_Line]) -> tuple[PlanLine, ...]:
    """Contradicting lines first, side by side; then what holds for the whole session; then medicine by medicine."""
    needless = {milder for line in lines for milder in line.covers}
    lines = [line for line in lines if line.text not in needless]
    against: dict[str, set[str]] = defaultdict(set)
    for one, other in combinations((line for line in lines if line.topic), 2):
        if one.topic == other.topic and _share_medicines(one, other):
            against[one.text].add(other.text)
            against[other.text].add(one.text)

    def order(line: _Line) -> tuple[bool, str, int, bool]:
        if line.text in against:
            return False, line.topic or "", -line.caution_rank, False
        return True, "", 0, line.names_medicines

    return tuple(
        PlanLine(
            line.text,
            tuple(line.medicines) if line.names_medicines else (),
            tuple(sorted(against.get(line.text, ()))),
            line.comes_first,
        )
        for line in sorted(lines, key=order)
    )


def _share_medicines(one: _Line, other: _Line) -> bool:
    return not (one.names_medicines and other.names_medicines) or bool(one.medicines.keys() & other.medicines.keys())
