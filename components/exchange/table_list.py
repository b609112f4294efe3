"""A table with a header (CSV) -> entries and notes, one row at a time."""

import csv
import io
import re
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date

from components.clinical.entry import Entry, MedicationList
from components.clinical.line_words import normalise
from components.clinical.terms import Use
from components.exchange.fhir_medicine import CODE
from components.exchange.fhir_use import latest_day
from components.exchange.list_limits import MOST_FILE_BYTES, UnusableList
from components.exchange.list_patterns import IDENTITY, LINE_END
from components.exchange.listed_items import (
    NameReader,
    as_one_product,
    plain_words,
    taken_so,
    told_once,
    without_identity,
)
from components.exchange.table_columns import ColumnUse, choose_column, is_header, is_of_allergies, use_of
from components.exchange.text_list import LineReader, stretches

_MOST_LINES_ABOVE = 4
_DELIMITERS = (",", ";", "\t", "|")
_NAMES_THE_DELIMITER = re.compile(r'"?sep=.?"?')
_RULE = re.compile(r"[\s:=-]*$")
_STOPPED = re.compile(
    r"stopped|stop|discontinued|inactive|ended|completed|cancell?ed|on[ -]?hold|expired|past|former|not taking|ceased",
    re.IGNORECASE,
)
_PLANNED = re.compile(r"planned|proposed|draft|intended|pending", re.IGNORECASE)
_CURRENT = re.compile(r"active|current|taking|ongoing|continue", re.IGNORECASE)
_PARTS = re.compile(r"\d ?m?c?g(?:/\w+)? / ", re.IGNORECASE)
"""Between the parts of one product: 'Acetaminophen 325 MG / Oxycodone 5 MG'."""
_NO_DATE = re.compile(r"(?:null|none|nan|n/?a|ongoing|current|present|-|0|)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Table:
    """Header and rows, cells as they stand; every row has its number, the header's being that of its line."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    above: tuple[str, ...] = ()
    """Lines before the header, to be read as text."""


def find_table(text: str, names: NameReader) -> Table | None:
    """The table that a text is, None for a text that is none: it begins with a header, not with medicines.

    A few lines that name no medicine of ours may stand above the header: 'sep=;', a title.
    """
    text = text.lstrip("\ufeff")
    above: list[str] = []
    while len(above) <= _MOST_LINES_ABOVE:
        text = text.lstrip("\r\n ")
        first = LINE_END.split(text, maxsplit=1)[0]
        for delimiter in sorted(_DELIMITERS, key=lambda each: -first.count(each)):
            if delimiter in first and (table := _table(text, delimiter, names)):
                return replace(table, above=tuple(above))
        if not first or names.names_one(plain_words(first)):
            return None
        above.append(first)
        text = text[len(first) :]
    return None


def _table(text: str, delimiter: str, names: NameReader) -> Table | None:
    header, *body = _rows(text, delimiter)
    return Table(header, tuple(body)) if is_header(header, body, names) else None


def _rows(text: str, delimiter: str) -> list[tuple[str, ...]]:
    """Rows of cells without blank ones at the edge of '| a | b |'. A quote that never closes is taken as a letter."""
    csv.field_size_limit(MOST_FILE_BYTES)
    try:
        found = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error:
        lines = LINE_END.split(text)
        found = [[cell.strip().strip('"') for cell in line.split(delimiter)] for line in lines]
    rows = [tuple(" ".join(cell.split()) if cell else "" for cell in row) for row in found]
    if delimiter == "|" and all(not row or row[0] == "" for row in rows):
        rows = [row[1:-1] if row and row[-1] == "" else row[1:] for row in rows]
    return rows


def read_table_list(table: Table, names: NameReader, column: str | None) -> MedicationList:
    """Read each row of a table. Raises ColumnUnsure when nobody can tell which column holds the medicines."""
    if not any(any(row) for row in table.rows):
        raise UnusableList("The table has a header but no rows: give at least one medicine.")
    if is_of_allergies(table.header):
        raise UnusableList("This looks like a table of allergies: give the table of medicines, and allergies as text.")
    medicine = choose_column(table.header, table.rows, names, column)
    reader = _RowReader(table, medicine, names)
    for line in table.above:
        reader.read_above(line)
    for number, row in enumerate(table.rows, start=2):
        reader.read(number, row)
    entries, repeated = told_once(reader.entries, "row")
    notes = [*reader.column_notes(), *reader.row_notes(), *repeated]
    return MedicationList(tuple(entries), tuple(notes), tuple(dict.fromkeys(reader.allergies)))


_SAYS_ENDED = re.compile(r"\b(?:stop|ceas|discont|end|yes|true|ago|last|x\b|y\b)", re.IGNORECASE)


class _RowReader:
    """Reads rows by what their columns mean."""

    def __init__(self, table: Table, medicine: int, names: NameReader) -> None:
        self._header, self._medicine, self._names = table.header, medicine, names
        uses = [use_of(name) for name in table.header]
        self._uses: list[ColumnUse] = [ColumnUse.OTHER if use is ColumnUse.MEDICINE else use for use in uses]
        self._uses[medicine] = ColumnUse.MEDICINE
        self._people: Counter[str] = Counter()
        self.entries: list[Entry] = []
        self._notes: dict[str, list[int]] = {}
        self._lines: dict[str, LineReader] = {}
        self.allergies: list[str] = []
        self.above_notes: list[str] = []

    def column_notes(self) -> list[str]:
        """What was made of the columns, and whether they tell of several people."""
        left = [name or "without a name" for name, use in zip(self._header, self._uses, strict=True) if use.is_left_out]
        notes = [f"medicines read from the column '{self._header[self._medicine]}'"]
        if left:
            notes.append(f"columns left out: {', '.join(left)}")
        if len(self._people) > 1:
            notes.append(f"the table holds rows of {len(self._people):,} people: make sure that it is the right list")
        return [*self.above_notes, *notes]

    def row_notes(self) -> list[str]:
        """The notes of the rows, each once with its first row and the number of the others."""
        notes = []
        for said, rows in self._notes.items():
            others = f" and {len(rows) - 1:,} more" if len(rows) > 1 else ""
            notes.append(f"row {rows[0]}{others}{said}")
        return notes

    def _note(self, number: int, said: str) -> None:
        self._notes.setdefault(said, []).append(number)

    def _line(self, number: int, words: str) -> LineReader:
        """Words of a row read as a line of text: each words once, its notes under the row."""
        if words not in self._lines:
            reader = LineReader(self._names.index, self._names.knowledge_base, self._names.today)
            for stretch in stretches(words):
                reader.read_line("", stretch)
            self._lines[words] = reader
        for note in self._lines[words].notes:
            self._note(number, note if note.startswith(":") else f" {note.strip()}")
        self.allergies += self._lines[words].allergies
        return self._lines[words]

    def _cells(self, row: tuple[str, ...], use: ColumnUse) -> list[str]:
        return [cell for cell, each in zip(row, self._uses, strict=False) if each is use and cell]

    def read_above(self, line: str) -> None:
        """A line before the header: an entry where it could be a medicine, else a note."""
        if _NAMES_THE_DELIMITER.fullmatch(line):
            return
        reader = LineReader(self._names.index, self._names.knowledge_base, self._names.today)
        for stretch in stretches(plain_words(line)):
            reader.read_line("above the table", stretch)
        self.above_notes += reader.notes
        self.allergies += reader.allergies
        self.entries += reader.entries

    def read(self, number: int, row: tuple[str, ...]) -> None:
        """Turn one row into entries or a note with its number (the header is row 1)."""
        if all(_RULE.match(each) for each in row):
            self._note(number, " skipped: empty")
            return
        for person in self._cells(row, ColumnUse.PERSON):
            self._people[person] += 1
        told: set[str] = set()
        if cell := plain_words(row[self._medicine]) if self._medicine < len(row) else "":
            told = self._read_cell(number, cell, row)
        else:
            self._note(number, f": no medicine in the column '{self._header[self._medicine]}'")
        self._look_elsewhere(number, row, told)
        if overhang := ", ".join(each for each in row[len(self._header) :] if each):
            self._note(number, " has more cells than the header: the rest was read as text")
            self.entries += self._line(number, plain_words(overhang)).entries

    def _read_cell(self, number: int, cell: str, row: tuple[str, ...]) -> set[str]:
        """Entries of the medicine cell, with what the other cells say of them; returns the ids that were told."""
        line = self._line(number, cell)
        how = without_identity(plain_words(", ".join(self._cells(row, ColumnUse.HOW))))
        use, ended = self._stated(number, row)
        codes = tuple(f"code {code}" for code in self._cells(row, ColumnUse.CODE) if CODE.fullmatch(code))
        entries = (
            as_one_product(line.entries, cell, self._names.knowledge_base) if _PARTS.search(cell) else line.entries
        )
        self.entries += [replace(taken_so(each, how, use, ended, self._names), codes=codes) for each in entries]
        return {name for entry in line.entries for name in entry.medicines} | set(line.allergies)

    def _stated(self, number: int, row: tuple[str, ...]) -> tuple[Use | None, int | None]:
        """Use and days since the end, from the columns for status, stop and start; None where they say nothing."""
        today = self._names.today
        stop = next((cell for cell in self._cells(row, ColumnUse.STOP) if not _NO_DATE.match(cell)), "")
        status = " ".join(self._cells(row, ColumnUse.STATUS))
        says_stopped = _STOPPED.search(status) and not re.match(r"not stopped", status)
        ended, days = self._ended(stop)
        if says_stopped:
            return Use.STOPPED, days
        if ended and _CURRENT.search(status):
            self._note(number, " has an end in the past but a current status: read as current")
        elif ended:
            return Use.STOPPED, days
        elif stop and days is None and not latest_day(stop.replace(" ", "T", 1)):
            self._note(number, " has an end that cannot be read as a past date: read as current")
        if _PLANNED.search(status):
            return Use.PLANNED, None
        starts = [day for cell in self._cells(row, ColumnUse.START) if (day := latest_day(cell.replace(" ", "T", 1)))]
        if starts and min(starts) > today:
            return Use.PLANNED, None
        return (Use.CURRENT if _CURRENT.search(status) else None), None

    def _ended(self, stop: str) -> tuple[bool, int | None]:
        """Whether the cell tells of an end in the past, and the days since; in doubt a medicine is current."""
        today = self._names.today
        if end := latest_day(stop.replace(" ", "T", 1)):
            return end <= today, max((today - end).days, 0)
        if years := [int(year) for year in re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", stop)]:
            return max(years) < today.year, (today - date(max(years), 12, 31)).days if max(years) < today.year else None
        return bool(_SAYS_ENDED.search(stop)), self._names.details(f"stopped {stop}").stopped_days_ago

    def _look_elsewhere(self, number: int, row: tuple[str, ...], told: set[str]) -> None:
        """Medicines that stand in other cells are named in a note: they may be taken too."""
        uses = (ColumnUse.OTHER, ColumnUse.HOW)
        words = [cell for use in uses for cell in self._cells(row, use) if not IDENTITY.search(normalise(cell[:1000]))]
        others = [name for cell in words for name in self._names.medicines(cell) if name not in told]
        if others:
            listed = ", ".join(dict.fromkeys(others))
            self._note(number, f": named in another column, not read as taken: {listed}")
