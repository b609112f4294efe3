"""Which line of one list is which line of another, and in what the two differ."""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from enum import StrEnum
from typing import NamedTuple, TypeVar

from components.clinical.entry import Entry
from components.clinical.line_words import name_key
from components.clinical.report import EntryResult
from components.clinical.terms import Route, Use

Versions = tuple[EntryResult, EntryResult]
"""One entry as two lists have it."""


Seen = TypeVar("Seen")


class Aspect(StrEnum):
    """In what an entry changed."""

    DOSE = "dose"
    ROUTE = "route"
    USE = "use"
    SUPPLY = "supply"
    READING = "reading"
    """The same words stand for another medicine: an ambiguous name was settled, or left open again."""


ASPECT_OF = {
    "use": Aspect.USE,
    "stopped_days_ago": Aspect.USE,
    "route": Aspect.ROUTE,
    "strength_mg": Aspect.DOSE,
    "per_dose": Aspect.DOSE,
    "doses_per_day": Aspect.DOSE,
    "taken_otherwise": Aspect.SUPPLY,
    "compounded": Aspect.SUPPLY,
}
"""By field of LineDetails."""


def match_entries(
    olds: Iterable[EntryResult], news: Iterable[EntryResult]
) -> tuple[list[Versions], list[EntryResult], list[EntryResult]]:
    """The entries that both lists hold, and what only the first or only the second holds.

    Entries are the same when they hold the same medicines: of several those alike in most come first. Then those of the
    same words, and what could not be read with what may be its corrected spelling.
    """
    versions: list[Versions] = []
    olds_left, news_left = list(in_order(olds)), list(in_order(news))
    for key in (_everything, _strength_and_route, _strength, _route, _medicines_and_use, _medicines_of, _words_of):
        found, olds_left, news_left = _match(olds_left, news_left, key)
        versions += found
    if not all(each.entry.medicines for each in (*olds_left, *news_left)):
        found = _first_that_fit(olds_left, news_left, _spelling, _may_be_corrected)
        return [*versions, *found], *_without_matched(found, olds_left, news_left)
    return versions, olds_left, news_left


def aspects_of(old: EntryResult, new: EntryResult) -> tuple[Aspect, ...]:
    """Empty: taken in the same way."""
    one, other = old.entry, new.entry
    found = {aspect for name, aspect in ASPECT_OF.items() if getattr(one.details, name) != getattr(other.details, name)}
    if (one.recognition, set(one.medicines)) != (other.recognition, set(other.medicines)):
        found.add(Aspect.READING)
    return tuple(aspect for aspect in Aspect if aspect in found)


def order_of(result: EntryResult) -> tuple[tuple[str, ...], str, str]:
    """A place that does not depend on the order of the list."""
    return result.entry.medicines, result.entry.entered.casefold(), repr(result)


def in_order(results: Iterable[EntryResult]) -> tuple[EntryResult, ...]:
    return tuple(sorted(results, key=order_of))


def says_how(result: EntryResult) -> bool:
    """States a strength or a route."""
    return result.entry.details.strength_mg is not None or result.entry.details.route is not None


def parted(
    results: Iterable[EntryResult], left_out: Iterable[Entry]
) -> tuple[tuple[EntryResult, ...], tuple[EntryResult, ...]]:
    """Those that are gone, and as many of those alike as ``left_out`` holds."""
    open_, removed, kept = Counter(left_out), [], []
    for each in results:
        if open_[each.entry]:
            open_[each.entry] -= 1
            kept.append(each)
        else:
            removed.append(each)
    return tuple(removed), tuple(kept)


def _medicines_of(result: EntryResult) -> Hashable:
    return frozenset(result.entry.medicines) or _words_of(result)


def _words_of(result: EntryResult) -> Hashable:
    return name_key(result.entry.entered)


def _everything(result: EntryResult) -> Hashable:
    return _medicines_of(result), result.entry.recognition, result.entry.details


