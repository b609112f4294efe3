"""The seven views of the timeline: each a picture with its numbers."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from components.charts.onset_pictures import (
    AXES_OF_LANES,
    each_ssri_picture,
    explorer_picture,
    extra_picture,
    hundred_picture,
    lanes_with_marks,
    marks_picture,
    relapse_picture,
)
from components.charts.time_axis import TimeAxis, time_axis
from components.clinical.extra_responders import extra_responders
from components.clinical.onset_base import ArmResult
from components.clinical.onset_choice import chosen_results, in_panels, not_drawn
from components.clinical.onset_tables import (
    EXTRA_COLUMNS,
    MARK_COLUMNS,
    RESULT_COLUMNS,
    extra_rows,
    hundred_rows,
    mark_rows,
    result_rows,
)
from components.clinical.onset_terms import Lane, MarkKind, Metric, OnsetView
from components.clinical.onset_words import MARK_NAMES, METRIC_WORDS
from components.screen.chart_card import chart_card, numbers
from components.screen.knowledge import knowledge_base
from components.screen.onset_controls import (
    choice_row,
    metric,
    reset_button,
    show_comparators,
    time_scale,
    treatments_and_people,
)
from components.screen.onset_frame import EXTRA_KEY, POINTS_KEY, empty_picture, framed, key_line
from components.screen.presenter import chart_look
from components.screen.study_card import study_card

MARK_SIGNS = {
    MarkKind.CHANGE_WITHOUT_CONTROL: "○",
    MarkKind.FIRST_DIFFERENCE: "●",
    MarkKind.NO_DIFFERENCE: "✕",
    MarkKind.MOST_OF_EFFECT: "■",
    MarkKind.DECISION_POINT: "◆",
    MarkKind.FADING: "▽",
    MarkKind.RELAPSE: "▼",
    MarkKind.NOT_STUDIED: "┄",
    MarkKind.SESSION: "■",
    MarkKind.DAILY_TABLET: "─",
    MarkKind.REVIEW: "◇",
    MarkKind.MECHANISM: "●",
}
FIRST_PAIRS = 3
"""How many pairs of 100 people are drawn at first."""


def how_soon() -> None:
    """How soon, compared with an SSRI? The first picture."""
    with framed(OnsetView.HOW_SOON):
        with st.container(key="choices"):
            scale = time_scale()
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
    base = knowledge_base()
    marks = [mark for mark in base.onset.marks if mark.view is view]
    lanes = lanes_with_marks(marks)
    picture = marks_picture(marks, lanes, axis, chart_look(), base.onset.views[view].takeaway)
    ordered = sorted(marks, key=lambda mark: (lanes.index(mark.lane), mark.from_hours))
    kinds = dict.fromkeys(mark.kind for mark in marks if mark.kind is not MarkKind.MECHANISM)
    key_line(*(f"{MARK_SIGNS[kind]} {MARK_NAMES[kind]}" for kind in kinds))
    chart_card(picture, view.value, mark_rows(ordered, base.sources), MARK_COLUMNS)


def extra() -> None:
    """Extra responders in 100 against each treatment's own comparator, over time; then SSRI by SSRI."""
    base = knowledge_base()
    with framed(OnsetView.EXTRA_RESPONDERS):
        with st.container(key="choices"):
            choice = treatments_and_people()
            with choice_row():
                scale = time_scale()
                reset_button()
        found = [each for each in extra_responders(base.onset) if choice.allows(each.result)]
        by_drug = [each for each in found if each.result.series.study == "griselda"]
        together = [each for each in found if each not in by_drug or each.result.series.medicine is None]
        if not together:
            empty_picture("No comparison of response fits these choices.")
            return
        takeaway = base.onset.views[OnsetView.EXTRA_RESPONDERS].takeaway
        picture = extra_picture(together, scale, chart_look(), takeaway)
        key_line(*EXTRA_KEY)
        chart_card(picture, "extra_responders", extra_rows(together, base.sources), EXTRA_COLUMNS)
        if by_drug:
            st.subheader("Each SSRI against placebo, at the end of its trials")
            st.markdown(
                ":small[Not a ranking: the trials differ in age of the people, dose, length and placebo response.]"
            )
            each_ssri = each_ssri_picture(by_drug, choice.highlighted, chart_look())
            chart_card(each_ssri, "each_ssri", extra_rows(by_drug, base.sources), EXTRA_COLUMNS)


