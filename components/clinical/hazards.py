"""What may go wrong with this product, what it cannot do, and what it is meant for. None of it is a clinical verdict.

The words hazard, harm, control and residual risk are used as in ISO 14971; the log claims no conformity with it.
"""

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints

from components.clinical.records import Model, SourceId, Text


def _ends_as_a_sentence(text: str) -> str:
    if not text.endswith("."):
        raise ValueError("must end with a full stop")
    return text


Sentences = Annotated[Text, AfterValidator(_ends_as_a_sentence)]
HazardId = Annotated[str, StringConstraints(pattern=r"^KH-\d{4}$")]
LimitId = Annotated[str, StringConstraints(pattern=r"^KL-\d{4}$")]
StatementOfUseId = Annotated[str, StringConstraints(pattern=r"^KU-\d{4}$")]
TestName = Annotated[
    str, StringConstraints(pattern=r"^tests/([a-z0-9_]+/)*test_[a-z0-9_]+\.py::(Test\w+::)?test_[a-z0-9_]+$")
]


class SeverityOfHarm(StrEnum):
    """The worst that may plausibly come of it, mildest first."""

    MINOR = "minor"
    """Time lost, worry, a session put off."""
    SERIOUS = "serious"
    """Harm that needs treatment, a wrong decision about treatment, or a breach of privacy."""
    CRITICAL = "critical"
    """Death, lasting harm or danger to life."""


class LikelihoodLeft(StrEnum):
    """How likely the harm is with all controls in place: our judgement, nobody has measured it."""

    UNLIKELY = "unlikely"
    POSSIBLE = "possible"
    LIKELY = "likely"


class Owner(StrEnum):
    """Who must keep an eye on it: a role, never a person."""

    CLINICAL_LEAD = "clinical_lead"
    PHARMACIST = "pharmacist"
    ENGINEERING = "engineering"
    PRIVACY = "privacy"
    DEPLOYER = "deployer"


class Control(Model):
    """What the product does against a hazard, and the tests that fail when it no longer does."""

    text: Sentences = Field(description="What the product does, as a user would see it.")
    tests: tuple[TestName, ...] = Field(
        min_length=1, description="Tests that prove it: tests/clinical_rules/test_x.py::TestClass::test_name."
    )


class Hazard(Model):
    """One thing that may go wrong with this product and harm somebody."""

    id: HazardId = Field(description="Opaque, never reused.")
    title: Text = Field(description="The hazard in a few words, without a full stop.")
    cause: Sentences = Field(description="How it comes about.")
    harm: Sentences = Field(description="What may happen to whom.")
    severity_of_harm: SeverityOfHarm = Field(description="minor, serious or critical: the worst plausible harm.")
    likelihood_left: LikelihoodLeft = Field(description="unlikely, possible or likely with all controls; judgement.")
    controls: tuple[Control, ...] = Field(min_length=1, description="What the product does about it.")
    residual: Sentences = Field(description="What risk stays, and what no test proves.")
    left_to: Sentences = Field(description="What the clinician must do; the product cannot.")
    owner: Owner = Field(description="The role that keeps an eye on it.")
    compiled_on: date = Field(description="When it was written.")


class LimitArea(StrEnum):
    """What a known limit is about, in reading order."""

    NAMES = "names"
    READING_A_LIST = "reading_a_list"
    INTERACTIONS = "interactions"
    PATIENT_FACTORS = "patient_factors"
    EVIDENCE = "evidence"
    PATIENT_MATERIAL = "patient_material"
    EXPORTS = "exports"
    PRIVACY = "privacy"
    RUNNING = "running"


class KnownLimit(Model):
    """Something that the product does not do, said before anybody relies on it."""

    id: LimitId = Field(description="Opaque, never reused.")
    area: LimitArea = Field(description="What it is about.")
    text: Sentences = Field(description="The limit in one or two sentences.")
    instead: Sentences = Field(description="What to do instead.")


class UseSection(StrEnum):
    """Under which heading a statement of intended use stands, in reading order."""

    PURPOSE = "purpose"
    USERS = "users"
    PATIENTS = "patients"
    NOT_FOR = "not_for"
    US_CRITERIA = "us_criteria"
    PATIENT_PAGE = "patient_page"
    EU = "eu"
    VALIDATION = "validation"


class IntendedUseStatement(Model):
    """What the product is for, what not, and how the rules for such software are met. No legal advice."""

    id: StatementOfUseId = Field(description="Opaque, never reused.")
    section: UseSection = Field(description="Under which heading it stands.")
    title: Text = Field(description="In a few words, without a full stop.")
    text: Sentences = Field(description="What holds, or what a rule asks for in our words.")
    how_met: Sentences | None = Field(
        default=None, description="How this product meets it, and where only in part; null where nothing is asked."
    )
    sources: tuple[SourceId, ...] = Field(
        default=(), description="Ids from sources.yaml; empty where it is our own statement."
    )
