"""Differences between two shares, numbers needed to harm, and which figures may stand together."""

from collections.abc import Sequence
from inspect import signature

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportion_confint

from components.clinical.knowledge_base import KnowledgeBase
from components.clinical.shares import Difference, Origin, Share, difference_of, number_needed_to_harm
from components.clinical.side_effect_base import SideEffectBase
from components.clinical.side_effect_choice import (
    OPTIONS,
    best_fact,
    blocks,
    comparator_share_of,
    effects_of,
    excess_of,
    is_drawn,
    options_with,
    paired_blocks,
    serious_effects,
    share_of,
    ssri_cells,
)
from components.clinical.side_effect_terms import SINGLE_SSRIS, Agent, Indication, Metric, PanelRule
from components.clinical.side_effect_words import harm_in_words, people_in_words
from components.clinical.side_effects import EffectFact

house = settings(deadline=None, derandomize=True, max_examples=100)


@pytest.fixture(scope="session")
def effects(base: KnowledgeBase) -> SideEffectBase:
    return base.side_effects


# --- shares and their difference


def wilson(events: int, people: int) -> tuple[float, float]:
    low, high = proportion_confint(events, people, method="wilson")
    return 100 * float(low), 100 * float(high)


@pytest.mark.parametrize(
    ("share", "count"),
    [
        (Share(64, 30, 47), 30),
        (Share(64, None, 47), 30),
        (Share(12.5, None, 8), 1),
        (Share(50, None, 1000), None),  # 495 to 505 people give 50 %
        (Share(50, 503, 1000), 503),
        (Share(50, None, None), None),
        (Share(0, 0, 40), 0),
        (Share(0, None, 40), 0),
    ],
)
def test_a_share_rests_on_its_count(share: Share, count: int | None) -> None:
    assert share.count == count
    interval = share.interval()
    if count is None or share.people is None:
        assert interval is None
    else:
        assert interval is not None
        assert (interval.low, interval.high) == pytest.approx(wilson(count, share.people))


@house
@given(st.integers(1, 500), st.integers(1, 500), st.data())
def test_a_difference_of_counts(people: int, others: int, data: st.DataObject) -> None:
    """Newcombe 1998, method 10, by its own formula: from the Wilson intervals of both arms."""
    events, control = data.draw(st.integers(0, people)), data.draw(st.integers(0, others))
    treatment, comparator = Share(100 * events / people, events, people), Share(100 * control / others, control, others)
    found = difference_of(treatment, comparator)
    one, other = 100 * events / people, 100 * control / others
    (low, high), (other_low, other_high) = wilson(events, people), wilson(control, others)
    reach_down = ((one - low) ** 2 + (other_high - other) ** 2) ** 0.5
    reach_up = ((high - one) ** 2 + (other - other_low) ** 2) ** 0.5
    assert found.origin is Origin.FROM_COUNTS
    assert found.value == pytest.approx(one - other)
    assert (found.low, found.high) == pytest.approx((one - other - reach_down, one - other + reach_up), abs=1e-6)


@pytest.mark.parametrize(
    ("treatment", "comparator", "origin"),
    [
        (Share(64, 30, 47), Share(28, 7, 25), Origin.FROM_COUNTS),
        (Share(64, None, 47), Share(28, 7, 25), Origin.FROM_IMPLIED_COUNTS),
        (Share(64, 30, 47), Share(28, None, 25), Origin.FROM_IMPLIED_COUNTS),
        (Share(64, None, 47), Share(28, None, 25), Origin.FROM_IMPLIED_COUNTS),
        (Share(64, 30, 47), Share(28, None, None), Origin.FROM_PERCENTAGES),
        (Share(64, None, None), Share(28, 7, 25), Origin.FROM_PERCENTAGES),
        (Share(50, None, 1000), Share(28, 7, 25), Origin.FROM_PERCENTAGES),
    ],
)
def test_a_difference_says_where_it_comes_from(treatment: Share, comparator: Share, origin: Origin) -> None:
    found = difference_of(treatment, comparator)
    assert found.origin is origin
    assert (found.low is None) == (found.high is None) == (origin is Origin.FROM_PERCENTAGES)
    if origin is Origin.FROM_PERCENTAGES:
        assert found.value == treatment.percent - comparator.percent
    else:
        assert found.value == pytest.approx(100 * (30 / 47 - 7 / 25))


