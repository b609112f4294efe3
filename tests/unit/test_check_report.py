"""What the report says as a whole: counts, order, the highest severity, when it may reassure, what a clash changes."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from components.clinical.entry import Entry, MedicationList
from components.clinical.factor_check import judge_factors
from components.clinical.factors import FactorGroup, FactorLevel, Measure, PatientAnswers
from components.clinical.findings import CLASH_ACTION, STOPPED_ACTION
from components.clinical.interaction_check import check
from components.clinical.knowledge_base import KnowledgeBase
from components.clinical.report import CheckReport, PlanLine
from components.clinical.session_plan import STAGES
from components.clinical.terms import EntryStatus, EvidenceGrade, Region, Severity, Treatment
from components.clinical.wording import typed_otherwise
from components.exchange.report_notes import TREATMENT_NOT_CHOSEN, all_notes

Checked = Callable[..., CheckReport]
Read = Callable[[str], MedicationList]

NO_DATA = "tranexamic acid"
"""A medicine that was looked at, but of which the evidence allows no severity."""
EVERY_STATUS = f"""
    xyzolam; bup; MTX; abatacept; infliximab; adalimumab; {NO_DATA}; acamprosate; disulfiram; azelastine nasal spray;
    sertraline; lorazepam; lithium; metformin; atorvastatin
"""


@pytest.fixture(scope="module")
def report_of(base: KnowledgeBase, read: Read) -> Checked:
    """A list, its lines parted by semicolons, with the patient's factors -> report."""

    def run(text: str, *factors: str, treatment: Treatment | None = Treatment.KETAMINE_IV) -> CheckReport:
        return check(read(text.replace("; ", "\n")), treatment, base, answers=PatientAnswers(factors))

    return run


def plan_lines(report: CheckReport) -> list[PlanLine]:
    return [line for stage in STAGES for line in getattr(report.session_plan, stage)]


def test_every_entry_is_counted_under_its_status(base: KnowledgeBase, read: Read) -> None:
    lines = " ".join(EVERY_STATUS.split()).replace("; ", "\n")
    report = check(read(lines), Treatment.ESKETAMINE_NASAL, base)
    by_status = {status: [each.status for each in report.entries].count(status) for status in EntryStatus}
    counts = report.counts
    assert counts.entered == len(report.entries) == 15
    assert by_status == {
        EntryStatus.NOT_RECOGNISED: counts.not_recognised,
        EntryStatus.AMBIGUOUS: counts.ambiguous,
        EntryStatus.NOT_ASSESSED: counts.not_assessed,
        EntryStatus.NO_DATA: counts.no_data,
        EntryStatus.ASSESSED: counts.assessed,
    }
    assert len(set(by_status.values())) == len(by_status), "each count another number, so that none stands for another"


@pytest.mark.parametrize(
    ("text", "status", "severity"),
    [
        ("xyzolam", EntryStatus.NOT_RECOGNISED, None),
        ("bup", EntryStatus.AMBIGUOUS, None),
        ("abatacept", EntryStatus.NOT_ASSESSED, None),
        ("ketoconazole shampoo", EntryStatus.NOT_ASSESSED, None),
        ("morphine mouthwash", EntryStatus.NOT_ASSESSED, None),
        ("diazepam vaginal suppository", EntryStatus.NOT_ASSESSED, None),
        (NO_DATA, EntryStatus.NO_DATA, None),
        ("Entresto", EntryStatus.NOT_ASSESSED, Severity.MONITOR),
        ("sertraline", EntryStatus.ASSESSED, Severity.COMPATIBLE),
    ],
)
def test_only_what_every_part_of_an_entry_allows_is_said_of_it(
    report_of: Checked, text: str, status: EntryStatus, severity: Severity | None
) -> None:
    (entry,) = report_of(text).entries
    assert (entry.status, entry.severity) == (status, severity)
    assert report_of(text).complete is (status is EntryStatus.ASSESSED)


@pytest.mark.parametrize("text", ["", "xyzolam; sertraline", "sertraline; bup", f"{NO_DATA}; sertraline"])
def test_a_list_is_complete_only_with_every_entry_assessed(base: KnowledgeBase, read: Read, text: str) -> None:
    listed = read(text.replace("; ", "\n")) if text else MedicationList()
    assert not check(listed, Treatment.KETAMINE_IV, base).complete


