"""Parts of a record in words: nothing of the form 'metric: ...; value: ...' reaches a reader, and nothing is lost."""

import re
import types
from typing import Any, Union, get_args, get_origin

import pytest
from pydantic import BaseModel

from components.clinical.catalogue import catalogue
from components.clinical.knowledge_base import KnowledgeBase
from components.clinical.onset_base import ArmResult
from components.clinical.onset_words import number
from components.clinical.record_labels import labelled_lines
from components.clinical.record_parts import part_in_words, result_row
from components.clinical.record_words import patient_lines
from components.clinical.records import PlanStep, Provenance
from components.clinical.schema import MODELS

RAW = re.compile(
    r"(?:^|; )(?:metric|value|low|high|text|when|heading|feedback|about|verdict|factor|action|definition): "
)


def models_in(annotation: Any) -> set[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return {annotation}
    return {model for each in get_args(annotation) for model in models_in(each)}


def is_list(annotation: Any) -> bool:
    if get_origin(annotation) in (Union, types.UnionType):
        return any(map(is_list, get_args(annotation)))
    return get_origin(annotation) is tuple


def parts_of(record: BaseModel) -> list[BaseModel]:
    """Every member of a list of parts."""
    values = [getattr(record, name) for name in type(record).model_fields]
    return [part for value in values if isinstance(value, tuple) for part in value if isinstance(part, BaseModel)]


def test_every_kind_of_part_has_words(base: KnowledgeBase) -> None:
    """A new kind of part without words would stop the card: this test names it first."""
    kinds = {
        model
        for row in MODELS.values()
        if issubclass(row, Provenance)
        for field in row.model_fields.values()
        if is_list(field.annotation)
        for model in models_in(field.annotation)
    }
    records = [row.record for row in catalogue(base) if isinstance(row.record, Provenance)]
    parts = [part for record in records for part in parts_of(record) if not isinstance(part, PlanStep)]
    assert {type(part) for part in parts} == kinds - {PlanStep}
    for part in parts:
        words = part_in_words(part)
        assert words.clinician or words.patient
    with pytest.raises(TypeError, match="no words for"):
        part_in_words(base.sources["han-2016"])


def test_no_card_shows_the_fields_of_a_part(base: KnowledgeBase) -> None:
    found = [
        f"{row.key}: {text}"
        for row in catalogue(base)
        if isinstance(row.record, Provenance)
        for text in (
            *(text for _, texts in labelled_lines(row.record, base) for text in texts),
            *(line.text for line in patient_lines(row.record, base)),
        )
        if RAW.search(text)
    ]
    assert not found, "\n".join(found)


def results(base: KnowledgeBase) -> list[ArmResult]:
    return list(base.onset.results.values())


def test_a_result_keeps_value_interval_people_and_what_to_mind(base: KnowledgeBase) -> None:
    for result in results(base):
        point, row = result.point, result_row(result.point)
        for figure in (point.value, point.low, point.high):
            assert figure is None or number(figure) in f"{row.value} {row.mind}", point.id
        assert row.time == point.time
        assert point.scale in row.measured
        assert row.people == (point.people_note or f"n = {point.people:,}")
        for text in (point.caveat, point.definition, point.shown_reason):
            assert text is None or text in row.mind, point.id
        told = part_in_words(point).clinician
        assert all(each in told for each in (row.value, row.people, row.time)), point.id


def test_the_words_of_the_guide_are_told_to_the_patient(base: KnowledgeBase) -> None:
    section = base.guide.sections["both_together"]
    told = " ".join(line.text for line in patient_lines(section, base))
    to_clinician = " ".join(text for _, texts in labelled_lines(section, base) for text in texts)
    for part in section.parts:
        if part.text:
            assert part.text["en"] in told
            assert part.text["en"] not in to_clinician
        assert all(source in to_clinician for source in part.sources)
