"""The product's fixed words, once: severities, statuses, treatments, and the sentences for what we do not know."""

from collections.abc import Sequence

from components.clinical.factors import FactorLevel
from components.clinical.report import CheckReport, EntryResult, Finding
from components.clinical.terms import Burden, EntryStatus, EvidenceGrade, Severity, Treatment

DRAFT_BANNER = (
    "Draft knowledge base: not yet signed off by a pharmacist or physician; "
    "supports, never replaces, clinical judgement"
)

TREATMENT_NAMES = {
    Treatment.KETAMINE_IV: "Ketamine, intravenous infusion",
    Treatment.KETAMINE_IM_SC: "Ketamine, intramuscular or subcutaneous",
    Treatment.KETAMINE_ORAL: "Ketamine, swallowed, sublingual or troche",
    Treatment.KETAMINE_NASAL: "Ketamine, compounded nasal spray",
    Treatment.ESKETAMINE_NASAL: "Esketamine nasal spray (Spravato)",
}
NO_TREATMENT = "not chosen; the strictest route counts for every medicine"
SEVERITY_NAMES = {
    Severity.CONTRAINDICATED: "Contraindicated",
    Severity.AVOID: "Avoid",
    Severity.CAUTION: "Caution",
    Severity.MONITOR: "Monitor",
    Severity.COMPATIBLE: "Compatible",
}
SEVERITY_MEANINGS = {
    Severity.CONTRAINDICATED: "Do not combine",
    Severity.AVOID: "Do not combine electively",
    Severity.CAUTION: "Act first: plan before the session",
    Severity.MONITOR: "Continue with named extra checks",
    Severity.COMPATIBLE: "Nothing extra expected",
}
FACTOR_LEVEL_WORDS = {
    FactorLevel.CONTRAINDICATION: "Do not give",
    FactorLevel.WARNING: "Act first",
    FactorLevel.PRECAUTION: "Extra checks",
}
"""A factor is nothing to 'combine': its level has words of its own."""
GRADE_NAMES = {
    EvidenceGrade.LABEL: "Stated in product information",
    EvidenceGrade.HIGH: "High: several large randomised trials",
    EvidenceGrade.MODERATE: "Moderate: one good trial, or consistent controlled or PK studies",
    EvidenceGrade.LOW: "Low: small trials, cohorts or volunteer studies",
    EvidenceGrade.VERY_LOW: "Very low: case reports or indirect data",
    EvidenceGrade.THEORETICAL: "Theoretical: mechanism only",
    EvidenceGrade.NONE: "None: no data found",
}
BURDEN_NAMES = {
    Burden.SEDATION: "Sedation",
    Burden.BREATHING: "Slower breathing",
    Burden.BLOOD_PRESSURE: "Higher blood pressure",
    Burden.LOST_BENEFIT: "Lost benefit",
    Burden.SEIZURE_THRESHOLD: "Lower seizure threshold",
    Burden.SEROTONIN: "Serotonin load",
}
PLAN_STAGE_NAMES = ("Before", "On the day", "After")
NOT_STUDIED = "None found; not studied"
PAIRS_ARE_A_SELECTION = "Only selected dangerous pairs are checked here; this is not a full interaction check."
NOT_SAFE = "Not assessed does not mean safe."
_MOST_CHOICES_IN_WORDS = 6
_MOST_REASONS = 3


def medicines_in_words(medicines: Sequence[str]) -> str:
    """'olanzapine + fluoxetine'."""
    return " + ".join(medicines)


def choices_in_words(names: Sequence[str]) -> str:
    """'a, b or c'; a long list is cut with 'or another'."""
    if len(names) > _MOST_CHOICES_IN_WORDS:
        return ", ".join(names[:_MOST_CHOICES_IN_WORDS]) + " or another of its class"
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"


def verdict_word(severity: Severity | None, grade: EvidenceGrade | None) -> str:
    """'Caution'; a 'compatible' that nobody studied says so; no severity is 'No data'."""
    if severity is None:
        return "No data"
    return NOT_STUDIED if severity is Severity.COMPATIBLE and grade is EvidenceGrade.NONE else SEVERITY_NAMES[severity]


