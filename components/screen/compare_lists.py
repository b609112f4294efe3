"""Compare the list of this consultation with a changed one: what the change would do to the answer."""

from dataclasses import replace

import streamlit as st

from components.clinical.entry import Entry, MedicationList
from components.clinical.interaction_check import check
from components.clinical.interface_words import say
from components.clinical.left_out import left_out_but_standing
from components.clinical.reconcile import compare_reports
from components.clinical.report import CheckReport
from components.clinical.terms import Use
from components.exchange.list_limits import MOST_CHARACTERS, UnusableList
from components.exchange.list_patterns import STOPPED_BEFORE
from components.exchange.medication_list import read_medication_list
from components.exchange.report_notes import notes_of_list
from components.screen.changes_view import show_changes
from components.screen.consultation import consultation, current_report, own_key, set_compared, use_list
from components.screen.knowledge import knowledge_base, name_index
from components.screen.safe_text import plain

_TYPED, _FILLED_IN = "changed_list", "changed_list_filled_in"


def compare_lists() -> None:
    """A box with the list to change, then what differs; the list of the consultation changes only on request."""
    _fill_in()
    with st.expander(
        say("compare_lists.compare_changed_list"),
        key="compare_box",
        icon=":material/compare_arrows:",
        on_change="rerun",
    ) as opened:
        if opened.open:
            _compare()


def _compare() -> None:
    st.text_area(
        say("compare_lists.list_would_after_change"),
        key=own_key(_TYPED),
        height=150,
        max_chars=MOST_CHARACTERS,
        placeholder=say("compare_lists.whole_list_one_medicine"),
        help=say("compare_lists.present_list_stands_here"),
    )
    st.button(say("compare_lists.compare"), key="compare_lists", icon=":material/compare_arrows:", on_click=_keep_typed)
    if (typed := consultation().compared) is None:
        st.caption(say("compare_lists.nothing_compared_yet_list"))
        return
    try:
        listed, left_out = _changed_list(typed, consultation().listed)
    except UnusableList as problem:
        st.error(plain(str(problem)), icon=":material/error:")
        return
    show_changes(compare_reports(current_report(), _checked(listed), knowledge_base(), left_out))
    if told := notes_of_list(listed):
        st.markdown(
            say("compare_lists.notes_reading_changed_list")
            + "\n".join(f"- {plain(each[:1].upper() + each[1:])}" for each in told)
        )
    st.button(
        say("compare_lists.use_changed_list"),
        key="use_changed_list",
        icon=":material/check:",
        on_click=_use,
        args=(listed,),
    )


def _fill_in() -> None:
    """What is compared, else the present list as typed, stands in the box as long as nobody typed over it.

    Set on every run: what was typed stays while the box is closed.
    """
    key, now = own_key(_TYPED), consultation()
    typed = st.session_state.get(key)
    if typed in (None, st.session_state.get(_FILLED_IN)):
        typed = now.compared if now.compared is not None else "\n".join(map(_as_typed, now.listed.entries))
        st.session_state[_FILLED_IN] = typed
    st.session_state[key] = typed


def _as_typed(entry: Entry) -> str:
    """One line that reads as the entry is: that it is stopped may have stood elsewhere, in a heading or a field."""
    if entry.details.use is not Use.STOPPED or all(each.details.use is Use.STOPPED for each in _read(entry.entered)):
        return entry.entered
    return f"{STOPPED_BEFORE}{entry.entered}"


def _read(line: str) -> tuple[Entry, ...]:
    try:
        return read_medication_list(line, name_index(), knowledge_base()).entries
    except UnusableList:
        return ()


def _changed_list(typed: str, present: MedicationList) -> tuple[MedicationList, tuple[Entry, ...]]:
    """The changed list as read, and what stands last in it although it was left out.

    A line that the present list holds too, in the same use, keeps how it was read there: which medicine was chosen for
    it, what a file said of it. No allergy goes because it is not written again.
    """
    read = read_medication_list(typed, name_index(), knowledge_base())
    known = {(each.entered, each.details.use): each for each in present.entries}
    entries = tuple(known.get((each.entered, each.details.use), each) for each in read.entries)
    listed = replace(read, entries=entries, allergies=tuple(dict.fromkeys((*read.allergies, *present.allergies))))
    left_out = left_out_but_standing(current_report(), listed, _checked, knowledge_base())
    notes = [say("compare_lists.left_out_but_counts", entered=each.entered) for each in left_out]
    if kept := listed.allergies[len(read.allergies) :]:
        notes.append(say("compare_lists.allergy_kept_from_list", names=", ".join(kept)))
    return replace(listed, entries=(*entries, *left_out), notes=(*listed.notes, *notes)), left_out


def _checked(listed: MedicationList) -> CheckReport:
    now = consultation()
    return check(listed, now.treatment, knowledge_base(), now.region, now.answers)


def _keep_typed() -> None:
    """The result stays on screen while other widgets are used."""
    set_compared(st.session_state[own_key(_TYPED)])


def _use(listed: MedicationList) -> None:
    use_list(listed)
    set_compared(None)
    st.session_state.pop(own_key(_TYPED), None)
