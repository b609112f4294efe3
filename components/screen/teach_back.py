"""Teach-back: five questions by which the patient can say it back. Nothing is stored."""

import streamlit as st

from components.clinical.guide import TeachBackQuestion
from components.exchange.sheet_lines import LONGEST_LINE
from components.screen.guide_views import LANGUAGE
from components.screen.knowledge import knowledge_base
from components.screen.safe_text import plain
from components.screen.source_line import short_source


def say_it_back() -> None:
    """Choose an answer, or say it in one's own words and compare."""
    st.header("Say it back in your own way", anchor=False)
    st.markdown("This is not a test of you. It shows us if we have made it clear. Nothing is kept.")
    for number, question in enumerate(knowledge_base().guide.teach_back, start=1):
        with st.container(border=True, key=f"back_{question.id}"):
            _question(number, question)


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
        "Or say it in your own words",
        key=f"own_{question.id}",
        placeholder="Type it, or just say it to your team",
        max_chars=LONGEST_LINE,
        autocomplete="off",
    )
    if words:
        said = plain(question.says[LANGUAGE])
        st.info(f"**The guide says it this way:** {said}", icon=":material/compare_arrows:")
    st.markdown(
        ":small[Sources: " + " · ".join(short_source(knowledge_base().sources[e]) for e in question.sources) + "]"
    )
