"""A pasted or uploaded list -> entries and notes: nothing is lost, nobody is named, nothing hangs."""

import json
from collections.abc import Callable

import pytest

from components.clinical.entry import MedicationList
from components.clinical.name_index import NameIndex
from components.clinical.terms import EntryStatus
from components.exchange.medication_list import (
    MOST_CHARACTERS,
    MOST_ENTRIES,
    MOST_FILE_BYTES,
    UnusableList,
    decode,
)
from components.exchange.sparing_index import MOST_SEARCHES, SUGGESTIONS_LEFT_OUT

Read = Callable[[str], MedicationList]


def medicines(listed: MedicationList) -> list[str]:
    """Medicines of each entry, 'a+b' for a combination, '' for an entry that asks."""
    return ["+".join(entry.medicines) for entry in listed.entries]


def everything_told(listed: MedicationList) -> str:
    """All text that can reach a screen, a printout or a file."""
    words = [*listed.notes, *listed.allergies]
    for entry in listed.entries:
        words += [entry.entered, *entry.medicines, *entry.suggestions]
    return " ".join(words).casefold()


# --- one line, several medicines


@pytest.mark.parametrize(
    "line",
    [
        "sertraline, lorazepam, lithium",
        "sertraline;lorazepam;lithium",
        "sertraline | lorazepam | lithium",
        "sertraline\tlorazepam\tlithium",
        "sertraline and lorazepam and lithium",
        "sertraline + lorazepam & lithium",
        "sertraline plus lorazepam or lithium",
        "sertraline • lorazepam • lithium",
        "sertraline 50 mg lorazepam 1 mg lithium 300 mg",
        "sertraline. lorazepam. lithium.",
        "sertraline,,lorazepam,;lithium,",
    ],
)
def test_several_on_a_line(line: str, read: Read) -> None:
    assert medicines(read(line)) == ["sertraline", "lorazepam", "lithium"]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("sertraline (Zoloft, Lustral) 50 mg", ["sertraline"]),
        ("lithium 1,000 mg", ["lithium"]),
        ("Xanax 0,5 mg, Tavor 1,0 mg", ["alprazolam", "lorazepam"]),
        ("1,4-butanediol", ["1,4-butanediol"]),
        ("sertraline 50 mg, 1 tab, daily, with food", ["sertraline"]),
    ],
)
def test_not_split_inside_brackets_numbers_and_names(line: str, expected: list[str], read: Read) -> None:
    assert medicines(read(line)) == expected


def test_unclosed_bracket_does_not_join_medicines(read: Read) -> None:
    assert medicines(read("sertraline (50 mg, lorazepam 1 mg")) == ["sertraline", "lorazepam"]


@pytest.mark.parametrize(
    "bullet",
    "- |* |• |– |— |> |▪ |◦ |☐ |☑ |✓ |1. |1) |(1) |12. |a) |b. |[ ] |[x] |[X] |- [ ] |  - |#1 |1- ".split("|"),
)
def test_bullets(bullet: str, read: Read) -> None:
    listed = read(f"{bullet}sertraline 50 mg\n{bullet}lorazepam 1 mg")
    assert medicines(listed) == ["sertraline", "lorazepam"]
    assert [entry.details.strength_mg for entry in listed.entries] == [50, 1]
    assert not listed.notes


def test_a_continuation_completes_the_entry_above(read: Read) -> None:
    (entry,) = read("Trazodone 50 mg\ntake one tablet at bedtime as needed").entries
    assert (entry.details.use, entry.details.route, entry.details.strength_mg) == ("as_needed", "oral", 50)


def test_a_second_strength_leaves_the_dose_unknown_and_is_shown(read: Read) -> None:
    """Unknown, so that the stricter record stands (naltrexone 4.5 mg, 50 mg)."""
    (entry,) = read("lorazepam 1 mg prn\n2 mg tablets").entries
    assert (entry.details.use, entry.details.strength_mg) == ("as_needed", None)
    assert entry.entered == "lorazepam 1 mg prn, 2 mg tablets"


