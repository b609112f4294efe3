"""The consultation of this session: the one typed place for what pages share. Lost on reload, by design."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import streamlit as st

from components.clinical.entry import MedicationList
from components.clinical.interaction_check import check
from components.clinical.medicine_names import chosen_entry
from components.clinical.records import SampleCase
from components.clinical.report import CheckReport
from components.clinical.sheet_builder import advisable
from components.clinical.terms import Treatment, Use
from components.exchange.medication_list import MOST_ENTRIES, UnusableList, read_medication_list
from components.screen.knowledge import knowledge_base, name_index

_KEY = "consultation"


@dataclass(frozen=True, slots=True)
class Earlier:
    """What undo brings back: a list and what hangs on it. Choices made since then stay."""

    listed: MedicationList
    advised: tuple[str, ...]
    treatment: Treatment | None
    """The treatment for which advice was chosen."""
    with_treatment: bool = False
    """True where the step had changed the treatment, too."""


@dataclass(frozen=True, slots=True)
class Consultation:
    """What was entered. Immutable: every change puts a new one in its place."""

    treatment: Treatment | None = None
    listed: MedicationList = field(default_factory=MedicationList)
    worries: tuple[str, ...] = ()
    """Ids of what the patient worries about, in the order of the tiles; never in the address."""
    questions: tuple[str, ...] = ()
    """Ids of questions that the patient wants to ask."""
    advised: tuple[str, ...] = ()
    """Ids of records and pairs whose advice the clinician put on the take-home sheet."""
    problem: str | None = None
    """One sentence on input that could not be used."""
    before: Earlier | None = None
    """The list before the last removal, choice, clearing or sample."""


def consultation() -> Consultation:
    """The consultation of this session."""
    current: Consultation = st.session_state.setdefault(_KEY, Consultation())
    return current


def _put(changed: Consultation) -> None:
    st.session_state[_KEY] = changed


def _put_list(now: Consultation, listed: MedicationList) -> None:
    """Change the list. Advice stays on the sheet only for what the list still holds; undo brings the old list back."""
    offered = advisable(check(listed, now.treatment, knowledge_base()))
    advised = tuple(each for each in now.advised if each in offered)
    _put(
        replace(
            now, listed=listed, advised=advised, problem=None, before=Earlier(now.listed, now.advised, now.treatment)
        )
    )


def set_treatment(treatment: Treatment | None) -> None:
    """Choose what is planned. Advice depends on it and is chosen anew."""
    _put(replace(consultation(), treatment=treatment, advised=()))


def set_worries(worries: Sequence[str]) -> None:
    """Keep what the patient worries about."""
    _put(replace(consultation(), worries=tuple(worries)))


def set_question(question: str, wanted: bool) -> None:
    """Put a question on the take-home sheet, or take it off."""
    now = consultation()
    kept = tuple(each for each in now.questions if each != question)
    _put(replace(now, questions=(*kept, question) if wanted else kept))


def set_advised(records: Sequence[str]) -> None:
    """Choose whose advice goes on the take-home sheet."""
    _put(replace(consultation(), advised=tuple(records)))


def add_text(text: str) -> None:
    """Add every medicine of a typed or pasted text; unusable text leaves the list as it is and says why."""
    now = consultation()
    try:
        added = read_medication_list(text, name_index(), knowledge_base())
    except UnusableList as problem:
        _put(replace(now, problem=str(problem)))
        return
    if len(now.listed.entries) + len(added.entries) > MOST_ENTRIES:
        _put(
            replace(
                now, problem=f"The list would be too long: at most {MOST_ENTRIES:,} entries can be checked at once."
            )
        )
        return
    listed = MedicationList(
        now.listed.entries + added.entries,
        now.listed.notes + added.notes,
        tuple(dict.fromkeys(now.listed.allergies + added.allergies)),
    )
    _put(replace(now, listed=listed, problem=None, before=None))


def remove_entry(position: int) -> None:
    """Take one entry off the list; undo brings it back."""
    now = consultation()
    entries = now.listed.entries
    if position < len(entries):
        _put_list(now, replace(now.listed, entries=entries[:position] + entries[position + 1 :]))


def choose_medicine(position: int, thing: str) -> None:
    """Settle an ambiguous or misspelt entry; what was typed stays beside it."""
    now = consultation()
    entries = list(now.listed.entries)
    if position < len(entries):
        entries[position] = chosen_entry(entries[position], thing, knowledge_base())
        _put_list(now, replace(now.listed, entries=tuple(entries)))


def clear_list() -> None:
    """Start over; the treatment stays, undo brings the list back."""
    _put_list(consultation(), MedicationList())


def undo() -> None:
    """Bring back the list that the last removal, choice, clearing or sample took; later choices stay."""
    now = consultation()
    if earlier := now.before:
        treatment = earlier.treatment if earlier.with_treatment else now.treatment
        advised = earlier.advised if treatment is earlier.treatment else ()
        back = replace(now, treatment=treatment, listed=earlier.listed, advised=advised)
        _put(replace(back, problem=None, before=None))


def load_sample(sample: SampleCase) -> None:
    """Replace the list by a demonstration case."""
    now = consultation()
    listed = read_medication_list(sample.medicines, name_index(), knowledge_base())
    before = Earlier(now.listed, now.advised, now.treatment, with_treatment=True) if now.listed.entries else None
    _put(replace(now, treatment=sample.treatment, listed=listed, advised=(), problem=None, before=before))


def ssris_on_the_list() -> tuple[str, ...]:
    """Ids of the SSRIs that the patient takes or plans, each once; pages highlight them."""
    base = knowledge_base()
    taken = [
        medicine
        for entry in consultation().listed.entries
        if entry.details.use is not Use.STOPPED
        for medicine in entry.medicines
    ]
    return tuple(
        dict.fromkeys(each for each in taken if (known := base.medicines.get(each)) and known.medicine_class == "ssri")
    )


def current_report() -> CheckReport:
    """The check of this consultation; reached anew on every rerun, it takes about a millisecond."""
    now = consultation()
    return check(now.listed, now.treatment, knowledge_base())
