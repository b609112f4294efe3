"""Identity without a label: names behind a title, birth dates and the names beside them, taken out of a line.

What may be a medicine stays: a word that is part of a known name, or near to one, ends the name of a person.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto

from components.clinical.line_details import read_details
from components.clinical.line_words import is_noise, is_number, is_strength_at, normalise, tokenise
from components.clinical.name_index import NameIndex
from components.clinical.name_search import find_names
from components.exchange.birth_dates import birth_dates
from components.exchange.list_patterns import ALLERGY_HEADING, HEADING, IDENTITY

_MOST_WORDS = 3
_MOST_WORDS_LOOKED_AT = 40
_WORD = re.compile(r"(?<!\w)[^\W\d_]+(?:['’-][^\W\d_]+)*(?!\w|-\d)")
_TITLE = re.compile(
    r"\b(?:(?P<certain>mrs|miss)|(?P<release>mr|ms|dr|prof|doctor)|(?P<patient>pt|patient))\b(?!-)(?:(?<!\w{5})\.)?",
    re.IGNORECASE,
)
"""'MR' and 'DR' may be the release of a medicine, 'MS' morphine sulfate."""
_INTRODUCES = re.compile(
    r"(?:[^\w\s/)]|\b(?:per|by|from|for|with|via|see|sees|saw|of|to|under|is|was))\s*$", re.IGNORECASE
)
_LONGEST_BEFORE = 12
_PARTICLES = frozenset("van von de der den la le al el bin di da del ter ten".split())
_NO_NAME = frozenset(
    """
    reddy reddys scholl scholls teal teals unsure unknown reports reported states stated says said refuses refused
    declines declined wants wanted needs prefers feels feeling unable cannot never tolerates tolerated complains
    requests requested misses missed education information instructions assistance program programme portal leaflet
    counselling counseling advised aware own supply controlled weight height allergic intolerant will may might can must
    should could would inr switched changed tried failed seen admitted discharged presents presented same very
    severely pregnant breastfeeding suicidal diabetic anxious depressed
    """.split()
)
"""Stand behind 'Dr' or 'Pt' with a capital letter and are no person's name."""
_NEAR_A_MEDICINE = frozenset(
    "patricia linda thomas sandra samantha catherine aaron nathan andrea madison julia martin morgan flores".split()
)
"""Frequent names of people that a search takes for a misspelt medicine."""
_AFTER_A_FIRST_NAME = frozenset(
    "takes taking took uses using is was has had reports states says started stopped".split()
)
_OF_AGE = frozenset("y o yo yr yrs year years old aged age m f male female man woman / ( &".split())
_BEHIND = re.compile(r"\s{1,3}")
_BEHIND_DOT = re.compile(r"\s{0,3}")
_BESIDE = re.compile(r"[\s,;:()\[\].–—-]{0,4}")
_BETWEEN = re.compile(r"\s{1,2}|\.\s?")
_BETWEEN_OR_COMMA = re.compile(r"\s{1,2}|,\s?|\.\s?")
_STRENGTH = re.compile(r"\s*\d[\d.,]*\s?(?:mg|mcg|g|ml|iu|units?)\b", re.IGNORECASE)
_EDGE = " \t,;:.–—-"

Span = tuple[int, int]


class LeftOut(Enum):
    """What was taken out of a line."""

    NAME = auto()
    DATE = auto()


@dataclass(frozen=True, slots=True)
class SeenThrough:
    """A line without its identity."""

    text: str
    left_out: frozenset[LeftOut] = frozenset()
    is_identity: bool = False
    """Nothing else stands in it, or a label says that it is: only medicines that it names exactly may stay."""


def see_through(line: str, index: NameIndex, today: date) -> SeenThrough:
    """The line without names behind a title and without birth dates and the names beside them."""
    dates = list(birth_dates(line, today))
    if not dates and not _TITLE.search(line):
        return SeenThrough(line, is_identity=bool(IDENTITY.search(normalise(line))))
    reader = _People(line, [(each.start, each.end) for each in dates], index)
    titled = list(reader.behind_titles())
    without_titled = _without(line, titled)
    if IDENTITY.search(normalise(without_titled)):
        return SeenThrough(without_titled, is_identity=True)
    names, cut = list(titled), list[Span]()
    for found in dates:
        before = reader.before(found.start)
        if found.is_certain or len(before) > 1:
            cut.append((found.start, found.end))
            names += reader.spans(before, reader.after(found.end))
    left_out = frozenset([LeftOut.NAME] * bool(names) + [LeftOut.DATE] * bool(cut))
    rest = _without(line, [*names, *cut])
    is_all = bool(left_out) and reader.is_all(rest, bool(cut)) and not _says_how_taken(rest, today)
    return SeenThrough(rest, left_out, is_all)


