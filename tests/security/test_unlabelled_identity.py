"""Identity without a label goes, every medicine stays: as lines that a pharmacist can read, then for every way out."""

import json
from collections.abc import Callable
from datetime import date
from io import BytesIO
from itertools import product
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from components.clinical.entry import Entry, MedicationList
from components.clinical.interaction_check import check
from components.clinical.knowledge_base import KnowledgeBase, load_knowledge_base
from components.clinical.name_index import NameIndex
from components.clinical.terms import Use
from components.exchange import unlabelled_identity
from components.exchange.birth_dates import birth_dates
from components.exchange.cds_cards import cards_as_json
from components.exchange.consultation_file import SavedConsultation, open_consultation, save_consultation
from components.exchange.list_limits import ColumnUnsure
from components.exchange.names_of_people import People
from components.exchange.report_csv import report_as_csv
from components.exchange.report_json import report_as_json
from components.exchange.report_pdf import report_as_pdf
from components.exchange.report_text import report_as_text
from components.exchange.sparing_index import MOST_NAMES_OF_PEOPLE, NAMES_OF_PEOPLE_MAY_BE_LEFT, SparingIndex
from components.exchange.unlabelled_identity import SeenThrough, see_through
from tests.conftest import TODAY

Read = Callable[[str], MedicationList]
NAME, DATE, LINE = "a name was left out", "a date was left out", "dropped: it looks like patient identity"


class Row(NamedTuple):
    line: str
    shown: str
    """Entries as they are shown, parts separated by ' | '."""
    medicines: str
    told: tuple[str, ...]


