"""The views of the side-effect page: compare, one card a worry, when and how long, out of 100, each SSRI, claims."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

import streamlit as st

from components.charts.effect_courses import courses_picture
from components.charts.effect_people import hundreds_picture
from components.charts.side_effect_pictures import comparison_picture
from components.charts.ssri_map import ssri_map_picture
from components.clinical.interface_words import say
from components.clinical.side_effect_base import SideEffectBase
from components.clinical.side_effect_choice import (
    OPTIONS,
    SsriRow,
    blocks,
    effects_of,
    is_drawn,
    paired_blocks,
    ssri_cells,
)
from components.clinical.side_effect_tables import COURSE_COLUMNS, FACT_COLUMNS, course_rows, fact_rows
from components.clinical.side_effect_terms import Agent, EffectView
from components.clinical.side_effect_words import agent_name
from components.clinical.side_effects import Effect, EffectFact
from components.screen.chart_card import ChartCard, chart, chart_card, numbers, opened, table
from components.screen.consultation import ssris_on_the_list
from components.screen.fact_card import fact_card
from components.screen.knowledge import knowledge_base
from components.screen.others_say import others_say
from components.screen.picture_frame import beside_limits, empty_picture, key_line
from components.screen.presenter import chart_look, presenting
from components.screen.safe_text import plain
from components.screen.worry_tiles import chosen_for_this_patient, single_ssris

ONE_MAP_EACH = ("label_rct_spontaneous", "sexual_questionnaire", "dropout_rct")
"""Ways of finding effects in which single SSRIs stand against placebo."""


@contextmanager
def _framed(view: EffectView, groups: set[str], effects: Iterable[str]) -> Iterator[None]:
    """The view's takeaway, why figures of these axis groups may mislead, and what others say of these effects (ids)."""
    base = knowledge_base().side_effects
    words = base.views[view]
    limits = [limit for limit in base.limits if groups & set(limit.axis_groups)]
    with beside_limits(words.patient["en"] if presenting() else words.takeaway, limits, view.value):
        yield
    others_say(tuple(effects), view.value, presenting(), of_patient=True)


def compare(worries: Sequence[str]) -> None:
    """Comparator rate to drug rate for each effect that matters, with every option, figures or not."""
    base, look = knowledge_base(), chart_look()
    effects = effects_of(base.side_effects, worries)
    with st.container(key="choices"):
        agents = (*OPTIONS, *single_ssris())
        every = st.toggle(say("side_effect_views.all_figures_not_one_each"), key="all_figures", bind="query-params")
    shown = blocks(base.side_effects, effects, agents, all_figures=every)
    facts = [fact for block in shown for part in block.parts for fact in part.facts]
    with _framed(EffectView.COMPARE, {fact.axis_group for fact in facts}, (effect.id for effect in effects)):
        key_line(
            say("shared.on_the_treatment"),
            say("side_effect_views.on_its_comparator"),
            say("side_effect_views.thin_line_interval"),
            say("shared.open_no_interval"),
        )
        chart_card(
            ChartCard(
                "side_effects",
                (tuple(effect.id for effect in effects), agents, every, look),
                lambda: comparison_picture(shown, look),
                lambda: fact_rows(facts, base.side_effects, base.sources),
                FACT_COLUMNS,
                of_this_patient=bool(worries) or chosen_for_this_patient(),
            )
        )
        st.markdown(_why_apart(facts))
        with opened(say("side_effect_views.read_one_figure_full"), "one_figure") as is_open:
            if is_open:
                fact_card(facts)
        with opened(say("side_effect_views.also_measured_not_a_share"), "other_figures") as is_open:
            if is_open:
                _other_figures(base.side_effects, effects, agents)


def _why_apart(facts: Sequence[EffectFact]) -> str:
    """The ways in which the figures of a chart were found, each with why it stands apart."""
    groups = knowledge_base().side_effects.axis_groups
    lines = (
        f"- **{plain(groups[each].name)}:** {plain(groups[each].what)} {plain(groups[each].why_apart)}"
        for each in dict.fromkeys(fact.axis_group for fact in facts)
    )
    return say("side_effect_views.why_some_figures_stand") + "\n".join(lines)


def _other_figures(base: SideEffectBase, effects: Sequence[Effect], agents: Sequence[Agent]) -> None:
    others = [
        fact
        for effect in effects
        for fact in base.facts_of.get(effect.id, ())
        if fact.agent in agents and not is_drawn(fact)
    ]
    if not others:
        st.markdown(say("shared.none_these_choices"))
        return
    rows = fact_rows(others, base, knowledge_base().sources)
    table(
        rows,
        (
            say("shared.effect"),
            say("shared.treatment"),
            say("shared.figure"),
            say("shared.against"),
            say("shared.caveat_to_mind"),
            say("shared.not_on_the_chart_because"),
        ),
    )