class _People:
    """Looks for names of people among the words of one line."""

    def __init__(self, line: str, dates: Sequence[Span], index: NameIndex) -> None:
        self._line, self._index = line, index
        self._words = list(_WORD.finditer(line))
        self._judged: dict[int, bool] = {}
        self._named = _parts_of_names(line, index) | _parts_of_names(_without(line, dates), index)

    def behind_titles(self) -> Iterator[Span]:
        """Spans of names with the title before them: 'Mrs', 'Dr' or 'pt'."""
        for title in _TITLE.finditer(self._line):
            if title["release"] and not self._is_title(title):
                continue
            places = self._places_after(title.end(), _BEHIND_DOT if title[0].endswith(".") else _BEHIND)
            name = self._name(places, _BETWEEN)
            if not name or (not title["certain"] and self._has_strength(name)):
                continue
            if not title["patient"] or self._is_name_of_a_patient(name):
                yield title.start(), self._span(name)[1]

    def before(self, position: int) -> list[int]:
        """Places of the words of a name that ends here, perhaps with its comma: 'Smith, John'."""
        places = [place for place, word in enumerate(self._words) if word.end() <= position]
        if not places or not _BESIDE.fullmatch(self._line, self._words[places[-1]].end(), position):
            return []
        return self._name(places[::-1], _BETWEEN_OR_COMMA)

    def after(self, position: int) -> list[int]:
        """Places of the words of a name that begins here: at least two, for one may be anything."""
        name = self._name(self._places_after(position, _BESIDE), _BETWEEN)
        return name if len(name) > 1 and not self._has_strength(name) else []

    def spans(self, *names: Sequence[int]) -> list[Span]:
        """Where the names stand."""
        return [self._span(name) for name in names if name]

    def is_all(self, rest: str, beside_a_date: bool) -> bool:
        """True where the rest holds nothing but age and sex; beside a birth date, where it names no medicine."""
        tokens = tokenise(normalise(rest))
        if HEADING.match(rest) or ALLERGY_HEADING.match(rest):
            return False
        if all(is_number(token.text) or token.text in _OF_AGE for token in tokens):
            return True
        if not beside_a_date or self._named or len(tokens) > _MOST_WORDS_LOOKED_AT:
            return False
        return not any(
            is_strength_at(tokens, place) or (not is_noise(token.text) and self._index.resembles_a_name(token.text))
            for place, token in enumerate(tokens)
        )

    def _is_title(self, title: re.Match[str]) -> bool:
        before = self._line[max(0, title.start() - _LONGEST_BEFORE) : title.start()]
        return title["release"] != "MS" and (not before.strip() or bool(_INTRODUCES.search(before)))

    def _is_name_of_a_patient(self, name: Sequence[int]) -> bool:
        """'pt Jane takes', 'PT JANE DOE:'; neither 'PATIENT DISLIKES TABLETS' nor 'Pt Hypotensive'."""
        following = self._words[name[-1] + 1] if name[-1] + 1 < len(self._words) else None
        if len(name) == 1:
            return following is not None and following[0].casefold() in _AFTER_A_FIRST_NAME
        if not all(self._words[place][0].isupper() for place in name) or not following:
            return True
        return bool(self._line[self._span(name)[1] : following.start()].strip()) or self._is_noise(following[0])

    def _places_after(self, position: int, gap: re.Pattern[str]) -> list[int]:
        places = [place for place, word in enumerate(self._words) if word.start() >= position]
        return places if places and gap.fullmatch(self._line, position, self._words[places[0]].start()) else []

    def _name(self, places: Sequence[int], gap: re.Pattern[str]) -> list[int]:
        """The words of a person's name among neighbours, from the first one on, in the order of the line."""
        name: list[int] = []
        for place in places:
            if name and not gap.fullmatch(self._line, *self._between(name[-1], place)):
                break
            if not self._is_of_a_person(place) and not self._links(place):
                break
            name.append(place)
            if sum(map(self._is_of_a_person, name)) == _MOST_WORDS:
                break
        while name and not self._is_of_a_person(name[-1]):
            name.pop()
        return sorted(name)

    def _between(self, one: int, other: int) -> Span:
        first, second = sorted((one, other))
        return self._words[first].end(), self._words[second].start()

    def _span(self, name: Sequence[int]) -> Span:
        return self._words[name[0]].start(), self._words[name[-1]].end()

    def _has_strength(self, name: Sequence[int]) -> bool:
        return bool(_STRENGTH.match(self._line, self._span(name)[1]))

    def _links(self, place: int) -> bool:
        """An initial, or the 'van' of 'van Gogh'."""
        word = self._words[place][0]
        return (len(word) == 1 and word.isupper()) or word in _PARTICLES

    def _is_of_a_person(self, place: int) -> bool:
        """A word with a capital letter that is no part of a medicine's name, nor near to one."""
        if place not in self._judged:
            word = self._words[place][0]
            parts = [token.text for token in tokenise(normalise(word))]
            self._judged[place] = (
                word[0].isupper()
                and len(word) > 1
                and not any(part in self._named or part in _NO_NAME or self._is_noise(part) for part in parts)
                and not any(self._index.resembles_a_name(part) for part in parts if part not in _NEAR_A_MEDICINE)
            )
        return self._judged[place]

    @staticmethod
    def _is_noise(word: str) -> bool:
        return is_noise(normalise(word))


def _says_how_taken(rest: str, today: date) -> bool:
    """True for words of a form or frequency, which tell of a medicine even where none is known."""
    details = read_details(" ".join(token.text for token in tokenise(normalise(rest))), today)
    return details.route is not None or details.doses_per_day is not None


def _parts_of_names(line: str, index: NameIndex) -> set[str]:
    tokens = tokenise(normalise(line))
    return {tokens[place].text for each in find_names(tokens, index) for place in range(each.start, each.end)}


def _without(line: str, spans: Sequence[Span]) -> str:
    """The line without these stretches, nor the brackets and signs that then hold nothing."""
    for start, end in sorted(_merged(spans), reverse=True):
        before, after = line[:start].rstrip(), line[end:].lstrip()
        if before.endswith(("(", "[")) and after.startswith((")", "]")):
            before, after = before[:-1].rstrip(), after[1:].lstrip()
        if not before or before[-1] in _EDGE + "([":
            after = after.lstrip(_EDGE)
        if not after or after[0] in ")];,":
            before = before.rstrip(_EDGE.replace(".", ""))
        line = f"{before} {after}".strip()
    return line


def _merged(spans: Sequence[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            start, end = merged[-1][0], max(end, merged.pop()[1])
        merged.append((start, end))
    return merged