LEFT_OUT = (
    Row("John Smith 12/03/1970 sertraline", "sertraline", "sertraline", (NAME, DATE)),
    Row("John Smith, 12/03/1970, sertraline 50 mg", "sertraline 50 mg", "sertraline", (NAME, DATE)),
    Row("SMITH, JOHN 03/12/1970 SERTRALINE 50 MG", "SERTRALINE 50 MG", "sertraline", (NAME, DATE)),
    Row("Jane D. Doe 12/03/1970 Nardil", "Nardil", "phenelzine", (NAME, DATE)),
    Row("12/03/1970 John Smith sertraline", "sertraline", "sertraline", (NAME, DATE)),
    Row("sertraline 50 mg (John Smith, 12/03/1970)", "sertraline 50 mg", "sertraline", (NAME, DATE)),
    Row("John Smith 12/03/70 lithium", "lithium", "lithium", (NAME, DATE)),
    Row("sertraline 50 mg 12.03.1970", "sertraline 50 mg", "sertraline", (DATE,)),
    Row("sertraline 1970-03-12 50 mg", "sertraline 50 mg", "sertraline", (DATE,)),
    Row("Nardil 12 March 1970", "Nardil", "phenelzine", (DATE,)),
    Row("Nardil, March 12th, 1970", "Nardil", "phenelzine", (DATE,)),
    Row("Depo-Provera 12/03/1990", "Depo-Provera", "medroxyprogesterone", (DATE,)),
    Row("Lithium Carbonate 12/03/1970", "Lithium Carbonate", "lithium", (DATE,)),
    Row("foobarex tablets 12/03/1970", "foobarex tablets", "", (DATE,)),
    Row("HAPA B 12/03/1970", "HAPA B", "isepamicin", (DATE,)),
    Row("Xyzolam 12/03/1970", "Xyzolam", "", (DATE,)),
    Row("Foobarex 50 mg 12/03/1970", "Foobarex 50 mg", "", (DATE,)),
    Row("sertraline; John O'Brien 12/03/1970; Nardil", "sertraline | Nardil", "sertraline phenelzine", (NAME, DATE)),
    Row("pt Jane Doe takes Prozac", "takes Prozac", "fluoxetine", (NAME,)),
    Row("pt Jane takes Prozac", "takes Prozac", "fluoxetine", (NAME,)),
    Row("Pt. Jane Doe - Zoloft 50 mg", "Zoloft 50 mg", "sertraline", (NAME,)),
    Row("PT JANE DOE TAKES PROZAC", "TAKES PROZAC", "fluoxetine", (NAME,)),
    Row("patient Jane van der Berg on Nardil", "on Nardil", "phenelzine", (NAME,)),
    Row("patient Jane Doe: lithium 400 mg", "lithium 400 mg", "lithium", (NAME,)),
    Row("pt Jane Smith on lithium", "on lithium", "lithium", (NAME,)),
    Row("Mr Quux takes sertraline and bup 8 mg", "takes sertraline | bup 8 mg", "sertraline", (NAME,)),
    Row("Mr.Quux takes Prozac", "takes Prozac", "fluoxetine", (NAME,)),
    Row("Mrs Jane Doe, 45 y/o F, sertraline 50 mg", "sertraline 50 mg", "sertraline", (NAME,)),
    Row("Ms Jane Doe takes Prozac", "takes Prozac", "fluoxetine", (NAME,)),
    Row("Miss Jane Doe, sertralne 50 mg", "sertralne 50 mg", "", (NAME,)),
    Row("prozac 20 mg for Mrs Jane Doe", "prozac 20 mg for", "fluoxetine", (NAME,)),
    Row("prozac prescribed by Dr. Jane Smith", "prozac prescribed by", "fluoxetine", (NAME,)),
    Row("lithium 400 mg (Prof. Smith)", "lithium 400 mg", "lithium", (NAME,)),
    Row("Dr Smith: lithium 400 mg", "lithium 400 mg", "lithium", (NAME,)),
    Row("mr quux takes prozac", "fluoxetine", "fluoxetine", (LINE,)),
    Row("Smith, John 03/12/1970", "", "", (LINE,)),
    Row("Smith, John 03/12/70", "", "", (LINE,)),
    Row("Doe Jane 1970-03-12 F", "", "", (LINE,)),
    Row("John Smith 12/03/1970 lives in Leeds", "", "", (LINE,)),
    Row("12/03/1970", "", "", (LINE,)),
    Row("(12 March 1970)", "", "", (LINE,)),
    Row("Mrs Jane Doe, 45 y/o F", "", "", (LINE,)),
    Row("Mr Anne-Marie Doe-Smith", "", "", (LINE,)),
    Row("Medications (Jane Doe 12/03/1970)", "", "", (NAME, DATE)),
    Row("Nardel 12/05/2006", "Nardel", "", (DATE,)),
    Row("foobarex 12/05/2006", "foobarex", "", (DATE,)),
    Row("Foobarex 12/05/2006", "Foobarex", "", (DATE,)),
    Row("John Smith 12/03/1970 Xyzzol", "Xyzzol", "", (NAME, DATE)),
    Row("Lithium per Dr. Smith Nardel daily", "Lithium per Nardel daily", "lithium", (NAME,)),
    Row("Mrs Doe Prosac 15 mg", "Prosac 15 mg", "", (NAME,)),
    Row("Mrs Doe Foobarex 15 mg", "Foobarex 15 mg", "", (NAME,)),
    Row("12/03/1970 Mrs April May sertraline 50 mg", "sertraline 50 mg", "sertraline", (NAME, DATE)),
    Row("sertraline by Mrs June Fields", "sertraline by", "sertraline", (NAME,)),
    Row("sertraline for Mrs Grace Long", "sertraline for", "sertraline", (NAME,)),
    Row("jane doe 12/03/1970 sertraline", "sertraline", "sertraline", (NAME, DATE)),
    Row("12/03/1970 jane doe sertraline", "sertraline", "sertraline", (NAME, DATE)),
    Row("Jane Doe 12/Mar/1970 sertraline", "sertraline", "sertraline", (NAME, DATE)),
    Row("Jane Doe 12-Mar-70 sertraline", "sertraline", "sertraline", (NAME, DATE)),
    Row("Jane Doe 12th of March 1970 sertraline", "sertraline", "sertraline", (NAME, DATE)),
    Row("Jane Doe 12/03/2005 Nardil stopped 2020", "Nardil stopped 2020", "phenelzine", (NAME, DATE)),
    Row("Jane Doe 12/03/1970 stopped Nardil 2009-05-03", "stopped Nardil 2009-05-03", "phenelzine", (NAME, DATE)),
    Row("Nardil discontinued per Dr. Smith 2009-05-03", "Nardil discontinued per 2009-05-03", "phenelzine", (NAME,)),
)
UNHARMED = {
    "Stopped phenelzine 15 mg 03/05/2009": "phenelzine",
    "stopped phenelzine 2009-05-03": "phenelzine",
    "Nardil d/c'd 2009-05-03": "phenelzine",
    "Nardil stopped Monday 3 May 2009": "phenelzine",
    "Nardil weaned off by 3 May 2009": "phenelzine",
    "stopped Nardil 2009-05-03 (intake 2009-05-01)": "phenelzine",
    "pt Linda Smith on lithium": "lithium",
    "Nardil 15 mg since 12/03/2019": "phenelzine",
    "Nardil since 12/03/1985": "phenelzine",
    "lithium started on 12/03/1999": "lithium",
    "Nardil stopped 12/03/2001": "phenelzine",
    "Nardil refill 01/02/2026": "phenelzine",
    "refill 01/02/2026": "",
    "Depo-Provera 12/03/2026": "medroxyprogesterone",
    "sertraline 50 mg x 10/10/20": "sertraline",
    "amlodipine 10/20/40 mg": "amlodipine",
    "Exforge HCT 5/160/25": "amlodipine+valsartan+hydrochlorothiazide",
    "Ms Contin": "morphine",
    "Ms Contin 30 mg q12h": "morphine",
    "MS Contin 30 mg": "morphine",
    "MS Sulfate 15 mg": "",
    "Quetiapine MR 50 mg": "quetiapine",
    "Diclofenac MR Tablets": "diclofenac",
    "Duloxetine DR Teva": "duloxetine",
    "Omeprazole DR Kirkland": "omeprazole",
    "Quetiapine 50 MR Kirkland": "quetiapine",
    "MS Kirkland twice daily": "",
    "sertraline, ask doctor. Keep taking it": "sertraline",
    "Dr Reddy's omeprazole": "omeprazole",
    "Dr Scholl's salicylic acid": "salicylic acid",
    "patient takes Prozac": "fluoxetine",
    "Patient Takes Prozac": "fluoxetine",
    "PATIENT TAKES PROZAC": "fluoxetine",
    "PATIENT REFUSES PROZAC": "fluoxetine",
    "Pt Dislikes Prozac": "fluoxetine",
    "Patient Pregnant, on sertraline": "+sertraline",
    "Pt on Lithium Carbonate": "lithium",
    "Pt Prozak 20 mg": "",
    "Pt Phenelzne": "",
    "Pt Foobarex 50 mg": "",
    "Pt Foobarex Zzyx 50 mg": "",
    "lithium 400 mg 01/02/05": "lithium",
    "Pt Yasmin Khan takes Prozac": "ethinylestradiol-drospirenone+fluoxetine",
    "Patient-controlled analgesia morphine": "morphine",
    "Pt CaCO3": "calcium carbonate",
    "St John's wort": "st john's wort",
    "Miss a dose": "",
    "Miss A Dose of Prozac": "fluoxetine",
    "never miss a dose, sertraline": "sertraline",
    "Warfarin per PT INR clinic": "warfarin",
    "1,4-butanediol": "1,4-butanediol",
}
SECRETS = ("jane", "doe", "john", "smith", "quux", "1970", "linda", "brien", "anne", "berg", "leeds")


