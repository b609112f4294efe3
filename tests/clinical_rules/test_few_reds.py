"""Warnings are kept few: interaction checkers lose their readers to alarms for everything."""

from collections.abc import Callable

import pytest

from components.clinical.knowledge_base import KnowledgeBase
from components.clinical.report import CheckReport
from components.clinical.terms import DANGEROUS, Severity, Treatment

REDS_AT_MOST = 0.1
"""Of all medicines, each alone on its list: 'do not combine', or 'avoid'. A judgement; no study gives the share."""
EVERYDAY = (
    "sertraline\nlisinopril\natorvastatin\nmetformin\nomeprazole\nlevothyroxine\nsalbutamol\nparacetamol",
    "escitalopram\namlodipine\nrosuvastatin\npantoprazole\ncetirizine\nvitamin D\nmontelukast\nibuprofen",
    "fluoxetine\nlosartan\nhydrochlorothiazide\nsimvastatin\nloratadine\naspirin\ntamsulosin\nmelatonin",
)
"""Eight medicines each, as many people take them beside an SSRI."""


@pytest.mark.parametrize("treatment", [Treatment.KETAMINE_IV, Treatment.ESKETAMINE_NASAL])
def test_one_medicine_in_ten_at_most_is_red(
    treatment: Treatment, base: KnowledgeBase, checked: Callable[..., CheckReport]
) -> None:
    red = [name for name in base.medicines if checked(name, treatment).highest_severity in DANGEROUS]
    assert 0 < len(red) <= REDS_AT_MOST * len(base.medicines)


@pytest.mark.parametrize("listed", EVERYDAY)
@pytest.mark.parametrize("treatment", [Treatment.KETAMINE_IV, Treatment.ESKETAMINE_NASAL, None])
def test_an_everyday_list_asks_for_nothing_before_the_session(
    listed: str, treatment: Treatment | None, checked: Callable[..., CheckReport]
) -> None:
    report = checked(listed, treatment)
    assert report.counts.entered == report.counts.assessed == 8
    assert {each.severity for each in report.findings} == {Severity.MONITOR, Severity.COMPATIBLE}
    assert len(report.pairs) <= 1, "a gut bleeding pair, where the list holds one"


def test_a_sample_has_one_red_at_most(base: KnowledgeBase, checked: Callable[..., CheckReport]) -> None:
    for sample in base.samples:
        report = checked(sample.medicines, sample.treatment)
        reds = [each for each in report.findings if each.severity in DANGEROUS]
        reds_of_pairs = [each for each in report.pairs if each.record.severity in DANGEROUS]
        assert len(reds) + len(reds_of_pairs) <= 1, sample.id
