"""Notes of a report: what happened to lines that are not entries, and what to mind."""

from components.clinical.entry import MedicationList, NamedBeside
from components.clinical.interface_words import say
from components.clinical.report import CheckReport
from components.clinical.wording import NO_TREATMENT

TREATMENT_NOT_CHOSEN = say("report_notes.treatment_not_chosen", what_counts=NO_TREATMENT)


def all_notes(report: CheckReport) -> tuple[str, ...]:
    """For a report that leaves the screen."""
    return (*about_the_treatment(report), *notes_of_list(report))


def about_the_treatment(report: CheckReport) -> tuple[str, ...]:
    """The one note of a report without a treatment."""
    return () if report.treatment else (TREATMENT_NOT_CHOSEN,)


def notes_of_list(listed: MedicationList | CheckReport) -> tuple[str, ...]:
    """Notes of the list, those on medicines in another column last."""
    beside = (
        say("report_notes.in_another_column_not_taken", rows=rows_in_words(each), names=", ".join(each.medicines))
        for each in listed.beside
    )
    return (*listed.notes, *beside)


def rows_in_words(named: NamedBeside) -> str:
    """'row 2 and 3 more'."""
    return row_in_words(named.row, named.further_rows)


def row_in_words(row: int, further_rows: int) -> str:
    """'row 2'; 'row 2 and 3 more'."""
    more = say("report_notes.and_more", number=further_rows) if further_rows else ""
    return say("report_notes.row", row=row, more=more)
