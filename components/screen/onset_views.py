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
from components.charts.picture import Look
from components.charts.time_axis import TimeAxis, time_axis
from components.clinical.extra_responders import (
    ExtraResponders,
    extra_responders,
    is_end_of_trial,
    is_one_of_six,
)
from components.clinical.onset_base import ArmResult
from components.clinical.onset_choice import OnsetChoice, chosen_results, in_panels, not_drawn, relapse_pairs
from components.clinical.onset_tables import (
    EXTRA_COLUMNS,
    MARK_COLUMNS,
    RESULT_COLUMNS,
    extra_rows,
    hundred_rows,
    mark_rows,
    result_rows,
)
from components.clinical.onset_terms import MarkKind, OnsetView
from components.clinical.onset_words import MARK_NAMES, METRIC_WORDS
from components.screen.chart_card import ChartCard, chart_card, opened, table
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
from components.screen.safe_text import plain
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
    base, look = knowledge_base(), chart_look()
    marks = [mark for mark in base.onset.marks if mark.view is view]
    lanes = lanes_with_marks(marks)
    kinds = dict.fromkeys(mark.kind for mark in marks if mark.kind is not MarkKind.MECHANISM)
    key_line(*(f"{MARK_SIGNS[kind]} {MARK_NAMES[kind]}" for kind in kinds))
    ordered = sorted(marks, key=lambda mark: (lanes.index(mark.lane), mark.from_hours))
    chart_card(
        ChartCard(
            view.value,
            (axis, look),
            lambda: marks_picture(marks, lanes, axis, look, base.onset.views[view].takeaway),
            lambda: mark_rows(ordered, base.sources),
            MARK_COLUMNS,
        )
    )


def extra() -> None:
    """Extra responders in 100 against each treatment's own comparator, over time; then SSRI by SSRI."""
    base, look = knowledge_base(), chart_look()
    with framed(OnsetView.EXTRA_RESPONDERS):
        with st.container(key="choices"):
            choice = treatments_and_people()
            with choice_row():
                scale = time_scale()
                reset_button()
        found = [each for each in _all_extra(base.knowledge.content_hash) if choice.allows(each.result)]
        by_drug = [each for each in found if is_end_of_trial(each)]
        together = [each for each in found if not is_one_of_six(each)]
        if not together:
            empty_picture("No comparison of response fits these choices.")
            return
        key_line(*EXTRA_KEY)
        takeaway = base.onset.views[OnsetView.EXTRA_RESPONDERS].takeaway
        chart_card(
            ChartCard(
                "extra_responders",
                (replace(choice, highlighted=()), scale, look),
                lambda: extra_picture(together, scale, look, takeaway),
                lambda: extra_rows(together, base.sources),
                EXTRA_COLUMNS,
            )
        )
        if by_drug:
            _each_ssri(by_drug, choice, look)


@st.cache_resource(max_entries=2, show_spinner=False)
def _all_extra(content: str) -> tuple[ExtraResponders, ...]:
    """Every comparison, worked out once for each content of data/."""
    return extra_responders(knowledge_base().onset)


def _each_ssri(by_drug: Sequence[ExtraResponders], choice: OnsetChoice, look: Look) -> None:
    st.subheader("Each SSRI against placebo, at the end of its trials")
    st.markdown(":small[Not a ranking: the trials differ in age of the people, dose, length and placebo response.]")
    chart_card(
        ChartCard(
            "each_ssri",
            (choice, look),
            lambda: each_ssri_picture(by_drug, choice.highlighted, look),
            lambda: extra_rows(by_drug, knowledge_base().sources),
            EXTRA_COLUMNS,
            of_this_patient=bool(choice.highlighted),
        )
    )


def trials() -> None:
    """Every trial result of one metric, and any study in full."""
    base, look = knowledge_base(), chart_look()
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
        key_line(*POINTS_KEY)
        chart_card(
            ChartCard(
                f"trials_{measured.value}",
                (choice, scale, look),
                lambda: explorer_picture(in_panels(results), choice, scale, look),
                lambda: result_rows(results, base.sources),
                RESULT_COLUMNS,
                of_this_patient=bool(choice.highlighted),
            )
        )
        with opened("Read one study in full", "one_study") as is_open:
            if is_open:
                study_card(results)
        with opened("Results that are held but not drawn, and why", "not_drawn") as is_open:
            if is_open:
                _beside_the_chart(not_drawn(base.onset, choice))


def _beside_the_chart(results: Sequence[ArmResult]) -> None:
    """Results that are held but not drawn, each with its reason."""
    if not results:
        st.markdown("None for these choices.")
        return
    columns = ("Treatment", "Study", "Time", "Value", "n", "Not on the chart because")
    table(result_rows(results, knowledge_base().sources), columns)


def out_of_100() -> None:
    """How many respond, out of 100, on the drug and on its comparator."""
    base, look = knowledge_base(), chart_look()
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
        chart_card(
            ChartCard(
                "out_of_100",
                (tuple(pair.id for pair in shown), look),
                lambda: hundred_picture(base.onset, shown, look),
                lambda: hundred_rows(shown, base.onset, base.sources),
                RESULT_COLUMNS,
            )
        )
        note = "Each pair is one trial or one pooling; different pairs may not be compared as like with like."
        caveats = "\n".join(f"- **{plain(pair.title)}:** {plain(pair.caveat)}" for pair in shown)
        st.markdown(f":small[{note}]\n\n{caveats}")


def how_long() -> None:
    """How long it lasts, and what relapse looks like."""
    base, look = knowledge_base(), chart_look()
    with framed(OnsetView.HOW_LONG):
        _lanes(OnsetView.HOW_LONG, AXES_OF_LANES[OnsetView.HOW_LONG])
        st.subheader("Relapsed, of 100: staying on the treatment, or not")
        key_line("● on the treatment", "◆ comparator (placebo, ECT, or the treatment stopped)", "open: no interval")
        relapses = relapse_pairs(base.onset)
        chart_card(
            ChartCard(
                "relapse",
                (look,),
                lambda: relapse_picture(relapses, look),
                lambda: result_rows([arm for pair in relapses for arm in pair], base.sources),
                RESULT_COLUMNS,
            )
        )
