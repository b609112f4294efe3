"""The report on screen, all but the findings: answer, not checked, duplicates, session plan, burden, notes."""

import streamlit as st

from components.clinical.report import CheckReport, EntryResult, PlanLine
from components.clinical.terms import EntryStatus, Severity
from components.clinical.wording import (
    BURDEN_NAMES,
    NO_TREATMENT,
    PLAN_STAGE_NAMES,
    SEVERITY_MEANINGS,
    TREATMENT_NAMES,
    answer_line,
    medicines_in_words,
    what_we_do_not_know,
)
from components.exchange.report_text import report_as_text
from components.screen.consultation import choose_medicine
from components.screen.marks import severity_badge
from components.screen.safe_text import plain

MOST_URGENT_SHOWN = 3


def answer(report: CheckReport) -> None:
    """The answer in one glance: counts, highest severity with its meaning, and whether it is complete."""
    with st.container(border=True, key="answer", gap="xsmall"):
        highest = report.highest_severity
        badge = f"{severity_badge(highest)} **{SEVERITY_MEANINGS[highest]}**  \n" if highest else ""
        planned = TREATMENT_NAMES[report.treatment] if report.treatment else NO_TREATMENT
        st.markdown(f"{badge}{plain(answer_line(report))}  \n:small[Planned: {plain(planned)}]")
        if urgent := _most_urgent(report):
            st.markdown("\n".join(urgent))
        if not report.complete:
            st.markdown(
                ":violet-badge[:material/incomplete_circle: Incomplete] Not every entry could be assessed: see below."
            )
        elif highest in (Severity.COMPATIBLE, Severity.MONITOR, None):
            st.markdown("Patient factors (heart, pregnancy, psychosis ...) were not asked; this covers medicines only.")


def _most_urgent(report: CheckReport) -> list[str]:
    """What the highest severity is about, named, with its action; at most three, from caution up."""
    highest = report.highest_severity
    if highest is None or highest.rank < Severity.CAUTION.rank:
        return []
    actions: dict[str, list[str]] = {}
    for pair in report.pairs:
        if pair.record.severity is highest:
            actions.setdefault(pair.record.action, []).append(" + ".join(pair.medicines))
    for finding in report.findings:
        if finding.counted and finding.severity is highest:
            actions.setdefault(finding.action, []).append(medicines_in_words(finding.medicines))
    lines = [f"- **{plain('; '.join(names))}:** {plain(action)}" for action, names in actions.items()]
    more = len(lines) - MOST_URGENT_SHOWN
    return lines[:MOST_URGENT_SHOWN] + ([f"- and {more} more below"] if more > 0 else [])


def empty_state() -> None:
    """Before anything was entered."""
    with st.container(border=True):
        st.subheader("Nothing to check yet")
        st.markdown(
            "Choose the planned treatment, then type a medicine, paste the whole list, or open a sample case. "
            "The answer appears here: what is safe together, what may weaken the benefit, and what to do before, "
            "on the day and after."
        )


def not_checked(report: CheckReport) -> None:
    """Entries without a verdict, each with its way out."""
    waiting = [(position, each) for position, each in enumerate(report.entries) if what_we_do_not_know(each)]
    if not waiting:
        return
    with st.container(border=True, key="not-checked"):
        st.subheader(f"Not checked ({len(waiting)})")
        for position, each in waiting:
            _one_not_checked(position, each)


def _one_not_checked(position: int, result: EntryResult) -> None:
    st.markdown(plain(what_we_do_not_know(result)))
    if not result.entry.suggestions or result.status not in (EntryStatus.NOT_RECOGNISED, EntryStatus.AMBIGUOUS):
        return
    with st.container(horizontal=True, gap="small"):
        for thing in result.entry.suggestions:
            st.button(
                f"It is {plain(thing)}",
                key=f"choose_{position}_{thing}",
                on_click=choose_medicine,
                args=(position, thing),
            )


def duplicates(report: CheckReport) -> None:
    """The same medicine twice, or two of one class."""
    if not report.duplicates:
        return
    st.subheader("Duplicates to ask about")
    lines = [
        f"- **{plain(' + '.join(each.medicines))}**: "
        + (
            f"two of one class ({plain(each.class_name)}). Are both taken?"
            if each.class_name
            else "entered more than once. Is it taken twice?"
        )
        for each in report.duplicates
    ]
    st.markdown("\n".join(lines))


def session_plan(report: CheckReport) -> None:
    """Before, on the day, after: each step once, contradictions side by side."""
    plan = report.session_plan
    stages = dict(zip(PLAN_STAGE_NAMES, (plan.before, plan.on_the_day, plan.after), strict=True))
    if not any(stages.values()):
        return
    st.subheader("Session plan")
    for column, (name, lines) in zip(st.columns(3), stages.items(), strict=True):
        with column:
            st.markdown(f"#### {name}")
            st.markdown("\n".join(_plan_line(line) for line in lines) or "Nothing extra.")


def _plan_line(line: PlanLine) -> str:
    against = (
        f"  \n  :orange-badge[:material/compare_arrows: Contradicts] {plain('; '.join(line.contradicts))}"
        if line.contradicts
        else ""
    )
    medicines = f": **{plain(', '.join(line.medicines))}**" if line.medicines else ""
    return f"- {plain(line.text)}{medicines}{against}"


def burden(report: CheckReport) -> None:
    """What adds up over the whole list, in words; as a heat map when asked for."""
    if not report.burden:
        return
    st.subheader("What adds up over the whole list")
    medicines = list(dict.fromkeys(name for names in report.burden.values() for name in names))
    rows = {
        "Medicine": [plain(name) for name in medicines],
        **{
            BURDEN_NAMES[effect]: [":orange-badge[adds]" if name in names else "–" for name in medicines]
            for effect, names in report.burden.items()
        },
    }
    st.table(rows, hide_index=True, border="horizontal", alt="Which medicine adds to which effect")
    st.markdown(":small[Serotonin load concerns the other medicines among each other.]")
    if st.toggle("Show as a heat map", key="burden_map"):
        from components.charts.burden import build_burden_figure  # plotly is heavy: only when asked for

        figure, alt = build_burden_figure(report.burden)
        st.plotly_chart(figure, alt=alt, config={"displayModeBar": False})


def notes(report: CheckReport) -> None:
    """What happened to lines that are not entries, and what to mind."""
    if report.notes:
        st.subheader("Notes on reading the list")
        st.markdown("\n".join(f"- {plain(note)}" for note in report.notes))


def download(report: CheckReport) -> None:
    """The whole report as plain text."""
    st.download_button(
        "Report as text",
        data=lambda: report_as_text(report),
        file_name="ketamine-consult-report.txt",
        mime="text/plain",
        on_click="ignore",
        icon=":material/download:",
        key="download_text",
    )
