"""One patient factor, one planned treatment, one expected level: the table is factors.csv. Then what factors change."""

import csv
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from components.clinical.factors import FactorGroup, FactorLevel, Measure, PatientAnswers
from components.clinical.findings import STOPPED_ACTION
from components.clinical.interaction_check import check
from components.clinical.knowledge_base import KnowledgeBase
from components.clinical.report import CheckReport
from components.clinical.terms import Region, Severity, Treatment
from components.exchange.medication_list import read_medication_list

with (Path(__file__).parent / "factors.csv").open(encoding="utf-8", newline="") as table:
    ROWS = list(csv.DictReader(table))
EVERYTHING_ASKED = frozenset(FactorGroup)
house = settings(deadline=None, derandomize=True, max_examples=100)


@pytest.fixture(scope="module")
def report_of(base, index):
    def run(text="", treatment="ketamine_iv", factors=(), region=Region.US, asked=frozenset(), **measures):
        listed = read_medication_list(text, index, base)
        numbers = MappingProxyType({Measure(name): value for name, value in measures.items()})
        return check(listed, Treatment(treatment), base, region, PatientAnswers(tuple(factors), asked, numbers))

    return run


@pytest.mark.parametrize("row", ROWS, ids=[f"{row['factor']} + {row['treatment']}" for row in ROWS])
def test_factor_with_treatment(row, report_of, base):
    factor = base.patient.resolve(row["factor"])
    report: CheckReport = report_of("sertraline", row["treatment"], [factor.id])
    strictest = report.factors[0].rule
    assert strictest.level.value == row["level"]
    assert row["action contains"] in strictest.action
    assert row["source"] in strictest.sources
    assert report.highest_severity is FactorLevel(row["level"]).severity


@pytest.mark.parametrize(
    ("measures", "expected"),
    [
        ({"systolic_mmhg": 140, "diastolic_mmhg": 90}, set()),
        ({"systolic_mmhg": 141}, {"blood-pressure-raised"}),
        ({"diastolic_mmhg": 91}, {"blood-pressure-raised"}),
        ({"systolic_mmhg": 180, "diastolic_mmhg": 100}, {"blood-pressure-raised"}),
        ({"systolic_mmhg": 181}, {"blood-pressure-raised", "hypertension-uncontrolled"}),
        ({"diastolic_mmhg": 101}, {"blood-pressure-raised", "hypertension-uncontrolled"}),
        ({"age_years": 17}, {"paediatric"}),
        ({"age_years": 18}, {"age-18-to-24"}),
        ({"age_years": 24}, {"age-18-to-24"}),
        ({"age_years": 25}, set()),
        ({"age_years": 64}, set()),
        ({"age_years": 65}, {"older-65"}),
    ],
)
def test_numbers_set_factors_at_their_thresholds(measures, expected, report_of):
    assert {one.id for each in report_of("sertraline", **measures).factors for one in each.factors} == expected


@pytest.mark.parametrize(
    ("medicine", "factor", "alone", "together"),
    [
        ("theophylline 300 mg", "seizure-disorder", "avoid", "contraindicated"),
        ("quetiapine 100 mg", "psychosis-schizophrenia", "monitor", "caution"),
        ("lorazepam 1 mg", "sleep-apnoea", "caution", "caution"),
    ],
)
def test_factor_changes_a_finding(medicine, factor, alone, together, report_of):
    without, with_factor = report_of(medicine), report_of(medicine, factors=[factor])
    assert (without.findings[0].severity, with_factor.findings[0].severity) == (alone, together)
    assert with_factor.entries[0].severity == together
    assert not without.findings[0].changes
    assert with_factor.findings[0].changes


def test_rules_about_ssris_count_only_with_an_ssri(report_of):
    def rules(text):
        return {each.rule.id for each in report_of(text, factors=["pregnancy"]).factors}

    assert rules("sertraline") - rules("metformin") == {"ssri-pregnancy"}
    assert "ssri-pregnancy" not in rules("stopped sertraline 3 months ago")


@pytest.mark.parametrize(
    ("factor", "rule"),
    [
        ("gut-bleeding", "ssri-bleeding"),
        ("low-sodium", "ssri-hyponatraemia"),
        ("serotonin-syndrome", "ssri-serotonin"),
        ("stopping-the-ssri", "ssri-discontinuation"),
        ("bipolar-mania", "ssri-mania-switch"),
        ("age-18-to-24", "ssri-under-25"),
    ],
)
def test_rules_whose_sources_go_beyond_ssris_hold_with_an_snri_and_within_a_washout(factor, rule, report_of):
    def rules(text):
        return {each.rule.id for each in report_of(text, factors=[factor]).factors}

    assert rule in rules("sertraline")
    assert rule in rules("venlafaxine XR 75 mg")
    assert rule in rules("fluoxetine 20 mg stopped 2 weeks ago")
    assert rule not in rules("fluoxetine 20 mg stopped 3 months ago")
    assert rule not in rules("metformin")
    assert "ssri-pregnancy" not in {each.rule.id for each in report_of("venlafaxine", factors=["pregnancy"]).factors}


