"""Side effects in answers: worries, time courses, the clinic's check marks, limits of comparison. Frozen models."""

from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from components.clinical.records import Model, Provenance, Slug, Text
from components.clinical.side_effect_terms import Agent, ClaimAbout, CourseClock, EffectView
from components.clinical.side_effects import FactId, Help
from components.clinical.terms import ClaimVerdict, EvidenceGrade

CourseLabel = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=60)]


class Worry(Model):
    """A tile: what a patient may worry about."""

    id: Slug = Field(description="sexual, weight, sleep, ...")
    title: Text = Field(description="On the tile, in patient wording.")
    clinician_title: Text = Field(description="The same for the clinician.")
    effects: tuple[Slug, ...] = Field(min_length=1, description="Ids from effects.yaml, the main one first.")
    say: Text = Field(description="What the clinician may say first: one sentence on the whole worry.")
    patient: dict[str, Text] = Field(min_length=1, description="The same in patient wording; 'en' is required.")


class WorryAnswer(Provenance):
    """One worry with one option: every option answers the same questions."""

    id: FactId = Field(description="Worry and agent: sexual-ketamine-iv.")
    worry: Slug = Field(description="Id from worries.yaml.")
    agent: Literal[Agent.KETAMINE_IV, Agent.ESKETAMINE, Agent.SSRI_CLASS] = Field(
        description="A single SSRI has no answer of its own: its facts are shown, the rest is the class's."
    )
    facts: tuple[FactId, ...] = Field(
        default=(), description="Figures of this agent, headline first. Empty: none found."
    )
    how_often: Text = Field(description="With figures as read; or that no figure was found, and why.")
    against: Text | None = Field(default=None, description="Compared with what; null: nothing to compare with.")
    starts: Text | None = Field(default=None, description="When it starts; null: not found.")
    stays: Text | None = Field(default=None, description="How long it stays; null: not found.")
    helps: tuple[Help, ...] = Field(default=(), description="What helps with this option; empty: nothing found.")
    certainty: EvidenceGrade = Field(description="How sure; 'none' where nobody looked.")
    certainty_reason: Text = Field(description="Why, one sentence.")
    patient: dict[str, Text] = Field(min_length=1, description="All of it in patient wording; 'en' is required.")

    @model_validator(mode="after")
    def _says_what_it_rests_on(self) -> Self:
        if not self.facts and self.certainty not in (EvidenceGrade.NONE, EvidenceGrade.VERY_LOW):
            raise ValueError("without a fact the certainty is 'none' or 'very_low'")
        return self


class TimeCourse(Provenance):
    """One lane: when an effect starts, peaks and fades with one agent."""

    id: FactId = Field(description="Agent and effect: esketamine-dissociation.")
    effect: Slug = Field(description="Id from effects.yaml.")
    agent: Agent = Field(description="What people took.")
    label: CourseLabel = Field(description="On the chart: at most 60 characters.")
    clock: CourseClock = Field(description="What the hours are counted from.")
    onset_from_hours: float | None = Field(default=None, ge=0, description="Earliest start that was seen.")
    onset_to_hours: float | None = Field(default=None, ge=0, description="By when it has started.")
    peak_from_hours: float | None = Field(default=None, ge=0, description="Start of the peak.")
    peak_to_hours: float | None = Field(default=None, ge=0, description="End of the peak; null: one moment.")
    fades_from_hours: float | None = Field(default=None, ge=0, description="From when it eases or is mostly gone.")
    fades_to_hours: float | None = Field(default=None, ge=0, description="By when it is gone.")
    goes_on_to_hours: float | None = Field(default=None, ge=0, description="How far it was seen to go on.")
    measured: bool = Field(description="False: one statement about several effects, or about people in general.")
    text: Text = Field(description="For the clinician: what was seen, as read.")
    caveat: Text | None = Field(default=None, description="What to mind.")
    patient: dict[str, Text] = Field(min_length=1, description="Patient wording by language; 'en' is required.")
    where: Text = Field(description="Place in the sources.")

    @model_validator(mode="after")
    def _stands_in_order(self) -> Self:
        times = (self.onset_from_hours, self.onset_to_hours, self.peak_from_hours, self.peak_to_hours)
        known = [each for each in (*times, self.fades_from_hours, self.fades_to_hours) if each is not None]
        if not known and self.goes_on_to_hours is None:
            raise ValueError("needs a time")
        if known != sorted(known):
            raise ValueError("onset, peak and fading must follow each other")
        return self


class MarkVerdict(Model):
    """What the evidence says about one mark, or about both marks of a row."""

    about: ClaimAbout = Field(description="Which mark.")
    verdict: ClaimVerdict = Field(description="Result of the audit.")
    text: Text = Field(description="What the evidence shows, with figures as read.")
    instead: Text = Field(description="What to say instead.")
    patient: dict[str, Text] = Field(min_length=1, description="Patient wording by language; 'en' is required.")
    facts: tuple[FactId, ...] = Field(default=(), description="Facts that the figures come from.")


class CheckMarkRow(Provenance):
    """One row of the table of check marks that a clinic printed."""

    id: Slug = Field(description="dizziness, dissociation, ...")
    title: Text = Field(description="As printed: 'No Prolonged Dizziness'.")
    ketamine_ticked: bool = Field(description="Printed with a check mark under IV ketamine.")
    ssri_ticked: bool = Field(description="Printed with a check mark under SSRIs.")
    effects: tuple[Slug, ...] = Field(min_length=1, description="Ids from effects.yaml that it speaks of.")
    verdicts: tuple[MarkVerdict, ...] = Field(min_length=1, description="One for both marks, or one each.")

    @model_validator(mode="after")
    def _judges_both_marks(self) -> Self:
        about = {each.about for each in self.verdicts}
        if about not in ({ClaimAbout.BOTH}, {ClaimAbout.KETAMINE, ClaimAbout.SSRI}):
            raise ValueError("needs one verdict for both marks, or one for each")
        return self


class ComparabilityLimit(Provenance):
    """Why two figures may differ although the effect is the same, said beside the charts."""

    id: FactId = Field(description="Short name.")
    title: Text = Field(description="Three to seven words.")
    text: Text = Field(description="For the clinician.")
    axis_groups: tuple[Slug, ...] = Field(min_length=1, description="Panels beside which it stands.")
    facts: tuple[FactId, ...] = Field(default=(), description="Facts that its figures come from.")
    patient: dict[str, Text] = Field(min_length=1, description="Patient wording by language; 'en' is required.")


class EffectViewText(Provenance):
    """Title and takeaway of one view of the side-effect page."""

    id: EffectView = Field(description="The view.")
    title: Text = Field(description="In the row of views, two or three words.")
    takeaway: Text = Field(description="A title of at most 14 words; what follows stands under it.")
    patient: dict[str, Text] = Field(min_length=1, description="The takeaway in patient wording; 'en' is required.")
    facts: tuple[FactId, ...] = Field(default=(), description="Facts that it rests on, where it holds figures.")
