"""The treatment against the patient: contraindications first, then the checklist of every session."""

from collections.abc import Sequence
from enum import StrEnum

import streamlit as st

from components.clinical.factors import ChecklistItem, FactorLevel, Stage
from components.clinical.report import CheckReport, FactorFinding
from components.clinical.terms import Region
from components.screen.consultation import consultation
from components.screen.factor_widgets import GROUP_NAMES, REGION_NAMES
from components.screen.knowledge import knowledge_base
from components.screen.marks import severity_badge
from components.screen.safe_text import plain
from components.screen.source_line import source_line

LEVEL_NAMES = {
    FactorLevel.CONTRAINDICATION: "Contraindication",
    FactorLevel.WARNING: "Warning",
    FactorLevel.PRECAUTION: "Precaution",
}
STAGE_NAMES = {
    Stage.BEFORE_COURSE: "Before the course",
    Stage.BEFORE_SESSION: "Before each session",
    Stage.ON_THE_DAY: "On the day",
    Stage.AFTER: "After",
}


class FitView(StrEnum):
    """The views of the page."""

    PATIENT = "patient"
    CHECKLIST = "checklist"
    BENEFIT = "benefit"
    SSRI = "ssri"


FIT_VIEW_TITLES = {
    FitView.PATIENT: "This patient",
    FitView.CHECKLIST: "Session-day checklist",
    FitView.BENEFIT: "Who might benefit",
    FitView.SSRI: "The SSRI afterwards",
}
_STAFF_ONLY = "not possible at home"
SUICIDAL_THOUGHTS = "acute-suicidal-thoughts"


def fit_answer(report: CheckReport) -> None:
    """One line that counts what was found, and what was not asked."""
    with st.container(border=True, key="fit_answer", gap="xsmall"):
        levels = [each.rule.level for each in report.factors]
        counted = [
            f"{levels.count(level)} {LEVEL_NAMES[level].lower()}{'' if levels.count(level) == 1 else 's'}"
            for level in FactorLevel
            if level in levels
        ]
        if report.factors:
            worst = report.factors[0].rule.level
            st.markdown(f"{severity_badge(worst.severity)} **{', '.join(counted)}**")
        else:
            st.markdown("**No factor entered that speaks against the treatment.** That is no clearance.")
        _what_was_not_asked()


def _what_was_not_asked() -> None:
    missing = [name for group, name in GROUP_NAMES.items() if group not in consultation().answers.asked]
    if missing:
        st.markdown(
            ":violet-badge[:material/incomplete_circle: Incomplete] "
            f"Not asked yet: {plain('; '.join(each if i == 0 else each.lower() for i, each in enumerate(missing)))}."
        )
    else:
        st.markdown(":small[All groups were asked.]")


def factor_findings(report: CheckReport) -> None:
    """Each rule with its action; the label's words side by side where US and EU differ."""
    for each in report.factors:
        _card(each, report.region)


def _card(finding: FactorFinding, region: Region) -> None:
    rule = finding.rule
    with st.container(border=True, key=f"factor_{rule.id}", gap="xsmall"):
        because = f" ({plain(finding.because)})" if finding.because else ""
        st.markdown(
            f"{severity_badge(rule.level.severity)} **{plain(finding.factor.name)}**{because} · "
            f"**{plain(rule.action)}**"
        )
        labels = {Region.US: rule.us_label, Region.EU: rule.eu_label}
        order = sorted(Region, key=lambda each: each is not region)
        said = [f"**{REGION_NAMES[each]}:** {plain(labels[each] or 'as below')}" for each in order]
        if any(labels.values()):
            st.markdown("  \n".join(said))
        st.markdown(f":small[{plain(rule.rule)}]")
        if finding.by_analogy:
            st.markdown(":gray-badge[By analogy] :small[The sources speak of another form of the treatment.]")
        opened = st.expander("Why, evidence and sources", key=f"open_{rule.id}", type="compact", on_change="rerun")
        if opened.open:
            with opened:
                _details(finding)


def _details(finding: FactorFinding) -> None:
    rule = finding.rule
    parts = [
        ("Level", LEVEL_NAMES[rule.level]),
        ("Threshold", rule.threshold),
        ("What studies show", rule.evidence),
        ("Uncertain", rule.uncertainty),
        ("Management rests on", rule.basis.value),
        ("For the patient", rule.patient["en"]),
    ]
    st.markdown("\n".join(f"- *{name}:* {plain(text)}" for name, text in parts if text))
    sources = knowledge_base().sources
    st.markdown("*Sources:* " + " · ".join(source_line(sources[each]) for each in rule.sources))


def session_checklist(report: CheckReport) -> None:
    """What every session with this treatment needs; at home, what nobody there can do is marked."""
    st.header("Session-day checklist")
    if report.unsupervised:
        st.warning(
            "This checklist is for a supervised session. At home without supervision the marked steps are not done.",
            icon=":material/home:",
        )
    stages = {stage: [each for each in report.checklist if each.stage is stage] for stage in Stage}
    for column, (stage, items) in zip(st.columns(len(Stage)), stages.items(), strict=True):
        with column:
            st.subheader(STAGE_NAMES[stage])
            st.markdown("\n".join(_item(each, report) for each in items) or "Nothing listed.")
    with st.expander("Rules and sources of the checklist", key="open_checklist", on_change="rerun") as opened:
        if opened.open:
            _checklist_sources(report.checklist)


def _item(item: ChecklistItem, report: CheckReport) -> str:
    analogy = report.treatment is not None and report.treatment not in item.treatments
    marks = " :gray-badge[by analogy]" if analogy else ""
    if report.unsupervised and item.needs_staff:
        marks += f" :orange-badge[:material/home: {_STAFF_ONLY}]"
    return f"- {plain(item.text)}{marks}"


def _checklist_sources(items: Sequence[ChecklistItem]) -> None:
    sources = knowledge_base().sources
    for item in items:
        unsure = f" *Uncertain:* {plain(item.uncertainty)}" if item.uncertainty else ""
        st.markdown(
            f"**{plain(item.text)}.** {plain(item.rule)}{unsure} "
            f":small[{' · '.join(source_line(sources[each]) for each in item.sources)}]"
        )
