"""An uploaded or piped file -> entries and notes. What stands in the file decides how it is read, not its name."""

from datetime import date

from components.clinical.entry import MedicationList
from components.clinical.interface_words import say
from components.clinical.knowledge_base import KnowledgeBase
from components.clinical.name_index import NameIndex
from components.exchange.list_limits import UnusableList
from components.exchange.medication_list import decode, read_medication_list

_A_PICTURE = say("medication_file.picture_which_cannot_read")
_OTHER_FILES = (
    (b"PK\x03\x04", say("medication_file.zip_office_file_excel")),
    (b"%PDF", say("medication_file.pdf_which_cannot_read")),
    (b"\xd0\xcf\x11\xe0", say("medication_file.old_office_file_excel")),
    *((start, _A_PICTURE) for start in (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*")),
    (b"\x1f\x8b", say("medication_file.packed_file_unpack_first")),
)


def read_medication_file(
    content: bytes,
    index: NameIndex,
    knowledge_base: KnowledgeBase,
    today: date | None = None,
    column: int | None = None,
) -> MedicationList:
    """Read a file of at most 20 MB: text, a table with a header (CSV), or FHIR JSON.

    Raises UnusableList with one sentence for anything else, ColumnUnsure when the user must choose the ``column``
    (its place, from 0).
    """
    beginning = content[:1024].lstrip()
    for start, sentence in _OTHER_FILES:
        if beginning.startswith(start):
            raise UnusableList(sentence)
    return read_medication_list(decode(content), index, knowledge_base, today, column)
