"""Findings as rows: one glance (medicine, action, three questions), then one click to reasons and sources.

Longer than most modules: rows, groups and folded lines open the same reasons and sources.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from components.clinical.claim_words import VOICE_NAMES, Voice
from components.clinical.interface_words import say
from components.clinical.records import InteractionRecord, PairRecord
from components.clinical.report import CheckReport, Finding, PairFinding, SharedAction, StagedPlan
from components.clinical.terms import EvidenceGrade, Severity
from components.clinical.wording import (
    GRADE_NAMES,
    PAIRS_ARE_A_SELECTION,
    PLAN_STAGE_NAMES,
    about_its_use,
    medicines_in_words,
    typed_otherwise,
    when_stopped_question,
)
from components.screen.consultation import own_key
from components.screen.evidence_shelf import PAGE, RECORD
from components.screen.marks import grade_chip, severity_badge
from components.screen.others_say import others_say
from components.screen.reasons import reasons
from components.screen.safe_text import plain

if TYPE_CHECKING:
    from streamlit.elements.lib.mutable_expander_container import ExpanderContainer

_LEFT_OPEN = "findings_left_open"


def findings(report: CheckReport) -> None:
    """All findings: those that ask for action row by row, the rest folded into one line each."""
    if not report.findings:
        return
    st.header(say("shared.with_the_treatment"))
    grouped = {position for group in report.shared_actions for position in group.findings}
    acting = [
        position
        for position, each in enumerate(report.findings)
        if each.counted and (each.severity is not Severity.COMPATIBLE or each.clashes_with)
    ]
    first_in_group = {group.findings[0]: group for group in report.shared_actions}
    if acting:
        with st.container(border=True, key="findings", gap="xsmall"):
            for position in acting:
                if group := first_in_group.get(position):
                    _group(group, report)
                elif position not in grouped:
                    _row(report.findings[position], report)
    compatible = [
        each
        for each in report.findings
        if each.counted and each.severity is Severity.COMPATIBLE and not each.clashes_with
    ]
    studied = [each for each in compatible if each.evidence_grade is not EvidenceGrade.NONE]
    unstudied = [each for each in compatible if each.evidence_grade is EvidenceGrade.NONE]
    stopped = [each for each in report.findings if not each.counted]
    _folded("compatible", say("finding_view.compatible", count=len(studied)), studied)
    _folded("unstudied", say("finding_view.no_interaction_found_studied", count=len(unstudied)), unstudied)
    _folded("stopped", say("finding_view.stopped_shown_but_not_counted", count=len(stopped)), stopped)


def _key(finding: Finding) -> str:
    return "_".join((*finding.medicines, *(str(position) for position in finding.entries)))


def _group(group: SharedAction, report: CheckReport) -> None:
    with st.container(key=f"group_{group.action.burden}", gap="xsmall"):
        title = f"{plain(group.action.title)} ({len(group.findings)})"
        st.markdown(f"{severity_badge(Severity.CAUTION)} **{title}**  \n**{plain(group.action.action)}**")
        for position in group.findings:
            _row(report.findings[position], report)


def _row(finding: Finding, report: CheckReport) -> None:
    """Medicine with what was typed, the action, the three questions; reasons and sources open on demand."""
    lines = [_head(finding, report)]
    if told := about_its_use(finding):
        lines.append(plain(told))
    lines += [
        f":violet-badge[{plain(change.factor)}] {plain(change.action)} :small[({change.basis.value})]"
        for change in finding.changes
    ]
    st.markdown("  \n".join(lines) + "\n\n" + _three_questions(finding))
    opened = _opener(f"open_{_key(finding)}")
    if opened.open:
        with opened:
            details(finding)


def _opener(key: str, label: str = "") -> "ExpanderContainer":
    """Reasons and sources: drawn only when opened, since a long list has many of them.

    Streamlit forgets it when another page is drawn: who went to read a record comes back to what was open.
    """
    left_open: set[str] = st.session_state.setdefault(_LEFT_OPEN, set())
    here = own_key(key)
    opened = st.expander(
        label or say("shared.why_evidence_sources"),
        expanded=here in left_open,
        key=key,
        type="default" if label else "compact",
        on_change="rerun",
    )
    (left_open.add if opened.open else left_open.discard)(here)
    return opened


def _head(finding: Finding, report: CheckReport) -> str:
    typed = typed_otherwise(finding, report)
    beside = f" ({plain(typed)})" if typed else ""
    name = plain(medicines_in_words(finding.medicines))
    chip = grade_chip(finding.evidence_grade)
    return f"{severity_badge(finding.severity)} **{name}**{beside} {chip}  \n**{plain(finding.action)}**"


def _three_questions(finding: Finding) -> str:
    """A list of three, which the style sheet sets side by side."""
    answers = (
        (say("shared.safe_together"), finding.safety.line),
        (say("shared.benefit"), finding.benefit.line),
        (say("shared.levels"), finding.exposure_line),
    )
    return "\n".join(f"- **{question}** {plain(answer)}" for question, answer in answers)


def _folded(key: str, title: str, group: Sequence[Finding]) -> None:
    """One line that opens: the medicines in a table, and the details of the one that is chosen."""
    if not group:
        return
    names = [medicines_in_words(each.medicines) for each in group]
    opened = _opener(f"folded_{key}", f"**{title}:** {plain(', '.join(names))}")
    if not opened.open:
        return
    with opened:
        st.table(
            {
                say("shared.medicine"): [f"**{plain(name)}**" for name in names],
                say("shared.what_do"): [plain(each.action) for each in group],
                say("shared.safe_together"): [plain(each.safety.line) for each in group],
                say("shared.benefit"): [plain(each.benefit.line) for each in group],
                say("shared.levels"): [plain(each.exposure_line) for each in group],
            },
            hide_index=True,
            border="horizontal",
            alt=title,
        )
        chosen = st.selectbox(
            say("finding_view.reasons_sources"),
            range(len(group)),
            index=None if len(group) > 1 else 0,
            format_func=lambda position: names[position],
            key=f"folded_choice_{key}",
            placeholder=say("finding_view.choose_medicine"),
            persist_state="session",
        )
        if chosen is not None and chosen < len(group):
            details(group[chosen])


def details(finding: Finding) -> None:
    """Everything behind one finding, record by record."""
    for record in finding.records:
        _record(record, reference=record.reference_only)
    for identifier, reason in finding.overridden:
        st.markdown(say("finding_view.yields_here", identifier=identifier, reason=plain(reason)))
    st.markdown(f"**{say('shared.plan')}**")
    reasons(_plan(finding.plan))
    _others_say([record.id for record in finding.records], _key(finding))
    for record in finding.records:
        _whole_record(record)


def _whole_record(record: InteractionRecord | PairRecord) -> None:
    label = say("finding_view.whole_record", id=record.id, title=plain(record.title))
    st.page_link(PAGE, label=label, query_params={RECORD: record.id})


def _others_say(records: Sequence[str], key: str) -> None:
    others_say(records, f"finding_{key}", in_patient_words=False, of_patient=True)


def _plan(plan: StagedPlan) -> list[tuple[str, tuple[str, ...]]]:
    stages = zip(PLAN_STAGE_NAMES, (plan.before, plan.on_the_day, plan.after), strict=True)
    return [(name, tuple(line.text for line in lines)) for name, lines in stages]


def _record(record: InteractionRecord, reference: bool) -> None:
    kind = say("finding_view.reference_sets_no_severity") if reference else ""
    st.markdown(f"**{plain(record.title)}** :gray-badge[{record.id}] {grade_chip(record.evidence_grade)}{kind}")
    changed = [
        (say("finding_view.if_factor", factor=each.factor), f"{each.action} ({each.basis.value})")
        for each in record.modifying_factors
    ]
    reasons(
        [
            (say("shared.applies_when"), record.applies_when.text if record.applies_when else None),
            (say("shared.why"), record.mechanism),
            (say("shared.what_studies_show"), record.evidence),
            (say("shared.label_practice"), record.label_versus_practice),
            (VOICE_NAMES[Voice.CHECKERS], record.checkers),
            (say("finding_view.monitoring"), record.monitoring),
            *changed,
            (say("shared.uncertain"), record.uncertainty),
            (say("finding_view.evidence_grade"), GRADE_NAMES[record.evidence_grade]),
            (say("shared.management_rests"), record.basis.value),
            (say("shared.for_the_patient"), record.patient["en"]),
        ],
        record.sources,
    )


def pairs(report: CheckReport) -> None:
    """Dangerous pairs among the patient's other medicines."""
    if not report.pairs and len(report.entries) < 2:
        return  # two medicines of one entry may clash as well
    st.header(say("shared.among_other_medicines"))
    st.markdown(f":small[{PAIRS_ARE_A_SELECTION}{'' if report.pairs else _no_pair(report)}]")
    by_record: dict[str, list[PairFinding]] = {}
    for pair in report.pairs:
        by_record.setdefault(pair.record.id, []).append(pair)
    if by_record:
        with st.container(border=True, key="pairs", gap="xsmall"):
            for group in by_record.values():
                _pair(group)


