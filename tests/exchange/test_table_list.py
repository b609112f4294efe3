"""Tables (CSV): which column holds the medicines, what the others say, and that no row vanishes."""

from collections.abc import Callable

import pytest

from components.clinical.entry import MedicationList, NamedBeside
from components.clinical.knowledge_base import KnowledgeBase
from components.clinical.name_index import NameIndex
from components.clinical.terms import Use
from components.exchange.list_limits import ColumnUnsure, UnusableList
from components.exchange.medication_list import read_medication_list
from components.exchange.report_notes import notes_of_list
from tests.conftest import TODAY

Read = Callable[[str], MedicationList]

SYNTHEA = (
    "START,STOP,PATIENT,PAYER,ENCOUNTER,CODE,DESCRIPTION,BASE_COST,REASONCODE,REASONDESCRIPTION\n"
    "2019-07-08T23:38:03Z,2026-11-01T23:38:03Z,p-1,p,e,308192,Amoxicillin 500 MG Oral Tablet,408.86,,\n"
    "2019-07-08T23:38:03Z,,p-1,p,e,312938,sertraline 100 MG Oral Tablet [Zoloft],1.0,,Depression\n"
)


def named(listed: MedicationList) -> list[tuple[str, ...]]:
    return [entry.medicines for entry in listed.entries]


HEADERS = (
    "medication,dose",
    "Drug Name;Strength",
    "Präparat\tDosierung",
    "| Medicine | Dose |",
    '"Brand","Directions"',
    "drugName,sig",
    "Prescribed Drug,Dose",
    "Active Ingredient,Dose",
    "Full Drug Name,Dose",
    "sep=,\nMedication,Dose",
    "gizmo,widget",
)


@pytest.mark.parametrize("header", HEADERS)
def test_any_header_and_delimiter(header: str, read: Read) -> None:
    sign = next(each for each in "|;\t," if each in header)
    rows = [
        f"{name}{sign}{dose}" for name, dose in (("Zoloft", "50 mg"), ("lorazepam", "1 mg"), ("blorbizine", "2 mg"))
    ]
    if sign == "|":
        rows = ["|---|---|", *(f"| {row} |" for row in rows)]
    listed = read("\n".join((header, *rows)))
    assert named(listed) == [("sertraline",), ("lorazepam",), ()]
    if header == "gizmo,widget":
        assert "columns left out: widget" in listed.notes
    else:
        assert [entry.details.strength_mg for entry in listed.entries] == [50, 1, 2]


@pytest.mark.parametrize(
    "text",
    [
        "sertraline, lorazepam\nlithium, zolpidem",
        "sertraline 50 mg, daily\nlorazepam 1 mg, as needed",
        "blorbizine, qzxvol\nsertraline, lorazepam\nlithium, zolpidem",
        "Name: A. Person, age 40\nsertraline, 50 mg",
    ],
)
def test_lines_without_a_header_are_text(text: str, read: Read) -> None:
    assert not any("column" in note for note in read(text).notes)


def test_a_title_above_the_table_is_read_as_text(read: Read) -> None:
    listed = read("Patient: A. Person\nblorbizine 5 mg\n\nMedication;Dose\nlithium;300 mg")
    assert named(listed) == [(), ("lithium",)]
    assert listed.notes[0].startswith("above the table dropped: it looks like patient identity")


def test_identifiers_beside_the_medicine(read: Read) -> None:
    assert named(read("medId,visitId,drugName,dose\n1,2,sertraline,50 mg")) == [("sertraline",)]


def test_what_is_on_hold_is_asked_about(read: Read) -> None:
    listed = read("medication,status\nlorazepam 1 mg,on hold\nlithium,stopped")
    asked = [note for note in listed.notes if "ask since when" in note]
    assert asked == ["row 2 is on hold, listed as stopped: ask since when, and whether it is taken"]


