"""Text of one line -> entries: a known medicine, an unassessed one, an ambiguous name, or an unrecognised word.

Nothing is corrected in silence: only exact names match (after folding case, accents and punctuation); everything
else becomes a suggestion. Longer than most modules: its steps share the tokens and places of one line.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from components.clinical.entry import Entry
from components.clinical.interface_words import say
from components.clinical.knowledge_base import KnowledgeBase
from components.clinical.line_details import LineDetails, read_details
from components.clinical.line_words import (
    LINE_EXTENSIONS,
    NOISE,
    NOT_DRUNK,
    SALTS,
    Token,
    is_every_so_often,
    is_noise,
    is_number,
    is_strength_at,
    looks_like_a_medicine,
    normalise,
    tokenise,
)
from components.clinical.name_index import MOST_SUGGESTIONS, NameIndex
from components.clinical.name_search import FoundName, find_names
from components.clinical.said_of_names import Beginning, beginning, is_left_for_the_next, without_negated
from components.clinical.terms import EntryStatus, Matched, Use

_LONGEST_ECHO = 200
_SHORTEST_UNKNOWN = 3
_LONGEST_WORD = 40
_JOINERS = frozenset({"/", "with", "w/", "+", "&", "-"})
_ALCOHOL = {"alcohol"}


@dataclass(frozen=True, slots=True)
class ReadSegment:
    """What one stretch of text gave. ``details`` are those of the whole stretch, for a continuation line."""

    entries: tuple[Entry, ...]
    details: LineDetails
    passed_over: tuple[str, ...] = ()
    """Words beside a recognised medicine that we did not understand."""
    negated: tuple[str, ...] = ()
    """Names of which the text says that they are not taken: 'no alcohol'."""
    says_how: bool = True
    """False for a stretch without a single word or number about how something is taken."""


def read_segment(text: str, index: NameIndex, knowledge_base: KnowledgeBase, today: date) -> ReadSegment:
    """Recognise every medicine in a stretch of text that should hold one (no line breaks, no separating commas).

    No entry comes back when it holds only strength, instruction or filler words; the caller then joins it to the
    entry before it. ``today`` dates 'stopped March 2025'.
    """
    normalised = normalise(text)
    tokens = tokenise(normalised)
    found = find_names(tokens, index)
    whole = read_details(" ".join(token.text for token in tokens), today)
    entered = _echo(text)
    found, negated = without_negated(found, tokens)
    if not found:
        if negated:
            return ReadSegment((), whole, negated=negated)
        unknown = _unknown_words(tokens, NOISE - SALTS, index)
        if not unknown:
            return ReadSegment((), whole, says_how=bool(tokens))
        if len(unknown) > 1 and all(index.is_almost_a_name(word) for word in unknown):
            return ReadSegment(tuple(_unrecognised(word, [word], whole, index) for word in unknown), whole)
        return ReadSegment((_unrecognised(entered, unknown, whole, index),), whole)
    groups = _group(found, normalised, tokens, knowledge_base)
    begins = [
        Beginning(0, Use.STOPPED if is_left_for_the_next(groups, normalised, tokens) else None),
        *(beginning(*both, normalised, tokens) for both in pairwise(groups)),
        Beginning(len(tokens)),
    ]
    denied = set(" ".join(negated).split())
    entries: list[Entry] = []
    passed_over: list[str] = []
    for number, group in enumerate(groups):
        first, last = begins[number].place, begins[number + 1].place
        named = {position for each in group for position in range(each.start, each.end)}
        rest = [position for position in range(first, last) if position not in named]
        details = _details(tokens, rest, group, index, today)
        if told := begins[number].use:
            behind = read_details(" ".join(token.text for token in tokens[group[-1].end : last]), today)
            details = replace(details, use=Use.CURRENT if behind.doses_per_day else told)
        words = entered if len(groups) == 1 else _echo(_source(text, tokens, first, last))
        beside = tokens[max(0, first - 1) : last + 1]
        if _is_unknown_line_extension(group, tokens) or _is_no_drink(group, beside, knowledge_base):
            entries.append(_asked(words, group[-1].hit.things, details, index))
            continue
        entries.append(_entry(words, group, details, knowledge_base))
        rest = [position for position in rest if tokens[position].text not in denied]
        lost, chatter = _leftovers(tokens, rest, index)
        entries.extend(_unrecognised(word, [word], details, index) for word in lost)
        passed_over.extend(chatter)
    passed_over += [say("medicine_names.said_not_taken", name=name) for name in negated]
    return ReadSegment(tuple(entries), whole, tuple(passed_over))


def _details(
    tokens: list[Token], rest: list[int], group: Sequence[FoundName], index: NameIndex, today: date
) -> LineDetails:
    """How it is taken; a route in the name itself ('ketamine troche', Nayzilam) comes first."""
    details = read_details(" ".join(tokens[position].text for position in rest), today)
    for each in group:
        name = " ".join(token.text for token in tokens[each.start : each.end])
        if route := index.brand_route(name) or read_details(name, today).route:
            return replace(details, route=route)
    return details


def _echo(text: str) -> str:
    clean = " ".join(text.split())
    return clean if len(clean) <= _LONGEST_ECHO else clean[: _LONGEST_ECHO - 1] + "…"


def _source(text: str, tokens: Sequence[Token], first: int, last: int) -> str:
    """The user's own words for tokens[first:last]; the folded words where folding changed the length."""
    start, end = tokens[first].start, tokens[last - 1].end
    words = text[start:end] if len(normalise(text)) == len(text) else " ".join(t.text for t in tokens[first:last])
    return words.rstrip(" (")


