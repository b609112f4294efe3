"""What matters to this patient: worries as tiles, kept in the consultation, never in the address."""

import streamlit as st

from components.clinical.interface_words import say
from components.clinical.side_effect_terms import SINGLE_SSRIS, Agent
from components.clinical.side_effect_words import agent_name
from components.screen.consultation import consultation, set_worries, ssris_on_the_list
from components.screen.knowledge import knowledge_base

_KEY = "worry_tiles"
WITHOUT_A_LIST = (Agent.SERTRALINE.value, Agent.ESCITALOPRAM.value)
"""Few figures exist for SSRIs as a class, so that a class row alone would be empty for most effects."""


def worry_tiles(*, in_patient_words: bool) -> tuple[str, ...]:
    """The tiles, in the voice of one of the two; none chosen means: the main effect of every worry."""
    worries = knowledge_base().side_effects.worries
    st.session_state[_KEY] = list(consultation().worries)
    st.pills(
        say("worry_tiles.what_matters_you") if in_patient_words else say("worry_tiles.what_matters_patient"),
        list(worries),
        selection_mode="multi",
        format_func=lambda each: worries[each].title if in_patient_words else worries[each].clinician_title,
        key=_KEY,
        on_change=_keep,
        wrap=True,
    )
    return consultation().worries


def _keep() -> None:
    chosen = set(st.session_state[_KEY])
    set_worries([each for each in knowledge_base().side_effects.worries if each in chosen])


def single_ssris_now() -> str:
    """'Escitalopram, Sertraline beside the class', before the choice is drawn."""
    key = f"single_ssris_{'_'.join(ssris_on_the_list() or WITHOUT_A_LIST)}"
    held = st.session_state.get(key, _kept())
    names = ", ".join(agent_name(agent) for agent in SINGLE_SSRIS if agent in held)
    return say("worry_tiles.beside_the_class", names=names) if names else say("worry_tiles.class_alone")


def _kept() -> list[Agent]:
    mine = ssris_on_the_list() or WITHOUT_A_LIST
    start = [agent for agent in SINGLE_SSRIS if agent.value in mine]
    held: list[Agent] = st.session_state.setdefault(f"kept_ssris_{'_'.join(mine)}", start)
    return held


def single_ssris() -> tuple[Agent, ...]:
    """Single SSRIs beside the class: the patient's own, else two with many figures, or what the reader chooses.

    Only the open view draws this widget: the choice is kept beside it, anew for each list.
    """
    mine = ssris_on_the_list() or WITHOUT_A_LIST
    kept = f"kept_ssris_{'_'.join(mine)}"
    key = f"single_ssris_{'_'.join(mine)}"
    st.session_state.setdefault(key, _kept())
    st.session_state[kept] = st.multiselect(
        say("worry_tiles.single_ssris_beside_class"),
        list(SINGLE_SSRIS),
        format_func=agent_name,
        key=key,
        placeholder=say("worry_tiles.choose_ssri"),
        select_all=False,
        wrap=True,
    )
    return tuple(agent for agent in SINGLE_SSRIS if agent in st.session_state[kept])


def chosen_for_this_patient() -> bool:
    """True when the single SSRIs may come from the patient's list or from a choice made for the patient."""
    standard = f"kept_ssris_{'_'.join(WITHOUT_A_LIST)}"
    as_it_was = {agent.value for agent in st.session_state.get(standard, ())} == set(WITHOUT_A_LIST)
    return bool(ssris_on_the_list()) or not as_it_was
