"""FHIR JSON as it comes -> the resources in it, and what their references point to.

Tolerant on purpose: plain dicts, no schema. A field of the wrong type reads as absent; a resource never does.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from components.clinical.interface_words import say

Resource = dict[str, Any]
USES = ("MedicationRequest", "MedicationStatement", "MedicationOrder", "MedicationPrescription", "MedicationUsage")
"""What a patient takes or is to take, by its names in R4, R5, STU3 and DSTU2."""
LIST, MEDICATION = "List", "Medication"
_CONTAINED_OF_INTEREST = frozenset({*USES, "MedicationDispense", "MedicationAdministration", "AllergyIntolerance"})
_TYPE = re.compile(r"[A-Za-z]{1,40}")
_NAMES_A_MEDICINE = ("medicationCodeableConcept", "medicationReference")
_TYPE_AND_ID = re.compile(r"([A-Za-z]+/[\w.-]{1,80})(?:/_history/[\w.-]+)?$")
MOST_STEPS = 3
"""How many references are followed from one to the next: a file may point in a circle."""


@dataclass(frozen=True, slots=True)
class Found:
    """A resource and the one that contains it (itself, if none does), in which '#id' is looked up."""

    resource: Resource
    container: Resource

    @property
    def kind(self) -> str:
        """Its resourceType; what is no name of a type is not repeated, it could be anything."""
        name = str(self.resource["resourceType"])
        return name if _TYPE.fullmatch(name) else say("fhir_resources.unknown_type")


@dataclass(slots=True)
class FhirFile:
    """All resources of a file in their order, bundles and parameters unfolded."""

    found: list[Found] = field(default_factory=list)
    without_resource: int = 0
    """Entries of bundles that hold no resource."""
    _by_address: dict[str, Found] = field(default_factory=dict)
    _contained: dict[int, dict[str, Resource]] = field(default_factory=dict)

    def add(self, resource: Resource, address: str = "") -> None:
        """Keep a resource, those of interest that it contains, and the addresses under which others point to it."""
        found = Found(resource, resource)
        self.found.append(found)
        name = resource.get("id")
        for key in (address, f"{found.kind}/{name}" if isinstance(name, str) else ""):
            if key:
                self._by_address.setdefault(key, found)
        for inner in dicts(resource.get("contained")):
            if is_resource(inner) and inner["resourceType"] in _CONTAINED_OF_INTEREST:
                self.found.append(Found(inner, resource))

    def target(self, reference: object, container: Resource) -> Found | None:
        """What a reference points to: '#id' within the container, an address, or Type/id; None if it is not there."""
        if not isinstance(reference, str) or not reference:
            return None
        if reference.startswith("#"):
            inner = self._inside_of(container).get(reference[1:])
            return Found(inner, container) if inner else None
        if reference in self._by_address:
            return self._by_address[reference]
        ending = _TYPE_AND_ID.search(reference)
        return self._by_address.get(ending.group(1)) if ending else None

    def _inside_of(self, container: Resource) -> dict[str, Resource]:
        """What a resource contains, by id; looked through once, for each of thousands may point to another."""
        if id(container) not in self._contained:
            inside = [each for each in dicts(container.get("contained")) if "resourceType" in each]
            named = {str(each.get("id", "")).lstrip("#"): each for each in reversed(inside)}
            self._contained[id(container)] = named
        return self._contained[id(container)]


def person_of(reference: Resource, file: FhirFile, container: Resource) -> tuple[str, str] | None:
    """Whom a subject refers to, as a way of referring and an id in it; None where only a name says it.

    Two ids in one way are two people; an id and a urn may be one.
    """
    address = reference.get("reference")
    person = file.target(address, container)
    if person and isinstance(name := person.resource.get("id"), str) and not str(address).startswith("#"):
        return "id", name
    if not isinstance(address, str) or not address or address.startswith("#"):
        return None
    if address.startswith("urn:"):
        return "urn", address
    ending = _TYPE_AND_ID.search(address)
    return "id", (ending.group(1) if ending else address).rsplit("/", maxsplit=1)[-1]


def dicts(value: object) -> list[Resource]:
    """The objects of a list, or the one object that stands where a list should."""
    return [each for each in (value if isinstance(value, list) else [value]) if isinstance(each, dict)]


def is_resource(value: object) -> bool:
    """True for an object that says what it is."""
    return isinstance(value, dict) and isinstance(value.get("resourceType"), str)


def unfold(values: list[object]) -> FhirFile:
    """All resources of the values of a file; an empty file for JSON that is not FHIR."""
    file = FhirFile()
    waiting: list[tuple[object, str]] = [(value, "") for value in reversed(values)]
    while waiting:
        value, address = waiting.pop()
        if isinstance(value, list):
            among_resources = any(map(is_resource, value))
            waiting += [(_as_statement(each) if among_resources else each, "") for each in reversed(value)]
        elif not isinstance(value, dict):
            continue
        elif value.get("resourceType") in ("Bundle", "Parameters"):
            inside = list(_inside(value))
            file.without_resource += sum(resource is None for resource, _ in inside)
            waiting += reversed([each for each in inside if each[0] is not None])
        elif is_resource(value):
            file.add(value, address)
    return file


def _as_statement(value: object) -> object:
    """What names a medicine without saying what it is counts as a statement, so that it is not lost."""
    if isinstance(value, str) and value.strip():
        return {"resourceType": "MedicationStatement", "medicationCodeableConcept": {"text": value}}
    if isinstance(value, dict) and not is_resource(value) and any(key in value for key in _NAMES_A_MEDICINE):
        return {**value, "resourceType": "MedicationStatement"}
    return value


def _held(entry: object) -> list[object]:
    """What an entry of a bundle holds: its resource, or several, or what stands in the place of the entry."""
    if not isinstance(entry, dict) or "resource" not in entry:
        return [entry]
    held = entry["resource"]
    several = held if isinstance(held, list) and held else [held]
    return [entry] if is_resource(entry) and not any(map(is_resource, several)) else several


def _inside(bundle: Resource) -> Iterator[tuple[object, str]]:
    entries = bundle.get("entry")
    for entry in entries if isinstance(entries, list) else [entries] if entries else []:
        address = entry.get("fullUrl") if isinstance(entry, dict) else None
        for each in _held(entry):
            resource = _as_statement(each)
            yield resource if is_resource(resource) else None, address if isinstance(address, str) else ""
    for parameter in dicts(bundle.get("parameter")):
        if is_resource(parameter.get("resource")):
            yield parameter["resource"], ""
        if parts := parameter.get("part"):
            yield {"resourceType": "Parameters", "parameter": parts}, ""
