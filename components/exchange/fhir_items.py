"""Items of a FHIR List: what each speaks of, by the type that it names."""

import re
from enum import Enum, auto

from components.exchange.fhir_resources import Resource, dicts
from components.exchange.list_patterns import ALLERGY_HEADING, HEADING
from components.exchange.listed_items import plain_words

_STOPPED_FLAGS = frozenset({"ceased", "cancelled", "suspended", "stopped", "deleted"})
_TYPE_OF_REFERENCE = re.compile(r"(?:^|/)([A-Z][A-Za-z]{1,39})/[^/]+(?:/_history/[^/]+)?$")
_OF_A_MEDICINE = ("Medic", "Substance", "Nutrition")
_CODES_OF_ALLERGIES = frozenset({"48765-2", "52472-8"})
_CODES_OF_MEDICINES = frozenset({"10160-0", "29549-3"})
"""LOINC: documents that list allergies, and those that list medicines."""


class ItemKind(Enum):
    """How an item of a List is read that is not a resource of the file."""

    MEDICINE = auto()
    ALLERGY = auto()
    OTHER = auto()
    UNSAID = auto()
    """Neither a type nor the List says it: its words decide."""


def type_of_item(item: Resource) -> str:
    """The resource type that an item names, in its ``type`` or before the id of its reference; empty for none."""
    stated = item.get("type")
    if isinstance(stated, str) and re.fullmatch(r"[A-Z][A-Za-z]{1,39}", stated):
        return stated
    found = _TYPE_OF_REFERENCE.search(plain_words(item.get("reference")))
    return found[1] if found else ""


def kind_of_item(named: str, listing: Resource) -> ItemKind:
    """Kind of an item by its type; without one, by what its List says that it lists."""
    if named == "AllergyIntolerance":
        return ItemKind.ALLERGY
    if named == "MedicationAdministration":
        return ItemKind.OTHER
    if named:
        return ItemKind.MEDICINE if named.startswith(_OF_A_MEDICINE) else ItemKind.OTHER
    codings = [coding for code in dicts(listing.get("code")) for coding in dicts(code.get("coding"))]
    codes = {plain_words(coding.get("code")) for coding in codings}
    titles = [
        plain_words(listing.get("title")),
        *(words for code in dicts(listing.get("code")) for words in texts_of(code)),
    ]
    if codes & _CODES_OF_ALLERGIES or any(map(ALLERGY_HEADING.match, titles)):
        return ItemKind.ALLERGY
    if codes & _CODES_OF_MEDICINES or any(map(HEADING.match, titles)):
        return ItemKind.MEDICINE
    return ItemKind.UNSAID


def is_flagged_as_stopped(entry: Resource) -> bool:
    """True for an entry of a List that was deleted or is flagged as ceased."""
    words = [words for flag in dicts(entry.get("flag")) for words in texts_of(flag)]
    return entry.get("deleted") is True or any(each.casefold() in _STOPPED_FLAGS for each in words)


def texts_of(concept: Resource) -> list[str]:
    """Text and displays of a CodeableConcept."""
    words = [concept.get("text"), *(coding.get("display") for coding in dicts(concept.get("coding")))]
    return [cleaned for each in words if (cleaned := plain_words(each))]