def test_what_was_typed_stands_in_the_entry(read: Read) -> None:
    assert [entry.entered for entry in read("1. Zoloft 100 mg qAM\nMS Contin 30 mg q12h").entries] == [
        "Zoloft 100 mg qAM",
        "MS Contin 30 mg q12h",
    ]


# --- no line is lost

LINES = (
    "sertraline 50 mg",
    "xyzolam 5 mg",
    "bup 8 mg",
    "terbinafine 250 mg",
    "Zoloft, lorazepam",
    "Name: Zebediah Quux",
    "Allergies: codeine",
    "NKDA",
    "none",
    "Current medications:",
    "lorem ipsum dolor",
    "***",
    ",",
    "5 mg",
    "x",
    "1.",
    "take one at night",
    "BP 140/90",
    "Dr Who",
    "日本語の薬",
    "سيرترالين",
    "💊",
    "=SUM(A1)",
    "<b>sertraline</b>",
    "C:\\temp",
)
CONTINUATIONS = {"5 mg", "x", "take one at night", "1.", "BP 140/90", "\u200b", "💊"}
"""Hold nothing that could be a medicine's name: allowed to leave nothing but details on the entry above."""


@pytest.mark.parametrize("line", LINES)
def test_every_line_alone_leaves_an_entry_or_a_note(line: str, read: Read) -> None:
    listed = read(line)
    assert listed.entries or listed.notes


@pytest.mark.parametrize("line", LINES)
def test_every_line_after_a_medicine_leaves_an_entry_or_a_note_or_continues(line: str, read: Read) -> None:
    listed = read(f"lithium 300 mg\n{line}")
    assert len(listed.entries) + len(listed.notes) > 1 or line in CONTINUATIONS


def test_notes_name_their_line(read: Read) -> None:
    listed = read("\n\nsertraline\nNKDA\n\nCurrent medications:\n---")
    assert [note.split(":")[0].split(" skipped")[0] for note in listed.notes] == ["line 4", "line 6", "line 7"]


@pytest.mark.parametrize("name", ["INH", "K", "Mg", "Ca"])
def test_a_short_name_with_a_dose_does_not_vanish_into_the_entry_above(name: str, read: Read) -> None:
    """Isoniazid, potassium, magnesium and calcium as records write them."""
    listed = read(f"sertraline 50 mg\n{name} 300 mg daily")
    assert len(listed.entries) == 2 or listed.notes
    assert listed.entries[0].details.route is None


# --- identity is dropped and never echoed

SECRETS = ("zebediah", "quux", "943", "5919", "1980", "4567", "12345678", "acacia", "90210", "zq@")
IDENTITY = (
    "Name: Zebediah Quux",
    "NAME : QUUX, ZEBEDIAH",
    "Name - Zebediah Quux",
    "Name Zebediah Quux",
    "Patient: Zebediah Quux",
    "Patient name: Zebediah Quux",
    "Patient Name Zebediah Quux",
    "Pt: Zebediah Quux",
    "Pt name: Zebediah Quux",
    "Client: Zebediah Quux",
    "Surname: Quux",
    "Mr Quux",
    "Mrs. Quux, 45 years",
    "Ms Zebediah Quux",
    "Zebediah Quux DOB 01/02/1980",
    "DOB: 1980-02-01",
    "D.O.B. 01/02/1980",
    "Date of birth 1 Feb 1980",
    "Born 12/3/1980",
    "Geburtsdatum: 12.03.1980",
    "Date de naissance : 12/03/1980",
    "MRN: 12345678",
    "MRN 12345678",
    "MRN12345678",
    "MRN#12345678",
    "Patient ID 12345678",
    "Patient ID: 12345678",
    "NHS No: 943 476 5919",
    "NHS number 943 476 5919",
    "SSN 943-47-5919",
    "Phone: (555) 123-4567",
    "Tel 555-123-4567",
    "cell: 555.123.4567",
    "+1 555 123 4567",
    "zq@example.org",
    "Address: 12 Acacia Avenue",
    "12 Acacia Avenue",
    "Zip code: 90210",
    "Zip 90210",
    "Next of kin: Zebediah Quux",
    "Next of kin Zebediah Quux",
    "Emergency contact: Zebediah Quux 555-123-4567",
    "- Name: Zebediah Quux",
    "1. Patient: Zebediah Quux (MRN 12345678)",
    "\ufeffName: Zebediah Quux",
    "Na\u200bme: Zebediah Quux",
    "\u202eName: Zebediah Quux",
    "Name\uff1a Zebediah Quux",
)


