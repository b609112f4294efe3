"""The one result of a check. Screen, text, JSON and paper only render it; no verdict is computed anywhere else.

Longer than most modules: every part of the result stands here with what it means.
"""

from dataclasses import dataclass

from components.clinical.entry import Entry, NamedBeside
from components.clinical.factors import SUICIDAL_THOUGHTS, ChecklistItem, Factor, FactorRule
from components.clinical.interface_words import say
from components.clinical.knowledge_base import Knowledge
from components.clinical.records import Benefit, BurdenAction, Exposure, InteractionRecord, PairRecord, Safety
from components.clinical.terms import Basis, Burden, EntryStatus, EvidenceGrade, Region, Severity, Treatment, Use


@dataclass(frozen=True, slots=True)
class EntryResult:
    """What the check says of one entry."""

    entry: Entry
    status: EntryStatus
    severity: Severity | None
    """Severity of its finding; None where there is none. A stopped medicine keeps it, whether it counts or not."""
    evidence_grade: EvidenceGrade | None
    """Grade of the deciding record; 'none' with 'compatible' means: no interaction found, not studied."""
    records: tuple[str, ...]
    unassessed_parts: tuple[str, ...] = ()
    """Medicines of the entry for which no record applies."""
    unassessed_treatments: tuple[Treatment, ...] = ()
    """Treatments for which no record applies, where none is chosen yet and some record does for another."""


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One line of a plan, with the medicines it concerns (empty: the whole session)."""

    text: str
    medicines: tuple[str, ...] = ()
    contradicts: tuple[str, ...] = ()
    """Texts of other lines of the same topic for the same medicine; the more cautious line stands first."""
    comes_first: bool = False
    """True for a step that many records share, and for a hold with a time; others are folded, medicine by medicine."""

    def __str__(self) -> str:
        return f"{self.text}: {', '.join(self.medicines)}" if self.medicines else self.text


@dataclass(frozen=True, slots=True)
class StagedPlan:
    """Before the session, on the day, after it."""

    before: tuple[PlanLine, ...] = ()
    on_the_day: tuple[PlanLine, ...] = ()
    after: tuple[PlanLine, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """Everything the records say of one medicine (or product) with the treatment, as one."""

    medicines: tuple[str, ...]
    entries: tuple[int, ...]
    """Positions in the list of entries; empty for an allergy."""
    severity: Severity | None
    """None: looked at, but the evidence allows no severity."""
    counted: bool
    """False for a stopped medicine that no longer acts: shown, but it sets no severity, burden or plan."""
    records: tuple[InteractionRecord, ...]
    """The deciding record first; reference records last."""
    overridden: tuple[tuple[str, str], ...]
    """Records that yielded, each with the reason."""
    safety: Safety
    benefit: Benefit
    exposure: Exposure
    exposure_line: str
    action: str
    plan: StagedPlan
    never_stop_suddenly: bool
    stopped: bool = False
    """The list says that it is no longer taken."""
    may_still_act: bool = False
    """It is stopped and not counted, must not be combined, and nothing says how long it still acts."""
    in_change: Use | None = None
    """The list says that it is being stopped, or not begun: nothing then says that it goes on as usual."""
    ask_when_stopped_days: int | None = None
    """The washout in days that makes 'when was it stopped?' matter; None where it does not."""
    stopped_days_ago: int | None = None
    """What the list says of it, at the least."""
    changes: "tuple[FactorChange, ...]" = ()
    """What the patient's factors change in it."""
    clashes_with: tuple[str, ...] = ()
    """Medicines of the list with which it must not be combined: nothing then says that it goes on as usual."""
    settle_first: bool = False
    """The clash is so much worse than what it does with the treatment that its action is to settle that."""

    @property
    def lead(self) -> InteractionRecord:
        """The record that decides."""
        return self.records[0]

    @property
    def evidence_grade(self) -> EvidenceGrade:
        """Grade of the deciding record."""
        return self.lead.evidence_grade


@dataclass(frozen=True, slots=True)
class FactorChange:
    """A patient factor that changes what a record asks for."""

    factor: str
    """Name of the patient factor."""
    action: str
    raised_to: Severity | None
    """The severity that the factor raises the finding to; None: it stays."""
    basis: Basis


@dataclass(frozen=True, slots=True)
class FactorFinding:
    """One rule, judged against the treatment, with every present factor that it is about."""

    factors: tuple[Factor, ...]
    """All that share the rule, in the order of asking; never empty."""
    rule: FactorRule
    by_analogy: bool
    """No source speaks of this treatment: the rule is extended to it."""
    because: str | None = None
    """The numbers that set a factor of it, with their units; None: all were chosen."""

    @property
    def names(self) -> str:
        """'Sleep apnoea; COPD, muscle weakness or severe obesity': the names hold commas themselves."""
        return "; ".join(each.name for each in self.factors)


@dataclass(frozen=True, slots=True)
class PresentFactor:
    """A patient factor that is present, whether or not a rule follows from it here."""

    factor: Factor
    because: str | None = None
    """The number that set it, with its unit; None: it was chosen."""


@dataclass(frozen=True, slots=True)
class PairFinding:
    """Two of the patient's other medicines that clash."""

    record: PairRecord
    medicines: tuple[str, str]
    entries: tuple[int, int]
    ask_when_stopped: tuple[tuple[str, int, int | None], ...] = ()
    """Stopped members with the days in which they still count, and the days ago that the list says."""
    everywhere: frozenset[int] = frozenset()
    """Every entry that clashes so; a medicine may stand on several."""


