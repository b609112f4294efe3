"""Author and signer differ, and a signer has a name, a credential and a date: nothing else counts as signed."""

import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from components.clinical.data_files import KnowledgeBaseError
from components.clinical.knowledge_base import DATA_FOLDER, KnowledgeBase, load_knowledge_base
from components.clinical.terms import RecordStatus

WHOLE = {
    "status": "signed",
    "signed_by": "A. Signer",
    "signer_credential": "Pharmacist",
    "signed_on": "2026-12-01",
    "compiled_by": "B. Compiler",
}
WRONG = {
    "no credential": ({"signer_credential": "null"}, "'signed' without signer_credential"),
    "no date": ({"signed_on": "null"}, "'signed' without signed_on"),
    "no signer": ({"signed_by": "null"}, "'signed' without signed_by"),
    "author unknown": ({"compiled_by": "null"}, "'signed' without compiled_by"),
    "author signs": ({"signed_by": "b.  compiler"}, "is also who compiled it"),
    "signed too early": ({"signed_on": "2020-01-01"}, "signed on 2020-01-01, before it was compiled"),
    "draft with a signer": ({"status": "draft"}, "'draft' with signed_by, signer_credential, signed_on"),
}


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
def test_half_a_signature_is_a_fault(folder: Path, name: str) -> None:
    changed, wanted = WRONG[name]
    sign_first_pair(folder, WHOLE | changed)
    with pytest.raises(KnowledgeBaseError) as raised:
        load_knowledge_base(folder)
    assert len(raised.value.faults) == 1
    assert f"pairs.yaml · KP-0001 · signed_by: {wanted}" in str(raised.value.faults[0])


def test_one_whole_signature_leaves_the_knowledge_base_a_draft(folder: Path) -> None:
    sign_first_pair(folder, WHOLE)
    base = load_knowledge_base(folder)
    assert (base.pairs[0].status, base.pairs[0].signed_on) == (RecordStatus.SIGNED, date(2026, 12, 1))
    assert (base.knowledge.status, base.knowledge.signed_on) == (RecordStatus.DRAFT, None)


def test_nobody_has_signed_and_nobody_is_named(base: KnowledgeBase) -> None:
    statements = (*base.records.values(), *base.pairs, *base.patient.rules.values(), *base.patient.fit.values())
    named = {each.signed_by or each.signer_credential or each.signed_on for each in statements}
    assert named == {None}
