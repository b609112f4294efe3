"""The claims of the three articles, tested for the curator: a message names the claim and what is wrong with it."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

import pytest
from pydantic import ValidationError

from components.clinical.claim_words import ARTICLE_NAMES
from components.clinical.claims import Article, Claim, ClaimTopic, Harm
from components.clinical.data_files import DataFault, read_models
from components.clinical.knowledge_base import DATA_FOLDER, KnowledgeBase
from components.clinical.terms import ClaimVerdict, RecordStatus
from tests.data.reading_level import too_hard
from tests.data.test_data import COMPILER_TALK
from tests.data.test_guide_data import JARGON, holds

VERDICTS = {
    ClaimVerdict.SUPPORTED: """
        a-01 a-09 a-14 a-17 a-21 a-23 a-27 a-28 a-33 b-06 b-07 b-10 b-12 b-15 b-23 b-28 b-31
        b-36 c-05 c-09 c-14 c-15 c-16 c-17 c-20 c-22 c-25 c-27 c-31
        """,
    ClaimVerdict.PARTLY_SUPPORTED: """
        a-02 a-07 a-10 a-11 a-19 a-26 a-29 a-31 a-32 b-03 b-08 b-09 b-14 b-16 b-18 b-25 b-29
        b-32 b-33 b-35 b-37 b-38 c-04 c-07 c-08 c-12 c-13 c-28 c-29
        """,
    ClaimVerdict.OVERSIMPLIFIED: """
        a-03 a-04 a-13 a-15 a-20 a-22 a-25 a-30 b-02 b-05 b-17 b-20 b-26 b-34 c-01 c-02 c-03
        c-11 c-21 c-23 c-26
        """,
    ClaimVerdict.CONTRADICTED: "a-05 b-11 b-13 b-19 b-21 b-22 b-24 b-27 c-06 c-19 c-30",
    ClaimVerdict.UNSUPPORTED: "a-06 a-12 a-16 a-18 a-24 b-01 b-30 c-10 c-18",
    ClaimVerdict.OPINION: "a-08 b-04 c-24",
}
"""The verdict of the audit on every claim of the three articles."""
IN_ARTICLE = {
    Article.LIVE_FOREVER_HEALTH: ("a", 33),
    Article.RESET_RESTORE_MD: ("b", 38),
    Article.THIRD_CLINIC: ("c", 31),
}
"""The article's letter in ``origin`` and how many claims were found in it."""
IN_TOPIC = {
    ClaimTopic.EFFICACY: 18,
    ClaimTopic.ONSET: 7,
    ClaimTopic.MECHANISM: 10,
    ClaimTopic.INTERACTION: 14,
    ClaimTopic.SAFETY: 11,
    ClaimTopic.SIDE_EFFECT: 21,
    ClaimTopic.PRACTICE: 21,
}
WITH_HARM = {Harm.LOW: 55, Harm.MEDIUM: 29, Harm.HIGH: 18}
ARTICLES = frozenset(("seed-liveforever", "seed-reset-restore", "seed-third-clinic"))
"""The articles themselves as sources: what they say, not that it is true."""
FAILED = (ClaimVerdict.CONTRADICTED, ClaimVerdict.UNSUPPORTED)
WORST_FIRST = (*FAILED, ClaimVerdict.OVERSIMPLIFIED, ClaimVerdict.PARTLY_SUPPORTED, ClaimVerdict.SUPPORTED)
TO_A_PROGRAMMER = re.compile(
    r"(?:Keep|Drop|Leave out|Say|Show|Mark|List|Give|Use|Describe|Quote|Split|Avoid|Separate|State|Present|Replace"
    r"|Draw|Name|Flag|Limit|Allow|Do not (?:cite|claim|display|suggest))\b"
)
"""How a note to whoever builds the page begins; a clinician needs the fact itself."""
FEWEST_WORDS = 8
SAYS_SAFE = re.compile(
    r"(?<!if it )\b(?:is|are) (?:quite |very )?safe\b|\bno risks?\b|harmless|guarantee", re.IGNORECASE
)
"""But for 'no one knows if it is safe'."""


