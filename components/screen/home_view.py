"""Parts of the home page: what it is, sample cases, and what an answer and the timeline look like."""

from html import escape

import streamlit as st

from components.charts.palette import LANE_COLOURS
from components.charts.time_axis import WEEK, TimeAxis, TimeScale, time_axis
from components.clinical.factors import FactorGroup, PatientAnswers
from components.clinical.interaction_check import check
from components.clinical.interface_words import say
from components.clinical.knowledge_base import KnowledgeBase
from components.clinical.onset import TimelineMark
from components.clinical.onset_choice import first_differences
from components.clinical.onset_terms import Lane, OnsetView
from components.clinical.onset_words import LANE_NAMES
from components.clinical.report import CheckReport
from components.clinical.sample_case import SampleCase
from components.clinical.terms import RecordStatus
from components.clinical.wording import SEVERITY_MEANINGS, medicines_in_words, what_we_do_not_know
from components.exchange.medication_list import read_medication_list
from components.screen.knowledge import knowledge_base, name_index
from components.screen.marks import factor_badge, severity_badge
from components.screen.safe_text import plain
from components.screen.source_line import short_source
from components.screen.whole_consultations import load_sample

WHAT_IT_DOES = ("KU-0001",)
WHAT_IT_DOES_NOT = ("KU-0007", "KU-0009")
"""Statements of intended use that greet a visitor."""
SHOWN_SAMPLE = "sedative_and_lamotrigine"
"""The sample case whose answer the page shows: something to do, something to watch, something to leave as it is."""
SHOWN_LANES = (Lane.KETAMINE_IV, Lane.ESKETAMINE, Lane.SSRI)
SHOWN_LIMIT = "different-people"
"""The honest limit without which the lanes must not stand together."""
_FIRST_WEEKS = 4


def what_it_is() -> None:
    """What the product does, and what it does not do."""
    for heading, ids in (
        (say("home_view.what_does"), WHAT_IT_DOES),
        (say("home_view.what_it_does_not_do"), WHAT_IT_DOES_NOT),
    ):
        with st.container(gap="xsmall"):
            st.header(heading)
            _statements(ids)


def _statements(ids: tuple[str, ...]) -> None:
    intended_use = knowledge_base().evidence.intended_use
    st.markdown(" ".join(plain(intended_use[each].text) for each in ids))


def sample_cases() -> bool:
    """The demonstration cases, each with the first sentence of its story; True when one was just loaded."""
    st.header(say("home_view.open_sample_case"))
    pressed = False
    with st.container(key="home_samples"):
        for sample in knowledge_base().samples:
            with st.container(gap=None):
                pressed |= st.button(
                    plain(sample.title),
                    key=f"home_sample_{sample.id}",
                    help=plain(f"{sample.story} {sample.teaches}"),
                    type="tertiary",
                    on_click=load_sample,
                    args=(sample,),
                )
                st.markdown(f":small[{plain(_first_sentence(sample.story))}]")
    return pressed


def _first_sentence(text: str) -> str:
    return text.partition(". ")[0].strip().rstrip(".") + "."


def an_answer() -> bool:
    """What the check says of one sample case, in small; True when that case was just loaded."""
    sample = next((each for each in knowledge_base().samples if each.id == SHOWN_SAMPLE), None)
    if sample is None:
        return False
    tone, lines = _answer_of(sample.id, knowledge_base().knowledge.content_hash)
    st.header(say("home_view.what_an_answer_looks_like"))
    with st.container(key=f"answer_row_{tone}"), st.container(border=True, key="home_answer", gap="xsmall"):
        st.markdown("\n\n".join(lines))
        return st.button(say("home_view.open_this_case"), key="home_open_case", on_click=load_sample, args=(sample,))


@st.cache_data(show_spinner=False, max_entries=2)
def _answer_of(sample: str, content: str) -> tuple[str, tuple[str, ...]]:
    """The tone and the Markdown of an answer. A sample case is nobody's, so all sessions share it."""
    base = knowledge_base()
    (case,) = (each for each in base.samples if each.id == sample)
    report = _checked(case, base)
    highest = report.highest_severity
    verdict = [f"{severity_badge(highest)} **{SEVERITY_MEANINGS[highest]}**"] if highest else []
    story = f":small[{plain(_first_sentence(case.story))}]"
    return highest.value if highest else "open", (*verdict, story, *_one_line_each(report))


