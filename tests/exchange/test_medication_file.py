"""Files: told apart by what stands in them, and refused in one sentence when they cannot be read."""

import json
from collections.abc import Callable

import pytest

from components.clinical.entry import MedicationList
from components.clinical.knowledge_base import KnowledgeBase
from components.clinical.name_index import NameIndex
from components.exchange.list_limits import MOST_FILE_BYTES, UnusableList
from components.exchange.medication_file import read_medication_file
from tests.conftest import TODAY

ReadFile = Callable[[bytes], MedicationList]
FHIR = json.dumps({"resourceType": "MedicationStatement", "medicationCodeableConcept": {"text": "Zoloft – 50 mg"}})
CSV = "medication,dose\nZoloft –,50 mg\n"
TEXT = "Zoloft – 50 mg\n"


@pytest.fixture(scope="module")
def read_file(base: KnowledgeBase, index: NameIndex) -> ReadFile:
    return lambda content: read_medication_file(content, index, base, TODAY)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("text", [FHIR, CSV, TEXT])
def test_every_format_in_every_encoding(text: str, encoding: str, read_file: ReadFile) -> None:
    assert [entry.medicines for entry in read_file(text.encode(encoding)).entries] == [("sertraline",)]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "empty"),
        (b"PK\x03\x04\x14\x00", "zip or Office"),
        (b"%PDF-1.7\n", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "old Office"),
        (b"\x1f\x8b\x08", "packed"),
        (b"{\\rtf1\\ansi sertraline}", "RTF"),
        (b"\r\n%PDF-1.7\n", "PDF"),
        (b"\x89PNG\r\n\x1a\n\x00", "picture"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "picture"),
        (b"GIF89a", "picture"),
        (b"II*\x00\x08", "picture"),
        (b"sertraline\x00", "not a text file"),
        (b'<?xml version="1.0"?><Bundle xmlns="http://hl7.org/fhir"></Bundle>', "FHIR as XML"),
        (b"<!DOCTYPE html><p>sertraline</p>", "web page"),
        (b'{"resourceType": ' + b"[" * 200_000, "damaged"),
        (b"a" * 200_001, "too long"),
        (b" " * (MOST_FILE_BYTES + 1), "at most 20 MB"),
    ],
)
def test_refused_in_one_sentence(content: bytes, sentence: str, read_file: ReadFile) -> None:
    with pytest.raises(UnusableList, match=sentence) as raised:
        read_file(content)
    assert str(raised.value).endswith(".")
    assert "sertraline" not in str(raised.value)


def test_a_file_near_the_limit_is_read(read_file: ReadFile) -> None:
    padding = {"resourceType": "Observation", "note": "x" * 1000}
    content = json.dumps([json.loads(FHIR), *[padding] * 19_000]).encode()
    assert 0.9 * MOST_FILE_BYTES < len(content) <= MOST_FILE_BYTES
    listed = read_file(content)
    assert (len(listed.entries), listed.notes) == (1, ("left out: 19,000 Observation",))
