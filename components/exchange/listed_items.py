"""What tables and FHIR have in common: one item with a name and how it is taken -> entries; equal ones told once."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from components.clinical.entry import Entry
from components.clinical.interface_words import say
from components.clinical.knowledge_base import KnowledgeBase
from components.clinical.line_details import LineDetails, read_details
from components.clinical.line_words import normalise, tokenise
from components.clinical.medicine_names import ReadSegment, read_segment
from components.clinical.name_index import NameIndex
from components.clinical.name_search import find_names
from components.clinical.terms import EntryStatus, Use
from components.exchange.line_parts import stretches
from components.exchange.list_limits import MOST_ENTRIES, MOST_READ_CHARACTERS, UnusableList, too_much_to_read
from components.exchange.list_patterns import INVISIBLE
from components.exchange.names_of_people import has_title
from components.exchange.unlabelled_identity import see_through

LONGEST_TOLD = 200
_APPROVAL = re.compile(r"\bNDA\d{6}\b")
"""RxNorm puts the number of an approval before a name, where it reads as a further medicine."""
_RECOGNISED = (EntryStatus.ASSESSED, EntryStatus.NOT_ASSESSED)


@dataclass(slots=True)
class NameReader:
    """Recognises medicines in words, each words once: a file repeats them a thousand times."""

    index: NameIndex
    knowledge_base: KnowledgeBase
    today: date
    _read: dict[str, tuple[ReadSegment, ...]] = field(default_factory=dict)
    _names_one: dict[str, bool] = field(default_factory=dict)
    _details: dict[str, LineDetails] = field(default_factory=dict)
    _clean: dict[str, str] = field(default_factory=dict)
    _characters: int = 0

    def count(self, words: str) -> None:
        """Count words that are about to be looked through. Raises UnusableList for more than a list can need."""
        self._characters += len(words)
        if self._characters > MOST_READ_CHARACTERS:
            raise UnusableList(too_much_to_read())

    def read(self, words: str) -> tuple[ReadSegment, ...]:
        """What the words name, in stretches of bearable length."""
        if words not in self._read:
            self.count(words)
            self._read[words] = tuple(
                read_segment(stretch, self.index, self.knowledge_base, self.today) for stretch in stretches(words)
            )
        return self._read[words]

    def entries(self, words: str) -> list[Entry]:
        """The entries that the words make, recognised or not."""
        return [entry for segment in self.read(words) for entry in segment.entries]

    def medicines(self, words: str) -> tuple[str, ...]:
        """Ids of the medicines that the words name without doubt, each once."""
        if not self.names_one(words):
            return ()
        named = [name for entry in self.entries(words) if entry.recognition in _RECOGNISED for name in entry.medicines]
        return tuple(dict.fromkeys(named))

    def names_one(self, words: str) -> bool:
        """True when some medicine or class is named; cheap, for it makes no suggestions for unknown words."""
        if words not in self._names_one:
            self.count(words)
            self._names_one[words] = any(
                find_names(tokenise(normalise(stretch)), self.index) for stretch in stretches(words)
            )
        return self._names_one[words]

    def without_identity(self, words: str) -> str:
        """The words without names and birth dates; nothing where they look like a patient's identity.

        Raises UnusableList for a text without end.
        """
        if words not in self._clean:
            if len(words) > MOST_READ_CHARACTERS:
                raise UnusableList(too_much_to_read())
            if has_title(words):
                self.count(words)  # each title looks through the words behind it
            seen = [see_through(stretch, self.index, self.today) for stretch in stretches(words)]
            changed = any(each.left_out for each in seen)
            kept = " ".join(each.text for each in seen) if changed else words
            self._clean[words] = "" if any(each.is_identity for each in seen) else kept
        return self._clean[words]

    def details(self, words: str) -> LineDetails:
        """How a medicine is taken, from the words of an instruction."""
        if words not in self._details:
            self.count(words[:2000])
            tokens = tokenise(normalise(words[:2000]))
            self._details[words] = read_details(" ".join(token.text for token in tokens), self.today)
        return self._details[words]


def plain_words(value: object) -> str:
    """A text of a file on one line, without invisible and broken characters; empty for anything but text."""
    if not isinstance(value, str):
        return ""
    whole = _APPROVAL.sub("", value).replace("\x00", " ").encode("utf-8", "replace").decode("utf-8")
    return " ".join(INVISIBLE.sub("", whole).split())


def shortened(words: str) -> str:
    """At most as many characters as the screen shows of an entry."""
    return words if len(words) <= LONGEST_TOLD else words[: LONGEST_TOLD - 1] + "…"


def taken_so(entry: Entry, how: str, stated: Use | None, ended: int | None, names: NameReader) -> Entry:
    """The entry with its instruction and with the use that the file states.

    A stated use stands above the words, but for 'as needed' and 'tapering'. Without one the words decide.
    """
    details = entry.details.merged_with(names.details(how)) if how else entry.details
    if stated is Use.CURRENT and details.use in (Use.AS_NEEDED, Use.TAPERING):
        stated = None
    if stated is not None:
        details = replace(details, use=stated, stopped_days_ago=ended if stated is Use.STOPPED else None)
    entered = shortened(f"{entry.entered}, {how}") if how else entry.entered
    return replace(entry, entered=entered, details=details)


def as_one_product(entries: Sequence[Entry], words: str, knowledge_base: KnowledgeBase) -> list[Entry]:
    """The parts of 'paracetamol 325 mg / oxycodone 5 mg' as one entry, as good as its worst part.

    Its strength is unknown. Parts of which one is not recognised stay apart.
    """
    if len(entries) < 2 or not all(entry.medicines for entry in entries):
        return list(entries)
    medicines = tuple(dict.fromkeys(name for entry in entries for name in entry.medicines))
    worst = min((entry.recognition for entry in entries), key=list(EntryStatus).index)
    product = knowledge_base.product_of.get(frozenset(medicines))
    details = entries[0].details
    for entry in entries[1:]:
        details = details.merged_with(entry.details)
    details = replace(details, strength_mg=None)
    return [
        replace(
            entries[0],
            entered=shortened(words),
            recognition=worst,
            medicines=medicines,
            product=product,
            details=details,
        )
    ]


def told_once(entries: Sequence[Entry], counted: Callable[[int], str]) -> tuple[list[Entry], list[str]]:
    """Equal entries become one, each with a note that counts the others: '2 further rows'.

    Their end is known only if each is dated, and then it is the latest. Raises UnusableList for too many entries.
    """
    kept: dict[Entry, Entry] = {}
    further: Counter[Entry] = Counter()
    for entry in entries:
        key = replace(entry, details=replace(entry.details, stopped_days_ago=None))
        if key not in kept:
            kept[key] = entry
            continue
        further[key] += 1
        days = (kept[key].details.stopped_days_ago, entry.details.stopped_days_ago)
        latest = min(each for each in days if each is not None) if None not in days else None
        kept[key] = replace(entry, details=replace(entry.details, stopped_days_ago=latest))
    refuse_too_many(len(kept))
    notes = [
        say("listed_items.same_medicine", counted=counted(number), entered=key.entered)
        for key, number in further.items()
    ]
    return list(kept.values()), notes


def refuse_too_many(different: int) -> None:
    """Raise UnusableList for more medicines than can be checked."""
    if different > MOST_ENTRIES:
        most = say("listed_items.most_can_checked_once", most_entries=MOST_ENTRIES)
        raise UnusableList(say("listed_items.file_holds_least_different", different=different, most=most))