def when(worries: Sequence[str]) -> None:
    """When effects start, peak and fade."""
    base, look = knowledge_base(), chart_look()
    effects = {effect.id for effect in effects_of(base.side_effects, worries)} if worries else None
    courses = [each for each in base.side_effects.courses if effects is None or each.effect in effects]
    with _framed(EffectView.WHEN, {"label_rct_spontaneous", "structured_scale"}, (each.effect for each in courses)):
        if not courses:
            empty_picture(
                say("side_effect_views.no_time_course_found"), say("side_effect_views.choose_other_worries_none")
            )
            return
        key_line(
            say("side_effect_views.starts"),
            say("side_effect_views.peak"),
            say("side_effect_views.gone_mostly_gone"),
            say("side_effect_views.fades_goes"),
            say("side_effect_views.seen_so_far"),
        )
        chart_card(
            ChartCard(
                "when",
                (tuple(course.id for course in courses), look),
                lambda: courses_picture(courses, base.side_effects.effects, look),
                lambda: course_rows(courses, base.side_effects, base.sources),
                COURSE_COLUMNS,
                of_this_patient=bool(worries),
            )
        )


def out_of_100(worries: Sequence[str]) -> None:
    """Treatment and comparator as 100 people each."""
    base, look = knowledge_base(), chart_look()
    with st.container(key="choices"):
        agents = (*OPTIONS, *single_ssris())
    shown = paired_blocks(base.side_effects, effects_of(base.side_effects, worries), agents)
    facts = [fact for block in shown for part in block.parts for fact in part.facts]
    with _framed(EffectView.OUT_OF_100, {fact.axis_group for fact in facts}, (block.effect.id for block in shown)):
        if not facts:
            empty_picture(
                say("side_effect_views.no_figure_comparator_found_these"),
                say("side_effect_views.that_is_not_zero"),
            )
            return
        chart_card(
            ChartCard(
                "side_effects_out_of_100",
                (tuple(fact.id for fact in facts), look),
                lambda: hundreds_picture(shown, look),
                lambda: fact_rows(facts, base.side_effects, base.sources),
                FACT_COLUMNS,
                of_this_patient=bool(worries) or chosen_for_this_patient(),
            )
        )
        missing = [
            f"- **{plain(block.effect.name)}:** {', '.join(agent_name(agent) for agent in block.missing)}"
            for block in shown
            if block.missing
        ]
        if missing:
            st.markdown(say("side_effect_views.no_figure_comparator_found") + "\n".join(missing))


def each_ssri(worries: Sequence[str]) -> None:
    """Single SSRIs by effect, in one map for each way of finding effects; worries come first."""
    own = ssris_on_the_list()
    effects = effects_of(knowledge_base().side_effects, worries)
    with _framed(EffectView.EACH_SSRI, set(ONE_MAP_EACH), (effect.id for effect in effects)):
        if own:
            st.markdown(say("side_effect_views.patients_medication_list"))
        key_line(
            say("side_effect_views.extra_people_over_placebo", more="+8"),
            say("side_effect_views.no_clear_difference", more="(+8)"),
            say("side_effect_views.nothing_subtract", share="63%"),
            say("side_effect_views.gap"),
        )
        cards = [_ssri_map(group, worries, own) for group in ONE_MAP_EACH]
        for group, card in zip(ONE_MAP_EACH, cards, strict=True):
            st.subheader(knowledge_base().side_effects.axis_groups[group].name)
            chart(card)
        numbers(
            replace(
                cards[0], name="side_effects_each_ssri", rows=lambda: [row for card in cards for row in card.rows()]
            )
        )


def _ssri_map(group: str, worries: Sequence[str], own: tuple[str, ...]) -> ChartCard:
    base, look = knowledge_base(), chart_look()
    first = [effect.id for effect in effects_of(base.side_effects, worries)]
    cells = _cells(base.knowledge.content_hash, group)
    held = dict.fromkeys(row for row, _ in cells)
    ordered = sorted(
        held, key=lambda row: (first.index(row[0]) if row[0] in first else len(first), row[0], row[1] or "")
    )
    names = {row: _row_name(row, base.side_effects) for row in ordered}
    return ChartCard(
        f"each_ssri_{group}",
        (own, tuple(names), look),
        lambda: ssri_map_picture(cells, names, own, look),
        lambda: fact_rows(cells.values(), base.side_effects, base.sources),
        FACT_COLUMNS,
        of_this_patient=bool(own or worries),
    )


@st.cache_resource(max_entries=2 * len(ONE_MAP_EACH), show_spinner=False)
def _cells(content: str, group: str) -> dict[tuple[SsriRow, Agent], EffectFact]:
    """The cells of one map, worked out once for each content of data/."""
    return ssri_cells(knowledge_base().side_effects, group)


def _row_name(row: SsriRow, base: SideEffectBase) -> str:
    effect, term = row
    return f"{base.effects[effect].name}: {term}" if term else base.effects[effect].name
