"""Widgets with which the patient is described: setting, label region, numbers, factors group by group."""

from collections.abc import Callable
from dataclasses import replace
from types import MappingProxyType

import streamlit as st

from components.clinical.factor_check import HOME_USE
from components.clinical.factors import SUICIDAL_THOUGHTS, Factor, FactorGroup, Measure, PatientAnswers
from components.clinical.interface_words import say
from components.clinical.terms import Region
from components.screen.consultation import consultation, own_key, set_answers, set_region
from components.screen.knowledge import knowledge_base

WHAT_TO_DO = "what-to-do-now"
"""Anchor of what to do then. It lands in the browser's history, so it says nothing of the patient."""
_NONE = "none"
_ENOUGH_ANSWERED = 4
"""From so many groups on, one click may answer the rest: before, it would stand for no question at all."""
_ASKED_SINGLY = "groups_asked_singly"
_REGION, _SETTING = "label_region", "setting_choice"
REGION_NAMES = {Region.US: say("shared.us_label"), Region.EU: say("shared.eu_label")}
GROUP_NAMES = {
    FactorGroup.MIND: say("factor_widgets.mind"),
    FactorGroup.HEART: say("factor_widgets.heart_vessels"),
    FactorGroup.BRAIN: say("factor_widgets.brain_eyes"),
    FactorGroup.LUNGS: say("factor_widgets.lungs"),
    FactorGroup.LIVER_AND_BLADDER: say("factor_widgets.liver_bladder_glands_gut"),
    FactorGroup.PREGNANCY_AND_AGE: say("factor_widgets.pregnancy_age"),
    FactorGroup.SUBSTANCE_USE: say("factor_widgets.substance_use"),
    FactorGroup.PRACTICAL: say("factor_widgets.practical_allergy"),
}
_NUMBERS = {
    Measure.SYSTOLIC_MMHG: say("factor_widgets.systolic_mmhg"),
    Measure.DIASTOLIC_MMHG: say("factor_widgets.diastolic_mmhg"),
    Measure.AGE_YEARS: say("factor_widgets.age_years"),
}


def region_choice() -> None:
    """Whose label is told first."""
    st.session_state[_REGION] = consultation().region
    st.segmented_control(
        say("factor_widgets.label_region"),
        list(Region),
        format_func=lambda region: region.value.upper(),
        key=_REGION,
        required=True,
        on_change=lambda: set_region(st.session_state[_REGION]),
    )


def setting_choice() -> None:
    """In a clinic, or at home without supervision: a warning of its own."""
    st.session_state[_SETTING] = HOME_USE in consultation().answers.factors
    st.segmented_control(
        say("factor_widgets.setting"),
        [False, True],
        format_func=lambda at_home: (
            say("factor_widgets.home_unsupervised") if at_home else say("factor_widgets.clinic")
        ),
        key=_SETTING,
        required=True,
        on_change=lambda: _set_factor(HOME_USE, st.session_state[_SETTING]),
    )


def _set_factor(name: str, present: bool) -> None:
    answers = consultation().answers
    kept = tuple(each for each in answers.factors if each != name)
    set_answers(replace(answers, factors=(*kept, name) if present else kept))


def numbers() -> None:
    """Blood pressure and age; empty is not asked, and sets nothing."""
    with st.container(gap="xsmall"):
        st.markdown(say("factor_widgets.blood_pressure_age"))
        with st.container(horizontal=True, key="patient_numbers"):
            for measure, label in _NUMBERS.items():
                _number(measure, label)


def _number(measure: Measure, label: str) -> None:
    lowest, highest = measure.limits
    key = f"number_{measure}"
    held = consultation().answers.measures.get(measure)
    st.session_state[key] = None if held is None else int(held)
    st.number_input(
        label,
        min_value=lowest,
        max_value=highest,
        value=None,
        step=1,
        key=key,
        width=106,
        on_change=_keep_number(measure, key),
    )


