"""The take-home sheet: what goes on it, a look at it, and the file."""

from collections.abc import Callable, Iterable

import streamlit as st

from components.clinical.interface_words import say
from components.clinical.report import CheckReport
from components.clinical.sheet import Sheet
from components.clinical.sheet_advice import advisable, dangerous_pairs
from components.clinical.sheet_builder import SheetChoices, build_sheet
from components.clinical.wording import SEVERITY_NAMES
from components.exchange.paper import Paper
from components.exchange.sheet_html import sheet_as_html
from components.exchange.sheet_lines import LONGEST_LINE, TypedLines, read_typed_lines
from components.exchange.sheet_text import sheet_as_text
from components.screen.consultation import consultation, current_report, own_key, set_advised, set_question
from components.screen.file_button import file_button
from components.screen.guide_views import LANGUAGE, treatment_in_plain_words
from components.screen.knowledge import knowledge_base
from components.screen.readers_day import today
from components.screen.safe_text import plain
from components.screen.worry_tiles import worry_tiles

_ADVISED, _PAPER, _WITH_MEDICINES, _LATEST = "sheet_advised", "paper", "sheet_medicines", "latest_sheet"
_PAPER_NAMES = {Paper.A4: "A4", Paper.LETTER: say("sheet_maker.us_letter")}
_TYPED_LINES = 4
FILE_NAME = "ketamine-consult-take-home-sheet"


def take_home(country: str) -> None:
    """The file on top, then the choices side by side, below them the sheet as it will be printed."""
    st.header(say("sheet_maker.your_sheet_take_home"), anchor=False)
    _dangers(current_report())
    files = st.container(horizontal=True, vertical_alignment="bottom", key="sheet_files")
    with st.container(key="choices"):
        choices = _choices(country)
    sheet = build_sheet(current_report(), knowledge_base(), choices, today())
    with st.container(border=True, key="sheet"):
        st.html(sheet_as_html(sheet))
    with files:
        _files(sheet)


def _dangers(report: CheckReport) -> None:
    """What must be settled before anybody takes a sheet home."""
    for pair in dangerous_pairs(report):
        st.error(
            say(
                "sheet_maker.sheet_says_first_page",
                names=plain(say("shared.with_between").join(pair.medicines)),
                severity=SEVERITY_NAMES[pair.record.severity].lower(),
                action=plain(pair.record.action),
            ),
            icon=":material/warning:",
        )


def _choices(country: str) -> SheetChoices:
    about, asked, typed = st.columns(3, gap="large")
    with about:
        treatment_in_plain_words()
        with_medicines, advised = _medicines(current_report())
    with asked:
        worries = worry_tiles(in_patient_words=True)
    with typed:
        own = _typed(say("sheet_maker.my_own_question"), "own_question")
        notes = _typed(say("sheet_maker.note_from_team"), "team_note")
    questions = _questions()
    return SheetChoices(
        country=country,
        questions=questions,
        own_questions=own.lines,
        notes=notes.lines,
        worries=worries,
        advised=advised,
        with_medicines=with_medicines,
        language=LANGUAGE,
    )


def _medicines(report: CheckReport) -> tuple[bool, tuple[str, ...]]:
    """Names only, until the clinician chooses whose advice goes on the sheet."""
    if not report.entries:
        st.markdown(say("sheet_maker.your_medicines_none_entered"))
        st.page_link("pages/medication_check.py", label=say("sheet_maker.enter_list_medication_check"))
        return False, ()
    with_medicines = st.toggle(
        say("sheet_maker.page_your_medicines", count=len(report.entries)),
        value=True,
        key=own_key(_WITH_MEDICINES),
        persist_state="session",
    )
    about = advisable(report)
    st.session_state[_ADVISED] = list(consultation().advised)
    st.multiselect(
        say("sheet_maker.clinician_advice_sheet"),
        list(about),
        format_func=lambda each: about[each],
        key=_ADVISED,
        placeholder=say("sheet_maker.names_only_choose_whose"),
        on_change=lambda: set_advised(st.session_state[_ADVISED]),
        select_all=len(about),
        disabled=not with_medicines,
        wrap=True,
    )
    return with_medicines, consultation().advised


