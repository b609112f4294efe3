"""Two medicines on one list: the most severe pair among them, or none for safe controls. The table is pairs.csv.

Expected severities come from the evidence fact named in each row, never from what the program says.
"""

import csv
from pathlib import Path

import pytest

from components.clinical.terms import Severity, Treatment, most_severe

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


def test_the_table_is_well_formed():
    keys = [(row["first"], row["second"]) for row in ROWS]
    assert len(keys) == len(set(keys)) >= 30
    assert {row["severity"] for row in ROWS} <= {*Severity, "none"}
    assert sum(row["severity"] == "none" for row in ROWS) >= 10
