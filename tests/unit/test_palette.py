"""Colours carry words and results: each must be readable on the ground that it stands on."""

from itertools import combinations
from math import dist
from operator import mul

import pytest

from components.charts.palette import (
    INK_ON_DARK,
    INK_ON_LIGHT,
    LANE_COLOURS,
    LANE_OF_AGENT,
    QUIET,
    SEVERITY_COLOURS,
)
from components.charts.picture import Look, look
from components.clinical.onset_terms import Lane
from components.clinical.side_effect_terms import AgentKind
from components.clinical.terms import Severity
from components.clinical.wording import SEVERITY_NAMES
from components.screen.marks import SEVERITY_ICONS

LIGHT, DARK = "#ffffff", "#10171e"
"""Grounds of the page, as .streamlit/config.toml sets them."""


LOOKS = [(look(large=large, dark=dark), (LIGHT, DARK)[dark]) for large in (False, True) for dark in (False, True)]


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


@pytest.mark.parametrize(("shown", "ground"), LOOKS)
@pytest.mark.parametrize("lane", Lane)
def test_lanes_stand_out_on_their_ground(lane: Lane, shown: Look, ground: str) -> None:
    """Words may stand in these colours too: 4.5:1 (WCAG 1.4.3)."""
    assert shown.lane(lane) == LANE_COLOURS[lane][ground == DARK]
    assert contrast(shown.lane(lane), ground) >= 4.5


@pytest.mark.parametrize("shade", [0, 1], ids=["light", "dark"])
def test_lanes_differ(shade: int) -> None:
    assert LANE_COLOURS.keys() == set(Lane)
    colours = [each[shade].casefold() for each in (*LANE_COLOURS.values(), QUIET)]
    assert [pair for pair in combinations(colours, 2) if pair[0] == pair[1]] == []


AS_SEEN = {
    "no red cones": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "no green cones": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "no blue cones": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
"""Linear red, green, blue as a colour-blind reader sees them: Machado, Oliveira and Fernandes 2009, severity 1."""
SEEN_APART = 10
"""Distance in CIELAB; about 2 can just be seen side by side."""


def lab(colour: str, matrix: tuple[tuple[float, ...], ...]) -> tuple[float, float, float]:
    """A colour in CIELAB (D65) as seen through the matrix."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    red, green, blue = (min(1.0, max(0.0, sum(map(mul, row, linear)))) for row in matrix)
    white = (
        (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047,
        0.2126 * red + 0.7152 * green + 0.0722 * blue,
        (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883,
    )
    x, y, z = (part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116 for part in white)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


@pytest.mark.parametrize("shade", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("eyes", AS_SEEN)
def test_treatments_and_comparators_stay_apart_for_colour_blind_readers(eyes: str, shade: int) -> None:
    colours = {lane.value: each[shade] for lane, each in LANE_COLOURS.items()} | {"comparator": QUIET[shade]}
    seen = {name: lab(colour, AS_SEEN[eyes]) for name, colour in colours.items()}
    too_close = [pair for pair in combinations(seen, 2) if dist(*(seen[name] for name in pair)) < SEEN_APART]
    assert too_close == []


def test_what_colour_blind_readers_cannot_tell_apart_in_a_severity_its_sign_and_word_say() -> None:
    """Red and green of one darkness are one colour to some readers: no severity rests on its colour."""
    assert SEVERITY_COLOURS.keys() == SEVERITY_ICONS.keys() == SEVERITY_NAMES.keys() == set(Severity)
    assert len(set(SEVERITY_ICONS.values())) == len(set(SEVERITY_NAMES.values())) == len(Severity)
    one, other = SEVERITY_COLOURS[Severity.AVOID], SEVERITY_COLOURS[Severity.CAUTION]
    assert dist(*(lab(each, AS_SEEN["no green cones"]) for each in (one, other))) < SEEN_APART, "so the signs matter"


def test_distance_is_measured() -> None:
    eyes = ((1, 0, 0), (0, 1, 0), (0, 0, 1))
    assert dist(lab("#000000", eyes), lab("#ffffff", eyes)) == pytest.approx(100, abs=0.1)
    red, green = (lab(each, AS_SEEN["no green cones"]) for each in ("#b03000", "#5a6a00"))
    assert dist(red, green) < dist(lab("#b03000", eyes), lab("#5a6a00", eyes)) / 2


@pytest.mark.parametrize(("shown", "ground"), LOOKS)
def test_comparators_stand_out_on_their_ground(shown: Look, ground: str) -> None:
    """Signs and lines need 3:1 (WCAG 1.4.11); words beside them are in ink."""
    assert contrast(shown.quiet, ground) >= 3


@pytest.mark.parametrize(("shown", "ground"), LOOKS)
def test_an_agent_has_the_colour_of_its_lane(shown: Look, ground: str) -> None:
    assert LANE_OF_AGENT.keys() == set(AgentKind)
    assert len(set(LANE_OF_AGENT.values())) == len(AgentKind)
    for kind in AgentKind:
        assert contrast(shown.agent(kind), ground) >= 4.5
    assert shown.agent(AgentKind.SSRI) == shown.lane(Lane.SSRI)
    assert shown.agent(AgentKind.KETAMINE_IV) == shown.lane(Lane.KETAMINE_IV)
    assert shown.agent(AgentKind.ESKETAMINE) == shown.lane(Lane.ESKETAMINE)


@pytest.mark.parametrize(("ink", "ground"), [(INK_ON_LIGHT, LIGHT), (INK_ON_DARK, DARK)])
def test_ink_is_readable_on_its_ground(ink: str, ground: str) -> None:
    assert contrast(ink, ground) >= 4.5


@pytest.mark.parametrize(("shown", "ground"), LOOKS)
def test_a_look_writes_in_the_ink_of_its_ground(shown: Look, ground: str) -> None:
    assert contrast(shown.ink, ground) >= 4.5
