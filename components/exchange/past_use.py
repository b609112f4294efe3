"""Words of a line that tell of a medicine that was tried, failed, declined, or last taken long ago."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from components.clinical.entry import Entry
from components.clinical.knowledge_base import KnowledgeBase
from components.clinical.line_details import LineDetails
from components.clinical.line_words import normalise, tokenise
from components.clinical.medicine_names import with_more_details
from components.clinical.name_index import NameIndex
from components.clinical.name_search import find_names
from components.clinical.past_words import BEGUN_AGAIN, DECLINED, FORMER, MONTH, OUTCOME, SOME, TIME_AGO, TRIAL
from components.clinical.stopping_time import days_since_latest, stopped_days_ago
from components.clinical.terms import Use
from components.exchange.last_taken import (
    AFTERWARDS,
    LAST_DOSE,
    SWALLOWED_EVERY_DAY,
    TAKEN_NOW_AND_THEN,
    time_of_its_end,
)
from components.exchange.line_parts import NEW_SENTENCE, Label, Part, last_sentence

_BEFORE_A_NAME = re.compile(
    r"^\W*(?:(?:pt|patient|he|she|they|i|has|have|had|already|also|previously|recently|in the past)\s+)*"
    rf"(?:(?P<tried>tried(?! and failed))|(?P<declined>{DECLINED})|{OUTCOME}|"
    rf"(?:{FORMER}|failed)\s+(?:(?:medication|med|drug|antidepressant)\s+)?(?:{TRIAL})|"
    rf"(?P<formerly>{FORMER}))\s+"
    rf"(?:(?:an?\s+)?(?:(?:adequate|full|brief|short|long)\s+)?(?:{TRIAL}|treatment|therapy|use)\s+(?:of|with|on)\s+"
    r"|(?:on|of|with)\s+)?",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"\b(?:now|current(?:ly)?|takes?|taking|on|started|switched|continu(?:es?|ed|ing)|then|since|remains|to start)\b",
    re.IGNORECASE,
)
_TAKES_NOW = r"now|current(?:ly)?|present(?:ly)?|takes|taking|continues|still"
_TAKES = rf"{_TAKES_NOW}|take|uses|using|on(?! hold)|started|switched|remains"
_GOES_ON_FROM_HERE = re.compile(
    rf"^\W*(?:(?:and|but|then|pt|patient|client|he|she|they|i|is|am|are)\s+)*(?:{_TAKES})\b", re.IGNORECASE
)
_GOES_ON_AT_ITS_END = re.compile(rf"\b(?:{_TAKES})(?:\s+(?:{_TAKES}|to|with|the|an?|also|only))*\W*$", re.IGNORECASE)
"""Before a further name without a comma: 'bupropion now takes' phenelzine."""
_TELLS_OF_WHAT_IS_TAKEN = re.compile(
    rf"\b(?:{_TAKES_NOW})\b|^\W*(?:(?:pt|patient|client|he|she|they|i|is|am|are)\s+)*on\b(?! hold)", re.IGNORECASE
)
_CONTRASTS = re.compile(r"^\W*(?:but|however|whereas|while)\b", re.IGNORECASE)
_NOW = re.compile(
    r"\b(?:(?<!not )(?:now|current(?:ly)?|present(?:ly)?)|still|ongoing|continu(?:es?|ed|ing)|since|restarted|resumed|"
    r"to date)\b(?! (?:off|not|on hold)\b)",
    re.IGNORECASE,
)
_TAKEN_AGAIN = re.compile(
    rf"{BEGUN_AGAIN}|\b(?:(?:still|back|remains|now|currently)(?: (?:on|takes?|taking|uses?|using)\b(?! hold)|$)|"
    r"ongoing|continu(?:es|ed|ing)(?: (?:it|on it|to take\b.*))?$)"
)
_DIGIT = re.compile(r"\d")
_UNTIL = re.compile(
    r"\b(?:until|till?|thru|through|stopped|ended|finished|completed|discontinued|dc|quit|came off|"
    r"last (?:dose|taken|took|used))\b.*(?:\d|\bago\b|\blast\b|\byesterday\b)"
)
_ONLY_A_TIME = re.compile(
    rf"(?:(?:[(/]|\d+(?:[.,]\d+)?(?: ?m?c?g)?|x ?\d+|{OUTCOME}|{DECLINED}|{FORMER}|{TRIAL}|{MONTH}|{SOME}|"
    r"days?|weeks?|wks?|months?|mos?|years?|yrs?|ago|yesterday|last|for|from|in|on|of|to|early|mid|late|about|around|"
    r"uses?d?|taken|took|infusions?|sessions?|treatments?|trips?|medications?|meds?|stopped|discontinued|dc)(?: |$))+"
)
"""All that is said beside a name, where a time tells when it was taken last; not beside how often it is taken."""
_SURELY_STOPPED_DAYS = 14
_SURELY_STOPPED_DAYS_OF_MAOI = 2
_SOME_TIME_AGO = re.compile(
    r"(?:(?:\(|\d+(?:[.,]\d+)?(?: ?m?c?g)?|x ?\d+|used?|taken|took|tried|once|twice|infusions?|sessions?|treatments?|"
    rf"trips?|in|early|mid|late|{MONTH}) )*(?:{TIME_AGO})"
)
_IN_A_YEAR = re.compile(r"\bin (?:\w+ )?20\d\d$")


class PastUse:
    """Follows one line: which of its entries are past, from a word or a time of it or a heading on."""

    def __init__(self, index: NameIndex, knowledge_base: KnowledgeBase, today: date, in_section: bool) -> None:
        self._index, self._knowledge_base, self._today = index, knowledge_base, today
        self._labelled, self._carried, self._whole_line = in_section, False, True
        self._is_first = True
        self.has_ended = False
        """True once the line told what is taken now, so that the section of the past is over."""

    def enter(self, part: Part, entries: Sequence[Entry]) -> None:
        """Go on to the next part: a label may stand before it, or a word that tells what is taken now."""
        if part.label is Label.NOW or _GOES_ON_FROM_HERE.search(part.text):
            self._end()
        elif entries and _CONTRASTS.search(part.text):
            self._labelled = self._carried = False
        elif part.label is Label.PAST and entries:
            self._labelled, self._whole_line = True, self._is_first
        elif not part.carries_on:
            self._carried = False
            self._labelled = self._labelled and self._whole_line
        self._is_first = False

    def _end(self) -> None:
        self._labelled = self._carried = False
        self.has_ended = True

    def mark(self, part: str, entries: Sequence[Entry]) -> list[Entry]:
        """The entries of the part, those that are past as stopped."""
        first_is_past, carries, rest = self._tells_of_the_past(part, entries)
        self._carried = self._carried or carries
        if not (self._labelled or self._carried or first_is_past):
            return list(entries)
        marked = []
        for number, (before, own, entry) in enumerate(self._in_their_places(part, entries)):
            named_so = first_is_past and number == 0
            leads_here = last_sentence(before)
            if leads_here and _TELLS_OF_WHAT_IS_TAKEN.search(leads_here):
                self._end()
            if number and _GOES_ON_AT_ITS_END.search(before):
                self._end()
            if leads_here is not None:
                self._carried = False
                self._labelled = self._labelled and not _is_scheduled(entry)
            if not named_so and (_DIGIT.search(entry.entered) or entry.details.doses_per_day or _GOES_ON.search(rest)):
                self._carried = False
            is_past = self._labelled or self._carried or named_so
            marked.append(self._past(entry, own) if is_past else entry)
        self._carried = self._carried and not (_GOES_ON.search(rest) or NEW_SENTENCE.search(rest))
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

    def _in_their_places(self, part: str, entries: Sequence[Entry]) -> Iterator[tuple[str, str, Entry]]:
        """Each entry with the words before it, from the one before on, and with what is said of it.

        Words that lead to the next name are not said of it. The whole part counts where a place is not clear.
        """
        whole = " ".join(part.split())
        tokens = tokenise(normalise(whole))
        names = find_names(tokens, self._index)
        before = normalise(whole)[: tokens[names[0].start].start] if names else ""
        starts = [0]
        for entry in entries[1:]:
            starts.append(whole.find(entry.entered, starts[-1] + 1))
        for number, entry in enumerate(entries):
            ends = (*starts[number + 1 :], len(whole))[0]
            own = whole[starts[number] : ends] if 0 <= starts[number] <= ends else entry.entered
            said = own
            if number + 1 < len(entries):
                leads = last_sentence(own)
                said = _GOES_ON_AT_ITS_END.sub("", own.removesuffix(leads) if leads else own)
            yield before, said, entry
            before = own if 0 <= starts[number] <= ends else whole

    def _past(self, entry: Entry, own: str) -> Entry:
        """The entry as stopped, unless its own words tell its use, or that it is taken now."""
        said = self._beside_the_names(own)
        is_taken = _NOW.search(said) or any(map(_TELLS_OF_WHAT_IS_TAKEN.search, NEW_SENTENCE.split(own)[1:]))
        if entry.details.use not in (Use.CURRENT, Use.AS_NEEDED) or is_taken:
            return entry
        return replace(entry, details=replace(entry.details, use=Use.STOPPED, stopped_days_ago=self._since(said)))

    def _since(self, said: str) -> int | None:
        """Days since it was stopped. None, which asks, where a time may be that of a start, a change or a filling."""
        tells = _UNTIL.search(said) or _ONLY_A_TIME.fullmatch(said)
        return stopped_days_ago(said, self._today) if tells else None

    def _beside_the_names(self, text: str) -> str:
        tokens = tokenise(normalise(text))
        named = {place for each in find_names(tokens, self._index) for place in range(each.start, each.end)}
        return " ".join(token.text for place, token in enumerate(tokens) if place not in named)

    def continued(self, entry: Entry, part: Part, more: LineDetails) -> Entry:
        """The entry, completed by a part that names no medicine.

        'Now 100 mg' or 'still on it' tells that it is taken, '2026' a further time at which it was.
        """
        longer = with_more_details(entry, part.text, more)
        if entry.details.use is not Use.STOPPED:
            return longer
        words = " ".join(token.text for token in tokenise(normalise(part.text)))
        says_now = part.label is Label.NOW or _NOW.search(words)
        if ((says_now or AFTERWARDS.search(words)) and more.has_dose) or _TAKEN_AGAIN.search(words):
            return replace(longer, details=replace(longer.details, use=Use.CURRENT, stopped_days_ago=None))
        latest = days_since_latest(words, self._today)
        if latest is None:
            return longer
        whole = self._since(self._beside_the_names(longer.entered))
        days = None if whole is None else min(whole, latest)
        return replace(longer, details=replace(longer.details, stopped_days_ago=days))

    def by_its_time(self, entry: Entry) -> Entry:
        """As stopped where its line tells that it was last taken weeks back."""
        if entry.details.use is not Use.CURRENT or not entry.medicines:
            return entry
        ended = self._ended(entry)
        when = ended or self._last_dose(entry) or self._bare_time(entry)
        days = stopped_days_ago(when, self._today)
        is_maoi = self._classes(entry) <= {"maoi"}
        least = 1 if ended else _SURELY_STOPPED_DAYS_OF_MAOI if is_maoi else _SURELY_STOPPED_DAYS
        if days is None or days < least:
            return entry
        return replace(entry, details=replace(entry.details, use=Use.STOPPED, stopped_days_ago=days))

    def _ended(self, entry: Entry) -> str:
        """When it was stopped: 'until 1 week ago', '2018-2020', 'off Nardil for 10 days'."""
        said = self._beside_the_names(entry.entered)
        return time_of_its_end(said, is_taken=bool(_NOW.search(said)))

    def _last_dose(self, entry: Entry) -> str:
        """When the last dose of a medicine of every day was: 'Nardil, last dose 4 weeks ago'."""
        found = LAST_DOSE.search(" ".join(token.text for token in tokenise(normalise(entry.entered))))
        return found["when"] if found and self._classes(entry) <= SWALLOWED_EVERY_DAY else ""

    def _bare_time(self, entry: Entry) -> str:
        """The time, where nothing else follows the name: 'MDMA last month'.

        Of what is taken every day only 'in' a past year tells of the past: a bare time may be since when it is taken.
        """
        tokens = tokenise(normalise(entry.entered))
        names = find_names(tokens, self._index)
        after = " ".join(token.text for token in tokens[names[-1].end :]) if names else ""
        tells = self._classes(entry) <= TAKEN_NOW_AND_THEN or _IN_A_YEAR.search(after)
        return after if tells and names[0].start == 0 and _SOME_TIME_AGO.fullmatch(after) else ""

    def _classes(self, entry: Entry) -> set[str]:
        known = [self._knowledge_base.medicines.get(name) for name in entry.medicines]
        return {each.medicine_class if each else "" for each in known}


def _is_scheduled(entry: Entry) -> bool:
    return entry.details.doses_per_day is not None or entry.details.use is Use.AS_NEEDED
