"""The SSRIs of a list, which the pages highlight."""

from collections.abc import Iterable

from components.clinical.entry import Entry
from components.clinical.knowledge_base import KnowledgeBase
from components.clinical.terms import Use

_SSRI = "ssri"
"""Id of the class."""


def ssris_taken(entries: Iterable[Entry], knowledge_base: KnowledgeBase) -> tuple[str, ...]:
    """Ids of the SSRIs that the patient takes or plans, each once; stopped ones are left out."""
    taken = dict.fromkeys(name for entry in entries if entry.details.use is not Use.STOPPED for name in entry.medicines)
    known = ((name, knowledge_base.medicines.get(name)) for name in taken)
    return tuple(name for name, medicine in known if medicine and medicine.medicine_class == _SSRI)
