"""Widgets with which the patient is described: setting, label region, numbers, factors group by group."""

from collections.abc import Callable
from dataclasses import replace
from types import MappingProxyType

import streamlit as st

from components.clinical.factor_check import HOME_USE
from components.clinical.factors import Factor, FactorGroup, Measure, PatientAnswers
from components.clinical.terms import Region
from components.screen.consultation import consultation, set_answers, set_region
from components.screen.knowledge import knowledge_base

_NONE = "none"
_REGION, _SETTING = "label_region", "setting_choice"
REGION_NAMES = {Region.US: "US label", Region.EU: "EU label"}
GROUP_NAMES = {
    FactorGroup.MIND: "Mind",
    FactorGroup.HEART: "Heart and vessels",
    FactorGroup.BRAIN: "Brain and eyes",
    FactorGroup.LUNGS: "Lungs",
    FactorGroup.LIVER_AND_BLADDER: "Liver, bladder, glands, gut",
    FactorGroup.PREGNANCY_AND_AGE: "Pregnancy and age",
    FactorGroup.SUBSTANCE_USE: "Substance use",
    FactorGroup.PRACTICAL: "Practical and allergy",
}
_NUMBERS = {
    Measure.SYSTOLIC_MMHG: ("Systolic, mmHg", 50, 300),
    Measure.DIASTOLIC_MMHG: ("Diastolic, mmHg", 20, 200),
    Measure.AGE_YEARS: ("Age, years", 1, 120),
    Measure.WEIGHT_KG: ("Weight, kg", 20, 400),
}


def region_choice() -> None:
    """Whose label counts first."""
    st.session_state[_REGION] = consultation().region
    st.segmented_control(
        "Label",
        list(Region),
        format_func=lambda region: REGION_NAMES[region],
        key=_REGION,
        required=True,
        on_change=lambda: set_region(st.session_state[_REGION]),
    )


def setting_choice() -> None:
    """In a clinic, or at home without supervision: a warning of its own."""
    st.session_state[_SETTING] = HOME_USE in consultation().answers.factors
    st.segmented_control(
        "Setting",
        [False, True],
        format_func=lambda at_home: "At home, unsupervised" if at_home else "Clinic",
        key=_SETTING,
        required=True,
        on_change=lambda: _set_factor(HOME_USE, st.session_state[_SETTING]),
    )


def _set_factor(name: str, present: bool) -> None:
    answers = consultation().answers
    kept = tuple(each for each in answers.factors if each != name)
    set_answers(replace(answers, factors=(*kept, name) if present else kept))


def numbers() -> None:
    """Blood pressure, age and weight; empty is not asked, and sets nothing."""
    with st.container(horizontal=True, key="patient_numbers"):
        for measure, (label, lowest, highest) in _NUMBERS.items():
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
                width=130,
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
    for group, name in GROUP_NAMES.items():
        _group(group, name, _offered(group), answers)
    if not answers.were_asked:
        left = len(FactorGroup) - len(answers.asked)
        st.button(
            f"None of these in the {left} groups left",
            key="none_of_the_rest",
            icon=":material/done_all:",
            on_click=lambda: set_answers(replace(consultation().answers, asked=frozenset(FactorGroup))),
        )


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
        format_func=lambda each: offered[each].name if each in offered else "None of these",
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
