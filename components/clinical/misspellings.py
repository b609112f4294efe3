"""Whether a word may be a name misspelt: few letters wrong, or the same consonants by ear."""

import re

from rapidfuzz.distance import OSA

MOST_SLIPS = 2
_MOST_SLIPS_BY_EAR = 3
_FEWEST_CONSONANTS = 3
_SHORTEST = 5
_HEARD_ALIKE = (
    (re.compile("^x"), "s"),
    (re.compile("ph"), "f"),
    (re.compile("x"), "ks"),
    (re.compile("c(?=[eiy])|z"), "s"),
    (re.compile("[cq]"), "k"),
    (re.compile("(?<=.)[aeiouyh ]"), ""),
    (re.compile(r"(.)\1+"), r"\1"),
)


def is_misspelling(typed: str, name: str, letters_for_a_slip: int) -> bool:
    """True where each slip (a letter wrong, lost, doubled or swapped) falls on so many letters of what was typed, or
    where both are heard alike. Never where both are short: 'cpap' is no 'apap'."""
    if max(len(typed), len(name.replace(" ", ""))) < _SHORTEST:
        return False
    slips = OSA.distance(typed, name, score_cutoff=MOST_SLIPS)
    return (slips <= MOST_SLIPS and slips * letters_for_a_slip <= len(typed)) or are_heard_alike(typed, name)


def are_kin(one: str, other: str) -> bool:
    """Names with the same beginning or, like '-zolam', the same ending, or heard alike."""
    return one[:3] == other[:3] or one[-5:] == other[-5:] or are_heard_alike(one, other)


def are_heard_alike(one: str, other: str) -> bool:
    """True for a few letters' difference that spares the first sound and the consonants: 'luvocks' and 'luvox'."""
    heard = by_ear(one)
    if len(heard) < _FEWEST_CONSONANTS or heard != by_ear(other):
        return False
    return OSA.distance(one, other) <= _MOST_SLIPS_BY_EAR


def by_ear(word: str) -> str:
    """The first sound and the consonants: equal for words that sound alike."""
    for written, heard in _HEARD_ALIKE:
        word = written.sub(heard, word)
    return word
