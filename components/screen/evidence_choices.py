"""Looking things up on the evidence page: a search box, filters, a table from which a line opens, an empty state."""

from collections.abc import Mapping, Sequence
from typing import TypeVar

import streamlit as st

from components.clinical.interface_words import say
from components.screen.consultation import own_key

Option = TypeVar("Option")
SEARCH_WIDTH, FILTER_WIDTH = 225, 160
"""Six of them stand abreast at 1280 pixels, two on a phone."""
CHOOSE_A_LINE = say("evidence_choices.choose_line_read_all")
_PRINTED = say("evidence_choices.paper_only_lines_columns")
_WIDE = st.column_config.TextColumn(width=420)


def search_text(label: str, key: str, help_text: str) -> str:
    """A text that is only compared, never shown again and never in the address; the next consultation starts anew."""
    key = own_key(key)
    return (
        st.text_input(label, key=key, type="search", help=help_text, persist_state="session", width=SEARCH_WIDTH) or ""
    )


def several_of(label: str, options: Sequence[Option], names: Mapping[Option, str], key: str) -> tuple[Option, ...]:
    """A filter that may hold several options; none means all. It stays until the session ends."""
    chosen = st.multiselect(
        label,
        options,
        format_func=lambda each: names[each],
        key=key,
        placeholder=say("shared.all"),
        select_all=False,
        persist_state="session",
        width=FILTER_WIDTH,
    )
    return tuple(chosen)


def nothing_fits(what: str, mind: str) -> None:
    with st.container(border=True, key="empty"):
        st.markdown(say("evidence_choices.no_fits_all_choices", what=what, mind=mind))


def table_to_choose_from(columns: Mapping[str, Sequence[object]], key: str) -> int | None:
    """A table that scrolls by itself; the position of the line that was just chosen."""
    number = len(next(iter(columns.values())))
    shown = st.dataframe(
        dict(columns),
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        key=key,
        alt=say("evidence_choices.lines", number=number),
        column_config={say("shared.id"): st.column_config.TextColumn(width="small"), say("shared.title"): _WIDE},
    )
    with st.container(key="paper_note"):
        st.markdown(_PRINTED)
    lines = shown.selection.rows
    return lines[0] if lines and lines[0] < number else None
