"""Evidence: every record and source that the app speaks from, what others say, and what the app may do wrong."""

import streamlit as st

from components.clinical.interface_words import say
from components.screen.claims_view import others_say
from components.screen.evidence_views import (
    EVIDENCE_VIEW_TITLES,
    EvidenceView,
    asked_by_address,
    records,
    what_stands_here,
)
from components.screen.frame import require_frame
from components.screen.hazards_view import hazards_and_limits, intended_use
from components.screen.knowledge import look_for_changes
from components.screen.source_views import sources
from components.screen.turns import my_turn
from components.screen.view_switch import view_switch
from components.screen.what_changed import what_changed

require_frame()

DRAWN_BY = {
    EvidenceView.RECORDS: records,
    EvidenceView.SOURCES: sources,
    EvidenceView.OTHERS_SAY: others_say,
    EvidenceView.HAZARDS: hazards_and_limits,
    EvidenceView.INTENDED_USE: intended_use,
    EvidenceView.WHAT_CHANGED: what_changed,
}

st.title(say("shared.evidence"))


@st.fragment
@my_turn()
def views() -> None:
    """A choice reruns the views only, not the frame round them."""
    look_for_changes()
    what_stands_here()
    DRAWN_BY[view_switch(EVIDENCE_VIEW_TITLES, "evidence")]()


if not asked_by_address():
    views()
