"""The checklist of every session with this treatment; at home, what nobody there can do is marked."""

from collections.abc import Sequence

import streamlit as st

from components.clinical.factors import ChecklistItem, Stage
from components.clinical.interface_words import say
from components.clinical.report import CheckReport
from components.clinical.wording import TREATMENT_NAMES
from components.screen.answer_view import no_session
from components.screen.entry_widgets import treatment_choice
from components.screen.factor_widgets import REGION_NAMES
from components.screen.knowledge import knowledge_base
from components.screen.safe_text import plain
from components.screen.source_line import source_line

STAGE_NAMES = {
    Stage.BEFORE_COURSE: say("shared.before_course"),
    Stage.BEFORE_SESSION: say("shared.before_each_session"),
    Stage.ON_THE_DAY: say("shared.on_the_day"),
    Stage.AFTER: say("shared.after"),
}


def session_checklist(report: CheckReport) -> None:
    """What every session with this treatment needs, stage by stage, and for whom it was drawn up."""
    with st.container(key="choices"):
        treatment_choice()
    st.markdown(_for_what(report))
    if report.unsupervised:
        st.warning(
            say("checklist_view.written_for_supervised_session_nobody_at_home"),
            icon=":material/home:",
        )
    st.header(say("checklist_view.before_day_after"))
    no_session(report)
    marks_analogy = not _all_by_analogy(report)
    stages = {stage: [each for each in report.checklist if each.stage is stage] for stage in Stage}
    with st.container(key="checklist"):
        for stage, items in stages.items():
            with st.container(gap="xsmall"):
                st.subheader(STAGE_NAMES[stage])
                st.markdown(
                    "\n".join(_item(each, report, marks_analogy) for each in items)
                    or say("checklist_view.nothing_listed")
                )
    with st.expander(say("checklist_view.rules_sources_checklist"), key="open_checklist", on_change="rerun") as opened:
        if opened.open:
            _checklist_sources(report.checklist)


def _for_what(report: CheckReport) -> str:
    """'For: Ketamine, intravenous infusion · clinic · US label'."""
    treatment = (
        f"**{TREATMENT_NAMES[report.treatment]}**" if report.treatment else say("checklist_view.treatment_not_chosen")
    )
    setting = say("checklist_view.home_unsupervised") if report.unsupervised else say("shared.clinic")
    parts = [say("checklist_view.for", treatment=treatment), setting, REGION_NAMES[report.region]]
    if report.treatment is None:
        parts.append(say("checklist_view.steps_all_treatments_listed"))
    elif _all_by_analogy(report):
        parts.append(say("checklist_view.all_steps_analogy_sources"))
    return " · ".join(parts)


def _is_by_analogy(item: ChecklistItem, report: CheckReport) -> bool:
    return report.treatment is not None and report.treatment not in item.treatments


def _all_by_analogy(report: CheckReport) -> bool:
    return all(_is_by_analogy(each, report) for each in report.checklist)


def _item(item: ChecklistItem, report: CheckReport, marks_analogy: bool) -> str:
    marks = f" {say('checklist_view.by_analogy_badge')}" if marks_analogy and _is_by_analogy(item, report) else ""
    if report.unsupervised and item.needs_staff:
        marks += say("checklist_view.needs_staff")
    return f"- {plain(item.text)}{marks}"


def _checklist_sources(items: Sequence[ChecklistItem]) -> None:
    sources = knowledge_base().sources
    for item in items:
        unsure = say("checklist_view.uncertain", uncertainty=plain(item.uncertainty)) if item.uncertainty else ""
        st.markdown(
            f"**{plain(item.text)}.** {plain(item.rule)}{unsure} "
            f":small[{' · '.join(source_line(sources[each]) for each in item.sources)}]"
        )
