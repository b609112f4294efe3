"""The product's fixed words, once: severities, statuses, treatments, and the sentences for what we do not know."""

from collections.abc import Sequence

from components.clinical.factors import FactorLevel
from components.clinical.findings import CHANGE_ACTION
from components.clinical.interface_words import say
from components.clinical.report import CheckReport, EntryResult, Finding
from components.clinical.terms import DANGEROUS, Burden, EntryStatus, EvidenceGrade, Severity, Treatment

DRAFT_BANNER = say("wording.draft_not_yet_signed_off")

TREATMENT_NAMES = {
    Treatment.KETAMINE_IV: say("wording.ketamine_intravenous_infusion"),
    Treatment.KETAMINE_IM_SC: say("wording.ketamine_intramuscular_subcutaneous"),
    Treatment.KETAMINE_ORAL: say("wording.ketamine_swallowed_sublingual_troche"),
    Treatment.KETAMINE_NASAL: say("wording.ketamine_compounded_nasal_spray"),
    Treatment.ESKETAMINE_NASAL: say("wording.esketamine_nasal_spray_spravato"),
}
NO_TREATMENT = say("wording.not_chosen_strictest_route_counts")
SEVERITY_NAMES = {
    Severity.CONTRAINDICATED: say("wording.contraindicated"),
    Severity.AVOID: say("wording.avoid"),
    Severity.CAUTION: say("wording.caution"),
    Severity.MONITOR: say("wording.monitor"),
    Severity.COMPATIBLE: say("wording.compatible"),
}
SEVERITY_MEANINGS = {
    Severity.CONTRAINDICATED: say("wording.do_not_combine"),
    Severity.AVOID: say("wording.do_not_combine_electively"),
    Severity.CAUTION: say("wording.act_first_plan_before"),
    Severity.MONITOR: say("wording.continue_named_extra_checks"),
    Severity.COMPATIBLE: say("wording.nothing_extra_expected"),
}
FACTOR_LEVEL_WORDS = {
    FactorLevel.CONTRAINDICATION: say("wording.do_not_give"),
    FactorLevel.WARNING: say("wording.act_first"),
    FactorLevel.PRECAUTION: say("wording.extra_checks"),
}
"""A factor is nothing to 'combine': its level has words of its own."""
GRADE_WORDS = {
    EvidenceGrade.LABEL: say("wording.label"),
    EvidenceGrade.HIGH: say("wording.high"),
    EvidenceGrade.MODERATE: say("wording.moderate"),
    EvidenceGrade.LOW: say("wording.low"),
    EvidenceGrade.VERY_LOW: say("wording.very_low"),
    EvidenceGrade.THEORETICAL: say("wording.theoretical"),
    EvidenceGrade.NONE: say("wording.none"),
}
"""One or two words each: 'Very low'."""
GRADE_NAMES = {
    EvidenceGrade.LABEL: say("wording.stated_product_information"),
    EvidenceGrade.HIGH: say("wording.high_several_large_randomised", grade=GRADE_WORDS[EvidenceGrade.HIGH]),
    EvidenceGrade.MODERATE: say("wording.moderate_one_good_trial", grade=GRADE_WORDS[EvidenceGrade.MODERATE]),
    EvidenceGrade.LOW: say("wording.low_small_trials_cohorts", grade=GRADE_WORDS[EvidenceGrade.LOW]),
    EvidenceGrade.VERY_LOW: say("wording.very_low_case_reports", grade=GRADE_WORDS[EvidenceGrade.VERY_LOW]),
    EvidenceGrade.THEORETICAL: say("wording.theoretical_mechanism_only", grade=GRADE_WORDS[EvidenceGrade.THEORETICAL]),
    EvidenceGrade.NONE: say("wording.none_no_data_found", grade=GRADE_WORDS[EvidenceGrade.NONE]),
}
BURDEN_NAMES = {
    Burden.SEDATION: say("wording.sedation"),
    Burden.BREATHING: say("wording.slower_breathing"),
    Burden.BLOOD_PRESSURE: say("wording.higher_blood_pressure"),
    Burden.LOST_BENEFIT: say("wording.lost_benefit"),
    Burden.SEIZURE_THRESHOLD: say("wording.lower_seizure_threshold"),
    Burden.SEROTONIN: say("wording.serotonin_load"),
}
PLAN_STAGE_NAMES = (say("shared.before"), say("shared.on_the_day"), say("shared.after"))
NOT_STUDIED = say("wording.none_found_studied")
PAIRS_ARE_A_SELECTION = say("wording.dangerous_pairs_not_a_full_check")
NOT_SAFE = say("wording.not_assessed_does_not_mean_safe")
_MOST_CHOICES_IN_WORDS = 6
_MOST_REASONS = 3


