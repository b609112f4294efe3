"""The names of an index, with a bound on the searches that are slow: for names that are near to an unknown one."""

from components.clinical.interface_words import say
from components.clinical.name_index import NameIndex

MOST_SEARCHES = 300
"""Searches for one list, each of some milliseconds; a name of two unknown words takes three."""
MOST_NAMES_OF_PEOPLE = 1000
"""Words beside a title or a birth date that are compared with all names, each within some milliseconds."""
SUGGESTIONS_LEFT_OUT = say("sparing_index.very_many_unknown_names")


class SparingIndex(NameIndex):
    """An index for one list. It shares the tables of another; past the bound an unknown name gets no suggestion."""

    def __init__(self, index: NameIndex) -> None:
        vars(self).update(vars(index))
        self._suggested: dict[str, tuple[str, ...]] = {}
        self._resembling: dict[str, bool] = {}
        self.has_left_out = False

    def suggest(self, key: str) -> tuple[str, ...]:
        """As ever, each key searched once, until the searches are used up."""
        if key not in self._suggested:
            if len(self._suggested) >= MOST_SEARCHES:
                self.has_left_out = True
                return ()
            self._suggested[key] = super().suggest(key)
        return self._suggested[key]

    def resembles_a_name(self, word: str) -> bool:
        """As ever until the searches are used up; then every word may be a medicine, and the list says so."""
        if word not in self._resembling:
            if len(self._resembling) >= MOST_NAMES_OF_PEOPLE:
                self.has_left_out = True
                return True
            self._resembling[word] = super().resembles_a_name(word)
        return self._resembling[word]
