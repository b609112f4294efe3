"""Two lists side by side: what a changed list changes in the answer, and that nothing is lost between them."""

from collections import Counter
from collections.abc import Callable
from dataclasses import fields, replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from components.clinical.entry import MedicationList
from components.clinical.factors import PatientAnswers
from components.clinical.interaction_check import check
from components.clinical.knowledge_base import KnowledgeBase
from components.clinical.line_details import LineDetails
from components.clinical.medicine_names import chosen_entry
from components.clinical.name_index import NameIndex
from components.clinical.reconcile import Changes, compare_reports
from components.clinical.report import CheckReport, EntryResult, PlanLine, StagedPlan
from components.clinical.same_entries import ASPECT_OF, Aspect
from components.clinical.session_plan import STAGES
from components.clinical.terms import Severity
from components.exchange.medication_list import read_medication_list

settings.register_profile("house", deadline=None, derandomize=True, max_examples=60)
settings.load_profile("house")

Checked = Callable[..., CheckReport]
Read = Callable[[str], MedicationList]
Compared = Callable[[str, str], Changes]

LINES = (
    *("Zoloft 100 mg qAM", "sertraline 50 mg", "sertraline", "lorazepam 1 mg prn", "lorazepam 2 mg", "Symbyax 6/25"),
    *(
        "stopped fluoxetine last week",
        "fluoxetine 20 mg",
        "Nardil 15 mg",
        "phenelzine",
        "abatacept",
        "bup 150 mg",
        "bup",
    ),
    *(
        "xyzolam 2 mg",
        "xyzolam",
        "selegiline patch",
        "selegiline 5 mg tablet",
        "alprazolam 0.5 mg",
        "allergic to Ketalar",
    ),
)
NO_DATA = "tranexamic acid"
"""A medicine that was looked at, but of which the evidence allows no severity."""
filled = st.lists(st.sampled_from(LINES), min_size=1, max_size=7)


@pytest.fixture(scope="module")
def compared(checked: Checked, base: KnowledgeBase) -> Compared:
    """Two lists, their lines parted by semicolons -> what differs."""

    def run(before: str, after: str) -> Changes:
        return compare_reports(checked(before.replace("; ", "\n")), checked(after.replace("; ", "\n")), base)

    return run


def typed(results: tuple[EntryResult, ...]) -> list[str]:
    return [each.entry.entered for each in results]


@pytest.mark.parametrize(
    ("before", "after", "added", "removed", "unchanged"),
    [
        ("Zoloft 50 mg; lorazepam 1 mg", "lorazepam 1 mg; Zoloft 50 mg", [], [], 2),
        ("Zoloft 50 mg", "sertraline 50 mg", [], [], 1),
        ("Zoloft 50 mg", "Zoloft 50 mg; Nardil 15 mg", ["Nardil 15 mg"], [], 1),
        ("Zoloft 50 mg; Nardil 15 mg", "Zoloft 50 mg", [], ["Nardil 15 mg"], 1),
        ("Zoloft 50 mg", "Zoloft 50 mg; Zoloft 50 mg", ["Zoloft 50 mg"], [], 1),
        ("xyzolam", "Xyzolam", [], [], 1),
        ("xyzolam", "abatacept", ["abatacept"], ["xyzolam"], 0),
        ("Symbyax 6/25", "olanzapine 6 mg", ["olanzapine 6 mg"], ["Symbyax 6/25"], 0),
    ],
)
def test_entries_that_come_go_and_stay(
    compared: Compared, before: str, after: str, added: list[str], removed: list[str], unchanged: int
) -> None:
    changes = compared(before, after)
    assert (typed(changes.added), typed(changes.removed), len(changes.unchanged)) == (added, removed, unchanged)
    assert changes.changed == ()


