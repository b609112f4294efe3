"""What the patient's other medicines do among themselves: dangerous pairs, and the same thing twice."""

from collections import defaultdict
from collections.abc import Sequence
from itertools import product

from components.clinical.entry import Entry
from components.clinical.knowledge_base import KnowledgeBase
from components.clinical.matching import condition_holds, is_other_form, still_counts
from components.clinical.medicine_names import medicines_meant
from components.clinical.records import PairMember, PairRecord
from components.clinical.report import Duplicate, PairFinding
from components.clinical.terms import EntryStatus, Use


def find_duplicates(entries: Sequence[Entry], knowledge_base: KnowledgeBase) -> tuple[Duplicate, ...]:
    taken: dict[str, list[int]] = defaultdict(list)
    for position, entry in enumerate(entries):
        if entry.details.use is not Use.STOPPED:
            for name in entry.medicines:
                taken[name].append(position)
    found = [Duplicate((name,), tuple(where), None) for name, where in taken.items() if len(where) > 1]
    by_class: dict[str, list[str]] = defaultdict(list)
    for name in taken:
        if name in knowledge_base.medicines:
            by_class[knowledge_base.medicines[name].medicine_class].append(name)
    for slug, names in by_class.items():
        places = tuple(sorted({position for name in names for position in taken[name]}))
        if knowledge_base.classes[slug].duplicate_therapy and len(names) > 1 and len(places) > 1:
            found.append(Duplicate(tuple(names), places, knowledge_base.classes[slug].name))
    return tuple(found)


def find_pairs(entries: Sequence[Entry], knowledge_base: KnowledgeBase) -> tuple[PairFinding, ...]:
    """Pairs among different entries, the most severe first.

    An ambiguous name counts with what each of its meanings holds: the pair stands whichever is chosen.
    """
    where: dict[str, list[int]] = defaultdict(list)
    for position, entry in enumerate(entries):
        for name in entry.medicines or _in_every_meaning(entry, knowledge_base):
            where[name].append(position)
    candidates = {pair.id: pair for name in where for pair in knowledge_base.pairs_of.get(name, ())}
    found: dict[tuple[str, frozenset[str]], PairFinding] = {}
    for pair in candidates.values():
        for one, other in _members_on_list(pair, where):
            key = (pair.id, frozenset((one.medicine, other.medicine)))
            if key in found:
                continue
            if finding := _pair_finding(pair, one, other, where, entries, knowledge_base):
                found[key] = finding
    return tuple(sorted(found.values(), key=lambda each: (-each.record.severity.rank, each.entries)))


def _in_every_meaning(entry: Entry, knowledge_base: KnowledgeBase) -> Sequence[str]:
    if entry.recognition is not EntryStatus.AMBIGUOUS:
        return ()
    first, *others = (medicines_meant(thing, knowledge_base) for thing in entry.suggestions)
    return [name for name in first if all(name in other for other in others)]


def _members_on_list(pair: PairRecord, where: dict[str, list[int]]) -> list[tuple[PairMember, PairMember]]:
    first = [member for member in pair.first if member.medicine in where]
    second = [member for member in pair.second if member.medicine in where]
    return list(product(first, second))


def _pair_finding(
    pair: PairRecord,
    one: PairMember,
    other: PairMember,
    where: dict[str, list[int]],
    entries: Sequence[Entry],
    knowledge_base: KnowledgeBase,
) -> PairFinding | None:
    """The pair on the first two different entries for which both sides hold.

    A medicine pairs with itself only in two forms that the entries state (selegiline patch and tablet).
    """
    stated = one.medicine == other.medicine
    if stated and not (one.applies_when and other.applies_when):
        return None
    ones = [position for position in where[one.medicine] if _takes_part(one, entries[position], stated, knowledge_base)]
    others = [
        position for position in where[other.medicine] if _takes_part(other, entries[position], stated, knowledge_base)
    ]
    meeting = [places for places in product(ones, others) if _can_meet(places, entries)]
    if not meeting:
        return None
    places = min(meeting, key=lambda places: sum(entries[position].details.use is Use.STOPPED for position in places))
    ask = tuple(
        (member.medicine, member.washout_days, entries[position].details.stopped_days_ago)
        for member, position in zip((one, other), places, strict=True)
        if member.washout_days and entries[position].details.use is Use.STOPPED
    )
    in_order = sorted(zip(places, (one.medicine, other.medicine), strict=True))
    (first, first_medicine), (second, second_medicine) = in_order
    everywhere = frozenset(position for both in meeting for position in both)
    return PairFinding(pair, (first_medicine, second_medicine), (first, second), ask, everywhere)


def _can_meet(places: tuple[int, int], entries: Sequence[Entry]) -> bool:
    """Two entries, or two medicines typed as one without being a product; not both of them stopped."""
    one, other = (entries[position] for position in places)
    if places[0] == places[1] and (one.product or len(one.medicines) < 2):
        return False
    return not (one.details.use is Use.STOPPED and other.details.use is Use.STOPPED)


def _takes_part(member: PairMember, entry: Entry, must_be_stated: bool, knowledge_base: KnowledgeBase) -> bool:
    if is_other_form(entry, member.medicine, knowledge_base) or not still_counts(entry, member.washout_days):
        return False
    if member.applies_when is None:
        return True
    holds = condition_holds(member.applies_when, entry, member.medicine, False, knowledge_base)
    return holds is True or (holds is None and not must_be_stated and member.applies_when.when_unknown == "applies")
