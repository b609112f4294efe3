"""One medicine as typed, one planned treatment, one expected verdict. The table is with_treatment.csv.

Expected verdicts come from the evidence fact named in each row (``unknown`` there is ``no_data`` here; a treatment
of which no fact speaks is ``not_assessed``), never from what the program says. ``none_chosen``: the strictest route.
"""

import csv
from pathlib import Path

import pytest

from components.clinical.terms import EntryStatus, Severity, Treatment

NONE_CHOSEN = "none_chosen"
with (Path(__file__).parent / "with_treatment.csv").open(encoding="utf-8", newline="") as table:
    ROWS = list(csv.DictReader(table))


def row_name(row):
    return f"{row['medicine']} | {row['treatment']} -> {row['severity'] or row['status']}"


def report_for(row, checked):
    return checked(row["medicine"], None if row["treatment"] == NONE_CHOSEN else row["treatment"])


@pytest.mark.parametrize("row", ROWS, ids=row_name)
def test_medicine_with_treatment(row, checked):
    report = report_for(row, checked)
    verdicts = [(entry.status.value, entry.severity.value if entry.severity else "") for entry in report.entries]
    assert verdicts == [(row["status"], row["severity"])], f"evidence: {row['evidence_fact']} ({row['source']})"
    assert report.complete is (row["status"] == "assessed")


def test_the_records_shown_cite_the_source_of_the_evidence(checked):
    missing = []
    for row in ROWS:
        cited = {
            source
            for finding in report_for(row, checked).findings
            for record in finding.records
            for source in record.sources
        }
        if cited and row["source"] not in cited:
            missing.append(f"{row_name(row)}: {row['source']}")
    assert missing == []


def test_the_table_is_well_formed():
    keys = [(row["medicine"], row["treatment"]) for row in ROWS]
    assert len(keys) == len(set(keys)) >= 110
    assert {treatment for _, treatment in keys} == {*Treatment, NONE_CHOSEN}
    for row in ROWS:
        assert row["status"] in set(EntryStatus), row
        assert (row["status"] == "assessed") == (row["severity"] in set(Severity)), row
        assert row["evidence_fact"], row
        assert row["source"], row