@pytest.mark.parametrize("identity", IDENTITY)
def test_identity_is_never_echoed(identity: str, read: Read) -> None:
    """Above, below and beside a medicine, which stays."""
    for listing in ("{}\nsertraline 50 mg", "sertraline 50 mg\n{}", "{}; sertraline 50 mg"):
        listed = read(listing.format(identity))
        told = everything_told(listed)
        assert not [secret for secret in SECRETS if secret in told], told
        assert "sertraline" in medicines(listed)


@pytest.mark.parametrize("identity", ["Name: Zebediah Quux", "DOB 01/02/1980", "Mr Quux", "zq@example.org"])
def test_dropping_identity_leaves_a_note(identity: str, read: Read) -> None:
    (note,) = read(identity).notes
    assert note.startswith("line 1 dropped")


@pytest.mark.parametrize(
    ("line", "what_must_be_told"),
    [
        ("Mr Quux takes sertraline and bup 8 mg", "bup"),
        ("Mr Quux takes sertraline and terbinafine 250 mg", "terbinafine"),
        ("Patient: Zebediah Quux, on Nardil, and setraline", "enter it again"),
    ],
)
def test_medicines_beside_identity_are_not_lost_unsaid(line: str, what_must_be_told: str, read: Read) -> None:
    """Kept, or the note asks for them: 'kept only the medicines named in it' must be true."""
    listed = read(line)
    told = everything_told(listed)
    assert what_must_be_told in told or "enter" in told


@pytest.mark.parametrize(
    "line",
    [
        "MS Contin 30 mg q12h",
        "MS IR 15 mg q4h",
        "Medication name: sertraline 50 mg",
        "Drug name: lorazepam 1 mg",
        "Generic name: quetiapine 25 mg",
    ],
)
def test_a_medicine_line_is_not_taken_for_identity(line: str, read: Read) -> None:
    listed = read(line)
    assert listed.entries
    assert not [note for note in listed.notes if "identity" in note]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Nurofen Plus 2 tablets qds", ["codeine+ibuprofen"]),
        ("Nurofen Plus", ["codeine+ibuprofen"]),
        ("sertraline 50 mg plus lithium 400 mg", ["sertraline", "lithium"]),
        ("sertraline plus lithium", ["sertraline", "lithium"]),
        ("sertraline plus 300 mg lithium", ["sertraline", "lithium"]),
        ("Nurofen plus lithium 400 mg", ["ibuprofen", "lithium"]),
        ("lithium 400 mg plus 200 mg", ["lithium"]),
    ],
)
def test_plus_is_a_part_of_a_name_or_joins_two(line: str, expected: list[str], read: Read) -> None:
    assert medicines(read(line)) == expected


@pytest.mark.parametrize("line", ["Zyprexa Plus 2 tablets", "Zyprexa Plus 5/25 mg"])
def test_an_unknown_plus_is_asked_about(line: str, read: Read) -> None:
    (entry,) = read(line).entries
    assert entry.recognition is EntryStatus.NOT_RECOGNISED
    assert entry.entered == line


# --- allergies


