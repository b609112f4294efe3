"""The lists of the evidence page: every record and every source, searched and filtered; each opens by its address."""

from collections import Counter
from collections.abc import Sequence
from enum import StrEnum

import streamlit as st

from components.charts.record_counts import CountGroup, build_counts_picture
from components.clinical.catalogue import CatalogueRow
from components.clinical.catalogue_choice import RowChoice, SourceChoice, choose_rows, choose_sources, find_row
from components.clinical.catalogue_words import GRADE_WORDS, KIND_NAMES, STATUS_NAMES, VERDICTS, RowKind
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
from components.screen.evidence_shelf import PAGE, RECORD, SOURCE, shelf
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
    EvidenceView.RECORDS: "Records",
    EvidenceView.SOURCES: "Sources",
    EvidenceView.OTHERS_SAY: "Others say",
    EvidenceView.HAZARDS: "Hazards and limits",
    EvidenceView.INTENDED_USE: "Intended use",
    EvidenceView.WHAT_CHANGED: "What changed",
}


_NO_SUCH_RECORD = "The address names no single record that we hold. Search for it here, or choose it in the table."
_NO_SUCH_SOURCE = "The address names no source that we hold. Look for it under Sources."


def what_stands_here() -> None:
    """One line on what the page holds."""
    base = knowledge_base()
    status = "signed" if base.knowledge.status is RecordStatus.SIGNED else "a draft, not signed"
    st.markdown(
        f"{len(shelf().rows):,} records and {len(base.sources):,} sources. The knowledge base is {status}; "
        "every source says how it was read."
    )


def asked_by_address() -> bool:
    """Draw the record or the source that the address asks for; False, after a sentence, when we hold no such one."""
    st.query_params.update()  # a link from a page to itself leaves the old address standing in Streamlit 1.67
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
    st.markdown(f"**{len(found):,} of {len(rows):,} records.** {CHOOSE_A_LINE}")
    if not found:
        nothing_fits("record", "A medicine without a record is not assessed, and not assessed does not mean safe.")
        return
    _row_table(found)
    _counts(found)


def _row_choice() -> RowChoice:
    base = knowledge_base()
    with st.container(horizontal=True, key="choices", vertical_alignment="bottom"):
        text = search_text("Search", "record_search", "A medicine, a brand, a class, words of a title, or an id")
        kinds = several_of("Kind", list(RowKind), KIND_NAMES, "record_kinds")
        verdicts = several_of("Severity", VERDICTS, {name: name for name in VERDICTS}, "record_verdicts")
        grades = several_of("Evidence", list(GRADE_WORDS), GRADE_WORDS, "record_grades")
        statuses = several_of("Status", list(STATUS_NAMES), STATUS_NAMES, "record_statuses")
        source: str | None = st.selectbox(
            "Source",
            sorted(base.sources),
            index=None,
            placeholder="All",
            key="record_source",
            persist_state="session",
            width=FILTER_WIDTH,
        )
    return RowChoice(text, kinds, verdicts, grades, statuses, source)


def _row_table(rows: Sequence[CatalogueRow]) -> None:
    base = knowledge_base()
    chosen = table_to_choose_from(
        {
            "Id": [row.id for row in rows],
            "Title": [row.title for row in rows],
            "Kind": [KIND_NAMES[row.kind] for row in rows],
            "Severity": [row.verdict or "–" for row in rows],
            "Evidence": [GRADE_WORDS[row.grade] if row.grade else "–" for row in rows],
            "Status": [STATUS_NAMES[row.status] for row in rows],
            "Medicines and classes": [
                ", ".join((*row.medicines, *(base.classes[each].name for each in row.classes))) for row in rows
            ],
            "Sources": [len(row.sources) for row in rows],
            "Review by": [row.next_review for row in rows],
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
        CountGroup("Status", tuple((name, statuses[status]) for status, name in STATUS_NAMES.items())),
        CountGroup(
            "Evidence grade, where a record has one",
            tuple((GRADE_WORDS[grade], grades[grade]) for grade in EvidenceGrade),
        ),
    )
    signed = statuses[RecordStatus.SIGNED]
    usual = f"; most often graded “{GRADE_WORDS[grades.most_common(1)[0][0]].lower()}”" if grades else ""
    takeaway = f"{signed or 'None'} of these {len(rows):,} records {'are' if signed > 1 else 'is'} signed{usual}"
    st.subheader(plain(takeaway), anchor=False)
    told: list[Row] = [
        {"Counted by": group.title, "Name": name, "Records": number}
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
            columns=("Counted by", "Name", "Records"),
        )
    )


def sources() -> None:
    """Every source: filters, and a table from which a source opens."""
    held = knowledge_base().sources.values()
    found = choose_sources(held, _source_choice())
    st.markdown(f"**{len(found):,} of {len(held):,} sources.** {CHOOSE_A_LINE}")
    if not found:
        nothing_fits("source", "A source that we do not hold is cited nowhere here.")
        return
    relied_on = shelf().relied_on
    chosen = table_to_choose_from(
        {
            "Title": [each.title for each in found],
            "Authors": [each.authors or "–" for each in found],
            "Year": [each.year for each in found],
            "Kind": [in_words(each.kind) for each in found],
            "How it was read": [HOW_READ[each.read] for each in found],
            "Relied on by": [len(relied_on.get(each.id, ())) for each in found],
            "Short name": [each.id for each in found],
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
        text = search_text("Search", "source_search", "A title, an author, a journal, a DOI, a PubMed number or an id")
        return SourceChoice(
            text,
            several_of("Kind", kinds, {kind: in_words(kind) for kind in kinds}, "source_kinds"),
            several_of("Year", years, {year: str(year or "not stated") for year in years}, "source_years"),
            several_of("How it was read", list(HOW_READ), HOW_READ, "source_read"),
        )
