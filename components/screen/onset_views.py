"""Six views of the timeline, each a picture with its numbers; the seventh stands in extra_views."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import streamlit as st

from components.charts.mark_lanes import AXES_OF_LANES, key_of, lanes_with_marks, marks_picture
from components.charts.onset_pictures import (
    by_lane_and_scale,
    explorer_picture,
    hundred_picture,
    relapse_picture,
    results_axis,
    results_of,
)
from components.charts.picture import Look
from components.charts.time_axis import TimeAxis, time_axis
from components.clinical.interface_words import say
from components.clinical.onset import TimelineMark
from components.clinical.onset_base import ArmResult
from components.clinical.onset_choice import OnsetChoice, chosen_results, in_panels, not_drawn, relapse_pairs
from components.clinical.onset_findings import found_in_pairs, found_in_trials
from components.clinical.onset_tables import MARK_COLUMNS, RESULT_COLUMNS, hundred_rows, mark_rows, result_rows
from components.clinical.onset_terms import Lane, OnsetView
from components.clinical.onset_words import LANE_NAMES, METRIC_WORDS
from components.screen.chart_card import ChartCard, chart, chart_card, numbers, numbers_of, opened, table
from components.screen.chart_sources import of_all, of_results
from components.screen.consultation import ssris_on_the_list
from components.screen.knowledge import knowledge_base
from components.screen.onset_controls import (
    choice_row,
    comparators_now,
    drawn_now,
    metric,
    metric_now,
    reset_button,
    show_comparators,
    time_now,
    time_scale,
    treatments_and_people,
)
from components.screen.onset_frame import HOW_TO_GO_ON, POINTS_KEY, framed, nothing_for
from components.screen.picture_frame import choices, empty_picture, key_line
from components.screen.presenter import chart_look, presenting
from components.screen.safe_text import plain
from components.screen.study_card import study_card

FIRST_PAIRS = 4
"""How many pairs of 100 people are drawn at first."""


def how_soon() -> None:
    """How soon, compared with an SSRI?"""
    with choices(time_now()):
        scale = time_scale()
    with framed(OnsetView.HOW_SOON):
        _lanes(OnsetView.HOW_SOON, time_axis(scale))


def twelve_weeks() -> None:
    """What the first twelve weeks look like."""
    with framed(OnsetView.TWELVE_WEEKS):
        _lanes(OnsetView.TWELVE_WEEKS, AXES_OF_LANES[OnsetView.TWELVE_WEEKS])


def in_the_brain() -> None:
    """What happens in the brain when."""
    with framed(OnsetView.IN_THE_BRAIN):
        _lanes(OnsetView.IN_THE_BRAIN, AXES_OF_LANES[OnsetView.IN_THE_BRAIN])


def _lanes(view: OnsetView, axis: TimeAxis) -> None:
    base, look, own = knowledge_base(), chart_look(), ssris_on_the_list()
    marks = [mark for mark in base.onset.marks if mark.view is view]
    lanes = lanes_with_marks(marks)
    ordered = sorted(marks, key=lambda mark: (lanes.index(mark.lane), mark.from_hours))
    if key := key_of(marks, axis):
        key_line(*key)
    chart_card(
        ChartCard(
            view.value,
            (axis, look, own),
            lambda: marks_picture(marks, lanes, axis, look, base.onset.views[view].takeaway, own),
            lambda: mark_rows(ordered, base.sources),
            MARK_COLUMNS,
            lambda: of_all(ordered),
            of_this_patient=bool(own),
        )
    )
    if presenting():
        _in_plain_words(ordered, view)


def _in_plain_words(marks: Sequence[TimelineMark], view: OnsetView) -> None:
    """The first thing that is known of each treatment, in the patient's words; all else opens."""
    lanes: dict[Lane, list[str]] = {}
    for mark in marks:
        lanes.setdefault(mark.lane, []).append(plain(mark.patient["en"]))
    firsts = (f"- **{LANE_NAMES[lane]}:** {said[0]}" for lane, said in lanes.items())
    st.markdown(say("onset_views.plain_words") + "\n".join(firsts))
    with opened(say("onset_views.more_in_plain_words"), f"plain_words_{view.value}") as is_open:
        if is_open:
            for lane, said in lanes.items():
                if further := "\n".join(f"- {words}" for words in said[1:]):
                    st.markdown(f"**{LANE_NAMES[lane]}**\n\n{further}")