@dataclass(frozen=True, slots=True)
class Duplicate:
    """The same medicine twice, or two medicines of one class that are seldom meant together."""

    medicines: tuple[str, ...]
    entries: tuple[int, ...]
    class_name: str | None
    """Name of the shared class; None for the same medicine entered twice."""


@dataclass(frozen=True, slots=True)
class SharedAction:
    """Several findings of one severity that ask for caution for one reason, with one action for all."""

    action: BurdenAction
    findings: tuple[int, ...]
    """Positions in the list of findings."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many entries have which status."""

    entered: int
    assessed: int
    no_data: int
    not_assessed: int
    ambiguous: int
    not_recognised: int


@dataclass(frozen=True, slots=True)
class CheckReport:
    """The answer: what was entered, what was found, what to do, and what it does not cover."""

    treatment: Treatment | None
    region: Region
    knowledge: Knowledge
    entries: tuple[EntryResult, ...]
    findings: tuple[Finding, ...]
    """Counted ones first, the most severe first, then in the order of entry."""
    shared_actions: tuple[SharedAction, ...]
    pairs: tuple[PairFinding, ...]
    duplicates: tuple[Duplicate, ...]
    burden: dict[Burden, tuple[str, ...]]
    session_plan: StagedPlan
    notes: tuple[str, ...]
    """What happened to lines that are not entries."""
    counts: Counts
    highest_severity: Severity | None
    complete: bool
    """At least one entry, every entry assessed, and none stopped of which nobody knows whether it still acts."""
    factors_asked: bool = False
    present: tuple[PresentFactor, ...] = ()
    """Every patient factor that is present, in the order of asking."""
    factors: tuple[FactorFinding, ...] = ()
    """Contraindications first, then in the order of asking."""
    checklist: tuple[ChecklistItem, ...] = ()
    """What every session with this treatment needs, in order."""
    unsupervised: bool = False
    """Treatment at home without staff: what staff do in the plan and checklist is not done."""
    takes_no_medicines: bool = False
    beside: tuple[NamedBeside, ...] = ()
    """What a table names besides its medicines: not checked."""
    allergies: tuple[str, ...] = ()
    """Medicines that the list names as allergies and no entry as taken: a medicine read so by mistake must be seen."""

    @property
    def against_a_session(self) -> tuple[tuple[str, str], ...]:
        """Names and action of everything contraindicated: until it is settled no session is held."""
        found: list[tuple[str, Severity | None, str]]
        found = [(each.names, each.rule.level.severity, each.rule.action) for each in self.factors]
        found += [
            (say("shared.with_between").join(each.medicines), each.record.severity, each.record.action)
            for each in self.pairs
        ]
        found += [(" + ".join(each.medicines), each.severity, each.action) for each in self.findings if each.counted]
        return tuple((names, action) for names, severity, action in found if severity is Severity.CONTRAINDICATED)

    @property
    def about_suicidal_thoughts(self) -> tuple[FactorFinding, ...]:
        """What acute suicidal thoughts ask for: told first, however severe anything else is."""
        return tuple(each for each in self.factors if SUICIDAL_THOUGHTS in (factor.id for factor in each.factors))

    @property
    def silent_factors(self) -> tuple[Factor, ...]:
        """Factors that are present, yet none of our rules on them applies to this list and treatment."""
        told = {factor.id for each in self.factors for factor in each.factors}
        return tuple(each.factor for each in self.present if each.factor.id not in told)

    @property
    def highest_grade(self) -> EvidenceGrade | None:
        """No evidence, where the answer is 'compatible' and one of the medicines behind it was never studied."""
        compatible = (each for each in self.findings if each.counted and each.severity is Severity.COMPATIBLE)
        is_unstudied = any(each.evidence_grade is EvidenceGrade.NONE for each in compatible)
        return EvidenceGrade.NONE if is_unstudied and self.highest_severity is Severity.COMPATIBLE else None

    @property
    def may_still_act(self) -> tuple[Finding, ...]:
        """Stopped medicines that count again once it turns out when they were last taken."""
        return tuple(each for each in self.findings if each.may_still_act)

    def counts_in_a_pair(self, finding: Finding) -> bool:
        """Whether it stands in a pair among the other medicines, where a stopped one counts longer at times."""
        return any(pair.everywhere.intersection(finding.entries) for pair in self.pairs)

    def clash_of(self, position: int) -> tuple[Severity, tuple[str, ...]] | None:
        """The strictest severity of the pairs in which the entry at this position stands, and with what it does."""
        pairs = [pair for pair in self.pairs if position in pair.everywhere]
        if not pairs:
            return None
        worst = max((pair.record.severity for pair in pairs), key=lambda severity: severity.rank)
        named = dict.fromkeys(name for pair in pairs if pair.record.severity is worst for name in pair.medicines)
        own = self.entries[position].entry.medicines
        return worst, tuple(name for name in named if name not in own) or tuple(named)

    @property
    def may_reassure(self) -> bool:
        """The overall line may only reassure when all was assessed and the patient factors were asked."""
        return (self.complete or (self.takes_no_medicines and not self.entries)) and self.factors_asked