def _group(
    found: list[FoundName], text: str, tokens: list[Token], knowledge_base: KnowledgeBase
) -> list[list[FoundName]]:
    """Names that make one entry: a brand with its generic beside it, or medicines joined by a sign."""
    groups: list[list[FoundName]] = []
    for each in found:
        between = text[tokens[groups[-1][-1].end - 1].end : tokens[each.start].start] if groups else ""
        if groups and _belongs_to(groups[-1], each, between, knowledge_base):
            groups[-1].append(each)
        else:
            groups.append([each])
    return groups


def _belongs_to(group: list[FoundName], each: FoundName, between: str, knowledge_base: KnowledgeBase) -> bool:
    before, now = _medicines_of(group, knowledge_base), _medicines_of([each], knowledge_base)
    if len(each.hit.things) > 1 or not before:  # an ambiguous name joins only the medicine that settles it
        choices = [found for found in (*group, each) if len(found.hit.things) > 1]
        return any(_is_a_choice(now if before <= now else before, found, knowledge_base) for found in choices)
    if now <= before or before <= now:
        return True
    sign = between.strip()
    if sign not in _JOINERS:
        return False
    return between == sign or "w" in sign or frozenset(before | now) in knowledge_base.product_of


def _medicines_of(group: Sequence[FoundName], knowledge_base: KnowledgeBase) -> set[str]:
    names: set[str] = set()
    for each in group:
        if len(each.hit.things) == 1:
            names.update(medicines_meant(each.hit.things[0], knowledge_base))
    return names


def _is_a_choice(medicines: set[str], doubtful: FoundName, knowledge_base: KnowledgeBase) -> bool:
    """True where these medicines, as one product or apart, are what an ambiguous name may stand for."""
    choices = [frozenset(medicines_meant(thing, knowledge_base)) for thing in doubtful.hit.things]
    return bool(medicines) and (medicines in choices or all({name} in choices for name in medicines))


def medicines_meant(thing: str, knowledge_base: KnowledgeBase) -> tuple[str, ...]:
    """The medicines of a combination ('a+b' from the public list too); a medicine stands for itself."""
    if thing in knowledge_base.combinations:
        return knowledge_base.combinations[thing].medicines
    return tuple(thing.split("+"))


def _is_unknown_line_extension(group: list[FoundName], tokens: list[Token]) -> bool:
    """'Zestril HCT' is not Zestril: a brand with a further product word must be asked about."""
    last = group[-1]
    following = tokens[last.end].text if last.end < len(tokens) else ""
    if last.end + 1 < len(tokens) and tokens[last.end + 1].text == "/":
        return False  # "Nardil d/c'd" is stopped, not another product
    return last.hit.matched is Matched.BRAND and following in LINE_EXTENSIONS


def _is_no_drink(group: list[FoundName], beside: Sequence[Token], knowledge_base: KnowledgeBase) -> bool:
    """'Isopropyl alcohol', 'alcohol wipes', 'alcohol-free' must be asked about: the record is on drinking."""
    return _medicines_of(group, knowledge_base) == _ALCOHOL and any(each.text in NOT_DRUNK for each in beside)


