"""Who might benefit, who should not: the cards, tested for the curator. A message names the card and what is wrong."""

import re
from collections.abc import Iterator

import pytest
from pydantic import ValidationError

from components.clinical.fit import FitCard, FitSection
from components.clinical.knowledge_base import KnowledgeBase
from components.clinical.terms import RecordStatus
from tests.data.reading_level import too_hard

GUIDANCE = frozenset(("guideline", "consensus", "label"))
"""Kinds of source that tell what to do, apart from studies."""
CARDS_IN = {
    FitSection.SUICIDAL_NOW: 1,
    FitSection.SITUATIONS: 6,
    FitSection.RESISTANT: 2,
    FitSection.ANXIETY: 1,
    FitSection.NOT_FOR: 1,
    FitSection.AFTER_SSRI: 3,
}
SITUATIONS = ("One or more SSRIs", "side effects", "Faster", "resistant", "suicidal", "mechanism")
A_SCORE = re.compile(
    r"\b(?:scores? (?:of )?\d|points? (?:for|towards)|out of 10\b|rating|rank(?:ed|ing)?|best option)", re.I
)
REASSURES = re.compile(r"\b(?:is|are) safe\b|no risk|harmless|guarantee", re.IGNORECASE)
FIRST_WORDS = frozenset(
    """
    Add Agree Ask Call Change Check Compare Consider Continue Decide Go Have If Keep List Look Lower Mention Offer Plan
    Record Say Set Start Taper Tell Treat Wait Weigh Write Do
    """.split()
)


@pytest.fixture(scope="module")
def cards(base: KnowledgeBase) -> list[FitCard]:
    return list(base.patient.fit.values())


def texts(card: FitCard) -> Iterator[str]:
    """Every text of a card that a clinician reads."""
    yield from (card.title, card.answer, card.heard or "", card.uncertainty or "", *card.options)
    yield from (f"{point.label}: {point.text}" for point in card.points)


def said_in(card: FitCard) -> str:
    return "\n".join(texts(card))


def test_every_section_has_its_cards_in_reading_order(cards: list[FitCard]) -> None:
    assert {section: sum(card.section is section for card in cards) for section in FitSection} == CARDS_IN
    assert [card.section for card in cards] == [section for section in FitSection for _ in range(CARDS_IN[section])]


def test_the_six_situations_of_the_articles_are_answered(cards: list[FitCard]) -> None:
    titles = [card.title for card in cards if card.section is FitSection.SITUATIONS]
    assert [[word for word in SITUATIONS if word in title] for title in titles] == [[word] for word in SITUATIONS]
    assert all(card.heard for card in cards if card.section is FitSection.SITUATIONS)


def test_every_card_sets_the_situation_against_guidance(cards: list[FitCard], base: KnowledgeBase) -> None:
    kinds = {card.id: {base.sources[each].kind for point in card.points for each in point.sources} for card in cards}
    assert not [card for card, found in kinds.items() if not found & GUIDANCE]


def test_each_situation_after_ssris_names_who_decides_or_how_it_goes_on(cards: list[FitCard]) -> None:
    after = [card for card in cards if card.section is FitSection.AFTER_SSRI]
    assert [re.search(r"same dose|less|without", card.title)[0] for card in after] == ["same dose", "less", "without"]  # type: ignore[index]
    for card in after[1:]:
        assert "Who decides" in [point.label for point in card.points], card.id
        assert re.search(r"step|taper", said_in(card), re.IGNORECASE), card.id
        assert re.search(r"on your own|all at once", card.patient["en"]), card.id


def test_no_card_scores_or_reassures(cards: list[FitCard]) -> None:
    for card in cards:
        assert not A_SCORE.search(said_in(card)), card.id
        assert not REASSURES.search(said_in(card)), card.id


@pytest.mark.parametrize(
    ("section", "said"),
    [
        (FitSection.SUICIDAL_NOW, "safety and admission first"),
        (FitSection.SUICIDAL_NOW, "Not shown to prevent suicide"),
        (FitSection.SUICIDAL_NOW, "does not replace hospital care"),
        (FitSection.SUICIDAL_NOW, "crisis plan"),
        (FitSection.RESISTANT, "at least two antidepressants"),
        (FitSection.RESISTANT, "NICE TA854"),
        (FitSection.RESISTANT, "SMC (Scotland)"),
        (FitSection.RESISTANT, "CANMAT"),
        (FitSection.RESISTANT, "VA/DoD"),
        (FitSection.RESISTANT, "APA 2017"),
        (FitSection.ANXIETY, "no controlled trial of ketamine in an anxiety disorder"),
        (FitSection.ANXIETY, "not held is not the same as not done"),
        (FitSection.AFTER_SSRI, "Never stop suddenly"),
    ],
)
def test_what_must_be_said_is_said(cards: list[FitCard], section: FitSection, said: str) -> None:
    assert said in "\n".join(said_in(card) for card in cards if card.section is section)


def test_options_begin_with_a_verb(cards: list[FitCard]) -> None:
    found = [
        f"{card.id}: {option}" for card in cards for option in card.options if option.split()[0] not in FIRST_WORDS
    ]
    assert not found, "\n".join(found)


def test_options_state_no_figure(cards: list[FitCard]) -> None:
    """They are our judgement and name no source: a figure belongs into a point."""
    assert not [f"{card.id}: {option}" for card in cards for option in card.options if re.search(r"\d", option)]


def test_sources_exist_and_figures_do_not_rest_on_memory(cards: list[FitCard], base: KnowledgeBase) -> None:
    for card in cards:
        for point in card.points:
            read = {base.sources[each].read for each in point.sources}
            assert "recalled" not in read, f"{card.id}: {point.label}"


def test_a_source_that_no_point_uses_is_a_fault(cards: list[FitCard]) -> None:
    row = cards[0].model_dump()
    with pytest.raises(ValidationError, match="those of its points together; not so for popova-2019"):
        FitCard.model_validate({**row, "sources": (*row["sources"], "popova-2019")})


def test_patients_can_read_every_card(cards: list[FitCard]) -> None:
    found = [line for card in cards for line in too_hard(f"treatment_fit.yaml: {card.id}", card.patient["en"])]
    assert not found, "\n".join(found)


def test_cards_are_draft_and_reviewed_after_they_were_compiled(cards: list[FitCard]) -> None:
    assert {(card.status, card.signed_by) for card in cards} == {(RecordStatus.DRAFT, None)}
    assert all(card.next_review > card.compiled_on for card in cards)