def test_synthea_table(read: Read) -> None:
    listed = read(SYNTHEA)
    amoxicillin, sertraline = listed.entries
    assert (amoxicillin.details.use, amoxicillin.details.stopped_days_ago) == (Use.STOPPED, 20)
    assert (sertraline.medicines, sertraline.details.use) == (("sertraline",), Use.CURRENT)
    assert sertraline.codes == ("code 312938",)
    left = "columns left out: START, PATIENT, PAYER, ENCOUNTER, BASE_COST, REASONCODE, REASONDESCRIPTION"
    assert listed.notes == ("medicines read from the column 'DESCRIPTION'", left)


@pytest.mark.parametrize(
    ("header", "cells", "expected", "days"),
    [
        ("status", "active", Use.CURRENT, None),
        ("status", "Discontinued", Use.STOPPED, None),
        ("status", "on hold", Use.STOPPED, None),
        ("status", "planned", Use.PLANNED, None),
        ("status", "", Use.CURRENT, None),
        ("stop date", "2026-11-11", Use.STOPPED, 10),
        ("end date", "ongoing", Use.CURRENT, None),
        ("end date", "2027-01-31", Use.CURRENT, None),
        ("start date", "2027-01-31", Use.PLANNED, None),
        ("start date", "2020-01-31", Use.CURRENT, None),
        ("frequency", "twice daily prn", Use.AS_NEEDED, None),
        ("frequency", "daily tapering", Use.TAPERING, None),
    ],
)
def test_columns_that_say_how_it_stands(header: str, cells: str, expected: Use, days: int | None, read: Read) -> None:
    entry = read(f"medication,{header}\nfluoxetine 20 mg,{cells}").entries[0]
    assert (entry.details.use, entry.details.stopped_days_ago) == (expected, days)


def test_identity_is_neither_shown_nor_kept(read: Read) -> None:
    listed = read(
        "Patient Name,DOB,Address,Medication,Sig\n"
        "Zebediah Quux,1943-05-09,12 Acacia Avenue,Zoloft 50 mg,daily\n"
        "Zebediah Quux,1943-05-09,12 Acacia Avenue,lorazepam,call 555-123-4567\n"
    )
    assert named(listed) == [("sertraline",), ("lorazepam",)]
    assert not [word for word in ("Quux", "1943", "Acacia", "4567") if word in str(listed)]
    assert "columns left out: Patient Name, DOB, Address" in listed.notes


@pytest.mark.parametrize(
    "header", ["Medication,Reaction,Dose", "Drug,Adverse reactions,Sig", "Medication,Allergies,Status"]
)
def test_a_table_that_tells_how_it_is_taken_is_one_of_medicines(header: str, read: Read) -> None:
    assert named(read(f"{header}\nketamine,none,daily\nlithium,none,daily")) == [("ketamine",), ("lithium",)]


@pytest.mark.parametrize(
    "title",
    [
        "Active Medication",
        "Prescribed Medication",
        "Patient Medication",
        "Medication Ordered",
        "Medication ID",
        "Medicine name and code",
        "Start",
        "Status",
        "Full Name",
    ],
)
@pytest.mark.parametrize("beside", ["Dose", "Strength"])
def test_cells_that_name_medicines_overrule_the_title(title: str, beside: str, read: Read) -> None:
    listed = read(f"{title},{beside}\nlithium,300 mg\nlorazepam,1 mg\nblorbizine,2 mg")
    assert named(listed) == [("lithium",), ("lorazepam",), ()]
    assert not any("people" in note for note in listed.notes)


def test_every_column_but_clear_identity_is_offered(read: Read) -> None:
    header = "Patient Name,Status,Medication ID,Start,Code,DOB,,Dose"
    row = "Quux,lithium,blorbizine 1,lorazepam,zqx,1943-05-09,qzxvol,2 mg"
    with pytest.raises(ColumnUnsure) as raised:
        read(f"{header}\n{row}\n{row}")
    offered = [each.called for each in raised.value.choices]
    assert offered == ["Status", "Medication ID", "Start", "Code", "column 7", "Dose"]


