"""Every reference between the files of data/ exists, and every signature is whole."""

from collections.abc import Iterable, Mapping
from itertools import chain
from typing import Any

from components.clinical.data_files import DataFault, Located
from components.clinical.evidence_base import check_evidence_references
from components.clinical.factor_base import check_factor_references
from components.clinical.guide_base import check_guide_references
from components.clinical.onset_base import check_onset_references
from components.clinical.records import InteractionRecord
from components.clinical.side_effect_base import check_side_effect_references
from components.clinical.signature import changed_since_signed, wrong_signature

WITH_PROVENANCE = (
    *("records", "pairs", "onset", "onset_marks", "onset_views", "onset_limits", "out_of_100"),
    *("effects", "side_effects", "worry_answers", "time_courses", "check_marks", "comparability", "side_effect_views"),
    *("guide_sections", "guide_pathways", "guide_heard", "teach_back", "crisis_lines"),
    *("factor_rules", "checklist", "fit_cards", "claims"),
)


def check_references(
    files: dict[str, list[Located]], indexed: dict[str, dict[str, Any]], faults: list[DataFault]
) -> None:
    medicines, things = indexed["medicines"], indexed["medicines"] | indexed["combinations"]

    def need(each: Located, field: str, wanted: Iterable[str], known: Mapping[str, Any], where: str) -> None:
        name = getattr(each.record, "id", getattr(each.record, "name", ""))
        for reference in wanted:
            if reference not in known:
                faults.append(
                    DataFault(each.file, name, field, f"'{reference}' is not in {where}", f"an id from {where}")
                )

    for each in files["medicines"]:
        need(each, "medicine_class", [each.record.medicine_class], indexed["classes"], "classes.yaml")
        if each.record.id in indexed["combinations"]:
            faults.append(DataFault(each.file, each.record.id, "id", "is also a combination", "one of the two"))
    for each in files["combinations"]:
        need(each, "medicines", each.record.medicines, medicines, "medicines/")
    for each in files["ambiguous"]:
        need(each, "could_be", each.record.could_be, things, "medicines/ or combinations.yaml")
    for each in files["steps"]:
        need(each, "sources", each.record.sources, indexed["sources"], "sources.yaml")
        need(each, "covers", each.record.covers, indexed["steps"], "steps.yaml")
    for each in files["burden_actions"]:
        need(each, "sources", each.record.sources, indexed["sources"], "sources.yaml")
    for each in files["records"]:
        record: InteractionRecord = each.record
        need(each, "medicines", record.medicines, medicines, "medicines/")
        need(each, "combinations", record.combinations, indexed["combinations"], "combinations.yaml")
        need(each, "classes", record.classes, indexed["classes"], "classes.yaml")
        need(each, "overrides", record.overrides, indexed["records"], "interactions/")
        wanted = chain.from_iterable(each.patient_factors for each in record.modifying_factors)
        need(each, "modifying_factors", wanted, indexed["factors"], "factors.yaml")
        plan = chain(record.plan.before, record.plan.on_the_day, record.plan.after)
        need(each, "plan", [step.shared for step in plan if step.shared], indexed["steps"], "steps.yaml")
        if record.overrides and not record.override_reason:
            faults.append(
                DataFault(each.file, record.id, "override_reason", "is missing", "why the other records yield")
            )
    for each in files["samples"]:
        need(each, "patient_factors", each.record.patient_factors, indexed["factors"], "factors.yaml")
        need(each, "worries", each.record.worries, indexed["worries"], "worries.yaml")
    for each in files["pairs"]:
        members = [member.medicine for member in (*each.record.first, *each.record.second)]
        need(each, "first, second", members, medicines, "medicines/")
    check_onset_references(files, indexed, faults, need)
    check_side_effect_references(files, indexed, faults, need)
    check_guide_references(files, indexed, faults, need)
    check_factor_references(files, indexed, faults, need)
    check_evidence_references(files, indexed, need)
    for each in chain.from_iterable(files[kind] for kind in WITH_PROVENANCE):
        need(each, "sources", each.record.sources, indexed["sources"], "sources.yaml")
        _check_signature(each, indexed["steps"], faults)


def _check_signature(each: Located, steps: Mapping[str, Any], faults: list[DataFault]) -> None:
    record = each.record
    if problem := wrong_signature(record):
        expected = (
            "a signer with 'signed' (name, credential, date, hash; another person than compiled_by), null with 'draft'"
        )
        faults.append(DataFault(each.file, record.id, "signed_by", problem, expected))
    elif changed_since_signed(record, steps):
        problem = "the record, or a plan step that it shares, was changed after it was signed"
        expected = "'draft' without a signature until somebody has signed it as it stands now"
        faults.append(DataFault(each.file, record.id, "signed_hash", problem, expected))
    if "en" not in getattr(record, "patient", {"en": None}):
        faults.append(DataFault(each.file, record.id, "patient", "has no English wording", "the key 'en'"))
