"""What changed in the knowledge base, which one this is, and which of its records are due for review."""

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from components.clinical.catalogue import CatalogueRow, review_dates
from components.clinical.catalogue_words import KIND_NAMES, STATUS_NAMES, RowKind
from components.clinical.interface_words import say
from components.screen.evidence_shelf import row_links, shelf
from components.screen.knowledge import knowledge_base
from components.screen.readers_day import today

CHANGELOG = Path(__file__).resolve().parents[2] / "CHANGELOG.md"
_KNOWLEDGE_PART = re.compile(r"^## (?P<version>.+?)$|^### Knowledge$(?P<words>.*?)(?=^##|\Z)", re.MULTILINE | re.DOTALL)


def what_changed() -> None:
    """Which knowledge this is, how much of it, what is due for review, and the change list."""
    rows, knowledge = shelf().rows, knowledge_base().knowledge
    st.header(say("what_changed.knowledge_base", content_hash=knowledge.content_hash), anchor=False)
    signed = f"{knowledge.signed_on:%d %B %Y}" if knowledge.signed_on else say("shared.not_signed")
    st.markdown(
        say(
            "what_changed.compiled_signed_status",
            compiled_on=knowledge.compiled_on,
            signed=signed,
            status=STATUS_NAMES[knowledge.status].lower(),
        )
    )
    _due(rows)
    st.subheader(say("what_changed.change_list_knowledge_base"), anchor=False)
    st.markdown(_knowledge_changes())
    st.subheader(say("what_changed.how_much_holds"), anchor=False)
    kinds = Counter(row.kind for row in rows)
    shown = [kind for kind in RowKind if kinds[kind]]
    st.table(
        {
            say("shared.kind"): [KIND_NAMES[kind] for kind in shown],
            say("shared.records"): [f"{kinds[kind]:,}" for kind in shown],
        },
        hide_index=True,
        border="horizontal",
        alt=say("what_changed.records_kind"),
    )


def _due(rows: Sequence[CatalogueRow]) -> None:
    """Records that somebody must look at again by today."""
    st.subheader(say("what_changed.due_review"), anchor=False)
    dates = review_dates(rows, today())
    by_key = {row.key: row for row in rows}
    due = [by_key[each.key] for _, group in dates.due for _, each in group]
    coming = say("what_changed.next_due", next_due=dates.next_due) if dates.next_due else ""
    match len(due):
        case 0:
            st.markdown(say("what_changed.no_records_due", coming=coming))
        case 1:
            st.markdown(say("what_changed.one_record_due", coming=coming))
        case number:
            st.markdown(say("what_changed.records_due", number=number, coming=coming))
    if due:
        row_links(due, "due")


def _knowledge_changes() -> str:
    """The parts on knowledge of our own change list, each under its version; a sentence when the file is not there."""
    if not CHANGELOG.is_file():
        return say("what_changed.change_list_not_stored")
    told = []
    for found in _KNOWLEDGE_PART.finditer(CHANGELOG.read_text(encoding="utf-8")):
        told.append(f"**{found['version']}**" if found["version"] else found["words"].strip())
    return "\n\n".join(told)
