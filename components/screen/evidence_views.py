"""The lists of the evidence page: every record and every source, searched and filtered; each opens by its address."""

from collections import Counter
from collections.abc import Mapping, Sequence
from enum import StrEnum

import streamlit as st

from components.charts.record_counts import CountGroup, build_counts_picture
from components.clinical.catalogue import CatalogueRow
from components.clinical.catalogue_choice import RowChoice, SourceChoice, choose_rows, choose_sources, find_row
from components.clinical.catalogue_words import GRADE_WORDS, KIND_NAMES, STATUS_NAMES, VERDICTS, RowKind
from components.clinical.interface_words import say
from components.clinical.onset_tables import Row
from components.clinical.record_labels import in_words
from components.clinical.record_words import HOW_READ
from components.clinical.terms import EvidenceGrade, RecordStatus
from components.screen.chart_card import ChartCard, chart_card
from components.screen.evidence_choices import (
    CHOOSE_A_LINE,
    FILTER_WIDTH,
    nothing_fits,
    search_text,
    several_of,
    table_to_choose_from,
)
from components.screen.evidence_shelf import PAGE, RECORD, SOURCE, send_address, shelf
from components.screen.knowledge import knowledge_base
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


_NO_SUCH_RECORD = say("evidence_views.address_names_no_single")
_NO_SUCH_SOURCE = say("evidence_views.address_names_no_source")


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
        st.warning(_NO_SUCH_RECORD, icon=":material/search_off:")
    elif asked := st.query_params.get(SOURCE):
        if source := knowledge_base().sources.get(asked.strip().casefold()):
            source_card(source)
            return True
        st.warning(_NO_SUCH_SOURCE, icon=":material/search_off:")
    return False


def records() -> None:
    """Every row that rests on sources: filters, a table from which a row opens, how sure and how signed."""
    rows = shelf().rows
    choice = _row_choice()
    found = choose_rows(rows, choice, shelf().words)
    st.markdown(
        say("evidence_views.of_records", count=len(found), all_records=len(rows), choose_a_line=_how_to_open(found))
    )
    if not found:
        nothing_fits("record", say("evidence_views.medicine_without_record_assessed"))
        return
    _row_table(found)
    _counts(found)


def _how_to_open(found: Sequence[object]) -> str:
    return CHOOSE_A_LINE if found else ""


def _row_choice() -> RowChoice:
    base = knowledge_base()
    with st.container(horizontal=True, key="choices", vertical_alignment="bottom"):
        text = search_text(say("shared.search"), "record_search", say("evidence_views.medicine_brand_class_words"))
        kinds = several_of(say("shared.kind"), list(RowKind), KIND_NAMES, "record_kinds")
        verdicts = several_of(say("shared.severity"), VERDICTS, {name: name for name in VERDICTS}, "record_verdicts")
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


def sources() -> None:
    """Every source: filters, and a table from which a source opens."""
    held = knowledge_base().sources.values()
    found = choose_sources(held, _source_choice())
    st.markdown(
        say("evidence_views.of_sources", count=len(found), all_sources=len(held), choose_a_line=_how_to_open(found))
    )
    if not found:
        nothing_fits("source", say("evidence_views.source_we_do_not_hold"))
        return
    relied_on = shelf().relied_on
    chosen = table_to_choose_from(
        {
            say("shared.title"): [each.title for each in found],
            say("shared.authors"): [each.authors or "–" for each in found],
            say("shared.year"): [each.year for each in found],
            say("shared.kind"): [in_words(each.kind) for each in found],
            say("shared.how_read"): [HOW_READ[each.read] for each in found],
            say("evidence_views.relied_on_by"): [len(relied_on.get(each.id, ())) for each in found],
            say("evidence_views.short_name"): [each.id for each in found],
        },
        "sources_table",
    )
    if chosen is not None:
        st.switch_page(PAGE, query_params={SOURCE: found[chosen].id})


def _source_choice() -> SourceChoice:
    held = knowledge_base().sources.values()
    kinds = sorted({each.kind for each in held})
    years: list[int | None] = [*sorted({each.year for each in held if each.year}, reverse=True), None]
    with st.container(horizontal=True, key="choices", vertical_alignment="bottom"):
        text = search_text(say("shared.search"), "source_search", say("evidence_views.title_author_journal_doi"))
        return SourceChoice(
            text,
            several_of(say("shared.kind"), kinds, {kind: in_words(kind) for kind in kinds}, "source_kinds"),
            several_of(
                say("shared.year"),
                years,
                {year: str(year or say("shared.not_stated")) for year in years},
                "source_years",
            ),
            several_of(say("shared.how_read"), list(HOW_READ), HOW_READ, "source_read"),
        )
