"""Where a text comes from: cut into pieces that stand in a record, in the interface words, or in what was typed."""

import re
import string
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from itertools import pairwise
from pathlib import Path

from pydantic import BaseModel

from components.clinical import terms
from components.clinical.catalogue import catalogue
from components.clinical.extra_responders import extra_responders
from components.clinical.interface_words import FIXED, all_words
from components.clinical.intervals import wilson_share
from components.clinical.knowledge_base import KnowledgeBase
from components.clinical.shares import number_needed_to_harm
from components.clinical.side_effect_choice import comparator_share_of, excess_of, share_of
from components.exchange.paper import Paper
from components.exchange.sheet_text import author_and_year, cited_as, source_in_short

CHANGELOG = Path(__file__).resolve().parents[2] / "CHANGELOG.md"
_MARKUP = re.compile(r"<[^>]*>|:material/\w+:|:[a-z\0]+-badge\[|:small\[|\]\(\S+\)|&#?\w+;|https?://[^\s<]+|\*\*")
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+")
_PARTS = re.compile(r"(?<=[.:;?!,])\s+|\n+| \(|\)")
_NO_EDGE = re.compile(r"[ ’'\-]*")
Phrase = tuple[str, ...]


def _without_markup(text: str) -> str:
    return _MARKUP.sub(" · ", text.replace("\\", "").replace("\u2060", ""))


def tokens(text: str) -> Phrase:
    """Words and numbers, in small letters, without signs and markup."""
    return tuple(_TOKEN.findall(_without_markup(text).casefold()))


class _Said:
    """A text as tokens, and where between them a sign or markup stands."""

    def __init__(self, text: str) -> None:
        written = _without_markup(text).casefold()
        found = list(_TOKEN.finditer(written))
        self.tokens = tuple(each.group() for each in found)
        between = (written[one.end() : other.start()] for one, other in pairwise(found))
        self._is_edge = [True, *(not _NO_EDGE.fullmatch(gap) for gap in between), True]

    def holds(self, at: int, phrase: Phrase) -> bool:
        return self.tokens[at : at + len(phrase)] == phrase

    def stands_alone(self, at: int) -> bool:
        """One word between signs: a label, a cell, an item; beside a number it may be its unit."""
        before = self._is_edge[at] or self.tokens[at - 1][0].isdigit()
        after = self._is_edge[at + 1] or self.tokens[at + 1][0].isdigit()
        return before and after

    def slots_begin_and_end_at(self, phrases: Sequence[Phrase]) -> None:
        """What fills a slot may be one word: the parts of the text round it are its edges."""
        for phrase in phrases:
            for at in range(len(self.tokens)):
                if self.holds(at, phrase):
                    self._is_edge[at] = self._is_edge[at + len(phrase)] = True

    def has_in_order(self, phrases: Sequence[Phrase]) -> bool:
        at = 0
        for phrase in phrases:
            at = next((each + len(phrase) for each in range(at, len(self.tokens)) if self.holds(each, phrase)), -1)
            if at < 0:
                return False
        return True


class Origins:
    """All that a page may say: texts of records, figures worked out from them, interface words, what was typed, today.

    A text of several words, and a name of a medicine, may stand anywhere. A single word counts only between signs, so
    that no sentence can be put together from single words. A text with slots counts only where all of its parts stand
    in their order. Not checked here is which verdict stands beside which medicine: tests of the renderers do that.
    """

    def __init__(self, base: KnowledgeBase, typed: Iterable[str] = ()) -> None:
        self._starting: dict[str, set[Phrase]] = defaultdict(set)
        self._names: dict[str, set[Phrase]] = defaultdict(set)
        self._numbers = {token for number in _figures(base) for token in _as_written(number)}
        self._numbers |= {token for count in _counts(base) for token in _as_written(count)}
        self._with_slots = [found for text in all_words().values() if (found := _pieces(text)) and _has_slot(text)]
        for text in _strings(base):
            _add(self._starting, text, *_PARTS.split(text))
        for source in base.sources.values():
            _add(self._starting, author_and_year(source), cited_as(source), *source_in_short(source).split(". "))
        for text in all_words().values():
            if not _has_slot(text):
                filled = text.format_map(FIXED)
                _add(self._starting, filled, *_PARTS.split(filled))
        _add(self._starting, *CHANGELOG.read_text(encoding="utf-8").splitlines())
        _add(self._starting, *(_said(each) for kind in vars(terms).values() if _is_enum(kind) for each in kind))
        _add(self._names, *typed, *_names(base), *_strings(date.today()))

    def untraced(self, text: str) -> list[str]:
        """The words and numbers of a text that stand nowhere, with as few left over as can be."""
        said = _Said(text)
        pieces: dict[str, set[Phrase]] = defaultdict(set)
        for parts in self._with_slots:
            if said.has_in_order(parts):
                _add_phrases(pieces, parts)
                said.slots_begin_and_end_at(parts)
        count = len(said.tokens)
        left, step = [0] * (count + 1), [1] * count
        for at in range(count - 1, -1, -1):
            token = said.tokens[at]
            left[at] = left[at + 1] + (token not in self._numbers)
            anywhere = (*self._names.get(token, ()), *pieces.get(token, ()))
            between_signs = (each for each in self._starting.get(token, ()) if len(each) > 1 or said.stands_alone(at))
            for phrase in (*anywhere, *between_signs):
                end = at + len(phrase)
                if said.holds(at, phrase) and left[end] < left[at]:
                    left[at], step[at] = left[end], len(phrase)
        found, at = [], 0
        while at < count:
            if left[at] > left[at + step[at]]:
                found.append(said.tokens[at])
            at += step[at]
        return found