@pytest.mark.parametrize("text", ["metformin", "venlafaxine", "sertraline"])
def test_a_chosen_factor_never_vanishes(text, report_of, base):
    for treatment in Treatment:
        report = report_of(text, treatment, base.patient.factors, asked=EVERYTHING_ASKED)
        assert [each.factor.id for each in report.present] == [*base.patient.factors]
        told = {factor.id for each in report.factors for factor in each.factors}
        silent = {each.id for each in report.silent_factors}
        assert told | silent == {*base.patient.factors}
        assert not told & silent


@pytest.mark.parametrize(
    ("chosen", "rule"),
    [
        (("sleep-apnoea", "respiratory-disease"), "respiratory-disease"),
        (("coronary-disease", "unstable-cardiac"), "unstable-cardiac"),
        (("hepatic-severe", "hepatic-moderate"), "hepatic-iv-repeated"),
    ],
)
def test_a_rule_that_several_factors_share_names_all_of_them(chosen, rule, report_of, base):
    found = next(each for each in report_of("sertraline", factors=chosen).factors if each.rule.id == rule)
    assert tuple(each.id for each in found.factors) == chosen
    assert found.names == "; ".join(base.patient.factors[name].name for name in chosen)


def test_the_id_of_a_rule_stands_for_a_factor_only_where_no_other_uses_it(base):
    for rule in base.patient.rules:
        using = [each for each in base.patient.factors.values() if rule in each.rules]
        wanted = base.patient.factors.get(rule) or (using[0] if len(using) == 1 else None)
        assert base.patient.resolve(rule) == wanted, rule
    assert base.patient.resolve("ssri-under-25") is None
    assert base.patient.resolve("ssri_bleeding") == base.patient.factors["gut-bleeding"]


@pytest.mark.parametrize(
    ("text", "severity", "raised_to"),
    [("clozapine 100 mg", "caution", None), ("quetiapine 50 mg", "caution", "caution")],
)
def test_raised_to_stands_only_where_something_is_raised(text, severity, raised_to, report_of):
    finding = report_of(text, factors=["psychosis-schizophrenia"]).findings[0]
    assert finding.severity == severity
    assert {each.raised_to for each in finding.changes} == {raised_to}


def test_what_was_stopped_and_still_counts_is_raised_and_keeps_its_action(base, read):
    antipsychotics = base.records["KC-0039"].model_copy(update={"washout_days": 30})
    longer = replace(
        base,
        records_of={
            name: tuple(antipsychotics if each.id == antipsychotics.id else each for each in records)
            for name, records in base.records_of.items()
        },
    )
    listed = read("quetiapine 50 mg stopped 3 days ago")
    without, raised = (
        check(listed, Treatment.KETAMINE_IV, longer, answers=PatientAnswers(chosen))
        for chosen in ((), ("psychosis-schizophrenia",))
    )
    assert without.findings[0].counted
    assert (without.findings[0].severity, raised.findings[0].severity) == ("monitor", "caution")
    assert raised.entries[0].severity == "caution"
    assert raised.findings[0].action == STOPPED_ACTION
    assert {each.action for each in raised.findings[0].changes} == {STOPPED_ACTION}


def test_numbers_have_limits_that_hold_every_threshold(base):
    for factor in base.patient.factors.values():
        for each in factor.thresholds:
            for limit in (each.at_least, each.above, each.below):
                assert limit is None or each.measure.allows(limit)
    for measure in Measure:
        lowest, highest = measure.limits
        assert measure.allows(lowest)
        assert measure.allows(highest)
        assert not any(measure.allows(number) for number in (lowest - 1, highest + 1, lowest + 0.5))


def test_allergy_to_ketamine_is_the_factor(report_of):
    report = report_of("sertraline\nallergic to ketamine")
    assert [one.id for each in report.factors for one in each.factors] == ["hypersensitivity"]
    assert report.highest_severity is Severity.CONTRAINDICATED


def test_unsupported_route_is_shown_as_analogy(report_of):
    drip, swallowed = (report_of("sertraline", t, ["aneurysm"]) for t in ("ketamine_iv", "ketamine_oral"))
    assert not drip.factors[0].by_analogy
    assert swallowed.factors[0].by_analogy


