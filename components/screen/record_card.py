"""One row of data/ in full, and one source in full: all that is said, on what it rests, what touches it."""

from collections import Counter
from collections.abc import Callable, Iterator

import streamlit as st

from components.clinical.catalogue import CatalogueRow, related
from components.clinical.catalogue_words import KIND_NAMES, STATUS_NAMES
from components.clinical.claims import Claim
from components.clinical.factors import FactorRule
from components.clinical.guide import HeardClaim
from components.clinical.interface_words import say
from components.clinical.onset import OnsetSeries
from components.clinical.record_labels import in_words, labelled_lines
from components.clinical.record_parts import result_row
from components.clinical.record_words import how_read, patient_lines, status_line
from components.clinical.records import InteractionRecord, PairRecord, Provenance, Source
from components.clinical.review_sheet import build_review_sheet
from components.clinical.wording import GRADE_NAMES
from components.exchange.card_markdown import secure_address
from components.exchange.review_file import RENDERERS
from components.screen.chart_card import file_name
from components.screen.claims_view import verdict_badge
from components.screen.consultation import current_report
from components.screen.evidence_shelf import PAGE, VIEW, row_links, shelf, source_link
from components.screen.file_button import file_button
from components.screen.knowledge import knowledge_base
from components.screen.marks import factor_badge, severity_badge
from components.screen.readers_day import today
from components.screen.safe_text import plain
from components.screen.summary_list import Linked, Told, source_list, summary_list

CHECK = "pages/medication_check.py"
OWN_TEXTS = (
    (say("shared.action"), "action"),
    (say("record_card.what_holds"), "text"),
    (say("record_card.how_met"), "how_met"),
)
"""Lines of the rows that carry no signature of their own; the title says the rest."""


def record_card(row: CatalogueRow) -> None:
    """Title (in quotes what others say), verdict, status, both voices, sources; folded: what else there is about it."""
    with st.container(horizontal=True, key="ways_back"):
        if row.id in _records_of_the_check():
            st.page_link(CHECK, label=say("record_card.back_to_check"), icon=":material/arrow_back:")
        st.page_link(PAGE, label=say("record_card.all_records"), icon=":material/arrow_back:")
    with st.container(key="record_card"):
        is_heard = isinstance(row.record, Claim | HeardClaim)
        st.header(f"“{plain(row.title)}”" if is_heard else plain(row.title), anchor=False)
        st.markdown(" ".join(_marks(row)))
        grade = say("record_card.evidence", grade=plain(GRADE_NAMES[row.grade])) if row.grade else ""
        st.markdown(f"{grade}{say('record_card.status', status=plain(_status(row)))}")
        action = getattr(row.record, "action", None)
        if action and action not in row.title:
            st.markdown(f"**{plain(action)}**")
        _both_voices(row)
        _sources(row)
        _touching(row)
        _review_sheet(row)


def _records_of_the_check() -> set[str]:
    """Ids of the records from which the check of this consultation speaks."""
    report = current_report()
    return {each.id for finding in report.findings for each in finding.records} | {
        pair.record.id for pair in report.pairs
    }


def _marks(row: CatalogueRow) -> list[str]:
    """Verdict, then kind and id."""
    marks = []
    match row.record:
        case InteractionRecord():
            marks.append(severity_badge(row.record.severity_for(None), row.grade))
        case PairRecord():
            marks.append(severity_badge(row.record.severity, row.grade))
        case Claim() | HeardClaim():
            marks.append(verdict_badge(row.record.verdict, in_patient_words=False))
        case FactorRule():
            marks.append(f"{factor_badge(row.record.level)} {plain(row.verdict or '')}")
    return [*marks, f":gray-badge[{plain(KIND_NAMES[row.kind])}]", f":gray-badge[{plain(row.id)}]"]


def _status(row: CatalogueRow) -> str:
    return status_line(row.record) if isinstance(row.record, Provenance) else STATUS_NAMES[None].lower()


def _both_voices(row: CatalogueRow) -> None:
    """What the clinician reads; what the patient reads in a box of its own."""
    base, record = knowledge_base(), row.record
    if not isinstance(record, Provenance):
        if told := summary_list((label, getattr(record, field, None)) for label, field in OWN_TEXTS):
            st.html(told)  # refuses to be empty
        return
    if isinstance(record, OnsetSeries):
        _results(record)
    groups = [base.classes[each].name for each in row.classes]
    about = (say("record_card.about"), ", ".join((*row.medicines, *groups)))
    st.html(summary_list((about, *labelled_lines(record, base))))
    if told_to_patient := [line.text for line in patient_lines(record, base)]:
        with st.container(border=True, key="record_patient"):
            st.markdown(say("record_card.to_the_patient") + "\n\n".join(plain(text) for text in told_to_patient))


