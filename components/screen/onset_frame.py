"""What every view of the timeline shares: its takeaway, its limits, the keys of its signs."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import streamlit as st

from components.clinical.claims import id_of_view
from components.clinical.interface_words import say
from components.clinical.onset_choice import OnsetChoice
from components.clinical.onset_terms import Lane, OnsetView
from components.clinical.onset_words import LANE_NAMES
from components.screen.knowledge import knowledge_base
from components.screen.others_say import others_say
from components.screen.picture_frame import beside_limits, with_finding
from components.screen.presenter import presenting

POINTS_KEY = (
    say("onset_frame.treatment_arm"),
    say("onset_frame.comparator_arm"),
    say("onset_frame.line_joins_one_pair"),
    say("onset_frame.thin_line_interval"),
    say("shared.open_no_interval"),
    say("onset_frame.poolings_hold_some_single"),
)
HOW_TO_GO_ON = say("onset_frame.choose_least_one_treatment")
EXTRA_KEY = (
    say("onset_frame.right_of_line_more_responders"),
    say("onset_frame.thin_line_interval"),
    say("shared.open_no_interval"),
    say("onset_frame.poolings_hold_some_single"),
)


@contextmanager
def framed(view: OnsetView, finding: str = "") -> Iterator[None]:
    """Takeaway on top, the picture (the body of the with block) left, its limits right; below, what others say."""
    words = knowledge_base().onset.views[view]
    takeaway = words.patient["en"] if presenting() else with_finding(finding, words.takeaway)
    limits = [limit for limit in knowledge_base().onset.limits if view in limit.views]
    with beside_limits(takeaway, limits, view.value):
        yield
    others_say((id_of_view(view),), view.value, presenting())


def nothing_for(choice: OnsetChoice, shown: Iterable[Lane]) -> None:
    """Treatments that were chosen and have nothing in the picture: absence is said, never left to a blank."""
    held = set(shown)
    if missing := [LANE_NAMES[lane] for lane in choice.lanes if lane not in held]:
        st.markdown(say("onset_frame.nothing_picture_does_mean", names=", ".join(missing)))
