"""Words of a line that tell of a medicine that was tried, failed, declined, or last taken long ago."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from components.clinical.entry import Entry
from components.clinical.knowledge_base import KnowledgeBase
from components.clinical.line_details import LineDetails, read_details
from components.clinical.line_words import normalise, tokenise
from components.clinical.name_index import NameIndex
from components.clinical.name_search import find_names
from components.clinical.terms import Use
from components.exchange.list_patterns import STOPPED_BEFORE

_BEFORE_A_NAME = re.compile(
    r"^\W*(?:(?:pt|patient|he|she|they|i|has|have|had|already|also|previously|recently|in the past)\s+)*"
    r"(?:(?P<tried>tried(?! and failed))|(?P<declined>declined|declines)|failed|tried and failed|"
    r"(?:past|previous|prior|former|failed)\s+(?:(?:medication|med|drug|antidepressant)\s+)?trials?|"
    r"(?P<formerly>past|previous(?:ly)?|prior|former(?:ly)?))\s+"
    r"(?:(?:an?\s+)?(?:(?:adequate|full|brief|short|long)\s+)?(?:trials?|courses?|treatment|therapy|use)\s+(?:of|with|on)\s+"
    r"|(?:on|of|with)\s+)?",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"\b(?:now|current(?:ly)?|takes?|taking|on|started|switched|continu(?:es?|ed|ing)|then|since|remains|to start)\b",
    re.IGNORECASE,
)
_GOES_ON_FROM_HERE = re.compile(
    r"^\W*(?:now|current(?:ly)?|takes?|taking|on|started|switched|continues)\b", re.IGNORECASE
)
_NOW = re.compile(r"\b(?:now|current(?:ly)?|still|ongoing|continu(?:es?|ed|ing)|since)\b", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_LAST_DOSE = re.compile(
    r"\blast (?:dose|taken|took|used)(?: (?:was|taken|given|about|around|approximately|over|of(?: \w+){1,2}))*"
    r"(?P<when> (?:a )?(?:\d{1,3}\w*|an?|one|two|three|four|five|six|few|several|couple)(?: \w+){0,2} ago)\b"
)
_SURELY_STOPPED_DAYS = 14
_SOME_TIME_AGO = re.compile(
    r"(?:(?:\(|\d+(?:[.,]\d+)?(?: ?m?c?g)?|x ?\d+|used?|taken|took|tried|once|twice|infusions?|sessions?|treatments?|"
    r"trips?|in|early|mid|late|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*) )*"
    r"(?:20\d\d|last (?:month|year)|(?:\d{1,3}|an?|one|two|three|four|five|six|few|several|couple(?: of)?) \w+ ago)"
)
_IN_A_YEAR = re.compile(r"\bin (?:\w+ )?20\d\d$")
_TAKEN_NOW_AND_THEN = frozenset(
    "ketamine dissociative psychedelic entactogen illicit_stimulant cannabinoid herbal_opioid".split()
)
"""Classes of which a bare time tells of the last use, and not since when they are taken."""
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
    """Follows one line: which of its entries are past, from a word or a time of it or a heading on."""

    def __init__(self, index: NameIndex, knowledge_base: KnowledgeBase, today: date, stopped: bool) -> None:
        self._index, self._knowledge_base, self._today = index, knowledge_base, today
        self._labelled, self._carried = stopped, False

    def mark(self, part: str, entries: Sequence[Entry]) -> list[Entry]:
        """The entries of the next part of the line, those that are past as stopped."""
        if _GOES_ON_FROM_HERE.search(part):
            self._labelled = self._carried = False
        if self._labelled:
            return [self._stopped(entry) for entry in entries]
        marked = []
        first_is_past, carries, rest = self._tells_of_the_past(part, entries)
        self._carried = self._carried or carries
        for number, entry in enumerate(entries):
            named_so = first_is_past and number == 0
            if not named_so and (_DIGIT.search(entry.entered) or entry.details.doses_per_day or _GOES_ON.search(rest)):
                self._carried = False
            is_past = (self._carried or named_so) and entry.details.use is Use.CURRENT
            marked.append(self._stopped(entry) if is_past else entry)
        self._carried = self._carried and not _GOES_ON.search(rest)
        return marked

    def _tells_of_the_past(self, part: str, entries: Sequence[Entry]) -> tuple[bool, bool, str]:
        """Whether a word of the past stands right before the first name, whether it holds for the names after that
        one too ('failed', not 'previous'), and what follows it."""
        found = _BEFORE_A_NAME.match(part)
        if not found or not entries:
            return False, False, part
        rest, details = part[found.end() :], entries[0].details
        names = find_names(tokenise(normalise(rest)), self._index)
        taken = details.doses_per_day or (found["declined"] and details.has_dose)
        if not names or names[0].start > 0 or (taken and (found["tried"] or found["declined"])):
            return False, False, part
        if found["formerly"]:
            return not _NOW.search(rest), False, rest
        return True, True, rest

    def _stopped(self, entry: Entry) -> Entry:
        words = " ".join(token.text for token in tokenise(normalise(entry.entered)))
        days = entry.details.stopped_days_ago
        if days is None and "start" not in words:
            days = read_details(f"{STOPPED_BEFORE}{words}", self._today).stopped_days_ago
        return replace(entry, details=replace(entry.details, use=Use.STOPPED, stopped_days_ago=days))

    @staticmethod
    def taken_again(entry: Entry, part: str, more: LineDetails) -> Entry:
        """As current where a continuation tells today's dose of it: 'previous Zoloft 50 mg, now 100 mg'."""
        if entry.details.use is Use.STOPPED and more.has_dose and _NOW.search(part):
            return replace(entry, details=replace(entry.details, use=Use.CURRENT, stopped_days_ago=None))
        return entry

    def by_its_time(self, entry: Entry) -> Entry:
        """As stopped where its line tells that it was last taken weeks back."""
        if entry.details.use is not Use.CURRENT or not entry.medicines:
            return entry
        when = self._last_dose(entry) or self._bare_time(entry)
        days = read_details(f"{STOPPED_BEFORE}{when}", self._today).stopped_days_ago
        if days is None or days < _SURELY_STOPPED_DAYS:
            return entry
        return replace(entry, details=replace(entry.details, use=Use.STOPPED, stopped_days_ago=days))

    def _last_dose(self, entry: Entry) -> str:
        """When the last dose of a medicine of every day was: 'Nardil, last dose 4 weeks ago'."""
        found = _LAST_DOSE.search(" ".join(token.text for token in tokenise(normalise(entry.entered))))
        return found["when"] if found and self._classes(entry) <= _SWALLOWED_EVERY_DAY else ""

    def _bare_time(self, entry: Entry) -> str:
        """The time, where nothing else follows the name: 'MDMA last month'.

        Of what is taken every day only 'in' a past year tells of the past: a bare time may be since when it is taken.
        """
        tokens = tokenise(normalise(entry.entered))
        names = find_names(tokens, self._index)
        after = " ".join(token.text for token in tokens[names[-1].end :]) if names else ""
        tells = self._classes(entry) <= _TAKEN_NOW_AND_THEN or _IN_A_YEAR.search(after)
        return after if tells and names[0].start == 0 and _SOME_TIME_AGO.fullmatch(after) else ""

    def _classes(self, entry: Entry) -> set[str]:
        known = [self._knowledge_base.medicines.get(name) for name in entry.medicines]
        return {each.medicine_class if each else "" for each in known}
