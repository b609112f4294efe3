"""A pasted or uploaded text list -> entries and notes. Nothing is lost: what is not an entry leaves a note."""

import json
import re
import textwrap
import unicodedata
from dataclasses import replace
from datetime import date

from components.clinical.entry import Entry, MedicationList
from components.clinical.knowledge_base import KnowledgeBase
from components.clinical.line_words import looks_like_a_medicine, normalise, tokenise
from components.clinical.medicine_names import as_stopped, read_segment, with_more_details
from components.clinical.name_index import NameIndex
from components.clinical.name_search import find_names
from components.clinical.terms import EntryStatus, Matched
from components.exchange.list_patterns import (
    ALLERGY,
    ALLERGY_HEADING,
    BULLET,
    CSV_HEADER,
    ENDS_WITH_ALLERGY,
    HEADING,
    IDENTITY,
    INVISIBLE,
    LINE_END,
    NO_ALLERGY,
    NO_MEDICINES,
    NOT_ALLERGIC,
    SECTION,
    SENTENCE_OR_LABEL,
    SEPARATOR,
    STOPPED_LABEL,
    TAKEN,
)

MOST_ENTRIES = 1000
MOST_CHARACTERS = 200_000
MOST_BYTES = 4 * MOST_CHARACTERS
_LONGEST_STRETCH = 1000


class UnusableList(ValueError):
    """The input cannot be read as a medication list; the message is one plain sentence for the user."""


def decode(content: bytes) -> str:
    """Text of an uploaded or piped list. Raises UnusableList for anything that is not text."""
    if len(content) > MOST_BYTES:
        raise UnusableList(_too_long())
    for encoding in ("utf-16",) if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text and not re.search(r"[\x01-\x08\x0e-\x1a]", text):
            return text
        break
    raise UnusableList("This is not a text file: give a medication list as plain text, one medicine a line.")


def _too_long() -> str:
    most = f"{MOST_ENTRIES:,} entries and {MOST_CHARACTERS:,} characters"
    return f"The list is too long: at most {most} can be checked at once."


def read_medication_list(
    text: str, index: NameIndex, knowledge_base: KnowledgeBase, today: date | None = None
) -> MedicationList:
    """Read a list of medicines, one or several a line.

    Raises UnusableList when there is nothing to read, too much of it, or another format (FHIR, CSV).
    ``today`` dates 'stopped March 2025'; the current date if left out.
    """
    if len(text) > MOST_CHARACTERS:
        raise UnusableList(_too_long())
    text = INVISIBLE.sub("", text)
    if len(unicodedata.normalize("NFKC", text)) > MOST_CHARACTERS:
        raise UnusableList(_too_long())
    if not text.strip():
        raise UnusableList("The list is empty: give at least one medicine, one a line.")
    if "\x00" in text:
        raise UnusableList("This is not a text file: give a medication list as plain text, one medicine a line.")
    _refuse_other_formats(text)
    reader = _Reader(index, knowledge_base, today or date.today())
    for number, line in enumerate(LINE_END.split(text), start=1):
        for stretch in _stretches(line):
            reader.read_line(number, stretch)
            if len(reader.entries) > MOST_ENTRIES:
                raise UnusableList(_too_long())
    return MedicationList(tuple(reader.entries), tuple(reader.notes), tuple(dict.fromkeys(reader.allergies)))


def _refuse_other_formats(text: str) -> None:
    start = text.lstrip()
    if start[0] in "{[" and (start[0] == "{" or start[1:].lstrip()[:1] in ("{", '"')):
        try:
            json.loads(start)
        except (ValueError, RecursionError):
            if '"resourceType"' not in start:
                return
        raise UnusableList("FHIR and other JSON files cannot be read yet: paste the medicines as text, one a line.")
    first = start.splitlines()[0]
    cells = [cell.strip().strip('"').casefold() for cell in first.split(",")]
    words = [set(re.findall(r"[a-z]+", cell)) for cell in cells]
    if len(cells) > 1 and all(each and each <= CSV_HEADER for each in words):
        raise UnusableList("CSV tables cannot be read yet: paste the medicines as text, one a line.")


def _stretches(line: str) -> list[str]:
    """A line of usual length as it is; a longer one in stretches, cut between words, so that time stays linear."""
    return textwrap.wrap(line, _LONGEST_STRETCH) if len(line) > _LONGEST_STRETCH else [line]


def split_line(line: str, index: NameIndex) -> list[str]:
    """Split a line at commas, semicolons, tabs, 'and'; never inside brackets, a number or a known name."""
    if not SEPARATOR.search(line):
        return [line.strip()] if line.strip() else []
    names = _names_across_separators(line, index)
    parts, depth, start, position = [], 0, 0, 0
    while position < len(line):
        char = line[position]
        depth += (char in "([") - (char in ")]")
        inside = depth > 0 or any(first < position < last for first, last in names)
        if not inside and (found := SEPARATOR.match(line, position)):
            parts.append(line[start:position])
            start = position = found.end()
            continue
        position += 1
    parts.append(line[start:])
    return [part.strip() for part in parts if part.strip()]


def _names_across_separators(line: str, index: NameIndex) -> list[tuple[int, int]]:
    """Spans of names that hold a separator themselves: 1,4-butanediol, Advil Cold & Sinus."""
    folded = normalise(line)
    if len(folded) != len(line):
        return []
    tokens = tokenise(folded)
    spans = [(tokens[each.start].start, tokens[each.end - 1].end) for each in find_names(tokens, index)]
    return [(first, last) for first, last in spans if SEPARATOR.search(line, first, last)]


