"""A record as labelled lines, in the order of its model: all that it says, in the words of the file."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from components.clinical.interface_words import say
from components.clinical.knowledge_base import KnowledgeBase
from components.clinical.record_parts import part_in_words
from components.clinical.records import PlanStep, Provenance, Source

HOW_READ = {
    "full_text": say("record_words.read_full_text_stored"),
    "label_text": say("record_words.label_text_read_stored"),
    "abstract": say("record_words.abstract_read"),
    "secondary": say("record_words.read_through_another_source"),
    "recalled": say("record_words.general_knowledge_not_read"),
}
TOLD_APART = frozenset({"id", "title", "name", *Provenance.model_fields})
"""Fields that stand in a heading, a list of sources or a status line of their own."""

_PATIENT = "patient"
"""Field of every record and part with the patient's wording."""


@dataclass(frozen=True, slots=True)
class RecordLine:
    """One thing that a record says."""

    path: tuple[str, ...]
    """Field, then fields or keys in it; names without '_': ('exposure', 'line by treatment', 'ketamine_iv')."""
    text: str

    @property
    def field(self) -> str:
        """'exposure, line by treatment, ketamine_iv', for the curator, who knows the fields."""
        return ", ".join(self.path)

    @property
    def is_for_patient(self) -> bool:
        return _PATIENT in self.path


def clinician_lines(record: Provenance, base: KnowledgeBase) -> Iterator[RecordLine]:
    """Everything but the patient's wording; optional fields that are not used are left out."""
    return (line for line in _lines((), record, base) if not line.is_for_patient)


def patient_lines(record: Provenance, base: KnowledgeBase) -> Iterator[RecordLine]:
    """The patient's wording in each language; several for a record with parts."""
    return (line for line in _lines((), record, base) if line.is_for_patient)


def _lines(path: tuple[str, ...], record: BaseModel, base: KnowledgeBase) -> Iterator[RecordLine]:
    for name, info in type(record).model_fields.items():
        value = getattr(record, name)
        if name not in TOLD_APART and not _is_unused(value, info):
            yield from _field((*path, name.replace("_", " ")), value, base)


def _is_unused(value: Any, info: FieldInfo) -> bool:
    return not info.is_required() and value == info.get_default(call_default_factory=True)


def _field(path: tuple[str, ...], value: Any, base: KnowledgeBase) -> Iterator[RecordLine]:
    """One line for a plain value; one for each part of a record, each language and each item of a list of records."""
    if isinstance(value, BaseModel) and not isinstance(value, PlanStep):
        yield from _lines(path, value, base)
    elif isinstance(value, Mapping):
        for key, each in value.items():
            yield from _field((*path, _plain(key, base)), each, base)
    elif isinstance(value, tuple) and any(isinstance(each, BaseModel) for each in value):
        for each in value:
            yield from _part(path, each, base)
    else:
        yield RecordLine(path, _plain(value, base))


def _part(path: tuple[str, ...], part: BaseModel, base: KnowledgeBase) -> Iterator[RecordLine]:
    """What a part says to the clinician, and to the patient where it does."""
    if isinstance(part, PlanStep):
        yield RecordLine(path, _plain(part, base))
        return
    words = part_in_words(part)
    if words.clinician:
        yield RecordLine(path, words.clinician)
    if words.patient:
        yield RecordLine((*path, _PATIENT), words.patient)


def _plain(value: Any, base: KnowledgeBase) -> str:
    if isinstance(value, PlanStep):
        only = say("record_words.only", names=", ".join(value.treatments)) if value.treatments else ""
        return f"{base.steps[value.shared].text if value.shared else value.text}{only}"
    if isinstance(value, tuple):
        return ", ".join(_plain(each, base) for each in value)
    if isinstance(value, bool):
        return say("shared.yes") if value else say("shared.no")
    if isinstance(value, Enum):
        return str(value.value)
    return say("record_words.none") if value is None else str(value)


def how_read(source: Source) -> str:
    """'abstract read. Excerpt read (up to about 2,000 characters a page).'."""
    return f"{HOW_READ[source.read]}. {source.note}" if source.note else f"{HOW_READ[source.read]}."


def status_line(record: Provenance) -> str:
    """'draft, signed by nobody; compiled 2026-11-21, to be looked at again by 2027-05-21'."""
    signed = say("record_words.signed_nobody")
    if record.signed_by:
        signed = say(
            "record_words.signed_by_on",
            signed_by=record.signed_by,
            signer_credential=record.signer_credential,
            signed_on=record.signed_on,
        )
    return say(
        "record_words.compiled_looked_again",
        status=record.status.value,
        signed=signed,
        compiled_on=record.compiled_on,
        next_review=record.next_review,
    )
