"""The evidence page: what its address asks for, its views, and every record, searched and filtered."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from enum import StrEnum

import streamlit as st

from components.charts.record_counts import CountGroup, build_counts_picture
from components.clinical.catalogue import CatalogueRow
from components.clinical.catalogue_choice import RowChoice, choose_rows, find_row
from components.clinical.catalogue_words import KIND_NAMES, STATUS_NAMES, VERDICTS, RowKind
from components.clinical.interface_words import say
from components.clinical.line_words import name_key
from components.clinical.onset_tables import Row
from components.clinical.terms import EvidenceGrade, RecordStatus
from components.clinical.wording import GRADE_WORDS
from components.screen.chart_card import ChartCard, chart_card
from components.screen.evidence_choices import (
    FILTER_WIDTH,
    chosen_and_how_to_open,
    filters,
    nothing_fits,
    search_for,
    search_text,
    several_of,
    table_to_choose_from,
)
from components.screen.evidence_shelf import PAGE, RECORD, SOURCE, send_address, shelf
from components.screen.knowledge import knowledge_base, name_index
from components.screen.presenter import chart_look
from components.screen.record_card import record_card, source_card
from components.screen.safe_text import plain


class EvidenceView(StrEnum):
    """What the evidence page shows, in order."""

    RECORDS = "records"
    SOURCES = "sources"
    OTHERS_SAY = "others_say"
    HAZARDS = "hazards"
    INTENDED_USE = "intended_use"
    WHAT_CHANGED = "what_changed"


EVIDENCE_VIEW_TITLES = {
    EvidenceView.RECORDS: say("shared.records"),
    EvidenceView.SOURCES: say("shared.sources"),
    EvidenceView.OTHERS_SAY: say("evidence_views.others_say"),
    EvidenceView.HAZARDS: say("evidence_views.hazards_limits"),
    EvidenceView.INTENDED_USE: say("shared.intended_use"),
    EvidenceView.WHAT_CHANGED: say("evidence_views.what_changed"),
}


_LIKE_AN_ID = re.compile(r"[a-z0-9][a-z0-9:_.-]{0,99}", re.IGNORECASE)
"""An address can hold anybody's words: only what could be an id of ours is repeated on the page."""
_SEARCH = "record_search"
_RECORD_WIDTHS = {
    say("shared.id"): 75,
    say("shared.title"): 235,
    say("shared.kind"): 120,
    say("shared.severity"): 120,
    say("shared.evidence"): 95,
    say("shared.status"): 75,
    say("evidence_views.medicines_classes"): 160,
    say("shared.sources"): 65,
    say("evidence_views.review_by"): 95,
}


def what_stands_here() -> None:
    """One line on what the page holds."""
    base = knowledge_base()
    status = (
        say("evidence_views.signed")
        if base.knowledge.status is RecordStatus.SIGNED
        else say("evidence_views.draft_not_signed")
    )
    st.markdown(
        say(
            "evidence_views.records_sources_knowledge_base",
            count=len(shelf().rows),
            sources=len(base.sources),
            status=status,
        )
    )


def asked_by_address() -> bool:
    """Draw the record or the source that the address asks for; False, after a sentence, when we hold no such one."""
    send_address()
    if asked := st.query_params.get(RECORD):
        if row := find_row(asked, shelf().rows):
            record_card(row)
            return True
        st.warning(say("evidence_views.address_names_no_single", asked=_asked_for(asked)), icon=":material/search_off:")
    elif asked := st.query_params.get(SOURCE):
        if source := knowledge_base().sources.get(asked.strip().casefold()):
            source_card(source)
            return True
        st.warning(say("evidence_views.address_names_no_source", asked=_asked_for(asked)), icon=":material/search_off:")
    return False


def _asked_for(asked: str) -> str:
    return say("evidence_views.asks_for", asked=plain(asked)) if _LIKE_AN_ID.fullmatch(asked) else ""


def records() -> None:
    """Every row that rests on sources: filters, a table from which a row opens, how sure and how signed."""
    rows = shelf().rows
    choice = _row_choice()
    found = choose_rows(rows, choice, shelf().words)
    told = chosen_and_how_to_open(_row_filters(choice), found)
    st.markdown(say("evidence_views.of_records", count=len(found), all_records=len(rows), choose_a_line=told))
    if not found:
        nothing_fits("record", say("evidence_views.medicine_without_record_assessed"))
        search_for(_names_nearby(choice), _SEARCH)
        return
    _row_table(found)
    _counts(found)


def _names_nearby(choice: RowChoice) -> tuple[str, ...]:
    """Medicines whose names are near to a text that stands in no row, where rows about them fit the other choices."""
    rows, words = shelf().rows, shelf().words
    if not choice.text or choose_rows(rows, RowChoice(choice.text), words):
        return ()
    near = name_index().suggest(name_key(choice.text))
    return tuple(name for name in near if choose_rows(rows, replace(choice, text=name), words))


