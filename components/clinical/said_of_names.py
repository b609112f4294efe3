"""Which words of a line are said of which name: that it is stopped, denied, or left for another medicine."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from components.clinical.line_words import Token
from components.clinical.name_search import FoundName
from components.clinical.past_words import LEADS_TO_A_NAME, NOT_DONE
from components.clinical.terms import Use

_NEGATIONS = frozenset({"no", "not", "never", "denies", "denied", "nil"})
_HABITS = frozenset({"drinks", "uses", "use", "using", "any", "smokes", "drink"})
_NEVER_HAD = re.compile(r"(?:not on|never had|never on|(?:doesnt|does not|dont) (?:take|use))")
"""Deny a name only where nothing more is said: 'doesn't take Nardil every day' is taken."""
_TELLS_MORE = frozenset(
    """
    side se effects effect dose doses dosing level levels problem problems issue issues change changes toxicity bleeds
    missed interaction interactions related withdrawal symptoms refill refills
    """.split()
)
"""Behind 'no lithium': it is these that are denied."""
_LEAVES = re.compile(
    r"\A\W*(?:(?:pt|patient|she|he|they|i|was|were|has|have|had|been|recently|then|and)\s+)*"
    r"(?:changed|switched|swapped|moved|converted)(?:\s+over)?\s+from\s+(?:her|his|their|my|the\s+)?\Z"
)
_TO_THE_NEXT = re.compile(r"(?:\bto|->|\u2192)\s+\Z")
_NOT_YET = frozenset({"planned", "plan", "next", "back", "tomorrow"})


@dataclass(frozen=True, slots=True)
class Beginning:
    """Where the words of a name begin, and the use that those before it tell, if any."""

    place: int
    use: Use | None = None


def beginning(before: Sequence[FoundName], group: Sequence[FoundName], text: str, tokens: Sequence[Token]) -> Beginning:
    """With the name itself, unless words of stopping or starting right before it are said of it."""
    leads = LEADS_TO_A_NAME.search(text, tokens[before[-1].end - 1].end, tokens[group[0].start].start)
    if not leads:
        return Beginning(group[0].start)
    place = next(each for each in range(before[-1].end, len(tokens)) if tokens[each].start >= leads.start("leads"))
    if not leads["past"]:
        return Beginning(place)
    return Beginning(place, Use.STOPPED if NOT_DONE.isdisjoint(leads["leads"].split()) else Use.CURRENT)


def is_left_for_the_next(groups: Sequence[Sequence[FoundName]], text: str, tokens: Sequence[Token]) -> bool:
    """'Changed from warfarin to apixaban': the first of two is no longer taken. 'Switching from' tells of both."""
    if len(groups) != 2:
        return False
    (left, *_), (taken, *_) = groups
    return bool(
        _LEAVES.search(text, 0, tokens[left.start].start)
        and _TO_THE_NEXT.search(text, tokens[groups[0][-1].end - 1].end, tokens[taken.start].start)
        and _NOT_YET.isdisjoint(token.text for token in tokens[taken.end :])
    )


def without_negated(found: list[FoundName], tokens: Sequence[Token]) -> tuple[list[FoundName], tuple[str, ...]]:
    """Take out names that stand behind 'no', 'not on', 'never drinks', or before ': none' and ': no'."""
    kept: list[FoundName] = []
    negated: list[str] = []
    words = [token.text for token in tokens]
    for each in found:
        if _is_denied(each, words):
            negated.append(" ".join(words[each.start : each.end]))
        else:
            kept.append(each)
    return kept, tuple(negated)


def _is_denied(name: FoundName, words: Sequence[str]) -> bool:
    before, after = words[: name.start], words[name.end :]
    if not before and list(after) in (["none"], ["no"], ["nil"]):
        return True
    if not after and any(_NEVER_HAD.fullmatch(" ".join(before[-length:])) for length in (2, 3)):
        return True
    directly = before[-1:] and before[-1] in _NEGATIONS
    by_habit = len(before) > 1 and before[-1] in _HABITS and before[-2] in _NEGATIONS
    if directly and before[-1] in ("no", "not") and after and _tells_how_long(after):
        return False
    return bool((directly or by_habit) and (not after or after[0] not in _TELLS_MORE))


def _tells_how_long(after: Sequence[str]) -> bool:
    """'No lithium since May', 'for 3 weeks': it was taken."""
    return after[0] == "since" or (after[0] == "for" and len(after) > 1 and after[1].isdigit())
