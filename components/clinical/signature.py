"""What a signature stands for: a whole one names who, as what and when, and fits what the record says today."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from components.clinical.records import InteractionRecord, Provenance, SharedStep
from components.clinical.terms import RecordStatus

SIGNATURE = ("signed_by", "signer_credential", "signed_on", "signed_hash")
"""Fields that a signed record has and a draft has not."""
FILLED_IN_ON_SIGNING = frozenset({*SIGNATURE, "status", "compiled_by", "next_review"})


def hash_to_sign(record: Provenance, steps: Mapping[str, SharedStep]) -> str:
    """'3f2a-91bc-07de': changes with all that the record says, shared plan steps included, and with nothing else.

    Fields at their default do not count, so that a new optional field of the model leaves signatures as they are.
    """
    content: dict[str, Any] = record.model_dump(mode="json", exclude=set(FILLED_IN_ON_SIGNING), exclude_defaults=True)
    if isinstance(record, InteractionRecord):
        plan = (*record.plan.before, *record.plan.on_the_day, *record.plan.after)
        used = sorted({step.shared for step in plan if step.shared and step.shared in steps})
        content = {"record": content, "steps": [steps[name].model_dump(mode="json") for name in used]}
    written = json.dumps(content, ensure_ascii=False, sort_keys=True)
    digest = hashlib.sha256(written.encode()).hexdigest()
    return f"{digest[:4]}-{digest[4:8]}-{digest[8:12]}"


def wrong_signature(record: Provenance) -> str:
    """What is wrong with a signature, in words; empty for a whole one and for a draft without any."""
    if record.status is not RecordStatus.SIGNED:
        given = [name for name in SIGNATURE if getattr(record, name) is not None]
        return f"'{record.status}' with {', '.join(given)}" if given else ""
    if missing := [name for name in (*SIGNATURE, "compiled_by") if getattr(record, name) is None]:
        return f"'{record.status}' without {', '.join(missing)}"
    if _folded(record.signed_by) == _folded(record.compiled_by):
        return "is also who compiled it"
    if record.signed_on and record.signed_on < record.compiled_on:
        return f"signed on {record.signed_on}, before it was compiled"
    return ""


def changed_since_signed(record: Provenance, steps: Mapping[str, SharedStep]) -> bool:
    """A later change of a signed record, or of a plan step that it shares, makes it a draft again."""
    return record.status is RecordStatus.SIGNED and record.signed_hash != hash_to_sign(record, steps)


def _folded(name: str | None) -> str:
    return " ".join((name or "").casefold().split())
