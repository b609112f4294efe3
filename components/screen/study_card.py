"""One series in full: study, design, people, dose, every value with its interval, caveat, place in source, link."""

from collections.abc import Sequence

import streamlit as st

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
        "Study and arm",
        ordered,
        index=None,
        format_func=lambda each: f"{series[each].study_name}: {series[each].label}",
        placeholder=f"{len(ordered)} arms in this picture",
        key="study_choice",
    )
    if chosen in series:
        _card(chosen)


def _card(identifier: str) -> None:
    base = knowledge_base()
    series = base.onset.series[identifier]
    years = sorted({base.sources[each].year or 0 for each in series.sources} - {0})
    parts = [
        ("Treatment", lane_in_words(series.lane)),
        ("Year", ", ".join(str(year) for year in years)),
        ("Design", f"{series.design} ({MASKING_NAMES[series.masking]})"),
        ("Compared with", series.control_words or CONTROL_NAMES[series.control]),
        ("People", f"{series.population} ({RESISTANCE_NAMES[series.resistance]})"),
        ("Dose", "; ".join(part for part in (series.dose, series.schedule) if part)),
        ("At the start", series.baseline),
        ("Lost", series.dropout),
        ("Mind", series.caveat),
        ("In the source", series.where),
    ]
    st.markdown(f"**{plain(series.study_name)}: {plain(series.label)}** :gray-badge[{series.status.value}]")
    st.markdown("\n".join(f"- *{name}:* {plain(text)}" for name, text in parts if text))
    for point in series.points:
        words = METRIC_WORDS.get(point.metric)
        result = ArmResult(series, point)
        name = words.name if words else point.metric.value.replace("_", " ")
        interval = "" if point.low is None else f" ({INTERVAL_NAMES[point.interval]})"
        reason = "" if point.shown_reason is None else f" Not on the chart: {point.shown_reason}"
        line = f"{point.time}: {value_in_words(result)}{interval}; {point.scale}; {people_in_words(result)}.{reason}"
        st.markdown(f"- **{plain(name)}**, {plain(line)} {plain(point.caveat or '')}")
    st.markdown("*Sources:* " + " · ".join(source_line(base.sources[each]) for each in series.sources))