@pytest.mark.parametrize(
    ("before", "after", "aspects"),
    [
        ("sertraline 50 mg", "sertraline 100 mg", (Aspect.DOSE,)),
        ("sertraline 50 mg daily", "sertraline 50 mg bid", (Aspect.DOSE,)),
        ("Zoloft", "sertraline 100 mg", (Aspect.DOSE,)),
        ("selegiline tablet", "selegiline patch", (Aspect.ROUTE,)),
        ("lorazepam 1 mg", "lorazepam 1 mg prn", (Aspect.USE,)),
        ("fluoxetine", "stopped fluoxetine last week", (Aspect.USE,)),
        ("stopped fluoxetine last week", "stopped fluoxetine 3 months ago", (Aspect.USE,)),
        ("cannabis", "cannabis recreational", (Aspect.SUPPLY,)),
        ("lorazepam 1 mg", "lorazepam 2 mg iv prn", (Aspect.DOSE, Aspect.ROUTE, Aspect.USE)),
    ],
)
def test_the_same_medicine_taken_otherwise(
    compared: Compared, before: str, after: str, aspects: tuple[Aspect, ...]
) -> None:
    changes = compared(before, after)
    (change,) = changes.changed
    assert change.aspects == aspects
    assert (changes.added, changes.removed, changes.unchanged) == ((), (), ())


def test_of_several_the_like_ones_are_matched_first(compared: Compared) -> None:
    changes = compared("sertraline 50 mg; sertraline 100 mg", "sertraline 100 mg; sertraline 150 mg")
    (change,) = changes.changed
    assert (change.before.entry.entered, change.after.entry.entered) == ("sertraline 50 mg", "sertraline 150 mg")
    assert typed(changes.unchanged) == ["sertraline 100 mg"]


def test_a_name_that_was_settled_is_one_entry_read_otherwise(base: KnowledgeBase, checked: Checked, read: Read) -> None:
    listed = read("bup 150 mg")
    settled = replace(listed, entries=(chosen_entry(listed.entries[0], "bupropion", base),))
    changes = compare_reports(checked("bup 150 mg"), check(settled, checked("bup").treatment, base), base)
    (change,) = changes.changed
    assert change.aspects == (Aspect.READING,)
    assert (changes.complete_before, changes.complete_after) == (False, True)


@pytest.mark.parametrize(
    ("before", "after", "medicines", "severities"),
    [
        ("sertraline", "sertraline; lorazepam", ("lorazepam",), (None, Severity.CAUTION)),
        ("sertraline; lorazepam", "sertraline", ("lorazepam",), (Severity.CAUTION, None)),
    ],
)
def test_findings_that_come_and_go(
    compared: Compared,
    before: str,
    after: str,
    medicines: tuple[str, ...],
    severities: tuple[Severity | None, Severity | None],
) -> None:
    (change,) = compared(before, after).findings
    assert change.medicines == medicines
    assert (change.before and change.before.severity, change.after and change.after.severity) == severities


def test_a_stopped_medicine_whose_washout_is_over_no_longer_counts(compared: Compared) -> None:
    (change,) = compared("Nardil 15 mg", "Nardil 15 mg, stopped 3 months ago").findings
    assert change.before is not None
    assert change.after is not None
    assert (change.before.counted, change.after.counted) == (True, False)


@pytest.mark.parametrize(
    ("before", "after", "severities"),
    [
        ("naltrexone 4.5 mg daily", "naltrexone 50 mg daily", (Severity.MONITOR, Severity.CAUTION)),
        ("naltrexone 50 mg daily", "naltrexone 4.5 mg daily", (Severity.CAUTION, Severity.MONITOR)),
        ("Desoxyn 5 mg daily", "methamphetamine recreational", (Severity.CAUTION, Severity.AVOID)),
    ],
)
def test_another_dose_or_source_that_changes_the_severity_is_told(
    compared: Compared, before: str, after: str, severities: tuple[Severity, Severity]
) -> None:
    (change,) = compared(before, after).findings
    assert change.before is not None
    assert change.after is not None
    assert (change.before.severity, change.after.severity) == severities


@pytest.mark.parametrize(
    ("before", "after", "there_before", "there_after"),
    [
        ("metformin", f"metformin; {NO_DATA}", False, True),
        (f"metformin; {NO_DATA}", "metformin", True, False),
    ],
)
def test_a_medicine_without_a_severity_is_told_when_it_comes_or_goes(
    compared: Compared, before: str, after: str, there_before: bool, there_after: bool
) -> None:
    (change,) = compared(before, after).findings
    assert change.medicines == (NO_DATA,)
    assert (change.before is not None, change.after is not None) == (there_before, there_after)


