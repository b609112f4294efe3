"""A FHIR file (R4; R5, STU3 and DSTU2 by the same names) -> entries and notes.

Every resource leaves a trace: an entry, or a note that counts it. Patients are never opened. Longer than most modules:
one pass over the file keeps the counts of all its notes.
"""

from collections import Counter
from dataclasses import dataclass, field

from components.clinical.entry import Entry, MedicationList
from components.clinical.interface_words import say
from components.clinical.terms import Use
from components.exchange.fhir_items import ItemKind, is_flagged_as_stopped, kind_of_item, texts_of, type_of_item
from components.exchange.fhir_medicine import instruction_of, medication_of, medicine_of
from components.exchange.fhir_names import entries_of
from components.exchange.fhir_resources import (
    LIST,
    MEDICATION,
    USES,
    FhirFile,
    Found,
    Resource,
    dicts,
    is_resource,
    person_of,
    unfold,
)
from components.exchange.fhir_use import stated_status, stated_use
from components.exchange.list_limits import MOST_ROWS, UnusableList
from components.exchange.list_patterns import NO_ALLERGY, NO_MEDICINES
from components.exchange.listed_items import (
    NameReader,
    plain_words,
    refuse_too_many,
    shortened,
    taken_so,
    told_once,
)

_NOT_FHIR = say("fhir_list.json_file_not_fhir")
_EMPTY = say("fhir_list.fhir_file_holds_no")
_NO_ALLERGY_VALUES = frozenset({"refuted", "entered-in-error"})


def read_fhir_list(values: list[object], names: NameReader) -> MedicationList:
    """Read the JSON values of a FHIR file. Raises UnusableList for JSON without a resource, or too many medicines."""
    file = unfold(values)
    if not file.found and not file.without_resource:
        raise UnusableList(_EMPTY if any(map(is_resource, values)) else _NOT_FHIR)
    if sum(found.kind in USES for found in file.found) > MOST_ROWS:
        raise UnusableList(say("fhir_list.too_many_requests", most_rows=MOST_ROWS))
    reader = _Reader(file, names)
    for found in file.found:
        reader.read(found)
    reader.read_what_stands_alone()
    entries, repeated = told_once(reader.entries, _further_requests)
    notes = [*reader.notes, *repeated, *reader.counted()]
    return MedicationList(tuple(entries), tuple(notes), tuple(dict.fromkeys(reader.allergies)))


def _further_requests(number: int) -> str:
    return say("fhir_list.one_further_request") if number == 1 else say("fhir_list.further_requests", number=number)


