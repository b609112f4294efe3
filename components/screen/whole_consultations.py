"""Whole consultations: saved to a file, opened from one, or taken from the sample cases."""

from dataclasses import replace

from components.clinical.factors import FactorGroup, PatientAnswers
from components.clinical.records import SampleCase
from components.exchange.consultation_file import (
    SavedConsultation,
    UnusableConsultation,
    open_consultation,
    save_consultation,
)
from components.exchange.medication_list import read_medication_list
from components.screen.consultation import Consultation, report_unopened, start_with
from components.screen.knowledge import knowledge_base, name_index


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
    """Put a saved consultation in the place of the present one; undo brings the present one back."""
    try:
        saved, notes = open_consultation(content, name_index(), knowledge_base())
    except UnusableConsultation as problem:
        report_unopened(str(problem))
        return
    start_with(
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
    """Replace the consultation by a demonstration case; undo brings the present one back."""
    start_with(
        Consultation(
            treatment=sample.treatment,
            region=sample.region,
            listed=read_medication_list(sample.medicines, name_index(), knowledge_base()),
            answers=PatientAnswers(
                sample.patient_factors, frozenset(FactorGroup) if sample.factors_asked else frozenset()
            ),
            worries=sample.worries,
        )
    )
