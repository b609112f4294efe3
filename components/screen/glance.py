"""The consultation in one glance: a quiet line on every page, the same in the sidebar, where it is started anew."""

import streamlit as st

from components.clinical.factors import SUICIDAL_THOUGHTS
from components.clinical.interface_words import say
from components.clinical.report import CheckReport
from components.clinical.terms import Treatment
from components.clinical.wording import TREATMENT_NAMES
from components.screen.consultation import consultation, current_report, newest
from components.screen.factor_widgets import GROUP_NAMES, REGION_NAMES
from components.screen.file_button import file_button
from components.screen.marks import severity_badge
from components.screen.presenter import presenting
from components.screen.safe_text import plain
from components.screen.whole_consultations import as_file, bring_back, new_consultation, open_saved

_TURN = "saved_file_turn"
_SUICIDAL_NOW = say("glance.suicidal_thoughts_now_safety")
_SHORT_NAMES = {
    Treatment.KETAMINE_IV: say("glance.iv_infusion"),
    Treatment.KETAMINE_IM_SC: say("glance.im_sc_injection"),
    Treatment.KETAMINE_ORAL: say("glance.ketamine_mouth"),
    Treatment.KETAMINE_NASAL: say("glance.ketamine_nasal_spray"),
    Treatment.ESKETAMINE_NASAL: say("glance.esketamine_nasal_spray"),
}


def glance_line(*, whole: bool) -> None:
    """One line under the banner once something was entered. The box is always drawn: what follows keeps its place.

    Not ``whole``: of the answer, which stands on the page, only suicidal thoughts are told here too.
    """
    with st.container(key="glance_line"):
        if presenting() or consultation().is_empty:
            return
        if told := _in_one_line(current_report()) if whole else _suicidal_thoughts():
            st.markdown(f":small[{told}]")


def _in_one_line(report: CheckReport) -> str:
    """'IV infusion · clinic · US label · 3 medicines [Caution] [Incomplete: 8 of 8 groups not asked]'."""
    words = " · ".join(
        (
            _SHORT_NAMES[report.treatment] if report.treatment else say("shared.treatment_not_chosen"),
            say("shared.home_unsupervised") if report.unsupervised else say("shared.clinic"),
            REGION_NAMES[report.region],
            _how_many(report),
        )
    )
    highest = _highest(report)
    missing = "; ".join(_not_checked(report))
    incomplete = say("glance.incomplete", missing=missing) if missing else ""
    return f"{_suicidal_thoughts()} {words} {highest} {incomplete}"


def _highest(report: CheckReport) -> str:
    return severity_badge(report.highest_severity, report.highest_grade) if report.highest_severity else ""


def _how_many(report: CheckReport) -> str:
    """'3 medicines', or whether none is taken or none was entered."""
    entered = report.counts.entered
    if not entered:
        return say("glance.no_medicines_taken") if report.takes_no_medicines else say("glance.no_medicine_in_the_line")
    return say("glance.one_medicine") if entered == 1 else say("glance.medicines", entered=entered)


def _suicidal_thoughts() -> str:
    """Before everything else, whatever else is more severe."""
    return _SUICIDAL_NOW if SUICIDAL_THOUGHTS in consultation().answers.factors else ""


def glance() -> None:
    """Treatment, list, highest severity and what is incomplete. Nothing while a page is presented to a patient."""
    if presenting():
        return
    now, report = consultation(), current_report()
    with st.sidebar, st.container(key="consultation_glance", gap="small"):
        st.markdown(say("glance.this_consultation"))
        if now.is_empty:
            st.markdown(say("glance.nothing_entered_yet"))
        else:
            st.markdown("  \n".join(_lines(report)))
            missing = "\n".join(f"- {each}" for each in _incomplete(report))
            st.markdown(
                say("glance.still_open", missing=missing) if missing else say("glance.everything_asked_assessed_see")
            )
        if now.unopened:
            st.error(plain(now.unopened), icon=":material/error:")
        _actions()


def _lines(report: CheckReport) -> list[str]:
    treatment = TREATMENT_NAMES[report.treatment] if report.treatment else say("shared.treatment_not_chosen")
    highest = (
        severity_badge(report.highest_severity, report.highest_grade)
        if report.highest_severity
        else say("shared.none_found")
    )
    entries = (
        say("glance.no_medicines_taken")
        if report.takes_no_medicines
        else say("glance.on_the_list", entered=report.counts.entered)
    )
    at_home = [say("glance.home_unsupervised")] if report.unsupervised else []
    return [
        *filter(None, [_suicidal_thoughts()]),
        plain(treatment),
        *at_home,
        f"{REGION_NAMES[report.region]} · {entries}",
        say("glance.highest", highest=highest),
    ]


def _incomplete(report: CheckReport) -> list[str]:
    missing = [
        (report.treatment is None, say("shared.treatment_not_chosen")),
        (not report.entries and not report.takes_no_medicines, say("glance.no_medicine_entered")),
    ]
    return [*(words for is_so, words in missing if is_so), *_not_checked(report)]


def _not_checked(report: CheckReport) -> list[str]:
    unchecked = report.counts.entered - report.counts.assessed
    not_asked = len(GROUP_NAMES) - len(consultation().answers.asked)
    missing = [
        (unchecked > 0, say("glance.not_checked", unchecked=unchecked)),
        (bool(report.may_still_act), say("glance.not_known_when_last_taken", count=len(report.may_still_act))),
        (not_asked > 0, say("glance.groups_not_asked", not_asked=not_asked, count=len(GROUP_NAMES))),
    ]
    return [words for is_so, words in missing if is_so]


def _actions() -> None:
    now, box = consultation(), newest()
    if not now.is_empty:
        file_button(
            say("glance.save_file"),
            lambda: as_file(box[0]),
            "ketamine-consult-consultation.json",
            "application/json",
            key="save_consultation",
            icon=":material/save:",
            help=say("glance.file_is_yours_nothing_stays"),
        )
    st.button(
        say("glance.new_consultation"), key="new_consultation", icon=":material/restart_alt:", on_click=new_consultation
    )
    if now.ended:
        st.button(
            say("shared.bring_back_last_consultation"), key="bring_back", icon=":material/undo:", on_click=bring_back
        )
    with st.expander(say("glance.open_saved_consultation"), key="open_saved_box", on_change="rerun") as opened:
        if opened.open:
            _saved_file()


def _saved_file() -> None:
    """Read at once; the uploader is then replaced by an empty one."""
    turn = st.session_state.setdefault(_TURN, 0)
    given = st.file_uploader(say("glance.saved_consultation"), type=["json"], key=f"saved_file_{turn}")
    if given is not None:
        st.session_state[_TURN] = turn + 1
        open_saved(given.getvalue())
        st.rerun()
