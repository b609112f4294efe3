"""A line that a changed list leaves out says nothing of when the last dose was taken: what rests on it stands."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from components.clinical.entry import Entry, MedicationList
from components.clinical.factors import PatientAnswers
from components.clinical.interaction_check import check
from components.clinical.knowledge_base import KnowledgeBase
from components.clinical.left_out import left_out_but_standing
from components.clinical.reconcile import Changes, compare_reports
from components.clinical.report import CheckReport
from components.clinical.terms import Severity, Treatment

settings.register_profile("house", deadline=None, derandomize=True, max_examples=60)
settings.load_profile("house")

Read = Callable[[str], MedicationList]
NOBODY = PatientAnswers()


@dataclass(frozen=True, slots=True)
class Compared:
    """What a comparison of two lists tells."""

    left_out: tuple[Entry, ...]
    before: CheckReport
    after: CheckReport
    changes: Changes

    @property
    def to_ask(self) -> list[str]:
        """Medicines; of what was not read the words."""
        return sorted(name for each in self.left_out for name in each.medicines or (each.entered.casefold(),))


Compare = Callable[..., Compared]


@pytest.fixture(scope="module")
def compare(base: KnowledgeBase, read: Read) -> Compare:
    """Two lists, their lines parted by semicolons -> what the comparison tells."""

    def run(
        before: str,
        after: str,
        treatment: Treatment | None = Treatment.KETAMINE_IV,
        answers: PatientAnswers = NOBODY,
    ) -> Compared:
        def judge(listed: MedicationList) -> CheckReport:
            return check(listed, treatment, base, answers=answers)

        first, second = (read(text.replace("; ", "\n")) if text else MedicationList() for text in (before, after))
        report = judge(first)
        left_out, alone = left_out_but_standing(report, second, judge, base)
        now = judge(replace(second, entries=(*second.entries, *left_out)))
        return Compared(left_out, report, now, compare_reports(report, now, base, left_out, alone))

    return run


def pairs_of(changes: Changes, which: str) -> list[str]:
    return ["+".join(each.medicines) for each in getattr(changes, which)]


CONTRA, AVOID, CAUTION = "contraindicated", "avoid", "caution"
DEX, TRANYL = "dexamfetamine+phenelzine", "dexamfetamine+tranylcypromine"
FLUOX = "fluoxetine+phenelzine"
# before | after | highest before | highest after | to ask | pairs gone | pairs that stand until asked
TABLE: tuple[tuple[str, str, str, str, list[str], list[str], list[str]], ...] = (
    # A line is missing: nothing is gone.
    ("phenelzine; dexamfetamine", "phenelzine", CONTRA, CONTRA, ["dexamfetamine"], [], [DEX]),
    ("phenelzine; dexamfetamine", "dexamfetamine", CONTRA, CONTRA, ["phenelzine"], [], [DEX]),
    ("tranylcypromine; dexamfetamine", "tranylcypromine", CONTRA, CONTRA, ["dexamfetamine"], [], [TRANYL]),
    ("tranylcypromine; dexamfetamine", "dexamfetamine", CONTRA, CONTRA, ["tranylcypromine"], [], [TRANYL]),
    ("phenelzine; dexamfetamine", "metformin", CONTRA, CONTRA, ["dexamfetamine", "phenelzine"], [], [DEX]),
    ("phenelzine; dexamfetamine", "", CONTRA, CONTRA, ["dexamfetamine", "phenelzine"], [], [DEX]),
    ("PHENELZINE 15 mg; Dexedrine", "Nardil 30 mg", CONTRA, CONTRA, ["dexamfetamine"], [], [DEX]),
    ("fluoxetine; phenelzine", "metformin", CONTRA, CONTRA, ["fluoxetine", "phenelzine"], [], [FLUOX]),
    ("stopped phenelzine; dexamfetamine", "dexamfetamine", CONTRA, CONTRA, ["phenelzine"], [], [DEX]),
    ("sertraline; lorazepam", "sertraline", CAUTION, CAUTION, ["lorazepam"], [], []),
    # The new list says that one of the two was stopped: without a washout it counts no more, within one it does.
    ("phenelzine; dexamfetamine", "phenelzine; stopped dexamfetamine", CONTRA, CAUTION, [], [DEX], []),
    ("phenelzine; dexamfetamine", "stopped phenelzine; dexamfetamine", CONTRA, CONTRA, [], [], []),
    (
        "phenelzine; dexamfetamine",
        "phenelzine, stopped 3 days ago; dexamfetamine",
        *(CONTRA, CONTRA, [], [], []),
    ),
    (
        "phenelzine; dexamfetamine",
        "phenelzine, stopped 20 days ago; dexamfetamine",
        *(CONTRA, CAUTION, [], [DEX], []),
    ),
    ("fluoxetine; phenelzine", "phenelzine; stopped fluoxetine 3 weeks ago", CONTRA, CONTRA, [], [], []),
    ("fluoxetine; phenelzine", "phenelzine; stopped fluoxetine 3 months ago", CONTRA, CAUTION, [], [FLUOX], []),
    ("phenelzine; dexamfetamine", "stopped phenelzine", CONTRA, CONTRA, ["dexamfetamine"], [], [DEX]),
    ("lorazepam 1 mg; lorazepam 2 mg", "stopped lorazepam", CAUTION, "none", [], [], []),
    # A clash that only the new list brings: the medicine before it is not over because it is not written.
    ("fluoxetine; metformin", "phenelzine; metformin", "monitor", CONTRA, ["fluoxetine"], [], []),
    ("phenelzine", "sertraline", CAUTION, CONTRA, ["phenelzine"], [], []),
    # One of two lines of one medicine is missing.
    (
        "selegiline patch; selegiline 5 mg tablet; dexamfetamine",
        "selegiline 5 mg tablet; dexamfetamine",
        *(CONTRA, CONTRA, ["selegiline"], [], ["dexamfetamine+selegiline", "selegiline+selegiline"]),
    ),
    (
        "Desoxyn 5 mg daily; methamphetamine recreational",
        "Desoxyn 5 mg daily",
        *(AVOID, AVOID, ["metamfetamine"], [], []),
    ),
    (
        "Desoxyn 5 mg daily; methamphetamine recreational",
        "Desoxyn 10 mg daily",
        *(AVOID, AVOID, ["metamfetamine"], [], []),
    ),
    (
        "lorazepam; lorazepam, stopped 1 year ago",
        "lorazepam, stopped 1 year ago",
        CAUTION,
        CAUTION,
        ["lorazepam"],
        [],
        [],
    ),
    ("lorazepam 1 mg; lorazepam 2 mg", "lorazepam 3 mg", CAUTION, CAUTION, [], [], []),
    # A part of a product is missing; its parts one by one are the same.
    (
        "Symbyax 6/25; phenelzine",
        "olanzapine 6 mg; phenelzine",
        *(CONTRA, CONTRA, ["fluoxetine", "olanzapine"], [], [FLUOX]),
    ),
    ("Symbyax 6/25; phenelzine", "olanzapine; fluoxetine; phenelzine", CONTRA, CONTRA, [], [], []),
    # A stop answers the line that it is about; all lines of its medicine where it names neither dose nor route.
    # By mouth selegiline has a milder pair of its own with dexamfetamine.
    (
        "selegiline patch; selegiline 5 mg tablet; dexamfetamine",
        "stopped selegiline 5 mg tablet 3 months ago; dexamfetamine",
        *(CONTRA, CONTRA, ["selegiline"]),
        ["selegiline+selegiline", "dexamfetamine+selegiline"],
        ["dexamfetamine+selegiline"],
    ),
    (
        "selegiline patch; selegiline 5 mg tablet; dexamfetamine",
        "stopped selegiline 3 months ago; dexamfetamine",
        *(CONTRA, CAUTION, []),
        ["dexamfetamine+selegiline", "selegiline+selegiline", "dexamfetamine+selegiline"],
        [],
    ),
    (
        "selegiline patch; dexamfetamine",
        "stopped selegiline 5 mg tablet 3 months ago; dexamfetamine",
        *(CONTRA, CONTRA, ["selegiline"], [], ["dexamfetamine+selegiline"]),
    ),
    (
        "tramadol 50 mg; tramadol 100 mg SR; phenelzine",
        "phenelzine; stopped tramadol 100 mg SR",
        *(CONTRA, CONTRA, ["tramadol"], [], ["phenelzine+tramadol"]),
    ),
    (
        "tramadol 50 mg; tramadol 100 mg SR; phenelzine",
        "phenelzine; stopped tramadol 1 year ago",
        *(CONTRA, CAUTION, [], ["phenelzine+tramadol"], []),
    ),
    (
        "methadone 10 mg; methadone 5 mg prn; lorazepam",
        "methadone 5 mg prn stopped yesterday; lorazepam",
        *(AVOID, AVOID, ["methadone"], [], ["lorazepam+methadone"]),
    ),
    # Every line on which a clash rests is asked about, not only the first.
    (
        "fluoxetine 20 mg; fluoxetine 40 mg; phenelzine",
        "phenelzine",
        *(CONTRA, CONTRA, ["fluoxetine", "fluoxetine"], [], [FLUOX]),
    ),
    (
        "fluoxetine 20 mg; fluoxetine 20 mg; phenelzine",
        "phenelzine",
        *(CONTRA, CONTRA, ["fluoxetine", "fluoxetine"], [], [FLUOX]),
    ),
    # A medicine that must never be stopped suddenly is asked about, whatever its severity.
    ("escitalopram; clonazepam; lamotrigine", "lamotrigine", CAUTION, CAUTION, ["clonazepam", "escitalopram"], [], []),
    ("sertraline; escitalopram", "escitalopram", "compatible", "compatible", ["sertraline"], [], []),
    ("sertraline", "escitalopram", "compatible", "compatible", ["sertraline"], [], []),
    ("sertraline 50 mg; sertraline 25 mg", "sertraline 75 mg", "compatible", "compatible", [], [], []),
    ("sertraline", "escitalopram; stopped sertraline", "compatible", "compatible", [], [], []),
    # What was not read is not checked until it is answered.
    ("nardill; sertraline", "sertraline", "compatible", "compatible", ["nardill"], [], []),
    ("nardill; sertraline", "Nardil; sertraline", "compatible", CONTRA, [], [], []),
    ("nardill; sertraline", "stopped nardill; sertraline", "compatible", "compatible", [], [], []),
    ("nardill; phenelzine", "phenelzine", CAUTION, CAUTION, ["nardill"], [], []),
    ("bup 150 mg; sertraline", "bupropion 150 mg; sertraline", "compatible", "monitor", [], [], []),
    ("nosuchname; sertraline", "stopped nosuchname; sertraline", "compatible", "compatible", [], [], []),
    ("xyzolam; sertraline", "sertraline", "compatible", "compatible", ["xyzolam"], [], []),
    # Nothing to ask: nothing but 'compatible' goes, or it was over before.
    ("paracetamol; escitalopram", "escitalopram", "compatible", "compatible", [], [], []),
    ("stopped lorazepam; sertraline", "sertraline", "compatible", "compatible", [], [], []),
    ("phenelzine, stopped 40 days ago; sertraline", "sertraline", "compatible", "compatible", [], [], []),
    # Of a medicine without a verdict nobody knows whether it matters.
    ("abatacept; sertraline", "sertraline", "compatible", "compatible", ["abatacept"], [], []),
    ("tranexamic acid; sertraline", "sertraline", "compatible", "compatible", ["tranexamic acid"], [], []),
    ("abatacept 125 mg; abatacept 250 mg", "abatacept 250 mg", "none", "none", [], [], []),
)


@pytest.mark.parametrize(("before", "after", "highest", "highest_after", "to_ask", "gone", "open_"), TABLE)
def test_a_missing_line_takes_no_danger_away(
    before: str,
    after: str,
    highest: str,
    highest_after: str,
    to_ask: list[str],
    gone: list[str],
    open_: list[str],
    compare: Compare,
) -> None:
    told = compare(before, after)
    severities = (told.changes.highest_before or "none", told.changes.highest_after or "none")
    assert severities == (highest, highest_after)
    assert told.to_ask == to_ask
    assert Counter(each.before.entry for each in told.changes.left_out) == Counter(told.left_out)
    assert pairs_of(told.changes, "pairs_gone") == gone
    assert pairs_of(told.changes, "pairs_open") == open_
    assert not told.changes.is_empty


@pytest.mark.parametrize(
    ("before", "after", "days"),
    [
        ("phenelzine; dexamfetamine", "phenelzine", None),
        ("phenelzine; dexamfetamine", "dexamfetamine", 14),
        ("fluoxetine; phenelzine", "phenelzine", 35),
        ("phenelzine; sertraline", "phenelzine", 14),
        ("lorazepam; sertraline", "sertraline", None),
        ("sertraline; tranylcypromine; linezolid", "tranylcypromine; linezolid", 14),
        ("phenelzine; metformin", "metformin", 14),
    ],
)
def test_what_is_left_out_says_how_long_it_counts_where_a_record_does(
    before: str, after: str, days: int | None, compare: Compare
) -> None:
    (left,) = compare(before, after).changes.left_out
    assert left.washout_days == days


@pytest.mark.parametrize(
    ("before", "after", "once_stopped"),
    [
        ("phenelzine; dexamfetamine", "phenelzine", CAUTION),
        ("sertraline; lorazepam", "sertraline", "compatible"),
        ("phenelzine; dexamfetamine", "", "none"),
        ("phenelzine; dexamfetamine; sertraline", "phenelzine; sertraline", CONTRA),
        ("phenelzine; dexamfetamine", "phenelzine; stopped dexamfetamine", CAUTION),
    ],
)
def test_the_highest_severity_of_the_later_list_alone_is_told(
    before: str, after: str, once_stopped: str, compare: Compare
) -> None:
    assert (compare(before, after).changes.highest_once_stopped or "none") == once_stopped


def test_an_unread_line_that_is_left_out_keeps_the_comparison_incomplete(compare: Compare) -> None:
    assert not compare("nardill; sertraline", "sertraline").changes.complete_after
    assert compare("nardill; sertraline", "Nardil; sertraline").changes.complete_after


def test_what_must_never_be_stopped_suddenly_keeps_its_burden(compare: Compare) -> None:
    told = compare("escitalopram; clonazepam; lamotrigine", "lamotrigine")
    assert told.after.burden == told.before.burden


def test_nothing_asks_when_a_medicine_was_stopped_of_which_the_list_says_it(compare: Compare) -> None:
    for after, asks in (("lorazepam stopped three weeks ago", False), ("stopped lorazepam", True)):
        (change,) = compare("lorazepam 1 mg bid", after).changes.findings
        assert change.after is not None
        assert bool(change.after.action) == asks


def test_a_rule_about_the_patient_that_needs_a_medicine_stands_while_it_is_merely_missing(
    base: KnowledgeBase, compare: Compare
) -> None:
    rules = {name for name, each in base.patient.rules.items() if set(each.with_classes) == {"ssri", "snri"}}
    factor = next(each for each in base.patient.factors.values() if rules & set(each.rules))
    asked = PatientAnswers(factors=(factor.id,))
    missing = compare("sertraline; metformin", "metformin", answers=asked)
    assert missing.to_ask == ["sertraline"]
    assert missing.changes.factors_gone == ()
    switched = compare("sertraline; metformin", "escitalopram; stopped sertraline; metformin", answers=asked)
    assert (switched.to_ask, switched.changes.factors_gone) == ([], ())


def test_a_medicine_that_is_merely_missing_is_said_not_to_stop_suddenly(compare: Compare) -> None:
    assert compare("clonazepam; metformin", "metformin").changes.stopped_at_once == ("clonazepam",)


LINES = (
    *("phenelzine 15 mg", "TRANYLCYPROMINE", "stopped phenelzine 3 days ago", "dexamfetamine 10 mg", "Dexedrine 5 mg"),
    *("fluoxetine 20 mg", "stopped fluoxetine last week", "stopped fluoxetine", "Symbyax 6/25", "Sertraline 50 mg"),
    *("selegiline patch", "selegiline 5 mg tablet", "Desoxyn 5 mg daily", "methamphetamine recreational"),
    *("lorazepam 1 mg", "lorazepam 2 mg prn", "lorazepam, stopped 1 year ago", "naltrexone 50 mg", "naltrexone 4.5 mg"),
    *(
        "ketamine troche 100 mg",
        "Spravato",
        "tramadol",
        "metformin",
        "abatacept 125 mg",
        "xyzolam",
        "bup",
        "tranexamic acid",
    ),
    *(
        "lithium",
        "ibuprofen",
        "planned sertraline",
        "clonidine",
        '<img src=x onerror=alert(1)> & "**',
        "=cmd|' /C calc'!A0",
    ),
)
STOPS_OF_ANOTHER_LINE = (
    *("stopped lorazepam 99 mg 3 years ago", "Dexedrine 99 mg, stopped 3 years ago", "stopped naltrexone 99 mg"),
    *("stopped selegiline 99 mg nasal spray 3 years ago", "abatacept 99 mg, stopped 3 years ago"),
)
"""Each states a strength or a route that no line above has: none of those is answered by it."""
lists = st.lists(st.sampled_from(LINES), min_size=1, max_size=8)
treatments = st.sampled_from([None, *Treatment])


def rank(severity: Severity | None) -> int:
    """Nothing that asks for anything: 'compatible', or no severity at all."""
    return max(0 if severity is None else severity.rank, Severity.COMPATIBLE.rank)


@given(
    lists,
    st.lists(st.sampled_from(LINES), max_size=3),
    st.lists(st.sampled_from(STOPS_OF_ANOTHER_LINE), max_size=2),
    treatments,
    st.randoms(),
)
def test_leaving_lines_out_never_lowers_the_highest_severity_nor_takes_a_clash_or_warning_away(
    compare: Compare,
    before: list[str],
    added: list[str],
    stops: list[str],
    treatment: Treatment | None,
    chance: Random,
) -> None:
    said = [line for line in added if "stopped" not in line and not _reads_as_another_version(line, before)]
    after = chance.sample(before, chance.randrange(len(before) + 1)) + said + stops
    told = compare("; ".join(before), "; ".join(after), treatment)
    changes = told.changes
    assert rank(changes.highest_after) >= rank(changes.highest_before)
    assert changes.pairs_gone == ()
    lost = [each for each in changes.findings if each.after is None and each.before and each.before.counted]
    assert {each.before.severity for each in lost if each.before} <= {Severity.COMPATIBLE}


def _reads_as_another_version(line: str, before: list[str]) -> bool:
    """A line that stands for another of the same medicine says that it changed: then something may go."""
    names = ("phenelzine", "dex", "fluoxetine", "symbyax", "selegiline", "meth", "desoxyn", "lorazepam", "naltrexone")
    return any(name in line.lower() for name in names) or line in before


@given(lists, lists, treatments, st.randoms())
def test_neither_order_nor_case_matters(
    compare: Compare, before: list[str], after: list[str], treatment: Treatment | None, chance: Random
) -> None:
    plain = compare("; ".join(before), "; ".join(after), treatment)
    mixed = compare(
        "; ".join(chance.sample(before, len(before))).swapcase(),
        "; ".join(chance.sample(after, len(after))).swapcase(),
        treatment,
    )
    assert mixed.to_ask == plain.to_ask
    assert weights_of(mixed.changes) == weights_of(plain.changes)
    for which in ("highest_before", "highest_after", "pairs_new", "pairs_gone", "pairs_open"):
        assert getattr(mixed.changes, which) == getattr(plain.changes, which), which


def weights_of(changes: Changes) -> list[object]:
    """Each changed finding with its severities, what it says to do, and whether they count."""
    return [
        (each.medicines, [(one.severity, one.action, one.counted) for one in (each.before, each.after) if one])
        for each in changes.findings
    ]


@given(lists, treatments)
def test_the_same_list_twice_asks_nothing(compare: Compare, lines: list[str], treatment: Treatment | None) -> None:
    told = compare("; ".join(lines), "; ".join(lines), treatment)
    assert told.left_out == ()
    assert told.changes.is_empty


@given(lists, lists, treatments)
def test_what_is_to_be_asked_stands_last_as_it_stood_and_is_neither_removed_nor_unchanged(
    compare: Compare, before: list[str], after: list[str], treatment: Treatment | None
) -> None:
    told = compare("; ".join(before), "; ".join(after), treatment)
    last = len(told.after.entries) - len(told.left_out)
    assert [each.entry for each in told.after.entries[last:]] == list(told.left_out)
    changes = told.changes
    placed = len(changes.removed) + len(changes.left_out) + len(changes.changed) + len(changes.unchanged)
    assert placed == len(told.before.entries)
    assert len(changes.added) + len(changes.changed) + len(changes.unchanged) == last


def test_five_hundred_lines_that_are_left_out_are_all_told(compare: Compare, base: KnowledgeBase) -> None:
    """The longest list there is, against one line: no medicine with a warning is lost on the way."""
    names = [name for name in sorted(base.medicines) if base.records_of.get(name)][:500]
    told = compare("; ".join(names), "metformin")
    assert rank(told.changes.highest_after) == rank(told.changes.highest_before)
    assert told.changes.pairs_gone == ()
    assert len(told.left_out) + len(told.changes.removed) >= len(names) - 1
