"""What matters to this patient: worries as tiles, kept in the consultation, never in the address."""

import streamlit as st

from components.clinical.side_effect_terms import SINGLE_SSRIS, Agent
from components.clinical.side_effect_words import agent_name
from components.screen.consultation import consultation, set_worries, ssris_on_the_list
from components.screen.knowledge import knowledge_base
from components.screen.presenter import presenting

_KEY = "worry_tiles"
WITHOUT_A_LIST = (Agent.SERTRALINE.value, Agent.ESCITALOPRAM.value)
"""Few figures exist for SSRIs as a class, so that a class row alone would be empty for most effects."""


def worry_tiles() -> tuple[str, ...]:
    """The tiles; none chosen means: the main effect of every worry."""
    worries = knowledge_base().side_effects.worries
    if _KEY not in st.session_state:
        st.session_state[_KEY] = list(consultation().worries)
    st.pills(
        "What matters to you?" if presenting() else "What matters to this patient?",
        list(worries),
        selection_mode="multi",
        format_func=lambda each: worries[each].title if presenting() else worries[each].clinician_title,
        key=_KEY,
        on_change=_keep,
        wrap=True,
    )
    return consultation().worries


def _keep() -> None:
    chosen = set(st.session_state[_KEY])
    set_worries([each for each in knowledge_base().side_effects.worries if each in chosen])


def single_ssris() -> tuple[Agent, ...]:
    """Single SSRIs beside the class: the patient's own, else two with many figures, or what the reader chooses."""
    mine = ssris_on_the_list() or WITHOUT_A_LIST
    chosen = st.multiselect(
        "Single SSRIs beside the class",
        list(SINGLE_SSRIS),
        default=[agent for agent in SINGLE_SSRIS if agent.value in mine],
        format_func=agent_name,
        key=f"single_ssris_{'_'.join(mine)}",
        placeholder="Choose an SSRI",
        select_all=False,
        wrap=True,
    )
    return tuple(agent for agent in SINGLE_SSRIS if agent in chosen)
