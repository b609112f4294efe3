"""Names as other countries write them, each the medicine that it is there; words of every list that are no medicine.

Contents of the products were looked up; names of substances follow the national forms of the INN.
"""

from collections import defaultdict
from collections.abc import Callable

import pytest

from components.clinical.entry import MedicationList
from components.clinical.knowledge_base import KnowledgeBase
from components.clinical.line_words import name_key
from components.clinical.name_index import NameIndex
from components.clinical.terms import EntryStatus

PRODUCTS = {
    "Alka-Seltzer": "aspirin+sodium bicarbonate",
    "Alka-Seltzer Plus Severe Cold & Flu": "paracetamol+chlorphenamine+dextromethorphan+phenylephrine",
    "Alka-Seltzer Plus Cold & Cough": "aspirin+chlorphenamine+dextromethorphan+phenylephrine",
    "Avapro HCT 300/12.5": "irbesartan+hydrochlorothiazide",
    "Atacand Plus 16/12.5": "candesartan+hydrochlorothiazide",
    "CoAprovel 150/12.5": "irbesartan+hydrochlorothiazide",
    "Co-codamol 30/500": "codeine+paracetamol",
    "Concor plus": "bisoprolol+hydrochlorothiazide",
    "Bisolvon Dry": "dextromethorphan",
    "Claradol codéine": "codeine+paracetamol",
    "Coversyl Plus 5 mg/1.25 mg": "perindopril+indapamide",
    "Daktarin oral gel": "miconazole",
    "Day & Night Nurse": "paracetamol+pseudoephedrine+pholcodine+promethazine+dextromethorphan",
    "Day Nurse capsules": "paracetamol+pseudoephedrine+pholcodine",
    "Delix plus": "ramipril+hydrochlorothiazide",
    "Diovan HCT": "valsartan+hydrochlorothiazide",
    "Humex Allergie Cétirizine": "cetirizine",
    "Humex Allergie Loratadine 10 mg": "loratadine",
    "Humex Rhinite Allergique": "cetirizine+pseudoephedrine",
    "Humex Rhume": "paracetamol+pseudoephedrine+chlorphenamine",
    "Humex Rhume des Foins": "beclometasone",
    "Marsilid 50 mg": "iproniazid",
    "Mersyndol Forte": "codeine+paracetamol+doxylamine",
    "Mersyndol": "codeine+paracetamol+doxylamine",
    "Micardis Plus 80/12.5": "telmisartan+hydrochlorothiazide",
    "Midol Complete": "paracetamol+caffeine+mepyramine",
    "Night Nurse": "paracetamol+promethazine+dextromethorphan",
    "Mucinex Fast-Max Severe Cold": "paracetamol+dextromethorphan+guaifenesin+phenylephrine",
    "Nurofen Rhume": "ibuprofen+pseudoephedrine",
    "Nurofen Plus": "codeine+ibuprofen",
    "Olmetec Plus": "olmesartan+hydrochlorothiazide",
    "Panadeine Forte 2 qid prn": "codeine+paracetamol",
    "Previscan 20 mg": "fluindione",
    "Pro-Air HFA": "salbutamol",
    "Solpadeine Max": "codeine+paracetamol",
    "Solpadeine Plus": "codeine+paracetamol+caffeine",
    "Z-Max": "azithromycin",
    "diamorphine 10 mg sc": "diamorphine",
    "heroin": "diamorphine",
    "fluindione 20 mg": "fluindione",
    "iproniazide 50 mg": "iproniazid",
    "midazolam buccal 10 mg": "midazolam",
    "buccal prochlorperazine 3 mg": "prochlorperazine",
    "nialamide": "nialamide",
    "pholcodine linctus 5 ml": "pholcodine",
    "Zostex 125 mg": "brivudine",
}
SEVERAL_PRODUCTS = ("Alka-Seltzer Plus", "Contac", "Humex", "Humex Allergie", "Midol", "Mucinex Fast-Max", "Vicks")
NATIONAL_FORMS = {
    "amfetamine": "Amfetamin Amphetamin",
    "brivudine": "Brivudin",
    "buprenorphine": "Buprenorphin buprenorfina",
    "bupropion": "bupropione",
    "carbamazepine": "Carbamazepin carbamazepina",
    "ciprofloxacin": "ciprofloxacine ciprofloxacina ciprofloxacino",
    "clarithromycin": "clarithromycine claritromicina",
    "clomipramine": "Clomipramin clomipramina",
    "clozapine": "Clozapin clozapina",
    "desvenlafaxine": "Desvenlafaxin desvenlafaxina",
    "dexamfetamine": "Dexamfetamin Dexamphetamin",
    "doxepin": "Doxepin doxépine doxepina",
    "duloxetine": "Duloxetin duloxetina",
    "esketamine": "Esketamin esketamina",
    "fluvoxamine": "Fluvoxamin fluvoxamina",
    "gabapentin": "gabapentine gabapentina",
    "haloperidol": "aloperidolo halopéridol",
    "hydrocodone": "Hydrocodon",
    "imipramine": "Imipramin imipramina",
    "ketamine": "Ketamin kétamine ketamina",
    "lamotrigine": "Lamotrigin lamotrigina",
    "levomethadone": "Levomethadon",
    "lisdexamfetamine": "Lisdexamfetamin lisdexanfetamina",
    "lithium": "litio",
    "methadone": "Methadon méthadone metadona metadone",
    "methylphenidate": "Methylphenidat metilfenidato",
    "moclobemide": "Moclobemid moclobemida",
    "morphine": "Morphin morfina",
    "nortriptyline": "Nortriptylin nortriptilina",
    "olanzapine": "Olanzapin olanzapina",
    "oxycodone": "Oxycodon oxicodona ossicodone",
    "paroxetine": "Paroxetin paroxetina",
    "phenelzine": "Phenelzin fenelzina",
    "pregabalin": "prégabaline pregabalina",
    "quetiapine": "Quetiapin quétiapine quetiapina",
    "rasagiline": "Rasagilin rasagilina",
    "selegiline": "Selegilin sélégiline selegilina",
    "sertraline": "Sertralin sertralina",
    "theophylline": "Theophyllin théophylline teofilina teofillina",
    "topiramate": "Topiramat topiramato",
    "tramadol": "tramadolo",
    "tranylcypromine": "Tranylcypromin tranilcipromina",
    "trimipramine": "Trimipramin trimipramina",
    "valproate": "Valproinsäure Valproat valproato",
    "venlafaxine": "Venlafaxin venlafaxina",
}
ORDINARY_WORDS = """
    buccal oral rectal vaginal topical transdermal subcutaneous intramuscular intravenous sublingual depot
    forte retard mite daily weekly monthly morning evening night noon bedtime breakfast lunch dinner monday friday
    program plan review monitor monitoring price choice impact balance success reconcile reconciled capture conserve
    generics generic brand pharmacy practice praxis clinic hospital street avenue home sector artist dial
    torch milestone empower cascade advocate patrol dimension inspire sequel equal revolution heritage wisdom justice
    mega prostata cerebro osten rufen modus agit gana sulla pres farma primus onyx entrust dilator volley tracer
    head mouth tongue skin knee spine bladder liver kidney heart lung stomach bowel nerve muscle
    magen darm kopf niere leber herz lunge haut nacht morgens abends mittags nuit matin soir noche mañana sera mattina
""".split()
ORDINARY_PAIRS = ("pre op", "beta 2", "ears and nose", "no press", "oral defense", "constant t")
OUR_NARROWER_MEANING = frozenset(
    ("armodafinil", "desiccated thyroid", "estradiol", "ghb", "tetrahydrocannabinol", "zuclopenthixol")
)
"""Medicines that the public list counts under a wider or a different name of the same substance."""

