"""Typed lines for the take-home sheet: one a line, short enough to print, without a patient's identity."""

from dataclasses import dataclass

from components.exchange.list_patterns import IDENTITY

MOST_LINES, LONGEST_LINE = 12, 240
MOST_CHARACTERS = 2000


@dataclass(frozen=True, slots=True)
class TypedLines:
    """Lines as they are printed, and what was left out."""

    lines: tuple[str, ...]
    notes: tuple[str, ...]


def read_typed_lines(text: str) -> TypedLines:
    """Lines that go on the sheet; a line that looks like identity and lines past the limit are named, not printed."""
    lines: list[str] = []
    notes: list[str] = []
    for number, line in enumerate((" ".join(each.split()) for each in text.splitlines()), start=1):
        if not line:
            continue
        if IDENTITY.search(line.lower()):
            notes.append(f"Line {number} is left off: it looks like a name, number or address. The sheet holds none.")
        elif len(lines) == MOST_LINES:
            notes.append(f"Line {number} and what follows is left off: the sheet has room for {MOST_LINES} lines.")
            break
        else:
            if len(line) > LONGEST_LINE:
                notes.append(f"Line {number} is cut after {LONGEST_LINE} letters.")
            lines.append(line[:LONGEST_LINE])
    return TypedLines(tuple(lines), tuple(notes))
