"""Colours by meaning, once: severity by action, one hue a treatment."""

from components.clinical.terms import Severity

SEVERITY_COLOURS: dict[Severity, str] = {
    Severity.CONTRAINDICATED: "#8f1d2c",
    Severity.AVOID: "#b3261e",
    Severity.CAUTION: "#9a4d00",
    Severity.MONITOR: "#1d5c96",
    Severity.COMPATIBLE: "#1f6b3a",
}
"""On white all have a contrast of at least 4.5:1."""

TREATMENT_COLOURS: dict[str, str] = {"ketamine": "#0072b2", "esketamine": "#cc79a7", "ssri": "#e69f00"}
"""Okabe-Ito, safe for colour-blind readers; the same on every page."""

EMPTY_CELL = "#e8ecf0"
"""Ground of a heat map cell in which nothing stands."""
