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
)
from components.clinical.hazards import Hazard, IntendedUseStatement, LikelihoodLeft, SeverityOfHarm, UseSection
from components.clinical.interface_words import say
from components.screen.evidence_choices import filters, nothing_fits, search_text, several_of
from components.screen.knowledge import knowledge_base
from components.screen.long_list import long_list
from components.screen.safe_text import plain
from components.screen.source_line import source_line

_SEVERITY_ICONS = {
    SeverityOfHarm.CRITICAL: ":material/error:",
    SeverityOfHarm.SERIOUS: ":material/warning:",
    SeverityOfHarm.MINOR: ":material/info:",
}
"""All grey: a colour asks for an action."""
_LIKELIHOOD_ICONS = {
    LikelihoodLeft.LIKELY: ":material/signal_cellular_alt:",
    LikelihoodLeft.POSSIBLE: ":material/signal_cellular_alt_2_bar:",
    LikelihoodLeft.UNLIKELY: ":material/signal_cellular_alt_1_bar:",
}


def hazards_and_limits() -> None:
    """What the log is and is not, the counts, the hazards that fit the filters, then every known limit."""
    every = knowledge_base().evidence.hazards.values()
    _note("edit_note", f"**{WORKING_LOG}** {JUDGEMENT_ONLY}")
    st.header(say("hazards_view.number_of_hazards", count=len(every)), anchor=False)
    _matrix()
    with st.container(key="choices"):
        choice, is_open = _hazard_choice()
    found = hazards_chosen(knowledge_base(), choice)
    if not found:
        nothing_fits("hazard", HAZARD_MISSING)
    long_list(
        found,
        lambda hazard: _hazard_card(hazard, is_open),
        "hazards",
        choice,
        whole=is_open,
        count=say("hazards_view.of_hazards", count=len(found), all_hazards=len(every)),
        chosen=_chosen(choice),
    )
    _known_limits()


def _note(icon: str, words: str) -> None:
    """What must be read first, without the colour of an alert: the banner above is one already."""
    with st.container(border=True, key="first_note"):
        st.markdown(f":material/{icon}: {words}")


def _matrix() -> None:
    """How many hazards stand at each severity and likelihood, the words of the scale explained."""
    counts = Counter(
        (each.severity_of_harm, each.likelihood_left) for each in knowledge_base().evidence.hazards.values()
    )
    table = {
        say("hazards_view.worst_plausible_harm"): [
            f"**{name}:** {SEVERITY_OF_HARM_MEANINGS[severity]}" for severity, name in SEVERITY_OF_HARM_NAMES.items()
        ]
    }
    for likelihood, name in LIKELIHOOD_NAMES.items():
        table[name] = [str(counts[severity, likelihood]) for severity in SEVERITY_OF_HARM_NAMES]
    st.table(table, hide_index=True, border="horizontal", alt=say("hazards_view.hazards_severity_harm_likelihood"))


def _hazard_choice() -> tuple[HazardChoice, bool]:
    text = search_text(say("shared.search"), "hazard_search", say("hazards_view.words_hazard_controls_name"))
    with filters():
        severities = several_of(
            say("hazards_view.severity_harm"), list(SEVERITY_OF_HARM_NAMES), SEVERITY_OF_HARM_NAMES, "hazard_severities"
        )
        owners = several_of(say("hazards_view.owner"), list(OWNER_NAMES), OWNER_NAMES, "hazard_owners")
    is_open = st.toggle(say("hazards_view.controls_open_print"), key="hazards_open", bind="query-params")
    return HazardChoice(severities, owners, text), is_open


def _chosen(choice: HazardChoice) -> str:
    """'Critical; Pharmacist': the filters in words, for paper too; what was typed is not repeated."""
    names = (
        *(SEVERITY_OF_HARM_NAMES[each] for each in choice.severities),
        *(OWNER_NAMES[each] for each in choice.owners),
        *((WORDS_AS_TYPED,) if choice.text.strip() else ()),
    )
    return plain("; ".join(names))


def _hazard_card(hazard: Hazard, is_open: bool) -> None:
    """What, how bad, what stays and who does what; the controls with their tests are drawn only when opened."""
    left = hazard.likelihood_left
    with st.container(border=True, key=f"hazard_{hazard.id}", gap="xsmall"):
        st.markdown(
            say(
                "hazards_view.badge_likelihood_left_owner",
                icon=_SEVERITY_ICONS[hazard.severity_of_harm],
                severity_of_harm=SEVERITY_OF_HARM_NAMES[hazard.severity_of_harm],
                likelihood_icon=_LIKELIHOOD_ICONS[left],
                likelihood=LIKELIHOOD_NAMES[left].lower(),
                id=hazard.id,
                owner=OWNER_NAMES[hazard.owner],
                title=plain(hazard.title),
                harm=plain(hazard.harm),
                cause=plain(hazard.cause),
                residual=plain(hazard.residual),
                left_to=plain(hazard.left_to),
            )
        )
        if is_open:
            st.markdown(_controls(hazard))
            return
        tests = sum(len(control.tests) for control in hazard.controls)
        opened = st.expander(
            say("hazards_view.controls_tests_prove_them", id=hazard.id, count=len(hazard.controls), tests=tests),
            key=f"open_{hazard.id}",
            type="compact",
            on_change="rerun",
        )
        if opened.open:
            opened.markdown(_controls(hazard))


def _controls(hazard: Hazard) -> str:
    return "\n".join(
        f"- {say('hazards_view.control', text=plain(control.text))}\n"
        + "\n".join(f"    - `{test}`" for test in control.tests)
        for control in hazard.controls
    )


def _known_limits() -> None:
    limits = knowledge_base().evidence.known_limits.values()
    st.header(say("hazards_view.number_of_known_limits", count=len(limits)), anchor=False)
    st.markdown(LIMITS_INTRO)
    for area, of_area in groupby(limits, key=lambda each: each.area):
        st.subheader(AREA_NAMES[area], anchor=False)
        rows = list(of_area)
        st.table(
            {
                say("hazards_view.limit"): [f"{plain(each.text)} :small[{each.id}]" for each in rows],
                say("hazards_view.do_instead"): [plain(each.instead) for each in rows],
            },
            hide_index=True,
            border="horizontal",
            alt=say("hazards_view.known_limits", area=AREA_NAMES[area]),
        )


def intended_use() -> None:
    """That nothing was validated first; then every statement by section, a rule beside how it is met."""
    statements = knowledge_base().evidence.intended_use.values()
    unproved = next(each for each in statements if each.section is UseSection.VALIDATION)
    first, _, rest = unproved.text.partition(". ")
    _note("warning", f"**{plain(first)}.** {plain(rest)}")
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
        asked.markdown(say("hazards_view.what_holds_asked", text=plain(statement.text)))
        met.markdown(say("hazards_view.how_met_here", how_met=plain(statement.how_met)))
        if statement.sources:
            lines = "\n".join(f"- {source_line(knowledge_base().sources[each])}" for each in statement.sources)
            st.markdown(say("shared.sources_line", names=f"\n{lines}"))
