"""One time axis for every picture: logarithmic from minutes to months, or linear over a week or twelve weeks."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import log10
from typing import Any

from components.clinical.interface_words import say

LETTER, BETWEEN_WORDS = 0.019, 0.015
"""Width of a letter of a tick, and least space between the words of two, as a part of the width on a phone."""
INSET = 0.05
"""Free space left of the start and right of the end, as a part of the axis: room for half a mark."""
HOUR, DAY, WEEK, MONTH = 1.0, 24.0, 168.0, 730.5
_START = (0.0, say("time_axis.start"))
_LOG_TICKS = (
    *((minutes / 60, say("time_axis.minutes", minutes=minutes)) for minutes in (15, 30)),
    *((hours, say("time_axis.hours", hours=hours)) for hours in (2, 24)),
    (3 * DAY, say("time_axis.days", days=3)),
    *((weeks * WEEK, say("time_axis.weeks", weeks=weeks)) for weeks in (1, 4, 12)),
    *((months * MONTH, say("time_axis.months", months=months)) for months in (6, 12, 24)),
)
_DAY_TICKS = (_START, *((days * DAY, say("time_axis.days", days=days)) for days in (1, 2, 3, 5, 7)))
_WEEK_TICKS = (_START, *((weeks * WEEK, say("time_axis.weeks", weeks=weeks)) for weeks in (1, 2, 4, 6, 8, 12)))


class TimeScale(StrEnum):
    """How time is laid out."""

    ALL = "all"
    FIRST_WEEK = "first_week"
    TWELVE_WEEKS = "twelve_weeks"


@dataclass(frozen=True, slots=True)
class TimeAxis:
    """Where an hour lies: ``start`` and ``end`` in hours; a start of 0 needs a linear axis."""

    start: float
    end: float
    logarithmic: bool
    counted_from: str = say("time_axis.first_dose")
    """What its hours are counted from, in words."""

    def shows(self, hours: float) -> bool:
        """False for times beyond the end, and for times before the start (hour 0 stands at the edge)."""
        return hours <= self.end and (hours >= self.start or hours == 0)

    def position(self, hours: float) -> float:
        """Hours as drawn: hour 0, which no logarithmic axis has, stands at its left edge."""
        return min(max(hours, self.start), self.end)

    def fraction(self, hours: float) -> float:
        """Part of the drawn width that lies left of an hour, its inset included: 0 is the left edge, 1 the right."""
        drawn, start, end = (self._scaled(each) for each in (self.position(hours), self.start, self.end))
        return (INSET + (drawn - start) / (end - start)) / (1 + 2 * INSET)

    def _scaled(self, hours: float) -> float:
        return log10(hours) if self.logarithmic else hours

    def layout(self) -> dict[str, Any]:
        """Plotly axis: human ticks, nothing that zooms by accident."""
        ticks = [tick for tick in self._ticks() if self.start <= tick[0] <= self.end]
        named = self._with_room(ticks)
        span = [self._scaled(self.start), self._scaled(self.end)]
        margin = (span[1] - span[0]) * INSET
        return {
            "type": "log" if self.logarithmic else "linear",
            "range": [span[0] - margin, span[1] + margin],
            "tickvals": [hours for hours, _ in ticks],
            "ticktext": [words if hours in named else "" for hours, words in ticks],
            "showgrid": True,
            "tickangle": 0,
            "fixedrange": True,
            "zeroline": False,
        }

    def _with_room(self, ticks: Sequence[tuple[float, str]]) -> set[float]:
        """Ticks whose words do not touch on a phone, largest first; the others keep their line only."""
        kept: list[tuple[float, str]] = []
        for tick in reversed(ticks):
            if not kept or self.has_room(tick, kept[-1]):
                kept.append(tick)
        return {hours for hours, _ in kept}

    def has_room(self, earlier: tuple[float, str], later: tuple[float, str]) -> bool:
        """True where the words of two ticks stand side by side on a phone."""
        letters = (len(earlier[1]) + len(later[1])) / 2
        return self.fraction(later[0]) - self.fraction(earlier[0]) >= letters * LETTER + BETWEEN_WORDS

    @property
    def title(self) -> str:
        """What the axis counts."""
        return say(
            "time_axis.time_since",
            counted_from=self.counted_from,
            scale=say("time_axis.log_scale") if self.logarithmic else say("time_axis.even_scale"),
        )

    def _ticks(self) -> tuple[tuple[float, str], ...]:
        if self.logarithmic:
            return _LOG_TICKS
        return _DAY_TICKS if self.end <= WEEK else _WEEK_TICKS


def time_axis(scale: TimeScale, *, start: float = HOUR / 2, end: float = 6 * MONTH) -> TimeAxis:
    """The axis of a scale; ``start`` and ``end`` (hours) hold for the logarithmic one only."""
    if scale is TimeScale.FIRST_WEEK:
        return TimeAxis(0, WEEK, logarithmic=False)
    if scale is TimeScale.TWELVE_WEEKS:
        return TimeAxis(0, 12 * WEEK, logarithmic=False)
    return TimeAxis(start, end, logarithmic=True)
