"""The hazard log with the known limits, and the intended use: what may go wrong, what is not done, what it is for."""

from collections import Counter
from itertools import groupby

import streamlit as st

from components.clinical.claim_choice import HazardChoice, hazards_chosen
from components.clinical.claim_words import (
    AREA_NAMES,
    HAZARD_MISSING,
    JUDGEMENT_ONLY,
    LIKELIHOOD_NAMES,
    LIMITS_INTRO,
    OWNER_NAMES,
    SEVERITY_OF_HARM_MEANINGS,
    SEVERITY_OF_HARM_NAMES,
    USE_SECTION_NAMES,
    WORDS_AS_TYPED,
    WORKING_LOG,
    counts_in_words,
)
from components.clinical.hazards import Hazard, IntendedUseStatement, LikelihoodLeft, SeverityOfHarm, UseSection
from components.screen.evidence_choices import nothing_fits, search_text, several_of
from components.screen.knowledge import knowledge_base
from components.screen.long_list import long_list
from components.screen.safe_text import plain
from components.screen.source_line import source_line

_SEVERITY_MARKS = {
    SeverityOfHarm.CRITICAL: ("red", ":material/error:"),
    SeverityOfHarm.SERIOUS: ("orange", ":material/warning:"),
    SeverityOfHarm.MINOR: ("blue", ":material/info:"),
}
_LIKELIHOOD_ICONS = {
    LikelihoodLeft.LIKELY: ":material/signal_cellular_alt:",
    LikelihoodLeft.POSSIBLE: ":material/signal_cellular_alt_2_bar:",
    LikelihoodLeft.UNLIKELY: ":material/signal_cellular_alt_1_bar:",
}


def hazards_and_limits() -> None:
    """What the log is and is not, the counts, the hazards that fit the filters, then every known limit."""
    every = knowledge_base().evidence.hazards.values()
    harm = counts_in_words((each.severity_of_harm for each in every), SEVERITY_OF_HARM_NAMES)
    left = counts_in_words((each.likelihood_left for each in every), LIKELIHOOD_NAMES)
    st.warning(f"**{WORKING_LOG}** {JUDGEMENT_ONLY}", icon=":material/edit_note:")
    st.header(f"{len(every)} hazards: {harm}; left with all controls: {left}", anchor=False)
    _matrix()
    with st.container(key="choices"):
        choice, is_open = _hazard_choice()
    found = hazards_chosen(knowledge_base(), choice)
    st.markdown(f"**{len(found)} of {len(every)} hazards.**{_chosen(choice)}")
    if not found:
        nothing_fits("hazard", HAZARD_MISSING)
    long_list(found, lambda hazard: _hazard_card(hazard, is_open), "hazards", choice)
    _known_limits()


def _matrix() -> None:
    """How many hazards stand at each severity and likelihood, the words of the scale explained."""
    counts = Counter(
        (each.severity_of_harm, each.likelihood_left) for each in knowledge_base().evidence.hazards.values()
    )
    table = {
        "Worst plausible harm": [
            f"**{name}:** {SEVERITY_OF_HARM_MEANINGS[severity]}" for severity, name in SEVERITY_OF_HARM_NAMES.items()
        ]
    }
    for likelihood, name in LIKELIHOOD_NAMES.items():
        table[name] = [str(counts[severity, likelihood]) for severity in SEVERITY_OF_HARM_NAMES]
    st.table(table, hide_index=True, border="horizontal", alt="Hazards by severity of harm and likelihood left")


def _hazard_choice() -> tuple[HazardChoice, bool]:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        text = search_text("Search", "hazard_search", "Words of a hazard or its controls, or the name of a test")
        severities = several_of(
            "Severity of harm", list(SEVERITY_OF_HARM_NAMES), SEVERITY_OF_HARM_NAMES, "hazard_severities"
        )
        owners = several_of("Owner", list(OWNER_NAMES), OWNER_NAMES, "hazard_owners")
    is_open = st.toggle("Controls open, as for print", key="hazards_open", bind="query-params")
    return HazardChoice(severities, owners, text), is_open


