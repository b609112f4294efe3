"""On screen colour is never the only signal: every badge has a word and an icon, and no two share either."""

import re

import pytest

from components.clinical.factors import FactorLevel
from components.clinical.terms import EvidenceGrade, Severity
from components.clinical.wording import FACTOR_LEVEL_WORDS, NOT_STUDIED, SEVERITY_NAMES
from components.screen.marks import factor_badge, severity_badge

BADGE = re.compile(r":(?P<colour>[a-z]+)-badge\[(?P<icon>:material/[a-z_]+:) (?P<word>[^\]]+)\]")


def read(badge: str) -> dict[str, str]:
    found = BADGE.fullmatch(badge)
    assert found, badge
    return found.groupdict()


@pytest.mark.parametrize("severity", Severity)
def test_a_severity_has_its_word_and_an_icon(severity: Severity) -> None:
    assert read(severity_badge(severity))["word"] == SEVERITY_NAMES[severity]


def test_no_two_verdicts_share_a_word_or_an_icon() -> None:
    badges = [read(severity_badge(each)) for each in (*Severity, None)]
    badges.append(read(severity_badge(Severity.COMPATIBLE, EvidenceGrade.NONE)))
    assert badges[-1]["word"] == NOT_STUDIED
    for part in ("word", "icon"):
        assert len({badge[part] for badge in badges}) == len(badges)


@pytest.mark.parametrize("level", FactorLevel)
def test_a_patient_factor_has_a_word_and_an_icon(level: FactorLevel) -> None:
    assert read(factor_badge(level))["word"] == FACTOR_LEVEL_WORDS[level]
