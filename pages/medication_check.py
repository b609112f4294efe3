"""Medication check: treatment and list in, the answer first, then findings, plan and burden."""

import streamlit as st

from components.clinical.interface_words import say
from components.screen.answer_view import answer_row, empty_state, not_checked
from components.screen.compare_lists import compare_lists
from components.screen.consultation import consultation, current_report
from components.screen.entry_widgets import (
    EntryBox,
    entered_list,
    file_box,
    has_problem,
    list_actions,
    no_medicines_box,
    paste_box,
    sample_menu,
    sample_story,
    search_box,
    treatment_choice,
)
from components.screen.finding_view import findings, pairs
from components.screen.frame import require_frame
from components.screen.report_view import (
    burden,
    download,
    duplicates,
    notes,
    session_plan,
)

require_frame()

st.title(say("shared.medication_check"))
has_list = bool(consultation().listed.entries or consultation().listed.notes or consultation().takes_no_medicines)
report = current_report()
sample_story()
if has_list:
    answer_row(report)

columns = st.container(key="check_columns")
with columns, st.container(key="check_planned"):
    treatment_choice()
with columns, st.container(key="entering"):
    search_box()
    if has_list:
        entered_list(report)
    list_actions()
    with st.expander(
        say("page_medication_check.paste_list"),
        expanded=not has_list or has_problem(EntryBox.PASTE),
        icon=":material/content_paste:",
    ):
        paste_box(say("shared.medication_list"), say("page_medication_check.add_list"))
    file_asks = has_problem(EntryBox.FILE) or consultation().waiting is not None
    with st.expander(say("page_medication_check.open_file"), expanded=file_asks, icon=":material/upload_file:"):
        file_box()
    if not report.entries:
        no_medicines_box()
    sample_menu()
with columns, st.container(key="check_reading"):
    if has_list:
        if not report.findings:
            not_checked(report)
        if report.pairs:
            pairs(report)
        findings(report)
    else:
        empty_state()
if has_list:
    with columns, st.container(key="check_after"):
        if not report.pairs:
            pairs(report)
        duplicates(report)
        session_plan(report)
        burden(report)
        notes(report)
        download(report)
        compare_lists()
