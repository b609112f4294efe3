"""Who might benefit and who should not: what data/ may say of a situation, point by point, never as a score."""

from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from components.clinical.records import Model, Provenance, SourceId, Text

FitId = Annotated[str, StringConstraints(pattern=r"^KF-\d{4}$")]


class FitSection(StrEnum):
    """Under which heading of the page a card stands, in reading order."""

    SUICIDAL_NOW = "suicidal_now"
    SITUATIONS = "situations"
    RESISTANT = "resistant"
    ANXIETY = "anxiety"
    NOT_FOR = "not_for"
    AFTER_SSRI = "after_ssri"


class FitPoint(Model):
    """What one guideline, label or study says of the situation."""

    label: Text = Field(description="Whose word it is: 'NICE (England and Wales)', 'EU label', 'Evidence', 'Limits'.")
    text: Text = Field(description="What it says, for a clinician, with figures as read.")
    sources: tuple[SourceId, ...] = Field(min_length=1, description="Ids from sources.yaml.")


class FitCard(Provenance):
    """One situation against the guidelines, with options to discuss. It ranks nothing and adds nothing up."""

    id: FitId = Field(description="Opaque, never reused.")
    section: FitSection = Field(description="Under which heading it stands.")
    title: Text = Field(description="The situation as a clinician would name it.")
    heard: Text | None = Field(default=None, description="What articles for patients say, in our words.")
    answer: Text = Field(description="The answer in one or two sentences, before everything else.")
    points: tuple[FitPoint, ...] = Field(min_length=1, description="Guidelines and labels, then evidence, then limits.")
    options: tuple[Text, ...] = Field(
        min_length=1, description="Options to discuss, verb first, in no order. Our judgement."
    )
    uncertainty: Text | None = Field(default=None, description="What we do not know, how it was read.")
    patient: dict[str, Text] = Field(min_length=1, description="Patient wording by language; 'en' is required.")

    @model_validator(mode="after")
    def _names_every_source(self) -> Self:
        used = {source for point in self.points for source in point.sources}
        if used != set(self.sources):
            told = ", ".join(sorted(used ^ set(self.sources)))
            raise ValueError(f"sources must be those of its points together; not so for {told}")
        return self