# --- number needed to harm


def difference(value: float, low: float | None, high: float | None) -> Difference:
    return Difference(value, low, high, Origin.FROM_COUNTS)


@pytest.mark.parametrize(
    ("given_difference", "value", "low", "high"),
    [
        (difference(20, 10, 25), 5, 4, 10),
        (difference(12.5, 5, 20), 8, 5, 20),
        (difference(100, 60, 100), 1, 1, 100 / 60),
    ],
)
def test_number_needed_to_harm(given_difference: Difference, value: float, low: float, high: float) -> None:
    found = number_needed_to_harm(given_difference)
    assert found is not None
    assert (found.value, found.low, found.high) == pytest.approx((value, low, high))


@pytest.mark.parametrize(
    "nothing",
    [
        *(difference(0, -5, 5), difference(-3, -8, 2), difference(-3, -8, -1), difference(5, None, None)),
        *(difference(2, -1, 4), difference(2, 0, 4)),
    ],
)
def test_no_number_without_an_excess_or_an_interval(nothing: Difference) -> None:
    assert number_needed_to_harm(nothing) is None
    clearly_fewer = nothing.high is not None and nothing.high < 0
    reason = "no interval" if nothing.low is None else "fewer people than on the comparator" if clearly_fewer else None
    assert harm_in_words(nothing) == f"No number needed to harm: {reason or 'no clear difference'}"


@house
@given(st.floats(0.01, 100), st.floats(0, 50), st.floats(0, 50))
def test_the_interval_of_a_number_is_the_inverse_of_its_own(value: float, down: float, up: float) -> None:
    found = number_needed_to_harm(difference(value, value - down, value + up))
    if value - down <= 0:
        assert found is None
        return
    assert found is not None
    assert found.value * value == pytest.approx(100)
    assert found.low * (value + up) == pytest.approx(100)
    assert found.low <= found.value * (1 + 1e-9)
    assert found.high * (value - down) == pytest.approx(100)
    assert found.value <= found.high * (1 + 1e-9)


# --- the excess of a fact


def test_the_excess_is_the_printed_one_or_that_of_the_arms(effects: SideEffectBase) -> None:
    checked = {"printed": 0, "worked out": 0, "none": 0}
    for fact in effects.facts.values():
        found = excess_of(fact)
        printed = [each for each in fact.contrasts if each.metric is Metric.DIFFERENCE_IN_POINTS]
        if not fact.has_excess:
            checked["none"] += 1
            assert found is None, fact.id
        elif printed:
            checked["printed"] += 1
            assert found is not None
            assert (found.value, found.low, found.high) == (printed[0].value, printed[0].low, printed[0].high)
            pooled = printed[0].method == "mantel_haenszel"
            assert found.origin is (Origin.POOLED if pooled else Origin.REPORTED)
        else:
            checked["worked out"] += 1
            assert found == difference_of(share_of(fact), comparator_share_of(fact))
            assert found.value == pytest.approx((fact.value or 0) - (fact.comparator.value or 0), abs=1.21), fact.id
    assert min(checked.values()) > 5


def test_without_a_randomised_comparator_there_is_no_excess(effects: SideEffectBase) -> None:
    against_others = [fact for fact in effects.facts.values() if not fact.comparator.kind.allows_excess]
    assert against_others
    assert [fact.id for fact in against_others if excess_of(fact)] == []


# --- the one figure of an agent


