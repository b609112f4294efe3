"""'Others say': claims of clinic articles against the evidence; where checkers, labels and practice differ.

Longer than most modules: both parts of the view share its filters and its way of printing.
"""

from collections import Counter
from collections.abc import Iterator

import streamlit as st

from components.clinical.catalogue import related
from components.clinical.catalogue_words import RowKind
from components.clinical.claim_choice import (
    ClaimChoice,
    DifferenceChoice,
    VoiceDifference,
    claims_chosen,
    claims_for,
    differences,
    differences_chosen,
)
from components.clinical.claim_words import (
    ARTICLE_NAMES,
    CLAIM_MISSING,
    CLAIM_VERDICT_NAMES,
    CLAIMS_ARE_OURS,
    CLINIC_NAMES,
    DIFFERENCE_MISSING,
    DIFFERENCES_ARE_A_SELECTION,
    HARM_NAMES,
    PART_NAMES,
    STRICTER_COUNTS,
    TOPIC_NAMES,
    VERDICTS_IN_PLAIN_WORDS,
    VOICE_NAMES,
    WORDS_AS_TYPED,
    Part,
    Voice,
)
from components.clinical.claims import Article, Claim
from components.clinical.factors import FactorRule
from components.clinical.interface_words import say
from components.clinical.records import InteractionRecord
from components.clinical.terms import ClaimVerdict
from components.screen.evidence_choices import filters, nothing_fits, search_text, several_of
from components.screen.evidence_shelf import ABOUT, BETWEEN_IDS, PAGE, RECORD, row_links, shelf
from components.screen.guide_views import LANGUAGE
from components.screen.knowledge import knowledge_base
from components.screen.long_list import long_list
from components.screen.marks import factor_badge, severity_badge
from components.screen.others_say import every_claim
from components.screen.safe_text import plain
from components.screen.source_line import short_source, source_line

_VERDICT_ICONS = {
    ClaimVerdict.CONTRADICTED: ":material/close:",
    ClaimVerdict.UNSUPPORTED: ":material/question_mark:",
    ClaimVerdict.OVERSIMPLIFIED: ":material/unfold_less:",
    ClaimVerdict.PARTLY_SUPPORTED: ":material/incomplete_circle:",
    ClaimVerdict.OPINION: ":material/chat_bubble:",
    ClaimVerdict.SUPPORTED: ":material/check:",
}


def others_say() -> None:
    """One of the two parts, with its filters."""
    part = st.radio(
        say("claims_view.part"),
        list(Part),
        format_func=lambda each: PART_NAMES[each],
        key="others_say",
        horizontal=True,
        label_visibility="collapsed",
        bind="query-params",
    )
    if part is Part.CLAIMS:
        _claims()
    else:
        _differences()


def verdict_badge(verdict: ClaimVerdict, in_patient_words: bool) -> str:
    """Markdown badge of a verdict on a claim: word and icon, grey, for a colour asks for an action."""
    names = VERDICTS_IN_PLAIN_WORDS if in_patient_words else CLAIM_VERDICT_NAMES
    return f":gray-badge[{_VERDICT_ICONS[verdict]} {names[verdict]}]"


# --- claims


def _claims() -> None:
    every = knowledge_base().evidence.claims
    st.header(say("claims_view.claims_from_clinic_articles", count=len(every), articles=len(Article)), anchor=False)
    st.markdown(CLAIMS_ARE_OURS)
    counts = Counter(claim.verdict for claim in every.values())
    st.markdown(" · ".join(f"{verdict_badge(each, False)} {counts[each]}" for each in CLAIM_VERDICT_NAMES))
    choice, in_patient_words, is_open = _claim_choice(_about())
    if choice.about:
        _claims_about(choice.about, in_patient_words)
    found = claims_chosen(knowledge_base(), choice)
    if not found:
        nothing_fits("claim", CLAIM_MISSING)
    long_list(
        found,
        lambda claim: _claim_card(claim, in_patient_words, is_open),
        "claims",
        choice,
        whole=is_open,
        count=say("claims_view.of_claims", count=len(found), all_claims=len(every)),
        chosen=_chosen(choice),
    )


def _about() -> tuple[str, ...]:
    """Ids that the address wants claims about; what no claim touches is passed over."""
    claims = knowledge_base().evidence.claims.values()
    touched = frozenset[str]().union(*(claim.touches for claim in claims))
    return tuple(sorted(touched.intersection(st.query_params.get(ABOUT, "").split(BETWEEN_IDS))))


def _claims_about(about: tuple[str, ...], in_patient_words: bool) -> None:
    """How many claims there are about what the reader came from, and the way to all."""
    base = knowledge_base()
    st.markdown(say("claims_view.about_this", count=len(claims_for(base, about))))
    label = say("claims_view.all_claims", count=len(base.evidence.claims))
    st.page_link(PAGE, label=label, icon=":material/arrow_back:", query_params=every_claim(in_patient_words))


def _claim_choice(about: tuple[str, ...]) -> tuple[ClaimChoice, bool, bool]:
    with st.container(key="choices"):
        text = search_text(say("shared.search"), "claim_search", say("claims_view.words_claim_medicine_brand"))
        with filters():
            verdicts = several_of(
                say("claims_view.verdict"), list(CLAIM_VERDICT_NAMES), CLAIM_VERDICT_NAMES, "claim_verdicts"
            )
            topics = several_of(say("claims_view.topic"), list(TOPIC_NAMES), TOPIC_NAMES, "claim_topics")
            articles = several_of(say("claims_view.article"), list(Article), ARTICLE_NAMES, "claim_articles")
        with st.container(horizontal=True):
            in_patient_words = st.toggle(
                say("claims_view.patient_words"), key="claims_for_patient", bind="query-params"
            )
            is_open = st.toggle(say("claims_view.evidence_open_print"), key="claims_open", bind="query-params")
    return ClaimChoice(verdicts, topics, articles, text, about), in_patient_words, is_open


