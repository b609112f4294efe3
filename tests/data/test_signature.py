"""Author and signer differ; a signer has a name, a credential and a date; the record is what was signed."""

import re
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from components.clinical.data_files import KnowledgeBaseError
from components.clinical.knowledge_base import DATA_FOLDER, KnowledgeBase, load_knowledge_base
from components.clinical.records import PairRecord
from components.clinical.review_sheet import build_review_sheet
from components.clinical.signature import FILLED_IN_ON_SIGNING, SIGNATURE, hash_to_sign
from components.clinical.terms import RecordStatus

WHOLE = {
    "status": "signed",
    "signed_by": "A. Signer",
    "signer_credential": "Pharmacist",
    "signed_on": "2026-12-01",
    "compiled_by": "B. Compiler",
}
"""But for the hash, which is that of the record."""
WRONG = {
    "no credential": ({"signer_credential": "null"}, "'signed' without signer_credential"),
    "no date": ({"signed_on": "null"}, "'signed' without signed_on"),
    "no signer": ({"signed_by": "null"}, "'signed' without signed_by"),
    "author unknown": ({"compiled_by": "null"}, "'signed' without compiled_by"),
    "author signs": ({"signed_by": "b.  compiler"}, "is also who compiled it"),
    "signed too early": ({"signed_on": "2020-01-01"}, "signed on 2020-01-01, before it was compiled"),
    "no hash": ({"signed_hash": "null"}, "'signed' without signed_hash"),
    "draft with a signer": ({"status": "draft"}, "'draft' with signed_by, signer_credential, signed_on, signed_hash"),
}


def whole(base: KnowledgeBase) -> dict[str, str]:
    """A signature that lacks nothing."""
    return WHOLE | {"signed_hash": hash_to_sign(base.pairs[0], base.steps)}


def sign_first_pair(folder: Path, signature: dict[str, str]) -> None:
    """Gives KP-0001 the signature instead of its own status and signer."""
    text = (folder / "pairs.yaml").read_text(encoding="utf-8")
    lines = "\n".join(f"  {name}: {value}" for name, value in signature.items())
    signed, count = re.subn(r"^  status: draft\n  signed_by: null$", lines, text, count=1, flags=re.MULTILINE)
    assert count == 1
    (folder / "pairs.yaml").write_text(signed, encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(DATA_FOLDER, tmp_path / "data")
    return tmp_path / "data"


@pytest.mark.parametrize("name", WRONG)
def test_half_a_signature_is_a_fault(folder: Path, name: str, base: KnowledgeBase) -> None:
    changed, wanted = WRONG[name]
    sign_first_pair(folder, whole(base) | changed)
    with pytest.raises(KnowledgeBaseError) as raised:
        load_knowledge_base(folder)
    assert len(raised.value.faults) == 1
    assert f"pairs.yaml · KP-0001 · signed_by: {wanted}" in str(raised.value.faults[0])


def test_one_whole_signature_leaves_the_knowledge_base_a_draft(folder: Path, base: KnowledgeBase) -> None:
    sign_first_pair(folder, whole(base))
    signed = load_knowledge_base(folder)
    assert (signed.pairs[0].status, signed.pairs[0].signed_on) == (RecordStatus.SIGNED, date(2026, 12, 1))
    assert (signed.knowledge.status, signed.knowledge.signed_on) == (RecordStatus.DRAFT, None)


# --- a later change makes it a draft again


def rows(folder: Path, file: str) -> list[dict[str, Any]]:
    return list(yaml.safe_load((folder / file).read_text(encoding="utf-8")))


def change(folder: Path, file: str, identifier: str, **fields: Any) -> None:
    """Sets fields of one row."""
    found = [row | fields if row["id"] == identifier else row for row in rows(folder, file)]
    (folder / file).write_text(yaml.safe_dump(found, allow_unicode=True, sort_keys=False), encoding="utf-8")


def faults_of(folder: Path) -> list[str]:
    try:
        load_knowledge_base(folder)
    except KnowledgeBaseError as problem:
        return [str(each) for each in problem.faults]
    return []


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("severity", "monitor"),
        ("action", "Go on as usual"),
        ("patient", {"en": "Take it as you like."}),
        ("sources", ["edinoff-2022"]),
        ("checkers", "A database says nothing."),
        ("compiled_on", date(2026, 11, 30)),
    ],
)
def test_a_changed_record_is_no_longer_signed(folder: Path, field: str, value: Any, base: KnowledgeBase) -> None:
    sign_first_pair(folder, whole(base))
    assert faults_of(folder) == []
    change(folder, "pairs.yaml", "KP-0001", **{field: value})
    (fault,) = faults_of(folder)
    assert fault.startswith(
        "pairs.yaml · KP-0001 · signed_hash: the record, or a plan step that it shares, was changed"
    )
    assert "'draft' without a signature until somebody has signed it as it stands now" in fault
    new = next(each for each in rows(folder, "pairs.yaml") if each["id"] == "KP-0001")
    assert hash_to_sign(PairRecord.model_validate(new), base.steps) not in fault, "a signature, not a fault, renews it"
    change(folder, "pairs.yaml", "KP-0001", status="draft", **dict.fromkeys(SIGNATURE))
    assert faults_of(folder) == [], "the cure that the fault names"


