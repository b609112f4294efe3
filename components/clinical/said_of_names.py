"""Which words of a line are said of which name: that it is stopped, denied, or left for another medicine."""

import re
from collections.abc import Sequence

from components.clinical.line_words import Token
from components.clinical.name_search import FoundName
from components.clinical.past_words import LEADS_TO_A_NAME

_NEGATIONS = frozenset({"no", "not", "never", "denies", "denied", "nil", "doesnt", "dont", "didnt", "isnt"})
_BETWEEN = frozenset(
    """
    drinks uses use using any smokes drink take takes on had has been tried prescribed given
    """.split()
)
_MOST_BETWEEN = 3
_ONCE_TAKEN = frozenset({"since", "any", "anymore", "now", "currently", "until", "longer", "yet", "again", "hold"})
"""Beside 'not on' they tell that it was taken: 'not on lithium since May'."""
_UNTIL_WHEN = frozenset({"since", "for", "in"})
"""Right behind 'no lithium' they tell the same."""
_LEAVES = re.compile(
    r"\b(?:changed|switched|swapped|moved|converted)(?:\s+over)?\s+from\s+(?:her|his|their|my|the\s+)?\Z"
)
_TO_THE_NEXT = re.compile(r"(?:\bto|->|\u2192)\s+(?:\w+\s+)?\Z")


def first_word(before: Sequence[FoundName], group: Sequence[FoundName], text: str, tokens: Sequence[Token]) -> int:
    """Where the words of a name begin: with itself, unless words of stopping right before it are said of it."""
    leads = LEADS_TO_A_NAME.search(text, tokens[before[-1].end - 1].end, tokens[group[0].start].start)
    if not leads:
        return group[0].start
    return next(place for place in range(before[-1].end, len(tokens)) if tokens[place].start >= leads.start("leads"))


def is_left_for_the_next(groups: Sequence[Sequence[FoundName]], text: str, tokens: Sequence[Token]) -> bool:
    """'Changed from warfarin to apixaban': the first of two is no longer taken. 'Switching from' tells of both."""
    if len(groups) != 2:
        return False
    (left, *_), (taken, *_) = groups
    return bool(
        _LEAVES.search(text, 0, tokens[left.start].start)
        and _TO_THE_NEXT.search(text, tokens[groups[0][-1].end - 1].end, tokens[taken.start].start)
    )


def without_negated(found: list[FoundName], tokens: Sequence[Token]) -> tuple[list[FoundName], tuple[str, ...]]:
    """Take out names that stand behind 'no', 'not on', 'never drinks', or before ': none' and ': no'."""
    kept: list[FoundName] = []
    negated: list[str] = []
    for each in found:
        if _is_denied(each, [token.text for token in tokens]):
            negated.append(" ".join(token.text for token in tokens[each.start : each.end]))
        else:
            kept.append(each)
    return kept, tuple(negated)


def _is_denied(name: FoundName, words: Sequence[str]) -> bool:
    if list(words[name.end :]) in (["none"], ["no"], ["nil"]):
        return True
    place = name.start - 1
    while place >= 0 and words[place] in _BETWEEN and name.start - place <= _MOST_BETWEEN:
        place -= 1
    if place < 0 or words[place] not in _NEGATIONS or not _UNTIL_WHEN.isdisjoint(words[name.end : name.end + 1]):
        return False
    return place == name.start - 1 or _ONCE_TAKEN.isdisjoint(words[name.end :])
