"""One series in full: study, design, people, dose, every value with its interval, caveat, place in source, link."""

from collections.abc import Sequence

import streamlit as st

from components.clinical.interface_words import say
from components.clinical.onset_base import ArmResult
from components.clinical.onset_words import (
    CONTROL_NAMES,
    INTERVAL_NAMES,
    MASKING_NAMES,
    METRIC_WORDS,
    RESISTANCE_NAMES,
    lane_in_words,
    people_in_words,
    value_in_words,
)
from components.screen.knowledge import knowledge_base
from components.screen.safe_text import plain
from components.screen.source_line import source_line


def study_card(results: Sequence[ArmResult]) -> None:
    """Choose one arm among those in the picture and read all of it."""
    series = {result.series.id: result.series for result in results}
    ordered = sorted(series, key=lambda each: (series[each].study_name.casefold(), series[each].label))
    chosen = st.selectbox(
        say("study_card.study_arm"),
        ordered,
        index=None,
        format_func=lambda each: f"{series[each].study_name}: {series[each].label}",
        placeholder=say("study_card.arms_picture", count=len(ordered)),
        key="study_choice",
    )
    if chosen in series:
        _card(chosen)


def _card(identifier: str) -> None:
    base = knowledge_base()
    series = base.onset.series[identifier]
    years = sorted({base.sources[each].year or 0 for each in series.sources} - {0})
    parts = [
        (say("shared.treatment"), lane_in_words(series.lane)),
        (say("shared.year"), ", ".join(str(year) for year in years)),
        (say("study_card.design"), f"{series.design} ({MASKING_NAMES[series.masking]})"),
        (say("shared.compared_with"), series.control_words or CONTROL_NAMES[series.control]),
        (say("shared.people"), f"{series.population} ({RESISTANCE_NAMES[series.resistance]})"),
        (say("shared.dose"), "; ".join(part for part in (series.dose, series.schedule) if part)),
        (say("study_card.at_the_start"), series.baseline),
        (say("study_card.lost"), series.dropout),
        (say("shared.caveat_to_mind"), series.caveat),
        (say("shared.in_the_source"), series.where),
    ]
    st.markdown(f"**{plain(series.study_name)}: {plain(series.label)}** :gray-badge[{series.status.value}]")
    st.markdown("\n".join(f"- *{name}:* {plain(text)}" for name, text in parts if text))
    for point in series.points:
        words = METRIC_WORDS.get(point.metric)
        result = ArmResult(series, point)
        name = words.name if words else point.metric.value.replace("_", " ")
        interval = "" if point.low is None else f" ({INTERVAL_NAMES[point.interval]})"
        reason = "" if point.shown_reason is None else say("study_card.not_on_the_chart", reason=point.shown_reason)
        line = f"{point.time}: {value_in_words(result)}{interval}; {point.scale}; {people_in_words(result)}.{reason}"
        st.markdown(f"- **{plain(name)}**, {plain(line)} {plain(point.caveat or '')}")
    st.markdown(
        say("shared.sources_line", names=" · ".join(source_line(base.sources[each]) for each in series.sources))
    )
