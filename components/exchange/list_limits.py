"""How much of a list can be read, and what a reader raises when it cannot."""

from dataclasses import dataclass

from components.clinical.interface_words import say

MOST_ENTRIES = 1000
MOST_CHARACTERS = 200_000
"""Of plain text; tables and FHIR hold far more around each medicine and may be as long as the file."""
MOST_READ_CHARACTERS = 1_000_000
"""Of different words of a table or FHIR file in which medicines are looked for."""
MOST_ROWS = 20_000
"""Of a table, and requests or statements of a FHIR file: even equal ones take their time."""
MOST_COLUMNS = 500
MOST_FILE_MEGABYTES = 20
MOST_FILE_BYTES = MOST_FILE_MEGABYTES * 1024 * 1024


class UnusableList(ValueError):
    """The input cannot be read as a medication list; the message is one plain sentence for the user."""


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    """A column that may hold the medicines."""

    place: int
    """Counted from 0; titles may be equal or missing."""
    title: str
    examples: tuple[str, ...]
    """At most three of its cells, none that looks like identity."""

    @property
    def called(self) -> str:
        """Its title, or its number where it has none."""
        return self.title or say("shared.column", number=self.place + 1)


class ColumnUnsure(UnusableList):
    """A table whose medicine column the user must choose; read it again with the place of that column."""

    def __init__(self, choices: tuple[ColumnChoice, ...]) -> None:
        self.choices = choices
        named = ", ".join(f"'{choice.called}'" for choice in choices)
        super().__init__(say("list_limits.not_clear_which_column", named=named))


def too_much_to_read() -> str:
    """One sentence for a file with more words round its medicines than can be looked through."""
    return say("list_limits.too_much_to_read", most_characters=MOST_READ_CHARACTERS)


def too_long() -> str:
    """One sentence for a list with more entries or text than can be checked."""
    most = say("list_limits.entries_characters", most_entries=MOST_ENTRIES, most_characters=MOST_CHARACTERS)
    return say("list_limits.list_too_long_most", most=most)