def _add(index: dict[str, set[Phrase]], *texts: str) -> None:
    _add_phrases(index, map(tokens, texts))


def _add_phrases(index: dict[str, set[Phrase]], phrases: Iterable[Phrase]) -> None:
    for phrase in phrases:
        if phrase:
            index[phrase[0]].add(phrase)


def _has_slot(text: str) -> bool:
    return any(name is not None and name not in FIXED for _, name, _, _ in string.Formatter().parse(text))


def _names(base: KnowledgeBase) -> Iterator[str]:
    """Medicines, products and classes by all their names; sizes of paper."""
    for each in (*base.medicines.values(), *base.combinations.values()):
        yield from (each.id, *each.synonyms, *each.brands)
    for group in base.classes.values():
        yield from (group.name, f"{group.name}s", group.patient_name)
    yield from Paper


def _pieces(text: str) -> tuple[Phrase, ...]:
    """A text of the interface cut at the slots that the program fills; the fixed ones are filled."""
    written = "".join(
        part + (str(FIXED[name]) if name in FIXED else "\0" if name is not None else "")
        for part, name, _, _ in string.Formatter().parse(text)
    )
    return tuple(filter(None, map(tokens, _without_markup(written).split("\0"))))


def _is_enum(kind: object) -> bool:
    return isinstance(kind, type) and issubclass(kind, Enum)


def _said(member: Enum) -> str:
    return str(member.value).replace("_", " ")


def _as_written(number: float) -> Iterator[str]:
    """The ways in which a number is written: 1320, 1,320, 12.5, 13."""
    size = abs(number)
    yield from (f"{size:g}", f"{size:,.0f}", f"{round(size, 1):g}", f"{size:.1f}", f"{size:.0f}")


def _strings(thing: object) -> Iterator[str]:
    """Every text of the knowledge base: names of fields, keys, codes and dates included."""
    if isinstance(thing, Enum):
        yield _said(thing)
    elif isinstance(thing, str):
        yield thing
        yield thing.replace("_", " ")
        yield thing.partition("://")[2]
    elif isinstance(thing, date):
        yield from (f"{thing:%d %B %Y}", thing.isoformat())
    else:
        if isinstance(thing, BaseModel):
            yield from (name.replace("_", " ") for name in type(thing).model_fields)
        for part in _inside(thing):
            yield from _strings(part)


def _figures(base: KnowledgeBase) -> Iterator[float]:
    """Every number of the knowledge base, and the differences and intervals that are worked out from them."""
    yield from _numbers(base)
    yield from _numbers(extra_responders(base.onset))
    for fact in base.side_effects.facts.values():
        excess = excess_of(fact)
        yield from _numbers(
            (excess, excess and number_needed_to_harm(excess), share_of(fact), comparator_share_of(fact))
        )
        for share in (share_of(fact), comparator_share_of(fact)):
            if share.events is not None and share.people:
                yield from (100 * each for each in _numbers(wilson_share(share.events, share.people)))


def _counts(base: KnowledgeBase) -> Iterator[int]:
    """How many there are: of every collection, and of the rows by kind, status and grade."""
    yield from range(100)
    for part in (base, base.evidence, base.guide, base.onset, base.side_effects):
        yield from (len(each) for each in _inside(part) if isinstance(each, (Mapping, tuple)))
    rows = catalogue(base)
    yield len(rows)
    yield sum(row.grade is not None for row in rows)
    for told in ("kind", "status", "grade"):
        yield from Counter(getattr(row, told) for row in rows).values()


def _numbers(thing: object) -> Iterator[float]:
    if isinstance(thing, (int, float)) and not isinstance(thing, bool):
        yield thing
    else:
        for part in _inside(thing):
            yield from _numbers(part)


def _inside(thing: object) -> Iterator[object]:
    if isinstance(thing, BaseModel):
        yield from (getattr(thing, name) for name in type(thing).model_fields)
    elif is_dataclass(thing):
        yield from (getattr(thing, each.name) for each in fields(thing))
    elif isinstance(thing, Mapping):
        yield from (*thing.keys(), *thing.values())
    elif isinstance(thing, (tuple, list, set, frozenset)):
        yield from thing
