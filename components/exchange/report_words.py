"""Words and orders that all renderers of the report share: screen-free, so that paper, text and tables agree."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from components.clinical.factors import ChecklistItem, Stage
from components.clinical.interface_words import say
from components.clinical.knowledge_base import Knowledge
from components.clinical.report import (
    CheckReport,
    Duplicate,
    EntryResult,
    FactorFinding,
    Finding,
    PairFinding,
    PlanLine,
    SharedAction,
    StagedPlan,
)
from components.clinical.terms import Basis, EntryStatus, Severity, Treatment, Use
from components.clinical.wording import (
    NO_TREATMENT,
    PLAN_STAGE_NAMES,
    TREATMENT_NAMES,
    highest_because,
    in_a_sentence,
    medicines_in_words,
    verdict_word,
)

STAGE_NAMES = {
    Stage.BEFORE_COURSE: say("shared.before_course"),
    Stage.BEFORE_SESSION: say("shared.before_each_session"),
    Stage.ON_THE_DAY: say("shared.on_the_day"),
    Stage.AFTER: say("shared.after"),
}
FACTORS_NOT_ASKED = say("report_words.patient_factors_not_asked")
FACTORS_PARTLY_ASKED = say("report_words.not_all_patient_factors_asked")
NO_FACTOR = say("report_words.patient_factors_asked_none_chosen")
NO_MEDICINES = say("report_words.patient_takes_no_medicines")
SILENT_WORD, SILENT = say("report_words.no_rule_applies"), say("report_words.chosen_no_rule_ours")
UNSUPERVISED = say("report_words.treatment_home_without_staff")
BY_ANALOGY = say("report_words.analogy_no_source_speaks")
NEEDS_STAFF = say("report_words.needs_staff_not_done_at_home")


def knowledge_in_words(knowledge: Knowledge) -> str:
    """'Knowledge base 0e92ad, compiled 2026-11-21, draft, not signed'."""
    signed = (
        say("report_words.signed", signed_on=knowledge.signed_on) if knowledge.signed_on else say("shared.not_signed")
    )
    return say(
        "report_words.knowledge_base_compiled",
        content_hash=knowledge.content_hash,
        compiled_on=knowledge.compiled_on,
        status=knowledge.status,
        signed=signed,
    )


def made(made_on: date) -> str:
    """'Made on 2026-11-21.': a report that leaves the screen says how old it is."""
    return say("report_words.made_on", made_on=made_on)


def planned(report: CheckReport) -> str:
    """'Treatment: Ketamine, intravenous infusion. Region: US. Setting: clinic.'."""
    treatment: Treatment | None = report.treatment
    setting = say("shared.home_unsupervised") if report.unsupervised else say("shared.clinic")
    name = TREATMENT_NAMES[treatment] if treatment else NO_TREATMENT
    return say("report_words.treatment_region_setting", name=name, region=report.region.upper(), setting=setting)


def why_highest(report: CheckReport) -> str:
    """'Contraindicated because of: aneurysm.'; empty where nothing is above compatible."""
    because = highest_because(report)
    return (
        say("report_words.severity_because_of", severity=report.highest_severity.capitalize(), because=because)
        if report.highest_severity and because
        else ""
    )


def what_it_covers(report: CheckReport) -> Iterator[str]:
    """What the answer leaves out or rests on: each a sentence."""
    if report.takes_no_medicines and not report.entries:
        yield NO_MEDICINES
    if not report.factors_asked:
        yield FACTORS_PARTLY_ASKED if report.present else FACTORS_NOT_ASKED
    elif not report.present:
        yield NO_FACTOR
    if report.unsupervised:
        yield UNSUPERVISED


def typed(result: EntryResult) -> str:
    """The entry as typed, with the codes that its file gave, and its use where that is not simply 'current'."""
    entry = result.entry
    use = [] if entry.details.use is Use.CURRENT else [entry.details.use.replace("_", " ")]
    return entry.entered + _in_brackets([*use, *entry.codes])


def verdict(result: EntryResult) -> str:
    """'Caution'; 'Caution, checked in part'; without a severity the status: 'Not recognised'."""
    if result.severity is None:
        return result.status.replace("_", " ").capitalize()
    word = verdict_word(result.severity, result.evidence_grade)
    return word if result.status is EntryStatus.ASSESSED else say("report_words.checked_part", verdict=word)


def changes_in_words(finding: Finding) -> Iterator[str]:
    """'Because of sleep apnoea (raised to caution; judgement): ...'; the action is not told twice."""
    for change in finding.changes:
        remarks = [say("report_words.raised_to", raised_to=change.raised_to)] if change.raised_to else []
        remarks += ["judgement"] if change.basis is Basis.JUDGEMENT else []
        action = change.action if change.action != finding.action else say("report_words.action_above")
        yield say(
            "report_words.because_of",
            factor=in_a_sentence(change.factor),
            remarks=_in_brackets(remarks),
            action=action,
        )


def not_counted_in_words(finding: Finding) -> str:
    """Of a stopped medicine, whether it counts; empty where it does with the treatment too."""
    if finding.counted:
        return ""
    in_a_pair, nowhere = say("report_words.stopped_counts_in_a_pair_only"), say("shared.stopped_shown_not_counted")
    return in_a_pair if finding.clashes_with else nowhere


def clash_in_words(finding: Finding) -> str:
    """What on the list it must first be freed of; empty for most."""
    return say("report_words.clashes_see_pairs", names=", ".join(finding.clashes_with)) if finding.clashes_with else ""


def factor_remarks(finding: FactorFinding) -> Iterator[str]:
    """What set the factor, what labels say where they differ, and whether the rule is an extension."""
    if finding.because:
        yield say("report_words.set_number_entered", because=finding.because)
    if finding.rule.us_label:
        yield say("report_words.us_label", us_label=finding.rule.us_label)
    if finding.rule.eu_label:
        yield say("report_words.eu_label", eu_label=finding.rule.eu_label)
    if finding.by_analogy:
        yield BY_ANALOGY


def pairs_of_one_text(report: CheckReport) -> list[list[PairFinding]]:
    """Pairs by their record, in the order of the report: one text is told once."""
    groups: dict[str, list[PairFinding]] = {}
    for pair in report.pairs:
        groups.setdefault(pair.record.id, []).append(pair)
    return list(groups.values())


def pairs_in_words(group: Iterable[PairFinding]) -> str:
    """'sertraline with aspirin, clopidogrel': a medicine of several pairs is named once, with all its others."""
    left = list(dict.fromkeys(pair.medicines for pair in group))
    said = []
    while left:
        common = Counter(name for pair in left for name in pair).most_common(1)[0][0]
        others = [one if other == common else other for one, other in left if common in (one, other)]
        said.append(say("report_words.with", common=common, names=", ".join(others)))
        left = [pair for pair in left if common not in pair]
    return "; ".join(said)


def names_together(group: SharedAction, report: CheckReport) -> str:
    """The medicines for which one action stands: 'lorazepam, zolpidem'."""
    return ", ".join(medicines_in_words(report.findings[place].medicines) for place in group.findings)


def plan_by_stage(plan: StagedPlan) -> dict[str, tuple[PlanLine, ...]]:
    """The lines of a plan by the name of their stage, in order of time; stages without lines too."""
    return dict(zip(PLAN_STAGE_NAMES, (plan.before, plan.on_the_day, plan.after), strict=True))


def is_checked(result: EntryResult) -> bool:
    """False for what was not recognised, not chosen or not assessed; 'no data' was looked at."""
    return result.status in (EntryStatus.ASSESSED, EntryStatus.NO_DATA)


def counts_against(severity: Severity | None) -> bool:
    """True for what must not be combined, or not electively."""
    return severity in (Severity.CONTRAINDICATED, Severity.AVOID)


def duplicate_in_words(duplicate: Duplicate) -> str:
    """The question that a duplicate asks."""
    question = (
        say("report_words.two_one_class_both", class_name=duplicate.class_name)
        if duplicate.class_name
        else say("report_words.entered_more_than_once")
    )
    return f"{' + '.join(duplicate.medicines)}: {question}"


def beyond_the_plan(report: CheckReport) -> dict[Stage, list[ChecklistItem]]:
    """Checklist items by stage, without those that the session plan says already; stages without items left out."""
    plan = report.session_plan
    said = {line.text for line in (*plan.before, *plan.on_the_day, *plan.after)}
    left = [item for item in report.checklist if item.text.rstrip(".") not in said]
    return {stage: items for stage in Stage if (items := [item for item in left if item.stage is stage])}


def item_in_words(item: ChecklistItem, report: CheckReport) -> str:
    """The item, with what to mind about it here."""
    remarks = [NEEDS_STAFF] if item.needs_staff and report.unsupervised else []
    remarks += [say("report_words.by_analogy")] if report.treatment in item.by_analogy else []
    return item.text + _in_brackets(remarks)


def _in_brackets(remarks: list[str]) -> str:
    return f" ({'; '.join(remarks)})" if remarks else ""


def finding_sources(finding: Finding) -> tuple[str, ...]:
    """Source ids of all records of the finding, the deciding record's first."""
    return _once(source for record in finding.records for source in record.sources)


def report_sources(report: CheckReport) -> tuple[str, ...]:
    """Every source id that the report rests on, in the order in which paper names them."""
    groups = (
        *(each.rule.sources for each in report.factors),
        *(finding_sources(each) for each in report.findings),
        *(each.action.sources for each in report.shared_actions),
        *(each.record.sources for each in report.pairs),
        *(each.sources for each in report.checklist),
    )
    return _once(source for group in groups for source in group)


def _once(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


NO_SESSION = say("report_words.no_session_until_settled")


def to_settle(report: CheckReport) -> list[tuple[str, str]]:
    """(names, action) of what stands against a session; what asks for the same action stands together."""
    by_action: dict[str, list[str]] = {}
    for names, action in report.against_a_session:
        by_action.setdefault(action, []).append(names)
    return [("; ".join(dict.fromkeys(names)), action) for action, names in by_action.items()]
