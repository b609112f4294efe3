"""Load, check and recognition, median and 95th percentile, beside rapidfuzz alone over the same names.

Prints one table. Times depend on the machine; the ratio to the floor does not.
"""

from rapidfuzz import fuzz, process

from benchmarks.timing import milliseconds
from components.clinical.interaction_check import check
from components.clinical.knowledge_base import load_knowledge_base
from components.clinical.line_words import name_key
from components.clinical.name_index import NEAR_OWN_NAME, NameIndex
from components.clinical.terms import Treatment
from components.exchange.medication_list import read_medication_list

EIGHT = """Zoloft 100 mg qAM
lorazepam 1 mg prn
lamotrigine 200 mg daily
Adderall XR 20 mg qam
lisinopril 10 mg
omeprazole 20 mg
Tylenol PM 2 tabs qhs
trazodone 50 mg at night"""
_WORDS = ("tab", "PO", "daily", "50 mg", "qhs")


def _misspell(name: str) -> str:
    middle = len(name) // 2
    return name[:middle] + "x" + name[middle + 1 :]


def time_engine() -> None:
    """Run all timings of the engine once and print the table."""
    base = load_knowledge_base()
    index = NameIndex(base)
    names = sorted(name for name in base.medicines if name.isalpha())
    forty = "\n".join(f"{name} 10 mg" for name in names[::13][:40])
    known = "\n".join(f"{names[n % len(names)]} {_WORDS[n % len(_WORDS)]}" for n in range(1000))
    unknown = [f"{_misspell(names[n % len(names)])} {n}" for n in range(1000)]
    typos = "\n".join(unknown)
    keys = [name_key(name) for medicine in base.medicines.values() for name in (medicine.id, *medicine.brands)]
    lists = {text: read_medication_list(text, index, base) for text in (EIGHT, forty)}

    def recognise(text: str) -> object:
        return read_medication_list(text, index, base)

    def floor() -> object:
        return [process.extractOne(word, keys, scorer=fuzz.ratio, score_cutoff=NEAR_OWN_NAME) for word in unknown]

    rows = [
        ("load the knowledge base", *milliseconds(load_knowledge_base, 20)),
        ("build the name index", *milliseconds(lambda: NameIndex(base), 20)),
        ("check 8 medicines", *milliseconds(lambda: check(lists[EIGHT], Treatment.KETAMINE_IV, base), 200)),
        ("check 40 medicines", *milliseconds(lambda: check(lists[forty], Treatment.KETAMINE_IV, base), 100)),
        ("recognise 1,000 known lines", *milliseconds(lambda: recognise(known), 20)),
        ("recognise 1,000 misspelt lines", *milliseconds(lambda: recognise(typos), 20)),
        ("floor: rapidfuzz over the same names", *milliseconds(floor, 20)),
    ]
    least = rows[-1][1]
    print(f"{'what':38} {'median ms':>10} {'95th ms':>10} {'x floor':>8}")
    for what, median, late in rows:
        print(f"{what:38} {median:10.2f} {late:10.2f} {median / least:8.2f}")
