"""The report on screen, all but the findings: answer, not checked, duplicates, session plan, burden, notes."""

from collections.abc import Callable

import streamlit as st

from components.clinical.report import CheckReport, EntryResult, PlanLine
from components.clinical.terms import BenefitDirection, Burden, EntryStatus, Severity
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
from components.exchange.cds_cards import cards_as_json
from components.exchange.report_csv import report_as_csv
from components.exchange.report_json import report_as_json
from components.exchange.report_pdf import report_as_pdf
from components.exchange.report_text import report_as_text
from components.exchange.sheet_pdf import Paper
from components.screen.consultation import choose_medicine
from components.screen.knowledge import knowledge_base
from components.screen.marks import severity_badge
from components.screen.safe_text import plain

MOST_URGENT_SHOWN = 3
UNSUPERVISED_PLAN = (
    "This plan is for a supervised session. At home without supervision nobody measures, watches or helps."
)


def answer(report: CheckReport) -> None:
    """The answer in one glance: counts, then the worst with the treatment and the worst among the other medicines."""
    planned = TREATMENT_NAMES[report.treatment] if report.treatment else NO_TREATMENT
    with st.container(border=True, key="answer", gap="xsmall"):
        st.markdown(f"**{plain(answer_line(report))}**  \n:small[Planned: {plain(planned)}]")
        with_treatment = {
            (medicines_in_words(each.medicines), each.action, each.severity)
            for each in report.findings
            if each.counted and each.severity
        }
        among = {(" + ".join(each.medicines), each.record.action, each.record.severity) for each in report.pairs}
        _worst("With the treatment", with_treatment)
        _worst("Among the other medicines", among)
        _worst(
            "The patient",
            {(each.factor.name, each.rule.action, each.rule.level.severity) for each in report.factors},
        )
        if report.takes_no_medicines and not report.entries:
            st.markdown("The patient takes no medicines: said by the user.")
        elif not report.complete:
            st.markdown(
                ":violet-badge[:material/incomplete_circle: Incomplete] Not every entry could be assessed: see below."
            )
        if not report.factors_asked:
            st.markdown(
                ":small[Not all patient factors (heart, pregnancy, psychosis ...) were asked: see Treatment fit.]"
            )


def _worst(where: str, judged: set[tuple[str, str, Severity]]) -> None:
    """The highest severity of one kind; from caution up with the medicines and what to do, at most three."""
    if not judged:
        return
    highest = max((severity for _, _, severity in judged), key=lambda severity: severity.rank)
    if highest is Severity.COMPATIBLE:
        st.markdown(f"{where}: nothing above *compatible* among the medicines assessed")
        return
    st.markdown(f"{where}: {severity_badge(highest)} **{SEVERITY_MEANINGS[highest]}**")
    if highest.rank < Severity.CAUTION.rank:
        return
    by_action: dict[str, list[str]] = {}
    for name, action, severity in sorted(judged, key=lambda each: each[0]):
        if severity is highest:
            by_action.setdefault(action, []).append(name)
    lines = [f"- **{plain('; '.join(names))}:** {plain(action)}" for action, names in by_action.items()]
    more = [f"- and {len(lines) - MOST_URGENT_SHOWN} more below"] if len(lines) > MOST_URGENT_SHOWN else []
    st.markdown("\n".join(lines[:MOST_URGENT_SHOWN] + more))


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
    """Before, on the day, after: each step once, contradictions side by side; single-medicine advice folded."""
    plan = report.session_plan
    stages = dict(zip(PLAN_STAGE_NAMES, (plan.before, plan.on_the_day, plan.after), strict=True))
    if not any(stages.values()):
        return
    st.subheader("Session plan")
    if report.unsupervised:
        st.warning(UNSUPERVISED_PLAN, icon=":material/home:")
    _plan_columns({name: [line for line in lines if line.is_shared] for name, lines in stages.items()})
    single = {name: [line for line in lines if not line.is_shared] for name, lines in stages.items()}
    count = sum(map(len, single.values()))
    if count:
        with st.expander(f"Medicine by medicine: {count} further lines"):
            _plan_columns(single)


def _plan_columns(stages: dict[str, list[PlanLine]]) -> None:
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
    disputed = {
        name
        for each in report.findings
        if each.benefit.direction is BenefitDirection.DISPUTED
        for name in each.medicines
    }

    def word(effect: Burden, name: str) -> str:
        if name not in report.burden[effect]:
            return "–"
        is_disputed = effect is Burden.LOST_BENEFIT and name in disputed
        return ":gray-badge[disputed]" if is_disputed else ":gray-badge[adds]"

    rows = {
        "Medicine": [plain(name) for name in medicines],
        **{BURDEN_NAMES[effect]: [word(effect, name) for name in medicines] for effect in report.burden},
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
    """The whole report to print, to file, to paste into a chart note, and for other programs."""
    st.subheader("Take the report along")
    sources = knowledge_base().sources
    files: tuple[tuple[str, str, str, Callable[[], bytes | str]], ...] = (
        ("PDF", "pdf", "application/pdf", lambda: report_as_pdf(report, sources, Paper.A4)),
        ("Text", "txt", "text/plain", lambda: report_as_text(report)),
        ("CSV", "csv", "text/csv", lambda: report_as_csv(report)),
        ("JSON", "json", "application/json", lambda: report_as_json(report)),
        ("CDS Hooks cards", "cards.json", "application/json", lambda: cards_as_json(report, sources)),
    )
    with st.container(horizontal=True, key="report_files"):
        for name, ending, kind, written in files:
            st.download_button(
                f"Report as {name.lower()}" if ending == "txt" else name,
                data=written,
                file_name=f"ketamine-consult-report.{ending}",
                mime=kind,
                on_click="ignore",
                icon=":material/download:",
                type="primary" if ending == "pdf" else "secondary",
                key="download_text" if ending == "txt" else f"download_{ending.replace('.', '_')}",
            )
    with st.expander("Text for the chart note, to copy", key="chart_note", on_change="rerun") as opened:
        if opened.open:
            st.code(report_as_text(report), language=None, wrap_lines=True)
