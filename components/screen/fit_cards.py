"""Who might benefit, who should not: one card a situation, guidelines first, options to discuss, never a score."""

import streamlit as st

from components.clinical.fit import FitCard, FitSection
from components.screen.guide_views import LANGUAGE, crisis_line
from components.screen.knowledge import knowledge_base
from components.screen.safe_text import plain
from components.screen.source_line import short_source, source_line

SECTION_NAMES = {
    FitSection.RESISTANT: "Treatment-resistant depression",
    FitSection.SITUATIONS: "Situations that are often named",
    FitSection.ANXIETY: "Anxiety",
    FitSection.NOT_FOR: "Who should not have it",
    FitSection.AFTER_SSRI: "What happens to the SSRI",
}


def acute_suicidal_thoughts(is_present: bool) -> None:
    """First on the page: in full when the factor was chosen, else one line that opens."""
    if is_present:
        suicidal_now()
        return
    box = st.expander(
        "Acute suicidal thoughts: what to do now", key="open_suicidal", icon=":material/emergency:", on_change="rerun"
    )
    if box.open:
        with box:
            suicidal_now()


def suicidal_now() -> None:
    """The answer as a warning, whom to call, then the card."""
    for card in _cards(FitSection.SUICIDAL_NOW):
        st.error(f"**{plain(card.title)}.** {plain(card.answer)}", icon=":material/emergency:")
        crisis_line()
        with st.container(border=True, key=f"fit_{card.id}", gap="xsmall"):
            st.markdown(_to_discuss(card, "What to do"))
            st.markdown(_points(card))
            _opened(card)


def fit_cards(section: FitSection) -> None:
    """The cards of a section in reading order."""
    for card in _cards(section):
        with st.container(border=True, key=f"fit_{card.id}", gap="xsmall"):
            st.subheader(plain(card.title), anchor=False)
            st.markdown(f"**{plain(card.answer)}**")
            st.markdown(_points(card))
            st.markdown(_to_discuss(card, "To discuss"))
            _opened(card)


def _cards(section: FitSection) -> list[FitCard]:
    return [card for card in knowledge_base().patient.fit.values() if card.section is section]


def _points(card: FitCard) -> str:
    """Each point with its sources in short: the reader sees at once whose word it is."""
    sources = knowledge_base().sources
    return "\n".join(
        f"- *{plain(point.label)}:* {plain(point.text)} "
        f":small[({' · '.join(short_source(sources[each]) for each in point.sources)})]"
        for point in card.points
    )


def _to_discuss(card: FitCard, heading: str) -> str:
    lines = "\n".join(f"- {plain(option)}" for option in card.options)
    return f"**{heading}** :small[(our judgement)]\n\n{lines}"


def _opened(card: FitCard) -> None:
    """Drawn only when opened: what articles say, the limits of our reading, every source."""
    opened = st.expander("Heard, uncertainty and sources", key=f"open_{card.id}", type="compact", on_change="rerun")
    if not opened.open:
        return
    sources = knowledge_base().sources
    parts = [
        ("One hears", card.heard),
        ("Uncertain", card.uncertainty),
        ("For the patient", card.patient[LANGUAGE]),
        ("Record", f"{card.id}, {card.status.value}, compiled {card.compiled_on:%d %B %Y}"),
    ]
    with opened:
        st.markdown("\n".join(f"- *{name}:* {plain(text)}" for name, text in parts if text))
        st.markdown("*Sources:* " + " · ".join(source_line(sources[each]) for each in card.sources))
