"""Identity without a label: names behind a title, birth dates and the names beside them, taken out of a line.

What may be a medicine stays: a word that is part of a known name, or near to one, ends the name of a person.
"""

from dataclasses import dataclass
from datetime import date
from enum import Enum, auto

from components.clinical.line_details import read_details
from components.clinical.line_words import normalise, tokenise
from components.clinical.name_index import NameIndex
from components.exchange.birth_dates import birth_dates
from components.exchange.list_patterns import IDENTITY
from components.exchange.names_of_people import People, Span, has_title, without


class Removed(Enum):
    """What was taken out of a line."""

    NAME = auto()
    DATE = auto()


@dataclass(frozen=True, slots=True)
class SeenThrough:
    """A line without its identity."""

    text: str
    left_out: frozenset[Removed] = frozenset()
    is_identity: bool = False
    """Nothing else stands in it, or a label says that it is: only medicines that it names exactly may stay."""


def see_through(line: str, index: NameIndex, today: date) -> SeenThrough:
    """The line without names behind a title and without birth dates and the names beside them.

    What is left is looked through again, until nothing more is found in it.
    """
    seen = _see_once(line, index, today)
    while not seen.is_identity and seen.text != line:
        line, removed = seen.text, seen.left_out
        again = _see_once(line, index, today)
        seen = SeenThrough(again.text, removed | again.left_out, again.is_identity)
    return seen


def _see_once(line: str, index: NameIndex, today: date) -> SeenThrough:
    dates = list(birth_dates(line, today))
    if not dates and not has_title(line):
        return SeenThrough(line, is_identity=bool(IDENTITY.search(normalise(line))))
    reader = People(line, [(each.start, each.end) for each in dates], index)
    titled = list(reader.behind_titles())
    without_titled = without(line, [*titled, *reader.before_a_medicine()])
    if IDENTITY.search(normalise(without_titled)):
        return SeenThrough(without_titled, is_identity=True)
    names, cut = list(titled), list[Span]()
    for found in dates:
        before = reader.before(found)
        if found.is_certain or len(before) > 1:
            cut.append((found.start, found.end))
            names += reader.spans(before, reader.after(found))
    left_out = frozenset([Removed.NAME] * bool(names) + [Removed.DATE] * bool(cut))
    rest = without(line, [*names, *cut, *reader.before_a_medicine()])
    is_all = bool(left_out) and reader.is_all(rest, bool(cut)) and not _says_how_taken(rest, today)
    return SeenThrough(rest, left_out, is_all)


def _says_how_taken(rest: str, today: date) -> bool:
    """True for words of a form or frequency, which tell of a medicine even where none is known."""
    details = read_details(" ".join(token.text for token in tokenise(normalise(rest))), today)
    return details.route is not None or details.doses_per_day is not None
