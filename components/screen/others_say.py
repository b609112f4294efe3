"""Quiet links from what stands on a page to the claims of clinic articles about it."""

from collections.abc import Collection, Sequence

import streamlit as st

from components.clinical.catalogue_words import LANGUAGE
from components.clinical.claim_words import CLAIM_VERDICT_NAMES, VERDICTS_IN_PLAIN_WORDS
from components.clinical.claims_here import claims_here, heard_here
from components.clinical.interface_words import say
from components.screen.evidence_shelf import ABOUT, BETWEEN_IDS, PAGE, RECORD, VIEW
from components.screen.knowledge import knowledge_base
from components.screen.safe_text import plain


def others_say(identifiers: Collection[str], key: str, in_patient_words: bool, of_patient: bool = False) -> None:
    """What others say of these records, sections, effects, fit cards or views (ids); nothing where no claim does.

    ``of_patient``: the ids were found or chosen for this patient, and an address must not hold them.
    """
    base = knowledge_base()
    every = every_claim(in_patient_words, () if of_patient else identifiers)
    if in_patient_words:
        heard = heard_here(base, identifiers)
        links = [(c.id, _label(h.heard[LANGUAGE], VERDICTS_IN_PLAIN_WORDS[c.verdict])) for c, h in heard.named]
        _draw(links, heard.more, key, every)
    else:
        found = claims_here(base, identifiers)
        links = [(claim.id, _label(claim.claim, CLAIM_VERDICT_NAMES[claim.verdict])) for claim in found.named]
        _draw(links, found.more, key, every)


def every_claim(in_patient_words: bool, about: Collection[str] = ()) -> dict[str, str]:
    """What the address of the evidence page says to show all claims, or all about these (ids)."""
    voice = {"claims_for_patient": "true"} if in_patient_words else {}
    subject = {ABOUT: BETWEEN_IDS.join(sorted(about))} if about else {}
    return {VIEW: say("evidence_views.others_say"), **voice, **subject}


def _label(claim: str, verdict: str) -> str:
    return say("others_say.claim", claim=plain(claim), verdict=verdict)


def _draw(links: Sequence[tuple[str, str]], more: int, key: str, every: dict[str, str]) -> None:
    """The claims by name, and one way to the others: to them alone where the address may say what they are about."""
    if not links and not more:
        return
    with st.container(key=f"others_{key}", gap="xsmall"):
        st.markdown(say("others_say.others_say"))
        for identifier, label in links:
            st.page_link(PAGE, label=label, query_params={RECORD: identifier})
        if more:
            label = say("others_say.more", count=more) if ABOUT in every else say("others_say.more_in_all", count=more)
            st.page_link(PAGE, label=label, query_params=every)
