"""A table with a header (CSV) -> entries and notes, one row at a time."""

import csv
import io
import re
from dataclasses import dataclass, replace

from components.clinical.entry import Entry, MedicationList, NamedBeside
from components.clinical.interface_words import say
from components.clinical.line_words import normalise
from components.exchange.fhir_medicine import CODE, CodeSystem
from components.exchange.line_parts import stretches
from components.exchange.list_limits import MOST_COLUMNS, MOST_FILE_BYTES, MOST_ROWS, UnusableList
from components.exchange.list_patterns import IDENTITY, LINE_END
from components.exchange.listed_items import (
    NameReader,
    as_one_product,
    plain_words,
    refuse_too_many,
    taken_so,
    told_once,
)
from components.exchange.report_notes import row_in_words
from components.exchange.table_columns import ColumnUse, choose_column, is_header, is_of_allergies, use_of
from components.exchange.table_use import use_of_row
from components.exchange.text_list import LineReader

_MOST_LINES_ABOVE = 4
_DELIMITERS = (",", ";", "\t", "|")
_NAMES_THE_DELIMITER = re.compile(r'"?sep=.?"?')
_RULE = re.compile(r"[\s:=-]*$")
_SAYS_HOW_IT_STANDS = (ColumnUse.STATUS, ColumnUse.STOP, ColumnUse.START)
_PARTS = re.compile(r"\d ?m?c?g(?:/\w+)? / ", re.IGNORECASE)
"""Between the parts of one product: 'Acetaminophen 325 MG / Oxycodone 5 MG'."""


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
    return Table(header, tuple(body)) if len(header) <= MOST_COLUMNS and is_header(header, body, names) else None


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


def read_table_list(table: Table, names: NameReader, column: int | None) -> MedicationList:
    """Read each row of a table. Raises ColumnUnsure when nobody can tell which column holds the medicines."""
    if not any(any(row) for row in table.rows):
        raise UnusableList(say("table_list.table_has_no_rows"))
    if is_of_allergies(table.header):
        raise UnusableList(say("table_list.looks_like_table_allergies"))
    if len(table.rows) > MOST_ROWS:
        raise UnusableList(say("table_list.too_many_rows", most_rows=MOST_ROWS))
    medicine = choose_column(table.header, table.rows, names, column)
    _refuse_too_many(table, medicine)
    reader = _RowReader(table, medicine, names)
    for line in table.above:
        reader.read_above(line)
    for number, row in enumerate(table.rows, start=2):
        reader.read(number, row)
    entries, repeated = told_once(reader.entries, _further_rows)
    notes = [*reader.column_notes(), *reader.row_notes(), *repeated]
    return MedicationList(tuple(entries), tuple(notes), tuple(dict.fromkeys(reader.allergies)), reader.named_beside())


def _further_rows(number: int) -> str:
    return say("table_list.one_further_row") if number == 1 else say("table_list.further_rows", number=number)


def _refuse_too_many(table: Table, medicine: int) -> None:
    """Count different names before any is recognised: that of an unknown one takes long."""
    cells = {plain_words(row[medicine]) for row in table.rows if medicine < len(row)}
    refuse_too_many(sum(any(sign.isalpha() for sign in cell) for cell in cells))