def test_of_two_columns_with_one_title_either_can_be_chosen(base: KnowledgeBase, index: NameIndex, read: Read) -> None:
    text = "drug,drug\nlorazepam,sertraline\nlithium,zolpidem"
    with pytest.raises(ColumnUnsure) as raised:
        read(text)
    assert [each.place for each in raised.value.choices] == [0, 1]
    for place, expected in ((0, "lorazepam"), (1, "sertraline")):
        listed = read_medication_list(text, index, base, TODAY, column=place)
        assert listed.entries[0].medicines == (expected,)


def test_instructions_to_a_patient_tell_how_it_is_taken(read: Read) -> None:
    listed = read("Medication,Patient Instructions\nlorazepam 1 mg,twice daily\nlithium,at night")
    assert [entry.details.doses_per_day for entry in listed.entries] == [2, 1]
    assert not any("people" in note for note in listed.notes)


def test_two_columns_on_one_person_are_one_person(read: Read) -> None:
    assert not any("people" in note for note in read("MRN,Patient,medication\n17,Quux,Zoloft\n17,Quux,lithium").notes)


def test_rows_of_several_people_are_noted(read: Read) -> None:
    listed = read("patient,medication\nquux,Zoloft\nzq,lorazepam")
    assert any("2 people" in note for note in listed.notes)


def test_no_row_vanishes(read: Read) -> None:
    listed = read(
        "medication,dose,notes\n"
        "Zoloft,50 mg,also takes lorazepam\n"
        ",20 mg,\n"
        ",,\n"
        "Zoloft,50 mg,\n"
        'lithium,300 mg,"a, b",codeine\n'
    )
    assert named(listed) == [("sertraline",), ("lithium",), ("codeine",)]
    assert listed.beside == (NamedBeside(2, 0, ("lorazepam",)),)
    for note in (
        "row 2: named in another column, not read as taken: lorazepam",
        "row 3: no medicine in the column 'medication'",
        "row 4 skipped: empty",
        "row 6 has more cells than the header: the rest was read as text",
        "1 further row for the same medicine: Zoloft, 50 mg",
    ):
        assert note in notes_of_list(listed)


def test_a_quote_that_never_closes_swallows_nothing(read: Read) -> None:
    assert named(read('medication,dose\n"Zoloft,50 mg\nlorazepam,1 mg')) == [("sertraline",), ("lorazepam",)]


def test_lines_within_a_cell(read: Read) -> None:
    assert named(read('medication,dose\n"Zoloft\n50 mg",daily\nlithium,daily')) == [("sertraline",), ("lithium",)]


def test_brand_beside_generic_is_one_medicine(read: Read) -> None:
    assert named(read("generic,brand\nsertraline,Zoloft\nlorazepam,Ativan")) == [("sertraline",), ("lorazepam",)]


def test_the_user_chooses_when_nobody_can_tell(base: KnowledgeBase, index: NameIndex, read: Read) -> None:
    text = "medication,product,email\nlorazepam,sertraline,zq@example.org\nlithium,zolpidem,zq@example.org"
    with pytest.raises(ColumnUnsure, match=r"choose one of 'medication', 'product'\.$") as raised:
        read(text)
    assert [(each.place, each.title, each.examples) for each in raised.value.choices] == [
        (0, "medication", ("lorazepam", "lithium")),
        (1, "product", ("sertraline", "zolpidem")),
    ]
    listed = read_medication_list(text, index, base, TODAY, column=1)
    assert named(listed) == [("sertraline",), ("zolpidem",)]
    assert [each.medicines for each in listed.beside] == [("lorazepam",), ("lithium",)]
    with pytest.raises(UnusableList, match="no such column"):
        read_medication_list(text, index, base, TODAY, column=3)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("name,dose", "header but no rows"),
        ("START,STOP,CODE,DESCRIPTION,REACTION\n2020,,1,Peanut,Hives\n2020,,1,codeine,Rash", "table of allergies"),
        ("Allergen;Reaction\nKetamine;rash", "table of allergies"),
        ("Allergies,Reaction,Severity\nKetamine,rash,mild", "table of allergies"),
        ("Drug,Reaction\nKetamine,rash\nlithium,tremor", "table of allergies"),
        ("Drug Allergy,Status\nKetamine,active\nlithium,active", "table of allergies"),
        ("Allergen,Reaction,Severity,Status\nKetamine,rash,mild,active", "table of allergies"),
        ("MRN,Patient Name\n17,Lorazepine Quux\n18,Zq", "No column of the table can hold medicines"),
    ],
)
def test_refused_in_one_sentence(text: str, sentence: str, read: Read) -> None:
    with pytest.raises(UnusableList, match=sentence):
        read(text)


