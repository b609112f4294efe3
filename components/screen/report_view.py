"""The report on screen below the findings: duplicates, session plan, burden, notes, the report as a file."""

from collections.abc import Callable
from datetime import date

import streamlit as st

from components.clinical.interface_words import say
from components.clinical.report import CheckReport, PlanLine
from components.clinical.terms import BenefitDirection, Burden
from components.clinical.wording import (
    BURDEN_NAMES,
    PLAN_STAGE_NAMES,
)
from components.exchange.cds_cards import cards_as_json
from components.exchange.report_csv import report_as_csv
from components.exchange.report_json import report_as_json
from components.exchange.report_pdf import report_as_pdf
from components.exchange.report_text import report_as_text
from components.exchange.sheet_pdf import Paper
from components.screen.answer_view import NOT_READ, no_session
from components.screen.fit_view import FIT_VIEW_TITLES, FitView
from components.screen.knowledge import knowledge_base
from components.screen.safe_text import plain

UNSUPERVISED_PLAN = say("report_view.plan_supervised_session_home")


def duplicates(report: CheckReport) -> None:
    """The same medicine twice, or two of one class."""
    if not report.duplicates:
        return
    st.subheader(say("report_view.duplicates_ask_about"))
    lines = [
        f"- **{plain(' + '.join(each.medicines))}**: "
        + (
            say("report_view.two_one_class_both", class_name=plain(each.class_name))
            if each.class_name
            else say("report_view.entered_more_than_once")
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
    st.subheader(say("shared.session_plan"))
    if report.unsupervised:
        st.warning(UNSUPERVISED_PLAN, icon=":material/home:")
    no_session(report)
    _plan_columns({name: [line for line in lines if line.is_shared] for name, lines in stages.items()})
    single = {name: [line for line in lines if not line.is_shared] for name, lines in stages.items()}
    count = sum(map(len, single.values()))
    if count:
        with st.expander(
            say("report_view.medicine_medicine_further", count=count, word="line" if count == 1 else "lines")
        ):
            _plan_columns(single)
    st.page_link(
        "pages/treatment_fit.py",
        label=say("report_view.whatever_list_holds_every"),
        icon=":material/arrow_forward:",
        query_params={"fit": FIT_VIEW_TITLES[FitView.CHECKLIST]},
    )


def _plan_columns(stages: dict[str, list[PlanLine]]) -> None:
    for column, (name, lines) in zip(st.columns(3), stages.items(), strict=True):
        with column:
            st.markdown(f"#### {name}")
            st.markdown("\n".join(_plan_line(line) for line in lines) or say("report_view.nothing_extra"))


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
    st.subheader(say("report_view.what_adds_up_over"))
    disputed = {
        name
        for each in report.findings
        if each.benefit.direction is BenefitDirection.DISPUTED
        for name in each.medicines
    }

    def word(effect: Burden, name: str) -> str:
        is_disputed = effect is Burden.LOST_BENEFIT and name in disputed
        return f":gray-badge[{plain(name)}{': disputed' if is_disputed else ''}]"

    rows = {
        say("shared.effect"): [f"**{BURDEN_NAMES[effect]}**" for effect in report.burden],
        say("report_view.medicines_add"): [
            " ".join(word(effect, name) for name in names) for effect, names in report.burden.items()
        ],
    }
    st.table(rows, hide_index=True, border="horizontal", alt=say("report_view.which_medicines_add_which"))
    st.markdown(say("report_view.serotonin_load_concerns_other"))
    if st.toggle(say("report_view.show_heat_map"), key="burden_map"):
        from components.charts.burden import build_burden_figure  # plotly is heavy: only when asked for

        figure, alt = build_burden_figure(report.burden)
        st.plotly_chart(figure, alt=alt, config={"displayModeBar": False})


def notes(report: CheckReport) -> None:
    """What happened to lines that are not entries, and what to mind."""
    told = [note for note in report.notes if NOT_READ not in note]
    if told:
        st.subheader(say("report_view.notes_reading_list"))
        st.markdown("\n".join(f"- {plain(note[:1].upper() + note[1:])}" for note in told))


def download(report: CheckReport) -> None:
    """The whole report to print, to file, to paste into a chart note, and for other programs."""
    st.subheader(say("report_view.take_report_along"))
    sources = knowledge_base().sources
    files: tuple[tuple[str, str, str, Callable[[], bytes | str]], ...] = (
        ("PDF", "pdf", "application/pdf", lambda: report_as_pdf(report, sources, date.today(), Paper.A4)),
        (say("report_view.text"), "txt", "text/plain", lambda: report_as_text(report, date.today())),
        ("CSV", "csv", "text/csv", lambda: report_as_csv(report, date.today())),
        ("JSON", "json", "application/json", lambda: report_as_json(report, date.today())),
        (
            say("report_view.cds_hooks"),
            "cards.json",
            "application/json",
            lambda: cards_as_json(report, sources, date.today()),
        ),
    )
    with st.container(horizontal=True, key="report_files"):
        for name, ending, kind, written in files:
            st.download_button(
                name,
                data=written,
                file_name=f"ketamine-consult-report.{ending}",
                mime=kind,
                on_click="ignore",
                icon=":material/download:",
                type="primary" if ending == "pdf" else "secondary",
                key="download_text" if ending == "txt" else f"download_{ending.replace('.', '_')}",
            )
    with st.expander(say("report_view.text_chart_note_copy"), key="chart_note", on_change="rerun") as opened:
        if opened.open:
            st.code(report_as_text(report, date.today()), language=None, wrap_lines=True)
