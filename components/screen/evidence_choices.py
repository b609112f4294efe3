"""Looking things up on the evidence page: a search box, filters, a table from which a line opens, an empty state."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TypeVar

import streamlit as st

from components.clinical.interface_words import say
from components.screen.consultation import own_key
from components.screen.safe_text import plain

Option = TypeVar("Option")
FILTER_WIDTH = 160
"""Six of them stand abreast at 1280 pixels, two on a phone."""
CHOOSE_A_LINE = say("evidence_choices.choose_line_read_all")
_PRINTED = say("evidence_choices.paper_only_lines_columns")


def search_text(label: str, key: str, help_text: str) -> str:
    """A text that is only compared, never shown again and never in the address; the next consultation starts anew."""
    key = own_key(key)
    return st.text_input(label, key=key, type="search", help=help_text, persist_state="session") or ""


def search_for(names: Sequence[str], key: str) -> None:
    """A button for each name, which puts it into the box of ``search_text`` with this key."""
    if not names:
        return
    st.markdown(say("evidence_choices.names_like_it"))
    with st.container(horizontal=True, key="names_like_it"):
        for name in names:
            st.button(plain(name), key=f"search_for_{name}", on_click=_put, args=(own_key(key), name))


def _put(key: str, text: str) -> None:
    st.session_state[key] = text


@contextmanager
def filters() -> Iterator[None]:
    """Behind the search, since few need them; what is chosen stands in words above what was found."""
    with (
        st.expander(say("evidence_choices.filters"), key="open_filters", type="compact"),
        st.container(horizontal=True, vertical_alignment="bottom"),
    ):
        yield


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


def chosen_and_how_to_open(filters_in_words: tuple[str, ...], found: Sequence[object]) -> str:
    """'Interaction; Avoid. Choose a line ...': the filters fold away, so that what they leave out must be said."""
    chosen = f"{plain('; '.join(filters_in_words))}. " if filters_in_words else ""
    return f"{chosen}{CHOOSE_A_LINE if found else ''}"


def table_to_choose_from(columns: Mapping[str, Sequence[object]], widths: Mapping[str, int], key: str) -> int | None:
    """A table that scrolls by itself; the position of the line that was just chosen.

    The widths, in pixels, let every column stand in a window of 1280.
    """
    number = len(next(iter(columns.values())))
    shown = st.dataframe(
        dict(columns),
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        key=key,
        alt=say("evidence_choices.lines", number=number),
        column_config={name: st.column_config.Column(width=width) for name, width in widths.items()},
    )
    with st.container(key="paper_note"):
        st.markdown(_PRINTED)
    lines = shown.selection.rows
    return lines[0] if lines and lines[0] < number else None
