"""What the user entered, as we understood it."""

from dataclasses import dataclass, field

from components.clinical.line_details import LineDetails
from components.clinical.terms import EntryStatus, Matched, Use


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that the user entered.

    ``recognition`` is ASSESSED for names of the knowledge base (whether a record exists is the check's matter),
    NOT_ASSESSED for a real medicine that only the public name list knows, AMBIGUOUS or NOT_RECOGNISED.
    """

    entered: str
    recognition: EntryStatus
    medicines: tuple[str, ...] = ()
    """Ids of every medicine in it; for NOT_ASSESSED the substance name of the public list."""
    product: str | None = None
    """Id of the combination product, if it is one."""
    matched: Matched | None = None
    suggestions: tuple[str, ...] = ()
    """Ids to choose from: all meanings of an ambiguous name, at most three guesses for an unknown one."""
    resembled: tuple[str, ...] = ()
    """For each suggestion the brand or other name that resembles what was entered; empty where its own name does."""
    details: LineDetails = field(default_factory=LineDetails)
    codes: tuple[str, ...] = ()
    """Codes that a file gives for it, to be shown: 'RxNorm 312938', 'ATC N06AB06'."""

    @property
    def choices(self) -> tuple[str, ...]:
        """The suggestions as a reader sees them: 'Xyzal (levocetirizine)' where a brand resembles what was entered."""
        names = self.resembled or ("",) * len(self.suggestions)
        told = zip(self.suggestions, names, strict=True)
        return tuple(f"{name} ({thing})" if name else thing for thing, name in told)


@dataclass(frozen=True, slots=True)
class NamedBeside:
    """Medicines that a table names in another column than the medicine's: not read as taken, yet they may be."""

    row: int
    """The first that names them; the header is row 1."""
    further_rows: int
    medicines: tuple[str, ...]
    """Ids, or substance names of the public list."""


@dataclass(frozen=True, slots=True)
class MedicationList:
    """A list as read: entries in, entries out plus notes."""

    entries: tuple[Entry, ...] = ()
    notes: tuple[str, ...] = ()
    allergies: tuple[str, ...] = ()
    """Ids of medicines to which the list says the patient is allergic."""
    beside: tuple[NamedBeside, ...] = ()

    @property
    def taken(self) -> frozenset[str]:
        """Medicines of every entry that is not stopped."""
        return frozenset(
            name for entry in self.entries if entry.details.use is not Use.STOPPED for name in entry.medicines
        )
