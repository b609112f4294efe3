"""Which SSRIs the pages highlight: those that are taken or planned, each once."""

from collections.abc import Callable

import pytest

from components.clinical.entry import MedicationList
from components.clinical.knowledge_base import KnowledgeBase
from components.clinical.own_ssris import ssris_taken


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Zoloft 50 mg\nsertraline 25 mg\nlorazepam", ("sertraline",)),
        ("will start escitalopram next week\nProzac", ("escitalopram", "fluoxetine")),
        ("stopped paroxetine last month\nvenlafaxine", ()),
        ("Symbyax 6-25 mg", ("fluoxetine",)),
        ("xyzolam\nabatacept", ()),
    ],
)
def test_ssris_of_a_list(
    text: str, found: tuple[str, ...], read: Callable[[str], MedicationList], base: KnowledgeBase
) -> None:
    assert ssris_taken(read(text).entries, base) == found