def test_the_grade_of_an_entry_is_that_of_the_deciding_record(base: KnowledgeBase, report_of: Checked) -> None:
    (entry,) = report_of("lorazepam").entries
    assert entry.evidence_grade is base.records[entry.records[0]].evidence_grade
    assert report_of("xyzolam").entries[0].evidence_grade is None
    assert report_of("abatacept").entries[0].evidence_grade is None
    assert isinstance(report_of(NO_DATA).entries[0].evidence_grade, EvidenceGrade)


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("sertraline; lorazepam; theophylline", ["theophylline", "lorazepam", "sertraline"]),
        ("lorazepam; diazepam; sertraline", ["lorazepam", "diazepam", "sertraline"]),
        ("diazepam; sertraline; lorazepam", ["diazepam", "lorazepam", "sertraline"]),
        (f"{NO_DATA}; sertraline", ["sertraline", NO_DATA]),
        (f"stopped theophylline 1 year ago; {NO_DATA}; sertraline", ["sertraline", NO_DATA, "theophylline"]),
        ("sertraline; allergic to ketamine", ["ketamine", "sertraline"]),
    ],
)
def test_findings_that_count_come_first_the_most_severe_before_the_others(
    report_of: Checked, text: str, order: list[str]
) -> None:
    assert [each.medicines[0] for each in report_of(text).findings] == order


@pytest.mark.parametrize(
    ("text", "factors", "highest"),
    [
        ("xyzolam", (), None),
        (NO_DATA, (), None),
        ("stopped lorazepam 1 year ago", (), None),
        ("sertraline", (), Severity.COMPATIBLE),
        ("sertraline; lorazepam", (), Severity.CAUTION),
        ("sertraline; phenelzine, stopped 3 days ago", (), Severity.CONTRAINDICATED),
        ("xyzolam", ("older-65",), Severity.MONITOR),
        ("sertraline", ("older-65",), Severity.MONITOR),
        ("xyzolam", ("sleep-apnoea",), Severity.CAUTION),
        ("sertraline", ("sleep-apnoea",), Severity.CAUTION),
        ("sertraline", ("aneurysm",), Severity.CONTRAINDICATED),
        ("theophylline", ("older-65",), Severity.AVOID),
    ],
)
def test_the_highest_severity_is_that_of_any_finding_pair_or_factor(
    report_of: Checked, text: str, factors: tuple[str, ...], highest: Severity | None
) -> None:
    assert report_of(text, *factors).highest_severity is highest


@pytest.mark.parametrize(
    ("text", "factors", "names"),
    [
        ("sertraline", (), []),
        ("sertraline; lorazepam", ("older-65",), []),
        ("sertraline", ("aneurysm",), ["aneurysm"]),
        ("sertraline; phenelzine", (), ["sertraline with phenelzine"]),
        ("theophylline", ("seizure-disorder",), ["theophylline"]),
        ("theophylline, stopped 1 year ago", ("seizure-disorder",), []),
        (
            "sertraline; phenelzine; theophylline",
            ("aneurysm", "seizure-disorder"),
            ["aneurysm", "sertraline with phenelzine", "theophylline"],
        ),
    ],
)
def test_everything_contraindicated_stands_against_a_session(
    base: KnowledgeBase, report_of: Checked, text: str, factors: tuple[str, ...], names: list[str]
) -> None:
    told = [base.patient.factors[each].name if each in factors else each for each in names]
    assert [name for name, _ in report_of(text, *factors).against_a_session] == told


def test_the_grade_of_a_finding_is_that_of_the_deciding_record(base: KnowledgeBase, report_of: Checked) -> None:
    (finding,) = report_of("lorazepam").findings
    others = [each.evidence_grade for each in finding.records[1:]]
    unlike = next(each for each in EvidenceGrade if each not in (finding.lead.evidence_grade, *others))
    lead = finding.lead.model_copy(update={"evidence_grade": unlike})
    assert len(finding.records) > 1
    assert replace(finding, records=(lead, *finding.records[1:])).evidence_grade is unlike


@pytest.mark.parametrize(
    ("text", "asked", "ticked_none", "may"),
    [
        ("sertraline", True, False, True),
        ("sertraline", False, False, False),
        ("xyzolam", True, False, False),
        ("xyzolam", True, True, False),
        ("", True, False, False),
        ("", True, True, True),
        ("", False, True, False),
    ],
)
def test_it_may_reassure_only_when_all_was_assessed_and_asked(
    base: KnowledgeBase, read: Read, text: str, asked: bool, ticked_none: bool, may: bool
) -> None:
    answers = PatientAnswers(asked=frozenset(FactorGroup) if asked else frozenset())
    listed = read(text) if text else MedicationList()
    report = check(listed, Treatment.KETAMINE_IV, base, answers=answers, takes_no_medicines=ticked_none)
    assert report.may_reassure is may
    assert (report.factors_asked, report.takes_no_medicines) == (asked, ticked_none)
    assert not check(listed, Treatment.KETAMINE_IV, base).takes_no_medicines, "unless it was ticked"


