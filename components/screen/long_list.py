"""A long list: the first items at once, all on demand, so that the page stays quick."""

from collections.abc import Callable, Sequence
from typing import TypeVar

import streamlit as st

from components.clinical.interface_words import say

Item = TypeVar("Item")
SHOWN_AT_FIRST = 20


def long_list(
    found: Sequence[Item],
    draw: Callable[[Item], None],
    key: str,
    choice: object,
    *,
    whole: bool = False,
    count: str = "",
    chosen: str = "",
) -> None:
    """Draw the first items, or all once that was asked for; another choice of filters starts short again.

    A short list says so before its first item: on paper nobody meets the button. ``whole`` draws all at once;
    ``count`` stands there instead where nothing is cut, ``chosen`` behind either: the filters in words.
    """
    asked = f"{key}_all_of"
    shown = found if whole or st.session_state.get(asked) == choice else found[:SHOWN_AT_FIRST]
    cut = say("long_list.showing", shown=len(shown), all_items=len(found)) if len(shown) < len(found) else ""
    if told := f"{cut or count} {chosen}".strip():
        st.markdown(told)
    for item in shown:
        draw(item)
    if cut:
        st.button(
            say("long_list.show_all", count=len(found)),
            key=f"{key}_all",
            icon=":material/expand_more:",
            on_click=lambda: st.session_state.update({asked: choice}),
        )
