"""To which claims a card, a guide section, a side effect or a view of the timeline leads: the worst, others counted."""

from collections.abc import Collection
from dataclasses import dataclass

from components.clinical.claim_choice import claims_for
from components.clinical.claims import Claim
from components.clinical.guide import HeardClaim
from components.clinical.knowledge_base import KnowledgeBase

MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class ClaimsHere:
    """Claims that touch what stands here, the worst first."""

    named: tuple[Claim, ...]
    more: int
    """How many others touch it too."""


@dataclass(frozen=True, slots=True)
class HeardHere:
    """The same for a patient: only claims that the guide tells in words of its own are named."""

    named: tuple[tuple[Claim, HeardClaim], ...]
    """A claim with the row of the guide that stands for it; each row once."""
    more: int


def claims_here(base: KnowledgeBase, identifiers: Collection[str]) -> ClaimsHere:
    """Claims on any of these records, pairs, sections, side effects, fit cards or views (ids)."""
    found = claims_for(base, identifiers)
    return ClaimsHere(found[:MOST_NAMED], len(found[MOST_NAMED:]))


def heard_here(base: KnowledgeBase, identifiers: Collection[str]) -> HeardHere:
    """As claims_here, in the guide's own words."""
    found = claims_for(base, identifiers)
    told = {origin: heard for heard in base.guide.heard for origin in heard.claims}
    named: dict[str, tuple[Claim, HeardClaim]] = {}
    for claim in found:
        if heard := told.get(claim.origin):
            named.setdefault(heard.id, (claim, heard))
    first = tuple(named.values())[:MOST_NAMED]
    said = {origin for _, heard in first for origin in heard.claims}
    return HeardHere(first, sum(claim.origin not in said for claim in found))