def test_without_a_treatment_the_first_note_says_what_counts(report_of: Checked) -> None:
    open_question, settled = (report_of("sertraline; NKDA", treatment=each) for each in (None, Treatment.KETAMINE_IV))
    assert all_notes(open_question) == (TREATMENT_NOT_CHOSEN, *all_notes(settled))
    assert settled.notes
    assert (open_question.treatment, settled.treatment) == (None, Treatment.KETAMINE_IV)


def test_the_region_is_that_of_the_check_and_the_us_unless_said(base: KnowledgeBase, read: Read) -> None:
    listed = read("sertraline")
    assert check(listed, None, base).region is Region.US
    assert check(listed, None, base, Region.EU).region is Region.EU


@pytest.mark.parametrize(
    ("text", "medicine", "clashes_with", "action_is"),
    [
        ("sertraline; phenelzine", "sertraline", ("phenelzine",), "settle"),
        ("sertraline; phenelzine", "phenelzine", ("sertraline",), "settle"),
        ("pseudoephedrine; phenelzine", "pseudoephedrine", ("phenelzine",), "settle"),
        ("dextromethorphan; phenelzine", "dextromethorphan", ("phenelzine",), "own"),
        ("lithium; hydrochlorothiazide", "lithium", ("hydrochlorothiazide",), "settle"),
        ("lorazepam; oxycodone", "lorazepam", ("oxycodone",), "own"),
        ("stopped fluoxetine last week; phenelzine", "fluoxetine", ("phenelzine",), "stopped"),
        ("sertraline; ibuprofen", "sertraline", (), "own"),
        ("sertraline; lithium; ibuprofen", "sertraline", (), "own"),
        ("clozapine; lorazepam", "lorazepam", (), "own"),
    ],
)
def test_nothing_goes_on_as_usual_in_a_dangerous_pair(
    base: KnowledgeBase, report_of: Checked, text: str, medicine: str, clashes_with: tuple[str, ...], action_is: str
) -> None:
    finding = next(each for each in report_of(text).findings if each.medicines == (medicine,))
    own = finding.lead.action_for(Treatment.KETAMINE_IV)
    assert finding.clashes_with == clashes_with
    settle = CLASH_ACTION[finding.never_stop_suddenly]
    assert finding.action == {"settle": settle, "own": own, "stopped": STOPPED_ACTION}[action_is]
    if clashes_with:
        goes_on = {step.text for step in base.steps.values() if step.keeps_on}
        assert not [line for stage in STAGES for line in getattr(finding.plan, stage) if line.text in goes_on]


def test_the_session_plan_does_not_tell_to_go_on_with_what_clashes(report_of: Checked) -> None:
    alone, clashing = report_of("sertraline; atorvastatin"), report_of("sertraline; phenelzine; atorvastatin")
    usual = {line.text for line in plan_lines(alone) if "sertraline" in line.medicines and "usual" in line.text}
    assert usual
    assert not [line for line in plan_lines(clashing) if line.text in usual and "sertraline" in line.medicines]
    assert [line for line in plan_lines(clashing) if line.text in usual and "atorvastatin" in line.medicines]


@pytest.mark.parametrize(
    ("text", "step", "told_for"),
    [
        ("itraconazole", "start_low_if_swallowed", {Treatment.KETAMINE_ORAL, None}),
        ("carbamazepine", "expect_lower_level_if_swallowed", {Treatment.KETAMINE_ORAL, None}),
        ("oxymetazoline nasal spray", "nasal_spray_one_hour_before", {Treatment.ESKETAMINE_NASAL, None}),
    ],
)
def test_the_session_plan_holds_no_step_for_another_treatment(
    base: KnowledgeBase, report_of: Checked, text: str, step: str, told_for: set[Treatment | None]
) -> None:
    told = {
        treatment
        for treatment in (*Treatment, None)
        if base.steps[step].text in {line.text for line in plan_lines(report_of(text, treatment=treatment))}
    }
    assert told == told_for


def test_a_sentence_for_another_treatment_is_not_in_the_session_plan(report_of: Checked) -> None:
    sentence = "Lower the first dose of swallowed ketamine and raise slowly"
    told = {
        treatment
        for treatment in (*Treatment, None)
        if sentence in {line.text for line in plan_lines(report_of("fluvoxamine", treatment=treatment))}
    }
    assert told == {Treatment.KETAMINE_ORAL, None}


