"""Three views of the side-effect page: compare, when and how long, out of 100."""

from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st

from components.charts.effect_courses import courses_picture
from components.charts.effect_people import hundred_pairs, pairs_picture
from components.charts.people import pair_height
from components.charts.picture import Picture
from components.charts.sheets import in_sheets
from components.charts.side_effect_pictures import comparison_picture, comparison_sheets, lines_without_shares
from components.clinical.interface_words import say
from components.clinical.side_effect_answers import TimeCourse
from components.clinical.side_effect_base import SideEffectBase
from components.clinical.side_effect_choice import (
    OPTIONS,
    EffectBlock,
    blocks,
    effects_of,
    is_drawn,
    paired_blocks,
)
from components.clinical.side_effect_findings import found_in
from components.clinical.side_effect_tables import COURSE_COLUMNS, FACT_COLUMNS, course_rows, fact_rows
from components.clinical.side_effect_terms import Agent, CourseClock, EffectView
from components.clinical.side_effect_words import agent_name
from components.clinical.side_effects import Effect, EffectFact
from components.screen.chart_card import ChartCard, chart_cards, opened, table
from components.screen.chart_sources import of_all
from components.screen.fact_card import fact_card
from components.screen.knowledge import knowledge_base
from components.screen.picture_frame import choices, empty_picture, key_line
from components.screen.presenter import chart_look
from components.screen.safe_text import plain
from components.screen.side_effect_frame import framed
from components.screen.worry_tiles import chosen_for_this_patient, single_ssris, single_ssris_now


def compare(worries: Sequence[str]) -> None:
    """Comparator rate to drug rate for each effect that matters, with every option, figures or not."""
    base, look = knowledge_base(), chart_look()
    effects = effects_of(base.side_effects, worries)
    with choices(single_ssris_now(), _figures_now()):
        agents = (*OPTIONS, *single_ssris())
        every = st.toggle(say("side_effect_views.all_figures_not_one_each"), key="all_figures", bind="query-params")
    shown = blocks(base.side_effects, effects, agents, all_figures=every)
    facts = [fact for block in shown for part in block.parts for fact in part.facts]
    with framed(EffectView.COMPARE, {fact.axis_group for fact in facts}, found_in(shown)):
        if facts:
            key_line(
                say("shared.on_the_treatment"),
                say("side_effect_views.on_its_comparator"),
                say("side_effect_views.thin_line_interval"),
                say("shared.open_no_interval"),
                say("side_effect_views.not_comparable_with_above"),
                say("side_effect_views.no_figure_is_not_zero"),
            )
            cards = [
                _fact_card(
                    f"side_effects_{number}",
                    (tuple(effect.id for effect in effects), agents, every, look),
                    partial(comparison_picture, sheet, look, shown),
                    [fact for block in sheet for part in block.parts for fact in part.facts],
                    of_this_patient=bool(worries) or chosen_for_this_patient(),
                )
                for number, sheet in enumerate(comparison_sheets(shown, look), start=1)
            ]
            chart_cards(cards, "side_effects")
            with st.expander(say("side_effect_views.why_some_figures_stand"), key="why_apart"):
                st.markdown(_why_apart(facts))
            with opened(say("side_effect_views.read_one_figure_full"), "one_figure") as is_open:
                if is_open:
                    fact_card(facts)
        else:
            empty_picture(say("side_effect_views.no_share_found"), say("side_effect_views.not_zero_see_what_is_known"))
            st.markdown(_without_shares(shown))
        with opened(say("side_effect_views.also_measured_not_a_share"), "other_figures") as is_open:
            if is_open:
                _other_figures(base.side_effects, effects, agents)


def _fact_card(
    name: str,
    drawn: tuple[object, ...],
    picture: Callable[[], Picture],
    facts: Sequence[EffectFact],
    *,
    of_this_patient: bool,
) -> ChartCard:
    """A chart of figures, with its numbers and their sources."""
    base = knowledge_base()
    return ChartCard(
        name,
        drawn,
        picture,
        lambda: fact_rows(facts, base.side_effects, base.sources),
        FACT_COLUMNS,
        lambda: of_all(facts),
        of_this_patient=of_this_patient,
    )


