"""The reader's choices on the timeline: kept in the address (never a medicine), with one way back to the start."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import streamlit as st

from components.charts.time_axis import TimeScale
from components.clinical.interface_words import say
from components.clinical.onset_choice import EXPLORER_METRICS, MAIN_LANES, OnsetChoice
from components.clinical.onset_terms import Lane, Metric, Resistance
from components.clinical.onset_words import LANE_NAMES, METRIC_WORDS, RESISTANCE_NAMES
from components.screen.consultation import ssris_on_the_list
from components.screen.knowledge import knowledge_base
from components.screen.safe_text import plain

SCALE_NAMES = {
    TimeScale.ALL: say("onset_controls.minutes_months"),
    TimeScale.FIRST_WEEK: say("onset_controls.first_week"),
    TimeScale.TWELVE_WEEKS: say("onset_controls.twelve_weeks"),
}


@dataclass(frozen=True, slots=True)
class _Keys:
    """Names in the address."""

    scale: str = "time"
    lanes: str = "treatments"
    metric: str = "metric"
    resistances: str = "people"
    comparators: str = "comparators"
    masked: str = "masked"


KEYS = _Keys()
_MASKING_LIMIT = "unblinding"
_DEFAULTS: dict[str, Any] = {
    KEYS.scale: TimeScale.ALL.value,
    KEYS.lanes: [lane.value for lane in MAIN_LANES],
    KEYS.metric: Metric.RESPONSE.value,
    KEYS.resistances: [each.value for each in Resistance],
    KEYS.comparators: True,
    KEYS.masked: False,
}

_LANES = {lane.value: LANE_NAMES[lane] for lane in Lane}
_PEOPLE = {each.value: RESISTANCE_NAMES[each] for each in Resistance}
_METRICS = {each.value: METRIC_WORDS[each].name for each in EXPLORER_METRICS}
_SWITCH = {"true": "true", "false": "false"}
"""How a switch stands in the address."""


def drawn_now() -> tuple[str, ...]:
    """Which treatments, whom and from when to when, in words: '4 treatments', 'all people'."""
    lanes, people = _held(KEYS.lanes, _LANES), _held(KEYS.resistances, _PEOPLE)
    masked = say("onset_controls.only_masked") if _held(KEYS.masked, _SWITCH) == ["true"] else ""
    return (
        _in_words(lanes, _LANES, say("onset_controls.all_treatments"), say("onset_controls.no_treatment")),
        _in_words(people, _PEOPLE, say("onset_controls.all_people"), say("onset_controls.nobody")),
        masked,
        time_now(),
    )


def time_now() -> str:
    """'Minutes to months'."""
    return SCALE_NAMES[TimeScale(_held(KEYS.scale, {scale.value: name for scale, name in SCALE_NAMES.items()})[0])]


def metric_now() -> str:
    """'Response'."""
    return METRIC_WORDS[Metric(_held(KEYS.metric, _METRICS)[0])].name


def comparators_now() -> str:
    """That comparator arms are left out; nothing where they are drawn."""
    shown = _held(KEYS.comparators, _SWITCH) != ["false"]
    return "" if shown else say("onset_controls.without_comparators")


def _held(key: str, names: Mapping[str, str]) -> list[str]:
    """A choice before it is drawn: as this session has it, else as the address names it, else its start."""
    given = st.session_state.get(key, _DEFAULTS[key])
    if key not in st.session_state and key in st.query_params:
        named = st.query_params.get_all(key)
        found = [value for value, name in names.items() if name in named]
        given = found if found or named == [""] else given
    return given if isinstance(given, list) else [str(given).lower()]


def _in_words(held: Sequence[str], names: Mapping[str, str], every: str, none: str) -> str:
    if not held:
        return none
    return every if len(held) == len(names) else ", ".join(name for value, name in names.items() if value in held)


@contextmanager
def choice_row() -> Iterator[None]:
    """Choices side by side where the screen is wide enough."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="large"):
        yield


def time_scale() -> TimeScale:
    """How time is laid out."""
    chosen = st.radio(
        say("shared.time"),
        [scale.value for scale in TimeScale],
        format_func=lambda value: SCALE_NAMES[TimeScale(value)],
        key=KEYS.scale,
        horizontal=True,
        bind="query-params",
    )
    return TimeScale(chosen)


def treatments_and_people() -> OnsetChoice:
    """Treatments, populations and masking; an empty choice is a choice, and its picture says so."""
    lanes = _several_of(say("onset_controls.treatments"), _LANES, KEYS.lanes)
    people = _several_of(say("onset_controls.people_trial"), _PEOPLE, KEYS.resistances)
    masked = st.toggle(
        say("onset_controls.only_masked_active_placebo"),
        key=KEYS.masked,
        bind="query-params",
        help=say("onset_controls.leaves_out_unmasked_not_a_rating", limit=plain(_masking_limit())),
    )
    return OnsetChoice(
        lanes=tuple(lane for lane in Lane if lane.value in lanes),
        resistances=tuple(each for each in Resistance if each.value in people),
        masked_only=masked,
        highlighted=_highlighted(),
    )


def _several_of(label: str, names: Mapping[str, str], key: str) -> list[str]:
    chosen: list[str] = st.pills(
        label,
        list(names),
        selection_mode="multi",
        default=_DEFAULTS[key],
        format_func=names.__getitem__,
        key=key,
        bind="query-params",
        wrap=True,
    )
    return chosen


def _masking_limit() -> str:
    """Why a comparator that people can tell from the treatment counts less."""
    return next(each.text for each in knowledge_base().onset.limits if each.id == _MASKING_LIMIT)


def _highlighted() -> tuple[str, ...]:
    mine = ssris_on_the_list()
    if mine and st.toggle(
        say("onset_controls.highlight_from_medication_list", names=", ".join(mine)), value=True, key="highlight_mine"
    ):
        return mine
    return ()


def metric() -> Metric:
    """What was measured."""
    chosen = st.selectbox(
        say("onset_controls.measured"),
        [each.value for each in EXPLORER_METRICS],
        format_func=lambda value: METRIC_WORDS[Metric(value)].name,
        key=KEYS.metric,
        bind="query-params",
    )
    return Metric(chosen)


def show_comparators() -> bool:
    """Whether comparator arms are drawn."""
    return st.toggle(say("onset_controls.show_comparator_arms"), value=True, key=KEYS.comparators, bind="query-params")


def reset_button(key: str = "reset_choices") -> None:
    """Every choice back to its start; also where nothing is left to draw, since its box is closed."""
    st.button(say("onset_controls.reset_choices"), icon=":material/restart_alt:", on_click=_reset, key=key)


def _reset() -> None:
    for key, value in _DEFAULTS.items():
        st.session_state[key] = value
