"""Shares of two arms and their difference: read where printed, else worked out from counts by a library."""

from dataclasses import dataclass
from enum import StrEnum

from components.clinical.interface_words import say
from components.clinical.intervals import Interval, count_behind, newcombe_difference, wilson_share


class Origin(StrEnum):
    """Where a difference comes from."""

    REPORTED = say("shares.source_gives")
    POOLED = say("shares.pooled_over_trials_counts")
    FROM_COUNTS = say("shares.newcombe_interval_from_counts")
    FROM_IMPLIED_COUNTS = say("shares.newcombe_interval_from_counts_both")
    FROM_PERCENTAGES = say("shares.difference_two_percentages_no")


@dataclass(frozen=True, slots=True)
class Share:
    """A share of people in percent, with the counts behind it where they were read."""

    percent: float
    events: int | None
    people: int | None

    @property
    def count(self) -> int | None:
        """Events as read, else the only count that gives the printed percentage."""
        if self.events is not None or self.people is None:
            return self.events
        return count_behind(self.percent, self.people)

    def interval(self) -> Interval | None:
        """Wilson interval in percent; None without counts."""
        count = self.count
        return wilson_share(count, self.people) if count is not None and self.people else None


@dataclass(frozen=True, slots=True)
class Difference:
    """Treatment minus comparator, in percentage points."""

    value: float
    low: float | None
    high: float | None
    origin: Origin


def difference_of(treatment: Share, comparator: Share) -> Difference:
    """With Newcombe's interval where the counts of both arms were read or follow from the percentages."""
    events, control = treatment.count, comparator.count
    if events is None or control is None or not treatment.people or not comparator.people:
        return Difference(treatment.percent - comparator.percent, None, None, Origin.FROM_PERCENTAGES)
    interval = newcombe_difference(events, treatment.people, control, comparator.people)
    read = treatment.events is not None and comparator.events is not None
    origin = Origin.FROM_COUNTS if read else Origin.FROM_IMPLIED_COUNTS
    return Difference(interval.value, interval.low, interval.high, origin)


@dataclass(frozen=True, slots=True)
class NumberNeededToHarm:
    """How many people take it for one more to have the effect, with its 95 % interval."""

    value: float
    low: float
    high: float


def number_needed_to_harm(difference: Difference) -> NumberNeededToHarm | None:
    """The inverse of the excess with the inverse of its interval (Altman 1998).

    None without an interval, and None when the interval includes no difference: the true number may be without limit.
    """
    if difference.low is None or difference.high is None or difference.low <= 0:
        return None
    return NumberNeededToHarm(value=100 / difference.value, low=100 / difference.high, high=100 / difference.low)
