"""Every row of data/ that rests on sources, as one catalogue: what it is, what it is about, how sure, signed or not."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Any

from components.clinical.catalogue_words import RowKind, title_of, verdict_of
from components.clinical.claims import Claim
from components.clinical.data_rows import DataRow
from components.clinical.factors import ChecklistItem, FactorRule
from components.clinical.guide import HeardClaim
from components.clinical.knowledge_base import KnowledgeBase
from components.clinical.onset_terms import Lane
from components.clinical.records import BurdenAction, InteractionRecord, Model, PairRecord, Provenance
from components.clinical.review_dates import ReviewDates, find_review_dates
from components.clinical.schema import MODELS
from components.clinical.side_effect_terms import Agent
from components.clinical.terms import EvidenceGrade, RecordStatus

_OPAQUE_ID = re.compile(r"[A-Z]{2}-\d{4}")
_KIND_OF = {model: RowKind(name) for name, model in MODELS.items() if name in list(RowKind)}
_LANES: Mapping[Lane, tuple[tuple[str, ...], tuple[str, ...]]] = {
    Lane.KETAMINE_IV: (("ketamine",), ()),
    Lane.ESKETAMINE: (("esketamine",), ()),
    Lane.SSRI: ((), ("ssri",)),
    Lane.SSRI_WITH_KETAMINE: (("ketamine",), ("ssri",)),
    Lane.KETAMINE_OTHER: (("ketamine",), ()),
    Lane.SNRI: ((), ("snri",)),
}
"""Medicines and classes whose results stand in a lane."""
_NAMED_IN = {
    **dict.fromkeys(("records", "overrides"), RowKind.INTERACTIONS),
    **dict.fromkeys(("effect", "effects"), RowKind.EFFECTS),
    **dict.fromkeys(("section", "sections", "about"), RowKind.PATIENT_GUIDE),
    "facts": RowKind.SIDE_EFFECTS,
    "situations": RowKind.TREATMENT_FIT,
    "timeline": RowKind.ONSET_VIEWS,
    "compared_with": RowKind.ONSET,
}
"""Fields that name rows of another kind by id."""


@dataclass(frozen=True, slots=True)
class CatalogueRow:
    """One row of one data file that rests on sources."""

    key: str
    """Its opaque id, or kind and id where an id is unique among its kind only: 'effects:nausea'."""
    kind: RowKind
    title: str
    medicines: tuple[str, ...]
    classes: tuple[str, ...]
    verdict: str | None
    """In words; None for a kind of row that judges nothing."""
    grade: EvidenceGrade | None
    status: RecordStatus | None
    """None for rows that are not signed by themselves: shared steps and actions, statements of intended use."""
    next_review: date | None
    sources: tuple[str, ...]
    """Those of its parts included."""
    names: tuple[str, ...]
    """Keys of the rows that it names."""
    record: Model

    @property
    def id(self) -> str:
        """As it stands in the file."""
        return self.key.rpartition(":")[2]


def catalogue(base: KnowledgeBase) -> tuple[CatalogueRow, ...]:
    """All rows, kinds in the order of RowKind, ids in that of the alphabet."""
    order = list(RowKind)
    rows = [_row(record, base) for record in statements(base)]
    known = {row.key for row in rows}
    held = (_with_known_names(row, known) for row in rows)
    return tuple(sorted(held, key=lambda row: (order.index(row.kind), row.key)))


def statements(part: Any) -> Iterator[Model]:
    """Everything in the knowledge base, or a part of it, that names sources row by row."""
    for each in fields(part):
        value = getattr(part, each.name)
        if is_dataclass(value):
            yield from statements(value)
        elif isinstance(value, Mapping | tuple):
            rows = value.values() if isinstance(value, Mapping) else value
            yield from (row for row in rows if type(row) in _KIND_OF)


def relied_on(rows: Iterable[CatalogueRow]) -> Mapping[str, tuple[CatalogueRow, ...]]:
    """Rows by the id of a source that they, or their parts, cite."""
    found: dict[str, list[CatalogueRow]] = defaultdict(list)
    for row in rows:
        for source in row.sources:
            found[source].append(row)
    return MappingProxyType({source: tuple(citing) for source, citing in found.items()})


def related(row: CatalogueRow, rows: Sequence[CatalogueRow]) -> tuple[CatalogueRow, ...]:
    """Rows that name this one, or that it names."""
    return tuple(each for each in rows if each is not row and (each.key in row.names or row.key in each.names))


def review_dates(rows: Iterable[CatalogueRow], on: date) -> ReviewDates:
    """Which rows are due for review; grouped by kind, the key of a row is that of the catalogue."""
    dated = (DataRow(row.kind, row.kind, row.key, {"next_review": row.next_review}) for row in rows if row.next_review)
    return find_review_dates(dated, on)


def _row(record: Any, base: KnowledgeBase) -> CatalogueRow:
    kind = _KIND_OF[type(record)]
    medicines, classes = _about(record, base)
    return CatalogueRow(
        key=_key(kind, record.burden if isinstance(record, BurdenAction) else record.id),
        kind=kind,
        title=title_of(record, base),
        medicines=medicines,
        classes=classes,
        verdict=verdict_of(record),
        grade=getattr(record, "evidence_grade", None) or _certainty(record),
        status=record.status if isinstance(record, Provenance) else None,
        next_review=record.next_review if isinstance(record, Provenance) else None,
        sources=tuple(dict.fromkeys(_sources(record))),
        names=tuple(dict.fromkeys(_names(record, base))),
        record=record,
    )


def _key(kind: RowKind, name: str) -> str:
    return str(name) if _OPAQUE_ID.fullmatch(name) else f"{kind}:{name}"


def _with_known_names(row: CatalogueRow, known: set[str]) -> CatalogueRow:
    return replace(row, names=tuple(name for name in row.names if name in known and name != row.key))


def _certainty(record: Model) -> EvidenceGrade | None:
    certainty = getattr(record, "certainty", None)
    return certainty if isinstance(certainty, EvidenceGrade) else None


def _sources(record: Model) -> Iterator[str]:
    """Sources of a row and of its parts, in the order of the file."""
    for name in type(record).model_fields:
        value = getattr(record, name)
        if name == "sources":
            yield from value
        parts = value if isinstance(value, tuple) else (value,)
        yield from (source for part in parts if isinstance(part, Model) for source in _sources(part))


def _about(record: Any, base: KnowledgeBase) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Medicines (combination products too) and classes of which a row speaks."""
    match record:
        case InteractionRecord():
            return (*record.medicines, *record.combinations), record.classes
        case PairRecord():
            return tuple(dict.fromkeys(each.medicine for each in (*record.first, *record.second))), ()
        case FactorRule():
            return (), record.with_classes
        case Claim():
            named = [_about(base.records[name], base) for name in record.records if name in base.records]
            named_medicines = dict.fromkeys(each for found, _ in named for each in found)
            return tuple(named_medicines), tuple(dict.fromkeys(each for _, found in named for each in found))
    agent, lane = getattr(record, "agent", None), getattr(record, "lane", None)
    if agent is not None:
        return (agent.medicine,) if agent.medicine else (), ("ssri",) if agent is Agent.SSRI_CLASS else ()
    medicines, classes = _LANES[lane] if lane is not None else ((), ())
    own = getattr(record, "medicine", None)
    return tuple(dict.fromkeys((*([own] if own else ()), *medicines))), classes


