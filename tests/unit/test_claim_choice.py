"""What 'Others say' and the hazard log choose: filters, order, what touches what; and the words beside the records."""

import re
from collections import Counter
from enum import StrEnum

import pytest

from components.clinical import claim_words
from components.clinical.claim_choice import (
    ClaimChoice,
    DifferenceChoice,
    HazardChoice,
    claims_chosen,
    claims_for,
    differences,
    differences_chosen,
    hazards_chosen,
)
from components.clinical.claim_words import (
    AREA_NAMES,
    CLAIM_VERDICT_NAMES,
    HARM_NAMES,
    LIKELIHOOD_NAMES,
    OWNER_NAMES,
    PART_NAMES,
    SEVERITY_OF_HARM_MEANINGS,
    SEVERITY_OF_HARM_NAMES,
    TOPIC_NAMES,
    USE_SECTION_NAMES,
    VERDICTS_IN_PLAIN_WORDS,
    VOICE_NAMES,
    Part,
    Voice,
    counts_in_words,
)
from components.clinical.claims import Article, ClaimTopic, Harm
from components.clinical.factors import FactorRule
from components.clinical.hazards import LikelihoodLeft, LimitArea, Owner, SeverityOfHarm, UseSection
from components.clinical.knowledge_base import KnowledgeBase
from components.clinical.records import PairRecord
from components.clinical.terms import ClaimVerdict, Severity

NAMES = (
    (Part, PART_NAMES),
    (Voice, VOICE_NAMES),
    (ClaimVerdict, CLAIM_VERDICT_NAMES),
    (ClaimVerdict, VERDICTS_IN_PLAIN_WORDS),
    (ClaimTopic, TOPIC_NAMES),
    (Harm, HARM_NAMES),
    (SeverityOfHarm, SEVERITY_OF_HARM_NAMES),
    (SeverityOfHarm, SEVERITY_OF_HARM_MEANINGS),
    (LikelihoodLeft, LIKELIHOOD_NAMES),
    (Owner, OWNER_NAMES),
    (LimitArea, AREA_NAMES),
    (UseSection, USE_SECTION_NAMES),
)


# --- claims


def test_without_a_choice_every_claim_stands_once(base: KnowledgeBase) -> None:
    found = [claim.id for claim in claims_chosen(base, ClaimChoice())]
    assert sorted(found) == sorted(base.evidence.claims)


def test_contradicted_and_most_harmful_claims_come_first(base: KnowledgeBase) -> None:
    found = claims_chosen(base, ClaimChoice())
    contradicted = sum(claim.verdict is ClaimVerdict.CONTRADICTED for claim in found)
    failed_or_harmful = [
        claim for claim in found if claim.verdict is ClaimVerdict.CONTRADICTED or claim.harm is Harm.HIGH
    ]
    assert {claim.verdict for claim in found[:contradicted]} == {ClaimVerdict.CONTRADICTED}
    assert list(found[: len(failed_or_harmful)]) == failed_or_harmful
    harms = list(HARM_NAMES)
    ranks = [harms.index(claim.harm) for claim in found[:contradicted]]
    assert ranks == sorted(ranks), "among contradicted claims the most harmful first"
    assert found[-1].verdict is ClaimVerdict.SUPPORTED


@pytest.mark.parametrize(
    "choice",
    [
        ClaimChoice(verdicts=(ClaimVerdict.CONTRADICTED, ClaimVerdict.OPINION)),
        ClaimChoice(topics=(ClaimTopic.ONSET,)),
        ClaimChoice(articles=(Article.THIRD_CLINIC,)),
        ClaimChoice(verdicts=(ClaimVerdict.SUPPORTED,), topics=(ClaimTopic.SAFETY,), articles=(*Article,)),
    ],
)
def test_filters_of_different_kinds_narrow_and_of_one_kind_widen(choice: ClaimChoice, base: KnowledgeBase) -> None:
    expected = {
        claim.id
        for claim in base.evidence.claims.values()
        if claim.verdict in (choice.verdicts or ClaimVerdict)
        and claim.topic in (choice.topics or ClaimTopic)
        and claim.article in (choice.articles or Article)
    }
    assert expected
    assert {claim.id for claim in claims_chosen(base, choice)} == expected


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("nausea ssri NO", "CL-0055"),
        ("cl-0055", "CL-0055"),
        ("tranylcypromine", "CL-0011"),
        ("Zoloft", "CL-0002"),
        ("KC-0010", "CL-0013"),
        ("reset restore", "CL-0046"),
        ("not approved", "CL-0001"),
        ("  ", "CL-0001"),
    ],
)
def test_a_text_is_looked_for_everywhere(text: str, found: str, base: KnowledgeBase) -> None:
    """Both voices, ids, the article, medicines of the records that it touches, their brands; in any case and order."""
    assert found in {claim.id for claim in claims_chosen(base, ClaimChoice(text=text))}


