"""Side effects and their figures: what data/effects.yaml, axis_groups.yaml, side_effects.yaml may say. Frozen models.

Nothing that can be worked out is stored: excess, intervals and numbers needed to harm come from the counts.
"""

from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from components.clinical.records import MedicineId, Model, Provenance, Slug, SourceId, Text
from components.clinical.side_effect_terms import (
    Agent,
    Bound,
    ComparatorKind,
    EffectGroup,
    Elicitation,
    Indication,
    IntervalBasis,
    Metric,
    PanelRule,
    Timing,
)
from components.clinical.terms import Basis

FactId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]

NOTHING_FOUND = "No figure found."
"""What a record says of a side of which it knows nothing."""
ROUNDING_POINTS = 0.6
"""A printed percentage may stand this far from its counts: half a point for whole numbers, and a little."""


class Help(Model):
    """Something that helps against an effect."""

    text: Text = Field(description="For the clinician, verb first, no full stop.")
    basis: Basis = Field(description="A source says it, or our judgement.")
    sources: tuple[SourceId, ...] = Field(default=(), description="Required where the basis is a source.")

    @model_validator(mode="after")
    def _names_its_source(self) -> Self:
        if (self.basis is Basis.SOURCE) != bool(self.sources):
            raise ValueError("needs sources with basis 'source', and none with 'judgement'")
        return self


class Effect(Provenance):
    """One side effect, under one name for every agent."""

    id: Slug = Field(description="Used by facts and worries: sedation_somnolence.")
    name: Text = Field(description="As a clinician says it.")
    patient_name: Text = Field(description="As a patient says it: 'feeling detached or dream-like'.")
    definition: Text = Field(description="What it is, one sentence.")
    group: EffectGroup = Field(description="Where it stands on the page, for all agents together.")
    serious: bool = Field(description="True: can be dangerous. No filter ever hides it.")
    rank: int | None = Field(default=None, ge=1, description="Place among the serious risks, most important first.")
    with_ketamine_iv: Text = Field(
        description="When and how with IV ketamine; never esketamine's. Says if nobody looked."
    )
    with_esketamine: Text = Field(description="When and how with esketamine.")
    with_ssri: Text = Field(description="When and how with SSRIs.")
    helps: tuple[Help, ...] = Field(min_length=1, description="What helps, most useful first.")
    patient: dict[str, Text] = Field(min_length=1, description="What it is, in patient wording; 'en' is required.")


class AxisGroup(Model):
    """Facts that were found in one way. Facts of different groups never share a panel."""

    id: Slug = Field(description="label_rct_spontaneous, sexual_questionnaire, ...")
    name: Text = Field(description="Title of the panel.")
    what: Text = Field(description="How these figures were found.")
    why_apart: Text = Field(description="Why they cannot stand beside the others.")
    panel: PanelRule = Field(
        description="'rates': may stand together; 'excess_only': only drug minus comparator may, with both named; "
        "'one_source': only rows of one source; 'words_only': no axis at all."
    )
    allows_rates_of_treatment: bool = Field(description="False: never shown as what a patient in treatment may expect.")


class Contrast(Model):
    """A difference or ratio that the source prints beside the two rates."""

    metric: Metric = Field(description="A ratio, or a difference in percentage points.")
    value: float = Field(description="As printed.")
    low: float | None = Field(default=None, description="Lower end of the 95 % interval.")
    high: float | None = Field(default=None, description="Upper end of the 95 % interval.")
    method: Literal["reported", "mantel_haenszel"] = Field(
        description="'mantel_haenszel': worked out by us over the trials of the source, never over summed counts."
    )


class Comparator(Model):
    """What the figure stands against. A missing figure is 'not found', never zero."""

    kind: ComparatorKind = Field(description="What kind; 'none' where there was no group to compare with.")
    words: Text | None = Field(default=None, description="In the words of the study; required unless 'none'.")
    value: float | None = Field(default=None, description="Its value, in the unit of the metric.")
    low: float | None = Field(default=None, description="Low end, where the value is a range.")
    high: float | None = Field(default=None, description="High end, where the value is a range.")
    below: float | None = Field(default=None, gt=0, description="Printed only as under this percentage.")
    events: int | None = Field(default=None, ge=0, description="People with the effect, where counts were read.")
    people: int | None = Field(default=None, ge=1, description="People in the group.")
    note: Text | None = Field(default=None, description="Why the value or the number of people is missing.")

    @model_validator(mode="after")
    def _is_complete(self) -> Self:
        figures = (self.value, self.low, self.high, self.below, self.events, self.people)
        if self.kind is ComparatorKind.NONE and any(each is not None for each in figures):
            raise ValueError("a figure needs a kind of comparator")
        if self.kind is not ComparatorKind.NONE and self.words is None:
            raise ValueError("needs the comparator in the words of the study")
        if self.value is not None and (self.below is not None or self.low is not None):
            raise ValueError("has a value and also a bound or a range")
        if self.events is not None and (self.people is None or self.events > self.people):
            raise ValueError(f"{self.events} events need a number of people that is not smaller")
        return self