@dataclass(slots=True)
class _Reader:
    """Goes through the resources once; dispenses, administrations and bare Medications wait for the end."""

    file: FhirFile
    names: NameReader
    entries: list[Entry] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    allergies: list[str] = field(default_factory=list)
    _left_out: Counter[str] = field(default_factory=Counter)
    _doubts: Counter[str] = field(default_factory=Counter)
    _errors: Counter[str] = field(default_factory=Counter)
    _people: dict[str, set[str]] = field(default_factory=dict)
    """By how they are referred to: an address and a name may mean the same person, two ids of one kind do not."""
    _entered: set[str] = field(default_factory=set)
    _own: set[int] = field(default_factory=set)
    _used: set[int] = field(default_factory=set)
    _dispenses: list[Found] = field(default_factory=list)
    _given: list[Found] = field(default_factory=list)
    _medications: list[Found] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._own = {id(found.resource) for found in self.file.found}

    def read(self, found: Found) -> None:
        """Take in one resource."""
        if found.kind in USES:
            self._note_person(found)
            self._read_use(found)
        elif found.kind == "MedicationDispense":
            self._note_person(found)
            self._dispenses.append(found)
        elif found.kind == "MedicationAdministration":
            self._given.append(found)
        elif found.kind == MEDICATION:
            self._medications.append(found)
        elif found.kind == "AllergyIntolerance":
            self._read_allergy(found)
        elif found.kind == LIST:
            self._read_items(found)
        else:
            self._left_out[found.kind] += 1

    def _note_person(self, found: Found) -> None:
        for key in ("subject", "patient"):
            for reference in dicts(found.resource.get(key)):
                if told := person_of(reference, self.file, found.container):
                    self._people.setdefault(told[0], set()).add(told[1])

    def _keep(self, entries: list[Entry]) -> None:
        """Add entries. Raises UnusableList as soon as they are too many, before the rest of a long file is read."""
        self.entries += entries
        self._entered.update(entry.entered for entry in entries)
        refuse_too_many(len(self._entered))

    def _read_use(self, found: Found) -> None:
        self._used.update(medication_of(found, self.file))
        if stated_status(found.resource) == "entered-in-error":
            self._errors[self._called(found)] += 1
        elif found.resource.get("doNotPerform") is True or found.resource.get("prohibited") is True:
            self.notes.append(say("fhir_list.says_not_to_be_taken", kind=found.kind, called=self._called(found)))
        else:
            self._add_entries(found)

    def _add_entries(self, found: Found) -> None:
        named = medicine_of(found, self.file)
        if any(NO_MEDICINES.match(name) for name in named.names):
            self.notes.append(say("fhir_list.says_no_medicines_taken", kind=found.kind))
            return
        stated = stated_use(found.resource, self.names.today)
        how = instruction_of(found.resource)
        kept = self.names.without_identity(how)
        if how and not kept:
            self.notes.append(say("fhir_list.instruction_left_out_looks", kind=found.kind))
        elif kept != how:
            self.notes.append(say("fhir_list.identity_left_out_of_instruction", kind=found.kind))
        entries, notes = entries_of(named, found.kind, self.names)
        self.notes += notes
        taken = [taken_so(entry, kept, stated.use, stated.ended_days_ago, self.names) for entry in entries]
        self._keep(taken)
        if stated.doubt:
            self._doubts[stated.doubt] += 1
        told = {name for entry in entries for name in entry.medicines}
        if others := [name for name in self.names.medicines(kept) if name not in told]:
            self.notes.append(say("fhir_list.named_in_instruction_not_taken", names=", ".join(others)))

    def _called(self, found: Found) -> str:
        """The medicine of a resource that makes no entry, in words for a note."""
        entries, _ = entries_of(medicine_of(found, self.file), found.kind, self.names)
        return " + ".join(dict.fromkeys(entry.entered for entry in entries))

    def _read_allergy(self, found: Found) -> None:
        resource = found.resource
        statuses = [resource.get("verificationStatus"), resource.get("status")]
        codes = [
            coding.get("code") for status in statuses for each in dicts(status) for coding in dicts(each.get("coding"))
        ]
        if any(isinstance(each, str) and each in _NO_ALLERGY_VALUES for each in (*statuses, *codes)):
            self._left_out[say("fhir_list.allergyintolerance_refuted_entered_error")] += 1
            return
        concepts = dicts(resource.get("code")) + dicts(resource.get("substance"))
        concepts += [each for reaction in dicts(resource.get("reaction")) for each in dicts(reaction.get("substance"))]
        words = [self.names.without_identity(each) for concept in concepts for each in texts_of(concept)]
        words = list(dict.fromkeys(each for each in words if each))
        self._add_allergies(words, "AllergyIntolerance")

    def _add_allergies(self, words: list[str], kind: str) -> None:
        named = list(dict.fromkeys(name for each in words for name in self.names.medicines(each)))
        self.allergies += named
        if named:
            self.notes.append(say("fhir_list.read_as_allergy_not_taken", kind=kind, names=", ".join(named)))
        elif any(NO_ALLERGY.search(each) for each in words):
            self.notes.append(say("fhir_list.says_no_allergies_known", kind=kind))
        else:
            told = shortened(", ".join(words[:2])) or say("shared.without_name")
            self.notes.append(say("fhir_list.names_no_medicine_ours", kind=kind, told=told))

    def _read_items(self, found: Found) -> None:
        """Items of a List that are not resources of the file count by what the List itself says of them."""
        self._left_out[LIST] += 1
        for entry in dicts(found.resource.get("entry")):
            for item in dicts(entry.get("item")):
                target = self.file.target(item.get("reference"), found.container)
                if target is None or id(target.resource) not in self._own:
                    named = target.kind if target else type_of_item(item)
                    self._read_item(item, named, is_flagged_as_stopped(entry), found)

    def _read_item(self, item: Resource, kind_named: str, stopped: bool, found: Found) -> None:
        kind = kind_of_item(kind_named, found.resource)
        words = self.names.without_identity(plain_words(item.get("display")))
        named = ", ".join(self.names.medicines(plain_words(item.get("display"))))
        if kind is ItemKind.ALLERGY:
            self._add_allergies([words] if words else [], say("fhir_list.item_list"))
        elif kind is ItemKind.OTHER and named:
            self.notes.append(say("fhir_list.item_of_list_not_taken", kind_named=kind_named, named=named))
        elif kind is ItemKind.OTHER or (kind is ItemKind.UNSAID and not named):
            self._left_out[say("fhir_list.item_list")] += 1
        else:
            bare = Found({"medicationReference": item, "resourceType": LIST}, found.container)
            entries, notes = entries_of(medicine_of(bare, self.file), say("fhir_list.item_list"), self.names)
            self.notes += notes
            self._keep([taken_so(each, "", Use.STOPPED if stopped else None, None, self.names) for each in entries])

    def read_what_stands_alone(self) -> None:
        """Dispenses and Medications make an entry where nothing else names the medicine; administrations a note."""
        counting = self._told(self.entries, counting=True)
        told = self._told(self.entries)
        for found in self._dispenses:
            self._used.update(medication_of(found, self.file))
            stopped = stated_use(found.resource, self.names.today).use is Use.STOPPED
            if self._is_told(found, told if stopped else counting):
                self._left_out[say("fhir_list.medicationdispense_medicine_listed")] += 1
                continue
            before = len(self.entries)
            self._read_use(found)
            counting |= self._told(self.entries[before:], counting=True)
            told |= self._told(self.entries[before:])
        only_given = Counter(self._called(found) for found in self._given if not self._is_told(found, told))
        for found in self._given:
            self._used.update(medication_of(found, self.file))
            self._left_out["MedicationAdministration"] += 1
        if only_given:
            self.notes.append(say("fhir_list.given_by_staff_not_counted", names=", ".join(only_given)))
        for found in self._medications:
            if id(found.resource) in self._used or self._is_told(found, counting):
                self._left_out[say("fhir_list.medication_read_where_referred")] += 1
            else:
                before = len(self.entries)
                self._add_entries(found)
                counting |= self._told(self.entries[before:], counting=True)

    @staticmethod
    def _told(entries: list[Entry], counting: bool = False) -> set[str]:
        """Ids and words of the entries; ``counting``: only of those that are not stopped."""
        kept = [entry for entry in entries if not (counting and entry.details.use is Use.STOPPED)]
        return {name for entry in kept for name in (*entry.medicines, entry.entered.casefold())}

    def _is_told(self, found: Found, told: set[str]) -> bool:
        entries, _ = entries_of(medicine_of(found, self.file), found.kind, self.names)
        return all(
            set(entry.medicines) <= told if entry.medicines else entry.entered.casefold() in told for entry in entries
        )

    def counted(self) -> list[str]:
        """The notes that count: errors, doubts, more than one person, and what was left out by type."""
        notes = [
            say("fhir_list.entered_in_error_not_counted", number=number, name=name)
            for name, number in self._errors.items()
        ]
        notes += [f"{number} {doubt}" for doubt, number in self._doubts.items()]
        if (people := max(map(len, self._people.values()), default=0)) > 1:
            notes.append(say("fhir_list.file_may_hold_medicines", patients=people))
        if self.file.without_resource:
            self._left_out[say("fhir_list.entry_without_resource")] += self.file.without_resource
        if self._left_out:
            listed = ", ".join(f"{number:,} {kind}" for kind, number in self._left_out.most_common())
            notes.append(say("fhir_list.left_out", listed=listed))
        return notes
