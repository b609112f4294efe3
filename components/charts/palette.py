"""Colours by meaning, once: severity by action, one hue a treatment."""

from components.clinical.onset_terms import Lane
from components.clinical.side_effect_terms import AgentKind
from components.clinical.terms import Severity

SEVERITY_COLOURS: dict[Severity, str] = {
    Severity.CONTRAINDICATED: "#8f1d2c",
    Severity.AVOID: "#b3261e",
    Severity.CAUTION: "#9a4d00",
    Severity.MONITOR: "#1d5c96",
    Severity.COMPATIBLE: "#1f6b3a",
}
"""On white all have a contrast of at least 4.5:1."""

LANE_COLOURS: dict[Lane, tuple[str, str]] = {
    Lane.KETAMINE_IV: ("#0072b2", "#4aa3df"),
    Lane.ESKETAMINE: ("#a8447e", "#e08abb"),
    Lane.SSRI: ("#9a6400", "#e0a030"),
    Lane.SSRI_WITH_KETAMINE: ("#007a55", "#2fb58c"),
    Lane.KETAMINE_OTHER: ("#5a45b8", "#c3b8ff"),
    Lane.SNRI: ("#3b4a58", "#dbe5ee"),
}
"""One hue a treatment on every page, after Okabe and Ito: on light, on dark ground.

All of them, and QUIET, stay apart in a simulation of three kinds of colour blindness (tested).

Each shade has a contrast of at least 4.5:1 with its ground.
"""
LANE_OF_AGENT: dict[AgentKind, Lane] = {
    AgentKind.KETAMINE_IV: Lane.KETAMINE_IV,
    AgentKind.ESKETAMINE: Lane.ESKETAMINE,
    AgentKind.SSRI: Lane.SSRI,
    AgentKind.KETAMINE_OTHER: Lane.KETAMINE_OTHER,
    AgentKind.OTHER_ANTIDEPRESSANT: Lane.SNRI,
}
"""The side-effect page uses the same hues."""

QUIET = ("#87939e", "#7d8a96")
"""Comparators, and lines that only guide the eye."""

FAINT_INK = ("#56626d", "#a9b5c0")
"""Words that stand back, on light and on dark ground: 4.5:1 at least."""

INK_ON_LIGHT, INK_ON_DARK = "#17212b", "#e6edf3"
"""Text inside charts, as on the page."""
