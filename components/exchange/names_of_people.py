"""Names of people in a line: behind a title, and beside a birth date.

A word that is part of a medicine's name, or near to one, ends the name of a person.
Longer than most modules: its steps share the words of one line.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from components.clinical.line_words import RELEASES, is_noise, is_number, is_strength_at, normalise, tokenise
from components.clinical.name_index import NameIndex
from components.clinical.name_search import find_names
from components.exchange.birth_dates import BirthDate
from components.exchange.list_patterns import ALLERGY_HEADING, HEADING

_MOST_WORDS = 3
_MOST_WORDS_LOOKED_AT = 40
_FOLDED_WORDS = 2
_NO_OTHERS: frozenset[str] = frozenset()
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
_ALSO_NAMES = RELEASES | frozenset(
    "jan mar april may june july august sep january february march september october november december".split()
)
"""Behind 'Mrs' and 'Miss' they are names: 'Mrs June Fields', 'Mrs Grace Long'."""
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
_BEGINS_A_LINE = re.compile(r"(?:mrs?|miss)\.?", re.IGNORECASE)
_NUMBER = re.compile(r"\s*\d")
_EDGE = " \t,;:.–—-"

Span = tuple[int, int]


def has_title(line: str) -> bool:
    """True where what may be a title stands in it."""
    return bool(_TITLE.search(line))


class People:
    """Looks for names of people among the words of one line."""

    def __init__(self, line: str, dates: Sequence[Span], index: NameIndex) -> None:
        self._line, self._index = line, index
        self._words = list(_WORD.finditer(line))
        self._starts = [word.start() for word in self._words]
        self._judged: dict[int, bool] = {}
        self._named = _parts_of_names(line, index)
        if dates:
            self._named |= _parts_of_names(without(line, dates), index)

    def behind_titles(self) -> Iterator[Span]:
        """Spans of names with the title before them: 'Mrs', 'Dr' or 'pt'."""
        end = 0
        for title in _TITLE.finditer(self._line):
            if not self._is_title(title, end):
                continue
            name = self._name(
                self._places_behind(title), _BETWEEN, also=_ALSO_NAMES if title["certain"] else _NO_OTHERS
            )
            if name and title["certain"] and self._has_strength(name):
                name = name[:-1]
            if not name or self._has_strength(name):
                continue
            if not title["patient"] or self._is_name_of_a_patient(name):
                end = self._span(name)[1]
                yield title.start(), end

    def before_a_medicine(self) -> Iterator[Span]:
        """The title that begins a line before what may be a medicine: 'Mrs Prosac 15 mg' tells of nobody."""
        title = next((each for each in _TITLE.finditer(self._line) if self._is_title(each)), None)
        if not title or not _BEGINS_A_LINE.fullmatch(title[0]) or self._line[: title.start()].strip(_EDGE):
            return
        for place in self._places_behind(title)[:1]:
            if self._may_be_a_medicine(place) or (self._has_strength([place]) and not self._is_noise_at(place)):
                yield title.span()

    def before(self, birth: BirthDate) -> list[int]:
        """Places of the words of a name that ends here, perhaps with its comma: 'Smith, John'."""
        first = bisect_left(self._starts, birth.start)
        if not first or not _BESIDE.fullmatch(self._line, self._words[first - 1].end(), birth.start):
            return []
        if _STRENGTH.match(self._line, birth.end):
            return []
        name = self._beside(range(first - 1, -1, -1), _BETWEEN_OR_COMMA, birth)
        return [] if len(name) == 1 and self._is_alone(name[0]) else name

    def after(self, birth: BirthDate) -> list[int]:
        """Places of the words of a name that begins here: at least two, for one may be anything."""
        name = self._beside(self._places_after(birth.end, _BESIDE), _BETWEEN, birth)
        return name if len(name) > 1 and not self._has_strength(name) else []

    def _is_alone(self, place: int) -> bool:
        """True where every other word tells how something is taken, or age and sex: the word may be a medicine."""
        return all(
            each == place or self._is_noise_at(each) or self._words[each][0].casefold() in _OF_AGE
            for each in range(len(self._words))
        )

    def _beside(self, places: Sequence[int], gap: re.Pattern[str], birth: BirthDate) -> list[int]:
        """A name beside a birth date; beside a certain one also two words without capital letters."""
        if (name := self._name(places, gap)) or not birth.is_certain:
            return name
        name = self._name(places[:_FOLDED_WORDS], gap, is_folded=True)
        return name if len(name) == _FOLDED_WORDS else []

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
        unknown = [token for token in tokens if not is_noise(token.text) and token.text not in _OF_AGE]
        if not beside_a_date or self._named or len(unknown) == 1 or len(tokens) > _MOST_WORDS_LOOKED_AT:
            return False
        return not any(
            is_strength_at(tokens, place) or (not is_noise(token.text) and self._index.resembles_a_name(token.text))
            for place, token in enumerate(tokens)
        )

    def _places_behind(self, title: re.Match[str]) -> Sequence[int]:
        return self._places_after(title.end(), _BEHIND_DOT if title[0].endswith(".") else _BEHIND)

    def _is_title(self, title: re.Match[str], end_of_a_name: int = 0) -> bool:
        """'MR' and 'DR' are a title at the start, behind the name of a person, and behind what introduces one."""
        before = self._line[max(end_of_a_name, title.start() - _LONGEST_BEFORE) : title.start()]
        return not title["release"] or (
            title["release"] != "MS" and (not before.strip() or bool(_INTRODUCES.search(before)))
        )

    def _is_name_of_a_patient(self, name: Sequence[int]) -> bool:
        """'pt Jane takes', 'PT JANE DOE:'; neither 'PATIENT DISLIKES TABLETS' nor 'Pt Hypotensive'."""
        following = self._words[name[-1] + 1] if name[-1] + 1 < len(self._words) else None
        if len(name) == 1:
            return following is not None and following[0].casefold() in _AFTER_A_FIRST_NAME
        if not all(self._words[place][0].isupper() for place in name) or not following:
            return True
        return bool(self._line[self._span(name)[1] : following.start()].strip()) or self._is_noise(following[0])

    def _places_after(self, position: int, gap: re.Pattern[str]) -> Sequence[int]:
        first = bisect_left(self._starts, position)
        if first == len(self._words) or not gap.fullmatch(self._line, position, self._starts[first]):
            return ()
        return range(first, len(self._words))

    def _name(
        self,
        places: Sequence[int],
        gap: re.Pattern[str],
        also: frozenset[str] = _NO_OTHERS,
        *,
        is_folded: bool = False,
    ) -> list[int]:
        """The words of a person's name among neighbours, from the first one on, in the order of the line."""
        name: list[int] = []
        persons: list[int] = []
        for place in places:
            if name and not gap.fullmatch(self._line, *self._between(name[-1], place)):
                break
            if self._is_of_a_person(place, also, is_folded):
                persons.append(place)
            elif not self._links(place):
                break
            name.append(place)
            if len(persons) == _MOST_WORDS:
                break
        while name and name[-1] not in persons:
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

    def _is_of_a_person(self, place: int, also: frozenset[str], is_folded: bool) -> bool:
        """A word with a capital letter (unless folded) that is no part of a medicine's name, nor near to one."""
        word = self._words[place]
        if len(word[0]) == 1 or not (is_folded or word[0][0].isupper()):
            return False
        if normalise(word[0]) in also and word[0][0].isupper() and not _NUMBER.match(self._line, word.end()):
            return self._named.isdisjoint(self._parts(place))
        return not self._is_noise_at(place) and not self._may_be_a_medicine(place)

    def _is_noise_at(self, place: int) -> bool:
        return any(part in _NO_NAME or is_noise(part) for part in self._parts(place))

    def _may_be_a_medicine(self, place: int) -> bool:
        """True for a part of a known name and for what is near to one."""
        if place not in self._judged:
            parts = self._parts(place)
            self._judged[place] = any(part in self._named or self._index.resembles_a_name(part) for part in parts)
        return self._judged[place]

    def _parts(self, place: int) -> list[str]:
        return [token.text for token in tokenise(normalise(self._words[place][0]))]

    @staticmethod
    def _is_noise(word: str) -> bool:
        return is_noise(normalise(word))


def _parts_of_names(line: str, index: NameIndex) -> set[str]:
    tokens = tokenise(normalise(line))
    return {tokens[place].text for each in find_names(tokens, index) for place in range(each.start, each.end)}


def without(line: str, spans: Sequence[Span]) -> str:
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
