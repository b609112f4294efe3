"""The words of the interface, all in one file beside this package: components/interface_words.yaml.

They name, ask and lead; they hold no digit and no medicine name. What is said about medicines comes from data/.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml

WORDS_FILE = Path(__file__).parents[1] / "interface_words.yaml"
MEDICINES_NAMED = ("ketamine", "esketamine", "Spravato", "midazolam", "saline", "duloxetine")
"""Medicines and brands of data/medicines that the name of a treatment, a comparator or a page may hold in a slot."""
PEOPLE = 100
"""Rates are shown as so many people."""
INTERVAL_PERCENT = 95
"""The intervals that the knowledge base holds."""
FIXED: Mapping[str, object] = {
    **{name: name for name in MEDICINES_NAMED},
    **{name.capitalize(): name.capitalize() for name in MEDICINES_NAMED},
    "people": PEOPLE,
    "percent": INTERVAL_PERCENT,
    "one": 1,
    "product": "Ketamine Consult",
}
"""Slots that any text may have without being given a value."""


def say(key: str, **parts: object) -> str:
    """The words under 'section.key', with ``parts`` in their slots; a key or slot that is not there is a KeyError."""
    return all_words()[key].format_map({**FIXED, **parts})


@cache
def all_words() -> Mapping[str, str]:
    """Every text by its 'section.key', slots in braces."""
    sections = yaml.load(WORDS_FILE.read_text(encoding="utf-8"), yaml.CSafeLoader)
    return {f"{section}.{key}": text for section, texts in sections.items() for key, text in texts.items()}