def _no_pair(report: CheckReport) -> str:
    named = {name for each in report.entries for name in each.entry.medicines}
    return say("finding_view.none_them_found") if len(named) > 1 else say("finding_view.no_pair_could_be_checked")


def _pair(group: Sequence[PairFinding]) -> None:
    record = group[0].record
    names = "; ".join(" + ".join(each.medicines) for each in group)
    head = f"{severity_badge(record.severity)} **{plain(names)}** :small[{plain(record.title)}]"
    asked = dict.fromkeys(ask for each in group for ask in each.ask_when_stopped)
    questions = [plain(when_stopped_question(*each)) for each in asked]
    st.markdown("  \n".join([head, f"**{plain(record.action)}**", *questions]))
    opened = _opener(f"open_{record.id}")
    if not opened.open:
        return
    with opened:
        reasons(
            [
                (say("shared.plan"), record.management),
                (say("shared.why"), record.mechanism),
                (say("shared.what_studies_show"), record.evidence),
                (VOICE_NAMES[Voice.CHECKERS], record.checkers),
                (say("shared.uncertain"), record.uncertainty),
                (say("finding_view.evidence_grade"), GRADE_NAMES[record.evidence_grade]),
                (say("shared.for_the_patient"), record.patient["en"]),
            ],
            record.sources,
        )
        _others_say([record.id], record.id)
        _whole_record(record)