def _chosen(choice: HazardChoice) -> str:
    """' Critical; Pharmacist': the filters in words, for paper too; what was typed is not repeated."""
    names = (
        *(SEVERITY_OF_HARM_NAMES[each] for each in choice.severities),
        *(OWNER_NAMES[each] for each in choice.owners),
        *((WORDS_AS_TYPED,) if choice.text.strip() else ()),
    )
    return f" {plain('; '.join(names))}" if names else ""


def _hazard_card(hazard: Hazard, is_open: bool) -> None:
    """What, how bad, what stays and who does what; the controls with their tests are drawn only when opened."""
    colour, icon = _SEVERITY_MARKS[hazard.severity_of_harm]
    left = hazard.likelihood_left
    with st.container(border=True, key=f"hazard_{hazard.id}", gap="xsmall"):
        st.markdown(
            f":{colour}-badge[{icon} {SEVERITY_OF_HARM_NAMES[hazard.severity_of_harm]}] "
            f":gray-badge[{_LIKELIHOOD_ICONS[left]} Likelihood left: {LIKELIHOOD_NAMES[left].lower()}] "
            f":small[{hazard.id} · Owner: {OWNER_NAMES[hazard.owner]}]  \n**{plain(hazard.title)}**\n\n"
            f"- *Harm:* {plain(hazard.harm)}\n- *Cause:* {plain(hazard.cause)}\n"
            f"- *Stays:* {plain(hazard.residual)}\n- *Left to you:* **{plain(hazard.left_to)}**"
        )
        if is_open:
            st.markdown(_controls(hazard))
            return
        tests = sum(len(control.tests) for control in hazard.controls)
        opened = st.expander(
            f"{hazard.id}: controls ({len(hazard.controls)}) and the tests that prove them ({tests})",
            key=f"open_{hazard.id}",
            type="compact",
            on_change="rerun",
        )
        if opened.open:
            opened.markdown(_controls(hazard))


def _controls(hazard: Hazard) -> str:
    return "\n".join(
        f"- *Control:* {plain(control.text)}\n" + "\n".join(f"    - `{test}`" for test in control.tests)
        for control in hazard.controls
    )


def _known_limits() -> None:
    limits = knowledge_base().evidence.known_limits.values()
    st.header(f"{len(limits)} known limits", anchor=False)
    st.markdown(LIMITS_INTRO)
    for area, of_area in groupby(limits, key=lambda each: each.area):
        st.subheader(AREA_NAMES[area], anchor=False)
        rows = list(of_area)
        st.table(
            {
                "Limit": [f"{plain(each.text)} :small[{each.id}]" for each in rows],
                "Do instead": [plain(each.instead) for each in rows],
            },
            hide_index=True,
            border="horizontal",
            alt=f"Known limits: {AREA_NAMES[area]}",
        )


def intended_use() -> None:
    """That nothing was validated first; then every statement by section, a rule beside how it is met."""
    statements = knowledge_base().evidence.intended_use.values()
    unproved = next(each for each in statements if each.section is UseSection.VALIDATION)
    first, _, rest = unproved.text.partition(". ")
    st.warning(f"**{plain(first)}.** {plain(rest)}", icon=":material/warning:")
    for section, of_section in groupby(statements, key=lambda each: each.section):
        st.header(USE_SECTION_NAMES[section], anchor=False)
        for statement in of_section:
            _statement(statement)


def _statement(statement: IntendedUseStatement) -> None:
    """Sources below, each with how it was read; none where it is our own statement."""
    with st.container(key=f"use_{statement.id}", gap="xsmall"):
        st.subheader(plain(statement.title), anchor=False)
        if statement.how_met is None:
            st.markdown(plain(statement.text))
            return
        asked, met = st.columns(2)
        asked.markdown(f"*What holds, or is asked*  \n{plain(statement.text)}")
        met.markdown(f"*How it is met here*  \n{plain(statement.how_met)}")
        if statement.sources:
            lines = "\n".join(f"- {source_line(knowledge_base().sources[each])}" for each in statement.sources)
            st.markdown(f"*Sources:*\n{lines}")
