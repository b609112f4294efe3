"""Which line of one list is which line of another, and in what the two differ."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from enum import StrEnum

from components.clinical.line_words import name_key
from components.clinical.report import EntryResult

Versions = tuple[EntryResult, EntryResult]
"""One entry as two lists have it."""


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

    Entries are the same when they hold the same medicines; those left over when they hold the same words.
    """
    same_medicines, olds_left, news_left = _match(olds, news, _medicines_of)
    same_words, olds_left, news_left = _match(olds_left, news_left, _words_of)
    return [*same_medicines, *same_words], olds_left, news_left


def aspects_of(old: EntryResult, new: EntryResult) -> tuple[Aspect, ...]:
    """Empty: taken in the same way."""
    one, other = old.entry, new.entry
    found = {aspect for name, aspect in ASPECT_OF.items() if getattr(one.details, name) != getattr(other.details, name)}
    if (one.recognition, set(one.medicines)) != (other.recognition, set(other.medicines)):
        found.add(Aspect.READING)
    return tuple(aspect for aspect in Aspect if aspect in found)


def order_of(result: EntryResult) -> tuple[tuple[str, ...], str, str]:
    """A place that does not depend on the order of the list."""
    return result.entry.medicines, result.entry.entered, repr(result)


def in_order(results: Iterable[EntryResult]) -> tuple[EntryResult, ...]:
    return tuple(sorted(results, key=order_of))


def _medicines_of(result: EntryResult) -> Hashable:
    return frozenset(result.entry.medicines) or _words_of(result)


def _words_of(result: EntryResult) -> Hashable:
    return name_key(result.entry.entered)


def _match(
    olds: Iterable[EntryResult], news: Iterable[EntryResult], key: Callable[[EntryResult], Hashable]
) -> tuple[list[Versions], list[EntryResult], list[EntryResult]]:
    """Pairs of one key, and what is left on either side; of several with one key those that are alike come first."""
    by_key: dict[Hashable, tuple[list[EntryResult], list[EntryResult]]] = defaultdict(lambda: ([], []))
    for side, results in enumerate((olds, news)):
        for each in in_order(results):
            by_key[key(each)][side].append(each)
    matched, olds_left, news_left = [], [], []
    for old, new in by_key.values():
        for each in tuple(old):
            if alike := next((other for other in new if not aspects_of(each, other)), None):
                matched.append((each, alike))
                old.remove(each)
                new.remove(alike)
        both = min(len(old), len(new))
        matched += zip(old[:both], new[:both], strict=True)
        olds_left += old[both:]
        news_left += new[both:]
    return matched, olds_left, news_left