def trials() -> None:
    """Every trial result of one metric, and any study in full."""
    base = knowledge_base()
    with framed(OnsetView.TRIALS):
        with st.container(key="choices"):
            measured = metric()
            choice = replace(treatments_and_people(), metric=measured)
            with choice_row():
                scale = time_scale()
                choice = replace(choice, comparators=show_comparators())
                reset_button()
        results = chosen_results(base.onset, choice)
        words = METRIC_WORDS[measured]
        st.markdown(f"**{words.name}**: {words.axis.lower()}, {words.better}")
        if not results:
            empty_picture("No trial result fits these choices.")
            return
        picture = explorer_picture(in_panels(results), choice, scale, chart_look())
        key_line(*POINTS_KEY)
        chart_card(picture, f"trials_{measured.value}", result_rows(results, base.sources), RESULT_COLUMNS)
        study_card(results, "trials")
        _beside_the_chart(not_drawn(base.onset, choice))


def _beside_the_chart(results: Sequence[ArmResult]) -> None:
    """Results that are held but not drawn, each with its reason."""
    if results:
        st.markdown(f"**{len(results)} more results are held but not drawn**, each for a reason that its row gives:")
        rows = result_rows(results, knowledge_base().sources)
        numbers("not_drawn", rows, ("Treatment", "Study", "Time", "Value", "n", "Not on the chart because"))


def out_of_100() -> None:
    """How many respond, out of 100, on the drug and on its comparator."""
    base = knowledge_base()
    with framed(OnsetView.OUT_OF_100):
        pairs = {pair.id: pair for pair in base.onset.out_of_100}
        with st.container(key="choices"):
            chosen = st.multiselect(
                "Trials",
                list(pairs),
                default=list(pairs)[:FIRST_PAIRS],
                format_func=lambda each: pairs[each].title,
                key="hundred",
                select_all=False,
                wrap=True,
                bind="query-params",
            )
        if not chosen:
            empty_picture("No trial is chosen.")
            return
        shown = [pairs[each] for each in pairs if each in chosen]
        picture = hundred_picture(base.onset, chosen, chart_look())
        chart_card(picture, "out_of_100", hundred_rows(shown, base.onset, base.sources), RESULT_COLUMNS)
        st.markdown(
            ":small[Each pair is one trial or one pooling; different pairs may not be compared as like with like.]"
        )
        for pair in shown:
            st.markdown(f"- **{pair.title}:** {pair.caveat}")


def how_long() -> None:
    """How long it lasts, and what relapse looks like."""
    base = knowledge_base()
    with framed(OnsetView.HOW_LONG):
        _lanes(OnsetView.HOW_LONG, AXES_OF_LANES[OnsetView.HOW_LONG])
        relapses = [
            (result, comparator)
            for result in base.onset.results.values()
            if result.point.metric is Metric.RELAPSE and (comparator := base.onset.comparator_of(result))
        ]
        lanes = list(Lane)
        relapses.sort(key=lambda pair: lanes.index(pair[0].series.lane))
        st.subheader("Relapsed, of 100: staying on the treatment, or not")
        arms = [arm for pair in relapses for arm in pair]
        chart_card(relapse_picture(relapses, chart_look()), "relapse", result_rows(arms, base.sources), RESULT_COLUMNS)
        key_line("● on the treatment", "◆ comparator (placebo, ECT, or the treatment stopped)", "open: no interval")
