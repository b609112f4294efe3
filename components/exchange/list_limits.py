"""How much of a list can be read, and what a reader raises when it cannot."""

MOST_ENTRIES = 1000
MOST_CHARACTERS = 200_000
"""Of plain text; tables and FHIR hold far more around each medicine and may be as long as the file."""
MOST_FILE_BYTES = 20 * 1024 * 1024


class UnusableList(ValueError):
    """The input cannot be read as a medication list; the message is one plain sentence for the user."""


class ColumnUnsure(UnusableList):
    """A table whose medicine column the user must choose; read it again with the name of that column."""

    def __init__(self, columns: tuple[str, ...], examples: tuple[tuple[str, ...], ...]) -> None:
        self.columns = columns
        self.examples = examples
        """At most three cells of each column, none that looks like identity."""
        named = ", ".join(f"'{column}'" for column in columns)
        super().__init__(f"It is not clear which column of the table holds the medicines: choose one of {named}.")


def too_long() -> str:
    """One sentence for a list with more entries or text than can be checked."""
    most = f"{MOST_ENTRIES:,} entries and {MOST_CHARACTERS:,} characters"
    return f"The list is too long: at most {most} can be checked at once."
