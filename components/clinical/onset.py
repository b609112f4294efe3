"""Trial results over time: what data/onset*.yaml may say. Frozen models, one description a field."""

from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from components.clinical.onset_terms import (
    Control,
    IntervalMethod,
    Lane,
    MarkKind,
    Masking,
    Metric,
    OnsetView,
    Resistance,
    Role,
)
from components.clinical.records import MedicineId, Model, Provenance, SourceId, Text

PointId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
MarkLabel = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=44)]


class ReportedDifference(Model):
    """Difference from the comparator as the source prints it."""

    value: float = Field(description="Percentage points, treatment minus comparator.")
    low: float = Field(description="Lower end of the 95 % interval.")
    high: float = Field(description="Upper end of the 95 % interval.")


class OnsetPoint(Model):
    """One result of one arm at one time."""

    id: PointId = Field(description="Series, metric and time. Never reused.")
    metric: Metric = Field(description="What was measured.")
    scale: Text = Field(description="Rating scale or definition: MADRS, HAM-D17, PHQ-9.")
    hours: float | None = Field(
        ge=0, allow_inf_nan=False, description="Hours since the start of the clock; null: no single time."
    )
    clock: Literal["first_dose", "end_of_course"] = Field(
        default="first_dose",
        description="'end_of_course': relapse, counted from the end of a course or from randomisation to stop.",
    )
    time: Text = Field(description="The time in the words of the source: 'day 2 (24 h after the first dose)'.")
    value: float = Field(allow_inf_nan=False, description="As the source gives it, in the unit of the metric.")
    low: float | None = Field(default=None, description="Lower end of the 95 % interval.")
    high: float | None = Field(default=None, description="Upper end of the 95 % interval.")
    interval: IntervalMethod = Field(description="Where the interval comes from.")
    no_interval_reason: Text | None = Field(default=None, description="Required on charts where none is given.")
    events: int | None = Field(default=None, ge=0, description="People with the outcome, where counts were read.")
    people: int | None = Field(default=None, ge=1, description="People behind the value.")
    people_note: Text | None = Field(default=None, description="Why there is no single number of people.")
    comparator_value: float | None = Field(default=None, description="The comparator's value at the same time.")
    difference: ReportedDifference | None = Field(default=None, description="Where the source prints one.")
    definition: Text | None = Field(default=None, description="What counts as the outcome, where it is special.")
    caveat: Text | None = Field(default=None, description="Only what the caveat of the series does not say.")
    where: Text | None = Field(default=None, description="Place in the source; null: as the series.")
    sources: tuple[SourceId, ...] = Field(default=(), description="Only where they differ from the series.")
    shown: Literal["chart", "context", "table"] = Field(
        description="'chart': on the chart of its metric; 'context': beside it, never drawn; 'table': no single time."
    )
    shown_reason: Text | None = Field(default=None, description="Why it is not on the chart.")
    second_reading: Literal["confirmed", "corrected", "could_not_confirm"] | None = Field(
        default=None, description="Result of a second reading against another source; null: read once."
    )

    @model_validator(mode="after")
    def _is_complete(self) -> Self:
        if self.people is None and self.people_note is None:
            raise ValueError("needs the number of people, or people_note with the reason why there is none")
        if self.events is not None and (self.people is None or self.events > self.people):
            raise ValueError(f"{self.events} events need a number of people that is not smaller")
        if self.metric.is_share and not 0 <= self.value <= 100:
            raise ValueError(f"{self.value} is no share in percent")
        if self.shown == "chart":
            self._fits_a_chart()
        elif self.shown_reason is None:
            raise ValueError("needs shown_reason, since it is not on a chart")
        return self

    def _fits_a_chart(self) -> None:
        if self.hours is None:
            raise ValueError("cannot stand on a time axis without hours")
        if (self.low is None) != (self.high is None):
            raise ValueError("an interval on a chart needs both ends")
        if self.low is None and self.no_interval_reason is None:
            raise ValueError("needs an interval, or no_interval_reason")
        if self.low is not None and self.high is not None and not self.low <= self.value <= self.high:
            raise ValueError(f"{self.value} lies outside {self.low} to {self.high}")


