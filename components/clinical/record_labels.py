"""The lines of a record under labels that a clinician reads, instead of the names of its fields."""

import re
from collections.abc import Mapping
from itertools import groupby

from components.clinical.knowledge_base import KnowledgeBase
from components.clinical.record_words import LabelledLine, clinician_lines
from components.clinical.records import Provenance
from components.clinical.wording import TREATMENT_NAMES

_LANGUAGE_AT_THE_END = re.compile(r", [a-z]{2}$")
_ID_OF_A_PART = re.compile(r"^id: [^;]+; ")
_LANGUAGE_OF_A_PART = re.compile(r"\b(heading|text|points|when|feedback|patient), [a-z]{2}:")
_INTERNAL_NAME = re.compile(r"\b[a-z0-9]+(?:_[a-z0-9]+)+\b")
_TREATMENTS = {treatment.value: name for treatment, name in TREATMENT_NAMES.items()}
TOLD_ABOVE = frozenset({"medicines", "classes", "combinations", "evidence grade", "level", "action"})
"""Fields that a card says at its head in full; a severity may differ by treatment, so that its lines stay."""
LABELS: Mapping[str, str] = {
    "safety, direction": "Safe together?",
    "safety, line": "Safe together?",
    "benefit, direction": "Benefit?",
    "benefit, line": "Benefit?",
    "exposure, direction": "Levels?",
    "exposure, line": "Levels?",
    "exposure, line by treatment": "Levels?",
    "severity by treatment": "Severity",
    "action by treatment": "Action",
    "mechanism": "Why",
    "evidence": "What studies and labels show",
    "label versus practice": "Label and practice",
    "plan, before": "Before the session",
    "plan, on the day": "On the day",
    "plan, after": "After the session",
    "management": "Plan",
    "basis": "Management rests on",
    "uncertainty": "What we do not know",
    "modifying factors": "What changes the action",
    "washout days": "Still counts after stopping, in days",
    "burden": "Adds to",
    "overrides": "Stands before",
    "override reason": "Why it stands before them",
    "applies when, text": "Applies when",
    "applies when, routes": "Only for these routes",
    "applies when, when unknown": "If the entry does not tell",
    "reference only": "For reading only, sets no severity",
    "first": "One side",
    "second": "The other side",
    "rule": "What labels and guidance say",
    "us label": "US label",
    "eu label": "EU label",
    "stricter label": "Stricter label",
    "by analogy": "Extended by us to",
    "with classes": "Only with medicines of",
    "factors": "Only with",
    "claim": "The claim",
    "say": "What we say instead",
    "harm": "Harm if repeated as printed",
    "origin": "Number in our audit of the articles",
    "heard": "What one may hear",
    "says": "What the guide says",
    "helps": "What helps",
    "against": "Compared with",
    "stays": "How long it stays",
    "starts": "When it starts",
    "certainty": "How sure",
    "certainty reason": "Why so sure",
    "with ssri": "With SSRIs",
    "with ketamine iv": "With IV ketamine",
    "where": "Place in the source",
    "caveat": "What to mind",
    "read": "How the figure was read",
    "ssri ticked": "Ticked under SSRIs",
}
"""Where the name of the field does not speak for itself."""


def labelled_lines(record: Provenance, base: KnowledgeBase) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """(label, texts) of everything but the patient's wording and TOLD_ABOVE, in the order of the record."""
    lines = [(field, in_words(text)) for field, text in clinician_lines(record, base) if field not in TOLD_ABOVE]
    return tuple((label, _together(tuple(group))) for label, group in groupby(lines, key=lambda line: _label(line[0])))


def _together(lines: tuple[LabelledLine, ...]) -> tuple[str, ...]:
    """A list stays a list; two fields that answer one question are one text: 'More risk: adds to sedation.'"""
    texts = tuple(text for _, text in lines)
    if len({field for field, _ in lines}) == 1:
        return texts
    in_short, *rest = (f"{text[:1].upper()}{text[1:]}" for text in texts)
    return (": ".join((in_short, *(text for text in rest if text.rstrip(".") != in_short))),)


def in_words(text: str) -> str:
    """Internal names inside a text as words: 'not_studied' -> 'not studied', a treatment by its name."""
    if all(each in _TREATMENTS for each in text.split(", ")):
        return "; ".join(_TREATMENTS[each] for each in text.split(", "))
    text = _LANGUAGE_OF_A_PART.sub(r"\1:", _ID_OF_A_PART.sub("", text))
    return _INTERNAL_NAME.sub(lambda found: _TREATMENTS.get(found[0], found[0].replace("_", " ")), text)


def _label(field: str) -> str:
    """'severity by treatment, ketamine_iv' -> 'Severity: Ketamine, intravenous infusion'."""
    plain = _LANGUAGE_AT_THE_END.sub("", field)
    known = next((name for name in sorted(LABELS, key=len, reverse=True) if f"{plain}, ".startswith(f"{name}, ")), "")
    if not known:
        words = in_words(plain)
        return f"{words[:1].upper()}{words[1:]}"
    rest = plain[len(known) :].removeprefix(", ")
    return f"{LABELS[known]}: {in_words(rest)}" if rest else LABELS[known]