def medicines_in_words(medicines: Sequence[str]) -> str:
    """'olanzapine + fluoxetine'."""
    return " + ".join(medicines)


def choices_in_words(names: Sequence[str]) -> str:
    """'a, b or c'; a long list is cut with 'or another'."""
    if len(names) > _MOST_CHOICES_IN_WORDS:
        return ", ".join(names[:_MOST_CHOICES_IN_WORDS]) + say("wording.another_class")
    return names[0] if len(names) == 1 else say("wording.or", names=", ".join(names[:-1]), name=names[-1])


def verdict_word(severity: Severity | None, grade: EvidenceGrade | None) -> str:
    """'Caution'; a 'compatible' that nobody studied says so; no severity is 'No data'."""
    if severity is None:
        return say("wording.no_data")
    return NOT_STUDIED if severity is Severity.COMPATIBLE and grade is EvidenceGrade.NONE else SEVERITY_NAMES[severity]


def typed_otherwise(finding: Finding, report: CheckReport) -> str:
    """What the user typed, where it says more than our name."""
    name = medicines_in_words(finding.medicines)
    words = [report.entries[position].entry.entered for position in finding.entries]
    return "; ".join(word for word in words if word.casefold() != name.casefold())


def answer_line(report: CheckReport) -> str:
    """'9 entered: 7 assessed, 1 not assessed, 1 not recognised; highest: caution'. Silence is never the highest."""
    return _answer(report, "")


def _answer(report: CheckReport, because: str) -> str:
    counts = report.counts
    parts = [
        f"{number} {word}"
        for number, word in (
            (counts.assessed, say("wording.assessed")),
            (counts.no_data, say("wording.without_data")),
            (counts.not_assessed, say("wording.not_assessed")),
            (counts.ambiguous, say("wording.to_be_chosen")),
            (counts.not_recognised, say("wording.not_recognised")),
        )
        if number
    ]
    told = ", ".join(parts) or say("wording.nothing_check")
    highest = report.highest_severity
    if highest is None and counts.entered > counts.assessed:
        return say("wording.entered_nothing_could_be_checked", entered=counts.entered, counts=told)
    reason = f" ({because})" if because else ""
    word = verdict_word(highest, report.highest_grade).lower() if highest else say("shared.none_found")
    return say(
        "wording.entered_highest",
        entered=counts.entered,
        counts=told,
        highest=f"{word}{reason}{_open_question(report)}",
    )


def _open_question(report: CheckReport) -> str:
    """What may turn a mild answer into a severe one; empty where it is severe already."""
    if report.highest_severity in DANGEROUS or not report.may_still_act:
        return ""
    names = dict.fromkeys(medicines_in_words(each.medicines) for each in report.may_still_act)
    return say("wording.but_ask_when_last_taken", names=_medicines_in_short(list(names), ", "))


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
        _medicines_in_short(each.medicines) + ("" if each.entries else say("shared.allergy"))
        for each in report.findings
        if each.counted and each.severity is highest
    ]
    names += [medicines_in_words(each.medicines) for each in report.pairs if each.record.severity is highest]
    once = list(dict.fromkeys(names))
    more = say("wording.and_more", number=len(once) - _MOST_REASONS) if len(once) > _MOST_REASONS else ""
    return "; ".join(once[:_MOST_REASONS]) + more


