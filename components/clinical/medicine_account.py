"""Everything that data/ holds on one medicine or combination product, brought together for the curator."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from components.clinical.factors import Factor, FactorRule
from components.clinical.knowledge_base import KnowledgeBase
from components.clinical.line_words import name_key
from components.clinical.records import (
    Combination,
    InteractionRecord,
    LookAlike,
    Medicine,
    MedicineClass,
    PairRecord,
    Source,
)
from components.clinical.terms import Burden

Statement = TypeVar("Statement", InteractionRecord, PairRecord)


@dataclass(frozen=True, slots=True)
class MedicineAccount:
    """What we hold; one of ``medicine`` and ``product`` is set."""

    id: str
    medicine: Medicine | None
    product: Combination | None
    medicine_class: MedicineClass | None
    """None for a product: each of its medicines has its own."""
    products: tuple[str, ...]
    """Ids of combination products that contain it."""
    ambiguous: tuple[str, ...]
    """Names that may mean it, or something else."""
    look_alikes: tuple[LookAlike, ...]
    records: tuple[InteractionRecord, ...]
    """By id; class records included, and for a product those of its medicines."""
    pairs: tuple[PairRecord, ...]
    burden: tuple[Burden, ...]
    factors: tuple[tuple[Factor, FactorRule], ...]
    """Rules about the patient that hold with its class only."""
    series: tuple[str, ...]
    """Ids of trial results over time with it."""
    facts: tuple[str, ...]
    """Ids of figures on its side effects."""
    sources: tuple[Source, ...]
    """Of records, pairs and factor rules, in their order."""


def tell_of(thing: str, base: KnowledgeBase) -> MedicineAccount:
    """All on one id of medicines/ or combinations.yaml. Raises KeyError for any other."""
    product = base.combinations.get(thing)
    medicine = None if product else base.medicines[thing]
    parts = product.medicines if product else (thing,)
    records = _once_by_id(each for name in dict.fromkeys((thing, *parts)) for each in base.records_of.get(name, ()))
    pairs = _once_by_id(each for name in parts for each in base.pairs_of.get(name, ()))
    classes = {base.medicines[name].medicine_class for name in parts}
    factors = tuple(
        (factor, rule)
        for factor in base.patient.factors.values()
        for rule in (base.patient.rules[name] for name in factor.rules)
        if classes & set(rule.with_classes)
    )
    statements = (*records, *pairs, *(rule for _, rule in factors))
    return MedicineAccount(
        id=thing,
        medicine=medicine,
        product=product,
        medicine_class=base.classes[medicine.medicine_class] if medicine else None,
        products=tuple(each.id for each in base.combinations.values() if thing in each.medicines),
        ambiguous=tuple(each.name for each in base.ambiguous if thing in each.could_be),
        look_alikes=tuple(_look_alikes(_keys(thing, medicine, product), base)),
        records=records,
        pairs=pairs,
        burden=tuple(burden for burden in Burden if any(burden in record.burden for record in records)),
        factors=factors,
        series=tuple(each.id for each in base.onset.series.values() if each.medicine in parts),
        facts=tuple(each.id for each in base.side_effects.facts.values() if each.agent.medicine in parts),
        sources=tuple(base.sources[name] for name in dict.fromkeys(s for each in statements for s in each.sources)),
    )


def _once_by_id(records: Iterable[Statement]) -> tuple[Statement, ...]:
    return tuple(sorted({each.id: each for each in records}.values(), key=lambda each: each.id))


def _keys(thing: str, medicine: Medicine | None, product: Combination | None) -> frozenset[str]:
    """All its names, as they are looked up."""
    names = [thing]
    if medicine:
        names += [*medicine.brands, *medicine.synonyms]
    if product:
        names += [*product.brands, *product.synonyms]
    return frozenset(name_key(name) for name in names)


def _look_alikes(keys: frozenset[str], base: KnowledgeBase) -> Iterator[LookAlike]:
    yield from (each for each in base.look_alikes if any(name_key(name) in keys for name in each.names))
