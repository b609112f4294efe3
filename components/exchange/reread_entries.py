"""Entries of a saved file, read anew from what was typed: a file may say of a text what it is not."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from components.clinical.entry import Entry, NamedBeside
from components.clinical.interface_words import say
from components.clinical.knowledge_base import KnowledgeBase
from components.clinical.line_words import normalise
from components.clinical.medicine_names import chosen_entry, read_segment
from components.clinical.name_index import NameIndex
from components.clinical.terms import EntryStatus
from components.clinical.wording import medicines_in_words
from components.exchange.fhir_medicine import CodeSystem
from components.exchange.line_allergies import Told, allergies_apart
from components.exchange.list_patterns import ALLERGY, ENDS_WITH_ALLERGY
from components.exchange.listed_items import plain_words, shortened
from components.exchange.text_list import notes_of_left_out
from components.exchange.unlabelled_identity import see_through

_WORST_FIRST = list(EntryStatus)
_OPEN = (EntryStatus.AMBIGUOUS, EntryStatus.NOT_RECOGNISED)
_CODE = re.compile(rf"(?:{'|'.join(CodeSystem)}) [\w.-]{{1,40}}")
_INSTRUCTION = ", "
"""Stands between a name and the lines or fields on how it is taken that were joined to it."""


class EntryReader:
    """Keeps a saved entry where the typed words still say the same; else takes the fresh reading, with a note."""

    def __init__(self, index: NameIndex, knowledge_base: KnowledgeBase, today: date) -> None:
        self._index, self._knowledge_base, self._today = index, knowledge_base, today
        self.notes: list[str] = []

    def read_entries(self, saved: Iterable[Entry]) -> tuple[Entry, ...]:
        """At least one entry for every saved one, but for a line of identity, of which only medicines stay."""
        return tuple(entry for number, each in enumerate(saved, start=1) for entry in self._read(number, each))

    def read_allergies(self, saved: Iterable[str]) -> tuple[str, ...]:
        """Names that still stand for that medicine, each once."""
        kept = []
        for name in dict.fromkeys(saved):
            if len(name) == len(shortened(name)) and name in self._named(self._fresh(name)):
                kept.append(name)
            else:
                self.notes.append(say("reread_entries.allergy_left_out_no_known_medicine"))
        return tuple(kept)

    def read_beside(self, saved: Iterable[NamedBeside]) -> tuple[NamedBeside, ...]:
        """Rows of a table with medicines in another column, while each name still stands for that medicine."""
        kept = []
        for each in saved:
            known = each.medicines and all(name in self._named(self._fresh(name)) for name in each.medicines)
            if known and each.row > 0 and each.further_rows >= 0:
                kept.append(each)
            else:
                self.notes.append(say("reread_entries.row_left_out_no_known_medicine"))
        return tuple(kept)

    def sees_identity(self, note: str) -> bool:
        """True for a note that no list of ours leaves: it tells who the patient is."""
        seen = see_through(note, self._index, self._today)
        return seen.is_identity or bool(seen.left_out)

    def _read(self, number: int, saved: Entry) -> list[Entry]:
        seen = see_through(shortened(plain_words(saved.entered)), self._index, self._today)
        entered = seen.text
        fresh = self._fresh(entered)
        if seen.is_identity:
            return self._drop_identity(number, fresh)
        self.notes += notes_of_left_out(seen, say("reread_entries.entry", number=number))
        if _tells_an_allergy(entered):
            self.notes.append(say("reread_entries.reads_as_allergy_not_taken", number=number, entered=entered))
            return [Entry(entered, EntryStatus.NOT_RECOGNISED)]
        for each in self._acceptable(entered, saved, fresh):
            if _reading(each) == _reading(saved):
                asked, codes = _suggestions(saved, each), self._codes(number, saved)
                names = self._resembled(asked, entered) if each.resembled else ()
                return [replace(saved, entered=entered, suggestions=asked, resembled=names, codes=codes)]
        if saved.recognition is EntryStatus.NOT_RECOGNISED and (not fresh or _is_still_asked(saved, fresh)):
            asked = saved.suggestions if fresh else ()
            names = self._resembled(asked, entered)
            return [Entry(entered, saved.recognition, suggestions=asked, resembled=names, details=saved.details)]
        said = medicines_in_words([name for name in saved.medicines if name in self._knowledge_base.medicines])
        before = say("reread_entries.file_said", names=said) if said else ""
        self.notes.append(say("reread_entries.read_anew", entered=entered, before=before))
        return fresh or [Entry(entered, EntryStatus.NOT_RECOGNISED, details=saved.details)]

    def _resembled(self, asked: tuple[str, ...], entered: str) -> tuple[str, ...]:
        return self._index.resembled(asked, entered.partition(_INSTRUCTION)[0])

    def _codes(self, number: int, saved: Entry) -> tuple[str, ...]:
        """Codes are shown, not checked: only what looks like one may stay."""
        kept = tuple(code for code in saved.codes if _CODE.fullmatch(code))
        if len(kept) < len(saved.codes):
            self.notes.append(say("reread_entries.not_a_code_left_out", number=number))
        return kept

    def _fresh(self, text: str) -> list[Entry]:
        return list(read_segment(text, self._index, self._knowledge_base, self._today).entries)

    def _named(self, entries: Iterable[Entry]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(name for entry in entries for name in entry.medicines))

    def _acceptable(self, entered: str, saved: Entry, fresh: list[Entry]) -> Iterator[Entry]:
        """What the saved entry may be: any reading of the whole text, or of its name without the instruction, or a
        choice that such a reading offers. None when the text names a medicine that the saved entry has not."""
        if not set(self._named(fresh)) <= set(saved.medicines):
            return
        name = entered.partition(_INSTRUCTION)[0]
        readings = [each for each in fresh if each.entered == entered]
        readings += [each for each in self._fresh(name) if each.entered == name] if name != entered else []
        yield from sorted(readings, key=lambda each: each.suggestions != saved.suggestions)
        for each in readings:
            if each.recognition in _OPEN:
                yield from (chosen_entry(each, thing, self._knowledge_base) for thing in each.suggestions)
        if fresh and all(each.medicines for each in fresh):
            yield from self._in_one(fresh)

    def _in_one(self, entries: list[Entry]) -> Iterator[Entry]:
        """Several medicines as the one entry that they were on a line with identity, or in a file that lists parts."""
        named = self._named(entries)
        worst = min((each.recognition for each in entries), key=_WORST_FIRST.index)
        for product in (entries[0].product, self._knowledge_base.product_of.get(frozenset(named))):
            yield replace(entries[0], recognition=worst, medicines=named, product=product)

    def _drop_identity(self, number: int, fresh: list[Entry]) -> list[Entry]:
        kept = [
            replace(each, entered=medicines_in_words(each.medicines), suggestions=(), resembled=())
            for each in fresh
            if each.recognition is EntryStatus.ASSESSED
        ]
        told = say("reread_entries.kept_only_medicines") if kept else say("reread_entries.if_held_medicine")
        self.notes.append(say("reread_entries.dropped_identity", number=number, told=told))
        return kept


def _tells_an_allergy(entered: str) -> bool:
    in_words = any(stretch.told is not Told.TAKEN for stretch in allergies_apart(entered))
    return in_words or bool(ALLERGY.search(normalise(entered)) or ENDS_WITH_ALLERGY.search(entered))


def _is_still_asked(saved: Entry, fresh: list[Entry]) -> bool:
    """'Zestril' of 'Zestril HCT' was asked about, since a brand with more words is another product; so it stays."""
    return (
        bool(saved.suggestions) and len(fresh) == 1 and saved.suggestions in ((fresh[0].product,), fresh[0].medicines)
    )


def _reading(entry: Entry) -> tuple[EntryStatus, tuple[str, ...], str | None]:
    """What a verdict rests on."""
    return entry.recognition, entry.medicines, entry.product


def _suggestions(saved: Entry, fresh: Entry) -> tuple[str, ...]:
    """Those of the fresh reading; fewer guesses at an unknown name may stay, all meanings of an ambiguous one must."""
    is_guess = fresh.recognition is EntryStatus.NOT_RECOGNISED
    return saved.suggestions if is_guess and set(saved.suggestions) <= set(fresh.suggestions) else fresh.suggestions