def shown(listed: MedicationList) -> str:
    return " | ".join(entry.entered for entry in listed.entries)


def medicines(listed: MedicationList) -> list[str]:
    return [name for entry in listed.entries for name in entry.medicines]


@pytest.mark.parametrize("row", LEFT_OUT, ids=[row.line for row in LEFT_OUT])
def test_a_name_or_birth_date_is_left_out_and_told(row: Row, read: Read) -> None:
    listed = read(row.line)
    assert (shown(listed), medicines(listed)) == (row.shown, row.medicines.split())
    told = [note for note in listed.notes if any(each in note for each in (NAME, DATE, LINE))]
    assert len(told) == len(row.told)
    assert all(each in note for each, note in zip(row.told, told, strict=True))
    assert not [secret for secret in SECRETS if secret in str(listed).casefold()]


@pytest.mark.parametrize("line", UNHARMED)
def test_what_only_looks_like_identity_is_unharmed(line: str, read: Read) -> None:
    listed = read(line)
    assert not [note for note in listed.notes if any(each in note for each in (NAME, DATE, LINE))]
    assert see_through(line, _INDEX, TODAY).text == line
    assert {*medicines(listed)} == {name for part in UNHARMED[line].split("+") for name in _parts(part)}


def _parts(name: str) -> tuple[str, ...]:
    product = _BASE.combinations.get(name)
    return product.medicines if product else (name,) if name else ()


