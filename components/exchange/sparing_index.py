"""The names of an index, with a bound on the searches that are slow: for names that are near to an unknown one."""

from components.clinical.interface_words import say
from components.clinical.name_index import NameIndex

MOST_SEARCHES = 300
"""Searches for one list, each of some milliseconds; a name of two unknown words takes three."""
MOST_NAMES_OF_PEOPLE = 1000
"""Words beside a title or a birth date that are compared with all names, each within some milliseconds."""
SUGGESTIONS_LEFT_OUT = say("sparing_index.very_many_unknown_names")
NAMES_OF_PEOPLE_MAY_BE_LEFT = say("sparing_index.names_of_people_may_be_left")


class SparingIndex(NameIndex):
    """An index for one list. It shares the tables of another; past a bound it answers without a search."""

    def __init__(self, index: NameIndex) -> None:
        vars(self).update(vars(index))
        self._suggested: dict[str, tuple[str, ...]] = {}
        self._resembling: dict[str, bool] = {}
        self._left_out: set[str] = set()

    @property
    def notes(self) -> tuple[str, ...]:
        """What the list must say of searches that were left out."""
        return tuple(note for note in (SUGGESTIONS_LEFT_OUT, NAMES_OF_PEOPLE_MAY_BE_LEFT) if note in self._left_out)

    def suggest(self, key: str) -> tuple[str, ...]:
        """As ever, each key searched once, until the searches are used up."""
        if key not in self._suggested:
            if len(self._suggested) >= MOST_SEARCHES:
                self._left_out.add(SUGGESTIONS_LEFT_OUT)
                return ()
            self._suggested[key] = super().suggest(key)
        return self._suggested[key]

    def resembles_a_name(self, word: str) -> bool:
        """As ever until the searches are used up; then every word may be a medicine, and so names of people stay."""
        if word not in self._resembling:
            if len(self._resembling) >= MOST_NAMES_OF_PEOPLE:
                self._left_out.add(NAMES_OF_PEOPLE_MAY_BE_LEFT)
                return True
            self._resembling[word] = super().resembles_a_name(word)
        return self._resembling[word]
