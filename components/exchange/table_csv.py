"""Rows of a table as a CSV file that a spreadsheet opens without running anything."""

import csv
from collections.abc import Mapping, Sequence
from io import StringIO

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
Cell = str | float | int | None


def rows_as_csv(rows: Sequence[Mapping[str, Cell]]) -> bytes:
    """UTF-8 with a byte order mark (spreadsheets then show accents); text that could be a formula gets an apostrophe.

    Numbers stay numbers, negative ones too. No rows give an empty file.
    """
    text = StringIO(newline="")
    if rows:
        writer = csv.DictWriter(text, fieldnames=list(rows[0]), lineterminator="\r\n")
        writer.writeheader()
        writer.writerows({column: _harmless(cell) for column, cell in row.items()} for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _harmless(cell: Cell) -> Cell:
    if isinstance(cell, str) and cell.startswith(FORMULA_STARTS):
        return f"'{cell}"
    return cell