def _figures_now() -> str:
    every = st.session_state.get("all_figures", st.query_params.get("all_figures") == "true")
    return say("side_effect_views.all_figures") if every else say("side_effect_views.one_figure_each")


def _without_shares(shown: Sequence[EffectBlock]) -> str:
    """What is held instead of a share of people, effect by effect, and for whom nothing is held."""
    return "\n".join(
        f"- **{plain(block.effect.name)}:** {plain(line)}" for block in shown for line in lines_without_shares(block)
    )


def _why_apart(facts: Sequence[EffectFact]) -> str:
    """The ways in which the figures of a chart were found, each with why it stands apart."""
    groups = knowledge_base().side_effects.axis_groups
    lines = (
        f"- **{plain(groups[each].name)}:** {plain(groups[each].what)} {plain(groups[each].why_apart)}"
        for each in dict.fromkeys(fact.axis_group for fact in facts)
    )
    return "\n".join(lines)


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
    groups = {"label_rct_spontaneous", "structured_scale"} if courses else set()
    with framed(EffectView.WHEN, groups, instead=_what_is_timed(courses)):
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
        after_a_dose = [each for each in courses if each.clock is CourseClock.DOSE]
        of_tablets = [each for each in courses if each.clock is not CourseClock.DOSE]
        cards = [
            ChartCard(
                name,
                (tuple(course.id for course in drawn), look),
                partial(courses_picture, drawn, base.side_effects.effects, look),
                partial(course_rows, drawn, base.side_effects, base.sources),
                COURSE_COLUMNS,
                partial(of_all, drawn),
                of_this_patient=bool(worries),
            )
            for name, drawn in (("when_after_a_dose", after_a_dose), ("when_of_tablets", of_tablets))
            if drawn
        ]
        chart_cards(cards, "when")


def _what_is_timed(courses: Sequence[TimeCourse]) -> str:
    """Nothing where every option has a line, so that the view's takeaway holds; else for which none was found."""
    timed = {course.agent.kind for course in courses}
    without = ", ".join(agent_name(agent) for agent in OPTIONS if agent.kind not in timed)
    return say("side_effect_views.when_these_effects_no_timing_found", names=without) if without and timed else ""


def out_of_100(worries: Sequence[str]) -> None:
    """Treatment and comparator as 100 people each."""
    base, look = knowledge_base(), chart_look()
    with choices(single_ssris_now()):
        agents = (*OPTIONS, *single_ssris())
    shown = paired_blocks(base.side_effects, effects_of(base.side_effects, worries), agents)
    facts = [fact for block in shown for part in block.parts for fact in part.facts]
    with framed(EffectView.OUT_OF_100, {fact.axis_group for fact in facts}, found_in(shown)):
        if not facts:
            empty_picture(
                say("side_effect_views.no_figure_comparator_found_these"),
                say("side_effect_views.that_is_not_zero"),
            )
            return
        paired = tuple(zip(facts, hundred_pairs(shown, look), strict=True))
        sheets = in_sheets(paired, lambda each: pair_height(each[1], look))
        cards = [
            _fact_card(
                f"side_effects_out_of_100_{number}",
                (tuple(fact.id for fact in facts), look),
                partial(pairs_picture, [pair for _, pair in sheet], look),
                [fact for fact, _ in sheet],
                of_this_patient=bool(worries) or chosen_for_this_patient(),
            )
            for number, sheet in enumerate(sheets, start=1)
        ]
        chart_cards(cards, "side_effects_out_of_100")
        missing = [
            f"- **{plain(block.effect.name)}:** {', '.join(agent_name(agent) for agent in block.missing)}"
            for block in shown
            if block.missing
        ]
        if missing:
            st.markdown(say("side_effect_views.no_figure_comparator_found") + "\n".join(missing))