@pytest.mark.parametrize(
    ("before", "after", "order"),
    [
        (
            "sertraline; theophylline",
            f"{NO_DATA}; lorazepam",
            ["theophylline", "lorazepam", "sertraline", NO_DATA],
        ),
        (
            "sertraline; stopped theophylline 1 year ago",
            f"{NO_DATA}; lorazepam",
            ["lorazepam", "sertraline", NO_DATA, "theophylline"],
        ),
    ],
    ids=["all count", "one is stopped"],
)
def test_changed_findings_that_count_come_first_the_most_severe_before_the_others(
    compared: Compared, before: str, after: str, order: list[str]
) -> None:
    for changes in (compared(before, after), compared(after, before)):
        assert [each.medicines[0] for each in changes.findings] == order


def test_of_several_findings_on_one_medicine_the_order_of_the_list_chooses_none(compared: Compared) -> None:
    patch, tablet = "selegiline patch", "selegiline 5 mg tablet"
    one, other = compared("metformin", f"{patch}; {tablet}"), compared("metformin", f"{tablet}; {patch}")
    assert one.findings == other.findings
    assert [each.medicines for each in one.findings if each.after] == [("selegiline",)]


@pytest.mark.parametrize(
    ("lines", "severity", "counted"),
    [
        ("Desoxyn 5 mg daily; methamphetamine recreational", Severity.AVOID, True),
        ("naltrexone 4.5 mg daily; naltrexone 50 mg daily", Severity.CAUTION, True),
        ("lorazepam; lorazepam, stopped 1 year ago", Severity.CAUTION, True),
    ],
)
def test_of_several_findings_on_one_medicine_the_one_that_counts_most_is_told(
    compared: Compared, lines: str, severity: Severity, counted: bool
) -> None:
    (change,) = compared("xyzolam", lines).findings
    assert change.after is not None
    assert (change.after.severity, change.after.counted) == (severity, counted)


def test_entries_of_the_same_words_stand_in_one_order_whatever_the_list_has(
    base: KnowledgeBase, checked: Checked, read: Read
) -> None:
    (typed_once,) = read("sertraline").entries
    both = [replace(typed_once, details=LineDetails(strength_mg=each)) for each in (50, 100)]
    nothing = checked("metformin")
    one, other = (
        compare_reports(check(MedicationList(tuple(each)), nothing.treatment, base), nothing, base)
        for each in (both, both[::-1])
    )
    assert len(one.removed) == 2
    assert one.removed == other.removed


def test_new_clashes_come_with_the_most_severe_first(compared: Compared) -> None:
    changes = compared("metformin", "lithium; ibuprofen; lisinopril; sertraline; phenelzine")
    assert [(each.medicines, each.record.severity) for each in changes.pairs_new] == [
        (("phenelzine", "sertraline"), Severity.CONTRAINDICATED),
        (("ibuprofen", "lithium"), Severity.AVOID),
        (("ibuprofen", "sertraline"), Severity.CAUTION),
        (("lisinopril", "lithium"), Severity.CAUTION),
    ]


def test_a_new_clash_is_told_with_its_severity(compared: Compared) -> None:
    changes = compared("sertraline 50 mg", "sertraline 50 mg; Nardil 15 mg")
    assert [(each.medicines, each.record.severity) for each in changes.pairs_new] == [
        (("phenelzine", "sertraline"), Severity.CONTRAINDICATED)
    ]
    assert changes.pairs_gone == ()
    assert changes.highest_after is Severity.CONTRAINDICATED


def test_a_plan_line_is_new_for_the_medicine_that_came(base: KnowledgeBase, checked: Checked) -> None:
    before, after = checked("lorazepam 1 mg"), checked("lorazepam 1 mg\nalprazolam 0.5 mg")
    changes = compare_reports(before, after, base)
    new = [line for stage in STAGES for line in getattr(changes.plan_new, stage)]
    assert new
    assert {name for line in new for name in line.medicines} == {"alprazolam"}
    assert changes.plan_gone == StagedPlan()


