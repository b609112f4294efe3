"""One row of data/ in full, and one source in full: all that is said, on what it rests, what touches it."""

from collections.abc import Callable
from datetime import date

import streamlit as st

from components.clinical.catalogue import CatalogueRow, related
from components.clinical.catalogue_words import KIND_NAMES, STATUS_NAMES
from components.clinical.claims import Claim, ClaimVerdict
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
from components.exchange.review_file import RENDERERS
from components.screen.chart_card import file_name
from components.screen.claims_view import verdict_badge
from components.screen.evidence_shelf import PAGE, VIEW, row_links, shelf, source_link
from components.screen.knowledge import knowledge_base
from components.screen.marks import factor_badge, severity_badge
from components.screen.safe_text import plain
from components.screen.source_line import source_line

OWN_TEXTS = (
    (say("shared.action"), "action"),
    (say("record_card.what_holds"), "text"),
    (say("record_card.how_met"), "how_met"),
)
"""Lines of the rows that carry no signature of their own; the title says the rest."""


def record_card(row: CatalogueRow) -> None:
    """Title (in quotes what others say), verdict, status, both voices, sources, what touches it, a review sheet."""
    st.page_link(PAGE, label=say("record_card.all_records"), icon=":material/arrow_back:")
    with st.container(key="record_card"):
        is_heard = isinstance(row.record, Claim | HeardClaim)
        st.header(f"“{plain(row.title)}”" if is_heard else plain(row.title), anchor=False)
        st.markdown(" ".join(_marks(row)))
        st.markdown(say("record_card.status", status=plain(_status(row))))
        action = getattr(row.record, "action", None)
        if action and action not in row.title:
            st.markdown(f"**{plain(action)}**")
        _both_voices(row)
        _sources(row)
        _touching(row)
        _review_sheet(row)


def _marks(row: CatalogueRow) -> list[str]:
    """Verdict and how sure, then kind and id."""
    marks = []
    match row.record:
        case InteractionRecord():
            marks.append(severity_badge(row.record.severity_for(None), row.grade))
        case PairRecord():
            marks.append(severity_badge(row.record.severity, row.grade))
        case Claim() | HeardClaim():
            marks.append(verdict_badge(ClaimVerdict(row.record.verdict.value), in_patient_words=False))
        case FactorRule():
            marks.append(f"{factor_badge(row.record.level)} {plain(row.verdict or '')}")
    if row.grade:
        marks.append(say("record_card.evidence", grade=plain(GRADE_NAMES[row.grade])))
    return [*marks, f":gray-badge[{plain(KIND_NAMES[row.kind])}]", f":gray-badge[{plain(row.id)}]"]


def _status(row: CatalogueRow) -> str:
    return status_line(row.record) if isinstance(row.record, Provenance) else STATUS_NAMES[None].lower()


def _both_voices(row: CatalogueRow) -> None:
    """What the clinician reads; what the patient reads in a box of its own."""
    base, record = knowledge_base(), row.record
    if not isinstance(record, Provenance):
        told = ((label, getattr(record, field, None)) for label, field in OWN_TEXTS)
        st.markdown("\n\n".join(f"**{label}**  \n{plain(text)}" for label, text in told if text))
        return
    if row.medicines or row.classes:
        groups = [base.classes[each].name for each in row.classes]
        st.markdown(f"**{say('record_card.about')}**  \n{plain(', '.join((*row.medicines, *groups)))}")
    if isinstance(record, OnsetSeries):
        _results(record)
    st.markdown("\n\n".join(_lines(label, texts) for label, texts in labelled_lines(record, base)))
    if told_to_patient := [text for _, text in patient_lines(record, base)]:
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


def _lines(label: str, texts: tuple[str, ...]) -> str:
    if len(texts) == 1:
        return f"**{plain(label)}**  \n{plain(texts[0])}"
    return f"**{plain(label)}**\n" + "\n".join(f"- {plain(text)}" for text in texts)


def _sources(row: CatalogueRow) -> None:
    base = knowledge_base()
    st.subheader(say("shared.sources"), anchor=False)
    if not row.sources:
        st.markdown(say("record_card.none_our_judgement"))
    for name in row.sources:
        note = base.sources[name].note
        st.markdown(f"- {source_line(base.sources[name])}{f'. {plain(note)}' if note else ''}")
        source_link(name)


def _touching(row: CatalogueRow) -> None:
    if found := related(row, shelf().rows):
        st.subheader(say("record_card.what_touches"), anchor=False)
        st.markdown(say("record_card.records_name_one_names"))
        row_links(found, "touching")


def _review_sheet(row: CatalogueRow) -> None:
    """For a pharmacist or physician: all of it, with boxes to tick and lines to sign on."""
    if isinstance(row.record, Provenance):
        st.download_button(
            say("record_card.print_review_sheet"),
            data=_sheet_maker(row, row.record),
            file_name=f"{file_name('review')}-{row.id}.pdf",
            mime="application/pdf",
            icon=":material/download:",
            on_click="ignore",
            key="review_sheet",
            help=say("record_card.all_record_says_lines"),
        )


def _sheet_maker(row: CatalogueRow, record: Provenance) -> Callable[[], bytes]:
    """Writes the file when its button is pressed."""
    title = f"{row.id} {row.title}"
    return lambda: RENDERERS[".pdf"](build_review_sheet(title, (record,), knowledge_base(), date.today()))


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
        parts = (
            (say("shared.authors"), source.authors and plain(source.authors)),
            (
                say("record_card.published"),
                plain(", ".join(str(each) for each in (source.journal, source.year) if each)),
            ),
            (say("record_card.doi"), source.doi and f"[{plain(source.doi)}](https://doi.org/{source.doi})"),
            (
                say("record_card.pubmed"),
                source.pmid and f"[{source.pmid}](https://pubmed.ncbi.nlm.nih.gov/{source.pmid}/)",
            ),
            (say("shared.link"), _link(source)),
            (say("shared.how_read"), plain(how_read(source))),
            (say("record_card.copies_read"), "; ".join(plain(each) for each in source.read_at)),
        )
        st.markdown("\n".join(f"- **{name}:** {text}" for name, text in parts if text))
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


def _link(source: Source) -> str:
    if not source.url:
        return say("record_card.none_recorded")
    return f"[{plain(source.url)}]({source.url})" if source.url.startswith("https://") else plain(source.url)
