"""Every source, searched and filtered; each opens by its address."""

import streamlit as st

from components.clinical.catalogue_choice import SourceChoice, choose_sources
from components.clinical.interface_words import say
from components.clinical.record_labels import in_words
from components.clinical.record_words import HOW_READ
from components.screen.evidence_choices import (
    chosen_and_how_to_open,
    filters,
    nothing_fits,
    search_text,
    several_of,
    table_to_choose_from,
)
from components.screen.evidence_shelf import PAGE, SOURCE, shelf
from components.screen.knowledge import knowledge_base

_WIDTHS = {
    say("shared.title"): 310,
    say("shared.authors"): 160,
    say("shared.year"): 55,
    say("shared.kind"): 115,
    say("shared.how_read"): 150,
    say("evidence_views.relied_on_by"): 95,
    say("evidence_views.short_name"): 155,
}


def sources() -> None:
    """Every source: filters, and a table from which a source opens."""
    held = knowledge_base().sources.values()
    choice = _choice()
    found = choose_sources(held, choice)
    told = chosen_and_how_to_open(_filters(choice), found)
    st.markdown(say("evidence_views.of_sources", count=len(found), all_sources=len(held), choose_a_line=told))
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
        _WIDTHS,
        "sources_table",
    )
    if chosen is not None:
        st.switch_page(PAGE, query_params={SOURCE: found[chosen].id})


def _choice() -> SourceChoice:
    held = knowledge_base().sources.values()
    kinds = sorted({each.kind for each in held})
    years: list[int | None] = [*sorted({each.year for each in held if each.year}, reverse=True), None]
    with st.container(key="choices", gap="xsmall"):
        text = search_text(say("shared.search"), "source_search", say("evidence_views.title_author_journal_doi"))
        with filters():
            return SourceChoice(
                text,
                several_of(say("shared.kind"), kinds, {kind: in_words(kind) for kind in kinds}, "source_kinds"),
                several_of(say("shared.year"), years, {year: _year(year) for year in years}, "source_years"),
                several_of(say("shared.how_read"), list(HOW_READ), HOW_READ, "source_read"),
            )


def _filters(choice: SourceChoice) -> tuple[str, ...]:
    return (
        *(in_words(each) for each in choice.kinds),
        *(_year(each) for each in choice.years),
        *(HOW_READ[each] for each in choice.read),
    )


def _year(year: int | None) -> str:
    return str(year or say("shared.not_stated"))