def trials() -> None:
    """Every trial result of one metric, and any study in full."""
    base, look = knowledge_base(), chart_look()
    with choices(metric_now(), *drawn_now(), comparators_now()):
        measured = metric()
        choice = replace(treatments_and_people(), metric=measured)
        with choice_row():
            scale = time_scale()
            choice = replace(choice, comparators=show_comparators())
            reset_button()
    results = chosen_results(base.onset, choice)
    axis = results_axis(results, scale)
    shown = [result for result in results if axis.shows(result.point.hours or 0)]
    with framed(OnsetView.TRIALS, found_in_trials(base.onset, shown)):
        words = METRIC_WORDS[measured]
        st.markdown(f"**{words.name}**: {words.axis.lower()}, {words.better}")
        beyond = len(results) - len(shown)
        if not shown:
            empty_picture(say("onset_views.no_trial_result_fits"), HOW_TO_GO_ON)
            reset_button("reset_from_nothing")
            return
        key_line(*POINTS_KEY)
        if beyond:
            st.markdown(say("onset_views.results_lie_outside_stretch", beyond=beyond))
        nothing_for(choice, (result.series.lane for result in shown))
        for card in _trial_cards(shown, choice, look):
            chart(card)
        numbers(
            ChartCard(
                f"trials_{measured.value}",
                (),
                partial(explorer_picture, base.onset, in_panels(shown), choice, look),
                lambda: result_rows(results, base.sources),
                RESULT_COLUMNS,
            )
        )
        with opened(say("onset_views.read_one_study_full"), "one_study") as is_open:
            if is_open:
                study_card(results)
        with opened(say("onset_views.results_held_but_not_drawn"), "not_drawn") as is_open:
            if is_open:
                _beside_the_chart(not_drawn(base.onset, choice))


def _trial_cards(shown: Sequence[ArmResult], choice: OnsetChoice, look: Look) -> list[ChartCard]:
    """A picture for each treatment and scale."""
    base, every = knowledge_base(), in_panels(shown)
    takeaway = base.onset.views[OnsetView.TRIALS].takeaway
    return [
        ChartCard(
            f"trials_{choice.metric.value}_{number}",
            (choice, tuple(result.point.id for result in results_of(panels)), look),
            partial(explorer_picture, base.onset, panels, choice, look, takeaway, every),
            partial(result_rows, results_of(panels), base.sources),
            RESULT_COLUMNS,
            partial(of_results, results_of(panels)),
            of_this_patient=bool(choice.highlighted),
        )
        for number, panels in enumerate(by_lane_and_scale(every), start=1)
    ]


def _beside_the_chart(results: Sequence[ArmResult]) -> None:
    """Results that are held but not drawn, each with its reason."""
    if not results:
        st.markdown(say("shared.none_these_choices"))
        return
    columns = (
        say("shared.treatment"),
        say("shared.study"),
        say("shared.time"),
        say("shared.value"),
        "n",
        say("shared.not_on_the_chart_because"),
    )
    table(result_rows(results, knowledge_base().sources), columns)


def out_of_100() -> None:
    """How many respond, out of 100, on the drug and on its comparator."""
    base, look = knowledge_base(), chart_look()
    pairs = {pair.id: pair for pair in base.onset.out_of_100}
    chosen = st.multiselect(
        say("onset_views.trials"),
        list(pairs),
        default=list(pairs)[:FIRST_PAIRS],
        format_func=lambda each: pairs[each].title,
        key="hundred",
        select_all=False,
        wrap=True,
        bind="query-params",
    )
    shown = [pairs[each] for each in pairs if each in chosen]
    with framed(OnsetView.OUT_OF_100, found_in_pairs(base.onset, shown)):
        if not shown:
            empty_picture(say("onset_views.no_trial_chosen"), say("onset_views.choose_one_above"))
            return
        cards = [
            ChartCard(
                f"out_of_100_{pair.id}",
                (pair.id, look),
                partial(hundred_picture, base.onset, (pair,), look),
                partial(hundred_rows, (pair,), base.onset, base.sources),
                RESULT_COLUMNS,
                partial(of_all, (pair,)),
            )
            for pair in shown
        ]
        st.markdown(f":small[{say('onset_views.each_pair_may_not_be_compared')}]")
        with st.container(key="people_grid"):
            for card, pair in zip(cards, shown, strict=True):
                with st.container(key=f"people_{pair.id}"):
                    chart(card)
                    st.markdown(f":small[{plain(pair.patient['en'] if presenting() else pair.caveat)}]")
        numbers_of(cards, "out_of_100")


def how_long() -> None:
    """How long it lasts, and what relapse looks like."""
    base, look = knowledge_base(), chart_look()
    with framed(OnsetView.HOW_LONG):
        _lanes(OnsetView.HOW_LONG, AXES_OF_LANES[OnsetView.HOW_LONG])
        st.subheader(say("shared.relapsed_of"))
        key_line(
            say("shared.on_the_treatment"),
            say("onset_views.comparator_placebo_ect_treatment"),
            say("shared.open_no_interval"),
        )
        relapses = relapse_pairs(base.onset)
        chart_card(
            ChartCard(
                "relapse",
                (look,),
                lambda: relapse_picture(relapses, look),
                lambda: result_rows([arm for pair in relapses for arm in pair], base.sources),
                RESULT_COLUMNS,
                lambda: of_results(arm for pair in relapses for arm in pair),
            )
        )
