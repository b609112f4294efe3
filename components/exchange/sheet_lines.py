"""Typed lines for the take-home sheet: short enough to print, without a patient's identity."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from components.clinical.interface_words import say
from components.clinical.line_words import normalise
from components.exchange.birth_dates import birth_dates
from components.exchange.list_patterns import IDENTITY_IN_PROSE

LONGEST_LINE = 200


@dataclass(frozen=True, slots=True)
class TypedLines:
    """Lines as they are printed, and what was left out."""

    lines: tuple[str, ...]
    notes: tuple[str, ...]


def read_typed_lines(typed: Iterable[str], today: date | None = None) -> TypedLines:
    """Lines that go on the sheet; one that looks like identity or is too long is named.

    ``today`` tells which date is that of a birth; the current date if left out.
    """
    today = today or date.today()
    lines: list[str] = []
    notes: list[str] = []
    for line in (" ".join(each.split()) for each in typed):
        if not line:
            continue
        if IDENTITY_IN_PROSE.search(normalise(line)) or any(each.is_certain for each in birth_dates(line, today)):
            notes.append(say("sheet_lines.line_left_off_looks"))
            continue
        if len(line) > LONGEST_LINE:
            notes.append(say("sheet_lines.line_cut_after_letters", longest_line=LONGEST_LINE))
        lines.append(line[:LONGEST_LINE])
    return TypedLines(tuple(lines), tuple(notes))
