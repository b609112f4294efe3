"""What is written back into a list as stopped is read as stopped."""

from collections.abc import Callable

import pytest

from components.clinical.entry import MedicationList
from components.clinical.terms import Use
from components.exchange.list_patterns import STOPPED_BEFORE


@pytest.mark.parametrize("entered", ["fluoxetine 20 mg", "Zoloft 100 mg PO daily", "phenelzine", "xyzolam"])
def test_a_stopped_line_is_read_back_as_stopped(read: Callable[[str], MedicationList], entered: str) -> None:
    (entry,) = read(f"{STOPPED_BEFORE}{entered}").entries
    (plain,) = read(entered).entries
    assert entry.details.use is Use.STOPPED
    assert (entry.medicines, entry.recognition) == (plain.medicines, plain.recognition)
