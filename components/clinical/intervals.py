"""Intervals of shares and of differences between shares, from statsmodels; nothing is computed by hand here.

Imported inside the functions: statsmodels takes over a second to load, and most pages and the command line need none.
"""

from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Interval:
    """A value with its 95 % interval."""

    value: float
    low: float
    high: float


@lru_cache(maxsize=1024)
def newcombe_difference(events: int, people: int, control_events: int, control_people: int) -> Interval:
    """Difference of two independent shares in percentage points, with Newcombe's hybrid score interval (95 %).

    Source: Newcombe 1998, method 10, as implemented by statsmodels ('newcomb').
    """
    from statsmodels.stats.proportion import confint_proportions_2indep

    low, high = confint_proportions_2indep(events, people, control_events, control_people, method="newcomb")
    value = 100 * (events / people - control_events / control_people)
    return Interval(value, max(100 * float(low), -100.0), min(100 * float(high), 100.0))


@lru_cache(maxsize=1024)
def wilson_share(events: int, people: int) -> Interval:
    """A share in percent with Wilson's score interval (95 %), as implemented by statsmodels."""
    from statsmodels.stats.proportion import proportion_confint

    low, high = proportion_confint(events, people, method="wilson")
    return Interval(100 * events / people, 100 * float(low), 100 * float(high))


def count_behind(percent: float, people: int) -> int | None:
    """The one whole number of people that gives a printed percentage; None where several or none would.

    A whole percentage is taken as rounded to one point, any other as rounded to a tenth.
    """
    half_a_unit = 0.5 if float(percent).is_integer() else 0.05
    tolerance = half_a_unit + 1e-9
    fitting = [count for count in _near(percent, people) if abs(100 * count / people - percent) <= tolerance]
    return fitting[0] if len(fitting) == 1 else None


def _near(percent: float, people: int) -> range:
    middle = round(percent * people / 100)
    return range(max(0, middle - 2), min(people, middle + 2) + 1)
