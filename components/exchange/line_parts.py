"""One line of a list in its parts: split at labels ('Current:', 'Failed:') and at commas, semicolons, 'and'."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum, auto

from components.clinical.line_details import use_told
from components.clinical.line_words import looks_like_a_medicine, normalise, tokenise
from components.clinical.name_index import NameIndex
from components.clinical.name_search import find_names
from components.clinical.terms import Use
from components.exchange.list_patterns import (
    CURRENT_FROM_HERE,
    LABEL,
    LABEL_BEHIND_A_SENTENCE,
    SEPARATOR,
)

_LONGEST_STRETCH = 1000
_LONGEST_NAME = 80
_STRETCH = re.compile(
    rf".{{1,{_LONGEST_STRETCH}}}(?:\Z|(?=\s))|.{{1,{_LONGEST_STRETCH}}}(?<=[,;|])|.{{1,{_LONGEST_STRETCH}}}", re.DOTALL
)
NEW_SENTENCE = re.compile(r"[.!?]\s+(?=[A-Za-z]|$)")
_JOINS = "plus"
"""The end of a name (Nurofen Plus), unless a further name follows."""
_ENDS_A_CLAUSE = frozenset(";|\t•")


class Label(Enum):
    """What a label says of the medicines behind it."""

    NOW = auto()
    PAST = auto()


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a line that should hold one medicine, or tell more of the one before."""

    text: str
    label: Label | None = None
    """Of the label that stands right before it."""
    carries_on: bool = True
    """False where a label, a semicolon or a bar stands before it and not only a comma or 'and'."""


def stretches(line: str) -> list[str]:
    """A line of usual length as it is; a longer one in stretches, cut between words, so that time stays linear."""
    return _STRETCH.findall(line) if len(line) > _LONGEST_STRETCH else [line]


def label_of(line: str) -> Label | None:
    """The label that a line begins with."""
    found = LABEL.match(line)
    return _said_by(found) if found else None


def parts_of(line: str, index: NameIndex) -> Iterator[Part]:
    """The parts of a line in their order, without its labels."""
    for number, piece in enumerate(_pieces(line, index)):
        for place, part in enumerate(_parts_of_piece(piece, index)):
            begins = number > 0 and place == 0
            label = Label.NOW if begins and part.label is None else part.label
            yield replace(part, label=label, carries_on=part.carries_on and not begins)


def _pieces(line: str, index: NameIndex) -> Iterator[str]:
    """A line cut before 'Stopped:', 'PRN:' and the like, if a name follows, and behind the sentence of 'Stopped:'."""
    start = 0
    for found in LABEL_BEHIND_A_SENTENCE.finditer(line):
        tokens = tokenise(normalise(line[found.end() : found.end() + _LONGEST_NAME]))
        is_a_name = any(name.start == 0 for name in find_names(tokens, index))
        if not is_a_name and not (tokens and looks_like_a_medicine(tokens[0].text)):
            continue
        if found.start() >= start:
            yield line[start : found.start()]
            start = found.start("label")
        if found["past"] and (end := NEW_SENTENCE.search(line, found.end())):
            yield line[start : end.start()]
            start = end.end()
    yield line[start:]


def _parts_of_piece(line: str, index: NameIndex) -> Iterator[Part]:
    start, label = 0, None
    for found in (*LABEL.finditer(line), None):
        end = found.start() if found else len(line)
        for number, sentence in enumerate(CURRENT_FROM_HERE.split(line[start:end])):
            for separator, text in _split(sentence, index):
                begins = label is not None or (number > 0 and not separator)
                carries_on = not begins and _ENDS_A_CLAUSE.isdisjoint(separator)
                for place, each in enumerate(_own_sentences(text, index) if separator else [text]):
                    yield Part(each, label, carries_on and place == 0)
                    label = None
        if found:
            start, label = found.end(), _said_by(found)


def last_sentence(text: str) -> str | None:
    """What follows the last end of a sentence, perhaps nothing; None where none ends."""
    ends = [found.end() for found in NEW_SENTENCE.finditer(text)]
    return text[ends[-1] :] if ends else None


def _own_sentences(text: str, index: NameIndex) -> list[str]:
    """'Stopped 2019. Phenelzine 15 mg' behind a comma in two: the first sentence is said of the medicine before it."""
    if found := NEW_SENTENCE.search(text):
        tokens = tokenise(normalise(text[: found.start()]))
        if use_told(" ".join(each.text for each in tokens)) is not Use.CURRENT and not find_names(tokens, index):
            return [each for each in (text[: found.start()], text[found.end() :]) if each]
    return [text]


def _said_by(label: re.Match[str]) -> Label:
    return Label.PAST if label["past"] or label["past_after"] or label["past_listed"] else Label.NOW


def split_line(line: str, index: NameIndex) -> list[str]:
    """Split a line at commas, semicolons, tabs, 'and'; never inside brackets, a number or a known name."""
    return [text for _, text in _split(line, index)]


def _split(line: str, index: NameIndex) -> list[tuple[str, str]]:
    """Each part with the separator before it."""
    if not SEPARATOR.search(line):
        return [("", line.strip())] if line.strip() else []
    names = _names_across_separators(line, index)
    parts, depth, start, position, separator = list[tuple[str, str]](), 0, 0, 0, ""
    while position < len(line):
        char = line[position]
        depth += (char in "([") - (char in ")]")
        inside = depth > 0 or any(first < position < last for first, last in names)
        if not inside and (found := SEPARATOR.match(line, position)):
            text = line[start:position].strip()
            parts.append((separator, text))
            start = position = found.end()
            separator = found[0] if text else separator + found[0]
            continue
        position += 1
    parts.append((separator, line[start:].strip()))
    return [(separator, text) for separator, text in parts if text]


def _names_across_separators(line: str, index: NameIndex) -> list[tuple[int, int]]:
    """Spans of names that hold a separator themselves: 1,4-butanediol, Advil Cold & Sinus."""
    folded = normalise(line)
    if len(folded) != len(line):
        return []
    tokens = tokenise(folded)
    names = find_names(tokens, index)
    begins = {each.start for each in names}
    whole = [each for each in names if tokens[each.end - 1].text != _JOINS or each.end not in begins]
    spans = [(tokens[each.start].start, tokens[each.end - 1].end) for each in whole]
    return [(first, last) for first, last in spans if SEPARATOR.search(line, first, last + 1)]
