"""What every view of the timeline shares: its takeaway, its limits, the keys of its signs."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import streamlit as st

from components.clinical.onset_choice import OnsetChoice
from components.clinical.onset_terms import Lane, OnsetView
from components.clinical.onset_words import LANE_NAMES
from components.screen.knowledge import knowledge_base
from components.screen.picture_frame import beside_limits
from components.screen.presenter import presenting

POINTS_KEY = (
    "● treatment arm",
    "◆ comparator arm, dotted",
    "open: no interval",
    "vertical line: 95% interval",
    "larger: more people",
    "a line joins one arm of one trial or pooling",
    "results of one time stand side by side",
    "poolings hold some of the single trials",
)
HOW_TO_GO_ON = "Choose at least one treatment and one group of people, or press *Reset choices*."
EXTRA_KEY = (
    "above the line: more responders than on the comparator",
    "open: no interval",
    "vertical line: 95% interval",
    "larger: more people",
    "a line joins one trial or pooling",
    "results of one time stand side by side",
    "poolings hold some of the single trials",
)


@contextmanager
def framed(view: OnsetView) -> Iterator[None]:
    """Takeaway on top, the picture (the body of the with block) at the left, its limits at the right."""
    words = knowledge_base().onset.views[view]
    limits = [limit for limit in knowledge_base().onset.limits if view in limit.views]
    with beside_limits(words.patient["en"] if presenting() else words.takeaway, limits, view.value):
        yield


def nothing_for(choice: OnsetChoice, shown: Iterable[Lane]) -> None:
    """Treatments that were chosen and have nothing in the picture: absence is said, never left to a blank."""
    held = set(shown)
    if missing := [LANE_NAMES[lane] for lane in choice.lanes if lane not in held]:
        st.markdown(f"Nothing in this picture for: **{', '.join(missing)}**. That does not mean no effect.")
