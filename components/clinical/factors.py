"""Patient factors: what data/ may say of the patient (not of a medicine), and what the user answered."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from pydantic import Field

from components.clinical.records import ActionLine, FactorId, Model, Plan, Provenance, Slug, Text
from components.clinical.terms import Basis, Region, Severity, Treatment

SUICIDAL_THOUGHTS = "acute-suicidal-thoughts"
"""Id of the factor that is told before everything else."""


class FactorLevel(StrEnum):
    """How strongly a factor speaks against the treatment; most cautious first."""

    CONTRAINDICATION = "contraindication"
    WARNING = "warning"
    PRECAUTION = "precaution"

    @property
    def severity(self) -> Severity:
        """The severity as which it counts in the overall answer."""
        return _SEVERITY[self]


_SEVERITY = {
    FactorLevel.CONTRAINDICATION: Severity.CONTRAINDICATED,
    FactorLevel.WARNING: Severity.CAUTION,
    FactorLevel.PRECAUTION: Severity.MONITOR,
}


class FactorGroup(StrEnum):
    """Under which heading a factor is asked, in the order of asking."""

    MIND = "mind"
    HEART = "heart"
    BRAIN = "brain"
    LUNGS = "lungs"
    LIVER_AND_BLADDER = "liver_and_bladder"
    PREGNANCY_AND_AGE = "pregnancy_and_age"
    SUBSTANCE_USE = "substance_use"
    PRACTICAL = "practical"


class Measure(StrEnum):
    """A whole number that can be entered; the name says its unit."""

    SYSTOLIC_MMHG = "systolic_mmhg"
    DIASTOLIC_MMHG = "diastolic_mmhg"
    AGE_YEARS = "age_years"

    @property
    def limits(self) -> tuple[int, int]:
        """The lowest and the highest number that may be entered; what lies outside is a slip of the hand."""
        return _LIMITS[self]

    def allows(self, value: float) -> bool:
        """True for a whole number within the limits."""
        lowest, highest = self.limits
        return lowest <= value <= highest and value == int(value)


_LIMITS = {Measure.SYSTOLIC_MMHG: (50, 300), Measure.DIASTOLIC_MMHG: (20, 200), Measure.AGE_YEARS: (1, 120)}


class Threshold(Model):
    """A measured number that sets a factor by itself. Both limits, where given, must hold."""

    measure: Measure = Field(description="What is measured, with its unit.")
    at_least: float | None = Field(default=None, description="Holds from this number on.")
    above: float | None = Field(default=None, description="Holds above this number.")
    below: float | None = Field(default=None, description="Holds below this number.")

    def is_met(self, value: float) -> bool:
        """True when the number lies within all limits given."""
        return (
            (self.at_least is None or value >= self.at_least)
            and (self.above is None or value > self.above)
            and (self.below is None or value < self.below)
        )


class FactorRule(Provenance):
    """What a label, guideline or study says of a factor with a treatment."""

    id: FactorId = Field(description="Short name, never reused.")
    treatments: tuple[Treatment, ...] = Field(min_length=1, description="Treatments of which the sources speak.")
    by_analogy: tuple[Treatment, ...] = Field(
        default=(), description="Treatments to which we extend the rule: no source speaks of them. Shown as such."
    )
    with_classes: tuple[Slug, ...] = Field(
        default=(),
        description="Only where the list holds a medicine of one of these classes that counts (rules about SSRIs).",
    )
    level: FactorLevel = Field(description="contraindication, warning or precaution.")
    rule: Text = Field(description="What labels and guidance say, for a clinician.")
    us_label: Text | None = Field(default=None, description="What the US label says, where US and EU differ.")
    eu_label: Text | None = Field(default=None, description="What the EU label says, where US and EU differ.")
    stricter_label: Text | None = Field(
        default=None, description="Whose label sets the level where labels differ in it: 'EU', 'UK, ketamine'."
    )
    threshold: Text | None = Field(default=None, description="The number at which it turns, in words.")
    action: ActionLine = Field(description="Verb first, at most 90 characters.")
    basis: Basis = Field(description="Of the action: a source says it, or our judgement.")
    evidence: Text | None = Field(default=None, description="Figures, as read.")
    patient: dict[str, Text] = Field(min_length=1, description="Patient wording by language; 'en' is required.")
    uncertainty: Text | None = Field(default=None, description="What we do not know, how it was read.")


class Factor(Model):
    """One thing to ask about the patient. What follows from it stands in its rules."""

    id: FactorId = Field(description="Short name, used on the command line and in saved files. Never reused.")
    group: FactorGroup = Field(description="Under which heading it is asked.")
    name: Text = Field(description="On the pill: 'Aneurysm', 'Psychosis or schizophrenia'.")
    rules: tuple[FactorId, ...] = Field(min_length=1, description="Ids from factor_rules.yaml.")
    thresholds: tuple[Threshold, ...] = Field(
        default=(), description="Numbers that set it: one that is met is enough (systolic or diastolic)."
    )
    plan: Plan = Field(default_factory=Plan, description="Shared steps that it adds to the session plan.")


class Stage(StrEnum):
    """When an item of the session checklist is due."""

    BEFORE_COURSE = "before_course"
    BEFORE_SESSION = "before_session"
    ON_THE_DAY = "on_the_day"
    AFTER = "after"


class ChecklistItem(Provenance):
    """Something that every session needs, whatever the list holds."""

    id: FactorId = Field(description="Short name, never reused.")
    stage: Stage = Field(description="When it is due.")
    text: ActionLine = Field(description="Verb first, at most 90 characters.")
    rule: Text = Field(description="What the sources say, for a clinician.")
    treatments: tuple[Treatment, ...] = Field(min_length=1, description="Treatments of which the sources speak.")
    by_analogy: tuple[Treatment, ...] = Field(default=(), description="Treatments to which we extend it.")
    regions: tuple[Region, ...] = Field(default=(), description="Only under this region's label; empty: both.")
    factors: tuple[FactorId, ...] = Field(default=(), description="Only with one of these factors; empty: always.")
    needs_staff: bool = Field(description="True: cannot be done at home without staff.")
    basis: Basis = Field(description="source or judgement.")
    patient: dict[str, Text] = Field(min_length=1, description="Patient wording by language; 'en' is required.")
    uncertainty: Text | None = Field(default=None, description="What we do not know.")


@dataclass(frozen=True, slots=True)
class PatientAnswers:
    """What the user said of the patient. Nothing in it identifies anybody."""

    factors: tuple[str, ...] = ()
    """Ids of factors that are present, in the order of choosing."""
    asked: frozenset[FactorGroup] = frozenset()
    """Groups that were gone through; the answer may reassure only when all were."""
    measures: Mapping[Measure, float] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def were_asked(self) -> bool:
        """True when every group was gone through."""
        return self.asked == frozenset(FactorGroup)
