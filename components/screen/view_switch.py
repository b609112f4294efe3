"""Which view of a page is open: one row of choices above the views.

Not st.tabs: Streamlit 1.67 turns a tab off between the arrival of the row of tabs and of the tab itself, so that the
keyboard's focus now and then fell to the page (measured: 3 of 15 loads).
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

import streamlit as st

from components.clinical.interface_words import say

View = TypeVar("View", bound=StrEnum)


def view_switch(titles: Mapping[View, str], key: str) -> View:
    """The open view, the first where the address names none; its title stands in the address under ``key``."""
    views = list(titles)
    chosen: View | None = st.segmented_control(
        say("view_switch.view"),
        views,
        default=views[0],
        required=True,
        format_func=lambda view: titles[view],
        key=key,
        label_visibility="collapsed",
        bind="query-params",
        wrap=True,
    )
    return chosen or views[0]
