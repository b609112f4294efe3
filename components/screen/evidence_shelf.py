"""The catalogue of this knowledge base, made once and shared by all sessions, and the ways from one row to another."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from components.clinical.catalogue import CatalogueRow, catalogue, relied_on
from components.clinical.catalogue_choice import search_words
from components.clinical.catalogue_words import KIND_NAMES
from components.clinical.interface_words import say
from components.screen.knowledge import knowledge_base
from components.screen.long_list import long_list
from components.screen.safe_text import plain

PAGE = "pages/evidence.py"
RECORD, SOURCE, VIEW, ABOUT = "record", "source", "evidence", "claims_about"
"""Parameters of the address."""
BETWEEN_IDS = ","
_SENT = "evidence_sent_its_address"


@dataclass(frozen=True, slots=True)
class Shelf:
    """The catalogue with its indexes."""

    rows: tuple[CatalogueRow, ...]
    words: Mapping[str, str]
    relied_on: Mapping[str, tuple[CatalogueRow, ...]]


def shelf() -> Shelf:
    """The catalogue of what data/ held when this run began."""
    return _made(knowledge_base().knowledge.content_hash)


@st.cache_resource(show_spinner=False, max_entries=2)
def _made(content: str) -> Shelf:
    base = knowledge_base()
    rows = catalogue(base)
    return Shelf(rows, search_words(rows, base), relied_on(rows))


def row_links(rows: Sequence[CatalogueRow], key: str) -> None:
    """A link to each row; of a long list the first ones, until somebody wants all."""
    long_list(rows, _row_link, key, tuple(row.key for row in rows))


def _row_link(row: CatalogueRow) -> None:
    st.page_link(PAGE, label=f"{plain(KIND_NAMES[row.kind])}: {plain(row.title)}", query_params={RECORD: row.key})


def send_address() -> None:
    """A link from a page to itself leaves the old address standing in Streamlit 1.67: say it again."""
    st.session_state[_SENT] = True
    st.query_params.update()


def forget_address() -> None:
    """No other page keeps what this one was asked for: a record may name a medicine of the patient.

    Who goes back at once gets the address sent by this page after leaving it: the first run elsewhere sends its own.
    """
    for name in (RECORD, SOURCE, ABOUT):
        st.query_params.pop(name, None)
    if st.session_state.pop(_SENT, False):
        st.query_params.update()


def source_link(source: str) -> None:
    """A link to a source of ours, with how much rests on it."""
    number = len(shelf().relied_on.get(source, ()))
    label = say(
        "evidence_shelf.on_it",
        source=plain(source),
        number=number,
        rest=say("shared.record_rests") if number == 1 else say("shared.records_rest"),
    )
    st.page_link(PAGE, label=label, query_params={SOURCE: source})