def _questions() -> tuple[str, ...]:
    """A tick list of questions, in the order of the guide. The box keeps its label: with another one it would close."""
    guide, wanted = knowledge_base().guide, consultation().questions
    with st.expander(say("sheet_maker.questions_ask"), key="questions_box", on_change="rerun") as box:
        for question in guide.questions.values() if box.open else ():
            key = f"ask_{question.id}"
            st.session_state[key] = question.id in wanted
            st.checkbox(question.patient[LANGUAGE], key=key, on_change=_keep_question(question.id, key))
    return tuple(each for each in guide.questions if each in wanted)


def _keep_question(question: str, key: str) -> Callable[[], None]:
    return lambda: set_question(question, st.session_state[key])


def _typed(label: str, key: str) -> TypedLines:
    """Lines that are typed and not kept: one, and another when asked for.

    What is typed counts while typing, so that a file never lacks it.
    """
    drawn: int = st.session_state.setdefault(own_key(f"{key}_lines"), 1)
    texts = [
        st.text_input(
            say("sheet_maker.of", label=label, number=number) if number > 1 else label,
            key=own_key(f"{key}_{number}"),
            max_chars=LONGEST_LINE,
            live="300ms",
            persist_state="session",
            autocomplete="off",
            placeholder=say("sheet_maker.leave_out_names_birth") if number == 1 else None,
        )
        for number in range(1, drawn + 1)
    ]
    if drawn < _TYPED_LINES:
        another = say("sheet_maker.add_another", label=label.lower())
        st.button(another, key=f"another_{key}", icon=":material/add:", type="tertiary", on_click=_one_more(key))
    typed = read_typed_lines(text or "" for text in texts)
    notes = [*typed.notes]
    if strange := _undrawable(typed.lines):
        notes.append(say("sheet_maker.pdf_cannot_show_these", strange=strange))
    for note in notes:
        st.warning(plain(note), icon=":material/info:")
    return typed


def _one_more(key: str) -> Callable[[], None]:
    lines = own_key(f"{key}_lines")

    def add() -> None:
        st.session_state[lines] += 1

    return add


def _undrawable(lines: Iterable[str]) -> str:
    """Letters that the PDF cannot show; what knows them is loaded when something was typed."""
    if not any(lines):
        return ""
    from components.exchange.pdf_letters import undrawable

    return undrawable("".join(lines))


def _sheet_as_pdf(sheet: Sheet, paper: Paper) -> bytes:
    """What writes a PDF is loaded when one is asked for."""
    from components.exchange.sheet_pdf import sheet_as_pdf

    return sheet_as_pdf(sheet, paper)


def _files(sheet: Sheet) -> None:
    """A file holds the sheet as it stands when it is asked for, not when its button was drawn."""
    latest: list[Sheet] = st.session_state.setdefault(_LATEST, [])
    latest[:] = [sheet]
    chosen = st.radio(
        say("sheet_maker.paper"),
        list(Paper),
        format_func=lambda each: _PAPER_NAMES[each],
        key=_PAPER,
        horizontal=True,
        bind="query-params",
    )
    paper = chosen or Paper.A4
    file_button(
        say("sheet_maker.download_sheet_pdf"),
        lambda: _sheet_as_pdf(latest[0], paper),
        f"{FILE_NAME}.pdf",
        "application/pdf",
        key="sheet_pdf",
        is_primary=True,
    )
    file_button(
        say("sheet_maker.plain_text"),
        lambda: sheet_as_text(latest[0]),
        f"{FILE_NAME}.txt",
        "text/plain",
        key="sheet_text",
        icon=":material/article:",
    )
