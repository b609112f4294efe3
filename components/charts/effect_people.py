"""Side effects as people out of 100, treatment beside comparator."""

from collections.abc import Sequence

from components.charts.people import Hundred, HundredPair, build_people_figure
from components.charts.picture import Look, Picture, lines_of
from components.charts.side_effect_pictures import LINE_WIDTH, fact_hover
from components.clinical.guide_words import COMPARATORS_IN_PLAIN_WORDS, FOUND_IN_PLAIN_WORDS, agent_in_plain_words
from components.clinical.interface_words import say
from components.clinical.onset_words import number
from components.clinical.side_effect_choice import EffectBlock
from components.clinical.side_effect_terms import Timing
from components.clinical.side_effect_words import agent_name, people_in_words
from components.clinical.side_effects import Effect, EffectFact


def hundred_pairs(blocks: Sequence[EffectBlock], look: Look) -> tuple[HundredPair, ...]:
    """Each figure as two times 100 people; those found in another way stand behind a line that says so."""
    pairs: list[HundredPair] = []
    for block in blocks:
        for position, part in enumerate(block.parts):
            apart = say("effect_people.not_comparable_with_above") if position else ""
            note = say("effect_people.found", apart=apart, name=part.axis_group.name)
            pairs += [_hundred_pair(block.effect, fact, note, look) for fact in part.facts]
    return tuple(pairs)


def pairs_picture(pairs: Sequence[HundredPair], look: Look) -> Picture:
    """Treatment and comparator as 100 people each; ``pairs`` must not be empty."""
    return build_people_figure(pairs, look, _said(pairs))


def patient_hundreds_picture(blocks: Sequence[EffectBlock], look: Look) -> Picture:
    """The same in the patient's words: what it is, how it was counted, with it and without."""
    pairs = [_patient_pair(block.effect, fact, look) for block in blocks for part in block.parts for fact in part.facts]
    return pairs_picture(pairs, look)


def _said(pairs: Sequence[HundredPair]) -> str:
    arms = ((pair.title, arm) for pair in pairs for arm in (pair.treatment, pair.comparator))
    return " ".join(f"{title}. {arm.label}: {arm.in_words}." for title, arm in arms)


def _patient_pair(effect: Effect, fact: EffectFact, look: Look) -> HundredPair:
    name = f"{effect.patient_name} ({fact.term.lower()})" if fact.term else effect.patient_name
    other = COMPARATORS_IN_PLAIN_WORDS[fact.comparator.kind]
    return HundredPair(
        title=f"{agent_in_plain_words(fact.agent)}: {name}",
        colour=look.agent(fact.agent.kind),
        treatment=Hundred(_arm_name(fact), fact.value or 0.0, fact_hover(fact)),
        comparator=Hundred(say("effect_people.with", other=other), fact.comparator.value or 0.0, fact_hover(fact)),
        notes=lines_of(FOUND_IN_PLAIN_WORDS[fact.elicitation], LINE_WIDTH * Look().small // look.small),
    )


def _arm_name(fact: EffectFact) -> str:
    return say("effect_people.after_stopping") if fact.timing is Timing.ON_STOPPING else say("effect_people.with_it")


def _hundred_pair(effect: Effect, fact: EffectFact, note: str, look: Look) -> HundredPair:
    name = f"{effect.name} ({fact.term})" if fact.term else effect.name
    about = f"{note}; {people_in_words(fact)}; {fact.population}; {fact.follow_up}"
    return HundredPair(
        title=f"{agent_name(fact.agent)}: {name}",
        colour=look.agent(fact.agent.kind),
        treatment=Hundred(f"{_arm_name(fact)} ({number(fact.value or 0.0)}%)", fact.value or 0.0, fact_hover(fact)),
        comparator=Hundred(
            say(
                "effect_people.with_comparator",
                words=fact.comparator.words,
                number=number(fact.comparator.value or 0.0),
            ),
            fact.comparator.value or 0.0,
            fact_hover(fact),
        ),
        notes=lines_of(about, LINE_WIDTH),
    )