Read = Callable[[str], MedicationList]


@pytest.mark.parametrize("line", PRODUCTS)
def test_a_product_is_what_it_holds(line: str, read: Read) -> None:
    (entry,) = read(line).entries
    assert entry.recognition is EntryStatus.ASSESSED
    assert set(entry.medicines) == set(PRODUCTS[line].split("+"))


@pytest.mark.parametrize("name", SEVERAL_PRODUCTS)
def test_a_name_of_several_products_is_asked_about(name: str, read: Read) -> None:
    (entry,) = read(name).entries
    assert (entry.recognition, entry.medicines) == (EntryStatus.AMBIGUOUS, ())


@pytest.mark.parametrize(
    ("form", "medicine"), [(form, medicine) for medicine, forms in NATIONAL_FORMS.items() for form in forms.split()]
)
def test_a_national_form_of_the_name_is_the_medicine(form: str, medicine: str, read: Read) -> None:
    (entry,) = read(f"{form} 10 mg").entries
    assert (entry.recognition, entry.medicines) == (EntryStatus.ASSESSED, (medicine,))


@pytest.mark.parametrize("words", [*ORDINARY_WORDS, *ORDINARY_PAIRS])
def test_an_ordinary_word_is_no_medicine(words: str, index: NameIndex, read: Read) -> None:
    key = name_key(words)
    assert (index.own(key), index.vocabulary(key)) == (None, None)
    assert {medicine for entry in read(f"sertraline 50 mg {words}").entries for medicine in entry.medicines} <= {
        "sertraline"
    }


@pytest.mark.parametrize("word", ["iproniazid", "iproniazide", "Marsilid"])
def test_an_mao_inhibitor_is_not_the_medicine_for_tuberculosis(word: str, read: Read) -> None:
    (entry,) = read(word).entries
    assert entry.medicines == ("iproniazid",)
    assert "isoniazid" not in entry.suggestions


def test_no_synonym_is_another_substance_of_the_public_list(base: KnowledgeBase, index: NameIndex) -> None:
    listed: dict[str, set[str]] = defaultdict(set)
    for row in base.vocabulary:
        own = index.own(row.ingredient)
        listed[row.name].add(own.things[0] if own else row.ingredient)
    found = {
        name: (medicine.id, listed[name_key(name)])
        for medicine in base.medicines.values()
        for name in (medicine.id, *medicine.synonyms)
        if medicine.id not in OUR_NARROWER_MEANING and medicine.id not in listed.get(name_key(name), {medicine.id})
    }
    assert found == {}
