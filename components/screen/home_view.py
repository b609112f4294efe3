"""Parts of the home page."""

import streamlit as st

from components.clinical.interface_words import say
from components.clinical.terms import RecordStatus
from components.screen.knowledge import knowledge_base
from components.screen.safe_text import plain
from components.screen.whole_consultations import load_sample

WHAT_IT_DOES = ("KU-0001",)
WHAT_IT_DOES_NOT = ("KU-0007", "KU-0009")
"""Statements of intended use that greet a visitor."""


def what_it_is() -> None:
    """What the product does, and what it does not do."""
    with st.container(border=True):
        st.subheader(say("home_view.what_does"))
        _statements(WHAT_IT_DOES)
        st.subheader(say("home_view.what_it_does_not_do"))
        _statements(WHAT_IT_DOES_NOT)


def _statements(ids: tuple[str, ...]) -> None:
    intended_use = knowledge_base().evidence.intended_use
    st.markdown(" ".join(plain(intended_use[each].text) for each in ids))


def sample_cases() -> bool:
    """The demonstration cases, each with the first sentence of its story; True when one was just loaded."""
    st.subheader(say("home_view.open_sample_case"))
    pressed = False
    with st.grid(min_column_width=260, key="home_samples"):
        for sample in knowledge_base().samples:
            with st.container(gap="xxsmall"):
                pressed |= st.button(
                    plain(sample.title),
                    key=f"home_sample_{sample.id}",
                    help=plain(f"{sample.story} {sample.teaches}"),
                    icon=":material/science:",
                    on_click=load_sample,
                    args=(sample,),
                )
                st.markdown(f":small[{plain(_first_sentence(sample.story))}]")
    return pressed


def _first_sentence(text: str) -> str:
    return text.partition(". ")[0].strip().rstrip(".") + "."


def knowledge_in_brief() -> None:
    """Size and state of the knowledge base."""
    base = knowledge_base()
    drafts = sum(record.status is RecordStatus.DRAFT for record in base.records.values())
    st.subheader(say("home_view.knowledge_base"))
    facts = (
        (say("home_view.medicines"), len(base.medicines)),
        (say("home_view.combination_products"), len(base.combinations)),
        (say("home_view.records_ketamine_esketamine"), len(base.records)),
        (say("home_view.pairs_among_other_medicines"), len(base.pairs)),
        (say("shared.sources"), len(base.sources)),
        (say("home_view.records_signed_pharmacist_physician"), len(base.records) - drafts),
    )
    with st.container(horizontal=True, gap="medium"):
        for name, number in facts:
            st.metric(name, f"{number}", width="content")
