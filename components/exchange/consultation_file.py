"""A consultation saved to a file of the user's own, and opened again. Versioned; nothing in it says who the patient is.

An opened file is not believed: every entry is read anew from what was typed, every id is looked up, and what no longer
fits is left out with a note.
"""

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import astuple, replace
from datetime import date
from types import MappingProxyType
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, field_serializer

from components.clinical.entry import MedicationList
from components.clinical.factor_check import UNITS
from components.clinical.factors import FactorGroup, Measure, PatientAnswers
from components.clinical.interface_words import say
from components.clinical.knowledge_base import KnowledgeBase
from components.clinical.name_index import NameIndex
from components.clinical.terms import Region, Treatment
from components.exchange.list_limits import MOST_ENTRIES
from components.exchange.listed_items import plain_words
from components.exchange.reread_entries import EntryReader

MOST_BYTES = 4 * 1024 * 1024
"""A thousand entries of full length with their notes take about half of it (measured)."""
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_LONGEST_NOTE = 1000
_NO_LONGER_ASKED = "weight_kg"

Id = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,80}$")]


class UnusableConsultation(ValueError):
    """The file is no consultation that can be opened; the message is one plain sentence for the user."""


class SavedConsultation(BaseModel):
    """What a file holds: the consultation as it was entered, never a verdict."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)

    kind: Literal["ketamine-consult-consultation"] = "ketamine-consult-consultation"
    version: Literal[1] = 1
    knowledge: Id
    """Content hash of the knowledge base with which it was saved."""
    treatment: Treatment | None = None
    region: Region = Region.US
    listed: MedicationList = MedicationList()
    answers: PatientAnswers = Field(default_factory=PatientAnswers)
    takes_no_medicines: bool = False
    worries: tuple[Id, ...] = ()
    questions: tuple[Id, ...] = ()
    advised: tuple[Id, ...] = ()

    @field_serializer("answers")
    def _answers_in_order(self, answers: PatientAnswers) -> dict[str, Any]:
        """A set and a read-only mapping, which JSON does not know."""
        return {
            "factors": list(answers.factors),
            "asked": [group.value for group in FactorGroup if group in answers.asked],
            "measures": {measure.value: number for measure, number in answers.measures.items()},
        }


class _Header(BaseModel):
    """What tells that a file is one of ours, before the rest is read."""

    kind: Literal["ketamine-consult-consultation"]
    version: Literal[1]


def save_consultation(saved: SavedConsultation) -> bytes:
    """The file: indented JSON in UTF-8, accents kept; the same consultation always gives the same bytes."""
    content = _without_infinity(saved.model_dump(mode="json"))
    return json.dumps(content, ensure_ascii=False, indent=2).encode("utf-8", "replace")


def _without_infinity(value: Any) -> Any:
    """A strength of four hundred digits is no number that JSON knows: as unknown it counts as the stricter dose."""
    if isinstance(value, dict):
        return {key: _without_infinity(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_without_infinity(each) for each in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def open_consultation(
    content: bytes, index: NameIndex, knowledge_base: KnowledgeBase, today: date | None = None
) -> tuple[SavedConsultation, tuple[str, ...]]:
    """The consultation of a file, checked against today's knowledge base, and notes on what did not come back as saved.

    Raises UnusableConsultation for anything but a consultation of this version. The opened one bears the hash of
    today's knowledge base. ``today`` dates 'stopped March 2025'; the current date if left out.
    """
    notes: list[str] = []
    saved = _validate(content, notes)
    _refuse_impossible(saved)
    is_newer = saved.knowledge != knowledge_base.knowledge.content_hash
    if is_newer:
        notes.append(say("consultation_file.knowledge_base_has_changed"))
    reader = EntryReader(index, knowledge_base, today or date.today())
    listed = MedicationList(
        reader.read_entries(saved.listed.entries),
        _without_identity(saved.listed.notes, reader, notes),
        reader.read_allergies(saved.listed.allergies),
        reader.read_beside(saved.listed.beside),
    )
    notes += reader.notes
    if saved.takes_no_medicines and listed.entries:
        notes.append(say("consultation_file.file_says_no_medicines"))
    advisable = {*knowledge_base.records, *(pair.id for pair in knowledge_base.pairs)}
    opened = SavedConsultation(
        knowledge=knowledge_base.knowledge.content_hash,
        treatment=saved.treatment,
        region=saved.region,
        listed=listed,
        answers=_answers(saved.answers, is_newer, knowledge_base, notes),
        takes_no_medicines=saved.takes_no_medicines and not listed.entries,
        worries=_known(saved.worries, knowledge_base.side_effects.worries, say("consultation_file.worry"), notes),
        questions=_known(saved.questions, knowledge_base.guide.questions, say("consultation_file.question"), notes),
        advised=_known(saved.advised, dict.fromkeys(advisable), say("consultation_file.piece_advice"), notes),
    )
    return opened, tuple(notes)


def _validate(content: bytes, notes: list[str]) -> SavedConsultation:
    if len(content) > MOST_BYTES:
        raise UnusableConsultation(say("consultation_file.file_too_big_saved"))
    text = content.removeprefix(_BYTE_ORDER_MARK)
    try:
        _Header.model_validate_json(text)
        return SavedConsultation.model_validate_json(_without_weight(text, notes))
    except ValidationError as problem:
        raise UnusableConsultation(_in_one_sentence(problem)) from None


def _without_weight(text: bytes, notes: list[str]) -> bytes:
    """The file without the weight, which was asked once: no rule of ours turns on it."""
    if _NO_LONGER_ASKED.encode() not in text:
        return text
    try:
        content = json.loads(text)
    except ValueError:  # a number of thousands of digits: the sentence for it comes from validation
        return text
    answers = content.get("answers")
    measures = answers.get("measures") if isinstance(answers, dict) else None
    if not isinstance(measures, dict) or _NO_LONGER_ASKED not in measures:
        return text
    del measures[_NO_LONGER_ASKED]
    notes.append(say("consultation_file.weight_left_out_no_longer_asked"))
    return json.dumps(content).encode()


_OTHER_KIND = say("consultation_file.not_a_saved_consultation")


def _in_one_sentence(problem: ValidationError) -> str:
    """Says where the fault lies by our own names only: the file's words may hold anything."""
    places = [each["loc"] for each in problem.errors(include_url=False, include_context=False, include_input=False)]
    if () in places or ("kind",) in places:
        return _OTHER_KIND
    if ("version",) in places:
        return say("consultation_file.consultation_saved_another_version")
    return _damaged(
        next(
            (_place(each) for each in places if each[0] in SavedConsultation.model_fields),
            say("consultation_file.an_addition"),
        )
    )