def _strength_and_route(result: EntryResult) -> Hashable:
    return _medicines_of(result), result.entry.details.strength_mg, result.entry.details.route


def _strength(result: EntryResult) -> Hashable:
    """None: states none."""
    strength = result.entry.details.strength_mg
    return None if strength is None else (_medicines_of(result), strength)


def _route(result: EntryResult) -> Hashable:
    """None: states none."""
    route = result.entry.details.route
    return None if route is None else (_medicines_of(result), route)


def _medicines_and_use(result: EntryResult) -> Hashable:
    return _medicines_of(result), _is_stopped(result)


def _is_stopped(result: EntryResult) -> bool:
    return result.entry.details.use is Use.STOPPED


def _match(
    olds: Iterable[EntryResult], news: Iterable[EntryResult], key: Callable[[EntryResult], Hashable]
) -> tuple[list[Versions], list[EntryResult], list[EntryResult]]:
    """Pairs of one key, and what is left on either side."""
    by_key: dict[Hashable, tuple[list[EntryResult], list[EntryResult]]] = defaultdict(lambda: ([], []))
    for side, results in enumerate((olds, news)):
        for each in results:
            by_key[key(each)][side].append(each)
    by_key.pop(None, None)
    matched = [both for old, new in by_key.values() for both in _first_that_fit(old, new, _taken, _may_be_one)]
    return matched, *_without_matched(matched, olds, news)


def _first_that_fit(
    olds: Sequence[EntryResult],
    news: Sequence[EntryResult],
    seen_as: Callable[[EntryResult], Seen],
    fit: Callable[[Seen, Seen], bool],
) -> list[Versions]:
    """Each of ``olds`` with the first of ``news`` that fits and is still free."""
    matched, free = [], dict(enumerate(map(seen_as, news)))
    for old in olds:
        one = seen_as(old)
        place = next((place for place, other in free.items() if fit(one, other)), None)
        if place is not None:
            del free[place]
            matched.append((old, news[place]))
    return matched


def _without_matched(
    matched: Iterable[Versions], olds: Iterable[EntryResult], news: Iterable[EntryResult]
) -> tuple[list[EntryResult], list[EntryResult]]:
    """What is left on either side; lines alike are told apart, hence by identity."""
    old_ones, new_ones = ({id(both[side]) for both in matched} for side in (0, 1))
    return [each for each in olds if id(each) not in old_ones], [each for each in news if id(each) not in new_ones]


class _Taken(NamedTuple):
    """What a line says that may tell it from another of the same medicine."""

    is_stopped: bool
    strength_mg: float | None
    route: Route | None


def _taken(result: EntryResult) -> _Taken:
    return _Taken(_is_stopped(result), result.entry.details.strength_mg, result.entry.details.route)


def _may_be_one(one: _Taken, other: _Taken) -> bool:
    """False where one of the two is stopped, and they state different strengths or routes: a stop of something else."""
    if one.is_stopped == other.is_stopped:
        return True
    return (one.strength_mg == other.strength_mg or None in (one.strength_mg, other.strength_mg)) and (
        one.route is other.route or None in (one.route, other.route)
    )


class _Spelling(NamedTuple):
    """What a line may mean: its medicines, or the suggestions for it and its words."""

    is_read: bool
    meant: frozenset[str]
    words: frozenset[str]
    taken: _Taken


def _spelling(result: EntryResult) -> _Spelling:
    entry = result.entry
    words = frozenset() if entry.medicines else frozenset(name_key(entry.entered).split())
    return _Spelling(bool(entry.medicines), frozenset(entry.medicines or entry.suggestions), words, _taken(result))


def _may_be_corrected(one: _Spelling, other: _Spelling) -> bool:
    """One was not read, and the other is a suggestion for it or has its words and more ('stopped nosuchname')."""
    if one.is_read and other.is_read:
        return False
    shared = one.words & other.words
    has_words = bool(shared) and shared in (one.words, other.words)
    return (has_words or not one.meant.isdisjoint(other.meant)) and _may_be_one(one.taken, other.taken)
