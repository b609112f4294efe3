"""Widgets with which a list is entered: treatment, search, paste box, the list as understood, undo.

Longer than most modules: each way in shows its own problem and shares the last used box with the others.
"""

from enum import StrEnum

import streamlit as st

from components.clinical.interface_words import say
from components.clinical.report import CheckReport, EntryResult
from components.clinical.sample_case import SampleCase
from components.clinical.terms import EntryStatus, Severity, Treatment, Use
from components.clinical.wording import TREATMENT_NAMES, medicines_in_words
from components.exchange.list_limits import MOST_FILE_MEGABYTES
from components.exchange.medication_list import MOST_CHARACTERS
from components.screen.consultation import (
    add_file,
    add_text,
    clear_list,
    consultation,
    drop_waiting_table,
    own_key,
    remove_entry,
    set_takes_no_medicines,
    set_treatment,
    undo,
)
from components.screen.knowledge import knowledge_base
from components.screen.marks import STATUS_ICONS, severity_badge
from components.screen.safe_text import plain
from components.screen.whole_consultations import bring_back, load_sample

THE_LIST = "the-list"
"""Where the list stands: a link leads there."""
_MOST_BRANDS_IN_LABEL = 6
_TREATMENT, _SEARCH, _PASTE, _SAMPLES = "treatment_choice", "medicine_search", "paste_box", "sample_cases"
_FILE_TURN, _NO_MEDICINES, _USED_LAST = "list_file_turn", "takes_no_medicines", "entry_box_used_last"


class EntryBox(StrEnum):
    """Where a list was given."""

    SEARCH = "search"
    PASTE = "paste"
    FILE = "file"


def treatment_choice() -> None:
    """What is planned."""
    now = consultation()
    st.session_state[_TREATMENT] = now.treatment
    st.selectbox(
        say("shared.planned_treatment"),
        list(Treatment),
        index=None,
        format_func=lambda treatment: TREATMENT_NAMES[treatment],
        key=_TREATMENT,
        placeholder=say("entry_widgets.not_chosen_strictest_route"),
        on_change=lambda: set_treatment(st.session_state[_TREATMENT]),
    )


@st.cache_resource(show_spinner=False)
def _ids_by_label(content_hash: str) -> dict[str, str]:
    """Every medicine and product by its label: the generic name with its brands, so that either finds it."""
    base = knowledge_base()
    named = {each.id: each.brands for each in base.medicines.values()}
    named |= {each.id: each.brands for each in base.combinations.values()}
    return {
        f"{thing} ({', '.join(brands[:_MOST_BRANDS_IN_LABEL])})" if brands else thing: thing
        for thing, brands in sorted(named.items())
    }


def search_box() -> None:
    """Search by generic or brand name; what is chosen moves to the list below, free text goes through recognition.

    The labels are the options, not written anew for each of many hundred medicines at every run.
    """
    ids = _ids_by_label(knowledge_base().knowledge.content_hash)

    def move_to_list() -> None:
        chosen: list[str] = st.session_state[_SEARCH]
        st.session_state[_SEARCH] = []
        if chosen:
            st.session_state[_USED_LAST] = EntryBox.SEARCH
            add_text("\n".join(ids.get(each, each) for each in chosen))

    _problem_line(EntryBox.SEARCH)
    st.multiselect(
        say("entry_widgets.add_medicine"),
        list(ids),
        key=_SEARCH,
        placeholder=say("entry_widgets.generic_brand_name"),
        accept_new_options=True,
        filter_mode="contains",
        select_all=False,
        on_change=move_to_list,
    )


def paste_box(label: str, action: str) -> bool:
    """A box for a whole list with its button; True when a list was just added."""

    def take() -> None:
        text: str = st.session_state.get(own_key(_PASTE)) or ""
        st.session_state[_USED_LAST] = EntryBox.PASTE
        add_text(text)
        if consultation().problem is None:
            st.session_state[own_key(_PASTE)] = ""

    _problem_line(EntryBox.PASTE)
    st.text_area(
        label,
        key=own_key(_PASTE),
        height=150,
        max_chars=MOST_CHARACTERS,
        placeholder=_a_list_of_several(),
        help=say("entry_widgets.medicines_with_or_without_dose"),
    )
    pressed = st.button(action, key="take_paste", type="primary", icon=":material/playlist_add_check:", on_click=take)
    return pressed and consultation().problem is None


def _a_list_of_several() -> str:
    """How a list may be written: that of the first sample case with several lines."""
    return next(case.medicines.strip() for case in knowledge_base().samples if len(case.medicines.splitlines()) > 1)


def file_box() -> None:
    """A medication list as a file; what it holds is added to the list at once, the file itself is not kept.

    Any file may be given: one that is no list is refused in words that say what it is.
    """
    turn = st.session_state.setdefault(_FILE_TURN, 0)
    _problem_line(EntryBox.FILE)
    given = st.file_uploader(
        say("entry_widgets.text_csv_fhir_json"),
        key=f"list_file_{turn}",
        help=say("entry_widgets.text_csv_table_fhir", megabytes=MOST_FILE_MEGABYTES),
    )
    if given is not None:
        st.session_state[_FILE_TURN] = turn + 1
        st.session_state[_USED_LAST] = EntryBox.FILE
        add_file(given.getvalue())
        st.rerun()
    _column_question()


