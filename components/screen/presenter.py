"""Presenter mode: one switch enlarges type and hides the controls, for a screen that two people look at."""

import streamlit as st

from components.charts.picture import Look, look

_KEY = "presenter"
_LARGE_TYPE = """<style>
html { font-size: 22px; }
[class*="st-key-chart_"] { max-width: none; }
.st-key-choices, div:has(> .st-key-choices:only-child) { display: none; }
[class*="st-key-numbers_"], .st-key-one_study, .st-key-not_drawn { display: none; }
.st-key-one_figure, .st-key-other_figures { display: none; }
</style>"""


def presenter_switch() -> None:
    """The switch, in the address so that a link opens the page as presented."""
    if st.toggle("Presenter mode", key=_KEY, bind="query-params", help="Larger type, no controls"):
        st.html(_LARGE_TYPE)


def presenting() -> bool:
    """True while presenter mode is on; needs presenter_switch earlier in the run."""
    return bool(st.session_state.get(_KEY, False))


def chart_look() -> Look:
    """Lettering for charts: presenter mode and the reader's theme."""
    return look(large=presenting(), dark=st.context.theme.type == "dark")