def groups_of(base: SideEffectBase) -> list[tuple[EffectFact, ...]]:
    """Drawn figures of one effect and agent, where there are several."""
    found: dict[tuple[str, Agent], list[EffectFact]] = {}
    for fact in base.facts.values():
        if is_drawn(fact):
            found.setdefault((fact.effect, fact.agent), []).append(fact)
    return [tuple(facts) for facts in found.values() if len(facts) > 1]


def resized(fact: EffectFact, factor: float, other: float) -> EffectFact:
    """The same figure from the same people, larger or smaller."""
    comparator = fact.comparator
    changed = None if comparator.value is None else min(100.0, comparator.value * other)
    return fact.model_copy(
        update={
            "value": None if fact.value is None else min(100.0, fact.value * factor),
            "events": None,
            "comparator": comparator.model_copy(update={"value": changed, "events": None}),
        }
    )


@settings(house, max_examples=200)
@given(st.integers(0, 10_000), st.data())
def test_the_best_figure_is_never_chosen_by_its_size(effects: SideEffectBase, place: int, data: st.DataObject) -> None:
    held = groups_of(effects)
    facts = held[place % len(held)]
    factors = st.floats(0, 20)
    changed = [resized(fact, data.draw(factors), data.draw(factors)) for fact in facts]
    shuffled = data.draw(st.permutations(changed))
    assert best_fact(shuffled).id == best_fact(facts).id


def test_the_best_figure_has_a_comparator_and_is_of_the_whole_effect(effects: SideEffectBase) -> None:
    for facts in groups_of(effects):
        best = best_fact(facts)
        assert best.headline or not any(fact.headline for fact in facts)
        if best.headline:
            continue
        kinds = list(Indication)
        assert kinds.index(best.indication) == min(kinds.index(fact.indication) for fact in facts)
        alike = [fact for fact in facts if fact.indication is best.indication]
        assert not best.severe_only or all(fact.severe_only for fact in alike)
        alike = [fact for fact in alike if fact.severe_only == best.severe_only]
        assert best.has_excess or not any(fact.has_excess for fact in alike)
        alike = [fact for fact in alike if fact.has_excess == best.has_excess]
        assert best.term is None or all(fact.term for fact in alike)
        alike = [fact for fact in alike if (fact.term is None) == (best.term is None)]
        assert (best.people or 0) == max(fact.people or 0 for fact in alike)


# --- which figures may stand together

worries = st.lists(st.integers(0, 50), max_size=5)
agents = st.lists(st.sampled_from(Agent), unique=True, min_size=1).map(tuple)
options = st.sets(st.sampled_from(SINGLE_SSRIS)).map(lambda own: (*OPTIONS, *sorted(own)))
ALL_WORRIES = list(range(50))


def chosen(base: SideEffectBase, places: Sequence[int]) -> list[str]:
    names = list(base.worries)
    return list(dict.fromkeys(names[place % len(names)] for place in places))


@house
@given(worries, st.one_of(agents, options), st.booleans())
@example(ALL_WORRIES, tuple(Agent), True)
@example(ALL_WORRIES, tuple(Agent), False)
def test_figures_found_in_unlike_ways_never_share_a_part(
    effects: SideEffectBase, places: list[int], shown: tuple[Agent, ...], every: bool
) -> None:
    for block in blocks(effects, effects_of(effects, chosen(effects, places)), shown, all_figures=every):
        for part in block.parts:
            assert part.facts
            assert {fact.axis_group for fact in part.facts} == {part.axis_group.id}
            rule = part.axis_group.panel
            assert rule is not PanelRule.WORDS_ONLY
            if rule is PanelRule.ONE_SOURCE:
                assert len({fact.sources for fact in part.facts}) == 1
            if rule is PanelRule.EXCESS_ONLY:
                without = [fact for fact in part.facts if not fact.has_excess]
                assert not without or len({fact.sources for fact in part.facts}) == 1
                assert len(without) in (0, len(part.facts)), "a rate without comparator beside an excess"