@pytest.fixture(scope="module")
def claims() -> list[Claim]:
    faults: list[DataFault] = []
    rows = read_models(DATA_FOLDER, "claims.yaml", Claim, faults)
    assert not faults, "\n".join(map(str, faults))
    return [row.record for row in rows]


@pytest.fixture(scope="module")
def by_origin(claims: list[Claim]) -> dict[str, Claim]:
    return {claim.origin: claim for claim in claims}


def texts(claim: Claim) -> Iterator[tuple[str, str]]:
    """(field, text) of everything in a claim that is read."""
    yield from (("claim", claim.claim), ("evidence", claim.evidence), ("say", claim.say))
    yield "patient", claim.patient["en"]


# --- all of them, once


@pytest.mark.parametrize("verdict", ClaimVerdict)
def test_every_claim_has_the_verdict_of_the_audit(verdict: ClaimVerdict, claims: list[Claim]) -> None:
    audited = [f"seed-{origin}" for origin in VERDICTS[verdict].split()]
    assert sorted(claim.origin for claim in claims if claim.verdict is verdict) == sorted(audited)


@pytest.mark.parametrize("article", Article)
def test_every_article_has_all_its_claims_in_order(article: Article, claims: list[Claim]) -> None:
    letter, count = IN_ARTICLE[article]
    found = [claim.origin for claim in claims if claim.article is article]
    assert found == [f"seed-{letter}-{number:02d}" for number in range(1, count + 1)]
    assert ARTICLE_NAMES[article]


def test_topics_and_harm_are_those_of_the_audit(claims: list[Claim]) -> None:
    assert Counter(claim.topic for claim in claims) == IN_TOPIC
    assert Counter(claim.harm for claim in claims) == WITH_HARM


def test_ids_stand_in_order(claims: list[Claim]) -> None:
    ids = [claim.id for claim in claims]
    assert [f"{after} stands after {before}" for before, after in pairwise(ids) if before >= after] == []


# --- references


def test_every_reference_exists(claims: list[Claim], base: KnowledgeBase) -> None:
    known = {
        "sources": base.sources.keys(),
        "records": base.records.keys() | {pair.id for pair in base.pairs},
        "sections": base.guide.sections.keys(),
        "questions": base.guide.questions.keys(),
        "effects": base.side_effects.effects.keys(),
    }
    found = []
    for claim in claims:
        for field, ids in known.items():
            named: tuple[str, ...] = getattr(claim, field)
            found += [f"{claim.id}: {field}: '{name}' does not exist" for name in named if name not in ids]
            found += [
                f"{claim.id}: {field}: '{name}' stands twice" for name, count in Counter(named).items() if count > 1
            ]
    assert not found, "\n".join(found)


def test_every_claim_leads_somewhere(claims: list[Claim]) -> None:
    """To a finding, a section of the guide or a side effect."""
    assert [claim.id for claim in claims if not (claim.records or claim.sections or claim.effects)] == []


def test_claims_on_an_interaction_lead_to_a_finding(claims: list[Claim]) -> None:
    no_finding = [claim.origin for claim in claims if claim.topic is ClaimTopic.INTERACTION and not claim.records]
    assert no_finding == []


def test_the_guide_says_of_a_claim_what_the_audit_says(by_origin: dict[str, Claim], base: KnowledgeBase) -> None:
    found = []
    for row in base.guide.heard:
        unknown = [origin for origin in row.claims if origin not in by_origin]
        found += [f"guide_heard.yaml: {row.id}: {origin} is not in claims.yaml" for origin in unknown]
        verdicts = {by_origin[origin].verdict for origin in row.claims if origin not in unknown}
        worst = next((each for each in WORST_FIRST if each in verdicts), None)
        if worst and worst.value != row.verdict.value:
            found.append(f"guide_heard.yaml: {row.id} says {row.verdict}, claims.yaml {worst}")
    assert not found, "\n".join(found)


# --- what a claim rests on


def test_what_failed_rests_on_more_than_the_article(claims: list[Claim]) -> None:
    failed = [claim for claim in claims if claim.verdict in FAILED]
    assert [claim.id for claim in failed if not set(claim.sources) - ARTICLES] == []


