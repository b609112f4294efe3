"""The parts of the patient guide that are read: sections, claims that one hears, one card a worry."""

from collections.abc import Iterable
from html import escape

import streamlit as st

from components.charts.side_effect_pictures import hundreds_picture
from components.clinical.guide import GuidePart, GuideSection, Pathway, SectionKind
from components.clinical.guide_words import CERTAINTY_IN_PLAIN_WORDS, OPTIONS_IN_PLAIN_WORDS, TREATMENTS_IN_PLAIN_WORDS
from components.clinical.side_effect_choice import OPTIONS, options_with, paired_blocks
from components.clinical.side_effect_tables import FACT_COLUMNS, fact_rows
from components.clinical.terms import Treatment
from components.screen.chart_card import ChartCard, chart_card
from components.screen.consultation import consultation, set_treatment, ssris_on_the_list
from components.screen.knowledge import knowledge_base
from components.screen.presenter import chart_look
from components.screen.safe_text import plain
from components.screen.source_line import short_source
from components.screen.worry_tiles import worry_tiles

LANGUAGE = "en"
_COUNTRY, _TREATMENT = "country", "guide_treatment"


def crisis_line() -> str:
    """Whom to call, always in sight; returns the chosen country."""
    lines = knowledge_base().guide.crisis_lines
    with st.container(border=True, key="crisis", horizontal=True, vertical_alignment="center"):
        said = st.container()
        country: str = st.selectbox(
            "Country of the crisis line",
            list(lines),
            format_func=lambda each: lines[each].country[LANGUAGE],
            key=_COUNTRY,
            bind="query-params",
            label_visibility="collapsed",
            width=200,
        )
        said.markdown(f"**In a crisis:** {plain(lines[country].patient[LANGUAGE])}")
    return country


def treatment_in_plain_words() -> Treatment | None:
    """The planned treatment of the consultation; parts about other forms are left out once it is chosen."""
    st.session_state[_TREATMENT] = consultation().treatment
    st.selectbox(
        "Planned treatment",
        list(Treatment),
        index=None,
        format_func=lambda each: TREATMENTS_IN_PLAIN_WORDS[each],
        key=_TREATMENT,
        placeholder="Not chosen yet: all forms are shown",
        on_change=lambda: set_treatment(st.session_state[_TREATMENT]),
        width=420,
    )
    return consultation().treatment


def read_guide() -> None:
    """All sections in reading order, with links to each at the top."""
    guide = knowledge_base().guide
    with st.container(key="choices"):
        treatment = treatment_in_plain_words()
    with st.container(border=True, key="contents"):
        contents = "\n".join(f"- [{plain(each.title[LANGUAGE])}](#{each.id})" for each in guide.sections.values())
        st.subheader("In this guide", anchor="in-this-guide")
        st.markdown(f"{contents}\n- [What the words mean](#words)")
    for section in guide.sections.values():
        _section(section, treatment)
    st.header("What the words mean", anchor="words")
    words = (f"- **{plain(each.term[LANGUAGE])}:** {plain(each.patient[LANGUAGE])}" for each in guide.glossary)
    st.markdown("\n".join(words))


def _section(section: GuideSection, treatment: Treatment | None) -> None:
    st.header(plain(section.title[LANGUAGE]), anchor=section.id)
    st.markdown(f"**{plain(section.patient[LANGUAGE])}**")
    if pathways := [each for each in knowledge_base().guide.pathways if each.section == section.id]:
        st.html(_pathways(pathways))
    parts = [part for part in section.parts if part.fits(treatment)]
    numbered = section.kind is SectionKind.STEPS
    sources = " · ".join(short_source(knowledge_base().sources[each]) for each in section.sources)
    text = "\n\n".join(_part(part, number if numbered else None) for number, part in enumerate(parts, start=1))
    with st.container(border=section.kind is SectionKind.CALL, key=f"section_{section.id}"):
        st.markdown(f"{text}\n\n:small[Sources: {sources} · [Back to the list](#in-this-guide)]")


def _part(part: GuidePart, number: int | None) -> str:
    """Heading, sentences, points as Markdown; a step carries its number."""
    lines: list[str] = []
    if part.heading:
        lines.append(f"### {f'{number}. ' if number else ''}{plain(part.heading[LANGUAGE])}")
    if part.text:
        lines.append(plain(part.text[LANGUAGE]))
    if points := part.points.get(LANGUAGE):
        lines.append("\n".join(f"- {plain(point)}" for point in points))
    return "\n\n".join(lines)


def _pathways(pathways: Iterable[Pathway]) -> str:
    """Two chains of boxes side by side, or one below the other on a phone; real lists, read in order."""
    chains = (
        f"<section><h3>{escape(each.title[LANGUAGE])}</h3><ol>"
        + "".join(f"<li><b>{escape(step.when[LANGUAGE])}</b> {escape(step.text[LANGUAGE])}</li>" for step in each.steps)
        + "</ol></section>"
        for each in pathways
    )
    return f'<div class="pathways">{"".join(chains)}</div>'


def heard() -> None:
    """Claims that one hears, each with what studies show."""
    st.header("You may have heard this. What do studies show?")
    with st.container(key="heard"):
        for each in knowledge_base().guide.heard:
            sources = " · ".join(short_source(knowledge_base().sources[source]) for source in each.sources)
            with st.container(border=True):
                st.markdown(
                    f"**You may have heard:** *{plain(each.heard[LANGUAGE])}*\n\n"
                    f"**What studies show:** {plain(each.patient[LANGUAGE])}\n\n:small[Sources: {sources}]"
                )


def concern_cards() -> None:
    """One card for each worry, with every option on it in one layout, and people out of 100."""
    worries = worry_tiles(in_patient_words=True)
    base = knowledge_base().side_effects
    if not worries:
        st.markdown("Choose what worries you. Each card shows every treatment side by side.")
        return
    for worry in worries:
        st.header(plain(base.worries[worry].title))
        st.markdown(f"**{plain(base.worries[worry].patient[LANGUAGE])}**")
        for agent, column in zip(OPTIONS, st.columns(len(OPTIONS), border=True), strict=True):
            answer = base.answers[worry, agent]
            sources = " · ".join(short_source(knowledge_base().sources[each]) for each in answer.sources)
            column.markdown(
                f"### {OPTIONS_IN_PLAIN_WORDS[agent]}\n\n{plain(answer.patient[LANGUAGE])}\n\n"
                f"*How sure are we?* {CERTAINTY_IN_PLAIN_WORDS[answer.certainty]}\n\n:small[Sources: {sources}]"
            )
        _people(worry)


def _people(worry: str) -> None:
    """The worry's main effect as people out of 100, treatment beside comparator."""
    base, look = knowledge_base(), chart_look()
    effect = base.side_effects.effects[base.side_effects.worries[worry].effects[0]]
    shown = paired_blocks(base.side_effects, (effect,), options_with(ssris_on_the_list()))
    facts = [fact for block in shown for part in block.parts for fact in part.facts]
    if not facts:
        st.markdown("We found no numbers with a dummy group to draw as people out of 100.")
        return
    chart_card(
        ChartCard(
            f"guide_{worry}",
            (tuple(fact.id for fact in facts), look),
            lambda: hundreds_picture(shown, look),
            lambda: fact_rows(facts, base.side_effects, base.sources),
            FACT_COLUMNS,
            of_this_patient=True,
        )
    )
