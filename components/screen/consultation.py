"""The consultation of this session: the one typed place for what pages share. Lost on reload, by design.

Longer than most modules: every change of the state is a function here, so that no other module writes it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import streamlit as st

from components.clinical.entry import MedicationList
from components.clinical.factors import PatientAnswers
from components.clinical.interaction_check import check
from components.clinical.interface_words import say
from components.clinical.knowledge_base import KnowledgeBase
from components.clinical.medicine_names import chosen_entry
from components.clinical.own_ssris import ssris_taken
from components.clinical.report import CheckReport
from components.clinical.sheet_advice import advisable
from components.clinical.terms import Region, Treatment
from components.exchange.list_limits import MOST_ENTRIES, ColumnChoice, ColumnUnsure, UnusableList
from components.exchange.medication_file import read_medication_file
from components.screen.knowledge import knowledge_base, name_index

_KEY, _NEWEST, _CHECKED = "consultation", "newest_consultation", "checked_consultation"


@dataclass(frozen=True, slots=True)
class Earlier:
    """What undo brings back: a list and what hangs on it. Choices made since then stay."""

    listed: MedicationList
    advised: tuple[str, ...]
    treatment: Treatment | None
    """The treatment for which advice was chosen."""
    compared: str | None
    """The changed list that was being compared."""


@dataclass(frozen=True, slots=True)
class WaitingTable:
    """A table that was given, with the columns to choose from."""

    content: bytes
    choices: tuple[ColumnChoice, ...]


@dataclass(frozen=True, slots=True)
class Consultation:
    """What was entered. Immutable: every change puts a new one in its place."""

    number: int = 0
    """Which one of this session; see own_key."""
    treatment: Treatment | None = None
    region: Region = Region.US
    listed: MedicationList = field(default_factory=MedicationList)
    takes_no_medicines: bool = False
    """Ticked by the user: an empty list is then an answer."""
    answers: PatientAnswers = field(default_factory=PatientAnswers)
    worries: tuple[str, ...] = ()
    """Ids of what the patient worries about, in the order of the tiles; never in the address."""
    questions: tuple[str, ...] = ()
    """Ids of questions that the patient wants to ask."""
    advised: tuple[str, ...] = ()
    """Ids of records and pairs whose advice the clinician put on the take-home sheet."""
    compared: str | None = None
    """The changed list with which the list is compared, as typed."""
    problem: str | None = None
    """One sentence on input that could not be used."""
    unopened: str | None = None
    """One sentence on a saved consultation that could not be opened."""
    before: Earlier | None = None
    """The list before the last removal, choice, clearing or sample."""
    waiting: WaitingTable | None = None
    """A table whose medicine column the user has yet to choose."""
    ended: "Consultation | None" = None
    """The consultation that 'New consultation', a sample or an opened file put aside; see bring_back."""
    sample: str | None = None
    """Id of the sample case that it was started from."""

    @property
    def is_empty(self) -> bool:
        """True when nothing was entered."""
        entered = replace(
            self, number=0, problem=None, unopened=None, waiting=None, before=None, ended=None, sample=None
        )
        return entered == Consultation()


def consultation() -> Consultation:
    """The consultation of this session."""
    current: Consultation = st.session_state.setdefault(_KEY, Consultation())
    return current


def newest() -> list[Consultation]:
    """A box with the consultation as it now is, for a file that is written when its button is pressed."""
    box: list[Consultation] = st.session_state.setdefault(_NEWEST, [consultation()])
    return box


def own_key(name: str) -> str:
    """The key of a widget into which something of this patient is typed: the next consultation starts with another."""
    number = consultation().number
    return f"{name}_{number}" if number else name


def _put(changed: Consultation) -> None:
    st.session_state[_KEY] = changed
    newest()[:] = [changed]


def _put_list(now: Consultation, listed: MedicationList) -> None:
    """Change the list. Advice stays on the sheet only for what the list still holds; undo brings the old list back."""
    if listed == now.listed:
        return  # a second click on the same button must not put an emptied list out of undo's reach
    offered = advisable(_checked(replace(now, listed=listed)))
    advised = tuple(each for each in now.advised if each in offered)
    _put(
        replace(
            now,
            listed=listed,
            takes_no_medicines=False,
            advised=advised,
            problem=None,
            before=Earlier(now.listed, now.advised, now.treatment, now.compared),
        )
    )


def set_treatment(treatment: Treatment | None) -> None:
    """Choose what is planned. Advice depends on it and is chosen anew."""
    _put(replace(consultation(), treatment=treatment, advised=()))


def set_region(region: Region) -> None:
    """Choose whose label counts."""
    _put(replace(consultation(), region=region))


def set_takes_no_medicines(takes_none: bool) -> None:
    """Say that there is nothing to list."""
    _put(replace(consultation(), takes_no_medicines=takes_none))


def set_answers(answers: PatientAnswers) -> None:
    """Keep what was said of the patient."""
    _put(replace(consultation(), answers=answers))


def put_in_place(whole: Consultation) -> None:
    """Put a whole consultation in the place of the present one; see whole_consultations for the way back."""
    _put(whole)


def set_compared(text: str | None) -> None:
    """Compare the list with a changed one; None ends it."""
    _put(replace(consultation(), compared=text))


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
    add_file(text.encode("utf-8", "replace"))


def add_file(content: bytes, column: int | None = None) -> None:
    """Add every medicine of a file; where its medicine column is not clear, it waits until ``column`` is chosen.

    A table that waits stays: what else is added meanwhile does not put it away.
    """
    now = consultation()
    try:
        added = read_medication_file(content, name_index(), knowledge_base(), column=column)
    except ColumnUnsure as question:
        if now.waiting and now.waiting.content != content:
            report_problem(say("consultation.another_table_still_waits"))
        else:
            _put(replace(now, problem=None, waiting=WaitingTable(content, question.choices)))
        return
    except UnusableList as problem:
        report_problem(str(problem))
        return
    if len(now.listed.entries) + len(added.entries) > MOST_ENTRIES:
        report_problem(say("consultation.list_would_too_long", most_entries=MOST_ENTRIES))
        return
    listed = MedicationList(
        now.listed.entries + added.entries,
        now.listed.notes + added.notes,
        tuple(dict.fromkeys(now.listed.allergies + added.allergies)),
        now.listed.beside + added.beside,
    )
    waiting = now.waiting if column is None else None
    _put(replace(now, listed=listed, takes_no_medicines=False, problem=None, before=None, waiting=waiting))


def drop_waiting_table() -> None:
    """Do not read the table after all."""
    _put(replace(consultation(), waiting=None, problem=None))


def report_problem(sentence: str) -> None:
    """Say what could not be used; nothing else changes."""
    _put(replace(consultation(), problem=sentence))


def report_unopened(sentence: str) -> None:
    """Say why a saved consultation could not be opened; nothing else changes."""
    _put(replace(consultation(), unopened=sentence))


def use_list(listed: MedicationList) -> None:
    """Put a changed list in the place of the present one; undo brings it back."""
    _put_list(consultation(), listed)


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
    """Bring back the list that the last removal, choice, clearing or changed list took; never another consultation."""
    now = consultation()
    if earlier := now.before:
        advised = earlier.advised if now.treatment is earlier.treatment else ()
        compared = now.compared if now.compared is not None else earlier.compared
        _put(replace(now, listed=earlier.listed, advised=advised, compared=compared, problem=None, before=None))


def ssris_on_the_list() -> tuple[str, ...]:
    """The patient's SSRIs; pages highlight them."""
    return ssris_taken(consultation().listed.entries, knowledge_base())


@dataclass(frozen=True, slots=True)
class _Checked:
    """What was checked against which knowledge base, and the answer."""

    consultation: Consultation
    base: KnowledgeBase
    report: CheckReport


def current_report() -> CheckReport:
    """The check of this consultation, reached anew when it or the knowledge base is another one."""
    now, base = consultation(), knowledge_base()
    kept: _Checked | None = st.session_state.get(_CHECKED)
    if kept is None or kept.consultation is not now or kept.base is not base:
        kept = st.session_state[_CHECKED] = _Checked(now, base, _checked(now))
    return kept.report


def _checked(now: Consultation) -> CheckReport:
    return check(now.listed, now.treatment, knowledge_base(), now.region, now.answers, now.takes_no_medicines)