_BASE = load_knowledge_base()
_INDEX = NameIndex(_BASE)
_THINGS = (*_BASE.medicines.values(), *_BASE.combinations.values())
NAMES = sorted({name for each in _THINGS for name in (each.id, *each.brands, *each.synonyms)})
AROUND = (
    *("pt Jane Doe takes {}", "Mrs Jane Doe takes {}", "John Smith 12/03/1970 {}", "Smith, John 12/03/1970; {}"),
    *("Dr Smith: {}", "{} (Jane Doe 1970-03-12)", "{} prescribed by Dr Smith", "{} 12/03/1970"),
)


def read_as(listed: MedicationList) -> list[tuple[object, ...]]:
    return [(each.recognition, each.medicines, each.product, each.suggestions) for each in listed.entries]


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.sampled_from(NAMES), st.sampled_from(AROUND), st.sampled_from([str, str.title, str.upper, str.lower]))
def test_a_medicine_beside_a_person_stays_the_same(
    read: Read, name: str, around: str, change: Callable[[str], str]
) -> None:
    alone = read(change(name))
    beside = read(around.format(change(name)))
    if alone.entries:
        assert read_as(beside) == read_as(alone)
    assert not {"jane", "doe", "john", "smith", "1970"} & set(shown(beside).casefold().split())


@pytest.mark.parametrize("title", ["Pt {}", "Mr {}", "Dr {}", "Miss {}", "{} 12/03/1970"])
def test_no_name_of_a_medicine_passes_for_a_person(title: str) -> None:
    """Each name that we hold, written as the name of a person is."""
    told = [line for name in NAMES[::3] if "NAME" in _left_out(line := title.format(name.title()))]
    assert told == []


def _left_out(line: str) -> set[str]:
    return {each.name for each in see_through(line, _INDEX, TODAY).left_out}


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from([*(row.line for row in LEFT_OUT), *UNHARMED]), min_size=1, max_size=3))
def test_what_is_seen_through_once_is_clean(lines: list[str]) -> None:
    once = see_through("; ".join(lines), _INDEX, TODAY)
    if not once.is_identity:
        assert see_through(once.text, _INDEX, TODAY) == SeenThrough(once.text)


_ONE_WORD = sorted({name.casefold() for name in NAMES if name.isalpha() and name.isascii() and len(name) > 4})


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.sampled_from(_ONE_WORD), st.integers(0, 40), st.sampled_from(["", "a", "e", "s", "n", "twice"]), st.data())
def test_a_name_with_one_slip_stays_beside_a_person(name: str, place: int, put: str, data: st.DataObject) -> None:
    """A letter lost, wrong or doubled, wherever a person or a birth date stands beside it."""
    place %= len(name)
    typed = name[:place] + (name[place] * 2 if put == "twice" else put) + name[place + 1 :]
    around = data.draw(st.sampled_from(["{} 12/05/2006", "Mrs Doe {} 15 mg", "{} 12/03/1970, daily", "Miss {} 15 mg"]))
    seen = see_through(around.format(typed.title()), _INDEX, TODAY)
    assert typed in seen.text.casefold()
    assert not seen.is_identity


@pytest.mark.parametrize("line", ["Mrs Prosac 15 mg", "Mr Nardel", "miss foobarex 15 mg"])
def test_a_title_before_what_may_be_a_medicine_drops_no_line(line: str, read: Read) -> None:
    listed = read(line)
    assert shown(listed) == line.partition(" ")[2]


def test_a_stop_long_past_counts_with_its_date(read: Read) -> None:
    (entry,) = read("Stopped phenelzine 15 mg 03/05/2009").entries
    assert entry.details.use is Use.STOPPED
    assert entry.details.stopped_days_ago is not None