@pytest.mark.parametrize("text", ["qqqq", "nausea qqqq", "**", "<b>", "qqqq (", "qqqq \\"])
def test_a_text_that_stands_nowhere_finds_nothing_and_breaks_nothing(text: str, base: KnowledgeBase) -> None:
    assert claims_chosen(base, ClaimChoice(text=text)) == ()
    assert hazards_chosen(base, HazardChoice(text=f"qqqq {text}")) == ()
    assert differences_chosen(base, DifferenceChoice(text=f"qqqq {text}")) == ()


def test_claims_for_records_are_those_that_name_one_of_them(base: KnowledgeBase) -> None:
    assert [claim.id for claim in claims_for(base, ["KP-0014"])] == ["CL-0011"]
    assert {claim.id for claim in claims_for(base, ["KC-0088"])} == {"CL-0024", "CL-0025", "CL-0101"}
    both = claims_for(base, ["KC-0088", "KC-0048"])
    assert {claim.id for claim in both} == {"CL-0022", "CL-0024", "CL-0025", "CL-0101"}
    assert both[0].verdict is ClaimVerdict.CONTRADICTED, "the worst first"
    assert claims_for(base, []) == claims_for(base, ["KC-9999"]) == ()


def test_claims_for_a_guide_section_or_a_side_effect(base: KnowledgeBase) -> None:
    for kind in ("sections", "effects"):
        named = Counter(each for claim in base.evidence.claims.values() for each in getattr(claim, kind))
        for identifier, count in named.items():
            assert len(claims_for(base, [identifier])) == count, identifier
    assert not base.guide.sections.keys() & base.side_effects.effects.keys(), "one id would stand for two things"


# --- differences


def test_every_record_and_rule_that_states_a_difference_is_shown(base: KnowledgeBase) -> None:
    found = differences(base)
    ids = [each.record.id for each in found]
    assert len(ids) == len(set(ids))
    said = {each.record.id: dict(each.said) for each in found}
    stated = [record for record in base.records.values() if record.label_versus_practice]
    assert stated
    for record in stated:
        assert said[record.id][Voice.LABEL_AND_PRACTICE] == record.label_versus_practice
    rules = [rule for rule in base.patient.rules.values() if rule.us_label or rule.eu_label]
    assert rules
    for rule in rules:
        assert said[rule.id].get(Voice.US_LABEL) == rule.us_label
        assert said[rule.id].get(Voice.EU_LABEL) == rule.eu_label


def test_what_checkers_say_is_a_field_of_the_record(base: KnowledgeBase) -> None:
    told = {
        each.record.id: dict(each.said)[Voice.CHECKERS] for each in differences(base) if Voice.CHECKERS in each.voices
    }
    stated = {each.id: each.checkers for each in (*base.records.values(), *base.pairs) if each.checkers}
    assert told == stated
    assert told["KC-0068"] == "A drug-interaction database rates the pair serious."


CHECKER = re.compile(
    r"\b(?:(?:an?|one)(?: drug-interaction| interaction)? database (?:rates|lists|names)"
    r"|consumer (?:pharmacy page|lists?)|interaction lists?|checkers?)\b",
    re.IGNORECASE,
)


