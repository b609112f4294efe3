"""One card a worry with every option on it in one layout, the answer in one glance, and the clinic's check marks."""

from collections.abc import Iterator, Sequence

import streamlit as st

from components.clinical.catalogue_words import LANGUAGE
from components.clinical.claim_words import CLAIM_VERDICT_NAMES
from components.clinical.interface_words import say
from components.clinical.side_effect_answers import CheckMarkRow, WorryAnswer
from components.clinical.side_effect_base import SideEffectBase
from components.clinical.side_effect_choice import OPTIONS, glance, options_with
from components.clinical.side_effect_terms import Agent, ClaimAbout, EffectView
from components.clinical.side_effect_words import (
    ELICITATION_NAMES,
    agent_name,
    comparator_in_words,
    figure_in_words,
)
from components.clinical.side_effects import Effect, EffectFact
from components.clinical.terms import ClaimVerdict
from components.screen.chart_card import opened
from components.screen.consultation import ssris_on_the_list
from components.screen.knowledge import knowledge_base
from components.screen.marks import grade_chip
from components.screen.picture_frame import takeaway_over
from components.screen.presenter import presenting
from components.screen.safe_text import plain
from components.screen.source_line import short_source

NOT_FOUND = say("worry_cards.not_found")
_VERDICT_COLOURS = {
    ClaimVerdict.SUPPORTED: "green",
    ClaimVerdict.OPINION: "gray",
    ClaimVerdict.PARTLY_SUPPORTED: "blue",
    ClaimVerdict.OVERSIMPLIFIED: "orange",
    ClaimVerdict.UNSUPPORTED: "orange",
    ClaimVerdict.CONTRADICTED: "red",
}
_ABOUT = {
    ClaimAbout.KETAMINE: say("worry_cards.ketamine"),
    ClaimAbout.SSRI: "SSRIs",
    ClaimAbout.BOTH: say("worry_cards.both"),
}


def takeaway(view: EffectView) -> None:
    """What stands over a view, in the reader's voice."""
    words = knowledge_base().side_effects.views[view]
    takeaway_over(words.patient[LANGUAGE] if presenting() else words.takeaway)


def at_a_glance(worries: Sequence[str]) -> None:
    """The answer first: for each chosen worry one figure an option, and how it was found."""
    if not worries:
        return
    base = knowledge_base().side_effects
    agents = options_with(ssris_on_the_list())
    with st.container(key="glance"):
        for worry in worries:
            effect = base.effects[base.worries[worry].effects[0]]
            found = {agent: glance(base, effect, agent) for agent in agents}
            groups = {fact.axis_group for fact in found.values() if fact}
            apart = say("worry_cards.found_in_different_ways_not_comparable") if len(groups) > 1 else ""
            said = {
                agent: _glance(fact, effect) if fact else _without_figure(base.answers.get((worry, agent)))
                for agent, fact in found.items()
            }
            lines = "\n".join(f"- *{agent_name(agent)}:* {words}" for agent, words in said.items())
            st.markdown(f"**{plain(_title(worry, base))}**{apart}\n{lines}")


def _glance(fact: EffectFact, effect: Effect) -> str:
    """The figure, and what exactly was counted: a worry may be wider."""
    name = effect.patient_name if presenting() else effect.name
    details = (name, fact.term, comparator_in_words(fact), ELICITATION_NAMES[fact.elicitation])
    return f"**{plain(figure_in_words(fact))}** {plain('; '.join(filter(None, details)))}"


def _without_figure(answer: WorryAnswer | None) -> str:
    """The worry's own answer, as the card and the guide give it; a single SSRI has none beside its class's."""
    if answer is None:
        return say("worry_cards.no_figure_found")
    if presenting():
        return plain(answer.patient[LANGUAGE])
    undrawn = say("worry_cards.no_single_figure_to_draw") if answer.facts else ""
    return f"{plain(answer.how_often)}{undrawn}"


def worry_cards(worries: Sequence[str]) -> None:
    """A card for each chosen worry; the others open on demand."""
    base = knowledge_base().side_effects
    takeaway(EffectView.CARDS)
    for worry in worries:
        _card(worry, base)
    for worry in (each for each in base.worries if each not in worries):
        with opened(_title(worry, base), f"worry_opened_{worry}") as is_open:
            if is_open:
                _card(worry, base)