@pytest.mark.parametrize(
    ("written", "is_one"),
    [
        *(("12/03/1970", True), ("3-12-1970", True), ("12.03.1970", True), ("1970-03-12", True), ("1970/3/12", True)),
        *(("1970-03-12T00:00:00Z", True), ("12 Mar 1970", True), ("12-Mar-1970", True), ("Mar. 12, 1970", True)),
        *(("21/11/2009", True), ("31/12/2009", False), ("12/03/2019", False), ("12/03/2026", False)),
        *(("12/Mar/1970", True), ("12th of March 1970", True), ("take 3 may 65", False)),
        *(("12/03/1899", False), ("31/31/1970", False), ("1970", False), ("03/1970", False), ("112/03/1970", False)),
        *(("12/03/1970 mg", False), ("since 12/03/1970", False), ("stopped on 12/03/1970", False)),
    ],
)
def test_only_a_full_date_long_past_is_a_birth_date(written: str, is_one: bool) -> None:
    assert [each.is_certain for each in birth_dates(written, TODAY)] == [True] * is_one


# --- every way in, every way out


def test_no_way_out_shows_what_was_left_out(base: KnowledgeBase, read: Read) -> None:
    listed = read("\n".join(row.line for row in LEFT_OUT))
    report = check(listed, None, base)
    pdf = PdfReader(BytesIO(report_as_pdf(report, base.sources, TODAY)))
    outs = {
        "text": report_as_text(report, TODAY),
        "json": report_as_json(report, TODAY),
        "csv": report_as_csv(report, TODAY).decode(),
        "cards": cards_as_json(report, base.sources, TODAY),
        "pdf": "\n".join(page.extract_text() for page in pdf.pages),
        "saved": save_consultation(SavedConsultation(knowledge="x", listed=listed)).decode(),
    }
    secrets = (
        "Jane",
        "Doe",
        "John Smith",
        "JOHN",
        "SMITH",
        "Quux",
        "quux",
        "O'Brien",
        "12/03/19",
        "03/12/19",
        "1970-03",
    )
    assert not [(name, secret) for name, out in outs.items() for secret in secrets if secret in out]


def test_a_table_shows_neither_names_nor_birth_dates(read: Read) -> None:
    listed = read(
        "medication,sig,code\n"
        "sertraline 50 mg,pt Jane Doe takes one daily,12/03/1970\n"
        "John Smith 12/03/1970 Nardil,daily,5\n"
        "Jane Doe 12/03/1970 Acetaminophen 325 MG / Oxycodone 5 MG,daily,6\n"
    )
    assert shown(listed) == (
        "sertraline 50 mg, takes one daily | Nardil, daily | Acetaminophen 325 MG / Oxycodone 5 MG, daily"
    )
    assert medicines(listed) == ["sertraline", "phenelzine", "paracetamol", "oxycodone"]
    assert [entry.codes for entry in listed.entries] == [(), ("code 5",), ("code 6",)]
    assert not [secret for secret in SECRETS if secret in str(listed).casefold()]
    assert "row 2: a part of how it is taken was left out, since it may tell who the patient is" in listed.notes


@pytest.mark.parametrize("above", ["Smith, John 03/12/1970", "Mrs Jane Doe, Ward"])
def test_a_person_heads_no_table(above: str, read: Read) -> None:
    listed = read(f"{above}\nsertraline, 50 mg\nlithium, 300 mg")
    assert medicines(listed) == ["sertraline", "lithium"]
    assert not [secret for secret in SECRETS if secret in str(listed).casefold()]


def test_the_question_for_the_column_shows_no_person(read: Read) -> None:
    with pytest.raises(ColumnUnsure) as asked:
        read("drug,drug\nJane Doe 12/03/1970 lorazepam,pt John Smith takes sertraline\nlithium,zolpidem")
    assert [each.examples for each in asked.value.choices] == [
        ("lorazepam", "lithium"),
        ("takes sertraline", "zolpidem"),
    ]
    assert not [secret for secret in SECRETS if secret in str(asked.value.choices).casefold()]


def test_a_fhir_file_shows_neither_names_nor_birth_dates(read: Read) -> None:
    request = {"resourceType": "MedicationRequest", "status": "active"}
    told = {"text": "John Smith 12/03/1970 sertraline 50 mg"}
    how = [{"text": "pt Jane Doe takes one daily"}]
    requests = [
        {**request, "medicationCodeableConcept": told, "dosageInstruction": how},
        {**request, "medicationCodeableConcept": {"text": "Mrs Jane Doe"}},
    ]
    allergy = {"resourceType": "AllergyIntolerance", "code": {"text": "Jane Doe 12/03/1970 zzyx"}}
    listed = read(
        json.dumps({"resourceType": "Bundle", "entry": [{"resource": each} for each in (*requests, allergy)]})
    )
    assert shown(listed) == "sertraline 50 mg, takes one daily | medicine without a name (MedicationRequest)"
    assert not [secret for secret in SECRETS if secret in str(listed).casefold()]
    told = "a part of the instruction of 1 MedicationRequest was left out, since it may tell who the patient is"
    assert told in listed.notes


