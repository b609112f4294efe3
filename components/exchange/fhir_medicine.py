"""Which medicine a FHIR resource means, and how it is taken: names, codes and instructions as words."""

import re
from dataclasses import dataclass, field
from enum import StrEnum

from components.exchange.fhir_resources import MOST_STEPS, FhirFile, Found, Resource, dicts
from components.exchange.listed_items import plain_words

_MEDICINE_FIELDS = ("medicationCodeableConcept", "medicationReference", "medication")
_MOST_CODES = 6
_TIMES = {1: "once", 2: "twice", 3: "three times", 4: "four times"}
_PERIODS = {"d": "day", "wk": "week", "mo": "month", "h": "hours"}

CODE = re.compile(r"[A-Za-z0-9./_-]{1,40}")
"""A code has no blank in it; what has one could be a name and a birth date."""


class CodeSystem(StrEnum):
    """Whose code it is, as it stands before the code of an entry."""

    RXNORM = "RxNorm"
    ATC = "ATC"
    SNOMED = "SNOMED"
    OTHER = "code"

    def named(self, code: str) -> str:
        """'RxNorm 312938'."""
        return f"{self.value} {code}"


_SYSTEMS = (
    ("rxnorm", CodeSystem.RXNORM),
    ("whocc.no/atc", CodeSystem.ATC),
    ("2.16.840.1.113883.6.73", CodeSystem.ATC),
    ("snomed", CodeSystem.SNOMED),
)


@dataclass(slots=True)
class NamedMedicine:
    """Everything by which a resource calls its medicine, best first: the text, the names of codes, the reference."""

    names: dict[str, None] = field(default_factory=dict)
    codes: dict[str, None] = field(default_factory=dict)
    ingredients: dict[str, None] = field(default_factory=dict)

    def add_concept(self, concept: Resource) -> None:
        """Keep text, displays and codes of a CodeableConcept; a tolerant reader takes a bare Coding too."""
        codings = dicts(concept.get("coding"))
        for words in (concept.get("text"), *(coding.get("display") for coding in codings), concept.get("display")):
            if cleaned := plain_words(words):
                self.names.setdefault(cleaned)
        for coding in codings:
            code, system = plain_words(coding.get("code")), plain_words(coding.get("system")).casefold()
            known = next((each for part, each in _SYSTEMS if part in system), CodeSystem.OTHER)
            if CODE.fullmatch(code) and len(self.codes) < _MOST_CODES:
                self.codes.setdefault(known.named(code))


def medicine_of(found: Found, file: FhirFile) -> NamedMedicine:
    """Names and codes of a request, statement, dispense, administration or Medication."""
    named = NamedMedicine()
    if found.kind == "Medication":
        _add_medication(named, found, file, MOST_STEPS)
    for key in _MEDICINE_FIELDS:
        for value in dicts(found.resource.get(key)):
            _add(named, value, found, file, MOST_STEPS)
        if words := plain_words(found.resource.get(key)):
            named.names.setdefault(words)
    return named


def medication_of(found: Found, file: FhirFile) -> list[int]:
    """Identities of the Medication resources to which the resource refers."""
    values = [value for key in _MEDICINE_FIELDS for value in dicts(found.resource.get(key))]
    values += [inner for value in values for inner in dicts(value.get("reference"))]
    targets = [file.target(value.get("reference"), found.container) for value in values]
    return [id(target.resource) for target in targets if target]


def _add(named: NamedMedicine, value: Resource, found: Found, file: FhirFile, steps: int) -> None:
    """A CodeableConcept, a Reference, or R5's CodeableReference, whatever the field is called."""
    named.add_concept(value)
    for concept in dicts(value.get("concept")):
        named.add_concept(concept)
    reference = value.get("reference")
    for inner in dicts(reference):
        _add(named, inner, found, file, steps - 1) if steps else None
    target = file.target(reference, found.container)
    if target and target.kind in ("Medication", "MedicationKnowledge", "Substance") and steps:
        _add_medication(named, target, file, steps - 1)


def _add_medication(named: NamedMedicine, found: Found, file: FhirFile, steps: int) -> None:
    resource = found.resource
    for concept in dicts(resource.get("code")):
        named.add_concept(concept)
    for words in (resource.get("name"), resource.get("title")):
        if cleaned := plain_words(words):
            named.names.setdefault(cleaned)
    products = [resource, *dicts(resource.get("product"))]
    parts = NamedMedicine()
    for ingredient in (each for product in products for each in dicts(product.get("ingredient"))):
        for key in ("itemCodeableConcept", "itemReference", "item"):
            one = NamedMedicine()
            for value in dicts(ingredient.get(key)):
                _add(one, value, found, file, steps)
            parts.names.update(dict.fromkeys(list(one.names or one.ingredients)[:1]))
    if parts.names:
        named.ingredients.setdefault(" + ".join(parts.names))


def instruction_of(resource: Resource) -> str:
    """How the medicine is taken, in words that the reader of lines understands."""
    words = []
    for key in ("dosageInstruction", "dosage"):
        words += [_dosage(dosage) for dosage in dicts(resource.get(key))]
    return "; ".join(dict.fromkeys(each for each in words if each))


def _dosage(dosage: Resource) -> str:
    text = plain_words(dosage.get("text"))
    parts = [text] if text else [_dose(dosage), *(_timing(each) for each in dicts(dosage.get("timing")))]
    parts += [_first_name(route) for route in dicts(dosage.get("route"))]
    needed = [dosage.get(key) for key in ("asNeededBoolean", "asNeeded", "asNeededCodeableConcept")]
    if any(each is True or isinstance(each, dict) for each in needed) or dosage.get("asNeededFor"):
        parts.append("as needed")
    return ", ".join(part for part in parts if part)


def _dose(dosage: Resource) -> str:
    rates = [dosage, *dicts(dosage.get("doseAndRate"))]
    for rate in rates:
        quantities = [each for key in ("doseQuantity", "quantity") for each in dicts(rate.get(key))]
        quantities += [each for dose in dicts(rate.get("doseRange")) for each in dicts(dose.get("high"))]
        for quantity in quantities:
            value = quantity.get("value")
            if isinstance(value, int | float) and not isinstance(value, bool):
                unit = plain_words(quantity.get("unit")) or plain_words(quantity.get("code"))
                return f"{_short_number(value)} {unit.strip('{}')}".strip()
    return ""


def _short_number(value: float) -> str:
    """'0.5' and '2'; a number past all sense reads as nothing."""
    return f"{value:g}" if -1e9 < value < 1e9 else ""


def _timing(timing: Resource) -> str:
    for code in dicts(timing.get("code")):
        if name := _first_name(code):
            return name
    for repeat in dicts(timing.get("repeat")):
        times, every = repeat.get("frequency", 1), repeat.get("period", 1)
        unit = _PERIODS.get(str(repeat.get("periodUnit") or repeat.get("periodUnits")), "")
        if not unit or not isinstance(times, int) or not isinstance(every, int | float):
            return ""
        if unit == "hours":
            return f"every {_short_number(every)} hours" if times == 1 else ""
        if every == 1:
            return f"{_TIMES.get(times) or f'{_short_number(times)} times'} a {unit}"
        return "every other day" if (times, every, unit) == (1, 2, "day") else ""
    return ""


def _first_name(concept: Resource) -> str:
    codings = dicts(concept.get("coding"))
    words = [concept.get("text"), *(each.get(key) for key in ("display", "code") for each in codings)]
    return next((cleaned for each in words if (cleaned := plain_words(each))), "")