def _chosen(choice: ClaimChoice) -> str:
    """'Contradicted; Interactions': the filters in words, for paper too; what was typed is not repeated."""
    names = (
        *(CLAIM_VERDICT_NAMES[each] for each in choice.verdicts),
        *(TOPIC_NAMES[each] for each in choice.topics),
        *(ARTICLE_NAMES[each] for each in choice.articles),
        *((WORDS_AS_TYPED,) if choice.text.strip() else ()),
    )
    return plain("; ".join(names))


def _claim_card(claim: Claim, in_patient_words: bool, is_open: bool) -> None:
    """The claim, its verdict and what we say; evidence, sources and links are drawn only when opened."""
    instead = (
        say("claims_view.what_we_say") if claim.verdict is ClaimVerdict.SUPPORTED else say("claims_view.we_say_instead")
    )
    said = claim.patient[LANGUAGE] if in_patient_words else claim.say
    with st.container(border=True, key=f"claim_{claim.id}", gap="xsmall"):
        st.markdown(
            say(
                "claims_view.harm_if_repeated",
                verdict_badge=verdict_badge(claim.verdict, in_patient_words),
                harm=HARM_NAMES[claim.harm],
                id=claim.id,
                topic=TOPIC_NAMES[claim.topic],
                article=plain(CLINIC_NAMES[claim.article]),
                claim=plain(claim.claim),
                instead=instead,
                said=plain(said),
            )
        )
        if is_open:
            st.markdown(_evidence(claim))
            return
        opened = st.expander(
            say("claims_view.evidence_sources_what_touches", id=claim.id, count=len(claim.sources)),
            key=f"open_{claim.id}",
            type="compact",
            on_change="rerun",
        )
        if opened.open:
            with opened:
                st.markdown(_evidence(claim))
                _links(claim)


def _evidence(claim: Claim) -> str:
    sources = "\n".join(f"- {source_line(knowledge_base().sources[each])}" for each in claim.sources)
    printed = plain(ARTICLE_NAMES[claim.article])
    return say("claims_view.evidence_printed_sources", evidence=plain(claim.evidence), printed=printed, sources=sources)


def _links(claim: Claim) -> None:
    """The claim's own record, then the interactions, pairs, guide sections and side effects that it touches."""
    rows = shelf().rows
    own = next(row for row in rows if row.key == claim.id)
    with st.container(key=f"links_{claim.id}", gap="xsmall"):
        st.page_link(PAGE, label=say("claims_view.as_record", id=claim.id), query_params={RECORD: own.key})
        if touched := related(own, rows):
            st.markdown(say("claims_view.it_touches"))
            row_links(touched, f"touched_by_{claim.id}")


# --- differences


def _differences() -> None:
    every = differences(knowledge_base())
    st.header(say("claims_view.records_state_what_others", count=len(every)), anchor=False)
    st.markdown(f"{DIFFERENCES_ARE_A_SELECTION} {DIFFERENCE_MISSING}")
    counts = ((name, sum(voice in each.voices for each in every)) for voice, name in VOICE_NAMES.items())
    st.markdown(" · ".join(f":gray-badge[{plain(name)}] {count}" for name, count in counts))
    with st.container(key="choices", gap="xsmall"):
        text = search_text(
            say("claims_view.medicine_factor"), "difference_search", say("claims_view.medicine_brand_patient_factor")
        )
        with filters():
            voices = several_of(say("claims_view.whose_word"), list(Voice), VOICE_NAMES, "difference_voices")
    choice = DifferenceChoice(voices, text)
    found = differences_chosen(knowledge_base(), choice)
    if not found:
        nothing_fits("record", DIFFERENCE_MISSING)
    kinds = (RowKind.INTERACTIONS, RowKind.PAIRS, RowKind.FACTOR_RULES)
    keys = {row.id: row.key for row in shelf().rows if row.kind in kinds}
    long_list(
        found,
        lambda each: _difference_card(each, keys[each.record.id]),
        "differences",
        choice,
        count=say("claims_view.of_records", count=len(found), all_records=len(every)),
        chosen=plain("; ".join(VOICE_NAMES[each] for each in voices)),
    )


def _difference_card(each: VoiceDifference, key: str) -> None:
    with st.container(border=True, key=f"difference_{each.record.id}", gap="xsmall"):
        st.markdown("\n".join(_difference_lines(each)))
        st.page_link(PAGE, label=say("claims_view.all_of", id=plain(each.record.id)), query_params={RECORD: key})


def _difference_lines(each: VoiceDifference) -> Iterator[str]:
    """Our verdict and action first, then whose word stands beside it, then sources."""
    record = each.record
    if isinstance(record, FactorRule):
        badge, action = factor_badge(record.level), record.action
    else:
        badge = severity_badge(each.severity, record.evidence_grade)
        action = record.action_for(None) if isinstance(record, InteractionRecord) else record.action
    yield f"{badge} **{plain(each.about)}**\n"
    yield say("claims_view.we_say", action=plain(action))
    yield from (f"- *{VOICE_NAMES[voice]}:* {plain(text)}" for voice, text in each.said)
    if isinstance(record, FactorRule) and record.stricter_label:
        yield f"- *{STRICTER_COUNTS}:* {plain(record.stricter_label)}"
    sources = " · ".join(short_source(knowledge_base().sources[source]) for source in record.sources)
    yield f"- {say('shared.sources_small', names=sources)}"
