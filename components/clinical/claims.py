"""What three clinic articles say of ketamine and SSRIs, claim by claim: what we found, and what we say instead."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Annotated

from pydantic import Field, StringConstraints

from components.clinical.guide import ClaimId, Words
from components.clinical.records import PairId, Provenance, RecordId, Slug, Text

ClaimRecordId = Annotated[str, StringConstraints(pattern=r"^CL-\d{4}$")]


class Article(StrEnum):
    """Where a claim was printed."""

    LIVE_FOREVER_HEALTH = "live_forever_health"
    RESET_RESTORE_MD = "reset_restore_md"
    THIRD_CLINIC = "third_clinic"


ARTICLE_NAMES: Mapping[Article, str] = MappingProxyType(
    {
        Article.LIVE_FOREVER_HEALTH: "LiveForever Health, 'Can You Take Ketamine on SSRIs?'",
        Article.RESET_RESTORE_MD: "Reset Restore MD, 'IV Ketamine and SSRIs'",
        Article.THIRD_CLINIC: "A third clinic, which its page does not name",
    }
)


class ClaimTopic(StrEnum):
    """What a claim is about."""

    EFFICACY = "efficacy"
    ONSET = "onset"
    MECHANISM = "mechanism"
    INTERACTION = "interaction"
    SAFETY = "safety"
    SIDE_EFFECT = "side_effect"
    PRACTICE = "practice"


class ClaimVerdict(StrEnum):
    """What the evidence says about a claim."""

    SUPPORTED = "supported"
    PARTLY_SUPPORTED = "partly_supported"
    OVERSIMPLIFIED = "oversimplified"
    CONTRADICTED = "contradicted"
    UNSUPPORTED = "unsupported"
    OPINION = "opinion"


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