class _Reader:
    """Walks down the lines, remembering the section it stands in: allergies, stopped medicines, or neither."""

    def __init__(self, index: NameIndex, knowledge_base: KnowledgeBase, today: date) -> None:
        self._index, self._knowledge_base, self._today = index, knowledge_base, today
        self._in_allergies = self._in_stopped = self._section_has_lines = False
        self.entries: list[Entry] = []
        self.notes: list[str] = []
        self.allergies: list[str] = []

    def read_line(self, number: int, line: str) -> None:
        """Turn one line into entries or a note."""
        text = BULLET.sub("", line).strip()
        if not text:
            if self._section_has_lines:
                self._in_allergies = self._in_stopped = False
            if line.strip():
                self.notes.append(f"line {number} skipped: no medicine in it")
        elif IDENTITY.search(normalise(text)):
            self._drop_identity(number, text)
        elif ALLERGY_HEADING.match(text):
            self._in_allergies, self._in_stopped, self._section_has_lines = True, False, False
            self.notes.append(f"line {number} skipped: read as the heading of the allergies")
        elif heading := HEADING.match(text):
            self._in_allergies, self._in_stopped, self._section_has_lines = False, bool(heading["stopped"]), False
            self.notes.append(f"line {number} skipped: read as a heading")
        elif NO_MEDICINES.match(text):
            self.notes.append(f"line {number}: says that no medicines are taken")
        elif (section := SECTION.match(text)) and self._knows_no_name(section.group(1)):
            self._in_allergies = self._in_stopped = False
            self.notes.append(f"line {number} skipped: read as a heading")
        elif self._in_allergies:
            self._section_has_lines = True
            self._read_allergy(number, text)
        else:
            self._section_has_lines = True
            self._read_parts(number, text)

    def _knows_no_name(self, text: str) -> bool:
        """True for a heading; a misspelt medicine with a colon ('Phenelzne:') is none."""
        entries = read_segment(text, self._index, self._knowledge_base, self._today).entries
        words = [token.text for token in tokenise(normalise(text))]
        return all(entry.recognition is EntryStatus.NOT_RECOGNISED for entry in entries) and not any(
            self._index.is_almost_a_name(word) or looks_like_a_medicine(word) for word in words
        )

    def _read_parts(self, number: int, text: str) -> None:
        """Tell apart, within one line, what the patient is allergic to and what the patient takes."""
        stopped = self._in_stopped
        if found := STOPPED_LABEL.match(text):
            text, stopped = text[found.end() :], True
        taken: list[str] = []
        allergic: list[str] = []
        in_allergy = False
        for piece in split_line(text, self._index):
            for part in filter(None, SENTENCE_OR_LABEL.split(piece)):
                if NOT_ALLERGIC.search(part):
                    self.notes.append(f"line {number}: says that there is no such allergy")
                    continue
                said = ALLERGY.search(part) or self._is_bare_allergy(part)
                in_allergy = bool(said) or (in_allergy and not TAKEN.search(part))
                (allergic if in_allergy else taken).append(part)
        if allergic:
            self._read_allergy(number, ", ".join(allergic))
        if taken:
            self._read_medicines(number, taken, stopped)

    def _is_bare_allergy(self, part: str) -> bool:
        """'Codeine allergy', but not the brand 'Zyrtec Allergy' nor 'loratadine for allergy'."""
        if not ENDS_WITH_ALLERGY.search(part):
            return False
        entries = read_segment(part, self._index, self._knowledge_base, self._today).entries
        return bool(entries) and all(entry.matched is Matched.GENERIC for entry in entries)

    def _read_allergy(self, number: int, text: str) -> None:
        named = [
            name
            for piece in split_line(text, self._index)
            for entry in read_segment(piece, self._index, self._knowledge_base, self._today).entries
            for name in entry.medicines
        ]
        self.allergies.extend(named)
        if named:
            self.notes.append(f"line {number} read as an allergy, not as a medicine taken: {', '.join(named)}")
        elif NO_ALLERGY.search(text):
            self.notes.append(f"line {number}: says that no allergies are known")
        else:
            self.notes.append(f"line {number} read as an allergy line; no medicine of ours named in it")

    def _drop_identity(self, number: int, text: str) -> None:
        """Keep no word of the line but the medicines that it names exactly."""
        kept: list[Entry] = []
        for entry in read_segment(text, self._index, self._knowledge_base, self._today).entries:
            if entry.recognition is EntryStatus.ASSESSED:
                kept.append(replace(entry, entered=" + ".join(entry.medicines), suggestions=()))
        self.entries.extend(kept)
        told = (
            "; kept only the medicines recognised in it: enter anything else again"
            if kept
            else "; if it held a medicine, enter it again without the identity"
        )
        self.notes.append(f"line {number} dropped: it looks like patient identity{told}")

    def _read_medicines(self, number: int, parts: list[str], stopped: bool) -> None:
        said_something = False
        for part in parts:
            if len(self.entries) > MOST_ENTRIES:
                return
            segment = read_segment(part, self._index, self._knowledge_base, self._today)
            if segment.entries:
                self.entries.extend(as_stopped(entry) if stopped else entry for entry in segment.entries)
            elif segment.negated:
                self.notes.append(f"line {number}: says that it is not taken: {', '.join(segment.negated)}")
            elif self.entries and segment.says_how:
                self.entries[-1] = with_more_details(self.entries[-1], part, segment.details)
            else:
                continue
            said_something = True
            if segment.passed_over:
                names = ", ".join(dict.fromkeys(segment.passed_over))
                self.notes.append(f"line {number}: not understood beside the medicine: {normalise(names)}")
        if not said_something:
            self.notes.append(f"line {number} skipped: no medicine in it")
