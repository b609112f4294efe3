"""How many days ago a medicine was stopped, from the dates of its line: never more than the line allows."""

import re
from calendar import monthrange
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date

from components.clinical.line_words import NUMBER
from components.clinical.past_words import MONTH, SOME

_AGO = re.compile(rf"\b(\d{{1,4}}|{SOME}) ?(d|days?|w|wks?|weeks?|mo|mths?|months?|y|yrs?|years?) ago\b")
_AGO_NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "few": 2, "several": 2}
_DAYS = {"d": 1, "w": 7, "m": 30, "y": 365}
_MAYBE_TODAY = re.compile(
    r"\b(?:today|this (?:morning|week|month|year)|recently)\b|\b(?:in|over|within|during) the last\b"
)
_LAST = re.compile(r"\b(?:last )?(yesterday|(?<=last )(?:night|week|month|year))\b")
_DAY = re.compile(r"\b(\d{1,2}) (?:/ )?(\d{1,2}) (?:/ )?(20\d\d)\b")
"""Of the day and the month either may come first."""
_ISO_DATE = re.compile(r"\b(20\d\d) ?[-/ ] ?(\d{1,2}) ?[-/ ] ?(\d{1,2})\b")
_MONTHS = {
    name: number for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), start=1)
}
_MONTH_NUMBER_YEAR = re.compile(r"\b(0?[1-9]|1[0-2]) / (20\d\d)\b")
_MONTH_YEAR = re.compile(r"\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]* (20\d\d)\b")
_YEAR = re.compile(r"\b(20\d\d)()\b")
_WHEN_IT_WAS_TAKEN = re.compile(
    r"\b(?:(?<!off )(?<!not )(?<!none )(?<!stopped )(?<!discontinued )(?<!held )(?<!not taken )(?<!not taking )since|"
    r"from|(?:re)?start(?:ed|ing)?|begun|began|begin(?:ning)?|initiated|resumed|increased|decreased|raised|reduced|"
    r"changed|titrated|(?:re)?filled|prescribed|dispensed|issued)"
    rf"(?: (?:on|in|at|to|the|early|mid|late|about|around|approximately|last|{NUMBER} ?(?:mg|mcg|g))\b)*"
    rf" (?:{MONTH} 20\d\d|\d{{1,2}} ?/ ?20\d\d|20\d\d(?: ?[-/ ] ?\d{{1,2}}){{0,2}}|(?:\d{{1,4}}|\w+) ?[a-z]+ ago|"
    r"yesterday|month|year|week)\b"
)
"""A time at which it was taken: that of a start, a change or a filling is not the day of stopping."""


def stopped_days_ago(words: str, today: date) -> int | None:
    """The fewest days on the calendar since a medicine was stopped.

    None where no date is told, and where the latest date of the words tells that it was taken then: it was stopped at
    some time since.
    """
    days = days_since_latest(words, today)
    return days if days == days_since_latest(_WHEN_IT_WAS_TAKEN.sub(" ", words), today) else None


def days_since_latest(words: str, today: date) -> int | None:
    """The fewest days that any date of the words allows: a washout must not end too early."""
    days = [0] if _MAYBE_TODAY.search(words) else []
    since = {"month": today.day, "year": today.timetuple().tm_yday}
    days += [since.get(span, 1) for span in _LAST.findall(words)]
    for count, unit in _AGO.findall(words):
        first = count.split()[0]
        days.append((int(first) if first.isdigit() else _AGO_NUMBERS.get(first, 2)) * _DAYS[unit[0]])
    rest = words
    latest: list[date] = []
    for pattern, read in _DATES:
        latest += [day for found in pattern.findall(rest) for day in read(found)]
        rest = pattern.sub(" ", rest)
    days += [max((today - day).days, 0) for day in latest]
    return min(days, default=None)


def _end_of_month(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _day(year: str, month: str, day: str) -> list[date]:
    with suppress(ValueError):
        return [date(int(year), int(month), int(day))]
    return []


_DATES: tuple[tuple[re.Pattern[str], Callable[[Sequence[str]], list[date]]], ...] = (
    (_ISO_DATE, lambda found: _day(*found)),
    (_DAY, lambda found: _day(found[2], found[0], found[1]) + _day(found[2], found[1], found[0])),
    (_MONTH_YEAR, lambda found: [_end_of_month(int(found[1]), _MONTHS[found[0]])]),
    (_MONTH_NUMBER_YEAR, lambda found: [_end_of_month(int(found[1]), int(found[0]))]),
    (_YEAR, lambda found: [date(int(found[0]), 12, 31)]),
)
"""The fullest first, each with the days that it may mean; what one has read the next does not see."""
