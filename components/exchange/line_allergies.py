"""What a line says of allergies, told apart from the medicines that stand beside it on the line."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

_OF_WHAT = r"(?:(?:known|any|an|drug|food|medication|medicine|med|active|current|reported|or|and|other|/)\s+)*"
_ALLERGIES = r"allerg(?:y|ies)"
_LABEL = rf"(?:(?:known|drug|medication|medicine)\s+)*{_ALLERGIES}"
_NONE = rf"(?:\bnk[df]?a\b|\b(?:no|denies|denied|nil|without)\s+{_OF_WHAT}{_ALLERGIES}\b)"
_SAVE = (
    r"\s*[,:(–-]?\s*(?:except|excluding|other\s+than|apart\s+from|besides|but\s+for|save\s+for)\b(?:\s+(?:for|to)\b)?"
)
_TO_ALL = r"(?:\s+to\s+(?:(?:any|known|drugs?|medications?|medicines?|meds|foods?|or|and|latex)\b\s*)+)"
_DENIED = re.compile(
    rf"(?:\b{_LABEL}\s*[:=–-]?\s*)?(?:{_NONE}(?!{_SAVE})(?:{_TO_ALL}|(?P<one>\s+to\s+[^\W\d]+))?"
    r"|(?P<single>\bnot\s+(?:known\s+to\s+be\s+)?allergic(?:\s+to\s+[^\W\d]+)?))"
    rf"|\b{_LABEL}\s*(?:[:=–-]|\bare\b)?\s*\b(?:none|nil|denied|negative)\b(?:\s+(?:known|reported|recorded|stated))*",
    re.IGNORECASE,
)
_REACTION = (
    r"(?:mild|severe|bad|skin|facial|throat|rash|hives|urticaria|itch(?:ing|y)?|pruritus|swelling|ang(?:io)?-?o?edema|"
    r"angioedema|anaphylaxis|anaphylactic|shock|nausea|vomiting|n/v|wheez(?:e|ing)|sob|reaction|upset|stomach|gi|"
    r"and|or)"
)
_ONLY_A_REACTION = rf"\s*(?:{_REACTION}\b[\s,/&]*)+(?=[)\].;]|$)"
_NAMES_NEXT = (
    r"(?:(?<!not )\ballergic\s+to\b|"
    rf"(?<!\bfor )(?:\b(?:known|drug|medication|medicine)\s+)*\b{_ALLERGIES}\s*(?:to\b|[:=])|"
    r"\b(?:intoleran(?:t|ce)\s+(?:of|to)|intolerances?\s*[:=]|adverse\s+(?:drug\s+)?reactions?\s*(?:to\b|[:=])|adrs?\s*[:=])|"
    rf"\banaphylaxis\s+(?:to|with|after)\b|(?:^\W*|[.;|]\s+){_LABEL}\s*[–-]|{_NONE}{_SAVE})"
)
_OPENS = re.compile(rf"{_NAMES_NEXT}(?!{_ONLY_A_REACTION})", re.IGNORECASE)
"""Words behind which stands what the patient is allergic to: what stands before them is not."""
TELLS_A_REACTION = re.compile(rf"[(\[:–-]{_ONLY_A_REACTION}", re.IGNORECASE)
"""Set apart behind a name: it is what the patient is allergic to, even with its strength."""
_SENTENCE_END = re.compile(r"(?<!\b\d)[.!?]\s+(?=[A-Za-z]|$)|[|\t•]")


class Told(Enum):
    """What a stretch of a line tells."""

    TAKEN = auto()
    ALLERGY = auto()
    NONE_KNOWN = auto()
    NOT_THAT_ONE = auto()


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of a line that tells one thing."""

    text: str
    told: Told


def allergies_apart(line: str) -> Iterator[Stretch]:
    """The stretches of a line in their order: what denies allergies or tells of some holds no medicine before it."""
    start = 0
    for denied in _DENIED.finditer(line):
        yield from _allergies_in(line[start : denied.start()])
        yield Stretch(denied[0], Told.NOT_THAT_ONE if denied["one"] or denied["single"] else Told.NONE_KNOWN)
        start = denied.end()
    yield from _allergies_in(line[start:])


def _allergies_in(text: str) -> Iterator[Stretch]:
    start = 0
    while found := _OPENS.search(text, start):
        yield from _taken(text[start : found.start()])
        end = _end_of_allergy(text, start, found)
        yield Stretch(text[found.start() : end], Told.ALLERGY)
        start = end
    yield from _taken(text[start:])


def _end_of_allergy(text: str, start: int, found: re.Match[str]) -> int:
    """The end of the brackets in which it begins, else of its sentence, or where the next one begins."""
    depth = _open_brackets(text[start : found.start()])
    if depth:
        for place in range(found.end(), len(text)):
            depth += (text[place] in "([") - (text[place] in ")]")
            if not depth:
                return place
    ends = [
        each.start() for each in (_SENTENCE_END.search(text, found.end()), _OPENS.search(text, found.end())) if each
    ]
    return min(ends, default=len(text))


def _open_brackets(text: str) -> int:
    depth = 0
    for char in text:
        depth = max(depth + (char in "([") - (char in ")]"), 0)
    return depth


def _taken(text: str) -> Iterator[Stretch]:
    told = text.lstrip(" \t)],;").rstrip(" \t([,;–-")
    if told.strip(".!?:"):
        yield Stretch(told, Told.TAKEN)
