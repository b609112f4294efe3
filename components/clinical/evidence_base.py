"""Claims, hazards, limits and intended use of data/, cross-checked and indexed: part of the knowledge base."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from components.clinical.claims import Claim
from components.clinical.data_files import DataFault, Located, Need, read_models
from components.clinical.hazards import Hazard, IntendedUseStatement, KnownLimit


@dataclass(frozen=True, slots=True, repr=False)
class EvidenceBase:
    """What others say against the evidence, and what this product may do wrong, by id in the order of the files."""

    claims: Mapping[str, Claim]
    hazards: Mapping[str, Hazard]
    known_limits: Mapping[str, KnownLimit]
    intended_use: Mapping[str, IntendedUseStatement]


def read_evidence_files(folder: Path, faults: list[DataFault]) -> dict[str, list[Located]]:
    """All rows of the files, by kind; faulty rows are reported and left out."""
    return {
        "claims": read_models(folder, "claims.yaml", Claim, faults),
        "hazards": read_models(folder, "hazards.yaml", Hazard, faults),
        "known_limits": read_models(folder, "known_limits.yaml", KnownLimit, faults),
        "intended_use": read_models(folder, "intended_use.yaml", IntendedUseStatement, faults),
    }


def check_evidence_references(files: dict[str, list[Located]], indexed: dict[str, dict[str, Any]], need: Need) -> None:
    """Every record, section, question, effect and source that a claim or statement names exists."""
    for each in files["claims"]:
        claim: Claim = each.record
        need(each, "records", claim.records, indexed["records"] | indexed["pairs"], "interactions/ or pairs.yaml")
        need(each, "sections", claim.sections, indexed["guide_sections"], "patient_guide.yaml")
        need(each, "questions", claim.questions, indexed["guide_questions"], "guide_questions.yaml")
        need(each, "effects", claim.effects, indexed["effects"], "effects.yaml")
        need(each, "situations", claim.situations, indexed["fit_cards"], "treatment_fit.yaml")
        need(each, "timeline", claim.timeline, indexed["onset_views"], "onset_views.yaml")
    for each in files["intended_use"]:
        need(each, "sources", each.record.sources, indexed["sources"], "sources.yaml")


def build_evidence_base(indexed: dict[str, dict[str, Any]]) -> EvidenceBase:
    """Index the validated rows."""
    return EvidenceBase(
        claims=MappingProxyType(indexed["claims"]),
        hazards=MappingProxyType(indexed["hazards"]),
        known_limits=MappingProxyType(indexed["known_limits"]),
        intended_use=MappingProxyType(indexed["intended_use"]),
    )
