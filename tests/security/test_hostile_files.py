"""Each hostile file: one plain sentence that repeats nothing of it, or everything in it as entries and notes."""

import json
from datetime import date

import pytest

from components.clinical.interaction_check import check
from components.clinical.knowledge_base import KnowledgeBase
from components.clinical.line_words import normalise
from components.clinical.name_index import NameIndex
from components.clinical.terms import Treatment
from components.exchange.consultation_file import UnusableConsultation, open_consultation
from components.exchange.list_limits import MOST_ENTRIES, UnusableList
from components.exchange.medication_file import read_medication_file
from components.exchange.report_csv import report_as_csv
from components.exchange.report_json import report_as_json
from components.exchange.report_text import report_as_text
from tests.conftest import TODAY
from tests.security.hostile_files import FILES, PLANTED, Hostile

REFUSED = [each for each in FILES if each.refused]
READ = [each for each in FILES if not each.refused]


def is_one_sentence(said: str) -> bool:
    return said.endswith(".") and "\n" not in said and ". " not in said and len(said) < 200


@pytest.mark.parametrize("file", REFUSED, ids=[each.what for each in REFUSED])
def test_refused_in_one_sentence(file: Hostile, base: KnowledgeBase, index: NameIndex) -> None:
    with pytest.raises(UnusableList) as raised:
        read_medication_file(file.content, index, base, TODAY)
    said = str(raised.value)
    assert file.refused is not None
    assert file.refused in said
    assert is_one_sentence(said)
    assert PLANTED.casefold() not in said.casefold()


@pytest.mark.parametrize("file", READ, ids=[each.what for each in READ])
def test_read_to_the_end_and_written_everywhere(file: Hostile, base: KnowledgeBase, index: NameIndex) -> None:
    listed = read_medication_file(file.content, index, base, TODAY)
    assert set(file.medicines) <= {name for entry in listed.entries for name in entry.medicines}
    assert len(listed.entries) <= MOST_ENTRIES
    report = check(listed, Treatment.KETAMINE_IV, base)
    json.loads(report_as_json(report, date(2026, 11, 21)))
    told = report_as_text(report, date(2026, 11, 21))
    flat = normalise("".join(told.split()))
    assert all(normalise("".join(name.split())) in flat for name in file.medicines)
    assert report_as_csv(report, date(2026, 11, 21)).decode("utf-8-sig")


CONSULTATIONS = {
    **{each.what: each.content for each in FILES},
    "right kind, wrong rest": b'{"kind":"ketamine-consult-consultation","version":1,"listed":"Quetzalcoatl"}',
    "version of tomorrow": b'{"kind":"ketamine-consult-consultation","version":2}',
    "unknown field": b'{"kind":"ketamine-consult-consultation","version":1,"knowledge":"a","Quetzalcoatl":1}',
    "nested without end": b'{"kind":"ketamine-consult-consultation","version":1,"listed":' + b"[" * 100_000,
    "number of 5,000 digits": b'{"kind":"ketamine-consult-consultation","version":' + b"1" * 5_000 + b"}",
}


@pytest.mark.parametrize("content", CONSULTATIONS.values(), ids=CONSULTATIONS)
def test_no_such_file_opens_as_a_consultation(content: bytes, base: KnowledgeBase, index: NameIndex) -> None:
    with pytest.raises(UnusableConsultation) as raised:
        open_consultation(content, index, base, TODAY)
    assert is_one_sentence(str(raised.value))
    assert PLANTED.casefold() not in str(raised.value).casefold()