def test_each_article_is_a_source_of_some_claim(claims: list[Claim]) -> None:
    """Cited only for what it says or leaves out, never by a claim of another article."""
    cited = {(claim.article, source) for claim in claims for source in claim.sources if source in ARTICLES}
    assert cited == {
        (Article.LIVE_FOREVER_HEALTH, "seed-liveforever"),
        (Article.RESET_RESTORE_MD, "seed-reset-restore"),
        (Article.THIRD_CLINIC, "seed-third-clinic"),
    }


def test_nothing_rests_on_memory(claims: list[Claim], base: KnowledgeBase) -> None:
    found = [
        f"{claim.id}: {source}"
        for claim in claims
        for source in claim.sources
        if source in base.sources and base.sources[source].read == "recalled"
    ]
    assert found == []


def test_all_are_drafts_that_nobody_signed(claims: list[Claim]) -> None:
    """Take this test out on the day on which a pharmacist or physician signs the first claim."""
    signed = [claim.id for claim in claims if claim.status is not RecordStatus.DRAFT or claim.signed_by]
    assert signed == []
    assert [claim.id for claim in claims if claim.next_review <= claim.compiled_on] == []


# --- texts


def test_every_text_ends_with_a_full_stop(claims: list[Claim]) -> None:
    found = [f"{claim.id}: {field}" for claim in claims for field, text in texts(claim) if not text.endswith(".")]
    assert found == []


def test_a_claim_is_one_sentence(claims: list[Claim]) -> None:
    assert [claim.id for claim in claims if re.search(r"[.!?]\s", claim.claim)] == []


def test_no_text_stands_twice(claims: list[Claim]) -> None:
    counted = Counter((field, text.casefold()) for claim in claims for field, text in texts(claim))
    assert [f"{field}: '{text}'" for (field, text), count in counted.items() if count > 1] == []


def test_what_we_say_is_a_statement_and_no_note_to_a_programmer(claims: list[Claim]) -> None:
    found = [
        f"{claim.id}: '{claim.say}'"
        for claim in claims
        if TO_A_PROGRAMMER.match(claim.say) or len(claim.say.split()) < FEWEST_WORDS
    ]
    assert not found, "\n".join(found)


def test_no_text_talks_like_the_compiler(claims: list[Claim]) -> None:
    found = [
        f"{claim.id}: {field}: '{text}'"
        for claim in claims
        for field, text in texts(claim)
        if COMPILER_TALK.search(text)
    ]
    assert not found, "\n".join(found)


def test_every_patient_text_is_easy_to_read(claims: list[Claim]) -> None:
    found = [line for claim in claims for line in too_hard(f"claims.yaml: {claim.id}", claim.patient["en"])]
    assert not found, "\n".join(found)


def test_no_patient_text_has_jargon_that_the_glossary_lacks(claims: list[Claim], base: KnowledgeBase) -> None:
    explained = {form.casefold() for term in base.guide.glossary for form in (term.term["en"], *term.also)}
    words = [word for word in JARGON if word.casefold() not in explained]
    found = [f"{claim.id}: '{word}'" for claim in claims for word in words if holds(claim.patient["en"], word)]
    assert not found, "\n".join(found)


def test_we_never_call_a_treatment_safe(claims: list[Claim]) -> None:
    ours = [(claim, text) for claim in claims for text in (claim.say, claim.patient["en"])]
    assert [f"{claim.id}: '{text}'" for claim, text in ours if SAYS_SAFE.search(text)] == []


@pytest.mark.parametrize(
    "field",
    ["origin", "article", "claim", "topic", "verdict", "harm", "evidence", "say", "patient", "sources", "status"],
)
def test_a_claim_without_a_field_is_refused(field: str, claims: list[Claim]) -> None:
    row = claims[0].model_dump(exclude={field})
    with pytest.raises(ValidationError, match=field):
        Claim.model_validate(row)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("id", "KC-0001"),
        ("origin", "somebody said"),
        ("article", "a_fourth_clinic"),
        ("topic", "price"),
        ("verdict", "true"),
        ("harm", "none"),
        ("patient", {}),
        ("records", ("CL-0001",)),
        ("sources", ()),
        ("colour", "red"),
    ],
)
def test_a_claim_with_a_wrong_field_is_refused(field: str, value: object, claims: list[Claim]) -> None:
    with pytest.raises(ValidationError, match=field):
        Claim.model_validate({**claims[0].model_dump(), field: value})
