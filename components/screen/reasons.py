"""What a verdict rests on, where it is opened: term and text row by row, then the sources, in full when asked."""

from collections.abc import Iterable, Sequence
from html import escape

import streamlit as st

from components.clinical.interface_words import say
from components.screen.knowledge import knowledge_base
from components.screen.summary_list import Told, source_list, sources_in_short, summary_list


def reasons(rows: Iterable[tuple[str, Told | None]], sources: Sequence[str] = ()) -> None:
    """Rows without a text are left out; nothing is drawn where none is left. ``sources``: ids of the knowledge base."""
    if drawn := summary_list(rows) + _sources(sources):
        st.html(drawn)


def _sources(sources: Sequence[str]) -> str:
    """In short, each with its link; their titles and how each was read open below."""
    if not sources:
        return ""
    held = [knowledge_base().sources[each] for each in sources]
    named, in_full = escape(say("shared.sources")), escape(say("reasons.titles_and_how_read"))
    return (
        f'<p class="rests_on"><b>{named}:</b> {sources_in_short(held)}</p>'
        f'<details class="rests_on"><summary>{in_full}</summary>{source_list(held)}</details>'
    )
