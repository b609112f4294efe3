"""A list as plain text, one or several medicines a line -> entries and notes."""

import unicodedata
from dataclasses import replace
from datetime import date

from components.clinical.entry import Entry, MedicationList
from components.clinical.interface_words import say
from components.clinical.knowledge_base import KnowledgeBase
from components.clinical.line_words import looks_like_a_medicine, normalise, tokenise
from components.clinical.medicine_names import ReadSegment, read_segment, without_a_name
from components.clinical.name_index import NameIndex
from components.clinical.terms import EntryStatus, Matched
from components.exchange.line_allergies import TELLS_A_REACTION, Told, allergies_apart
from components.exchange.line_parts import Label, Part, label_of, parts_of, split_line, stretches
from components.exchange.list_limits import MOST_CHARACTERS, MOST_ENTRIES, UnusableList, too_long
from components.exchange.list_patterns import (
    ALLERGY,
    ALLERGY_HEADING,
    BARE_NUMBER,
    BULLET,
    ENDS_WITH_ALLERGY,
    HEADING,
    LINE_END,
    NEXT_HEADING,
    NO_MEDICINES,
    RELATIVE,
    SECTION,
    SET_APART_ALLERGY,
    TAKEN,
    TAKEN_AGAINST_ALLERGY,
    WORD_OF_A_RELATIVE,
)
from components.exchange.nameless_things import speaks_of_a_thing
from components.exchange.past_use import PastUse
from components.exchange.unlabelled_identity import Removed, SeenThrough, see_through


def read_text_list(text: str, index: NameIndex, knowledge_base: KnowledgeBase, today: date) -> MedicationList:
    """Read lines of text. Raises UnusableList when there are too many."""
    if max(len(text), len(unicodedata.normalize("NFKC", text))) > MOST_CHARACTERS:
        raise UnusableList(too_long())
    reader = LineReader(index, knowledge_base, today)
    for number, line in enumerate(LINE_END.split(text), start=1):
        for stretch in stretches(line):
            reader.read_line(say("text_list.line", number=number), stretch)
            if len(reader.entries) > MOST_ENTRIES:
                raise UnusableList(too_long())
    return MedicationList(tuple(reader.entries), tuple(reader.notes), tuple(dict.fromkeys(reader.allergies)))


def notes_of_left_out(seen: SeenThrough, where: str) -> list[str]:
    """What was taken out of a line, without repeating it."""
    told = {
        Removed.NAME: say("text_list.name_left_out", where=where),
        Removed.DATE: say("text_list.date_left_out", where=where),
    }
    return [told[each] for each in Removed if each in seen.left_out]