def _column_question() -> None:
    """Asks for the medicine column of a table, with examples of each."""
    waiting = consultation().waiting
    if waiting is None:
        return
    with st.container(border=True, key="column_question"):
        st.markdown(say("entry_widgets.which_column_holds_medicines"))
        for choice in waiting.choices:
            st.button(
                plain(f"{choice.called}: {', '.join(choice.examples) or 'empty'}"),
                key=f"column_{choice.place}",
                on_click=add_file,
                args=(waiting.content, choice.place),
            )
        st.button(say("entry_widgets.leave_table_out"), key="drop_table", type="tertiary", on_click=drop_waiting_table)


def no_medicines_box() -> None:
    """Says that an empty list is the answer."""
    st.session_state[_NO_MEDICINES] = consultation().takes_no_medicines
    st.checkbox(
        say("entry_widgets.takes_no_medicines"),
        key=_NO_MEDICINES,
        on_change=lambda: set_takes_no_medicines(st.session_state[_NO_MEDICINES]),
    )


def has_problem(box: EntryBox) -> bool:
    """True when what was last given in this box could not be used."""
    return bool(consultation().problem) and st.session_state.get(_USED_LAST) == box


def _problem_line(box: EntryBox) -> None:
    """One sentence on input of this box that could not be used, above it."""
    if has_problem(box):
        st.error(plain(consultation().problem or ""), icon=":material/error:")


def sample_story() -> None:
    """What the sample case on screen tells, until the next consultation."""
    for sample in knowledge_base().samples:
        if sample.id == consultation().sample:
            st.markdown(
                say("entry_widgets.sample_case_shows", story=plain(sample.story), teaches=plain(sample.teaches))
            )


def sample_menu() -> None:
    """The demonstration cases, one click each."""

    def choose(sample: SampleCase) -> None:
        st.session_state[_SAMPLES] = False
        load_sample(sample)

    menu = st.popover(
        say("entry_widgets.sample_cases"), icon=":material/science:", width="stretch", key=_SAMPLES, on_change="rerun"
    )
    if not menu.open:
        return
    with menu:
        for sample in knowledge_base().samples:
            st.button(
                plain(sample.title),
                key=f"sample_{sample.id}",
                help=plain(f"{sample.story} {sample.teaches}"),
                on_click=choose,
                args=(sample,),
                width="stretch",
            )


def list_actions() -> None:
    """Clear the list; bring back what was removed from it, or the consultation before this one."""
    now = consultation()
    with st.container(horizontal=True, key="list_actions"):
        if now.listed.entries or now.listed.notes:
            st.button(say("entry_widgets.clear_list"), icon=":material/delete:", key="clear_list", on_click=clear_list)
        if now.before:
            st.button(say("shared.undo"), icon=":material/undo:", key="undo", on_click=undo)
        if now.ended:
            st.button(
                say("shared.bring_back_last_consultation"),
                icon=":material/undo:",
                type="tertiary",
                key="bring_back_here",
                on_click=bring_back,
            )


def entered_list(report: CheckReport) -> None:
    """Every entry as we understood it, each with its remove button.

    A button is another one once the list is shorter: a second click on a slow line takes no second entry away.
    """
    st.header(say("entry_widgets.the_list", entered=report.counts.entered), anchor=THE_LIST)
    with st.container(key="entered-list", gap="xsmall"):
        for position, result in enumerate(report.entries):
            st.markdown(_entry_line(result, report.clash_of(position)))
            remove = say("entry_widgets.remove", entered=plain(result.entry.entered))
            st.button(
                remove,
                key=f"remove_{position}_of_{len(report.entries)}",
                icon=":material/close:",
                type="tertiary",
                help=remove,
                on_click=remove_entry,
                args=(position,),
            )
    with st.container(key="to_the_answer"):
        st.markdown(say("entry_widgets.to_the_answer"))


def _entry_line(result: EntryResult, clash: tuple[Severity, tuple[str, ...]] | None) -> str:
    """The strictest verdict first: with the treatment, or beside another medicine, which is named."""
    entry = result.entry
    use = "" if entry.details.use is Use.CURRENT else f" · *{entry.details.use.value.replace('_', ' ')}*"
    with_others = ""
    worst, others = clash or (None, ())
    is_worse = worst is not None and (result.severity is None or worst.rank > result.severity.rank)
    if is_worse and result.status is not EntryStatus.AMBIGUOUS:
        head = f"{severity_badge(worst)} **{plain(medicines_in_words(entry.medicines))}**"
        with_others = f"  \n:small[{say('entry_widgets.with_other_medicines', names=plain(', '.join(others)))}]"
    elif result.status is EntryStatus.ASSESSED:
        head = (
            f"{severity_badge(result.severity, result.evidence_grade)} **{plain(medicines_in_words(entry.medicines))}**"
        )
    else:
        head = f"{STATUS_ICONS[result.status]} **{plain(medicines_in_words(entry.medicines) or entry.entered)}**"
    same = medicines_in_words(entry.medicines).casefold() == entry.entered.casefold() or not entry.medicines
    beside = " · ".join(([] if same else [entry.entered]) + list(entry.codes))
    return head + use + with_others + (f"  \n:small[{plain(beside)}]" if beside else "")
