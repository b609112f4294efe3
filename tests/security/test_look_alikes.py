"""Letters that look like others: a medicine spelled with them is asked about, never taken for it in silence.

``expected``, one part an entry: ``sertraline`` is recognised as it; ``?sertraline`` is not recognised and it is
suggested first or second; ``?`` is not recognised.
"""

import csv
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from components.clinical.entry import Entry, MedicationList
from components.clinical.name_index import NameIndex
from components.clinical.terms import EntryStatus
from components.exchange.list_patterns import INVISIBLE

TABLE = Path(__file__).with_name("look_alikes.csv")
with TABLE.open(encoding="ascii", newline="") as _handle:
    ROWS = list(csv.DictReader(_handle))


def written(row: dict[str, str]) -> str:
    return row["written"].encode("ascii").decode("unicode_escape")


def as_expected(entry: Entry, expected: str) -> bool:
    if not expected.startswith("?"):
        return entry.recognition is EntryStatus.ASSESSED and entry.medicines == (expected,)
    asked = entry.recognition is EntryStatus.NOT_RECOGNISED and not entry.medicines
    return asked and (expected == "?" or expected[1:] in entry.suggestions[:2])


@pytest.mark.parametrize("row", ROWS, ids=[row["what"] for row in ROWS])
def test_asked_about_or_the_same_by_unicode_itself(row: dict[str, str], read: Callable[[str], MedicationList]) -> None:
    entries = read(written(row)).entries
    told = [(entry.recognition.value, entry.medicines, entry.suggestions) for entry in entries]
    expected = row["expected"].split("; ")
    assert len(entries) == len(expected), told
    assert all(map(as_expected, entries, expected)), told


@pytest.mark.parametrize("row", ROWS, ids=[row["what"] for row in ROWS])
def test_what_was_typed_is_shown_as_typed(row: dict[str, str], read: Callable[[str], MedicationList]) -> None:
    """Every sign that can be seen comes back, so that the reader can see what was understood as what."""
    seen = re.sub(r"\W", "", INVISIBLE.sub("", written(row)))
    shown = "".join(entry.entered for entry in read(written(row)).entries)
    assert set(seen.casefold()) <= set(shown.casefold())


def test_no_own_name_of_the_knowledge_base_passes_with_one_letter_replaced(index: NameIndex) -> None:
    """Each single replacement of a Latin letter by its Cyrillic double, in every name that we hold."""
    doubles = dict(zip("aceiopsxyj", "\u0430\u0441\u0435\u0456\u043e\u0440\u0455\u0445\u0443\u0458", strict=True))
    tried = [
        f"{name[:place]}{doubles[letter]}{name[place + 1 :]}"
        for name in index._own
        for place, letter in enumerate(name)
        if letter in doubles
    ]
    passed = [name for name in tried if index.own(name) or index.vocabulary(name)]
    assert len(tried) > 5_000
    assert not passed
