"""Rows of a table as a CSV file that a spreadsheet opens without running anything."""

import csv
import re
from collections.abc import Mapping, Sequence
from io import StringIO

FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")
"""Full-width ones too, which some spreadsheets take for the narrow ones."""
_COULD_RUN = re.compile(rf"[ \u00a0\u200b-\u200f\u2060\ufeff]*[{re.escape(''.join(FORMULA_STARTS))}]")
"""Some drop blanks and invisible signs in front."""
Cell = str | float | int | None


def rows_as_csv(rows: Sequence[Mapping[str, Cell]]) -> bytes:
    """UTF-8 with a byte order mark (spreadsheets then show accents); text that could be a formula gets an apostrophe.

    Numbers stay numbers, negative ones too. No rows give an empty file.
    """
    text = StringIO(newline="")
    if rows:
        writer = csv.DictWriter(text, fieldnames=list(rows[0]), lineterminator="\r\n")
        writer.writerow({column: _harmless(column) for column in rows[0]})
        writer.writerows({column: _harmless(cell) for column, cell in row.items()} for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _harmless(cell: Cell) -> Cell:
    if isinstance(cell, str) and _COULD_RUN.match(cell):
        return f"'{cell}"
    return cell