@pytest.mark.parametrize("field", ["next_review", "order of the fields"])
def test_what_says_nothing_leaves_the_signature(folder: Path, field: str, base: KnowledgeBase) -> None:
    sign_first_pair(folder, whole(base))
    if field == "next_review":
        change(folder, "pairs.yaml", "KP-0001", next_review=date(2029, 1, 1))
    else:
        turned = [dict(sorted(row.items())) for row in rows(folder, "pairs.yaml")]
        (folder / "pairs.yaml").write_text(yaml.safe_dump(turned, allow_unicode=True), encoding="utf-8")
    assert faults_of(folder) == []


def test_a_changed_plan_step_unsigns_the_records_that_share_it(folder: Path, base: KnowledgeBase) -> None:
    record = base.records["KC-0022"]
    shared = next(step.shared for step in record.plan.before if step.shared)
    file = next(
        name for name in map(str, folder.glob("interactions/*.yaml")) if "id: KC-0022" in Path(name).read_text("utf-8")
    )
    signature = whole(base) | {"signed_hash": hash_to_sign(record, base.steps)}
    dates = {"signed_on": date.fromisoformat(signature["signed_on"])}
    change(folder, str(Path(file).relative_to(folder)), "KC-0022", **(signature | dates))
    assert faults_of(folder) == []
    change(folder, "steps.yaml", shared, text="Do something else")
    (fault,) = faults_of(folder)
    assert "KC-0022 · signed_hash: the record, or a plan step that it shares, was changed after it was signed" in fault


def test_a_hash_belongs_to_one_record(base: KnowledgeBase) -> None:
    hashes = [hash_to_sign(each, base.steps) for each in (*base.records.values(), *base.pairs)]
    assert len(hashes) == len(set(hashes))
    first, second = base.pairs[:2]
    assert hash_to_sign(first.model_copy(update={"id": second.id}), base.steps) != hash_to_sign(first, base.steps)


def test_the_review_sheet_prints_the_hash_and_names_every_field(base: KnowledgeBase) -> None:
    record = base.records["KC-0022"]
    sheet = build_review_sheet("KC-0022", (record,), base, date(2026, 12, 1))
    lines = [line for block in sheet.blocks for line in block.lines]
    assert [line.label for line in lines if line.text == hash_to_sign(record, base.steps)] == [
        "Hash of what stands here"
    ]
    told = " ".join(line.text for line in sheet.about)
    assert [name for name in FILLED_IN_ON_SIGNING if name not in told] == []
    assert "is a draft until it is signed anew" in told


def test_nobody_has_signed_and_nobody_is_named(base: KnowledgeBase) -> None:
    statements = (*base.records.values(), *base.pairs, *base.patient.rules.values(), *base.patient.fit.values())
    named = {each.signed_by or each.signer_credential or each.signed_on for each in statements}
    assert named == {None}