@house
@given(worries, st.one_of(agents, options), st.booleans())
@example(ALL_WORRIES, tuple(Agent), True)
def test_blocks_hold_every_figure_once_or_one_an_agent(
    effects: SideEffectBase, places: list[int], shown: tuple[Agent, ...], every: bool
) -> None:
    for block in blocks(effects, effects_of(effects, chosen(effects, places)), shown, all_figures=every):
        held = [fact for part in block.parts for fact in part.facts]
        drawn = [fact for fact in effects.facts_of.get(block.effect.id, ()) if is_drawn(fact) and fact.agent in shown]
        assert {fact.effect for fact in held} <= {block.effect.id}
        elsewhere = [fact.agent for fact in block.elsewhere]
        assert sorted([*block.missing, *elsewhere, *{fact.agent for fact in held}]) == sorted(shown)
        assert not any(is_drawn(fact) for fact in block.elsewhere)
        assert not {fact.agent for fact in drawn} & set(block.missing)
        if every:
            assert sorted(fact.id for fact in held) == sorted(fact.id for fact in drawn)
        else:
            assert {fact.id for fact in held} == {
                best_fact([fact for fact in drawn if fact.agent is agent]).id
                for agent in {fact.agent for fact in drawn}
            }
            assert len({fact.agent for fact in held}) == len(held)


def test_the_options_stand_in_every_comparison() -> None:
    assert options_with(()) == OPTIONS
    assert options_with(("sertraline", "lithium")) == (*OPTIONS, Agent.SERTRALINE)


@house
@given(worries, options)
def test_people_are_shown_only_beside_a_comparator(
    effects: SideEffectBase, places: list[int], shown: tuple[Agent, ...]
) -> None:
    found = paired_blocks(effects, effects_of(effects, chosen(effects, places)), shown)
    facts = [fact for block in found for part in block.parts for fact in part.facts]
    assert all(part.axis_group.id == fact.axis_group for block in found for part in block.parts for fact in part.facts)
    assume(facts)
    assert all(excess_of(fact) is not None and is_drawn(fact) and fact.agent in shown for fact in facts)
    assert len({(fact.effect, fact.agent) for fact in facts}) == len(facts)


@pytest.mark.parametrize("group", ["label_rct_spontaneous", "dropout_rct", "sexual_questionnaire"])
def test_cells_of_a_map_were_found_in_one_way(effects: SideEffectBase, group: str) -> None:
    cells = ssri_cells(effects, group)
    assert cells
    for ((effect, term), agent), fact in cells.items():
        assert (fact.effect, fact.term, fact.agent, fact.axis_group) == (effect, term, agent, group)
    for (row, agent), fact in cells.items():
        alike = [f for f in effects.facts.values() if (f.effect, f.term) == row and f.agent is agent]
        subtractable = [f for f in alike if f.axis_group == group and f.shown == "chart" and f.has_excess]
        assert fact.has_excess == bool(subtractable)


@house
@given(worries, st.one_of(agents, options), st.booleans())
def test_no_worry_hides_a_serious_effect(
    effects: SideEffectBase, places: list[int], shown: tuple[Agent, ...], every: bool
) -> None:
    """Nothing but data/ decides: no choice is even handed over, and none leaves a trace."""
    assert list(signature(serious_effects).parameters) == ["base"]
    picked = effects_of(effects, chosen(effects, places))
    blocks(effects, picked, shown, all_figures=every)
    paired_blocks(effects, picked, shown)
    found = serious_effects(effects)
    assert {effect.id for effect in found} == {name for name, effect in effects.effects.items() if effect.serious}
    ranks = [effect.rank for effect in found if effect.rank]
    assert ranks == sorted(set(ranks))
    assert len(found) >= 5


def test_a_note_on_people_may_stand_inside_a_sentence(effects: SideEffectBase) -> None:
    told = [people_in_words(fact) for fact in effects.facts.values()]
    assert any(fact.people is None for fact in effects.facts.values())
    assert [words for words in told if not words or words.endswith(".")] == []
