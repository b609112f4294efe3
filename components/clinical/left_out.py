"""Medicines that a changed list leaves out but that act on: an MAO inhibitor counts for weeks after its last dose."""

from collections.abc import Sequence

from components.clinical.among_others import find_pairs
from components.clinical.entry import Entry
from components.clinical.knowledge_base import KnowledgeBase
from components.clinical.matching import still_counts
from components.clinical.medicine_names import as_stopped


def still_counting(before: Sequence[Entry], after: Sequence[Entry], knowledge_base: KnowledgeBase) -> tuple[Entry, ...]:
    """Entries of the earlier list that the later one no longer names, as stopped, where that still matters to it.

    They matter while the washout of a record lasts, or that of a pair with a medicine of the later list. When one is
    left out now it is not known when it was last taken, so it counts until somebody says so.
    """
    named = {name for entry in after for name in entry.medicines}
    left_out = [as_stopped(entry) for entry in before if not named & set(entry.medicines)]
    in_pairs = {place for pair in find_pairs((*after, *left_out), knowledge_base) for place in pair.entries}
    return tuple(
        entry
        for place, entry in enumerate(left_out, start=len(after))
        if place in in_pairs or _acts_on(entry, knowledge_base)
    )


def _acts_on(entry: Entry, knowledge_base: KnowledgeBase) -> bool:
    washouts = [each.washout_days for name in entry.medicines for each in knowledge_base.records_of.get(name, ())]
    return any(days and still_counts(entry, days) for days in washouts)