class OnsetSeries(Provenance):
    """One arm of one study (or one pooled result), with its results over time: the most that a line may join."""

    id: PointId = Field(description="Study and arm: synapse-esk84.")
    study: PointId = Field(description="Arms of one study share it: synapse.")
    study_name: Text = Field(description="As a clinician says it: 'SYNAPSE', 'Murrough 2013', 'Taylor 2006 (pooled)'.")
    label: Text = Field(description="The arm in words.")
    lane: Lane = Field(description="Whose result it is; a control arm stands in the lane of the treatment it controls.")
    role: Role = Field(description="Treatment or comparator arm.")
    medicine: MedicineId | None = Field(default=None, description="The one SSRI or SNRI that was given, if one.")
    compared_with: PointId | None = Field(default=None, description="Series of the comparator arm.")
    control: Control = Field(description="What kind of comparator; 'none' for arms without one and for control arms.")
    control_words: Text | None = Field(default=None, description="The comparator in the words of the study.")
    one_by_one: bool = Field(
        default=False, description="True: end-of-trial result that has a picture of its own, SSRI by SSRI."
    )
    dose: Text | None = Field(default=None, description="Dose as read.")
    schedule: Text | None = Field(default=None, description="How often and how long.")
    population: Text = Field(description="Who took part.")
    resistance: Resistance = Field(description="Selected for treatment resistance, mixed, or not selected.")
    masking: Masking = Field(description="Could people tell what they were given?")
    design: Text = Field(description="Blinding and design in words.")
    baseline: Text | None = Field(default=None, description="Score at the start.")
    dropout: Text | None = Field(default=None, description="Who was lost.")
    where: Text = Field(description="Place in the source: table, abstract, figure.")
    caveat: Text | None = Field(default=None, description="What to mind about the whole series.")
    points: tuple[OnsetPoint, ...] = Field(min_length=1, description="Results, earliest first.")

    @model_validator(mode="after")
    def _names_its_control(self) -> Self:
        if self.compared_with and self.control is Control.NONE:
            raise ValueError("is compared with an arm, so control cannot be 'none'")
        return self


class TimelineMark(Provenance):
    """Something that happens at a time, in one lane of one view."""

    id: PointId = Field(description="View, lane and what: how-soon-ssri-first-difference.")
    view: OnsetView = Field(description="The lanes on which it stands.")
    lane: Lane = Field(description="The lane.")
    kind: MarkKind = Field(description="What happens.")
    from_hours: float = Field(ge=0, description="Start, hours since the first dose (or the end of the course).")
    to_hours: float | None = Field(default=None, description="End; null: one moment.")
    goes_on: bool = Field(default=False, description="True: it does not end at to_hours.")
    label: MarkLabel = Field(description="On the chart: at most 44 characters.")
    text: Text = Field(description="For the clinician: what was seen, with figures as read.")
    patient: dict[str, Text] = Field(min_length=1, description="Patient wording by language; 'en' is required.")
    points: tuple[PointId, ...] = Field(default=(), description="Results that it rests on.")
    certainty: Text | None = Field(default=None, description="How sure; required for a mechanism.")
    species: Text | None = Field(default=None, description="In whom it was seen; required for a mechanism.")
    where: Text = Field(description="Place in the sources.")

    @model_validator(mode="after")
    def _is_complete(self) -> Self:
        if self.to_hours is not None and self.to_hours <= self.from_hours:
            raise ValueError(f"ends at {self.to_hours} h, before it starts at {self.from_hours} h")
        if self.goes_on and self.to_hours is None:
            raise ValueError("goes_on needs to_hours: how far it was seen")
        if self.kind is MarkKind.MECHANISM and not (self.certainty and self.species):
            raise ValueError("a mechanism needs certainty and species")
        return self


class ViewText(Provenance):
    """Title and takeaway of one view."""

    id: OnsetView = Field(description="The view.")
    title: Text = Field(description="In the row of views, two or three words.")
    takeaway: Text = Field(description="A title of at most 14 words; what follows stands under it.")
    patient: dict[str, Text] = Field(min_length=1, description="The takeaway in patient wording; 'en' is required.")
    points: tuple[PointId, ...] = Field(default=(), description="Results that its figures come from.")


class HonestLimit(Provenance):
    """Why a picture may mislead, said beside it."""

    id: PointId = Field(description="Short name.")
    title: Text = Field(description="Three to six words.")
    text: Text = Field(description="For the clinician.")
    patient: dict[str, Text] = Field(min_length=1, description="Patient wording by language; 'en' is required.")
    views: tuple[OnsetView, ...] = Field(min_length=1, description="Beside which pictures it stands.")
    points: tuple[PointId, ...] = Field(default=(), description="Results that its figures come from.")


class OutOf100(Provenance):
    """A pair of arms that is shown as 100 people each."""

    id: PointId = Field(description="Short name.")
    lane: Lane = Field(description="The lane.")
    title: Text = Field(description="'IV ketamine, one infusion, after 24 hours'.")
    treatment: PointId = Field(description="Point of the treatment arm (response).")
    comparator: PointId = Field(description="Point of the comparator arm, same study, same time.")
    comparator_name: Text = Field(description="'midazolam', 'placebo tablets'.")
    caveat: Text = Field(description="What to mind, one sentence.")
    patient: dict[str, Text] = Field(min_length=1, description="Patient wording by language; 'en' is required.")
