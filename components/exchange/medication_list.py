"""A pasted or piped list -> entries and notes: text, a table or FHIR, told apart by what stands in it.

Nothing is lost: what is not an entry leaves a note.
"""

import json
import re
from datetime import date

from components.clinical.entry import MedicationList
from components.clinical.knowledge_base import KnowledgeBase
from components.clinical.name_index import NameIndex
from components.exchange.fhir_list import read_fhir_list
from components.exchange.list_limits import MOST_CHARACTERS, MOST_ENTRIES, MOST_FILE_BYTES, ColumnUnsure, UnusableList
from components.exchange.list_patterns import INVISIBLE
from components.exchange.listed_items import NameReader
from components.exchange.table_list import find_table, read_table_list
from components.exchange.text_list import read_text_list, split_line

__all__ = [
    "MOST_CHARACTERS",
    "MOST_ENTRIES",
    "MOST_FILE_BYTES",
    "ColumnUnsure",
    "UnusableList",
    "decode",
    "read_medication_list",
    "split_line",
]

SAVED_CONSULTATION = "ketamine-consult-consultation"
"""Value of "kind" in a consultation that this app saved."""
_NOT_TEXT = "This is not a text file: give a medication list as plain text, one medicine a line."
_DAMAGED = "This JSON file is damaged or cut off: export it again, or paste the medicines as text, one a line."


def decode(content: bytes) -> str:
    """Text of an uploaded or piped list. Raises UnusableList for anything that is not text or over 20 MB."""
    if len(content) > MOST_FILE_BYTES:
        raise UnusableList("The list is too long: a file of at most 20 MB can be read.")
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
    column: str | None = None,
) -> MedicationList:
    """Read a list of medicines: text, a table with a header, or FHIR JSON.

    Raises UnusableList when there is nothing to read or too much of it, ColumnUnsure when the user must name the
    ``column`` that holds the medicines. ``today`` dates 'stopped March 2025'; the current date if left out.
    """
    text = INVISIBLE.sub("", text)
    if not text.strip():
        raise UnusableList("The list is empty: give at least one medicine, one a line.")
    if "\x00" in text:
        raise UnusableList(_NOT_TEXT)
    _refuse_markup(text.lstrip())
    names = NameReader(index, knowledge_base, today or date.today())
    if resources := _read_json(text.strip()):
        return read_fhir_list(resources, names)
    if table := find_table(text, names):
        return read_table_list(table, names, column)
    return read_text_list(text, index, knowledge_base, names.today)


def _refuse_markup(text: str) -> None:
    start = text[:4000].casefold()
    if start.startswith("<") and "http://hl7.org/fhir" in start:
        raise UnusableList("This is FHIR as XML, which cannot be read: export the list as FHIR JSON.")
    if start.startswith(("<?xml", "<!doctype", "<html")):
        raise UnusableList("This is an XML or web page, which cannot be read: paste the medicines as text, one a line.")
    if start.startswith("{\\rtf"):
        raise UnusableList("This is a Word (RTF) file, which cannot be read: save it as plain text.")


def _read_json(text: str) -> list[object]:
    """The JSON values of a FHIR file, of one document or one a line; empty for a text that is no JSON."""
    if text[0] not in "{[" or (text[0] == "[" and text[1:].lstrip()[:1] not in ("{", '"')):
        return []
    try:
        values = [_parse(text)]
    except ValueError:
        try:
            values = [_parse(line) for line in text.splitlines() if line.strip()]
        except ValueError:
            if '"resourceType"' not in text:
                return []
            raise UnusableList(_DAMAGED) from None
    if isinstance(values[0], dict) and values[0].get("kind") == SAVED_CONSULTATION:
        raise UnusableList("This is a saved consultation: open it with 'Open a saved consultation'.")
    return values


def _parse(text: str) -> object:
    """One JSON value. Raises UnusableList for one that no reader should unfold, ValueError for what is no JSON."""
    try:
        return json.loads(text)
    except RecursionError:
        raise UnusableList(_DAMAGED) from None