def test_new_plan_lines_that_many_records_share_come_first_and_stay_marked(
    base: KnowledgeBase, checked: Checked
) -> None:
    after = checked("metformin\nlorazepam\ncarbamazepine")
    new = compare_reports(checked("metformin"), after, base).plan_new
    for stage in STAGES:
        shared = {line.text: line.comes_first for line in getattr(after.session_plan, stage)}
        lines = [(line.comes_first, line.text) for line in getattr(new, stage)]
        assert lines == sorted(lines, key=lambda line: (not line[0], line[1]))
        assert lines == [(shared[text], text) for _, text in lines]
    assert {line.comes_first for line in new.before} == {True, False}


@pytest.mark.parametrize(
    ("before", "after", "stopped_at_once"),
    [
        ("clonazepam 0.5 mg BID; paracetamol", "paracetamol", ("clonazepam",)),
        ("clonazepam 0.5 mg BID", "clonazepam, stopped last week", ("clonazepam",)),
        ("clonazepam 0.5 mg BID; clonazepam 1 mg nocte", "clonazepam 0.5 mg BID", ()),
        ("clonazepam, stopped last week; paracetamol", "paracetamol", ()),
        ("atorvastatin 20 mg; paracetamol", "paracetamol", ()),
        ("paracetamol", "clonazepam 0.5 mg BID", ()),
    ],
)
def test_the_plan_never_lets_go_of_a_medicine_that_is_stopped_at_once(
    compared: Compared, before: str, after: str, stopped_at_once: tuple[str, ...]
) -> None:
    changes = compared(before, after)
    assert changes.stopped_at_once == stopped_at_once
    gone = [line for stage in STAGES for line in getattr(changes.plan_gone, stage)]
    assert not [line for line in gone if set(line.medicines) & set(stopped_at_once)]


def test_the_others_of_a_line_stay_gone_beside_a_medicine_that_is_stopped_at_once(
    compared: Compared,
) -> None:
    changes = compared("clonazepam 0.5 mg BID; promethazine 25 mg; paracetamol", "paracetamol")
    named = {name for stage in STAGES for line in getattr(changes.plan_gone, stage) for name in line.medicines}
    assert named == {"promethazine"}


def test_a_rule_about_the_patient_that_holds_with_an_ssri_only_comes_with_it(
    base: KnowledgeBase, index: NameIndex
) -> None:
    with_class = {name: each for name, each in base.patient.rules.items() if each.with_classes}
    factor = next(each for each in base.patient.factors.values() if with_class.keys() & set(each.rules))
    rule = with_class[next(iter(with_class.keys() & set(factor.rules)))]
    member = next(each.id for each in base.medicines.values() if each.medicine_class in rule.with_classes)
    before, after = (
        check(
            read_medication_list(text, index, base),
            rule.treatments[0],
            base,
            answers=PatientAnswers(factors=(factor.id,)),
        )
        for text in ("paracetamol", f"paracetamol\n{member}")
    )
    assert rule in [each.rule for each in compare_reports(before, after, base).factors_new]
    assert rule in [each.rule for each in compare_reports(after, before, base).factors_gone]


def test_every_detail_of_a_line_has_its_aspect() -> None:
    assert ASPECT_OF.keys() == {each.name for each in fields(LineDetails)}


@given(filled)
def test_the_same_list_twice_is_no_change(base: KnowledgeBase, checked: Checked, chosen: list[str]) -> None:
    changes = compare_reports(checked("\n".join(chosen)), checked("\n".join(chosen)), base)
    assert changes.is_empty
    assert Counter(typed(changes.unchanged)) == Counter(typed(checked("\n".join(chosen)).entries))


@given(filled, filled, st.randoms())
def test_the_order_of_entries_does_not_matter(
    base: KnowledgeBase, checked: Checked, one: list[str], other: list[str], chance: Random
) -> None:
    shuffled = [chance.sample(each, len(each)) for each in (one, other)]
    plain, mixed = (
        compare_reports(*(checked("\n".join(each)) for each in both), base) for both in ((one, other), shuffled)
    )
    assert mixed == plain