def _names(record: Any, base: KnowledgeBase) -> Iterator[str]:
    """Keys that a row names; some of them may be of rows that do not stand in the catalogue."""
    for field, kind in _NAMED_IN.items():
        value = getattr(record, field, None)
        yield from (_key(kind, name) for name in (value if isinstance(value, tuple) else (value,) if value else ()))
    for point in getattr(record, "points", ()):
        if isinstance(point, str):
            yield _key(RowKind.ONSET, base.onset.results[point].series.id)
    match record:
        case InteractionRecord():
            yield from _named_by_interaction(record, base)
        case ChecklistItem():
            yield from _rules_of(record.factors, base)
        case HeardClaim():
            yield from (each.id for each in base.evidence.claims.values() if each.origin in record.claims)


def _named_by_interaction(record: InteractionRecord, base: KnowledgeBase) -> Iterator[str]:
    """Its shared steps and actions, the factors that change it, the factor rules that hold with its class only."""
    steps = (*record.plan.before, *record.plan.on_the_day, *record.plan.after)
    yield from (_key(RowKind.STEPS, step.shared) for step in steps if step.shared)
    yield from (_key(RowKind.BURDEN_ACTIONS, burden) for burden in record.burden)
    yield from _rules_of([name for each in record.modifying_factors for name in each.patient_factors], base)
    classes = {*record.classes, *(base.medicines[name].medicine_class for name in record.medicines)}
    rules = (rule for rule in base.patient.rules.values() if classes & set(rule.with_classes))
    yield from (_key(RowKind.FACTOR_RULES, rule.id) for rule in rules)


def _rules_of(factors: Iterable[str], base: KnowledgeBase) -> Iterator[str]:
    for name in factors:
        yield from (_key(RowKind.FACTOR_RULES, rule) for rule in base.patient.factors[name].rules)
