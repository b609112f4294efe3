"""What every view of the timeline shares: its takeaway, honest limits beside the picture, a key, an empty state."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import streamlit as st

from components.clinical.onset import HonestLimit
from components.clinical.onset_terms import OnsetView
from components.screen.knowledge import knowledge_base
from components.screen.presenter import presenting
from components.screen.safe_text import plain

LIMITS_OPEN = 3
POINTS_KEY = (
    "● treatment arm",
    "◆ comparator arm, dotted",
    "open: no interval",
    "vertical line: 95 % interval",
    "larger: more people",
    "a line joins one arm of one study only",
)
EXTRA_KEY = (
    "above the line: more responders than on the comparator",
    "open: no interval",
    "vertical line: 95 % interval",
    "larger: more people",
    "a line joins one trial only",
)


@contextmanager
def framed(view: OnsetView) -> Iterator[None]:
    """Takeaway on top, the picture (the body of the with block) at the left, its limits at the right."""
    words = knowledge_base().onset.views[view]
    st.subheader(plain(words.patient["en"] if presenting() else words.takeaway))
    pictured, beside = st.columns([3, 1], gap="medium")
    limits = [limit for limit in knowledge_base().onset.limits if view in limit.views]
    with beside.container(border=True, key="limits"):
        st.markdown(f"**Read this picture with care**\n\n{_in_words(limits[:LIMITS_OPEN])}")
        if more := limits[LIMITS_OPEN:]:
            opened = st.expander(f"{len(more)} more limits", key=f"limits_{view}", on_change="rerun")
            if opened.open:
                opened.markdown(_in_words(more))
    with pictured:
        yield


def _in_words(limits: Sequence[HonestLimit]) -> str:
    return "\n\n".join(
        f":small[**{plain(limit.title)}.** {plain(limit.patient['en'] if presenting() else limit.text)}]"
        for limit in limits
    )


def empty_picture(what: str) -> None:
    """Nothing fits the choices: say so, and how to go on."""
    with st.container(border=True, key="empty"):
        st.markdown(f"**Nothing to draw.** {what}")
        st.markdown("Choose at least one treatment and one group of people, or press *Reset choices*.")


def key_line(*words: str) -> None:
    """The key of the signs; a line never breaks inside an item."""
    st.markdown(f":small[{' · '.join(each.replace(' ', chr(0xA0)) for each in words)}]")
