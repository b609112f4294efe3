"""Shared by all tests: the real knowledge base, read once, and one short way from text to report."""

from collections.abc import Callable
from datetime import date

import pytest

from components.clinical.entry import MedicationList
from components.clinical.interaction_check import check
from components.clinical.knowledge_base import KnowledgeBase, load_knowledge_base
from components.clinical.name_index import NameIndex
from components.clinical.report import CheckReport
from components.clinical.terms import Treatment
from components.exchange.medication_list import read_medication_list

TODAY = date(2026, 11, 21)


@pytest.fixture(scope="session")
def base() -> KnowledgeBase:
    return load_knowledge_base()


@pytest.fixture(scope="session")
def index(base: KnowledgeBase) -> NameIndex:
    return NameIndex(base)


@pytest.fixture(scope="session")
def read(base: KnowledgeBase, index: NameIndex) -> Callable[[str], MedicationList]:
    """Text -> medication list, with a fixed today."""

    def run(text: str) -> MedicationList:
        return read_medication_list(text, index, base, TODAY)

    return run


@pytest.fixture(scope="session")
def checked(base: KnowledgeBase, read: Callable[[str], MedicationList]) -> Callable[..., CheckReport]:
    """Text and treatment -> report."""

    def run(text: str, treatment: Treatment | str | None = Treatment.KETAMINE_IV) -> CheckReport:
        return check(read(text), Treatment(treatment) if treatment else None, base)

    return run