def test_allergy_section_ends_at_an_empty_line_or_heading(read: Read) -> None:
    for end in ("\n", "Current medications:\n"):
        listed = read(f"Allergies:\n- penicillin\n- codeine\n{end}sertraline 50 mg")
        assert medicines(listed) == ["sertraline"]
        assert listed.allergies == ("codeine",)


@pytest.mark.parametrize(
    "text",
    [
        "ALLERGIES\ncodeine\n\nMEDICATIONS\nsertraline",
        "Allergies:\n\ncodeine\n\nMedications:\nsertraline",
        "Allergies:\ncodeine\nHome Medications\nsertraline",
        "Allergies: codeine\nsertraline",
        "Drug allergy - codeine\nsertraline",
        "Allergic to codeine\nsertraline",
        "Intolerances: codeine (nausea)\nsertraline",
        "Adverse reactions: codeine\nsertraline",
        "sertraline\nAllergies: codeine",
        "Medications: sertraline\nAllergies: codeine",
    ],
)
def test_allergies_are_no_entries_and_entries_no_allergies(text: str, read: Read) -> None:
    listed = read(text)
    assert medicines(listed) == ["sertraline"]
    assert listed.allergies == ("codeine",)
    assert any("allergy" in note for note in listed.notes)


@pytest.mark.parametrize(
    "line",
    [
        "Klonopin (allergy)",
        "Klonopin - allergy",
        "clonazepam [allergy]",
        "Klonopin 0.5 mg (allergy)",
        "Klonopin (allergic)",
    ],
)
def test_a_brand_with_allergy_in_brackets_is_not_taken(line: str, read: Read) -> None:
    """Unless it is a medicine against allergies: then the brackets tell what it is taken for."""
    listed = read(f"{line}\nsertraline")
    assert listed.allergies == ("clonazepam",)
    assert medicines(listed) == ["sertraline"]


@pytest.mark.parametrize(
    "text",
    [
        "Klonopin (allergy), phenelzine",
        "codeine allergy, phenelzine",
        "Allergies: penicillin; meds: phenelzine",
        "Allergies: penicillin. Current: phenelzine",
        "Allergies:\npenicillin\nCurrent meds: phenelzine",
        "Allergies: penicillin. Failed: phenelzine",
        "Current: phenelzine. Allergies: tramadol, codeine",
    ],
)
def test_an_allergy_ends_where_a_label_or_the_next_medicine_begins(text: str, read: Read) -> None:
    listed = read(text)
    assert medicines(listed) == ["phenelzine"]
    assert "phenelzine" not in listed.allergies


@pytest.mark.parametrize("line", ["Allergies to medications: codeine, tramadol", "Allergic to: codeine, tramadol"])
def test_medications_in_the_label_of_allergies_are_not_taken(line: str, read: Read) -> None:
    assert read(line).allergies == ("codeine", "tramadol")
    assert not read(line).entries


@pytest.mark.parametrize("line", ["doxepin 10 mg nightly (allergy)", "Zyrtec 10 mg (allergy)"])
def test_what_is_taken_at_set_times_is_no_allergy(line: str, read: Read) -> None:
    assert len(read(line).entries) == 1


