"""Six views of the timeline, each a picture with its numbers; the seventh stands in extra_views."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import streamlit as st

from components.charts.mark_lanes import AXES_OF_LANES, key_of, lanes_with_marks, marks_picture
from components.charts.onset_pictures import explorer_picture, hundred_picture, relapse_picture, results_axis
from components.charts.people import pair_height
from components.charts.sheets import in_sheets
from components.charts.time_axis import TimeAxis, time_axis
from components.clinical.interface_words import say
from components.clinical.onset_base import ArmResult
from components.clinical.onset_choice import chosen_results, in_panels, not_drawn, relapse_pairs
from components.clinical.onset_findings import found_in_pairs, found_in_trials
from components.clinical.onset_tables import MARK_COLUMNS, RESULT_COLUMNS, hundred_rows, mark_rows, result_rows
from components.clinical.onset_terms import OnsetView
from components.clinical.onset_words import LANE_NAMES, METRIC_WORDS
from components.screen.chart_card import ChartCard, chart_card, chart_cards, opened, table
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
    key_line(*key_of(marks, axis))
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
        said = (f"- **{LANE_NAMES[mark.lane]}:** {plain(mark.patient['en'])}" for mark in ordered)
        st.markdown(say("onset_views.plain_words") + "\n".join(said))


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
        takeaway = base.onset.views[OnsetView.TRIALS].takeaway
        if not shown:
            empty_picture(say("onset_views.no_trial_result_fits"), HOW_TO_GO_ON)
            reset_button("reset_from_nothing")
            return
        key_line(*POINTS_KEY)
        if beyond:
            st.markdown(say("onset_views.results_lie_outside_stretch", beyond=beyond))
        nothing_for(choice, (result.series.lane for result in shown))
        chart_card(
            ChartCard(
                f"trials_{measured.value}",
                (choice, axis, look),
                lambda: explorer_picture(in_panels(shown), choice, axis, look, takeaway),
                lambda: result_rows(results, base.sources),
                RESULT_COLUMNS,
                lambda: of_results(shown),
                of_this_patient=bool(choice.highlighted),
            )
        )
        with opened(say("onset_views.read_one_study_full"), "one_study") as is_open:
            if is_open:
                study_card(results)
        with opened(say("onset_views.results_held_but_not_drawn"), "not_drawn") as is_open:
            if is_open:
                _beside_the_chart(not_drawn(base.onset, choice))


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
                f"out_of_100_{number}",
                (tuple(pair.id for pair in sheet), look),
                partial(hundred_picture, base.onset, sheet, look),
                partial(hundred_rows, sheet, base.onset, base.sources),
                RESULT_COLUMNS,
                partial(of_all, sheet),
            )
            for number, sheet in enumerate(in_sheets(shown, lambda _: pair_height(1, 0, look)), start=1)
        ]
        chart_cards(cards, "out_of_100")
        note = say("onset_views.each_pair_may_not_be_compared")
        caveats = "\n".join(
            f"- :small[**{plain(pair.title)}:** {plain(pair.patient['en'] if presenting() else pair.caveat)}]"
            for pair in shown
        )
        st.markdown(f":small[{note}]\n\n{caveats}")


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