def test_a_medicine_that_clashes_with_itself_in_another_form_is_named(report_of: Checked) -> None:
    report = report_of("selegiline patch 6 mg/24 h; selegiline 5 mg tablet")
    dangerous = [each for each in report.findings if each.clashes_with]
    assert dangerous
    assert {each.clashes_with for each in dangerous} == {("selegiline",)}


def test_a_finding_without_a_severity_stays_as_it_is_in_a_pair(base: KnowledgeBase, read: Read) -> None:
    pair = next(each for each in base.pairs if each.severity is Severity.CONTRAINDICATED)
    members = tuple(each.model_copy(update={"medicine": NO_DATA}) for each in pair.first[:1])
    clash = pair.model_copy(update={"id": "KP-9999", "first": members})
    known = replace(base, pairs_of={NO_DATA: (clash,)})
    report = check(read(f"{NO_DATA}\n{pair.second[0].medicine}"), Treatment.KETAMINE_IV, known)
    assert len(report.pairs) == 1
    without = next(each for each in report.findings if each.medicines == (NO_DATA,))
    assert (without.severity, without.clashes_with) == (None, ())


@pytest.mark.parametrize(
    ("text", "severity", "changed"),
    [
        ("theophylline", Severity.CONTRAINDICATED, True),
        ("lorazepam", Severity.CAUTION, False),
        (NO_DATA, None, False),
    ],
)
def test_a_factor_raises_and_never_lowers(
    report_of: Checked, text: str, severity: Severity | None, changed: bool
) -> None:
    (finding,) = report_of(text, "seizure-disorder").findings
    (entry,) = report_of(text, "seizure-disorder").entries
    assert (finding.severity, entry.severity) == (severity, severity)
    assert bool(finding.changes) is changed
    if changed:
        assert finding.action == finding.changes[0].action != finding.lead.action_for(Treatment.KETAMINE_IV)


def test_only_the_entry_that_a_factor_speaks_of_is_raised(report_of: Checked) -> None:
    report = report_of("lorazepam; theophylline; sertraline", "seizure-disorder")
    assert [each.severity for each in report.entries] == [
        Severity.CAUTION,
        Severity.CONTRAINDICATED,
        Severity.COMPATIBLE,
    ]
    assert report.highest_severity is Severity.CONTRAINDICATED


def test_a_factor_adds_its_own_steps_to_the_plan(base: KnowledgeBase, report_of: Checked) -> None:
    factor = next(each for each in base.patient.factors.values() if each.plan.before)
    shared = next(step.shared for step in factor.plan.before if step.shared)
    told = base.steps[shared].text
    with_factor, without = report_of("metformin", factor.id), report_of("metformin")
    assert told in {line.text for line in plan_lines(with_factor)}
    assert told not in {line.text for line in plan_lines(without)}


def test_an_allergy_to_a_ketamine_is_a_factor_beside_those_chosen(report_of: Checked) -> None:
    report = report_of("sertraline; allergic to esketamine", "older-65")
    assert {each.factor.id for each in report.present} == {"older-65", "hypersensitivity"}
    assert "hypersensitivity" not in {each.factor.id for each in report_of("sertraline; allergic to aspirin").present}


@pytest.mark.parametrize(
    ("text", "spravato_is_second"),
    [
        ("ketamine; Spravato", True),
        ("ketamine, stopped 1 year ago; Spravato", False),
        ("Spravato", False),
    ],
)
def test_neither_ketamine_passes_as_the_treatment_when_both_are_taken(
    report_of: Checked, text: str, spravato_is_second: bool
) -> None:
    last = report_of(text, treatment=None).entries[-1]
    assert last.entry.medicines == ("esketamine",)
    assert (last.severity is Severity.AVOID) is spravato_is_second


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("sertraline", True),
        ("stopped sertraline 1 year ago", False),
        ("fluoxetine, stopped last week", True),
        ("metformin; allergic to sertraline", False),
        ("abatacept", False),
    ],
)
def test_a_rule_about_a_class_holds_with_what_acts(report_of: Checked, text: str, holds: bool) -> None:
    rules = {each.rule.id for each in report_of(text, "gut-bleeding").factors}
    assert ("ssri-bleeding" in rules) is holds


def test_a_rule_about_a_class_holds_with_a_medicine_of_which_no_record_speaks(base: KnowledgeBase, read: Read) -> None:
    unspoken = replace(base, records_of={})
    report = check(read("sertraline"), Treatment.KETAMINE_IV, unspoken, answers=PatientAnswers(("gut-bleeding",)))
    assert report.findings == ()
    assert "ssri-bleeding" in {each.rule.id for each in report.factors}


