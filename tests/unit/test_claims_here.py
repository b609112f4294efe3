"""Which claims a card, a section, a side effect or a view leads to, in both voices."""

import pytest

from components.clinical.claim_choice import claims_for
from components.clinical.claims import id_of_view
from components.clinical.claims_here import MOST_NAMED, claims_here, heard_here
from components.clinical.knowledge_base import KnowledgeBase
from components.clinical.onset_terms import OnsetView


def test_the_worst_are_named_and_the_others_counted(base: KnowledgeBase) -> None:
    found = claims_for(base, ["what_may_happen"])
    here = claims_here(base, ["what_may_happen"])
    assert here.named == found[:MOST_NAMED]
    assert here.more == len(found) - MOST_NAMED > 0
    assert claims_here(base, ["KP-0014"]).more == 0
    assert claims_here(base, ["tremor"]).named == ()


def test_a_view_of_the_timeline_is_no_section_of_the_same_name(base: KnowledgeBase) -> None:
    by_view = {each.id for each in claims_for(base, [id_of_view(OnsetView.HOW_SOON)])}
    by_section = {each.id for each in claims_for(base, ["how_soon"])}
    assert "CL-0094" in by_view - by_section
    assert "CL-0061" in by_section - by_view


@pytest.mark.parametrize("view", OnsetView)
def test_every_view_of_the_timeline_is_spoken_of(view: OnsetView, base: KnowledgeBase) -> None:
    assert claims_for(base, [id_of_view(view)])


def test_every_fit_card_is_spoken_of(base: KnowledgeBase) -> None:
    assert [name for name in base.patient.fit if not claims_for(base, [name])] == []


def test_a_patient_reads_the_words_of_the_guide_each_once(base: KnowledgeBase) -> None:
    """Two claims that the guide tells in one sentence are one line; claims that it does not tell are counted only."""
    here = heard_here(base, ["nausea", "sedation_somnolence", "vertigo"])
    rows = [heard.id for _, heard in here.named]
    assert len(rows) == len(set(rows)) == MOST_NAMED
    for claim, heard in here.named:
        assert claim.origin in heard.claims
    found = claims_for(base, ["nausea", "sedation_somnolence", "vertigo"])
    said = {origin for _, heard in here.named for origin in heard.claims}
    assert here.more == sum(claim.origin not in said for claim in found)
    in_the_brain = heard_here(base, [id_of_view(OnsetView.IN_THE_BRAIN)])
    assert in_the_brain.named == ()
    assert in_the_brain.more > 0