@pytest.mark.parametrize(
    ("text", "taken", "allergies"),
    [
        ("phenelzine 45. NKDA. tramadol 50", "phenelzine tramadol", ""),
        ("NKDA; phenelzine 45; tramadol 50", "phenelzine tramadol", ""),
        ("lithium 900 NKDA", "lithium", ""),
        ("sertraline 100 no allergies", "sertraline", ""),
        ("phenelzine 45, sertraline 50 - NKDA", "phenelzine sertraline", ""),
        ("phenelzine 45, sertraline 50 - no known allergies", "phenelzine sertraline", ""),
        ("phenelzine 45, tramadol 50 (NKDA)", "phenelzine tramadol", ""),
        ("sertraline 50 mg, NKDA, tramadol 50", "sertraline tramadol", ""),
        ("no known drug allergies sertraline 50", "sertraline", ""),
        ("no allergies to medications lithium 900 mg", "lithium", ""),
        ("sertraline 50, allergies: nil, tramadol 50", "sertraline tramadol", ""),
        ("not allergic to codeine. Takes tramadol 50", "tramadol", ""),
        ("Allergies:\nNKDA\nsertraline 50 mg\nphenelzine", "sertraline phenelzine", ""),
        ("Allergies:\ncodeine\ntramadol 50 mg tid\nphenelzine 45", "tramadol phenelzine", "codeine"),
        (
            "sertraline 100 (allergic to penicillin), tramadol 50 tid, phenelzine 15",
            "sertraline tramadol phenelzine",
            "",
        ),
        (
            "escitalopram 20 mg (allergic to citalopram), fluconazole 150 once, moxifloxacin 400",
            "escitalopram fluconazole moxifloxacin",
            "citalopram",
        ),
        ("sertraline (50 mg bd, allergic to codeine [rash]) phenelzine 15", "sertraline phenelzine", "codeine"),
        ("sertraline 50 (allergic to codeine", "sertraline", "codeine"),
        ("codeine (allergy: rash), phenelzine 45, tramadol 50", "phenelzine tramadol", "codeine"),
        ("codeine - anaphylaxis, tramadol 50, Nardil", "tramadol phenelzine", "codeine"),
        ("phenelzine 45 codeine (allergy: rash)", "phenelzine codeine", ""),
        ("Lexapro 10, Nardil 15 - allergy to sulfa", "escitalopram phenelzine", ""),
        ("tramadol 50 (allergic to NSAIDs)\nphenelzine 45", "tramadol phenelzine", ""),
        ("Allergies - amoxicillin. tramadol 50 mg tid, phenelzine 45", "tramadol phenelzine", "amoxicillin"),
        ("Allergies: amoxicillin; tramadol 50; phenelzine 45", "tramadol phenelzine", "amoxicillin"),
        ("Allergies: codeine; tramadol; morphine", "", "codeine tramadol morphine"),
        ("Allergies: codeine, tramadol 50 mg (rash)", "", "codeine tramadol"),
        ("Allergic to tramadol 50 mg", "", "tramadol"),
        ("Allergic to codeine tramadol 50 mg tid", "codeine tramadol", ""),
        ("cetirizine 10 mg for allergy to pollen, phenelzine", "cetirizine phenelzine", ""),
        (
            "lisinopril 10 mg, NKDA except codeine (rash), metoprolol 25 bd, allergies: sulfa, latex, "
            "alprazolam 1 mg tid",
            "lisinopril metoprolol alprazolam",
            "codeine",
        ),
        (
            "Meds: phenelzine 45, sertraline 50, intolerant of codeine, oxycodone 5 prn",
            "phenelzine sertraline oxycodone",
            "codeine",
        ),
    ],
)
def test_words_of_an_allergy_take_no_medicine_away(text: str, taken: str, allergies: str, read: Read) -> None:
    listed = read(text)
    assert medicines(listed) == taken.split()
    assert listed.allergies == tuple(allergies.split())
    assert {entry.details.use for entry in listed.entries} <= {"current", "as_needed"}


@pytest.mark.parametrize("text", ["Allergies: ketamine", "Allergic to ketamine", "Allergies:\nKetalar"])
def test_allergy_to_ketamine_is_told(text: str, read: Read) -> None:
    assert read(text).allergies == ("ketamine",)


@pytest.mark.parametrize("text", ["NKDA", "NKA", "No known drug allergies", "Allergies: none", "Allergies: nil known"])
def test_no_allergies(text: str, read: Read) -> None:
    listed = read(f"{text}\nsertraline")
    assert listed.allergies == ()
    assert medicines(listed) == ["sertraline"]
    assert listed.notes == ("line 1: says that no allergies are known",)