@pytest.mark.parametrize("recognition", [EntryStatus.AMBIGUOUS, EntryStatus.NOT_RECOGNISED])
def test_nothing_is_found_for_what_nobody_settled(base: KnowledgeBase, recognition: EntryStatus) -> None:
    open_question = Entry("bup", recognition, ("lorazepam",))
    report = check(MedicationList((open_question,)), Treatment.KETAMINE_IV, base)
    (entry,) = report.entries
    assert (entry.status, entry.severity, entry.records) == (recognition, None, ())
    assert (report.findings, report.highest_severity, report.complete) == ((), None, False)


def test_a_change_by_several_factors_names_those_that_are_present(base: KnowledgeBase, report_of: Checked) -> None:
    names = [base.patient.factors[each].name for each in ("older-65", "coronary-disease")]
    (both,) = report_of("amitriptyline", "older-65", "coronary-disease").findings[0].changes
    (one,) = report_of("amitriptyline", "coronary-disease").findings[0].changes
    assert (both.factor, one.factor) == (", ".join(names), names[1])


@pytest.mark.parametrize(
    ("measures", "because"),
    [
        ({Measure.SYSTOLIC_MMHG: 181, Measure.DIASTOLIC_MMHG: 101}, "systolic 181 mmHg, diastolic 101 mmHg"),
        ({Measure.SYSTOLIC_MMHG: 181, Measure.DIASTOLIC_MMHG: 80}, "systolic 181 mmHg"),
        ({Measure.AGE_YEARS: 70}, "age 70 years"),
    ],
)
def test_a_number_that_sets_a_factor_is_told_with_its_unit(
    base: KnowledgeBase, read: Read, measures: dict[Measure, float], because: str
) -> None:
    report = check(read("sertraline"), Treatment.KETAMINE_IV, base, answers=PatientAnswers(measures=measures))
    assert {each.because for each in report.present} == {because}
    assert {each.because for each in report.factors} == {because}


def test_a_rule_that_two_factors_share_is_told_with_the_numbers_of_both(base: KnowledgeBase) -> None:
    present = {"sleep-apnoea": "one number", "respiratory-disease": "another"}
    told = judge_factors(present, Treatment.KETAMINE_IV, set(), base.patient)
    (shared,) = [each for each in told if len(each.factors) == 2]
    assert [each.id for each in shared.factors] == list(present)
    assert shared.because == "one number, another"


def test_what_follows_from_the_factors_comes_strictest_first(report_of: Checked) -> None:
    told = report_of("sertraline", "emergence-psychological", "older-65", "serotonin-syndrome", "hypersensitivity")
    levels = [each.rule.level for each in told.factors]
    by_level = [FactorLevel.CONTRAINDICATION, FactorLevel.WARNING, FactorLevel.PRECAUTION]
    assert list(dict.fromkeys(levels)) == by_level
    assert levels == sorted(levels, key=by_level.index)


def test_a_factor_that_was_chosen_has_no_number(report_of: Checked) -> None:
    report = report_of("sertraline", "older-65")
    assert [each.because for each in (*report.present, *report.factors)] == [None] * (1 + len(report.factors))


def test_an_entry_wears_the_strictest_pair_in_which_it_stands(report_of: Checked) -> None:
    report = report_of("sertraline; phenelzine; lamotrigine")
    clashes = [report.clash_of(place) for place in range(3)]
    assert clashes == [(Severity.CONTRAINDICATED, (other,)) for other in ("phenelzine", "sertraline")] + [None]
    counts = {finding.medicines: report.counts_in_a_pair(finding) for finding in report.findings}
    assert counts == {("sertraline",): True, ("phenelzine",): True, ("lamotrigine",): False}


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        ("omeprazole", EvidenceGrade.NONE),
        ("escitalopram; omeprazole 20 mg stopped 3 years ago", None),
        ("lorazepam; omeprazole", None),
    ],
)
def test_an_answer_that_nobody_studied_says_so(text: str, grade: EvidenceGrade | None, report_of: Checked) -> None:
    """Above 'compatible' the action counts, not who studied the rest."""
    assert report_of(text).highest_grade is grade


def test_what_was_typed_stands_beside_our_name_where_it_says_more(report_of: Checked) -> None:
    report = report_of("Zoloft 100 mg; lamotrigine")
    told = {finding.medicines: typed_otherwise(finding, report) for finding in report.findings}
    assert told == {("sertraline",): "Zoloft 100 mg", ("lamotrigine",): ""}
