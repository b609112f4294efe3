"""Lines that the people of a soak paste, each one entry: known, unknown and hostile ones; and how many a page shows."""

import re

from benchmarks.eight_medicines import EIGHT
from benchmarks.session import Session

_KNOWN = (
    *EIGHT.splitlines(),
    "sertraline 50 mg",
    "escitalopram 10 mg daily",
    "fluoxetine 20 mg",
    "venlafaxine XR 150 mg",
    "phenelzine 15 mg three times a day",
    "clonidine 0.1 mg",
    "rifampicin 600 mg",
    "warfarin 5 mg",
    "paracetamol 500 mg as needed",
    "St John's wort 300 mg",
    "insulin glargine 10 units",
    "salbutamol inhaler",
)
_UNKNOWN = ("xyzolam 5 mg", "sertralin", "bup 8 mg", "qwrtpsdf", "vitamin Q9 forte", "sеrtraline 50 mg")
"""The last one with a Cyrillic letter."""
_HOSTILE = (
    "<script>alert(1)</script>",
    "![x](http://127.0.0.1:9/p.png)",
    '=HYPERLINK("http://127.0.0.1:9")',
    "sertraline' OR 'x'='x",
    "{{sertraline}} ${HOME} %s%n",
    "../../../../etc/passwd",
    ":material/error: :red[x] $\\frac{1}{0}$",
    "\u202eenilartres",
    "a\u0301" * 400,
    "x" * 900,
)
LINES = (*_KNOWN, *_UNKNOWN, *_HOSTILE)
REFUSED = ("sertraline\x00\x1b[2J", "lorazepam\n" * 1_001)
"""Texts that are refused whole: the list stays as it is."""
_COUNTED = re.compile(r"(\d+) entered\\?:")


def entered(session: Session) -> tuple[int, int]:
    """Entries of the medication check, as last drawn: what the answer counts, and how many can be removed."""
    counted = [found for words in session.said if (found := _COUNTED.search(words))]
    return int(counted[0].group(1)) if counted else 0, sum(key.startswith("remove_") for key in session.drawn)
