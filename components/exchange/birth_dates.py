"""Full dates so long past that they tell when somebody was born, not when a medicine was begun or given out."""

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from components.clinical.line_details import LineDetails, read_details
from components.clinical.line_words import normalise, tokenise
from components.clinical.terms import Use

YOUNGEST_YEARS = 17
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_MONTH = rf"({'|'.join(_MONTHS)})[a-z]{{0,6}}"
_TH = "(?:st|nd|rd|th)?"
_SIGN = r"\s?[-/.]\s?"
_NOT_INSIDE = r"(?<![\w/-])(?<!\d[.,])"
_ENDS = r"(?![\w/-]|[.,]\d|\s?(?:mg|mcg|micrograms?|g|ml|iu|units?|%)\b)"
_YEAR_FIRST = re.compile(
    rf"{_NOT_INSIDE}(\d{{4}}){_SIGN}(\d\d?){_SIGN}(\d\d?)(?:T[\d:.]{{2,12}}(?:Z|[+-]\d\d:?\d\d)?)?{_ENDS}",
    re.IGNORECASE,
)
_YEAR_LAST = re.compile(rf"{_NOT_INSIDE}(\d\d?){_SIGN}(\d\d?){_SIGN}(\d{{4}}|\d\d){_ENDS}")
_DAY_MONTH = re.compile(
    rf"{_NOT_INSIDE}(\d\d?){_TH}(?:\s(?:of\s)?|\.\s?|[-/]){_MONTH}(?:\.?,?\s|[-/])(\d{{4}}|(?<=[-/])\d\d){_ENDS}",
    re.IGNORECASE,
)
_MONTH_DAY = re.compile(rf"{_NOT_INSIDE}{_MONTH}\.?\s(\d\d?){_TH},?\s(\d{{4}}){_ENDS}", re.IGNORECASE)
_OF_A_MEDICINE = re.compile(
    r"\b(?:since|start(?:ed)?|beg[au]n|from|until|till?|stop(?:ped)?|discontinued|d/?c|quit|ended|ceased|off|last)"
    r"\W*(?:(?:on|in|about|around|approx|the)\W*)?$",
    re.IGNORECASE,
)
"""Before a date of what was done with a medicine: 'since 12/03/1999' tells when nobody was born."""
_LONGEST_BEFORE = 30


@dataclass(frozen=True, slots=True)
class BirthDate:
    """Where a date stands in a line."""

    start: int
    end: int
    is_certain: bool
    """False for a year of two digits, which only a name before it makes a birth date."""


def birth_dates(line: str, today: date) -> Iterator[BirthDate]:
    """The dates of a line that lie too long back for anything else."""
    past: list[BirthDate] = []
    for start, end, year, choices in _dates(line):
        before = line[max(0, start - _LONGEST_BEFORE) : start]
        is_past = any(_is_long_past(_in_full(year, today), *each, today) for each in choices)
        if is_past and not _OF_A_MEDICINE.search(before):
            past.append(BirthDate(start, end, is_certain=len(year) > 2))
    if not past:
        return
    rest = _details_without(past, line, today)
    lacks_a_day = rest.use is Use.STOPPED and rest.stopped_days_ago is None
    for each in past:
        others = [other for other in past if other != each]
        if not lacks_a_day or _details_without(others, line, today).stopped_days_ago is None:
            yield each


def _details_without(dates: Sequence[BirthDate], line: str, today: date) -> LineDetails:
    """How the rest of the line is read: a date that alone tells when a medicine was stopped is not one of birth."""
    for each in sorted(dates, key=lambda found: -found.start):
        line = f"{line[: each.start]} {line[each.end :]}"
    return read_details(" ".join(token.text for token in tokenise(normalise(line))), today)


def _dates(line: str) -> Iterator[tuple[int, int, str, list[tuple[int, int]]]]:
    """Start, end, year as written, and what month and day may be."""
    for found in _YEAR_FIRST.finditer(line):
        year, month, day = found.groups()
        yield *found.span(), year, [(int(month), int(day))]
    for found in _YEAR_LAST.finditer(line):
        one, other, year = found.groups()
        yield *found.span(), year, [(int(other), int(one)), (int(one), int(other))]
    for pattern, (day, month, year) in ((_DAY_MONTH, (1, 2, 3)), (_MONTH_DAY, (2, 1, 3))):
        for found in pattern.finditer(line):
            number = _MONTHS.index(found[month].casefold()) + 1
            yield *found.span(), found[year], [(number, int(found[day]))]


def _in_full(year: str, today: date) -> int:
    """'70' is 1970, '05' is 2005: the latest year that is not ahead."""
    if len(year) > 2:
        return int(year)
    century = today.year // 100 * 100
    return century + int(year) - (100 if century + int(year) > today.year else 0)


def _is_long_past(year: int, month: int, day: int, today: date) -> bool:
    with suppress(ValueError):
        return (
            year >= 1900 and date(year + YOUNGEST_YEARS, month, min(day, 28)) <= today and bool(date(year, month, day))
        )
    return False