def _results(series: OnsetSeries) -> None:
    """What the arm showed, one line a result, in the order of the record."""
    rows = [result_row(point) for point in series.points]
    with st.container(key="record_results"):
        st.markdown(say("record_card.results", count=len(rows)))
        st.table(
            {
                say("shared.time"): [plain(row.time) for row in rows],
                say("record_card.measured"): [plain(row.measured) for row in rows],
                say("shared.value"): [plain(row.value) for row in rows],
                say("record_card.people"): [plain(row.people) for row in rows],
                say("record_card.mind"): [plain(row.mind) or "–" for row in rows],
            },
            hide_index=True,
            border="horizontal",
            alt=say("record_card.results_of", name=series.study_name),
        )


def _sources(row: CatalogueRow) -> None:
    """All by number with how each was read; folded: the way to each and to what else rests on it."""
    st.subheader(say("shared.sources"), anchor=False)
    if not row.sources:
        st.markdown(say("record_card.none_our_judgement"))
        return
    st.html(source_list(knowledge_base().sources[name] for name in row.sources))
    label = say("record_card.what_else_rests", count=len(row.sources))
    with st.expander(label, key="open_sources", type="compact"):
        for name in row.sources:
            source_link(name)


def _touching(row: CatalogueRow) -> None:
    """Folded, with how many of each kind there are."""
    if found := related(row, shelf().rows):
        kinds = Counter(each.kind for each in found)
        counts = " · ".join(f"{KIND_NAMES[kind]} {number}" for kind, number in kinds.items())
        with st.expander(say("record_card.what_touches", counts=plain(counts)), key="touching", type="compact"):
            st.markdown(say("record_card.records_name_one_names"))
            row_links(found, "touching")


def _review_sheet(row: CatalogueRow) -> None:
    """For a pharmacist or physician: all of it, with boxes to tick and lines to sign on."""
    if isinstance(row.record, Provenance):
        file_button(
            say("record_card.print_review_sheet"),
            _sheet_maker(row, row.record),
            f"{file_name('review')}-{row.id}.pdf",
            "application/pdf",
            key="review_sheet",
            help=say("record_card.all_record_says_lines"),
        )


def _sheet_maker(row: CatalogueRow, record: Provenance) -> Callable[[], bytes]:
    """Writes the file when its button is pressed."""
    title = f"{row.id} {row.title}"
    day = today()
    return lambda: RENDERERS[".pdf"](build_review_sheet(title, (record,), knowledge_base(), day))


def source_card(source: Source) -> None:
    """Citation, numbers and link, how it was read, and every row that rests on it."""
    st.page_link(
        PAGE,
        label=say("record_card.all_sources"),
        icon=":material/arrow_back:",
        query_params={VIEW: say("shared.sources")},
    )
    with st.container(key="source_card"):
        st.header(plain(source.title), anchor=False)
        st.markdown(f":gray-badge[{plain(in_words(source.kind))}] :gray-badge[{plain(source.id)}]")
        st.html(summary_list(_about_source(source)))
        citing = shelf().relied_on.get(source.id, ())
        st.subheader(
            say(
                "record_card.on_it",
                count=len(citing),
                rest=say("shared.record_rests") if len(citing) == 1 else say("shared.records_rest"),
            ),
            anchor=False,
        )
        row_links(citing, "citing")


def _about_source(source: Source) -> Iterator[tuple[str, Told | None]]:
    address, pmid, doi = secure_address(source), source.pmid, source.doi
    yield say("shared.authors"), source.authors
    yield say("record_card.published"), ", ".join(str(each) for each in (source.journal, source.year) if each)
    yield say("record_card.doi"), Linked(doi, f"https://doi.org/{doi}") if doi else None
    yield say("record_card.pubmed"), Linked(str(pmid), f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/") if pmid else None
    link = Linked(address, address) if address else source.url
    yield say("shared.link"), link or say("record_card.none_recorded")
    yield say("shared.how_read"), how_read(source)
    yield say("record_card.copies_read"), source.read_at
