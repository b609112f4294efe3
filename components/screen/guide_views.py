"""The parts of the patient guide that are read: the crisis line, sections, claims that one hears, a card a worry."""

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from components.charts.effect_people import patient_hundreds_picture
from components.charts.picture import Look
from components.clinical.guide import CrisisLine
from components.clinical.guide_words import (
    CERTAINTY_IN_PLAIN_WORDS,
    OPTIONS_IN_PLAIN_WORDS,
    TREATMENTS_IN_PLAIN_WORDS,
    agent_in_plain_words,
)
from components.clinical.interface_words import say
from components.clinical.side_effect_choice import OPTIONS, EffectBlock, counted_in, options_with, paired_blocks
from components.clinical.side_effect_tables import FACT_COLUMNS, fact_rows
from components.clinical.terms import Region, Treatment
from components.screen.chart_card import ChartCard, chart, numbers
from components.screen.consultation import consultation, set_treatment, ssris_on_the_list
from components.screen.guide_html import GLOSSARY, GuideHtml, numbers_to_call
from components.screen.knowledge import knowledge_base
from components.screen.others_say import others_say
from components.screen.presenter import chart_look, presenting
from components.screen.safe_text import plain
from components.screen.source_line import short_source
from components.screen.worry_tiles import worry_tiles

LANGUAGE = "en"
_COUNTRY, _COUNTRY_FOR, _TREATMENT = "country", "country_for_region", "guide_treatment"
_CHAPTER, _CHAPTER_BOX = "chapter", "chapter_box"
_UNITED_STATES, _EUROPEAN_UNION = "us", "eu"


def crisis_line() -> str:
    """Whom to call, at the top of every view; returns the chosen country, at first that of the browser.

    Under the EU label no American number stands there unless somebody chooses it.
    """
    lines = knowledge_base().guide.crisis_lines
    region = consultation().region
    if st.session_state.setdefault(_COUNTRY_FOR, Region.US) is not region:
        st.session_state[_COUNTRY_FOR] = region
        st.session_state[_COUNTRY] = list(lines)[_here(lines, region)]
    with st.container(border=True, key="crisis", horizontal=True, vertical_alignment="center"):
        said = st.container(key="crisis_words")
        call = st.container(key="crisis_call", width="content")
        country: str = st.selectbox(
            say("guide_views.country_crisis_line"),
            list(lines),
            index=_here(lines, region),
            format_func=lambda each: lines[each].country[LANGUAGE],
            key=_COUNTRY,
            bind="query-params",
            label_visibility="collapsed",
            width=200,
        )
        name, words = _crisis_words(country)
        said.markdown(f"**{plain(name)}:** {plain(words)}")
        call.html(numbers_to_call(lines[country].numbers))
    return country


def _here(lines: Mapping[str, CrisisLine], region: Region) -> int:
    """Place of the line for the country of the browser; under the EU label never that of the United States."""
    locale = (st.context.locale or "").replace("_", "-").rpartition("-")[2].upper()
    places = {name: place for place, name in enumerate(lines)}
    found = next((name for name, each in lines.items() if locale in each.regions), _UNITED_STATES)
    return places[_EUROPEAN_UNION if region is Region.EU and found == _UNITED_STATES else found]


def _crisis_words(country: str) -> tuple[str, str]:
    """'In a crisis (United Kingdom)', and whom to call there."""
    line = knowledge_base().guide.crisis_lines[country]
    return say("shared.in_crisis", country=line.country[LANGUAGE]), line.patient[LANGUAGE]


def treatment_in_plain_words() -> Treatment | None:
    """The planned treatment of the consultation; parts about other forms are left out once it is chosen."""
    st.session_state[_TREATMENT] = consultation().treatment
    st.selectbox(
        say("shared.planned_treatment"),
        list(Treatment),
        index=None,
        format_func=lambda each: TREATMENTS_IN_PLAIN_WORDS[each],
        key=_TREATMENT,
        placeholder=say("guide_views.not_chosen_yet_all_forms"),
        on_change=lambda: set_treatment(st.session_state[_TREATMENT]),
        width=420,
    )
    return consultation().treatment


def read_guide() -> None:
    """One chapter, chosen beside it, with the way to its neighbours below; on paper all of them."""
    sections = knowledge_base().guide.sections.values()
    titles = {each.id: each.title[LANGUAGE] for each in sections} | {GLOSSARY: say("guide_html.what_words_mean")}
    crisis = ": ".join(_crisis_words(st.session_state[_COUNTRY]))
    with st.container(key="reading_guide"):
        with st.container(key="contents"):
            with st.container(key="choices"):
                treatment = treatment_in_plain_words()
            if presenting() and treatment:
                st.markdown(say("guide_views.planned_treatment", treatment=TREATMENTS_IN_PLAIN_WORDS[treatment]))
            chapter = _chapter(titles)
        with st.container(key=f"chapter_{chapter}"):
            st.html(_sections(knowledge_base().knowledge.content_hash, treatment, crisis, chapter))
        _neighbours(titles, chapter)


