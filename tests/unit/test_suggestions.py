"""Near names are suggested for a misspelt medicine, and none for words that are no medicine."""

from collections.abc import Callable

import pytest

from components.clinical.entry import MedicationList
from components.clinical.misspellings import is_misspelling
from components.clinical.name_index import NameIndex
from components.clinical.terms import EntryStatus

Read = Callable[[str], MedicationList]

_MISSPELT = """
zertraline sertroline zolloft sertaline sertralene Zolof: sertraline
floxitine fluoxatene prozack prosac flouxetine floxetine Prozak: fluoxetine
sitalopram celexia citolapram citalapram: citalopram
esitalopram escitalapram excitalopram Lexipro: escitalopram
paraxetene paksil paroxitine: paroxetine
venlafaxeen effexxor venlafaxne venlafexine Effexer: venlafaxine
dulexitine cymbolta duloxatine: duloxetine
buproprian wellbutrun bupropian buproprion Wellbutrn: bupropion
mertazapine remron mirtazipine: mirtazapine
trazidone trazadone: trazodone
amatriptaline amitryptiline amytriptyline: amitriptyline
nortryptaline nortriptiline: nortriptyline
lorazipan lorazapam: lorazepam
diazipan diazapam: diazepam
zannax alprazalam Xanex: alprazolam
klonapin clonazapan clonozepam Klonipin: clonazepam
ambian zolpiden: zolpidem
seroquil kwetiapine quitiapine Seroqel: quetiapine
zyprexia olanzipine: olanzapine
abillify abilfy aripiprizole: aripiprazole
lithiam lithuim lithum: lithium
lamictil lamitcal lamotragine lamotrigene: lamotrigine
depakot depacote valporate: valproate
neurotin gabapenton: gabapentin
lyrika pregablin: pregabalin
topirimate: topiramate
nardel phenelzene: phenelzine
parnete tranylcypramine: tranylcypromine
propranalol: propranolol
lisinipril: lisinopril
lipator: atorvastatin
metphormin glucofage metforman: metformin
prylosec omeprezole: omeprazole
sinthroid: levothyroxine
ritilan concertta methylphenadate: methylphenidate
aderal: amfetamine-dexamfetamine
vyvanze: lisdexamfetamine
ibuprofin: ibuprofen
vicoden: hydrocodone
percoset oxycodne: oxycodone
pristeek: desvenlafaxine
spravatto: esketamine
suboxin: buprenorphine
klonidine: clonidine
luvocks: fluvoxamine
buspare: buspirone
metropolol: metoprolol
amlodapine: amlodipine
tramodol: tramadol
"""
MISSPELT = [
    (word, medicine.strip())
    for words, medicine in (line.split(":") for line in _MISSPELT.strip().splitlines())
    for word in words.split()
]
NO_MEDICINE = """
asdf qwer
asdf
qwerty
see attached
see list
as above
call pharmacy
call the pharmacy
isopropyl wipes
unknown
unsure
not sure
patient unsure
see chart
see notes
per pharmacy
same as before
bring bottles
ask daughter
blue pill
white tablet
small round tablet
water pill
sleeping pill
heart pills
nerve pills
something for sleep
will bring list
to follow
pending
test
testing
hello
blister pack
shopping list
milk and eggs
walking stick
glasses
hearing aid
compression stockings
wheelchair
CPAP
oxygen concentrator
dressing
bandages
test strips
lancets
syringes
needles
tbc
tbd
xxx
???
ward 5
follow up
next appointment
""".strip().splitlines()


@pytest.mark.parametrize(("word", "medicine"), MISSPELT)
def test_a_misspelling_gets_the_medicine_that_was_meant(word: str, medicine: str, read: Read) -> None:
    """One or two letters wrong, lost, doubled or swapped, or written by ear."""
    (entry,) = read(f"{word} 10 mg").entries
    assert entry.recognition is EntryStatus.NOT_RECOGNISED
    assert any(medicine in each for each in entry.suggestions)


@pytest.mark.parametrize(
    ("word", "suggestions"),
    [
        ("xanx", ("alprazolam",)),
        ("emsm", ("selegiline",)),
        ("zyvx", ("linezolid",)),
        ("xanex", ("alprazolam", "enalapril")),
        ("clonapin", ("clonazepam", "clozapine", "clonidine")),
        ("prosac", ("fluoxetine", "finasteride")),
        ("kwetiapine", ("quetiapine",)),
        ("sertaline", ("sertraline", "acitretin")),  # Soriatane (acitretin) is confused with sertraline
    ],
)
def test_the_misspelt_name_comes_first_and_the_far_are_left_out(
    index: NameIndex, word: str, suggestions: tuple[str, ...]
) -> None:
    assert index.suggest(word) == suggestions


@pytest.mark.parametrize("line", NO_MEDICINE)
def test_words_that_are_no_medicine_get_no_suggestion(line: str, read: Read) -> None:
    """They stay on the list and ask; a drug that is offered for them would be a guess."""
    listed = read(line)
    assert listed.entries or listed.notes
    assert [(each.medicines, each.suggestions) for each in listed.entries if each.medicines or each.suggestions] == []


@pytest.mark.parametrize(
    ("typed", "name", "is_one"),
    [
        *(
            ("prozak", "prozac", True),
            ("xanx", "xanax", True),
            ("same", "sam e", False),
            ("seroqule", "seroquel", True),
            ("zolloft", "zoloft", True),
        ),
        *(("luvocks", "luvox", True), ("zannax", "xanax", True), ("suboxin", "suboxone", True)),
        *(
            ("test", "testim", False),
            ("cpap", "apap", False),
            ("before", "exforge", False),
            ("sleeping", "sereupin", False),
        ),
        *(("ritilan", "ritalin", True), ("chart", "chantix", False), ("heart", "heather", False), ("", "", False)),
    ],
)
def test_few_letters_wrong_or_heard_alike(typed: str, name: str, is_one: bool) -> None:
    assert is_misspelling(typed, name, 4) is is_one


@pytest.mark.parametrize(("letters", "is_one"), [(3, True), (4, True), (5, False)])
def test_a_slip_needs_its_letters(letters: int, is_one: bool) -> None:
    """'diazepin' for 'diazepam': two slips in eight letters."""
    assert is_misspelling("diazepin", "diazepam", letters) is is_one
