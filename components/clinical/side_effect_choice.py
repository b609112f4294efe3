"""Which side effects the patient worries about, and which figures may stand together: pure choices, no drawing."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from components.clinical.interface_words import say
from components.clinical.shares import Difference, Origin, Share, difference_of
from components.clinical.side_effect_answers import WorryAnswer
from components.clinical.side_effect_base import SideEffectBase
from components.clinical.side_effect_terms import SINGLE_SSRIS, Agent, EffectGroup, Indication, Metric, PanelRule
from components.clinical.side_effects import AxisGroup, Effect, EffectFact

OPTIONS = (Agent.KETAMINE_IV, Agent.ESKETAMINE, Agent.SSRI_CLASS)
"""What every comparison shows, figures or not; the patient's own SSRI stands beside them."""


@dataclass(frozen=True, slots=True)
class Part:
    """Figures that may stand together: found in one way, and where the group asks for it, in one source."""

    axis_group: AxisGroup
    facts: tuple[EffectFact, ...]


@dataclass(frozen=True, slots=True)
class EffectBlock:
    """One effect: its parts, each behind a visible break, and the options without any figure."""

    effect: Effect
    parts: tuple[Part, ...]
    elsewhere: tuple[EffectFact, ...]
    """One figure an option that is no share of people: kilograms, a ratio."""
    missing: tuple[Agent, ...]
    """Options without any figure."""


def options_with(own: Sequence[str]) -> tuple[Agent, ...]:
    """The options, and the patient's own SSRIs (medicine ids)."""
    return (*OPTIONS, *(agent for agent in SINGLE_SSRIS if agent.value in own))


def effects_of(base: SideEffectBase, worries: Sequence[str]) -> tuple[Effect, ...]:
    """Effects of the chosen worries in their order; without a choice the main effect of every worry."""
    chosen = [base.worries[each] for each in worries if each in base.worries]
    ids = (
        [effect for worry in chosen for effect in worry.effects]
        if chosen
        else [worry.effects[0] for worry in base.worries.values()]
    )
    return tuple(base.effects[each] for each in dict.fromkeys(ids))


def is_drawn(fact: EffectFact) -> bool:
    """True for shares of people, and ranges of them, that belong on the comparison chart."""
    return fact.shown == "chart" and fact.metric in (Metric.SHARE, Metric.SHARE_RANGE)


def blocks(
    base: SideEffectBase, effects: Iterable[Effect], agents: Sequence[Agent], *, all_figures: bool
) -> tuple[EffectBlock, ...]:
    """Effects in the order of their groups, keeping the order inside a group; one figure an agent, or all."""
    groups = list(EffectGroup)
    ordered = sorted(effects, key=lambda effect: groups.index(effect.group))
    return tuple(_block(base, effect, agents, all_figures=all_figures) for effect in ordered)


def _block(base: SideEffectBase, effect: Effect, agents: Sequence[Agent], *, all_figures: bool) -> EffectBlock:
    drawn = [fact for fact in base.facts_of.get(effect.id, ()) if is_drawn(fact)]
    held = {agent: [fact for fact in drawn if fact.agent is agent] for agent in agents}
    shown = [fact for facts in held.values() if facts for fact in (facts if all_figures else [best_fact(facts)])]
    by_panel: dict[tuple[object, ...], list[EffectFact]] = {}
    for fact in shown:
        by_panel.setdefault(_panel_of(fact, base), []).append(fact)
    parts = tuple(Part(base.axis_groups[facts[0].axis_group], tuple(facts)) for facts in by_panel.values())
    undrawn = [agent for agent, facts in held.items() if not facts]
    others = {agent: [fact for fact in _figures_of(base, effect, agent) if not is_drawn(fact)] for agent in undrawn}
    return EffectBlock(
        effect,
        parts,
        elsewhere=tuple(best_fact(facts) for facts in others.values() if facts),
        missing=tuple(agent for agent, facts in others.items() if not facts),
    )


def _figures_of(base: SideEffectBase, effect: Effect, agent: Agent) -> list[EffectFact]:
    """Everything that was found and has a figure."""
    return [
        fact
        for fact in base.facts_of.get(effect.id, ())
        if fact.agent is agent and fact.metric is not Metric.NO_FIGURE and fact.shown == "chart"
    ]


def glance(base: SideEffectBase, effect: Effect, agent: Agent) -> EffectFact | None:
    """The one figure that answers 'how often' for an option, on every view; None where none was found."""
    figures = _figures_of(base, effect, agent)
    drawn = [fact for fact in figures if is_drawn(fact)]
    return best_fact(drawn or figures) if figures else None


