"""The sheet on which a pharmacist or physician reviews records: all that each says, and the boxes to fill in.

It is a Sheet, so that the take-home sheet's renderers print it. It names no reviewer: that is written by hand.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from components.clinical.catalogue import statements
from components.clinical.interface_words import say
from components.clinical.knowledge_base import KnowledgeBase
from components.clinical.record_labels import all_labelled_lines
from components.clinical.record_words import how_read, patient_lines, status_line
from components.clinical.records import Provenance
from components.clinical.sheet import BlockKind, Sheet, SheetBlock, SheetLine
from components.clinical.signature import hash_to_sign
from components.clinical.wording import DRAFT_BANNER


def _fields_to_enter() -> str:
    """The fields that carry a signature: as many as the model has."""
    signature = [name for name in Provenance.model_fields if "sign" in name or name == "compiled_by"]
    return say("review_sheet.status_signed_new_next", names=", ".join(signature))


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
        say("review_sheet.continued"),
    ),
    *(
        say("review_sheet.wording_patient"),
        say("review_sheet.continued"),
        say("review_sheet.reason"),
        say("review_sheet.continued"),
    ),
    *(
        say("review_sheet.name_full"),
        say("review_sheet.credential_pharmacist_physician_register"),
        say("review_sheet.date"),
        say("review_sheet.signature"),
    ),
)
"""Labels of the lines to write on."""
HOW_TO_REVIEW = (
    (say("review_sheet.who_signs"), say("review_sheet.signer_did_not_compile")),
    (
        say("review_sheet.what_judge"),
        say("review_sheet.each_sentence_open_what_was_not_read"),
    ),
    (say("review_sheet.then"), say("review_sheet.curator_enters_changes_data", fields=_fields_to_enter())),
    (say("review_sheet.when_signed"), say("review_sheet.record_counts_signed_no")),
    (say("review_sheet.what_stays"), say("review_sheet.draft_banner_while_one_not_signed")),
    (say("review_sheet.if_changed_later"), say("review_sheet.hash_no_longer_fits")),
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
    return group.name, tuple(by_id[name] for name in sorted(by_id))


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
        treatment=say("review_sheet.one_record_to_review")
        if len(records) == 1
        else say("review_sheet.records_to_review", count=len(records)),
        made_on=made_on,
        knowledge=base.knowledge,
        draft=f"{DRAFT_BANNER}.",
        blocks=tuple(blocks),
        about=tuple(SheetLine(text, label) for label, text in HOW_TO_REVIEW),
        sources=tuple(base.sources[name] for name in used),
        sources_in_full=True,
    )


def _id_of(record: Any) -> str:
    return str(record.id)


def _title(record: Any) -> str:
    """'KC-0022 Tranylcypromine'; a record without a title goes by its id."""
    return f"{record.id} {getattr(record, 'title', '')}".strip()


def _blocks(record: Any, numbers: Mapping[str, int], base: KnowledgeBase) -> Iterator[SheetBlock]:
    name = record.id
    to_sign = (say("review_sheet.hash_stands_here"), hash_to_sign(record, base.steps))
    status = (say("review_sheet.status"), status_line(record))
    told = [*all_labelled_lines(record, base), *((label, (text,)) for label, text in (status, to_sign))]
    clinician = tuple(line for label, texts in told for line in _under_one_label(label, texts))
    yield SheetBlock(name, BlockKind.POINTS, _title(record), clinician)
    if heard := tuple(SheetLine(line.text) for line in patient_lines(record, base)):
        yield SheetBlock(f"{name}-patient", BlockKind.POINTS, say("review_sheet.to_the_patient", name=name), heard)
    read = (SheetLine(how_read(base.sources[each]), each, (numbers[each],)) for each in record.sources)
    yield SheetBlock(f"{name}-read", BlockKind.POINTS, say("review_sheet.how_each_source_read", name=name), tuple(read))
    boxes = tuple(SheetLine(each) for each in DECISIONS)
    yield SheetBlock(f"{name}-decision", BlockKind.QUESTIONS, say("review_sheet.decision", name=name), boxes)
    to_write = tuple(SheetLine("", each) for each in TO_WRITE)
    yield SheetBlock(f"{name}-signature", BlockKind.POINTS, say("review_sheet.changes_signature", name=name), to_write)


def _under_one_label(label: str, texts: Sequence[str]) -> Iterator[SheetLine]:
    first, *others = texts
    yield SheetLine(first, label.replace("?:", ":").removesuffix("?"))
    yield from map(SheetLine, others)
