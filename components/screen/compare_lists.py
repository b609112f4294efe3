"""Compare the list of this consultation with a changed one: what the change would do to the answer."""

from collections import Counter
from collections.abc import Iterable, Iterator
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
        read = read_medication_list(typed, name_index(), knowledge_base())
    except UnusableList as problem:
        st.error(plain(str(problem)), icon=":material/error:")
        return
    present = consultation().listed
    changed = _changed_list(read, typed, present)
    left_out, alone = left_out_but_standing(current_report(), changed, _checked, knowledge_base())
    kept = [name for name in changed.allergies if name not in read.allergies]
    notes = tuple(_notes(left_out, kept))
    listed = replace(
        changed,
        entries=(*changed.entries, *left_out),
        notes=tuple(dict.fromkeys((*_lasting_notes(present), *read.notes, *notes))),
    )
    show_changes(compare_reports(current_report(), _checked(listed), knowledge_base(), left_out, alone))
    if told := notes_of_list(replace(read, notes=(*read.notes, *notes))):
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


def _changed_list(read: MedicationList, typed: str, present: MedicationList) -> MedicationList:
    """The changed list, with what only the present one holds.

    A line that the present list holds too, in the same use, keeps how it was read there: which medicine was chosen for
    it, what a file said of it; of lines that are typed alike the first here is the first there. No allergy goes, nor
    what another column named, because it is not written again.
    """
    known: dict[tuple[str, Use], list[Entry]] = {}
    for each in present.entries:
        known.setdefault((each.entered, each.details.use), []).append(each)

    def as_before(entries: Iterable[Entry]) -> list[Entry]:
        alike: Counter[tuple[str, Use]] = Counter()
        kept = []
        for each in entries:
            key = (each.entered, each.details.use)
            held = known.get(key, [each])
            kept.append(held[min(alike[key], len(held) - 1)])
            alike[key] += 1
        return kept

    entries = as_before(read.entries)
    lines = {line.strip() for line in typed.splitlines()}
    for each in dict.fromkeys(present.entries):
        if each not in entries and (line := _as_typed(each)) in lines:
            entries = _as_one(entries, as_before(_read(line)), each)
    return replace(
        read,
        entries=tuple(entries),
        allergies=tuple(dict.fromkeys((*read.allergies, *present.allergies))),
        beside=tuple(dict.fromkeys((*read.beside, *present.beside))),
    )


def _as_one(entries: list[Entry], parts: list[Entry], whole: Entry) -> list[Entry]:
    """The entries, with ``whole`` for each run of the parts into which its line falls when it is read again."""
    found, place = [], 0
    while place < len(entries):
        is_whole = bool(parts) and entries[place : place + len(parts)] == parts
        found.append(whole if is_whole else entries[place])
        place += len(parts) if is_whole else 1
    return found


def _notes(left_out: Iterable[Entry], kept: list[str]) -> Iterator[str]:
    """What stands on the changed list although it was not written there."""
    yield from map(_left_out_note, left_out)
    if kept:
        yield say("compare_lists.allergy_kept_from_list", names=", ".join(kept))


def _left_out_note(entry: Entry) -> str:
    if entry.medicines:
        return say("compare_lists.left_out_but_counts", entered=entry.entered)
    return say("compare_lists.unread_left_out_not_checked", entered=entry.entered)


def _lasting_notes(present: MedicationList) -> list[str]:
    """Notes of the present list, but for what an earlier comparison had to ask: that is asked anew."""
    asked = set(map(_left_out_note, present.entries))
    return [each for each in present.notes if each not in asked]


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
