"""The report on screen below the findings: duplicates, session plan, burden, notes, the report as a file."""

from collections.abc import Callable, Mapping
from datetime import date

import streamlit as st

from components.charts.burden import burden_picture
from components.clinical.interface_words import say
from components.clinical.records import Source
from components.clinical.report import CheckReport, PlanLine
from components.clinical.terms import BenefitDirection, Burden
from components.clinical.wording import (
    BURDEN_NAMES,
    PLAN_STAGE_NAMES,
)
from components.exchange.cds_cards import cards_as_json
from components.exchange.chart_note import report_as_note
from components.exchange.paper import Paper
from components.exchange.report_csv import report_as_csv
from components.exchange.report_json import report_as_json
from components.exchange.report_notes import about_the_treatment
from components.exchange.report_text import report_as_text
from components.screen.answer_view import no_session, suicidal_thoughts
from components.screen.file_button import file_button
from components.screen.fit_view import FIT_VIEW_TITLES, FitView
from components.screen.knowledge import knowledge_base
from components.screen.presenter import chart_look
from components.screen.readers_day import today
from components.screen.safe_text import plain

_PLAN_COLUMN_WIDTH = 280
"""Pixels: three columns on a desk, one on a phone."""
UNSUPERVISED_PLAN = say("report_view.plan_for_supervised_session_nobody_at_home")


def duplicates(report: CheckReport) -> None:
    """The same medicine twice, or two of one class."""
    if not report.duplicates:
        return
    st.header(say("report_view.duplicates_ask_about"))
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
    suicidal_thoughts(report)
    no_session(report)
    settled = not report.against_a_session
    st.header(say("shared.session_plan") if settled else say("report_view.session_plan_once_settled"))
    if report.unsupervised:
        st.warning(UNSUPERVISED_PLAN, icon=":material/home:")
    _plan_columns({name: [line for line in lines if line.comes_first] for name, lines in stages.items()}, "shared")
    single = {name: [line for line in lines if not line.comes_first] for name, lines in stages.items()}
    count = sum(map(len, single.values()))
    if count:
        one, several = say("report_view.one_further_line"), say("report_view.further_lines", count=count)
        with st.expander(one if count == 1 else several, key="plan_by_medicine", on_change="rerun") as opened:
            if opened.open:
                _plan_columns(single, "single")
    st.page_link(
        "pages/treatment_fit.py",
        label=say("report_view.whatever_list_holds_every"),
        icon=":material/arrow_forward:",
        query_params={"fit": FIT_VIEW_TITLES[FitView.CHECKLIST]},
    )


def _plan_columns(stages: dict[str, list[PlanLine]], which: str) -> None:
    with st.grid(min_column_width=_PLAN_COLUMN_WIDTH, gap="medium", key=f"plan_columns_{which}"):
        for name, lines in stages.items():
            told = "\n".join(_plan_line(line) for line in lines) or say("report_view.nothing_extra")
            st.markdown(f"### {name}\n{told}")


def _plan_line(line: PlanLine) -> str:
    against = (
        f"  \n  {say('report_view.contradicts', lines=plain('; '.join(line.contradicts)))}" if line.contradicts else ""
    )
    medicines = f": **{plain(', '.join(line.medicines))}**" if line.medicines else ""
    return f"- {plain(line.text)}{medicines}{against}"


def burden(report: CheckReport) -> None:
    """What adds up over the whole list, in words; as a heat map when asked for."""
    if not report.burden:
        return
    st.header(say("report_view.what_adds_up_over"))
    disputed = {
        name
        for each in report.findings
        if each.benefit.direction is BenefitDirection.DISPUTED
        for name in each.medicines
    }

    def word(effect: Burden, name: str) -> str:
        is_disputed = effect is Burden.LOST_BENEFIT and name in disputed
        return say("report_view.disputed", name=plain(name)) if is_disputed else f":gray-badge[{plain(name)}]"

    rows = [
        (say("shared.effect"), say("report_view.medicines_add")),
        ("---", "---"),
        *(
            (f"**{BURDEN_NAMES[effect]}**", " ".join(word(effect, name) for name in names))
            for effect, names in report.burden.items()
        ),
    ]
    table = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    # In Markdown: st.table would load pandas, 70 MB for two columns of words.
    st.markdown(f"{table}\n\n{say('report_view.serotonin_load_concerns_other')}")
    if st.toggle(say("report_view.show_heat_map"), key="burden_map"):
        picture = burden_picture(report.burden, chart_look())
        st.plotly_chart(picture.figure, alt=picture.alt, config={"displayModeBar": False})


def notes(report: CheckReport) -> None:
    """What happened to lines that are not entries, and what to mind."""
    if told := (*about_the_treatment(report), *report.notes):
        st.header(say("report_view.notes_reading_list"))
        st.markdown("\n".join(f"- {plain(note[:1].upper() + note[1:])}" for note in told))


def _report_as_pdf(report: CheckReport, sources: Mapping[str, Source], day: date) -> bytes:
    """What writes a PDF is loaded when one is asked for."""
    from components.exchange.report_pdf import report_as_pdf

    return report_as_pdf(report, sources, day, Paper.A4)


def download(report: CheckReport) -> None:
    """The whole report to print, to file, to paste into a chart note, and for other programs."""
    st.header(say("report_view.take_report_along"))
    sources, day = knowledge_base().sources, today()
    with st.container(horizontal=True, key="report_files"):
        _file(
            say("report_view.pdf"),
            "pdf",
            "application/pdf",
            lambda: _report_as_pdf(report, sources, day),
            is_primary=report.counts.assessed > 0,
        )
        with st.popover(say("report_view.other_formats"), key="other_formats", on_change="rerun") as opened:
            if opened.open:
                _file(say("report_view.text"), "txt", "text/plain", lambda: report_as_text(report, day))
                _file(say("report_view.csv"), "csv", "text/csv", lambda: report_as_csv(report, day))
                _file(say("report_view.json"), "json", "application/json", lambda: report_as_json(report, day))
                _file(
                    say("report_view.cds_hooks"),
                    "cards.json",
                    "application/json",
                    lambda: cards_as_json(report, sources, day),
                )
    with st.expander(say("report_view.text_chart_note_copy"), key="note_text", on_change="rerun") as note:
        if note.open:
            st.code(report_as_note(report, day), language=None, wrap_lines=True)


def _file(name: str, ending: str, kind: str, written: Callable[[], bytes | str], is_primary: bool = False) -> None:
    key = f"download_{ending.replace('.', '_')}"
    file_button(name, written, f"ketamine-consult-report.{ending}", kind, key, is_primary=is_primary)
