"""The take-home sheet: what goes on it, a look at it, and the file."""

from datetime import date

import streamlit as st

from components.clinical.report import CheckReport
from components.clinical.sheet import BlockKind, Sheet, SheetBlock, SheetChoices, advisable, build_sheet
from components.exchange.sheet_lines import MOST_CHARACTERS, TypedLines, read_typed_lines
from components.exchange.sheet_pdf import Paper, sheet_as_pdf
from components.exchange.sheet_text import knowledge_line, numbers_in_brackets, sheet_as_text
from components.screen.consultation import consultation, current_report, set_advised, set_question
from components.screen.guide_views import LANGUAGE, treatment_in_plain_words
from components.screen.knowledge import knowledge_base
from components.screen.safe_text import plain
from components.screen.source_line import short_source
from components.screen.worry_tiles import worry_tiles

_ADVISED, _PAPER, _WITH_MEDICINES = "sheet_advised", "paper", "sheet_medicines"
_PAPER_NAMES = {Paper.A4: "A4", Paper.LETTER: "US Letter"}
FILE_NAME = "ketamine-consult-take-home-sheet"


def take_home(country: str) -> None:
    """Choices at the left, the sheet as it will be printed at the right, the file on top."""
    st.header("Your sheet to take home")
    choosing, reading = st.columns([2, 3], gap="large")
    with choosing, st.container(key="choices"):
        choices = _choices(country)
    sheet = build_sheet(current_report(), knowledge_base(), choices, date.today())
    with reading:
        _files(sheet)
        _preview(sheet)


def _choices(country: str) -> SheetChoices:
    report = current_report()
    treatment_in_plain_words()
    worries = worry_tiles(in_patient_words=True)
    with_medicines, advised = _medicines(report)
    questions = _questions()
    own = _typed("My own questions", "One a line. Nothing is kept.", "own_questions")
    notes = _typed("Notes from the team", "One a line. Leave out names and birth dates.", "team_notes")
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
        st.markdown("**Your medicines:** none entered.")
        st.page_link("pages/medication_check.py", label="Enter a list in the medication check")
        return False, ()
    with_medicines = st.toggle(
        f"A page with your medicines ({len(report.entries)})", value=True, key=_WITH_MEDICINES, persist_state="session"
    )
    about = advisable(report)
    st.session_state[_ADVISED] = [each for each in consultation().advised if each in about]
    st.multiselect(
        "Clinician: advice on the sheet for",
        list(about),
        format_func=lambda each: about[each],
        key=_ADVISED,
        placeholder="Names only; choose whose advice is printed",
        on_change=lambda: set_advised(st.session_state[_ADVISED]),
        select_all=len(about),
        disabled=not with_medicines,
        wrap=True,
    )
    return with_medicines, tuple(st.session_state[_ADVISED])


def _questions() -> tuple[str, ...]:
    """A tick list of questions, in the order of the guide."""
    guide, wanted = knowledge_base().guide, consultation().questions
    with st.expander(f"Questions to ask ({len(wanted)} chosen)", key="questions_box", expanded=True):
        for question in guide.questions.values():
            key = f"ask_{question.id}"
            st.session_state[key] = question.id in wanted
            st.checkbox(
                plain(question.patient[LANGUAGE]),
                key=key,
                on_change=lambda question=question, key=key: set_question(question.id, st.session_state[key]),
            )
    return tuple(each for each in guide.questions if each in wanted)


def _typed(label: str, how: str, key: str) -> TypedLines:
    text: str = st.text_area(
        label, key=key, placeholder=how, max_chars=MOST_CHARACTERS, height=110, persist_state="session"
    )
    typed = read_typed_lines(text or "")
    for note in typed.notes:
        st.warning(plain(note), icon=":material/info:")
    return typed


def _files(sheet: Sheet) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", key="sheet_files"):
        chosen = st.radio(
            "Paper",
            list(Paper),
            format_func=lambda each: _PAPER_NAMES[each],
            key=_PAPER,
            horizontal=True,
            bind="query-params",
        )
        paper = chosen or Paper.A4
        st.download_button(
            "Download the sheet (PDF)",
            data=lambda: sheet_as_pdf(sheet, paper),
            file_name=f"{FILE_NAME}.pdf",
            mime="application/pdf",
            type="primary",
            icon=":material/download:",
            on_click="ignore",
            key="sheet_pdf",
        )
        st.download_button(
            "As plain text",
            data=lambda: sheet_as_text(sheet).encode(),
            file_name=f"{FILE_NAME}.txt",
            mime="text/plain",
            icon=":material/article:",
            on_click="ignore",
            key="sheet_text",
        )


def _preview(sheet: Sheet) -> None:
    """The sheet as it will be printed."""
    with st.container(border=True, key="sheet"):
        st.subheader(plain(sheet.title))
        st.markdown(f"{plain(sheet.treatment)} · {sheet.made_on:%d %B %Y}\n\n*{plain(sheet.draft)}*")
        st.markdown("\n\n".join(_block(block) for block in (sheet.crisis, *sheet.blocks)))
        about = "\n".join(f"- *{plain(line.label)}:* {plain(line.text)}" for line in sheet.about)
        sources = "\n".join(f"{number}. {short_source(each)}" for number, each in enumerate(sheet.sources, start=1))
        st.markdown(f"#### About this sheet\n{about}\n- {plain(knowledge_line(sheet))}")
        with st.container(key="sheet_sources"):
            st.markdown(f"#### Where this comes from\n{sources}")


def _block(block: SheetBlock) -> str:
    numbers = f" :small[{plain(numbers_in_brackets(block.sources))}]" if block.sources else ""
    lines = [f"#### {plain(block.title)}{numbers}"]
    for line in block.lines:
        if line.label:
            lines.append(f"\n**{plain(line.label)}**\n")
        mark = "☐ " if block.kind is BlockKind.QUESTIONS else ""
        lines.append(f"- {mark}{plain(line.text) if line.text else '…'}")
    return "\n".join(lines)
