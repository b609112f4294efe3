"""Load data/, cross-check every reference, and return one frozen, indexed KnowledgeBase."""

import gc
import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from itertools import chain
from pathlib import Path
from types import MappingProxyType
from typing import Any

from components.clinical.cross_check import WITH_PROVENANCE, check_references
from components.clinical.data_files import DataFault, KnowledgeBaseError, Located, read_models, read_vocabulary
from components.clinical.evidence_base import EvidenceBase, build_evidence_base, read_evidence_files
from components.clinical.factor_base import FactorBase, build_factor_base, read_factor_files
from components.clinical.guide_base import GuideBase, build_guide_base, read_guide_files
from components.clinical.onset_base import OnsetBase, build_onset_base, read_onset_files
from components.clinical.records import (
    AmbiguousName,
    BurdenAction,
    Combination,
    InteractionRecord,
    LookAlike,
    Medicine,
    MedicineClass,
    PairRecord,
    Provenance,
    SharedStep,
    Source,
    VocabularyName,
)
from components.clinical.sample_case import SampleCase
from components.clinical.side_effect_base import SideEffectBase, build_side_effect_base, read_side_effect_files
from components.clinical.terms import RecordStatus, Route

WITHOUT_ID = ("ambiguous", "look_alikes", "burden_actions")
DATA_FOLDER = Path(__file__).resolve().parents[2] / "data"


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Which knowledge a report rests on."""

    content_hash: str
    compiled_on: date
    signed_on: date | None
    status: RecordStatus


@dataclass(frozen=True, slots=True, repr=False)
class KnowledgeBase:
    """Everything in data/, validated and indexed. Shared between sessions, so nothing in it can change."""

    knowledge: Knowledge
    medicines: Mapping[str, Medicine]
    combinations: Mapping[str, Combination]
    product_of: Mapping[frozenset[str], str]
    """Combination id by the set of its medicines."""
    classes: Mapping[str, MedicineClass]
    records: Mapping[str, InteractionRecord]
    records_of: Mapping[str, tuple[InteractionRecord, ...]]
    """Records by medicine or combination id, class records included."""
    pairs: tuple[PairRecord, ...]
    pairs_of: Mapping[str, tuple[PairRecord, ...]]
    sources: Mapping[str, Source]
    steps: Mapping[str, SharedStep]
    burden_actions: tuple[BurdenAction, ...]
    ambiguous: tuple[AmbiguousName, ...]
    look_alikes: tuple[LookAlike, ...]
    samples: tuple[SampleCase, ...]
    vocabulary: tuple[VocabularyName, ...]
    onset: OnsetBase
    side_effects: SideEffectBase
    guide: GuideBase
    patient: FactorBase
    evidence: EvidenceBase

    def __repr__(self) -> str:
        return f"KnowledgeBase({self.knowledge.content_hash}, {len(self.records)} records)"

    def usual_route(self, thing: str) -> Route | None:
        """Usual route of a medicine or combination id; None means swallowed."""
        if thing in self.combinations:
            return self.combinations[thing].route
        medicine = self.medicines.get(thing)
        return medicine.usual_route if medicine else None


def load_knowledge_base(folder: Path = DATA_FOLDER) -> KnowledgeBase:
    """Read, validate and cross-check all of ``folder``.

    Raises KnowledgeBaseError with every fault found; a knowledge base that is partly wrong is not used at all.
    """
    with _garbage_collection_paused():
        return _load(folder)


@contextmanager
def _garbage_collection_paused() -> Iterator[None]:
    """Loading makes some 100,000 objects that all stay: collecting among them cost a third of the time (measured)."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _load(folder: Path) -> KnowledgeBase:
    faults: list[DataFault] = []
    files = {
        "classes": read_models(folder, "classes.yaml", MedicineClass, faults),
        "medicines": read_models(folder, "medicines/*.yaml", Medicine, faults),
        "combinations": read_models(folder, "combinations.yaml", Combination, faults),
        "ambiguous": read_models(folder, "ambiguous_names.yaml", AmbiguousName, faults),
        "look_alikes": read_models(folder, "look_alikes.yaml", LookAlike, faults),
        "burden_actions": read_models(folder, "burden_actions.yaml", BurdenAction, faults),
        "steps": read_models(folder, "steps.yaml", SharedStep, faults),
        "records": read_models(folder, "interactions/*.yaml", InteractionRecord, faults),
        "pairs": read_models(folder, "pairs.yaml", PairRecord, faults),
        "sources": read_models(folder, "sources.yaml", Source, faults),
        "samples": read_models(folder, "samples.yaml", SampleCase, faults),
        **read_onset_files(folder, faults),
        **read_side_effect_files(folder, faults),
        **read_guide_files(folder, faults),
        **read_factor_files(folder, faults),
        **read_evidence_files(folder, faults),
    }
    vocabulary = read_vocabulary(folder / "vocabulary.csv", faults)
    indexed = {kind: _index(files[kind], faults) for kind in files if kind not in WITHOUT_ID}
    check_references(files, indexed, faults)
    if not files["records"] and not faults:
        faults.append(DataFault("interactions/*.yaml", "", "", "no record in it", "at least one record"))
    if faults:
        raise KnowledgeBaseError(faults)
    return _build(folder, files, indexed, vocabulary)