def _chapter(titles: Mapping[str, str]) -> str:
    """The chosen chapter: a list beside the text; where there is no room for it, a box that opens."""
    names = list(titles)
    chosen = st.radio(
        say("guide_views.in_this_guide"),
        names,
        format_func=lambda each: titles[each],
        key=_CHAPTER,
        bind="query-params",
    )
    st.session_state[_CHAPTER_BOX] = chosen
    st.selectbox(
        say("guide_views.in_this_guide"),
        names,
        format_func=lambda each: titles[each],
        key=_CHAPTER_BOX,
        on_change=lambda: _open(st.session_state[_CHAPTER_BOX]),
    )
    st.markdown(say("guide_views.print_whole_guide"))
    return chosen or names[0]


def _open(chapter: str) -> None:
    st.session_state[_CHAPTER] = chapter


def _neighbours(titles: Mapping[str, str], chapter: str) -> None:
    """The chapters before and after; the buttons keep their keys, and so the keyboard's focus."""
    names = list(titles)
    place = names.index(chapter)
    with st.container(key="neighbours", horizontal=True):
        for before in names[max(place - 1, 0) : place]:
            words = say("guide_views.last_chapter", title=titles[before])
            st.button(words, key="last_chapter", icon=":material/arrow_back:", on_click=_open, args=(before,))
        for after in names[place + 1 : place + 2]:
            words = say("guide_views.next_chapter", title=titles[after])
            icon = ":material/arrow_forward:"
            st.button(words, key="next_chapter", icon=icon, icon_position="right", on_click=_open, args=(after,))


def heard() -> None:
    """Claims that one hears, each with what studies show."""
    st.header(say("guide_views.you_may_have_heard"), anchor=False)
    st.html(_heard(knowledge_base().knowledge.content_hash))


@st.cache_data(max_entries=96, show_spinner=False)
def _sections(content: str, treatment: Treatment | None, crisis: str, chapter: str) -> str:
    return _writer().sections(treatment, crisis, chapter)


@st.cache_data(max_entries=2, show_spinner=False)
def _heard(content: str) -> str:
    return _writer().heard()


def _writer() -> GuideHtml:
    return GuideHtml(knowledge_base(), LANGUAGE)


def concern_cards() -> None:
    """One card for each worry, with every option on it in one layout, and people out of 100."""
    st.header(say("guide_views.what_worries_you"), anchor=False)
    with st.container(key="my_worries"):
        worries = worry_tiles(in_patient_words=True)
    base = knowledge_base().side_effects
    if not worries:
        st.markdown(say("guide_views.choose_one_more_each"))
        return
    for worry in worries:
        st.header(base.worries[worry].title, anchor=False)
        st.markdown(f"**{plain(base.worries[worry].patient[LANGUAGE])}**")
        for agent, column in zip(OPTIONS, st.columns(len(OPTIONS), border=True), strict=True):
            answer = base.answers[worry, agent]
            sources = " · ".join(short_source(knowledge_base().sources[each]) for each in answer.sources)
            column.subheader(OPTIONS_IN_PLAIN_WORDS[agent], anchor=False)
            column.markdown(
                say(
                    "guide_views.how_sure_we_sources",
                    patient=plain(answer.patient[LANGUAGE]),
                    certainty=CERTAINTY_IN_PLAIN_WORDS[answer.certainty],
                    sources=sources,
                )
            )
        _people(worry)
        others_say(base.worries[worry].effects, f"guide_{worry}", in_patient_words=True, of_patient=True)


def _people(worry: str) -> None:
    """What the worry is about as people out of 100, treatment beside comparator; an option without a count is named.

    An option for which only single medicines were counted is drawn by the one that its card speaks of.
    """
    base, look = knowledge_base().side_effects, _large_look()
    effects = [base.effects[each] for each in base.worries[worry].effects]
    spoken_of = {agent: counted_in(base, base.answers[worry, agent]) for agent in OPTIONS}
    agents = tuple(dict.fromkeys((*options_with(ssris_on_the_list()), *filter(None, spoken_of.values()))))
    blocks = [block for block in paired_blocks(base, effects, agents) if block.parts]
    facts = [fact for block in blocks for part in block.parts for fact in part.facts]
    counted = {fact.agent for fact in facts}
    missing = [agent for agent in agents if agent not in counted and spoken_of.get(agent) not in counted]
    if missing:
        names = ", ".join(agent_in_plain_words(agent) for agent in missing)
        st.markdown(say("guide_views.no_picture_no_count", names=names))
    if not blocks:
        return
    cards = [_people_card(worry, block, look) for block in blocks]
    with st.container(key=f"framed_people_{worry}"):
        for card, column in zip(cards, st.columns(len(blocks), gap="large"), strict=True):
            with column:
                chart(card)
    numbers(replace(cards[0], rows=lambda: fact_rows(facts, base, knowledge_base().sources)))


def _people_card(worry: str, block: EffectBlock, look: Look) -> ChartCard:
    """One effect: each option that was counted, below one another."""
    base = knowledge_base()
    facts = [fact for part in block.parts for fact in part.facts]
    return ChartCard(
        f"guide_{worry}_{block.effect.id}",
        (tuple(fact.id for fact in facts), look),
        lambda: patient_hundreds_picture([block], look),
        lambda: fact_rows(facts, base.side_effects, base.sources),
        FACT_COLUMNS,
        of_this_patient=True,
    )


def _large_look() -> Look:
    """The guide is set in large type, its pictures too."""
    now = chart_look()
    return now if presenting() else replace(now, body=17, small=16)
