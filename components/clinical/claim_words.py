"""What 'Others say', the hazard log and the intended use say besides their records. No digit, no medicine name."""

from collections import Counter
from collections.abc import Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import TypeVar

from components.clinical.claims import ClaimTopic, ClaimVerdict, Harm
from components.clinical.hazards import LikelihoodLeft, LimitArea, Owner, SeverityOfHarm, UseSection

Named = TypeVar("Named", bound=StrEnum)


class Part(StrEnum):
    """The two parts of 'Others say'."""

    CLAIMS = "claims"
    DIFFERENCES = "differences"


class Voice(StrEnum):
    """Whose word stands beside ours."""

    LABEL_AND_PRACTICE = "label_and_practice"
    US_LABEL = "us_label"
    EU_LABEL = "eu_label"
    CHECKERS = "checkers"


PART_NAMES: Mapping[Part, str] = MappingProxyType(
    {
        Part.CLAIMS: "What clinic articles say",
        Part.DIFFERENCES: "Where checkers, labels and practice differ",
    }
)
CLAIM_VERDICT_NAMES: Mapping[ClaimVerdict, str] = MappingProxyType(
    {
        ClaimVerdict.CONTRADICTED: "Contradicted",
        ClaimVerdict.UNSUPPORTED: "Not supported",
        ClaimVerdict.OVERSIMPLIFIED: "Too simple",
        ClaimVerdict.PARTLY_SUPPORTED: "Partly supported",
        ClaimVerdict.OPINION: "Opinion only",
        ClaimVerdict.SUPPORTED: "Supported",
    }
)
"""Worst first: the order of the page."""
VERDICTS_IN_PLAIN_WORDS: Mapping[ClaimVerdict, str] = MappingProxyType(
    {
        ClaimVerdict.CONTRADICTED: "Studies say otherwise",
        ClaimVerdict.UNSUPPORTED: "No good study shows this",
        ClaimVerdict.OVERSIMPLIFIED: "Too simple",
        ClaimVerdict.PARTLY_SUPPORTED: "Only part of it holds",
        ClaimVerdict.OPINION: "A point of view",
        ClaimVerdict.SUPPORTED: "Studies agree",
    }
)
TOPIC_NAMES: Mapping[ClaimTopic, str] = MappingProxyType(
    {
        ClaimTopic.INTERACTION: "Interactions",
        ClaimTopic.SAFETY: "Safety",
        ClaimTopic.SIDE_EFFECT: "Side effects",
        ClaimTopic.EFFICACY: "Benefit",
        ClaimTopic.ONSET: "How soon it works",
        ClaimTopic.MECHANISM: "How it works",
        ClaimTopic.PRACTICE: "Practice",
    }
)
HARM_NAMES: Mapping[Harm, str] = MappingProxyType({Harm.HIGH: "high", Harm.MEDIUM: "medium", Harm.LOW: "low"})
VOICE_NAMES: Mapping[Voice, str] = MappingProxyType(
    {
        Voice.LABEL_AND_PRACTICE: "Label and practice",
        Voice.US_LABEL: "US label",
        Voice.EU_LABEL: "EU label",
        Voice.CHECKERS: "Checkers and consumer lists",
    }
)
SEVERITY_OF_HARM_NAMES: Mapping[SeverityOfHarm, str] = MappingProxyType(
    {
        SeverityOfHarm.CRITICAL: "Critical",
        SeverityOfHarm.SERIOUS: "Serious",
        SeverityOfHarm.MINOR: "Minor",
    }
)
SEVERITY_OF_HARM_MEANINGS: Mapping[SeverityOfHarm, str] = MappingProxyType(
    {
        SeverityOfHarm.CRITICAL: "death, lasting harm or danger to life",
        SeverityOfHarm.SERIOUS: "harm that needs treatment, a wrong decision about treatment, a breach of privacy",
        SeverityOfHarm.MINOR: "time lost, worry, a session put off",
    }
)
LIKELIHOOD_NAMES: Mapping[LikelihoodLeft, str] = MappingProxyType(
    {
        LikelihoodLeft.LIKELY: "Likely",
        LikelihoodLeft.POSSIBLE: "Possible",
        LikelihoodLeft.UNLIKELY: "Unlikely",
    }
)
OWNER_NAMES: Mapping[Owner, str] = MappingProxyType(
    {
        Owner.CLINICAL_LEAD: "Clinical lead",
        Owner.PHARMACIST: "Pharmacist",
        Owner.ENGINEERING: "Engineering",
        Owner.PRIVACY: "Privacy",
        Owner.DEPLOYER: "Whoever runs it",
    }
)
AREA_NAMES: Mapping[LimitArea, str] = MappingProxyType(
    {
        LimitArea.NAMES: "Names of medicines",
        LimitArea.READING_A_LIST: "Reading a list",
        LimitArea.INTERACTIONS: "Interactions",
        LimitArea.PATIENT_FACTORS: "Patient factors",
        LimitArea.EVIDENCE: "Evidence",
        LimitArea.PATIENT_MATERIAL: "Material for patients",
        LimitArea.EXPORTS: "Reports and files",
        LimitArea.PRIVACY: "Privacy",
        LimitArea.RUNNING: "Running it",
    }
)
USE_SECTION_NAMES: Mapping[UseSection, str] = MappingProxyType(
    {
        UseSection.PURPOSE: "Purpose",
        UseSection.USERS: "Users",
        UseSection.PATIENTS: "Patients",
        UseSection.NOT_FOR: "Not for",
        UseSection.US_CRITERIA: "The four US criteria for clinical decision support",
        UseSection.PATIENT_PAGE: "The patient page",
        UseSection.EU: "European Union and elsewhere",
        UseSection.VALIDATION: "Validation and sign-off",
    }
)

CLAIMS_ARE_OURS = (
    "Claims are told in our words, as if they were true. Verdicts and harm are those of our own audit; "
    "nobody has signed them. Contradicted claims and those that could do most harm come first."
)
CLAIM_MISSING = "A claim that is not here was not weighed: that says nothing of whether it holds."
DIFFERENCES_ARE_A_SELECTION = (
    "Shown is what our records state of labels, practice, interaction databases and consumer lists."
)
DIFFERENCE_MISSING = "What is missing here was not compared: that is no sign that all agree."
STRICTER_COUNTS = "The stricter label sets our level"
WORKING_LOG = "This is a working log, not a certified risk management file."
JUDGEMENT_ONLY = (
    "Severity and likelihood are our judgement: nobody has measured them, "
    "and nobody who could accept a risk has accepted one."
)
HAZARD_MISSING = "What is not in the log may still go wrong."
WORDS_AS_TYPED = "Words as typed"
LIMITS_INTRO = "What the product does not do, and what to do instead."


def counts_in_words(found: Iterable[Named], names: Mapping[Named, str]) -> str:
    """'11 contradicted, 9 not supported': how often each stands, in the order of the names, none left at zero."""
    counts = Counter(found)
    return ", ".join(f"{counts[each]} {name.lower()}" for each, name in names.items() if counts[each])
