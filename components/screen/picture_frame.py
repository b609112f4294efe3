"""What every picture shares: its takeaway, honest limits beside it, a key of its signs, an empty state."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import Protocol

import streamlit as st

from components.clinical.interface_words import say
from components.screen.chart_card import opened
from components.screen.presenter import presenting
from components.screen.safe_text import plain

LIMITS_OPEN = 3


class Limit(Protocol):
    """Why a picture may mislead, in two voices."""

    @property
    def title(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def patient(self) -> dict[str, str]: ...


def takeaway_over(takeaway: str) -> None:
    """Its first sentence is the title over what is drawn; what follows it explains, in a line below."""
    title, _, explanation = takeaway.partition(". ")
    with st.container(key="takeaway"):
        st.header(plain(title.removesuffix(".")))
        if explanation:
            st.markdown(plain(explanation))


def with_finding(finding: str, takeaway: str) -> str:
    """What the figures drawn show becomes the title; the view's own takeaway then explains how to read them."""
    return f"{finding.removesuffix('.')}. {takeaway}" if finding else takeaway


@contextmanager
def beside_limits(takeaway: str, limits: Sequence[Limit], name: str) -> Iterator[None]:
    """Takeaway on top, the picture (the body of the with block) at the left, its limits at the right, if it has any."""
    takeaway_over(takeaway)
    if not limits:
        yield
        return
    with st.container(key=f"framed_{name}"):
        pictured, beside = (st.container(), st.container()) if presenting() else st.columns([3, 1], gap="medium")
    with beside.container(border=True, key="limits"):
        st.markdown(say("picture_frame.read_picture_care", limits=_in_words(limits[:LIMITS_OPEN])))
        if more := limits[LIMITS_OPEN:]:
            with opened(say("picture_frame.more_limits"), f"limits_{name}") as is_open:
                if is_open:
                    st.markdown(_in_words(more))
    with pictured:
        yield


@contextmanager
def choices(*drawn: str) -> Iterator[None]:
    """All choices of a view in one closed box, which says what is ``drawn`` as long as nobody opens it."""
    with st.container(key="choices"):
        state = " · ".join(plain(each) for each in drawn if each)
        with st.expander(say("picture_frame.choose_what_is_drawn", state=state), key="what_is_drawn", type="compact"):
            yield


def _in_words(limits: Sequence[Limit]) -> str:
    return "\n\n".join(_limit(limit.title, limit.patient["en"] if presenting() else limit.text) for limit in limits)


@lru_cache(maxsize=256)
def _limit(title: str, text: str) -> str:
    """Texts of data/ only: what a user typed is never kept here."""
    return f":small[**{plain(title)}.** {plain(text)}]"


def empty_picture(what: str, how_to_go_on: str) -> None:
    """Nothing fits the choices: say so, and how to go on."""
    with st.container(border=True, key="empty"):
        st.markdown(say("picture_frame.nothing_draw", what=what, how_to_go_on=how_to_go_on))


def key_line(*words: str) -> None:
    """The key of the signs; a line never breaks inside an item."""
    st.markdown(f":small[{' · '.join(each.replace(' ', chr(0xA0)) for each in words)}]")
