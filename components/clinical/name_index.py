"""All names by which a medicine may be called, in one look-up table, and the nearest names to an unknown word.

Longer than most modules: looking up and searching share the tables.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from rapidfuzz import fuzz

from components.clinical.knowledge_base import KnowledgeBase
from components.clinical.line_words import is_noise, looks_like_a_medicine, name_key
from components.clinical.look_alike_letters import as_latin, digits_as_letters
from components.clinical.misspellings import are_heard_alike, are_kin, by_ear, is_misspelling
from components.clinical.names_by_length import NamesByLength
from components.clinical.records import VocabularyName
from components.clinical.terms import Matched, Route

MOST_SUGGESTIONS = 3
NEAR_OWN_NAME = 58.0
NEAR_VOCABULARY_NAME = 82.0
NEAR_WITHOUT_KINSHIP = 75.0
ALMOST_EQUAL = 84.0
FARTHEST_BEHIND_BEST = 16.0
LETTERS_FOR_A_SLIP = 4
LETTERS_FOR_A_SLIP_IN_VOCABULARY = 5
"""The public list is so long that some name of it is near to most everyday words."""
_SHORTEST_VOCABULARY_NAME = 4
_BEST_KIND = ("generic", "brand", "synonym")


@dataclass(frozen=True, slots=True)
class NameHit:
    """What a name stands for."""

    matched: Matched
    things: tuple[str, ...]
    """Medicine or combination ids; more than one: the name is ambiguous."""


class NameIndex:
    """Look-up of names. Built once per knowledge base; holds no patient text."""

    def __init__(self, knowledge_base: KnowledgeBase) -> None:
        self._knowledge_base = knowledge_base
        own: dict[str, dict[str, Matched]] = defaultdict(dict)
        for medicine in knowledge_base.medicines.values():
            self._add(own, medicine.id, medicine.id, Matched.GENERIC)
            for brand in medicine.brands:
                self._add(own, brand, medicine.id, Matched.BRAND)
            for name in medicine.synonyms:
                self._add(own, name, medicine.id, Matched.SYNONYM)
            for code in medicine.atc[:1]:
                if len(code) == len("N06AB06"):
                    self._add(own, code, medicine.id, Matched.CODE)
        for product in knowledge_base.combinations.values():
            self._add(own, product.id, product.id, Matched.GENERIC)
            for brand in product.brands:
                self._add(own, brand, product.id, Matched.BRAND)
            for name in product.synonyms:
                self._add(own, name, product.id, Matched.SYNONYM)
        self._own = {key: _hit(found) for key, found in own.items()}
        for ambiguous in knowledge_base.ambiguous:
            self._own[name_key(ambiguous.name)] = NameHit(Matched.SYNONYM, ambiguous.could_be)
        for medicine_class in knowledge_base.classes.values():
            members = tuple(m.id for m in knowledge_base.medicines.values() if m.medicine_class == medicine_class.id)
            key = name_key(medicine_class.name)
            if medicine_class.duplicate_therapy and len(members) > 1 and key not in self._own:
                for form in (key, key + "s"):
                    self._own.setdefault(form, NameHit(Matched.SYNONYM, members))
        self._brand_routes = {
            name_key(brand): route
            for medicine in knowledge_base.medicines.values()
            for brand, route in medicine.brand_routes.items()
        }
        self._vocabulary = self._read_vocabulary()
        self._partners = self._read_look_alikes()
        self._own_names = [key for key, hit in self._own.items() if hit.matched is not Matched.CODE and len(key) > 3]
        self._near_in_length = NamesByLength(self._own_names)
        self._vocabulary_near_in_length = NamesByLength(
            [key for key in self._vocabulary if len(key) > _SHORTEST_VOCABULARY_NAME]
        )
        self._words_from = _words_by_first(chain(self._own, self._vocabulary))
        self.longest = max(self._words_from.values(), default=1)

    @staticmethod
    def _add(names: dict[str, dict[str, Matched]], name: str, thing: str, matched: Matched) -> None:
        key = name_key(name)
        if key:
            names[key].setdefault(thing, matched)

    def _read_vocabulary(self) -> dict[str, list[VocabularyName]]:
        rows: dict[str, list[VocabularyName]] = {}
        for row in self._knowledge_base.vocabulary:
            if row.name not in self._own:
                rows.setdefault(row.name, []).append(row)
        return rows

    @cached_property
    def _listed_as(self) -> dict[str, list[str]]:
        """By id: the names under which the public list has it. Read when a suggestion first asks for one."""
        listed: dict[str, list[str]] = defaultdict(list)
        for name in self._vocabulary:
            hit = self.vocabulary(name)
            for thing in hit.things if hit else ():
                listed[thing].append(name)
        return dict(listed)

    @cached_property
    def _own_by_ear(self) -> dict[str, list[str]]:
        heard: dict[str, list[str]] = defaultdict(list)
        for name in self._own_names:
            heard[by_ear(name)].append(name)
        return dict(heard)

    def _read_look_alikes(self) -> dict[str, dict[str, str]]:
        """By id of a medicine: the ids that are confused with it, each with the name that is."""
        partners: dict[str, dict[str, str]] = defaultdict(dict)
        for pair in self._knowledge_base.look_alikes:
            keys = [name_key(name) for name in pair.names]
            hits = [self.own(key) or self.vocabulary(key) for key in keys]
            if all(hit and len(hit.things) == 1 for hit in hits):
                ids = [hit.things[0] for hit in hits if hit]
                partners[ids[0]][ids[1]] = keys[1]
                partners[ids[1]][ids[0]] = keys[0]
        return partners

    def words_from(self, word: str) -> int:
        """Words of the longest name that begins with this word, 0 where none does: nothing longer need be looked up."""
        return self._words_from.get(word, 0)

    def own(self, key: str) -> NameHit | None:
        """What a name of the knowledge base stands for."""
        return self._own.get(key)

    def vocabulary(self, key: str) -> NameHit | None:
        """What a name of the public list stands for. Several ingredients: a combination, else ambiguous."""
        rows = self._vocabulary.get(key)
        if not rows:
            return None
        things = tuple(dict.fromkeys(self._own_or_same(row.ingredient) for row in rows))
        kinds = [row.kind for row in rows]
        if "combination brand" in kinds:
            return NameHit(Matched.BRAND, ("+".join(things),))
        return NameHit(Matched(next(kind for kind in _BEST_KIND if kind in kinds)), things)

    def _own_or_same(self, ingredient: str) -> str:
        own = self._own.get(ingredient)
        return own.things[0] if own and len(own.things) == 1 else ingredient

    def brand_route(self, key: str) -> Route | None:
        """How a brand is taken, where that differs from the usual route of its medicine."""
        return self._brand_routes.get(key)

    def suggest(self, key: str) -> tuple[str, ...]:
        """At most three ids whose names are nearest to an unknown word; a look-alike of the nearest comes second.

        None where no name is near enough for a misspelling, unless the word has the stem of a medicine's name.
        """
        if hit := self._spelled_with_look_alikes(key):
            return hit.things[:MOST_SUGGESTIONS]
        key = as_latin(key)
        near = self._near_own_names(key)
        far: list[tuple[str, float]] = []
        if not near or near[0][1] < ALMOST_EQUAL:
            far = self._vocabulary_near_in_length.nearest(key, NEAR_VOCABULARY_NAME, 3)
        slips = {name for name, _ in near if is_misspelling(key, name, LETTERS_FOR_A_SLIP)}
        slips |= {name for name, _ in far if is_misspelling(key, name, LETTERS_FOR_A_SLIP_IN_VOCABULARY)}
        if not slips and not looks_like_a_medicine(key):
            return ()
        found = [(score, name, self._own[name].things[0]) for name, score in near]
        found += [(score, name, hit.things[0]) for name, score in far if (hit := self.vocabulary(name))]
        heard = {name for _, name, _ in found if are_heard_alike(key, name)}
        scored = sorted(
            ((name in heard, score, thing) for score, name, thing in found if not slips or name in slips),
            key=lambda each: (not each[0], -each[1]),
        )
        if not scored:
            return ()
        _, best_score, best = scored[0]
        nearest = NEAR_WITHOUT_KINSHIP if heard else NEAR_OWN_NAME
        alike = [thing for thing, name in self._partners.get(best, {}).items() if fuzz.ratio(key, name) >= nearest]
        rest = [thing for _, score, thing in scored if score >= best_score - FARTHEST_BEHIND_BEST]
        return tuple(dict.fromkeys((best, *alike, *rest)))[:MOST_SUGGESTIONS]

    def _near_own_names(self, key: str) -> list[tuple[str, float]]:
        """Names of the knowledge base that stand for one thing and are like the key or heard alike, nearest first."""
        near = {
            name: score
            for name, score in self._near_in_length.nearest(key, NEAR_OWN_NAME, 12)
            if score >= NEAR_WITHOUT_KINSHIP or are_kin(key, name)
        }
        for name in self._own_by_ear.get(by_ear(key), ()):
            if are_heard_alike(key, name):
                near[name] = fuzz.ratio(key, name)
        return sorted(
            ((name, score) for name, score in near.items() if len(self._own[name].things) == 1),
            key=lambda each: -each[1],
        )

    def resembled(self, things: Iterable[str], entered: str) -> tuple[str, ...]:
        """For each suggestion the brand or other name that is nearer to what was entered than its own; '' for none."""
        words = [word for word in as_latin(name_key(entered)).split() if not is_noise(word)]
        return tuple(self._resembled(thing, {" ".join(words), *words}) for thing in things)

    def _resembled(self, thing: str, typed: Iterable[str]) -> str:
        own = name_key(thing)
        named = {
            name: max(fuzz.ratio(name_key(name), word) for word in typed)
            for name in (thing, *self._other_names(thing))
            if name == thing or own not in name_key(name)
        }
        nearest = max(named, key=lambda name: named[name])
        return "" if nearest == thing else nearest

    def _other_names(self, thing: str) -> tuple[str, ...]:
        """As the knowledge base spells them; those of the public list for what it does not hold."""
        held = self._knowledge_base.medicines.get(thing) or self._knowledge_base.combinations.get(thing)
        return (*held.brands, *held.synonyms) if held else tuple(self._listed_as.get(thing, ()))

    def is_almost_a_name(self, word: str) -> bool:
        """True when a word is so near to a medicine name that it must not be passed over as chatter."""
        if self._spelled_with_look_alikes(word):
            return True
        if len(word) <= _SHORTEST_VOCABULARY_NAME:
            return False
        return bool(self._near_in_length.nearest(as_latin(word), ALMOST_EQUAL, 1))

    def resembles_a_name(self, word: str) -> bool:
        """True when a word may be a medicine, perhaps misspelt, so that it must not pass for a person's name."""
        if len(word) < _SHORTEST_VOCABULARY_NAME:
            return False
        return looks_like_a_medicine(word) or self.is_almost_a_name(word) or bool(NameIndex.suggest(self, word))

    def is_name_behind_digits(self, word: str) -> bool:
        """True for '0lanzapine', which would else pass for a number with its unit."""
        letters = digits_as_letters(word)
        tail = word.lstrip("0135")
        return len(word) > len(tail) >= _SHORTEST_VOCABULARY_NAME and self.is_almost_a_name(letters)

    def _spelled_with_look_alikes(self, key: str) -> NameHit | None:
        """What a name would stand for whose foreign letters or digits only look like its own: 'z0l0ft'."""
        latin = as_latin(key)
        for form in (latin, digits_as_letters(latin)):
            if form != key and (hit := self.own(form) or self.vocabulary(form)):
                return hit
        return None


def _words_by_first(keys: Iterable[str]) -> dict[str, int]:
    longest: dict[str, int] = {}
    for key in keys:
        first, words = key.partition(" ")[0], key.count(" ") + 1
        longest[first] = max(words, longest.get(first, 0))
    return longest


def _hit(found: dict[str, Matched]) -> NameHit:
    order = list(Matched)
    return NameHit(min(found.values(), key=order.index), tuple(found))