@given(filled, filled)
def test_before_and_after_mirror_each_other(
    base: KnowledgeBase, checked: Checked, one: list[str], other: list[str]
) -> None:
    before, after = checked("\n".join(one)), checked("\n".join(other))
    there, back = compare_reports(before, after, base), compare_reports(after, before, base)
    assert (there.added, there.removed) == (back.removed, back.added)
    assert [each.entry.medicines for each in there.unchanged] == [each.entry.medicines for each in back.unchanged]
    assert {(each.before, each.after, each.aspects) for each in there.changed} == {
        (each.after, each.before, each.aspects) for each in back.changed
    }
    assert {(each.medicines, each.before, each.after) for each in there.findings} == {
        (each.medicines, each.after, each.before) for each in back.findings
    }
    assert (there.pairs_new, there.factors_new) == (back.pairs_gone, back.factors_gone)
    assert (there.highest_before, there.complete_before) == (back.highest_after, back.complete_after)


@given(filled, filled)
def test_every_entry_of_both_lists_stands_in_one_place(
    base: KnowledgeBase, checked: Checked, one: list[str], other: list[str]
) -> None:
    before, after = checked("\n".join(one)), checked("\n".join(other))
    changes = compare_reports(before, after, base)
    assert len(before.entries) == len(changes.removed) + len(changes.changed) + len(changes.unchanged)
    assert len(after.entries) == len(changes.added) + len(changes.changed) + len(changes.unchanged)
    told_before = Counter([*typed(changes.removed), *(each.before.entry.entered for each in changes.changed)])
    told_after = Counter([*typed(changes.added), *(each.after.entry.entered for each in changes.changed)])
    assert told_before <= Counter(typed(before.entries))
    assert told_after <= Counter(typed(after.entries))


@given(filled, filled)
def test_the_plan_after_is_the_plan_before_with_its_changes(
    base: KnowledgeBase, checked: Checked, one: list[str], other: list[str]
) -> None:
    before, after = checked("\n".join(one)), checked("\n".join(other))
    changes = compare_reports(before, after, base)
    for stage in STAGES:
        old, gone, new, now = (
            told(getattr(plan, stage))
            for plan in (before.session_plan, changes.plan_gone, changes.plan_new, after.session_plan)
        )
        left_out = {(text, name) for text, name in old if name in changes.stopped_at_once}
        assert not gone & left_out
        assert old - gone - left_out | new == now


def told(lines: tuple[PlanLine, ...]) -> set[tuple[str, str]]:
    """Each line once for every medicine that it names, or for none."""
    return {(line.text, name) for line in lines for name in line.medicines or ("",)}


TABLE = "medication,dose,notes\nibuprofen,400 mg,{notes}\nlisinopril,10 mg,with food\nmetformin,500 mg,at night\n{more}"


@pytest.mark.parametrize(
    ("notes", "more", "beside"),
    [
        ("also takes phenelzine", "", ("phenelzine",)),
        ("also takes phenelzine", "phenelzine,15 mg,", ()),
        ("also takes phenelzine and tramadol", "phenelzine,15 mg,", ("tramadol",)),
        ("also takes phenelzine", "stopped phenelzine,15 mg,", ("phenelzine",)),
    ],
)
def test_a_medicine_of_another_column_is_told_until_it_is_on_the_list(
    notes: str, more: str, beside: tuple[str, ...], checked: Checked
) -> None:
    report = checked(TABLE.format(notes=notes, more=more))
    assert tuple(name for each in report.beside for name in each.medicines) == beside


def test_a_list_that_names_more_in_another_column_is_not_the_same(checked: Checked, base: KnowledgeBase) -> None:
    before, after = (checked(TABLE.format(notes=notes, more="")) for notes in ("", "also takes phenelzine"))
    changes = compare_reports(before, after, base)
    assert changes.named_beside == ("phenelzine",)
    assert not changes.is_empty
    assert compare_reports(after, after, base).is_empty
