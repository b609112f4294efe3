"""Parts of the home page."""

import streamlit as st

from components.clinical.terms import RecordStatus
from components.screen.knowledge import knowledge_base
from components.screen.safe_text import plain
from components.screen.whole_consultations import load_sample


def what_it_is() -> None:
    """What the product does, and what it does not do."""
    with st.container(border=True):
        st.subheader("What it does")
        st.markdown(
            "Checks a patient's medicines against planned ketamine or esketamine treatment for depression. "
            "For each medicine: safe together, effect on the benefit, effect on levels, and what to do, with sources."
        )
        st.subheader("What it does not do")
        st.markdown(
            "It does not decide, prescribe or replace a pharmacist. It knows no patient identity and stores nothing. "
            "A medicine that it does not know is shown as not checked, never as safe."
        )


def sample_cases() -> bool:
    """The demonstration cases, each with the first sentence of its story; True when one was just loaded."""
    st.subheader("Or open a sample case")
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
    st.subheader("The knowledge base")
    facts = (
        ("Medicines", len(base.medicines)),
        ("Combination products", len(base.combinations)),
        ("Records with ketamine or esketamine", len(base.records)),
        ("Pairs among other medicines", len(base.pairs)),
        ("Sources", len(base.sources)),
        ("Records signed by a pharmacist or physician", len(base.records) - drafts),
    )
    with st.container(horizontal=True, gap="medium"):
        for name, number in facts:
            st.metric(name, f"{number}", width="content")
