"""The patient guide of data/, cross-checked and indexed: part of the knowledge base."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from components.clinical.data_files import DataFault, Located, Need, read_models
from components.clinical.guide import (
    CrisisLine,
    GlossaryTerm,
    GuideSection,
    HeardClaim,
    Pathway,
    PatientQuestion,
    SheetStatement,
    StatementId,
    TeachBackQuestion,
)


@dataclass(frozen=True, slots=True, repr=False)
class GuideBase:
    """What a patient reads, in reading order, by id."""

    sections: Mapping[str, GuideSection]
    pathways: tuple[Pathway, ...]
    heard: tuple[HeardClaim, ...]
    questions: Mapping[str, PatientQuestion]
    teach_back: tuple[TeachBackQuestion, ...]
    glossary: tuple[GlossaryTerm, ...]
    crisis_lines: Mapping[str, CrisisLine]
    statements: Mapping[StatementId, SheetStatement]


def read_guide_files(folder: Path, faults: list[DataFault]) -> dict[str, list[Located]]:
    """All rows of the guide's files, by kind; faulty rows are reported and left out."""
    return {
        "guide_sections": read_models(folder, "patient_guide.yaml", GuideSection, faults),
        "guide_pathways": read_models(folder, "guide_pathways.yaml", Pathway, faults),
        "guide_heard": read_models(folder, "guide_heard.yaml", HeardClaim, faults),
        "guide_questions": read_models(folder, "guide_questions.yaml", PatientQuestion, faults),
        "teach_back": read_models(folder, "teach_back.yaml", TeachBackQuestion, faults),
        "glossary": read_models(folder, "glossary.yaml", GlossaryTerm, faults),
        "crisis_lines": read_models(folder, "crisis_lines.yaml", CrisisLine, faults),
        "sheet_statements": read_models(folder, "sheet_statements.yaml", SheetStatement, faults),
    }


def check_guide_references(
    files: dict[str, list[Located]], indexed: dict[str, dict[str, Any]], faults: list[DataFault], need: Need
) -> None:
    """Questions point to sections, the ids of a section's parts differ, no fixed line of the sheet is missing."""
    faults.extend(
        DataFault("sheet_statements.yaml", each.value, "", "is missing", "one row for each fixed line")
        for each in StatementId
        if each not in indexed["sheet_statements"]
    )
    for each in files["guide_pathways"]:
        need(each, "section", [each.record.section], indexed["guide_sections"], "patient_guide.yaml")
    for each in (*files["guide_questions"], *files["teach_back"]):
        need(each, "about", [each.record.about], indexed["guide_sections"], "patient_guide.yaml")
    for each in files["guide_sections"]:
        ids = [part.id for part in each.record.parts]
        faults.extend(
            DataFault(each.file, each.record.id, "parts", f"'{part}' stands twice", "an id of its own")
            for part in dict.fromkeys(ids)
            if ids.count(part) > 1
        )


def build_guide_base(indexed: dict[str, dict[str, Any]]) -> GuideBase:
    """Index the validated rows."""
    return GuideBase(
        sections=MappingProxyType(indexed["guide_sections"]),
        pathways=tuple(indexed["guide_pathways"].values()),
        heard=tuple(indexed["guide_heard"].values()),
        questions=MappingProxyType(indexed["guide_questions"]),
        teach_back=tuple(indexed["teach_back"].values()),
        glossary=tuple(indexed["glossary"].values()),
        crisis_lines=MappingProxyType(indexed["crisis_lines"]),
        statements=MappingProxyType({each.id: each for each in indexed["sheet_statements"].values()}),
    )