class LineReader:
    """Walks down the lines, remembering the section it stands in: allergies, stopped medicines, or neither."""

    def __init__(self, index: NameIndex, knowledge_base: KnowledgeBase, today: date) -> None:
        self._index, self._knowledge_base, self._today = index, knowledge_base, today
        self._in_allergies = self._in_stopped = self._section_has_lines = False
        self.entries: list[Entry] = []
        self.notes: list[str] = []
        self.allergies: list[str] = []

    def read_line(self, where: str, line: str) -> None:
        """Turn one line into entries or a note."""
        text = BULLET.sub("", line).strip()
        if not text:
            if self._section_has_lines:
                self._in_allergies = self._in_stopped = False
            if line.strip():
                self.notes.append(say("text_list.skipped_no_medicine", where=where))
            return
        seen = see_through(text, self._index, self._today)
        if seen.is_identity:
            self._drop_identity(where, seen.text)
        else:
            self.notes += notes_of_left_out(seen, where)
            self._read_without_identity(where, seen.text)

    def _read_without_identity(self, where: str, text: str) -> None:
        if ALLERGY_HEADING.match(text):
            self._in_allergies, self._in_stopped, self._section_has_lines = True, False, False
            self.notes.append(say("text_list.skipped_heading_allergies", where=where))
        elif heading := HEADING.match(text):
            self._in_allergies, self._in_stopped, self._section_has_lines = False, bool(heading["stopped"]), False
            self.notes.append(say("text_list.skipped_heading", where=where))
        elif (self._in_allergies or self._in_stopped) and NEXT_HEADING.match(text):
            self._in_allergies = self._in_stopped = self._section_has_lines = False
            self.notes.append(say("text_list.skipped_heading", where=where))
        elif NO_MEDICINES.match(text):
            self.notes.append(say("text_list.no_medicines_taken", where=where))
        elif (section := SECTION.match(text)) and self._knows_no_name(section.group(1)):
            self._in_allergies = self._in_stopped = False
            self.notes.append(say("text_list.skipped_heading", where=where))
        else:
            self._in_allergies = self._in_allergies and not label_of(text)
            self._section_has_lines = True
            self._read_parts(where, text)

    def _knows_no_name(self, text: str) -> bool:
        """True for a heading; a misspelt medicine with a colon ('Phenelzne:') is none."""
        entries = read_segment(text, self._index, self._knowledge_base, self._today).entries
        words = [token.text for token in tokenise(normalise(text))]
        return all(entry.recognition is EntryStatus.NOT_RECOGNISED for entry in entries) and not any(
            self._index.is_almost_a_name(word) or looks_like_a_medicine(word) for word in words
        )

    def _read_parts(self, where: str, text: str) -> None:
        """Tell apart, within one line, what the patient is allergic to and what the patient takes."""
        told = len(self.notes)
        taken: list[Part] = []
        allergic: list[str] = []
        for place, stretch in enumerate(allergies_apart(text)):
            if stretch.told in (Told.NONE_KNOWN, Told.NOT_THAT_ONE):
                none_known = say("text_list.no_allergies_known", where=where)
                not_that_one = say("text_list.no_such_allergy", where=where)
                self.notes.append(none_known if stretch.told is Told.NONE_KNOWN else not_that_one)
                self._in_allergies = False
                continue
            in_allergy = self._in_allergies or stretch.told is Told.ALLERGY
            for number, part in enumerate(parts_of(stretch.text, self._index)):
                if part.label and NO_MEDICINES.match(part.text):
                    none_now = say("text_list.no_medicines_taken", where=where)
                    none_before = say("text_list.skipped_no_medicine", where=where)
                    self.notes.append(none_before if part.label is Label.PAST else none_now)
                    continue
                opens = number == 0 and stretch.told is Told.ALLERGY
                in_allergy = in_allergy and not part.label and not self._is_taken(part.text, opens)
                if in_allergy or (not opens and self._is_bare_allergy(part.text)):
                    allergic.append(part.text)
                else:
                    self._in_allergies = False
                    taken.append(replace(part, carries_on=part.carries_on and not (place and number == 0)))
        if allergic:
            self._read_allergy(where, ", ".join(allergic))
        if taken or (not allergic and len(self.notes) == told):
            self._read_medicines(where, taken)

    def _is_taken(self, part: str, opens: bool) -> bool:
        """True for a part of an allergy that bears a dose, unless a reaction is told of it.

        Right behind the words that open the allergy a strength may be that of the allergen; a frequency, or a further
        medicine, tells of what is taken.
        """
        if TELLS_A_REACTION.search(part):
            return False
        entries = read_segment(part, self._index, self._knowledge_base, self._today).entries
        if opens:
            bears_dose = any(entry.details.has_dose for entry in entries) or bool(BARE_NUMBER.search(part))
            return any(entry.details.doses_per_day for entry in entries) or (len(entries) > 1 and bears_dose)
        return bool(TAKEN.search(part)) or (bool(entries) and bool(BARE_NUMBER.search(part)))

    def _is_bare_allergy(self, part: str) -> bool:
        """'Codeine allergy', 'Klonopin 1 mg (allergy)', not the brand 'Zyrtec Allergy' nor 'loratadine for allergy'."""
        is_set_apart, tells_so = SET_APART_ALLERGY.search(part), ALLERGY.search(part)
        if not is_set_apart and not tells_so and not ENDS_WITH_ALLERGY.search(part):
            return False
        entries = read_segment(part, self._index, self._knowledge_base, self._today).entries
        if any(entry.details.doses_per_day for entry in entries):
            return False
        if tells_so:
            return len(entries) < 2
        if not is_set_apart:
            return bool(entries) and all(entry.matched is Matched.GENERIC for entry in entries)
        known = [self._knowledge_base.medicines.get(name) for entry in entries for name in entry.medicines]
        return bool(known) and all(each and each.medicine_class not in TAKEN_AGAINST_ALLERGY for each in known)

    def _read_allergy(self, where: str, text: str) -> None:
        named = [
            name
            for piece in split_line(text, self._index)
            for entry in read_segment(piece, self._index, self._knowledge_base, self._today).entries
            for name in entry.medicines
        ]
        self.allergies.extend(named)
        if named:
            self.notes.append(say("text_list.read_as_allergy_not_taken", where=where, names=", ".join(named)))
        else:
            self.notes.append(say("text_list.allergy_line_names_no_medicine", where=where))

    def _drop_identity(self, where: str, text: str) -> None:
        """Keep no word of the line but the medicines that it names exactly."""
        kept: list[Entry] = []
        for entry in read_segment(text, self._index, self._knowledge_base, self._today).entries:
            if entry.recognition is EntryStatus.ASSESSED:
                kept.append(replace(entry, entered=" + ".join(entry.medicines), suggestions=(), resembled=()))
        self.entries.extend(kept)
        told = say("text_list.kept_only_medicines") if kept else say("text_list.if_held_medicine_without_identity")
        self.notes.append(say("text_list.dropped_identity", where=where, told=told))

    def _read_medicines(self, where: str, parts: list[Part]) -> None:
        said_something = False
        past = PastUse(self._index, self._knowledge_base, self._today, self._in_stopped)
        for part in parts:
            if len(self.entries) > MOST_ENTRIES:
                return
            segment = self._segment(part.text)
            past.enter(part, segment.entries)
            self._in_stopped = self._in_stopped and not past.has_ended
            if segment.entries:
                self.entries.extend(past.mark(part.text, segment.entries))
            elif segment.negated:
                self.notes.append(say("text_list.not_taken", where=where, names=", ".join(segment.negated)))
            elif self.entries and segment.says_how:
                self.entries[-1] = past.continued(self.entries[-1], part, segment.details)
            else:
                continue
            if self.entries:
                self.entries[-1] = past.by_its_time(self.entries[-1])
            said_something = True
            self._note_words_beside(where, part.text, segment)
        if not said_something:
            self.notes.append(say("text_list.skipped_no_medicine", where=where))

    def _segment(self, part: str) -> ReadSegment:
        """The entries of a part of a line; a thing that is taken but not named is one too."""
        segment = read_segment(part, self._index, self._knowledge_base, self._today)
        before = self.entries[-1] if self.entries else None
        if speaks_of_a_thing(part, segment, before, self._knowledge_base):
            return replace(segment, entries=(without_a_name(part, segment.details),))
        return segment

    def _note_words_beside(self, where: str, part: str, segment: ReadSegment) -> None:
        of_a_relative = bool(segment.entries) and RELATIVE.search(part)
        words = [word for word in segment.passed_over if not (of_a_relative and WORD_OF_A_RELATIVE.fullmatch(word))]
        if of_a_relative:
            self.notes.append(say("text_list.counted_though_maybe_not_the_patients", where=where))
        if words:
            names = ", ".join(dict.fromkeys(words))
            self.notes.append(say("text_list.not_understood_beside", where=where, names=normalise(names)))
