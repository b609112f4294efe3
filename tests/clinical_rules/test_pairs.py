"""Two medicines on one list: the most severe pair among them, or none for safe controls. The table is pairs.csv.

Expected severities come from the evidence fact named in each row, never from what the program says.
"""

import csv
from pathlib import Path

import pytest

from components.clinical.terms import Route, Severity, Treatment, most_severe

with (Path(__file__).parent / "pairs.csv").open(encoding="utf-8", newline="") as table:
    ROWS = list(csv.DictReader(table))


def row_name(row):
    return f"{row['first']} + {row['second']} -> {row['severity']}"


def pair_severity(report):
    return most_severe([pair.record.severity for pair in report.pairs]) or "none"


@pytest.mark.parametrize("row", ROWS, ids=row_name)
def test_two_medicines(row, checked):
    report = checked(f"{row['first']}\n{row['second']}")
    found = [(pair.record.title, pair.medicines) for pair in report.pairs]
    assert pair_severity(report) == row["severity"], f"evidence: {row['evidence_fact']}; found {found}"
    if row["severity"] != "none":
        assert report.highest_severity is not None
        assert report.highest_severity.rank >= Severity(row["severity"]).rank


def test_order_and_treatment_do_not_matter(checked):
    different = [
        f"{row_name(row)}, {treatment or 'none chosen'}"
        for row in ROWS
        for treatment in (*Treatment, None)
        if pair_severity(checked(f"{row['first']}\n{row['second']}"))
        != pair_severity(checked(f"{row['second']}\n{row['first']}", treatment))
    ]
    assert different == []


def test_the_pairs_shown_cite_the_source_of_the_evidence(checked):
    missing = []
    for row in ROWS:
        pairs = checked(f"{row['first']}\n{row['second']}").pairs
        cited = {source for pair in pairs for source in pair.record.sources}
        if row["source"] and pairs and row["source"] not in cited:
            missing.append(f"{row_name(row)}: {row['source']}")
    assert missing == []


@pytest.mark.parametrize("route", [each for each in Route if not each.is_local])
def test_buprenorphine_pairs_with_a_benzodiazepine_by_every_route(route, base):
    """For opioid use disorder or for pain: one of the two pairs, never none and never both."""
    holding = [
        pair.id
        for pair in base.pairs
        if "lorazepam" in {member.medicine for member in pair.first}
        for member in pair.second
        if member.medicine == "buprenorphine" and member.applies_when and route in member.applies_when.routes
    ]
    assert len(holding) == 1


def test_buprenorphine_for_addiction_is_kept_going(checked):
    """FDA 2017: it is not withheld because of a benzodiazepine."""
    (pair,) = checked("Suboxone 8/2 mg daily\nXanax 1 mg TID").pairs
    assert "keep buprenorphine going" in pair.record.action
    assert "never stop" in pair.record.action


def test_no_product_clashes_with_its_own_parts(base, checked):
    """Bupropion with dextromethorphan, quinidine with dextromethorphan: the maker means them together."""
    clashing = {}
    for product in base.combinations.values():
        for name in (*product.brands, *product.synonyms):
            if pairs := checked(name).pairs:
                clashing[name] = [pair.record.id for pair in pairs]
    assert clashing == {}


def test_the_table_is_well_formed():
    keys = [(row["first"], row["second"]) for row in ROWS]
    assert len(keys) == len(set(keys)) >= 30
    assert {row["severity"] for row in ROWS} <= {*Severity, "none"}
    assert sum(row["severity"] == "none" for row in ROWS) >= 10


@pytest.mark.parametrize(
    ("pair", "medicine_class", "paired_elsewhere"),
    [
        ("KP-0001", "maoi", ""),
        ("KP-0012", "maoi", ""),
        ("KP-0080", "maoi", ""),
        ("KP-0008", "ssri", ""),
        ("KP-0008", "snri", ""),
        ("KP-0074", "tca", "clomipramine"),
        ("KP-0076", "triptan", ""),
        ("KP-0020", "thiazide", ""),
        ("KP-0022", "ace_inhibitor", ""),
        ("KP-0022", "arb", ""),
        ("KP-0088", "loop_diuretic", ""),
        ("KP-0093", "vitamin_k_antagonist", ""),
    ],
)
def test_a_pair_that_speaks_of_a_class_holds_all_of_it(pair, medicine_class, paired_elsewhere, base):
    (found,) = [each for each in base.pairs if each.id == pair]
    held = {member.medicine for member in (*found.first, *found.second)} | {paired_elsewhere}
    members = {each.id for each in base.medicines.values() if each.medicine_class == medicine_class}
    assert members - held == set(), f"add these to {pair} in pairs.yaml, or read why they are no member"


def test_every_pair_of_morphine_is_one_of_diamorphine(base):
    sides = [{member.medicine for member in side} for pair in base.pairs for side in (pair.first, pair.second)]
    assert [side for side in sides if "morphine" in side and "diamorphine" not in side] == []
