"""CheckReport -> the JSON object that the command line promises."""

import json
from typing import Any

from components.clinical.report import CheckReport, Finding, PlanLine, StagedPlan
from components.clinical.wording import what_we_do_not_know


def report_as_dict(report: CheckReport) -> dict[str, Any]:
    """The command-line contract as plain Python values; keys in the order of the contract, our additions after them."""
    return {
        "treatment": report.treatment,
        "region": report.region,
        "knowledge": {
            "content_hash": report.knowledge.content_hash,
            "compiled_on": report.knowledge.compiled_on.isoformat(),
            "signed_on": report.knowledge.signed_on and report.knowledge.signed_on.isoformat(),
            "status": report.knowledge.status,
        },
        "counts": {name: getattr(report.counts, name) for name in report.counts.__slots__},
        "highest_severity": report.highest_severity,
        "complete": report.complete,
        "factors_asked": report.factors_asked,
        "entries": [
            {
                "entered": each.entry.entered,
                "use": each.entry.details.use,
                "status": each.status,
                "medicines": list(each.entry.medicines),
                "matched": each.entry.matched,
                "suggestions": list(each.entry.suggestions),
                "severity": each.severity,
                "evidence_grade": each.evidence_grade,
                "records": list(each.records),
                "not_checked": what_we_do_not_know(each) or None,
                "unassessed_parts": list(each.unassessed_parts),
            }
            for each in report.entries
        ],
        "findings": [_finding(each) for each in report.findings],
        "pairs": [
            {
                "medicines": list(each.medicines),
                "severity": each.record.severity,
                "action": each.record.action,
                "sources": list(each.record.sources),
                "record": each.record.id,
                "evidence_grade": each.record.evidence_grade,
                "management": each.record.management,
                "patient": each.record.patient["en"],
            }
            for each in report.pairs
        ],
        "factors": [],
        "burden": {effect: list(names) for effect, names in report.burden.items()},
        "session_plan": {stage: [str(line) for line in lines] for stage, lines in _stages(report.session_plan)},
        "notes": list(report.notes),
        "duplicates": [
            {"medicines": list(each.medicines), "class": each.class_name, "entries": list(each.entries)}
            for each in report.duplicates
        ],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    lead = finding.lead
    return {
        "records": [record.id for record in finding.records],
        "medicines": list(finding.medicines),
        "severity": finding.severity,
        "evidence_grade": finding.evidence_grade,
        "safety": finding.safety.line,
        "benefit": finding.benefit.line,
        "exposure": finding.exposure_line,
        "mechanism": lead.mechanism,
        "action": finding.action,
        "plan": {stage: ". ".join(str(line) for line in lines) for stage, lines in _stages(finding.plan)},
        "basis": lead.basis,
        "monitoring": lead.monitoring,
        "evidence": lead.evidence,
        "label_versus_practice": lead.label_versus_practice,
        "uncertainty": lead.uncertainty,
        "patient": lead.patient["en"],
        "sources": list(dict.fromkeys(source for record in finding.records for source in record.sources)),
        "counted": finding.counted,
        "never_stop_suddenly": finding.never_stop_suddenly,
    }


def _stages(plan: StagedPlan) -> list[tuple[str, tuple[PlanLine, ...]]]:
    return [("before", plan.before), ("on_the_day", plan.on_the_day), ("after", plan.after)]


def report_as_json(report: CheckReport) -> str:
    """The same as indented JSON text, accents kept."""
    return json.dumps(report_as_dict(report), ensure_ascii=False, indent=2)