@pytest.mark.parametrize(
    "line",
    [
        "cetirizine 10 mg for allergies",
        "cetirizine 10 mg prn allergy",
        "Zyrtec Allergy 10 mg",
        "Zyrtec (allergy)",
        "cetirizine (allergies)",
        "cetirizine 10 mg, allergic rhinitis",
        "No known drug allergies; takes cetirizine 10 mg",
        "NKDA. cetirizine 10 mg",
    ],
)
def test_a_medicine_for_an_allergy_is_taken(line: str, read: Read) -> None:
    listed = read(line)
    assert "cetirizine" in medicines(listed)
    assert listed.allergies == ()


# --- nothing taken, headings


@pytest.mark.parametrize(
    "text", ["none", "None.", "nil", "N/A", "no medications", "No current meds", "takes no medicines", "- none", "NONE"]
)
def test_no_medicines(text: str, read: Read) -> None:
    listed = read(text)
    assert not listed.entries
    assert listed.notes == ("line 1: says that no medicines are taken",)


@pytest.mark.parametrize(
    "heading",
    ["Current medications:", "MEDICATIONS:", "Psychiatric meds:", "PRN:", "Over the counter:", "Supplements:"],
)
def test_headings(heading: str, read: Read) -> None:
    listed = read(f"{heading}\nsertraline 50 mg")
    assert medicines(listed) == ["sertraline"]
    assert listed.notes == ("line 1 skipped: read as a heading",)


@pytest.mark.parametrize("line", ["Lithium:", "Zoloft:", "Ketamine:"])
def test_a_medicine_with_a_colon_is_no_heading(line: str, read: Read) -> None:
    assert len(read(line).entries) == 1


# --- what cannot be read


@pytest.mark.parametrize("text", ["", " ", "\n\n\r\n\t", "\ufeff", "\ufeff \n"])
def test_empty(text: str, read: Read) -> None:
    with pytest.raises(UnusableList, match=r"^The list is empty"):
        read(text)


def test_nul(read: Read) -> None:
    with pytest.raises(UnusableList, match=r"^This is not a text file"):
        read("sertraline\x00lorazepam")


@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\n\x00\x00", b"%PDF-1.7\n\x00\x01", bytes(range(256)), b"a\x00b"])
def test_binary(content: bytes) -> None:
    with pytest.raises(UnusableList, match=r"^This is not a text file"):
        decode(content)


@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize("start", ["", "\ufeff", "\n  "])
def test_pasted_fhir_is_read_as_a_file_would_be(indent: int | None, start: str, read: Read) -> None:
    statement = {"resourceType": "MedicationStatement", "medicationCodeableConcept": {"text": "Zoloft 50 mg"}}
    bundle = {"resourceType": "Bundle", "entry": [{"resource": statement}]}
    for value in (bundle, [bundle]):
        assert medicines(read(start + json.dumps(value, indent=indent))) == ["sertraline"]


def test_cut_off_fhir_json_is_refused(read: Read) -> None:
    with pytest.raises(UnusableList, match=r"^This JSON file is damaged or cut off"):
        read('{"resourceType": "Bundle", "entry": [')


def test_deeply_nested_json_does_not_crash(read: Read) -> None:
    with pytest.raises(UnusableList):
        read('{"resourceType": ' + "[" * 100_000)
    read("[" * 5_000 + " sertraline")


@pytest.mark.parametrize("header", ["name,dose,frequency", '"Medication","Dose"', "Drug,Strength,Start Date,Stop Date"])
def test_a_pasted_table_is_read_as_a_file_would_be(header: str, read: Read) -> None:
    assert medicines(read(f"{header}\nsertraline,50 mg,,\nlorazepam,1 mg,,")) == ["sertraline", "lorazepam"]


@pytest.mark.parametrize("text", ["[x] sertraline", "[ ] sertraline", "{sertraline}", "name, sertraline, dose 50 mg"])
def test_text_that_only_looks_like_another_format_is_read(text: str, read: Read) -> None:
    assert "sertraline" in medicines(read(text))


# --- limits