class EffectFact(Provenance):
    """One figure (or one finding without a figure) for one effect and one agent."""

    id: FactId = Field(description="Source, agent, effect. Never reused.")
    effect: Slug = Field(description="Id from effects.yaml.")
    term: Text | None = Field(default=None, description="What was counted, where narrower: 'ejaculation failure, men'.")
    agent: Agent = Field(description="What people took.")
    medicine: MedicineId | None = Field(default=None, description="Its medicine id; null for a group of medicines.")
    metric: Metric = Field(description="What the value is.")
    unit: Text | None = Field(default=None, description="kg, mmHg systolic, ms; required where the metric has one.")
    value: float | None = Field(default=None, description="As the source gives it; null for a range or no figure.")
    bound: Bound = Field(default=Bound.EXACT, description="How the source prints the value.")
    low: float | None = Field(default=None, description="Reported 95 % interval, or the range of a range.")
    high: float | None = Field(default=None, description="Upper end of it.")
    events: int | None = Field(default=None, ge=0, description="People with the effect, where counts were read.")
    people: int | None = Field(default=None, ge=1, description="People in the group whose value it is.")
    people_note: Text | None = Field(default=None, description="Why that number is missing, or how it was inferred.")
    comparator: Comparator = Field(description="What it stands against.")
    contrasts: tuple[Contrast, ...] = Field(default=(), description="Differences and ratios as printed.")
    measure: Text = Field(description="What was counted and how, in the words of the source.")
    elicitation: Elicitation = Field(description="Were people asked?")
    indication: Indication = Field(description="What the people who took part were treated for.")
    headline: bool = Field(
        default=False, description="True: stands for its agent and effect where one figure is shown."
    )
    timing: Timing = Field(description="When the events happen with this agent.")
    severe_only: bool = Field(default=False, description="True: serious or severe events only.")
    population: Text = Field(description="Who took part.")
    dose: Text | None = Field(default=None, description="Dose as read; null: not given.")
    follow_up: Text = Field(description="Over what time.")
    axis_group: Slug = Field(description="Id from axis_groups.yaml.")
    shown: Literal["chart", "context", "table"] = Field(
        description="'chart': in the panel of its axis group; 'context': in words beside it; 'table': there only."
    )
    shown_reason: Text | None = Field(default=None, description="Why it is not on the chart.")
    caveat: Text | None = Field(default=None, description="What to mind.")
    where: Text = Field(description="Place in the source.")
    read: Literal["full_text", "label_text", "abstract", "secondary"] = Field(
        description="How the figure was read. 'secondary' says so beside its mark."
    )
    second_reading: Literal["confirmed", "corrected", "could_not_confirm"] | None = Field(
        default=None, description="Result of a second reading against another source; null: read once."
    )
    second_reading_note: Text | None = Field(default=None, description="Against what, and what it showed.")

    @property
    def interval_basis(self) -> IntervalBasis:
        """Where the 95 % interval of a share comes from; a range has none."""
        if self.metric is Metric.SHARE_RANGE or self.value is None:
            return IntervalBasis.NONE
        if self.low is not None:
            return IntervalBasis.REPORTED
        if self.metric is not Metric.SHARE or self.people is None or self.bound is not Bound.EXACT:
            return IntervalBasis.NONE
        return IntervalBasis.FROM_PERCENT if self.events is None else IntervalBasis.FROM_COUNTS

    @property
    def has_excess(self) -> bool:
        """True where drug minus comparator may be worked out from the two shares."""
        both = self.value is not None and self.comparator.value is not None
        return both and self.metric is Metric.SHARE and self.comparator.kind.allows_excess

    @model_validator(mode="after")
    def _is_complete(self) -> Self:
        if self.people is None and self.people_note is None:
            raise ValueError("needs the number of people, or people_note with the reason why there is none")
        if self.agent.medicine != self.medicine:
            raise ValueError(f"medicine '{self.medicine}' does not fit agent '{self.agent}'")
        if self.metric.has_unit != (self.unit is not None):
            raise ValueError(f"unit '{self.unit}' does not fit metric '{self.metric}'")
        if (self.shown == "chart") != (self.shown_reason is None):
            raise ValueError("needs shown_reason when it is not on a chart, and only then")
        if self.shown == "chart" and self.metric is Metric.NO_FIGURE:
            raise ValueError("has no figure to draw")
        if self.comparator.kind is not ComparatorKind.NONE and self.metric is Metric.SHARE:
            self._names_what_is_missing()
        return self

    def _names_what_is_missing(self) -> None:
        other = self.comparator
        if other.note is None and (other.people is None or (other.value is None and other.below is None)):
            raise ValueError("needs the comparator's figure and number of people, or comparator.note with the reason")

    @model_validator(mode="after")
    def _figures_fit(self) -> Self:
        if (self.low is None) != (self.high is None):
            raise ValueError("an interval or range needs both ends")
        if self.metric is Metric.NO_FIGURE or self.metric is Metric.SHARE_RANGE:
            if self.value is not None or (self.low is None) == (self.metric is Metric.SHARE_RANGE):
                raise ValueError(f"figures do not fit metric '{self.metric}'")
        elif self.value is None:
            raise ValueError("needs a value")
        known = [each for each in (self.low, self.value, self.high) if each is not None]
        if known != sorted(known):
            raise ValueError(f"{self.value} lies outside {self.low} to {self.high}")
        self._counts_give_the_share(self.value, self.events, self.people)
        self._counts_give_the_share(self.comparator.value, self.comparator.events, self.comparator.people)
        return self

    def _counts_give_the_share(self, value: float | None, events: int | None, people: int | None) -> None:
        if self.metric is Metric.SHARE and value is not None and not 0 <= value <= 100:
            raise ValueError(f"{value} is no share in percent")
        if events is None:
            return
        if people is None or value is None or abs(100 * events / people - value) > ROUNDING_POINTS:
            raise ValueError(f"{events} of {people} people is not {value} %")
