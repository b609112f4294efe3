"""Teach-back: five questions by which the patient can say it back. Nothing is stored."""

import streamlit as st

from components.clinical.guide import TeachBackQuestion
from components.clinical.interface_words import say
from components.exchange.sheet_lines import LONGEST_LINE
from components.screen.guide_views import LANGUAGE
from components.screen.knowledge import knowledge_base
from components.screen.safe_text import plain
from components.screen.source_line import short_source


def say_it_back() -> None:
    """Choose an answer, or say it in one's own words and compare."""
    st.header(say("teach_back.say_back_your_own"), anchor=False)
    st.markdown(say("teach_back.not_a_test"))
    for number, question in enumerate(knowledge_base().guide.teach_back, start=1):
        with st.container(border=True, key=f"back_{question.id}"):
            _question(number, question)
    _sources()


def _question(number: int, question: TeachBackQuestion) -> None:
    chosen: int | None = st.radio(
        f"**{number}. {question.patient[LANGUAGE]}**",
        range(len(question.choices)),
        index=None,
        format_func=lambda place: question.choices[place].text[LANGUAGE],
        key=f"choice_{question.id}",
    )
    if chosen is not None:
        choice = question.choices[chosen]
        told, icon = (st.success, "check_circle") if choice.right else (st.info, "lightbulb")
        told(plain(choice.feedback[LANGUAGE]), icon=f":material/{icon}:")
    words = st.text_input(
        say("teach_back.say_your_own_words"),
        key=f"own_{question.id}",
        placeholder=say("teach_back.type_just_say_your"),
        max_chars=LONGEST_LINE,
        autocomplete="off",
    )
    if words:
        said = plain(question.says[LANGUAGE])
        st.info(say("teach_back.guide_says_way", said=said), icon=":material/compare_arrows:")


def _sources() -> None:
    """At the end, by the number of the question: beside it they would be read before it is answered."""
    base = knowledge_base()
    names = (
        " · ".join(short_source(base.sources[each]) for each in question.sources) for question in base.guide.teach_back
    )
    st.subheader(say("teach_back.sources_by_question"), anchor=False)
    st.markdown("\n".join(f"{number}. :small[{each}]" for number, each in enumerate(names, start=1)))