@pytest.mark.parametrize(
    ("treatment", "region", "present", "absent"),
    [
        ("esketamine_nasal", "us", {"rems", "bp-40-min", "food-fluid-spravato"}, {"food-fluid-iv", "older-65"}),
        ("esketamine_nasal", "eu", {"bp-40-min", "older-65"}, {"rems", "schedule-iii"}),
        ("ketamine_iv", "us", {"bp-iv-monitoring", "food-fluid-iv"}, {"food-fluid-spravato", "rems"}),
    ],
)
def test_checklist_by_treatment_and_region(treatment, region, present, absent, report_of):
    report = report_of("sertraline", treatment, ["older-65"], Region(region))
    ids = {each.id for each in report.checklist}
    assert present <= ids
    assert not absent & ids


def test_reassures_only_when_every_group_was_asked(report_of):
    assert report_of("sertraline", asked=EVERYTHING_ASKED).may_reassure
    assert not report_of("sertraline", asked=EVERYTHING_ASKED - {FactorGroup.HEART}).may_reassure
    assert not report_of("xyzolam", asked=EVERYTHING_ASKED).may_reassure
    assert not report_of("none", asked=EVERYTHING_ASKED).may_reassure


def test_home_use_is_marked(report_of):
    assert report_of("sertraline", "ketamine_oral", ["unsupervised-home-use"]).unsupervised
    assert not report_of("sertraline", "ketamine_oral").unsupervised


@pytest.mark.parametrize(
    ("taken", "treatment", "is_told"),
    [
        ("clonazepam 1 mg twice daily", "ketamine_oral", True),
        ("zolpidem 10 mg", "ketamine_oral", True),
        ("oxycodone 20 mg", "ketamine_nasal", True),
        ("alcohol", "ketamine_im_sc", True),
        ("gabapentin 300 mg", "ketamine_oral", True),
        ("suvorexant 10 mg", "ketamine_oral", True),
        ("sertraline 50 mg", "ketamine_oral", False),
        ("stopped clonazepam 3 months ago", "ketamine_oral", False),
        ("clonazepam 1 mg twice daily", "ketamine_iv", False),
    ],
)
def test_a_sedative_beside_ketamine_at_home_is_contraindicated(taken, treatment, is_told, report_of):
    """By vein the rule on injections at home says so already."""
    report = report_of(taken, treatment, ["unsupervised-home-use"])
    assert ("home-use-with-sedatives" in {each.rule.id for each in report.factors}) is is_told
    assert is_told <= (report.highest_severity is Severity.CONTRAINDICATED)


@pytest.mark.parametrize(
    ("taken", "treatment", "is_told"),
    [
        ("phenelzine 15 mg TID", "ketamine_oral", True),
        ("Parnate 10 mg TID", "ketamine_nasal", True),
        ("isocarboxazid 10 mg", "ketamine_im_sc", True),
        ("phenelzine 15 mg TID", "ketamine_iv", False),
        ("sertraline 50 mg", "ketamine_oral", False),
        ("moclobemide 300 mg BD", "ketamine_oral", False),
    ],
)
def test_an_maoi_beside_ketamine_at_home_is_contraindicated(taken, treatment, is_told, report_of):
    """By vein the rule on injections at home says so already; a reversible MAOI is not meant."""
    report = report_of(taken, treatment, ["unsupervised-home-use"])
    assert ("home-use-with-maoi" in {each.rule.id for each in report.factors}) is is_told
    assert is_told <= (report.highest_severity is Severity.CONTRAINDICATED)


def _names(base: KnowledgeBase) -> list[str]:
    return list(base.patient.factors)


def _picked(numbers: list[int], base: KnowledgeBase) -> list[str]:
    """Factors by number, counted round, each once."""
    names = _names(base)
    return list(dict.fromkeys(names[number % len(names)] for number in numbers))


numbers = st.lists(st.integers(0, 1000), max_size=8)


@house
@given(numbers, st.integers(0, 1000))
def test_one_more_factor_never_lowers_anything(report_of, base, numbers, another):
    few, more = _picked(numbers, base), _picked([another], base)[0]
    text = "theophylline\nlorazepam\nquetiapine\nsertraline"
    before, after = report_of(text, factors=few), report_of(text, factors=[*few, more])
    assert after.highest_severity.rank >= before.highest_severity.rank
    for one, other in zip(before.entries, after.entries, strict=True):
        assert other.severity.rank >= one.severity.rank
    assert {each.rule.id for each in before.factors} <= {each.rule.id for each in after.factors}


@house
@given(numbers)
def test_order_of_factors_does_not_matter(report_of, base, numbers):
    shuffled = _picked(numbers, base)
    assert report_of("lorazepam", factors=sorted(shuffled)) == report_of("lorazepam", factors=shuffled)
