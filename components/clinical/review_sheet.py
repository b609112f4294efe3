"""The sheet on which a pharmacist or physician reviews records: all that each says, and the boxes to fill in.

It is a Sheet, so that the take-home sheet's renderers print it. It names no reviewer: that is written by hand.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from components.clinical.catalogue import statements
from components.clinical.interface_words import say
from components.clinical.knowledge_base import KnowledgeBase
from components.clinical.record_words import LabelledLine, clinician_lines, how_read, patient_lines, status_line
from components.clinical.records import Provenance
from components.clinical.sheet import BlockKind, Sheet, SheetBlock, SheetLine
from components.clinical.wording import DRAFT_BANNER

DECISIONS = (
    say("review_sheet.agree_stands"),
    say("review_sheet.agree_changes_written_below"),
    say("review_sheet.reject_reason_stands_below"),
)
TO_WRITE = (
    *(
        say("review_sheet.severity_if_another"),
        say("review_sheet.evidence_grade_if_another"),
        say("review_sheet.wording_clinician"),
        "(continued)",
    ),
    *(say("review_sheet.wording_patient"), "(continued)", say("review_sheet.reason"), "(continued)"),
    *(
        say("review_sheet.name_full"),
        say("review_sheet.credential_pharmacist_physician_register"),
        say("review_sheet.date"),
        say("review_sheet.signature"),
    ),
)
"""Labels of the lines to write on."""
HOW_TO_REVIEW = (
    (say("review_sheet.who_signs"), say("review_sheet.pharmacist_physician_who_did")),
    (
        say("review_sheet.what_judge"),
        say("review_sheet.each_sentence_against_sources"),
    ),
    (say("review_sheet.then"), say("review_sheet.curator_enters_changes_data")),
    (say("review_sheet.when_signed"), say("review_sheet.record_counts_signed_no")),
    (say("review_sheet.what_stays"), say("review_sheet.draft_banner_stays_every")),
    (say("review_sheet.if_rejected"), say("review_sheet.record_stays_draft_changed")),
)


def reviewable(asked: str, base: KnowledgeBase) -> tuple[str, tuple[Provenance, ...]]:
    """(title, records) for the id of a record, or for a class by id or name. Raises KeyError when there is none.

    A class stands for all records and pairs that speak of it or of one of its medicines.
    """
    statement = next((each for each in _signed_row_by_row(base) if _id_of(each) == asked), None)
    if statement:
        return _title(statement), (statement,)
    wanted = asked.casefold()
    group = next(each for each in (*base.classes.values(), None) if each is None or wanted in _names(each))
    if group is None:
        raise KeyError(asked)
    members = [each.id for each in base.medicines.values() if each.medicine_class == group.id]
    by_id: dict[str, Provenance] = {record.id: record for each in members for record in base.records_of.get(each, ())}
    by_id |= {pair.id: pair for each in members for pair in base.pairs_of.get(each, ())}
    return f"{group.name} ({group.id})", tuple(by_id[name] for name in sorted(by_id))


def _signed_row_by_row(base: KnowledgeBase) -> Iterator[Provenance]:
    return (row for row in statements(base) if isinstance(row, Provenance))


def _names(group: Any) -> tuple[str, str]:
    return group.id, group.name.casefold()


def build_review_sheet(title: str, records: Sequence[Provenance], base: KnowledgeBase, made_on: date) -> Sheet:
    """The review sheet of some records; sources are numbered in the order in which the records name them."""
    used = tuple(dict.fromkeys(name for record in records for name in record.sources))
    numbers = {name: number for number, name in enumerate(used, start=1)}
    blocks = [block for record in records for block in _blocks(record, numbers, base)]
    return Sheet(
        language="en",
        title=say("review_sheet.review_sheet", title=title),
        treatment=say("review_sheet.record_review", count=len(records), word="s" if len(records) != 1 else ""),
        made_on=made_on,
        knowledge=base.knowledge,
        draft=f"{DRAFT_BANNER}.",
        blocks=tuple(blocks),
        about=tuple(SheetLine(text.format(fields=_fields_to_enter()), label) for label, text in HOW_TO_REVIEW),
        sources=tuple(base.sources[name] for name in used),
    )


def _id_of(record: Any) -> str:
    return str(record.id)


def _title(record: Any) -> str:
    """'KC-0022 Tranylcypromine'; a record without a title goes by its id."""
    return f"{record.id} {getattr(record, 'title', '')}".strip()


def _blocks(record: Any, numbers: Mapping[str, int], base: KnowledgeBase) -> Iterator[SheetBlock]:
    name = record.id
    clinician = (*clinician_lines(record, base), ("status", status_line(record)))
    yield SheetBlock(name, BlockKind.POINTS, _title(record), _as_lines(clinician))
    if told := _as_lines(patient_lines(record, base)):
        yield SheetBlock(f"{name}-patient", BlockKind.POINTS, say("review_sheet.to_the_patient", name=name), told)
    read = (SheetLine(how_read(base.sources[each]), each, (numbers[each],)) for each in record.sources)
    yield SheetBlock(f"{name}-read", BlockKind.POINTS, say("review_sheet.how_each_source_read", name=name), tuple(read))
    boxes = tuple(SheetLine(each) for each in DECISIONS)
    yield SheetBlock(f"{name}-decision", BlockKind.QUESTIONS, say("review_sheet.decision", name=name), boxes)
    to_write = tuple(SheetLine("", each) for each in TO_WRITE)
    yield SheetBlock(f"{name}-signature", BlockKind.POINTS, say("review_sheet.changes_signature", name=name), to_write)


def _as_lines(labelled: Iterable[LabelledLine]) -> tuple[SheetLine, ...]:
    return tuple(SheetLine(text, f"{label[:1].upper()}{label[1:]}") for label, text in labelled)


def _fields_to_enter() -> str:
    """The fields that carry a signature: as many as the model has."""
    signature = [name for name in Provenance.model_fields if "sign" in name or name == "compiled_by"]
    return say("review_sheet.status_signed_new_next", names=", ".join(signature))