def _medicines_in_short(medicines: Sequence[str], between: str = " + ") -> str:
    more = [say("wording.more", number=len(medicines) - _MOST_REASONS)] if len(medicines) > _MOST_REASONS else []
    return between.join([*medicines[:_MOST_REASONS], *more])


def headline(report: CheckReport) -> str:
    """The answer with its reason: '...; highest: contraindicated (heart attack in the last 6 weeks)'."""
    return _answer(report, highest_because(report))


def in_a_sentence(name: str) -> str:
    """The name of a factor inside a sentence; an abbreviation keeps its capitals."""
    return name if name[:2].isupper() else name[:1].lower() + name[1:]


def what_we_do_not_know(result: EntryResult) -> str:
    """The plain sentence for an entry that was not fully assessed; empty for one that was."""
    entry = result.entry
    if result.status is EntryStatus.NOT_RECOGNISED:
        question = say("wording.did_you_mean", choices=choices_in_words(entry.choices)) if entry.suggestions else ""
        return say("wording.not_recognised_not_checked", entered=entry.entered, question=question)
    if result.status is EntryStatus.AMBIGUOUS:
        return say(
            "wording.could_be_not_checked_until_chosen",
            entered=entry.entered,
            choices=choices_in_words(entry.choices),
        )
    if result.unassessed_treatments:
        return say(
            "wording.not_assessed_for_every_treatment",
            names=medicines_in_words(entry.medicines),
            treatments="; ".join(TREATMENT_NAMES[each] for each in result.unassessed_treatments),
            not_safe=NOT_SAFE,
        )
    if result.status is EntryStatus.NOT_ASSESSED:
        names = medicines_in_words(result.unassessed_parts or entry.medicines)
        route = entry.details.route
        if route is not None and route.is_local:
            return say(
                "wording.form_not_assessed",
                entered=entry.entered,
                names=names,
                route=route.value,
                not_safe=NOT_SAFE,
            )
        if len(result.unassessed_parts) < len(entry.medicines):
            return say(
                "wording.checked_in_part_rest_not_assessed", entered=entry.entered, names=names, not_safe=NOT_SAFE
            )
        return say("wording.real_medicine_we_have_not_assessed", names=names, not_safe=NOT_SAFE)
    if result.status is EntryStatus.NO_DATA:
        names = medicines_in_words(entry.medicines)
        return say("wording.we_looked_no_verdict", names=names)
    return ""


def when_stopped_question(medicine: str, washout_days: int, days_ago: int | None = None) -> str:
    """Asks for the one date on which a stopped medicine's finding turns, or says what the list told."""
    counts_until = say("wording.full_day") if washout_days == 1 else say("wording.days", days=washout_days)
    if not days_ago:
        return say("wording.when_last_taken_counts", medicine=medicine, counts_until=counts_until)
    told = say("wording.yesterday_at_the_latest") if days_ago == 1 else say("wording.about_days_ago", days_ago=days_ago)
    return say("wording.stopped_by_the_list_counts", medicine=medicine, told=told, counts_until=counts_until)


def about_its_use(finding: Finding) -> str:
    """What a medicine that is stopped, being stopped or not begun asks beside its action; empty for others."""
    name, asks = finding.medicines[0], []
    if finding.ask_when_stopped_days is not None:
        asks.append(when_stopped_question(name, finding.ask_when_stopped_days, finding.stopped_days_ago))
    if finding.may_still_act:
        asks.append(say("wording.may_still_act_no_record_says_how_long", medicine=name))
    if finding.stopped and finding.never_stop_suddenly:
        asks.append(say("wording.never_stopped_suddenly_ask_withdrawal"))
    if finding.in_change and finding.action != CHANGE_ACTION[finding.in_change]:
        asks.append(f"{CHANGE_ACTION[finding.in_change]}.")
    return " ".join(asks)
