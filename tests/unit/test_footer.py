"""The footer says which knowledge base this is, and when it was signed or that it is not."""

from dataclasses import replace
from datetime import date

from components.clinical.knowledge_base import KnowledgeBase
from components.clinical.terms import RecordStatus
from components.screen.frame import which_knowledge


def test_a_draft_is_said_to_be_not_signed(base: KnowledgeBase) -> None:
    draft = replace(base.knowledge, status=RecordStatus.DRAFT, signed_on=None)
    assert ", draft, not signed." in which_knowledge(draft, date(2026, 11, 22))


def test_a_signed_knowledge_base_tells_the_day(base: KnowledgeBase) -> None:
    signed = replace(base.knowledge, status=RecordStatus.SIGNED, signed_on=date(2027, 3, 1))
    told = which_knowledge(signed, date(2026, 11, 22))
    assert "signed 01 March 2027." in told
    assert "not signed" not in told


def test_the_day_stands_on_paper(base: KnowledgeBase) -> None:
    assert which_knowledge(base.knowledge, date(2026, 11, 22)).endswith("Seen on 22 November 2026.")