def _keep_number(measure: Measure, key: str) -> Callable[[], None]:
    def keep() -> None:
        answers = consultation().answers
        held = {each: value for each, value in answers.measures.items() if each is not measure}
        if (value := st.session_state[key]) is not None:
            held[measure] = float(value)
        set_answers(replace(answers, measures=MappingProxyType(held)))

    return keep


def factor_groups() -> None:
    """Every group with its factors and 'None of these': a group without an answer counts as not asked."""
    answers = consultation().answers
    with st.container(key="factor_groups"):
        for group, name in GROUP_NAMES.items():
            with st.container(gap="xsmall"):
                _group(group, name, _offered(group), answers)
                if group is FactorGroup.MIND and SUICIDAL_THOUGHTS in answers.factors:
                    st.error(
                        say("factor_widgets.suicidal_thoughts_now_decide", what_to_do=WHAT_TO_DO),
                        icon=":material/emergency:",
                    )
    _rest(answers)


def _rest(answers: PatientAnswers) -> None:
    """Answers the groups that are left in one click, and takes that back; one button, so that focus stays on it."""
    left = len(FactorGroup) - len(answers.asked)
    asked_singly: frozenset[FactorGroup] | None = st.session_state.get(own_key(_ASKED_SINGLY))
    with st.container(horizontal=True, vertical_alignment="center"):
        if left and len(answers.asked) >= _ENOUGH_ANSWERED:
            groups = say("factor_widgets.other_group") if left == 1 else say("factor_widgets.other_groups", left=left)
            st.button(
                say("factor_widgets.asked_about_none_applies", groups=groups),
                key="none_of_the_rest",
                icon=":material/done_all:",
                on_click=_answer_the_rest,
            )
        elif not left and asked_singly is not None:
            st.button(say("shared.undo"), key="none_of_the_rest", icon=":material/undo:", on_click=_ask_the_rest)
        if not left:
            st.markdown(say("factor_widgets.all_groups_asked", count=len(FactorGroup)))


def _answer_the_rest() -> None:
    answers = consultation().answers
    st.session_state[own_key(_ASKED_SINGLY)] = answers.asked
    set_answers(replace(answers, asked=frozenset(FactorGroup)))


def _ask_the_rest() -> None:
    """A group that holds a factor by now was asked."""
    answers = consultation().answers
    asked_singly: frozenset[FactorGroup] = st.session_state.pop(own_key(_ASKED_SINGLY))
    answered = {knowledge_base().patient.factors[each].group for each in answers.factors if each != HOME_USE}
    set_answers(replace(answers, asked=asked_singly | answered))


def _offered(group: FactorGroup) -> dict[str, Factor]:
    """Home use has a control of its own."""
    factors = knowledge_base().patient.factors.values()
    return {each.id: each for each in factors if each.group is group and each.id != HOME_USE}


def _group(group: FactorGroup, name: str, offered: dict[str, Factor], answers: PatientAnswers) -> None:
    key = f"factors_{group}"
    chosen = [each for each in offered if each in answers.factors]
    st.session_state[key] = chosen or ([_NONE] if group in answers.asked else [])
    st.pills(
        name,
        [*offered, _NONE],
        selection_mode="multi",
        format_func=lambda each: offered[each].name if each in offered else say("factor_widgets.none_these"),
        key=key,
        on_change=_keep_group(group, offered, key),
    )


def _keep_group(group: FactorGroup, offered: dict[str, Factor], key: str) -> Callable[[], None]:
    def keep() -> None:
        answers = consultation().answers
        picked: list[str] = st.session_state[key]
        had = [each for each in offered if each in answers.factors]
        chose_none = _NONE in picked and (group not in answers.asked or bool(had))
        here = [] if chose_none else [each for each in picked if each != _NONE]
        others = tuple(each for each in answers.factors if each not in offered)
        asked = answers.asked | {group} if picked else answers.asked - {group}
        set_answers(replace(answers, factors=(*others, *here), asked=asked))

    return keep
