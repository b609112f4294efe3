"""Words of a line that tell of a medicine that was tried, failed, declined, or last taken long ago."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from components.clinical.entry import Entry
from components.clinical.knowledge_base import KnowledgeBase
from components.clinical.line_details import read_details
from components.clinical.line_words import normalise, tokenise
from components.clinical.name_index import NameIndex
from components.clinical.name_search import find_names
from components.clinical.terms import Use
from components.exchange.list_patterns import STOPPED_BEFORE

_BEFORE_A_NAME = re.compile(
    r"^\W*(?:(?:pt|patient|he|she|they|i|has|have|had|already|also|previously|recently|in the past)\s+)*"
    r"(?:(?P<tried>tried(?! and failed))|(?P<declined>declined|declines)|failed|tried and failed|"
    r"(?:past|previous|prior|former|failed)\s+(?:(?:medication|med|drug|antidepressant)\s+)?trials?)\s+"
    r"(?:(?:an?\s+)?(?:(?:adequate|full|brief|short|long)\s+)?(?:trials?|courses?)\s+(?:of|with|on)\s+|(?:on|of|with)\s+)?",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"\b(?:now|current(?:ly)?|takes?|taking|on|started|switched|continu(?:es?|ed|ing)|then|since|remains|to start)\b",
    re.IGNORECASE,
)
_GOES_ON_FROM_HERE = re.compile(
    r"^\W*(?:now|current(?:ly)?|takes?|taking|on|started|switched|continues)\b", re.IGNORECASE
)
_DIGIT = re.compile(r"\d")
_LAST_DOSE = re.compile(
    r"\blast (?:dose|taken|took|used)(?: (?:was|taken|given|about|around|approximately|over|of(?: \w+){1,2}))*"
    r"(?P<when> (?:a )?(?:\d{1,3}\w*|an?|one|two|three|four|five|six|few|several|couple)(?: \w+){0,2} ago)\b"
)
_SURELY_STOPPED_DAYS = 14
_SWALLOWED_EVERY_DAY = frozenset(
    """
    ssri snri tca maoi mao_b_inhibitor reversible_maoi serotonergic_antidepressant sedating_antidepressant
    antidepressant_other noradrenaline_reuptake_inhibitor ndri
    """.split()
)
"""Classes of which no form is given weeks apart, as depots are: a last dose weeks ago is a stopped medicine."""
_RELATIVES = (
    r"mother|father|mum|mom|dad|sister|brother|aunt|uncle|grandmother|grandfather|cousin|wife|husband|son|daughter"
)
RELATIVE = re.compile(
    rf"^\W*(?:{_RELATIVES})(?:['’]?s\b|\s*[:–-])|\b(?:{_RELATIVES}) (?:takes|took|is|was|on|has|had|uses|used)\b|"
    r"\bfamily history\b",
    re.IGNORECASE,
)
WORD_OF_A_RELATIVE = re.compile(rf"(?:{_RELATIVES})s?|family")


class PastUse:
    """Follows one line: which of its entries are past, from a word of it or a heading on."""

    def __init__(self, index: NameIndex, today: date, stopped: bool) -> None:
        self._index, self._today = index, today
        self._labelled, self._carried = stopped, False

    def mark(self, part: str, entries: Sequence[Entry]) -> list[Entry]:
        """The entries of the next part of the line, those that are past as stopped."""
        if _GOES_ON_FROM_HERE.search(part):
            self._labelled = self._carried = False
        if self._labelled:
            return [self._stopped(entry) for entry in entries]
        marked = []
        first_is_past, rest = self._tells_of_the_past(part, entries)
        self._carried = self._carried or first_is_past
        for number, entry in enumerate(entries):
            named_so = first_is_past and number == 0
            if not named_so and (_DIGIT.search(entry.entered) or entry.details.doses_per_day or _GOES_ON.search(rest)):
                self._carried = False
            is_past = self._carried and entry.details.use is Use.CURRENT
            marked.append(self._stopped(entry) if is_past else entry)
        self._carried = self._carried and not _GOES_ON.search(rest)
        return marked

    def _tells_of_the_past(self, part: str, entries: Sequence[Entry]) -> tuple[bool, str]:
        """Whether a word of the past stands right before the first name, and what follows it."""
        found = _BEFORE_A_NAME.match(part)
        if not found or not entries:
            return False, part
        rest, details = part[found.end() :], entries[0].details
        names = find_names(tokenise(normalise(rest)), self._index)
        taken = details.doses_per_day or (found["declined"] and details.has_dose)
        if not names or names[0].start > 0 or (taken and (found["tried"] or found["declined"])):
            return False, part
        return True, rest

    def _stopped(self, entry: Entry) -> Entry:
        words = " ".join(token.text for token in tokenise(normalise(entry.entered)))
        days = entry.details.stopped_days_ago
        if days is None and "start" not in words:
            days = read_details(f"{STOPPED_BEFORE}{words}", self._today).stopped_days_ago
        return replace(entry, details=replace(entry.details, use=Use.STOPPED, stopped_days_ago=days))


def stopped_by_last_dose(entry: Entry, knowledge_base: KnowledgeBase, today: date) -> Entry:
    """The entry as stopped where its last dose lies weeks back and it is a medicine of every day."""
    words = " ".join(token.text for token in tokenise(normalise(entry.entered)))
    found = _LAST_DOSE.search(words)
    if not found or entry.details.use is not Use.CURRENT or not entry.medicines:
        return entry
    known = [knowledge_base.medicines.get(name) for name in entry.medicines]
    if not all(medicine and medicine.medicine_class in _SWALLOWED_EVERY_DAY for medicine in known):
        return entry
    days = read_details(f"{STOPPED_BEFORE}{found['when']}", today).stopped_days_ago
    if days is None or days < _SURELY_STOPPED_DAYS:
        return entry
    return replace(entry, details=replace(entry.details, use=Use.STOPPED, stopped_days_ago=days))
