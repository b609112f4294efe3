"""One quiet line from what stands on a page to the claims of clinic articles about it."""

from collections import Counter
from collections.abc import Collection

import streamlit as st

from components.clinical.catalogue_words import LANGUAGE
from components.clinical.claim_choice import claims_for
from components.clinical.claim_words import CLAIM_VERDICT_NAMES, VERDICTS_IN_PLAIN_WORDS, counts_in_words
from components.clinical.claims_here import claims_here, heard_here
from components.clinical.interface_words import say
from components.clinical.knowledge_base import KnowledgeBase
from components.screen.evidence_shelf import ABOUT, BETWEEN_IDS, PAGE, RECORD, VIEW
from components.screen.knowledge import knowledge_base
from components.screen.safe_text import plain


def others_say(identifiers: Collection[str], key: str, in_patient_words: bool, of_patient: bool = False) -> None:
    """How many claims there are on these records, sections, effects, fit cards or views (ids), and how they fare.

    ``of_patient``: the ids were found or chosen for this patient, and an address must not hold them: the worst claims
    stand behind the line, each a link of its own. Nothing is drawn where no claim is.
    """
    line = claims_in_a_line(knowledge_base(), identifiers, in_patient_words)
    if not line:
        return
    with st.container(key=f"others_{key}", gap="xsmall"):
        if of_patient:
            with st.expander(plain(line), type="compact"):
                _claims(identifiers, in_patient_words)
        else:
            st.page_link(PAGE, label=plain(line), query_params=every_claim(in_patient_words, identifiers))


def claims_in_a_line(base: KnowledgeBase, identifiers: Collection[str], in_patient_words: bool) -> str:
    """'Clinic articles on this: 1 contradicted, 3 too simple'; empty where no claim touches any of these."""
    found = [claim.verdict for claim in claims_for(base, identifiers)]
    if not found:
        return ""
    if not in_patient_words:
        return say("others_say.articles_on_this", counts=counts_in_words(found, CLAIM_VERDICT_NAMES))
    counts = Counter(found)
    told = (
        say("others_say.verdict_count", verdict=name.lower(), count=counts[verdict])
        for verdict, name in VERDICTS_IN_PLAIN_WORDS.items()
        if counts[verdict]
    )
    return say("others_say.one_may_hear", counts=", ".join(told))


def every_claim(in_patient_words: bool, about: Collection[str] = ()) -> dict[str, str]:
    """What the address of the evidence page says to show all claims, or all about these (ids)."""
    voice = {"claims_for_patient": "true"} if in_patient_words else {}
    subject = {ABOUT: BETWEEN_IDS.join(sorted(about))} if about else {}
    return {VIEW: say("evidence_views.others_say"), **voice, **subject}


def _claims(identifiers: Collection[str], in_patient_words: bool) -> None:
    """The worst claims by name, and one way to all, whatever they are about."""
    base = knowledge_base()
    if in_patient_words:
        heard = heard_here(base, identifiers)
        links = [(c.id, h.heard[LANGUAGE], VERDICTS_IN_PLAIN_WORDS[c.verdict]) for c, h in heard.named]
        more = heard.more
    else:
        found = claims_here(base, identifiers)
        links = [(c.id, c.claim, CLAIM_VERDICT_NAMES[c.verdict]) for c in found.named]
        more = found.more
    for identifier, claim, verdict in links:
        label = say("others_say.claim", claim=plain(claim), verdict=verdict)
        st.page_link(PAGE, label=label, query_params={RECORD: identifier})
    if more:
        label = say("others_say.more_in_all", count=more)
        st.page_link(PAGE, label=label, query_params=every_claim(in_patient_words))
