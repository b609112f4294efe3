"""Colours carry words and results: each must be readable on the ground that it stands on."""

from itertools import combinations

import pytest

from components.charts.palette import INK_ON_DARK, INK_ON_LIGHT, LANE_COLOURS, SEVERITY_COLOURS
from components.clinical.onset_terms import Lane
from components.clinical.terms import Severity

LIGHT, DARK = "#ffffff", "#10171e"
"""Grounds of the page, as .streamlit/config.toml sets them."""


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio as WCAG 2 defines it, 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_measured() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert contrast(DARK, DARK) == 1


@pytest.mark.parametrize("severity", Severity)
def test_contrast_on_white(severity: Severity) -> None:
    assert contrast(SEVERITY_COLOURS[severity], LIGHT) >= 4.5


@pytest.mark.parametrize("ground", [LIGHT, DARK])
@pytest.mark.parametrize("lane", Lane)
def test_lanes_stand_out_on_either_ground(lane: Lane, ground: str) -> None:
    """Signs and lines need 3:1 (WCAG 1.4.11); words beside them are in ink."""
    assert contrast(LANE_COLOURS[lane], ground) >= 3


def test_lanes_differ() -> None:
    assert LANE_COLOURS.keys() == set(Lane)
    assert [pair for pair in combinations(LANE_COLOURS.values(), 2) if pair[0].casefold() == pair[1].casefold()] == []


@pytest.mark.parametrize(("ink", "ground"), [(INK_ON_LIGHT, LIGHT), (INK_ON_DARK, DARK)])
def test_ink_is_readable_on_its_ground(ink: str, ground: str) -> None:
    assert contrast(ink, ground) >= 4.5
