"""Badges and icons: a word with an icon and a colour, so that colour is never the only signal."""

from components.clinical.factors import FactorLevel
from components.clinical.interface_words import say
from components.clinical.terms import EntryStatus, EvidenceGrade, Severity
from components.clinical.wording import FACTOR_LEVEL_WORDS, NOT_STUDIED, SEVERITY_NAMES

SEVERITY_ICONS = {
    Severity.CONTRAINDICATED: ":material/block:",
    Severity.AVOID: ":material/do_not_disturb_on:",
    Severity.CAUTION: ":material/warning:",
    Severity.MONITOR: ":material/visibility:",
    Severity.COMPATIBLE: ":material/check:",
}
_SEVERITY_COLOURS = {
    Severity.CONTRAINDICATED: "red",
    Severity.AVOID: "red",
    Severity.CAUTION: "orange",
    Severity.MONITOR: "blue",
    Severity.COMPATIBLE: "green",
}
STATUS_ICONS = {
    EntryStatus.NOT_RECOGNISED: say("marks.not_recognised"),
    EntryStatus.AMBIGUOUS: say("marks.choose_one"),
    EntryStatus.NOT_ASSESSED: say("marks.not_assessed"),
    EntryStatus.NO_DATA: say("marks.no_data"),
}


def severity_badge(severity: Severity | None, grade: EvidenceGrade | None = None) -> str:
    """Markdown badge of a severity; None is 'No data', and 'compatible' that nobody studied is not green."""
    if severity is None:
        return STATUS_ICONS[EntryStatus.NO_DATA]
    if severity is Severity.COMPATIBLE and grade is EvidenceGrade.NONE:
        return f":gray-badge[:material/radio_button_unchecked: {NOT_STUDIED}]"
    return f":{_SEVERITY_COLOURS[severity]}-badge[{SEVERITY_ICONS[severity]} {SEVERITY_NAMES[severity]}]"


def factor_badge(level: FactorLevel) -> str:
    """Markdown badge of a patient factor: the colour and icon of its severity, in words of its own."""
    severity = level.severity
    return f":{_SEVERITY_COLOURS[severity]}-badge[{SEVERITY_ICONS[severity]} {FACTOR_LEVEL_WORDS[level]}]"


def grade_chip(grade: EvidenceGrade) -> str:
    """Quiet Markdown chip of an evidence grade."""
    return say("marks.evidence", grade=grade.value.replace("_", " "))