def answer_line(report: CheckReport) -> str:
    """'9 entered: 7 assessed, 1 not assessed, 1 not recognised; highest: caution'."""
    counts = report.counts
    parts = [
        f"{number} {word}"
        for number, word in (
            (counts.assessed, "assessed"),
            (counts.no_data, "without data"),
            (counts.not_assessed, "not assessed"),
            (counts.ambiguous, "to be chosen"),
            (counts.not_recognised, "not recognised"),
        )
        if number
    ]
    highest = report.highest_severity.value if report.highest_severity else "none found"
    return f"{counts.entered} entered: {', '.join(parts) or 'nothing to check'}; highest: {highest}"


def highest_because(report: CheckReport) -> str:
    """'aneurysm; lithium; sertraline + phenelzine and 2 more': what carries the highest severity, the patient first.

    Empty where nothing is above compatible.
    """
    highest = report.highest_severity
    if highest is None or highest is Severity.COMPATIBLE:
        return ""
    names = [
        in_a_sentence(factor.name)
        for each in report.factors
        if each.rule.level.severity is highest
        for factor in each.factors
    ]
    names += [
        _medicines_in_short(each.medicines) + ("" if each.entries else " (allergy)")
        for each in report.findings
        if each.counted and each.severity is highest
    ]
    names += [medicines_in_words(each.medicines) for each in report.pairs if each.record.severity is highest]
    once = list(dict.fromkeys(names))
    more = f" and {len(once) - _MOST_REASONS} more" if len(once) > _MOST_REASONS else ""
    return "; ".join(once[:_MOST_REASONS]) + more


def _medicines_in_short(medicines: Sequence[str]) -> str:
    more = [f"{len(medicines) - _MOST_REASONS} more"] if len(medicines) > _MOST_REASONS else []
    return medicines_in_words([*medicines[:_MOST_REASONS], *more])


def headline(report: CheckReport) -> str:
    """The answer with its reason: '...; highest: contraindicated (heart attack in the last 6 weeks)'."""
    because = highest_because(report)
    return f"{answer_line(report)} ({because})" if because else answer_line(report)


def in_a_sentence(name: str) -> str:
    """The name of a factor inside a sentence; an abbreviation keeps its capitals."""
    return name if name[:2].isupper() else name[:1].lower() + name[1:]


def what_we_do_not_know(result: EntryResult) -> str:
    """The plain sentence for an entry that was not fully assessed; empty for one that was."""
    entry = result.entry
    if result.status is EntryStatus.NOT_RECOGNISED:
        question = f" Did you mean {choices_in_words(entry.suggestions)}?" if entry.suggestions else ""
        return f"{entry.entered} was not recognised and not checked.{question}"
    if result.status is EntryStatus.AMBIGUOUS:
        return (
            f"{entry.entered} could be {choices_in_words(entry.suggestions)}. Choose one; until then it is not checked."
        )
    if result.status is EntryStatus.NOT_ASSESSED:
        names = medicines_in_words(result.unassessed_parts or entry.medicines)
        route = entry.details.route
        if route is not None and route.is_local:
            return f"{entry.entered}: {names} in this form ({route.value}) has not been assessed. {NOT_SAFE}"
        if len(result.unassessed_parts) < len(entry.medicines):
            return f"{entry.entered} was checked in part: {names} we have not assessed. {NOT_SAFE}"
        return f"{names} is a real medicine that we have not assessed. {NOT_SAFE}"
    if result.status is EntryStatus.NO_DATA:
        names = medicines_in_words(entry.medicines)
        return f"{names}: we looked, but the evidence allows no verdict. No data does not mean safe."
    return ""


def when_stopped_question(medicine: str, washout_days: int, days_ago: int | None = None) -> str:
    """Asks for the one date on which a stopped medicine's finding turns, or says what the list told."""
    if days_ago is None:
        return f"When was {medicine} last taken? It counts until {washout_days} days after the last dose."
    told = "at least a day" if days_ago == 1 else f"about {days_ago} days"
    return f"{medicine} was stopped {told} ago by the list. It counts until {washout_days} days after the last dose."


def when_stopped(finding: Finding) -> str:
    """The question or statement for a stopped medicine that may still count; empty for others."""
    if finding.ask_when_stopped_days is None:
        return ""
    return when_stopped_question(finding.medicines[0], finding.ask_when_stopped_days, finding.stopped_days_ago)
