"""Colours by meaning, once: severity by action, one hue a treatment."""

from components.clinical.onset_terms import Lane
from components.clinical.terms import Severity

SEVERITY_COLOURS: dict[Severity, str] = {
    Severity.CONTRAINDICATED: "#8f1d2c",
    Severity.AVOID: "#b3261e",
    Severity.CAUTION: "#9a4d00",
    Severity.MONITOR: "#1d5c96",
    Severity.COMPATIBLE: "#1f6b3a",
}
"""On white all have a contrast of at least 4.5:1."""

LANE_COLOURS: dict[Lane, str] = {
    Lane.KETAMINE_IV: "#0072b2",
    Lane.ESKETAMINE: "#b8558f",
    Lane.SSRI: "#b87700",
    Lane.SSRI_WITH_KETAMINE: "#00875f",
    Lane.KETAMINE_OTHER: "#5b7fd6",
    Lane.SNRI: "#6f7f8f",
}
"""Hues of Okabe and Ito, safe for colour-blind readers, darkened to 3:1 on the light and the dark ground."""

QUIET = "#8a97a3"
"""Lines that only guide the eye: zero lines, connecting lines."""

INK_ON_LIGHT, INK_ON_DARK = "#17212b", "#e6edf3"
"""Text inside charts, as on the page."""

EMPTY_CELL = "#e8ecf0"
"""Ground of a heat map cell in which nothing stands."""