def test_no_other_text_of_a_record_tells_what_a_checker_says(base: KnowledgeBase) -> None:
    """A word on how sure we may be of it is no such text."""
    known = {("KC-0077", "uncertainty")}
    found = {
        (record.id, field)
        for record in (*base.records.values(), *base.pairs)
        for field in ("evidence", "uncertainty", "mechanism", "label_versus_practice")
        if CHECKER.search(getattr(record, field, None) or "")
    }
    assert found == known, "move the sentence to 'checkers'"


def test_the_most_severe_come_first_and_pairs_last(base: KnowledgeBase) -> None:
    found = differences(base)
    kinds = [isinstance(each.record, PairRecord) for each in found]
    assert kinds == sorted(kinds)
    assert {True, False} == set(kinds)
    for is_pair in (False, True):
        ranks = [
            each.severity.rank for each in found if isinstance(each.record, PairRecord) is is_pair and each.severity
        ]
        assert ranks == sorted(ranks, reverse=True)
    assert found[0].severity is Severity.CONTRAINDICATED


@pytest.mark.parametrize(
    ("text", "found"), [("Prozac", "KC-0001"), ("theophylline", "KC-0106"), ("heart attack", "recent-mi-cv-event")]
)
def test_a_difference_is_found_by_brand_medicine_or_factor(text: str, found: str, base: KnowledgeBase) -> None:
    assert found in {each.record.id for each in differences_chosen(base, DifferenceChoice(text=text))}


def test_a_rule_goes_by_the_names_of_its_factors(base: KnowledgeBase) -> None:
    rules = [each for each in differences(base) if isinstance(each.record, FactorRule)]
    names = {factor.name for factor in base.patient.factors.values()}
    assert rules
    for each in rules:
        assert set(each.about.split("; ")) <= names


# --- hazards


def test_hazards_stand_once_the_worst_harm_first(base: KnowledgeBase) -> None:
    found = hazards_chosen(base, HazardChoice())
    assert sorted(each.id for each in found) == sorted(base.evidence.hazards)
    severities, likelihoods = list(SEVERITY_OF_HARM_NAMES), list(LIKELIHOOD_NAMES)
    ranks = [(severities.index(each.severity_of_harm), likelihoods.index(each.likelihood_left)) for each in found]
    assert ranks == sorted(ranks)
    assert ranks[0][0] == severities.index(SeverityOfHarm.CRITICAL)


def test_hazards_by_severity_owner_and_text(base: KnowledgeBase) -> None:
    choice = HazardChoice(severities=(SeverityOfHarm.SERIOUS,), owners=(Owner.PRIVACY, Owner.DEPLOYER))
    found = hazards_chosen(base, choice)
    assert found
    assert {each.severity_of_harm for each in found} == {SeverityOfHarm.SERIOUS}
    assert {each.owner for each in found} <= {Owner.PRIVACY, Owner.DEPLOYER}
    by_test = hazards_chosen(base, HazardChoice(text="test_a_brand_is_its_generic"))
    assert "KH-0004" in {each.id for each in by_test}
    assert "KH-0003" in {each.id for each in hazards_chosen(base, HazardChoice(text="SHORT guessed"))}


# --- words


@pytest.mark.parametrize(("things", "names"), NAMES)
def test_everything_has_a_name_of_its_own(things: type[StrEnum], names: dict[StrEnum, str]) -> None:
    assert set(names) == set(things)
    assert len(set(names.values())) == len(names)
    assert all(names.values())


def test_words_hold_no_digit_and_no_medicine(base: KnowledgeBase) -> None:
    words = [text for name, text in vars(claim_words).items() if name.isupper() and isinstance(text, str)]
    words += [text for _, names in NAMES for text in names.values()]
    assert len(words) > 50
    assert [text for text in words if re.search(r"\d", text)] == []
    medicines = {name for each in base.medicines.values() for name in (each.id, *each.brands)}
    named = re.compile(rf"\b(?:{'|'.join(map(re.escape, medicines))})\b", re.IGNORECASE)
    assert [text for text in words if named.search(text)] == []


def test_counts_are_told_in_the_order_of_the_names_without_zeros() -> None:
    found = [LikelihoodLeft.UNLIKELY, LikelihoodLeft.LIKELY, LikelihoodLeft.UNLIKELY]
    assert counts_in_words(found, LIKELIHOOD_NAMES) == "1 likely, 2 unlikely"
