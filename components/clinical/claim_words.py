"""What 'Others say', the hazard log and the intended use say besides their records. No digit, no medicine name."""

from collections import Counter
from collections.abc import Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import TypeVar

from components.clinical.claims import Article, ClaimTopic, Harm
from components.clinical.hazards import LikelihoodLeft, LimitArea, Owner, SeverityOfHarm, UseSection
from components.clinical.interface_words import say
from components.clinical.terms import ClaimVerdict

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


CLINIC_NAMES: Mapping[Article, str] = {
    Article.LIVE_FOREVER_HEALTH: say("claim_words.live_forever_health"),
    Article.RESET_RESTORE_MD: say("claim_words.reset_restore_md"),
    Article.THIRD_CLINIC: say("claim_words.third_clinic"),
}
ARTICLE_NAMES: Mapping[Article, str] = {
    Article.LIVE_FOREVER_HEALTH: say(
        "claim_words.article_of_live_forever_health", clinic=CLINIC_NAMES[Article.LIVE_FOREVER_HEALTH]
    ),
    Article.RESET_RESTORE_MD: say(
        "claim_words.article_of_reset_restore_md", clinic=CLINIC_NAMES[Article.RESET_RESTORE_MD]
    ),
    Article.THIRD_CLINIC: say(
        "claim_words.article_of_third_clinic_not_named", clinic=CLINIC_NAMES[Article.THIRD_CLINIC]
    ),
}
PART_NAMES: Mapping[Part, str] = MappingProxyType(
    {
        Part.CLAIMS: say("claim_words.what_clinic_articles_say"),
        Part.DIFFERENCES: say("claim_words.where_checkers_labels_practice"),
    }
)
CLAIM_VERDICT_NAMES: Mapping[ClaimVerdict, str] = MappingProxyType(
    {
        ClaimVerdict.CONTRADICTED: say("shared.contradicted"),
        ClaimVerdict.UNSUPPORTED: say("shared.not_supported"),
        ClaimVerdict.OVERSIMPLIFIED: say("shared.too_simple"),
        ClaimVerdict.PARTLY_SUPPORTED: say("shared.partly_supported"),
        ClaimVerdict.OPINION: say("claim_words.opinion_only"),
        ClaimVerdict.SUPPORTED: say("shared.supported"),
    }
)
"""Worst first: the order of the page."""
VERDICTS_IN_PLAIN_WORDS: Mapping[ClaimVerdict, str] = MappingProxyType(
    {
        ClaimVerdict.CONTRADICTED: say("claim_words.studies_say_otherwise"),
        ClaimVerdict.UNSUPPORTED: say("claim_words.no_good_study_shows"),
        ClaimVerdict.OVERSIMPLIFIED: say("shared.too_simple"),
        ClaimVerdict.PARTLY_SUPPORTED: say("claim_words.only_part_holds"),
        ClaimVerdict.OPINION: say("claim_words.point_view"),
        ClaimVerdict.SUPPORTED: say("claim_words.studies_agree"),
    }
)
TOPIC_NAMES: Mapping[ClaimTopic, str] = MappingProxyType(
    {
        ClaimTopic.INTERACTION: say("claim_words.interactions"),
        ClaimTopic.SAFETY: say("claim_words.safety"),
        ClaimTopic.SIDE_EFFECT: say("shared.side_effects"),
        ClaimTopic.EFFICACY: say("claim_words.benefit"),
        ClaimTopic.ONSET: say("claim_words.how_soon_works"),
        ClaimTopic.MECHANISM: say("claim_words.how_works"),
        ClaimTopic.PRACTICE: say("claim_words.practice"),
    }
)
HARM_NAMES: Mapping[Harm, str] = MappingProxyType({Harm.HIGH: "high", Harm.MEDIUM: "medium", Harm.LOW: "low"})
VOICE_NAMES: Mapping[Voice, str] = MappingProxyType(
    {
        Voice.LABEL_AND_PRACTICE: say("shared.label_practice"),
        Voice.US_LABEL: say("shared.us_label"),
        Voice.EU_LABEL: say("shared.eu_label"),
        Voice.CHECKERS: say("claim_words.checkers_consumer_lists"),
    }
)
SEVERITY_OF_HARM_NAMES: Mapping[SeverityOfHarm, str] = MappingProxyType(
    {
        SeverityOfHarm.CRITICAL: say("claim_words.critical"),
        SeverityOfHarm.SERIOUS: say("claim_words.serious"),
        SeverityOfHarm.MINOR: say("claim_words.minor"),
    }
)
SEVERITY_OF_HARM_MEANINGS: Mapping[SeverityOfHarm, str] = MappingProxyType(
    {
        SeverityOfHarm.CRITICAL: say("claim_words.death_lasting_harm_danger"),
        SeverityOfHarm.SERIOUS: say("claim_words.harm_needs_treatment_wrong"),
        SeverityOfHarm.MINOR: say("claim_words.time_lost_worry_session"),
    }
)
LIKELIHOOD_NAMES: Mapping[LikelihoodLeft, str] = MappingProxyType(
    {
        LikelihoodLeft.LIKELY: say("claim_words.likely"),
        LikelihoodLeft.POSSIBLE: say("claim_words.possible"),
        LikelihoodLeft.UNLIKELY: say("claim_words.unlikely"),
    }
)
OWNER_NAMES: Mapping[Owner, str] = MappingProxyType(
    {
        Owner.CLINICAL_LEAD: say("claim_words.clinical_lead"),
        Owner.PHARMACIST: say("claim_words.pharmacist"),
        Owner.ENGINEERING: say("claim_words.engineering"),
        Owner.PRIVACY: say("claim_words.privacy"),
        Owner.DEPLOYER: say("claim_words.whoever_runs"),
    }
)
AREA_NAMES: Mapping[LimitArea, str] = MappingProxyType(
    {
        LimitArea.NAMES: say("claim_words.names_medicines"),
        LimitArea.READING_A_LIST: say("claim_words.reading_list"),
        LimitArea.INTERACTIONS: say("claim_words.interactions"),
        LimitArea.PATIENT_FACTORS: say("shared.patient_factors"),
        LimitArea.EVIDENCE: say("shared.evidence"),
        LimitArea.PATIENT_MATERIAL: say("claim_words.material_patients"),
        LimitArea.EXPORTS: say("claim_words.reports_files"),
        LimitArea.PRIVACY: say("claim_words.privacy"),
        LimitArea.RUNNING: say("claim_words.running_it"),
    }
)
USE_SECTION_NAMES: Mapping[UseSection, str] = MappingProxyType(
    {
        UseSection.PURPOSE: say("claim_words.purpose"),
        UseSection.USERS: say("claim_words.users"),
        UseSection.PATIENTS: say("claim_words.patients"),
        UseSection.NOT_FOR: say("claim_words.not_for"),
        UseSection.US_CRITERIA: say("claim_words.four_us_criteria_clinical"),
        UseSection.PATIENT_PAGE: say("claim_words.patient_page"),
        UseSection.EU: say("claim_words.european_union_elsewhere"),
        UseSection.VALIDATION: say("claim_words.validation_sign_off"),
    }
)

CLAIMS_ARE_OURS = say("claim_words.claims_told_in_our_words_not_signed")
CLAIM_MISSING = say("claim_words.claim_not_here_not_weighed")
DIFFERENCES_ARE_A_SELECTION = say("claim_words.shown_what_our_records")
DIFFERENCE_MISSING = say("claim_words.missing_here_not_compared")
STRICTER_COUNTS = say("claim_words.stricter_label_sets_our")
WORKING_LOG = say("claim_words.working_log_not_certified")
JUDGEMENT_ONLY = say("claim_words.our_judgement_nobody_measured")
HAZARD_MISSING = say("claim_words.what_is_not_in_the_log")
WORDS_AS_TYPED = say("claim_words.words_typed")
LIMITS_INTRO = say("claim_words.what_product_does_not_do")


def counts_in_words(found: Iterable[Named], names: Mapping[Named, str]) -> str:
    """'11 contradicted, 9 not supported': how often each stands, in the order of the names, none left at zero."""
    counts = Counter(found)
    return ", ".join(f"{counts[each]} {name.lower()}" for each, name in names.items() if counts[each])
