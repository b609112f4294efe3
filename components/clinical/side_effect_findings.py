"""What the drawn side effects show, in one sentence: where people on a treatment clearly had more of them.

'Clearly' is the interval of the difference, which then excludes zero. Different trials have different comparators, so
that no figure is ranked against another and none is chosen for its size.
"""

from collections.abc import Collection, Mapping, Sequence

from components.clinical.interface_words import say
from components.clinical.shares import Difference
from components.clinical.side_effect_choice import EffectBlock, excess_of
from components.clinical.side_effect_terms import Agent, ComparatorKind
from components.clinical.side_effect_words import agent_name
from components.clinical.side_effects import EffectFact

MOST_WORDS = 14
"""Words of a title."""


def found_in(blocks: Sequence[EffectBlock]) -> str:
    """A title over these blocks, and the sentence that explains it; empty where no figure is drawn."""
    drawn = [(block.effect, fact) for block in blocks for part in block.parts for fact in part.facts]
    differences = [(effect, fact.agent, excess) for effect, fact in drawn if (excess := excess_of(fact)) is not None]
    if not differences:
        return say("side_effect_findings.nothing_to_subtract_no_finding") if drawn else ""
    judged = [each for each in differences if each[2].low is not None]
    clear: dict[str, list[Agent]] = {}
    for effect, agent, excess in judged:
        if is_clear(excess):
            clear.setdefault(effect.name, []).append(agent)
    count = len(judged)
    title = _clear_excess(clear, count) if clear else say("side_effect_findings.no_clear_excess", count=count)
    left = dict.fromkeys(effect.name for effect, _ in drawn)
    for effect, _, _ in judged:
        left.pop(effect.name, None)
    names = ", ".join(map(_inside, left))
    told = say("side_effect_findings.not_judged", effects=names) if names else ""
    return f"{title}. {say('shared.what_clear_means')}{told}"


def found_on_map(cells: Collection[EffectFact], gaps: int) -> str:
    """The same of maps of single SSRIs with so many empty cells; every comparator on them is a placebo."""
    differences = [excess for fact in cells if (excess := excess_of(fact)) is not None]
    if not differences:
        return say("side_effect_findings.nothing_to_subtract_no_finding") if cells else ""
    name = _comparator_of(cells)
    clear = sum(map(is_clear, differences))
    title = say("side_effect_findings.clearly_above", comparator=name, clear=clear, count=len(differences))
    if gaps > len(cells):
        title = say("side_effect_findings.most_cells_are_gaps", title=title)
    return f"{title}. {_what_clear_means(differences)}"


def is_clear(excess: Difference) -> bool:
    """More people than on the comparator, with an interval that excludes no difference."""
    return excess.low is not None and excess.low > 0


def _clear_excess(clear: Mapping[str, Sequence[Agent]], compared: int) -> str:
    """With the treatments of each effect where a title has room for them, else the effects, else how many."""
    each = ", ".join(
        say("side_effect_findings.effect_with_agents", effect=_inside(effect), agents=_agents(agents))
        for effect, agents in clear.items()
    )
    count = sum(map(len, clear.values()))
    names = ", ".join(_inside(effect) for effect in clear)
    titles = (
        say("side_effect_findings.clear_excess_named", each=each),
        say("side_effect_findings.clear_excess_in_effects", clear=count, count=compared, effects=names),
        say("side_effect_findings.clear_excess_counted", clear=count, count=compared),
    )
    return next(title for title in titles if len(title.split()) <= MOST_WORDS)


def _what_clear_means(differences: Sequence[Difference]) -> str:
    means, unknown = say("shared.what_clear_means"), sum(each.low is None for each in differences)
    told = say("side_effect_findings.differences_without_interval", unknown=unknown, count=len(differences))
    return means + told if unknown else means


def _agents(agents: Sequence[Agent]) -> str:
    return ", ".join(_inside(agent_name(agent)) for agent in dict.fromkeys(agents))


def _comparator_of(cells: Collection[EffectFact]) -> str:
    kinds = {fact.comparator.kind for fact in cells if fact.has_excess}
    placebo = kinds == {ComparatorKind.PLACEBO}
    return say("side_effect_words.placebo") if placebo else say("side_effect_findings.the_comparator")


def _inside(name: str) -> str:
    """A name inside a sentence: 'dissociation', but 'QT prolongation' and 'IV ketamine'."""
    return name[0].lower() + name[1:] if name[1:2].islower() else name
