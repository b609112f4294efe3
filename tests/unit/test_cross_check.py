"""A row of data/ that points to what does not exist, or that is wrongly signed: the one fault, word for word."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from components.clinical.cross_check import check_references
from components.clinical.data_files import DataFault, Located
from components.clinical.knowledge_base import KnowledgeBase
from components.clinical.records import ModifyingFactor, Plan
from components.clinical.signature import hash_to_sign
from components.clinical.terms import Basis, RecordStatus

HERE = "the_file.yaml"
WHO_SIGNS = "a signer with 'signed' (name, credential, date, hash; another person than compiled_by), null with 'draft'"
DRAFT_AGAIN = "'draft' without a signature until somebody has signed it as it stands now"


@pytest.fixture(scope="module")
def rows(base: KnowledgeBase) -> Mapping[str, Any]:
    """By kind: a real row that has no fault."""
    return {
        "medicines": base.medicines["lorazepam"],
        "combinations": base.combinations["olanzapine-fluoxetine"],
        "ambiguous": next(each for each in base.ambiguous if each.name == "bup"),
        "steps": base.steps["nasal_spray_one_hour_before"],
        "burden_actions": base.burden_actions[0],
        "records": base.records["KC-0048"],
        "pairs": base.pairs[0],
        "samples": base.samples[0],
    }


def faults_of(base: KnowledgeBase, kind: str, *rows: Any, **known: Mapping[str, Any]) -> list[DataFault]:
    """What is said of these rows, when the rest of data/ stands as it is."""
    exists: dict[str, Mapping[str, Any]] = {
        "medicines": base.medicines,
        "combinations": base.combinations,
        "classes": base.classes,
        "sources": base.sources,
        "steps": base.steps,
        "records": base.records,
        "factors": base.patient.factors,
        "worries": base.side_effects.worries,
        **known,
    }
    faults: list[DataFault] = []
    files = defaultdict(list, {kind: [Located(HERE, row) for row in rows]})
    indexed = defaultdict(dict, {name: dict(held) for name, held in exists.items()})
    check_references(files, indexed, faults)
    return [each for each in faults if each.file == HERE]


@pytest.mark.parametrize(
    "kind", ["medicines", "combinations", "ambiguous", "steps", "burden_actions", "records", "pairs", "samples"]
)
def test_a_row_that_fits_the_others_has_no_fault(base: KnowledgeBase, rows: Mapping[str, Any], kind: str) -> None:
    assert faults_of(base, kind, rows[kind]) == []


def test_references_to_what_exists_are_no_faults(base: KnowledgeBase, rows: Mapping[str, Any]) -> None:
    covering = rows["steps"].model_copy(update={"covers": ("usual_session_monitoring",)})
    assert faults_of(base, "steps", covering) == []
    factor, worry = next(iter(base.patient.factors)), next(iter(base.side_effects.worries))
    sample = rows["samples"].model_copy(update={"patient_factors": (factor,), "worries": (worry,)})
    assert faults_of(base, "samples", sample) == []


def test_a_row_that_no_patient_reads_needs_no_patient_wording(base: KnowledgeBase) -> None:
    series = base.onset.series
    assert not hasattr(next(iter(series.values())), "patient")
    assert faults_of(base, "onset", *series.values(), onset=series) == []


def test_every_record_and_pair_is_looked_at(base: KnowledgeBase) -> None:
    assert faults_of(base, "records", *base.records.values()) == []
    for kind, held in (("records", base.records.values()), ("pairs", base.pairs)):
        unsourced = [each.model_copy(update={"sources": ("no_such",)}) for each in held]
        assert [each.record for each in faults_of(base, kind, *unsourced)] == [each.id for each in held]


CHANGED_BY = ModifyingFactor(
    factor="Any", action="Act", patient_factors=("older-65",), severity=None, basis=Basis.JUDGEMENT
).model_copy(update={"patient_factors": ("older-65", "no_such")})


def planned(stage: str) -> dict[str, Plan]:
    return {"plan": Plan.model_validate({stage: ["=usual_session_monitoring", "=no_such", "A sentence."]})}


@pytest.mark.parametrize(
    ("kind", "name", "change", "field", "where"),
    [
        ("medicines", "lorazepam", {"medicine_class": "no_such"}, "medicine_class", "classes.yaml"),
        ("combinations", "olanzapine-fluoxetine", {"medicines": ("no_such",)}, "medicines", "medicines/"),
        ("ambiguous", "bup", {"could_be": ("no_such",)}, "could_be", "medicines/ or combinations.yaml"),
        ("steps", "nasal_spray_one_hour_before", {"sources": ("no_such",)}, "sources", "sources.yaml"),
        ("steps", "nasal_spray_one_hour_before", {"covers": ("no_such",)}, "covers", "steps.yaml"),
        ("burden_actions", "", {"sources": ("no_such",)}, "sources", "sources.yaml"),
        ("records", "KC-0048", {"medicines": ("lorazepam", "no_such")}, "medicines", "medicines/"),
        ("records", "KC-0048", {"combinations": ("no_such",)}, "combinations", "combinations.yaml"),
        ("records", "KC-0048", {"classes": ("no_such",)}, "classes", "classes.yaml"),
        (
            "records",
            "KC-0048",
            {"overrides": ("KC-0001", "no_such"), "override_reason": "Tried together."},
            "overrides",
            "interactions/",
        ),
        ("records", "KC-0048", {"modifying_factors": (CHANGED_BY,)}, "modifying_factors", "factors.yaml"),
        ("records", "KC-0048", planned("before"), "plan", "steps.yaml"),
        ("records", "KC-0048", planned("on_the_day"), "plan", "steps.yaml"),
        ("records", "KC-0048", planned("after"), "plan", "steps.yaml"),
        ("records", "KC-0048", {"sources": ("no_such",)}, "sources", "sources.yaml"),
        ("pairs", "KP-0001", {"sources": ("no_such",)}, "sources", "sources.yaml"),
    ],
    ids=str,
)
def test_a_reference_to_what_does_not_exist_is_a_fault(
    base: KnowledgeBase, rows: Mapping[str, Any], kind: str, name: str, change: dict[str, Any], field: str, where: str
) -> None:
    assert faults_of(base, kind, rows[kind].model_copy(update=change)) == [
        DataFault(HERE, name, field, f"'no_such' is not in {where}", f"an id from {where}")
    ]


@pytest.mark.parametrize(("field", "where"), [("patient_factors", "factors.yaml"), ("worries", "worries.yaml")])
def test_a_sample_with_what_does_not_exist_is_a_fault(
    base: KnowledgeBase, rows: Mapping[str, Any], field: str, where: str
) -> None:
    sample = rows["samples"].model_copy(update={field: ("no_such",)})
    assert faults_of(base, "samples", sample) == [
        DataFault(HERE, sample.id, field, f"'no_such' is not in {where}", f"an id from {where}")
    ]


@pytest.mark.parametrize("side", ["first", "second"])
def test_a_pair_with_a_member_that_does_not_exist_is_a_fault(
    base: KnowledgeBase, rows: Mapping[str, Any], side: str
) -> None:
    member = rows["pairs"].first[0].model_copy(update={"medicine": "no_such"})
    pair = rows["pairs"].model_copy(update={side: (*getattr(rows["pairs"], side), member)})
    assert faults_of(base, "pairs", pair) == [
        DataFault(HERE, "KP-0001", "first, second", "'no_such' is not in medicines/", "an id from medicines/")
    ]


def test_an_ambiguous_name_may_stand_for_a_product(base: KnowledgeBase, rows: Mapping[str, Any]) -> None:
    either = rows["ambiguous"].model_copy(update={"could_be": ("lorazepam", "olanzapine-fluoxetine")})
    assert faults_of(base, "ambiguous", either) == []


def test_an_id_is_that_of_a_medicine_or_of_a_combination(base: KnowledgeBase, rows: Mapping[str, Any]) -> None:
    both = {"lorazepam": rows["combinations"]}
    assert faults_of(base, "medicines", rows["medicines"], combinations=both) == [
        DataFault(HERE, "lorazepam", "id", "is also a combination", "one of the two")
    ]


@pytest.mark.parametrize("reason", [None, ""])
def test_a_record_that_others_yield_to_says_why(
    base: KnowledgeBase, rows: Mapping[str, Any], reason: str | None
) -> None:
    silent = rows["records"].model_copy(update={"overrides": ("KC-0001",), "override_reason": reason})
    assert faults_of(base, "records", silent) == [
        DataFault(HERE, "KC-0048", "override_reason", "is missing", "why the other records yield")
    ]
    assert faults_of(base, "records", silent.model_copy(update={"override_reason": "Tried together."})) == []
    assert faults_of(base, "records", silent.model_copy(update={"overrides": ()})) == []


def signed_as_it_stands(row: Any, base: KnowledgeBase) -> Any:
    return row.model_copy(
        update={
            "status": RecordStatus.SIGNED,
            "signed_by": "A. Signer",
            "signer_credential": "Pharmacist",
            "signed_on": date(2026, 12, 1),
            "signed_hash": hash_to_sign(row, base.steps),
            "compiled_by": "B. Compiler",
        }
    )


@pytest.mark.parametrize(("kind", "name"), [("records", "KC-0048"), ("pairs", "KP-0001")])
def test_a_signature_is_whole_and_of_what_stands_there(
    base: KnowledgeBase, rows: Mapping[str, Any], kind: str, name: str
) -> None:
    draft = rows[kind]
    half = draft.model_copy(update={"signed_by": "A. Signer"})
    assert faults_of(base, kind, half) == [
        DataFault(HERE, name, "signed_by", "'draft' with signed_by", WHO_SIGNS),
    ]
    signed = signed_as_it_stands(draft, base)
    assert faults_of(base, kind, signed) == []
    changed = "the record, or a plan step that it shares, was changed after it was signed"
    assert faults_of(base, kind, signed.model_copy(update={"action": "Go on as usual"})) == [
        DataFault(HERE, name, "signed_hash", changed, DRAFT_AGAIN)
    ]


def test_a_signed_record_is_unsigned_by_a_changed_step(base: KnowledgeBase, rows: Mapping[str, Any]) -> None:
    record = rows["records"].model_copy(update={"plan": Plan.model_validate({"before": ["=usual_session_monitoring"]})})
    signed = signed_as_it_stands(record, base)
    other = base.steps["usual_session_monitoring"].model_copy(update={"text": "Do something else"})
    steps = {**base.steps, other.id: other}
    assert faults_of(base, "records", signed) == []
    assert [each.field for each in faults_of(base, "records", signed, steps=steps)] == ["signed_hash"]


@pytest.mark.parametrize(("kind", "name"), [("records", "KC-0048"), ("pairs", "KP-0001")])
def test_what_a_patient_reads_is_there_in_english(
    base: KnowledgeBase, rows: Mapping[str, Any], kind: str, name: str
) -> None:
    foreign = rows[kind].model_copy(update={"patient": {"de": "Rufen Sie uns an."}})
    assert faults_of(base, kind, foreign) == [
        DataFault(HERE, name, "patient", "has no English wording", "the key 'en'")
    ]
