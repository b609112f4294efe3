"""Presenter mode: one switch enlarges type and hides the controls, for a screen that two people look at."""

import streamlit as st

from components.charts.picture import Look, look
from components.clinical.interface_words import say

PRESENTED = frozenset({"onset_timeline", "side_effects", "patient_guide"})
"""Addresses of the pages that have the switch; the others are never presented."""
_KEY, _IS_PRESENTED = "presenter", "page_has_presenter_switch"
_LARGE_TYPE = """<style>
html { font-size: 22px; }
header nav { display: none !important; }
.st-key-draft-banner > :last-child p { font-size: 0.75rem; }
[class*="st-key-chart_"] { max-width: none; }
.st-key-choices, div:has(> .st-key-choices:only-child) { display: none; }
[class*="st-key-numbers_"], .st-key-one_study, .st-key-not_drawn { display: none; }
.st-key-one_figure, .st-key-other_figures { display: none; }
</style>"""


def presenter_switch() -> None:
    """The switch, in the address so that a link opens the page as presented."""
    if st.toggle(
        say("presenter.presenter_mode"), key=_KEY, bind="query-params", help=say("presenter.larger_type_no_controls")
    ):
        st.html(_LARGE_TYPE)


def remember_page(address: str) -> None:
    """Once a run, before anything is drawn: the switch, left on, says nothing of a page that has none."""
    st.session_state[_IS_PRESENTED] = address in PRESENTED


def presenting() -> bool:
    """True while this page is presented; before the switch is drawn, as the last run or the address has it."""
    if not st.session_state.get(_IS_PRESENTED, False):
        return False
    return bool(st.session_state.get(_KEY, st.query_params.get(_KEY) == "true"))


def chart_look() -> Look:
    """Lettering for charts: presenter mode and the reader's theme."""
    return look(large=presenting(), dark=st.context.theme.type == "dark")
