"""Treatment fit: the patient against the planned treatment; what every session needs; who might benefit; the SSRI."""

import streamlit as st

from components.clinical.fit import FitSection
from components.screen.consultation import consultation, current_report
from components.screen.entry_widgets import treatment_choice
from components.screen.factor_widgets import factor_groups, numbers, region_choice, setting_choice
from components.screen.fit_cards import SECTION_NAMES, acute_suicidal_thoughts, fit_cards
from components.screen.fit_view import (
    FIT_VIEW_TITLES,
    SUICIDAL_THOUGHTS,
    FitView,
    factor_findings,
    fit_answer,
    session_checklist,
)
from components.screen.frame import require_frame
from components.screen.view_switch import view_switch

require_frame()


def this_patient() -> None:
    """Asked on the left, answered on the right, the answer in one line above both."""
    report = current_report()
    fit_answer(report)
    asking, reading = st.columns([3, 4], gap="large")
    with asking, st.container(key="asking"):
        treatment_choice()
        with st.container(horizontal=True):
            region_choice()
            setting_choice()
        numbers()
        factor_groups()
    with reading:
        factor_findings(report)


def who_might_benefit() -> None:
    """Situations, resistance, anxiety, and for whom it is not: options to discuss, never a score."""
    for section in (FitSection.RESISTANT, FitSection.SITUATIONS, FitSection.ANXIETY, FitSection.NOT_FOR):
        st.header(SECTION_NAMES[section])
        fit_cards(section)


def the_ssri_afterwards() -> None:
    """With it, with less of it, without it; who decides, and how slowly."""
    st.header(SECTION_NAMES[FitSection.AFTER_SSRI])
    fit_cards(FitSection.AFTER_SSRI)


st.title("Treatment fit")
acute_suicidal_thoughts(is_present=SUICIDAL_THOUGHTS in consultation().answers.factors)
DRAWN_BY = {
    FitView.PATIENT: this_patient,
    FitView.CHECKLIST: lambda: session_checklist(current_report()),
    FitView.BENEFIT: who_might_benefit,
    FitView.SSRI: the_ssri_afterwards,
}
DRAWN_BY[view_switch(FIT_VIEW_TITLES, "fit")]()
