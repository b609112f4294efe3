"""Safe together? Benefit? Levels? The expected direction for key medicines. The table is questions.csv.

Directions come from the evidence fact named in each row; 'a|b' where the evidence bears either word. A question of
which the evidence does not speak is ``not_studied``, never "no effect".
"""

import csv
from pathlib import Path

import pytest

from components.clinical.terms import BenefitDirection, ExposureDirection, SafetyDirection

with (Path(__file__).parent / "questions.csv").open(encoding="utf-8", newline="") as table:
    ROWS = list(csv.DictReader(table))
WORDS = {"safety": set(SafetyDirection), "benefit": set(BenefitDirection), "exposure": set(ExposureDirection)}


def row_name(row):
    return f"{row['medicine']} | {row['treatment']} | {row['question']} -> {row['direction']}"


def words(cell):
    return [word for word in cell.split("|") if word]


@pytest.mark.parametrize("row", ROWS, ids=row_name)
def test_question(row, checked):
    (finding,) = checked(row["medicine"], row["treatment"]).findings
    answer = getattr(finding, row["question"])
    line = finding.exposure_line if row["question"] == "exposure" else answer.line
    assert answer.direction in words(row["direction"]), f"{line} (evidence: {row['evidence_fact']})"
    assert [word for word in words(row["line_says"]) if word not in line] == [], line
    assert [word for word in words(row["line_must_not_say"]) if word in line] == [], line
    assert row["source"] in {source for record in finding.records for source in record.sources}


def test_the_table_is_well_formed():
    assert len({row_name(row) for row in ROWS}) == len(ROWS)
    assert {row["question"] for row in ROWS} == set(WORDS)
    for row in ROWS:
        assert set(words(row["direction"])) <= WORDS[row["question"]], row


@pytest.mark.parametrize("question", WORDS)
def test_every_answer_of_not_studied_says_so(base, question):
    """The words on the card must not turn 'nobody looked' into reassurance."""
    reassuring = ("no effect", "no interaction", "is safe", "no risk")
    wrong = [
        f"{record.id}: {answer.line}"
        for record in base.records.values()
        if (answer := getattr(record, question)).direction == "not_studied"
        and any(word in answer.line.lower() for word in reassuring)
        and "not studied" not in answer.line.lower()
    ]
    assert wrong == []
