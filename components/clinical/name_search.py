"""Where in a stretch of text names stand: longest first, our own before those of the public list."""

from collections.abc import Sequence
from dataclasses import dataclass

from components.clinical.line_words import SALTS, Token, ends_countably, is_noise, is_strength_at
from components.clinical.name_index import NameHit, NameIndex

_SHORTEST_VOCABULARY_WORD = 4
_ONLY_FIRST_WITH_STRENGTH = frozenset({"same", "inh", "k", "mg"})
"""Medicines in "SAMe 400 mg", "INH 300 mg", "K 20 mEq", "Mg 400 mg"; elsewhere the word, a route, a unit."""
_ALSO_ALONE = "same"
"""Nobody writes the word as a line of its own."""


@dataclass(frozen=True, slots=True)
class FoundName:
    """A name found at tokens[start:end]."""

    start: int
    end: int
    hit: NameHit


def find_names(tokens: list[Token], index: NameIndex) -> list[FoundName]:
    """Longest names first, those of the knowledge base before those of the public list.

    A longer name of the public list wins where its further words mean something: isopropyl alcohol is not alcohol.
    """
    own = _scan(tokens, range(len(tokens)), index, own=True)
    own = [each for number, each in enumerate(own) if not (number and _is_salt_of(own[number - 1], each, tokens))]
    found = [_longer_name(each, own, tokens, index) or each for each in own]
    taken = {position for each in found for position in range(each.start, each.end)}
    free = [position for position in range(len(tokens)) if position not in taken]
    found += _scan(tokens, free, index, own=False, near_own=bool(found))
    return sorted(found, key=lambda each: each.start)


def _is_salt_of(before: FoundName, each: FoundName, tokens: list[Token]) -> bool:
    """'magnesium' right after 'esomeprazole' is its salt."""
    only_word = each.end - each.start == 1 and tokens[each.start].text in SALTS
    return only_word and before.end == each.start and tokens[each.start].start - tokens[before.end - 1].end == 1


def _longer_name(each: FoundName, own: list[FoundName], tokens: list[Token], index: NameIndex) -> FoundName | None:
    others = {position for other in own if other is not each for position in range(other.start, other.end)}
    for length in range(min(index.longest, len(tokens)), each.end - each.start, -1):
        for start in range(max(0, each.end - length), min(each.start, len(tokens) - length) + 1):
            span = range(start, start + length)
            extra = [tokens[position].text for position in span if not each.start <= position < each.end]
            if others.isdisjoint(span) and not all(is_noise(word) for word in extra):
                words = " ".join(tokens[position].text for position in span)
                if hit := index.vocabulary(words):
                    return FoundName(start, start + length, hit)
    return None


def _scan(
    tokens: list[Token], positions: Sequence[int], index: NameIndex, own: bool, near_own: bool = False
) -> list[FoundName]:
    found: list[FoundName] = []
    allowed, next_free = set(positions), 0
    for start in positions:
        if start < next_free:
            continue
        for length in range(min(index.words_from(tokens[start].text), len(tokens) - start), 0, -1):
            end = start + length
            if not allowed.issuperset(range(start, end)):
                continue
            hit = _look_up(tokens, start, end, index, own, near_own)
            if hit:
                found.append(FoundName(start, end, hit))
                next_free = end
                break
    return found


def _look_up(tokens: list[Token], start: int, end: int, index: NameIndex, own: bool, near_own: bool) -> NameHit | None:
    words = [token.text for token in tokens[start:end]]
    is_a_medicine = start == 0 and (is_strength_at(tokens, end) or [each.text for each in tokens] == [_ALSO_ALONE])
    if words[0] in _ONLY_FIRST_WITH_STRENGTH and len(words) == 1 and not is_a_medicine:
        return None
    if own:
        counts = end - start > 1 and words[-1].isdigit() and ends_countably(tokens, end)
        return None if counts else index.own(" ".join(words))
    if end - start == 1:
        too_short = len(words[0]) < _SHORTEST_VOCABULARY_WORD
        if too_short or (is_noise(words[0]) and (near_own or words[0] not in SALTS)):
            return None
    elif all(is_noise(word) for word in words):
        return None
    return index.vocabulary(" ".join(words))