def _checked(case: SampleCase, base: KnowledgeBase) -> CheckReport:
    answers = PatientAnswers(case.patient_factors, frozenset(FactorGroup) if case.factors_asked else frozenset())
    return check(read_medication_list(case.medicines, name_index(), base), case.treatment, base, case.region, answers)


def _one_line_each(report: CheckReport) -> list[str]:
    """Badge, name and action of every factor, pair and finding, and in words every entry that has no verdict."""
    judged = [
        *((factor_badge(each.rule.level), each.names, each.rule.action) for each in report.factors),
        *(
            (severity_badge(each.record.severity), " + ".join(each.medicines), each.record.action)
            for each in report.pairs
        ),
        *(
            (severity_badge(each.severity, each.evidence_grade), medicines_in_words(each.medicines), each.action)
            for each in report.findings
        ),
    ]
    unknown = [words for each in report.entries if (words := what_we_do_not_know(each))]
    return [
        *(f"{badge} **{plain(names)}:** {plain(action)}" for badge, names, action in judged),
        *map(plain, unknown),
    ]


def hours_against_weeks() -> None:
    """When each treatment first differs from its own comparator, as a strip; below it what keeps them apart."""
    onset, sources = knowledge_base().onset, knowledge_base().sources
    marks = first_differences(onset.marks, SHOWN_LANES)
    limit = next((each for each in onset.limits if each.id == SHOWN_LIMIT), None)
    if not marks or limit is None:
        return
    st.header(say("home_view.hours_against_weeks"))
    with st.container(key="home_onset", gap="xsmall"):
        st.markdown(plain(onset.views[OnsetView.HOW_SOON].takeaway))
        st.html(_strip(marks, time_axis(TimeScale.ALL, end=_FIRST_WEEKS * WEEK)))
        st.markdown(f":small[**{plain(limit.title)}.** {plain(limit.text)}]")
        named = dict.fromkeys(source for mark in marks for source in mark.sources)
        st.markdown(say("shared.sources_small", names=" · ".join(short_source(sources[each]) for each in named)))
        st.page_link(
            "pages/onset_timeline.py", label=say("home_view.see_the_timeline"), icon=":material/arrow_forward:"
        )


def _strip(marks: tuple[TimelineMark, ...], axis: TimeAxis) -> str:
    """A list that reads without its dots: treatment and what was seen when; the axis is for the eye only."""
    rows = "".join(_row(mark, axis) for mark in marks)
    layout = axis.layout()
    ticks = "".join(
        f'<span style="left:{axis.fraction(hours):.1%}">{escape(words)}</span>'
        for hours, words in zip(layout["tickvals"], layout["ticktext"], strict=True)
        if words
    )
    return (
        f'<div class="strip"><ul>{rows}</ul><div class="ticks" aria-hidden="true">{ticks}</div>'
        f"<p>{escape(axis.title)}</p></div>"
    )


def _row(mark: TimelineMark, axis: TimeAxis) -> str:
    left = axis.fraction(mark.from_hours)
    right = 1 - (axis.fraction(mark.to_hours) if mark.to_hours else left)
    light, dark = LANE_COLOURS[mark.lane]
    return (
        f'<li style="--light:{light};--dark:{dark}"><b>{escape(LANE_NAMES[mark.lane])}</b> {escape(mark.label)}'
        f'<span class="track"><i style="--left:{left:.1%};--right:{right:.1%}"></i></span></li>'
    )


def knowledge_in_brief() -> None:
    """Size and state of the knowledge base, in one line."""
    base = knowledge_base()
    signed = sum(record.status is not RecordStatus.DRAFT for record in base.records.values())
    st.markdown(
        say(
            "home_view.knowledge_in_a_line",
            medicines=len(base.medicines),
            combinations=len(base.combinations),
            records=len(base.records),
            pairs=len(base.pairs),
            sources=len(base.sources),
            signed=signed,
        )
    )