def test_a_saved_file_shows_neither_names_nor_birth_dates(base: KnowledgeBase, index: NameIndex, read: Read) -> None:
    (sertraline,) = read("sertraline 50 mg").entries
    entries = tuple(
        Entry(typed, sertraline.recognition, sertraline.medicines, matched=sertraline.matched)
        for typed in ("John Smith 12/03/1970 sertraline", "pt Jane Doe takes sertraline", "Smith, John 03/12/1970")
    )
    listed = MedicationList(entries, ("see Mrs Jane Doe", "line 1 skipped: no medicine in it"))
    saved = save_consultation(SavedConsultation(knowledge="x", listed=listed))
    opened, notes = open_consultation(saved, index, base, TODAY)
    assert shown(opened.listed) == "sertraline | takes sertraline"
    assert opened.listed.notes == ("line 1 skipped: no medicine in it",)
    assert not [secret for secret in SECRETS if secret in f"{opened}{notes}".casefold()]
    assert "entry 2: a name was left out, since it looks like that of a person" in notes


def test_notes_of_our_own_come_back(base: KnowledgeBase, index: NameIndex, read: Read) -> None:
    listed = read("\n".join((*(row.line for row in LEFT_OUT), *UNHARMED)))
    saved = save_consultation(SavedConsultation(knowledge="x", listed=listed))
    opened, _ = open_consultation(saved, index, base, TODAY)
    assert opened.listed.notes == listed.notes
    assert shown(opened.listed) == shown(listed)


def test_very_many_names_are_looked_up_a_bounded_number_of_times(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    looked_up: list[str] = []
    monkeypatch.setattr(NameIndex, "resembles_a_name", lambda _, word: bool(looked_up.append(word)))
    names = [f"Quux{chr(97 + one)}{chr(97 + two)}{end}" for one in range(26) for two in range(26) for end in "ab"]
    listed = read("\n".join(f"Mr {name}" for name in names))
    assert len(looked_up) == MOST_NAMES_OF_PEOPLE
    assert [entry.entered for entry in listed.entries] == names[MOST_NAMES_OF_PEOPLE:]
    assert NAMES_OF_PEOPLE_MAY_BE_LEFT in listed.notes


def test_past_the_bound_every_word_may_be_a_medicine_and_the_list_says_so(read: Read) -> None:
    most = range(MOST_NAMES_OF_PEOPLE + 10)
    letters = "bdgklmnprt"
    names = ["".join(letters[int(digit)] for digit in f"{number:04}") + "quux" for number in most]
    listed = read("\n".join(f"lithium per Dr {name.title()}" for name in names[: MOST_NAMES_OF_PEOPLE // 2]))
    assert NAMES_OF_PEOPLE_MAY_BE_LEFT not in listed.notes
    index = SparingIndex(_INDEX)
    judged = [index.resembles_a_name(name) for name in names]
    assert index.notes == (NAMES_OF_PEOPLE_MAY_BE_LEFT,)
    assert all(judged[MOST_NAMES_OF_PEOPLE:])
    assert not all(judged[:MOST_NAMES_OF_PEOPLE])


def test_many_titles_in_one_line_are_seen_in_few_passes(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    passes: list[str] = []
    monkeypatch.setattr(unlabelled_identity, "People", lambda line, *rest: passes.append(line) or People(line, *rest))
    names = ["".join(pair).title() for pair in product(("blan", "quor", "wexl", "juvv"), ("dok", "mib", "gax", "fup"))]
    listed = read("lithium, " + " ".join(f"Dr {name}" for name in names))
    assert shown(listed) == "lithium"
    assert len(passes) == 1


def test_today_decides_what_is_long_past() -> None:
    assert not list(birth_dates("12/03/1970", date(1980, 1, 1)))