def test_thousand_entries_and_no_more(read: Read) -> None:
    assert len(read("sertraline\n" * MOST_ENTRIES).entries) == MOST_ENTRIES == 1000
    for text in ("sertraline\n" * (MOST_ENTRIES + 1), "sertraline, " * (MOST_ENTRIES + 1)):
        with pytest.raises(UnusableList, match=r"at most 1,000 entries"):
            read(text)


def test_most_characters_and_no_more(read: Read) -> None:
    text = "sertraline".ljust(MOST_CHARACTERS, "\n")
    assert len(text) == MOST_CHARACTERS == 200_000
    assert medicines(read(text)) == ["sertraline"]
    with pytest.raises(UnusableList, match=r"^The list is too long"):
        read(text + "\n")


def test_five_megabytes_on_one_line(read: Read) -> None:
    with pytest.raises(UnusableList, match=r"^The list is too long"):
        read("a" * 5_000_000)
    with pytest.raises(UnusableList, match=r"at most 20 MB"):
        decode(b"a" * (MOST_FILE_BYTES + 1))


@pytest.mark.parametrize(
    "unit",
    ["1.", "1,", "a.", "a", " ", "(", "[ ]", "-", "+", "/", "!", "0 ", "known ", "x, ", "qzxv ", "name ", "12 Aa "],
)
def test_long_lines_come_back(unit: str, read: Read) -> None:
    """A pattern that takes quadratic time would hang this test for minutes."""
    listed = read("name" + unit * (100_000 // len(unit)) + "x")
    assert listed.entries or listed.notes


@pytest.mark.parametrize("unit", ["sertraline ", "(sertraline, ", "sertraline/", "sertraline with clonazapam "])
def test_long_lines_of_medicines_come_back(unit: str, read: Read) -> None:
    try:
        listed = read(unit * (24_000 // len(unit)))
    except UnusableList as refusal:
        assert str(refusal).startswith("The list is too long")  # noqa: PT017
    else:
        assert "sertraline" in "+".join(medicines(listed))


def test_a_long_line_is_echoed_short(read: Read) -> None:
    for text in ("sertraline " + "blah " * 500, "qzxv" * 500, "qzxv " * 500):
        assert all(len(entry.entered) <= 200 for entry in read(text).entries)


# --- characters


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\v", "\f", "\x85", "\u2028", "\u2029", "\n\n", "\r\n\r\n"])
def test_line_ends(end: str, read: Read) -> None:
    listed = read(end.join(("Zoloft 50 mg", "lorazepam 1 mg", "lithium 300 mg")) + end)
    assert [entry.entered for entry in listed.entries] == ["Zoloft 50 mg", "lorazepam 1 mg", "lithium 300 mg"]
    assert not listed.notes


def test_windows_lines_count_once(read: Read) -> None:
    assert read("sertraline\r\nNKDA\r\n").notes == ("line 2: says that no allergies are known",)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings(encoding: str, read: Read) -> None:
    text = "Zoloft 50 mg\r\nNeurontin® 300 mg – Tranxène 5 µg\n"
    assert decode(text.encode(encoding)) == text
    assert medicines(read(decode(text.encode(encoding)))) == ["sertraline", "gabapentin", "clorazepate"]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_by_its_mark(encoding: str) -> None:
    assert decode("\ufeffsertraline".encode(encoding)).lstrip("\ufeff") == "sertraline"


def test_a_broken_utf_16_file_is_refused() -> None:
    with pytest.raises(UnusableList):
        decode(b"\xff\xfea")


@pytest.mark.parametrize(
    "text",
    [
        "\ufeffsertraline 50 mg",
        "\u200esertraline\u200f 50 mg",
        "\u202asertraline 50 mg\u202c",
        "ser\u200btra\u200cli\u200dne 50 mg",
        "sertra\u00adline 50 mg",
        "sertraline\u00a050\u202fmg",
        "s\u2060ertraline 50 mg",
        "ｓｅｒｔｒａｌｉｎｅ ５０ mg",
        "SÉRTRALINE 50 mg",
        "sertraline\u0301 50 mg",
        "‘sertraline’ 50 mg",
        "«sertraline» 50 mg",
    ],
)
def test_invisible_and_decorated_characters(text: str, read: Read) -> None:
    (entry,) = read(text).entries
    assert entry.medicines == ("sertraline",)
    assert entry.details.strength_mg == 50


@pytest.mark.parametrize(
    "text", ["sert\u0433aline 50 mg", "s\u0435rtraline 50 mg", "sertra1ine 50 mg", "sertraIine 50 mg"]
)
def test_look_alike_characters_are_asked_about(text: str, read: Read) -> None:
    """Never passed as the medicine in silence, and never lost. Capital I for l folds to 'sertraiine'."""
    (entry,) = read(text).entries
    assert entry.recognition is EntryStatus.NOT_RECOGNISED
    assert "sertraline" in entry.suggestions


@pytest.mark.parametrize("mark", ["\u202e", "\u202d", "\u2066", "\u2067"])
def test_direction_marks_are_not_echoed(mark: str, read: Read) -> None:
    """A right-to-left override would turn the rest of the screen line around."""
    listed = read(f"{mark}sertraline 50 mg{mark}\nxyz{mark}olam\nlithium {mark}blah")
    assert mark not in everything_told(listed)


@pytest.mark.parametrize(
    "line",
    [
        "sertraline 50 mg daily, never misses a dose",
        "sertraline 50 mg daily, denies any side effects",
        "oxycodone 5 mg, last taken this morning",
        "paliperidone depot, last dose 3 weeks ago",
        "sertraline, no longer depressed",
        "varenicline 1 mg, stopped smoking last week",
        "disulfiram 200 mg, quit drinking",
    ],
)
def test_a_medicine_that_is_taken_is_not_read_as_stopped(line: str, read: Read) -> None:
    assert [entry.details.use for entry in read(line).entries if entry.medicines] == ["current"]


def test_a_misspelt_medicine_with_a_colon_is_no_heading(read: Read) -> None:
    (entry,) = read("Phenelzne:\n15 mg tid").entries
    assert entry.suggestions[0] == "phenelzine"


UNKNOWN = [f"blorb{one}{two}zine" for one in "abcdefghijklmnopqrstuvwxyz" for two in "abcdefghijklmnopqrstuvwxyz"]


@pytest.fixture
def searches(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The unknown words for which near names were searched."""
    searched: list[str] = []
    monkeypatch.setattr(NameIndex, "suggest", lambda _, key: searched.append(key) or ("sertraline",))
    return searched


@pytest.mark.parametrize(
    "text",
    [
        "medication,dose\n" + "\n".join(f"{name},5 mg" for name in UNKNOWN),
        "\n".join(UNKNOWN),
        json.dumps([{"resourceType": "Medication", "code": {"text": name}} for name in UNKNOWN]),
    ],
)
def test_nearest_names_are_searched_for_a_bounded_number_of_unknown_names(
    text: str, read: Read, searches: list[str]
) -> None:
    listed = read(text)
    assert len(listed.entries) == len(UNKNOWN)
    assert len(searches) == MOST_SEARCHES
    assert listed.notes[-1] == SUGGESTIONS_LEFT_OUT
    assert listed.entries[0].suggestions
    assert not listed.entries[-1].suggestions


def test_the_bound_is_one_of_each_list(read: Read, searches: list[str]) -> None:
    read("\n".join(UNKNOWN))
    (entry,) = read("blorbizine").entries
    assert entry.suggestions


def test_too_many_names_are_refused_before_any_is_looked_up(read: Read, searches: list[str]) -> None:
    with pytest.raises(UnusableList, match=r"1,001 different medicines"):
        read("medication,dose\n" + "\n".join(f"qzxvol b{number},5 mg" for number in range(MOST_ENTRIES + 1)))
    assert not searches
