"""What the user entered, as we understood it."""

from dataclasses import dataclass, field

from components.clinical.line_details import LineDetails
from components.clinical.terms import EntryStatus, Matched


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
    details: LineDetails = field(default_factory=LineDetails)
    codes: tuple[str, ...] = ()
    """Codes that a file gives for it, to be shown: 'RxNorm 312938', 'ATC N06AB06'."""


@dataclass(frozen=True, slots=True)
class MedicationList:
    """A list as read: entries in, entries out plus notes."""

    entries: tuple[Entry, ...] = ()
    notes: tuple[str, ...] = ()
    allergies: tuple[str, ...] = ()
    """Ids of medicines to which the list says the patient is allergic."""
