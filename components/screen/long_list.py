"""A long list: the first items at once, all on demand, so that the page stays quick."""

from collections.abc import Callable, Sequence
from typing import TypeVar

import streamlit as st

from components.clinical.interface_words import say

Item = TypeVar("Item")
SHOWN_AT_FIRST = 20


def long_list(found: Sequence[Item], draw: Callable[[Item], None], key: str, choice: object) -> None:
    """Draw the first items, or all once that was asked for; another choice of filters starts short again."""
    asked = f"{key}_all_of"
    shown = found if st.session_state.get(asked) == choice else found[:SHOWN_AT_FIRST]
    for item in shown:
        draw(item)
    if len(shown) < len(found):
        st.markdown(say("long_list.stand_here", count=len(shown), count_two=len(found)))
        st.button(
            say("long_list.show_all", count=len(found)),
            key=f"{key}_all",
            icon=":material/expand_more:",
            on_click=lambda: st.session_state.update({asked: choice}),
        )
