"""Colours carry words: text in them must be readable on white."""

import pytest

from components.charts.palette import SEVERITY_COLOURS
from components.clinical.terms import Severity


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("severity", Severity)
def test_contrast_on_white(severity: Severity) -> None:
    assert 1.05 / (luminance(SEVERITY_COLOURS[severity]) + 0.05) >= 4.5