@pytest.mark.parametrize(
    ("stop", "status", "use"),
    [
        ("12/31/2027", "active", "current"),
        ("12/31/2027", "", "current"),
        ("2027-1-5", "", "current"),
        ("open", "", "current"),
        ("continuing", "", "current"),
        ("2026-01-05", "active", "current"),
        ("2026-01-05", "", "stopped"),
        ("31/12/2024", "", "stopped"),
        ("2026-01-05", "stopped", "stopped"),
        ("", "inactive", "stopped"),
        ("yes", "", "stopped"),
    ],
)
def test_in_doubt_a_medicine_is_current(stop: str, status: str, use: str, read) -> None:
    listed = read(f"medication,stop date,status\nlorazepam 1 mg,{stop},{status}\nsertraline,,active\n")
    assert listed.entries[0].details.use == use


@pytest.mark.parametrize(
    ("status", "use", "noted"),
    [
        ("recommended", "current", False),
        ("amended", "current", False),
        ("Extended", "current", False),
        ("unexpired", "current", False),
        ("Not stopped", "current", True),
        ("never stopped", "current", True),
        ("not on hold", "current", True),
        ("Active - do not stop", "current", True),
        ("Active; completed titration", "current", True),
        ("Don't stop", "current", True),
        ("past due refill", "current", True),
        ("refill cancelled", "current", True),
        ("not taking as prescribed", "current", False),
        ("no", "current", True),
        ("Active (refill pending)", "current", False),
        ("unplanned", "current", False),
        ("not yet started", "planned", False),
        ("intended", "planned", False),
        ("Stopped", "stopped", False),
        ("Discontinued by provider", "stopped", False),
        ("Patient not taking", "stopped", False),
        ("no longer taking", "stopped", False),
        ("NotTaking", "stopped", False),
        ("On-Hold", "stopped", False),
        ("past medication", "stopped", False),
        ("Completed course", "stopped", False),
        ("Completed 2019-03-01", "stopped", False),
    ],
)
def test_a_status_says_stopped_only_in_whole_words_that_nothing_denies(
    status: str, use: str, noted: bool, read: Read
) -> None:
    listed = read(f"medication,status\nlorazepam 1 mg,{status}\n")
    assert listed.entries[0].details.use == use
    assert any("row 2 has a status" in note for note in listed.notes) is noted


@pytest.mark.parametrize(
    ("end", "use", "noted"),
    [
        ("no end date", "current", False),
        ("open-ended", "current", False),
        ("not stopped", "current", True),
        ("Does not end", "current", True),
        ("ongoing (started 2019)", "current", True),
        ("since 2019", "current", True),
        ("stop if rash", "current", True),
        ("last refill 2020", "current", True),
        ("next week", "current", True),
        ("3 weeks", "current", True),
        ("maybe", "current", True),
        ("x", "stopped", False),
        ("TRUE", "stopped", False),
        ("2019", "stopped", False),
        ("March 2019", "stopped", False),
        ("until 2019", "stopped", False),
        ("3 weeks ago", "stopped", False),
        ("last week", "stopped", False),
        ("stopped due to rash", "stopped", False),
        ("2026-01-05 00:00:00", "stopped", False),
    ],
)
def test_an_end_counts_only_where_it_is_one(end: str, use: str, noted: bool, read: Read) -> None:
    listed = read(f"medication,end date\nlorazepam 1 mg,{end}\n")
    assert listed.entries[0].details.use == use
    assert any("row 2 has an end" in note for note in listed.notes) is noted
