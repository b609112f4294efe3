"""Load, check and recognition beside rapidfuzz alone over the same names."""

from collections.abc import Callable

from rapidfuzz import fuzz, process

from benchmarks.eight_medicines import EIGHT
from benchmarks.figures import Figure
from benchmarks.timing import median_ms
from components.clinical.interaction_check import check
from components.clinical.knowledge_base import load_knowledge_base
from components.clinical.line_words import name_key
from components.clinical.name_index import NEAR_OWN_NAME, NameIndex
from components.clinical.terms import Treatment
from components.exchange.medication_list import read_medication_list

_SECTION = "engine"
_WORDS = ("tab", "PO", "daily", "50 mg", "qhs")


def _misspell(name: str) -> str:
    middle = len(name) // 2
    return name[:middle] + "x" + name[middle + 1 :]


def time_engine() -> list[Figure]:
    """Medians; the misspelt lines stand beside the floor, since rapidfuzz is what they cost at least."""
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

    timed: list[tuple[str, Callable[[], object], int]] = [
        ("load the knowledge base", load_knowledge_base, 5),
        ("build the name index", lambda: NameIndex(base), 10),
        ("check 8 medicines", lambda: check(lists[EIGHT], Treatment.KETAMINE_IV, base), 200),
        ("check 40 medicines", lambda: check(lists[forty], Treatment.KETAMINE_IV, base), 50),
        ("recognise 8 lines", lambda: recognise(EIGHT), 50),
        ("recognise 1,000 known lines", lambda: recognise(known), 5),
    ]
    figures = [Figure(_SECTION, name, median_ms(task, runs), "ms") for name, task, runs in timed]
    misspelt = median_ms(lambda: recognise(typos), 3)
    return [*figures, Figure(_SECTION, "recognise 1,000 misspelt lines", misspelt, "ms", median_ms(floor, 3))]
