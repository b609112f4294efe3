"""What three clinic articles say of ketamine and SSRIs, claim by claim: what we found, and what we say instead."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field, StringConstraints

from components.clinical.fit import FitId
from components.clinical.guide import ClaimId, Words
from components.clinical.onset_terms import OnsetView
from components.clinical.records import PairId, Provenance, RecordId, Slug, Text
from components.clinical.terms import ClaimVerdict

ClaimRecordId = Annotated[str, StringConstraints(pattern=r"^CL-\d{4}$")]


class Article(StrEnum):
    """Where a claim was printed."""

    LIVE_FOREVER_HEALTH = "live_forever_health"
    RESET_RESTORE_MD = "reset_restore_md"
    THIRD_CLINIC = "third_clinic"


class ClaimTopic(StrEnum):
    """What a claim is about."""

    EFFICACY = "efficacy"
    ONSET = "onset"
    MECHANISM = "mechanism"
    INTERACTION = "interaction"
    SAFETY = "safety"
    SIDE_EFFECT = "side_effect"
    PRACTICE = "practice"


class Harm(StrEnum):
    """What it could do to a patient to repeat the claim as printed. Our judgement."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class Claim(Provenance):
    """One claim of an article, weighed. Only ``claim`` is the article's; all other texts are ours."""

    id: ClaimRecordId = Field(description="Opaque, never reused.")
    origin: ClaimId = Field(description="Its number in the audit of the articles; guide_heard.yaml points to it.")
    article: Article = Field(description="Which article prints it.")
    claim: Text = Field(description="The claim in our words, one sentence, as if it were true.")
    topic: ClaimTopic = Field(description="What it is about.")
    verdict: ClaimVerdict = Field(description="Result of the audit.")
    harm: Harm = Field(description="What repeating it as printed could do. Our judgement.")
    evidence: Text = Field(description="What we found, for a clinician, with figures as read.")
    say: Text = Field(description="What we say instead, for a clinician: whole sentences that are true by themselves.")
    patient: Words = Field(min_length=1, description="The same in patient wording; 'en' is required.")
    records: tuple[RecordId | PairId, ...] = Field(
        default=(), description="Interaction records and pairs whose medicines it speaks of."
    )
    sections: tuple[Slug, ...] = Field(default=(), description="Ids from patient_guide.yaml that answer it.")
    questions: tuple[Slug, ...] = Field(default=(), description="Ids from guide_questions.yaml that it may raise.")
    effects: tuple[Slug, ...] = Field(default=(), description="Ids from effects.yaml that it speaks of.")
    situations: tuple[FitId, ...] = Field(default=(), description="Cards of treatment_fit.yaml that it speaks of.")
    timeline: tuple[OnsetView, ...] = Field(default=(), description="Views of the timeline that answer it.")

    @property
    def touches(self) -> frozenset[str]:
        """Ids of all that it speaks of."""
        views = (id_of_view(view) for view in self.timeline)
        return frozenset((*self.records, *self.sections, *self.effects, *self.situations, *views))


def id_of_view(view: OnsetView) -> str:
    """'onset_views:how_soon', as in the catalogue: a section of the guide may have the view's name."""
    return f"onset_views:{view}"
