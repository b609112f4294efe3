"""Who might benefit, who should not: one card a situation, the answer and options to discuss, never a score."""

import streamlit as st

from components.clinical.fit import FitCard, FitSection
from components.clinical.interface_words import say
from components.screen.factor_widgets import WHAT_TO_DO
from components.screen.guide_views import LANGUAGE, crisis_line
from components.screen.knowledge import knowledge_base
from components.screen.others_say import others_say
from components.screen.reasons import reasons
from components.screen.safe_text import plain
from components.screen.source_line import short_source

SECTION_NAMES = {
    FitSection.RESISTANT: say("fit_cards.what_counts_resistant_where"),
    FitSection.SITUATIONS: say("fit_cards.situations_often_named"),
    FitSection.AFTER_SSRI: say("fit_cards.what_happens_ssri"),
}


def acute_suicidal_thoughts(is_present: bool, in_full: bool) -> None:
    """First on the page: the answer when the factor was chosen, ``in_full`` with its steps; else a line that opens."""
    card = _cards(FitSection.SUICIDAL_NOW)[0]
    if is_present and in_full:
        st.header(plain(card.title), anchor=WHAT_TO_DO)
        _suicidal_now(card)
        return
    if is_present:
        _answer_in_red(say("fit_cards.steps_stand_under_patient", title=plain(card.title), answer=plain(card.answer)))
        return
    box = st.expander(plain(card.title), key="open_suicidal", icon=":material/emergency:", on_change="rerun")
    if box.open:
        with box:
            _suicidal_now(card)


def _suicidal_now(card: FitCard) -> None:
    """The answer in red, whom to call, then the steps; what they rest on opens."""
    _answer_in_red(plain(card.answer))
    with st.container(border=True, key=f"fit_{card.id}", gap="xsmall"):
        st.markdown(_to_discuss(card, say("shared.what_do")))
        _opened(card, say("fit_cards.labels_evidence_sources"))
        others_say((card.id,), card.id, in_patient_words=False)


def _answer_in_red(words: str) -> None:
    st.error(words, icon=":material/emergency:")
    crisis_line()


def fit_cards(section: FitSection) -> None:
    """The cards of a section in reading order, under its heading; a single card is its own heading."""
    cards = _cards(section)
    if len(cards) == 1:
        _card(cards[0], is_section=True)
        return
    st.header(SECTION_NAMES[section])
    with st.container(key=f"cards_{section}"):
        for card in cards:
            _card(card, is_section=False)


def _card(card: FitCard, is_section: bool) -> None:
    with st.container(border=True, key=f"fit_{card.id}", gap="xsmall"):
        heading = st.header if is_section else st.subheader
        heading(plain(card.title), anchor=False)
        st.markdown(f"**{plain(card.answer)}**")
        st.markdown(_to_discuss(card, say("fit_cards.to_discuss")))
        _opened(card, say("fit_cards.guidelines_evidence_sources"))
        others_say((card.id,), card.id, in_patient_words=False)


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
    return say("fit_cards.our_judgement", heading=heading, lines=lines)


def _opened(card: FitCard, title: str) -> None:
    """Drawn only when opened: whose word it is, what articles say, the limits of our reading, every source."""
    opened = st.expander(f"{title} ({len(card.sources)})", key=f"open_{card.id}", type="compact", on_change="rerun")
    if not opened.open:
        return
    with opened:
        st.markdown(_points(card))
        reasons(
            [
                (say("fit_cards.one_hears"), card.heard),
                (say("shared.uncertain"), card.uncertainty),
                (say("shared.for_the_patient"), card.patient[LANGUAGE]),
                (
                    say("fit_cards.record"),
                    say("fit_cards.compiled", id=card.id, status=card.status.value, compiled_on=card.compiled_on),
                ),
            ],
            card.sources,
        )