class _RowReader:
    """Reads rows by what their columns mean."""

    def __init__(self, table: Table, medicine: int, names: NameReader) -> None:
        self._header, self._medicine, self._names = table.header, medicine, names
        uses = [use_of(name) for name in table.header]
        self._uses: list[ColumnUse] = [ColumnUse.OTHER if use is ColumnUse.MEDICINE else use for use in uses]
        self._uses[medicine] = ColumnUse.MEDICINE
        self._called = table.header[medicine] or say("shared.column", number=medicine + 1)
        self._people: list[set[str]] = [set() for _ in uses]
        self.entries: list[Entry] = []
        self._entered: set[str] = set()
        self._notes: dict[str, list[int]] = {}
        self._beside: dict[tuple[str, ...], list[int]] = {}
        self._lines: dict[str, LineReader] = {}
        self.allergies: list[str] = []
        self.above_notes: list[str] = []

    def column_notes(self) -> list[str]:
        """What was made of the columns, and whether they tell of several people."""
        left = [
            name or say("shared.without_name")
            for name, use in zip(self._header, self._uses, strict=True)
            if use.is_left_out
        ]
        notes = [say("table_list.medicines_read_from_column", called=self._called)]
        if left:
            notes.append(say("table_list.columns_left_out", names=", ".join(left)))
        if (people := max(map(len, self._people))) > 1:
            notes.append(say("table_list.table_may_hold_rows", patients=people))
        return [*self.above_notes, *notes]

    def row_notes(self) -> list[str]:
        """The notes of the rows, each once with its first row and the number of the others."""
        return [f"{row_in_words(rows[0], len(rows) - 1)}{said}" for said, rows in self._notes.items()]

    def named_beside(self) -> tuple[NamedBeside, ...]:
        """Medicines that stand in other cells, each group once with its first row and the number of the others."""
        return tuple(NamedBeside(rows[0], len(rows) - 1, names) for names, rows in self._beside.items())

    def _note(self, number: int, said: str) -> None:
        self._notes.setdefault(said, []).append(number)

    def _keep(self, entries: list[Entry]) -> None:
        """Add entries. Raises UnusableList as soon as they are too many, before the rest of a long table is read."""
        self.entries += entries
        self._entered.update(entry.entered for entry in entries)
        refuse_too_many(len(self._entered))

    def _line(self, number: int, words: str) -> LineReader:
        """Words of a row read as a line of text: each words once, its notes under the row."""
        if words not in self._lines:
            self._names.count(words)
            reader = LineReader(self._names.index, self._names.knowledge_base, self._names.today)
            for stretch in stretches(words):
                reader.read_line("", stretch)
            self._lines[words] = reader
        for note in self._lines[words].notes:
            self._note(number, note)
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
            reader.read_line(say("table_list.above_table"), stretch)
        self.above_notes += reader.notes
        self.allergies += reader.allergies
        self._keep(reader.entries)

    def read(self, number: int, row: tuple[str, ...]) -> None:
        """Turn one row into entries or a note with its number (the header is row 1)."""
        if all(_RULE.match(each) for each in row):
            self._note(number, say("table_list.skipped_empty"))
            return
        for column, (cell, use) in enumerate(zip(row, self._uses, strict=False)):
            if use is ColumnUse.PERSON and cell:
                self._people[column].add(cell)
        told: set[str] = set()
        if cell := plain_words(row[self._medicine]) if self._medicine < len(row) else "":
            told = self._read_cell(number, cell, row)
        else:
            self._note(number, say("table_list.no_medicine_column", called=self._called))
        self._look_elsewhere(number, row, told)
        if overhang := ", ".join(each for each in row[len(self._header) :] if each):
            self._note(number, say("table_list.has_more_cells_than"))
            self._keep(self._line(number, plain_words(overhang)).entries)

    def _read_cell(self, number: int, cell: str, row: tuple[str, ...]) -> set[str]:
        """Entries of the medicine cell, with what the other cells say of them; returns the ids that were told."""
        line = self._line(number, cell)
        told = plain_words(", ".join(self._cells(row, ColumnUse.HOW)))
        if (how := self._names.without_identity(told)) != told:
            self._note(number, say("table_list.identity_left_out"))
        statuses, stops, starts = (self._cells(row, use) for use in _SAYS_HOW_IT_STANDS)
        stated = use_of_row(statuses, stops, starts, self._names)
        if stated.doubt:
            self._note(number, stated.doubt)
        codes = tuple(
            CodeSystem.OTHER.named(code)
            for code in self._cells(row, ColumnUse.CODE)
            if CODE.fullmatch(code) and self._names.without_identity(code)
        )
        product = self._names.without_identity(cell)
        is_one = product and _PARTS.search(product)
        entries = as_one_product(line.entries, product, self._names.knowledge_base) if is_one else line.entries
        taken = [taken_so(each, how, stated.use, stated.ended_days_ago, self._names) for each in entries]
        self._keep([replace(each, codes=codes) for each in taken])
        return {name for entry in line.entries for name in entry.medicines} | set(line.allergies)

    def _look_elsewhere(self, number: int, row: tuple[str, ...], told: set[str]) -> None:
        """Medicines that stand in other cells are kept apart: they may be taken too."""
        uses = (ColumnUse.OTHER, ColumnUse.HOW)
        words = [cell for use in uses for cell in self._cells(row, use) if not IDENTITY.search(normalise(cell[:1000]))]
        others = [name for cell in words for name in self._names.medicines(cell) if name not in told]
        if others:
            self._beside.setdefault(tuple(dict.fromkeys(others)), []).append(number)
