"""What the patient guide and its take-home sheet may say. Every sentence by language; frozen models."""

from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from components.clinical.records import Model, Provenance, Slug, SourceId, Text
from components.clinical.terms import Basis, ClaimVerdict, Treatment

Words = dict[str, Text]
"""A text by language; 'en' is required."""
ClaimId = Annotated[str, StringConstraints(pattern=r"^seed-[a-z]-\d{2}$")]


class SectionKind(StrEnum):
    """How a section is laid out."""

    PROSE = "prose"
    STEPS = "steps"
    CALL = "call"


class GuidePart(Model):
    """A few sentences on one thing, or a short list."""

    id: Slug = Field(description="Unique in its section.")
    heading: Words | None = Field(default=None, description="Three to eight words; null: none needed.")
    text: Words | None = Field(default=None, description="One to four short sentences.")
    points: dict[str, tuple[Text, ...]] = Field(default_factory=dict, description="A short list, by language.")
    treatments: tuple[Treatment, ...] = Field(default=(), description="Only for these treatments; empty: all.")
    on_sheet: bool = Field(default=False, description="True: also on the take-home sheet.")
    basis: Basis = Field(description="A source says it, or our judgement.")
    sources: tuple[SourceId, ...] = Field(default=(), description="What this part rests on; empty: judgement alone.")

    @model_validator(mode="after")
    def _says_something_and_why(self) -> Self:
        if not self.text and not self.points:
            raise ValueError("needs text or points")
        if self.basis is Basis.SOURCE and not self.sources:
            raise ValueError("basis 'source' needs a source")
        return self

    def fits(self, treatment: Treatment | None) -> bool:
        """Whether it speaks of the planned treatment; all parts fit while none is chosen."""
        return not self.treatments or treatment is None or treatment in self.treatments


class GuideSection(Provenance):
    """One section of the guide, in reading order."""

    id: Slug = Field(description="what_it_is, session_day, ...")
    kind: SectionKind = Field(default=SectionKind.PROSE, description="How it is laid out.")
    title: Words = Field(description="As a person would ask it.")
    patient: Words = Field(description="The answer in one or two sentences, before everything else.")
    parts: tuple[GuidePart, ...] = Field(min_length=1, description="In reading order.")

    @model_validator(mode="after")
    def _names_every_source(self) -> Self:
        used = {source for part in self.parts for source in part.sources}
        if used != set(self.sources):
            told = ", ".join(sorted(used ^ set(self.sources)))
            raise ValueError(f"sources must be those of its parts together; not so for {told}")
        return self


class PathwayStep(Model):
    """One box of the picture of how a treatment works."""

    when: Words = Field(description="'Within hours', 'Over weeks'.")
    text: Words = Field(description="One short sentence.")


class Pathway(Provenance):
    """One treatment's way through time, as a chain of boxes: how it works, how soon it helps."""

    id: Slug = Field(description="how_ketamine_works, how_soon_ssri, ...")
    section: Slug = Field(description="Id of the guide section in which it stands, beside the others of that section.")
    title: Words = Field(description="Over the chain.")
    patient: Words = Field(description="What the picture shows, in one sentence: its text alternative.")
    steps: tuple[PathwayStep, ...] = Field(min_length=2, description="In order of time.")


class HeardClaim(Provenance):
    """A common claim that failed the audit, and what studies show."""

    id: Slug = Field(description="Short name.")
    claims: tuple[ClaimId, ...] = Field(min_length=1, description="Audited claims that it stands for.")
    heard: Words = Field(description="'You may have heard ...', without those words, in our own words.")
    patient: Words = Field(description="What studies show.")
    verdict: ClaimVerdict = Field(description="Result of the audit; the worst where it stands for several.")


class PatientQuestion(Model):
    """A question that the patient may want to ask the team."""

    id: Slug = Field(description="Short name.")
    about: Slug = Field(description="Id of a guide section.")
    patient: Words = Field(description="The question, as the patient would say it.")


class TeachBackChoice(Model):
    """One answer, with what to say when it is chosen."""

    text: Words = Field(description="The answer.")
    right: bool = Field(description="Whether it fits what the guide says.")
    feedback: Words = Field(description="Gentle, and says the point again.")


class TeachBackQuestion(Provenance):
    """One question by which the patient can say it back."""

    id: Slug = Field(description="Short name.")
    about: Slug = Field(description="Id of a guide section.")
    patient: Words = Field(description="The question.")
    says: Words = Field(description="What the guide says, to compare one's own words with.")
    choices: tuple[TeachBackChoice, ...] = Field(min_length=2, description="Answers; one or more are right.")

    @model_validator(mode="after")
    def _has_a_right_and_a_wrong_answer(self) -> Self:
        if {choice.right for choice in self.choices} != {True, False}:
            raise ValueError("needs an answer that is right and one that is not")
        return self


class GlossaryTerm(Model):
    """A word that the guide cannot avoid."""

    id: Slug = Field(description="Short name.")
    term: Words = Field(description="As it stands in the guide.")
    also: tuple[Text, ...] = Field(default=(), description="Other forms of it: plurals, short forms.")
    patient: Words = Field(description="What it means, one or two short sentences.")


class CrisisLine(Provenance):
    """Whom to call in a crisis, by country."""

    id: Slug = Field(description="us, uk_ireland, eu.")
    country: Words = Field(description="As shown in the choice.")
    patient: Words = Field(description="Whom to call and how, one to three short sentences.")
    numbers: tuple[Text, ...] = Field(min_length=1, description="The numbers in it, as dialled.")
    regions: tuple[Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")], ...] = Field(
        default=(), description="Countries (ISO 3166) whose browsers open the page with this line."
    )


class StatementId(StrEnum):
    """The fixed lines of the sheet. Those about one medicine name what we know of it."""

    AUTHOR = "author"
    FUNDING = "funding"
    UPDATES = "updates"
    INTENDED_USE = "intended_use"
    DRAFT = "draft"
    NEVER_ON_YOUR_OWN = "never_on_your_own"
    KNOWN_TO_TEAM = "known_to_team"
    TALK_FIRST = "talk_first"
    CLASH = "clash"
    SESSION_WAITS = "session_waits"
    NOT_AT_HOME = "not_at_home"
    FORM_NOT_COUNTED = "form_not_counted"
    MY_TEAM = "my_team"
    STOPPED = "stopped"
    NOT_RECOGNISED = "not_recognised"
    AMBIGUOUS = "ambiguous"
    NOT_ASSESSED = "not_assessed"
    CHECKED_IN_PART = "checked_in_part"
    NO_DATA = "no_data"


class SheetStatement(Model):
    """A fixed line of the sheet: who wrote it, who paid, what an unknown name means."""

    id: StatementId = Field(description="Which line.")
    title: Words = Field(description="Before the colon.")
    patient: Words = Field(description="What is stated; 'not stated' until somebody states it.")
