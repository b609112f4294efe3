"""Whole consultations: begun, put aside and brought back; saved to a file, opened from one, or a sample case."""

from dataclasses import replace

import streamlit as st

from components.clinical.factors import FactorGroup, PatientAnswers
from components.clinical.sample_case import SampleCase
from components.exchange.consultation_file import (
    SavedConsultation,
    UnusableConsultation,
    open_consultation,
    save_consultation,
)
from components.exchange.medication_list import read_medication_list
from components.screen.consultation import Consultation, consultation, put_in_place, report_unopened
from components.screen.knowledge import knowledge_base, name_index

_BEGUN = "consultations_begun"


def new_consultation() -> None:
    """Start with nothing; bring_back returns to the old one."""
    _start_with(Consultation())


def _start_with(fresh: Consultation) -> None:
    """Put another consultation in the place of the present one; bring_back returns to the present one.

    Where nothing was entered, there is nothing to return to: what was put aside before stays within reach.
    """
    st.session_state[_BEGUN] = st.session_state.get(_BEGUN, 0) + 1
    put_in_place(replace(fresh, number=st.session_state[_BEGUN], ended=_put_aside(consultation())))


def bring_back() -> None:
    """Return to the consultation that was put aside; the present one is put aside in its place."""
    now = consultation()
    if now.ended:
        put_in_place(replace(now.ended, problem=None, unopened=None, ended=_put_aside(replace(now, ended=None))))


def _put_aside(now: Consultation) -> Consultation | None:
    """What is kept of a consultation that makes way: itself, or what it had put aside when nothing was entered in it.

    An emptied list counts as entered as long as nothing else would be kept, for it can still be brought back.
    """
    if now.is_empty and (now.ended or not now.before):
        return now.ended
    return replace(now, ended=None)


def as_file(now: Consultation) -> bytes:
    """A consultation as a file of the user's own."""
    return save_consultation(
        SavedConsultation(
            knowledge=knowledge_base().knowledge.content_hash,
            treatment=now.treatment,
            region=now.region,
            listed=now.listed,
            answers=now.answers,
            takes_no_medicines=now.takes_no_medicines,
            worries=now.worries,
            questions=now.questions,
            advised=now.advised,
        )
    )


def open_saved(content: bytes) -> None:
    """Put a saved consultation in the place of the present one; bring_back returns to the present one."""
    try:
        saved, notes = open_consultation(content, name_index(), knowledge_base())
    except UnusableConsultation as problem:
        report_unopened(str(problem))
        return
    _start_with(
        Consultation(
            treatment=saved.treatment,
            region=saved.region,
            listed=replace(saved.listed, notes=(*saved.listed.notes, *notes)),
            answers=saved.answers,
            takes_no_medicines=saved.takes_no_medicines,
            worries=saved.worries,
            questions=saved.questions,
            advised=saved.advised,
        )
    )


def load_sample(sample: SampleCase) -> None:
    """Replace the consultation by a demonstration case; bring_back returns to the present one."""
    _start_with(
        Consultation(
            treatment=sample.treatment,
            region=sample.region,
            listed=read_medication_list(sample.medicines, name_index(), knowledge_base()),
            answers=PatientAnswers(
                sample.patient_factors, frozenset(FactorGroup) if sample.factors_asked else frozenset()
            ),
            worries=sample.worries,
            sample=sample.id,
        )
    )
