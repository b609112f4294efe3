"""A pasted or piped list -> entries and notes: text, a table or FHIR, told apart by what stands in it.

Nothing is lost: what is not an entry leaves a note.
"""

import json
import re
from dataclasses import replace
from datetime import date

from components.clinical.entry import MedicationList
from components.clinical.interface_words import say
from components.clinical.knowledge_base import KnowledgeBase
from components.clinical.name_index import NameIndex
from components.exchange.fhir_list import read_fhir_list
from components.exchange.list_limits import (
    MOST_CHARACTERS,
    MOST_ENTRIES,
    MOST_FILE_BYTES,
    MOST_FILE_MEGABYTES,
    ColumnUnsure,
    UnusableList,
)
from components.exchange.list_patterns import INVISIBLE
from components.exchange.listed_items import NameReader
from components.exchange.sparing_index import SparingIndex
from components.exchange.table_list import find_table, read_table_list
from components.exchange.text_list import read_text_list

__all__ = [
    "MOST_CHARACTERS",
    "MOST_ENTRIES",
    "MOST_FILE_BYTES",
    "ColumnUnsure",
    "UnusableList",
    "decode",
    "read_medication_list",
]

SAVED_CONSULTATION = "ketamine-consult-consultation"
"""Value of "kind" in a consultation that this app saved."""
_NOT_TEXT = say("medication_list.not_a_text_file")
_REPEATED = say("medication_list.json_file_gives_field")
_DAMAGED = say("medication_list.json_file_damaged_cut")


def decode(content: bytes) -> str:
    """Text of an uploaded or piped list. Raises UnusableList for anything that is not text or over 20 MB."""
    if len(content) > MOST_FILE_BYTES:
        raise UnusableList(say("medication_list.list_too_long_file", megabytes=MOST_FILE_MEGABYTES))
    for encoding in ("utf-16",) if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text and not re.search(r"[\x01-\x08\x0e-\x1a]", text):
            return text
        break
    raise UnusableList(_NOT_TEXT)


def read_medication_list(
    text: str,
    index: NameIndex,
    knowledge_base: KnowledgeBase,
    today: date | None = None,
    column: int | None = None,
) -> MedicationList:
    """Read a list of medicines: text, a table with a header, or FHIR JSON.

    Raises UnusableList when there is nothing to read or too much of it, ColumnUnsure when the user must choose the
    ``column`` (its place, from 0) that holds the medicines. ``today`` dates
    'stopped March 2025'; the current date if left out.
    """
    text = INVISIBLE.sub("", text)
    if not text.strip():
        raise UnusableList(say("medication_list.list_empty_give_least"))
    if "\x00" in text:
        raise UnusableList(_NOT_TEXT)
    _refuse_markup(text.lstrip())
    sparing = SparingIndex(index)
    names = NameReader(sparing, knowledge_base, today or date.today())
    if resources := _read_json(text.strip()):
        listed = read_fhir_list(resources, names)
    elif table := find_table(text, names):
        listed = read_table_list(table, names, column)
    else:
        listed = read_text_list(text, sparing, knowledge_base, names.today)
    return replace(listed, notes=(*listed.notes, *sparing.notes)) if sparing.notes else listed


def _refuse_markup(text: str) -> None:
    start = text[:4000].casefold()
    if start.startswith("<") and "http://hl7.org/fhir" in start:
        raise UnusableList(say("medication_list.fhir_xml_which_cannot"))
    if start.startswith(("<?xml", "<!doctype", "<html")):
        raise UnusableList(say("medication_list.xml_or_web_page_cannot_be_read"))
    if start.startswith("{\\rtf"):
        raise UnusableList(say("medication_list.word_file_cannot_be_read"))


def _read_json(text: str) -> list[object]:
    """The JSON values of a FHIR file, of one document or one a line; empty for a text that is no JSON."""
    if text[0] not in "{[" or (text[0] == "[" and text[1:].lstrip()[:1] not in ("{", '"')):
        return []
    values = _parse(text)
    if not values:
        if '"resourceType"' not in text:
            return []
        raise UnusableList(_DAMAGED)
    if isinstance(values[0], dict) and values[0].get("kind") == SAVED_CONSULTATION:
        raise UnusableList(say("medication_list.saved_consultation_open_open"))
    return values


def _parse(text: str) -> list[object]:
    """One JSON value or one a line, else nothing. Raises UnusableList for what no reader should unfold."""
    for parts in ([text], [line for line in text.split("\n") if line.strip()]):
        try:
            return [json.loads(part, object_pairs_hook=_without_repeats) for part in parts]
        except RecursionError:
            raise UnusableList(_DAMAGED) from None
        except UnusableList:
            raise
        except ValueError:
            continue
    return []


def _without_repeats(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """A JSON object. Raises UnusableList where a field is given twice: all but the last value would vanish."""
    read = dict(pairs)
    if len(read) < len(pairs) and any(read[key] != value for key, value in pairs):
        raise UnusableList(_REPEATED)
    return read
