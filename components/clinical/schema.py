"""JSON Schema of every data file, generated from the models; editors complete and lint from it."""

import json
from pathlib import Path
from types import GenericAlias
from typing import Any

from pydantic import TypeAdapter

from components.clinical.claims import Claim
from components.clinical.factors import ChecklistItem, Factor, FactorRule
from components.clinical.fit import FitCard
from components.clinical.guide import (
    CrisisLine,
    GlossaryTerm,
    GuideSection,
    HeardClaim,
    Pathway,
    PatientQuestion,
    SheetStatement,
    TeachBackQuestion,
)
from components.clinical.hazards import Hazard, IntendedUseStatement, KnownLimit
from components.clinical.onset import HonestLimit, OnsetSeries, OutOf100, TimelineMark, ViewText
from components.clinical.records import (
    AmbiguousName,
    BurdenAction,
    Combination,
    InteractionRecord,
    LookAlike,
    Medicine,
    MedicineClass,
    Model,
    PairRecord,
    SharedStep,
    Source,
)
from components.clinical.sample_case import SampleCase
from components.clinical.side_effect_answers import (
    CheckMarkRow,
    ComparabilityLimit,
    EffectViewText,
    TimeCourse,
    Worry,
    WorryAnswer,
)
from components.clinical.side_effects import AxisGroup, Effect, EffectFact

MODELS: dict[str, type[Model]] = {
    "ambiguous_names": AmbiguousName,
    "axis_groups": AxisGroup,
    "burden_actions": BurdenAction,
    "check_marks": CheckMarkRow,
    "checklist": ChecklistItem,
    "claims": Claim,
    "classes": MedicineClass,
    "combinations": Combination,
    "comparability": ComparabilityLimit,
    "crisis_lines": CrisisLine,
    "effects": Effect,
    "factor_rules": FactorRule,
    "factors": Factor,
    "glossary": GlossaryTerm,
    "guide_heard": HeardClaim,
    "guide_pathways": Pathway,
    "guide_questions": PatientQuestion,
    "hazards": Hazard,
    "intended_use": IntendedUseStatement,
    "interactions": InteractionRecord,
    "known_limits": KnownLimit,
    "look_alikes": LookAlike,
    "medicines": Medicine,
    "onset": OnsetSeries,
    "onset_limits": HonestLimit,
    "onset_marks": TimelineMark,
    "onset_views": ViewText,
    "out_of_100": OutOf100,
    "pairs": PairRecord,
    "patient_guide": GuideSection,
    "samples": SampleCase,
    "sheet_statements": SheetStatement,
    "side_effect_views": EffectViewText,
    "side_effects": EffectFact,
    "sources": Source,
    "steps": SharedStep,
    "teach_back": TeachBackQuestion,
    "time_courses": TimeCourse,
    "treatment_fit": FitCard,
    "worries": Worry,
    "worry_answers": WorryAnswer,
}


def schema_text(name: str) -> str:
    """The JSON Schema of one kind of data file, as it stands in data/schema/."""
    rows: Any = GenericAlias(list, (MODELS[name],))
    schema = TypeAdapter(rows).json_schema()
    return json.dumps({"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}, indent=2) + "\n"


def write_schemas(folder: Path) -> list[str]:
    """Write all schemas; returns the paths written."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name in MODELS:
        path = folder / f"{name}.json"
        path.write_text(schema_text(name), encoding="utf-8")
        paths.append(str(path))
    return paths