def _index(located: list[Located], faults: list[DataFault]) -> dict[str, Any]:
    """Records by id; an id that stands twice is a fault."""
    found: dict[str, Any] = {}
    for each in located:
        if each.record.id in found:
            faults.append(DataFault(each.file, each.record.id, "id", "stands twice", "an id of its own"))
        found[each.record.id] = each.record
    return found


def _build(
    folder: Path,
    files: dict[str, list[Located]],
    indexed: dict[str, dict[str, Any]],
    vocabulary: list[VocabularyName],
) -> KnowledgeBase:
    records: dict[str, InteractionRecord] = indexed["records"]
    pairs: tuple[PairRecord, ...] = tuple(indexed["pairs"].values())
    members_of_class: dict[str, list[str]] = defaultdict(list)
    for medicine in indexed["medicines"].values():
        members_of_class[medicine.medicine_class].append(medicine.id)
    records_of: dict[str, list[InteractionRecord]] = defaultdict(list)
    for record in records.values():
        by_class = chain.from_iterable(members_of_class[each] for each in record.classes)
        for thing in dict.fromkeys((*record.medicines, *record.combinations, *by_class)):
            records_of[thing].append(record)
    pairs_of: dict[str, list[PairRecord]] = defaultdict(list)
    for pair in pairs:
        for name in {member.medicine for member in (*pair.first, *pair.second)}:
            pairs_of[name].append(pair)
    return KnowledgeBase(
        knowledge=_knowledge(folder, [each.record for kind in WITH_PROVENANCE for each in files[kind]]),
        medicines=MappingProxyType(indexed["medicines"]),
        combinations=MappingProxyType(indexed["combinations"]),
        product_of=MappingProxyType({frozenset(each.medicines): each.id for each in indexed["combinations"].values()}),
        classes=MappingProxyType(indexed["classes"]),
        records=MappingProxyType(records),
        records_of=MappingProxyType({thing: tuple(found) for thing, found in records_of.items()}),
        pairs=pairs,
        pairs_of=MappingProxyType({thing: tuple(found) for thing, found in pairs_of.items()}),
        sources=MappingProxyType(indexed["sources"]),
        burden_actions=tuple(each.record for each in files["burden_actions"]),
        steps=MappingProxyType(indexed["steps"]),
        ambiguous=tuple(each.record for each in files["ambiguous"]),
        look_alikes=tuple(each.record for each in files["look_alikes"]),
        samples=tuple(indexed["samples"].values()),
        vocabulary=tuple(vocabulary),
        onset=build_onset_base(indexed),
        side_effects=build_side_effect_base(indexed),
        guide=build_guide_base(indexed),
        patient=build_factor_base(indexed),
        evidence=build_evidence_base(indexed),
    )


def _knowledge(folder: Path, statements: list[Provenance]) -> Knowledge:
    signed = all(each.status is RecordStatus.SIGNED for each in statements)
    return Knowledge(
        content_hash=content_hash(folder),
        compiled_on=max(each.compiled_on for each in statements),
        signed_on=max(each.signed_on or each.compiled_on for each in statements) if signed else None,
        status=RecordStatus.SIGNED if signed else RecordStatus.DRAFT,
    )


def content_hash(folder: Path = DATA_FOLDER) -> str:
    """First 12 hex digits of a SHA-256 over the names and bytes of all YAML and CSV files of ``folder``.

    A file that cannot be read counts by its name alone: the hash is then no one's that was ever loaded.
    """
    digest = hashlib.sha256()
    for path in sorted([*folder.rglob("*.yaml"), *folder.rglob("*.csv")]):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0")
        with suppress(OSError):  # a file may go, or lose its permission, while a server runs
            digest.update(path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]
