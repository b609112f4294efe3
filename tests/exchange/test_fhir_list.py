"""FHIR files: what becomes an entry, with which use, and that everything else leaves a note."""

import json
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from components.clinical.entry import Entry, MedicationList
from components.clinical.terms import EntryStatus, Matched, Route, Use
from components.exchange.list_limits import MOST_ENTRIES, UnusableList
from components.exchange.medication_file import read_medication_file
from tests.conftest import TODAY

Read = Callable[[str], MedicationList]
ReadFhir = Callable[..., MedicationList]
USES = {"MedicationRequest", "MedicationStatement", "MedicationOrder", "MedicationPrescription", "MedicationUsage"}
RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm"
ATC = "http://www.whocc.no/atc"


def days_ago(days: int) -> str:
    return (TODAY - timedelta(days=days)).isoformat()


def use(name: str = "Zoloft 50 mg", kind: str = "MedicationStatement", **fields: Any) -> dict[str, Any]:
    return {"resourceType": kind, "status": "active", "medicationCodeableConcept": {"text": name}, **fields}


def bundle(*resources: dict[str, Any]) -> dict[str, Any]:
    return {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": each} for each in resources]}


def count_uses(value: object) -> int:
    """How many requests and statements stand anywhere in a file."""
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    here = isinstance(value, dict) and value.get("resourceType") in USES
    return int(here) + sum(map(count_uses, inside))


def accounted_for(listed: MedicationList) -> int:
    """Entries, and what the notes count: equal ones told once, errors, and medicines not to be taken."""
    counted = [re.match(r"([\d,]+) (?:further|entered in error|\w+ says)", note) for note in listed.notes]
    return len(listed.entries) + sum(int(each[1].replace(",", "")) for each in counted if each)


@pytest.fixture(scope="module")
def fhir(read: Read) -> ReadFhir:
    """Resources -> list, with the balance of the file checked: none may be missing."""

    def run(*resources: dict[str, Any]) -> MedicationList:
        file = resources[0] if len(resources) == 1 else bundle(*resources)
        listed = read(json.dumps(file))
        assert accounted_for(listed) >= count_uses(file)
        return listed

    return run


def only(listed: MedicationList) -> Entry:
    assert len(listed.entries) == 1, listed
    return listed.entries[0]


# --- which medicine

ZOLOFT = {"coding": [{"system": RXNORM, "code": "312938", "display": "sertraline 100 MG Oral Tablet [Zoloft]"}]}
PLACES: dict[str, dict[str, Any]] = {
    "text": use(),
    "display": use(medicationCodeableConcept=ZOLOFT),
    "R4 request": use(kind="MedicationRequest"),
    "DSTU2 order": use(kind="MedicationOrder"),
    "R5 concept": {"resourceType": "MedicationStatement", "medication": {"concept": {"text": "Zoloft"}}},
    "R5 reference": {
        "resourceType": "MedicationRequest",
        "contained": [{"resourceType": "Medication", "id": "a", "code": ZOLOFT}],
        "medication": {"reference": {"reference": "#a"}},
    },
    "contained": {
        "resourceType": "MedicationRequest",
        "contained": [{"resourceType": "Medication", "id": "a", "code": ZOLOFT}],
        "medicationReference": {"reference": "#a"},
    },
    "display of a reference to nowhere": {
        "resourceType": "MedicationStatement",
        "medicationReference": {"reference": "Medication/9", "display": "Zoloft"},
    },
    "ingredient": {
        "resourceType": "MedicationStatement",
        "contained": [
            {"resourceType": "Medication", "id": "a", "ingredient": [{"itemCodeableConcept": {"text": "sertraline"}}]}
        ],
        "medicationReference": {"reference": "#a"},
    },
    "bare Medication": {"resourceType": "Medication", "code": {"text": "Zoloft"}},
    "dispense": use(kind="MedicationDispense"),
    "item of a List": {"resourceType": "List", "entry": [{"item": {"display": "Zoloft 50 mg"}}]},
    "contained in a List": {"resourceType": "List", "contained": [use()], "entry": [{"item": {"reference": "#x"}}]},
    "parameters": {"resourceType": "Parameters", "parameter": [{"name": "a", "resource": bundle(use())}]},
    "status as an unknown word": use(status="whatever"),
}


@pytest.mark.parametrize("place", PLACES)
def test_where_the_name_stands(place: str, fhir: ReadFhir) -> None:
    assert "sertraline" in {name for entry in fhir(PLACES[place]).entries for name in entry.medicines}


@pytest.mark.parametrize(
    ("address", "reference"),
    [
        ("urn:uuid:7", "urn:uuid:7"),
        ("https://example.org/fhir/Medication/m1", "Medication/m1"),
        ("", "https://example.org/fhir/Medication/m1"),
        ("", "Medication/m1/_history/2"),
    ],
)
def test_references_within_a_bundle(address: str, reference: str, fhir: ReadFhir) -> None:
    medicine = {"resourceType": "Medication", "id": "m1", "code": {"text": "lorazepam"}}
    request = {"resourceType": "MedicationRequest", "medicationReference": {"reference": reference}}
    file = bundle(request, medicine)
    file["entry"][1]["fullUrl"] = address
    assert only(fhir(file)).medicines == ("lorazepam",)


def test_codes_are_shown_and_the_text_is_kept(fhir: ReadFhir) -> None:
    entry = only(fhir(use(medicationCodeableConcept={**ZOLOFT, "text": "Her blue pill"})))
    assert (entry.medicines, entry.codes) == (("sertraline",), ("RxNorm 312938",))
    assert entry.entered.startswith("Her blue pill (sertraline")


def test_an_atc_code_of_ours_stands_for_its_medicine(fhir: ReadFhir) -> None:
    entry = only(fhir(use(medicationCodeableConcept={"coding": [{"system": ATC, "code": "N06AB06"}]})))
    assert (entry.medicines, entry.matched) == (("sertraline",), Matched.CODE)


@pytest.mark.parametrize(
    ("concept", "entered"),
    [
        ({"coding": [{"system": RXNORM, "code": "312938"}]}, "RxNorm 312938"),
        ({"text": "blorbizine"}, "blorbizine"),
        ({}, "medicine without a name (MedicationStatement)"),
        (None, "medicine without a name (MedicationStatement)"),
        (17, "medicine without a name (MedicationStatement)"),
    ],
)
def test_what_nobody_knows_stays_on_the_list(concept: object, entered: str, fhir: ReadFhir) -> None:
    entry = only(fhir(use(medicationCodeableConcept=concept)))
    assert (entry.recognition, entry.entered) == (EntryStatus.NOT_RECOGNISED, entered)


def test_names_that_disagree_are_both_listed(fhir: ReadFhir) -> None:
    listed = fhir(use(medicationCodeableConcept={**ZOLOFT, "text": "lorazepam 1 mg"}))
    assert {name for entry in listed.entries for name in entry.medicines} == {"lorazepam", "sertraline"}
    assert any("disagree" in note for note in listed.notes)


def test_a_combination_is_one_entry(fhir: ReadFhir) -> None:
    entry = only(fhir(use("Acetaminophen 325 MG / oxycodone Hydrochloride 5 MG Oral Tablet")))
    assert set(entry.medicines) == {"paracetamol", "oxycodone"}


def test_the_route_of_a_combination_stands_behind_its_last_part(fhir: ReadFhir) -> None:
    entry = only(fhir(use("buprenorphine 8 MG / naloxone 2 MG Sublingual Film")))
    assert (set(entry.medicines), entry.details.route) == ({"buprenorphine", "naloxone"}, Route.SUBLINGUAL)


# --- how it is taken


def test_instruction_route_and_dose(fhir: ReadFhir) -> None:
    dosage = {
        "doseAndRate": [{"doseQuantity": {"value": 2, "unit": "tablet"}}],
        "timing": {"repeat": {"frequency": 2, "period": 1, "periodUnit": "d"}},
        "route": {"text": "Oral"},
        "asNeededBoolean": True,
    }
    details = only(fhir(use("lorazepam 0.5 mg", "MedicationRequest", dosageInstruction=[dosage]))).details
    assert (details.strength_mg, details.per_dose, details.doses_per_day) == (0.5, 2, 2)
    assert (details.route, details.use) == (Route.ORAL, Use.AS_NEEDED)


def test_a_medicine_in_an_instruction_is_named(fhir: ReadFhir) -> None:
    listed = fhir(use(dosage=[{"text": "take one hour before lorazepam"}]))
    assert only(listed).medicines == ("sertraline",)
    assert "named in an instruction, not read as taken: lorazepam" in listed.notes


USES_BY_STATUS: tuple[tuple[str, dict[str, Any], Use, int | None], ...] = (
    ("MedicationRequest", {"status": "active"}, Use.CURRENT, None),
    ("MedicationRequest", {"status": "draft"}, Use.PLANNED, None),
    ("MedicationRequest", {"status": "active", "intent": "proposal"}, Use.PLANNED, None),
    ("MedicationRequest", {"status": "on-hold"}, Use.STOPPED, None),
    ("MedicationRequest", {"status": "On Hold"}, Use.STOPPED, None),
    ("MedicationRequest", {"status": "cancelled"}, Use.STOPPED, None),
    ("MedicationRequest", {"status": "completed"}, Use.CURRENT, None),
    ("MedicationRequest", {"status": "completed", "authoredOn": days_ago(90)}, Use.CURRENT, None),
    ("MedicationRequest", {"status": "completed", "authoredOn": days_ago(91)}, Use.STOPPED, None),
    (
        "MedicationRequest",
        {
            "status": "completed",
            "authoredOn": days_ago(100),
            "dispenseRequest": {"expectedSupplyDuration": {"value": 30}},
        },
        Use.CURRENT,
        None,
    ),
    ("MedicationOrder", {"status": "completed", "dateWritten": "2014-01"}, Use.STOPPED, None),
    ("MedicationDispense", {"status": "completed", "whenHandedOver": days_ago(5)}, Use.CURRENT, None),
    ("MedicationDispense", {"status": "completed", "whenHandedOver": "2015"}, Use.STOPPED, None),
    ("MedicationStatement", {"status": "completed"}, Use.STOPPED, None),
    ("MedicationStatement", {"status": "completed", "effectivePeriod": {"end": days_ago(12)}}, Use.STOPPED, 12),
    ("MedicationStatement", {"status": "stopped", "effectivePeriod": {"end": "2026-10"}}, Use.STOPPED, 21),
    ("MedicationStatement", {"status": "active", "effectivePeriod": {"end": days_ago(12)}}, Use.CURRENT, None),
    ("MedicationStatement", {"status": "active", "wasNotTaken": True}, Use.STOPPED, None),
    ("MedicationStatement", {"status": "active", "taken": "n"}, Use.STOPPED, None),
    ("MedicationStatement", {"status": "not-taken"}, Use.STOPPED, None),
    ("MedicationStatement", {"status": "intended"}, Use.PLANNED, None),
    ("MedicationStatement", {"status": "unknown"}, Use.CURRENT, None),
    ("MedicationStatement", {"status": None}, Use.CURRENT, None),
    (
        "MedicationStatement",
        {"status": "recorded", "adherence": {"code": {"coding": [{"code": "not-taking"}]}}},
        Use.STOPPED,
        None,
    ),
)


@pytest.mark.parametrize(("kind", "fields", "expected", "days"), USES_BY_STATUS)
def test_status_and_dates_become_use(
    kind: str, fields: dict[str, Any], expected: Use, days: int | None, fhir: ReadFhir
) -> None:
    details = only(fhir(use("fluoxetine 20 mg", kind, **fields))).details
    assert (details.use, details.stopped_days_ago) == (expected, days)


def test_what_counts_as_current_against_a_hint_is_noted(fhir: ReadFhir) -> None:
    assert any(
        "so counted as current" in note for note in fhir(use(kind="MedicationRequest", status="completed")).notes
    )


# --- equal ones, and what is left out


def test_what_is_on_hold_is_asked_about(fhir: ReadFhir) -> None:
    listed = fhir(use("lorazepam 1 mg", status="on-hold"))
    assert "1 on hold, listed as stopped: ask since when, and whether it is taken" in listed.notes


def test_equal_requests_are_told_once_with_the_latest_end(fhir: ReadFhir) -> None:
    ends = [use(status="stopped", effectivePeriod={"end": days_ago(days)}) for days in (400, 30, 200)]
    listed = fhir(*ends)
    assert only(listed).details.stopped_days_ago == 30
    assert "2 further requests for the same medicine: Zoloft 50 mg" in listed.notes


def test_an_undated_end_among_dated_ones_stays_unknown(fhir: ReadFhir) -> None:
    listed = fhir(use(status="stopped", effectivePeriod={"end": "2019"}), use(status="stopped"))
    assert only(listed).details.stopped_days_ago is None


def test_another_use_of_the_same_medicine_is_an_entry_of_its_own(fhir: ReadFhir) -> None:
    listed = fhir(use(), use(status="stopped"), use())
    assert [entry.details.use for entry in listed.entries] == [Use.CURRENT, Use.STOPPED]


def test_everything_else_is_counted_by_type(fhir: ReadFhir) -> None:
    others = [{"resourceType": kind} for kind in ("Observation", "Observation", "Encounter")]
    assert "left out: 2 Observation, 1 Encounter" in fhir(use(), *others).notes


def test_errors_and_prohibitions_are_notes(fhir: ReadFhir) -> None:
    listed = fhir(use("lithium", status="Entered-In-Error"), use("codeine", "MedicationRequest", doNotPerform=True))
    assert not listed.entries
    assert "1 entered in error, not counted: lithium" in listed.notes
    assert "1 MedicationRequest says that it is not to be taken: codeine" in listed.notes


def test_given_by_staff_only_is_named(fhir: ReadFhir) -> None:
    given = [use(name, "MedicationAdministration", status="completed") for name in ("Zoloft", "propofol")]
    listed = fhir(use(), *given)
    assert only(listed).medicines == ("sertraline",)
    assert "given by staff only, not counted as taken: propofol" in listed.notes
    assert "left out: 2 MedicationAdministration" in listed.notes


def test_a_dispense_adds_nothing_to_its_request(fhir: ReadFhir) -> None:
    listed = fhir(use("lorazepam", "MedicationDispense"), use("lorazepam", "MedicationRequest"))
    assert len(listed.entries) == 1
    assert "left out: 1 MedicationDispense (its medicine is listed)" in listed.notes


def test_a_fresh_dispense_of_a_stopped_medicine_counts(fhir: ReadFhir) -> None:
    fresh = use("lorazepam", "MedicationDispense", status="completed", whenHandedOver=days_ago(3))
    listed = fhir(use("lorazepam", status="stopped"), fresh)
    assert {entry.details.use for entry in listed.entries} == {Use.STOPPED, Use.CURRENT}


def test_allergies(fhir: ReadFhir) -> None:
    allergy = {"resourceType": "AllergyIntolerance", "code": {"text": "Ketamine"}}
    refuted = {"resourceType": "AllergyIntolerance", "code": {"text": "codeine"}, "verificationStatus": "refuted"}
    mould = {"resourceType": "AllergyIntolerance", "code": {"text": "Allergy to mould"}}
    none = {"resourceType": "AllergyIntolerance", "code": {"text": "No known allergies"}}
    listed = fhir(allergy, refuted, mould, none)
    assert (listed.allergies, listed.entries) == (("ketamine",), ())
    assert len(listed.notes) == 4


# --- whose list it is


def test_patients_are_never_opened(fhir: ReadFhir) -> None:
    patient = {"resourceType": "Patient", "name": [{"family": "Quux"}], "birthDate": "1943-05-09"}
    texts = ("Patient: Zebediah Quux, lorazepam 1 mg", "Mr Quux")
    listed = fhir(
        patient, *[use(text, subject={"display": "Quux"}) for text in texts], use(dosage={"text": "DOB 1943"})
    )
    assert ("lorazepam",) in [entry.medicines for entry in listed.entries]
    assert len(listed.entries) == 3
    assert not re.search(r"quux|zebediah|1943", str(listed), re.IGNORECASE)


def test_several_people_are_noted_without_naming_them(fhir: ReadFhir) -> None:
    listed = fhir(*[use(subject={"reference": f"Patient/{name}"}) for name in ("quux", "zq")])
    assert any("2 people" in note for note in listed.notes)
    assert "quux" not in str(listed)


def test_one_person_by_two_addresses_is_one(fhir: ReadFhir) -> None:
    patient = {"resourceType": "Patient", "id": "7"}
    listed = fhir(
        patient, *[use(subject={"reference": address}) for address in ("Patient/7", "https://ehr.test/fhir/Patient/7")]
    )
    assert not any("people" in note for note in listed.notes)


@pytest.mark.parametrize("flag", ["Ceased", "Suspended", "Cancelled"])
def test_an_item_of_a_list_with_a_stop_flag_is_stopped(flag: str, fhir: ReadFhir) -> None:
    item = {"item": {"display": "lithium 300 mg"}, "flag": {"text": flag}}
    assert only(fhir({"resourceType": "List", "entry": [item]})).details.use is Use.STOPPED


PHENELZINE = {"resourceType": "Medication", "id": "m1", "code": {"text": "phenelzine 15 mg"}}


@pytest.mark.parametrize("item", [{"reference": "#m1"}, {"reference": "#m1", "display": "her tablets"}])
def test_an_item_that_points_into_its_list_is_read(item: dict[str, Any], fhir: ReadFhir) -> None:
    listed = fhir({"resourceType": "List", "contained": [PHENELZINE], "entry": [{"item": item}]})
    assert only(listed).medicines == ("phenelzine",)
    deleted = {"resourceType": "List", "contained": [PHENELZINE], "entry": [{"item": item, "deleted": True}]}
    assert only(fhir(deleted)).details.use is Use.STOPPED


def test_an_item_that_is_a_resource_of_the_file_counts_once(fhir: ReadFhir) -> None:
    listing = {"resourceType": "List", "entry": [{"item": {"reference": "Medication/m1"}}]}
    assert only(fhir(listing, PHENELZINE)).medicines == ("phenelzine",)


@pytest.mark.parametrize(
    ("item", "taken", "allergies", "note"),
    [
        ({"reference": "AllergyIntolerance/9", "display": "Ketamine"}, 0, ("ketamine",), "read as an allergy"),
        ({"reference": "https://x.test/AllergyIntolerance/9", "display": "Ketamine"}, 0, ("ketamine",), "an allergy"),
        ({"type": "AllergyIntolerance", "display": "Ketamine"}, 0, ("ketamine",), "read as an allergy"),
        ({"reference": "AllergyIntolerance/9", "display": "Mould"}, 0, (), "names no medicine of ours: Mould"),
        ({"reference": "AllergyIntolerance/9", "display": "No known allergies"}, 0, (), "no allergies are known"),
        (
            {"reference": "Condition/9", "display": "Lithium toxicity"},
            0,
            (),
            "is a Condition, not read as taken: lithium",
        ),
        ({"reference": "Procedure/1/_history/2", "display": "Ketamine infusion"}, 0, (), "is a Procedure"),
        ({"reference": "MedicationAdministration/1", "display": "Ketamine"}, 0, (), "not read as taken: ketamine"),
        ({"reference": "Condition/9", "display": "Diabetes"}, 0, (), "1 item of a List"),
        ({"reference": "MedicationStatement/9", "display": "Lithium"}, 1, (), "left out: 1 List"),
        ({"reference": "Medication/9", "display": "blorbizine"}, 1, (), "left out: 1 List"),
        ({"reference": "urn:uuid:9", "display": "Lithium"}, 1, (), "left out: 1 List"),
        ({"display": "Lithium"}, 1, (), "left out: 1 List"),
    ],
)
def test_an_item_is_read_by_its_type(
    item: dict[str, str], taken: int, allergies: tuple[str, ...], note: str, fhir: ReadFhir
) -> None:
    listed = fhir({"resourceType": "List", "entry": [{"item": item}]})
    assert (len(listed.entries), listed.allergies) == (taken, allergies)
    assert any(note in each for each in listed.notes)


@pytest.mark.parametrize(
    "named",
    [{"title": "Allergies"}, {"code": {"coding": [{"code": "48765-2"}]}}, {"code": {"text": "Drug allergies"}}],
)
def test_an_item_without_a_type_is_what_its_list_lists(named: dict[str, Any], fhir: ReadFhir) -> None:
    entry = [{"item": {"display": "Ketamine"}}]
    assert fhir({"resourceType": "List", **named, "entry": entry}).allergies == ("ketamine",)
    medicines = {"resourceType": "List", "title": "Current medications", "entry": [{"item": {"display": "blorbizine"}}]}
    assert only(fhir(medicines)).entered == "blorbizine"


@pytest.mark.parametrize("intent", [["proposal"], {"code": "proposal"}, 7, None])
def test_an_intent_of_the_wrong_type_is_none(intent: object, fhir: ReadFhir) -> None:
    assert only(fhir(use(kind="MedicationRequest", intent=intent))).details.use is Use.CURRENT


def test_one_person_told_in_three_ways_is_not_three(fhir: ReadFhir) -> None:
    subjects: list[dict[str, Any]] = [
        {"reference": "Patient/1"},
        {"reference": "urn:uuid:1"},
        {"display": "Quux"},
        {"reference": "#p"},
    ]
    assert not any("people" in note for note in fhir(*[use(subject=each) for each in subjects]).notes)
    others = [use(subject={"reference": f"urn:uuid:{name}"}) for name in "123"]
    assert any(note.startswith("the file may hold medicines of 3 people") for note in fhir(*others).notes)


# --- shapes and limits


def test_one_resource_a_line_and_a_bare_array(read: Read) -> None:
    resources = [use("lorazepam"), use("lithium")]
    for text in ("\n".join(map(json.dumps, resources)) + "\n", json.dumps(resources)):
        assert [entry.medicines for entry in read(text).entries] == [("lorazepam",), ("lithium",)]


def test_most_entries(read: Read) -> None:
    uses = [use(f"blorbizine q{chr(97 + number % 26)}{number // 26}z") for number in range(MOST_ENTRIES + 1)]
    assert len(read(json.dumps(uses[:-1])).entries) == MOST_ENTRIES
    with pytest.raises(UnusableList, match=r"1,001 different medicines"):
        read(json.dumps(uses))
    assert len(read(json.dumps([use()] * 5000)).entries) == 1


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("{}", "not FHIR"),
        ('{"medicines": ["sertraline"]}', "not FHIR"),
        ('["sertraline"]', "not FHIR"),
        ('{"resourceType": "Bundle", "type": "collection"}', "holds no resource"),
        ('{"resourceType": "MedicationStatement"', "damaged"),
        ('{"resourceType": "Bundle", "entry": [], "entry": [{"resource": {"resourceType": "List"}}]}', "a field twice"),
        ('{"resourceType": "Bundle", "total": ' + "9" * 5000 + "}", "damaged"),
        ('{"kind": "ketamine-consult-consultation", "entries": []}', "Open a saved consultation"),
    ],
)
def test_refused_in_one_sentence(text: str, sentence: str, read: Read) -> None:
    with pytest.raises(UnusableList, match=sentence):
        read(text)


