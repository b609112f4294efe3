"""The names nearest to a word, searched only among those of a length at which they can be near enough."""

from collections.abc import Sequence

from rapidfuzz import fuzz, process


class NamesByLength:
    """A list of names; each search looks through a part of it, and finds what the whole would give."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names = names
        self._near: dict[tuple[int, float], list[str]] = {}

    def nearest(self, word: str, lowest: float, most: int) -> list[tuple[str, float]]:
        """At most so many names with their ratio to the word, none below the lowest, nearest first."""
        near = self._of_near_length(len(word), lowest)
        return [
            (name, score)
            for name, score, _ in process.extract(word, near, scorer=fuzz.ratio, score_cutoff=lowest, limit=most)
        ]

    def _of_near_length(self, length: int, lowest: float) -> list[str]:
        """Two words are at most as like as the shorter one is long beside the mean of both."""
        if (length, lowest) not in self._near:
            self._near[length, lowest] = [
                name for name in self._names if 200 * min(len(name), length) >= lowest * (len(name) + length)
            ]
        return self._near[length, lowest]
