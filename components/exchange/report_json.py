"""CheckReport -> the JSON object that the command line promises."""

import json
from datetime import date
from typing import Any

from components.clinical.factors import Stage
from components.clinical.report import (
    CheckReport,
    EntryResult,
    FactorFinding,
    Finding,
    PairFinding,
    PlanLine,
    PresentFactor,
    StagedPlan,
)
from components.clinical.wording import about_its_use, what_we_do_not_know
from components.exchange.report_notes import all_notes
from components.exchange.report_words import finding_sources


def report_as_dict(report: CheckReport, made_on: date) -> dict[str, Any]:
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
        "entries": [_entry(each) for each in report.entries],
        "findings": [_finding(each) for each in report.findings],
        "pairs": [_pair(each) for each in report.pairs],
        "factors": [
            _factor(each, present)
            for each in report.factors
            for present in report.present
            if present.factor in each.factors
        ],
        "burden": {effect: list(names) for effect, names in report.burden.items()},
        "session_plan": {stage: [str(line) for line in lines] for stage, lines in _stages(report.session_plan)},
        "notes": list(all_notes(report)),
        "duplicates": [
            {"medicines": list(each.medicines), "class": each.class_name, "entries": list(each.entries)}
            for each in report.duplicates
        ],
        "against_a_session": [{"names": names, "action": action} for names, action in report.against_a_session],
        "checklist": {stage: [item.text for item in report.checklist if item.stage is stage] for stage in Stage},
        "unsupervised": report.unsupervised,
        "takes_no_medicines": report.takes_no_medicines,
        "shared_actions": [
            {
                "burden": each.action.burden,
                "title": each.action.title,
                "action": each.action.action,
                "findings": list(each.findings),
                "sources": list(each.action.sources),
            }
            for each in report.shared_actions
        ],
        "checklist_sources": {item.id: list(item.sources) for item in report.checklist},
        "made_on": made_on.isoformat(),
        "factors_present": [_present(each, report) for each in report.present],
    }


def _entry(result: EntryResult) -> dict[str, Any]:
    entry = result.entry
    return {
        "entered": entry.entered,
        "use": entry.details.use,
        "status": result.status,
        "medicines": list(entry.medicines),
        "matched": entry.matched,
        "suggestions": list(entry.suggestions),
        "severity": result.severity,
        "evidence_grade": result.evidence_grade,
        "records": list(result.records),
        "not_checked": what_we_do_not_know(result) or None,
        "unassessed_parts": list(result.unassessed_parts),
        "codes": list(entry.codes),
        "unassessed_treatments": list(result.unassessed_treatments),
    }


def _pair(pair: PairFinding) -> dict[str, Any]:
    record = pair.record
    return {
        "medicines": list(pair.medicines),
        "severity": record.severity,
        "action": record.action,
        "sources": list(record.sources),
        "record": record.id,
        "evidence_grade": record.evidence_grade,
        "management": record.management,
        "patient": record.patient["en"],
    }


def _present(present: PresentFactor, report: CheckReport) -> dict[str, Any]:
    """Every factor, also one that no rule of ours speaks of here: its list of rules is empty."""
    rules = [each.rule.id for each in report.factors if present.factor in each.factors]
    return {"factor": present.factor.id, "name": present.factor.name, "because": present.because, "rules": rules}


def _factor(finding: FactorFinding, present: PresentFactor) -> dict[str, Any]:
    """A rule that several factors share is a row of each."""
    rule = finding.rule
    return {
        "factor": present.factor.id,
        "level": rule.level,
        "action": rule.action,
        "sources": list(rule.sources),
        "rule": rule.id,
        "name": present.factor.name,
        "text": rule.rule,
        "us_label": rule.us_label,
        "eu_label": rule.eu_label,
        "by_analogy": finding.by_analogy,
        "because": present.because,
        "basis": rule.basis,
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
        "checkers": lead.checkers,
        "uncertainty": lead.uncertainty,
        "patient": lead.patient["en"],
        "sources": list(finding_sources(finding)),
        "counted": finding.counted,
        "never_stop_suddenly": finding.never_stop_suddenly,
        "asks": about_its_use(finding) or None,
        "clashes_with": list(finding.clashes_with),
        "changes": [
            {"factor": each.factor, "action": each.action, "raised_to": each.raised_to, "basis": each.basis}
            for each in finding.changes
        ],
    }


def _stages(plan: StagedPlan) -> list[tuple[str, tuple[PlanLine, ...]]]:
    return [("before", plan.before), ("on_the_day", plan.on_the_day), ("after", plan.after)]


def report_as_json(report: CheckReport, made_on: date) -> str:
    """The same as indented JSON text, accents kept."""
    return json.dumps(report_as_dict(report, made_on), ensure_ascii=False, indent=2)