def _title(identifier: str, base: SideEffectBase) -> str:
    worry = base.worries[identifier]
    return worry.title if presenting() else worry.clinician_title


def _card(identifier: str, base: SideEffectBase) -> None:
    worry = base.worries[identifier]
    with st.container(border=True, key=f"worry_{identifier}"):
        st.subheader(plain(_title(identifier, base)))
        st.markdown(plain(worry.patient[LANGUAGE] if presenting() else worry.say))
        own = [Agent(each) for each in ssris_on_the_list() if each in set(Agent)]
        for agent, column in zip((*OPTIONS, *own), st.columns(len(OPTIONS) + len(own), border=True), strict=True):
            with column:
                st.markdown(f"**{agent_name(agent)}**")
                answer = base.answers.get((identifier, agent))
                st.markdown(_answer(answer) if answer else _own_ssri(identifier, agent, base))


def _answer(answer: WorryAnswer) -> str:
    """Every option answers the same questions in the same order."""
    if presenting():
        return plain(answer.patient[LANGUAGE])
    helps = "; ".join(each.text for each in answer.helps)
    parts = (
        (say("worry_cards.how_often_label"), answer.how_often),
        (say("shared.against"), answer.against),
        (say("worry_cards.starts"), answer.starts),
        (say("worry_cards.stays"), answer.stays),
        (say("shared.what_helps"), helps or say("worry_cards.nothing_found_option")),
    )
    lines = [f"- *{name}:* {plain(text or NOT_FOUND)}" for name, text in parts]
    sources = " · ".join(short_source(knowledge_base().sources[each]) for each in answer.sources)
    certainty = say("worry_cards.certainty", grade=grade_chip(answer.certainty), reason=plain(answer.certainty_reason))
    return "\n".join([*lines, f"- {certainty}", f"- {say('shared.sources_line', names=sources)}"])


def _own_ssri(worry: str, agent: Agent, base: SideEffectBase) -> str:
    """The patient's own SSRI has figures of its own; the rest is the class's."""
    facts = [
        fact
        for effect in base.worries[worry].effects
        for fact in base.facts_of.get(effect, ())
        if fact.agent is agent and fact.shown == "chart"
    ]
    rest = say("worry_cards.when_starts_how_long")
    if not facts:
        return say("worry_cards.how_often_no_figure", name=agent_name(agent).lower(), rest=rest)
    figures = "\n".join(
        f"- {plain(fact.term or base.effects[fact.effect].name)}: **{plain(figure_in_words(fact))}** "
        f":small[{plain(fact.comparator.words or say('shared.no_comparator'))}; {plain(fact.population)}]"
        for fact in facts
    )
    return say("worry_cards.how_often", figures=figures, rest=rest)


def check_marks() -> None:
    """The clinic's table of check marks, row by row, with what the evidence says."""
    takeaway(EffectView.CHECK_MARKS)
    _check_mark_rows(knowledge_base().knowledge.content_hash, presenting())


@st.cache_resource(max_entries=4, show_spinner=False)
def _check_mark_rows(content: str, in_patient_words: bool) -> None:
    """The rows in one voice, drawn once for each content of data/ and replayed after that."""
    for row in knowledge_base().side_effects.check_marks:
        with st.container(border=True, key=f"claim_{row.id}"):
            st.markdown("\n\n".join(_check_mark_lines(row, in_patient_words)))


def _check_mark_lines(row: CheckMarkRow, in_patient_words: bool) -> Iterator[str]:
    yield say("worry_cards.printed", title=plain(row.title), printed=_printed(row))
    for each in row.verdicts:
        badge = f":{_VERDICT_COLOURS[each.verdict]}-badge[{CLAIM_VERDICT_NAMES[each.verdict]}]"
        words = (
            plain(each.patient[LANGUAGE])
            if in_patient_words
            else say("worry_cards.better", text=plain(each.text), instead=plain(each.instead))
        )
        yield f"{badge} **{_ABOUT[each.about]}:** {words}"
    if not in_patient_words:
        sources = knowledge_base().sources
        yield say("shared.sources_small", names=" · ".join(short_source(sources[each]) for each in row.sources))


def _printed(row: CheckMarkRow) -> str:
    ticks = (("ketamine", row.ketamine_ticked), ("SSRIs", row.ssri_ticked))
    return ", ".join(f"{name} {'✓' if ticked else say('worry_cards.no_mark')}" for name, ticked in ticks)
