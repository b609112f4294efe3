"""Treatment fit: the patient against the planned treatment; what every session needs; who might benefit; the SSRI."""

from collections.abc import Callable

import streamlit as st

from components.clinical.factors import SUICIDAL_THOUGHTS
from components.clinical.fit import FitSection
from components.clinical.interface_words import say
from components.screen.checklist_view import session_checklist
from components.screen.consultation import consultation, current_report
from components.screen.entry_widgets import treatment_choice
from components.screen.factor_widgets import (
    factor_groups,
    numbers,
    region_choice,
    setting_choice,
)
from components.screen.fit_cards import acute_suicidal_thoughts, fit_cards
from components.screen.fit_view import FIT_VIEW_TITLES, FitView, factor_findings, fit_answer
from components.screen.frame import require_frame
from components.screen.view_switch import view_switch

require_frame()


def this_patient() -> None:
    """The answer above; asked on the left, one card for each factor on the right."""
    report = current_report()
    fit_answer(report)
    with st.container(key="patient_columns"):
        with st.container(key="asking"):
            with st.container(key="asked_first"):
                treatment_choice()
                with st.container(gap="xsmall"):
                    with st.container(horizontal=True):
                        region_choice()
                        setting_choice()
                    st.markdown(say("page_treatment_fit.we_count_stricter_label"))
                numbers()
            factor_groups()
        factor_findings(report)


def who_might_benefit() -> None:
    """For whom it is not, then resistance, situations and anxiety: options to discuss, never a score."""
    for section in (FitSection.NOT_FOR, FitSection.RESISTANT, FitSection.SITUATIONS, FitSection.ANXIETY):
        fit_cards(section)


DRAWN_BY: dict[FitView, Callable[[], None]] = {
    FitView.PATIENT: this_patient,
    FitView.CHECKLIST: lambda: session_checklist(current_report()),
    FitView.BENEFIT: who_might_benefit,
    FitView.SSRI: lambda: fit_cards(FitSection.AFTER_SSRI),
}
st.title(say("shared.treatment_fit"))
above = st.container()
view = view_switch(FIT_VIEW_TITLES, "fit")
with above:
    has_such_thoughts = SUICIDAL_THOUGHTS in consultation().answers.factors
    acute_suicidal_thoughts(has_such_thoughts, in_full=view is FitView.PATIENT)
DRAWN_BY[view]()
