"""Load, check and recognition, median and 95th percentile, beside rapidfuzz alone over the same names.

Prints one table. Times depend on the machine; the ratio to the floor does not.
"""

import statistics
import time
from collections.abc import Callable

from rapidfuzz import fuzz, process

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


def _milliseconds(task: Callable[[], object], runs: int) -> tuple[float, float]:
    """Median and 95th percentile over ``runs`` runs, in ms."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        task()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times), statistics.quantiles(times, n=20)[-1]


def _misspell(name: str) -> str:
    middle = len(name) // 2
    return name[:middle] + "x" + name[middle + 1 :]


def main() -> None:
    """Run all timings once and print the table."""
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
        ("load the knowledge base", *_milliseconds(load_knowledge_base, 20)),
        ("build the name index", *_milliseconds(lambda: NameIndex(base), 20)),
        ("check 8 medicines", *_milliseconds(lambda: check(lists[EIGHT], Treatment.KETAMINE_IV, base), 200)),
        ("check 40 medicines", *_milliseconds(lambda: check(lists[forty], Treatment.KETAMINE_IV, base), 100)),
        ("recognise 1,000 known lines", *_milliseconds(lambda: recognise(known), 20)),
        ("recognise 1,000 misspelt lines", *_milliseconds(lambda: recognise(typos), 20)),
        ("floor: rapidfuzz over the same names", *_milliseconds(floor, 20)),
    ]
    least = rows[-1][1]
    print(f"{'what':38} {'median ms':>10} {'95th ms':>10} {'x floor':>8}")
    for what, median, late in rows:
        print(f"{what:38} {median:10.2f} {late:10.2f} {median / least:8.2f}")


if __name__ == "__main__":
    main()