def _asked(entered: str, things: Sequence[str], details: LineDetails, index: NameIndex) -> Entry:
    """Not recognised, with what may be meant."""
    some = tuple(things[:MOST_SUGGESTIONS])
    names = index.resembled(some, entered)
    return Entry(entered, EntryStatus.NOT_RECOGNISED, suggestions=some, resembled=names, details=details)


def _entry(words: str, group: list[FoundName], details: LineDetails, knowledge_base: KnowledgeBase) -> Entry:
    matched = group[0].hit.matched
    doubtful = [each for each in group if len(each.hit.things) > 1]
    clear = _medicines_of(group, knowledge_base)
    if doubtful and not any(_is_a_choice(clear, each, knowledge_base) for each in doubtful):
        choices = tuple(thing for each in doubtful for thing in each.hit.things)
        return Entry(words, EntryStatus.AMBIGUOUS, matched=matched, suggestions=choices, details=details)
    medicines = tuple(
        dict.fromkeys(
            m for f in group if len(f.hit.things) == 1 for m in medicines_meant(f.hit.things[0], knowledge_base)
        )
    )
    known = all(name in knowledge_base.medicines for name in medicines)
    return Entry(
        words,
        EntryStatus.ASSESSED if known else EntryStatus.NOT_ASSESSED,
        medicines=medicines,
        product=knowledge_base.product_of.get(frozenset(medicines)),
        matched=matched,
        details=details,
    )


def _leftovers(tokens: list[Token], rest: list[int], index: NameIndex) -> tuple[list[str], list[str]]:
    """Words beside a recognised medicine: those that may be a further medicine, and plain chatter."""
    lost: list[str] = []
    chatter: list[str] = []
    after_for = False
    for position in rest:
        word = tokens[position].text
        after_for = after_for or word == "for"
        if (is_noise(word) and not index.is_name_behind_digits(word)) or len(word) < _SHORTEST_UNKNOWN:
            continue
        if is_strength_at(tokens, position + 1) or index.is_almost_a_name(word) or looks_like_a_medicine(word):
            lost.append(word)
        elif not after_for:
            chatter.append(word)
    return lost, chatter


def _unknown_words(tokens: list[Token], noise: frozenset[str], index: NameIndex) -> list[str]:
    words = [token.text for token in tokens if token.text not in noise and len(token.text) > 1]
    words = [word for word in words if not is_every_so_often(word)]
    return [word for word in words if not is_number(word) or index.is_name_behind_digits(word)]


def _unrecognised(entered: str, unknown: list[str], details: LineDetails, index: NameIndex) -> Entry:
    together = " ".join(unknown)
    suggestions = list(index.suggest(together)) if len(together) <= _LONGEST_ECHO else []
    for word in unknown[:6] if len(unknown) > 1 else ():
        if len(suggestions) < MOST_SUGGESTIONS and _SHORTEST_UNKNOWN < len(word) <= _LONGEST_WORD:
            suggestions += [each for each in index.suggest(word) if each not in suggestions]
    return _asked(entered, suggestions, details, index)


def with_more_details(entry: Entry, text: str, more: LineDetails) -> Entry:
    """The entry, completed by a continuation ('take one at night', 'then 50 mg') that named no medicine."""
    return replace(entry, entered=_echo(f"{entry.entered}, {text}"), details=entry.details.merged_with(more))


def without_a_name(text: str, details: LineDetails) -> Entry:
    """An entry for a thing of which no name is told, so that nothing resembles it."""
    return Entry(_echo(text), EntryStatus.NOT_RECOGNISED, details=details)


def chosen_entry(entry: Entry, thing: str, knowledge_base: KnowledgeBase) -> Entry:
    """The entry, settled by the user as this medicine or combination; what was typed and its dose stay."""
    medicines = medicines_meant(thing, knowledge_base)
    known = all(name in knowledge_base.medicines for name in medicines)
    return replace(
        entry,
        recognition=EntryStatus.ASSESSED if known else EntryStatus.NOT_ASSESSED,
        medicines=medicines,
        product=knowledge_base.product_of.get(frozenset(medicines)),
        matched=Matched.GENERIC,
        suggestions=(),
        resembled=(),
    )