def _row_filters(choice: RowChoice) -> tuple[str, ...]:
    return (
        *(KIND_NAMES[each] for each in choice.kinds),
        *choice.verdicts,
        *(GRADE_WORDS[each] for each in choice.grades),
        *(STATUS_NAMES[each] for each in choice.statuses),
        *((choice.source,) if choice.source else ()),
    )


def _row_choice() -> RowChoice:
    base = knowledge_base()
    with st.container(key="choices", gap="xsmall"):
        text = search_text(say("shared.search"), _SEARCH, say("evidence_views.medicine_brand_class_words"))
        with filters():
            kinds = several_of(say("shared.kind"), list(RowKind), KIND_NAMES, "record_kinds")
            names = {name: name for name in VERDICTS}
            verdicts = several_of(say("shared.severity"), VERDICTS, names, "record_verdicts")
            grades = several_of(say("shared.evidence"), list(GRADE_WORDS), GRADE_WORDS, "record_grades")
            statuses = several_of(say("shared.status"), list(STATUS_NAMES), STATUS_NAMES, "record_statuses")
            source: str | None = st.selectbox(
                say("shared.source"),
                sorted(base.sources),
                index=None,
                placeholder=say("shared.all"),
                key="record_source",
                persist_state="session",
                width=FILTER_WIDTH,
            )
    return RowChoice(text, kinds, verdicts, grades, statuses, source)


def _row_table(rows: Sequence[CatalogueRow]) -> None:
    base = knowledge_base()
    chosen = table_to_choose_from(
        {
            say("shared.id"): [row.id for row in rows],
            say("shared.title"): [row.title for row in rows],
            say("shared.kind"): [KIND_NAMES[row.kind] for row in rows],
            say("shared.severity"): [row.verdict or "–" for row in rows],
            say("shared.evidence"): [GRADE_WORDS[row.grade] if row.grade else "–" for row in rows],
            say("shared.status"): [STATUS_NAMES[row.status] for row in rows],
            say("evidence_views.medicines_classes"): [
                ", ".join((*row.medicines, *(base.classes[each].name for each in row.classes))) for row in rows
            ],
            say("shared.sources"): [len(row.sources) for row in rows],
            say("evidence_views.review_by"): [row.next_review for row in rows],
        },
        _RECORD_WIDTHS,
        "records_table",
    )
    if chosen is not None:
        st.switch_page(PAGE, query_params={RECORD: rows[chosen].key})


def _counts(rows: Sequence[CatalogueRow]) -> None:
    """How many of the rows found are signed, and how sure they are."""
    statuses = Counter(row.status for row in rows)
    grades = Counter(row.grade for row in rows if row.grade)
    groups = (
        CountGroup(say("shared.status"), tuple((name, statuses[status]) for status, name in STATUS_NAMES.items())),
        CountGroup(
            say("evidence_views.evidence_grade_where_record"),
            tuple((GRADE_WORDS[grade], grades[grade]) for grade in EvidenceGrade),
        ),
    )
    takeaway = signed_and_graded(len(rows), statuses[RecordStatus.SIGNED], grades)
    st.subheader(plain(takeaway), anchor=False)
    told: list[Row] = [
        {say("evidence_views.counted_by"): group.title, say("evidence_views.name"): name, say("shared.records"): number}
        for group in groups
        for name, number in group.counts
    ]
    counted = ". ".join(
        f"{group.title}: {', '.join(f'{name} {number}' for name, number in group.counts)}" for group in groups
    )
    look = chart_look()
    chart_card(
        ChartCard(
            name="records",
            choices=(groups, look),
            picture=lambda: build_counts_picture(groups, look, f"{takeaway}. {counted}."),
            rows=lambda: told,
            columns=(say("evidence_views.counted_by"), say("evidence_views.name"), say("shared.records")),
        )
    )


def signed_and_graded(count: int, signed: int, grades: Mapping[EvidenceGrade, int]) -> str:
    """How many are signed, how many have a grade, and which grade most of them have; at a tie none is named."""
    if count == 1:
        return say("evidence_views.one_signed") if signed else say("evidence_views.one_not_signed")
    most = [grade for grade, number in grades.items() if number == max(grades.values())]
    graded = say("evidence_views.with_a_grade", graded=sum(grades.values())) if grades else ""
    usual = graded + (say("evidence_views.most_often_graded", grade=GRADE_WORDS[most[0]]) if len(most) == 1 else "")
    if signed:
        return say("evidence_views.some_signed", signed=signed, count=count, usual=usual)
    return say("evidence_views.none_signed", count=count, usual=usual)
