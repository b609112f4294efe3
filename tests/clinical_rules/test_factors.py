"""One patient factor, one planned treatment, one expected level: the table is factors.csv. Then what factors change."""

import csv
from pathlib import Path
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.clinical.factors import FactorGroup, FactorLevel, Measure, PatientAnswers
from components.clinical.interaction_check import check
from components.clinical.knowledge_base import KnowledgeBase
from components.clinical.report import CheckReport
from components.clinical.terms import Region, Severity, Treatment
from components.exchange.medication_list import read_medication_list

with (Path(__file__).parent / "factors.csv").open(encoding="utf-8", newline="") as table:
    ROWS = list(csv.DictReader(table))
EVERYTHING_ASKED = frozenset(FactorGroup)


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
        ({"weight_kg": 250}, set()),
    ],
)
def test_numbers_set_factors_at_their_thresholds(measures, expected, report_of):
    assert {each.factor.id for each in report_of("sertraline", **measures).factors} == expected


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


def test_allergy_to_ketamine_is_the_factor(report_of):
    report = report_of("sertraline\nallergic to ketamine")
    assert [each.factor.id for each in report.factors] == ["hypersensitivity"]
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


def _names(base: KnowledgeBase) -> list[str]:
    return list(base.patient.factors)


@given(data=st.data())
def test_one_more_factor_never_lowers_anything(data, report_of, base):
    few = data.draw(st.lists(st.sampled_from(_names(base)), unique=True, max_size=6))
    more = data.draw(st.sampled_from(_names(base)))
    text = "theophylline\nlorazepam\nquetiapine\nsertraline"
    before, after = report_of(text, factors=few), report_of(text, factors=[*few, more])
    assert after.highest_severity.rank >= before.highest_severity.rank
    for one, other in zip(before.entries, after.entries, strict=True):
        assert other.severity.rank >= one.severity.rank
    assert {each.rule.id for each in before.factors} <= {each.rule.id for each in after.factors}


@given(data=st.data())
def test_order_of_factors_does_not_matter(data, report_of, base):
    shuffled = data.draw(st.permutations(_names(base)))[: data.draw(st.integers(0, 8))]
    assert report_of("lorazepam", factors=sorted(shuffled)) == report_of("lorazepam", factors=shuffled)
