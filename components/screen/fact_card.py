"""One side-effect figure in full: excess and number needed to harm with their intervals, people, caveat, source."""

from collections.abc import Sequence

import streamlit as st

from components.clinical.interface_words import say
from components.clinical.side_effect_choice import excess_of
from components.clinical.side_effect_words import (
    ELICITATION_NAMES,
    agent_name,
    comparator_in_words,
    excess_in_words,
    figure_in_words,
    harm_in_words,
    people_in_words,
)
from components.clinical.side_effects import EffectFact
from components.screen.knowledge import knowledge_base
from components.screen.safe_text import plain
from components.screen.source_line import source_line


def fact_card(facts: Sequence[EffectFact]) -> None:
    """Choose one figure of the picture and read all of it."""
    base = knowledge_base().side_effects
    by_id = {fact.id: fact for fact in facts}
    chosen = st.selectbox(
        say("shared.figure"),
        list(by_id),
        index=None,
        format_func=lambda each: (
            f"{base.effects[by_id[each].effect].name}, {agent_name(by_id[each].agent)}: {figure_in_words(by_id[each])}"
        ),
        placeholder=say("fact_card.figures_picture", count=len(by_id)),
        key="fact_choice",
    )
    if chosen in by_id:
        st.markdown(_card(by_id[chosen]))


def _card(fact: EffectFact) -> str:
    base = knowledge_base()
    excess = excess_of(fact)
    group = base.side_effects.axis_groups[fact.axis_group]
    parts = (
        (say("shared.figure"), f"{figure_in_words(fact)}, {comparator_in_words(fact)}; {people_in_words(fact)}"),
        (say("fact_card.extra"), f"{excess_in_words(excess)}, {excess.origin.value}" if excess else None),
        (say("fact_card.harm"), harm_in_words(excess) if excess else None),
        (
            say("fact_card.counted"),
            f"{fact.term + ': ' if fact.term else ''}{fact.measure}; {ELICITATION_NAMES[fact.elicitation]}",
        ),
        (say("fact_card.found"), f"{group.name}. {group.why_apart}"),
        (say("shared.people"), f"{fact.population}; {fact.follow_up}"),
        (say("shared.dose"), fact.dose),
        (say("shared.caveat_to_mind"), fact.caveat),
        (say("shared.in_the_source"), fact.where),
    )
    name = f"{base.side_effects.effects[fact.effect].name}, {agent_name(fact.agent)}"
    lines = [f"**{plain(name)}** :gray-badge[{fact.status.value}]\n"]
    lines += [f"- *{part}:* {plain(text)}" for part, text in parts if text]
    names = " · ".join(source_line(base.sources[each]) for each in fact.sources)
    lines.append(f"- {say('shared.sources_line', names=names)}")
    return "\n".join(lines)