def test_a_field_given_twice_with_one_value_is_read(read: Read) -> None:
    text = json.dumps(use("lithium"))[:-1] + ', "status": "active"}'
    assert only(read(text)).medicines == ("lithium",)


def test_references_in_a_circle_come_back(fhir: ReadFhir) -> None:
    inside = {"resourceType": "Medication", "id": "a", "ingredient": [{"itemReference": {"reference": "#a"}}]}
    listed = fhir(
        {
            "resourceType": "MedicationRequest",
            "contained": [inside],
            "medicationReference": {"reference": "#a"},
        }
    )
    assert only(listed).recognition is EntryStatus.NOT_RECOGNISED


@pytest.mark.parametrize(
    ("value", "medicine"),
    [
        ({"resourceType": "List", "contained": [{"resourceType": [1]}], "entry": []}, None),
        (
            ["phenelzine", {"resourceType": "MedicationRequest", "medicationCodeableConcept": {"text": "lorazepam"}}],
            "phenelzine",
        ),
        (
            {"resourceType": "Bundle", "entry": [{"resource": {"medicationCodeableConcept": {"text": "phenelzine"}}}]},
            "phenelzine",
        ),
        ({"resourceType": "Bundle", "entry": ["phenelzine"]}, "phenelzine"),
        ({"resourceType": "Bundle", "entry": "phenelzine"}, "phenelzine"),
        ({"resourceType": "Bundle", "entry": [{"resource": ["phenelzine"]}]}, "phenelzine"),
        ({"resourceType": "Bundle", "entry": [{"medicationCodeableConcept": {"text": "phenelzine"}}]}, "phenelzine"),
        ({"resourceType": "Bundle", "entry": [{"resource": {"resourceType": "John Smith DOB 1 Jan 1970"}}]}, None),
    ],
)
def test_odd_shapes_lose_nothing_and_repeat_no_name(value, medicine, base, index) -> None:
    listed = read_medication_file(json.dumps(value).encode(), index, base)
    assert medicine is None or medicine in {name for entry in listed.entries for name in entry.medicines}
    assert "Smith" not in " ".join(listed.notes)


def test_a_code_that_could_be_a_person_is_left_out(base, index) -> None:
    concept = {"text": "lorazepam", "coding": [{"code": "Jane Doe DOB 01/02/1970"}]}
    value = {"resourceType": "MedicationRequest", "status": "active", "medicationCodeableConcept": concept}
    assert read_medication_file(json.dumps(value).encode(), index, base).entries[0].codes == ()
