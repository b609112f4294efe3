"""One line of a list in its parts: split at labels ('Current:', 'Failed:') and at commas, semicolons, 'and'."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from itertools import takewhile

from components.clinical.line_details import use_told
from components.clinical.line_words import is_noise, normalise, tokenise
from components.clinical.name_index import NameIndex
from components.clinical.name_search import find_names
from components.clinical.terms import Use
from components.exchange.list_patterns import (
    CURRENT_FROM_HERE,
    DENIED_BEFORE,
    LABEL,
    LABEL_BEHIND_A_SENTENCE,
    SEPARATOR,
)

_LONGEST_STRETCH = 1000
_STRETCH = re.compile(
    rf".{{1,{_LONGEST_STRETCH}}}(?:\Z|(?=\s))|.{{1,{_LONGEST_STRETCH}}}(?<=[,;|])|.{{1,{_LONGEST_STRETCH}}}", re.DOTALL
)
NEW_SENTENCE = re.compile(r"[.!?]\s+(?=[A-Za-z]|$)")
_DENIES = re.compile(r"\W*(?:(?:pt|patient|he|she|they|i)\s+)?(?:no|denies|denied|never|nil|without)\b", re.IGNORECASE)
_BARE = re.compile(r"[^\d.;]+\.?")
"""A name without a dose, that ends the sentence at most."""
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
    is_alternative: bool = False
    """'Or' stands before it."""


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
            yield replace(part, carries_on=part.carries_on and not (number and place == 0))


def denied_together(parts: Sequence[Part], index: NameIndex) -> list[Part]:
    """'Denies alcohol, cannabis or cocaine' denies all three: the 'no' stands before each of them."""
    told = list(parts)
    for first, part in enumerate(parts):
        if not _DENIES.match(part.text) or not find_names(tokenise(normalise(part.text)), index):
            continue
        rest = list(takewhile(lambda each: each.carries_on and _BARE.fullmatch(each.text), parts[first + 1 :]))
        length = max((place for place, each in enumerate(rest, start=1) if each.is_alternative), default=0)
        for place in range(first + 1, first + 1 + length):
            told[place] = replace(told[place], text=DENIED_BEFORE + told[place].text)
    return told


def _pieces(line: str, index: NameIndex) -> Iterator[str]:
    """A line cut before 'Stopped:' and the like, where a name and no time follows, so that it is a label of its own."""
    start = 0
    for found in LABEL_BEHIND_A_SENTENCE.finditer(line):
        tokens = tokenise(normalise(line[found.end() :]))
        is_a_word = bool(tokens) and tokens[0].text.isalpha() and not is_noise(tokens[0].text)
        if is_a_word or any(name.start == 0 for name in find_names(tokens, index)):
            yield line[start : found.start()]
            start = found.start("label")
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
                    is_alternative = place == 0 and separator.strip().casefold() == "or"
                    yield Part(each, label, carries_on and place == 0, is_alternative)
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
    spans = [(tokens[each.start].start, tokens[each.end - 1].end) for each in find_names(tokens, index)]
    return [(first, last) for first, last in spans if SEPARATOR.search(line, first, last + 1)]
