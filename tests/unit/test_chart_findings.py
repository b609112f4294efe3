"""Titles that say what is drawn: each follows from the figures of the choice, over many choices, and claims no more."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations, product

from components.charts.onset_pictures import results_axis
from components.charts.time_axis import TimeScale
from components.clinical.extra_responders import extra_responders
from components.clinical.interface_words import say
from components.clinical.knowledge_base import KnowledgeBase
from components.clinical.onset_base import ArmResult
from components.clinical.onset_choice import EXPLORER_METRICS, MAIN_LANES, OnsetChoice, chosen_results
from components.clinical.onset_findings import found_in_pairs, found_in_trials
from components.clinical.onset_terms import Lane, Metric, Resistance, Role
from components.clinical.side_effect_choice import (
    OPTIONS,
    EffectBlock,
    blocks,
    counted_in,
    effects_of,
    excess_of,
    is_drawn,
    paired_blocks,
)
from components.clinical.side_effect_choice import ssri_cells as cells_of
from components.clinical.side_effect_findings import found_in, found_on_map
from components.clinical.side_effect_terms import SINGLE_SSRIS, ComparatorKind
from components.clinical.side_effect_words import agent_name
from components.clinical.side_effects import EffectFact
from components.screen.side_effect_map import ONE_MAP_EACH

MOST_WORDS = 14
NOT_COMPARABLE = "No figure is comparable: "
LANES = (MAIN_LANES, tuple(Lane), *((lane,) for lane in Lane), *combinations(MAIN_LANES, 2))


def title_and_rest(finding: str) -> tuple[str, str]:
    title, _, rest = finding.partition(". ")
    return title, rest


def numbers_in(text: str) -> list[int]:
    return [int(each) for each in re.findall(r"\d+", text)]


# --- trial results


def choices() -> Iterator[tuple[OnsetChoice, TimeScale]]:
    for metric, lanes, comparators, scale in product(EXPLORER_METRICS, LANES, (True, False), TimeScale):
        for people in (tuple(Resistance), *((each,) for each in Resistance)):
            yield OnsetChoice(lanes=lanes, metric=metric, resistances=people, comparators=comparators), scale


def drawn(base: KnowledgeBase, choice: OnsetChoice, scale: TimeScale) -> list[ArmResult]:
    results = chosen_results(base.onset, choice)
    axis = results_axis(results, scale)
    return [result for result in results if axis.shows(result.point.hours or 0)]


def sizes_in(title: str) -> list[Decimal]:
    """Figures of a title, without those in the name of a scale or in the number of studies."""
    told = title.partition(": ")[2].rpartition(" (")[0]
    return [Decimal(each) for each in re.findall(r"\d+(?:\.\d+)?", told)]


def printed(result: ArmResult) -> Decimal:
    return Decimal(str(result.point.value))


def test_titles_over_trial_results_span_what_is_drawn(base: KnowledgeBase) -> None:
    said = set()
    for choice, scale in choices():
        shown = drawn(base, choice, scale)
        ids = {each.point.id for each in shown}
        pairs = []
        for each in shown:
            other = base.onset.comparator_of(each)
            if each.series.role is not Role.TREATMENT:
                continue
            if choice.metric in (Metric.DIFFERENCE, Metric.STANDARDISED_DIFFERENCE):
                pairs.append((each, printed(each), Decimal(0)))
            elif other and other.point.id in ids:
                pairs.append((each, printed(each), printed(other)))
        title, rest = title_and_rest(found_in_trials(base.onset, shown))
        said.add(title)
        assert len(title.split()) <= MOST_WORDS
        assert not rest
        if not shown:
            assert not title
        elif not pairs:
            assert title.startswith(NOT_COMPARABLE)
        elif choice.metric.depends_on_scale and len({each.point.scale for each, _, _ in pairs}) > 1:
            assert not title
        else:
            better = 1 if choice.metric in (Metric.RESPONSE, Metric.REMISSION) else -1
            gains = [better * (one - other) for _, one, other in pairs]
            is_mixed = min(gains) < 0 < max(gains)
            ends = [-min(gains), max(gains)] if is_mixed else sorted({abs(min(gains)), abs(max(gains))})
            assert sizes_in(title) == ends
            assert ("worse" in title) is (min(gains) < 0)
            assert ("better" in title) is (max(gains) > 0 or min(gains) >= 0)
            studies = {each.series.study for each, _, _ in pairs}
            assert title.endswith(f"({len(studies)} studies)" if len(studies) > 1 else "(one study)")
    assert len(said) > 50


def test_trial_results_without_their_comparators_allow_no_finding(base: KnowledgeBase) -> None:
    for metric in (Metric.RESPONSE, Metric.REMISSION, Metric.CHANGE):
        shown = chosen_results(base.onset, OnsetChoice(metric=metric, comparators=False))
        assert found_in_trials(base.onset, shown).startswith(NOT_COMPARABLE)


# --- pairs of 100 people


def test_a_title_over_pairs_says_how_many_more_responded_and_how_sure(base: KnowledgeBase) -> None:
    every = base.onset.out_of_100
    sure = {each.result.point.id: each.low is not None and each.low > 0 for each in extra_responders(base.onset)}
    for size in range(2, len(every) + 1):
        for pairs in combinations(every, size):
            arms = [(base.onset.results[p.treatment], base.onset.results[p.comparator]) for p in pairs]
            gains = [printed(one) - printed(other) for one, other in arms]
            title, rest = title_and_rest(found_in_pairs(base.onset, pairs))
            span, _, how_sure = title.partition("; ")
            assert sizes_in(f"{span} (") == sorted({min(gains), max(gains)})
            assert len(title.split()) <= MOST_WORDS
            assert "interval" in rest
            if all(pair.treatment in sure for pair in pairs):
                assert numbers_in(how_sure) == [sum(sure[pair.treatment] for pair in pairs), size]
    assert not found_in_pairs(base.onset, ())


def test_a_title_over_one_pair_prints_its_two_shares(base: KnowledgeBase) -> None:
    for pair in base.onset.out_of_100:
        title = found_in_pairs(base.onset, [pair])
        for arm in (pair.treatment, pair.comparator):
            assert f"{base.onset.results[arm].point.value:g}%" in title
        assert title.endswith(pair.comparator_name)
        assert len(title.split()) <= MOST_WORDS


# --- side effects


def facts_of(shown: Sequence[EffectBlock]) -> list[tuple[str, EffectFact]]:
    return [(block.effect.name, fact) for block in shown for part in block.parts for fact in part.facts]


def side_effect_choices(base: KnowledgeBase) -> Iterator[tuple[EffectBlock, ...]]:
    held = base.side_effects
    several = ((), *((each,) for each in held.worries), *combinations(held.worries, 2), tuple(held.worries))
    single = ((), *((each,) for each in SINGLE_SSRIS), SINGLE_SSRIS)
    for worries, own in product(several, single):
        effects, agents = effects_of(held, worries), (*OPTIONS, *own)
        yield blocks(held, effects, agents, all_figures=False)
        yield blocks(held, effects, agents, all_figures=True)
        yield paired_blocks(held, effects, agents)


def is_clear(fact: EffectFact) -> bool:
    excess = excess_of(fact)
    return excess is not None and excess.low is not None and excess.low > 0


def test_titles_over_side_effects_claim_only_what_is_clear(base: KnowledgeBase) -> None:
    said = set()
    for shown in side_effect_choices(base):
        facts = facts_of(shown)
        compared = [fact for _, fact in facts if excess_of(fact)]
        judged = [name for name, fact in facts if (excess := excess_of(fact)) and excess.low is not None]
        clear = [(name, fact) for name, fact in facts if is_clear(fact)]
        title, rest = title_and_rest(found_in(shown))
        said.add(re.sub(r"\d+|:.*", "", title))
        assert len(title.split()) <= MOST_WORDS
        if not facts:
            assert not title
        elif not compared:
            assert title.startswith(NOT_COMPARABLE)
        elif not clear:
            assert numbers_in(title) == [len(judged)]
            assert title.startswith("No clear excess")
        elif numbers_in(title):
            assert numbers_in(title) == [len(clear), len(judged)]
        else:
            named = {name.casefold() for name, _ in clear}
            assert all(name in title.casefold() for name in named)
            assert all(agent_name(fact.agent).casefold() in title.casefold() for _, fact in clear)
            assert title.count("(") - title.count("SSRI (class)") == len(named)
        if compared:
            assert say("shared.what_clear_means") in rest
            assert not numbers_in(rest)
            left = {name for name, _ in facts}.difference(judged)
            listed = rest.partition("Not judged")[2].casefold()
            assert all(name.casefold() in listed for name in left)
            assert bool(listed) is bool(left)
    assert len(said) >= 5, "every form of the title was met"


def test_a_title_over_side_effects_names_no_size(base: KnowledgeBase) -> None:
    """Comparators differ from trial to trial: a title that printed the largest excess would rank them."""
    shown = blocks(base.side_effects, effects_of(base.side_effects, ()), OPTIONS, all_figures=False)
    sizes = {f"{excess.value:.1f}" for _, fact in facts_of(shown) if (excess := excess_of(fact))}
    assert sizes
    assert not any(size in found_in(shown) for size in sizes)


def test_the_title_over_single_ssris_counts_their_maps(base: KnowledgeBase) -> None:
    facts = [fact for group in ONE_MAP_EACH for fact in cells_of(base.side_effects, group).values()]
    compared = [fact for fact in facts if excess_of(fact)]
    assert {fact.comparator.kind for fact in compared} == {ComparatorKind.PLACEBO}
    clear = sum(map(is_clear, compared))
    title, _ = title_and_rest(found_on_map(facts, 2 * len(facts)))
    assert numbers_in(title) == [clear, len(compared)]
    assert title.startswith("Clearly above placebo")
    assert title.endswith("most cells are gaps")
    assert "gaps" not in found_on_map(facts, 0)
    assert len(title.split()) <= MOST_WORDS


def test_maps_without_a_difference_allow_no_finding(base: KnowledgeBase) -> None:
    shares = list(cells_of(base.side_effects, "sexual_questionnaire").values())
    assert shares
    assert found_on_map(shares, 0).startswith(NOT_COMPARABLE)
    assert not found_on_map([], 0)


def test_whose_people_an_answer_tells_were_counted_against_a_comparator(base: KnowledgeBase) -> None:
    held = base.side_effects
    told = {(worry, agent): counted_in(held, held.answers[worry, agent]) for worry in held.worries for agent in OPTIONS}
    assert None in told.values()
    for (worry, agent), counted in told.items():
        facts = [held.facts[each] for each in held.answers[worry, agent].facts]
        assert counted is None or any(fact.agent is counted and fact.has_excess for fact in facts)
        assert counted or not any(fact.has_excess and is_drawn(fact) for fact in facts)
