"""Which records speak of an entry, and which of them decides (product.md, "Which record decides")."""

from collections.abc import Sequence
from dataclasses import dataclass

from components.clinical.entry import Entry
from components.clinical.knowledge_base import KnowledgeBase
from components.clinical.records import Condition, InteractionRecord
from components.clinical.terms import DANGEROUS, Matched, Route, Severity, Treatment, Use

_SUPPLY_BY_ROUTE = {
    Route.IV: Treatment.KETAMINE_IV,
    Route.INJECTION: Treatment.KETAMINE_IM_SC,
    Route.ORAL: Treatment.KETAMINE_ORAL,
    Route.SUBLINGUAL: Treatment.KETAMINE_ORAL,
    Route.NASAL: Treatment.KETAMINE_NASAL,
}
KETAMINES = frozenset({"ketamine", "esketamine"})


@dataclass(frozen=True, slots=True)
class Matches:
    """Records for one entry: the deciding one first, those for reference last."""

    records: tuple[InteractionRecord, ...]
    overridden: tuple[tuple[str, str], ...]
    unassessed: tuple[str, ...]
    """Medicines of the entry of which no record speaks."""


def match_entry(
    entry: Entry, treatment: Treatment | None, both_ketamines: bool, knowledge_base: KnowledgeBase
) -> Matches:
    """All records that speak of the entry for the treatment (None: any treatment).

    ``both_ketamines``: the list holds ketamine and esketamine, so neither passes as the planned treatment when no
    treatment is chosen.
    """
    second_supply = is_second_supply(entry, treatment, both_ketamines)
    certain: dict[str, InteractionRecord] = {}
    possible: dict[str, InteractionRecord] = {}
    covered: set[str] = set()
    for thing in (*((entry.product,) if entry.product else ()), *entry.medicines):
        for record in knowledge_base.records_of.get(thing, ()):
            if record.listed_as == "allergy" or (treatment is not None and treatment not in record.treatments):
                continue
            holds = _applies(record.applies_when, entry, thing, second_supply, knowledge_base)
            if holds is False or (
                holds is None and record.applies_when and record.applies_when.when_unknown != "applies"
            ):
                continue
            (possible if holds is None else certain)[record.id] = record
            if not record.reference_only:
                covered.update(entry.medicines if thing == entry.product else (thing,))
    kept, overridden = _without_overridden(certain)
    kept += _stricter(possible, kept, treatment, {gone for gone, _ in overridden})
    unassessed = tuple(name for name in entry.medicines if name not in covered)
    return Matches(_in_deciding_order(kept, treatment, entry), overridden, unassessed)


def is_second_supply(entry: Entry, treatment: Treatment | None, both_ketamines: bool) -> bool:
    """True for ketamine or esketamine that cannot be the planned treatment itself."""
    mine = KETAMINES & set(entry.medicines)
    if not mine:
        return False
    if entry.details.taken_otherwise:
        return True
    if treatment is None:
        return both_ketamines
    if mine != {treatment.substance}:
        return True
    if entry.details.compounded and treatment not in (Treatment.KETAMINE_ORAL, Treatment.KETAMINE_NASAL):
        return True
    route = entry.details.route
    if treatment is Treatment.ESKETAMINE_NASAL:
        return route not in (None, Route.NASAL)
    return route is not None and _SUPPLY_BY_ROUTE.get(route) is not treatment


def effective_route(entry: Entry, thing: str, knowledge_base: KnowledgeBase) -> Route | None:
    """The route that the entry states, else that of its product, else the usual one; None: usually swallowed."""
    product_route = knowledge_base.usual_route(entry.product) if entry.product else None
    return entry.details.route or product_route or knowledge_base.usual_route(thing)


def is_other_form(entry: Entry, thing: str, knowledge_base: KnowledgeBase) -> bool:
    """True for a skin, eye or scalp form of a medicine that is usually taken another way."""
    route = entry.details.route
    return route is not None and route.is_local and route is not knowledge_base.usual_route(thing)


def condition_holds(
    condition: Condition, entry: Entry, thing: str, second_supply: bool, knowledge_base: KnowledgeBase
) -> bool | None:
    """True, False, or None when the entry does not tell."""
    parts: list[bool | None] = []
    if condition.routes:
        route = effective_route(entry, thing, knowledge_base)
        parts.append(None if route is None else route in condition.routes)
    daily = entry.details.daily_mg
    if condition.daily_mg_at_most is not None:
        parts.append(None if daily is None else daily <= condition.daily_mg_at_most)
    if condition.daily_mg_at_least is not None:
        parts.append(None if daily is None else daily >= condition.daily_mg_at_least)
    if condition.prescribed is not None:
        parts.append(None if (prescribed := _is_prescribed(entry)) is None else prescribed == condition.prescribed)
    if condition.second_supply is not None:
        parts.append(second_supply == condition.second_supply)
    if False in parts:
        return False
    return None if None in parts else True


