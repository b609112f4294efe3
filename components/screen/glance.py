"""The consultation in one glance, in the sidebar of every page; from here it is started anew."""

import streamlit as st

from components.clinical.report import CheckReport
from components.clinical.wording import TREATMENT_NAMES
from components.screen.consultation import (
    consultation,
    current_report,
    new_consultation,
    newest,
    undo,
)
from components.screen.factor_widgets import GROUP_NAMES, REGION_NAMES
from components.screen.marks import severity_badge
from components.screen.presenter import presenting
from components.screen.safe_text import plain
from components.screen.whole_consultations import as_file, open_saved

_TURN = "saved_file_turn"


def glance() -> None:
    """Treatment, list, highest severity and what is incomplete. Nothing while a page is presented to a patient."""
    if presenting():
        return
    now, report = consultation(), current_report()
    with st.sidebar, st.container(key="consultation_glance", gap="small"):
        st.markdown("**This consultation**")
        if now.is_empty:
            st.markdown("Nothing entered yet.")
        else:
            st.markdown("  \n".join(_lines(report)))
            st.markdown("\n".join(f"- {each}" for each in _incomplete(report)) or "Complete.")
        if now.unopened:
            st.error(plain(now.unopened), icon=":material/error:")
        _actions()


def _lines(report: CheckReport) -> list[str]:
    treatment = TREATMENT_NAMES[report.treatment] if report.treatment else "Treatment not chosen"
    highest = severity_badge(report.highest_severity) if report.highest_severity else "none found"
    entries = "no medicines taken" if report.takes_no_medicines else f"{report.counts.entered} on the list"
    return [
        plain(treatment),
        f"{REGION_NAMES[report.region]} · {entries}",
        f"Highest: {highest}",
    ]


def _incomplete(report: CheckReport) -> list[str]:
    unchecked = report.counts.entered - report.counts.assessed
    not_asked = len(GROUP_NAMES) - len(consultation().answers.asked)
    missing = [
        (report.treatment is None, "Treatment not chosen"),
        (not report.entries and not report.takes_no_medicines, "No medicine entered"),
        (unchecked > 0, f"{unchecked} of the list not checked"),
        (not_asked > 0, f"{not_asked} of {len(GROUP_NAMES)} factor groups not asked"),
    ]
    return [words for is_so, words in missing if is_so]


def _actions() -> None:
    now, box = consultation(), newest()
    if not now.is_empty:
        st.download_button(
            "Save to a file",
            data=lambda: as_file(box[0]),
            file_name="ketamine-consult-consultation.json",
            mime="application/json",
            icon=":material/save:",
            key="save_consultation",
            on_click="ignore",
            help="The file is yours and holds what was entered. Nothing stays on the server.",
        )
    st.button("New consultation", key="new_consultation", icon=":material/restart_alt:", on_click=new_consultation)
    if now.ended:
        st.button("Bring the last one back", key="bring_back", icon=":material/undo:", on_click=undo)
    with st.expander("Open a saved one", key="open_saved_box"):
        _saved_file()


def _saved_file() -> None:
    """Read at once; the uploader is then replaced by an empty one."""
    turn = st.session_state.setdefault(_TURN, 0)
    given = st.file_uploader("Saved consultation", type=["json"], key=f"saved_file_{turn}")
    if given is not None:
        st.session_state[_TURN] = turn + 1
        open_saved(given.getvalue())
        st.rerun()
