"""A changed list that leaves out a medicine with a washout keeps it as stopped."""

import pytest

from components.clinical.entry import MedicationList
from components.clinical.interaction_check import check
from components.clinical.left_out import still_counting
from components.clinical.terms import Severity, Treatment, Use


@pytest.mark.parametrize(
    ("before", "after", "kept"),
    [
        ("phenelzine 15 mg", "sertraline 50 mg", ["phenelzine"]),
        ("fluoxetine 20 mg", "phenelzine 15 mg", ["fluoxetine"]),
        ("phenelzine\nlamotrigine", "phenelzine 30 mg", []),
        ("levothyroxine", "sertraline", []),
        ("xyzolam", "sertraline", []),
        ("stopped phenelzine 3 days ago", "sertraline", ["phenelzine"]),
        ("stopped phenelzine 40 days ago", "sertraline", []),
        ("fluoxetine 20 mg", "metformin", ["fluoxetine"]),
        ("levothyroxine", "lorazepam\noxycodone", []),
        ("levothyroxine\nfluoxetine", "metformin", ["fluoxetine"]),
    ],
)
def test_what_still_counts_is_kept_as_stopped(read, base, before, after, kept):
    found = still_counting(read(before).entries, read(after).entries, base)
    assert [name for entry in found for name in entry.medicines] == kept
    assert all(entry.details.use is Use.STOPPED for entry in found)


def test_a_switch_from_an_mao_inhibitor_is_never_green(read, base):
    entries = read("sertraline 50 mg").entries
    kept = still_counting(read("phenelzine 15 mg tds").entries, entries, base)
    report = check(MedicationList((*entries, *kept)), Treatment.KETAMINE_IV, base)
    assert report.highest_severity is Severity.CONTRAINDICATED
    assert [each.record.id for each in report.pairs] == ["KP-0001"]