def _is_prescribed(entry: Entry) -> bool | None:
    """A brand or a strength stands for a prescription, unless the entry says otherwise."""
    if entry.details.taken_otherwise:
        return False
    return True if entry.details.has_dose or entry.matched is Matched.BRAND else None


def _applies(
    condition: Condition | None, entry: Entry, thing: str, second_supply: bool, knowledge_base: KnowledgeBase
) -> bool | None:
    route = entry.details.route
    if is_other_form(entry, thing, knowledge_base) and not (condition and route in condition.routes):
        return False
    return True if condition is None else condition_holds(condition, entry, thing, second_supply, knowledge_base)


def _without_overridden(
    certain: dict[str, InteractionRecord],
) -> tuple[list[InteractionRecord], tuple[tuple[str, str], ...]]:
    gone = {
        yielding: record.override_reason or ""
        for record in certain.values()
        for yielding in record.overrides
        if yielding in certain
    }
    return [record for record in certain.values() if record.id not in gone], tuple(gone.items())


def _stricter(
    possible: dict[str, InteractionRecord],
    kept: Sequence[InteractionRecord],
    treatment: Treatment | None,
    gone: set[str],
) -> list[InteractionRecord]:
    """Of the records whose condition the entry does not tell, those stricter than everything certain."""
    certain_rank = max((_rank(record, treatment) for record in kept), default=-1)
    return [
        record
        for record in possible.values()
        if record.id not in gone and (_rank(record, treatment) > certain_rank or not kept)
    ]


def _rank(record: InteractionRecord, treatment: Treatment | None) -> int:
    """0 for no data; a reference record ranks below everything."""
    if record.reference_only:
        return -1
    severity = record.severity_for(treatment)
    return 0 if severity is None else severity.rank + 1


def _in_deciding_order(
    records: Sequence[InteractionRecord], treatment: Treatment | None, entry: Entry
) -> tuple[InteractionRecord, ...]:
    """Highest severity first; among equals the one on the product, then the most specific one."""

    def order(record: InteractionRecord) -> tuple[int, bool, bool, int, str]:
        return (
            -_rank(record, treatment),
            entry.product not in record.combinations,
            bool(record.classes),
            len(record.medicines) + len(record.combinations),
            record.id,
        )

    return tuple(sorted(records, key=order))


def still_counts(entry: Entry, washout_days: int | None) -> bool:
    """A stopped medicine counts while its washout lasts; without a stated washout it is only shown.

    What was stopped yesterday may have been taken hours ago: no washout is over by then.
    """
    if entry.details.use is not Use.STOPPED:
        return True
    if washout_days is None:
        return False
    days = entry.details.stopped_days_ago
    return days is None or days <= 1 or days < washout_days


def may_still_act(
    entry: Entry, severity: Severity | None, washout_days: int | None, knowledge_base: KnowledgeBase
) -> bool:
    """True for a stopped medicine that must not be combined, while no record says how long it still acts.

    Once the longest washout of any record has passed it is past.
    """
    if entry.details.use is not Use.STOPPED or washout_days is not None or severity not in DANGEROUS:
        return False
    days = entry.details.stopped_days_ago
    return days is None or days <= max((each.washout_days or 0 for each in knowledge_base.records.values()), default=0)


def unassessed_treatments(entry: Entry, knowledge_base: KnowledgeBase) -> tuple[Treatment, ...]:
    """Treatments of which no record speaks for some medicine of the entry."""
    each_alone = {each: match_entry(entry, each, False, knowledge_base) for each in Treatment}
    return tuple(each for each, found in each_alone.items() if found.unassessed)


def deciding_records(records: Sequence[InteractionRecord]) -> list[InteractionRecord]:
    """Those that may set a severity."""
    return [record for record in records if not record.reference_only]


def named_in(record: InteractionRecord, medicines: Sequence[str], knowledge_base: KnowledgeBase) -> tuple[str, ...]:
    """Those of the medicines of which the record speaks by name or class."""
    return tuple(
        name
        for name in medicines
        if name in record.medicines
        or (name in knowledge_base.medicines and knowledge_base.medicines[name].medicine_class in record.classes)
    )