def _place(where: tuple[int | str, ...]) -> str:
    if where[:2] == ("listed", "entries") and len(where) > 2 and isinstance(where[2], int):
        return say("consultation_file.entry_of_list", number=where[2] + 1)
    return f"'{where[0]}'"


def _damaged(place: str) -> str:
    return say("consultation_file.saved_consultation_damaged_open", place=place)


def _refuse_impossible(saved: SavedConsultation) -> None:
    """Numbers and texts that no list or answer can give."""
    if len(saved.listed.entries) > MOST_ENTRIES:
        raise UnusableConsultation(say("consultation_file.consultation_too_long_most", most_entries=MOST_ENTRIES))
    for number, entry in enumerate(saved.listed.entries, start=1):
        numbers = [each for each in astuple(entry.details) if isinstance(each, int | float)]
        if not plain_words(entry.entered) or any(each < 0 for each in numbers):
            raise UnusableConsultation(_damaged(say("consultation_file.entry_list", number=number)))
    if any(each <= 0 for each in saved.answers.measures.values()):
        raise UnusableConsultation(_damaged("'answers'"))


def _without_identity(saved: Iterable[str], reader: EntryReader, notes: list[str]) -> tuple[str, ...]:
    kept = []
    for note in saved:
        if len(note) > _LONGEST_NOTE or reader.sees_identity(note):
            notes.append(say("consultation_file.note_file_left_out"))
        else:
            kept.append(note)
    return tuple(kept)


def _answers(saved: PatientAnswers, is_newer: bool, knowledge_base: KnowledgeBase, notes: list[str]) -> PatientAnswers:
    """The answers; what was asked counts only for the questions of the same knowledge base: a new one was not asked."""
    factors = _known(saved.factors, knowledge_base.patient.factors, say("consultation_file.patient_factor"), notes)
    must_ask = is_newer or len(factors) < len(set(saved.factors))
    if must_ask and saved.asked:
        notes.append(say("consultation_file.patient_factors_chosen_kept"))
    return replace(
        saved,
        factors=factors,
        asked=frozenset() if must_ask else saved.asked,
        measures=_measures(saved.measures, notes),
    )


def _measures(saved: Mapping[Measure, float], notes: list[str]) -> Mapping[Measure, float]:
    """Numbers that can be entered here; any other is left out, for it would count and could not be seen."""
    kept = {measure: number for measure, number in saved.items() if measure.allows(number)}
    for measure in saved.keys() - kept.keys():
        lowest, highest = measure.limits
        name, unit = UNITS[measure]
        notes.append(
            say("consultation_file.number_left_out_enter", name=name, lowest=lowest, highest=highest, unit=unit)
        )
    return MappingProxyType(kept)


def _known(ids: Iterable[str], known: Mapping[str, object], what: str, notes: list[str]) -> tuple[str, ...]:
    """Those that data/ still holds, each once; a note does not repeat an unknown id, which may be any text."""
    kept = tuple(dict.fromkeys(each for each in ids if each in known))
    notes.extend(say("consultation_file.left_out_not_known", what=what) for each in set(ids) - set(kept))
    return kept