def _panel_of(fact: EffectFact, base: SideEffectBase) -> tuple[object, ...]:
    """What a figure shares with those that may stand beside it."""
    rule = base.axis_groups[fact.axis_group].panel
    if rule is PanelRule.RATES:
        return (fact.axis_group,)
    if rule is PanelRule.EXCESS_ONLY and fact.has_excess:
        return (fact.axis_group, say("side_effect_choice.against_own_comparator"))
    return (fact.axis_group, fact.sources)


def best_fact(facts: Sequence[EffectFact]) -> EffectFact:
    """The curated headline; else in depression, with a comparator, for the whole effect, with the most people.

    Ties by id. Never by its size.
    """
    indications = list(Indication)
    return min(
        facts,
        key=lambda fact: (
            not fact.headline,
            indications.index(fact.indication),
            fact.severe_only,
            not fact.has_excess,
            fact.term is not None,
            -(fact.people or 0),
            fact.id,
        ),
    )


def excess_of(fact: EffectFact) -> Difference | None:
    """Treatment minus comparator in percentage points, where that means something; printed ones win."""
    if not fact.has_excess or fact.value is None or fact.comparator.value is None:
        return None
    for contrast in fact.contrasts:
        if contrast.metric is Metric.DIFFERENCE_IN_POINTS:
            origin = Origin.POOLED if contrast.method == "mantel_haenszel" else Origin.REPORTED
            return Difference(contrast.value, contrast.low, contrast.high, origin)
    return difference_of(share_of(fact), comparator_share_of(fact))


def share_of(fact: EffectFact) -> Share:
    """The treatment arm."""
    return Share(fact.value or 0.0, fact.events, fact.people)


def comparator_share_of(fact: EffectFact) -> Share:
    """The comparator arm."""
    other = fact.comparator
    return Share(other.value or 0.0, other.events, other.people)


def serious_effects(base: SideEffectBase) -> tuple[Effect, ...]:
    """Effects that no filter hides: ranked ones first."""
    serious = [effect for effect in base.effects.values() if effect.serious]
    return tuple(sorted(serious, key=lambda effect: (effect.rank is None, effect.rank or 0, effect.name)))


def paired_blocks(base: SideEffectBase, effects: Sequence[Effect], agents: Sequence[Agent]) -> tuple[EffectBlock, ...]:
    """As blocks, but only figures that stand against a comparator of their own: what can be shown as people in 100."""
    found = []
    for block in blocks(base, effects, agents, all_figures=True):
        facts = [fact for part in block.parts for fact in part.facts if fact.has_excess]
        best = {
            agent: best_fact([f for f in facts if f.agent is agent]) for agent in dict.fromkeys(f.agent for f in facts)
        }
        by_panel: dict[tuple[object, ...], list[EffectFact]] = {}
        for fact in best.values():
            by_panel.setdefault(_panel_of(fact, base), []).append(fact)
        parts = tuple(Part(base.axis_groups[group[0].axis_group], tuple(group)) for group in by_panel.values())
        found.append(EffectBlock(block.effect, parts, (), tuple(agent for agent in agents if agent not in best)))
    return tuple(found)


def counted_in(base: SideEffectBase, answer: WorryAnswer) -> Agent | None:
    """Whose people, counted against a comparator of their own, an answer tells first: 'on sertraline' for the SSRIs."""
    facts = (base.facts[each] for each in answer.facts)
    return next((fact.agent for fact in facts if is_drawn(fact) and fact.has_excess), None)


SsriRow = tuple[str, str | None]
"""Effect id, and what exactly was counted where it is narrower."""


def ssri_cells(base: SideEffectBase, axis_group: str) -> dict[tuple[SsriRow, Agent], EffectFact]:
    """Best figure of each SSRI for each effect and each narrower outcome, within one way of finding effects.

    Figures from which the comparator's is subtracted come first; a bare share stands only where there is no other.
    """
    cells: dict[tuple[SsriRow, Agent], list[EffectFact]] = {}
    for fact in base.facts.values():
        is_ssri = fact.agent in (Agent.SSRI_CLASS, *SINGLE_SSRIS)
        if is_ssri and fact.axis_group == axis_group and fact.shown == "chart" and fact.metric is Metric.SHARE:
            cells.setdefault(((fact.effect, fact.term), fact.agent), []).append(fact)
    return {key: best_fact([fact for fact in facts if fact.has_excess] or facts) for key, facts in cells.items()}


def rows_side_by_side(cells: Iterable[tuple[SsriRow, Agent]]) -> frozenset[SsriRow]:
    """Rows in which at least two SSRIs can be compared."""
    found = Counter(row for row, _ in cells)
    return frozenset(row for row, agents in found.items() if agents > 1)
