"""A pasted or uploaded text list -> entries and notes. Nothing is lost: what is not an entry leaves a note."""

import json
import re
import textwrap
from datetime import date

from components.clinical.entry import Entry, MedicationList
from components.clinical.knowledge_base import KnowledgeBase
from components.clinical.line_words import normalise, tokenise
from components.clinical.medicine_names import read_segment, with_more_details
from components.clinical.name_index import NameIndex
from components.clinical.name_search import find_names
from components.clinical.terms import EntryStatus

MOST_ENTRIES = 1000
MOST_CHARACTERS = 200_000
_LONGEST_STRETCH = 1000


class UnusableList(ValueError):
    """The input cannot be read as a medication list; the message is one plain sentence for the user."""


_IDENTITY = re.compile(
    r"""\b(?:patient(?:\ name)?|name|full\ name|surname|first\ name|last\ name|dob|d\.o\.b\.?|date\ of\ birth|birth\ ?date|born|mrn|nhs(?:\ no\.?|\ number)?|
        ssn|social\ security(?:\ number)?|medicare(?:\ no\.?|\ number)?|insurance(?:\ id)?|hospital\ (?:no\.?|number)|chart\ (?:no\.?|number)|phone|telephone|tel|mobile|cell|fax|
        e-?mail|address|post\ ?code|zip(?:\ code)?|next\ of\ kin|emergency\ contact|gender|sex|age|pharmacy|prescriber|doctor|physician|gp|provider)\s*(?:\#|no\.?)?\s*[:=]
      | \bdob\b | \bmrn\b | \bssn\b | \bdate\ of\ birth\b
      | \b[\w.+-]{1,64}@[\w-]{1,63}\.\w
      | (?<![\d-])(?:\+?\d{1,2}[\s.-])?\(?\d{3}\)?[\s.-]\d{3}[\s.-]\d{4}(?!\d)
      | (?<!\d)\d{3}-\d{2}-\d{4}(?!\d)
      | (?<!\d)(?:\+44\s?|0)\d{4}\s?\d{6}(?!\d) | (?<!\d)0\d{2,3}\s\d{3,4}\s\d{4}(?!\d)
      | ^\s*(?:mrs?|ms|miss)\.?\s+[A-Za-z]+
      | \b\d{1,5}\s+(?:[A-Za-z]{1,30}\s){1,3}(?:street|road|avenue|lane|drive|boulevard|court|close|crescent|terrace)\b
      | \b\d{1,5}\s+[A-Za-z]+\s(?:rd|ave|blvd|ln)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_ALLERGY = re.compile(
    r"^\W*(?:(?:known |drug |medication |medicine )*(?:allerg(?:y|ies)|intolerances?|adverse (?:drug )?reactions?|adrs?)\s*(?:[:=–-]|to\b|$)|nkd?a\b|no known\b|allergic\b)",
    re.IGNORECASE,
)
_ALLERGIC_TO = re.compile(
    r"\ballergic to\b|\ballergy to\b|\ballergy:|\bcauses? anaphyla|\banaphylaxis\b", re.IGNORECASE
)
_NO_ALLERGY = re.compile(r"\b(?:nkd?a|no known|none|nil)\b", re.IGNORECASE)
_SECTION = re.compile(r"^[\s\W]*([A-Za-z][A-Za-z /&-]{2,40}?)\s*:\s*$")
_NO_MEDICINES = re.compile(
    r"^\W*(?:none|nil|n/?a|no (?:current |regular |known )?(?:meds?|medicines?|medications?|drugs?)|nothing|not on any (?:meds?|medicines?|medications?)|"
    r"takes no (?:meds?|medicines?|medications?)|denies (?:any )?(?:meds?|medicines?|medications?)|nil regular)(?: (?:currently|known|reported|at present))?\W*$",
    re.IGNORECASE,
)
_BULLET = re.compile(r"^\s*(?:[-*•·–—>▪◦‣●○□☐☑✓]+\s*|\(?\d{1,3}[.):]\s+|\(?[a-z][.)]\s+|\[[ xX]?\]\s*)+")
_LINE_END = re.compile(r"\r\n|[\n\r\v\f\x85\u2028\u2029]")
_CSV_HEADER = frozenset(
    """
    name drug medication medicine description dose dosage strength unit frequency route form start stop end
    date code status patient encounter id reason
    """.split()
)


def decode(content: bytes) -> str:
    """Text of an uploaded or piped list. Raises UnusableList for anything that is not text."""
    if len(content) > 4 * MOST_CHARACTERS:
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
    return f"The list is too long: at most {MOST_ENTRIES:,} entries and {MOST_CHARACTERS:,} characters can be checked at once."


def read_medication_list(
    text: str, index: NameIndex, knowledge_base: KnowledgeBase, today: date | None = None
) -> MedicationList:
    """Read a list of medicines, one or several a line.

    Raises UnusableList when there is nothing to read, too much of it, or another format (FHIR, CSV).
    ``today`` dates 'stopped March 2025'; the current date if left out.
    """
    if len(text) > MOST_CHARACTERS:
        raise UnusableList(_too_long())
    if not text.replace("\ufeff", "").strip():
        raise UnusableList("The list is empty: give at least one medicine, one a line.")
    if "\x00" in text:
        raise UnusableList("This is not a text file: give a medication list as plain text, one medicine a line.")
    _refuse_other_formats(text)
    reader = _Reader(index, knowledge_base, today or date.today())
    for number, line in enumerate(_LINE_END.split(text), start=1):
        reader.read_line(number, line)
        if len(reader.entries) > MOST_ENTRIES:
            raise UnusableList(_too_long())
    return MedicationList(tuple(reader.entries), tuple(reader.notes), tuple(dict.fromkeys(reader.allergies)))


def _refuse_other_formats(text: str) -> None:
    start = text.replace("\ufeff", "").lstrip()
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
    if len(cells) > 1 and all(each and each <= _CSV_HEADER for each in words):
        raise UnusableList("CSV tables cannot be read yet: paste the medicines as text, one a line.")


_SEPARATOR = re.compile(r";|\||\t|•|,(?!\d{3}\b)(?!\d+\s*(?:mg|mcg|g)\b)|\s[+&]\s|\s(?:and|or|plus)\s", re.IGNORECASE)


def _stretches(line: str) -> list[str]:
    """A line of usual length as it is; a longer one in stretches, cut between words, so that time stays linear."""
    return textwrap.wrap(line, _LONGEST_STRETCH) if len(line) > _LONGEST_STRETCH else [line]


def split_line(line: str, index: NameIndex) -> list[str]:
    """Split a line at commas, semicolons, tabs, 'and'; never inside brackets, a number or a known name."""
    if not _SEPARATOR.search(line):
        return [line.strip()] if line.strip() else []
    names = _names_across_separators(line, index)
    parts, depth, start, position = [], 0, 0, 0
    while position < len(line):
        char = line[position]
        depth += (char in "([") - (char in ")]")
        inside = depth > 0 or any(first < position < last for first, last in names)
        if not inside and (found := _SEPARATOR.match(line, position)):
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
    return [(first, last) for first, last in spans if _SEPARATOR.search(line, first, last)]


class _Reader:
    """Walks down the lines, remembering whether it stands in an allergy section."""

    def __init__(self, index: NameIndex, knowledge_base: KnowledgeBase, today: date) -> None:
        self._index, self._knowledge_base, self._today = index, knowledge_base, today
        self._in_allergies = False
        self.entries: list[Entry] = []
        self.notes: list[str] = []
        self.allergies: list[str] = []

    def read_line(self, number: int, line: str) -> None:
        """Turn one line into entries or a note."""
        text = _BULLET.sub("", line).strip()
        if not text:
            self._in_allergies = False
            if line.strip():
                self.notes.append(f"line {number} skipped: no medicine in it")
            return
        section = _SECTION.match(text)
        if _ALLERGY.match(text) or (self._in_allergies and not section):
            self._in_allergies = self._in_allergies or bool(section)
            self._read_allergy(number, text)
        elif section and not self._index.own_id(section.group(1)):
            self._in_allergies = False
            if self._knows_no_name(section.group(1)):
                self.notes.append(f"line {number} skipped: read as a heading")
            else:
                self._read_medicines(number, text)
        elif _IDENTITY.search(text):
            self._drop_identity(number, text)
        elif _NO_MEDICINES.match(text):
            self.notes.append(f"line {number}: says that no medicines are taken")
        elif _ALLERGIC_TO.search(text):
            self._read_allergy(number, text)
        else:
            self._read_medicines(number, text)

    def _knows_no_name(self, text: str) -> bool:
        entries = read_segment(text, self._index, self._knowledge_base, self._today).entries
        return all(entry.recognition is EntryStatus.NOT_RECOGNISED for entry in entries)

    def _read_allergy(self, number: int, text: str) -> None:
        segment = read_segment(text, self._index, self._knowledge_base, self._today)
        named = [name for entry in segment.entries for name in entry.medicines]
        self.allergies.extend(named)
        if named:
            self.notes.append(f"line {number} read as an allergy, not as a medicine taken: {', '.join(named)}")
        elif _NO_ALLERGY.search(text):
            self.notes.append(f"line {number}: says that no allergies are known")
        else:
            self.notes.append(f"line {number} read as an allergy line; no medicine of ours named in it")

    def _drop_identity(self, number: int, text: str) -> None:
        """Keep no word of the line but the medicines that it names exactly."""
        kept: list[Entry] = []
        for entry in read_segment(text, self._index, self._knowledge_base, self._today).entries:
            if entry.recognition is EntryStatus.ASSESSED:
                kept.append(
                    Entry(
                        " + ".join(entry.medicines),
                        entry.recognition,
                        entry.medicines,
                        entry.product,
                        entry.matched,
                        details=entry.details,
                    )
                )
        self.entries.extend(kept)
        told = (
            "; kept only the medicines named in it"
            if kept
            else "; if it held a medicine, enter it again without the identity"
        )
        self.notes.append(f"line {number} dropped: it looks like patient identity{told}")

    def _read_medicines(self, number: int, text: str) -> None:
        found_any = False
        for part in (piece for stretch in _stretches(text) for piece in split_line(stretch, self._index)):
            if len(self.entries) > MOST_ENTRIES:
                return
            segment = read_segment(part, self._index, self._knowledge_base, self._today)
            if segment.entries:
                self.entries.extend(segment.entries)
                found_any = True
            elif self.entries:
                self.entries[-1] = with_more_details(self.entries[-1], segment.details)
                found_any = True
            if segment.passed_over:
                names = ", ".join(dict.fromkeys(segment.passed_over))
                self.notes.append(f"line {number}: not understood beside the medicine: {normalise(names)}")
        if not found_any:
            self.notes.append(f"line {number} skipped: no medicine in it")
