"""The names of an index, with a bound on the one search that is slow: for names that are near to an unknown one."""

from components.clinical.interface_words import say
from components.clinical.name_index import NameIndex

MOST_SEARCHES = 300
"""Searches for one list, each of some milliseconds; a name of two unknown words takes three."""
SUGGESTIONS_LEFT_OUT = say("sparing_index.very_many_unknown_names")


class SparingIndex(NameIndex):
    """An index for one list. It shares the tables of another; past the bound an unknown name gets no suggestion."""

    def __init__(self, index: NameIndex) -> None:
        vars(self).update(vars(index))
        self._suggested: dict[str, tuple[str, ...]] = {}
        self.has_left_out = False

    def suggest(self, key: str) -> tuple[str, ...]:
        """As ever, each key searched once, until the searches are used up."""
        if key not in self._suggested:
            if len(self._suggested) >= MOST_SEARCHES:
                self.has_left_out = True
                return ()
            self._suggested[key] = super().suggest(key)
        return self._suggested[key]
